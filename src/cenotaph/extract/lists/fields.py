"""What a column of a list may say: names of several kinds, dates, axes and the rest, with the words that explain each."""

from __future__ import annotations

from cenotaph.domain.axes import AXES, AXIS_BY_NAME
from cenotaph.domain.reports import DATE_FIELDS

NAME_KINDS = {
    "name": "full",
    "given_name": "given",
    "family_name": "family",
    "patronymic": "patronymic",
    "maiden_name": "maiden",
    "call_sign": "call_sign",
    "other_name": "other",
}
FIELD_HELP: dict[str, str] = {
    "name": "a person's whole name; several columns may hold it, one for each language or script",
    "given_name": "given name or names",
    "family_name": "family name",
    "patronymic": "patronymic",
    "maiden_name": "name before marriage",
    "call_sign": "call sign or nom de guerre",
    "other_name": "another name the person went by",
    "age": "age in completed years: `56`, `40-49`, `60+`, `8 months`",
    **{name: f"date: {words}" for name, words in DATE_FIELDS.items()},
    **{axis.name: axis.title for axis in AXES},
    "cites": "addresses, or words, of further sources",
    "cited_host": "host of a cited source whose address is not given",
    "note": "what else the list says in words",
    "id": "the list's own number or code for the person",
}


def is_axis(field: str) -> bool:
    """Tell whether a field is an axis."""
    return field in AXIS_BY_NAME
