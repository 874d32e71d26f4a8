"""Captures that nobody has read yet, out of the record."""

from __future__ import annotations

from datetime import date, datetime

from cenotaph.casebook import bulk
from cenotaph.casebook.history import parse_instant, read_instants
from cenotaph.count.backlog import Backlog, Sighting, sum_backlog
from cenotaph.count.query import Columns, read_documents
from cenotaph.domain.dates import PartialDate


def read_backlog(columns: Columns, as_of: date | None = None, known_at: datetime | None = None) -> Backlog:
    """Return the captures that nobody had read, as the casebook knew at an instant, by source and month.

    A capture is read where a list was read from it, a report was entered from it, its claims were read, or a standing
    judgement says that there is nothing to report in it. One under seal has nothing to read.
    """
    instants = read_instants()
    sightings = [
        Sighting(capture, source, parse_instant(seen_at), instants[entry])
        for chunk in bulk.stream_rows(
            "SELECT g.capture, s.name, g.seen_at, g.entry FROM sighting g JOIN capture c ON c.id = g.capture "
            'LEFT JOIN source s ON s.id = g.source WHERE c.size IS NOT NULL ORDER BY g."row"'
        )
        for capture, source, seen_at, entry in chunk
    ]
    captures: dict[str, str] = {}
    published: dict[str, PartialDate] = {}
    # Texts lie before the date in a row, so it is read only where it matters.
    dated = "published_on" if as_of else "NULL"
    for chunk in bulk.stream_rows(f'SELECT id, capture, {dated} FROM document ORDER BY "row"'):  # noqa: S608
        for document, capture, day in chunk:
            captures[document] = capture
            if day:
                published[capture] = PartialDate.from_edtf(day)
    by_hand = read_documents(columns)
    read = {captures[document] for document, since in by_hand.items() if known_at is None or since <= known_at}
    for document, entry in bulk.fetch_rows("SELECT document, entry FROM reading"):
        if known_at is None or instants[entry] <= known_at:
            read.add(captures[document])
    for document, entry in bulk.fetch_rows("SELECT document, MIN(entry) FROM claim_reading GROUP BY document"):
        if known_at is None or instants[entry] <= known_at:
            read.add(captures[document])
    empty: dict[str, bool] = {}
    sql = "SELECT target, answer, entry FROM judgement WHERE question = 'nothing_to_report' ORDER BY \"row\""
    for target, answer, entry in bulk.fetch_rows(sql):
        if known_at is None or instants[entry] <= known_at:
            empty[captures.get(str(target), str(target))] = answer == "yes"
    read |= {capture for capture, yes in empty.items() if yes}
    return sum_backlog(sightings, read, published, as_of, known_at, bool(by_hand))
