"""What is to be counted: a list, the axes to break it down by, dates, and cells that can be named.

A cell's id says everything about it, so that it can be opened on another day and another machine::

    foreign-fighters:nationality=UZ,path=prison,as-of=2025-11-30

Values stand as they are where they are letters (of any script), digits, ``.``, ``_`` or ``-``; every other character is
written as ``%`` and the hexadecimal digits of its UTF-8 bytes. A value known only in words is written ``stated.`` and the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from urllib.parse import unquote

from cenotaph.domain.axes import AXES, AXIS_BY_NAME, UNKNOWN, AxisKind
from cenotaph.domain.errors import UsageError
from cenotaph.tables.reports import EVIDENCE

DOCUMENTS = "documents"
STATED = "stated."
NOT_DATED = "not-dated"
DERIVED_AXES = {
    "age_band": "age, in ten-year bands",
    "death_year": "year of death",
    "death_month": "month of death",
    "evidence": "evidence",
    "host": "host of the cited address",
}
DEATH_PERIODS = ("death_year", "death_month")
IN_ORDER = (*DEATH_PERIODS, "age_band")
AXIS_NAMES = (*(axis.name for axis in AXES), *DERIVED_AXES)
_KEPT = re.compile(r"[\w.\-]", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Selection:
    """What is to be counted.

    Parameters
    ----------
    list_id
        The list, or ``documents`` for the reports that people entered from documents.
    by
        Axes to break down by, in order.
    where
        Axis and key of each condition; all of them must hold.
    as_of
        Only what was public by the end of this day.
    known_at
        Only what the casebook held at this instant.
    died_by
        Only who certainly died on or before this day.
    rollups
        Names of the roll-ups applied to place axes.
    """

    list_id: str
    by: tuple[str, ...] = ()
    where: tuple[tuple[str, str], ...] = ()
    as_of: date | None = None
    known_at: datetime | None = None
    died_by: date | None = None
    rollups: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in (*self.by, *(name for name, _ in self.where)):
            if name not in AXIS_NAMES:
                raise UsageError(f"There is no axis '{name}'.", f"Axes are: {', '.join(AXIS_NAMES)}.")
        for axis, key in self.where:
            _check_key(axis, key)
        if len(set(self.by)) != len(self.by):
            raise UsageError("The same axis is named twice.", "Name each axis once.")
        for day in (self.as_of, self.died_by, self.known_at):
            if day is not None and not date.min.year < day.year < date.max.year:
                raise UsageError(f"{day} is no date to count by.", "Years are 2 to 9998.")


def _check_key(axis: str, key: str) -> None:
    """Refuse a key that an axis cannot have, where counting nothing would hide the slip."""
    known = AXIS_BY_NAME.get(axis)
    if axis == "evidence":
        allowed: tuple[str, ...] = EVIDENCE
    elif known is None or known.kind is AxisKind.PLACE or key == UNKNOWN or key.startswith(STATED):
        return
    else:
        allowed = tuple(code for code, _ in known.codes)
    if key not in allowed:
        raise UsageError(
            f"The axis '{axis}' has no key '{key}'.",
            f"It has: {', '.join(allowed)}." if allowed else f"It has words only: write {STATED}{key}.",
        )


@dataclass(frozen=True, slots=True)
class RollUps:
    """The parents that the named roll-ups give to codes."""

    parents: dict[str, str] = field(default_factory=dict)

    def apply(self, code: str) -> str:
        """Return the code that a code is counted under."""
        return self.chain(code)[-1]

    def chain(self, code: str) -> tuple[str, ...]:
        """Return a code, what it is counted under, what that is counted under, and so on."""
        found = [code]
        while (parent := self.parents.get(found[-1])) is not None and parent not in found:
            found.append(parent)
        return tuple(found)

    def members(self, key: str) -> tuple[str, ...]:
        """Return every code that is counted under a key, directly or not, the key first."""
        return (key, *sorted(code for code in self.parents if code != key and key in self.chain(code)))


def format_cell(selection: Selection, keys: tuple[tuple[str, str], ...]) -> str:
    """Return the id of a cell: the selection with these conditions, in the order of the axes."""
    parts = [f"{name}={escape_key(key)}" for name, key in _order_pairs({*selection.where, *keys})]
    if not parts:
        parts.append("all")
    if selection.as_of:
        parts.append(f"as-of={selection.as_of.isoformat()}")
    if selection.known_at:
        instant = selection.known_at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds")
        parts.append(f"known-at={instant.replace('-', '').replace(':', '')}Z")
    if selection.died_by:
        parts.append(f"died-by={selection.died_by.isoformat()}")
    if selection.rollups:
        parts.append(f"rollup={'+'.join(escape_key(name) for name in selection.rollups)}")
    return f"{escape_key(selection.list_id)}:{','.join(parts)}"


def parse_cell(text: str) -> Selection:
    """Return the selection that a cell's id stands for.

    Raises
    ------
    UsageError
        It is no cell's id.
    """
    hint = "A cell's id is LIST:AXIS=KEY,AXIS=KEY as `count table --ids` prints it."
    list_id, colon, rest = text.partition(":")
    if not colon or not list_id or not rest:
        raise UsageError(f"'{text}' is not the id of a cell.", hint)
    where: set[tuple[str, str]] = set()
    days: dict[str, date] = {}
    known_at: datetime | None = None
    rollups: tuple[str, ...] = ()
    for part in rest.split(","):
        name, equals, value = part.partition("=")
        try:
            if part == "all":
                continue
            if not equals or not value:
                raise ValueError(part)
            if name in ("as-of", "died-by"):
                days[name] = date.fromisoformat(value)
            elif name == "known-at":
                known_at = datetime.strptime(value, "%Y%m%dT%H%M%S.%fZ").replace(tzinfo=UTC)
            elif name == "rollup":
                rollups = tuple(unquote(item, errors="strict") for item in value.split("+"))
            else:
                where.add((name, unquote(value, errors="strict")))
        except ValueError as error:
            raise UsageError(f"'{part}' in the cell's id '{text}' cannot be read.", hint) from error
    try:
        list_id = unquote(list_id, errors="strict")
    except ValueError as error:
        raise UsageError(f"The list's name in the cell's id '{text}' cannot be read.", hint) from error
    return Selection(list_id, (), _order_pairs(where), days.get("as-of"), known_at, days.get("died-by"), rollups)


def _order_pairs(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return conditions in the order of the axes; one axis may have several, as where a place is counted under another."""
    return tuple(sorted(pairs, key=lambda pair: (AXIS_NAMES.index(pair[0]) if pair[0] in AXIS_NAMES else len(AXIS_NAMES), pair)))


def escape_key(value: str) -> str:
    return "".join(c if _KEPT.match(c) else "".join(f"%{b:02X}" for b in c.encode("utf-8", "replace")) for c in value)


__all__ = [
    "AXIS_NAMES",
    "DERIVED_AXES",
    "DOCUMENTS",
    "NOT_DATED",
    "STATED",
    "UNKNOWN",
    "RollUps",
    "Selection",
    "format_cell",
    "parse_cell",
]
