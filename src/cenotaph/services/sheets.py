"""Sheets of a workbook that are not the list's: said with their rows, never passed over in silence."""

from __future__ import annotations

from typing import NamedTuple

from cenotaph.domain.documents import TableDocument
from cenotaph.domain.errors import CenotaphError
from cenotaph.domain.plurals import count_words
from cenotaph.services.wording import clean


class OtherSheet(NamedTuple):
    """A sheet that was not read: its name, and how many rows it has, None where that cannot be told."""

    name: str
    rows: int | None


def find_other_sheets(table: TableDocument, sheet: str | None) -> tuple[OtherSheet, ...]:
    """Return the sheets of a table that hold anything, but for the one that is read: the first where none is named."""
    names = table.sheets()
    read = names[0] if sheet is None else sheet
    found = [OtherSheet(name, _count(table, name)) for name in names if name != read]
    return tuple(other for other in found if other.rows != 0)


def _count(table: TableDocument, sheet: str) -> int | None:
    try:
        return table.count_rows(sheet)
    except CenotaphError:  # What is wrong with a sheet that is not asked for is no reason to refuse another.
        return None


def say_sheet(other: OtherSheet) -> str:
    """Return what is said of a sheet that was not read."""
    rows = "it is damaged or over a limit" if other.rows is None else count_words(other.rows, "row")
    return f"sheet '{clean(other.name)}' was not read: {rows}"
