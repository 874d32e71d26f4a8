"""Names written over from one script into another by a named standard, both ways where the standard allows it.

A standard is a table of letters (``data/standards.csv``); longest first, with the context in which some letters are written in
another way. What a standard cannot say, it does not: Arabic without vowel signs is written without the vowels, and the result
says so. For looking names up and comparing them see :mod:`cenotaph.names.keys`; nobody's name is changed here.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from cenotaph.domain.errors import UsageError
from cenotaph.names.tables import read_rows


@dataclass(frozen=True, slots=True)
class Standard:
    """A standard of romanisation.

    Parameters
    ----------
    key
        Its name on the command line: ``icao-ru``.
    script
        The script it romanises, ISO 15924.
    language
        The language, BCP 47, or ``und``.
    title
        What it is.
    loses
        What it does not say, '' where nothing is lost.
    """

    key: str
    script: str
    language: str
    title: str
    loses: str


@dataclass(frozen=True, slots=True)
class Romanised:
    """A name written over.

    Parameters
    ----------
    text
        The name in the other script.
    standard
        By which standard.
    doubts
        What the writing left open.
    """

    text: str
    standard: Standard
    doubts: tuple[str, ...]


@cache
def read_standards() -> dict[str, Standard]:
    """Return the standards by their keys."""
    columns = ("key", "script", "language", "title", "loses")
    return {row[0]: Standard(*row) for row in read_rows("standards.csv", columns)}


def standards_for(script: str) -> tuple[Standard, ...]:
    """Return the standards that romanise a script."""
    return tuple(standard for standard in read_standards().values() if standard.script == script)


def _find(key: str) -> Standard:
    found = read_standards().get(key)
    if found is None:
        raise UsageError(f"'{key}' is no standard that is known here.", f"Known are: {', '.join(read_standards())}.")
    return found


@cache
def _letters(key: str) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return each letter's ways of being written, with the context of each: '' always, ^ first, V after a vowel or first."""
    found: dict[str, list[tuple[str, str]]] = {}
    for standard, context, native, latin in read_rows("letters.csv", ("standards", "context", "native", "latin")):
        if key in standard.split():
            found.setdefault(native, []).append((context, latin))
    return {native: tuple(sorted(ways, reverse=True)) for native, ways in found.items()}


def romanise(text: str, key: str) -> Romanised:
    """Write a name in Latin letters.

    Parameters
    ----------
    text
        The name; what is of another script stays as it is.
    key
        A standard's key.

    Raises
    ------
    UsageError
        There is no such standard.
    """
    standard = _find(key)
    letters = _letters(key)
    if standard.script == "Deva":
        return Romanised(_romanise_devanagari(text, letters), standard, ())
    longest = max(map(len, letters))
    source = unicodedata.normalize("NFC", text)
    out: list[str] = []
    doubts: list[str] = []
    at, before = 0, ""
    while at < len(source):
        if source[at] == _SHADDA and out:  # The consonant before it, or before the vowel sign before it, is double.
            last = -2 if len(out) > 1 and out[-1] in _SHORT_VOWELS else -1
            out[last] *= 2
            at += 1
            continue
        for length in range(longest, 0, -1):
            piece = source[at : at + length]
            ways = letters.get(piece.lower())
            if ways and len(piece) == length:
                latin = _choose(ways, before.lower())
                following = source[at + length : at + length + 1]
                out.append(_in_case(piece, latin, following, before))
                before, at = piece[-1], at + length
                break
        else:
            out.append(source[at])
            before, at = source[at], at + 1
    written = "".join(out)
    if standard.script == "Arab":
        written = _CAPITAL.sub(lambda found: found[1] + found[2].upper(), written)
        if re.search("[\u0620-\u064a]", source) and not re.search("[\u064b-\u0650]", source):
            doubts.append("The name is written without vowel signs: short vowels are not shown, w may be ū, y may be ī.")
    return Romanised(written, standard, tuple(doubts))


_CAPITAL = re.compile(r"((?:^|\s)(?:al-)?[ʾʿʻʼ]?)(\w)")
_SHORT_VOWELS = frozenset("aiu")
_SHADDA = "\u0651"
_AFTER_VOWEL = frozenset("аеёиоуыэюяіїєўәөүұӣӯъь'’")


def _choose(ways: tuple[tuple[str, str], ...], before: str) -> str:
    first = not before.isalpha()
    by_context = dict(ways)
    if first and "^" in by_context:
        return by_context["^"]
    if "V" in by_context and (first or before in _AFTER_VOWEL):
        return by_context["V"]
    return by_context.get("", ways[0][1])


def _in_case(piece: str, latin: str, following: str, before: str) -> str:
    if not latin or not piece[0].isupper():
        return latin
    shouted = following.isupper() or (not following.isalpha() and before.isupper())
    return latin.upper() if shouted else latin[0].upper() + latin[1:]


def _romanise_devanagari(text: str, letters: dict[str, tuple[tuple[str, str], ...]]) -> str:
    """Write Devanagari with its inherent vowels."""
    out: list[str] = []
    bare = False
    for c in unicodedata.normalize("NFC", text):
        latin = letters[c][0][1] if c in letters else c
        if "क" <= c <= "ह" or "क़" <= c <= "य़":
            out.append(("a" if bare else "") + latin)
            bare = True
        elif c == "\u094d":
            bare = False
        elif "\u093e" <= c <= "\u094c":
            out.append(latin)
            bare = False
        else:
            out.append(("a" if bare else "") + latin)
            bare = False
    if bare:
        out.append("a")
    return "".join(word[:1].upper() + word[1:] for word in re.split("( )", "".join(out)))


def write_back(text: str, key: str) -> Romanised:
    """Write a romanised name in its own script again.

    Parameters
    ----------
    text
        The name in Latin letters, as the standard writes it.
    key
        A standard's key.

    Raises
    ------
    UsageError
        There is no such standard, or it says too little to be written back.
    """
    standard = _find(key)
    if standard.script != "Cyrl":
        raise UsageError(f"'{key}' does not say enough to write a name back.", "Only Cyrillic standards do.")
    anywhere: dict[str, list[str]] = {}
    first: dict[str, list[str]] = {}
    for letter, ways in _letters(key).items():
        for context, latin in ways:
            if latin:
                (first if context == "^" else anywhere).setdefault(latin, []).append(letter)
    longest = max(map(len, anywhere))
    source = unicodedata.normalize("NFC", text)
    out: list[str] = []
    open_ones: set[str] = set()
    at = 0
    while at < len(source):
        for length in range(longest, 0, -1):
            piece = source[at : at + length]
            begins = at == 0 or not source[at - 1].isalpha()
            found = (first.get(piece.lower()) if begins else None) or anywhere.get(piece.lower())
            if found and len(piece) == length:
                if len(found) > 1:
                    open_ones.add(f"{piece.lower()}: {' or '.join(found)}")
                upper = piece[0].isupper() or (not piece[0].isalpha() and source[at - 1 : at + 2].isupper())
                out.append(found[0][0].upper() + found[0][1:] if upper else found[0])
                at += length
                break
        else:
            out.append(source[at])
            at += 1
    return Romanised("".join(out), standard, tuple(sorted(open_ones)))
