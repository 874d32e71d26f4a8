"""One self-contained page that shows a count: the table, its chart, what others published, and every row behind each number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle
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
    """The reports behind one number of the table.

    Parameters
    ----------
    anchor
        Its id in the page.
    label
        What a reader sees for the column.
    cell
        The number's id in the casebook.
    column
        The column's place, from 0.
    total
        How many there are; ``rows`` may hold fewer where they are too many for a page.
    rows
        The reports.
    """

    anchor: str
    label: str
    cell: str
    column: int
    total: int
    rows: tuple[EvidenceRow, ...]


@dataclass(frozen=True, slots=True)
class CountRow:
    """One line of the table: a label, its total, a number for each column, and what is known of the columns' axis."""

    anchor: str
    label: str
    total: int
    cell: str
    numbers: tuple[int, ...]
    groups: tuple[Group | None, ...]
    known: str


@dataclass(frozen=True, slots=True)
class ComparisonLine:
    """A published figure beside the list's own: what the record says of the difference, and what it does not explain."""

    words: str
    published: str
    ours: str
    difference: str
    explanations: tuple[str, ...]
    unexplained: str


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
    """Everything that the page says; nothing is computed while it is written.

    ``column_kinds`` says of each column whether it is ``known``, ``quoted`` in words that stand for no code, or ``unknown``.
    """

    title: str
    lead: str
    release: str
    counted_at: str
    total: int
    countries: int
    column_labels: tuple[str, ...]
    column_kinds: tuple[str, ...]
    column_totals: tuple[int, ...]
    known: str
    word_columns: tuple[str, ...]
    words_language: str
    rows: tuple[CountRow, ...]
    remarks: tuple[str, ...]
    sayings: tuple[str, ...]
    comparisons: tuple[ComparisonLine, ...]
    comparison_notes: tuple[str, ...]
    claimant: str
    fragility: tuple[tuple[str, int, int], ...]
    backlog: int
    backlog_lines: tuple[tuple[str, str, int], ...]
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
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    charts = (draw_chart(page, 760, 200), draw_chart(page, 205, 110))
    html = environment.get_template("summary.html").render(page=page, charts=charts)
    data = html.encode("utf-8", "replace")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return len(data)


INK = "#22201c"
# What is known stands out, what is only quoted less, what is unknown least.
_KNOWN = ("#7a2e1f", "#33586b", "#c07a3f", "#6d7440", "#8a5a83")
_QUOTED = ("#c3ab8b", "#a9b3a0", "#b8a5ad")
_UNKNOWN = "#e2ddd2"


def draw_chart(page: SummaryPage, width: int, labels: int, top: int = 15) -> Markup:
    """Draw the largest lines of the table as bars split by its columns; the table beside it holds all of them.

    Parameters
    ----------
    width, labels
        Pixels for the bars and at most for the labels beside them.
    top
        How many lines.
    """
    import altair as alt
    import vl_convert
    from markupsafe import Markup

    shown = [row for row in page.rows if row.total][:top]
    values = [
        {"label": row.label, "place": place, "column": column, "order": order, "reports": number}
        for place, row in enumerate(shown)
        for order, (column, number) in enumerate(zip(page.column_labels, row.numbers, strict=True))
        if number
    ]
    narrow = width < 400
    chart = (
        alt.Chart(alt.InlineData(values=values))
        .mark_bar()
        .encode(
            y=alt.Y(
                "label:N",
                sort=[row.label for row in shown],
                title=None,
                axis=alt.Axis(labelLimit=labels, ticks=False, domain=False, labelPadding=8),
            ),
            x=alt.X(
                "sum(reports):Q",
                title="reports of the dead (at least)",
                axis=alt.Axis(gridColor="#e4e0d8", domain=False, tickCount=4 if narrow else 8),
            ),
            color=alt.Color(
                "column:N",
                sort=list(page.column_labels),
                scale=alt.Scale(domain=list(page.column_labels), range=_colours(page.column_kinds)),
                legend=alt.Legend(
                    title=None,
                    orient="top",
                    direction="vertical" if narrow else "horizontal",
                    columns=1 if narrow else 4,
                    labelLimit=300,
                    labelFontSize=13,
                    labelColor=INK,
                    symbolType="square",
                ),
            ),
            order=alt.Order("order:Q"),
        )
        .properties(width=width, height={"step": 22})
        .configure(font='Georgia, "Noto Serif", "Times New Roman", serif', background="transparent")
        .configure_view(stroke=None)
        .configure_axis(labelFontSize=13, titleFontSize=13, titleFontWeight="normal", labelColor=INK, titleColor=INK)
    )
    svg = vl_convert.vegalite_to_svg(chart.to_json())
    return Markup(svg)


def _colours(kinds: Sequence[str]) -> list[str]:
    """Give every column a colour of its kind."""
    palettes = {"known": cycle(_KNOWN), "quoted": cycle(_QUOTED), "unknown": cycle((_UNKNOWN,))}
    return [next(palettes[kind]) for kind in kinds]
