"""Which value stands where reports differ, by stated rules; the values that lose stay visible."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from cenotaph.assess.standard import Standard
from cenotaph.domain.evidence import Basis
from cenotaph.domain.sources import SourceKind

RULES = (
    "A value from a report that somebody examined goes before one that nobody did.",
    "Then the value that more lineages give, reports of one lineage counting once.",
    "Then the one that a kind of source gives which can confirm alone, before one that counts only with others.",
    "Then, of dates, the narrower one.",
    "Then the one that was known first; then the one that sorts first.",
)
"""How a value is chosen, in order, as a reader is told it."""


class Stated(NamedTuple):
    """One value that one report gives; a record has millions of them.

    Parameters
    ----------
    field
        Which value it is.
    value
        The value, as it is compared and shown.
    report, lineage, kind, basis, known_on
        Where it comes from, as :class:`~cenotaph.domain.evidence.Evidence` has it.
    width
        Of a date, how many days it leaves open; 0 for everything else.
    """

    field: str
    value: str
    report: str
    lineage: str
    kind: SourceKind
    basis: Basis = Basis.EXAMINED
    known_on: date | None = None
    width: int = 0


@dataclass(frozen=True, slots=True)
class Chosen:
    """The value that stands, and those that do not.

    Parameters
    ----------
    field, value
        What stands.
    reports
        Who gives it.
    losing
        The other values, each with the reports that give it, the strongest first.
    """

    field: str
    value: str
    reports: tuple[str, ...]
    losing: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def contested(self) -> bool:
        """Whether reports differ."""
        return bool(self.losing)


def choose_values(stated: Iterable[Stated], standard: Standard) -> dict[str, Chosen]:
    """Return the value of each field that stands under :data:`RULES`.

    A kind of source that the standard never counts gives no value, unless nobody else gives one.
    """
    by_field: dict[str, dict[str, list[Stated]]] = {}
    for item in stated:
        by_field.setdefault(item.field, {}).setdefault(item.value, []).append(item)
    found: dict[str, Chosen] = {}
    for field, values in sorted(by_field.items()):
        if len(values) == 1:  # Nothing to weigh, as mostly.
            ((value, items),) = values.items()
            found[field] = Chosen(field, value, tuple(sorted(i.report for i in items)))
            continue
        never = standard.never
        counting = values
        if never:
            counting = {value: items for value, items in values.items() if any(i.kind not in never for i in items)}
        ranked = sorted((counting or values).items(), key=lambda pair: _strength(pair[0], pair[1], standard))
        rest = [pair for pair in values.items() if pair[0] not in (counting or values)] if never else []
        listed = [
            (value, tuple(sorted(i.report for i in items)) if len(items) > 1 else (items[0].report,))
            for value, items in (*ranked, *sorted(rest))
        ]
        found[field] = Chosen(field, listed[0][0], listed[0][1], tuple(listed[1:]))
    return found


def _strength(value: str, items: list[Stated], standard: Standard) -> tuple[int, int, int, int, date, str]:
    """Return what values are ordered by: the smallest stands."""
    if len(items) == 1:  # As mostly.
        (item,) = items
        kind = 0 if item.kind in standard.alone else 1 if item.kind in standard.together else 2
        return (item.basis is not Basis.EXAMINED, -1, kind, item.width, item.known_on or date.max, value)
    examined = any(i.basis is Basis.EXAMINED for i in items)
    lineages = len({i.lineage for i in items})
    kind = 0 if any(i.kind in standard.alone for i in items) else 1 if any(i.kind in standard.together for i in items) else 2
    return (not examined, -lineages, kind, items[0].width, min(i.known_on or date.max for i in items), value)
