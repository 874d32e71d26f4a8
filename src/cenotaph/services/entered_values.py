"""Values of a report that is entered by hand: each read from the words it quotes, and checked against them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from cenotaph.domain.axes import AXIS_BY_NAME, UNKNOWN, AxisKind
from cenotaph.domain.canonical import JsonValue, canonical_json, content_id
from cenotaph.domain.dates import PartialDate
from cenotaph.domain.errors import ValueFormatError
from cenotaph.domain.reports import COLUMN_DATES, DATE_FIELDS, VALUE_FIELDS, ReportRow
from cenotaph.extract.lists import find_script, read_age
from cenotaph.reference.date_words import read_date
from cenotaph.reference.placeholders import is_placeholder
from cenotaph.services.wording import show


@dataclass(frozen=True, slots=True)
class EnteredText:
    """A document's text, with its language where that is known."""

    id: str
    text: str
    language: str | None


@dataclass
class DraftReport:
    """A report as it is put together."""

    text: EnteredText
    columns: dict[str, str | int | None] = field(default_factory=dict)
    other: dict[str, Any] = field(default_factory=dict)
    quotes: dict[str, JsonValue] = field(default_factory=dict)

    def finish(self) -> tuple[str | int | None, ...]:
        """Return the row: its id is a hash of the document and of what the report says with which quotes."""
        self.other["quotes"] = self.quotes
        self.columns["other"] = canonical_json(self.other)
        said = {name: value for name, value in self.columns.items() if value is not None}
        self.columns["content"] = content = content_id("values", canonical_json(said))
        row = [self.columns.get(name) for name in ReportRow._fields[2:]]
        return (content_id("report", self.text.id, content), None, self.text.id, None, None, *row)


def read_value(name: str, value: Any, draft: DraftReport) -> None:
    """Read one field's value, parsed from JSON, into a report.

    Raises
    ------
    ValueFormatError
        There is no such field, the quote does not stand in the text, or the words or the code say no value of it.
    """
    if name not in VALUE_FIELDS:
        raise ValueFormatError(f"There is no field {show(name)}.", f"Fields: {', '.join(VALUE_FIELDS)}.")
    read, own = _readers(name)
    if not isinstance(value, dict):
        raise ValueFormatError(f"The value of '{name}' is not an object.", 'Write {"start": N, "end": N}.')
    if unknown := sorted(set(value) - {"start", "end", "words", *own}):
        allowed = ", ".join(("start", "end", "words", *own))
        raise ValueFormatError(f"The value of '{name}' has no key {show(unknown[0])}.", f"Keys: {allowed}.")
    start, end, text = value.get("start"), value.get("end"), draft.text.text
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(text):
        raise ValueFormatError(
            f"The quote of '{name}' runs from {show(start)} to {show(end)}; the document has {len(text)} code points.",
            "Give start and end as code points, counted from 0.",
        )
    words = text[start:end]
    if "words" in value and value["words"] != words:
        raise ValueFormatError(
            f"The words of '{name}' do not stand at {start} to {end} of the document.", "Count code points from 0."
        )
    if not words.strip():
        raise ValueFormatError(f"The quote of '{name}' is white space.", "Quote the words that say it.")
    draft.quotes[name] = [start, end]
    read(name, value, words, draft)


def _readers(name: str) -> tuple[Callable[[str, dict[str, Any], str, DraftReport], None], tuple[str, ...]]:
    """Return what reads a field's value, and the keys it has of its own."""
    if name == "name":
        return _read_name, ()
    if name == "age":
        return _read_age, ("years",)
    return (_read_date, ("edtf",)) if name in DATE_FIELDS else (_read_axis, ("code",))


def _read_name(name: str, value: dict[str, Any], words: str, draft: DraftReport) -> None:
    """A placeholder is kept among the names and identifies nobody."""
    nobody = is_placeholder(words)
    draft.columns["name"] = None if nobody else words
    kind = "placeholder" if nobody else "full"
    draft.other["names"] = [
        {"kind": kind, "language": draft.text.language, "script": find_script(words), "text": words}
    ]


def _read_age(name: str, value: dict[str, Any], words: str, draft: DraftReport) -> None:
    years = value.get("years")
    if years is None:
        try:
            low, high = read_age(words)
        except ValueFormatError as error:
            raise ValueFormatError(
                f"'age': {error.message}.", "Quote the digits, or give the completed years as `years`."
            ) from error
    elif type(years) is int and 0 <= years <= 130:
        low = high = years
    else:
        raise ValueFormatError("'age': an age is 0 to 130 completed years.", "Give `years` as a whole number.")
    draft.columns["age_low"], draft.columns["age_high"] = low, high


def _read_axis(name: str, value: dict[str, Any], words: str, draft: DraftReport) -> None:
    draft.columns[f"{name}_stated"] = words
    code = value.get("code")
    if code is None:
        return
    axis = AXIS_BY_NAME[name]
    if not isinstance(code, str):
        raise ValueFormatError(f"The code of '{name}' is no text.", "Write it in quotation marks.")
    if axis.kind is AxisKind.OPEN:
        raise ValueFormatError(f"'{name}' takes words and no code.", "Leave `code` away.")
    if axis.kind is AxisKind.CLOSED and axis.label(code) is None:
        raise ValueFormatError(
            f"'{name}' has no code {show(code)}.", f"Codes: {', '.join(c for c, _ in axis.codes)}."
        )
    if axis.kind is AxisKind.PLACE and code != UNKNOWN:
        from cenotaph.reference import places

        try:
            places.get(code)
        except ValueFormatError as error:
            raise ValueFormatError(f"'{name}' has no code {show(code)}.", error.hint) from error
    draft.columns[name] = code


def _read_date(name: str, value: dict[str, Any], words: str, draft: DraftReport) -> None:
    edtf = value.get("edtf")
    if edtf is None:
        try:
            day = read_date(words, language=draft.text.language)
        except ValueFormatError as error:
            raise ValueFormatError(
                f"The words of '{name}' give no date that can be read.", "Write it as `edtf`: 2023-05 or 2023-05-07."
            ) from error
    elif isinstance(edtf, str) and len(edtf) <= 80:
        try:
            day = PartialDate.from_edtf(edtf)
        except ValueFormatError as error:
            raise ValueFormatError(
                f"'{name}': {show(edtf)} is not a date in EDTF.", "Write 2023-05 or 2023-05-07."
            ) from error
    else:
        raise ValueFormatError(f"`edtf` of '{name}' is no text.", "Write 2023-05 or 2023-05-07.")
    draft.other.setdefault("dates", {})[name] = {"stated": words, "edtf": day.edtf}
    if name in COLUMN_DATES:
        draft.columns[f"{name}_from"] = day.start.isoformat() if day.start else None
        draft.columns[f"{name}_before"] = day.end.isoformat() if day.end else None
