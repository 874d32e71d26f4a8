"""A capture's chain of custody: who did what with it, when, how and from where, out of the record and the ledger."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from cenotaph.casebook import bulk
from cenotaph.casebook.ledger import Actor
from cenotaph.casebook.store import Casebook
from cenotaph.services.capture_record import LAST_DETAIL
from cenotaph.services.private import ORIGINAL, is_private
from cenotaph.services.stamps import STAMPED

HANDED_ON = ("capture export", "capture bundle", "capture show")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was done.

    Parameters
    ----------
    entry, at, role, account
        The ledger's entry, when, and who.
    what
        What was done.
    detail
        How and from where, and what else is known of it.
    """

    entry: int
    at: str
    role: str
    account: str
    what: str
    detail: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document that was read out of a capture, and what the capture says of it."""

    id: str
    reader: str
    reader_version: str
    kind: str
    part: str | None
    sealed: bool
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Custody:
    """A capture and everything that was done with it, in the order of the ledger.

    Parameters
    ----------
    id, media_type, size
        The capture; of one under seal only its id is left.
    private
        It is an original that tells of whoever made it.
    documents
        What was read out of it; at most the first thousand.
    steps
        What was done.
    """

    id: str
    media_type: str | None
    size: int | None
    private: bool
    documents: tuple[DocumentLine, ...]
    steps: tuple[Step, ...]


def read_custody(capture: str, *, private: bool = False) -> Custody:
    """Return a capture's chain of custody.

    Parameters
    ----------
    capture
        Its whole id.
    private
        With what pictures tell of whoever took them (EXIF).
    """
    found = bulk.fetch_one("SELECT media_type, size FROM capture WHERE id = %s", [capture])
    media_type, size = found or (None, None)
    steps = sorted(_find_steps(capture), key=lambda step: (step.entry, step.what))
    return Custody(capture, media_type, size, is_private(capture), tuple(_list_documents(capture, private)), tuple(steps))


def note_look(casebook: Casebook, actor: Actor, capture: str) -> None:
    """Enter that somebody looked at what is private of a capture."""
    with casebook.writing(actor, "capture show") as entry:
        entry.detail.update({"captures": [capture], "private": True})


def _list_documents(capture: str, private: bool) -> Iterator[DocumentLine]:
    sql = (
        "SELECT d.id, d.reader, d.reader_version, d.kind, t.part, d.sealed, t.facts FROM document d "  # noqa: S608
        f'LEFT JOIN document_detail t ON t.document = d.id AND {LAST_DETAIL} WHERE d.capture = %s ORDER BY d."row" LIMIT 1000'
    )
    for identifier, reader, version, kind, part, sealed, facts in bulk.fetch_rows(sql, [capture]):
        values = json.loads(facts) if facts else {}
        other = values.pop("other", {})
        told = [(key, str(value)) for key, value in values.items()]
        told += [(key, str(value)) for key, value in other.items() if private or not key.startswith("exif ")]
        yield DocumentLine(identifier, reader, version, kind, part, sealed is not None, tuple(told))


def _find_steps(capture: str) -> Iterator[Step]:
    actors = _Actors()
    sql = 'SELECT entry, seen_at, how, origin, modified FROM sighting WHERE capture = %s ORDER BY "row"'
    for entry, _, how, origin, modified in bulk.fetch_rows(sql, [capture]):
        what = "kept, as an original that is private" if how == ORIGINAL else "kept"
        detail = [("how", how), ("from", origin or "under seal")]
        if modified:
            detail.append(("its own time", modified))
        yield actors.step(entry, what, detail)
    sql = (
        "SELECT a.entry, a.outcome, a.route, a.robots, a.status, a.reason, a.final_address, r.report, r.source "
        'FROM fetch_attempt a JOIN fetch_request r ON r.id = a.request WHERE a.capture = %s ORDER BY a."row"'
    )
    for entry, _, route, robots, status, reason, final, report, source in bulk.fetch_rows(sql, [capture]):
        named = (("route", route), ("rules for robots", robots), ("answered", status), ("note", reason), ("ended at", final))
        cited = (("cited by report", report), ("cited as source", source))
        yield actors.step(entry, "fetched", [(key, str(value)) for key, value in (*named, *cited) if value is not None])
    sql = (
        "SELECT entry, COUNT(*), MIN(reader), MIN(reader_version) FROM document WHERE capture = %s GROUP BY entry ORDER BY entry"
    )
    for entry, count, reader, version in bulk.fetch_rows(sql, [capture]):
        yield actors.step(entry, "read", [("documents", str(count)), ("reader", f"{reader} {version}")])
    sql = 'SELECT entry, at, outcome, route, status, now FROM look WHERE capture = %s ORDER BY "row"'
    for entry, _, outcome, route, status, now in bulk.fetch_rows(sql, [capture]):
        looked = (("found", outcome), ("route", route), ("answered", status), ("kept as capture", now))
        yield actors.step(entry, "looked whether it is still there", [(k, str(v)) for k, v in looked if v is not None])
    sql = "SELECT entry, reason_class, role FROM seal WHERE target_table = 'capture' AND target = %s ORDER BY \"row\""
    for entry, reason, _ in bulk.fetch_rows(sql, [capture]):
        yield actors.step(entry, "destroyed under seal", [("class of reason", reason)])
    marks = ", ".join(["%s"] * len(HANDED_ON))
    sql = f"SELECT number, action, detail FROM ledger_entry WHERE action IN ({marks}) AND detail LIKE %s ORDER BY number"  # noqa: S608
    for number, action, detail in bulk.fetch_rows(sql, [*HANDED_ON, f'%"{capture}"%']):
        values = json.loads(detail)
        told = [(key, str(values[key])) for key in ("format", "sha256", "private") if key in values]
        words = {"capture export": "handed on", "capture bundle": "put into a bundle", "capture show": "its private part shown"}
        yield actors.step(number, words[action], told)
    first = bulk.fetch_one("SELECT MIN(entry) FROM sighting WHERE capture = %s", [capture])
    if first and first[0]:
        sql = 'SELECT entry, stamped_entry, authority FROM stamp WHERE state = %s AND stamped_entry >= %s ORDER BY "row" LIMIT 20'
        for entry, stamped, authority in bulk.fetch_rows(sql, [STAMPED, first[0]]):
            yield actors.step(entry, "covered by a time stamp", [("on entry", str(stamped)), ("by", authority)])


class _Actors:
    """Looks up who wrote an entry, each once."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[str, str, str]] = {}

    def step(self, entry: int, what: str, detail: list[tuple[str, str]]) -> Step:
        """Return a step with who took it."""
        if entry not in self._known:
            found = bulk.fetch_one("SELECT at, role, account FROM ledger_entry WHERE number = %s", [entry])
            self._known[entry] = found or ("", "", "")
        at, role, account = self._known[entry]
        return Step(entry, at, role, account, what, tuple(detail))
