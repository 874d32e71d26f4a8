"""Assessments, standards and what a change would move, as lines for a terminal and as a table."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from cenotaph.assess.standard import Independence, Standard
from cenotaph.domain.plurals import count_words
from cenotaph.services.assessing import Assessment, Moved
from cenotaph.services.wording import clean

_SCOPE = {"in": "in scope", "out": "out of scope, counted apart", "not_known": "scope not known, counted apart"}
_ORDER = ("in", "not_known", "out")
_FEW = 20
_NAMED = 8
COLUMNS = ("person", "fate", "grade", "legal", "review", "since", "rule", "lineages", "scope", "condition", "resolution", "words")


def assessment_rows(found: Assessment) -> list[dict[str, str | int]]:
    """Return how many people there are of each scope, fate and grade, in a fixed order."""
    rows = sorted(found.table().items(), key=lambda item: (_ORDER.index(item[0][0]), item[0][1:]))
    return [{"scope": s, "fate": fate, "grade": grade, "people": n} for (s, fate, grade), n in rows]


def assessment_text(found: Assessment) -> Iterator[str]:
    """Yield an assessment's lines."""
    scope = f", scope {found.scope.id}" if found.scope else ", no scope"
    when = f", as of {found.as_of}" if found.as_of else ""
    yield f"Standard {found.standard.id} ({found.standard.title}){scope}{when}"
    heading = ""
    for row in assessment_rows(found):
        if row["scope"] != heading:
            heading = str(row["scope"])
            yield f"{_SCOPE[heading]}:"
        grade = "" if row["grade"] == "none" else f", {row['grade']}"
        yield f"  {str(row['fate']).replace('_', ' ')}{grade}: at least {row['people']:,}"
    unresolved = sum(p.resolution == "unresolved" for p in found.people if not p.sealed_only)
    if unresolved:
        yield f"{count_words(unresolved, 'report')} among these are of people of whom too little is said to tell them apart."
    if sealed := found.sealed():
        yield f"{count_words(sealed, 'person', 'people')} more known from sealed or leaked sources alone: in no line above."
    early = [report for p in found.people for report in p.too_early]
    if early:
        rest = f" and {len(early) - _NAMED:,} more" if len(early) > _NAMED else ""
        named = ", ".join(report[:12] for report in early[:_NAMED])
        counted = count_words(len(early), "report")
        yield f"{counted} dated before the death they tell, so one of the two dates is wrong: {named}{rest}."
    if found.unlinked:
        yield f"{count_words(found.unlinked, 'report')} are nobody's yet: `cenotaph link run --accept` says whose."


def write_assessment(found: Assessment, path: Path) -> None:
    """Write everybody as CSV, ordered by id."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(COLUMNS)
        for person in sorted(found.people, key=lambda p: p.person):
            d = person.derivation
            s = d.standing
            writer.writerow(
                (
                    person.person,
                    s.fate.value,
                    s.grade or "",
                    s.legal.value,
                    s.review.value,
                    d.since_words,
                    d.rule,
                    d.lineages,
                    person.verdict.value,
                    person.condition,
                    person.resolution,
                    d.words,
                )
            )


def moved_text(moved: Sequence[Moved]) -> Iterator[str]:
    """Yield whom a change would move: how many from where to where, and the first of them."""
    if not moved:
        yield "Nobody would be moved."
        return
    yield f"{count_words(len(moved), 'person', 'people')} would be moved:"
    for (before, after), number in sorted(Counter((m.before, m.after) for m in moved).items(), key=lambda i: (-i[1], i[0])):
        yield f"  {number:,}: {before} -> {after}"
    for item in moved[:_FEW]:
        yield f"  {item.person}: {clean(item.words)}"
    if len(moved) > _FEW:
        yield f"  and {len(moved) - _FEW:,} more; --json lists all of them"


def standard_text(standard: Standard) -> Iterator[str]:
    """Yield what a standard asks, in words."""
    yield f"{standard.title} ({standard.id})"
    yield f"  {standard.text.strip()}"
    yield f"  After: {standard.citation}"
    if standard.alone:
        yield f"  One of these, examined, confirms a death: {_list(standard.alone)}."
    yield f"  These count together: {_list(standard.together)}."
    yield f"  These never count: {_list(standard.never)}."
    judged = standard.independence is Independence.JUDGED
    how = "that a reviewer judged to go back to different origins" if judged else "of different sources, reprints counting once"
    yield f"  {standard.corroborated} lineages {how} corroborate" + (
        f", {standard.confirmed} confirm." if standard.confirmed else "; lineages alone never confirm."
    )
    for event, effect in standard.events.items():
        yield f"  {event.replace('_', ' ')}: {effect}"
    for group in standard.fields:
        yield f"  To be confirmed, {' or '.join(group)} must be known."
    yield f"  A confirmed sign of life {standard.sign_of_life} a death."


def _list(kinds: Iterable[str]) -> str:
    return ", ".join(sorted(kind.replace("_", " ") for kind in kinds)) or "none"
