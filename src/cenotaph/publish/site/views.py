"""The pages that stand once in each language: front, series, breakdowns, claims, sources, method, changes, data, privacy."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cenotaph.publish.signing import read_signature
from cenotaph.publish.site.beside import make_groups, make_line, split_claims
from cenotaph.publish.site.charts import draw_bar
from cenotaph.publish.site.figure_pages import read_unnamed
from cenotaph.publish.site.listing import Gathered
from cenotaph.publish.site.maps import Boundaries, make_maps
from cenotaph.publish.site.markdown import render_markdown
from cenotaph.publish.site.pages import Output, Pages
from cenotaph.publish.site.people_pages import page_of
from cenotaph.publish.site.release_folder import ReleasedFigure, ReleaseFolder, Row
from cenotaph.publish.site.settings import SiteSettings
from cenotaph.publish.site.steps import Step
from cenotaph.publish.site.tables import Breakdown, Line, make_breakdown, make_series, make_tables
from cenotaph.publish.site.texts import Language

if TYPE_CHECKING:
    from markupsafe import Markup

_GRADES = ("confirmed", "corroborated", "reported")
_OTHERS, _HOSTS = 500, 100


@dataclass(frozen=True, slots=True)
class FrontChange:
    """What the last release changed, as the front page says it."""

    before: str
    net: int | None
    added: int
    withdrawn: int
    merged: int
    rules: bool


@dataclass(frozen=True, slots=True)
class KindRow:
    """Reports of one kind of source, with a bar."""

    kind: str
    reports: int
    people: int
    aside: int
    picture: Markup


@dataclass(frozen=True, slots=True)
class ChallengeLine:
    """A challenge as the release's public log has it; ``page`` is where the thing that it is about stands, if anywhere."""

    received: str
    by: str
    about: str
    page: str
    words: str
    deadline: str
    answered: str
    outcome: str
    answer: str


