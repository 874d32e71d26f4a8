"""What two rows say beside their names: birth, age, death, place, unit and the like, each as a level of agreement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cenotaph.names.keys import key_word
from cenotaph.reference.folding import fold

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    Array = np.ndarray[Any, np.dtype[Any]]

NOTHING = -1
"""One of the two rows says nothing."""

TEXT_FIELDS = ("place_text", "region", "country_text", "nationality_text", "unit_text", "rank")
_DAYS = 365.2425
_DAYS_OF_BIRTH = 25_000


@dataclass(frozen=True, slots=True)
class Field:
    """What is known of the levels of one field.

    Parameters
    ----------
    name
        The field.
    match
        How probable each level is when both rows are one person, as it is assumed before the lists are seen.
    firm
        Which of these are not learnt: a level that contradicts must not become likely because a list has many namesakes.
    """

    name: str
    match: tuple[float, ...]
    firm: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """One field of all pairs: its level, and how probable that level is between strangers, as a natural logarithm."""

    field: Field
    level: Array
    surprise: Array


SAME_DAY, SLIP, SAME_YEAR, YEAR_0, YEAR_1, YEAR_2, YEAR_3, YEARS_4, YEARS_10 = range(9)
BIRTH = Field(
    "birth",
    (0.55, 0.05, 0.02, 0.19, 0.17, 0.012, 0.005, 0.0015, 1e-6),
    (False, False, False, False, False, False, True, True, True),
)
DEATH = Field("death", (0.72, 0.15, 0.08, 0.045, 0.005), (False, False, False, False, True))
"""Levels of two days of death: the same, within three days, within a month, within a year, further apart."""
_DEATH_WITHIN = (0, 3, 31, 366)
_TEXT_MATCH = (0.75, 0.15, 0.10)


GENERATION = Field("generation", (1.0 - 1e-12, 1e-12), (False, True))
"""The same generation of one name (Jr. and II), or another one: father and son are never one person."""


class BirthComparison:
    """Compares births of pairs: by day where both rows have one, or else by age.

    The pairs of two lists become more, and those that were there before stay first: only new ones are compared.
    """

    def __init__(self, left: Births, right: Births) -> None:
        import numpy as np

        self._left, self._right = left, right
        self._shift = 0.0
        self._level = np.zeros(0, dtype=np.int8)
        self._logs: Array | None = None

    def compare(self, a: Array, b: Array, shift: float) -> Compared | None:
        """Compare pairs, of which the first are those that were compared before; None where nothing can be.

        Parameters
        ----------
        shift
            Years that ages of the right list are greater by, for one person.
        """
        import numpy as np

        if shift != self._shift:
            self._shift, self._level, self._logs = shift, self._level[:0], None
        done = len(self._level)
        new = _level_births(self._left, self._right, a[done:], b[done:], shift)
        level = self._level = np.concatenate([self._level, new])
        if not (level != NOTHING).any():
            return None
        if self._logs is None:
            self._logs = _find_chances(self._left, self._right, shift)
        return Compared(BIRTH, level, np.append(self._logs, np.float32(0))[level])


def _level_births(left: Births, right: Births, a: Array, b: Array, shift: float) -> Array:
    """Return the level of two births: days where both rows have one, or else years between ages or births."""
    import numpy as np

    level = np.full(len(a), NOTHING, dtype=np.int8)
    years = _years_apart(left, right, a, b, shift)
    known = ~np.isnan(years)
    if known.any():
        distance = np.abs(np.round(np.where(known, years, 0.0)))
        by_age = np.select(
            [distance == 0, distance == 1, distance == 2, distance == 3, distance < 10],
            [YEAR_0, YEAR_1, YEAR_2, YEAR_3, YEARS_4],
            YEARS_10,
        )
        level[known] = by_age[known]
    day_left, day_right = left.day[a], right.day[b]
    both = ~np.isnat(day_left) & ~np.isnat(day_right)
    if both.any():
        level[both] = _compare_days(day_left[both], day_right[both])
    return level


def _years_apart(left: Births, right: Births, a: Array, b: Array, shift: float) -> Array:
    """Return years between two people: by their ages, or an age and a birth, or two births, NaN where neither can be."""
    import numpy as np

    years = right.age[b] - left.age[a] - shift
    # A list's ages are true on a day of their own: the other's birth says how old that one was then.
    for one, other, at, place, sign in ((left, right, a, b, 1.0), (right, left, b, a, -1.0)):
        then = np.floor((one.on[at] - other.born[place]) / _DAYS)
        years = np.where(np.isnan(years), sign * (then - one.age[at]), years)
    return np.where(np.isnan(years), np.round((left.born[a] - right.born[b]) / _DAYS), years)


def _compare_days(left: Array, right: Array) -> Array:
    import numpy as np

    year_left, month_left, date_left = _parts(left)
    year_right, month_right, date_right = _parts(right)
    apart = np.abs((left - right).astype(np.int64)) / _DAYS
    differing = (year_left != year_right).astype(int) + (month_left != month_right) + (date_left != date_right)
    swapped = (year_left == year_right) & (month_left == date_right) & (date_left == month_right)
    by_years = np.select(
        [apart < 1.0, apart < 2.0, apart < 3.0, apart < 4.0, apart < 10.0],
        [YEAR_0, YEAR_1, YEAR_2, YEAR_3, YEARS_4],
        YEARS_10,
    )
    found = np.select(
        [differing == 0, swapped | ((differing == 1) & (apart < 12.0)), year_left == year_right],
        [SAME_DAY, SLIP, SAME_YEAR],
        by_years,
    )
    return found.astype(np.int8)


def _parts(days: Array) -> tuple[Array, Array, Array]:
    months = days.astype("datetime64[M]")
    years = days.astype("datetime64[Y]")
    return (
        years.astype(int),
        (months - years.astype("datetime64[M]")).astype(int) + 1,
        (days - months.astype("datetime64[D]")).astype(int) + 1,
    )


def _find_chances(left: Births, right: Births, shift: float, draws: int = 200_000) -> Array:
    """Return how probable each level is between strangers, as logarithms, measured on pairs drawn from the two lists."""
    import numpy as np

    draw = np.random.default_rng(0)
    a, b = draw.integers(0, len(left.age), draws), draw.integers(0, len(right.age), draws)
    counts = np.ones(len(BIRTH.match))
    drawn = _level_births(left, right, a, b, shift)
    both = ~np.isnat(left.day[a]) & ~np.isnat(right.day[b])
    counts += np.bincount(drawn[drawn >= 0], minlength=len(counts))
    if both.any():
        # Too rare to be drawn, and between the lists one person has one day: how often two rows of one list share it.
        counts[SAME_DAY] = (_meet(left.day) + _meet(right.day)) / 2 * both.sum()
    logs: Array = np.log(counts / counts.sum()).astype(np.float32)
    return logs


def _meet(days: Array) -> float:
    """Return how often two rows of one list have one day, and at least as often as in a population at large."""
    import numpy as np

    _, times = np.unique(days[~np.isnat(days)], return_counts=True)
    rows = int(times.sum())
    return 1 / _DAYS_OF_BIRTH + (float((times.astype(float) * (times - 1)).sum()) / (rows * (rows - 1)) if rows > 1 else 0.0)


@dataclass(frozen=True, slots=True)
class Births:
    """Birth of every row of a list; missing where it says nothing.

    Parameters
    ----------
    day
        The day of birth, where it is told to the day.
    age
        Completed years.
    on
        The day on which the age was true, as days since 1970-01-01: that of the death, or of publication.
    born
        The middle of the time in which the birth lies, days since 1970-01-01, where that is a year or less.
    """

    day: Array
    age: Array
    on: Array
    born: Array


def compare_deaths(left: Array, right: Array, a: Array, b: Array, draws: int = 200_000) -> Compared | None:
    """Compare the days of death of pairs; None where no pair has one on both sides.

    Parameters
    ----------
    left, right
        Days of either list, NaT where it says none.
    """
    import numpy as np

    level = _apart(left[a], right[b])
    if not (level != NOTHING).any():
        return None
    draw = np.random.default_rng(0)
    drawn = _apart(left[draw.integers(0, len(left), draws)], right[draw.integers(0, len(right), draws)])
    counts = np.bincount(drawn[drawn != NOTHING], minlength=len(DEATH.match)) + 0.5
    logs = np.log(counts / counts.sum()).astype(np.float32)
    return Compared(DEATH, level, np.where(level == NOTHING, np.float32(0), logs[level]))


def compare_generations(left: list[str | None], right: list[str | None], a: Array, b: Array) -> Compared | None:
    """Compare which of several bearers of a name the rows say they are; None where no pair says it on both sides."""
    import numpy as np

    if not (any(left) and any(right)):
        return None
    numbers = {text: at for at, text in enumerate(sorted({text for text in (*left, *right) if text}))}
    one, other = (np.array([numbers.get(text or "", -1) for text in side]) for side in (left, right))
    x, y = one[a], other[b]
    level = np.where((x < 0) | (y < 0), NOTHING, x != y).astype(np.int8)
    return Compared(GENERATION, level, np.where(level == NOTHING, np.float32(0), np.float32(np.log(0.5))))


def _apart(left: Array, right: Array) -> Array:
    """Return the level of two days of death."""
    import numpy as np

    known = ~np.isnat(left) & ~np.isnat(right)
    level = np.full(len(left), NOTHING, dtype=np.int8)
    days = np.abs((left[known] - right[known]).astype(np.int64))
    level[known] = np.searchsorted(np.array(_DEATH_WITHIN), days, side="left")
    return level


def compare_texts(name: str, left: pa.ChunkedArray, right: pa.ChunkedArray, a: Array, b: Array) -> Compared | None:
    """Compare a text of pairs: the same words, some in common, or others. None where no pair has it on both sides."""
    import numpy as np

    texts_left, at_left = _encode(left)
    texts_right, at_right = _encode(right)
    x, y = at_left[a], at_right[b]
    both = (x >= 0) & (y >= 0)
    if not both.any():
        return None
    words_left, words_right = [read_words(text) for text in texts_left], [read_words(text) for text in texts_right]
    share = _shares(words_right, at_right)
    codes, inverse = np.unique(x[both].astype(np.int64) * len(texts_right) + y[both], return_inverse=True)
    levels, chances = [], []
    for code in codes.tolist():
        p, q = words_left[code // len(texts_right)], words_right[code % len(texts_right)]
        common = p & q
        levels.append(NOTHING if not (p and q) else 0 if p == q else 1 if common else 2)
        chances.append(min([share[word] for word in common], default=1.0))
    level: Array = np.full(len(a), NOTHING, dtype=np.int8)
    surprise = np.zeros(len(a), dtype=np.float32)
    level[both] = np.array(levels, dtype=np.int8)[inverse]
    surprise[both] = np.log(np.array(chances, dtype=np.float32))[inverse]
    # Partly in common: the share of the rarest common word; nothing in common: what is left.
    surprise[level == 2] = np.log(0.9)
    surprise[level == NOTHING] = 0.0
    return Compared(Field(name, _TEXT_MATCH, (False,) * 3), level, surprise)


def _shares(words: list[frozenset[str]], at: Array) -> dict[str, float]:
    """Return what share of rows has each word."""
    import numpy as np

    counts = np.bincount(at[at >= 0], minlength=len(words))
    total = max(int(counts.sum()), 1)
    found: dict[str, float] = {}
    for keys, count in zip(words, counts.tolist(), strict=True):
        for key in keys:
            found[key] = found.get(key, 0.0) + count / total
    return {key: min(max(share, 1e-5), 0.999) for key, share in found.items()}


def read_words(text: str) -> frozenset[str]:
    """Return the keys of a text's words, numbers as they are."""
    words = fold(text).split()
    keys = (word if any(c.isdigit() for c in word) else key_word(word).key for word in words)
    return frozenset(key for key in keys if key)


def _encode(column: pa.ChunkedArray) -> tuple[list[str], Array]:
    import numpy as np

    array = column.combine_chunks()
    encoded = array.dictionary_encode()
    return encoded.dictionary.to_pylist(), encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int32)
