"""What one distinct cell of a column says: worked out once for each word, then applied to every row that has it."""

from __future__ import annotations

from collections.abc import Mapping as Dict
from dataclasses import dataclass

from cenotaph.domain.axes import AXIS_BY_NAME, UNKNOWN, AxisKind
from cenotaph.domain.canonical import JsonValue, canonical_json, canonical_text
from cenotaph.domain.dates import PartialDate
from cenotaph.domain.errors import NoYearError, ValueFormatError
from cenotaph.domain.reports import DATE_FIELDS, ReportRow
from cenotaph.extract.lists.keys import NAME_KINDS, STATED_ONLY, is_axis, is_place
from cenotaph.extract.lists.mapping import Column
from cenotaph.extract.lists.placeholders import says_nothing
from cenotaph.extract.lists.values import read_age, read_date_cell, split_citations, write_host
from cenotaph.extract.lists.words import fold_word

SLOT = {name: at for at, name in enumerate(ReportRow._fields)}
VERBATIM = {"note": "notes", "id": "ids"}
"""Fields whose words are kept as they are, with the group of ``other`` that they stand in."""
COLUMN_DATES = ("birth", "death")

Slot = tuple[int, str | int | None]


@dataclass(frozen=True, slots=True)
class Effect:
    """What a cell says.

    Parameters
    ----------
    slots
        Columns of the report with their values.
    extras
        Group of the canonical column ``other``, key in it, and the key with its value as canonical JSON.
    cites
        What it cites.
    fields
        The fields that it says something of.
    unmapped, several
        Whether its words stand for no code, or for several different ones.
    unreadable
        Fields that it should give and does not, with the reason.
    yearless
        Whether it says a day or a month and no year.
    """

    slots: tuple[Slot, ...] = ()
    extras: tuple[tuple[str, str, str], ...] = ()
    cites: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    unmapped: bool = False
    several: bool = False
    unreadable: tuple[tuple[str, str], ...] = ()
    yearless: bool = False


def field_slots(field: str) -> tuple[int, ...]:
    """Return the report's columns that a field fills."""
    if is_axis(field):
        return (SLOT[field], SLOT[f"{field}_stated"])
    if field in COLUMN_DATES:
        return (SLOT[f"{field}_from"], SLOT[f"{field}_before"])
    return (SLOT["age_low"], SLOT["age_high"]) if field == "age" else ()


def date_slots(field: str, day: PartialDate) -> tuple[Slot, ...]:
    """Return the columns of the report that a date fills."""
    if field not in COLUMN_DATES:
        return ()
    return (
        (SLOT[f"{field}_from"], day.start.isoformat() if day.start else None),
        (SLOT[f"{field}_before"], day.end.isoformat() if day.end else None),
    )


def write_item(key: str, value: JsonValue) -> str:
    """Return a key and its value as they stand in canonical JSON."""
    return f"{canonical_text(key)}:{canonical_text(value) if isinstance(value, str) else canonical_json(value)}"


