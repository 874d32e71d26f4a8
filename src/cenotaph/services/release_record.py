"""Releases in the record: which there are, whom each showed, and writing a new one down."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cenotaph.casebook import bulk
from cenotaph.casebook.guarded import RELEASE, RELEASE_PERSON
from cenotaph.casebook.ledger import Actor
from cenotaph.casebook.store import Casebook
from cenotaph.domain.canonical import JsonValue, canonical_json, content_id
from cenotaph.domain.errors import RefusedError


@dataclass(frozen=True, slots=True)
class Recorded:
    """A release in the record.

    Parameters
    ----------
    id, label, dated
        Its id, its label, the day it is dated.
    based_on
        Hash of the ledger's head that it was made from.
    sums
        Hash of its ``SHA256SUMS``.
    summary
        What the next release needs of it: figures' numbers, and who is in what it tells of withheld people.
    """

    id: str
    label: str
    dated: str
    based_on: str
    sums: str
    summary: dict[str, JsonValue]


def list_releases() -> list[Recorded]:
    """Return the releases in the record, the first one first."""
    sql = 'SELECT id, label, dated, based_on, sums, summary FROM release ORDER BY "row"'
    return [Recorded(i, label, dated, head, sums, json.loads(text)) for i, label, dated, head, sums, text in bulk.fetch_rows(sql)]


def read_shown(before: str | None = None) -> frozenset[str]:
    """Return whom the last release shows, or the one before a release that is named."""
    order = [known for (known,) in bulk.fetch_rows('SELECT id FROM release ORDER BY "row"')]
    at = order.index(before) if before in order else len(order)
    return read_shown_by(order[at - 1]) if at else frozenset()


def read_shown_by(release: str) -> frozenset[str]:
    """Return whom a release in the record showed, by the release's id."""
    order = [known for (known,) in bulk.fetch_rows('SELECT id FROM release ORDER BY "row"')]
    until = set(order[: order.index(release) + 1])
    shown: dict[str, bool] = {}
    for chunk in bulk.stream_rows('SELECT release, person, shown FROM release_person ORDER BY "row"'):
        shown.update((person, bool(flag)) for of, person, flag in chunk if of in until)
    return frozenset(p for p, yes in shown.items() if yes)


def read_ever_shown(before: str | None = None) -> frozenset[str]:
    """Return everybody whom some release has shown, or some release before one that is named."""
    order = [known for (known,) in bulk.fetch_rows('SELECT id FROM release ORDER BY "row"')]
    until = set(order[: order.index(before)] if before in order else order)
    rows = bulk.fetch_rows("SELECT DISTINCT release, person FROM release_person WHERE shown")
    return frozenset(person for release, person in rows if release in until)


def record_release(
    casebook: Casebook,
    actor: Actor,
    label: str,
    day: date,
    before: Recorded | None,
    based_on: str,
    sums: str,
    summary: Mapping[str, JsonValue],
    shown: frozenset[str],
    shown_before: frozenset[str],
) -> None:
    """Write a release into the record: whom it shows, its hash, and what it was made from.

    Raises
    ------
    RefusedError
        Something was written since.
    """
    identifier = content_id("release", label)
    with casebook.writing(actor, "release build") as entry:
        if entry.previous.hash != based_on:
            raise RefusedError("Something was written into the casebook while the release was built.", "Build it again.")
        row = (identifier, label, day.isoformat(), before.id if before else None, based_on, sums, canonical_json(dict(summary)))
        entry.add(RELEASE, [row])
        changed = [(person, True) for person in sorted(shown - shown_before)]
        changed += [(person, False) for person in sorted(shown_before - shown)]
        entry.add(
            RELEASE_PERSON,
            ((content_id("release person", label, person), identifier, person, flag) for person, flag in changed),
        )
        entry.detail.update({"release": label, "sums": sums, "people": len(shown)})
