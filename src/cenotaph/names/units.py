"""What one word of a name says of its place in the name, whatever stands around it."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from cenotaph.names.generations import KIN, PLAIN, RANKED
from cenotaph.names.keys import LONGEST_WORD, NOTHING, WordKeys, key_word
from cenotaph.names.letters import find_script, fold_word, spell_in_latin
from cenotaph.names.tables import read_common, read_endings, read_equivalents, read_family_folds, read_fathers, read_words
from cenotaph.names.tokens import is_mark
from cenotaph.reference.placeholders import is_placeholder

WORD, INITIAL, PATRONYMIC, ZODA, JOINED, MARK, NO_LETTERS = "word", "initial", "patronymic", "zoda", "joined", "mark", "none"
"""Kinds of word; others are the kinds of the table ``words.csv``: ``son_after``, ``title``, ``rank`` and so on."""


class UnitFacts(NamedTuple):
    """What the parser looks at.

    Parameters
    ----------
    kind
        One of the kinds above; for a mark of punctuation the mark.
    family
        0 where the word does not look like a family name, 1 where its ending could be one's, 2 where it is one's.
    given
        0 where the word is no common given name, 1 where it is, 2 where it is one where fathers' names follow; 3 and 4 the
        same where it often makes a double name with the next: Amir Hossein.
    sex
        What its ending or its being a given name says: ``m``, ``f`` or ''.
    upper
        Whether it stands in capitals.
    script
        ``Latn``, ``Cyrl``, ``Arab`` (of the Arabic letters), ``Pers`` (with letters that only Persian and its neighbours
        have), ``Deva``, ``other``, ``mixed``.
    """

    kind: str
    family: int
    given: int
    sex: str
    upper: bool
    script: str


class Unit(NamedTuple):
    """A word of a name: what it says of its place, its keys, and those of the father's name in it."""

    facts: UnitFacts
    keys: WordKeys
    father: WordKeys
    family: WordKeys
    alternative: WordKeys


_PERSIAN = re.compile("[یکگپچژۀہے]")
_TABLE_KINDS = (
    "son_after",
    "daughter_after",
    "son_before",
    "daughter_before",
    "maiden",
    "call_sign",
    "title",
    "rank",
    "before_rank",
    *PLAIN,
    *RANKED,
    *KIN,
    "nepali_middle",
    "honorific",
)
_STEM = "(?P<stem>.{2,})"
_PATRONYMICS = tuple(
    (re.compile(f"{_STEM}(?:{endings})$"), father)
    for endings, father in (
        ("а(?:евич|евна)|ay?evich|ay?evna", "ай"),
        ("е(?:евич|евна)|ey?evich|ey?evna", "ей"),
        ("[ьи](?:евич|евна|ёвич)|i?yevich|i?yevna|ievich|ievna", "ий"),
        ("[йії]?ович|[йії]?овна|[йії]?овыч|евич|евна|y?ovich|ovna|y?ovych|evich|evna|evych", ""),
        ("[йії]івна|[ії]вна|y?ivna|iivna", ""),
    )
)
"""Endings of patronymics, and how the father's name ends that they leave open: Николаевич, Николай."""
_SON = "угли|уғли|ўғли|оглы|огли|оғли|уулу|улы|ұлы|ugli|oghli|ogli|ogly|oglu|oğlu|uulu|uly"
_DAUGHTER = "кызы|қызы|кизи|қизи|гызы|qizi|kizi|kyzy|qyzy|qızı|kızı|gyzy"
_JOINED_FATHER = re.compile(f"(?P<stem>.{{3,}}?)(?:(?P<m>{_SON})|(?P<f>{_DAUGHTER}))$")
_OF_ZODA = "зода|зода|заде|зада|zoda|zada|zadeh|zade|zadə|زاده|زادہ|пур|pur|pour|poor|پور"
_ZODA = re.compile(f"(?P<stem>.{{3,}}?)(?:{_OF_ZODA})$")
# Whether a word ends so at all is asked first: expressions that look for a stem are slow on the many that do not.
_ENDS_PATRONYMIC = ("вич", "вна", "выч", "vich", "vna", "vych")
_ENDS_JOINED, _ENDS_ZODA = tuple(f"{_SON}|{_DAUGHTER}".split("|")), tuple(_OF_ZODA.split("|"))
_ARTICLED = re.compile("(?:al|el|аль|эль|ال|as|ash|ar|an|ad|az)[ -]|ال...|(?:[اأ]بو(?!ال)|ab[ou](?!l)|абу)[ -]?...")


_FACTS: dict[UnitFacts, UnitFacts] = {}  # One of each: there are few, and millions of words have them.


