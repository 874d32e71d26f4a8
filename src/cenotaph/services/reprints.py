"""Whether a text that comes in stands in the casebook already, as reprints do: a lineage is proposed, a person decides.

Of a few, phrases from all over the text are looked for as they stand, and what holds two of them is compared by its shingles;
many are compared at once by samples of theirs.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from cenotaph.casebook import bulk
from cenotaph.text.duplicates import shingle

LEAST_WORDS = 30
THRESHOLD = 0.6
MOST_DOCUMENTS = 50
"""Up to so many each is looked for in the database; more are compared at once by samples of their words."""

_PHRASES = 12
_LENGTH = 40
_LEAST_FOUND = 2
_MOST_CANDIDATES = 20
_MOST_KEPT = 4000
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
    return sorted(found, key=_nearest_first)


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


class ReprintPair(NamedTuple):
    """Two documents of which one has most of the other's text.

    Parameters
    ----------
    first, second
        Their ids; the first is one of those that were asked for.
    containment
        Share of the shorter text's runs of five words that the other has, from 0 to 1.
    """

    first: str
    second: str
    containment: float


def find_reprints_of(wanted: Collection[str]) -> list[ReprintPair]:
    """Return the pairs of one of many documents with any document of the record, the wanted one first.

    The record's texts are read twice in order, and of the wanted ones a sample is held: memory grows with those alone.

    Parameters
    ----------
    wanted
        Ids of documents.
    """
    from cenotaph.text.reprint_index import ReprintIndex

    own = frozenset(wanted)
    index = ReprintIndex((row for row in _stream_texts() if row[0] in own), LEAST_WORDS)
    if not len(index):
        return []
    candidates = [*index.find_within(), *index.find_among(row for row in _stream_texts() if row[0] not in own)]
    texts = _Shingles()
    pairs: list[ReprintPair] = []
    for first, second in candidates:
        mine, other = texts.find(first), texts.find(second)
        share = len(mine & other) / min(len(mine), len(other))
        if share >= THRESHOLD:
            pairs.append(ReprintPair(first, second, share))
    return pairs


class _Shingles:
    """Shingles of documents, the last few thousand kept."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, frozenset[int]] = OrderedDict()

    def find(self, document: str) -> frozenset[int]:
        if document in self._kept:
            self._kept.move_to_end(document)
        else:
            (text,) = bulk.fetch_one("SELECT text FROM document WHERE id = %s", [document]) or ("",)
            self._kept[document] = shingle(text or "")
            if len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        return self._kept[document]


def _stream_texts() -> Iterator[tuple[str, str]]:
    sql = "SELECT id, text FROM document WHERE kind = 'text' AND text IS NOT NULL ORDER BY \"row\""
    for chunk in bulk.stream_rows(sql):
        yield from chunk


def describe_reprints(documents: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Return for each document that is one what a person should know of it.

    Parameters
    ----------
    documents
        Ids and texts.
    """
    found: dict[str, list[Reprint]] = {}
    if len(documents) > MOST_DOCUMENTS:
        for pair in find_reprints_of({identifier for identifier, _ in documents}):
            found.setdefault(pair.first, []).append(Reprint(pair.second, pair.containment))
    else:
        found = {identifier: find_reprints(identifier, text) for identifier, text in documents}
    return {identifier: _describe(sorted(reprints, key=_nearest_first)) for identifier, reprints in found.items() if reprints}


def _nearest_first(reprint: Reprint) -> tuple[float, str]:
    return -reprint.containment, reprint.document


def _describe(found: Sequence[Reprint]) -> str:
    nearest = found[0]
    more = f", and {len(found) - 1} more" if len(found) > 1 else ""
    share = f"{nearest.containment:.0%} of the shorter text"
    return f"one lineage is proposed with document {nearest.document}: {share} stands in the other{more}"
