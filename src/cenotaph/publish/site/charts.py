"""Pictures drawn as SVG when the site is built: inline ones that fit any width and theme, and files of their own to download.

Inline pictures place their marks by percentages, so that they shrink without shrinking their words, and take their colours from
the style sheet, light or dark. They always stand beside a table that holds the same numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markupsafe import Markup

_WIDTH, _LABELS, _ROW = 760, 250, 26
_INK, _SOFT, _RULE, _PAPER = "#23272d", "#5c6066", "#d9d6cf", "#ffffff"
_FILLS = {"known": "#3c4f63", "unknown": "#b9bdc1", "withheld": "#ffffff", "incomplete": "#ffffff", "claim": "#a9743a"}
_SERIF = "'Liberation Serif', Georgia, 'Times New Roman', 'Noto Serif', serif"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar or column: its label, number, what kind it is (``known``, ``unknown``, ``withheld``, ``incomplete``), its words."""

    label: str
    number: int
    kind: str = "known"
    words: str = ""


def draw_bar(number: float, largest: float, kind: str = "known") -> Markup:
    """Draw one bar of a table's row."""
    from markupsafe import Markup

    width = _percent(number, largest)
    return Markup(
        f'<svg class="bar" width="100%" height="11" aria-hidden="true"><rect class="k-{kind}" width="{width}" height="11"/></svg>'
    )


def draw_claim(low: float | None, high: float | None, bound: str, largest: float, then: float | None = None) -> Markup:
    """Draw a claim as an open mark: a point, a span, or a line that runs on where it has no end.

    Parameters
    ----------
    then
        What is documented up to the claim's own day, as a thin bar below it; None where that cannot be compared.
    """
    from markupsafe import Markup

    y, parts = 8, []
    if bound == "vague" and low is None:
        return Markup("")
    start, end = low or 0.0, high if high is not None else largest
    if bound in ("range", "at_most", "at_least", "more_than", "may_exceed", "vague"):
        last = "100%" if high is None else _percent(end, largest)
        style = "claim-open" if high is None else "claim-line"
        parts.append(f'<line class="{style}" x1="{_percent(start, largest)}" x2="{last}" y1="{y}" y2="{y}"/>')
    for at in (low, high):
        if at is not None:
            parts.append(f'<circle class="claim" cx="{_percent(at, largest)}" cy="{y}" r="4.5"/>')
        if bound in ("exact", "approx"):
            break
    if then is not None:
        parts.append(f'<rect class="k-known" y="17" width="{_percent(then, largest)}" height="3"/>')
    tall = 16 if then is None else 22
    return Markup(f'<svg class="mark" width="100%" height="{tall}" aria-hidden="true">{"".join(parts)}</svg>')


