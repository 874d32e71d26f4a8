"""A word's keys: what is the same however the word is spelt, in whatever script.

Three layers, each coarser than the one before. *Letters* are the word's own spelling with typographic variants folded (Arabic
letters as capitals, so that they never equal a Latin spelling). The *fold* is one Latin spelling with vowels, the same for
the usual romanisations. The *key* has consonants in classes, and says only whether a vowel begins the word: it is what Arabic
writing and all romanisations have in common.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from cenotaph.names.letters import spell_in_latin
from cenotaph.reference.folding import fold as fold_text

LONGEST_WORD = 60


class WordKeys(NamedTuple):
    """The three layers of a word; None where there is nothing to say."""

    letters: str | None
    fold: str | None
    key: str | None


_SOUNDS = {
    "tsch": "ch",
    "shch": "sh",
    "sch": "sh",
    "dzh": "j",
    "dsch": "j",
    "dj": "j",
    "zh": "j",
    "chh": "ch",
    "ch": "ch",
    "sh": "sh",
    "kh": "h",
    "gh": "g",
    "ph": "f",
    "th": "t",
    "dh": "d",
    "bh": "b",
    "jh": "j",
    "ck": "k",
    "tz": "ts",
    "ce": "se",
    "ci": "si",
    "cy": "si",
    "c": "k",
    "q": "k",
    "w": "v",
    "ou": "u",
    "oo": "u",
    "ee": "i",
    "ii": "i",
    "iy": "i",
    "ij": "i",
    "yi": "i",
    "ia": "ya",
    "iu": "yu",
    "ja": "ja",
}
_SOUND = re.compile("|".join(sorted(map(re.escape, _SOUNDS), key=len, reverse=True)))
_X = re.compile(r"(?<=[aeiou])x(?=[aeiouy]|$)")
_X_KS = re.compile(r"(?<=[ei])x|(?<=max)x|x(?=im|and)")
_DOUBLED = re.compile(r"(.)\1+")
_NOT_LETTERS = re.compile("[^a-z]+")
_Y_VOWEL = re.compile(r"y(?![aeou])")
_CLASSES = str.maketrans({"p": "p", "w": "v"})
_ARABIC = {
    **dict.fromkeys("ءئؤع", "a"),
    **dict.fromkeys("اآأإٱىٰ", "A"),
    **dict(zip("بتثجحخدذرزسشصضطظغفقكلمنه", "bttjhhdzrzscsdtzgfkklmnh", strict=True)),
    "و": "W",
    "ي": "Y",
    "ی": "Y",
    "ک": "k",
    "گ": "g",
    "پ": "p",
    "چ": "c",
    "ژ": "j",
    "ة": "h",
    "ڤ": "v",
    "ڭ": "ng",
    "ٹ": "t",
    "ڈ": "d",
    "ڑ": "r",
    "ں": "n",
    "ھ": "h",
    "ہ": "h",
    "ے": "Y",
    "ې": "Y",
    "ۍ": "Y",
    "ټ": "t",
    "ډ": "d",
    "ړ": "r",
    "ښ": "c",
    "ږ": "j",
    "څ": "c",
    "ځ": "z",
    "ګ": "g",
    "ڼ": "n",
    "ۇ": "W",
    "ۋ": "v",
    "ە": "A",
}
_ARABIC_CAPITALS = dict(
    zip("ابتثجحخدذرزسشصضطظعغفقکلمنهویءؤئپچژگ", "ABTVJHXDZRZSCSDTZEGFQKLMNOWYIWYPCJG", strict=True)
)  # One each.


@lru_cache(maxsize=500_000)
def key_word(word: str) -> WordKeys:
    """Return the layers of one word of a name.

    Parameters
    ----------
    word
        One word, of any script; marks and case do not matter. Longer than 60 letters, it is not a name's word, and has none.
    """
    if len(word) > LONGEST_WORD:
        return WordKeys(None, None, None)
    folded = fold_text(word).replace(" ", "")
    if any("\u0600" <= c <= "\u06ff" for c in folded):
        letters = "".join(_ARABIC_CAPITALS.get(c, "") for c in folded)
        return WordKeys(letters or None, None, _key_arabic(folded) or None)
    sound = sound_out(spell_in_latin(folded))
    return WordKeys(sound or None, sound or None, reduce_sound(sound) or None)


def sound_out(latin: str) -> str:
    """Return one Latin spelling for the usual ones of a word: ``Muhammad``, ``Mukhammad`` -> ``muhamad``."""
    text = _NOT_LETTERS.sub("", latin)
    text = _X_KS.sub("ks", text).replace("x", "h")
    text = _SOUND.sub(lambda found: _SOUNDS[found.group()], text)
    text = _DOUBLED.sub(r"\1", text)
    return _Y_VOWEL.sub("i", text)


def reduce_sound(sound: str) -> str:
    """Return the consonant key of a sounded-out word."""
    if not sound:
        return ""
    text = sound.replace("sh", "c").replace("ch", "c").replace("ts", "s")
    head = "a" if text[0] in "aeiou" else ""
    if text[0] == "y":
        head = "y"
    body = re.sub("[aeiouy]", "", text)
    if body.endswith("h") and len(body) > 1:
        body = body[:-1]
    return _DOUBLED.sub(r"\1", head + body)


def _key_arabic(folded: str) -> str:
    raw = "".join(_ARABIC.get(c, "") for c in folded)
    if not raw:
        return ""
    first = raw[0]
    head = {"A": "a", "a": "a", "W": "v", "Y": "y"}.get(first, "")
    body = re.sub("W(?=A)", "v", raw[1:] if head else raw)
    body = re.sub("[AaWY]", "", body)
    if body.endswith("h") and len(body) > 1:
        body = body[:-1]
    return _DOUBLED.sub(r"\1", head + body)
