"""Published figures beside a list's own, and how much of a list rests on little: as text and JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cenotaph.count.comparison import Comparison, find_common
from cenotaph.count.fragility import Fragility
from cenotaph.domain.canonical import JsonValue
from cenotaph.services.wording import clean, draw_rows


def comparison_text(comparisons: Iterable[Comparison]) -> Iterator[str]:
    """Yield published figures beside the list's own, and under each what the record explains."""
    compared = list(comparisons)
    common = find_common(compared)
    rows = [["published figure", "published", "ours", "difference"]]
    for c in compared:
        ours = str(c.ours) if c.ours is not None else "-"
        rows.append([clean(c.figure.words), c.figure.stated.text, ours, say_difference(c)])
    lines = list(draw_rows(rows, 1))
    yield from lines[:2]
    for line, c in zip(lines[2:], compared, strict=True):
        yield line
        if c.reason:
            yield f"    not comparable: {clean(c.reason)}"
        for explanation in (e for e in c.explanations if e.words not in common):
            yield f"    {clean(explanation.words)}" + (f": explains {explanation.explains:+d}" if explanation.explains else "")
        if c.unexplained:
            yield f"    not explained by the record: {c.unexplained:+d}"
    yield from (clean(words) for words in sorted(common))


def say_difference(c: Comparison) -> str:
    """Return how far ours lies outside a published number; ``none`` where it lies within its bound."""
    if c.difference is None:
        return "-"
    return f"{c.difference:+d}" if c.difference else "0" if c.figure.stated.is_exact else "none"


def comparison_json(c: Comparison) -> dict[str, JsonValue]:
    """Return one comparison as JSON values."""
    return {
        "population": c.figure.population,
        "subgroup": c.figure.subgroup,
        "claimant": c.figure.claimant,
        "as_of": c.figure.as_of.edtf,
        "published": {"text": c.figure.stated.text, "low": c.figure.stated.low, "high": c.figure.stated.high},
        "bound": c.figure.stated.bound.value,
        "ours_at_least": c.ours,
        "cell": c.cell,
        "difference": c.difference,
        "explanations": [{"kind": e.kind, "words": e.words, "explains": e.explains} for e in c.explanations],
        "not_explained_by_the_record": c.unexplained,
        "not_comparable": c.reason or None,
    }


def fragility_text(f: Fragility) -> Iterator[str]:
    """Yield in plain words how much of a list rests on little."""

    def share(part: int, whole: int) -> str:
        return f"{part:,} of {whole:,} ({part / whole:.0%})" if whole else "0 of 0"

    yield f"Rows without a source: {share(f.without_source, f.rows)}"
    yield f"Rows without a date of death: {share(f.without_death_date, f.rows)}"
    yield f"Rows without birth date and age: {share(f.without_birth_or_age, f.rows)}"
    yield f"Rows that somebody has examined: {share(f.examined, f.rows)}"
    for host, rows in f.hosts[:5]:
        yield f"Rows that cite {clean(host)}: {share(rows, f.cited)} of those with a source"
