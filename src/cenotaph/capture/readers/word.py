"""DOCX: paragraphs and cells of tables in order, without what was deleted, and what the file says of itself."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from cenotaph.capture.readers.contained import Contained
from cenotaph.domain.documents import DocumentFacts, Place, TextDocument
from cenotaph.domain.errors import DamagedFileError, TooLargeError

NAME = "docx"
VERSION = "1"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CORE = {
    "title": "{http://purl.org/dc/elements/1.1/}title",
    "author": "{http://purl.org/dc/elements/1.1/}creator",
    "created": "{http://purl.org/dc/terms/}created",
    "modified": "{http://purl.org/dc/terms/}modified",
}
_MAIN = "word/document.xml"
_RATIO = 200
_RATIO_FROM = 1 << 20


def read(source: Contained) -> Iterator[TextDocument]:
    """Read a document's text, a paragraph a line; cells of a row are parted by tabs.

    Raises
    ------
    DamagedFileError
        It is broken, a bomb, no DOCX, or holds no text.
    """
    main, core = _unpack(source)
    parts: list[str] = []
    places: list[Place] = []
    length = number = 0
    for text, in_row in _paragraphs(main, source.name):
        number += 1
        if not text.strip():
            continue
        if parts:
            parts.append("\t" if in_row else "\n")
            length += 1
        parts.append(text)
        places.append(Place(length, length + len(text), f"paragraph {number}", 0))
        length += len(text)
    if not parts:
        raise DamagedFileError(f"{source.name} holds no text.", "Look at it in its program.")
    yield TextDocument("".join(parts), NAME, VERSION, "", _read_core(core, source.address), tuple(places))


def _unpack(source: Contained) -> tuple[bytes, bytes | None]:
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
            names = archive.namelist()
            if _MAIN not in names:
                raise DamagedFileError(f"{source.name} is no .docx: it has no {_MAIN}.", "Save it anew in its program.")
            core = "docProps/core.xml"
            return _take(archive, _MAIN, source), _take(archive, core, source) if core in names else None
    except (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError, OSError, ValueError) as error:
        if isinstance(error, PermissionError):
            raise
        words = "is locked with a password" if "password" in str(error) else "is broken"
        raise DamagedFileError(f"{source.name} {words}.", "Save it anew in its program, and keep both.") from error


def _take(archive: zipfile.ZipFile, name: str, source: Contained) -> bytes:
    info = archive.getinfo(name)
    most = source.limits.read_bytes
    if info.file_size > most or (info.file_size > _RATIO_FROM and info.file_size > _RATIO * max(info.compress_size, 1)):
        raise TooLargeError(f"{source.name} would unpack to {info.file_size:,} bytes.", "It is a bomb or too large.")
    with archive.open(info) as part:
        data = part.read(most + 1)
    if len(data) > most:
        raise TooLargeError(f"{source.name} unpacks to more than it says.", "Do not trust it.")
    return data


def _parse(data: bytes, name: str) -> Any:
    from lxml import etree

    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
        raise DamagedFileError(f"{name} declares a document type or an entity.", "Do not trust it.")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DamagedFileError(f"{name} is damaged: {ascii(str(error))[1:100]}.", "Save it anew in its program.") from error


def _paragraphs(data: bytes, name: str) -> Iterator[tuple[str, bool]]:
    """Yield each paragraph's text, and whether it is a further cell of a row."""
    from lxml import etree

    text: list[list[str]] = []
    cells: list[int] = []
    first = True
    for event, element in etree.iterwalk(_parse(data, name), events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag == f"{_W}p":
            if event == "start":
                text.append([])
            else:
                further = bool(cells) and cells[-1] > 1 and first
                yield "".join(text.pop()), further
                first = False
        elif tag == f"{_W}tr":
            if event == "start":
                cells.append(0)
            else:
                cells.pop()
        elif tag == f"{_W}tc" and event == "start" and cells:
            cells[-1] += 1
            first = True
        elif event == "start" and text:
            if tag == f"{_W}t":
                text[-1].append(element.text or "")
            elif tag == f"{_W}tab":
                text[-1].append("\t")
            elif tag in (f"{_W}br", f"{_W}cr"):
                text[-1].append("\n")


def _read_core(core: bytes | None, address: str | None) -> DocumentFacts:
    found: dict[str, str] = {}
    if core is not None:
        tree = _parse(core, "The document's properties")
        for key, tag in _CORE.items():
            element = tree.find(tag)
            if element is not None and element.text and element.text.strip():
                found[key] = " ".join(element.text.split())[:1000]
    other = tuple((key, found[key]) for key in ("created", "modified") if key in found)
    return DocumentFacts(title=found.get("title"), author=found.get("author"), address=address, other=other)
