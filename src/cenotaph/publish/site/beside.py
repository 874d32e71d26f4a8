"""What others claim, and which documented number stands beside it; the two are never added."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cenotaph.publish.site.charts import draw_bar, draw_claim
from cenotaph.publish.site.release_folder import ReleaseFolder, Row
from cenotaph.publish.site.texts import Language

if TYPE_CHECKING:
    from markupsafe import Markup

@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A claim as a page shows it; ``by_then`` says how many are documented up to its day, where that can be compared."""

    who: str
    number: str
    people: str
    outcome: str
    sure: str
    as_of: str
    doubt: bool
    picture: Markup
    by_then: str = ""
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A documented number, the figure that it is of, and the claims beside it."""

    label: str
    page: str
    ours: int
    dated: str
    picture: Markup
    claims: tuple[ClaimLine, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim's row and that of the documented number beside it."""

    claim: Row
    beside: Row


Beside = dict[tuple[str, str], list[Pair]]


def split_claims(release: ReleaseFolder, chosen: Sequence[str]) -> tuple[Beside, list[Row]]:
    """Return the claims that a documented number stands beside, by figure and part of it, and all others.

    The release itself says which: it was matched by people and outcome when it was built, and anyone can count it again.

    Parameters
    ----------
    chosen
        Ids of the claims that editors set beside; where there are none, all that the release has beside a number.
    """
    numbers = {(row["document"], row["claim"]): row for row in release.rows("beside")}
    beside: Beside = {}
    others: list[Row] = []
    for row in release.rows("claims"):
        found = numbers.get((row["document"], row["claim"]))
        if found is not None and (not chosen or row["claim"] in chosen):
            beside.setdefault((found["figure"], found["where"]), []).append(Pair(row, found))
        else:
            others.append(row)
    return beside, others


def make_groups(beside: Beside, release: ReleaseFolder, t: Language, most: int = 0) -> list[Group]:
    """Return the groups of a page, the largest first; with ``most``, only so many, each with at most five claims."""
    order = sorted(beside, key=lambda key: (-int(beside[key][0].beside["documented"]), key))
    groups = []
    for key in order[:most] if most else order:
        ours = int(beside[key][0].beside["documented"])
        pairs = list(_distinct(sorted(beside[key], key=_order)))
        rows = [pair.claim for pair in pairs]
        largest = max([float(ours), *(_number(row["low"], row["high"]) or 0 for row in rows)]) * 1.08
        lines = tuple(_set_beside(pair, t, largest) for pair in (pairs[:5] if most else pairs))
        label = _name_part(release, t, *key)
        page = f"figures/{key[0]}.html"
        groups.append(Group(label, page, ours, t.date(release.dated), draw_bar(ours, largest), lines))
    return groups


def _name_part(release: ReleaseFolder, t: Language, figure: str, where: str) -> str:
    """Return what a figure, or a part of it, is called."""
    found = release.figure(figure)
    parts = [t.value(axis, key) for axis, key in sorted(json.loads(where).items())] if where else []
    if found is None or (parts and not found.where):
        return ", ".join(parts) or figure
    return f"{found.title}: {', '.join(parts)}" if parts else found.title


def _order(pair: Pair) -> tuple[str, float, str]:
    row = pair.claim
    return row["attribution"], _number(row["low"], row["high"]) or 0, row["claim"]


def _set_beside(pair: Pair, t: Language, largest: float) -> ClaimLine:
    """Return a claim's line with what is documented up to its day, where that differs from what is documented now."""
    row = pair.beside
    line = make_line(pair.claim, t, largest, float(row["by_then"]) if row["until"] else None)
    if not row["until"]:
        return replace(line, by_then=t.plain("claims.no_date"))
    by_then, undated = int(row["by_then"]), int(row["undated"])
    if row["by_then"] == row["documented"]:
        return line
    words = t.plain("claims.by_then", date=t.date(row["until"]), n=t.number(by_then))
    if undated:
        words += t.plain("claims.by_then_undated", n=t.number(undated))
    return replace(line, by_then=words)


def _distinct(pairs: Iterable[Pair]) -> Iterator[Pair]:
    """Yield claims that say something else than those before: many texts carry one claim."""
    seen = set()
    for pair in pairs:
        row = pair.claim
        key = (row["attribution"], row["low"], row["high"], row["bound"], row["as_of"], row["population"], row["modality"])
        if key not in seen:
            seen.add(key)
            yield pair


def make_line(row: Row, t: Language, largest: float = 0, then: float | None = None) -> ClaimLine:
    """Return a claim as a page shows it; ``then`` is what is documented up to its day."""
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
        draw_claim(low, high, row["bound"], largest, then) if largest else Markup(""),
        why_not=row.get("why_not_beside") or "",
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
