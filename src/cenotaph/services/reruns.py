"""Earlier releases counted again under another rule: both series side by side, and where the rule breaks them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from cenotaph.assess.scope import Scope
from cenotaph.assess.standard import Standard
from cenotaph.casebook.history import find_moment
from cenotaph.casebook.store import Casebook
from cenotaph.count.figures import FigureDefinition, count_figure
from cenotaph.publish.policy import Policy
from cenotaph.publish.release_rows import make_rows
from cenotaph.publish.release_unnamed import Again
from cenotaph.services.assessing import assess_records
from cenotaph.services.evidence import Progress, Records, read_records
from cenotaph.services.release_content import count_people, gather_records
from cenotaph.services.release_record import Recorded, list_releases

LAST = 3
"""So many releases are counted again before a rule is adopted."""


def rerun_releases(
    casebook: Casebook,
    definitions: Sequence[FigureDefinition],
    standard: Standard,
    scope: Scope | None,
    *,
    last: int = LAST,
    before: str | None = None,
    policy: Policy | None = None,
    progress: Progress = lambda *_: None,
) -> list[Again]:
    """Count figures again over the record as it was when each of the last releases was made, under a standard and a scope.

    Parameters
    ----------
    last
        How many releases, 1 or more.
    before
        Only releases before this one, by its label.
    policy
        Count as a release under this policy would publish: without it everybody counts, also withheld members who would be told
        by a condition, and no number is to be published.

    Returns
    -------
    list of Again
        In order of releases, then of definitions. What was sealed since a release is missing from its count made again.
    """
    known = list_releases()
    labels = [release.label for release in known]
    if before in labels:
        known = known[: labels.index(before)]
    found: list[Again] = []
    for release in known[-last:]:
        records = read_records(casebook, find_moment(release.based_on), progress=progress)
        numbers = _count(records, definitions, standard, scope, policy, date.fromisoformat(release.dated))
        for definition in definitions:
            published, counted, record = _read_published(release, definition.id)
            number = numbers[definition.id]
            same = record == definition.record()
            whole = counted if policy is None else None
            found.append(Again(release.label, release.dated, definition.id, published, number, same, whole))
    return found


def _count(
    records: Records,
    definitions: Sequence[FigureDefinition],
    standard: Standard,
    scope: Scope | None,
    policy: Policy | None,
    day: date,
) -> dict[str, int]:
    """Return each figure's number: of everybody, or as a policy lets it be published."""
    if policy is None:
        people = count_people(records, assess_records(records, standard, scope))
        return {definition.id: count_figure(definition, people).value for definition in definitions}
    content = gather_records(records, standard, scope, definitions)
    shown = Counter(name for row in make_rows(content.candidates, policy, day, b"").people for name in row.figures)
    return {definition.id: shown[definition.id] for definition in definitions}


def _read_published(release: Recorded, figure: str) -> tuple[int | None, int | None, object]:
    """Return the number that a release gives for a figure, the one it had before any policy, and how it defines it."""
    numbers, definitions = release.summary["figures"], release.summary["definitions"]
    before_policy = release.summary.get("counted", numbers)
    assert isinstance(numbers, dict) and isinstance(before_policy, dict) and isinstance(definitions, list)
    published, counted = numbers.get(figure), before_policy.get(figure)
    record = next((d for d in definitions if isinstance(d, dict) and d.get("id") == figure), None)
    as_number = [int(str(number)) if number is not None else None for number in (published, counted)]
    return as_number[0], as_number[1], record


def rerun_text(found: Sequence[Again], standard: Standard) -> Iterator[str]:
    """Yield both series of each figure as lines."""
    if not found:
        yield "There is no release yet that could be counted again."
        return
    yield f"The last releases counted again under {standard.id}; what was published stays citable:"
    for figure in dict.fromkeys(item.figure for item in found):
        yield f"  {figure}"
        for item in (item for item in found if item.figure == figure):
            was = f"at least {item.published:,}" if item.published is not None else "no such figure"
            note = "" if item.same_definition or item.published is None else "; the figure was defined otherwise"
            whole = item.published if item.counted is None else item.counted
            moved = f" ({item.again - whole:+,})" if whole is not None else ""
            full = "" if whole == item.published else f" (at least {whole:,} before the policy, never published)"
            again = f"under this rule at least {item.again:,}{moved}{' before any policy' if full else ''}"
            yield f"    {item.release} ({item.dated}): published {was}{full}; {again}{note}"
