"""What a build of a release made, as lines for a terminal and as a record."""

from __future__ import annotations

from collections.abc import Iterator

from cenotaph.domain.plurals import count_words
from cenotaph.services.releases import Built

_FEW = 20


def built_text(built: Built, label: str) -> Iterator[str]:
    """Yield what a release holds and how it differs from the one before."""
    rows = built.rows
    shown = len(rows.shown)
    hidden = len(rows.people) - shown
    yield f"Release {label}: {count_words(shown, 'person', 'people')} shown, {count_words(hidden, 'member')} withheld"
    for reason, number in rows.withheld.items():
        yield f"  withheld, {reason}: {number:,}"
    if rows.blanked:
        yield f"  {rows.blanked:,} of them show no axis and are in no figure with a condition: too few share what they would show"
    for name, now, was in built.figures:
        change = "" if was is None else f" (was {was:,}, {now - was:+,})"
        # A figure of too few is suppressed: "at least 0" would read as a count of nobody.
        hidden_all = not now and built.counted.get(name, 0) > 0
        if name in built.redefined:
            change = f" (was {was:,} under another definition: the two do not compare. Give what counts otherwise another id)"
        yield f"  {name}: {'nobody who may be shown: too few' if hidden_all else f'at least {now:,}'}{change}"
    yield from _contradicted_text(built)
    yield from _widened_text(built)
    if built.unlinked:
        yield f"{count_words(built.unlinked, 'report')} are nobody's yet and in no figure: `cenotaph link run --accept`."
    if built.again:
        yield "The label is in the record already: its bytes are the same."
    elif any(was is not None for _, _, was in built.figures) or built.gone:
        yield f"Since the release before: {len(built.added):,} added, {len(built.gone):,} gone."
        for person in built.gone[:_FEW]:
            yield f"  gone: {person}: {built.why_gone[person]}"
    if built.folder:
        yield f"Wrote {built.folder}; SHA256SUMS has the hash {built.sums}"
        yield f"Check it: python3 {built.folder / 'verify.py'}"


def _widened_text(built: Built) -> Iterator[str]:
    """Yield everybody whom the changed policy shows newly or with more: each must be looked at, so none is left out."""
    for people, words in ((built.widened.shown, "newly shown"), (built.widened.more, "shown with more")):
        if people:
            yield f"The policy changed since the release before: {count_words(len(people), 'person', 'people')} {words} by it."
            yield from (f"  {words}: {person}" for person in people)
    if built.widened.next:
        number = count_words(len(built.widened.next), "person", "people")
        yield f"The axes of withheld rows changed: this release shows none of them. Of {number} the next one will show more."
        yield from (f"  shown with more in the next release: {person}" for person in built.widened.next)


def _contradicted_text(built: Built) -> Iterator[str]:
    """Yield everybody of whom some values say a minor and others an adult."""
    if built.contradicted:
        number = count_words(len(built.contradicted), "person", "people")
        yield f"Of {number} some values say a minor and others an adult (age, birth, death). An editor must say who is shown:"
        yield "`cenotaph judgement add may_publish PERSON yes --kind person`, or no."
        yield from (f"  contradicted: {person}" for person in built.contradicted)


def built_record(built: Built) -> dict[str, object]:
    """Return the same for a program."""
    return {
        "folder": str(built.folder) if built.folder else None,
        "sums": built.sums or None,
        "shown": len(built.rows.shown),
        "withheld": dict(built.rows.withheld),
        "blanked": built.rows.blanked,
        "figures": {name: {"at_least": now, "before": was} for name, now, was in built.figures},
        "added": list(built.added),
        "gone": list(built.gone),
        "why_gone": dict(built.why_gone),
        "again": built.again,
        "unlinked": built.unlinked,
        "contradicted": list(built.contradicted),
        "redefined": list(built.redefined),
        "widened": {"shown": list(built.widened.shown), "more": list(built.widened.more), "next": list(built.widened.next)},
    }
