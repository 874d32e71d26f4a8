"""Judgements: a reviewer's word on a question, entered one by one or from a file."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path

from cenotaph.casebook import bulk
from cenotaph.casebook.derived import parse_instant
from cenotaph.casebook.guarded import JUDGEMENT
from cenotaph.casebook.ledger import Actor, check_text, format_instant
from cenotaph.casebook.store import Casebook
from cenotaph.domain.axes import AXES
from cenotaph.domain.canonical import content_id
from cenotaph.domain.errors import CenotaphError, EncodingError, InputError, NotFoundError, ValueFormatError
from cenotaph.domain.judgements import Judgement, Question, Role
from cenotaph.domain.reports import DATE_FIELDS
from cenotaph.services.seals import resolve_id

TARGET_KINDS = ("report", "capture", "document", "reading")
FIELDS = ("name", "age", *(axis.name for axis in AXES), *DATE_FIELDS)
"""Values of a report that a judgement may be about."""
COLUMNS = ("question", "target_kind", "target", "field", "answer", "reason")
_NEEDED = ("question", "target", "answer", "reason")
_ID = re.compile(r"[0-9a-f]{8,64}")
_Place = tuple[str, str, str, str | None]  # Question, kind and id of the record, value.
_Answer = tuple[str, str | None, str | None]  # The judgement's id, its answer and reason.
_FEW = 500  # So many records are looked up one by one; for more, all judgements are read.


@dataclass(frozen=True, slots=True)
class Draft:
    """A judgement as it is entered, before it is checked."""

    question: str
    answer: str
    target: str
    reason: str
    target_kind: str = "report"
    field: str | None = None


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that was not taken in."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Entered:
    """What one call entered."""

    ids: tuple[str, ...]
    already: int
    bad: tuple[BadLine, ...]


def add_judgement(casebook: Casebook, actor: Actor, draft: Draft, *, dry_run: bool = False) -> Entered:
    """Enter one judgement.

    Raises
    ------
    ValueFormatError, NotFoundError
        It is not one that can be kept, or there is no such record.
    """
    judgement = _check(draft, actor, casebook.clock())
    return _write(casebook, actor, [judgement], (), dry_run)


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
            good.append(_check(draft, actor, now))
        except CenotaphError as error:
            bad.append(BadLine(line, str(error)))
    if not good:
        return Entered((), 0, tuple(bad))
    return _write(casebook, actor, good, tuple(bad), dry_run)


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
            raise InputError(f"{name} has a column {_show(column)}, which judgements do not have.", hint)
        if header.count(column) > 1:
            raise InputError(f"{name} has the column {column} twice.", hint)


def _check(draft: Draft, actor: Actor, now: datetime) -> Judgement:
    try:
        question = Question(draft.question)
    except ValueError as error:
        raise ValueFormatError(
            f"There is no question {_show(draft.question)}.", f"Questions: {', '.join(Question)}."
        ) from error
    if draft.target_kind not in TARGET_KINDS:
        raise ValueFormatError(
            f"A {_show(draft.target_kind)} is not judged.", f"These are: {', '.join(TARGET_KINDS)}."
        )
    if draft.field is not None and draft.field not in FIELDS:
        near = get_close_matches(draft.field, FIELDS, n=2, cutoff=0.5)
        hint = f"Did you mean {' or '.join(near)}?" if near else f"Values are: {', '.join(FIELDS)}."
        raise ValueFormatError(f"A report has no value {_show(draft.field)}.", hint)
    if draft.field is not None and draft.target_kind != "report":
        raise ValueFormatError(f"A {draft.target_kind} has no values to name in `field`.", "Leave it away.")
    check_text("reason", draft.reason)
    target = _find_target(draft.target_kind, draft.target)
    return Judgement(
        question,
        draft.answer,
        draft.target_kind,
        target,
        draft.reason,
        Role(actor.role),
        actor.account,
        now,
        draft.field,
    )


def _find_target(kind: str, target: str) -> str:
    """Return the id of the record; a beginning of at least eight digits is enough where it is the only one."""
    if not _ID.fullmatch(target):
        raise NotFoundError(
            f"{_show(target)} is no id of a {kind}.", "An id is eight digits or more, of 0-9 and a-f."
        )
    if bulk.fetch_one(f'SELECT 1 FROM "{kind}" WHERE id = %s', [target]):  # noqa: S608
        return target
    return resolve_id(kind, target)


def _show(words: str) -> str:
    """Return a stranger's words as they can be printed: escaped and short."""
    return ascii(words)[:80]


