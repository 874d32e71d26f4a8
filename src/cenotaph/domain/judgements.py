"""A reviewer's word on a question: kept with its reason, replaced by a later one, never overwritten."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cenotaph.domain.errors import ValueFormatError
from cenotaph.domain.standing import Fate


class Role(StrEnum):
    """In what capacity somebody acts."""

    RECORDER = "recorder"
    EDITOR = "editor"
    ANALYST = "analyst"
    CASE_WORKER = "case_worker"
    READER = "reader"
    MACHINE = "machine"


class Question(StrEnum):
    """What a judgement answers."""

    EXAMINED = "examined"
    FIELD_RIGHT = "field_right"
    CLAIM_RIGHT = "claim_right"
    SAME_PERSON = "same_person"
    FATE = "fate"
    IN_SCOPE = "in_scope"
    SAME_ORIGIN = "same_origin"
    NOTHING_TO_REPORT = "nothing_to_report"
    PUBLISHED = "published"
    MAY_PUBLISH = "may_publish"


ANSWERS: dict[Question, tuple[str, ...]] = {
    Question.EXAMINED: ("yes", "no"),
    Question.FIELD_RIGHT: ("yes", "no", "unsure"),
    Question.CLAIM_RIGHT: ("yes", "no", "unsure"),
    Question.SAME_PERSON: ("yes", "no", "unsure"),
    Question.FATE: tuple(Fate),
    Question.IN_SCOPE: ("yes", "no", "unsure"),
    Question.SAME_ORIGIN: ("yes", "no", "unsure"),
    Question.NOTHING_TO_REPORT: ("yes", "no"),
    Question.PUBLISHED: ("yes", "no"),
    Question.MAY_PUBLISH: ("yes", "no"),
}

OF_PEOPLE = (Question.PUBLISHED, Question.MAY_PUBLISH, Question.FATE, Question.IN_SCOPE)
"""Questions that may be asked of a person, not only of one report."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One answer to one question about one record.

    Parameters
    ----------
    question, answer
        What was asked and what was answered; the answer is one of the question's.
    target_kind, target
        The record it is about: ``report``, ``capture``, ``document`` ..., and its id.
    field
        The value it is about, where the question is about one.
    reason
        Why; never empty.
    role, account, made_at
        Who answered, in what capacity, when (with its offset).

    Raises
    ------
    ValueFormatError
        The answer is not one of the question's, or the reason or the offset is missing.
    """

    question: Question
    answer: str
    target_kind: str
    target: str
    reason: str
    role: Role
    account: str
    made_at: datetime
    field: str | None = None

    def __post_init__(self) -> None:
        allowed = ANSWERS[self.question]
        if self.answer not in allowed:
            raise ValueFormatError(f"'{self.answer}' does not answer '{self.question}'.", f"Answers: {', '.join(allowed)}.")
        if not self.reason.strip():
            raise ValueFormatError("A judgement without a reason is not kept.", "Say in a few words why.")
        if self.made_at.tzinfo is None:
            raise ValueFormatError("A judgement's instant has no offset from UTC.", "Give it with its offset.")
        if self.question is Question.CLAIM_RIGHT and self.target_kind != "claim":
            raise ValueFormatError("The question claim_right is about a claim.", "Name one with target_kind `claim`.")
        if self.question in (Question.PUBLISHED, Question.MAY_PUBLISH) and self.target_kind != "person":
            raise ValueFormatError(f"The question {self.question} is about a person.", "Name one with target_kind `person`.")
        if self.target_kind == "person" and self.question not in OF_PEOPLE:
            raise ValueFormatError(f"The question {self.question} is not about a person.", f"These are: {', '.join(OF_PEOPLE)}.")
        if self.question is Question.FIELD_RIGHT and not self.field:
            raise ValueFormatError("The question field_right is about one value.", "Name the value in `field`.")
