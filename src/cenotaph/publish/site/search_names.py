"""Finding a name in a browser from static files: how names are folded, and the shards that a script loads.

A name's parts are spelt in Latin letters by a table of single characters, and a few spellings of one sound are made one. The
table and the rules go into the site's index, and the script folds what a reader types by them: both sides fold alike, whatever
the script. A shard holds every name with a part that begins with its letters; a large one is divided by further letters.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

SOUNDS = (
    ("shch", "sh"),
    ("kh", "h"),
    ("gh", "g"),
    ("zh", "j"),
    ("dj", "j"),
    ("ph", "f"),
    ("ck", "k"),
    ("q", "k"),
    ("w", "v"),
    ("x", "h"),
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
    ("yo", "e"),
    ("ye", "e"),
    ("iy", "i"),
    ("yy", "i"),
    ("ii", "i"),
    ("y", "i"),
)
"""Spellings of one sound, replaced in this order; letters that stand twice are then made one."""
MOST = 1_200
"""How many names a shard holds before it is divided."""
KEPT = 200
"""How many names a divided shard holds to show at once."""
LONGEST = 4_000
"""How many names a shard holds at most that cannot be divided, since all of them share one whole part."""


_Pair = tuple[str, str]
"""A part of somebody's names, and their line."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One person as the index has them: id, the name shown, and every name as printed."""

    id: str
    shown: str
    note: str
    names: tuple[str, ...]


class Folding:
    """Names' parts in plain Latin letters."""

    def __init__(self) -> None:
        self.table: dict[str, str] = {}
        self._parts: dict[str, str] = {}

    def parts(self, name: str) -> list[str]:
        """Return the folded parts of a name."""
        words = unicodedata.normalize("NFKD", name).lower().split()
        found = []
        for word in words:
            for piece in word.replace("-", " ").split():
                folded = self._parts.get(piece)
                if folded is None:
                    folded = self._parts[piece] = self._fold(piece)
                if folded:
                    found.append(folded)
        return found

    def _fold(self, piece: str) -> str:
        letters = "".join(map(self._letter, piece))
        for spelling, sound in SOUNDS:
            letters = letters.replace(spelling, sound)
        return "".join(letter for at, letter in enumerate(letters) if at == 0 or letters[at - 1] != letter)

    def _letter(self, letter: str) -> str:
        if "a" <= letter <= "z" or "0" <= letter <= "9":
            return letter
        latin = self.table.get(letter)
        if latin is None:
            from anyascii import anyascii

            spelt = "" if unicodedata.combining(letter) else anyascii(letter).lower()
            latin = self.table[letter] = "".join(c for c in spelt if c.isascii() and c.isalnum())
        return latin


@dataclass(frozen=True, slots=True)
class Shard:
    """Names with a part that begins with some letters.

    Parameters
    ----------
    lines
        Folded names, name shown, id, note of each, between them a tabulator. Of a divided shard only those that have the letters
        as a whole part, which cannot be divided, or else the first ones.
    total
        How many names begin so.
    divided
        Whether the others are in shards of more letters.
    """

    lines: tuple[str, ...]
    total: int
    divided: bool


def make_shards(people: Iterable[Listed], folding: Folding) -> dict[str, Shard]:
    """Return the shards by the letters that they begin with."""
    beginnings: dict[str, list[_Pair]] = {}
    for person in sorted(people, key=lambda person: (person.shown, person.id)):  # All shards keep this order.
        found = list(dict.fromkeys([part for name in person.names for part in folding.parts(name)]))
        line = "\t".join(map(_plain, (" ".join(found), person.shown, person.id, person.note)))
        for part in found:
            beginnings.setdefault(part[:2], []).append((part, line))
    shards: dict[str, Shard] = {}
    for start, pairs in sorted(beginnings.items()):
        _divide(start, pairs, shards)
    return shards


def _divide(start: str, pairs: Sequence[_Pair], shards: dict[str, Shard]) -> None:
    """Put a shard's names in, or those of its divisions; whoever has two parts with the beginning stands once."""
    lines = list(dict.fromkeys([line for _, line in pairs]))
    if len(lines) <= MOST:
        shards[start] = Shard(tuple(lines), len(lines), False)
        return
    exact = list(dict.fromkeys([line for part, line in pairs if part == start]))
    shards[start] = Shard(tuple((exact or lines[:KEPT])[:LONGEST]), len(lines), True)
    deeper: dict[str, list[_Pair]] = {}
    length = len(start)
    for pair in pairs:
        if len(pair[0]) > length:
            deeper.setdefault(pair[0][: length + 1], []).append(pair)
    for further, inside in sorted(deeper.items()):
        _divide(further, inside, shards)


def shard_text(start: str, lines: Iterable[str]) -> str:
    """Return a shard as a script that hands its lines over: a page opened from a folder can load nothing else."""
    together = "\n".join(lines)
    return f"cenotaph({_script(start)},{_script(together)});\n"


def index_text(shards: Mapping[str, Shard], folding: Folding) -> str:
    """Return the index: how many names each shard has (with + where it is divided), the table of letters, the rules of sounds."""
    parts = {
        "shards": " ".join(f"{start}:{shard.total}{'+' if shard.divided else ''}" for start, shard in sorted(shards.items())),
        "letters": dict(sorted(folding.table.items())),
        "sounds": [list(pair) for pair in SOUNDS],
    }
    return f"cenotaphIndex({_script(parts)});\n"


def shard_file(start: str) -> str:
    """Return the file that holds a shard."""
    return f"search/{start[:1]}/{start}.js"


def _plain(cell: str) -> str:
    return " ".join(cell.split())


def _script(value: object) -> str:
    """Return JSON that may stand in a script: no end of a script and no line separator in it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
