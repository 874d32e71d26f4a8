"""What changed between two releases of a list, once their people are linked: added, withdrawn, changed, the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cenotaph.domain.errors import ValueFormatError
from cenotaph.reference.folding import fold

if TYPE_CHECKING:
    import pyarrow as pa

SAME, CHANGED, ADDED, WITHDRAWN = "same", "changed", "added", "withdrawn"
KINDS = (SAME, CHANGED, ADDED, WITHDRAWN)
YEARS_THAT_PASS = 1
"""Years by which an age may differ between two releases without being another age: a birthday lies between them."""

COMPARED = (
    "name_full",
    "name_given",
    "name_family",
    "name_patronymic",
    "age",
    "birth_date_text",
    "death_date_text",
    "place_text",
)
_AGE, _NAMES = "age", ("name_full", "name_given", "name_family", "name_patronymic")


@dataclass(frozen=True, slots=True)
class Change:
    """One row of either release and what became of it.

    Parameters
    ----------
    kind
        One of :data:`KINDS`.
    left_id, right_id
        Its ids, None where a release does not have it.
    probability
        How sure the link is; None without one.
    fields
        What changed: field, value before, value after; a value that one release lacks is None.
    """

    kind: str
    left_id: str | None
    right_id: str | None
    probability: float | None
    fields: tuple[tuple[str, str | None, str | None], ...] = ()


def find_changes(left: pa.Table, right: pa.Table, links: pa.Table) -> list[Change]:
    """Return what became of every row of two releases.

    Parameters
    ----------
    left, right
        The releases, as :func:`cenotaph.link.reading.check_reports` returns them.
    links
        ``left_id, right_id, probability``, one to one.

    Returns
    -------
    list of Change
        Linked rows in the order of the later release, then added ones, then those withdrawn.
    """
    # A column that one of the releases does not have at all says nothing of what changed.
    names = tuple(name for name in COMPARED if left[name].null_count < len(left) and right[name].null_count < len(right))
    before, after = _by_id(left, names), _by_id(right, names)
    found: list[Change] = []
    linked = {row["right_id"]: row for row in links.to_pylist()}
    for right_id, row in after.items():
        if link := linked.get(right_id):
            fields = tuple(_compare(before[link["left_id"]], row))
            found.append(Change(CHANGED if fields else SAME, link["left_id"], right_id, link["probability"], fields))
    found += [Change(ADDED, None, right_id, None) for right_id in after if right_id not in linked]
    kept = {row["left_id"] for row in linked.values()}
    found += [Change(WITHDRAWN, left_id, None, None) for left_id in before if left_id not in kept]
    return found


def _by_id(table: pa.Table, names: tuple[str, ...]) -> dict[str, dict[str, str | None]]:
    ids = table["report_id"].to_pylist()
    columns = [table[name].to_pylist() for name in names]
    return {row_id: dict(zip(names, values, strict=True)) for row_id, *values in zip(ids, *columns, strict=True)}


def _compare(before: dict[str, str | None], after: dict[str, str | None]) -> Iterable[tuple[str, str | None, str | None]]:
    for name in before:
        one, other = before[name], after[name]
        if one == other or (name in _NAMES and one and other and _spell(one) == _spell(other)):
            continue
        if name == _AGE and one and other and _apart(one, other) <= YEARS_THAT_PASS:
            continue
        yield name, one, other


def _spell(name: str) -> str:
    """Return a name without what two writers of one list do differently: marks, spaces, the variants of a letter."""
    return fold(name).replace(" ", "")


def _apart(one: str, other: str) -> float:
    try:
        return abs(float(one) - float(other))
    except ValueError:
        return float("inf")


def count_kinds(changes: Iterable[Change]) -> dict[str, int]:
    """Return how many rows there are of each of :data:`KINDS`."""
    counts = dict.fromkeys(KINDS, 0)
    for change in changes:
        if change.kind not in counts:
            raise ValueFormatError(f"'{change.kind}' is no kind of change.", f"Write one of {', '.join(KINDS)}.")
        counts[change.kind] += 1
    return counts
