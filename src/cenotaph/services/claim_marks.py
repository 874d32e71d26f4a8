"""A text cut where the words of claims and allegations begin and end, so that they can be marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cenotaph.domain.claims import Allegation, Claim

Item = Claim | Allegation


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a text that is marked alike.

    Parameters
    ----------
    text
        Its words.
    within
        Places, among the items, of those whose quote it is in.
    numbers
        Places of the claims whose number's words it is; at most a few.
    ends
        Places of the allegations whose quote ends with it.
    """

    text: str
    within: tuple[int, ...]
    numbers: tuple[int, ...]
    ends: tuple[int, ...]


def cut_segments(text: str, items: Sequence[Item]) -> Iterator[Segment]:
    """Yield a text cut where the marking changes; joined together, the segments are the text."""
    opening: dict[int, list[int]] = {}
    closing: dict[int, list[int]] = {}
    numbers: dict[int, list[int]] = {}
    ends: dict[int, list[int]] = {}
    borders = {0, len(text)}
    for at, item in enumerate(items):
        opening.setdefault(item.start, []).append(at)
        closing.setdefault(item.end, []).append(at)
        borders |= {item.start, item.end}
        if isinstance(item, Claim):
            numbers.setdefault(item.number_start, []).append(at)
            borders |= {item.number_start, item.number_end}
        else:
            ends.setdefault(item.end, []).append(at)
    within: dict[int, None] = {}
    for first, last in pairwise(sorted(borders)):
        for at in closing.get(first, ()):
            within.pop(at, None)
        within.update(dict.fromkeys(opening.get(first, ())))
        yield Segment(text[first:last], tuple(within), tuple(numbers.get(first, ())), tuple(ends.get(last, ())))


def cut_lines(text: str, items: Sequence[Item]) -> Iterator[tuple[Segment, ...]]:
    """Yield the lines of a text, each cut where the marking changes; runs of empty lines become one empty line."""
    line: list[Segment] = []
    empty = False
    for segment in (*cut_segments(text, items), Segment("\n", (), (), ())):
        *parts, rest = segment.text.split("\n")
        for at, part in enumerate(parts):
            line.append(Segment(part, segment.within, segment.numbers if at == 0 else (), ()))
            filled = any(piece.text.strip() for piece in line)
            if filled or not empty:
                yield tuple(line) if filled else ()
            line, empty = [], not filled
        if rest or (segment.ends and not parts):
            line.append(Segment(rest, segment.within, () if parts else segment.numbers, segment.ends))
        elif segment.ends:
            line.append(Segment("", segment.within, (), segment.ends))


def label_number(at: int, item: Item) -> str:
    """Return what an item is called on a page: ``3`` for a claim, ``A3`` for an allegation."""
    return str(at + 1) if isinstance(item, Claim) else f"A{at + 1}"
