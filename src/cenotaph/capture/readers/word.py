"""DOCX: paragraphs and cells of tables in order, without what was deleted, and what the file says of itself."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from itertools import islice
from typing import Any

from cenotaph.capture.readers.contained import Contained, TableText
from cenotaph.capture.readers.grids import Grid, Span, find_slots, lay_out, part_cells, tell_table
from cenotaph.domain.documents import CellPlace, DocumentFacts, Place, TextDocument
from cenotaph.domain.errors import DamagedFileError, TooLargeError

NAME = "docx"
VERSION = "3"
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
    """Read a document's text, a paragraph a line, a row of a table a line; its cells are parted by tabs, empty ones too.

    Raises
    ------
    DamagedFileError
        It is broken, a bomb, no DOCX, or holds no text.
    """
    main, core = _unpack(source)
    parts: list[str] = []
    places: list[Place] = []
    root = _parse(main, source.name)
    slots = find_slots(_find_grids(root))
    cells: list[CellPlace] = []
    last: Any = None
    length = number = 0
    for text, in_row, cell in _paragraphs(root):
        number += 1
        if not text.strip():
            continue
        before, slot = slots.get(last), slots.get(cell)
        if before is None and slot is None:
            parted = "\t" if in_row and parts else "\n" if parts else ""
        else:
            parted = part_cells(before, slot) if parts else part_cells(None, slot).lstrip("\n")
        parts.append(parted)
        length += len(parted)
        if slot is not None:  # A row is a line.
            text = text.replace("\n", " ").replace("\t", " ")
        parts.append(text)
        places.append(Place(length, length + len(text), f"paragraph {number}", 0))
        if slot is not None and cell is last:
            cells[-1] = cells[-1]._replace(end=length + len(text))
        elif slot is not None:
            cells.append(CellPlace(length, length + len(text), slot.table, slot.row, slot.column))
        last = cell
        length += len(text)
    parts.append(part_cells(slots.get(last), None).rstrip("\n"))
    if not places:
        raise DamagedFileError(f"{source.name} holds no text.", "Look at it in its program.")
    facts = _read_core(core, source.address)
    yield TextDocument("".join(parts), NAME, VERSION, "", facts, tuple(places), cells=tuple(cells))


def read_tables(source: Contained) -> Iterator[TableText]:
    """Read a document's tables.

    Raises
    ------
    DamagedFileError, TooLargeError
        It is broken, a bomb or no DOCX, or a table in it is larger than may be.
    """
    root = _parse(_unpack(source)[0], source.name)
    words: dict[Any, list[str]] = {}
    for text, _, cell in _paragraphs(root):
        if cell is not None and text.strip():
            words.setdefault(cell, []).append(text)
    for grid in _find_grids(root):
        yield tell_table(grid, {cell: "\n".join(lines) for cell, lines in words.items()}, "")


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


def _paragraphs(root: Any) -> Iterator[tuple[str, bool, Any]]:
    """Yield each paragraph's text, whether it is a further cell of a row, and the cell that it lies in."""
    from lxml import etree

    text: list[list[str]] = []
    rows: list[int] = []
    cells: list[Any] = []
    first = True
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag == f"{_W}p":
            if event == "start":
                text.append([])
            else:
                further = bool(rows) and rows[-1] > 1 and first
                yield "".join(text.pop()), further, cells[-1] if cells else None
                first = False
        elif tag == f"{_W}tr":
            if event == "start":
                rows.append(0)
            else:
                rows.pop()
        elif tag == f"{_W}tc" and event == "end":
            cells.pop()
        elif tag == f"{_W}tc":
            cells.append(element)
            if rows:
                rows[-1] += 1
                first = True
        elif event == "start" and text:
            if tag == f"{_W}t":
                text[-1].append(element.text or "")
            elif tag == f"{_W}tab":
                text[-1].append("\t")
            elif tag in (f"{_W}br", f"{_W}cr"):
                text[-1].append("\n")


def _find_grids(root: Any) -> list[Grid]:
    """Return the tables that hold values, in order; one with another in it lays out the page and is none."""
    grids = []
    for table in root.iter(f"{_W}tbl"):
        if next(islice(table.iter(f"{_W}tbl"), 1, None), None) is None:
            grid = lay_out(_read_rows(table))
            if grid.holds_values:
                grids.append(grid)
    return grids


def _read_rows(table: Any) -> list[list[Span]]:
    """Return the cells of a table's rows; one that goes on from above is a part of that above it."""
    found: list[list[list[Any]]] = []
    above: dict[int, list[Any]] = {}
    for row in table.iter(f"{_W}tr"):
        heading = row.find(f"{_W}trPr/{_W}tblHeader") is not None
        column = 0
        own: list[list[Any]] = []
        for cell in row.iter(f"{_W}tc"):
            wide = cell.find(f"{_W}tcPr/{_W}gridSpan")
            width = _read_number(wide.get(f"{_W}val") if wide is not None else None)
            merged = cell.find(f"{_W}tcPr/{_W}vMerge")
            if merged is not None and merged.get(f"{_W}val") != "restart" and column in above:
                above[column][2] += 1
            else:
                begun = [cell, width, 1, heading]
                own.append(begun)
                above.pop(column, None)
                if merged is not None:
                    above[column] = begun
            column += width
        found.append(own)
    return [[Span(*cell) for cell in own] for own in found]


def _read_number(words: str | None) -> int:
    return max(1, int(words)) if words and words.isascii() and words.isdigit() and len(words) < 8 else 1


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
