"""Which 8-bit encoding bytes are most likely in, by the letters they would be: told only where one alone is likely.

Cyrillic and Arabic words are runs of bytes over 127, Latin ones hold such bytes one by one; so markup around them says nothing.
"""

from __future__ import annotations

import math
import re
from functools import cache

LEAST_BYTES = 8
_MOST_BYTES = 1 << 18
_RUN = re.compile(rb"[\x80-\xff]+")
_CYRILLIC = ("cp1251", "koi8-r", "koi8-u", "cp866", "iso8859-5")
_ARABIC = ("cp1256", "iso8859-6")
_LATIN = ("cp1252", "cp1250", "cp1254")
# From the commonest letter to the rarest, those of several languages of each script; what stands later is rarer.
_CYRILLIC_LETTERS = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъёіїєґўқғҳәңөүұһј"
_ARABIC_LETTERS = "اليمنوترهبدسعفحكقجشطصخضذثزغظةأىإءئؤآکیپگچژ"
_MARKS = "«»“”„‘’–—…№،؟؛\xa0\u200c\u200d\u200e\u200f"
_LATIN_MARKS = _MARKS + "‹›‚•·°§©®€£¿¡ªº½"
# The letters beyond ASCII of languages; a text in one of them has no others, but for a name.
_ALPHABETS = (
    "àâæçéèêëîïôœùûüÿ",
    "äöüßé",
    "áéíóúüñ",
    "àáâãçéêíóôõú",
    "àèéìíòóù",
    "åäöéæøü",
    "áéëïóöüè",
    "çğıöşüâîû",
    "ąćęłńóśźż",
    "áčďéěíňóřšťúůýžľĺŕôä",
    "áéíóöőúüű",
    "čćđšž",
    "ăâîșşțţ",
)
_LEAST_FIT = 0.97
_MARGIN = 0.7
_FLOOR = math.log(1 / 60)
_STRANGE = math.log(1e-4)
_CAPITAL = 1.5


def find_likely(data: bytes) -> str | None:
    """Return the one encoding that the bytes are likely in, by Python's name; None where there are too few, or two are likely."""
    sample = data[:_MOST_BYTES]
    runs = _RUN.findall(sample)
    high = sum(map(len, runs))
    if high < LEAST_BYTES:
        return None
    if sum(len(run) for run in runs if len(run) > 2) >= 0.6 * high:
        return _find_by_frequency(data, runs)
    if sum(len(run) for run in runs if len(run) <= 2) >= 0.8 * high:
        return _find_by_alphabet(data, runs)
    return None


def _find_by_frequency(data: bytes, runs: list[bytes]) -> str | None:
    """Weigh the letters by how common they are, those in the wrong case within a word as strange."""
    together = b" ".join(runs)
    scores: list[tuple[float, str, str]] = []
    for names, letters in ((_CYRILLIC, _CYRILLIC_LETTERS), (_ARABIC, _ARABIC_LETTERS)):
        weights = _weigh(letters)
        for name in names:
            try:
                text = together.decode(name)
                data.decode(name)
            except UnicodeDecodeError:
                continue
            scores.append((_score(text, weights), name, text))
    scores.sort(key=lambda item: -item[0])
    if not scores or scores[0][0] < _FLOOR:
        return None
    best, name, text = scores[0]
    # Encodings that differ in letters which do not occur are as good as one.
    rivals = [score for score, _, other in scores[1:] if other != text]
    return name if not rivals or best - rivals[0] >= _MARGIN else None


@cache
def _weigh(letters: str) -> dict[str, float]:
    shares = [1 / (rank + 4) for rank in range(len(letters))]
    total = sum(shares)
    return {letter: math.log(share / total) for letter, share in zip(letters, shares, strict=True)}


def _score(text: str, weights: dict[str, float]) -> float:
    found = 0.0
    count = 0
    before = " "
    for letter in text:
        if letter == " ":
            before = letter
            continue
        count += 1
        low = letter.lower()
        if letter in _MARKS:
            found += _FLOOR
        elif low not in weights or (low != letter and before.islower()):
            found += _STRANGE
        else:
            found += weights[low] - (_CAPITAL if low != letter and before != " " else 0)
        before = letter
    return found / max(count, 1)


def _find_by_alphabet(data: bytes, runs: list[bytes]) -> str | None:
    """Return the encoding in which all letters beyond ASCII are of one language; None where two readings are."""
    found: dict[str, str] = {}
    for name in _LATIN:
        try:
            text = b"".join(runs).decode(name)
            data.decode(name)
        except UnicodeDecodeError:
            continue
        letters = [letter.lower() for letter in text if letter not in _LATIN_MARKS]
        if len(letters) < LEAST_BYTES // 2:
            continue
        if any(sum(letter in alphabet for letter in letters) >= _LEAST_FIT * len(letters) for alphabet in _ALPHABETS):
            found.setdefault(text, name)
    return next(iter(found.values())) if len(found) == 1 else None
