"""Judgements entered from a CSV file, one a line."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from cenotaph.casebook.ledger import Actor
from cenotaph.casebook.store import Casebook
from cenotaph.domain.errors import CenotaphError, EncodingError, InputError
from cenotaph.domain.judgements import Judgement
from cenotaph.services.judgements import BadLine, Draft, Entered, check_draft, write_judgements
from cenotaph.services.wording import show

COLUMNS = ("question", "target_kind", "target", "field", "answer", "reason")
_NEEDED = ("question", "target", "answer", "reason")


def import_judgements(casebook: Casebook, actor: Actor, path: Path, *, dry_run: bool = False) -> Entered:
    """Enter the judgements of a CSV file with the columns of :data:`COLUMNS`; a bad line is reported, the others go in.

    Raises
    ------
    InputError
        The file lacks a column or is not UTF-8.
    """
    good: list[Judgement] = []
    bad: list[BadLine] = []
    now = casebook.clock()
    for line, draft in _read_drafts(path):
        try:
            if isinstance(draft, CenotaphError):
                raise draft
            good.append(check_draft(draft, actor, now))
        except CenotaphError as error:
            bad.append(BadLine(line, str(error)))
    if not good:
        return Entered((), 0, tuple(bad))
    return write_judgements(casebook, actor, good, tuple(bad), dry_run)


def _read_drafts(path: Path) -> Iterator[tuple[int, Draft | CenotaphError]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream, strict=True)
            header = [name.strip() for name in next(reader, [])]
            _check_header(path.name, header)
            for row in reader:
                if not any(cell.strip() for cell in row):
                    continue
                if len(row) != len(header):
                    problem = f"The line has {len(row)} cells, the header {len(header)}."
                    yield reader.line_num, InputError(problem, "Put a cell that holds a comma in quotation marks.")
                    continue
                cells = {name: cell.strip() for name, cell in zip(header, row, strict=True)}
                yield (
                    reader.line_num,
                    Draft(
                        cells["question"],
                        cells["answer"],
                        cells["target"],
                        cells["reason"],
                        cells.get("target_kind") or "report",
                        cells.get("field") or None,
                    ),
                )
    except UnicodeDecodeError as error:
        raise EncodingError(f"{path.name} is not UTF-8 at byte {error.start}.", "Save it as UTF-8.") from error
    except csv.Error as error:
        raise InputError(
            f"{path.name} line {reader.line_num} is not CSV: {error}.", "Save it as CSV with a header."
        ) from error


def _check_header(name: str, header: list[str]) -> None:
    hint = f"Columns are: {', '.join(COLUMNS)}."
    for column in _NEEDED:
        if column not in header:
            raise InputError(f"{name} lacks the column {column}.", hint)
    for column in header:
        if column not in COLUMNS:
            raise InputError(f"{name} has a column {show(column)}, which judgements do not have.", hint)
        if header.count(column) > 1:
            raise InputError(f"{name} has the column {column} twice.", hint)
