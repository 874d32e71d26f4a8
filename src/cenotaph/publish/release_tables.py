"""The tables of a release: what each has in which columns, and how its cells are written."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from operator import itemgetter

from cenotaph.publish.policy import FIELDS, Policy, Show
from cenotaph.publish.release_rows import WITHHELD, PublicPerson

UNKNOWN, NOT_DATED = "unknown", "not dated"
Cell = str | int | float | bool | None


class Kind(StrEnum):
    """The type of a column, as Frictionless names it."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, type, and what a reader should know of it, with the unit where there is one."""

    name: str
    kind: Kind
    words: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table: rows sorted by code point of their cells."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    key: tuple[str, ...] = ()

    def replace_cells(self, kinds: Mapping[Kind, Callable[[Cell], Cell]]) -> Iterable[tuple[Cell, ...]]:
        """Return the rows with every cell of columns of some kinds replaced; a cell that many rows share is looked at once."""
        changed: dict[int, dict[Cell, Cell]] = {}
        for at, column in enumerate(self.columns):
            if column.kind in kinds:
                replaced = {cell: kinds[column.kind](cell) for cell in {row[at] for row in self.rows}}
                if any(now is not was for was, now in replaced.items()):
                    changed[at] = replaced
        if not changed:
            return self.rows
        parts = (
            map(changed[at].__getitem__, [row[at] for row in self.rows]) if at in changed else [row[at] for row in self.rows]
            for at in range(len(self.columns))
        )
        return zip(*parts, strict=True)


def make_table(
    name: str, title: str, columns: Iterable[tuple[str, Kind, str]], rows: Iterable[Sequence[Cell]], key: Sequence[str] = ()
) -> Table:
    """Return a table with its rows in order."""
    made = Table(name, title, tuple(Column(*column) for column in columns), tuple(map(tuple, rows)), tuple(key))
    shown = list(made.replace_cells({Kind.STRING: _show}))
    first = {row[0] for row in shown if isinstance(row[0], str)}
    if len(first) == len(shown):  # What follows the first cell decides nothing.
        shown.sort(key=itemgetter(0))
    elif all(column.kind is Kind.STRING for column in made.columns) and all(None not in row for row in shown):
        shown.sort()
    else:
        shown.sort(key=lambda row: tuple(["" if c is None else c if isinstance(c, str) else str(c) for c in row]))
    return replace(made, rows=tuple(shown))


