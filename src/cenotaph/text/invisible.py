"""Signs that are not seen: zero-width and directional characters, which may stand inside a number or a word."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

_INVISIBLE = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]+")


@dataclass(frozen=True, slots=True)
class Visible:
    """A text without the signs that are not seen, and the way back to its offsets.

    Parameters
    ----------
    text
        What is seen.
    places, dropped
        Where in it a run of signs was left out, and how many signs had been by there, both ascending.
    """

    text: str
    places: tuple[int, ...]
    dropped: tuple[int, ...]

    def restore(self, offset: int, *, end: bool = False) -> int:
        """Return where a code point of what is seen stands in the text as it was.

        Parameters
        ----------
        end
            Whether the offset ends a span: signs right after it are then left out.
        """
        at = bisect_right(self.places, offset - 1 if end else offset)
        return offset + (self.dropped[at - 1] if at else 0)


def see(text: str) -> Visible | None:
    """Return what is seen of a text, None where all of it is."""
    if text.isascii():
        return None
    parts: list[str] = []
    places: list[int] = []
    dropped: list[int] = []
    last = length = lost = 0
    for found in _INVISIBLE.finditer(text):
        length += found.start() - last
        parts.append(text[last : found.start()])
        last = found.end()
        lost += found.end() - found.start()
        places.append(length)
        dropped.append(lost)
    if not places:
        return None
    parts.append(text[last:])
    return Visible("".join(parts), tuple(places), tuple(dropped))
