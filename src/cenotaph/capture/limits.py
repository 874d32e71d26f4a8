"""How large what comes in may be, by type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from cenotaph.capture.media_types import CSV, PLAIN_TEXT, TSV, XLSX
from cenotaph.domain.errors import TooLargeError


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits that the settings' section ``limits`` gives.

    Parameters
    ----------
    text_bytes, csv_bytes, xlsx_bytes, other_bytes
        Largest file of a type, in bytes.
    unzipped_bytes
        Most bytes that a packed file may unpack to.
    columns, rows
        Most columns and data rows of a table.
    cell_characters
        Most characters (code points) in one cell.
    read_bytes
        Largest page, PDF, document, message or picture that is read, unpacked, in bytes; larger ones are kept all the same.
    reader_mib, reader_seconds
        Memory and time that reading one of them may take, in MiB and in seconds.
    """

    text_bytes: int
    csv_bytes: int
    xlsx_bytes: int
    other_bytes: int
    unzipped_bytes: int
    columns: int
    cell_characters: int
    rows: int
    read_bytes: int = 64 << 20
    reader_mib: int = 1024
    reader_seconds: int = 60


class SizeLimit(NamedTuple):
    """The largest file of a type, and the setting that says so."""

    setting: str
    bytes: int


def size_limit(limits: Limits, media_type: str) -> SizeLimit:
    """Return the largest size that a file of a type may have."""
    if media_type == PLAIN_TEXT:
        return SizeLimit("limits.text_bytes", limits.text_bytes)
    if media_type in (CSV, TSV):
        return SizeLimit("limits.csv_bytes", limits.csv_bytes)
    if media_type == XLSX:
        return SizeLimit("limits.xlsx_bytes", limits.xlsx_bytes)
    return SizeLimit("limits.other_bytes", limits.other_bytes)


def check_size(name: str, size: int, media_type: str, limits: Limits) -> None:
    """Refuse a file that is over its type's limit.

    Raises
    ------
    TooLargeError
        It is; the message names the setting.
    """
    limit = size_limit(limits, media_type)
    if size > limit.bytes:
        raise TooLargeError(
            f"{name} is {size:,} bytes of {media_type}; {limit.setting} allows {limit.bytes:,}.",
            f"Raise {limit.setting} in casebook.toml, or split the file.",
        )
