"""Whether a text that comes in stands in the casebook already, as reprints do: a lineage is proposed, a person decides.

Phrases from all over the text are looked for as they stand; what holds two of them is compared by its shingles.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from cenotaph.casebook import bulk
from cenotaph.text.duplicates import shingle

LEAST_WORDS = 30
THRESHOLD = 0.6
MOST_DOCUMENTS = 50
"""Of one call that takes more in, `claim check` compares them all at once."""

_PHRASES = 12
_LENGTH = 40
_LEAST_FOUND = 2
_MOST_CANDIDATES = 20
_WORD = re.compile(r"\S+")


class Reprint(NamedTuple):
    """A document that most of a text stands in, or the other way round.

    Parameters
    ----------
    document
        Its id.
    containment
        Share of the shorter text's runs of five words that the other has, from 0 to 1.
    """

    document: str
    containment: float


def find_reprints(document: str, text: str) -> list[Reprint]:
    """Return the documents in the record that may go back to the same origin as a text, the nearest first.

    Parameters
    ----------
    document
        The text's own id, which is left out.
    """
    phrases = choose_phrases(text)
    if len(phrases) < _LEAST_FOUND:
        return []
    counted = " + ".join(["CASE WHEN text LIKE %s ESCAPE '!' THEN 1 ELSE 0 END"] * len(phrases))
    sql = (
        f"SELECT id, text FROM document WHERE kind = 'text' AND text IS NOT NULL AND id <> %s AND ({counted}) >= %s "  # noqa: S608
        f'ORDER BY "row" DESC LIMIT {_MOST_CANDIDATES}'
    )
    own = shingle(text)
    found: list[Reprint] = []
    for identifier, other in bulk.fetch_rows(sql, [document, *map(_pattern, phrases), _LEAST_FOUND]):
        shingles = shingle(other)
        share = len(own & shingles) / min(len(own), len(shingles))
        if share >= THRESHOLD:
            found.append(Reprint(identifier, share))
    return sorted(found, key=lambda reprint: (-reprint.containment, reprint.document))


def choose_phrases(text: str) -> list[str]:
    """Return phrases from all over a text, each within a line; none of a text that is too short to tell."""
    words = list(_WORD.finditer(text))
    if len(words) < LEAST_WORDS:
        return []
    phrases: dict[str, None] = {}
    for number in range(_PHRASES):
        start = words[number * len(words) // _PHRASES].start()
        line = text[start : start + 3 * _LENGTH].split("\n", 1)[0].split("\t", 1)[0]
        cut = line.rfind(" ", _LENGTH // 2, _LENGTH)
        if cut > 0:
            phrases.setdefault(line[:cut])
    return list(phrases)


def _pattern(phrase: str) -> str:
    return "%" + phrase.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%"


def describe_reprints(documents: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Return for each document that is one what a person should know of it; none where too many came in at once.

    Parameters
    ----------
    documents
        Ids and texts.
    """
    told: dict[str, str] = {}
    if len(documents) > MOST_DOCUMENTS:
        return told
    for identifier, text in documents:
        found = find_reprints(identifier, text)
        if found:
            nearest = found[0]
            more = f", and {len(found) - 1} more" if len(found) > 1 else ""
            share = f"{nearest.containment:.0%} of the shorter text"
            told[identifier] = f"one lineage is proposed with document {nearest.document}: {share} stands in the other{more}"
    return told
