"""A word's keys: what is the same however the word is spelt, in whatever script.

Three layers, each coarser than the one before. *Letters* are the word's own spelling with typographic variants folded (Arabic
letters as capitals and digits, one for each, so that they never equal a Latin spelling). The *fold* is one Latin spelling with
vowels, the same for the usual romanisations. The *key* has consonants in classes, and of vowels only whether one begins the
word: it is what Arabic writing and all romanisations have in common. Keys are coarse by design; within a script that writes its
vowels, folds tell apart what they do not.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from cenotaph.names.letters import fold_word, spell_in_latin
from cenotaph.names.tables import read_equivalents, read_vowelled

LONGEST_WORD = 60


class WordKeys(NamedTuple):
    """The three layers of a word; None where there is nothing to say."""

    letters: str | None
    fold: str | None
    key: str | None


NOTHING = WordKeys(None, None, None)

# Inside this module S is sh, C is ch, G is gh, x is kh in Arabic: one letter for one consonant.
_SOUNDS = {
    **dict.fromkeys(("tsch", "tch", "chh", "ch", "cz"), "C"),
    **dict.fromkeys(("shch", "szcz", "sch", "sh", "sz"), "S"),
    **dict.fromkeys(("dzh", "dsch", "dj", "zh", "jh"), "j"),
    "chr": "kr",
    "chl": "kl",
    "kh": "h",
    "gh": "G",
    "ph": "f",
    "th": "t",
    "dh": "d",
    "bh": "b",
    "ck": "k",
    "ce": "se",
    "ci": "si",
    "cy": "si",
    "gue": "ge",
    "gui": "gi",
    "que": "ke",
    "qui": "ki",
    "john": "jon",
    "c": "k",
    "q": "k",
    "w": "v",
    "ou": "u",
    "oo": "u",
    "ee": "i",
    "yeh": "yeh",  # Yehya keeps its consonant, Yelena is Elena.
    "ye": "e",
}
_SOUND = re.compile("|".join(sorted(_SOUNDS, key=len, reverse=True)))
_X_AS_KS = re.compile(r"(?<=[ei])x|(?<=ma)x(?!m)|x(?=im|and)")  # Alexei, Max, Roxana; elsewhere x is the Uzbek kh.
_REWRITES = (  # Which letter a word must have, for the rest not to be tried in vain.
    ("y", re.compile(r"^yo(?=lk|lg|loh|lS|j|rS|roh)"), "e"),  # Ёлкин, Елкин: Russian prints no dots on a first ё
    ("e", re.compile(r"^e(?=dgor|kub)"), "yo"),  # Едгоров, Екубов: neither does it on one of Tajik and Uzbek
    ("j", re.compile(r"(?:(?<=[io]l)|(?<=^l))j(?=[aeiou])|(?<=e)j$"), "y"),  # Biljana, Matej
    ("i", re.compile(r"iy$|(?<=....)ij$|iy(?=[^aou])"), "i"),  # Dmitriy, Dmitrii
    ("y", re.compile(r"y[iy]"), "i"),
    ("i", re.compile(r"i+y?(?=[au])"), "y"),  # Maria, Mariya; Iuri, Yuri
    ("y", re.compile(r"(?<=[^aeiouy])yo"), "e"),  # Fyodor, Fedor
    ("y", re.compile(r"y(?![aou])"), "i"),
    ("", re.compile(r"(.)(?=\1)"), ""),  # Doubled letters; a replacement without groups is much the quicker.
)
_HAS_ARTICLE = re.compile("[aаAА][^-– ]{1,2}[-– ]")
_SUN_LETTER = re.compile("^(?:a([rnszdt])h?[-– ](?=\\1)|а([рншсздт])[-– ](?=\\2))")  # ash-Shami, as-Sayed: al-
_IS_ARABIC = re.compile("[\u0600-\u06ff]")
_NOT_LETTERS = re.compile("[^a-z]+")
_DIPHTHONG = re.compile(r"(?<=[aeo])v(?=[^aeiouyv])")  # Fawzi, Fauzi, Fevzi: Arabic writes no consonant that tells.
_GLIDE = re.compile(r"[ou](?=i(?!n)|y[aou])|u(?=e)|(?<=a)u(?=d$)")  # Badoui, Pouya, Samuel, Daud: Arabic writes w
_NG = re.compile("ng(?![aeiouy])|nG$")
_ABU = re.compile("^ab(?:[uo]|v(?=[^eiouy]))(?=.)")
_NO_VOWELS = str.maketrans("", "", "aeiouy")
_DOUBLED = re.compile(r"(.)(?=\1)")

_ARABIC = {
    **dict.fromkeys("ءؤع", "e"),
    **dict.fromkeys("اآأإٱى\u0670ە", "A"),
    **dict(zip("بتثجحخدذرزسشصضطظغفقكکلمنهةھہ", "bttjHxdzrzsSsdtzgfkkklmnhhhh", strict=True)),
    **dict(zip("گپچژڤٹڈڑںټډړښږڅځګڼۋ", "gpCjvtdrntdrSjCzgnv", strict=True)),
    "ڭ": "ng",
    **dict.fromkeys("وۇ", "W"),
    **dict.fromkeys("يیئےېۍ", "Y"),
}
_ARABIC_LETTERS = {
    **dict(zip("ابتثجحخدذرزسشصضطظعغفقکلمنهویءؤئپچژگ", "ABTVJHXD1RZSC2345EGFQKLMNOWYIWYP67G", strict=True)),
    **dict(zip("أإآٱىيكةھہ", "AAAAYYKOOO", strict=True)),
}
_FROM_LETTERS = str.maketrans({latin: arabic for arabic, latin in reversed(_ARABIC_LETTERS.items())})
_REWRITES_ARABIC = (  # Which letters a word must have, as above.
    ("AA", re.compile("AA+"), "A"),
    ("", re.compile("(?<=.[dtbgj])(?<!^Al.)[hH](?=.)"), ""),  # Midhat, Subhi: what Latin would take for one consonant
    ("s", re.compile("(?<=.)(?<!^Al)s[hH](?=.)"), "S"),  # Ishaq
    ("k", re.compile("(?<=.)(?<!^Al)k[hH](?=.)"), "h"),
    ("ng", re.compile("ng$"), "n"),
    ("AbW", re.compile("^AbW(?=..)"), "Ab"),
    ("W", re.compile("(?<=A)W|WW|(?<=.)W(?=[AY]|h$|nd)"), "v"),
    ("W", re.compile("(?<=^A[^AeWY])W(?=[^AeWY]$)"), "v"),  # Anwar: the pattern of the elative
)
_ARABIC_HEADS = {"A": "a", "e": "a", "W": "v", "Y": "y"}
_ARABIC_VOWELS = re.compile("[AeWY]")
_CLASSES = str.maketrans("SCGvxHpgz", "cckfhhbkd")
_ARTICLE = re.compile("^al(?=...)")
_ARTICLE_INSIDE = re.compile("(?:(?<=^ab)|(?<=^abd))l(?=..)")
_OF_FAITH = re.compile("(?<=.)ldn$")  # Muhyi al-Din, Muhyiddin


@lru_cache(maxsize=500_000)
def key_word(word: str) -> WordKeys:
    """Return the layers of one word of a name.

    Parameters
    ----------
    word
        One word, of any script; marks and case do not matter. Longer than 60 letters, it is no name's word, and has none.
    """
    if len(word) > LONGEST_WORD:
        return NOTHING
    if not word.isalpha() and _HAS_ARTICLE.match(word):
        word = _SUN_LETTER.sub("al", word.lower())
    folded = fold_word(word)
    if not folded.isascii() and _IS_ARABIC.search(folded):
        folded = folded.replace("هللا", "الله").replace("اهلل", "الله")  # How the ligature comes out of many PDFs.
        letters = spell_arabic(folded)
        same = read_equivalents().get(letters)
        if same:
            return WordKeys(letters, same.fold, same.key)
        return WordKeys(letters or None, read_vowelled().get(letters), _reduce_arabic(folded) or None)
    sound = sound_out(spell_in_latin(folded))
    if not sound:
        return NOTHING
    shown = show_sound(sound)
    same = read_equivalents().get(shown)
    if same:
        return WordKeys(shown, same.fold, same.key)
    return WordKeys(shown, shown, reduce_sound(sound) or None)


def sound_out(latin: str) -> str:
    """Return one Latin spelling for the usual ones of a word: ``Mohammad``, ``Mukhammad`` -> ``mohamad``, ``muhamad``."""
    text = latin if latin.isalpha() else _NOT_LETTERS.sub("", latin)
    if "x" in text:
        text = _X_AS_KS.sub("ks", text).replace("x", "h")
    text = _SOUND.sub(_replace_sound, text)
    for letter, pattern, replacement in _REWRITES:
        if letter in text:
            text = pattern.sub(replacement, text)
    return text


def _replace_sound(found: re.Match[str]) -> str:
    return _SOUNDS[found.group()]


def show_sound(sound: str) -> str:
    """Return a sounded-out word with its digraphs written out."""
    return sound.replace("S", "sh").replace("C", "ch").replace("G", "gh")


def spell_arabic(folded: str) -> str:
    """Return a folded word of Arabic writing with a capital or digit for each letter."""
    return "".join(_ARABIC_LETTERS.get(c, "") for c in folded)


def unspell_arabic(letters: str) -> str:
    """Return a word of Arabic writing that has these letters."""
    return letters.translate(_FROM_LETTERS)


def reduce_sound(sound: str) -> str:
    """Return the consonant key of a sounded-out word."""
    head = "a" if sound[0] in "aeiou" else "y" if sound[0] == "y" else ""
    text = _ABU.sub("ab", sound) if sound[0] == "a" else sound
    # Looking whether a letter is there at all is much the quicker.
    if "v" in text:
        text = _DIPHTHONG.sub("", text)
    if "u" in text or "o" in text:
        text = _GLIDE.sub("v", text)
    if "g" in text or "G" in text:
        text = _NG.sub("n", text)
    return _close(head, text.translate(_NO_VOWELS), article=not sound.startswith("ali"))


def _reduce_arabic(folded: str) -> str:
    raw = "".join(_ARABIC.get(c, "") for c in folded)
    if not raw:
        return ""
    for letters, pattern, replacement in _REWRITES_ARABIC:
        if letters in raw:
            raw = pattern.sub(replacement, raw)
    head = _ARABIC_HEADS.get(raw[0], "")
    body = _ARABIC_VOWELS.sub("", raw[1:] if head else raw)
    return _close("", "v" + body) if head == "v" else _close(head, body, article=raw[0] == "A")


def _close(head: str, body: str, *, article: bool = True) -> str:
    if len(body) > 1 and body[-1] in "hHx":  # Fatima, Fatimah, فاطمة; Salah, Saleh
        body = body[:-1]
    key = _DOUBLED.sub("", head + body.translate(_CLASSES))
    if key[:1] == "a":
        if article and key[1:2] == "l":  # Ali, which ayn begins, has no article.
            key = _ARTICLE.sub("", key)
        if key[:2] == "ab":
            key = _ARTICLE_INSIDE.sub("", key)
    if key[-3:] == "ldn":
        key = _OF_FAITH.sub("dn", key)
    return key[:-1] + "d" if key[-1:] == "t" and len(key) > 1 else key  # Murat, Murad; Ahmet, Ahmed
