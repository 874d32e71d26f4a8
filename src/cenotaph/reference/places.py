"""Countries, regions of countries and stated places that are neither: words to codes and back.

Codes are ISO 3166-1 alpha-2 with ``XK`` for countries, ISO 3166-2 for regions, else ``x-`` codes of ``places/stated.csv`` with the
dates between which the place was stated to be. A code says what was stated and takes no side; which place is counted under which
is a roll-up's matter (:mod:`cenotaph.reference.rollups`), and none applies unless it is named.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from cenotaph.domain.dates import PartialDate
from cenotaph.domain.errors import ValueFormatError
from cenotaph.reference.files import read_rows
from cenotaph.reference.folding import fold

_NAMES = ("code", "language", "name", "kind", "source")


@dataclass(frozen=True, slots=True)
class Place:
    """One place that has a code.

    Parameters
    ----------
    code
        ``UZ``, ``UA-23``, ``x-south-ossetia``.
    kind
        ``country``; of regions ``region``, ``city`` or ``republic``; ``stated`` for what declared itself and is not of
        ISO 3166, ``former`` for a state that is no more, ``area`` for a part of the world.
    parent
        The country that ISO 3166-2 files a region under; None for everything else.
    since, until
        Between when it was; None where that has no end or says nothing.
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


def lookup(words: str, language: str | None = None) -> Place | None:
    """Return the one place that words stand for, or None where there is none or more than one.

    Parameters
    ----------
    words
        A country's name, short or long, a region's, a citizen's word or an adjective, in any case and spelling variant.
    language
        BCP 47 tag of the words; where they are words of that language, other languages' meanings are left out.
    """
    found = candidates(words, language)
    return get(found[0]) if len(found) == 1 else None


def candidates(words: str, language: str | None = None) -> tuple[str, ...]:
    """Return the codes of every place that words may stand for, in order; more than one where they are ambiguous."""
    key = fold(words)
    if not key:
        return ()
    rows = _words().get(key, ())
    if language is not None:
        own = language.split("-")[0].lower()
        rows = tuple(row for row in rows if own in row[1]) or rows
    codes = {code for row in rows for code in row[0].split()}
    if not codes and words.strip() in _places():
        codes = {words.strip()}
    return tuple(sorted(codes))


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
    names = _labels()
    for tag in (language, language.split("-")[0], "en"):
        if (code, tag) in names:
            return names[code, tag]
    get(code)
    return code


def codes() -> tuple[str, ...]:
    """Return every code there is, in order."""
    return tuple(sorted(_places()))


def _suggest(code: str) -> str:
    place = lookup(code)
    if place is not None:
        return f"Write {place.code}."
    if code.upper() in _places():
        return f"Write {code.upper()}."
    return "Codes are ISO 3166-1 (UZ, XK), ISO 3166-2 (UA-23) or of the table docs/explanation/places-and-roll-ups.md describes (x-abkhazia)."


@cache
def _places() -> dict[str, Place]:
    found = {code: Place(code, "country", source=source) for code, source in read_rows("places/countries.csv", ("code", "source"))}
    for code, kind, source in read_rows("places/regions.csv", ("code", "kind", "source")):
        found[code] = Place(code, kind, code.partition("-")[0], source=source)
    columns = ("code", "kind", "from", "until", "note", "source")
    for code, kind, since, until, note, source in read_rows("places/stated.csv", columns):
        dates = [PartialDate.from_edtf(text) if text else None for text in (since, until)]
        found[code] = Place(code, kind, None, dates[0], dates[1], note, source)
    return found


@cache
def _words() -> dict[str, tuple[tuple[str, str], ...]]:
    """Return code and languages of every word by its folded form; a word that is listed as ambiguous has all its codes."""
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for code, languages, name, key, _ in read_rows("places/names-cldr.csv", ("code", "languages", "name", "key", "source")):
        key = key or name.lower()
        found[key] = (*found.get(key, ()), (code, languages))
    for table in ("places/names.csv", "places/region-names.csv"):
        for code, language, name, _, _ in read_rows(table, _NAMES):
            key = fold(name)
            found[key] = (*found.get(key, ()), (code, language))
    for word, language, codes_, _, _ in read_rows("places/ambiguous.csv", ("word", "language", "codes", "reason", "source")):
        key = fold(word)
        found[key] = (*found.get(key, ()), (codes_, language))
    return found


@cache
def _labels() -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for code, languages, name, _, _ in read_rows("places/names-cldr.csv", ("code", "languages", "name", "key", "source")):
        for language in languages.split():
            found[code, language] = name
    for table in ("places/names.csv", "places/region-names.csv"):
        for code, language, name, kind, _ in read_rows(table, _NAMES):
            if kind == "label":
                found[code, language] = name
    return found
