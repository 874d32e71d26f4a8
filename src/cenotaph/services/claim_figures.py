"""Claims beside a list's own figures: the same people, the same outcome, a date that can be compared, or why not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cenotaph.casebook import bulk
from cenotaph.casebook.store import Casebook
from cenotaph.count.comparison import Comparison
from cenotaph.count.published import Definition, PublishedFigure, read_definitions
from cenotaph.domain.claims import Claim, Unit
from cenotaph.domain.counts import Bound
from cenotaph.domain.dates import PartialDate
from cenotaph.extract.checks import FindingType
from cenotaph.extract.checks.case import Case
from cenotaph.extract.checks.comparing import measure
from cenotaph.extract.checks.cues import alike, has, limits_nothing
from cenotaph.extract.checks.over_time import resolve_date
from cenotaph.extract.checks.scope import check_scope
from cenotaph.services import counting

FOREIGN = "foreign nationals"
PRISONERS = "former prisoners"
_OWN = {PRISONERS: Definition((("path", "prison"),))}


@dataclass(frozen=True, slots=True)
class Beside:
    """A claim beside a list's own number; the two are never added.

    Parameters
    ----------
    claim
        The claim.
    list_id
        The list.
    cell, ours
        The id and the value of the list's own number, or None where nothing is comparable.
    words
        What the record says about the two, or why they are not comparable.
    """

    claim: Claim
    list_id: str
    cell: str | None
    ours: int | None
    words: tuple[str, ...]


def compare_claims(
    casebook: Casebook,
    list_id: str,
    claims: Sequence[Claim],
    published: Mapping[str, PartialDate],
    definitions: Path | None = None,
) -> list[Beside]:
    """Set each claim beside a list's own number.

    Parameters
    ----------
    claims
        Of any number of documents; those that repeat another are left out.
    published
        When the documents were published, by the name that claims carry.
    definitions
        TOML that says which reports a population's words stand for; :data:`FOREIGN` and :data:`PRISONERS` are looked up in
        it too.
    """
    defined = {**_OWN, **read_definitions(definitions)}
    sides = _read_sides(list_id)
    served = _find_served(claims)
    wanted = [claim for claim in claims if claim.repeat_of is None and not claim.retracted]
    by_id = {(claim.document, claim.id): claim for claim in claims}
    made = []
    for claim in wanted:
        whole = by_id.get((claim.document, claim.subset_of or ""))
        made.append(_make_figure(claim, whole, published.get(claim.document), defined, sides, served))
    figures = list(dict.fromkeys(figure for figure in made if isinstance(figure, PublishedFigure)))
    compared = dict(zip(figures, counting.compare_figures(casebook, list_id, figures, defined), strict=True)) if figures else {}
    return [
        Beside(claim, list_id, None, None, (figure,))
        if isinstance(figure, str)
        else _set_beside(claim, list_id, compared[figure])
        for claim, figure in zip(wanted, made, strict=True)
    ]


def _make_figure(
    claim: Claim,
    whole: Claim | None,
    published: PartialDate | None,
    defined: Mapping[str, Definition],
    sides: frozenset[str],
    served: frozenset[str],
) -> PublishedFigure | str:
    """Return a claim as a published figure, or why it cannot be compared."""
    if claim.outcome != "killed":
        return f"not comparable: the list counts the dead; {_say_outcome(claim.outcome)}"
    if claim.unit is Unit.PERCENT or claim.increment:
        return f"not comparable: {'a share' if claim.unit is Unit.PERCENT else 'an addition to an earlier number'}, no total"
    if (claim.low is None and claim.high is None) or claim.bound is Bound.VAGUE:
        return "not comparable: the text gives no number"
    if claim.id in served:
        return "not comparable: its nationality means the side served, the list's means citizenship"
    if claim.side and sides and not any(alike(claim.side, side) for side in sides):
        return f"not comparable: of people on the side of {claim.side}; the list is of {' and '.join(sorted(sides))}"
    as_of = resolve_date(claim, published)
    if as_of is None:
        return "not comparable: no date is known for it; say when the text was published"
    people = _name_people(claim, defined)
    if people is None:
        return "not comparable: the text does not say of which nationality"
    group = (
        ""
        if limits_nothing(claim.group) or people == FOREIGN
        else PRISONERS
        if has("prisoners", claim.group)
        else claim.group or ""
    )
    if not group and has("prisoners", claim.quote):
        group = PRISONERS
    if whole is not None and not group and _name_people(whole, defined) == people:
        return "not comparable: it is a part of another number, and what part the reader did not find"
    return PublishedFigure(as_of.edtf, as_of, people, group, measure(claim), "killed", claim.attribution or "the text itself")


def _say_outcome(outcome: str) -> str:
    """Say why an outcome is not the list's, in plain words."""
    if outcome == "casualties":
        return "casualties may be the wounded and missing too"
    parts = outcome.split("+")
    said = " or ".join(part.replace("_", " ") for part in parts)
    return f"this claim is of people {said}{', together' if 'killed' in parts else ''}"


def _name_people(claim: Claim, defined: Mapping[str, Definition]) -> str | None:
    from cenotaph.reference import places

    if len(claim.nationality) == 1:
        return places.label(claim.nationality[0])
    if not claim.nationality and has("foreign", f"{claim.group or ''} {claim.nationality_text or ''} {claim.quote}"):
        return FOREIGN
    words = " ".join(filter(None, (claim.nationality_text, claim.group)))
    return words if words in defined else None


def _read_sides(list_id: str) -> frozenset[str]:
    rows = bulk.fetch_rows(
        "SELECT DISTINCT p.side_stated FROM report p JOIN reading r ON r.id = p.reading "
        "WHERE r.list = %s AND p.side_stated IS NOT NULL",
        [list_id],
    )
    return frozenset(str(row[0]) for row in rows)


def _find_served(claims: Iterable[Claim]) -> frozenset[str]:
    """Return the ids of claims whose nationality means the side served."""
    by_document: dict[str, list[Claim]] = {}
    for claim in claims:
        by_document.setdefault(claim.document, []).append(claim)
    return frozenset(
        finding.claims[0].id
        for own in by_document.values()
        for finding in check_scope(Case(own))
        if finding.type is FindingType.UNDEFINED_SCOPE and len(finding.claims) == 2
    )


def _set_beside(claim: Claim, list_id: str, compared: Comparison) -> Beside:
    if compared.ours is None:
        return Beside(claim, list_id, None, None, (f"not comparable: {compared.reason}",))
    if not compared.ours:
        return Beside(
            claim, list_id, None, None, ("not comparable: the list holds nobody of these people, so it may not cover them",)
        )
    words = [_weigh(compared.difference or 0)]
    words += [e.words for e in compared.explanations]
    return Beside(claim, list_id, compared.cell, compared.ours, tuple(words))


def _weigh(difference: int) -> str:
    """Say how a documented minimum stands to a claimed number with its bound."""
    if difference > 0:
        return f"the list documents {difference:,} more than the claim allows"
    if difference < 0:
        return f"the list documents {-difference:,} fewer than the claim's least"
    return "the list's minimum and the claim can both be right"


__all__ = ["Beside", "compare_claims"]
