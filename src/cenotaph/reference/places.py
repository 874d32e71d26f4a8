"""Countries, regions of countries and stated places that are neither: words to codes and back.

Codes are ISO 3166-1 alpha-2 with ``XK`` for countries, ISO 3166-2 for regions, else ``x-`` codes of
``data/places/stated.csv`` with the dates between which the place was stated to be. A code says what was stated and takes
no side; which place is counted under which is a roll-up's matter (:mod:`cenotaph.reference.rollups`), and none applies
unless it is named.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from cenotaph.domain.dates import PartialDate
from cenotaph.domain.errors import ValueFormatError
from cenotaph.reference import place_words
from cenotaph.reference.files import read_rows

_STATED = ("code", "kind", "from", "until", "note", "source")
_PARENTS = ("code", "parent", "from", "until", "said_by", "reference", "source")


@dataclass(frozen=True, slots=True)
class Place:
    """One place that has a code.

    Parameters
    ----------
    code
        ``UZ``, ``UA-23``, ``x-south-ossetia``.
    kind
        ``country``; of regions ``region``, ``city`` or ``republic``; ``stated`` for what declared itself and is
        not of ISO 3166, ``former`` for a state that is no more, ``area`` for a part of the world.
    parent
        The country that ISO 3166-2 files a region under; None for everything else.
    since, until
        Between when it was; None where that has no end or nothing is known.
    note
        What else must be said of it.
    source
        Key of ``data/sources.toml``.
    """

    code: str
    kind: str
    parent: str | None = None
    since: PartialDate | None = None
    until: PartialDate | None = None
    note: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class ParentStatement:
    """Who says since when that a place belongs to another.

    Parameters
    ----------
    code, parent
        The place and what it is said to belong to.
    since, until
        Between when; None where that is open.
    said_by
        Who says so.
    reference
        Where it is said.
    """

    code: str
    parent: str
    since: PartialDate | None
    until: PartialDate | None
    said_by: str
    reference: str


def lookup(words: str, language: str | None = None, *, peoples: bool = True) -> Place | None:
    """Return the one place that words stand for, or None where there is none or more than one.

    Parameters
    ----------
    words
        A country's name, short or long, a region's, a citizen's word or an adjective, in any case and spelling.
    language
        BCP 47 tag of the words; where they are words of that language, other languages' meanings are left out.
    peoples
        Whether a word that first of all names a people ("узбек" beside "узбекистанец") stands for the state that
        bears its name.
    """
    found = candidates(words, language, peoples=peoples)
    return get(found[0]) if len(found) == 1 else None


def candidates(words: str, language: str | None = None, *, peoples: bool = True) -> tuple[str, ...]:
    """Return the codes of every place that words may stand for, in order; several where they are ambiguous.

    A word that in some language is a place and in another is not (Kyrgyz «казак», Russian «казак») counts as ambiguous
    where no language is given: the empty code stands for "no place" then.
    """
    meanings = place_words.read_meanings(words, language)
    if not peoples:
        meanings = tuple(m for m in meanings if m.sense != place_words.PEOPLE)
    found = {meaning.code for meaning in meanings}
    if not found and words.strip() in _places():
        found = {words.strip()}
    return () if found == {""} else tuple(sorted(found))


def get(code: str) -> Place:
    """Return the place with a code.

    Raises
    ------
    ValueFormatError
        There is none.
    """
    place = _places().get(code)
    if place is None:
        raise ValueFormatError(f"There is no place '{code}'.", _suggest(code))
    return place


def label(code: str, language: str = "en") -> str:
    """Return what a reader sees for a code: its name in a language, in English where there is none.

    Raises
    ------
    ValueFormatError
        There is no such place.
    """
    get(code)
    names = place_words.read_labels()
    for tag in (language, language.split("-")[0], "en"):
        if (code, tag) in names:
            return names[code, tag]
    return code


def statements(code: str) -> tuple[ParentStatement, ...]:
    """Return who says what a place belongs to, and since when; the standard's own word on a region comes first."""
    place = get(code)
    own = (ParentStatement(code, place.parent, None, None, "ISO 3166-2", "ISO 3166-2"),) if place.parent else ()
    return (*own, *_statements().get(code, ()))


def codes() -> tuple[str, ...]:
    """Return every code there is, in order."""
    return tuple(sorted(_places()))


def _suggest(code: str) -> str:
    if code.upper() in _places():
        return f"Write {code.upper()}."
    place = lookup(code)
    if place is not None:
        return f"Write {place.code}."
    return "Codes are ISO 3166-1 (UZ, XK), ISO 3166-2 (UA-23) or x- codes (x-abkhazia); see `places-and-roll-ups.md`."


def _date(text: str) -> PartialDate | None:
    return PartialDate.from_edtf(text) if text else None


@cache
def _places() -> dict[str, Place]:
    rows = read_rows("places/countries.csv", ("code", "source"))
    found = {code: Place(code, "country", source=source) for code, source in rows}
    for code, kind, source in read_rows("places/regions.csv", ("code", "kind", "source")):
        found[code] = Place(code, kind, code.partition("-")[0], source=source)
    for code, kind, since, until, note, source in read_rows("places/stated.csv", _STATED):
        found[code] = Place(code, kind, None, _date(since), _date(until), note, source)
    return found


@cache
def _statements() -> dict[str, tuple[ParentStatement, ...]]:
    found: dict[str, tuple[ParentStatement, ...]] = {}
    for code, parent, since, until, said_by, reference, _ in read_rows("places/parents.csv", _PARENTS):
        statement = ParentStatement(code, parent, _date(since), _date(until), said_by, reference)
        found[code] = (*found.get(code, ()), statement)
    return found
