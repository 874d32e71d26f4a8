"""A figure's cells as the tables and pictures of a page: breakdowns by one axis or two, series by month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from cenotaph.publish.site.charts import Bar, draw_bar, draw_columns
from cenotaph.publish.site.release_folder import ReleasedFigure
from cenotaph.publish.site.texts import Language, stated_words
from cenotaph.reference.placeholders import is_placeholder

if TYPE_CHECKING:
    from markupsafe import Markup

UNKNOWN, WITHHELD, NOT_DATED = "unknown", "withheld", "not dated"
_LAST = {"known": 0, UNKNOWN: 1, WITHHELD: 2}
_MOST_COLUMNS = 12


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table with its bar; ``kind`` says whether its key is known."""

    label: str
    number: int
    kind: str
    picture: Markup


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A figure by one axis."""

    title: str
    known: str
    lines: tuple[Line, ...]
    total: int
    cross: bool = False


@dataclass(frozen=True, slots=True)
class CrossRow:
    """One line of a figure by two axes: numbers by column, and of how many the column's axis is known."""

    label: str
    kind: str
    total: int
    numbers: tuple[int, ...]
    known: int


@dataclass(frozen=True, slots=True)
class Cross:
    """A figure by two axes; ``title`` is the rows' one, ``across`` the columns'."""

    title: str
    across: str
    known: str
    columns: tuple[str, ...]
    rows: tuple[CrossRow, ...]
    cross: bool = True


@dataclass(frozen=True, slots=True)
class Year:
    """Twelve months: a number, or None outside the series, and whether it is incomplete."""

    label: str
    months: tuple[tuple[int | None, bool], ...]
    total: int


@dataclass(frozen=True, slots=True)
class SeriesTable:
    """A figure by month: picture, a line for each year, and what is in no month.

    Parameters
    ----------
    known
        How many are in no month, in words.
    words
        The series in a few words, for those who do not see the picture.
    incomplete
        How many months at its end are marked.
    columns, labels
        What the picture draws.
    recorded
        Whether it is by the month recorded: then only the release's own month is incomplete.
    """

    picture: Markup
    years: tuple[Year, ...]
    aside: tuple[Line, ...]
    total: int
    known: str
    words: str
    incomplete: int
    columns: tuple[Bar, ...]
    labels: tuple[str, ...]
    recorded: bool


def kind_of(key: str) -> str:
    """Return whether a key is ``known``, ``unknown`` or ``withheld``; words such as "no data" say that it is unknown."""
    if key == WITHHELD:
        return WITHHELD
    words = stated_words(key)
    says_nothing = any(c.isalpha() for c in words) and is_placeholder(words)  # A unit's bare number says something.
    return UNKNOWN if key in (UNKNOWN, NOT_DATED) or says_nothing else "known"


def sum_by(figure: ReleasedFigure, place: int) -> Counter[str]:
    """Return the figure's numbers by one part of its cells' keys."""
    found: Counter[str] = Counter()
    for cell in figure.cells:
        found[cell.key[place]] += cell.at_least
    return found


def order_keys(numbers: Counter[str], t: Language, axis: str) -> list[str]:
    """Return keys, the largest first; what is unknown and then what is withheld stand last."""
    return sorted(numbers, key=lambda key: (_LAST[kind_of(key)], -numbers[key], t.value(axis, key), key))


def say_known(t: Language, numbers: Counter[str]) -> str:
    """Say of how many people the axis is known, and how many are withheld."""
    total = sum(numbers.values())
    known = sum(number for key, number in numbers.items() if kind_of(key) == "known")
    if numbers[WITHHELD]:
        values = {"n": t.number(known), "m": t.number(total), "w": t.number(numbers[WITHHELD])}
        return t.plain("breakdowns.known_and_withheld", **values)
    return t.plain("breakdowns.known", n=t.number(known), m=t.number(total))


def make_breakdown(figure: ReleasedFigure, t: Language, place: int, axis: str, most: int = 0) -> Breakdown:
    """Return a figure by one of its axes; beyond ``most`` groups, the others together."""
    numbers = sum_by(figure, place)
    keys = order_keys(numbers, t, axis)
    named = [key for key in keys if kind_of(key) == "known"]
    shown = set(named[:most] if most and len(named) > most + 1 else named)
    rest = [key for key in named if key not in shown]
    largest = max([numbers[key] for key in keys if key not in rest] or [1])
    lines = [_line(t.value(axis, key), numbers[key], kind_of(key), largest) for key in keys if key in shown]
    if rest:
        lines.append(_line(t.plain("front.others", n=len(rest)), sum(numbers[key] for key in rest), UNKNOWN, largest))
    lines += [_line(t.value(axis, key), numbers[key], kind_of(key), largest) for key in keys if kind_of(key) != "known"]
    known = t.plain("breakdowns.order", known=say_known(t, numbers))
    return Breakdown(t.axis(axis), known, tuple(lines), figure.at_least)


def _line(label: str, number: int, kind: str, largest: int) -> Line:
    return Line(label, number, kind, draw_bar(number, largest, kind))


