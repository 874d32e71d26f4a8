"""Keys on an axis in a file of rules: one that the axis does not have is a slip of the pen, and would count nobody."""

from __future__ import annotations

from cenotaph.domain.axes import AXIS_BY_NAME, UNKNOWN, AxisKind
from cenotaph.domain.errors import ValueFormatError
from cenotaph.reference import places
from cenotaph.reference.rule_files import Place
from cenotaph.reference.rules import Rules

STATED = "stated:"
"""What stands before the words of a value that has no code."""


def check_key(rules: Rules, axis: str, key: str, place: Place) -> None:
    """Refuse a key that an axis cannot have; words as stated, and ``unknown``, every axis can."""
    if key.startswith(STATED) or key == UNKNOWN:
        return
    kind = AXIS_BY_NAME[axis].kind
    if kind is AxisKind.CLOSED and AXIS_BY_NAME[axis].label(key) is None:
        codes = ", ".join(code for code, _ in AXIS_BY_NAME[axis].codes)
        rules.refuse(place, f"the axis '{axis}' has no code '{key[:60]}'.", f"Codes are: {codes}.")
    if kind is AxisKind.PLACE:
        try:
            places.get(key)
        except ValueFormatError as error:
            rules.refuse(place, error.message, error.hint)
