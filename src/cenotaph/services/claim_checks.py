"""Claims held against each other and beside the casebook's own figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cenotaph.casebook import bulk
from cenotaph.casebook.store import Casebook
from cenotaph.domain.claims import Claim
from cenotaph.domain.dates import PartialDate
from cenotaph.domain.errors import CenotaphError
from cenotaph.extract.checks import Finding, Rate, check_document, find_rates
from cenotaph.extract.checks.across import check_across, count_left_out, stands_alone
from cenotaph.services.claim_figures import Beside, compare_claims
from cenotaph.services.claim_reading import read_file_claims, read_text
from cenotaph.services.claims import list_read_documents, read_document_claims
from cenotaph.services.lineages import Lineage, join_lineages, propose_lineages

Progress = Callable[[str, int], None]
_TOGETHER = 100  # Documents whose claims are set beside a list's numbers at a time.


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking one document, or several, found.

    Parameters
    ----------
    document
        Its name or id; empty for what holds between documents.
    findings
        Contradictions first.
    rates
        Shares that its claims allow.
    besides
        Its claims beside the lists' own numbers.
    claims
        How many claims were held against each other.
    error
        Why it could not be read.
    left_out
        Claims that were held against none of another document, since there are too many of their kind.
    """

    document: str
    findings: tuple[Finding, ...] = ()
    rates: tuple[Rate, ...] = ()
    besides: tuple[Beside, ...] = ()
    claims: int = 0
    error: CenotaphError | None = None
    left_out: int = 0


def check_files(
    files: Sequence[Path],
    language: str | None = None,
    published_on: PartialDate | None = None,
    encoding: str | None = None,
) -> Iterator[Checked]:
    """Yield what the claims of each file contradict or leave open, then what they do between files; no casebook is needed."""
    day = published_on
    kept: dict[str, list[Claim]] = {}
    for result in read_file_claims(tuple(files), language, published_on, encoding):
        if result.reading is None:
            yield Checked(result.file.name, error=result.error)
            continue
        claims = result.reading.claims
        kept[result.file.name] = [claim for claim in claims if stands_alone(claim)]
        found = check_document(claims, read_text(result.file, encoding), day)
        yield Checked(result.file.name, tuple(found), tuple(find_rates(claims)), claims=len(claims))
    if len(kept) > 1:
        across = tuple(check_across(kept, dict.fromkeys(kept, day) if day else {}))
        if across:
            yield Checked("", across)


def check_casebook(
    casebook: Casebook, *, lists: Sequence[str] = (), definitions: Path | None = None, progress: Progress = lambda *_: None
) -> Iterator[Checked]:
    """Yield what the claims of a casebook's documents contradict or leave open: in each, then between them.

    Documents of one lineage are one voice. Claims stand beside the number of each list, or of those that are named.
    """
    kept: dict[str, list[Claim]] = {}
    published: dict[str, PartialDate] = {}
    names = list(lists) or [str(row[0]) for row in bulk.fetch_rows('SELECT id FROM casualty_list ORDER BY "row"')]
    for chunk in bulk.split_chunks(list_read_documents(), _TOGETHER):
        documents = [read_document_claims(identifier) for identifier in chunk]
        published.update({document.id: document.published for document in documents if document.published is not None})
        claims = [claim for document in documents for claim in document.claims]
        besides: dict[str, list[Beside]] = {}
        for name in names:
            for beside in compare_claims(casebook, name, claims, published, definitions):
                besides.setdefault(beside.claim.document, []).append(beside)
        for document in documents:
            kept[document.id] = [claim for claim in document.claims if stands_alone(claim)]
            progress("documents checked", 1)
            if document.claims:
                found = check_document(document.claims, document.text, document.published)
                rates = tuple(find_rates(document.claims))
                yield Checked(document.id, tuple(found), rates, tuple(besides.get(document.id, ())), len(document.claims))
    lineages = join_lineages(propose_lineages(claim for claims in kept.values() for claim in claims))
    across, left_out = tuple(check_across(kept, published, lineages)), count_left_out(kept, lineages)
    if across or left_out:
        yield Checked("", across, left_out=left_out)


def list_lineages() -> list[Lineage]:
    """Return which documents may be, or are said to be, of one origin."""
    return propose_lineages(claim for i in list_read_documents() for claim in read_document_claims(i).claims)