@lru_cache(maxsize=500_000)
def read_unit(text: str) -> Unit:
    """Return what a word of a name says.

    Parameters
    ----------
    text
        The word as printed; words that are one name are joined by a space.
    """
    if is_mark(text):
        return Unit(UnitFacts(text, 0, 0, "", False, ""), NOTHING, NOTHING, NOTHING, NOTHING)
    letters = text if text.isalpha() else "".join(c for c in text if c.isalpha())
    script = find_script(letters)
    if script == "Arab" and _PERSIAN.search(text):
        script = "Pers"
    if not script or len(text) > LONGEST_WORD or is_placeholder(text):
        return Unit(UnitFacts(NO_LETTERS, 0, 0, "", False, script), NOTHING, NOTHING, NOTHING, NOTHING)
    folded = fold_word(text).replace(" ", "")
    upper = len(letters) > 2 and letters.isupper()
    table_kind = _kinds().get(folded)
    if table_kind in PLAIN or table_kind in RANKED:  # Junior may be a name.
        return Unit(UnitFacts(table_kind, 0, 0, "", upper, script), key_word(text), NOTHING, key_word(text), NOTHING)
    if table_kind and table_kind not in KIN:
        return Unit(UnitFacts(table_kind, 0, 0, "", upper, script), key_word(text), NOTHING, NOTHING, NOTHING)
    if _is_initial(text, letters, script):
        return Unit(UnitFacts(INITIAL, 0, 0, "", False, script), key_word(text), NOTHING, NOTHING, NOTHING)
    keys = key_word(text)
    common = read_common("g").get(keys.letters or "")
    given = 0 if common is None else 2 if common.arab else 1
    if given and folded in read_words("double"):
        given += 2
    if script == "Latn":  # Marks and the w of German and Turkmen spelling do not hide an ending.
        folded = spell_in_latin(folded).replace("w", "v")
    kind, sex, father = _find_father(folded)
    strength = _weigh_family(text, folded, keys, bool(given))
    if kind == WORD:
        sex = (
            "f" if folded.endswith(read_endings("slavic_female")) else "m" if folded.endswith(read_endings("slavic_male")) else ""
        )
    family, alternative = _key_family(text, folded, keys, kind, father)
    facts = UnitFacts(table_kind if kind == WORD and table_kind else kind, strength, given, sex, upper, script)
    return Unit(_FACTS.setdefault(facts, facts), keys, father, family, alternative)


def _is_initial(text: str, letters: str, script: str) -> bool:
    if script == "Deva":
        return len(letters) == 1 and text.endswith(".")
    return len(letters) == 1 or (len(letters) == 2 and text.endswith("."))


def _find_father(folded: str) -> tuple[str, str, WordKeys]:
    if folded[-2:] not in read_endings("father"):
        return WORD, "", NOTHING
    irregular = read_fathers().get(folded)
    if irregular:
        return PATRONYMIC, "f" if folded[-1] in "аa" else "m", key_word(irregular)
    for pattern, ending in _PATRONYMICS if folded.endswith(_ENDS_PATRONYMIC) else ():
        found = pattern.match(folded)
        if found:
            return (
                PATRONYMIC,
                "f" if folded[-1] in "аa" else "m",
                key_word(spell_in_latin(found["stem"]) + spell_in_latin(ending)),
            )
    found = _JOINED_FATHER.match(folded) if folded.endswith(_ENDS_JOINED) else None
    if found:
        return JOINED, "m" if found["m"] else "f", key_word(found["stem"])
    found = _ZODA.match(folded) if folded.endswith(_ENDS_ZODA) else None
    if found:
        return ZODA, "", key_word(found["stem"])
    return WORD, "", NOTHING


def _weigh_family(text: str, folded: str, keys: WordKeys, given: bool) -> int:
    if keys.letters in read_family_folds() or (keys.fold and keys.fold in read_family_folds()):
        return 2
    if given:
        return 0
    last = folded[-1:]
    if folded.endswith(_sure_endings().get(last, ())) or _ARTICLED.match(text.lower()):
        return 2
    return int(folded.endswith(_maybe_endings().get(last, ())) or (keys.letters in read_common("f")))


_HYPHEN = re.compile("[-‐‑–—]")
_SLAVIC_STEM = re.compile("[oe]va?$")
_SKI = re.compile("sk(?:aya|a|i|oi)$")
_FEMALE_FOLD = re.compile("(?<=[oei]v)a$|(?<=in)a$")


def _key_family(text: str, folded: str, keys: WordKeys, kind: str, father: WordKeys) -> tuple[WordKeys, WordKeys]:
    """Return the keys as a family name, in the man's form, and the second family name's where there are two."""
    halves = _HYPHEN.split(text) if not text.isalpha() else []
    if len(halves) == 2 and _are_two_families(halves) and not _ARTICLED.match(text.lower()):
        first, second = (read_unit(half).family for half in halves)
        return first, second
    if kind == ZODA and father.key:
        return keys, WordKeys(None, None, father.key + "f")
    stem = _SLAVIC_STEM.sub("", keys.letters or "") if folded.endswith(("в", "ва", "v", "va")) else keys.letters or ""
    if stem != (keys.letters or "") and (same := read_equivalents().get(stem)):  # Магомедов, Mammadov
        return WordKeys(keys.letters, same.fold + "ov", same.key + "f"), NOTHING
    if keys.fold and (keys.fold.endswith("a") or "sk" in keys.fold[-4:]):
        fold = _FEMALE_FOLD.sub("", keys.fold)
        fold = _SKI.sub("ski", fold) if "sk" in fold else fold
        return WordKeys(fold, fold, keys.key), NOTHING
    return keys, NOTHING


def _are_two_families(halves: list[str]) -> bool:
    """Tell whether what a hyphen joins are two family names, not one with a prefix or an ending of its own."""
    if not all(len(half) > 3 and half[0].isupper() and fold_word(half) not in read_words("affix") for half in halves):
        return False
    return not halves[0].isascii() or all(read_unit(half).facts.family for half in halves)


@cache
def _sure_endings() -> dict[str, tuple[str, ...]]:
    return _by_last_letter("family_sure", "slavic_male", "slavic_female")


@cache
def _maybe_endings() -> dict[str, tuple[str, ...]]:
    return _by_last_letter("family_maybe")


def _by_last_letter(*kinds: str) -> dict[str, tuple[str, ...]]:
    """Return endings by their last letter: there are many, and few of them can be a word's."""
    found: dict[str, list[str]] = {}
    for kind in kinds:
        for ending in read_endings(kind):
            found.setdefault(ending[-1], []).append(ending)
    return {letter: tuple(endings) for letter, endings in found.items()}


@cache
def _kinds() -> dict[str, str]:
    return {word: kind for kind in reversed(_TABLE_KINDS) for word in read_words(kind)}
