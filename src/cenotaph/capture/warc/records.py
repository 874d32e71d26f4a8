"""Writing WARC 1.1 records (ISO 28500:2017): each packed by itself, its block as it was, SHA-256 of block and payload."""

from __future__ import annotations

import base64
import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import BinaryIO, Protocol
from uuid import UUID

VERSION = "WARC/1.1"
RESPONSE = "application/http; msgtype=response"
REQUEST = "application/http; msgtype=request"
FIELDS = "application/warc-fields"
_CHUNK = 1 << 18


class Out(Protocol):
    """What records are written to."""

    def write(self, chunk: bytes, /) -> object:
        """Take bytes."""


@dataclass(frozen=True, slots=True)
class Written:
    """Where one record stands in its file, and what it holds.

    Parameters
    ----------
    id
        The record's URN.
    offset, length
        Its place in the file, in bytes, as packed.
    payload
        SHA-256 of the payload, in hexadecimal; nothing where the record has none apart from its block.
    size
        Bytes of the payload.
    """

    id: str
    offset: int
    length: int
    payload: str
    size: int


def format_date(instant: datetime) -> str:
    """Return an instant as WARC writes it."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def digest_label(digest: bytes) -> str:
    """Return a SHA-256 as WARC tools write it: in base 32."""
    return "sha256:" + base64.b32encode(digest).decode("ascii")


def make_record_id(*parts: str) -> str:
    """Return a record's URN, from what makes it the one it is: the same record has the same one."""
    return f"urn:uuid:{UUID(bytes=hashlib.sha256(chr(0).join(parts).encode()).digest()[:16], version=4)}"


class WarcWriter:
    """Writes records one after the other, each a gzip member of its own.

    Parameters
    ----------
    out
        Where they go.
    """

    def __init__(self, out: Out) -> None:
        self._out = out
        self._offset = 0

    @property
    def offset(self) -> int:
        """How many bytes were written."""
        return self._offset

    def write(
        self,
        kind: str,
        record_id: str,
        at: datetime,
        content_type: str,
        block: BinaryIO | bytes,
        *,
        target: str | None = None,
        head: int = 0,
        more: Sequence[tuple[str, str]] = (),
    ) -> Written:
        """Write one record.

        Parameters
        ----------
        kind
            ``warcinfo``, ``request``, ``response``, ``resource`` or ``metadata``.
        block
            Its bytes; a stream is read from its beginning, twice.
        head
            How many bytes of the block stand before its payload, as the head of an HTTP message does.
        """
        whole, payload, size = _hash_block(block, head)
        has_payload = kind in ("response", "resource")
        fields = [
            ("WARC-Type", kind),
            ("WARC-Record-ID", f"<{record_id}>"),
            ("WARC-Date", format_date(at)),
            *([("WARC-Target-URI", target)] if target else []),
            *more,
            ("WARC-Block-Digest", digest_label(whole)),
            *([("WARC-Payload-Digest", digest_label(payload))] if has_payload else []),
            ("Content-Type", content_type),
            ("Content-Length", str(size)),
        ]
        text = f"{VERSION}\r\n" + "".join(f"{name}: {_one_line(value)}\r\n" for name, value in fields) + "\r\n"
        start = self._offset
        # No time and no system in the member's head: the same records give the same bytes.
        packer = zlib.compressobj(6, zlib.DEFLATED, zlib.MAX_WBITS + 16)
        self._put(packer.compress(text.encode("utf-8")))
        if isinstance(block, bytes):
            self._put(packer.compress(block))
        else:
            block.seek(0)
            while chunk := block.read(_CHUNK):
                self._put(packer.compress(chunk))
        self._put(packer.compress(b"\r\n\r\n") + packer.flush())
        return Written(record_id, start, self._offset - start, payload.hex() if has_payload else "", size - head)

    def copy(self, chunk: bytes) -> None:
        """Add bytes that are records already."""
        self._put(chunk)

    def _put(self, chunk: bytes) -> None:
        if chunk:
            self._out.write(chunk)
            self._offset += len(chunk)


def _hash_block(block: BinaryIO | bytes, head: int) -> tuple[bytes, bytes, int]:
    if isinstance(block, bytes):
        return hashlib.sha256(block).digest(), hashlib.sha256(block[head:]).digest(), len(block)
    block.seek(0)
    first = block.read(head)
    whole, payload, size = hashlib.sha256(first), hashlib.sha256(), len(first)
    while chunk := block.read(_CHUNK):
        whole.update(chunk)
        payload.update(chunk)
        size += len(chunk)
    return whole.digest(), payload.digest(), size


def _one_line(value: str) -> str:
    return " ".join(value.splitlines()) if value.splitlines() != [value] else value


def field_block(fields: Sequence[tuple[str, str]]) -> bytes:
    """Return named fields as the block of a ``warcinfo`` or ``metadata`` record."""
    return "".join(f"{name}: {_one_line(value)}\r\n" for name, value in fields if value).encode("utf-8")