class CellReader:
    """Reads the distinct cells of one column, names apart.

    Parameters
    ----------
    column
        How the column is read.
    language
        The language of its words.
    """

    def __init__(self, column: Column, language: str | None) -> None:
        self._column = column
        self._language = language
        self._words: Dict[str, tuple[tuple[str, str], ...]] = dict(column.words)
        self._axes = tuple(field for field in column.fields if is_axis(field))
        self._places = tuple(field for field in self._axes if is_place(field)) if column.places else ()
        self._rest = tuple(field for field in column.fields if not is_axis(field) and field not in (*NAME_KINDS, *VERBATIM))

    def read(self, cell: str) -> Effect:
        """Return what a cell says; it is not empty and has no white space around it."""
        meaning = self._words.get(fold_word(cell)) if self._words else None
        slots: list[Slot] = []
        extras: list[tuple[str, str, JsonValue]] = []
        cites: list[str] = []
        fields: list[str] = []
        unreadable: list[tuple[str, str]] = []
        yearless = False
        unmapped = several = False
        if self._axes:
            values, unmapped, several = self._read_axes(cell, meaning)
            for axis, code in values.items():
                slots += ((SLOT[axis], code), (SLOT[f"{axis}_stated"], cell))
                fields.append(axis)
            if several:
                extras += self._list_parts(cell)
        for field in self._rest:
            if meaning is not None or ("/" not in cell and says_nothing(cell)):
                continue
            if field == "cites":
                cites += split_citations(cell, self._column.separator)
            elif field == "cited_host":
                cites.append(write_host(cell))
            else:
                try:
                    day = self._read_value(field, cell, slots)
                except NoYearError:
                    yearless = True
                    extras.append(("yearless", field, cell))
                    continue
                except ValueFormatError as error:
                    unreadable.append((field, error.message.rstrip(".")))
                    extras.append(("unreadable", field, cell))
                    continue
                fields.append(field)
                if day:
                    extras.append(("dates", field, {"edtf": day.edtf, "stated": cell}))
        written = tuple((group, key, write_item(key, value)) for group, key, value in extras)
        return Effect(tuple(slots), written, tuple(cites), tuple(fields), unmapped, several, tuple(unreadable), yearless)

    def _read_value(self, field: str, cell: str, slots: list[Slot]) -> PartialDate | None:
        if field == "age":
            low, high = read_age(cell)
            slots += ((SLOT["age_low"], low), (SLOT["age_high"], high))
            return None
        assert field in DATE_FIELDS
        day = read_date_cell(cell, self._language, self._column.calendar, self._column.order, self._column.pivot)
        slots += date_slots(field, day)
        return day

    def _read_axes(
        self, cell: str, meaning: tuple[tuple[str, str], ...] | None
    ) -> tuple[dict[str, str | None], bool, bool]:
        """Return the code on each axis that a cell speaks of, whether it has no code, and whether it has several."""
        if meaning is not None:
            return (
                {axis: None if code == STATED_ONLY else code for axis, code in meaning if is_axis(axis)},
                False,
                False,
            )
        if says_nothing(cell):
            return dict.fromkeys(self._places or self._axes[:1], UNKNOWN), False, False
        if self._column.separator is not None and self._column.separator in cell:
            return self._read_parts(cell)
        found = self._look_up(cell)
        return found, any(self._lacks_code(axis, code) for axis, code in found.items()), False

    def _look_up(self, words: str) -> dict[str, str | None]:
        if not self._places:
            return {self._axes[0]: None}
        from cenotaph.reference import places

        place = places.lookup(words, self._language, peoples=False)
        return dict.fromkeys(self._places, place.code if place else None)

    def _lacks_code(self, axis: str, code: str | None) -> bool:
        return code is None and AXIS_BY_NAME[axis].kind is not AxisKind.OPEN

    def _split(self, cell: str) -> list[str]:
        return [part.strip() for part in cell.split(self._column.separator) if part.strip()]

    def _read_part(self, part: str) -> dict[str, str | None]:
        meaning = self._words.get(fold_word(part))
        if meaning is not None:
            return {axis: None if code == STATED_ONLY else code for axis, code in meaning if is_axis(axis)}
        return self._look_up(part)

    def _read_parts(self, cell: str) -> tuple[dict[str, str | None], bool, bool]:
        """Read several values in one cell: where they have different codes on an axis, none is chosen."""
        codes: dict[str, set[str]] = {}
        unmapped = False
        for part in self._split(cell):
            for axis, code in self._read_part(part).items():
                codes.setdefault(axis, set()).update([code] if code else [])
                unmapped = unmapped or (self._lacks_code(axis, code) and fold_word(part) not in self._words)
        several = any(len(found) > 1 for found in codes.values())
        return (
            {axis: next(iter(found)) if len(found) == 1 else None for axis, found in codes.items()},
            unmapped,
            several,
        )

    def _list_parts(self, cell: str) -> list[tuple[str, str, JsonValue]]:
        values: dict[str, list[JsonValue]] = {}
        for part in self._split(cell):
            for axis, code in self._read_part(part).items():
                values.setdefault(axis, []).append({"code": code, "stated": part})
        return [("values", axis, found) for axis, found in values.items()]
