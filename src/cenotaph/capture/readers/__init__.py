"""The readers, by media type: what makes a text or a table out of a capture's bytes.

A reader is an object with the attributes of :class:`Reader`. Those that come with Cenotaph are named below
and imported where they are first used; others are found through the entry points group ``cenotaph.readers``,
each naming one reader. Formats in which strangers can hide harm, such as pages and PDF, are read in a process apart.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module, metadata
from pathlib import Path
from typing import Protocol, cast

from cenotaph.capture.files import open_regular, show_name
from cenotaph.capture.limits import Limits, check_size
from cenotaph.capture.media_types import CSV, PLAIN_TEXT, TSV, WACZ, WARC, XLS, XLSX
from cenotaph.capture.readers.contained import contained_types, types_with_tables
from cenotaph.domain.documents import TableDocument, TextDocument
from cenotaph.domain.errors import InputError, UsageError

GROUP = "cenotaph.readers"
_BUILT_IN = {
    PLAIN_TEXT: "cenotaph.capture.readers.plain_text",
    CSV: "cenotaph.capture.readers.separated",
    TSV: "cenotaph.capture.readers.separated",
    XLSX: "cenotaph.capture.readers.workbook",
}


class Reader(Protocol):
    """Reads captures of some media types.

    ``name`` and ``version`` are constants and go into the id of every document: whatever changes what a
    reader makes of the same bytes must change its version.
    """

    @property
    def name(self) -> str:
        """What it is called, such as ``csv``."""

    @property
    def version(self) -> str:
        """Which version of it, such as ``1``."""

    @property
    def media_types(self) -> tuple[str, ...]:
        """Which types it reads."""

    def read(
        self, path: Path, media_type: str, limits: Limits, encoding: str | None, delimiter: str | None
    ) -> TextDocument | TableDocument:
        """Read a file, or open it where it is a table."""


@cache
def _added() -> dict[str, Reader]:
    """Return the readers that other packages add, by media type."""
    found: dict[str, Reader] = {}
    for point in sorted(metadata.entry_points(group=GROUP), key=lambda point: (point.name, point.value)):
        try:
            reader = cast(Reader, point.load())
            types = tuple(reader.media_types)
        except Exception as error:  # Whatever a foreign package does wrong, say which it was.
            raise UsageError(
                f"The reader '{point.name}' ({point.value}) cannot be loaded: {error}.",
                "Mend or uninstall it.",
            ) from error
        for media_type in types:
            if media_type in _BUILT_IN or media_type in contained_types() or media_type in found:
                raise UsageError(
                    f"The reader '{point.name}' ({point.value}) reads {media_type}, as another does already.",
                    "Uninstall one of them: a type has one reader.",
                )
            found[media_type] = reader
    return found


@cache
def readable_types() -> frozenset[str]:
    """Return the media types that some reader reads."""
    return frozenset(_BUILT_IN) | contained_types() | frozenset(_added())


def find_reader(media_type: str) -> Reader | None:
    """Return the reader of a media type, None where there is none."""
    if media_type in contained_types():
        from cenotaph.capture.readers.apart import ApartReader

        return ApartReader()
    if media_type in _BUILT_IN:
        return cast(Reader, import_module(_BUILT_IN[media_type]).READER)
    return _added().get(media_type)


def read_document(
    path: Path, media_type: str, limits: Limits, encoding: str | None = None, delimiter: str | None = None
) -> TextDocument | TableDocument:
    """Read a file's text, or open its table.

    Parameters
    ----------
    path
        The file, kept or not.
    media_type
        What it is, as :func:`cenotaph.capture.media_types.find_media_type` says.
    limits
        What its size, rows, columns and cells may be.
    encoding
        The encoding of text that is not UTF-8; a format with an encoding of its own pays no heed to it.
    delimiter
        The character between a CSV file's cells; None finds it.

    Raises
    ------
    InputError
        No reader reads the type, or the file is empty, over a limit, damaged or not in its encoding.
    """
    reader = find_reader(media_type)
    if reader is None:
        hint = (
            "Save it as .xlsx or .csv."
            if media_type == XLS
            else f"Read are: {', '.join(sorted(readable_types()))}."
        )
        raise InputError(f"{show_name(path)} is {media_type}, which no reader reads.", hint)
    _check_file(path, media_type, limits)
    return reader.read(path, media_type, limits, encoding, delimiter)


def open_table(
    path: Path, media_type: str, limits: Limits, encoding: str | None = None, delimiter: str | None = None
) -> TableDocument:
    """Open the table or the tables in a file: its own, or those of a page, a saved or fetched one too, or of a document.

    Raises
    ------
    InputError
        It holds none, or as :func:`read_document` says.
    """
    if media_type in types_with_tables() or media_type in (WARC, WACZ):
        from cenotaph.capture.readers.page_tables import read_page_tables

        _check_file(path, media_type, limits)
        return read_page_tables(path, media_type, limits, encoding)
    found = read_document(path, media_type, limits, encoding, delimiter)
    if isinstance(found, TextDocument):
        hint = "Lists are CSV and XLSX files, and tables of pages, Word documents and PDF."
        raise InputError(f"{show_name(path)} is {media_type}, not a table.", hint)
    return found


def _check_file(path: Path, media_type: str, limits: Limits) -> None:
    """Refuse a file that is empty or over its type's limit."""
    name = show_name(path)
    with open_regular(path) as stream:
        size = stream.seek(0, 2)
    if not size:
        raise InputError(f"{name} is empty: 0 bytes.", "Was it copied whole?")
    check_size(name, size, media_type, limits)
