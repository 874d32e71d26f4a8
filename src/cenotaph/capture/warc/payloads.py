"""The body of an HTTP answer as it stands on the wire, undone: its chunks joined, its packing taken off, within a limit."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from cenotaph.domain.errors import DamagedFileError, TooLargeError

_CHUNK = 1 << 16
_MOST_LINE = 1024


def decode_body(stream: BinaryIO, headers: Iterable[tuple[str, str]], most: int, *, cut: bool = False) -> bytes:
    """Return a body's bytes.

    Parameters
    ----------
    stream
        At the body's beginning.
    headers
        The answer's headers; names in any case.
    most
        Most bytes of it unpacked.
    cut
        Return the first ``most`` bytes of a longer one instead of refusing it.

    Raises
    ------
    TooLargeError
        It is longer.
    DamagedFileError
        Its chunks or its packing are broken, or packed in a way that is not known.
    """
    named = {name.lower(): value.lower() for name, value in headers}
    pieces = _read_chunked(stream) if "chunked" in named.get("transfer-encoding", "") else _read_plain(stream)
    for coding in reversed([c.strip() for c in named.get("content-encoding", "").split(",") if c.strip()]):
        if coding in ("gzip", "x-gzip", "deflate"):
            pieces = _unpack(pieces, coding)
        elif coding != "identity":
            raise DamagedFileError(f"The answer is packed as {coding[:20]!a}, which is not read.", "Fetch it anew.")
    data = bytearray()
    for piece in pieces:
        data += piece
        if len(data) > most:
            if cut:
                return bytes(data[:most])
            raise TooLargeError(f"The answer unpacks to over {most:,} bytes.", "Raise the limit of its type in casebook.toml.")
    return bytes(data)


def _read_plain(stream: BinaryIO) -> Iterator[bytes]:
    while chunk := stream.read(_CHUNK):
        yield chunk


def _read_chunked(stream: BinaryIO) -> Iterator[bytes]:
    first = True
    while True:
        line = stream.readline(_MOST_LINE)
        words = line.split(b";")[0].strip()
        try:
            if not words or any(c not in b"0123456789abcdefABCDEF" for c in words) or len(words) > 12:
                raise ValueError
            left = int(words, 16)
        except ValueError:
            if first:  # Archives of others often hold bodies whose chunks were joined already.
                yield line
                yield from _read_plain(stream)
                return
            raise DamagedFileError("The answer is cut short: a chunk has no size.", "Fetch it anew.") from None
        first = False
        if not left:
            return
        while left:
            piece = stream.read(min(left, _CHUNK))
            if not piece:
                raise DamagedFileError("The answer is cut short within a chunk.", "Fetch it anew.")
            left -= len(piece)
            yield piece
        stream.readline(4)


def _unpack(pieces: Iterator[bytes], coding: str) -> Iterator[bytes]:
    first = next(pieces, b"")
    if not first:
        return
    if coding != "deflate" and not first.startswith(b"\x1f\x8b"):  # Unpacked already, as in some archives of others.
        yield first
        yield from pieces
        return
    wbits = 16 + zlib.MAX_WBITS
    if coding == "deflate":
        wbits = zlib.MAX_WBITS if first[0] & 0x0F == 8 and int.from_bytes(first[:2], "big") % 31 == 0 else -zlib.MAX_WBITS
    unpacker = zlib.decompressobj(wbits)
    try:
        for piece in _chain(first, pieces):
            data = piece
            while data:
                out = unpacker.decompress(data, _CHUNK)
                if out:
                    yield out
                data = unpacker.unconsumed_tail
            if unpacker.eof:
                break
        while rest := unpacker.decompress(unpacker.unconsumed_tail, _CHUNK):
            yield rest
    except zlib.error as error:
        raise DamagedFileError(f"The answer's packing is broken: {error}.", "Fetch it anew.") from error
    if not unpacker.eof:
        raise DamagedFileError("The answer is cut short: its packing has no end.", "Fetch it anew.")


def _chain(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def read_head(data: Callable[[int], bytes]) -> tuple[int | None, list[tuple[str, str]]]:
    """Read the head of an HTTP answer line by line; return its status and headers.

    Parameters
    ----------
    data
        Gives the next line, at most so many bytes of it.
    """
    line = data(8192).split(None, 2)
    status = int(line[1]) if len(line) > 1 and line[1].isdigit() and len(line[1]) == 3 else None
    headers: list[tuple[str, str]] = []
    for _ in range(1000):
        text = data(65_536).rstrip(b"\r\n")
        if not text:
            break
        if text[:1] in b" \t" and headers:
            headers[-1] = (headers[-1][0], f"{headers[-1][1]} {text.strip().decode('latin-1')}")
            continue
        name, colon, value = text.partition(b":")
        if colon:
            headers.append((name.strip().decode("latin-1").lower(), value.strip().decode("latin-1")))
    return status, headers
