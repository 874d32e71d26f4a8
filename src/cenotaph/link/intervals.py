"""Dates and ages of reports as intervals of days: when born, when died, as far as a report says."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from cenotaph.domain.dates import PartialDate, Precision
from cenotaph.domain.errors import DateFormatError
from cenotaph.reference.date_words import read_date

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    Days = np.ndarray[tuple[int], np.dtype[np.int32]]
    Floats = np.ndarray[tuple[int], np.dtype[np.float64]]

MISSING = -(2**31)
"""What stands for an open side or a date that nobody gave."""

EXACT, ROUGH, FROM_AGE = 1, 2, 3
"""How an interval was come by: a day, a longer period or a day with doubt, an age."""

_EPOCH = date(1970, 1, 1).toordinal()
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ].*)?", re.ASCII)
_DOTTED = re.compile(r"(\d\d)[./](\d\d)[./](\d{4})", re.ASCII)
_BORN_WORDS = re.compile(
    r"\b(?:года? рождения|года? народження|г\.?\s?р\.?|р\.?\s?н\.?|born|b\.|жылы туған|tug'ilgan)(?=\W|$)\s*", re.IGNORECASE
)
_NUMBER = re.compile(r"\d{1,3}")
_MONTHS_OLD = re.compile(r"\d+\s*(?:months?|mos?\b|мес|місяц|ой|oy\b|أشهر|شهر|ماه|महिन)", re.IGNORECASE)
_SLACK = 366  # days around a date that the text itself calls approximate
_OLDEST = 125
# Whoever was born outside of these was mistyped: 2999, 0500.
_FIRST_BIRTH, _LAST_BIRTH = date(1000, 1, 1).toordinal() - _EPOCH, date(2100, 1, 1).toordinal() - _EPOCH
_FAR = 400  # days between a death and the report of it, where only the report has a date


class Interval(NamedTuple):
    """First and last day, counted from 1970-01-01, and how they were come by."""

    low: int
    high: int
    kind: int


NOTHING = Interval(MISSING, MISSING, 0)


def read_interval(text: str, pivot: int | None = None) -> Interval:
    """Return the days that a text gives, :data:`NOTHING` where it gives none.

    Parameters
    ----------
    text
        A date in any of the forms that :func:`cenotaph.reference.date_words.read_date` knows.
    pivot
        The last year that a year of two digits can mean.
    """
    try:
        if found := _ISO.fullmatch(text):
            day = date(int(found[1]), int(found[2]), int(found[3])).toordinal() - _EPOCH
            return Interval(day, day, EXACT)
        if found := _DOTTED.fullmatch(text):
            day = date(int(found[3]), int(found[2]), int(found[1])).toordinal() - _EPOCH
            return Interval(day, day, EXACT)
    except ValueError:
        pass  # Not a day of this order; the reader of dates may know another.
    text = _BORN_WORDS.sub("", text).strip()
    for calendar, order in _GREGORIAN if _is_gregorian(text) else (*_GREGORIAN, *_OTHERS):
        try:
            return _interval(read_date(text, calendar=calendar, order=order, pivot=pivot))
        except DateFormatError:
            continue
    return NOTHING


_GREGORIAN, _OTHERS = (("gregorian", "dmy"), ("gregorian", "mdy")), (("bikram_sambat", "ymd"), ("solar_hijri", "ymd"))
_DIGITS = re.compile(r"[\d\s./\-]+")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_FIRST, _LAST = 1800, 2039


def _is_gregorian(text: str) -> bool:
    """Tell whether a date in digits has a year of this calendar: 31.02.1990 is a slip of the pen, and no day in Nepal."""
    years = [int(found) for found in _YEAR.findall(text)]
    return bool(years) and all(_FIRST <= year <= _LAST for year in years) and _DIGITS.fullmatch(text) is not None


def _interval(when: PartialDate) -> Interval:
    low = when.start.toordinal() - _EPOCH if when.start else MISSING
    high = when.end.toordinal() - 1 - _EPOCH if when.end else MISSING
    if when.qualifier in ("", "?") and when.precision is Precision.DAY:
        return Interval(low, high, EXACT if not when.qualifier else ROUGH)
    if when.qualifier in ("~", "%") and low != MISSING and high != MISSING:
        slack = min(_SLACK, max(high - low, 31))
        return Interval(low - slack, high + slack, ROUGH)
    return Interval(low, high, ROUGH)


def read_age(text: str) -> tuple[float, float] | None:
    """Return the lowest and highest completed years that a text gives, None where it gives none.

    ``34``, ``34 года``, ``٣٤``, ``30-35``, ``34.0``; months and days are an age of nought.
    """
    if _MONTHS_OLD.search(text):
        return (0.0, 1.0)
    numbers = [int(found) for found in _NUMBER.findall(text.replace(".0", "") if text.endswith(".0") else text)]
    if not numbers or len(numbers) > 2 or max(numbers) > _OLDEST or text.startswith("-"):
        return None
    return (float(min(numbers)), float(max(numbers)))


def read_column(column: pa.ChunkedArray, read: Callable[[str], Interval]) -> tuple[Days, Days, Days]:
    """Return low, high and kind for every row of a column of texts; each distinct text is read once.

    Parameters
    ----------
    read
        Reads one text as :func:`read_interval` does; it must read ``2023-10-07`` as that day.
    """
    import numpy as np

    texts, index = encode(column)
    days = _read_iso(texts)
    if days is not None:
        days = np.append(days, np.int32(MISSING))
        return days[index], days[index], np.where(index < 0, 0, EXACT).astype(np.int32)
    found = np.array([read(text) for text in texts] + [NOTHING], dtype=np.int32).reshape(-1, 3)
    return found[index, 0], found[index, 1], found[index, 2]


def _read_iso(texts: list[str]) -> Days | None:
    """Return the days of texts that are all days such as 2023-10-07, None where one is anything else."""
    import pyarrow as pa
    import pyarrow.compute as pc

    array = pa.array(texts, pa.string())
    if not texts or not pc.all(pc.match_substring_regex(array, r"^[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}$")).as_py():
        return None
    try:
        days: Days = array.cast(pa.date32()).cast(pa.int32()).to_numpy()
    except pa.ArrowInvalid:  # One is no day of the calendar; it may be another calendar's.
        return None
    return days


def read_ages(column: pa.ChunkedArray) -> tuple[Floats, Floats]:
    """Return the lowest and highest age of every row; NaN where there is none."""
    import numpy as np

    texts, index = encode(column)
    found = np.array([read_age(text) or (np.nan, np.nan) for text in texts] + [(np.nan, np.nan)]).reshape(-1, 2)
    return found[index, 0], found[index, 1]


def encode(column: pa.ChunkedArray) -> tuple[list[str], Days]:
    """Return the distinct texts of a column, and for every row which one it is; -1 for null."""
    import numpy as np
    import pyarrow as pa

    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if isinstance(array, pa.ChunkedArray):  # A table without rows has no chunk.
        return [], np.zeros(0, dtype=np.int32)
    encoded = array.dictionary_encode()
    index = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int32)
    return encoded.dictionary.to_pylist(), index


class Lives(NamedTuple):
    """What every report says of when somebody was born and died, in days; :data:`MISSING` where it does not."""

    published: Days
    birth_low: Days
    birth_high: Days
    birth_kind: Days
    death_low: Days
    death_high: Days
    death_kind: Days


def read_lives(reports: pa.Table) -> Lives:
    """Read births, deaths and publication of every report.

    A birth that only an age tells is the interval that the age gives at the day of death, or else at the day of publication
    with a year's slack before it. In a table without any date ages are set against one day, so that they compare with each other.
    Whoever is reported dead on a day died by the day after it (clocks differ): this closes ``death_high`` where the report
    itself gives nothing later.
    """
    import numpy as np

    _, published, _ = read_column(reports["published_on"], read_interval)
    known = published[published != MISSING]
    pivot = date.fromordinal(int(known.max()) + _EPOCH).year if len(known) else None
    birth_low, birth_high, birth_kind = read_column(reports["birth_date_text"], lambda text: read_interval(text, pivot))
    death_low, death_high, death_kind = read_column(reports["death_date_text"], lambda text: read_interval(text, pivot))
    age_low, age_high = read_ages(reports["age"])
    at_low, at_high = _reference_days(published, death_low, death_high)
    birth_low, birth_high, birth_kind = drop_impossible(birth_low, birth_high, birth_kind)
    from_age = (birth_kind == 0) & ~np.isnan(age_low)
    with np.errstate(invalid="ignore"):
        low = np.floor(at_low - (age_high + 1) * 365.2425).astype(np.int64) + 1
        high = np.ceil(at_high - age_low * 365.2425).astype(np.int64)
    birth_low = np.where(from_age, low, birth_low).astype(np.int32)
    birth_high = np.where(from_age, high, birth_high).astype(np.int32)
    birth_kind = np.where(from_age, FROM_AGE, birth_kind).astype(np.int32)
    bounded = (published != MISSING) & ((death_kind == 0) | (death_high == MISSING) | (death_high > published + 1))
    bounded &= (death_low == MISSING) | (death_low <= published + 1)
    death_high = np.where(bounded, published + 1, death_high).astype(np.int32)
    return Lives(published, birth_low, birth_high, birth_kind, death_low, death_high, death_kind)


def drop_impossible(low: Days, high: Days, kind: Days) -> tuple[Days, Days, Days]:
    """Return births without those that no list can mean: of 2999, or of 500."""
    import numpy as np

    beyond = ((low != MISSING) & (low >= _LAST_BIRTH)) | ((high != MISSING) & (high < _FIRST_BIRTH))
    if not beyond.any():
        return low, high, kind
    missing = np.int32(MISSING)
    return np.where(beyond, missing, low), np.where(beyond, missing, high), np.where(beyond, np.int32(0), kind)


def _reference_days(published: Days, death_low: Days, death_high: Days) -> tuple[Floats, Floats]:
    """Return between which days an age was true."""
    import numpy as np

    low = np.where(death_low != MISSING, death_low, np.where(published != MISSING, published - _FAR, np.nan))
    high = np.where(
        (death_low != MISSING) & (death_high != MISSING), death_high, np.where(published != MISSING, published, np.nan)
    )
    low = np.where(np.isnan(low) | np.isnan(high), np.nan, low)
    known = ~np.isnan(low)
    middle = float(np.median(high[known])) if known.any() else 0.0
    slack = float(_FAR) if known.any() else 0.0
    return np.where(known, low, middle - slack), np.where(known, high, middle + slack)
