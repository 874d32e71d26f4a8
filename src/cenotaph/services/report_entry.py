"""Reports that people enter from documents: every value with its quote, checked against the document's text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from cenotaph.casebook import bulk
from cenotaph.casebook.guarded import REPORT
from cenotaph.casebook.ledger import Actor
from cenotaph.casebook.store import Casebook
from cenotaph.domain.axes import AXES, AXIS_BY_NAME, UNKNOWN, AxisKind
from cenotaph.domain.canonical import JsonValue, canonical_json, content_id
from cenotaph.domain.dates import PartialDate
from cenotaph.domain.errors import CenotaphError, EncodingError, InputError, NotFoundError, ValueFormatError
from cenotaph.domain.reports import DATE_FIELDS, ReportRow
from cenotaph.extract.lists import find_script, read_age
from cenotaph.reference.date_words import read_date
from cenotaph.reference.placeholders import is_placeholder
from cenotaph.services.judgements import BadLine, Entered

MAX_LINE = 4 * 1024 * 1024
"""Most characters of one line."""

FIELDS = ("name", "age", *(axis.name for axis in AXES), *DATE_FIELDS)
"""What a report that is entered by hand may say."""

_COLUMN_DATES = ("birth", "death")
_ID = re.compile(r"[0-9a-f]{32}")
_FORM = 'Write {"document": ID, "values": {FIELD: {"start": N, "end": N}}}. See docs/how-to/enter-reports.md.'


@dataclass(frozen=True, slots=True)
class _Text:
    id: str
    text: str
    language: str | None


@dataclass
class _Draft:
    """A report as it is put together."""

    text: _Text
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


def add_reports(casebook: Casebook, actor: Actor, path: Path, *, dry_run: bool = False) -> Entered:
    """Enter the reports of a JSON Lines file; a bad line is reported with its reason, the others go in.

    Each line is ``{"document": ID, "values": {FIELD: VALUE, ...}}``. A field is one of :data:`FIELDS`; its value is
    ``{"start": N, "end": N}``, the code points of the document that say it, with ``"words"`` to be checked against them,
    ``"code"`` on an axis, ``"edtf"`` on a date and ``"years"`` on an age where the words alone do not say it.

    Raises
    ------
    EncodingError
        The file is not UTF-8; nothing was entered.
    """
    good: dict[str, tuple[str | int | None, ...]] = {}
    bad: list[BadLine] = []
    already = 0
    texts: dict[str, _Text] = {}
    for number, line in _read_lines(path):
        try:
            row = _read_report(_parse(line), texts)
        except CenotaphError as error:
            bad.append(BadLine(number, str(error)))
            continue
        if str(row[0]) in good:
            already += 1
        else:
            good[str(row[0])] = row
    already += _drop_known(good)
    if not good:
        return Entered((), already, tuple(bad))
    with casebook.writing(actor, "report add", dry_run=dry_run) as entry:
        already += _drop_known(good)  # Again: another writer may have entered one meanwhile.
        entry.add(REPORT, good.values())
        entry.detail.update({"reports": len(good), "already": already, "bad": len(bad)})
    return Entered(tuple(good), already, tuple(bad))


def _drop_known(rows: dict[str, tuple[str | int | None, ...]]) -> int:
    known = [identifier for identifier in rows if bulk.fetch_one("SELECT 1 FROM report WHERE id = %s", [identifier])]
    for identifier in known:
        del rows[identifier]
    return len(known)


def _read_lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="\n") as stream:
            number = 0
            while line := stream.readline(MAX_LINE + 1):
                number += 1
                if len(line) > MAX_LINE:
                    raise InputError(
                        f"{path.name} line {number} is longer than {MAX_LINE} characters.", "Write one report a line."
                    )
                if line.strip():
                    yield number, line
    except UnicodeDecodeError as error:
        raise EncodingError(f"{path.name} is not UTF-8 at byte {error.start}.", "Save it as UTF-8.") from error


def _parse(line: str) -> dict[str, Any]:
    try:
        value = json.loads(
            line, object_pairs_hook=_make_object, parse_constant=_refuse_number, parse_float=_refuse_number
        )
    except (ValueError, RecursionError) as error:
        raise ValueFormatError(f"It is not JSON: {str(error)[:200]}.", "Write one JSON object a line.") from error
    if not isinstance(value, dict):
        raise ValueFormatError("It is not a JSON object.", _FORM)
    return value


def _make_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueFormatError(f"The key {_show(twice)} stands twice.", "Take one away.")
    return made


def _refuse_number(text: str) -> NoReturn:
    raise ValueFormatError(f"{text[:40]} is no number of a report.", "Numbers are whole.")


def _read_report(line: dict[str, Any], texts: dict[str, _Text]) -> tuple[str | int | None, ...]:
    document, values = line.get("document"), line.get("values")
    if (
        not isinstance(document, str)
        or not isinstance(values, dict)
        or not values
        or set(line) != {"document", "values"}
    ):
        raise ValueFormatError('A report has a "document" and "values", and nothing else.', _FORM)
    if document not in texts:
        found = (
            bulk.fetch_one("SELECT text, language FROM document WHERE id = %s", [document])
            if _ID.fullmatch(document)
            else None
        )
        if not found or found[0] is None:
            raise NotFoundError(
                f"There is no text document {_show(document)}.", "`cenotaph capture list` shows documents."
            )
        texts[document] = _Text(document, found[0], found[1])
    draft = _Draft(texts[document])
    for name, value in values.items():
        _read_value(name, value, draft)
    return draft.finish()


def _read_value(name: str, value: Any, draft: _Draft) -> None:
    if name not in FIELDS:
        raise ValueFormatError(f"There is no field {_show(name)}.", f"Fields: {', '.join(FIELDS)}.")
    read, own = _readers(name)
    if not isinstance(value, dict):
        raise ValueFormatError(f"The value of '{name}' is not an object.", 'Write {"start": N, "end": N}.')
    if unknown := sorted(set(value) - {"start", "end", "words", *own}):
        allowed = ", ".join(("start", "end", "words", *own))
        raise ValueFormatError(f"The value of '{name}' has no key {_show(unknown[0])}.", f"Keys: {allowed}.")
    start, end, text = value.get("start"), value.get("end"), draft.text.text
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(text):
        raise ValueFormatError(
            f"The quote of '{name}' runs from {_show(start)} to {_show(end)}; the document has {len(text)} code points.",
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


def _readers(name: str) -> tuple[Callable[[str, dict[str, Any], str, _Draft], None], tuple[str, ...]]:
    """Return what reads a field's value, and the keys it has of its own."""
    if name == "name":
        return _read_name, ()
    if name == "age":
        return _read_age, ("years",)
    return (_read_date, ("edtf",)) if name in DATE_FIELDS else (_read_axis, ("code",))


