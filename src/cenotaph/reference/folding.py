"""One form of a word for looking it up: case, marks and typographic variants folded away. Never shown, never kept as evidence."""

from __future__ import annotations

import re
import unicodedata

_APOSTROPHES = "'’‘ʼʻ`´ʹʽ′ʾʿ‛＇"
_HYPHENS = "-‐‑‒–—―−־﹣－_"
_TABLE = str.maketrans(
    {
        **dict.fromkeys(_APOSTROPHES + '."«»“”„،' + "\u0640\u200b\u200c\u200d\u200e\u200f\u00ad\ufeff\u0307\u0301\u0300", ""),
        **dict.fromkeys(_HYPHENS, " "),
        "ё": "е",
        "ı": "i",
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ى": "ی",
        "ي": "ی",
        "ك": "ک",
        "ة": "ه",
        "ۀ": "ه",
        "ß": "ss",
    }
)
_ARABIC_MARKS = re.compile("[\u064b-\u065f\u0670\u06d6-\u06ed]")
_LATIN_MARKED = re.compile("[\u00c0-\u024f\u1e00-\u1eff]")


def fold(words: str) -> str:
    """Return words as they are looked up.

    Case, ``ё`` and ``е``, apostrophes of every kind (taken away), hyphens (made spaces), full stops and quotation marks (taken
    away), white space, marks on Latin letters, Arabic vowel signs and the variants of Arabic letters are folded. Letters
    such as Cyrillic ``й`` or ``ў`` are letters and stay.
    """
    if words.isascii():
        text = words.lower()
    else:
        text = unicodedata.normalize("NFKC", words).casefold()
        if _LATIN_MARKED.search(text):
            text = _LATIN_MARKED.sub(_strip_marks, text)
        text = _ARABIC_MARKS.sub("", text)
    return " ".join(text.translate(_TABLE).split())


def _strip_marks(found: re.Match[str]) -> str:
    return unicodedata.normalize("NFD", found.group())[0]
