"""Sealing: destroy what must go, leave a tombstone, keep the chain."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from cenotaph.capture.objects import destroy_object, object_path
from cenotaph.casebook import bulk, sealing, tombstones
from cenotaph.casebook.guarded import ALLEGATION, CAPTURE, CLAIM, DOCUMENT, REPORT, SIGHTING, GuardedTable
from cenotaph.casebook.ledger import Actor, Entry
from cenotaph.casebook.sealing import Tombstone
from cenotaph.casebook.store import Casebook
from cenotaph.domain.errors import BusyError, NotFoundError, UsageError

REASON_CLASSES = ("family_request", "court_order", "living_person", "minor", "safety", "error", "law")
_SEALED_IN_PART = '%"fields"%'  # What the mark of a row is like that has lost single values.
_KINDS: dict[str, GuardedTable] = {"capture": CAPTURE, "document": DOCUMENT, "report": REPORT}


@dataclass(frozen=True, slots=True)
class Sealed:
    """What one call sealed: rows by table, and what still holds the same words elsewhere."""

    entry: int
    rows: tuple[tuple[str, str, str | None], ...]
    still_stands: tuple[str, ...]


def seal(casebook: Casebook, actor: Actor, kind: str, target: str, reason_class: str, field: str | None = None) -> Sealed:
    """Destroy the content and salt of a capture, a document, a report, or one value of a report.

    A capture takes its documents' texts and its sightings' origins with it, since they repeat it, and a document what was
    claimed in it: those rows hold its words. A report leaves its
    capture standing: what is returned says where the words can still be read. What is sealed already is destroyed again
    where an interrupted call left something of it.

    Parameters
    ----------
    kind
        ``capture``, ``document`` or ``report``.
    target
        Its id; a beginning of at least eight digits is enough where it is the only one.
    reason_class
        One of :data:`REASON_CLASSES`; nothing else about the reason is kept.
    field
        One value of a report, such as ``name``, ``birth``, ``nationality`` or ``other.cells``; None for the whole.

    Raises
    ------
    UsageError, NotFoundError, RefusedError
        Nothing was sealed.
    """
    if kind not in _KINDS:
        raise UsageError(f"A {kind} cannot be sealed.", f"These can: {', '.join(_KINDS)}.")
    if reason_class not in REASON_CLASSES:
        raise UsageError(f"There is no reason class '{reason_class}'.", f"They are: {', '.join(REASON_CLASSES)}.")
    if field is not None and kind != "report":
        raise UsageError("Only a report's values can be sealed one by one.", "Leave --value away to seal the whole.")
    identifier = resolve_id(kind, target)
    with casebook.writing(actor, "seal") as entry:
        rows = _seal_all(entry, kind, identifier, field, reason_class)
        entry.detail.update({"kind": kind, "target": identifier, "field": field, "reason_class": reason_class, "rows": len(rows)})
        entry.after_commit.append(lambda: apply_seals(casebook))
        number = entry.number
    return Sealed(number, tuple(rows), tuple(_find_repeats(kind, identifier)))


def resolve_id(kind: str, start: str) -> str:
    """Return the one id of a table that begins with ``start``.

    Raises
    ------
    NotFoundError
        There is none, or more than one.
    """
    table = _KINDS[kind].name if kind in _KINDS else kind
    if len(start) < 8:
        raise NotFoundError(f"'{start}' is too short for the id of a {kind}.", "Give at least its first eight digits.")
    low, high = start, start + "g"  # The digit after f: every id that begins so lies between.
    found = bulk.fetch_rows(f'SELECT id FROM "{table}" WHERE id >= %s AND id < %s ORDER BY id LIMIT 2', [low, high])  # noqa: S608
    if len(found) == 1:
        return str(found[0][0])
    how_many = "no" if not found else "more than one"
    raise NotFoundError(f"There is {how_many} {kind} whose id begins with '{start}'.", "Look it up with the list command.")


def _seal_all(entry: Entry, kind: str, target: str, field: str | None, reason_class: str) -> list[tuple[str, str, str | None]]:
    targets: list[tuple[GuardedTable, str, str | None]] = [(_KINDS[kind], target, field)]
    if kind == "capture":
        targets += [(DOCUMENT, i, None) for i in sealing.find_targets("document", "capture", target)]
        targets += [(SIGHTING, i, None) for i in sealing.find_targets("sighting", "capture", target)]
    for document in [identifier for table, identifier, _ in targets if table is DOCUMENT]:
        for repeating in (CLAIM, ALLEGATION):
            targets += [(repeating, i, None) for i in sealing.find_targets(repeating.name, "document", document)]
    done: list[tuple[str, str, str | None]] = []
    for table, identifier, value in targets:
        if sealing.seal_row(entry, table, identifier, value, Tombstone(reason_class)):
            done.append((table.name, identifier, value))
    return done


def apply_seals(casebook: Casebook) -> None:
    """Destroy the bytes of sealed captures and whatever else is left of sealed content; safe to repeat.

    Raises
    ------
    BusyError, StoreError
        Something of it is still there; the next writer does the rest.
    """
    objects = casebook.objects
    tombstones.finish(casebook, lambda sha256: object_path(objects, sha256), lambda sha256: destroy_object(objects, sha256))


def finish_seals(casebook: Casebook) -> None:
    """Do what an interrupted seal left to be done, within the writer's lock."""
    if tombstones.is_pending(casebook):
        with suppress(BusyError):  # A reader is still there: the writer after this one tries again.
            apply_seals(casebook)


def _find_repeats(kind: str, target: str) -> Iterator[str]:
    """Yield where the sealed words can still be read: reports, captures that they were read from, judgements."""
    if kind != "report":
        column = "capture" if kind == "capture" else "id"
        found = bulk.fetch_one(
            "SELECT COUNT(*) FROM report p LEFT JOIN reading r ON r.id = p.reading "  # noqa: S608
            "JOIN document d ON d.id = COALESCE(p.document, r.document) "
            f"WHERE d.{column} = %s AND (p.sealed IS NULL OR p.sealed LIKE %s)",
            [target, _SEALED_IN_PART],
        )
        if found and found[0]:
            yield f"{found[0]} reports that were read from it"
    if kind != "capture":
        standing = set(tombstones.sealed_captures())
        sql = "SELECT capture FROM document WHERE id = %s"
        if kind == "report":  # Any release of its list may hold the same row, changed or not.
            sql = (
                "SELECT DISTINCT d.capture FROM report p LEFT JOIN reading own ON own.id = p.reading "
                "LEFT JOIN reading r ON r.list = own.list JOIN document d ON d.id = COALESCE(p.document, r.document) "
                "WHERE p.id = %s ORDER BY d.capture"
            )
        yield from (f"capture {sha256}" for (sha256,) in bulk.fetch_rows(sql, [target]) if sha256 not in standing)
    if kind == "report":
        sql = (
            "SELECT o.id FROM report p JOIN report o ON o.row_key = p.row_key WHERE p.id = %s AND o.id <> p.id "
            "AND (o.sealed IS NULL OR o.sealed LIKE %s) ORDER BY o.\"row\""
        )
        rows = bulk.fetch_rows(sql, [target, _SEALED_IN_PART])
        yield from (f"report {identifier}, the same row in another reading" for (identifier,) in rows)
    found = bulk.fetch_one("SELECT COUNT(*) FROM judgement WHERE target = %s", [target])
    if found and found[0]:
        yield f"{found[0]} judgements on it, whose reasons are words of their own"
