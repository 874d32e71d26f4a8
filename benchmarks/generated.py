"""A casebook of made-up reports: the same seed gives the same rows."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from cenotaph.capture.intake import take_in
from cenotaph.casebook.commitment import Cell
from cenotaph.casebook.guarded import CAPTURE, CASUALTY_LIST, DOCUMENT, READING, REPORT, SIGHTING, SOURCE
from cenotaph.casebook.ledger import Actor, format_instant, prepare_rows
from cenotaph.casebook.store import Casebook
from cenotaph.domain.canonical import canonical_json, content_id
from cenotaph.domain.reports import ReportRow
from cenotaph.services.captures import read_limits
from cenotaph.services.opening import start_casebook
from cenotaph.services.sources import cite_source

LIST = "generated"
ACTOR = Actor("recorder", "benchmark")
_NATIONALITIES = ("UZ", "TJ", "NP", "KG", "UA", "GE", "BY", "KZ", "AZ", "AM", "MD", "CN", "LK", "IN", "CU", "ZM", "TZ", "SY")
_PATHS: tuple[tuple[str | None, str | None], ...] = (
    ("prison", "заключенные"),
    ("contract_office", "контракт"),
    ("mobilised", "мобилизованные"),
    (None, "добровольцы"),
    (None, None),
)
_RANKS = ("рядовой", "ефрейтор", "сержант", "старшина", "лейтенант", None, None)
_FORCES: tuple[tuple[str | None, str | None], ...] = (("wagner", "ЧВК"), (None, None), (None, None))
_HOSTS = ("archive.ph", "vk.com", "t.me", "ok.ru", "example.org")
_SYLLABLES = ("ба", "ди", "ло", "ма", "на", "рус", "са", "тем", "ул", "фар", "хо", "шер", "эл", "юс", "яр", "жон")
_AT = {name: at for at, name in enumerate(REPORT.committed)}
_FIRST_DAY = date(2022, 2, 24)


def make_casebook(root: Path, rows: int, seed: int = 1) -> Casebook:
    """Make a casebook on SQLite with one list of so many rows, each citing an address, through the ledger."""
    rng = random.Random(seed)
    casebook = start_casebook(root, ACTOR, salts=random.Random(seed + 1).randbytes)
    speaker = content_id("source", "outlet", "benchmark")
    capture = _keep_file(casebook, rows)
    document = content_id("document", capture)
    reading = content_id("reading", LIST, str(rows))
    with casebook.writing(ACTOR, "list import") as entry:
        entry.add(SOURCE, [(speaker, "outlet", "Benchmark", "ru", None, None)])
        entry.add(CAPTURE, [(capture, len(f"{rows} made-up rows\n"), "text/csv")])
        entry.add(DOCUMENT, [(document, capture, "csv", "1", "table", "ru", "utf-8", None, "2026-01-01")])
        entry.add(
            SIGHTING,
            [(content_id("sighting", capture), capture, speaker, format_instant(entry.at), "file", "list.csv", None)],
        )
        entry.add(CASUALTY_LIST, [(LIST, speaker, "Made-up list")])
        entry.add(READING, [(reading, LIST, "2026-01", "2026-01-01", True, None, document, reading, "", "{}")])
        entry.add(SOURCE, (cite_source(_address(at)) for at in range(0, rows, 2)))
        entry.add_prepared(REPORT, prepare_rows(REPORT, _make_rows(rng, reading, rows), casebook.salts))
    return casebook


def _keep_file(casebook: Casebook, rows: int) -> str:
    """Keep a small file in the place of the list that was never written; return its SHA-256."""
    path = casebook.root / "list.csv"
    path.write_text(f"{rows} made-up rows\n")
    taken = take_in(path, casebook.objects, read_limits(casebook.settings))
    path.unlink()
    return taken.sha256


def _address(at: int) -> str:
    return f"https://{_HOSTS[at % len(_HOSTS)]}/{at:08d}"


def _make_rows(rng: random.Random, reading: str, rows: int) -> Iterator[tuple[Cell, ...]]:
    for at in range(rows):
        yield make_report(rng, reading, at)


def make_report(rng: random.Random, reading: str, at: int) -> tuple[Cell, ...]:
    """Return one report's committed cells."""
    name = " ".join("".join(rng.choices(_SYLLABLES, k=3)).title() for _ in range(3))
    nationality = rng.choices(_NATIONALITIES, weights=range(len(_NATIONALITIES), 0, -1))[0]
    path, path_stated = rng.choice(_PATHS)
    force, force_stated = rng.choice(_FORCES)
    born = date(1960, 1, 1) + timedelta(days=rng.randrange(16_000))
    died = _FIRST_DAY + timedelta(days=rng.randrange(1_300))
    row_key = content_id("row", LIST, str(at))
    content = content_id("row", name, str(at))
    values: dict[str, Cell] = {
        "name": name,
        "nationality": nationality,
        "nationality_stated": nationality.lower(),
        "path": path,
        "path_stated": path_stated,
        "force": force,
        "force_stated": force_stated,
        "rank_stated": rng.choice(_RANKS),
        "fate": "dead",
        "cites": json.dumps([cite_source(_address(at))[0]]) if at % 2 == 0 else None,
        "other": canonical_json({"names": [{"kind": "full", "language": "ru", "text": name}]}),
        "age_low": (age := (died - born).days // 365),
        "age_high": age,
    }
    if rng.random() < 0.7:
        values |= {"death_from": died.isoformat(), "death_before": (died + timedelta(days=1)).isoformat()}
    if rng.random() < 0.8:
        values |= {"birth_from": born.isoformat(), "birth_before": (born + timedelta(days=1)).isoformat()}
    report = content_id("report", row_key, content, reading)
    return (report, reading, None, at + 1, row_key, content, *(values.get(n) for n in ReportRow._fields[3:]))
