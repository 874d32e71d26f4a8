"""What releases before one told of withheld people, and whom a policy that changed since shows more of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from cenotaph.domain.canonical import JsonValue
from cenotaph.domain.standing import Fate
from cenotaph.publish.policy import recorded_policy
from cenotaph.publish.release_cohorts import Earlier
from cenotaph.publish.release_rows import Rows, make_rows
from cenotaph.publish.release_widened import Widened, find_widened
from cenotaph.services.people_state import PeopleState
from cenotaph.services.release_content import Content
from cenotaph.services.release_record import Recorded, read_ever_shown
from cenotaph.services.release_rules import Rules


def read_earlier(previous: Sequence[Recorded], again: Recorded | None, state: PeopleState) -> Earlier:
    """Return what the releases before told of withheld people, under the ids that stand now."""
    if not previous:
        return Earlier()
    rows: Any = previous[-1].summary.get("settled", [])
    settled = {tuple(map(str, key)): frozenset(map(state.follow, people)) for key, people in rows}
    ever = read_ever_shown(again.id if again else None)
    policies: list[Any] = [release.summary["policy"] for release in previous]
    fates = frozenset(Fate(fate) for policy in policies for fate in policy["fates"])
    return Earlier(settled, _read_axes(previous[-1]), ever | frozenset(map(state.follow, ever)), fates)


def _read_axes(release: Recorded) -> tuple[str, ...]:
    """Return the axes of a release's withheld rows; of one whose record does not say who was in which, none that there are."""
    policy: Any = release.summary["policy"]
    return tuple(map(str, policy["opaque"])) if "settled" in release.summary else ("?",)


def compare_policies(
    content: Content, rows: Rows, rules: Rules, previous: Sequence[Recorded], day: date, secret: bytes, earlier: Earlier
) -> Widened:
    """Return whom a release shows newly or with more by a policy that changed, and whom only the next one will.

    Where the axes of withheld rows changed, a release shows none of them: the one after it shows more by the same change.
    """
    if not previous:
        return Widened()
    policy = rules.policy
    record = previous[-1].summary["policy"]
    held = len(previous) > 1 and _read_axes(previous[-2]) != _read_axes(previous[-1])
    found = Widened()
    if held or record != policy.record():
        was = replace(earlier, axes=("?",)) if held else earlier
        old = make_rows(content.candidates, recorded_policy(_as_record(record)), day, secret, was)
        found = find_widened(content.candidates, old, rows, secret)
    if earlier.axes != policy.opaque:
        after = replace(earlier, settled=rows.settled, axes=policy.opaque, once=earlier.once | rows.shown)
        after = replace(after, fates=after.fates | frozenset(policy.fates))
        following = make_rows(content.candidates, policy, day, secret, after)
        found = replace(found, next=find_widened(content.candidates, rows, following, secret).more)
    return found


def _as_record(value: JsonValue) -> dict[str, JsonValue]:
    assert isinstance(value, dict)
    return value
