"""A page for every figure: what it counts, its table and picture, its members, its files and how to cite it."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cenotaph.domain.spreadsheets import disarm
from cenotaph.publish.release_files import hash_file
from cenotaph.publish.release_tables import count_alike
from cenotaph.publish.site.charts import Bar, bars_file, columns_file, draw_bar, picture_bytes
from cenotaph.publish.site.listing import Item
from cenotaph.publish.site.pages import Output, Pages
from cenotaph.publish.site.release_folder import ReleasedFigure, ReleaseFolder
from cenotaph.publish.site.steps import rules_differ
from cenotaph.publish.site.tables import Breakdown, SeriesTable, make_breakdown, make_series, make_tables
from cenotaph.publish.site.texts import Language

if TYPE_CHECKING:
    from markupsafe import Markup

_NAMED, _BARS = 300, 30


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """A figure in one release.

    ``broken`` says why it cannot be compared with the one before: ``break_definition`` where the figure counts something else,
    ``break`` where the standard or the scope changed, else nothing. ``again`` is its number under the rule that came after it,
    where a later release counted it again.
    """

    label: str
    dated: str
    number: int
    broken: str
    picture: Markup
    again: int | None = None


def make_history(releases: Sequence[ReleaseFolder], identifier: str) -> list[HistoryLine]:
    """Return a figure from release to release."""
    found = [(release, figure) for release in releases if (figure := release.figure(identifier))]
    again = _read_again(releases, identifier)
    largest = max([*(figure.at_least for _, figure in found), *again.values()] or [1])
    lines = []
    for at, (release, figure) in enumerate(found):
        before = found[at - 1] if at else None
        broken = ""
        if before is not None and not count_alike(before[1].definition, figure.definition):
            broken = "break_definition"
        elif before is not None and rules_differ(before[0], release):
            broken = "break"
        lines.append(
            HistoryLine(
                release.label,
                release.dated,
                figure.at_least,
                broken,
                draw_bar(figure.at_least, largest),
                again.get(release.label),
            )
        )
    return lines


def _read_again(releases: Sequence[ReleaseFolder], identifier: str) -> dict[str, int]:
    """Return a figure's numbers under the rule that came last, by earlier release, as the release that brought it has them."""
    for release in reversed(releases):
        rows = list(release.rows("again"))
        if rows:
            own = (row for row in rows if row["figure"] == identifier and row["same_definition"] == "true" and row["again"])
            return {row["release"]: int(row["again"]) for row in own}
    return {}


def read_unnamed(release: ReleaseFolder) -> dict[str, tuple[int, int | None, int]]:
    """Return each figure's unnamed places: fewest, most where there is one, and those that are in no sum."""
    return {
        row["figure"]: (int(row["at_least"]), int(row["at_most"]) if row["at_most"] else None, int(row["not_placed"]))
        for row in release.rows("unnamed")
    }


def define(figure: ReleasedFigure, t: Language) -> list[tuple[str, str]]:
    """Return a figure's definition in words."""
    lines = []
    for key, part in (("fates", "fate"), ("grades", "grade"), ("reviews", "review")):
        words = ", ".join(t.plain(f"{part}.{code}") or t.plain(f"values.{part}.{code}") or code for code in figure.texts(key))
        lines.append((t.plain(f"figures.{key}"), words))
    scope = ", ".join(t.plain(f"figures.scope_{word}") or word for word in figure.texts("scope"))
    lines.append((t.plain("figures.scope"), scope))
    for axis, keys in figure.where.items():
        words = ", ".join(t.value(axis, key) for key in keys)
        lines.append((t.axis(axis), t.plain("figures.where", axis=t.axis(axis), keys=words)))
    if figure.by:
        lines.append((t.plain("figures.by"), ", ".join(map(t.axis, figure.by))))
    if figure.series != "none":
        lines.append((t.plain("figures.series"), t.plain(f"figures.series_{figure.series}")))
    return lines


def write_figure_data(output: Output, release: ReleaseFolder, members: Mapping[str, Sequence[str]]) -> None:
    """Write every figure's cells and members as CSV, which are of no language."""
    for figure in release.figures:
        output.write(f"data/figures/{figure.id}.csv", _cells_csv(figure))
        own = "\n".join(("person", *members.get(figure.id, ()), ""))
        output.write(f"data/figures/{figure.id}-members.csv", own.encode())


