"""Reports that people enter from documents: every value with its quote, checked against the document's text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

from cenotaph.casebook import bulk
from cenotaph.casebook.guarded import REPORT
from cenotaph.casebook.ledger import Actor
from cenotaph.casebook.store import Casebook
from cenotaph.domain.errors import CenotaphError, EncodingError, InputError, NotFoundError, ValueFormatError
from cenotaph.services.entered_values import DraftReport, EnteredText, read_value
from cenotaph.services.judgements import BadLine, Entered
from cenotaph.services.wording import show

MAX_LINE = 4 * 1024 * 1024
"""Most characters of one line."""

_ID = re.compile(r"[0-9a-f]{32}")
_FORM = 'Write {"document": ID, "values": {FIELD: {"start": N, "end": N}}}. See docs/how-to/enter-reports.md.'


def add_reports(casebook: Casebook, actor: Actor, path: Path, *, dry_run: bool = False) -> Entered:
    """Enter the reports of a JSON Lines file; a bad line is reported with its reason, the others go in.

    Each line is ``{"document": ID, "values": {FIELD: VALUE, ...}}``. A field is one of
    :data:`~cenotaph.domain.reports.VALUE_FIELDS`; its value is ``{"start": N, "end": N}``, the
    code points of the document that say it, with ``"words"`` to be checked against them, ``"code"`` on an axis, ``"edtf"``
    on a date and ``"years"`` on an age where the words alone do not say it.

    Raises
    ------
    EncodingError
        The file is not UTF-8; nothing was entered.
    """
    good: dict[str, tuple[str | int | None, ...]] = {}
    bad: list[BadLine] = []
    already = 0
    texts: dict[str, EnteredText] = {}
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
        raise ValueFormatError(f"The key {show(twice)} stands twice.", "Take one away.")
    return made


def _refuse_number(text: str) -> NoReturn:
    raise ValueFormatError(f"{text[:40]} is no number of a report.", "Numbers are whole.")


def _read_report(line: dict[str, Any], texts: dict[str, EnteredText]) -> tuple[str | int | None, ...]:
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
                f"There is no text document {show(document)}.", "`cenotaph capture list` shows documents."
            )
        texts[document] = EnteredText(document, found[0], found[1])
    draft = DraftReport(texts[document])
    for name, value in values.items():
        read_value(name, value, draft)
    return draft.finish()
