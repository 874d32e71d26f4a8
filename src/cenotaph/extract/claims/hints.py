"""Words that smell of what happened: no rule leans on them, the network weighs them with all else that stands there.

The table ``hints.csv`` holds far more, and far less certain, expressions than ``outcomes.csv``: "gurney", "signed papers",
"answered the roll", and what says that a number counts no victims ("spectators", "seats"). Its patterns are written as those of
the other tables; in Russian, two words may also stand the other way round.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from cenotaph.extract.claims.morphology import inflect_noun, inflect_verb, parse_russian
from cenotaph.reference.files import read_rows

NOBODY = "nobody"  # of a number beside which this is hinted, no victims are counted
_GAPS = {"...": 6, "..": 3}
_ENDS = frozenset(".!?;:")
_KEPT = 100_000


_Parts = tuple[tuple[int, frozenset[str]], ...]
"""Elements of a pattern in the order in which they are looked for, each with how many words may lie before it."""


class _Pattern(NamedTuple):
    """What stands before the rarest word of a pattern, the nearest first, and what stands behind it."""

    before: _Parts
    behind: _Parts
    outcome: str
    row: int


class _Entry(NamedTuple):
    """What a word form hints at by itself, its keys, and the patterns of which it is the rarest word.

    Patterns are held by the keys of the word that stands next to it in them: right behind it, right before it, or apart from it;
    where there are none, it is `_NO_PATTERNS` itself, which is asked for often.
    """

    alone: str
    keys: frozenset[str]
    behind: dict[str, list[_Pattern]]
    before: dict[str, list[_Pattern]]
    apart: dict[str, list[_Pattern]]


_NO_PATTERNS: dict[str, list[_Pattern]] = {}
_NOTHING = _Entry("", frozenset(), _NO_PATTERNS, _NO_PATTERNS, _NO_PATTERNS)
_END = _Entry("", frozenset({""}), _NO_PATTERNS, _NO_PATTERNS, _NO_PATTERNS)  # of a clause: no pattern goes beyond it


class Hints:
    """The hints of one language.

    Parameters
    ----------
    language
        ``en`` or ``ru``.
    """

    def __init__(self, language: str) -> None:
        self._language = language
        self._alone: dict[str, str] = {}
        self._beginnings: set[str] = set()
        self._known = _Known(self._know)
        listed: list[tuple[_Parts, str]] = []
        for tag, pattern, outcome, _ in read_rows("claims/hints.csv", ("language", "pattern", "outcome", "source")):
            if tag != language:
                continue
            parts = self._part(pattern)
            if len(parts) == 1:
                for key in parts[0][1]:
                    self._alone.setdefault(key, outcome)
                continue
            listed.append((parts, outcome))
            if language == "ru" and len(parts) == 2:
                listed.append((((0, parts[1][1]), (_GAPS[".."], parts[0][1])), outcome))
        self._rarest_of: dict[str, list[_Pattern]] = {}
        self._elements = set(self._alone)
        often = Counter(key for parts, _ in listed for _, element in parts for key in element)
        for row, (parts, outcome) in enumerate(listed):
            rarest = min(range(len(parts)), key=lambda at: max(often[key] for key in parts[at][1]))
            gaps = [gap for gap, _ in parts]
            before = tuple((gaps[at + 1], parts[at][1]) for at in reversed(range(rarest)))
            pattern_ = _Pattern(before, parts[rarest + 1 :], outcome, row)
            for key in parts[rarest][1]:
                self._rarest_of.setdefault(key, []).append(pattern_)
            self._elements.update(key for _, element in parts for key in element)
        self._longest = max(map(len, self._beginnings), default=0)

    def _part(self, pattern: str) -> _Parts:
        parts: list[tuple[int, frozenset[str]]] = []
        gap = 0
        for element in pattern.split():
            if element in _GAPS:
                gap = _GAPS[element]
                continue
            parts.append((gap, self._spell(element)))
            gap = 0
        return tuple(parts)

    def _spell(self, element: str) -> frozenset[str]:
        """Return the keys for which an element stands."""
        if "|" in element:
            return frozenset(element.split("|"))
        if element[-1] == "+":
            return frozenset(form for form, _ in inflect_verb(element[:-1]))
        if element[-1] == "~":
            return frozenset(inflect_noun(element[:-1]))
        if element[-1] == "*":
            self._beginnings.add(element[:-1])
        return frozenset([element])

    def _know(self, low: str) -> _Entry:
        if low in _ENDS:
            return _END
        forms = (low, *parse_russian(low).lemmas) if self._language == "ru" else (low,)
        keys = [form for form in dict.fromkeys(forms) if form in self._elements]
        starts = (low[:size] for size in range(2, min(len(low), self._longest) + 1))
        keys += [start + "*" for start in starts if start in self._beginnings]
        if not keys:
            return _NOTHING
        alone = next((self._alone[key] for key in keys if key in self._alone), "")
        entry = _Entry(alone, frozenset(keys), {}, {}, {})
        for pattern in (pattern for key in keys for pattern in self._rarest_of.get(key, ())):
            if pattern.behind and not pattern.behind[0][0]:
                held, nearest = entry.behind, pattern.behind[0]
            elif pattern.before and not pattern.before[0][0]:
                held, nearest = entry.before, pattern.before[0]
            else:
                held, nearest = entry.apart, (pattern.behind or pattern.before)[0]
            for key in nearest[1]:
                held.setdefault(key, []).append(pattern)
        return _Entry(entry.alone, entry.keys, *(held or _NO_PATTERNS for held in entry[2:]))

    def find(self, lows: Sequence[str]) -> list[tuple[int, str]]:
        """Return which words hint at what: index and outcome, words of a longer hint told for it and not for themselves.

        Parameters
        ----------
        lows
            The words of a sentence, folded as lexicons hold them.
        """
        entries = list(map(self._known.__getitem__, lows))
        marks: dict[int, tuple[int, int, str]] = {}
        telling: list[tuple[int, _Entry]] = []
        reaching = False
        for at, entry in enumerate(entries):
            if entry is _NOTHING:
                continue
            if entry[0]:
                marks[at] = 1, 0, entry[0]
            reaching = reaching or entry[4] is not _NO_PATTERNS
            telling.append((at, entry))
        present: frozenset[str] = frozenset()
        if reaching:
            present = present.union(*[entry[1] for _, entry in telling])
        last = len(entries) - 1
        for at, (_, _, follow, precede, apart) in telling:
            likely: list[_Pattern] = []
            if follow is not _NO_PATTERNS and at < last:
                for key in entries[at + 1][1]:
                    if key in follow:
                        likely += follow[key]
            if precede is not _NO_PATTERNS and at:
                for key in entries[at - 1][1]:
                    if key in precede:
                        likely += precede[key]
            if apart is not _NO_PATTERNS and not present.isdisjoint(apart):
                for key in present.intersection(apart):
                    likely += apart[key]
            for before, behind, outcome, row in likely:
                places = _match(behind, at, 1, entries) if behind else [at]
                if places and before:
                    earlier = _match(before, at, -1, entries)
                    places = earlier and [*places, *earlier]
                mark = len(places), -row, outcome  # of two as long, the one that the table has first
                for place in places:
                    if place not in marks or marks[place] < mark:
                        marks[place] = mark
        return [(at, outcome) for at, (_, _, outcome) in marks.items()]


def _match(parts: _Parts, at: int, step: int, entries: Sequence[_Entry]) -> list[int]:
    """Return the place of a word and of all that has to follow it in a direction, none where something does not."""
    places = [at]
    for gap, element in parts:
        for place in range(at + step, at + step * (gap + 2), step):
            if not 0 <= place < len(entries) or entries[place] is _END:
                return []
            if not element.isdisjoint(entries[place].keys):
                break
        else:
            return []
        places.append(place)
        at = place
    return places


class _Known(dict[str, _Entry]):
    """Word forms looked up so far."""

    def __init__(self, know: Callable[[str], _Entry]) -> None:
        self._know = know

    def __missing__(self, low: str) -> _Entry:
        if len(self) >= _KEPT:
            self.clear()  # memory stays flat over any number of texts
        entry = self[low] = self._know(low)
        return entry


@cache
def read_hints(language: str) -> Hints:
    """Return the hints of a language, made once."""
    return Hints(language)


__all__ = ["NOBODY", "Hints", "read_hints"]
