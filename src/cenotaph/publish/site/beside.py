"""What others claim, and which documented number stands beside it; the two are never added."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cenotaph.publish.site.charts import draw_bar, draw_claim
from cenotaph.publish.site.release_folder import ReleasedFigure, ReleaseFolder, Row
from cenotaph.publish.site.tables import known_axes, sum_by
from cenotaph.publish.site.texts import Language

if TYPE_CHECKING:
    from markupsafe import Markup

_COUNTED = ("people", "deaths", "names")


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A claim as a page shows it."""

    who: str
    number: str
    people: str
    outcome: str
    sure: str
    as_of: str
    doubt: bool
    picture: Markup


@dataclass(frozen=True, slots=True)
class Group:
    """A documented number and the claims beside it."""

    label: str
    ours: int
    dated: str
    picture: Markup
    claims: tuple[ClaimLine, ...]


def split_claims(
    release: ReleaseFolder, front: ReleasedFigure, chosen: Sequence[str]
) -> tuple[dict[str, tuple[int, list[Row]]], list[Row]]:
    """Return the claims that a number stands beside, by nationality, and all others.

    A claim that people of one nationality were killed stands beside the documented number of that nationality, where the release
    breaks its front figure, or the widest figure of the dead, down by nationality.

    Parameters
    ----------
    chosen
        Ids of the claims that editors set beside; where there are none, all that fit and of which the reader had no doubt.
    """
    numbers = _documented(release, front)
    beside: dict[str, tuple[int, list[Row]]] = {}
    others: list[Row] = []
    rows = list(release.rows("claims"))
    people_of = {(row["document"], row["claim"]): row["nationality"] for row in rows}
    for row in rows:
        codes = row["nationality"].split()
        fits = row["outcome"] == "killed" and row["unit"] in _COUNTED and len(codes) == 1 and codes[0] in numbers
        wanted = row["claim"] in chosen if chosen else row["needs_review"] != "true"
        # A part of the people is not set beside all of them.
        whole = people_of.get((row["document"], row.get("part_of", "")))
        part = bool(row.get("group")) or whole == row["nationality"]
        if fits and wanted and not part and _number(row["low"], row["high"]) is not None:
            beside.setdefault(codes[0], (numbers[codes[0]], []))[1].append(row)
        else:
            others.append(row)
    return beside, others


def _documented(release: ReleaseFolder, front: ReleasedFigure) -> dict[str, int]:
    """Return documented numbers by nationality, of one figure."""
    fit = [
        (figure.id != front.id, -figure.at_least, figure.id, place, figure)
        for figure in release.figures
        if not figure.where and figure.texts("fates") == ("dead",)
        for place, axis in known_axes(figure)
        if axis == "nationality"
    ]
    if not fit:
        return {}
    _, _, _, place, figure = min(fit)[:5]
    return {key: number for key, number in sum_by(figure, place).items() if key not in ("unknown", "withheld")}


def make_groups(beside: dict[str, tuple[int, list[Row]]], t: Language, dated: str, most: int = 0) -> list[Group]:
    """Return the groups of a page, the largest first; with ``most``, only so many, each with at most five claims."""
    order = sorted(beside, key=lambda code: (-beside[code][0], code))
    groups = []
    for code in order[:most] if most else order:
        ours, rows = beside[code]
        rows = sorted(rows, key=lambda row: (row["attribution"], _number(row["low"], row["high"]) or 0, row["claim"]))
        rows = list(_distinct(rows))
        largest = max([float(ours), *(_number(row["low"], row["high"]) or 0 for row in rows)]) * 1.08
        lines = tuple(make_line(row, t, largest) for row in (rows[:5] if most else rows))
        groups.append(Group(t.value("nationality", code), ours, t.date(dated), draw_bar(ours, largest), lines))
    return groups


def _distinct(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield claims that say something else than those before: many texts carry one claim."""
    seen = set()
    for row in rows:
        key = (row["attribution"], row["low"], row["high"], row["bound"], row["as_of"], row["population"], row["modality"])
        if key not in seen:
            seen.add(key)
            yield row


def make_line(row: Row, t: Language, largest: float = 0) -> ClaimLine:
    """Return a claim as a page shows it."""
    from markupsafe import Markup

    low, high = _float(row["low"]), _float(row["high"])
    words = t.plain(f"bound.{row['bound']}", low=_say(t, row["low"]), high=_say(t, row["high"]))
    if row["bound"] == "vague":
        words = f"\u00ab{row['people']}\u00bb"
    unit = t.plain(f"unit.{row['unit']}")
    return ClaimLine(
        row["attribution"],
        f"{words} {unit}".strip(),
        row["population"] or " ".join(t.value("nationality", code) for code in row["nationality"].split()),
        ", ".join(t.plain(f"outcome.{part}") or part for part in row["outcome"].split("+")),
        t.plain(f"modality.{row['modality']}"),
        row["as_of"],
        row["needs_review"] == "true",
        draw_claim(low, high, row["bound"], largest) if largest else Markup(""),
    )


def _float(text: str) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None


def _number(low: str, high: str) -> float | None:
    found = [number for number in (_float(low), _float(high)) if number is not None]
    return max(found) if found else None


def _say(t: Language, text: str) -> str:
    number = _float(text)
    if number is None:
        return text
    return t.number(int(number)) if number == int(number) else text
