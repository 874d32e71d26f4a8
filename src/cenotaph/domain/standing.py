"""What is known of a person stands on four axes, never one; dates and citizenships each stand with their basis."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from cenotaph.domain.axes import AxisValue, check_axis_value
from cenotaph.domain.dates import PartialDate
from cenotaph.domain.errors import ValueFormatError


class Fate(StrEnum):
    """What became of a person."""

    DEAD = "dead"
    PRESUMED_DEAD = "presumed_dead"
    MISSING = "missing"
    CAPTIVE = "captive"
    ALIVE = "alive"
    UNKNOWN = "unknown"


class Grade(StrEnum):
    """How well a fate is supported."""

    REPORTED = "reported"
    CORROBORATED = "corroborated"
    CONFIRMED = "confirmed"


class Legal(StrEnum):
    """What a court or a registry made of it."""

    NONE = "none"
    DECLARED_MISSING = "declared_missing"
    DECLARED_DEAD = "declared_dead"
    REGISTERED = "registered"
    ANNULLED = "annulled"


class Review(StrEnum):
    """Where the people who look after the record stand with it."""

    OPEN = "open"
    CONTESTED = "contested"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a person on the four axes.

    Parameters
    ----------
    fate
        What became of them.
    grade
        How well that fate is supported; None exactly where the fate is unknown, since nothing has no support.
    legal
        What a court or registry said; it decides no fate: who was declared dead may be alive.
    review
        Where the reviewers stand.

    Raises
    ------
    ValueFormatError
        An unknown fate has a grade, or a known one has none.
    """

    fate: Fate
    grade: Grade | None
    legal: Legal = Legal.NONE
    review: Review = Review.OPEN

    def __post_init__(self) -> None:
        for value, kind in ((self.fate, Fate), (self.legal, Legal), (self.review, Review)):
            if not isinstance(value, kind):
                raise ValueFormatError(f"'{value}' is no {kind.__name__.lower()}.", f"These are: {', '.join(kind)}.")
        if self.grade is not None and not isinstance(self.grade, Grade):
            raise ValueFormatError(f"'{self.grade}' is no grade.", f"Grades are: {', '.join(Grade)}.")
        if (self.fate is Fate.UNKNOWN) != (self.grade is None):
            raise ValueFormatError(
                f"The fate '{self.fate}' cannot have the grade '{self.grade or 'none'}'.",
                "An unknown fate has no grade; every other has one.",
            )


class DateKind(StrEnum):
    """What happened on a date; each is a date of its own."""

    BIRTH = "birth"
    LAST_CONTACT = "last_contact"
    CAPTURE = "capture"
    WOUND = "wound"
    DEATH = "death"
    FOUND = "found"
    RETURNED = "returned"
    IDENTIFIED = "identified"
    BURIAL = "burial"
    COURT_EFFECT = "court_effect"
    PUBLICATION = "publication"
    FIRST_RECORDED = "first_recorded"
    CONFIRMED = "confirmed"


class DateBasis(StrEnum):
    """What a date rests on."""

    STATED = "stated"  # a source says so
    DOCUMENT = "document"  # a certificate, a notice, a passport
    INSCRIPTION = "inscription"  # a grave or a memorial
    COURT = "court"  # a court set it
    REGISTRY = "registry"
    MEDIA = "media"  # the stamp of a photo, a video or a post
    AGE = "age"  # worked out from an age at another date
    BOUND = "bound"  # worked out from another event: before the burial, after the last contact
    CASEBOOK = "casebook"  # this casebook's own clock


@dataclass(frozen=True, slots=True)
class PersonDate:
    """One date of a person, with what it rests on.

    Parameters
    ----------
    kind
        What happened.
    date
        When, as an interval with its precision.
    basis
        What it rests on.
    claimant
        Who says so; None where the record itself does.

    Raises
    ------
    ValueFormatError
        A kind or basis is none, or they do not go together: a court's effect is set by a court, what was first recorded is
        the casebook's own.
    """

    kind: DateKind
    date: PartialDate
    basis: DateBasis
    claimant: str | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.kind, DateKind) or not isinstance(self.basis, DateBasis):
            raise ValueFormatError(f"'{self.kind}' on the basis '{self.basis}' is no date of a person.", "See `Dates`.")
        if self.kind is DateKind.COURT_EFFECT and self.basis is not DateBasis.COURT:
            raise ValueFormatError("A court's effect does not rest on a court.", "Give the date the basis 'court'.")
        if self.kind is DateKind.FIRST_RECORDED and self.basis is not DateBasis.CASEBOOK:
            raise ValueFormatError("When a person was first recorded is the casebook's to say.", "Use the basis 'casebook'.")

    @property
    def enters_death_series(self) -> bool:
        """Whether it may place a death in time: a date of death that no court set."""
        return self.kind is DateKind.DEATH and self.basis is not DateBasis.COURT


def death_series_dates(dates: Iterable[PersonDate]) -> tuple[PersonDate, ...]:
    """Return the dates that may enter a series by date of death, in the order given; the others never do."""
    return tuple(date for date in dates if date.enters_death_series)


class CitizenshipBasis(StrEnum):
    """What a citizenship rests on."""

    STATED = "stated"
    PASSPORT = "passport"
    NATURALISED_BEFORE = "naturalised_before"  # before enlistment
    NATURALISED_THROUGH = "naturalised_through"  # through enlistment
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Citizenship:
    """One citizenship of a person; a person may have several, at once or one after the other.

    Parameters
    ----------
    state
        The words as stated and the place's code; never read off a name.
    basis
        What it rests on.
    since, until
        Between when; None where nobody says.

    Raises
    ------
    ValueFormatError
        There are neither words nor a code, or it certainly ends before it begins.
    """

    state: AxisValue
    basis: CitizenshipBasis = CitizenshipBasis.STATED
    since: PartialDate | None = None
    until: PartialDate | None = None

    def __post_init__(self) -> None:
        check_axis_value(self.state)
        if not isinstance(self.basis, CitizenshipBasis):
            raise ValueFormatError(f"'{self.basis}' is no basis.", f"These are: {', '.join(CitizenshipBasis)}.")
        if self.since is not None and self.until is not None and self.until.precedes(self.since):
            raise ValueFormatError("A citizenship ends before it begins.", "Look at its two dates.")

    def may_hold_on(self, day: PartialDate) -> bool:
        """Tell whether it may have been held on a date: it had not certainly ended and not certainly not begun."""
        return not (self.since is not None and day.precedes(self.since)) and not (
            self.until is not None and self.until.precedes(day)
        )