_STEERING = (*range(10), *range(11, 32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_UNSEEN = dict.fromkeys(_STEERING, "\ufffd")


def _show(cell: Cell) -> Cell:
    """Return a cell with U+FFFD for what would steer a terminal or turn a reader's text around; the record keeps its own."""
    if not isinstance(cell, str) or cell.isprintable():  # Nothing that steers is printable.
        return cell
    return cell.translate(_UNSEEN)


def clean_line(text: str) -> str:
    """Return a title or a name as one line, without what would steer a terminal or turn a reader's text around."""
    return " ".join(text.split()).translate(_UNSEEN)


_S, _I, _B = Kind.STRING, Kind.INTEGER, Kind.BOOLEAN
_PERSON = (
    ("id", _S, "The person's id; of a withheld member an opaque one (it begins with x) that means nothing outside this release."),
    ("withheld", _S, "`withheld` for an opaque row, else empty."),
    ("fate", _S, "What became of the person: dead, presumed_dead."),
    ("grade", _S, "How well that is supported: reported, corroborated, confirmed."),
    ("legal", _S, "What a court or registry made of it."),
    ("review", _S, "Where the reviewers stand: open, contested."),
    ("since", _S, "From when the evidence gave this fate and grade: YYYY-MM-DD, or YYYY-MM or YYYY where no more is known."),
    ("lineages", _I, "How many origins the counted reports go back to."),
    ("examined", _B, "Whether somebody examined what it rests on; a list's row that nobody examined is adopted."),
    ("derivation", _S, "The derivation in words, with the rule of the standard that decided."),
)
_FIELD_WORDS = {
    "name": "Name, as printed by the report whose value stands.",
    "age": "Age at death in completed years, as a band of ten where the policy says so.",
    "birth": "Year of birth.",
    "death": "Date of death as precisely as the policy shows it; a date that a court set is never here.",
}


def persons_table(people: Iterable[PublicPerson], policy: Policy) -> Table:
    """Return the people."""
    shown = [name for name in FIELDS if policy.fields.get(name, Show.WITHHOLD) is not Show.WITHHOLD]
    columns = [
        *_PERSON,
        *((name, _S, _FIELD_WORDS.get(name, f"The axis `{name}`: a code, or `stated.` and the words.")) for name in shown),
    ]
    rows = [
        (
            p.id,
            p.withheld or None,
            p.fate,
            p.grade,
            p.legal or None,
            p.review or None,
            p.since or None,
            p.lineages,
            p.examined,
            p.words or None,
            *(p.values.get(name) for name in shown),
        )
        for p in people
    ]
    return make_table("persons", "Everybody whom a figure counts", columns, rows, ("id",))


def names_table(people: Iterable[PublicPerson]) -> Table:
    """Return every name of those who are shown."""
    columns = (
        ("person", _S, "Whose it is."),
        ("text", _S, "The name as printed."),
        ("script", _S, "ISO 15924."),
        ("language", _S, "BCP 47."),
    )
    return make_table("names", "Names, each as a report prints it", columns, [(p.id, *n) for p in people for n in p.names])


def reports_table(people: Iterable[PublicPerson]) -> Table:
    """Return the reports of those who are shown, as far as each kind of source may be."""
    columns = (
        ("person", _S, "Whom it is about."),
        ("kind", _S, "Who speaks."),
        ("month", _S, "When it became known, YYYY-MM."),
        ("origin", _I, "Number of the origin within the person: equal numbers are one lineage."),
        ("host", _S, "Host of its address, where the policy shows it."),
        ("set_aside", _S, "Why the standard did not count it; empty where it did."),
    )
    rows: list[tuple[Cell, ...]] = []
    for person in people:
        origins = {lineage: at for at, lineage in enumerate(sorted({p.lineage for p in person.pieces}), 1)}
        rows += [
            (person.id, p.kind.value, p.month, origins[p.lineage], p.host, p.set_aside or None) for p in person.pieces
        ]
    return make_table("reports", "What each person's standing rests on", columns, rows)


@dataclass(frozen=True, slots=True)
class PublicFigure:
    """A figure as a release defines it: its definition and who is in it, under public ids."""

    id: str
    title: str
    text: str
    definition: Mapping[str, object]
    version: str
    by: tuple[str, ...]
    series: str
    members: tuple[str, ...]


_COUNTS = ("fates", "grades", "reviews", "scope", "where")


def count_alike(one: Mapping[str, object], other: Mapping[str, object]) -> bool:
    """Tell whether two definitions count the same people; what they are called, and how they are broken down, is no matter."""
    return all(_key_of(one.get(name)) == _key_of(other.get(name)) for name in _COUNTS)


def _key_of(part: object) -> str:
    """Return a part of a definition, so that the order in which words are listed is no matter."""
    if isinstance(part, Mapping):
        part = {str(name): sorted(map(str, words)) if isinstance(words, list | tuple) else words for name, words in part.items()}
    elif isinstance(part, list | tuple):
        part = sorted(map(str, part))
    return json.dumps(part, sort_keys=True)


def cell_key(person: PublicPerson, by: Sequence[str], series: str) -> tuple[str, ...]:
    """Return the cell of a figure that somebody is in, from what the release shows of them and nothing else."""
    period: tuple[str, ...] = ()
    if series != "none":
        source = person.values.get("death", "") if series == "death" else person.since
        dated = source[:7] if len(source) >= 7 else NOT_DATED
        period = (WITHHELD if person.withheld else dated,)
    unshown = WITHHELD if person.withheld else UNKNOWN
    return (*period, *(person.values.get(axis, unshown) for axis in by))


def figure_tables(figures: Sequence[PublicFigure], people: Mapping[str, PublicPerson]) -> tuple[Table, Table, Table]:
    """Return figures, their cells and their members; every number can be counted again from the other tables.

    Figures keep the order in which they are given, as ``place``.
    """
    heads: list[tuple[Cell, ...]] = []
    cells: list[tuple[Cell, ...]] = []
    members: list[tuple[Cell, ...]] = []
    for place, figure in enumerate(figures, 1):
        withheld = sum(bool(people[m].withheld) for m in figure.members)
        definition = json.dumps(figure.definition, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        heads.append(
            (figure.id, figure.title, figure.text or None, len(figure.members), withheld, definition, figure.version, place)
        )
        counted: dict[tuple[str, ...], int] = {}
        for member in figure.members:
            members.append((figure.id, member))
            if figure.by or figure.series != "none":
                key = cell_key(people[member], figure.by, figure.series)
                counted[key] = counted.get(key, 0) + 1
        cells += [(figure.id, json.dumps(list(key), ensure_ascii=False), number) for key, number in counted.items()]
    return (
        make_table(
            "figures",
            "Figures; every one is a minimum",
            (
                ("figure", _S, "The figure's id, which never changes."),
                ("title", _S, "What it counts."),
                ("text", _S, "What a reader should know of it."),
                ("at_least", _I, "The number of people: a minimum."),
                ("withheld", _I, "How many of them are withheld members, which cannot be checked publicly."),
                ("definition", _S, "The definition, as JSON."),
                ("version", _S, "Id of exactly this definition."),
                ("place", _I, "Where it stands in its editors' order, from 1."),
            ),
            heads,
            ("figure",),
        ),
        make_table(
            "cells",
            "Breakdowns and series of figures",
            (
                ("figure", _S, "The figure's id."),
                ("key", _S, "JSON list: the period where the figure is a series, then the key on each axis in `by`."),
                ("at_least", _I, "The number of people: a minimum."),
            ),
            cells,
        ),
        make_table(
            "members",
            "Who is in which figure",
            (("figure", _S, "The figure's id."), ("person", _S, "The person's id.")),
            members,
            ("figure", "person"),
        ),
    )
