"""Claims and allegations out of the record, with what a release needs to set documented numbers beside them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from cenotaph.casebook import bulk
from cenotaph.domain.claims import Claim, Unit
from cenotaph.domain.counts import Bound
from cenotaph.domain.dates import PartialDate
from cenotaph.domain.sources import SourceKind
from cenotaph.extract.checks.cues import has, limits_nothing
from cenotaph.extract.checks.over_time import resolve_date
from cenotaph.publish.policy import Policy
from cenotaph.publish.release_claims import PublicAllegation, PublicClaim
from cenotaph.services.claims import list_allegations, list_claim_judgements, list_claims

FOREIGN = "foreign nationals"
"""What foreigners as a whole are called, in whatever words and language a claim speaks of them."""


@dataclass(frozen=True, slots=True)
class _Document:
    """Who published a document, and when."""

    source: SourceKind
    published: PartialDate | None

    @property
    def month(self) -> str | None:
        """The month of publication, where it is known."""
        day = self.published.start if self.published else None
        return day.strftime("%Y-%m") if day else None


def gather_claims(policy: Policy) -> list[PublicClaim]:
    """Return the claims that a policy lets a release have."""
    documents = _read_documents(policy)
    judged = list_claim_judgements()
    claims = [claim for claim in list_claims() if claim.document in documents]
    by_id = {(claim.document, claim.id): claim for claim in claims}
    found = []
    for claim in claims:
        document = documents[claim.document]
        as_of = resolve_date(claim, document.published)
        people, group, why_not = _find_people(claim, by_id.get((claim.document, claim.subset_of or "")))
        answers = {(j.question, j.answer) for j in judged.get(claim.id, ())}
        wrong = answers & {("claim_right", "no"), ("field_right", "no")}
        found.append(
            PublicClaim(
                claim,
                document.source,
                document.month,
                as_of.edtf if as_of else None,
                as_of.end - timedelta(1) if as_of and as_of.end else None,
                people,
                group,
                "wrong" if wrong else "right" if ("claim_right", "yes") in answers else "",
                why_not,
            )
        )
    return found


def gather_allegations(policy: Policy) -> list[PublicAllegation]:
    """Return the allegations that a policy lets a release have."""
    documents = _read_documents(policy)
    judged = list_claim_judgements()
    return [
        PublicAllegation(
            item,
            documents[item.document].source,
            documents[item.document].month,
            frozenset(
                j.field for j in judged.get(item.id, ()) if j.field and (j.question, j.answer) == ("field_right", "yes")
            ),
        )
        for item in list_allegations()
        if item.document in documents
    ]


def _read_documents(policy: Policy) -> dict[str, _Document]:
    """Return the documents whose words may be shown: of every source that has carried one, the policy is asked."""
    sql = (
        "SELECT d.id, s.kind, d.published_on FROM document d JOIN sighting g ON g.capture = d.capture "
        "JOIN source s ON s.id = g.source WHERE d.kind = 'text' ORDER BY g.\"row\" DESC"
    )
    found: dict[str, _Document] = {}
    hidden: set[str] = set()
    for document, kind, published in bulk.fetch_rows(sql):
        source = SourceKind(kind)
        if not policy.may_quote(source):
            hidden.add(document)
        found[document] = _Document(source, PartialDate.from_edtf(published) if published else None)
    return {name: document for name, document in found.items() if name not in hidden}


def _find_people(claim: Claim, whole: Claim | None) -> tuple[str | None, str, str]:
    """Return which people a claim counts, which of them, and why nothing can stand beside it."""
    if why_not := _find_obstacle(claim):
        return None, "", why_not
    people = _name_people(claim)
    if people is None:
        return None, "", "the text does not say which people"
    group = "" if limits_nothing(claim.group) or people == FOREIGN else claim.group or ""
    if has("prisoners", claim.group) or has("prisoners", claim.quote):
        group = "prison"
    if people.casefold() == group.casefold():
        group = ""
    # Sixteen killed of those recruited are all of these people who are said to be killed; thirty of the killed are not.
    same = whole is not None and whole.outcome == claim.outcome and _name_people(whole) == people
    if same and not group:
        return None, "", "it is a part of another number, and the reader did not find which"
    return people, group, ""


def _find_obstacle(claim: Claim) -> str:
    if claim.outcome != "killed":
        return "another outcome than a documented death"
    if claim.repeat_of is not None:
        return "it repeats another claim"
    if claim.retracted:
        return "the text takes it back"
    if claim.increment:
        return "an addition to an earlier number, no total"
    if claim.unit not in (Unit.PEOPLE, Unit.NAMES, Unit.DEATHS):
        return f"it counts {'a share' if claim.unit is Unit.PERCENT else claim.unit.value}, not people"
    if claim.bound is Bound.VAGUE or (claim.low is None and claim.high is None):
        return "the text gives no number"
    return ""


def _name_people(claim: Claim) -> str | None:
    if len(claim.nationality) == 1:
        return claim.nationality[0]
    words = " ".join(filter(None, (claim.nationality_text, claim.group)))
    if not claim.nationality and has("foreign", f"{words} {claim.quote}"):
        return FOREIGN
    return words if words and not claim.nationality else None
