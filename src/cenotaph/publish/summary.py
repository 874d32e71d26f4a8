"""One self-contained page that shows a count: the table, its chart, what others published, and every row behind each number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markupsafe import Markup

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One report as the page shows it: the row it stands in, the list's own words, and its standing."""

    report: str
    row_number: int
    words: tuple[str, ...]
    evidence: str


@dataclass(frozen=True, slots=True)
class Group:
    """The reports behind one number of the table."""

    anchor: str
    label: str
    cell: str
    rows: tuple[EvidenceRow, ...]


@dataclass(frozen=True, slots=True)
class CountRow:
    """One line of the table: a label, its total, and a number for each column."""

    anchor: str
    label: str
    total: int
    cell: str
    numbers: tuple[int, ...]
    groups: tuple[Group | None, ...]
    coverage: str


@dataclass(frozen=True, slots=True)
class ComparisonLine:
    """A published figure beside the list's own."""

    words: str
    published: str
    ours: str
    difference: str
    explanations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """What a text claims, and what stands beside it in the list; the two are never added."""

    origin: str
    quote: str
    number: str
    people: str
    outcome: str
    speaker: str
    modality: str
    beside: str
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CaptureNote:
    """A file that the page rests on."""

    origin: str
    sha256: str
    size: int
    role: str


@dataclass(frozen=True, slots=True)
class SummaryPage:
    """Everything that the page says; nothing is computed while it is written."""

    title: str
    lead: str
    release: str
    total: int
    countries: int
    column_labels: tuple[str, ...]
    word_columns: tuple[str, ...]
    rows: tuple[CountRow, ...]
    rolled_up: tuple[tuple[str, str], ...]
    comparisons: tuple[ComparisonLine, ...]
    claimant: str
    fragility: tuple[tuple[str, int, int], ...]
    backlog: tuple[tuple[str, str, int], ...]
    captures: tuple[CaptureNote, ...]
    head: str
    entries: int
    verified: bool
    commands: tuple[tuple[str, str], ...]
    credit: str
    claims: tuple[ClaimLine, ...] = ()


def write_summary(page: SummaryPage, path: Path) -> int:
    """Write the page as one HTML file without script and without a request to anybody; return its size in bytes."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    html = environment.get_template("summary.html").render(page=page, chart=draw_chart(page))
    data = html.encode("utf-8", "replace")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return len(data)


PALETTE = ("#7a2e1f", "#b5673c", "#d8b071", "#8a8f7a", "#5c6f7b", "#c9cdc6")


def draw_chart(page: SummaryPage, top: int = 15) -> Markup:
    """Draw the largest lines of the table as bars split by its columns; the table beside it holds all of them."""
    import altair as alt
    import vl_convert
    from markupsafe import Markup

    shown = page.rows[:top]
    values = [
        {"label": row.label, "place": place, "column": column, "order": order, "reports": number}
        for place, row in enumerate(shown)
        for order, (column, number) in enumerate(zip(page.column_labels, row.numbers, strict=True))
        if number
    ]
    chart = (
        alt.Chart(alt.Data(values=values))
        .mark_bar()
        .encode(
            y=alt.Y("label:N", sort=[row.label for row in shown], title=None, axis=alt.Axis(labelLimit=220, ticks=False, domain=False)),
            x=alt.X("sum(reports):Q", title="reports of the dead (at least)", axis=alt.Axis(gridColor="#e4e0d8", domain=False)),
            color=alt.Color(
                "column:N",
                sort=list(page.column_labels),
                scale=alt.Scale(domain=list(page.column_labels), range=_colours(page.column_labels)),
                legend=alt.Legend(title=None, orient="bottom", columns=3, labelLimit=300),
            ),
            order=alt.Order("order:Q"),
        )
        .properties(width=520, height={"step": 20})
        .configure_view(stroke=None)
        .configure(font="Georgia, serif", background="transparent")
    )
    svg = vl_convert.vegalite_to_svg(chart.to_json())
    return Markup(svg)


def _colours(labels: Sequence[str]) -> list[str]:
    """Give every column a colour; the last, the unknown, is always the palest."""
    inner = [PALETTE[at % (len(PALETTE) - 1)] for at in range(len(labels) - 1)]
    return [*inner, PALETTE[-1]]
