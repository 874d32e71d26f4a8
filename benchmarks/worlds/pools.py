"""Pools of names of each people, written in every way its reports are written, commonest first."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.worlds.inventing import COMPOSED, compose, invent, invent_arabic, patronymic, surname_of, woman_surname
from benchmarks.worlds.spelling import (
    Spell,
    cyrillic_from_latin,
    cyrillic_from_sounds,
    latin_from,
    latin_from_russian,
    latin_from_sounds,
    latin_from_ukrainian,
    plain_latin,
    russian_from,
    strip_marks,
    vary_nepali,
)

DATA = Path(__file__).parent / "data"
Strings = npt.NDArray[np.object_]

SLAVIC = ("russian", "ukrainian", "tatar", "bashkir", "caucasian", "tuvan", "buryat")
TURKIC = ("uzbek", "tajik", "kyrgyz", "kazakh", "turkmen", "azerbaijani")
ARABIC = ("gaza", "syria", "iraq", "sudan")
LATIN = ("spanish", "kenyan", "sinhala")
PEOPLES = (*SLAVIC, *TURKIC, *ARABIC, "persian", "nepali", *LATIN)


@dataclass(frozen=True, slots=True)
class Writing:
    """All names of a people in one script by one scheme, each an array over the pool.

    Parameters
    ----------
    name
        The scheme.
    use
        Who writes so: ``home``, ``russian``, ``wire`` or ``passport``.
    script
        ISO 15924.
    language
        BCP 47.
    """

    name: str
    use: str
    script: str
    language: str
    given: Strings
    given_women: Strings
    father: Strings
    patronymic: Strings
    patronymic_women: Strings
    surname: Strings
    surname_women: Strings
    region: Strings
    village: Strings
    middle: Strings = field(default_factory=lambda: np.array([None], dtype=object))
    pet: Strings = field(default_factory=lambda: np.array([None], dtype=object))


@lru_cache
def read_sections(name: str) -> dict[str, list[str]]:
    """Read a data file: words under headings in brackets; an underscore stands for a space within a word."""
    sections: dict[str, list[str]] = {}
    for line in (DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            current = sections.setdefault(line.strip("[]"), [])
        elif not line.startswith("#"):
            current += line.split()
    return sections


def _pairs(words: Sequence[str]) -> list[tuple[str, str]]:
    return [(left.replace("_", " "), right) for left, right in (word.split("=") for word in words)]


def _array(names: Sequence[str], spell: Spell | None = None) -> Strings:
    return np.array([spell(name) if spell else name for name in names], dtype=object)


def _shuffled(names: Sequence[str] | Sequence[tuple[str, str]], sealed: bool, share: float = 0.6) -> list:  # type: ignore[type-arg]
    """Leave names as they are; in a sealed world take a part of them, in another order."""
    if not sealed:
        return list(names)
    chance = random.Random(len(names) * 7919 + 13)
    return chance.sample(list(names), max(int(len(names) * share), min(len(names), 12)))


@lru_cache
def build(people: str, *, sealed: bool = False) -> tuple[Writing, ...]:
    """Build every writing of a people's names.

    Parameters
    ----------
    people
        One of :data:`PEOPLES`.
    sealed
        Whether for the sealed profile: other names, in another order of frequency, and further schemes.
    """
    if people in TURKIC:
        return _turkic(people, sealed)
    if people in ARABIC or people == "persian":
        return _sounded(people, sealed)
    if people == "nepali":
        return _nepali(sealed)
    if people in LATIN:
        return _latin(people, sealed)
    return _slavic(people, sealed)


def _villages(people: str, names: Sequence[str]) -> list[str]:
    if people in ("russian", "ukrainian"):
        roots = read_sections("regions")["village roots"]
        return [root + end for end in ("овка", "ино", "ское", "ово", "ный Яр", "ки") for root in roots]
    ends = ("абад", "кент", "тепа", "ово") if people in TURKIC else ("ово", "аул", "юрт", "ка")
    return [name + end for end in ends for name in names[:30]]


def _slavic(people: str, sealed: bool) -> tuple[Writing, ...]:
    seed = 11 if sealed else 5
    women = read_sections("russian")["women"]
    own: dict[str, str] = {}
    if people in ("russian", "ukrainian"):
        text = read_sections(people)
        if people == "ukrainian":
            own = {ru: uk for part in text.values() for uk, ru in _pairs(part)}
            men, surnames, women = ([ru for _, ru in _pairs(text[part])] for part in ("men", "surnames", "women"))
            surnames = _shuffled(surnames, sealed) + [
                name for name in invent(1500, seed + 1) if name.endswith(("ко", "ов", "ский"))
            ]
        else:
            men = text["men"]
            tail = [root + end for root in text["roots"] for end in ("ов", "ин", "ников")]
            surnames = _shuffled(text["surnames"] + tail, sealed) + invent(6000, seed)
    else:
        text = read_sections("russia_peoples")
        men = text[f"{people} men"]
        composed = compose(people, seed) if people in COMPOSED else []
        roots = text.get(f"{'tatar' if people == 'bashkir' else people} roots", [])
        surnames = (
            text[f"{people} surnames"]
            if people == "tuvan"
            else list(dict.fromkeys(surname_of(n) for n in (*roots, *men, *composed)))
        )
        surnames = _shuffled(surnames, sealed)
        men = men + composed[:40]
    men, women = _shuffled(men, sealed), _shuffled(women, sealed)
    pets = dict(pair.split("=") for pair in read_sections("russian")["nicknames"])
    regions = [name.replace("_", " ") for name in read_sections("regions")[people]]
    villages = _villages(people, men)

    def write(name: str, use: str, script: str, language: str, spell: Spell, give: Spell | None = None) -> Writing:
        give = give or spell
        return Writing(
            name, use, script, language, _array(men, give), _array(women, give), _array(men, give),
            _array([spell(patronymic(man)) for man in men]), _array([spell(patronymic(man, female=True)) for man in men]),
            _array(surnames, give), _array([give(woman_surname(one)) for one in surnames]), _array(regions, spell),
                _array(villages, spell),
            pet=np.array([[spell(pet) for pet in pets[man].split(",")] if man in pets else None for man in men], dtype=object),
        )  # fmt: skip

    def plain(word: str) -> str:
        return word.replace("ё", "е").replace("Ё", "Е")

    found = [write("russian", "home", "Cyrl", "ru", str), write("russian without dots", "home", "Cyrl", "ru", plain)]
    schemes = ["passport", "atlas", "old passport", "press", "library"]
    if people == "ukrainian":

        def ukrainian(word: str) -> str:
            return own.get(word, word)

        found.append(
            write("ukrainian", "home", "Cyrl", "uk", lambda w: own.get(w, w.replace("ы", "и").replace("э", "е")), ukrainian)
        )
        found.append(write("ukrainian passport", "passport", "Latn", "en", lambda w: latin_from_ukrainian(ukrainian(w))))
        schemes = ["passport", "atlas"]
    schemes += ["german", "french", "bare library"] if sealed else []
    for scheme in schemes:
        use = "passport" if scheme in ("passport", "old passport") else "wire"
        found.append(write(scheme, use, "Latn", "en", latin_from_russian(scheme)))
    return tuple(found)


_SON = {
    "uzbek": (" ўғли", " угли", " o‘g‘li"), "tajik": ("", "", ""), "kyrgyz": (" уулу", " уулу", " uulu"), "kazakh": ("ұлы",
        "улы", "ūly"),
    "turkmen": ("", " оглы", ""), "azerbaijani": (" oğlu", " оглы", " oglu"),
}  # fmt: skip


def _turkic(people: str, sealed: bool) -> tuple[Writing, ...]:
    text = read_sections("central_asia")[f"{people} men"]
    composed = compose(people, 3 if sealed else 2)
    men = _shuffled(text, sealed) + composed[:60]
    fathers = _shuffled(text + composed, sealed)
    russian = russian_from(people)
    own_son, russian_son, latin_son = _SON[people]
    latin_home = people in ("turkmen", "azerbaijani")
    ends = {"turkmen": ("ow", "ew"), "azerbaijani": ("ov", "yev")}.get(people, ("ов", "ев"))
    vowels = "аеёиоуыэюяӣӯўaeiouyəöüäı"

    def surname(father: str, index: int) -> str:
        if people == "tajik" and index % 3 == 0:
            return father + "зода"
        return father + (ends[1] if father[-1] in vowels + "йý" else ends[0])

    surnames = [surname(father, index) for index, father in enumerate(fathers)]
    regions = [name.replace("_", " ") for name in read_sections("regions")[people]]
    villages = _villages(people, [russian(man) for man in men])

    def write(name: str, use: str, script: str, language: str, spell: Spell, son: Callable[[str], str]) -> Writing:
        russian_place = (
            spell if script == "Cyrl" and use == "russian" else latin_from_russian("atlas") if script == "Latn" else str
        )
        return Writing(
            name, use, script, language, _array(men, spell), _array(men, spell), _array(men, spell), _array(men, son),
                _array(men, son),
            _array(surnames, spell), _array(surnames, spell), _array(regions, None if script == "Cyrl" else russian_place),
            _array(villages, None if script == "Cyrl" else russian_place),
        )  # fmt: skip

    def via_russian(scheme: str) -> Spell:
        latin = latin_from_russian(scheme)
        return lambda word: latin(russian(word))

    tongue = {"uzbek": "uz", "tajik": "tg", "kyrgyz": "ky", "kazakh": "kk", "turkmen": "tk", "azerbaijani": "az"}[people]
    mother = {"uzbek": latin_from, "tajik": latin_from, "kyrgyz": latin_from, "kazakh": latin_from}.get(people)
    own_latin: Spell = mother(people) if mother else str
    clerk: Spell = strip_marks if latin_home else own_latin
    found = [
        write("russian", "russian", "Cyrl", "ru", russian, lambda w: patronymic(russian(w))),
        write("russian son", "russian", "Cyrl", "ru", russian, lambda w: russian(w) + (russian_son or "ович")),
        write(
            "own",
            "home",
            "Latn" if latin_home else "Cyrl",
            tongue,
            str,
            lambda w: w + (own_son or ("зода" if people == "tajik" else "")),
        ),
        write(
            "own passport",
            "passport",
            "Latn",
            "en",
            clerk,
            lambda w: clerk(w) + (latin_son or ("owich" if people == "turkmen" else "ovich")),
        ),
        write(
            "old passport",
            "passport",
            "Latn",
            "en",
            via_russian("passport"),
            lambda w: latin_from_russian("passport")(patronymic(russian(w))),
        ),
        write("wire", "wire", "Latn", "en", via_russian("press"), lambda w: latin_from_russian("press")(patronymic(russian(w)))),
        write("atlas", "wire", "Latn", "en", via_russian("atlas"), lambda w: latin_from_russian("atlas")(patronymic(russian(w)))),
    ]
    if not latin_home:
        found.append(write("own latin", "home", "Latn", tongue, own_latin, lambda w: own_latin(w) + latin_son))
    if sealed:
        found.append(
            write(
                "german",
                "wire",
                "Latn",
                "en",
                via_russian("german"),
                lambda w: latin_from_russian("german")(patronymic(russian(w))),
            )
        )
        found.append(
            write(
                "library",
                "wire",
                "Latn",
                "en",
                via_russian("bare library"),
                lambda w: latin_from_russian("library")(patronymic(russian(w))),
            )
        )
    return tuple(found)


def _sounded(people: str, sealed: bool) -> tuple[Writing, ...]:
    persian = people == "persian"
    text = read_sections("persian" if persian else "arabic")
    men, women, surnames = (_shuffled(_pairs(text[part]), sealed) for part in ("men", "women", "surnames"))
    places = _pairs(text["places"])
    if persian:
        made = [(m + end, s + ("_" if end[0] == " " else "") + sound) for end, sound in (("زاده", "zaade"), ("پور", "puur"),
            (" نیا", "niyaa"), ("ی", "ii"))
                for m, s in men if not s.endswith("ii")]  # fmt: skip
        surnames += made
    else:
        made = [("أبو " + man, "abuu_" + sounds) for man, sounds in men if not sounds.startswith("`abd")]
        chance = random.Random(f"{people} {sealed}")
        tail = [*made, *invent_arabic(500, sum(map(ord, people)) + sealed)]
        chance.shuffle(tail)
        chance.shuffle(surnames)
        surnames += tail
    villages = [("حي " + name if not persian else "روستای " + name, sounds) for name, sounds in _pairs(text["men"])[:30]]
    groups = (men, women, men, surnames, places, villages)

    def write(name: str, use: str, script: str, language: str, spell: Callable[[tuple[str, str]], str]) -> Writing:
        given, ladies, father, family, region, village = (_array([spell(pair) for pair in group]) for group in groups)
        return Writing(name, use, script, language, given, ladies, father, father, father, family, family, region, village)

    def latin(scheme: str, article: str, *, assimilate: bool = False) -> Callable[[tuple[str, str]], str]:
        spell = latin_from_sounds(scheme, article, assimilate=assimilate, persian=persian)
        return lambda pair: spell(pair[1])

    def cyrillic(scheme: str) -> Callable[[tuple[str, str]], str]:
        spell = cyrillic_from_sounds(scheme)
        return lambda pair: spell(pair[1])

    def careless(pair: tuple[str, str]) -> str:
        word = pair[0].translate(str.maketrans("أإآةى", "اااهي"))
        return word.replace("عبد ", "عبد").replace("ابو ", "ابو")

    tongue = "fa" if persian else "ar"
    found = [
        write("own", "home", "Arab", tongue, lambda pair: pair[0]),
        write("careless", "home", "Arab", tongue, careless),
        write("russian press", "russian", "Cyrl", "ru", cyrillic("press")),
        write("russian hearing", "russian", "Cyrl", "ru", cyrillic("hearing")),
        write("textbook", "wire", "Latn", "en", latin("textbook", "al-", assimilate=not sealed)),
        write("wire", "wire", "Latn", "en", latin("wire", "al-")),
        write("double", "wire", "Latn", "en", latin("double", "Al ", assimilate=False)),
        write("gulf", "passport", "Latn", "en", latin("gulf", "Al")),
    ]
    if sealed or people == "sudan":
        found.append(write("egyptian", "wire", "Latn", "en", latin("egyptian", "El-")))
    if sealed or people == "syria":
        found.append(write("french", "passport", "Latn", "en", latin("french", "Al ")))
    return tuple(found)


def _nepali(sealed: bool) -> tuple[Writing, ...]:
    text = read_sections("nepali")
    men, surnames = (_shuffled(_pairs(text[part]), sealed, 0.8) for part in ("men", "surnames"))
    middle, places = _pairs(text["middle"]), _pairs(text["places"])
    cyrillic = cyrillic_from_latin("nepali")

    def write(name: str, use: str, script: str, language: str, spell: Callable[[tuple[str, str]], str]) -> Writing:
        given, family, between, region = (_array([spell(pair) for pair in group]) for group in (men, surnames, middle, places))
        nobody = np.array([None] * len(men), dtype=object)
        village = np.array([f"{place} {number}" for place in region for number in range(1, 10)], dtype=object)
        return Writing(
            name, use, script, language, given, given, given, nobody, nobody, family, family, region, village, middle=between
        )

    found = [
        write("own", "home", "Deva", "ne", lambda pair: pair[0]),
        write("passport", "passport", "Latn", "en", lambda pair: pair[1]),
        write("wire", "wire", "Latn", "en", lambda pair: pair[1]),
        write("other latin", "wire", "Latn", "en", lambda pair: vary_nepali(pair[1])),
        write("russian", "russian", "Cyrl", "ru", lambda pair: cyrillic(pair[1])),
    ]
    return tuple(found)


def _latin(people: str, sealed: bool) -> tuple[Writing, ...]:
    text = read_sections("latin")
    men, surnames = _shuffled(text[f"{people} men"], sealed, 0.8), _shuffled(text[f"{people} surnames"], sealed, 0.8)
    places = [place.replace("_", " ") for place in text[f"{people} places"]]

    def write(name: str, use: str, script: str, language: str, spell: Spell) -> Writing:
        given, family, region = (_array(group, spell) for group in (men, surnames, places))
        village = np.array([f"{place} {number}" for place in region for number in range(1, 10)], dtype=object)
        # A second surname (Spanish) or none stands where others have the father's name.
        second = family if people == "spanish" else np.array([None] * len(surnames), dtype=object)
        return Writing(
            name, use, script, language, given, given, given, second, second, family, family, region, village, middle=given
        )

    found = [
        write("own", "home", "Latn", "es" if people == "spanish" else "en", str),
        write("wire", "wire", "Latn", "en", plain_latin),
        write("passport", "passport", "Latn", "en", plain_latin),
        write("russian", "russian", "Cyrl", "ru", cyrillic_from_latin(people)),
    ]
    return tuple(found)
