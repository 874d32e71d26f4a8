"""Walking WARC files, one's own or others', with warcio; to be called in the process apart."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from cenotaph.capture.limits import Limits
from cenotaph.capture.readers.contained import Contained, contained_types
from cenotaph.capture.warc.entries import PayloadEntry
from cenotaph.capture.warc.payloads import decode_body
from cenotaph.capture.warc.window import Window, find_record
from cenotaph.domain.errors import DamagedFileError, InputError
from cenotaph.domain.plurals import count_words

_CHUNK = 1 << 16
_BLANK = 8
_MOST_GAPS = 1000
_SHOWN = 5
_LONGEST = 4096
_CERTIFICATE = "application/pkix-cert"
_ROLES = ("page", "redirect", "requisite")


@dataclass
class _Walk:
    """How far a file was walked through: its whole records, where the last one ended, and what was wrong."""

    last: int
    count: int = 0
    wrong: list[str] = field(default_factory=list)


def walk_records(stream: BinaryIO, name: str, start: int = 0, end: int | None = None) -> Iterator[PayloadEntry]:
    """Yield the answers and files of a WARC file, in order; every block is hashed and compared with what its record says.

    Behind a record that is broken, the walk goes on with the next whole one.

    Raises
    ------
    DamagedFileError
        It is cut short, no WARC file, or a record is broken or does not hold the bytes that it says; what was yielded before
        stands, and the message says what was not read.
    """
    whole = end if end is not None else stream.seek(0, 2)
    walked = _Walk(start)
    begin: int | None = start
    while begin is not None:
        walked.last = begin
        broken = yield from _walk_run(stream, name, begin, end, walked)
        if not broken and whole - walked.last <= _BLANK:
            break
        following = find_record(stream, walked.last + 1, whole) if len(walked.wrong) < _MOST_GAPS else None
        gap = (following or whole) - walked.last
        where = f"{count_words(gap, 'byte')} from byte {walked.last:,} on hold no whole record and were not read"
        walked.wrong.append(where if following else f"it breaks off after {walked.count:,} records: {where}")
        begin = following
    if not walked.count:
        raise DamagedFileError(f"{name} holds no WARC record.", "Get it again.")
    if walked.wrong:
        more = f"; and {len(walked.wrong) - _SHOWN:,} more" if len(walked.wrong) > _SHOWN else ""
        raise DamagedFileError(
            f"{name} was read in part, {count_words(walked.count, 'whole record')}: {'; '.join(walked.wrong[:_SHOWN])}{more}.",
            "Get it again; what it is kept as stays.",
        )


def _walk_run(stream: BinaryIO, name: str, start: int, end: int | None, walked: _Walk) -> Generator[PayloadEntry, None, bool]:
    """Yield what records hold from a place on, as long as they are whole; return whether one was broken."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    waiting: PayloadEntry | None = None
    broken = False
    try:
        iterator = ArchiveIterator(Window(stream, start, end), check_digests=True)
        for record in iterator:
            entry, role = _read_record(record, name)
            checked = getattr(record, "digest_checker", None)
            if checked is not None and checked.passed is False:
                where = iterator.get_record_offset()
                walked.wrong.append(f"the record at byte {where:,} does not hold the bytes that it says and was not read")
                entry, role = None, ""
                if waiting is not None:  # What is said of this record further on is not said of the one before it.
                    yield waiting
                    waiting = None
            if role and waiting is not None and waiting.role == "other":
                waiting = _with_role(waiting, role)
            if entry is not None:
                if waiting is not None:
                    yield waiting
                waiting = PayloadEntry(iterator.get_record_offset(), iterator.get_record_length(), *entry)
            walked.count += 1
            walked.last = iterator.get_record_offset() + iterator.get_record_length()
    except (ArchiveLoadFailed, EOFError, OSError, ValueError, AttributeError, OverflowError, zlib.error) as error:
        if isinstance(error, PermissionError):
            raise
        broken = True
    if waiting is not None:
        yield waiting
    return broken


def _with_role(entry: PayloadEntry, role: str) -> PayloadEntry:
    from dataclasses import replace

    return replace(entry, role=role)


def _read_record(record: Any, name: str) -> tuple[tuple[Any, ...] | None, str]:
    headers = record.rec_headers
    kind = record.rec_type
    role = ""
    if kind == "metadata":
        text = record.raw_stream.read(_CHUNK).decode("utf-8", "replace")
        role = next((line[6:].strip() for line in text.splitlines() if line.startswith("role: ")), "")
    digest, size = hashlib.sha256(), 0
    while chunk := record.raw_stream.read(_CHUNK):
        digest.update(chunk)
        size += len(chunk)
    if getattr(record.raw_stream, "limit", 0) > 0:
        raise EOFError("the last record is shorter than it says")
    if kind not in ("response", "resource", "revisit"):
        return None, role if role in _ROLES else ""
    address = (headers.get_header("WARC-Target-URI") or "").strip("<>")[:_LONGEST]
    status, media = None, headers.get_header("Content-Type")
    if record.http_headers is not None:
        code = record.http_headers.get_statuscode() or ""
        status = int(code) if code.isascii() and code.isdigit() and len(code) == 3 else None
        media = record.http_headers.get_header("Content-Type")
    media = (media or "").split(";")[0].strip().lower()[:200] or None
    if kind == "resource" and media == _CERTIFICATE:
        return None, ""
    at = (headers.get_header("WARC-Date") or "")[:40]
    if any(ord(c) < 32 for c in address):
        raise DamagedFileError(f"{name} has a record whose address holds control characters.", "Do not trust it.")
    return (kind, address, at, status, media, digest.hexdigest(), size, "other"), ""


def open_record(
    stream: BinaryIO, name: str, offset: int, limits: Limits, encoding: str | None, address: str | None
) -> Contained:
    """Return the bytes of one answer in a WARC file, unpacked, ready to be read.

    Raises
    ------
    InputError
        No reader reads what it is, or it is over its type's limit.
    """
    from io import BytesIO

    from warcio.archiveiterator import ArchiveIterator

    stream.seek(offset)
    record = next(iter(ArchiveIterator(stream)))
    if record.http_headers is not None:
        headers = [(key, value) for key, value in record.http_headers.headers]
    else:
        headers = [("content-type", record.rec_headers.get_header("Content-Type") or "")]
    stated = next((value for key, value in headers if key.lower() == "content-type"), "")
    media, _, rest = stated.partition(";")
    media = media.strip().lower()
    most = limits.read_bytes
    raw = record.raw_stream.read(most + 1)
    data = decode_body(BytesIO(raw), headers, most)
    if media not in contained_types():
        from cenotaph.capture.media_types import find_type

        media = find_type(BytesIO(data), "")
    if media not in contained_types():
        raise InputError(f"{name}: no reader for {media} yet.", "It is kept.")
    charset = next((part.partition("=")[2].strip(" \"'") for part in rest.split(";") if "charset=" in part.lower()), None)
    return Contained(data, name, media, limits, encoding, charset, address)
