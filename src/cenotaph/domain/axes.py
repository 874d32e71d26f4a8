"""The axes on which a report places a person, each apart from the others.

An axis value is a pair: the words as stated, and a code or nothing. Codes of the closed axes stand here; those of places
come from :mod:`cenotaph.reference`. Nothing is inferred from a name, an age or a sex.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from cenotaph.domain.errors import ValueFormatError


class AxisKind(StrEnum):
    """How an axis gets its codes."""

    PLACE = "place"
    CLOSED = "closed"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Axis:
    """One question about a person that has its own column.

    Parameters
    ----------
    name
        Column name, and the word after ``--by``.
    kind
        Where its codes come from: places of the reference data, the closed list ``codes``, or none (words only).
    title
        What a reader sees at the head of a column.
    codes
        For closed axes: each code with the words a reader sees.
    """

    name: str
    kind: AxisKind
    title: str
    codes: tuple[tuple[str, str], ...] = ()

    def label(self, code: str) -> str | None:
        """Return the words for a closed axis's code, or None where the axis does not have it."""
        return dict(self.codes).get(code)


UNKNOWN = "unknown"


class AxisValue(NamedTuple):
    """The words as stated and the code that they were read as; either may be missing, not both.

    A plain pair, since there are millions of them; :func:`check_axis_value` checks one where it comes in.
    """

    stated: str | None
    code: str | None


def _closed(name: str, title: str, **codes: str) -> Axis:
    return Axis(name, AxisKind.CLOSED, title, (*codes.items(), (UNKNOWN, "unknown")))


AXES: tuple[Axis, ...] = (
    Axis("nationality", AxisKind.PLACE, "nationality"),
    Axis("origin", AxisKind.PLACE, "origin"),
    Axis("birthplace", AxisKind.PLACE, "birthplace"),
    Axis("residence", AxisKind.PLACE, "residence"),
    Axis("ethnicity", AxisKind.OPEN, "ethnicity as stated"),
    _closed(
        "path",
        "recruitment path",
        prison="from prison",
        pre_trial_detention="from pre-trial detention",
        migration_detention="from migration detention",
        contract_office="through a contract office",
        recruiter_abroad="by a recruiter abroad",
        mobilised="mobilised",
        mobilised_occupied="mobilised in occupied territory",
        sent_by_own_state="sent by own state",
    ),
    _closed(
        "force",
        "contracting force",
        ministry="ministry of defence",
        wagner="Wagner Group",
        private_company="a private military company, not named",
        other="other force",
    ),
    _closed(
        "branch",
        "branch of service",
        motor_rifle="motor rifle troops",
        airborne="airborne troops",
        marines="marines",
        tank="tank troops",
        artillery="artillery",
        special_forces="special forces",
        national_guard="national guard",
        air_force="air force",
        navy="navy",
        engineers="engineers",
        signals="signals",
        air_defence="air defence",
        other="other troops",
    ),
    Axis("unit", AxisKind.OPEN, "unit"),
    Axis("rank", AxisKind.OPEN, "rank"),
    _closed(
        "inducement",
        "inducement",
        citizenship="citizenship",
        sentence_lifted="sentence lifted",
        deportation_lifted="deportation lifted",
        travel_ban_lifted="travel ban lifted",
        money="money",
    ),
    _closed(
        "coercion",
        "coercion",
        threat_of_prison="threat of prison",
        threat_of_conscription="threat of conscription",
        deceit="deceit",
    ),
    _closed(
        "manner",
        "manner of death",
        combat="in combat",
        wounds="of wounds",
        accident="accident",
        illness="illness",
        suicide="suicide",
        own_side="killed by own side",
        executed="executed",
        in_captivity="in captivity",
    ),
    _closed(
        "civil_status",
        "civil status as stated",
        civilian="civilian",
        combatant="combatant",
        contested="contested",
    ),
    Axis("side", AxisKind.OPEN, "side"),
    Axis("perpetrator", AxisKind.OPEN, "alleged perpetrator"),
    Axis("death_place", AxisKind.PLACE, "place of death"),
    _closed("sex", "sex as stated", m="male", f="female"),
    _closed(
        "fate",
        "fate",
        dead="dead",
        presumed_dead="presumed dead",
        missing="missing",
        captive="captive",
        alive="alive",
    ),
)

AXIS_BY_NAME: dict[str, Axis] = {axis.name: axis for axis in AXES}


def check_axis_value(value: AxisValue, axis: str | None = None) -> AxisValue:
    """Return a value if it is one.

    Parameters
    ----------
    value
        Words and code.
    axis
        The axis it stands on; where it is closed the code must be one of its own, where it is open there is none. Places'
        codes are checked against the reference data, by :func:`cenotaph.reference.places.get`.

    Raises
    ------
    ValueFormatError
        Both are missing or empty, or the axis does not have the code.
    """
    stated, code = value
    if stated is None and code is None:
        raise ValueFormatError("A value has neither words nor a code.", "Leave the value away.")
    if stated is not None and not stated.strip():
        raise ValueFormatError("A value's words are empty.", "Leave them away, or quote what is stated.")
    if code is not None and not code.strip():
        raise ValueFormatError("A value's code is empty.", "Leave it away.")
    if axis is None or code is None:
        return value
    if axis not in AXIS_BY_NAME:
        raise ValueFormatError(f"There is no axis '{axis}'.", f"Axes are: {', '.join(AXIS_BY_NAME)}.")
    kind = AXIS_BY_NAME[axis].kind
    if kind is AxisKind.OPEN:
        raise ValueFormatError(f"The axis '{axis}' has no codes.", "Keep the words alone.")
    if kind is AxisKind.CLOSED and AXIS_BY_NAME[axis].label(code) is None:
        codes = ", ".join(name for name, _ in AXIS_BY_NAME[axis].codes)
        raise ValueFormatError(f"The axis '{axis}' has no code '{code}'.", f"Codes are: {codes}.")
    return value
