"""Whom a policy that was changed shows newly, or with more, than the policy before it would have shown of the same people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cenotaph.publish.release_rows import WITHHELD, Candidate, PublicPerson, Rows, name_opaque


@dataclass(frozen=True, slots=True)
class Widened:
    """Casebook ids of people whom another policy shows newly, of those of whom it shows more, and of those of whom the next
    release will show more, each sorted."""

    shown: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    next: tuple[str, ...] = ()


def find_widened(candidates: Sequence[Candidate], old: Rows, new: Rows, secret: bytes) -> Widened:
    """Return whom rows show newly or with more than others would have, over the same people on the same day.

    Parameters
    ----------
    old, new
        Made with the same secret, under two policies or after two releases.
    secret
        As :func:`~cenotaph.publish.release_rows.make_rows` was given it.
    """
    was = {row.id: row for row in old.people}
    now = {row.id: row for row in new.people}
    more = []
    for candidate in candidates:
        name = candidate.person if candidate.person in new.shown else name_opaque(candidate.person, secret)
        one, other = was.get(name), now.get(name)
        if one is not None and other is not None and _shows_more(one, other):
            more.append(candidate.person)
    return Widened(tuple(sorted(new.shown - old.shown)), tuple(sorted(more)))


def _shows_more(before: PublicPerson, after: PublicPerson) -> bool:
    """Tell whether a row says something that the other did not."""
    return bool(_said(after) - _said(before))


def _said(row: PublicPerson) -> set[tuple[str, ...]]:
    """Return everything that a row says, each apart."""
    values = {(field, value) for field, value in row.values.items() if value != WITHHELD}
    figures = {("in figure", figure) for figure in row.figures}
    pieces = {("report", p.report, p.host or "") for p in row.pieces}
    return values | figures | pieces | {("name", *name) for name in row.names} | ({("grade", row.grade)} if row.grade else set())
