"""Figures and their defence as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from cenotaph.count.figures import Figure
from cenotaph.count.incidents import Unnamed
from cenotaph.domain.canonical import JsonValue
from cenotaph.domain.plurals import count_words
from cenotaph.services.figures import Defence
from cenotaph.services.unnamed import say_unnamed
from cenotaph.services.wording import clean

_FEW = 30


def figure_text(figure: Figure) -> Iterator[str]:
    """Yield a figure's lines: the minimum, what is known of its axes, its breakdown, and its weak members."""
    yield f"{clean(figure.definition.title)} ({figure.definition.id}): at least {figure.value:,}"
    if figure.definition.text:
        yield f"  {clean(figure.definition.text)}"
    if figure.unnamed is not None:
        found = figure.unnamed
        least = figure.value + found.low
        yield f"  unnamed places: {say_unnamed(found.low, found.high)}; members and places together at least {least:,}"
        if found.not_placed:
            yield f"  {count_words(found.not_placed, 'place')} more, of which the figure's conditions are not known: in no sum"
    for axis, known in figure.known:
        yield f"  {axis} known for {known:,} of {figure.value:,}"
    for cell in figure.cells[:_FEW]:
        yield f"  {' / '.join(clean(part) for part in cell.key)}: at least {cell.value:,}"
    if len(figure.cells) > _FEW:
        yield f"  and {len(figure.cells) - _FEW:,} more cells; --json has all of them"
    yield f"  {count_words(len(figure.single), 'member')} on a single lineage, {len(figure.adopted):,} that nobody has examined"


def defence_text(defence: Defence) -> Iterator[str]:
    """Yield a figure with what stands behind it."""
    yield from figure_text(defence.figure)
    yield f"Counted at ledger head {defence.head[:16]} under {defence.standard.id}; under each standard:"
    for name, value in defence.under:
        yield f"  {name}: at least {value:,}"
    if defence.published is not None and defence.published[1] != defence.figure.value:
        label, number = defence.published
        yield f"Release {label} published at least {number:,}; the number above is of the record as it stands, before any policy:"
        yield "  members that a policy withholds are in it, and some may have come or gone since."
    if defence.error is not None:
        error = defence.error
        yield f"Of {error.checked:,} checked {error.wrong:,} were wrong:"
        yield f"  of {error.of:,} members {error.low:,} to {error.high:,} may be (95%)."
        return
    yield f"To check again, in this order (seed {defence.sample.seed}); write person,right into a CSV and give it with --results:"
    for person in defence.sample.members:
        yield f"  {person}"


def figure_record(found: Figure) -> dict[str, JsonValue]:
    """Return a figure as canonical JSON can hold it."""
    return {
        "definition": found.definition.record(),
        "version": found.definition.version(),
        "at_least": found.value,
        "unnamed": _unnamed_record(found.unnamed),
        "known": dict(found.known),
        "cells": [{"key": list(cell.key), "at_least": cell.value} for cell in found.cells],
        "members": list(found.members),
        "single_lineage": list(found.single),
        "adopted": list(found.adopted),
    }


def _unnamed_record(found: Unnamed | None) -> dict[str, JsonValue] | None:
    if found is None:
        return None
    return {
        "at_least": found.low,
        "at_most": found.high,
        "not_placed": found.not_placed,
        "incidents": [
            {"incident": p.incident, "stated": [p.low, p.high], "grade": str(p.grade or ""), "unnamed": [low, high]}
            for p, low, high in found.places
        ],
    }
