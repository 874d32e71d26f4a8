"""Reading the claims of a casebook's texts: in batches, on all cores, going on where a stopped run ended."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cenotaph.casebook import bulk
from cenotaph.casebook.commitment import Cell
from cenotaph.casebook.guarded import ALLEGATION, CLAIM, CLAIM_READING
from cenotaph.casebook.ledger import Actor
from cenotaph.casebook.store import Casebook
from cenotaph.domain.canonical import canonical_json, content_id
from cenotaph.domain.claims import Allegation, Claim
from cenotaph.domain.dates import PartialDate, Precision
from cenotaph.extract.batch import Job, ReadText, Submit, open_readers, reader_version
from cenotaph.services.claim_rows import allegation_row, claim_row, reading_id

Progress = Callable[[str, int], None]
BATCH_DOCUMENTS = 500
BATCH_CHARACTERS = 4_000_000
_FEW = 40  # Documents that one process reads sooner than others are started.


@dataclass
class Run:
    """What one run of the reader did.

    Parameters
    ----------
    version
        The reader's.
    documents, claims, allegations, doubtful
        What was read; ``doubtful`` are claims and allegations that a person should look at.
    already
        Documents that this version had read before.
    failed
        Documents that could not be read, with the reason.
    notices
        How many readings carry each notice, such as a language that is not read.
    entries
        Ledger entries written.
    """

    version: str
    documents: int = 0
    claims: int = 0
    allegations: int = 0
    doubtful: int = 0
    already: int = 0
    failed: list[tuple[str, str]] = field(default_factory=list)
    notices: dict[str, int] = field(default_factory=dict)
    entries: int = 0


def run_extraction(
    casebook: Casebook,
    actor: Actor,
    *,
    workers: int | None = None,
    dry_run: bool = False,
    progress: Progress = lambda *_: None,
    batch: int = BATCH_DOCUMENTS,
) -> Run:
    """Read the claims of every text that this version of the reader has not read yet.

    One ledger entry holds one batch. A run that was stopped or killed left whole batches, and the next one goes on after
    them. A document that is sealed meanwhile is not written.

    Parameters
    ----------
    workers
        Processes that read; None for as many as there are cores.
    dry_run
        Read, and write nothing.
    batch
        Documents in one entry, from 1.
    """
    run = Run(reader_version())
    run.already = _count("SELECT COUNT(*) FROM claim_reading WHERE reader_version = %s", run.version)
    replaced = find_replaced()
    waiting = _count(_WAITING.format(columns="COUNT(*)"), run.version)
    processes = min(workers or len(os.sched_getaffinity(0)), waiting) if waiting > _FEW else 1
    name = content_id("extract run", casebook.settled_head().hash, run.version)
    progress("documents read", 0)  # the clock of what is shown starts here
    with open_readers(max(processes, 1), tick=lambda read: progress("documents read", read)) as submit:
        for read in _read_ahead(_read_batches(run.version, batch, replaced), submit):
            run.failed += [(item.document, item.error) for item in read if item.reading is None]
            good = [item for item in read if item.reading is not None]
            if not dry_run and good:
                _write(casebook, actor, run, name, good)
            else:
                for item in good:
                    _add_up(run, item)
    return run


def _read_ahead(batches: Iterator[list[Job]], submit: Submit) -> Iterator[list[ReadText]]:
    """Yield readings batch by batch, while the next batch is being read already."""
    before: Callable[[], list[ReadText]] | None = None
    for jobs in batches:
        following = submit(jobs)
        if before is not None:
            yield before()
        before = following
    if before is not None:
        yield before()


_WAITING = (
    "SELECT {columns} FROM document d WHERE d.kind = 'text' AND d.text IS NOT NULL "
    "AND NOT EXISTS (SELECT 1 FROM claim_reading r WHERE r.document = d.id AND r.reader_version = %s)"
)


def find_replaced() -> frozenset[str]:
    """Return the documents of which the same part of the same capture was read again later, in another encoding."""
    sql = (
        "SELECT d.capture, d.id, COALESCE(d.encoding, ''), COALESCE(t.payload, ''), COALESCE(t.part, '') FROM document d "
        "LEFT JOIN document_detail t ON t.document = d.id WHERE d.kind = 'text' AND d.capture IN (SELECT capture FROM document "
        "WHERE kind = 'text' GROUP BY capture HAVING MIN(COALESCE(encoding, '')) <> MAX(COALESCE(encoding, ''))) "
        'ORDER BY d."row"'
    )
    last: dict[tuple[str, ...], str] = {}
    rows = bulk.fetch_rows(sql)
    for capture, _, encoding, payload, part in rows:
        last[capture, payload, part] = encoding
    return frozenset(str(i) for capture, i, encoding, payload, part in rows if last[capture, payload, part] != encoding)


def _read_batches(version: str, size: int, replaced: frozenset[str]) -> Iterator[list[Job]]:
    """Yield texts that wait, in order of their rows: up to ``size`` documents and about so many characters at a time."""
    sql = _WAITING.format(columns='d."row", d.id, length(d.text), d.language, d.published_on')
    sql += ' AND d."row" > %s ORDER BY d."row" LIMIT %s'
    last = 0
    while True:
        rows = bulk.fetch_rows(sql, [version, last, size])
        kept: list[tuple[Any, ...]] = []
        characters = 0
        for row in rows:
            if kept and characters + row[2] > BATCH_CHARACTERS:
                break
            kept.append(row)
            characters += row[2]
        if not kept:
            return
        last = kept[-1][0]
        texts = dict(_fetch_texts([row[1] for row in kept]))
        going = [row for row in kept if row[1] in texts and row[1] not in replaced]
        jobs = [Job(i, texts[i], language, _day(published)) for _, i, _, language, published in going]
        if jobs:
            yield jobs


def _fetch_texts(documents: list[str]) -> list[tuple[str, str]]:
    marks = ", ".join(["%s"] * len(documents))
    rows = bulk.fetch_rows(f"SELECT id, text FROM document WHERE id IN ({marks}) AND text IS NOT NULL", documents)  # noqa: S608
    return [(str(i), str(text)) for i, text in rows]


def _day(published: str | None) -> date | None:
    """Return the day of publication; a month or a year resolves no weekday, so it is none."""
    day = PartialDate.from_edtf(published) if published else None
    return day.start if day is not None and day.precision is Precision.DAY else None


def _count(sql: str, version: str) -> int:
    found = bulk.fetch_one(sql, [version])
    return int(found[0]) if found else 0


def _write(casebook: Casebook, actor: Actor, run: Run, name: str, read: list[ReadText]) -> None:
    """Write one batch; what another run wrote or a seal destroyed meanwhile is left out."""
    with casebook.writing(actor, "extract run") as entry:
        waiting = _still_waiting([item.document for item in read], run.version)
        kept = [item for item in read if item.document in waiting]
        readings: list[tuple[Cell, ...]] = []
        claims: list[tuple[Cell, ...]] = []
        allegations: list[tuple[Cell, ...]] = []
        for item in kept:
            reading = item.reading
            if reading is None:
                continue
            identifier = reading_id(item.document, run.version)
            claims += [claim_row(identifier, claim) for claim in reading.claims]
            allegations += [allegation_row(identifier, claim) for claim in reading.allegations]
            notices = canonical_json([notice.code for notice in reading.notices]) if reading.notices else None
            sizes = (len(reading.claims), len(reading.allegations), sum(part.needs_review for part in reading))
            readings.append((identifier, item.document, run.version, name, reading.language, *sizes, notices))
        for table, rows in ((CLAIM_READING, readings), (CLAIM, claims), (ALLEGATION, allegations)):
            if rows:
                entry.add(table, rows)
        entry.detail.update(
            {
                "run": name,
                "reader": run.version,
                "documents": len(readings),
                "claims": len(claims),
                "allegations": len(allegations),
            }
        )
    run.entries += 1
    for item in kept:
        _add_up(run, item)


def _still_waiting(documents: list[str], version: str) -> frozenset[str]:
    marks = ", ".join(["%s"] * len(documents))
    sql = _WAITING.format(columns="d.id") + f" AND d.id IN ({marks})"
    return frozenset(str(row[0]) for row in bulk.fetch_rows(sql, [version, *documents]))


def _add_up(run: Run, item: ReadText) -> None:
    reading = item.reading
    if reading is None:
        return
    run.documents += 1
    run.claims += sum(isinstance(part, Claim) for part in reading)
    run.allegations += sum(isinstance(part, Allegation) for part in reading)
    run.doubtful += sum(part.needs_review for part in reading)
    for notice in reading.notices:
        run.notices[notice.code] = run.notices.get(notice.code, 0) + 1