def write_figures(
    output: Output,
    pages: Pages,
    t: Language,
    releases: Sequence[ReleaseFolder],
    members: Mapping[str, Sequence[str]],
    shown: Mapping[str, Item],
    incomplete: int,
) -> None:
    """Write every figure's page and pictures in one language.

    Parameters
    ----------
    members
        Ids of each figure's members.
    shown
        Those who are shown, by id.
    incomplete
        How many months before the release's day are marked.
    """
    release = releases[-1]
    unnamed = read_unnamed(release)
    for figure in release.figures:
        named = sorted(shown[one] for one in members.get(figure.id, ()) if one in shown)
        people = [(item.id, item.name or item.id[:8], t.date(item.death[:4])) for item in named[:_NAMED]]
        history = make_history(releases, figure.id)
        series = make_series(figure, t, release.dated, incomplete)
        _write_picture(output, f"{t.tag}/figures/{figure.id}", _picture(figure, t, release, series, history))
        data = pages.render(
            "figure.html",
            t,
            f"figures/{figure.id}.html",
            figure=figure,
            release=release,
            definition=define(figure, t),
            series=series,
            tables=make_tables(figure, t),
            history=history,
            unnamed=unnamed.get(figure.id),
            members=people,
            more=len(named) > len(people),
        )
        output.write(f"{t.tag}/figures/{figure.id}.html", data)
    data = pages.render("figures.html", t, "figures/index.html", figures=release.figures)
    output.write(f"{t.tag}/figures/index.html", data)


def _write_picture(output: Output, name: str, svg: str) -> None:
    """Write a picture as SVG and PNG; an unchanged one is not drawn again, which would take longer than all the rest."""
    data = svg.encode("utf-8", "replace")
    drawn, png = hashlib.sha256(data).hexdigest(), output.folder / f"{name}.png"
    mark = f"{drawn}:{hash_file(png)}" if png.is_file() else ""
    if mark and output.marks.get(f"{name}.png") == mark:  # Drawn of this SVG, and with the bytes that were drawn.
        output.prepare(f"{name}.png", mark)
    else:
        picture = picture_bytes(svg)
        output.write(f"{name}.png", picture, f"{drawn}:{hashlib.sha256(picture).hexdigest()}")
    output.write(f"{name}.svg", data)


def _cells_csv(figure: ReleasedFigure) -> bytes:
    period = () if figure.series == "none" else ("period",)
    header = (*period, *figure.by, "at_least")
    rows: Iterator[tuple[str, ...]] = ((*cell.key, str(cell.at_least)) for cell in figure.cells)
    return _csv([header, *rows] if figure.cells else [("at_least",), (str(figure.at_least),)])


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows([disarm(cell) for cell in row] for row in rows)
    return stream.getvalue().encode("utf-8", "replace")


def _picture(
    figure: ReleasedFigure, t: Language, release: ReleaseFolder, series: SeriesTable | None, history: Sequence[HistoryLine]
) -> str:
    """Return the picture to download: the series, else the first breakdown, else the figure from release to release."""
    said = f"{t.plain('common.at_least')} {t.number(figure.at_least)}, {t.plain('common.dated', date=t.date(release.dated))}"
    source = f"{', '.join(release.authors)}. {t.plain('common.release', label=release.label)}, SHA-256 {release.sums[:16]}"
    if series is not None and series.columns:
        words = t.plain("series.unfinished") if series.recorded else t.plain("series.incomplete", n=series.incomplete)
        marked = f" {words.split(':')[0].rstrip('.')}." if series.incomplete else ""
        return columns_file(figure.title, f"{said}.{marked}", source, series.columns, series.labels)
    if figure.by:
        table = make_breakdown(figure, t, 0 if figure.series == "none" else 1, figure.by[0], _BARS)
        bars = [Bar(line.label, line.number, line.kind) for line in table.lines]
        return bars_file(figure.title, f"{said}. {_known(table)}", source, bars, [t.number(bar.number) for bar in bars])
    bars = [Bar(f"{line.label}, {line.dated}", line.number) for line in history]
    return bars_file(figure.title, said, source, bars, [t.number(bar.number) for bar in bars])


def _known(table: Breakdown) -> str:
    return f"{table.title}: {table.known.rpartition(': ')[2]}"
