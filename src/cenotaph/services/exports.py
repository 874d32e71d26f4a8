"""Handing captures on as WARC or WACZ, for tools that replay them; the ledger says what left the casebook."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cenotaph import __version__
from cenotaph.capture.clear_copies import readable_path
from cenotaph.capture.media_types import WARC
from cenotaph.capture.objects import ObjectState, check_object
from cenotaph.capture.warc.entries import PayloadEntry
from cenotaph.capture.warc.records import WarcWriter, field_block, make_record_id
from cenotaph.capture.warc.wacz import Archived, ListedPage, write_wacz
from cenotaph.casebook import bulk
from cenotaph.casebook.failures import told_apart
from cenotaph.casebook.ledger import Actor
from cenotaph.casebook.store import Casebook
from cenotaph.domain.canonical import JsonValue
from cenotaph.domain.errors import LedgerBrokenError, RefusedError
from cenotaph.services.output_files import check_output
from cenotaph.services.private import refusal
from cenotaph.services.seals import resolve_id

SOFTWARE = f"Cenotaph/{__version__}"
_GZIP = b"\x1f\x8b"
_ADDRESS_LISTED = 1000
_MOST_TOLD = 20


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: the file, its hash, how many captures, which are under seal, and which are private, and why."""

    path: Path
    sha256: str
    captures: int
    sealed: tuple[str, ...]
    private: tuple[tuple[str, str], ...] = ()


def list_all() -> list[str]:
    """Return the ids of all captures in the order they came."""
    return [row[0] for chunk in bulk.stream_rows('SELECT id FROM capture ORDER BY "row"') for row in chunk]


def export_captures(
    casebook: Casebook,
    actor: Actor,
    starts: Sequence[str],
    path: Path,
    *,
    wacz: bool,
    private: bool = False,
    progress: Callable[[str, int], None] = lambda *_: None,
) -> Exported:
    """Write captures into one file.

    A fetched page goes out as its records are kept, a file is wrapped into a record that names its hash.

    Parameters
    ----------
    starts
        Ids, or their beginnings; none for all.
    wacz
        Write WACZ instead of WARC.
    private
        Originals that tell of whoever made them, and pictures that do (EXIF), go out too; without it they are left out, or
        refused where they are named.

    Raises
    ------
    RefusedError
        Something lies at the path, a capture is private or cannot go into one WARC file, or nothing is left to be written.
    LedgerBrokenError
        A capture's bytes are missing or not the ones that were kept: nothing is written.
    """
    path = path.absolute()
    if path.exists():
        raise RefusedError(f"{path.name} exists already.", "Name another file.")
    chosen = [resolve_id("capture", start) for start in starts] or list_all()
    chosen = list(dict.fromkeys(chosen))
    partial = check_output(path).with_name(path.name + ".partial")
    sealed = [identifier for identifier in chosen if _read_type(identifier) is None]
    going = [identifier for identifier in chosen if identifier not in set(sealed)]
    kept_back: dict[str, RefusedError] = {}
    if not private:
        with told_apart():
            kept_back = {identifier: why for identifier in going if (why := refusal(casebook, identifier))}
        if starts and kept_back:
            raise next(iter(kept_back.values()))
        going = [identifier for identifier in going if identifier not in kept_back]
    if chosen and not going:
        if kept_back:
            shown = "; ".join(why.message.rstrip(".") for why in list(kept_back.values())[:_MOST_TOLD])
            more = f"; and {len(kept_back) - _MOST_TOLD} more" if len(kept_back) > _MOST_TOLD else ""
            raise RefusedError(f"Nothing was written: {shown}{more}.", "Where they must go out, state --private.")
        raise RefusedError("Nothing was written: of what is under seal nothing is left.", "Look at its tombstone.")
    try:
        with told_apart():
            partial.unlink(missing_ok=True)
            for identifier in going:
                _check_bytes(casebook, identifier)
            if wacz:
                _write_wacz(casebook, going, partial, casebook.clock(), progress)
            else:
                _write_warc(casebook, going, partial, progress)
            with partial.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
                os.fsync(stream.fileno())
        kept: list[JsonValue] = list(going)
        with casebook.writing(actor, "capture export") as entry:
            entry.detail.update({"captures": kept, "format": "wacz" if wacz else "warc", "sha256": digest, "private": private})
        with told_apart():
            partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
    return Exported(path, digest, len(going), tuple(sealed), tuple((key, why.message) for key, why in kept_back.items()))


def _read_type(identifier: str) -> str | None:
    found = bulk.fetch_one("SELECT media_type FROM capture WHERE id = %s", [identifier])
    return found[0] if found else None


