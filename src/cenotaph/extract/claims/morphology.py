"""The forms of words: English verbs and plurals by rule, Russian by pymorphy3, Ukrainian by beginnings of words only."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any, NamedTuple

from cenotaph.reference.files import read_rows
from cenotaph.reference.word_sets import read_word_set
from cenotaph.text.tokens import fold_word

_DOUBLING = read_word_set("morphology.doubling")
_VOWELS = frozenset("aeiou")
_IRREGULAR_PLURALS = {
    "body": "bodies",
    "casualty": "casualties",
    "fatality": "fatalities",
    "injury": "injuries",
    "person": "people",
}


@cache
def _read_irregular() -> dict[str, list[str]]:
    return {
        verb: forms.split() for verb, forms, _ in read_rows("claims/irregular-verbs.csv", ("verb", "forms", "source"))
    }


class EnglishForm(NamedTuple):
    """What a form of an English verb may be."""

    verb: str
    past: bool
    participle: bool
    ing: bool


@cache
def inflect_verb(verb: str) -> tuple[tuple[str, EnglishForm], ...]:
    """Return the forms of an English verb, each with what it may be."""
    irregular = _read_irregular().get(verb)
    if irregular is not None:
        forms = irregular
        if verb == "be":
            return tuple(
                (form, EnglishForm("be", form in ("was", "were"), form == "been", form == "being"))
                for form in ("be", *forms)
            )
        third, past, participle, ing = forms
    else:
        if verb.endswith("e"):
            third, past, ing = verb + "s", verb + "d", verb[:-1] + "ing"
        elif verb.endswith("y") and verb[-2] not in _VOWELS:
            third, past, ing = verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"
        elif (
            len(verb) > 2
            and verb[-1] in _DOUBLING
            and verb[-2] in _VOWELS
            and verb[-3] not in _VOWELS
            and len(verb) < 6
            and verb[-1] not in "rnl"
        ):
            third, past, ing = verb + "s", verb + verb[-1] + "ed", verb + verb[-1] + "ing"
        else:
            third, past, ing = (
                verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z")) else "s"),
                verb + "ed",
                verb + "ing",
            )
        participle = past
    known: dict[str, list[bool]] = {}
    for form, place in ((verb, None), (third, None), (past, 0), (participle, 1), (ing, 2)):
        flags = known.setdefault(form, [False, False, False])
        if place is not None:
            flags[place] = True
    return tuple((form, EnglishForm(verb, *flags)) for form, flags in known.items())


def inflect_noun(noun: str) -> tuple[str, ...]:
    """Return singular and plural of an English noun."""
    if noun in _IRREGULAR_PLURALS:
        return noun, _IRREGULAR_PLURALS[noun]
    if noun.endswith("y") and noun[-2] not in _VOWELS:
        return noun, noun[:-1] + "ies"
    return noun, noun + ("es" if noun.endswith(("s", "sh", "ch", "x")) else "s")


class Parse(NamedTuple):
    """What a Russian word may be.

    Parameters
    ----------
    lemmas
        Normal forms, folded, the likeliest first.
    kinds
        Parts of speech as pymorphy3 names them.
    cases
        Cases it may stand in.
    animate, inanimate
        Whether it may be a noun for who lives, for a thing.
    plural
        Whether it may be plural.
    passive
        Whether it may be a passive participle.
    name
        Whether its likeliest reading is a surname, a first name or a patronymic.
    future
        Whether its likeliest reading is a verb of the future.
    one
        Whether it is a verb or short participle said of one man, woman or thing ("погибла", "ранен"), never of several.
    place
        Whether it may be the name of a place.
    unknown
        Whether the dictionary has no such word, so that its forms are only guessed.
    """

    lemmas: tuple[str, ...] = ()
    kinds: frozenset[str] = frozenset()
    cases: frozenset[str] = frozenset()
    animate: bool = False
    inanimate: bool = False
    plural: bool = False
    passive: bool = False
    name: bool = False
    future: bool = False
    one: bool = False
    place: bool = False
    unknown: bool = False


_NO_PARSE = Parse()
_LOW_SCORE = 0.04


@cache
def _analyser() -> Any:
    import pymorphy3

    return pymorphy3.MorphAnalyzer()


def parse_russian(word: str) -> Parse:
    """Return what a Russian word may be; nothing of a word that is not Cyrillic. Its callers keep what they make of it."""
    if not any("а" <= char <= "я" or char == "ё" for char in word.lower()):
        return _NO_PARSE
    lemmas: dict[str, None] = {}
    participles: dict[str, None] = {}  # "задержанных": of "задержать", and of "задержанный"
    kinds, cases = set(), set()
    animate = inanimate = plural = passive = False
    parses = _analyser().parse(word.lower())
    best = parses[0].score
    for parse in parses:
        if parse.score < _LOW_SCORE and parse.score < best * 0.3:
            continue
        tag = parse.tag
        lemmas[fold_word(parse.normal_form)] = None
        if tag.POS == "PRTF" and (nominative := parse.inflect({"sing", "masc", "nomn"})) is not None:
            participles[fold_word(nominative.word)] = None
        kinds.add(str(tag.POS))
        if tag.case:
            cases.add(str(tag.case))
        if tag.POS == "NOUN" and not ("Surn" in tag or "Name" in tag or "Patr" in tag):
            animate |= tag.animacy == "anim"
            inanimate |= tag.animacy == "inan"
        plural |= tag.number == "plur"
        passive |= tag.voice == "pssv"
    top = parses[0].tag
    return Parse(
        tuple(lemmas | participles), frozenset(kinds), frozenset(cases), animate, inanimate, plural, passive,
        "Surn" in top or "Name" in top or "Patr" in top, top.tense == "futr",
        str(top.POS) in ("VERB", "PRTS") and top.number == "sing" and top.gender in ("masc", "femn"),
        any("Geox" in parse.tag for parse in parses[:4]), not parses[0].is_known,
    )  # fmt: skip


@lru_cache(maxsize=20_000)
def takes_object(word: str) -> bool:
    """Return whether a Russian word is likeliest a plural verb that takes an object: "убили", "ищут", not "погибли"."""
    likely = [parse.tag for parse in _analyser().parse(word.lower()) if parse.score >= _LIKELY]
    return any(tag.POS == "VERB" and tag.number == "plur" and tag.transitivity == "tran" for tag in likely)


_LIKELY = 0.3


def find_lemma(word: str) -> str:
    """Return the likeliest normal form of a Russian word, folded."""
    return fold_word(str(_analyser().parse(word.lower())[0].normal_form))
