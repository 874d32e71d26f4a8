"""Where words under seal stand a second time: what goes with them, and what a person must seal too."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from cenotaph.casebook import bulk, tombstones
from cenotaph.domain.plurals import choose, count_words
from cenotaph.services.private import derived_from
from cenotaph.services.sources import CITED

_SEALED_IN_PART = '%"fields"%'  # What the mark of a row is like that has lost single values.


SUMMARY_WITH_WORDS = '%"unreadable":%'
"""What a reading's summary is like that lists words of its file; since then summaries hold counts alone."""


def list_cited(report: str) -> list[str]:
    """Return the ids of the sources that a report cites."""
    found = bulk.fetch_one("SELECT cites FROM report WHERE id = %s", [report])
    return [str(source) for source in json.loads(found[0])] if found and found[0] else []


def find_lone_sources(report: str, cited: Sequence[str]) -> list[str]:
    """Return those of the sources cited by a report that no other report cites, and that are not under seal."""
    return [source for source in dict.fromkeys(cited) if _has_words(source) and not _count_citing(source, report)]


def _has_words(source: str) -> bool:
    sql = "SELECT 1 FROM source WHERE id = %s AND kind = %s AND sealed IS NULL"
    return bulk.fetch_one(sql, [source, CITED]) is not None


def _count_citing(source: str, report: str) -> int:
    found = bulk.fetch_one("SELECT COUNT(*) FROM report WHERE cites LIKE %s AND id <> %s", [f'%"{source}"%', report])
    return int(found[0]) if found else 0


def find_repeats(
    kind: str, target: str, field: str | None, cited: Sequence[str], gone: Sequence[str]
) -> Iterator[str]:
    """Yield where words that were sealed can still be read; all of it can be sealed.

    Parameters
    ----------
    kind, target, field
        What was sealed: the kind of record, its id, and the value or None for the whole.
    cited
        The sources that a report cited, where its citations were sealed.
    gone
        The ids of what was sealed with it.
    """
    if kind in ("capture", "document"):
        yield from _find_reports(kind, target)
    if kind == "capture":
        sql = "SELECT DISTINCT capture FROM sighting WHERE how = %s ORDER BY capture"
        for (derived,) in bulk.fetch_rows(sql, [derived_from(target)]):
            yield f"capture {derived}, which was derived from it"
    if kind in ("report", "document"):
        yield from _find_captures(kind, target)
    if kind == "report":
        yield from _find_same_rows(target)
        yield from _find_summaries(target)
        for source in cited:
            if _has_words(source) and (number := _count_citing(source, target)):
                yield f"source {source}, which {count_words(number, 'other report')} {choose(number, 'cites', 'cite')}"
    if kind == "report" and field is None:
        return  # Their reasons went with it.
    sql = 'SELECT id FROM judgement WHERE target = %s AND reason IS NOT NULL ORDER BY "row"'
    for record in dict.fromkeys((target, *gone)):
        for (identifier,) in bulk.fetch_rows(sql, [record]):
            yield f"judgement {identifier}, whose reason is words of its own"


def _find_reports(kind: str, target: str) -> Iterator[str]:
    column = "capture" if kind == "capture" else "id"
    found = bulk.fetch_one(
        "SELECT COUNT(*) FROM report p LEFT JOIN reading r ON r.id = p.reading "  # noqa: S608
        "JOIN document d ON d.id = COALESCE(p.document, r.document) "
        f"WHERE d.{column} = %s AND (p.sealed IS NULL OR p.sealed LIKE %s)",
        [target, _SEALED_IN_PART],
    )
    if found and found[0]:
        yield f"{count_words(found[0], 'report')} read from it"


def _find_captures(kind: str, target: str) -> Iterator[str]:
    standing = set(tombstones.sealed_captures())
    sql = "SELECT capture FROM document WHERE id = %s"
    if kind == "report":  # Any release of its list may hold the same row, changed or not.
        sql = (
            "SELECT DISTINCT d.capture FROM report p LEFT JOIN reading own ON own.id = p.reading "
            "LEFT JOIN reading r ON r.list = own.list JOIN document d ON d.id = COALESCE(p.document, r.document) "
            "WHERE p.id = %s ORDER BY d.capture"
        )
    yield from (f"capture {sha256}" for (sha256,) in bulk.fetch_rows(sql, [target]) if sha256 not in standing)


def _find_summaries(target: str) -> Iterator[str]:
    sql = (
        "SELECT r.id FROM report p JOIN reading own ON own.id = p.reading JOIN reading r ON r.list = own.list "
        'WHERE p.id = %s AND r.summary LIKE %s ORDER BY r."row"'
    )
    for (identifier,) in bulk.fetch_rows(sql, [target, SUMMARY_WITH_WORDS]):
        yield f"reading {identifier}, whose summary lists words that stand for no code (--value summary)"


def _find_same_rows(target: str) -> Iterator[str]:
    sql = (
        "SELECT o.id FROM report p JOIN report o ON o.row_key = p.row_key WHERE p.id = %s AND o.id <> p.id "
        "AND (o.sealed IS NULL OR o.sealed LIKE %s) ORDER BY o.\"row\""
    )
    rows = bulk.fetch_rows(sql, [target, _SEALED_IN_PART])
    yield from (f"report {identifier}, the same row in another reading" for (identifier,) in rows)
