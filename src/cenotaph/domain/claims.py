"""What a document says of a number of people, and what it says was done to people without one.

One flat record each: fields as the interchange has them (:meth:`Claim.as_record`), offsets in code points of the document's text.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum

from cenotaph.domain.counts import Bound
from cenotaph.domain.errors import ValueFormatError


class Outcome(StrEnum):
    """What happened to the people counted."""

    KILLED = "killed"
    WOUNDED = "wounded"
    MISSING = "missing"
    CAPTURED = "captured"
    RECRUITED = "recruited"
    FIGHTING = "fighting"
    DETAINED = "detained"
    RELEASED = "released"
    DISPLACED = "displaced"
    RESCUED = "rescued"
    SURVIVED = "survived"
    ON_BOARD = "on_board"
    IDENTIFIED = "identified"
    DECLARED_DEAD = "declared_dead"
    BODY_RETURNED = "body_returned"
    CASUALTIES = "casualties"
    OTHER = "other"


class Modality(StrEnum):
    """How sure the text makes it: its word, no grade of ours."""

    SAID_CONFIRMED = "said_confirmed"
    REPORTED = "reported"
    STATED = "stated"
    ESTIMATED = "estimated"
    UNCONFIRMED = "unconfirmed"
    FEARED = "feared"


class Unit(StrEnum):
    """What the number counts."""

    PEOPLE = "people"
    PERCENT = "percent"
    BODIES = "bodies"
    NAMES = "names"
    DEATHS = "deaths"


def check_outcome(outcome: str) -> str:
    """Return an outcome, one label or several joined by ``+`` in alphabetical order.

    Raises
    ------
    ValueFormatError
        A label is unknown, or they are not in order.
    """
    labels = outcome.split("+")
    known = {label.value for label in Outcome}
    if not set(labels) <= known:
        raise ValueFormatError(
            f"'{outcome}' holds an outcome that there is none.", f"Outcomes are {', '.join(sorted(known))}."
        )
    if labels != sorted(set(labels)):
        raise ValueFormatError(
            f"The outcomes '{outcome}' are not in alphabetical order.", f"Write {'+'.join(sorted(set(labels)))}."
        )
    return outcome


@dataclass(frozen=True, slots=True)
class Claim:
    """A number of people with what is said of them.

    Parameters
    ----------
    id
        From the document's text, the number's span and the outcome: the same when the same text is read again.
    document
        The document's name or id, as the caller gave it; empty where there was none.
    start, end, quote
        The shortest words that hold number, outcome and people, and where they stand.
    number_start, number_end, number_text
        The number's words with their hedges.
    low, high, bound
        As :mod:`cenotaph.domain.counts` has them; a percentage may be a fraction.
    unit, outcome
        What is counted and what happened to it.
    nationality, nationality_text
        Codes, and the words they were read from.
    group, side, place, event
        Words of the text, or None; ``side`` is for whom they fought.
    attribution, via
        Who vouches for the number, who carries it; None is the text's own voice.
    modality
        How sure.
    span, as_of
        The words for the window, and for the date, hour or window, that it holds for.
    as_of_edtf
        The same as EDTF, resolved against the day of publication where it is known; None where the words give no year and none
        is known.
    subset_of, repeat_of
        Id of the claim that it is a part of, that it repeats.
    increment
        Whether it comes on top of an earlier number of the same outcome.
    retracted
        Whether the text takes it back.
    needs_review, doubts
        Whether a person should look, and why: each doubt names the field and the other reading.
    """

    id: str
    document: str
    start: int
    end: int
    quote: str
    number_start: int
    number_end: int
    number_text: str
    low: float | None
    high: float | None
    bound: Bound
    unit: Unit
    outcome: str
    modality: Modality
    nationality: tuple[str, ...] = ()
    nationality_text: str | None = None
    group: str | None = None
    side: str | None = None
    place: str | None = None
    event: str | None = None
    attribution: str | None = None
    via: str | None = None
    span: str | None = None
    as_of: str | None = None
    as_of_edtf: str | None = None
    subset_of: str | None = None
    increment: bool = False
    repeat_of: str | None = None
    retracted: bool = False
    needs_review: bool = False
    doubts: tuple[str, ...] = ()

    def as_record(self) -> dict[str, object]:
        """Return the flat record of the interchange, its kind first after the id."""
        return _as_record(self, "claim")


@dataclass(frozen=True, slots=True)
class Allegation:
    """What is said to have been done to people, without a number.

    Parameters
    ----------
    id, document, start, end, quote
        As a claim's.
    act
        ``threat``, ``deceit``, ``inducement``, ``coercion``, ``execution``, ``torture``, ``forced_recruitment`` ...
    actor, victims
        Words of the text, or None where it does not say.
    attribution, via, modality
        As a claim's.
    needs_review, doubts
        As a claim's.
    """

    id: str
    document: str
    start: int
    end: int
    quote: str
    act: str
    actor: str | None
    victims: str | None
    attribution: str | None
    via: str | None
    modality: Modality
    needs_review: bool = False
    doubts: tuple[str, ...] = ()

    def as_record(self) -> dict[str, object]:
        """Return the flat record of the interchange, its kind first after the id."""
        return _as_record(self, "allegation")


@dataclass(frozen=True, slots=True)
class Notice:
    """What a reader must know of a reading as a whole.

    Parameters
    ----------
    code
        ``language_not_read``, ``language_unknown``, ``too_long`` ...
    message
        What it means, in a sentence.
    """

    code: str
    message: str


def _as_record(item: Claim | Allegation, kind: str) -> dict[str, object]:
    record: dict[str, object] = {"id": item.id, "kind": kind}
    for field in fields(item):
        value = getattr(item, field.name)
        record.setdefault(
            field.name,
            list(value) if isinstance(value, tuple) else value.value if isinstance(value, StrEnum) else value,
        )
    return record
