"""Counting in plain Python over what a test wrote: slow, obvious, and written apart from the code that it checks."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from cenotaph.domain.dates import PartialDate
from tests.builders import Row


@dataclass
class Release:
    list_id: str
    label: str
    released_on: str
    complete: bool
    rows: dict[str, tuple[Row, str]]
    known_at: datetime


@dataclass
class Written:
    """Everything that a test wrote, in order."""

    releases: list[Release] = field(default_factory=list)
    by_hand: list[tuple[str, Row, str | None, datetime]] = field(default_factory=list)
    judgements: list[tuple[str, bool, datetime]] = field(default_factory=list)
    sealed: set[str] = field(default_factory=set)
    sealed_values: dict[str, set[str]] = field(default_factory=dict)


def is_over(edtf: str, day: date) -> bool:
    """Tell whether a date has wholly passed when a day ends."""
    end = PartialDate.from_edtf(edtf).end
    return end is not None and end <= day + timedelta(1)


def find_standing(written: Written, list_id: str, as_of: date | None, known_at: datetime | None) -> dict[str, Row]:
    """Return the reports that stood: the whole file of a complete release, then what later ones add."""
    if list_id == "documents":
        return {
            report: row
            for report, row, published, since in written.by_hand
            if (known_at is None or since <= known_at)
            and (as_of is None or (published is not None and is_over(published, as_of)))
        }
    latest: dict[str, Release] = {}
    for release in written.releases:
        if release.list_id == list_id and (known_at is None or release.known_at <= known_at):
            latest[release.label] = release
    state: dict[str, tuple[Row, str]] = {}
    for release in sorted(latest.values(), key=lambda r: (str(PartialDate.from_edtf(r.released_on).start), r.known_at)):
        if as_of is not None and not is_over(release.released_on, as_of):
            continue
        state = {**({} if release.complete else state), **release.rows}
    return {report: row for row, report in state.values()}


def key_of(row: dict[str, Any], axis: str, evidence: str, hosts: str | None, parents: dict[str, str]) -> str:
    """Return where a report stands on an axis."""
    if axis == "evidence":
        return evidence
    if axis == "host":
        return hosts or "unknown"
    if axis in ("death_year", "death_month"):
        start, end = row.get("death_from"), row.get("death_before")
        if not start or not end:
            return "not-dated"
        width = 4 if axis == "death_year" else 7
        last = (date.fromisoformat(end) - timedelta(1)).isoformat()
        return start[:width] if start[:width] == last[:width] else "not-dated"
    if axis == "age_band":
        low, high = row.get("age_low"), row.get("age_high")
        if low is None or high is None or low // 10 != high // 10:
            return "unknown"
        return f"{low // 10 * 10}-{low // 10 * 10 + 9}"
    code = row.get(axis)
    if code is not None:
        while axis in ("nationality", "origin", "birthplace", "residence", "death_place") and code in parents:
            code = parents[code]
        return code
    words = row.get(f"{axis}_stated")
    return "unknown" if words is None else f"stated.{words}"


def lies_under(code: str, key: str, parents: dict[str, str]) -> bool:
    """Tell whether a code is a key or is counted under it, directly or not."""
    while code != key and code in parents:
        code = parents[code]
    return code == key


def find_examined(written: Written, known_at: datetime | None) -> dict[str, bool]:
    """Return what was last said of each report, or of another one of its row that was read from the same words."""
    words: dict[str, tuple[str, str, str]] = {}
    for release in written.releases:
        for row, report in release.rows.values():
            if report not in written.sealed and report not in written.sealed_values:
                words[report] = (release.list_id, row.key, row.content)
    examined: dict[str, bool] = {}
    for judged, yes, at in written.judgements:
        if known_at is None or at <= known_at:
            same = [report for report, place in words.items() if judged in words and place == words[judged]]
            examined.update(dict.fromkeys([judged, *same], yes))
    return examined


def recount(
    written: Written,
    list_id: str,
    by: tuple[str, ...],
    where: tuple[tuple[str, str], ...] = (),
    as_of: date | None = None,
    known_at: datetime | None = None,
    died_by: date | None = None,
    parents: dict[str, str] | None = None,
) -> tuple[dict[tuple[str, ...], list[tuple[str, str]]], Counter[str]]:
    """Return for every inner cell its reports with their evidence, and what stands aside."""
    examined = find_examined(written, known_at)
    by_hand = {report for report, *_ in written.by_hand}
    cells: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    aside: Counter[str] = Counter()
    for report, row in find_standing(written, list_id, as_of, known_at).items():
        if report in written.sealed:
            aside["sealed"] += 1
            continue
        lost = written.sealed_values.get(report, set())
        values: dict[str, Any] = {name: value for name, value in row.values.items() if name not in lost}
        seen = examined.get(report) or report in by_hand
        evidence = "examined" if seen else "adopted" if row.cites else "without_source"
        hosts = " ".join(sorted({words.split("/")[2].removeprefix("www.") for words in row.cites if "://" in words})) or None
        places = {axis: key_of(values, axis, evidence, hosts, parents or {}) for axis in by}
        raw = {axis: key_of(values, axis, evidence, hosts, {}) for axis, _ in where}
        if any(not lies_under(raw[axis], key, parents or {}) for axis, key in where):
            continue
        fate = values.get("fate") or values.get("fate_stated") or "unknown"
        if fate != "dead":
            aside[f"fate {fate}"] += 1
            continue
        if died_by is not None:
            start, end = values.get("death_from"), values.get("death_before")
            if not start and not end:
                aside["undated"] += 1
                continue
            if start and date.fromisoformat(start) > died_by:
                aside["after"] += 1
                continue
            if not end or date.fromisoformat(end) > died_by + timedelta(1):
                aside["straddles"] += 1
                continue
        aside["values"] += bool(lost)
        cells.setdefault(tuple(places[axis] for axis in by), []).append((report, evidence))
    return cells, aside
