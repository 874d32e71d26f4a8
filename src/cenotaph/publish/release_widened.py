"""Whom a policy that was changed shows newly, or with more, than the policy before it would have shown of the same people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cenotaph.publish.policy import Policy
from cenotaph.publish.release_rows import WITHHELD, Candidate, Earlier, PublicPerson, Rows, make_rows, name_opaque


@dataclass(frozen=True, slots=True)
class Widened:
    """Casebook ids of people whom another policy shows newly, and of those of whom it shows more, each sorted."""

    shown: tuple[str, ...] = ()
    more: tuple[str, ...] = ()


def find_widened(
    candidates: Sequence[Candidate], rows: Rows, before: Policy, today: date, secret: bytes, earlier: Earlier
) -> Widened:
    """Return whom rows show newly or with more than another policy would have, over the same people on the same day.

    Parameters
    ----------
    rows
        Made under the new policy.
    before
        The policy of the release before.
    secret, earlier
        As :func:`~cenotaph.publish.release_rows.make_rows` was given them.
    """
    old = make_rows(candidates, before, today, secret, earlier)
    was = {row.id: row for row in old.people}
    now = {row.id: row for row in rows.people}
    more = []
    for candidate in candidates:
        name = candidate.person if candidate.person in rows.shown else name_opaque(candidate.person, secret)
        one = was.get(candidate.person) if candidate.person in rows.shown else was.get(name)
        if one is not None and _shows_more(one, now[name]):
            more.append(candidate.person)
    return Widened(tuple(sorted(rows.shown - old.shown)), tuple(sorted(more)))


def _shows_more(before: PublicPerson, after: PublicPerson) -> bool:
    """Tell whether a row says something that the other did not."""
    return bool(_said(after) - _said(before))


def _said(row: PublicPerson) -> set[tuple[str, ...]]:
    """Return everything that a row says, each apart."""
    values = {(field, value) for field, value in row.values.items() if value != WITHHELD}
    figures = {("in figure", figure) for figure in row.figures}
    pieces = {("report", p.report, p.host or "") for p in row.pieces}
    return values | figures | pieces | {("name", *name) for name in row.names} | ({("grade", row.grade)} if row.grade else set())
