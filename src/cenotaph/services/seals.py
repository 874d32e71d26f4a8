"""Sealing: destroy what must go, leave a tombstone, keep the chain."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from cenotaph.capture.objects import destroy_object, object_path
from cenotaph.casebook import bulk, sealing, tombstones
from cenotaph.casebook.guarded import (
    ALLEGATION,
    CAPTURE,
    CHALLENGE,
    CHALLENGE_ANSWER,
    CLAIM,
    DOCUMENT,
    DOCUMENT_DETAIL,
    FETCH_ATTEMPT,
    FETCH_REQUEST,
    INCIDENT,
    INCIDENT_STATEMENT,
    INCIDENT_VICTIM,
    JUDGEMENT,
    LOOK,
    PAYLOAD,
    READING,
    REMAINS,
    REMAINS_EVENT,
    REPORT,
    SIGHTING,
    SOURCE,
    GuardedTable,
)
from cenotaph.casebook.ledger import Actor, Entry
from cenotaph.casebook.sealing import Tombstone
from cenotaph.casebook.store import Casebook
from cenotaph.domain.errors import BusyError, NotFoundError, RefusedError, UsageError
from cenotaph.services.linking_state import drop_linkage
from cenotaph.services.repeats import SUMMARY_WITH_WORDS, find_lone_sources, find_repeats, list_cited
from cenotaph.services.sources import CITED

REASON_CLASSES = ("family_request", "court_order", "living_person", "minor", "safety", "error", "law")
KINDS: dict[str, GuardedTable] = {
    "capture": CAPTURE,
    "document": DOCUMENT,
    "report": REPORT,
    "judgement": JUDGEMENT,
    "source": SOURCE,
    "reading": READING,
    "challenge": CHALLENGE,
    "challenge_answer": CHALLENGE_ANSWER,
    "request": FETCH_REQUEST,
    "incident": INCIDENT,
    "incident_statement": INCIDENT_STATEMENT,
    "incident_victim": INCIDENT_VICTIM,
    "remains": REMAINS,
    "remains_event": REMAINS_EVENT,
}
"""What can be sealed."""

_BY_VALUE = ("report", "judgement", "reading")
_DEFAULT_VALUE = {"judgement": "reason"}  # A judgement's answer is no words of its own, and counts rest on it.


@dataclass(frozen=True, slots=True)
class Sealed:
    """What one call sealed: rows by table, and what still holds the same words elsewhere."""

    entry: int
    rows: tuple[tuple[str, str, str | None], ...]
    still_stands: tuple[str, ...]


def seal(casebook: Casebook, actor: Actor, kind: str, target: str, reason_class: str, field: str | None = None) -> Sealed:
    """Destroy the content and salt of a record, or one value of it.

    A capture takes its documents' texts, its sightings' origins, the addresses that it was fetched from and those in it,
    and the words of readings' summaries with it, and a document what was claimed in it, and the reasons of judgements on
    that, and what incidents and remains quote of it: those rows hold its words. A report, or its value ``cites``, takes the
    sources with it that nothing else cites, and a report the reasons of judgements on it. A request takes its attempts with
    it. A report leaves its capture standing: what is returned says where the words can still be read. What is sealed
    already is destroyed again where an interrupted call left something of it.

    Parameters
    ----------
    kind
        One of :data:`KINDS`. Of a judgement, only the reason goes unless ``field`` says ``account``: counts rest on its
        answer. Of sources, those can go that are cited and speak in nothing that is kept.
    target
        Its id; a beginning of at least eight digits is enough where it is the only one.
    reason_class
        One of :data:`REASON_CLASSES`; nothing else about the reason is kept.
    field
        One value, such as ``name``, ``birth``, ``nationality`` or ``other.cells`` of a report, ``mapping`` or
        ``summary`` of a reading; None for the whole.

    Raises
    ------
    UsageError, NotFoundError, RefusedError
        Nothing was sealed.
    """
    if kind not in KINDS:
        raise UsageError(f"A {kind} cannot be sealed.", f"These can: {', '.join(KINDS)}.")
    if reason_class not in REASON_CLASSES:
        raise UsageError(f"There is no reason class '{reason_class}'.", f"They are: {', '.join(REASON_CLASSES)}.")
    if field is not None and kind not in _BY_VALUE:
        raise UsageError(
            f"The values of a {kind} cannot be sealed one by one.", "Leave --value away to seal the whole."
        )
    if kind == "judgement" and field == "answer":
        raise UsageError("A judgement's answer cannot be sealed: counts rest on it.", "Judge anew; its reason can go.")
    field = _DEFAULT_VALUE.get(kind) if field is None else field
    identifier = resolve_id(kind, target)
    if kind == "source":
        _check_cited(identifier)
    with casebook.writing(actor, "seal") as entry:
        cited = list_cited(identifier) if kind == "report" and field in (None, "cites") else ()
        rows = _seal_all(entry, kind, identifier, field, reason_class, cited)
        entry.detail.update({"kind": kind, "target": identifier, "field": field, "reason_class": reason_class, "rows": len(rows)})
        entry.after_commit.append(lambda: apply_seals(casebook))
        number = entry.number
    return Sealed(number, tuple(rows), tuple(find_repeats(kind, identifier, field, cited, [i for _, i, _ in rows])))


def resolve_id(kind: str, start: str) -> str:
    """Return the one id of a table that begins with ``start``.

    Raises
    ------
    NotFoundError
        There is none, or more than one.
    """
    table, named = KINDS[kind].name if kind in KINDS else kind, kind.replace("_", " ")
    if len(start) < 8:
        raise NotFoundError(f"'{start}' is too short for an id ({named}).", "Give at least its first eight digits.")
    low, high = start, start + "g"  # The digit after f: every id that begins so lies between.
    found = bulk.fetch_rows(f'SELECT id FROM "{table}" WHERE id >= %s AND id < %s ORDER BY id LIMIT 2', [low, high])  # noqa: S608
    if len(found) == 1:
        return str(found[0][0])
    how_many = "no" if not found else "more than one"
    raise NotFoundError(f"There is {how_many} {named} whose id begins with '{start}'.", "Look it up with the list command.")


def _check_cited(identifier: str) -> None:
    found = bulk.fetch_one("SELECT kind FROM source WHERE id = %s", [identifier])
    if found and found[0] != CITED:
        raise RefusedError(
            f"Source {identifier} speaks in what is kept; only sources that are cited and nothing more can be sealed.",
            "Seal the captures and reports that must go.",
        )


def _seal_all(
    entry: Entry, kind: str, target: str, field: str | None, reason_class: str, cited: Sequence[str]
) -> list[tuple[str, str, str | None]]:
    targets: list[tuple[GuardedTable, str, str | None]] = [(KINDS[kind], target, field)]
    if kind == "capture":
        targets += [(DOCUMENT, i, None) for i in sealing.find_targets("document", "capture", target)]
        targets += [(SIGHTING, i, None) for i in sealing.find_targets("sighting", "capture", target)]
        targets += [(READING, i, "summary") for i in _find_readings(target)]
        for holding in (PAYLOAD, FETCH_ATTEMPT, LOOK):
            targets += [(holding, i, None) for i in sealing.find_targets(holding.name, "capture", target)]
        targets += [(FETCH_REQUEST, i, None) for i in _find_requests(target)]
    if kind == "request":
        targets += [(FETCH_ATTEMPT, i, None) for i in sealing.find_targets("fetch_attempt", "request", target)]
    if kind == "report" and field is None:
        judged = "SELECT id FROM judgement WHERE target = %s AND reason IS NOT NULL ORDER BY \"row\""
        targets += [(JUDGEMENT, i, "reason") for (i,) in bulk.fetch_rows(judged, [target])]
    targets += [(SOURCE, i, None) for i in find_lone_sources(target, cited)]
    for document in [identifier for table, identifier, _ in targets if table is DOCUMENT]:
        targets += [(DOCUMENT_DETAIL, i, None) for i in sealing.find_targets("document_detail", "document", document)]
        for quoting in (INCIDENT_STATEMENT, REMAINS_EVENT):
            targets += [(quoting, i, None) for i in sealing.find_targets(quoting.name, "document", document)]
        for repeating in (CLAIM, ALLEGATION):
            targets += [(repeating, i, None) for i in sealing.find_targets(repeating.name, "document", document)]
            targets += [(JUDGEMENT, i, "reason") for i in _find_reasons(repeating.name, document)]
    done: list[tuple[str, str, str | None]] = []
    for table, identifier, value in targets:
        if sealing.seal_row(entry, table, identifier, value, Tombstone(reason_class)):
            done.append((table.name, identifier, value))
    return done


def _find_reasons(table: str, document: str) -> list[str]:
    """Return the judgements with a reason on what was claimed in a document."""
    sql = (
        f'SELECT j.id FROM judgement j WHERE j.target_kind = %s AND j.reason IS NOT NULL '  # noqa: S608
        f'AND j.target IN (SELECT c."{table}" FROM "{table}" c WHERE c.document = %s) ORDER BY j."row"'
    )
    return [str(row[0]) for row in bulk.fetch_rows(sql, [table, document])]


def _find_requests(capture: str) -> list[str]:
    """Return the requests that a capture answered: their addresses go with it."""
    sql = 'SELECT DISTINCT request FROM fetch_attempt WHERE capture = %s ORDER BY request'
    return [str(row[0]) for row in bulk.fetch_rows(sql, [capture])]


def _find_readings(capture: str) -> list[str]:
    """Return the readings made from a capture whose summaries hold words, as those of earlier versions did."""
    sql = (
        "SELECT r.id FROM reading r JOIN document d ON d.id = r.document "
        'WHERE d.capture = %s AND r.summary LIKE %s ORDER BY r."row"'
    )
    return [row[0] for row in bulk.fetch_rows(sql, [capture, SUMMARY_WITH_WORDS])]


def apply_seals(casebook: Casebook) -> None:
    """Destroy the bytes of sealed captures and whatever else is left of sealed content; safe to repeat.

    Raises
    ------
    BusyError, StoreError
        Something of it is still there; the next writer does the rest.
    """
    drop_linkage(casebook)
    objects = casebook.objects
    tombstones.finish(casebook, lambda sha256: object_path(objects, sha256), lambda sha256: destroy_object(objects, sha256))


def finish_seals(casebook: Casebook) -> None:
    """Do what an interrupted seal left to be done, within the writer's lock."""
    if tombstones.is_pending(casebook):
        with suppress(BusyError):  # A reader is still there: the writer after this one tries again.
            apply_seals(casebook)
