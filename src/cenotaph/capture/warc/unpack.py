"""Looking into a WACZ file that others made; to be called in the process apart."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from cenotaph.capture.limits import Limits
from cenotaph.capture.warc.wacz import check_wacz
from cenotaph.domain.errors import DamagedFileError, TooLargeError

_MOST_PARTS = 100_000
_HINT = "Get it again."


def inspect_wacz(stream: BinaryIO, name: str, limits: Limits) -> Iterator[dict[str, object]]:
    """Yield ``start`` and ``end`` of each WARC file in a WACZ file, and as ``wrong`` what its parts are not.

    Raises
    ------
    DamagedFileError, TooLargeError
        It is broken, or would unpack to more than may be.
    """
    try:
        with zipfile.ZipFile(stream) as archive:
            parts = archive.infolist()
            if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > limits.unzipped_bytes:
                raise TooLargeError(f"{name} would unpack to more than limits.unzipped_bytes.", "Raise it, or split the file.")
            found: list[dict[str, object]] = []
            for part in parts:
                if stat.S_ISLNK(part.external_attr >> 16):
                    shown = ascii(part.filename)[1:-1][:100]
                    raise DamagedFileError(f"{name} holds a link in place of a file ({shown}): links are not followed.", _HINT)
                if not part.filename.startswith("archive/") or not part.filename.endswith((".warc", ".warc.gz")):
                    continue
                if part.compress_type != zipfile.ZIP_STORED:
                    found.append({"wrong": f"{ascii(part.filename)[1:-1]} is packed a second time and is not read"})
                    continue
                start = _find_start(stream, part)
                found.append({"start": start, "end": start + part.file_size})
        stream.seek(0)
        found += [{"wrong": words} for words in check_wacz(stream)]
    except (zipfile.BadZipFile, KeyError, ValueError, EOFError, NotImplementedError, RuntimeError, TypeError) as error:
        raise DamagedFileError(f"{name} is no whole WACZ file: {ascii(str(error))[1:-1][:100]}.", _HINT) from error
    yield from found


def _find_start(stream: BinaryIO, part: zipfile.ZipInfo) -> int:
    stream.seek(part.header_offset)
    head = stream.read(30)
    if len(head) < 30 or head[:4] != b"PK\x03\x04":
        raise ValueError("a part has no head")
    return part.header_offset + 30 + int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
