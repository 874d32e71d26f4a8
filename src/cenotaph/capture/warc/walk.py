"""Walking WARC files, one's own or others', with warcio; to be called in the process apart."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from cenotaph.capture.limits import Limits
from cenotaph.capture.readers.contained import Contained, contained_types
from cenotaph.capture.warc.entries import PayloadEntry
from cenotaph.capture.warc.payloads import decode_body
from cenotaph.domain.errors import DamagedFileError, InputError

_CHUNK = 1 << 16
_BLANK = 8
_LONGEST = 4096
_CERTIFICATE = "application/pkix-cert"
_ROLES = ("page", "redirect", "requisite")


class _Window:
    """A part of a file, read as if it were a whole one."""

    def __init__(self, stream: BinaryIO, start: int, end: int | None) -> None:
        self._stream = stream
        self._start = start
        self._end = end
        stream.seek(start)

    def read(self, count: int = -1) -> bytes:
        if self._end is not None:
            left = max(0, self._end - self._stream.tell())
            count = left if count < 0 else min(count, left)
        return self._stream.read(count)

    def tell(self) -> int:
        return self._stream.tell()


def walk_records(stream: BinaryIO, name: str, start: int = 0, end: int | None = None) -> Iterator[PayloadEntry]:
    """Yield the answers and files of a WARC file, in order; every block is hashed and compared with what its record says.

    Raises
    ------
    DamagedFileError
        It is cut short, no WARC file, or a record's bytes are not those that it says; what was yielded before it stands.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    waiting: PayloadEntry | None = None
    count = 0
    last = start
    whole = end if end is not None else stream.seek(0, 2)
    try:
        iterator = ArchiveIterator(_Window(stream, start, end), check_digests=True)
        for record in iterator:
            count += 1
            entry, role = _read_record(record, name)
            checked = getattr(record, "digest_checker", None)
            if checked is not None and checked.passed is False:
                where = iterator.get_record_offset()
                raise DamagedFileError(
                    f"{name}: the record at byte {where:,} does not hold the bytes that it says.", "Get the file again."
                )
            if role and waiting is not None and waiting.role == "other":
                waiting = _with_role(waiting, role)
            if entry is not None:
                if waiting is not None:
                    yield waiting
                waiting = PayloadEntry(iterator.get_record_offset(), iterator.get_record_length(), *entry)
            last = iterator.get_record_offset() + iterator.get_record_length()
    except (ArchiveLoadFailed, EOFError, OSError, ValueError, AttributeError, UnicodeError, OverflowError) as error:
        if isinstance(error, PermissionError):
            raise
        if waiting is not None:
            yield waiting
        raise DamagedFileError(
            f"{name} is no whole WARC file: it breaks off after {count:,} records ({ascii(str(error))[1:101]}).",
            "Get it again; what it is kept as stays.",
        ) from error
    if waiting is not None:
        yield waiting
    if not count:
        raise DamagedFileError(f"{name} holds no WARC record.", "Get it again.")
    if whole - last > _BLANK:
        raise DamagedFileError(f"{name} breaks off after {count:,} records.", "Get it again; what it is kept as stays.")


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
