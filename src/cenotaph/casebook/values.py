"""The values of a report as a person names them, and the fields of its row that hold each: what is sealed goes whole.

A date is three columns and its words, an axis a code and its words. Sealing one value destroys every field that tells it,
and with it ``content``, the unsalted hash of the whole row, with which it could be guessed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

_ENDINGS = ("_stated", "_from", "_before", "_low", "_high")
_ALWAYS = "content"
_BY_VALUE = ("dates", "quotes", "unreadable", "yearless")  # Objects in `other` whose keys are names of values.


def name_value(field: str) -> str:
    """Return the name of the value that a field of a report's row belongs to."""
    column, _, rest = field.partition(".")
    if column == "other":
        key, _, inner = rest.partition(".")
        if key == "names":
            return "name"
        return inner if key in _BY_VALUE and inner else f"other.{rest}"
    for ending in _ENDINGS:
        if column.endswith(ending):
            return column.removesuffix(ending)
    return column


def belongs(field: str, value: str | None) -> bool:
    """Tell whether sealing a value destroys a field; None is the whole row."""
    if value is None or field == _ALWAYS:
        return True
    own = name_value(field)
    return own == value or (value.startswith("other.") and own.startswith(value + "."))


def belongs_to_any(field: str, values: Collection[str | None]) -> bool:
    """Tell whether sealing any of these values destroys a field."""
    return any(belongs(field, value) for value in values)


def list_values(fields: Iterable[str]) -> list[str]:
    """Return the names of the values that these fields hold, in order, without the hash of the whole."""
    return sorted({name_value(field) for field in fields if field != _ALWAYS})
