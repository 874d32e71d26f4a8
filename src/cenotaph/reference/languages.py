"""Languages by their tags (BCP 47) and scripts by their codes (ISO 15924): checks, and what a text is written in."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from cenotaph.domain.languages import check_language_tag, check_script, is_language_tag

__all__ = ["check_language_tag", "check_script", "find_script", "is_language_tag", "primary_language"]

# The first word of a letter's Unicode name, where it names a script, with the script's code in ISO 15924.
_SCRIPTS = {
    "ARABIC": "Arab", "ARMENIAN": "Armn", "BENGALI": "Beng", "CJK": "Hani", "CYRILLIC": "Cyrl", "DEVANAGARI": "Deva",
    "ETHIOPIC": "Ethi", "GEORGIAN": "Geor", "GREEK": "Grek", "GUJARATI": "Gujr", "GURMUKHI": "Guru", "HANGUL": "Hang",
    "HEBREW": "Hebr", "HIRAGANA": "Hira", "KANNADA": "Knda", "KATAKANA": "Kana", "KHMER": "Khmr", "LAO": "Laoo",
    "LATIN": "Latn", "MALAYALAM": "Mlym", "MONGOLIAN": "Mong", "MYANMAR": "Mymr", "ORIYA": "Orya", "SINHALA": "Sinh",
    "SYRIAC": "Syrc", "TAMIL": "Taml", "TELUGU": "Telu", "THAANA": "Thaa", "THAI": "Thai", "TIBETAN": "Tibt", "NKO": "Nkoo",
}  # fmt: skip
COMMON = "Zyyy"


def primary_language(tag: str) -> str:
    """Return the language of a tag without script, region and the rest: ``uz`` of ``uz-Cyrl-UZ``.

    Raises
    ------
    ValueFormatError
        It is not well formed.
    """
    return check_language_tag(tag).split("-")[0]


def find_script(text: str) -> str:
    """Return the script that a text's letters are all of, ``Zyyy`` where it has none or they are of several."""
    found = {script for script in map(_script_of, text) if script}
    return found.pop() if len(found) == 1 else COMMON


@lru_cache(maxsize=4096)
def _script_of(letter: str) -> str | None:
    if not letter.isalpha():
        return None
    words = unicodedata.name(letter, "").split()
    return next((_SCRIPTS[word] for word in words[:2] if word in _SCRIPTS), COMMON)