def _read_name(name: str, value: dict[str, Any], words: str, draft: _Draft) -> None:
    """A placeholder is kept among the names and identifies nobody."""
    nobody = is_placeholder(words)
    draft.columns["name"] = None if nobody else words
    kind = "placeholder" if nobody else "full"
    draft.other["names"] = [
        {"kind": kind, "language": draft.text.language, "script": find_script(words), "text": words}
    ]


def _read_age(name: str, value: dict[str, Any], words: str, draft: _Draft) -> None:
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


def _read_axis(name: str, value: dict[str, Any], words: str, draft: _Draft) -> None:
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
            f"'{name}' has no code {_show(code)}.", f"Codes: {', '.join(c for c, _ in axis.codes)}."
        )
    if axis.kind is AxisKind.PLACE and code != UNKNOWN:
        from cenotaph.reference import places

        try:
            places.get(code)
        except ValueFormatError as error:
            raise ValueFormatError(f"'{name}' has no code {_show(code)}.", error.hint) from error
    draft.columns[name] = code


def _read_date(name: str, value: dict[str, Any], words: str, draft: _Draft) -> None:
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
                f"'{name}': {_show(edtf)} is not a date in EDTF.", "Write 2023-05 or 2023-05-07."
            ) from error
    else:
        raise ValueFormatError(f"`edtf` of '{name}' is no text.", "Write 2023-05 or 2023-05-07.")
    draft.other.setdefault("dates", {})[name] = {"stated": words, "edtf": day.edtf}
    if name in _COLUMN_DATES:
        draft.columns[f"{name}_from"] = day.start.isoformat() if day.start else None
        draft.columns[f"{name}_before"] = day.end.isoformat() if day.end else None


def _show(value: object) -> str:
    """Return a stranger's value as it can be printed: escaped and short."""
    return ascii(value)[:80]