def _write(
    casebook: Casebook, actor: Actor, judgements: Sequence[Judgement], bad: tuple[BadLine, ...], dry_run: bool
) -> Entered:
    standing = _read_standing([judgement.target for judgement in judgements])
    if all(_stands(judgement, standing) for judgement in judgements):
        return Entered((), len(judgements), bad)
    with casebook.writing(actor, "judgement", dry_run=dry_run) as entry:
        standing = _read_standing([judgement.target for judgement in judgements])
        rows: list[tuple[str | None, ...]] = []
        ids: list[str] = []
        already = 0
        for number, judgement in enumerate(judgements):
            if _stands(judgement, standing):
                already += 1
                continue
            place = _place(judgement)
            before = standing.get(place)
            identifier = content_id(
                "judgement", *(part or "" for part in place), judgement.answer, str(entry.number), str(number)
            )
            standing[place] = (identifier, judgement.answer, judgement.reason)
            ids.append(identifier)
            rows.append(
                (
                    identifier,
                    judgement.question.value,
                    judgement.target_kind,
                    judgement.target,
                    judgement.field,
                    before[0] if before else None,
                    format_instant(judgement.made_at),
                    judgement.role.value,
                    judgement.answer,
                    judgement.reason,
                    judgement.account,
                )
            )
        entry.add(JUDGEMENT, rows)
        entry.detail.update({"judgements": len(rows), "already": already})
    return Entered(tuple(ids), already, bad)


def _place(judgement: Judgement) -> _Place:
    return judgement.question.value, judgement.target_kind, judgement.target, judgement.field


def _stands(judgement: Judgement, standing: dict[_Place, _Answer]) -> bool:
    before = standing.get(_place(judgement))
    return before is not None and before[1:] == (judgement.answer, judgement.reason)


def _read_standing(targets: Sequence[str]) -> dict[_Place, _Answer]:
    """Return the judgement that stands on each question about these records: the last one."""
    standing: dict[_Place, _Answer] = {}
    sql = "SELECT question, target_kind, target, field, id, answer, reason FROM judgement"
    few = len(set(targets)) <= _FEW
    if few:
        sql += f" WHERE target IN ({', '.join(['%s'] * len(set(targets)))})"
    for chunk in bulk.stream_rows(sql + ' ORDER BY "row"', sorted(set(targets)) if few else ()):
        for question, kind, target, field, identifier, answer, reason in chunk:
            standing[question, kind, target, field] = (identifier, answer, reason)
    return standing


@dataclass(frozen=True, slots=True)
class JudgementLine:
    """One judgement as a person reads it."""

    id: str
    question: str
    target_kind: str
    target: str
    field: str | None
    answer: str | None
    reason: str | None
    role: str
    account: str | None
    made_at: datetime
    replaced: bool


def list_judgements(target: str | None = None) -> Iterator[JudgementLine]:
    """Yield judgements in the order they were made, those of one record where its id, or how it begins, is given."""
    replaced = {row[0] for row in bulk.fetch_rows("SELECT replaces FROM judgement WHERE replaces IS NOT NULL")}
    sql = "SELECT id, question, target_kind, target, field, answer, reason, role, account, made_at FROM judgement"
    where = " WHERE target >= %s AND target < %s" if target else ""  # After the digit f comes g.
    for chunk in bulk.stream_rows(f'{sql}{where} ORDER BY "row"', [target, target + "g"] if target else ()):
        for identifier, question, kind, about, field, answer, reason, role, account, made_at in chunk:
            yield JudgementLine(
                identifier,
                question,
                kind,
                about,
                field,
                answer,
                reason,
                role,
                account,
                parse_instant(made_at),
                identifier in replaced,
            )
