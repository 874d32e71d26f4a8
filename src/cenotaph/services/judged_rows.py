"""Judgements on rows of lists: they hold as long as a row's words stand, under whatever mapping these are read."""

from __future__ import annotations

from typing import Literal

from cenotaph.casebook import bulk
from cenotaph.casebook.history import read_readings
from cenotaph.count.membership import chain_readings

Lapse = Literal["changed", "withdrawn"]

_JUDGED = (
    "SELECT DISTINCT p.id, p.row_key, p.content, r.list FROM judgement j JOIN report p ON p.id = j.target "
    "JOIN reading r ON r.id = p.reading WHERE j.target_kind = 'report' AND p.row_key IS NOT NULL"
)


def read_judged(list_id: str) -> dict[str, list[tuple[str, str | None]]]:
    """Return the judgements on a list's rows that no later one replaced, by row: the report each is about, and its content."""
    sql = (
        "SELECT p.row_key, p.id, p.content FROM judgement j JOIN report p ON p.id = j.target "
        "JOIN reading r ON r.id = p.reading WHERE j.target_kind = 'report' AND p.row_key IS NOT NULL AND r.list = %s "
        "AND NOT EXISTS (SELECT 1 FROM judgement k WHERE k.target = j.target AND k.replaces = j.id)"
    )
    found: dict[str, list[tuple[str, str | None]]] = {}
    for key, report, content in bulk.fetch_rows(sql, [list_id]):
        found.setdefault(key, []).append((report, content))
    return found


def holds_for(judged: tuple[str, str | None], report: str | None, content: str | None) -> bool:
    """Tell whether a judgement on one report of a row holds for another: the same, or read from the same words."""
    return report is not None and (judged[0] == report or (judged[1] is not None and judged[1] == content))


def find_lapsed(target: str | None = None) -> dict[str, Lapse]:
    """Return the judged reports whose judgements move no number now: their row says something else, or stands no more.

    Parameters
    ----------
    target
        Only reports whose ids begin so.
    """
    where, begins = (" AND j.target >= %s AND j.target < %s", [target, target + "g"]) if target else ("", [])
    by_list: dict[str, dict[str, tuple[str, str | None]]] = {}
    for report, key, content, list_id in bulk.fetch_rows(_JUDGED + where, begins):
        by_list.setdefault(list_id, {})[report] = (key, content)
    readings = read_readings() if by_list else []
    found: dict[str, Lapse] = {}
    for list_id, reports in by_list.items():
        chain = [reading.number for reading in chain_readings(readings, list_id).readings]
        standing = read_standing_rows({key for key, _ in reports.values()}, chain)
        for report, (key, content) in reports.items():
            now = standing.get(key)
            if now is None or now[0] is None:
                found[report] = "withdrawn"
            elif not holds_for((report, content), *now):
                found[report] = "changed"
    return found


def read_standing_rows(keys: set[str], chain: list[int]) -> dict[str, tuple[str | None, str | None]]:
    """Return the report and the content that each of some rows has after a chain of readings; the last word on it wins."""
    place = {number: at for at, number in enumerate(chain)}
    latest: dict[str, tuple[int, str | None, str | None]] = {}
    statements = (
        'SELECT g."row", p.row_key, p.id, p.content FROM report p JOIN reading g ON g.id = p.reading WHERE p.row_key',
        'SELECT g."row", c.row_key, c.report, p.content FROM list_change c JOIN reading g ON g.id = c.reading '
        "LEFT JOIN report p ON p.id = c.report WHERE c.row_key",
    )
    wanted = sorted(keys)
    for after, sql in enumerate(statements):
        for at in range(0, len(wanted), 500):
            some = wanted[at : at + 500]
            for number, key, report, content in bulk.fetch_rows(f"{sql} IN ({', '.join(['%s'] * len(some))})", some):
                if number in place:
                    word = (2 * place[number] + after, report, content)
                    latest[key] = max(latest.get(key, word), word, key=lambda item: item[0])
    return {key: (report, content) for key, (_, report, content) in latest.items()}