def make_cross(figure: ReleasedFigure, t: Language, places: tuple[int, int], axes: tuple[str, str]) -> Cross:
    """Return a figure by two of its axes."""
    by_row, by_column = sum_by(figure, places[0]), sum_by(figure, places[1])
    numbers: Counter[tuple[str, str]] = Counter()
    for cell in figure.cells:
        numbers[cell.key[places[0]], cell.key[places[1]]] += cell.at_least
    columns = order_keys(by_column, t, axes[1])
    rows = []
    for key in order_keys(by_row, t, axes[0]):
        known = sum(numbers[key, column] for column in columns if kind_of(column) == "known")
        own = tuple(numbers[key, column] for column in columns)
        rows.append(CrossRow(t.value(axes[0], key), kind_of(key), by_row[key], own, known))
    labels = tuple(t.value(axes[1], key) for key in columns)
    words = f"{t.axis(axes[1])}: {say_known(t, by_column)}"
    return Cross(t.axis(axes[0]), t.axis(axes[1]), words, labels, tuple(rows))


def make_tables(figure: ReleasedFigure, t: Language) -> list[Breakdown | Cross]:
    """Return a figure's breakdowns: by each of its axes, and crossed where there are two and few enough columns."""
    offset = 0 if figure.series == "none" else 1
    tables: list[Breakdown | Cross] = []
    if len(figure.by) == 2 and len(sum_by(figure, offset + 1)) <= _MOST_COLUMNS:
        tables.append(make_cross(figure, t, (offset, offset + 1), (figure.by[0], figure.by[1])))
    tables += [make_breakdown(figure, t, offset + at, axis) for at, axis in enumerate(figure.by)]
    return tables


def make_series(figure: ReleasedFigure, t: Language, dated: str, incomplete: int) -> SeriesTable | None:
    """Return a figure by month, or None where it is no series.

    Parameters
    ----------
    dated
        The release's day.
    incomplete
        How many months up to that day are marked as incomplete.
    """
    if figure.series == "none":
        return None
    numbers = sum_by(figure, 0)
    dates = sorted(key for key in numbers if _month(key) is not None)
    aside = tuple(_line(t.value("period", key), numbers[key], kind_of(key), 1) for key in (NOT_DATED, WITHHELD) if numbers[key])
    notes = []
    if numbers[NOT_DATED]:
        notes.append(t.plain("series.not_dated", n=t.number(numbers[NOT_DATED]), m=t.number(figure.at_least)))
    if numbers[WITHHELD]:
        notes.append(t.plain("series.withheld", n=t.number(numbers[WITHHELD])))
    from markupsafe import Markup

    if not dates:
        return SeriesTable(Markup(""), (), aside, figure.at_least, " ".join(notes), "", 0, (), (), False)
    recorded = figure.series == "recorded"
    open_from = _number_of(dated[:7]) - (min(incomplete, 1) if recorded else incomplete) + 1
    first = _number_of(dates[0])
    last = max(_number_of(dates[-1]), min(_number_of(dated[:7]), _number_of(dates[-1]) + 24))
    months = [_name_of(number) for number in range(first, last + 1)]
    columns = tuple(
        Bar(month, numbers[month], "incomplete" if _number_of(month) >= open_from else "known", _say(t, month, numbers[month]))
        for month in months
    )
    drawn, labels = (columns, _year_labels(months)) if len(columns) <= 120 else _by_year(t, columns)
    years = []
    for year in range(first // 12, last // 12 + 1):
        cells = tuple(_cell(numbers, at, first, last, open_from) for at in range(year * 12, year * 12 + 12))
        years.append(Year(str(year), cells, sum(number or 0 for number, _ in cells)))
    words = f"{t.date(dates[0])} \u2013 {t.date(dates[-1])}"
    marked = max(0, last - max(open_from, first) + 1)
    picture = draw_columns(drawn, labels)
    known = " ".join(notes)
    return SeriesTable(picture, tuple(years), aside, figure.at_least, known, words, marked, drawn, tuple(labels), recorded)


def _cell(numbers: Counter[str], at: int, first: int, last: int, open_from: int) -> tuple[int | None, bool]:
    return (numbers[_name_of(at)], at >= open_from) if first <= at <= last else (None, False)


def _say(t: Language, period: str, number: int) -> str:
    return f"{t.date(period)}: {t.plain('common.at_least')} {t.number(number)}"


def _by_year(t: Language, columns: Sequence[Bar]) -> tuple[tuple[Bar, ...], list[str]]:
    sums: dict[str, int] = {}
    kinds: dict[str, str] = {}
    for column in columns:
        year = column.label[:4]
        sums[year] = sums.get(year, 0) + column.number
        kinds[year] = "incomplete" if "incomplete" in (kinds.get(year), column.kind) else "known"
    bars = tuple(Bar(year, number, kinds[year], _say(t, year, number)) for year, number in sums.items())
    every = -(-len(bars) // 8)
    return bars, [bar.label if at % every == 0 else "" for at, bar in enumerate(bars)]


def _year_labels(months: Sequence[str]) -> list[str]:
    """Return the year under its January, and under the first month where its year has room before the next."""
    january = [month.endswith("-01") for month in months]
    first = 0 if True not in january or january.index(True) > len(months) // 12 else -1
    return [month[:4] if january[at] or at == first else "" for at, month in enumerate(months)]


def _month(key: str) -> date | None:
    try:
        return date.fromisoformat(f"{key}-01") if len(key) == 7 else None
    except ValueError:
        return None


def _number_of(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def _name_of(number: int) -> str:
    return f"{number // 12:04}-{number % 12 + 1:02}"
