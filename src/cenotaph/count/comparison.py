"""Published figures beside the record's own: the difference, and only what the record itself can explain of it.

A difference is explained in steps, each counted on what the step before left, so that nothing is explained twice: first what
a release that was public by then did not hold, then who died later, then a roll-up that this list does not apply. What no
step takes away is not explained by the record, and is said to be so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from cenotaph.count.membership import chain_readings
from cenotaph.count.published import Definition, PublishedFigure, define_figure
from cenotaph.count.query import Columns
from cenotaph.count.selection import STATED, RollUps, Selection
from cenotaph.count.table import CountTable, count_table, is_place
from cenotaph.domain.axes import AXIS_BY_NAME, UNKNOWN
from cenotaph.domain.errors import MappingError
from cenotaph.domain.lists import ListReading


@dataclass(frozen=True, slots=True)
class Explanation:
    """One thing in the record that bears on a difference.

    Parameters
    ----------
    kind
        ``release``, ``dates``, ``undated``, ``rollup`` or ``axis unknown``.
    words
        What it is, with its numbers.
    explains
        How much of the difference (ours less theirs) it takes away, with its sign; 0 where it may bear on it, and nobody can
        say how much.
    """

    kind: str
    words: str
    explains: int = 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """One published figure beside the list's own.

    Parameters
    ----------
    figure
        What was published.
    cell
        The id of the list's own number, or None where nothing is comparable.
    ours
        The list's own number.
    difference
        How far ours lies outside what the published number allows; 0 where it lies inside.
    explanations
        What the record says about it.
    unexplained
        What of the difference is left after what is explained; the explanations and this add up to it.
    reason
        Why nothing is comparable.
    """

    figure: PublishedFigure
    cell: str | None = None
    ours: int | None = None
    difference: int | None = None
    explanations: tuple[Explanation, ...] = ()
    unexplained: int | None = None
    reason: str = ""


def compare_published(
    columns: Columns,
    readings: Iterable[ListReading],
    list_id: str,
    figures: Iterable[PublishedFigure],
    definitions: Mapping[str, Definition],
    rollups: Mapping[str, RollUps],
) -> Iterator[Comparison]:
    """Yield each figure beside the list's own number.

    Parameters
    ----------
    rollups
        Every roll-up by its name: those that a definition names are applied, the others are tried as explanations.

    Raises
    ------
    MappingError
        A definition names a roll-up that there is not, or two that contradict each other.
    """
    known = list(readings)
    for figure in figures:
        definition = define_figure(figure, definitions)
        if definition.not_comparable:
            yield Comparison(figure, reason=definition.not_comparable)
        else:
            yield _Comparer(columns, known, list_id, figure, definition, rollups).compare()


def find_common(comparisons: Iterable[Comparison]) -> frozenset[str]:
    """Return the words that every comparison with a difference repeats, so that they can be said once."""
    said = [{e.words for e in c.explanations if e.kind == "release" and not e.explains} for c in comparisons if c.explanations]
    return frozenset(set.intersection(*said)) if len(said) > 1 else frozenset()


def _merge(rollups: Mapping[str, RollUps], names: Iterable[str]) -> RollUps | None:
    """Return several roll-ups as one, or None where they count one place under two."""
    parents: dict[str, str] = {}
    for name in names:
        for code, parent in rollups[name].parents.items():
            if parents.setdefault(code, parent) != parent:
                return None
    return RollUps(parents)


@dataclass
class _Comparer:
    """Works out one comparison; ``as_of`` and ``died_by`` narrow what is counted as the steps go on."""

    columns: Columns
    readings: list[ListReading]
    list_id: str
    figure: PublishedFigure
    definition: Definition
    rollups: Mapping[str, RollUps]
    as_of: date | None = None
    died_by: date | None = None
    found: list[Explanation] = field(default_factory=list)

    def compare(self) -> Comparison:
        names = self.definition.rollups
        for name in names:
            if name not in self.rollups:
                raise MappingError(f"There is no roll-up '{name}'.", f"Roll-ups are: {', '.join(sorted(self.rollups))}.")
        if _merge(self.rollups, names) is None:
            raise MappingError(f"The roll-ups {', '.join(names)} contradict each other.", "Name those that go together.")
        own = self._count(names).total
        last = self.figure.as_of.end - timedelta(days=1) if self.figure.as_of.end else None
        left = own.value
        if last is not None:
            left = self._step_release(names, left, last)
            left = self._step_dates(names, left, last)
        left = self._step_rollups(names, left)
        if self.figure.measure(left) < 0:
            self.found += self._note_unknown(names)
        difference = self.figure.measure(own.value)
        return Comparison(self.figure, own.id, own.value, difference, tuple(self.found), self.figure.measure(left))

    def _count(
        self, names: tuple[str, ...], by: tuple[str, ...] = (), where: tuple[tuple[str, str], ...] | None = None
    ) -> CountTable:
        own = self.definition.where if where is None else where
        selection = Selection(self.list_id, by, tuple(sorted({*own})), self.as_of, None, self.died_by, names)
        merged = _merge(self.rollups, names)
        assert merged is not None
        return count_table(self.columns, self.readings, selection, merged)

    def _explain(self, kind: str, words: str, before: int, after: int) -> None:
        self.found.append(Explanation(kind, words, self.figure.measure(before) - self.figure.measure(after)))

    def _step_release(self, names: tuple[str, ...], left: int, last: date) -> int:
        """Count the list as it was public then, where the record holds a release so early."""
        now = chain_readings(self.readings, self.list_id)
        then = chain_readings(self.readings, self.list_id, last)
        if not now.readings or then.releases == now.releases:
            return left
        latest = max(now.readings, key=lambda r: (r.released_on.end or date.max, r.number)).released_on.edtf
        if not then.readings:
            if self.figure.measure(left):
                day = self.figure.as_of.edtf
                words = f"published as of {day}; the list's release is of {latest}, and the record holds none as early"
                self.found.append(Explanation("release", words))
            return left
        self.as_of = last
        after = self._count(names).total.value
        if after != left:
            self._explain(
                "release",
                f"{after} in the release of that time ({', '.join(then.releases)}), {left - after:+d} since",
                left,
                after,
            )
        return after

    def _step_dates(self, names: tuple[str, ...], left: int, last: date) -> int:
        """Leave out who died after the day that the figure speaks of: they cannot be in it."""
        self.died_by = last
        aside = self._count(names).aside
        after = left - aside.died_later
        if aside.died_later:
            self._explain("dates", f"{aside.died_later} of ours died after {self.figure.as_of.edtf}", left, after)
        unplaced = aside.undated + aside.straddling
        if unplaced and self.figure.measure(after) > 0:
            day = self.figure.as_of.edtf
            words = f"{unplaced} of ours cannot be placed before or after {day}: no date of death, or too wide a one"
            self.found.append(Explanation("undated", words))
        return after

    def _step_rollups(self, names: tuple[str, ...], left: int) -> int:
        """Try what the list would count more under a roll-up that is not applied: one at most explains, and never too much."""
        short = self.figure.measure(left)
        if short >= 0:
            return left
        codes = [key for axis, key in self.definition.where if is_place(axis)]
        tried: dict[str, int] = {}
        for name, rollup in sorted(self.rollups.items()):
            if (
                name in names
                or not any(len(rollup.members(code)) > 1 for code in codes)
                or _merge(self.rollups, (*names, name)) is None
            ):
                continue
            table = self._count((*names, name))
            wider = table.total.value + table.aside.undated + table.aside.straddling
            if wider > left:
                tried[name] = wider
        fitting = [name for name, wider in tried.items() if self.figure.measure(wider) <= 0]
        best = max(fitting, key=lambda name: tried[name], default=None)
        for name, wider in tried.items():
            words = f"{wider} where the roll-up '{name}' is applied ({wider - left:+d})"
            if name == best:
                self._explain("rollup", words, left, wider)
            else:
                self.found.append(Explanation("rollup", words))
        return tried[best] if best else left

    def _note_unknown(self, names: tuple[str, ...]) -> Iterator[Explanation]:
        """Reports whose subgroup is not known may belong to it: at most so many, never a certain part."""
        for axis, _ in self.definition.where:
            if is_place(axis):
                continue
            others = tuple(pair for pair in self.definition.where if pair[0] != axis)
            table = replace(self, died_by=None)._count(names, (axis,), others)
            unknown = sum(c.value for c in table.cells if c.keys[0] and (c.keys[0] == UNKNOWN or c.keys[0].startswith(STATED)))
            if unknown:
                words = f"the {AXIS_BY_NAME[axis].title} of {unknown} more is not known or only quoted"
                yield Explanation("axis unknown", words)
