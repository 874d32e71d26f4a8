"""A page's text cut into blocks, each code point with the text node that it stands in."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from cenotaph.capture.readers.grids import Slot, part_cells
from cenotaph.domain.documents import Place

BLOCKS = frozenset(
    {
        *("address", "article", "aside", "blockquote", "body", "button", "caption", "center", "dd", "details", "dialog", "div"),
        *("dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header"),
        *("hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "optgroup", "option", "p", "pre", "section"),
        *("summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    }
)
_SKIPPED = frozenset(
    {
        *("script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "math", "canvas", "select", "textarea"),
        *("head", "title"),
    }
)
_FURNITURE = frozenset({"nav", "footer", "aside", "form", "button", "menu", "dialog"})
_MENU_LINKS = 4
_MENU_SHARE = 0.8


class Piece(NamedTuple):
    """A run of one text node's code points."""

    text: str
    where: str
    at: int


@dataclass
class Block:
    """What stands between two ends of paragraphs.

    Parameters
    ----------
    tag
        The element it lies in.
    furniture
        Whether it lies in what pages set apart as menus, footers and forms.
    table
        The path of the table it is a cell of; empty where it is none.
    pieces
        Its text, in order; a break of line is a piece without a place.
    links, linked
        How many links it holds, and how many code points stand in them.
    cell, remark
        The cell of a table, and the part of a reader's comment, that it lies in: the elements; None where it is none.
    """

    tag: str
    furniture: bool
    table: str = ""
    pieces: list[Piece] = field(default_factory=list)
    links: int = 0
    linked: int = 0
    cell: Any = None
    remark: Any = None

    @property
    def is_menu(self) -> bool:
        """Whether it is several links and hardly anything else."""
        return self.links >= _MENU_LINKS and self.linked > _MENU_SHARE * sum(len(piece.text) for piece in self.pieces)

    @property
    def text(self) -> str:
        """Its text with white space as one space."""
        return " ".join("".join(piece.text for piece in self.pieces).split())


def cut_blocks(tree: Any, remarks: Collection[Any] = ()) -> list[Block]:
    """Return a page's blocks that hold text, from front to back.

    Parameters
    ----------
    remarks
        Elements that are parts of readers' comments: a block ends where one begins and ends.
    """
    return [block for block in _walk(tree, remarks) if block.text]


def _walk(tree: Any, remarks: Collection[Any]) -> Iterator[Block]:
    from lxml import etree

    skipping = 0
    furniture = 0
    paths: list[str] = []
    tags: list[str] = []
    children: list[dict[str, int]] = [{}]
    texts: list[int] = [0]
    cells: list[Any] = []
    open_remarks: list[Any] = []
    current = Block("body", False)

    def begin(name: str) -> Block:
        cell = cells[-1] if cells else None
        remark = open_remarks[-1] if open_remarks else None
        return Block(name, furniture > 0, _find_table(paths, tags), cell=cell, remark=remark)

    def take(words: str | None) -> None:
        if words:
            texts[-1] += 1
            if not skipping:
                current.pieces.append(Piece(words, f"{paths[-1]}/text()[{texts[-1]}]", 0))
                current.linked += len(words) if "a" in tags else 0

    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            if paths:
                take(element.tail)
            continue
        tag = element.tag if isinstance(element.tag, str) else ""
        remark = element in remarks
        block = tag in BLOCKS or remark
        if event == "start":
            number = children[-1][tag] = children[-1].get(tag, 0) + 1
            paths.append(f"{paths[-1] if paths else ''}/{tag}[{number}]")
            tags.append(tag)
            children.append({})
            texts.append(0)
            skipping += tag in _SKIPPED
            furniture += tag in _FURNITURE
            if tag in ("td", "th"):
                cells.append(element)
            if remark:
                open_remarks.append(element)
            if block:
                yield current
                current = begin(tag)
            elif tag == "br" and not skipping:
                current.pieces.append(Piece("\n", "", 0))
            current.links += tag == "a"
            take(element.text)
            continue
        skipping -= tag in _SKIPPED
        furniture -= tag in _FURNITURE
        paths.pop()
        tags.pop()
        children.pop()
        texts.pop()
        if tag in ("td", "th"):
            cells.pop()
        if remark:
            open_remarks.pop()
        if block:
            yield current
            current = begin(next((name for name in reversed(tags) if name in BLOCKS), "body"))
        if paths:
            take(element.tail)
    yield current


def _find_table(paths: list[str], tags: list[str]) -> str:
    for at in range(len(tags) - 1, -1, -1):
        if tags[at] == "table":
            return paths[at]
    return ""


class Joined(NamedTuple):
    """Blocks as one text: the text, where its code points stand, and each block's first and last offset in it."""

    text: str
    places: tuple[Place, ...]
    runs: tuple[tuple[int, int], ...]


def join_blocks(blocks: Sequence[Block], slots: Mapping[Any, Slot] | None = None) -> Joined:
    """Return blocks as one text, a line each, and where its code points stand.

    White space within a block is one space, a break of line a line feed; a row of a table is a line, its cells parted by tabs.

    Parameters
    ----------
    slots
        Where the cells of tables that hold values begin, by their element: there each column has its tab, filled or not.
    """
    parts: list[str] = []
    places: list[Place] = []
    runs: list[tuple[int, int]] = []
    length = 0
    before: Block | None = None
    for block in blocks:
        parted = _part(before, block, slots or {})
        parts.append(parted)
        start = length = length + len(parted)
        length = _add_block(block, parts, places, length, slots is not None and block.cell in slots)
        runs.append((start, length))
        before = block
    last = slots.get(before.cell) if slots and before is not None else None
    parts.append(part_cells(last, None).rstrip("\n"))
    return Joined("".join(parts), tuple(places), tuple(runs))


def _part(before: Block | None, block: Block, slots: Mapping[Any, Slot]) -> str:
    slot = slots.get(block.cell)
    if before is None:
        return part_cells(None, slot).lstrip("\n")
    if slot is not None or before.cell in slots:
        return part_cells(slots.get(before.cell), slot)
    same_row = block.cell is not None and before.cell is not None and block.cell.getparent() is before.cell.getparent()
    return "\t" if same_row and block.cell is not before.cell else "\n"


def _add_block(block: Block, parts: list[str], places: list[Place], length: int, one_line: bool) -> int:
    begun = False
    pending: tuple[str, Piece | None, int] | None = None
    for piece in block.pieces:
        if not piece.where:
            pending = (" " if one_line else "\n", None, 0) if begun else None
            continue
        text = piece.text
        at, end = 0, len(text)
        while at < end:
            if text[at].isspace():
                if begun and pending is None:
                    pending = (" ", piece, at)
                at += 1
                continue
            stop = at + 1
            while stop < end and not text[stop].isspace():
                stop += 1
            if pending is not None:
                parts.append(pending[0])
                if pending[1] is not None:
                    _add_place(places, length, 1, pending[1].where, pending[1].at + pending[2])
                length += 1
                pending = None
            parts.append(text[at:stop])
            _add_place(places, length, stop - at, piece.where, piece.at + at)
            length += stop - at
            begun = True
            at = stop
    return length


def _add_place(places: list[Place], start: int, count: int, where: str, at: int) -> None:
    if places:
        last = places[-1]
        if last.where == where and last.end == start and last.at + (last.end - last.start) == at:
            places[-1] = Place(last.start, start + count, where, last.at)
            return
    places.append(Place(start, start + count, where, at))