def _check_bytes(casebook: Casebook, identifier: str) -> None:
    state = check_object(casebook.objects, identifier)
    if state is not ObjectState.OK:
        raise LedgerBrokenError(f"Capture {identifier} is {state}: nothing was written.", "Run `cenotaph ledger verify`.")


def _write_warc(casebook: Casebook, going: Sequence[str], path: Path, progress: Callable[[str, int], None]) -> None:
    with path.open("xb") as stream:
        writer = WarcWriter(stream)
        for identifier in going:
            if _read_type(identifier) == WARC:
                with readable_path(casebook.objects, identifier).open("rb") as source:
                    if source.read(2) != _GZIP:
                        raise RefusedError(
                            f"Capture {identifier[:12]} is a WARC file without packing, which cannot follow packed ones.",
                            "Export it alone with --wacz.",
                        )
                    source.seek(0)
                    while chunk := source.read(1 << 20):
                        writer.copy(chunk)
            else:
                _wrap(casebook, identifier, writer)
            progress("captures", 1)


def _wrap(casebook: Casebook, identifier: str, writer: WarcWriter) -> PayloadEntry:
    """Write a file as a resource record, with what the record knows of where it came from."""
    media_type = _read_type(identifier) or "application/octet-stream"
    found = bulk.fetch_one(
        'SELECT seen_at, origin, how FROM sighting WHERE capture = %s ORDER BY "row" LIMIT 1', [identifier]
    )
    seen_at, origin, how = found or ("1970-01-01T00:00:00.000000Z", None, "file")
    at = datetime.fromisoformat(seen_at)
    target = f"urn:sha256:{identifier}"
    offset = writer.offset
    with readable_path(casebook.objects, identifier).open("rb") as stream:
        record = make_record_id("resource", identifier)
        written = writer.write("resource", record, at, media_type, stream, target=target)
    fields = [("via", f"{how}: {origin}" if origin else how), ("software", SOFTWARE)]
    about = make_record_id("metadata", identifier)
    more = [("WARC-Concurrent-To", f"<{record}>")]
    writer.write("metadata", about, at, "application/warc-fields", field_block(fields), target=target, more=more)
    return PayloadEntry(
        offset, written.length, "resource", target, at.isoformat(), None, media_type, written.payload, written.size, "other"
    )


def _write_wacz(
    casebook: Casebook, going: Sequence[str], path: Path, now: datetime, progress: Callable[[str, int], None]
) -> None:
    folder = Path(tempfile.mkdtemp(prefix=".export-", dir=path.parent))
    try:
        write_wacz(
            path,
            _archived(casebook, going, folder, progress),
            list_pages(going),
            title=casebook.settings.text("casebook.title"),
            created=now,
            software=SOFTWARE,
        )
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _archived(
    casebook: Casebook, going: Sequence[str], folder: Path, progress: Callable[[str, int], None]
) -> Iterator[Archived]:
    files = [identifier for identifier in going if _read_type(identifier) != WARC]
    for identifier in going:
        if identifier in set(files):
            continue
        kept = readable_path(casebook.objects, identifier)
        with kept.open("rb") as stream:
            ending = "warc.gz" if stream.read(2) == _GZIP else "warc"
        yield Archived(f"{identifier[:16]}.{ending}", kept, tuple(read_payloads(identifier)))
        progress("captures", 1)
    if files:
        made = folder / "files.warc.gz"
        with made.open("xb") as stream:
            writer = WarcWriter(stream)
            entries = [_wrap(casebook, identifier, writer) for identifier in files]
        yield Archived(made.name, made, tuple(entries))
        progress("captures", len(files))


def read_payloads(capture: str) -> Iterator[PayloadEntry]:
    """Yield what a captured WARC file holds, as it was indexed."""
    sql = (
        "SELECT record_start, record_length, kind, address, at, status, media_type, payload_hash, size, role FROM payload "
        'WHERE capture = %s AND address IS NOT NULL ORDER BY "row"'
    )
    for chunk in bulk.stream_rows(sql, [capture]):
        yield from (PayloadEntry(*row) for row in chunk)


def list_pages(captures: Sequence[str]) -> Iterator[ListedPage]:
    """Yield the pages of captures that were fetched, with their titles and texts."""
    for capture in captures:
        sql = (
            "SELECT p.address, p.at, t.facts, d.text FROM payload p LEFT JOIN document_detail t ON t.payload = p.id "
            "LEFT JOIN document d ON d.id = t.document WHERE p.capture = %s AND p.role = 'page' AND p.address IS NOT NULL "
            'ORDER BY p."row"'
        )
        for address, at, facts, text in bulk.fetch_rows(sql, [capture]):
            title = json.loads(facts).get("title") if facts else None
            yield ListedPage(address, at, title or address[:_ADDRESS_LISTED], text or "")
