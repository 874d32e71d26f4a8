"""Putting the sets of a time stamp's token into the order of DER (X.690, 11.6), which some authorities do not keep to.

The signature covers what was stamped and the signed attributes, not the order in which certificates lie beside it: sorting
them changes nothing that is verified. Elements only change places, so no length changes.
"""

from __future__ import annotations

_SEQUENCE, _SET, _FIRST, _SECOND = 0x30, 0x31, 0xA0, 0xA1


class _NotSo(Exception):
    """The bytes are not built as a reply is."""


def sort_sets(reply: bytes) -> bytes:
    """Return an authority's reply (RFC 3161, 2.4.2) with the sets of its signed data (RFC 5652, 5.1) in order.

    Digest algorithms, certificates, revocation lists and signers are sorted, each by its own bytes; within them nothing is
    touched. What is not built as a reply is returned as it is: whoever decodes it says what is wrong.
    """
    try:
        start, end = _open(reply, 0, len(reply), _SEQUENCE)  # TimeStampResp
        _, _, after = _measure(reply, start, end)  # its status
        start, end = _open(reply, after, end, _SEQUENCE)  # ContentInfo
        _, _, after = _measure(reply, start, end)  # its type
        start, end = _open(reply, after, end, _FIRST)
        start, end = _open(reply, start, end, _SEQUENCE)  # SignedData
        found = bytearray(reply)
        at = start
        while at < end:
            tag, inside, after = _measure(reply, at, end)
            if tag in (_SET, _FIRST, _SECOND):
                found[inside:after] = b"".join(sorted(_split(reply, inside, after)))
            at = after
    except _NotSo:
        return reply
    return bytes(found)


def _split(data: bytes, start: int, end: int) -> list[bytes]:
    parts = []
    while start < end:
        _, _, after = _measure(data, start, end)
        parts.append(data[start:after])
        start = after
    return parts


def _open(data: bytes, at: int, end: int, wanted: int) -> tuple[int, int]:
    tag, inside, after = _measure(data, at, end)
    if tag != wanted:
        raise _NotSo
    return inside, after


def _measure(data: bytes, at: int, end: int) -> tuple[int, int, int]:
    """Return an element's tag, where its content begins, and where it ends; of definite length and a tag of one byte alone."""
    if at + 2 > end or data[at] & 0x1F == 0x1F:
        raise _NotSo
    length, inside = data[at + 1], at + 2
    if length & 0x80:
        count = length & 0x7F
        if not 1 <= count <= 4 or inside + count > end:
            raise _NotSo
        length = int.from_bytes(data[inside : inside + count], "big")
        inside += count
    if inside + length > end:
        raise _NotSo
    return data[at], inside, inside + length