@dataclass(frozen=True)
class Views:
    """Writes the pages of a language that are not of one person or figure; releases and steps are in that language.

    Parameters
    ----------
    front
        The figure that stands in front.
    steps
        What each release changed, the last one first.
    gathered, grades, shown
        What is known of all entries; how many members of the front figure have each grade; the ids of those who are shown.
    """

    pages: Pages
    output: Output
    releases: Sequence[ReleaseFolder]
    front: ReleasedFigure
    steps: Sequence[Step]
    gathered: Gathered
    grades: Counter[str]
    shown: Container[str]
    settings: SiteSettings
    boundaries: Boundaries | None = None

    @property
    def current(self) -> ReleaseFolder:
        """The last release."""
        return self.releases[-1]

    def write(self, t: Language) -> None:
        """Write all pages of a language, or its headline pages where it is only begun."""
        self._front(t)
        self._series(t)
        self._breakdowns(t)
        if t.complete:
            self._map(t)
            self._claims(t)
            self._sources(t)
            self._method(t)
            self._changes(t)
            self._data(t)
            self._privacy(t)

    def _page(self, template: str, t: Language, page: str, **values: object) -> None:
        data = self.pages.render(template, t, page, release=self.current, **values)
        self.output.write(f"{t.tag}/{page}", data)

    def _front(self, t: Language) -> None:
        beside, _ = split_claims(self.current, self.settings.beside)
        figures = [figure for figure in self.current.figures if figure.series == "death" and not figure.where]
        figure = max(figures, key=lambda f: (f.at_least, f.id), default=None)
        series = make_series(figure, t, self.current.dated, self.settings.incomplete_months) if figure else None
        self._page(
            "index.html",
            t,
            "index.html",
            front=self.front,
            unnamed=read_unnamed(self.current).get(self.front.id),
            grades=self._grades(),
            change=self._change(),
            groups=make_groups(beside, self.current, t, 4),
            chosen=bool(self.settings.beside),
            series=series if series and series.columns else None,
            breakdowns=self._front_breakdowns(t),
        )

    def _grades(self) -> list[Line]:
        """Return the front figure's members by grade, with those whose grade is withheld, so that it adds up."""
        largest = max([self.grades[grade] for grade in _GRADES] + [1])
        lines = [Line(g, self.grades[g], "known", draw_bar(self.grades[g], largest)) for g in _GRADES if self.grades[g]]
        if rest := self.front.at_least - sum(line.number for line in lines):
            # Too few withheld members share what their rows would show, so these show no grade either.
            lines.append(Line("withheld", rest, "withheld", draw_bar(rest, largest, "withheld")))
        return lines

    def _change(self) -> FrontChange | None:
        step = self.steps[0]
        line = next((one for one in step.figures if one.id == self.front.id), None)
        if not step.before:
            return None
        net = line.net if line else 0
        return FrontChange(step.before, net, step.added, step.withdrawn, step.merged, step.rules)

    def _front_breakdowns(self, t: Language) -> list[Breakdown]:
        """Return the breakdowns of the widest figures, each axis once."""
        found: dict[str, Breakdown] = {}
        order = sorted(self.current.figures, key=lambda f: (bool(f.where), f.id != self.front.id, -f.at_least, f.id))
        for figure in order:
            for at, axis in enumerate(figure.by):
                if axis not in found:
                    found[axis] = make_breakdown(figure, t, at + (figure.series != "none"), axis, 10)
        return list(found.values())[:3]

    def _series(self, t: Language) -> None:
        made = [
            (figure, make_series(figure, t, self.current.dated, self.settings.incomplete_months))
            for figure in self.current.figures
            if figure.series != "none"
        ]
        made.sort(key=lambda pair: (pair[0].series, bool(pair[0].where), -pair[0].at_least, pair[0].id))
        self._page("series.html", t, "series.html", tables=made, lag=self.gathered.lag())

    def _breakdowns(self, t: Language) -> None:
        figures = [(figure, make_tables(figure, t)) for figure in self.current.figures if figure.by]
        figures.sort(key=lambda pair: (bool(pair[0].where), -pair[0].at_least, pair[0].id))
        self._page("breakdowns.html", t, "breakdowns.html", figures=figures)

    def _map(self, t: Language) -> None:
        boundaries = self.boundaries
        if boundaries:
            self.output.write("data/boundaries.geojson", boundaries.data)
        self._page(
            "map.html",
            t,
            "map.html",
            maps=make_maps(self.current, t, boundaries),
            boundaries=boundaries,
            boundaries_source=self.settings.boundaries_source,
            boundaries_words=self.settings.boundaries_words,
        )

    def _claims(self, t: Language) -> None:
        beside, others = split_claims(self.current, self.settings.beside)
        shown = sorted(others, key=lambda row: (row["needs_review"], row["attribution"], row["claim"], row["document"]))[:_OTHERS]
        self._page(
            "claims.html",
            t,
            "claims.html",
            groups=make_groups(beside, self.current, t),
            chosen=bool(self.settings.beside),
            others_claims=[make_line(row, t) for row in shown],
            total=len(others),
        )

    def _sources(self, t: Language) -> None:
        kinds = self.gathered.kinds()
        largest = max([line.reports for line in kinds] or [1])
        rows = [KindRow(k.kind, k.reports, k.people, k.aside, draw_bar(k.reports, largest)) for k in kinds]
        counted = self.gathered.lineages
        most = max([*counted.values(), 1])
        lineages = [Line(t.number(n), counted[n], "known", draw_bar(counted[n], most)) for n in sorted(counted)]
        hosts = sorted(self.gathered.hosts.items(), key=lambda pair: (-pair[1], pair[0]))[:_HOSTS]
        shown = len(self.gathered.items)
        self._page(
            "sources.html",
            t,
            "sources.html",
            kinds=rows,
            lineages=lineages,
            hosts=hosts,
            examined=self.gathered.examined,
            shown=shown,
        )

    def _method(self, t: Language) -> None:
        text = (self.current.folder / "methodology.md").read_text(encoding="utf-8")
        rests = sorted(self.current.rests_on.items())
        self._page("method.html", t, "method.html", method=render_markdown(text), rests=rests)

    def _changes(self, t: Language) -> None:
        self._page("changes.html", t, "changes.html", steps=self.steps)
        self.output.write(f"{t.tag}/changes.xml", self.pages.render_bare("feed.xml", t, steps=self.steps))
        for release in self.releases:
            rests = sorted(release.rests_on.items())
            self._page("release.html", t, f"releases/{release.label}.html", shown=release, rests=rests)
        log = [step for step in self.steps if step.withdrawn or step.merged]
        self._page("corrections.html", t, "corrections.html", log=log, challenges=[self._challenge(t, c) for c in self._log()])

    def _log(self) -> list[Row]:
        """Return the challenges, the last one received first."""
        return sorted(self.current.rows("challenges"), key=lambda row: (row["received"], row["challenge"]), reverse=True)

    def _challenge(self, t: Language, row: Row) -> ChallengeLine:
        target, page, about = row["target"], "", t.plain(f"challenge.about_{row['about']}") or row["about"]
        figure = self.current.figure(target) if row["about"] == "figure" else None
        if figure is not None:
            about, page = figure.title, f"figures/{figure.id}.html"
        elif row["about"] == "person" and target in self.shown:
            page = page_of(target)
        return ChallengeLine(
            row["received"],
            t.plain(f"challenge.by_{row['challenger']}") or row["challenger"],
            about,
            page,
            row["words"],
            row["deadline"],
            row["answered"],
            t.plain(f"challenge.outcome_{row['outcome']}") or row["outcome"],
            row["answer"],
        )

    def _data(self, t: Language) -> None:
        files = [(name, _size(t, (self.current.folder / name).stat().st_size), digest) for name, digest in self.current.files]
        sums = self.current.folder / "SHA256SUMS"
        files.append(("SHA256SUMS", _size(t, sums.stat().st_size), self.current.sums))
        signed = read_signature(self.current.folder)
        self._page("data.html", t, "data.html", files=files, signed=signed, earlier=list(reversed(self.releases[:-1])))

    def _privacy(self, t: Language) -> None:
        classes = [
            (t.plain(f"privacy.class_{row['class']}") or row["class"], _say_few(t, row["people"]))
            for row in self.current.rows("withheld")
        ]
        self._page("privacy.html", t, "privacy.html", classes=classes)


def _size(t: Language, size: int) -> str:
    return f"{t.number(max(1, round(size / 1000)))} kB"


def _say_few(t: Language, words: str) -> str:
    """Return a number of withheld people, or that they are few, in the page's language."""
    if words.isdigit():
        return t.number(int(words))
    found = re.fullmatch(r"fewer than (\d+)", words)
    return t.plain("privacy.few", n=found[1]) if found else words
