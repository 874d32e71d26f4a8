"""The letters of a word: which script they are of, and what they sound like in plain Latin letters, before any key is made."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_CYRILLIC = {
    **dict(zip("абвгдезийклмнопрстуфыэ", "abvgdeziyklmnoprstufie", strict=True)),
    "ё": "yo",
    "ж": "zh",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "ъ": "",
    "ь": "",
    "ю": "yu",
    "я": "ya",
    "ґ": "g",
    "ғ": "gh",
    "ӷ": "gh",
    "є": "ye",
    "і": "i",
    "ї": "yi",
    "ў": "o",
    "қ": "q",
    "ҡ": "q",
    "ҟ": "q",
    "ҳ": "h",
    "һ": "h",
    "җ": "j",
    "ҷ": "j",
    "ӌ": "j",
    "ң": "ng",
    "ҥ": "ng",
    "ө": "o",
    "ү": "u",
    "ұ": "u",
    "ә": "a",
    "ҙ": "z",
    "ҫ": "s",
    "ҹ": "j",
    "ӣ": "i",
    "ӯ": "u",
    "ј": "y",
    "љ": "ly",
    "њ": "ny",
    "ћ": "ch",
    "ђ": "j",
    "џ": "j",
    "ѕ": "z",
    "ѓ": "g",
    "ќ": "k",
    "ӏ": "",
    "ѣ": "e",
    "ѳ": "f",
    "ѵ": "i",
}
_PLAIN_CYRILLIC = str.maketrans(_CYRILLIC)
_DEVANAGARI = re.compile("[\u0900-\u097f]")
_LATIN = {
    "ı": "i",
    "ø": "o",
    "ł": "l",
    "ß": "ss",
    "ə": "a",
    "ş": "sh",
    "ș": "sh",
    "ç": "ch",
    "č": "ch",
    "ć": "ch",
    "š": "sh",
    "ž": "zh",
    "ż": "zh",
    "ñ": "n",
    "þ": "th",
    "ð": "d",
    "đ": "d",
    "æ": "ae",
    "œ": "oe",
    "ħ": "h",
    "ʼ": "",
    "ţ": "ts",
    "ț": "ts",
}
_DEVANAGARI_CONSONANTS = dict(
    zip(
        "कखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसहळ",
        re.findall("[a-z]+", "k kh g gh ng ch chh j jh n t th d dh n t th d dh n p ph b bh m y r l v sh sh s h l"),
        strict=True,
    )
)
_DEVANAGARI_VOWELS = {
    **dict(zip("अआइईउऊऋएऐओऔ", ["a", "a", "i", "i", "u", "u", "ri", "e", "ai", "o", "au"], strict=True)),
    **dict(zip("ािीुूृेैोौ", ["a", "i", "i", "u", "u", "ri", "e", "ai", "o", "au"], strict=True)),
}
_DEVANAGARI_NASAL = {"ं": "n", "ँ": "n", "ः": ""}
_VIRAMA, _NUKTA = "\u094d", "\u093c"
_DEVANAGARI_SIGNS = frozenset("ािीुूृेैोौ")
_DEVANAGARI_NUKTA = {"ज": "z", "फ": "f", "ड": "r", "ढ": "rh", "क": "q", "ख": "kh", "ग": "gh"}

_RANGES = (
    (0x0041, 0x024F, "Latn"),
    (0x0250, 0x02AF, "Latn"),
    (0x1E00, 0x1EFF, "Latn"),
    (0x0400, 0x052F, "Cyrl"),
    (0x1C80, 0x1C8F, "Cyrl"),
    (0x2DE0, 0x2DFF, "Cyrl"),
    (0x0600, 0x06FF, "Arab"),
    (0x0750, 0x077F, "Arab"),
    (0x08A0, 0x08FF, "Arab"),
    (0xFB50, 0xFDFF, "Arab"),
    (0xFE70, 0xFEFC, "Arab"),
    (0x0900, 0x097F, "Deva"),
)
_PLAIN = re.compile("[\u0400-\u04ff]+|[\u0621-\u063f\u0641-\u064a\u066e-\u06d3]+")
_PLAIN_CYRL, _PLAIN_ARAB = re.compile("[\u0400-\u04ff]+"), re.compile("[\u0621-\u064a]+")
_APOSTROPHES = str.maketrans("", "", "'`.-")
_UZBEK_G = re.compile("g['’‘ʼʻ`´]")
_UZBEK_O = re.compile("o['’‘ʼʻ`´]")
_IGNORED = re.compile(
    "[-‐‑‒–—'’‘ʼʻ`´ʹʽ′ʾʿ.\u0640\u0300\u0301\u0307\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f\u202a-\u202e\u2066-\u2069\u00ad\ufeff]"
)
_CYRILLIC_CONTEXT = (
    (re.compile("(?<=[бгджкпт])х"), "h"),  # Тхапа, Кхадка, Бхандари: one sound of Nepali each
    (re.compile("(?<=.с)х"), "h"),  # Исхак, as Ishaq
    (re.compile("^у(?=[аеиоэя])"), "w"),
    (re.compile("(?<=[бвгджзклмнпрстфхцчшщ])ё"), "е"),  # Фёдор and Федор
)
_DECOMPOSED = re.compile("[\u0300-\u036f]")


def find_script(text: str) -> str:
    """Return ``Latn``, ``Cyrl``, ``Arab``, ``Deva``, ``other``, or ``mixed`` where letters are of more than one;
    '' without letters."""
    if text.isascii():
        return "Latn" if text.isalpha() or any(c.isalpha() for c in text) else ""
    if _PLAIN_CYRL.fullmatch(text):
        return "Cyrl"
    if _PLAIN_ARAB.fullmatch(text):
        return "Arab"
    found = {_script_of(c) for c in set(text) if c.isalpha()}
    if len(found) == 1:
        return found.pop()
    return "mixed" if found else ""


@lru_cache(maxsize=5_000)
def _script_of(letter: str) -> str:
    code = ord(letter)
    for low, high, script in _RANGES:
        if low <= code <= high:
            return script
    return "other"


def fold_word(word: str) -> str:
    """Return a word in small letters, its typographic variants and Arabic vowel signs folded; letters keep their marks."""
    if word.isascii():
        return word.lower().translate(_APOSTROPHES)
    if _PLAIN.fullmatch(word):  # Nothing to fold but case.
        return word.lower()
    text = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", word).casefold())
    if text.isalpha() and "ـ" not in text:
        return text
    text = _UZBEK_G.sub("gh", _UZBEK_O.sub("o", text))
    return _IGNORED.sub("", text)


def spell_in_latin(word: str) -> str:
    """Return a folded word of any script but Arabic as lower-case ASCII letters that sound like it, vowels included.

    A script without a table here is spelt by the general one of anyascii.
    """
    if word.isascii():
        return word
    if "х" in word or "ё" in word or word[:1] == "у":
        for pattern, replacement in _CYRILLIC_CONTEXT:
            word = pattern.sub(replacement, word)
    plain = word.translate(_PLAIN_CYRILLIC)
    if plain.isascii():
        return plain
    if _DEVANAGARI.search(word):
        word = _spell_devanagari(word)
    out = []
    for c in word:
        if c.isascii():
            out.append(c)
        elif (latin := _CYRILLIC.get(c)) is not None or (latin := _LATIN.get(c)) is not None:
            out.append(latin)
        else:
            base = _DECOMPOSED.sub("", unicodedata.normalize("NFKD", c))
            out.append("".join(_CYRILLIC.get(b, _LATIN.get(b, b)) for b in base))
    text = "".join(out)
    if not text.isascii():
        from anyascii import anyascii

        text = anyascii(text).lower()
    return text


def _spell_devanagari(word: str) -> str:
    out: list[str] = []
    last = len(word) - 1
    bare = False  # The last consonant still carries its inherent vowel.
    for at, c in enumerate(word):
        if c == _NUKTA:
            continue
        consonant = _DEVANAGARI_CONSONANTS.get(c)
        if consonant is not None:
            if bare:
                out.append("a")
            if at < last and word[at + 1] == _NUKTA:
                consonant = _DEVANAGARI_NUKTA.get(c, consonant)
            out.append(consonant)
            bare = True
            continue
        if c == _VIRAMA:
            bare = False
            continue
        if c in _DEVANAGARI_SIGNS:
            bare = False
            out.append(_DEVANAGARI_VOWELS[c])
            continue
        if bare:
            out.append("a")
            bare = False
        out.append(_DEVANAGARI_VOWELS.get(c, _DEVANAGARI_NASAL.get(c, c)))
    # The inherent vowel at a word's end is not spoken: राम is Ram; after two consonants it is (कृष्ण Krishna).
    if bare and len(word) > 2 and word[-2] == _VIRAMA:
        out.append("a")
    return "".join(out)
