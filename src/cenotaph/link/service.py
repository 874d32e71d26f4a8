"""Units and ranks of reports as keys: what a report says of somebody's service, in any language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cenotaph.link.intervals import encode
from cenotaph.link.localities import key_of
from cenotaph.reference.folding import fold

if TYPE_CHECKING:
    import pyarrow as pa

_WORD = re.compile(r"\d+|[^\W\d_]+")
# The beginning of a folded word, and the level of the rank it names: 1 to 3 soldiers, 4 to 6 sergeants, 7 to 10 officers,
# 11 to 14 staff officers and generals. Longer beginnings come first.
_RANKS = (
    ("рядов", 1), ("private", 1), ("солдат", 1), ("soldier", 1), ("боец", 1), ("стрел", 1), ("матрос", 1),
    ("seaman", 1), ("sailor", 1), ("oddiy", 1), ("askar", 1), ("аскар", 1), ("сарбаз", 1), ("جندي", 1), ("مقاتل", 1),
    ("सिपाही", 1), ("सैनिक", 1), ("डाइट", 1), ("ефрейт", 2), ("lance", 2), ("corporal", 3), ("капрал", 3), ("عريف", 3),
    ("नायक", 3), ("efreytor", 2), ("yefreytor", 2), ("сержант", 5), ("сержан", 5), ("sergeant", 5), ("serjant", 5),
    ("sgt", 5), ("رقيب", 5), ("हवल", 5), ("старшин", 6), ("starshina", 6), ("прапор", 7), ("warrant", 7),
    ("ensign", 7), ("мичман", 7), ("praporshchik", 7), ("лейтенант", 8), ("lieutenant", 8), ("leytenant", 8),
    ("lt", 8), ("ملازم", 8), ("لفتنانت", 8), ("लेफ्टिनेन्ट", 8), ("капитан", 10), ("captain", 10), ("kapitan", 10),
    ("نقيب", 10), ("कप्तान", 10), ("майор", 11), ("major", 11), ("mayor", 11), ("رائد", 11), ("मेजर", 11),
    ("подполк", 12), ("полковник", 13), ("colonel", 13), ("polkovnik", 13), ("عقيد", 13), ("عميد", 14),
    ("генерал", 14), ("general", 14), ("لواء", 14),
)  # fmt: skip
_LOWER, _HIGHER = ("мл", "младш", "junior", "kichik"), ("ст", "старш", "senior", "katta", "staff")


def read_rank(words: str) -> int | None:
    """Return the level of a rank, 1 (private) to 14 (general); None where the words name none that is known."""
    folded = fold(words)
    level = None
    for word in folded.split():
        for beginning, found in _RANKS:
            if word.startswith(beginning):
                level = max(level or 0, found) if found != 14 or level is None else level
                break
    if level is None:
        return None
    words_of = folded.split()
    if any(w.startswith(_LOWER) for w in words_of) and level in (5, 8):
        return level - 1
    if any(w in ("ст",) or w.startswith(_HIGHER[1:]) for w in words_of) and level in (5, 8) and "старшин" not in folded:
        return level + 1
    return level


def unit_key(words: str) -> str | None:
    """Return the key of a unit: its numbers, or where it has none its words' consonants."""
    tokens = _WORD.findall(fold(words))
    numbers = [token.lstrip("0") or "0" for token in tokens if token.isdigit()]
    if numbers:
        return "-".join(numbers)[:24]
    key = "".join(key_of(token) for token in tokens)
    return key[:24] or None


def read_units(column: pa.ChunkedArray) -> pa.Array:
    """Return the unit key of every row."""
    import pyarrow as pa

    texts, index = encode(column)
    keys = [unit_key(text) for text in texts]
    return pa.array([*keys, None], pa.string()).take(pa.array(index % (len(keys) + 1)))


def read_ranks(column: pa.ChunkedArray) -> pa.Array:
    """Return the rank level of every row."""
    import pyarrow as pa

    texts, index = encode(column)
    levels = [read_rank(text) for text in texts]
    return pa.array([*levels, None], pa.int8()).take(pa.array(index % (len(levels) + 1)))
