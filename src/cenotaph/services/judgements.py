"""Judgements: a reviewer's word on a question, checked, entered, listed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches

from cenotaph.casebook import bulk
from cenotaph.casebook.guarded import JUDGEMENT
from cenotaph.casebook.history import parse_instant
from cenotaph.casebook.ledger import Actor, Entry, check_text, format_instant
from cenotaph.casebook.store import Casebook
from cenotaph.domain.canonical import content_id
from cenotaph.domain.claims import Allegation, Claim
from cenotaph.domain.errors import NotFoundError, ValueFormatError
from cenotaph.domain.judgements import Judgement, Question, Role
from cenotaph.domain.reports import VALUE_FIELDS
from cenotaph.services.judged_rows import Lapse, find_lapsed
from cenotaph.services.seals import resolve_id
from cenotaph.services.wording import show

TARGET_KINDS = ("report", "capture", "document", "reading", "claim", "allegation", "person")
CLAIM_FIELDS = tuple(name for name in Claim.__dataclass_fields__ if name not in ("id", "document", "needs_review", "doubts"))
"""Values of a claim that a judgement may be about; an allegation has some of them, and those of its own."""
ALLEGATION_FIELDS = tuple(
    name for name in Allegation.__dataclass_fields__ if name not in ("id", "document", "needs_review", "doubts")
)
_FIELDS_OF = {"report": VALUE_FIELDS, "claim": CLAIM_FIELDS, "allegation": ALLEGATION_FIELDS}
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
    judgement = check_draft(draft, actor, casebook.clock())
    return write_judgements(casebook, actor, [judgement], (), dry_run)


def check_draft(draft: Draft, actor: Actor, now: datetime) -> Judgement:
    """Return the judgement that a draft stands for.

    Raises
    ------
    ValueFormatError, NotFoundError
        It is not one that can be kept, or there is no such record.
    """
    try:
        question = Question(draft.question)
    except ValueError as error:
        raise ValueFormatError(f"There is no question {show(draft.question)}.", f"Questions: {', '.join(Question)}.") from error
    if draft.target_kind not in TARGET_KINDS:
        raise ValueFormatError(f"A {show(draft.target_kind)} is not judged.", f"These are: {', '.join(TARGET_KINDS)}.")
    field = _check_field(question, draft)
    check_text("reason", draft.reason)
    target = find_target(draft.target_kind, draft.target)
    return Judgement(
        question,
        draft.answer,
        draft.target_kind,
        target,
        draft.reason,
        Role(actor.role),
        actor.account,
        now,
        field,
    )


def _check_field(question: Question, draft: Draft) -> str | None:
    """Return the value that a judgement is about; where it is about two records, the other one's id."""
    pair = {Question.SAME_ORIGIN: "document", Question.SAME_PERSON: "report"}.get(question)
    if pair:
        if draft.field is None or draft.target_kind != pair:
            raise ValueFormatError(f"The question {question} is about two {pair}s.", "Name the other in `field`.")
        other = find_target(pair, draft.field)
        if other == find_target(pair, draft.target):
            raise ValueFormatError(f"The question {question} asks of two {pair}s, and these are one.", "Name another.")
        return other
    if draft.field is None:
        return None
    fields = _FIELDS_OF.get(draft.target_kind)
    if fields is None:
        raise ValueFormatError(f"A {draft.target_kind} has no values to name in `field`.", "Leave it away.")
    if draft.field not in fields:
        near = get_close_matches(draft.field, fields, n=2, cutoff=0.5)
        hint = f"Did you mean {' or '.join(near)}?" if near else f"Values are: {', '.join(fields)}."
        raise ValueFormatError(f"A {draft.target_kind} has no value {show(draft.field)}.", hint)
    return draft.field


def find_target(kind: str, target: str) -> str:
    """Return the id of the record; a beginning of at least eight digits is enough where it is the only one."""
    if not _ID.fullmatch(target):
        raise NotFoundError(f"{show(target)} is no id of a {kind}.", "An id is eight digits or more, of 0-9 and a-f.")
    if kind in ("claim", "allegation", "person"):  # A judgement is on the id that many rows have in common.
        table = "assignment" if kind == "person" else kind
        sql = f'SELECT DISTINCT "{kind}" FROM "{table}" WHERE "{kind}" >= %s AND "{kind}" < %s LIMIT 2'  # noqa: S608
        found = bulk.fetch_rows(sql, [target, target + "g"])
        if len(found) != 1:
            how_many = "no" if not found else "more than one"
            raise NotFoundError(
                f"There is {how_many} {kind} whose id begins with '{target}'.",
                f"`cenotaph {'person' if kind == 'person' else 'claim'} list` shows ids.",
            )
        return str(found[0][0])
    if bulk.fetch_one(f'SELECT 1 FROM "{kind}" WHERE id = %s', [target]):  # noqa: S608
        return target
    return resolve_id(kind, target)


def write_judgements(
    casebook: Casebook, actor: Actor, judgements: Sequence[Judgement], bad: tuple[BadLine, ...], dry_run: bool
) -> Entered:
    """Enter judgements, but for those that stand already with the same answer and reason, or one under seal."""
    standing = _read_standing([judgement.target for judgement in judgements])
    if all(_stands(judgement, standing) for judgement in judgements):
        return Entered((), len(judgements), bad)
    with casebook.writing(actor, "judgement", dry_run=dry_run) as entry:
        ids = add_judgements(entry, judgements)
    return Entered(ids, len(judgements) - len(ids), bad)


def add_judgements(entry: Entry, judgements: Sequence[Judgement]) -> tuple[str, ...]:
    """Enter judgements within an open entry, but for those that stand already; return the ids of the new ones."""
    standing = _read_standing([judgement.target for judgement in judgements])
    rows: list[tuple[str | None, ...]] = []
    for number, judgement in enumerate(judgements):
        if _stands(judgement, standing):
            continue
        place = _place(judgement)
        before = standing.get(place)
        identifier = content_id("judgement", *(part or "" for part in place), judgement.answer, str(entry.number), str(number))
        standing[place] = (identifier, judgement.answer, judgement.reason)
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
    entry.detail.update({"judgements": len(rows), "already": len(judgements) - len(rows)})
    return tuple(str(row[0]) for row in rows)


def _place(judgement: Judgement) -> _Place:
    return judgement.question.value, judgement.target_kind, judgement.target, judgement.field


def _stands(judgement: Judgement, standing: dict[_Place, _Answer]) -> bool:
    before = standing.get(_place(judgement))
    # A reason that was sealed does not come back with a file of judgements that is imported again.
    return before is not None and before[1] == judgement.answer and before[2] in (judgement.reason, None)


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
    """One judgement as a person reads it.

    ``lapsed`` says why one on a list's row moves no number now: the row's words were ``changed``, or it was ``withdrawn``.
    """

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
    lapsed: Lapse | None = None


def list_judgements(target: str | None = None) -> Iterator[JudgementLine]:
    """Yield judgements in the order they were made, those of one record where its id, or how it begins, is given."""
    replaced = {row[0] for row in bulk.fetch_rows("SELECT replaces FROM judgement WHERE replaces IS NOT NULL")}
    lapsed = find_lapsed(target)
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
                lapsed.get(about) if kind == "report" else None,
            )
