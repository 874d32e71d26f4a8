"""Which blocks of a page are its article: as trafilatura finds it, matched back to the page's own text."""

from __future__ import annotations

import itertools
import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from copy import deepcopy
from typing import Any

from cenotaph.capture.readers.html_text import Block

# With the signs for vowels of Arabic and Indic scripts, which stand within words and are no letters.
_WORD = re.compile("(?:\\w|[\u0300-\u036f\u0610-\u065f\u0670\u06d6-\u06ed\u0900-\u0d7f\u200c\u200d])+")
_RUN = 3
_LEAST_SHARE = 0.5
_TRIED = 6
_LONG_CELL = 400


def choose_article(tree: Any, blocks: list[Block], title: str | None) -> tuple[list[Block], bool]:
    """Return the blocks of a page's article in order, and whether one was found.

    Where none is found, every block is returned that does not lie in menus, footers and forms.
    """
    lines = _extract_lines(tree)
    chosen = _complete_tables(blocks, _match(blocks, lines)) if lines else set()
    # What trafilatura takes from menus and footers, it takes for want of an article.
    chosen = {at for at in chosen if not (blocks[at].furniture or blocks[at].is_menu)} or chosen
    if not chosen:
        return [block for block in blocks if not block.furniture] or blocks, False
    if title:
        first = min(chosen)
        heading = _words(title)
        for at in range(first - 1, -1, -1):
            if blocks[at].tag in ("h1", "h2") and _words(blocks[at].text) == heading:
                chosen.add(at)
                break
    return [blocks[at] for at in sorted(_fill_gaps(blocks, chosen))], True


_CELLS = frozenset({"li", "td", "th", "dd", "dt"})
_ENDS = ".!?…\"»”"
_MOST_LINKED = 0.5
_REACH = 12
_LEAST_WORDS = 3


def _fill_gaps(blocks: list[Block], chosen: set[int]) -> set[int]:
    """Add what stands within an article and was left out for being short or for its links.

    That is paragraphs that are sentences, and items and cells, between two blocks that were found and are not far apart, or
    between the heading and the first of them; what is mostly links stays out.
    """
    whole = set(chosen)
    first = min(chosen)
    near = range(first - 1, max(-1, first - _REACH), -1)
    heading = next((at for at in near if blocks[at].tag == "h1" and not blocks[at].furniture), None)
    if heading is not None:
        whole.add(heading)
    else:
        whole.update(at for at in near if _is_sentence(blocks[at]))
    ordered = sorted(whole)
    for before, after in itertools.pairwise(ordered):
        gap = range(before + 1, after)
        whole.update(at for at in gap if len(gap) <= _REACH and _is_sentence(blocks[at]))
        cells = [at for at in gap if blocks[at].tag in _CELLS and not blocks[at].furniture and blocks[at].remark is None]
        if cells and len(cells) == len(gap) and _says_things([blocks[at] for at in cells]):
            whole.update(cells)
    end = last = max(whole)
    while last + 1 < len(blocks) and last - end < _REACH and blocks[last + 1].tag == "li" and not blocks[last + 1].furniture:
        last += 1
    if last > end and all(any(char.isdigit() for char in block.text) for block in blocks[end + 1 : last + 1]) and _says_things(
        blocks[end + 1 : last + 1]
    ):
        whole.update(range(end + 1, last + 1))
    return whole


def _is_sentence(block: Block) -> bool:
    """Return whether a block is a paragraph of words with a full stop, and no line of links."""
    if block.tag != "p" or block.furniture or block.is_menu or block.remark is not None or block.text[-1] not in _ENDS:
        return False
    words = len(_words(block.text))
    return words >= _LEAST_WORDS and block.linked <= _MOST_LINKED * sum(len(piece.text) for piece in block.pieces)


def _says_things(cells: list[Block]) -> bool:
    """Return whether the items of a list, or a table's cells, hold numbers and are not mostly links."""
    length = sum(len(piece.text) for block in cells for piece in block.pieces)
    counted = sum(any(char.isdigit() for char in block.text) for block in cells)
    return sum(block.linked for block in cells) <= _MOST_LINKED * length and 3 * counted >= len(cells)


def _extract_lines(tree: Any) -> list[str]:
    import logging

    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # It says of each page what it could not find.
    found = bare_extraction(
        deepcopy(tree), include_comments=False, include_tables=True, with_metadata=False, deduplicate=False
    )
    text = getattr(found, "text", None) or ""
    return [line for line in text.splitlines() if line.strip()]


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def _match(blocks: list[Block], lines: list[str]) -> set[int]:
    """Find extracted lines in the page's words, going forward where there is a choice."""
    words: list[str] = []
    owner: list[int] = []
    starts: list[int] = []
    for at, block in enumerate(blocks):
        starts.append(len(words))
        own = _words(block.text)
        words += own
        owner += [at] * len(own)
    starts.append(len(words))
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at in range(len(words) - _RUN + 1):
        places[tuple(words[at : at + _RUN])].append(at)
    short = {tuple(words[starts[at] : starts[at + 1]]): at for at in reversed(range(len(blocks)))}
    covered = bytearray(len(words))
    cursor = 0
    for line in lines:
        own = _words(line.replace("|", " "))
        if len(own) < _RUN:
            cursor = _match_short(tuple(own), blocks, starts, words, covered, cursor, short)
            continue
        at = 0
        while at <= len(own) - _RUN:
            found = places.get(tuple(own[at : at + _RUN]))
            if not found:
                at += 1
                continue
            start, length = _find_longest(own, at, words, found, cursor)
            covered[start : start + length] = b"\1" * length
            at += length
            cursor = start + length
    counts: dict[int, int] = defaultdict(int)
    for at, mark in enumerate(covered):
        counts[owner[at]] += mark
    return {at for at, count in counts.items() if count and count >= _LEAST_SHARE * (starts[at + 1] - starts[at])}


def _find_longest(own: list[str], at: int, words: list[str], found: list[int], cursor: int) -> tuple[int, int]:
    """Return where the longest of the nearest runs begins that has a line's words from a place on, and its length."""
    near = bisect_left(found, cursor)
    best = (0, 0)
    for start in (*found[near : near + _TRIED], *found[:_TRIED]):
        length = _RUN
        while at + length < len(own) and start + length < len(words) and own[at + length] == words[start + length]:
            length += 1
        if length > best[1]:
            best = (start, length)
    return best


def _complete_tables(blocks: list[Block], chosen: set[int]) -> set[int]:
    """Add the other cells of tables of which a third was found: short cells are not found alone."""
    cells: dict[str, list[int]] = defaultdict(list)
    for at, block in enumerate(blocks):
        if block.table:
            cells[block.table].append(at)
    whole = set(chosen)
    for own in cells.values():
        if any(len(blocks[at].text) > _LONG_CELL for at in own):
            continue  # A table that lays out the page, not one of values.
        if 3 * sum(at in chosen for at in own) >= len(own):
            whole.update(own)
    return whole


def _match_short(
    own: tuple[str, ...],
    blocks: list[Block],
    starts: list[int],
    words: list[str],
    covered: bytearray,
    cursor: int,
    known: dict[tuple[str, ...], int],
) -> int:
    """Find a line of one or two words: a block of its own, close behind what was found last."""
    if not own or own not in known:
        return cursor
    at = max(0, bisect_left(starts, cursor))
    for block in range(at, min(at + 40, len(blocks))):
        if tuple(words[starts[block] : starts[block + 1]]) == own:
            covered[starts[block] : starts[block + 1]] = b"\1" * len(own)
            return starts[block + 1]
    return cursor
