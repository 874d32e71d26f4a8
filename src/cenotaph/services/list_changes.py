"""Two releases of a list side by side: link them, write what changed, make the page that shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cenotaph.domain.errors import DiskFailedError
from cenotaph.link.pairs.changes import ADDED, CHANGED, SAME, WITHDRAWN, Change, count_kinds, find_changes
from cenotaph.publish.changes_page import ChangesPage, Example, FieldRow, write_changes_page
from cenotaph.services.output_files import check_output
from cenotaph.services.pair_linking import link_files, read_list

if TYPE_CHECKING:
    from cenotaph.link.pairs.linking import Linked

FIELD_WORDS = {
    "name_full": "name",
    "name_given": "given name",
    "name_family": "family name",
    "name_patronymic": "patronymic",
    "age": "age",
    "birth_date_text": "birth date",
    "death_date_text": "date of death",
    "place_text": "place",
}
SURE = 0.9


@dataclass(frozen=True, slots=True)
class Compared:
    """Two releases compared: what became of every row, rows of each kind, links that are less than nine in ten sure."""

    changes: list[Change]
    kinds: dict[str, int]
    doubtful: int
    left: int
    right: int


def compare_releases(left: Path, right: Path, talk: Callable[[str], None] | None = None) -> Compared:
    """Link two releases one to one and find what changed.

    Raises
    ------
    CenotaphError
        A file cannot be read or used.
    """
    return compare_linked(left, right, link_files(left, right, talk=talk))


def compare_linked(left: Path, right: Path, linked: Linked) -> Compared:
    """Find what changed between two releases that are linked."""
    changes = find_changes(read_list(left), read_list(right), linked.links)
    doubtful = sum(value < SURE for value in linked.links["probability"].to_pylist())
    return Compared(changes, count_kinds(changes), doubtful, linked.left, linked.right)


def write_changes(changes: Iterable[Change], path: Path) -> None:
    """Write what became of every row as CSV: one line a row, or one for each field that changed.

    Raises
    ------
    DiskFailedError
        It cannot be written.
    """
    import csv

    building = check_output(path).with_name(path.name + ".part")
    try:
        with building.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(["kind", "left_id", "right_id", "probability", "field", "before", "after"])
            for change in changes:
                sure = "" if change.probability is None else f"{change.probability:.4f}"
                for name, before, after in change.fields or (("", None, None),):
                    writer.writerow(
                        [change.kind, change.left_id or "", change.right_id or "", sure, name, before or "", after or ""]
                    )
        building.replace(path)
    except OSError as error:
        building.unlink(missing_ok=True)
        raise DiskFailedError(f"{path.name} cannot be written: {error.strerror or error}.", "Is there room?") from error


def write_page(
    compared: Compared,
    path: Path,
    *,
    title: str,
    lead: str,
    before: str,
    after: str,
    examples: int = 0,
    remarks: Sequence[str] = (),
    commands: Sequence[tuple[str, str]] = (),
    credit: str = "",
) -> int:
    """Write the page of two releases; return its size in bytes.

    Parameters
    ----------
    examples
        How many changed values to show for each field; they are people's, so none unless it is asked for.
    """
    page = ChangesPage(
        title,
        lead,
        before,
        after,
        compared.left,
        compared.right,
        compared.kinds[SAME],
        compared.kinds[CHANGED],
        compared.kinds[ADDED],
        compared.kinds[WITHDRAWN],
        compared.doubtful,
        tuple(_fields(compared.changes, examples)),
        tuple(remarks),
        tuple(commands),
        credit,
    )
    return write_changes_page(page, path)


def _fields(changes: Sequence[Change], examples: int) -> Iterable[FieldRow]:
    """Count changes by field, with examples spread over the list, so that they are not all of one family."""
    for name, words in FIELD_WORDS.items():
        rows = [(change, b, a) for change in changes for field, b, a in change.fields if field == name]
        if not rows:
            continue
        other = [row for row in rows if row[1] and row[2]]
        shown = other[:: max(1, len(other) // examples)][:examples] if examples and other else []
        yield FieldRow(
            words,
            len(other),
            sum(before is None for _, before, _ in rows),
            sum(after is None for _, _, after in rows),
            tuple(Example(words, b or "", a or "", f"{change.probability or 0:.2f}") for change, b, a in shown),
        )
