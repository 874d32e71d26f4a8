"""What readers of foreign formats take and give: bytes with what is known of them, documents, and what they hold else.

They run in a process of their own (:mod:`cenotaph.capture.isolation`), which can neither write, connect nor start anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import cast

from cenotaph.capture.limits import Limits
from cenotaph.capture.media_types import DOCX, EML, HTML, MHTML, PDF, XHTML
from cenotaph.domain.documents import TextDocument
from cenotaph.domain.errors import InputError

_READERS = {
    HTML: "cenotaph.capture.readers.page",
    XHTML: "cenotaph.capture.readers.page",
    PDF: "cenotaph.capture.readers.paper",
    DOCX: "cenotaph.capture.readers.word",
    EML: "cenotaph.capture.readers.mail",
    MHTML: "cenotaph.capture.readers.mail",
    "image/jpeg": "cenotaph.capture.readers.picture",
    "image/png": "cenotaph.capture.readers.picture",
    "image/webp": "cenotaph.capture.readers.picture",
    "image/tiff": "cenotaph.capture.readers.picture",
    "image/gif": "cenotaph.capture.readers.picture",
}


@dataclass(frozen=True, slots=True)
class Contained:
    """Bytes to be read, and what is known of them.

    Parameters
    ----------
    data
        The bytes.
    name
        How messages name them.
    media_type
        What they are.
    limits
        The casebook's limits.
    encoding
        The encoding that the caller states.
    charset
        The encoding that came with them, as in a header.
    address
        Where they were fetched from.
    """

    data: bytes
    name: str
    media_type: str
    limits: Limits
    encoding: str | None = None
    charset: str | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class TableText:
    """A table of a page or document.

    Parameters
    ----------
    header
        Which of its rows, from 0, is the last that names columns.
    columns
        The names of its columns.
    rows
        The words of its cells, those of all rows from the first; a cell over several rows or columns stands in each.
    encoding
        What the text was decoded from; empty where the format has its own.
    """

    header: int
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    encoding: str = ""


_WITH_TABLES = frozenset({HTML, XHTML, MHTML, DOCX, PDF})


def types_with_tables() -> frozenset[str]:
    """Return the media types read in a process apart in which there can be tables; in PDF they are told by lines and columns."""
    return _WITH_TABLES


def contained_types() -> frozenset[str]:
    """Return the media types that are read in a process apart."""
    return frozenset(_READERS)


def read_contained(source: Contained) -> Iterator[TextDocument]:
    """Read bytes by the reader of their type; to be called in the process apart.

    Raises
    ------
    InputError
        They are damaged, over a limit, or of a type that no reader reads.
    """
    module = import_module(_READERS[source.media_type])
    yield from cast("Callable[[Contained], Iterator[TextDocument]]", module.read)(source)


def read_contained_tables(source: Contained) -> Iterator[TableText]:
    """Read the tables that bytes hold; to be called in the process apart.

    Raises
    ------
    InputError
        They are damaged, over a limit, or of a type in which tables are not marked.
    """
    if source.media_type not in _WITH_TABLES:
        raise InputError(f"{source.name} is {source.media_type}, in which tables are not marked.", "Enter them by hand.")
    module = import_module(_READERS[source.media_type])
    yield from cast("Callable[[Contained], Iterator[TableText]]", module.read_tables)(source)
