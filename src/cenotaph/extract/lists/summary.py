"""What reading a list met that a person should look at: counted, never dropped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import NamedTuple

from cenotaph.domain.canonical import JsonValue

KEPT_WORDS = 1_000
"""Most words of one column, and most unreadable values, that a printed summary lists; the rest is counted."""


class RowFailure(NamedTuple):
    """A row that cannot be a report.

    Parameters
    ----------
    row_number, line
        Its place among the file's data rows, and in the file.
    column
        Where it fails, or ``''`` for the whole row.
    value, reason
        What stands there, and why it cannot be read.
    row_key
        The key it would have had, where that can be told, so that its row is not taken for withdrawn.
    """

    row_number: int
    line: int
    column: str
    value: str
    reason: str
    row_key: str | None = None


class Unreadable(NamedTuple):
    """A value that could not be read: its row was taken in, and the value is unknown.

    ``kept`` says whether the words were kept; a formula without a result has none.
    """

    row_number: int
    line: int
    column: str
    value: str
    reason: str
    kept: bool = True


@dataclass
class ReadingSummary:
    """What one reading of a list met.

    Parameters
    ----------
    rows
        Rows of the file that hold anything.
    failed
        Those of them that could not be a report.
    absent_columns
        Columns that the mapping reads and the file lacks.
    unread_columns
        Columns of the file that the mapping does not read; their words are kept.
    unmapped
        Words that stand for no code, by column, with the rows they stand in; the words are kept.
    several
        Rows whose cell names several different codes on one axis, by column; no code is chosen among them.
    empty_names, placeholders
        Rows without a name, and rows with a placeholder such as "unknown" for one.
    keyed
        Whether the file has the columns of the key.
    empty_keys, repeated_keys
        Rows whose key is empty (they are known by their content), and rows whose key another row before them has (they
        are kept apart by their order).
    identical_rows
        Rows of a list without a key that say the same as a row before them; they stay separate people.
    yearless
        Rows whose date says a day or a month and no year, by column; its words are kept, and it gives no interval.
    merged
        Merged ranges of cells among the rows: all but the first cell of each are empty.
    unreadable
        Dates and ages that could not be read, and cells without a text.
    """

    rows: int = 0
    failed: int = 0
    absent_columns: list[str] = field(default_factory=list)
    unread_columns: list[str] = field(default_factory=list)
    unmapped: dict[str, Counter[str]] = field(default_factory=dict)
    several: Counter[str] = field(default_factory=Counter)
    empty_names: int = 0
    placeholders: int = 0
    keyed: bool = False
    empty_keys: int = 0
    repeated_keys: int = 0
    identical_rows: int = 0
    yearless: Counter[str] = field(default_factory=Counter)
    merged: int = 0
    unreadable: list[Unreadable] = field(default_factory=list)

    def as_json(self) -> dict[str, JsonValue]:
        """Return the summary as it is printed: every count, and of the words those that occur most."""
        return {
            **self.counts(),
            "unread_columns": list(self.unread_columns),
            "unmapped": {column: dict(_first_words(found)) for column, found in sorted(self.unmapped.items())},
            "unreadable": [item._asdict() for item in self.unreadable[:KEPT_WORDS]],
        }

    def hide(self, rows: Collection[int | None], instead: str) -> None:
        """Leave out the words of values that could not be read in some rows, and say something instead."""
        if rows:
            self.unreadable = [
                item._replace(value="", reason=instead) if item.row_number in rows else item for item in self.unreadable
            ]

    def counts(self) -> dict[str, JsonValue]:
        """Return the summary as the record keeps it: counts, by the columns that the mapping names, and no words.

        A word of the file that was kept here would stay when the row that it stands in is sealed.
        """
        unreadable = Counter(item.column for item in self.unreadable)
        return {
            "rows": self.rows,
            "failed": self.failed,
            "absent_columns": list(self.absent_columns),
            "columns_unread": len(self.unread_columns),
            "unmapped_words": {column: len(found) for column, found in sorted(self.unmapped.items())},
            "unmapped_rows": {column: found.total() for column, found in sorted(self.unmapped.items())},
            "several": dict(sorted(self.several.items())),
            "empty_names": self.empty_names,
            "placeholders": self.placeholders,
            "keyed": self.keyed,
            "empty_keys": self.empty_keys,
            "repeated_keys": self.repeated_keys,
            "identical_rows": self.identical_rows,
            "yearless": dict(sorted(self.yearless.items())),
            "merged": self.merged,
            "unreadable_values": len(self.unreadable),
            "unreadable_by_column": dict(sorted(unreadable.items())),
        }


def _first_words(found: Counter[str]) -> list[tuple[str, int]]:
    return sorted(found.items(), key=lambda item: (-item[1], item[0]))[:KEPT_WORDS]
