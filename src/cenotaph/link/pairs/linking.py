"""Two lists, each free of duplicates, linked one to one: who of the one is who of the other, and how sure that is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cenotaph.link.assignment import assign, marginals
from cenotaph.link.pairs.alignment import Alignments, Logs, align, align_same
from cenotaph.link.pairs.candidates import FEW, MANY, Blocks, compare_all, share_all
from cenotaph.link.pairs.evidence import (
    TEXT_FIELDS,
    BirthComparison,
    Compared,
    compare_deaths,
    compare_generations,
    compare_texts,
    read_words,
)
from cenotaph.link.pairs.likeness import NEAR, Likeness, sort_distinct
from cenotaph.link.pairs.reading import Rows, read_rows
from cenotaph.link.pairs.spellings import find_spellings
from cenotaph.link.pairs.weighing import Evidence, Learnt, Weighed, learn, score_alignments
from cenotaph.link.pairs.words import Names, WordTable

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    from cenotaph.link.unread import Unread

    Array = np.ndarray[Any, np.dtype[Any]]

THRESHOLD = 0.4
"""From what probability on a pair is a link. Below a half, since of two namesakes whom nothing tells apart either is right as
often as wrong, and a link that is even is shown rather than hidden: its probability says what it is."""

_SETTLED = 0.95
_CLEAR = 3
"""Words that a name must have for the same name in the other list to settle it."""

TURNED = 0.1
"""Share of people whose two names stand in another order in the other list, family name first; their own lists keep to one."""


@dataclass(frozen=True, slots=True)
class Linked:
    """What linking two lists gave.

    Parameters
    ----------
    links
        ``left_id, right_id, probability``, sorted by ``left_id``; every id at most once.
    learnt
        What agreement was found to be worth.
    compared
        Pairs that were compared.
    left, right
        Rows of either list.
    unread
        Ages and dates of either list that could not be read.
    """

    links: pa.Table
    learnt: Learnt
    compared: int
    left: int
    right: int
    unread: tuple[tuple[Unread, ...], tuple[Unread, ...]] = ((), ())


def links_schema() -> pa.Schema:
    """Return the schema of links: each id of either list at most once."""
    import pyarrow as pa

    return pa.schema(
        [
            pa.field("left_id", pa.string(), nullable=False),
            pa.field("right_id", pa.string(), nullable=False),
            pa.field("probability", pa.float64(), nullable=False),
        ]
    )


def link_pair(left: pa.Table, right: pa.Table, threshold: float = THRESHOLD, talk: Callable[[str], None] | None = None) -> Linked:
    """Link two lists of people one to one.

    Parameters
    ----------
    left, right
        Tables of reports as :func:`cenotaph.link.reading.check_reports` returns them, one row a person. The order of their
        rows changes nothing.
    threshold
        The least probability of a link, 0 to 1.
    talk
        Told what is done.
    """
    import numpy as np
    import pyarrow as pa

    say = talk or (lambda _: None)
    a, b = read_rows(left), read_rows(right)
    if not a.ids or not b.ids:
        none = Learnt(np.zeros(0), np.zeros(0), (), 0.0, 0.0)
        return Linked(links_schema().empty_table(), none, 0, len(a.ids), len(b.ids), (a.unread, b.unread))
    search = _Search(a, b)
    search.look(say)
    evidence = search.evidence()
    say(f"compared {len(evidence.left):,} pairs")
    learnt, weighed = learn(evidence)
    chosen = choose(evidence, weighed, threshold)
    at_left, at_right = evidence.left[weighed.place[chosen]], evidence.right[weighed.place[chosen]]
    links = pa.table(
        [
            pa.array([a.ids[i] for i in at_left.tolist()], pa.string()),
            pa.array([b.ids[j] for j in at_right.tolist()], pa.string()),
            pa.array(weighed.probability[chosen], pa.float64()),
        ],
        schema=links_schema(),
    ).sort_by("left_id")
    return Linked(links, learnt, len(evidence.left), len(a.ids), len(b.ids), (a.unread, b.unread))


_PLACE_WORDS = 5


def _mark(left: Rows, right: Rows) -> tuple[Array, Array, int]:
    """Return numbers for the days of birth and death of every row and for the words of its place, and how many there are."""
    import numpy as np

    found = [np.full((len(rows.ids), 2 + _PLACE_WORDS), -1, dtype=np.int64) for rows in (left, right)]
    size = 0
    for column, days in enumerate(((left.births.day, right.births.day), (left.deaths, right.deaths))):
        told = [np.flatnonzero(~np.isnat(side)) for side in days]
        distinct, number = np.unique(np.concatenate([side[at] for side, at in zip(days, told, strict=True)]), return_inverse=True)
        found[0][told[0], column] = number[: len(told[0])] + size
        found[1][told[1], column] = number[len(told[0]) :] + size
        size += len(distinct)
    marks: dict[str, int] = {}
    read: dict[str, list[int]] = {}
    for rows, numbers in zip((left, right), found, strict=True):
        places = rows.table["place_text"]
        for row, text in enumerate(places.to_pylist() if places.null_count < len(places) else ()):
            if text is not None:
                if text not in read:
                    words = sorted(read_words(text), key=lambda word: (-len(word), word))[:_PLACE_WORDS]
                    read[text] = [marks.setdefault(word, len(marks)) + size for word in words]
                numbers[row, 2 : 2 + len(read[text])] = read[text]
    return found[0], found[1], size + len(marks)


def _has(names: Names, words: Array, size: int) -> Array:
    """Tell which names have one of some words, or two that make one of these."""
    import numpy as np

    marked = np.zeros(size + 1, dtype=bool)  # The last stands for no word, which is -1.
    marked[words] = True
    return np.asarray(np.concatenate([marked[names.words], marked[names.joined]], axis=1).any(axis=1))


def choose(evidence: Evidence, weighed: Weighed, threshold: float) -> Array:
    """Return which weighed pairs are links: those of the most probable matching that are probable enough."""
    import numpy as np

    # Who has a rival may be less probable than no link at all: the matching is asked for all, the threshold decides.
    hopeful = np.flatnonzero(weighed.probability >= min(threshold, 0.5) / 4)
    place = weighed.place[hopeful]
    weight = weighed.odds[hopeful] - weighed.odds[hopeful].min(initial=0.0) + 1e-9
    found = hopeful[assign(evidence.left[place], evidence.right[place], weight)]
    chosen: Array = found[weighed.probability[found] >= threshold]
    return chosen


class _Search:
    """Looks for pairs in rounds, each wider than the one before and only for rows that have found nobody yet."""

    def __init__(self, left: Rows, right: Rows) -> None:
        import numpy as np

        words = WordTable()
        first, second = words.read(left.names), words.read(right.names)
        self._rows = (left, right)
        self._names: tuple[Names, Names] = words.join(first, second)
        self._lexicon = words.lexicon()
        self._likeness = Likeness(self._lexicon)
        numbers = {key: number for number, key in enumerate(dict.fromkeys(self._lexicon.keys))}
        self._keys = np.array([*(numbers[key] for key in self._lexicon.keys), -1], dtype=np.int64)
        self._common = Logs(self._count())
        self._births = BirthComparison(left.births, right.births)
        self._searched = 0
        self._same = np.zeros(0, dtype=bool)
        self._pairs = np.zeros(0, dtype=np.int64)
        empty = np.zeros(0, dtype=np.float32)
        self._aligned = Alignments(np.zeros(0, dtype=np.int64), empty, empty)

    def _count(self) -> Array:
        """Return the share that each word has of all words, or where the lists are of two scripts, its key."""
        import numpy as np

        arabic = self._lexicon.arabic
        code = self._keys[:-1] if arabic.any() and not arabic.all() else np.arange(len(arabic))
        counts = np.zeros(int(code.max(initial=-1)) + 1)
        for names in self._names:
            counts += np.bincount(code[names.words[names.words >= 0]], minlength=len(counts))
        share: Array = ((counts + 1) / max(counts.sum(), 1.0))[code].astype(np.float32)
        return share

    def look(self, say: Callable[[str], None]) -> None:
        """Look for pairs until every row has found somebody or nothing is left to try."""
        import numpy as np

        left, right = self._names
        blocks = Blocks(self._keys[left.words], self._keys[right.words], int(self._keys.max(initial=0)) + 1)
        # Who has the same three words or more in both lists, and nobody there contradicts, needs no further look.
        self._add([share_all(self._keys[left.words], self._keys[right.words], _CLEAR, MANY)])
        open_left, _ = self._unsettled()
        self._searched = int(open_left.sum())
        found = [blocks.share(3, MANY, open_left), blocks.share(2, FEW, open_left)]
        short, short_right = left.count <= 2, right.count <= 2
        if short.any() or short_right.any():
            for wide in (blocks.share(2, MANY, open_left), blocks.share(1, FEW, open_left)):
                found.append(wide[short[wide // len(right.count)] | short_right[wide % len(right.count)]])
        self._add(found)
        open_left, open_right = self._unsettled()
        say(f"{int((~open_left).sum()):,} of {len(open_left):,} rows found at once")
        self._add([blocks.share(2, MANY // 2, open_left)])
        self._look_beside_names(self._unsettled()[0])
        # All against all is only for who would have no link: of two namesakes one is found already.
        open_left, open_right = self._unsettled(THRESHOLD)
        at_left, at_right = np.flatnonzero(open_left & (left.count > 0)), np.flatnonzero(open_right & (right.count > 0))
        whole_left, whole_right = self._whole(0, at_left), self._whole(1, at_right)
        self._add([compare_all(whole_left, whole_right, at_left, at_right, len(right.count))])

        self._respell(say)

    def _look_beside_names(self, open_left: Array) -> None:
        """Look for who was born on the same day, and who shares words of a place with a name or a day."""
        import numpy as np

        *extra, marks = _mark(*self._rows)
        if not marks:
            return
        size = int(self._keys.max(initial=0)) + 1
        keys = [
            np.concatenate([self._keys[names.words], np.where(found >= 0, found + size, -1)], axis=1)
            for names, found in zip(self._names, extra, strict=True)
        ]
        blocks = Blocks(keys[0], keys[1], size + marks)
        days = [Blocks(extra[0][:, [at]], extra[1][:, [at]], marks) for at in (0, 1)]
        self._add([blocks.share(2, MANY // 3, open_left), *(day.share(1, MANY // 3, open_left) for day in days)])

    def _respell(self, say: Callable[[str], None]) -> None:
        """Learn which words the lists use for one another, and lay the names of open rows side by side again."""
        import numpy as np

        open_left, open_right = self._unsettled()
        rows = max(len(self._rows[1].ids), 1)
        a, b = self._pairs // rows, self._pairs % rows
        at = np.flatnonzero(open_left[a] & open_right[b])
        left, right = self._names
        one, other = find_spellings(left, right, a[at], b[at], self._likeness)
        if not len(one):
            return
        say(f"{len(one):,} pairs of words stand for one another")
        self._likeness.equate(one, other)
        # Only names that have one of these words are laid anew.
        has = [_has(names, words, len(self._lexicon.letters)) for names, words in ((left, one), (right, other))]
        at = np.flatnonzero((open_left[a] | open_right[b]) & has[0][a] & has[1][b])
        again = self._lay(a[at], b[at])
        self._aligned.pattern[at], self._aligned.first[at], self._aligned.tail[at] = again.pattern, again.first, again.tail

    def _add(self, found: list[Array]) -> None:
        import numpy as np

        new = sort_distinct(np.concatenate(found))
        new = new[~np.isin(new, self._pairs, assume_unique=True, kind="sort")] if len(self._pairs) else new
        rows = max(len(self._rows[1].ids), 1)
        left, right = self._names
        # Who has no name is linked with nobody, whatever else agrees: a placeholder identifies nobody.
        new = new[(left.count[new // rows] > 0) & (right.count[new % rows] > 0)]
        if not len(new):
            return
        a, b = new // rows, new % rows
        apart = np.flatnonzero((left.words[a] != right.words[b]).any(axis=1))
        self._likeness.prepare(left, right, a[apart], b[apart])
        found_ = self._lay(a, b)
        old = self._aligned
        self._pairs = np.concatenate([self._pairs, new])
        self._aligned = Alignments(
            np.concatenate([old.pattern, found_.pattern]),
            np.concatenate([old.first, found_.first]),
            np.concatenate([old.tail, found_.tail]),
        )

    def _lay(self, a: Array, b: Array) -> Alignments:
        """Lay names side by side; those of the same words need no search for how they lie best."""
        import numpy as np

        left, right = self._names
        apart = (left.words[a] != right.words[b]).any(axis=1)
        found = align_same(left, a, self._common)
        if apart.any():
            at = np.flatnonzero(apart)
            other = self._lay_apart(a[at], b[at])
            found.pattern[at], found.first[at], found.tail[at] = other.pattern, other.first, other.tail
        return found

    def _lay_apart(self, a: Array, b: Array) -> Alignments:
        """Lay names side by side; where one begins with what the other ends with, also with its last word first."""
        import numpy as np

        left, right = self._names
        found = align(left, right, a, b, self._likeness, self._common)
        ends = [names.words[at, names.count[at] - 1] for names, at in ((left, a), (right, b))]
        begins = [names.words[at, 0] for names, at in ((left, a), (right, b))]
        straight = self._likeness.look_up(begins[0], begins[1]) <= NEAR
        several = (left.count[a] > 1) & (right.count[b] > 1) & ~straight
        for side in (0, 1):
            crossed = (ends[0], begins[1]) if side == 0 else (begins[0], ends[1])
            at = np.flatnonzero(several & (self._likeness.look_up(*crossed) <= NEAR))
            if not len(at):
                continue
            turned = [names.turned() if side == number else names for number, names in enumerate((left, right))]
            other = align(turned[0], turned[1], a[at], b[at], self._likeness, self._common)
            price = np.float32(-np.log(TURNED))
            better = score_alignments(other) - price > score_alignments(
                Alignments(found.pattern[at], found.first[at], found.tail[at])
            )
            at, kept = at[better], np.flatnonzero(better)
            found.pattern[at], found.first[at] = other.pattern[kept], other.first[kept]
            found.tail[at] = other.tail[kept] + price
        return found

    def _unsettled(self, least: float = _SETTLED) -> tuple[Array, Array]:
        """Return which rows of either list have found nobody of whom they are so sure."""
        import numpy as np

        left, right = self._names
        open_left, open_right = np.ones(len(left.count), dtype=bool), np.ones(len(right.count), dtype=bool)
        evidence = self.evidence()
        if len(evidence.left):
            _, weighed = learn(evidence, 2)
            sure = weighed.place[weighed.probability >= least]
            open_left[evidence.left[sure]] = False
            open_right[evidence.right[sure]] = False
        return open_left, open_right

    def _whole(self, side: int, rows: Array) -> list[str]:
        """Return whole names without spaces: their letters, or where the lists are of two scripts, their keys."""
        mixed = self._lexicon.arabic.any() and not self._lexicon.arabic.all()
        spelt = self._lexicon.keys if mixed else self._lexicon.letters
        return ["".join(spelt[word] for word in words if word >= 0) for words in self._names[side].words[rows].tolist()]

    def evidence(self) -> Evidence:
        """Return all that the pairs found so far say."""
        left, right = self._rows
        rows = max(len(right.ids), 1)
        a, b = self._pairs // rows, self._pairs % rows
        fields: list[Compared | None] = []
        if len(a):
            fields.append(self._births.compare(a, b, self._shift(a, b)))
            fields.append(compare_deaths(left.deaths, right.deaths, a, b))
            fields.append(compare_generations(left.generations, right.generations, a, b))
            told = [name for name in TEXT_FIELDS if all(rows.table[name].null_count < len(rows.ids) for rows in self._rows)]
            fields += [compare_texts(name, left.table[name], right.table[name], a, b) for name in told]
        return Evidence(
            a, b, self._aligned, tuple(f for f in fields if f is not None), len(left.ids), len(right.ids), self._searched
        )

    def _shift(self, a: Array, b: Array) -> float:
        """Return by how many years ages of the right list are greater: the middle over pairs of the same words."""
        import numpy as np

        left, right = self._rows
        years = right.births.age[b] - left.births.age[a]
        done = len(self._same)
        equal = (self._names[0].words[a[done:]] == self._names[1].words[b[done:]]).all(axis=1)
        self._same = np.concatenate([self._same, equal])  # Pairs only become more.
        same = self._same & ~np.isnan(years)
        return float(np.median(years[same])) if same.sum() >= 20 else 0.0


__all__ = ["Linked", "link_pair", "links_schema", "marginals"]