def draw_columns(columns: Sequence[Bar], years: Sequence[str], height: int = 190) -> Markup:
    """Draw a series as columns, with a line and a number at each step and the years below.

    Parameters
    ----------
    columns
        In order of time; an ``incomplete`` one is drawn open.
    years
        What stands under each column; empty where nothing does.
    """
    from markupsafe import Markup, escape

    if not columns:
        return Markup("")
    largest = max(max(c.number for c in columns), 1)
    step = nice_step(largest)
    top = max(-(-largest // step) * step, step)
    plot, base = height - 40, height - 22
    wide = 100 / len(columns)
    parts = []
    for line in range(0, top + 1, step):
        y = base - plot * line / top
        parts.append(f'<line class="{"axis" if line == 0 else "grid"}" x1="0" x2="100%" y1="{y:.1f}" y2="{y:.1f}"/>')
        if line:
            number = f"{line:,}".replace(",", "\u2009")
            parts.append(f'<text class="tick" x="-8" y="{y + 4:.1f}" text-anchor="end">{number}</text>')
    for at, (column, year) in enumerate(zip(columns, years, strict=True)):
        tall = plot * column.number / top
        if column.number:
            title = f"<title>{escape(column.words)}</title>" if column.words else ""
            parts.append(
                f'<rect class="k-{column.kind}" x="{at * wide + wide * 0.12:.2f}%" y="{base - tall:.1f}" '
                f'width="{wide * 0.76:.2f}%" height="{tall:.1f}">{title}</rect>'
            )
        if year:
            anchor = ' text-anchor="end"' if at * wide > 94 else ""
            parts.append(f'<text class="tick" x="{at * wide:.2f}%" y="{height - 5}"{anchor}>{escape(year)}</text>')
    return Markup(f'<svg class="columns" width="100%" height="{height}" aria-hidden="true">{"".join(parts)}</svg>')


def nice_step(largest: int, lines: int = 4) -> int:
    """Return a step of 1, 2 or 5 times a power of ten that takes at most so many lines to the largest number."""
    step = 1
    while largest / step > lines:
        step = step * 5 // 2 if str(step)[0] == "2" else step * 2
    return step


def _percent(number: float, largest: float) -> str:
    return f"{max(0.0, min(100.0, 100 * number / largest if largest else 0)):.2f}".rstrip("0").rstrip(".") + "%"


def bars_file(title: str, subtitle: str, source: str, bars: Sequence[Bar], numbers: Sequence[str]) -> str:
    """Return bars as an SVG file of its own, which says what it shows and where it is from."""
    from markupsafe import escape

    largest = max([bar.number for bar in bars] or [1]) or 1
    top = 84
    parts = []
    for at, (bar, number) in enumerate(zip(bars, numbers, strict=True)):
        y = top + at * _ROW
        width = max((_WIDTH - _LABELS - 110) * bar.number / largest, 0.5)
        stroke = f' stroke="{_SOFT}" stroke-dasharray="3 2"' if bar.kind == "withheld" else ""
        label = escape(_cut(bar.label, 36))
        parts.append(f'<text x="{_LABELS - 10}" y="{y + 14}" text-anchor="end" font-size="14">{label}</text>')
        parts.append(f'<rect x="{_LABELS}" y="{y + 3}" width="{width:.1f}" height="14" fill="{_FILLS[bar.kind]}"{stroke}/>')
        parts.append(f'<text x="{_LABELS + width + 8:.1f}" y="{y + 15}" font-size="14" fill="{_SOFT}">{escape(number)}</text>')
    return _file(title, subtitle, source, "".join(parts), top + len(bars) * _ROW)


def columns_file(title: str, subtitle: str, source: str, columns: Sequence[Bar], years: Sequence[str]) -> str:
    """Return a series as an SVG file of its own."""
    from markupsafe import escape

    largest = max([c.number for c in columns] or [1]) or 1
    step = nice_step(largest)
    top = max(-(-largest // step) * step, step)
    above, plot = 84, 230
    base, wide = above + plot, (_WIDTH - 86) / max(len(columns), 1)
    parts = []
    for line in range(0, top + 1, step):
        y = base - plot * line / top
        parts.append(f'<line x1="66" x2="{_WIDTH - 20}" y1="{y:.1f}" y2="{y:.1f}" stroke="{_INK if line == 0 else _RULE}"/>')
        if line:
            number = f"{line:,}".replace(",", "\u2009")
            parts.append(f'<text x="56" y="{y + 4:.1f}" font-size="12" fill="{_SOFT}" text-anchor="end">{number}</text>')
    for at, (column, year) in enumerate(zip(columns, years, strict=True)):
        tall, x = plot * column.number / top, 66 + at * wide
        stroke = f' stroke="{_FILLS["known"]}"' if column.kind == "incomplete" else ""
        if column.number:
            parts.append(
                f'<rect x="{x + wide * 0.12:.1f}" y="{base - tall:.1f}" width="{wide * 0.76:.1f}" height="{tall:.1f}" '
                f'fill="{_FILLS[column.kind]}"{stroke}/>'
            )
        if year:
            parts.append(f'<text x="{x:.1f}" y="{base + 18}" font-size="12" fill="{_SOFT}">{escape(year)}</text>')
    return _file(title, subtitle, source, "".join(parts), base + 28)


def _file(title: str, subtitle: str, source: str, body: str, height: int) -> str:
    from markupsafe import escape

    tall = height + 34
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{tall}" viewBox="0 0 {_WIDTH} {tall}" role="img" '
        f'font-family="{_SERIF}" fill="{_INK}"><title>{escape(title)}</title>'
        f'<rect width="{_WIDTH}" height="{tall}" fill="{_PAPER}"/>'
        f'<text x="20" y="34" font-size="20">{escape(_cut(title, 78))}</text>'
        f'<text x="20" y="58" font-size="14" fill="{_SOFT}">{escape(_cut(subtitle, 110))}</text>'
        f'{body}<text x="20" y="{height + 20}" font-size="12" fill="{_SOFT}">{escape(_cut(source, 125))}</text></svg>\n'
    )


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "\u2026"


def picture_bytes(svg: str) -> bytes:
    """Return a picture as PNG, twice as large; the fonts are those of the machine that builds the site."""
    import io

    import vl_convert
    from PIL import Image

    drawn = Image.open(io.BytesIO(bytes(vl_convert.svg_to_png(svg, scale=2.0)))).convert("RGB")
    stream = io.BytesIO()
    # A few flat colours and their edges: a palette makes the file ten times smaller.
    drawn.quantize(64, dither=Image.Dither.NONE).save(stream, "PNG", optimize=True)
    return stream.getvalue()
