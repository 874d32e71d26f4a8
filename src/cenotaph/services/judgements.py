"""Judgements: a reviewer's word on a question, entered one by one or from a file."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cenotaph.casebook import bulk
from cenotaph.casebook.derived import parse_instant
from cenotaph.casebook.guarded import JUDGEMENT
from cenotaph.casebook.ledger import Actor, format_instant
from cenotaph.casebook.store import Casebook
from cenotaph.domain.canonical import content_id
from cenotaph.domain.errors import CenotaphError, EncodingError, InputError, NotFoundError, ValueFormatError
from cenotaph.domain.judgements import Judgement, Question, Role

TARGET_KINDS = ("report", "capture", "document", "reading", "claim", "allegation")
# A judgement on a claim is on the id that all readings of its text have in common.
_KEYS = {"claim": "claim", "allegation": "allegation"}
COLUMNS = ("question", "target_kind", "target", "field", "answer", "reason")


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
            good.append(_check(draft, actor, now))
        except CenotaphError as error:
            bad.append(BadLine(line, str(error)))
    if not good:
        return Entered((), 0, tuple(bad))
    return _write(casebook, actor, good, tuple(bad), dry_run)


def _read_drafts(path: Path) -> Iterator[tuple[int, Draft]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            missing = {"question", "target", "answer", "reason"} - set(reader.fieldnames or ())
            if missing:
                raise InputError(f"{path.name} lacks the column {sorted(missing)[0]}.", f"Columns are: {', '.join(COLUMNS)}.")
            for row in reader:
                cells = {name: (row.get(name) or "").strip() for name in COLUMNS}
                yield (
                    reader.line_num,
                    Draft(
                        cells["question"],
                        cells["answer"],
                        cells["target"],
                        cells["reason"],
                        cells["target_kind"] or "report",
                        cells["field"] or None,
                    ),
                )
    except UnicodeDecodeError as error:
        raise EncodingError(f"{path.name} is not UTF-8 at byte {error.start}.", "Save it as UTF-8.") from error
    except csv.Error as error:
        raise InputError(f"{path.name} is not a CSV file: {error}.", "Save it as CSV with a header.") from error


def _check(draft: Draft, actor: Actor, now: datetime) -> Judgement:
    try:
        question = Question(draft.question)
    except ValueError as error:
        raise ValueFormatError(f"There is no question '{draft.question}'.", f"Questions: {', '.join(Question)}.") from error
    if draft.target_kind not in TARGET_KINDS:
        raise ValueFormatError(f"A '{draft.target_kind}' is not judged.", f"These are: {', '.join(TARGET_KINDS)}.")
    key = _KEYS.get(draft.target_kind, "id")
    if not bulk.fetch_one(f'SELECT 1 FROM "{draft.target_kind}" WHERE "{key}" = %s LIMIT 1', [draft.target]):  # noqa: S608
        raise NotFoundError(f"There is no {draft.target_kind} {draft.target}.", "Give its whole id.")
    return Judgement(
        question, draft.answer, draft.target_kind, draft.target, draft.reason, Role(actor.role), actor.account, now, draft.field
    )


def _write(casebook: Casebook, actor: Actor, judgements: Iterable[Judgement], bad: tuple[BadLine, ...], dry_run: bool) -> Entered:
    with casebook.writing(actor, "judgement", dry_run=dry_run) as entry:
        standing = _read_standing()
        rows: list[tuple[str | None, ...]] = []
        ids: list[str] = []
        already = 0
        for number, judgement in enumerate(judgements):
            place = (judgement.question, judgement.target_kind, judgement.target, judgement.field)
            before = standing.get(place)
            if before and (before[1], before[2]) == (judgement.answer, judgement.reason):
                already += 1
                continue
            identifier = content_id("judgement", *(part or "" for part in place), judgement.answer, str(entry.number), str(number))
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


def _read_standing() -> dict[tuple[str, str, str, str | None], tuple[str, str | None, str | None]]:
    """Return the judgement that stands on each question: the last one."""
    sql = 'SELECT question, target_kind, target, field, id, answer, reason FROM judgement ORDER BY "row"'
    return {(q, kind, target, field): (i, answer, reason) for q, kind, target, field, i, answer, reason in bulk.fetch_rows(sql)}


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
    """Yield judgements in the order they were made, those of one record where it is named."""
    sql = (
        "SELECT id, question, target_kind, target, field, answer, reason, role, account, made_at, "
        "EXISTS (SELECT 1 FROM judgement later WHERE later.replaces = j.id) FROM judgement j "
        "WHERE %s = '' OR target = %s ORDER BY \"row\""
    )
    for chunk in bulk.stream_rows(sql, [target or "", target or ""]):
        for *cells, made_at, replaced in chunk:
            yield JudgementLine(*cells, parse_instant(made_at), bool(replaced))
