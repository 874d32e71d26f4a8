"""What the page of a document's claims says, read out of a file or a casebook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cenotaph.casebook import bulk
from cenotaph.casebook.store import Casebook
from cenotaph.domain.claims import Claim
from cenotaph.domain.dates import PartialDate
from cenotaph.domain.errors import RefusedError
from cenotaph.extract.checks import Finding, Rate, check_document, find_rates
from cenotaph.publish.claims_page import Card, Claimed, ClaimsPage, Piece, Remark, TableRow, write_claims_page
from cenotaph.services.claim_figures import Beside, compare_claims
from cenotaph.services.claim_marks import Item, cut_lines, label_number
from cenotaph.services.claim_reading import read_file_claims, read_text
from cenotaph.services.claim_words import (
    beside_words,
    item_fields,
    name_people,
    say_bound,
    say_outcome,
    say_rate,
)
from cenotaph.services.claims import list_claim_judgements, read_document_claims
from cenotaph.services.wording import clean


@dataclass(frozen=True, slots=True)
class Shown:
    """A text with its claims, ready to be shown.

    Parameters
    ----------
    title
        Its file's name.
    about
        What is known of it, as name and words.
    besides
        Its claims beside the lists' own numbers; None where no casebook is at hand.
    judgements
        Reviewers' words by the id of a claim.
    """

    title: str
    text: str
    language: str
    items: tuple[Item, ...]
    about: tuple[tuple[str, str], ...]
    notices: tuple[str, ...]
    findings: tuple[Finding, ...]
    rates: tuple[Rate, ...]
    besides: tuple[Beside, ...] | None = None
    judgements: tuple[tuple[str, str], ...] = ()


def show_file(
    file: Path, language: str | None = None, published_on: PartialDate | None = None, encoding: str | None = None
) -> Shown:
    """Read a file's claims for showing; no casebook is needed.

    Raises
    ------
    InputError
        It cannot be read as a text.
    """
    result = next(iter(read_file_claims((file,), language, published_on, encoding)))
    if result.reading is None:
        assert result.error is not None
        raise result.error
    text = read_text(file, encoding)
    claims = result.reading.claims
    day = published_on
    return Shown(
        file.name,
        text,
        result.reading.language,
        result.reading.items,
        (("language", result.reading.language), *((("published", day.edtf),) if day else ())),
        tuple(notice.message for notice in result.reading.notices),
        tuple(check_document(claims, text, day)),
        tuple(find_rates(claims)),
    )


def show_document(casebook: Casebook, start: str, definitions: Path | None = None) -> Shown:
    """Return a casebook's document with the claims of its last reading, and its lists' numbers beside.

    Raises
    ------
    NotFoundError, RefusedError
        There is no such document, it is a table, or it is under seal.
    """
    found = read_document_claims(start)
    published = {found.id: found.published} if found.published else {}
    besides: list[Beside] = []
    for (name,) in bulk.fetch_rows('SELECT id FROM casualty_list ORDER BY "row"'):
        besides += compare_claims(casebook, name, found.claims, published, definitions)
    judged = list_claim_judgements()
    about = [("document", found.id), ("capture", found.capture)]
    about += [("published", found.published.edtf)] if found.published else []
    about += [("language", found.language)] if found.language else []
    about.append(("reader", found.version or "not read yet: cenotaph extract run"))
    return Shown(
        found.origin or found.id,
        found.text,
        found.language or "",
        found.items,
        tuple(about),
        tuple(code.replace("_", " ") for code in found.notices),
        tuple(check_document(found.claims, found.text, found.published)),
        tuple(find_rates(found.claims)),
        tuple(besides),
        tuple((target, f"{j.question.replace('_', ' ')}: {j.answer}") for target, words in judged.items() for j in words),
    )


def write_page(shown: Shown, path: Path) -> int:
    """Write the page of a text's claims; return its size in bytes.

    Raises
    ------
    RefusedError
        Something else than a page stands there: nobody's text is written over.
    """
    if path.exists() and not (path.is_file() and path.read_bytes()[:15].lower().startswith(b"<!doctype html")):
        raise RefusedError(f"{path} is there, and is no page that can be written anew.", "Name another file.")
    labels = {item.id: label_number(at, item) for at, item in enumerate(shown.items)}
    page = ClaimsPage(
        title=clean(shown.title),
        language=shown.language or "und",
        about=shown.about,
        notices=shown.notices,
        lines=tuple(
            tuple(Piece(segment.text, bool(segment.within), segment.numbers, segment.ends) for segment in line)
            for line in cut_lines(shown.text, shown.items)
        ),
        cards=tuple(_make_card(at, item, labels, shown) for at, item in enumerate(shown.items)),
        table=tuple(_make_table(shown, labels)),
        lists=tuple(dict.fromkeys(beside.list_id for beside in shown.besides or ())),
        remarks=tuple(_make_remark(finding, labels) for finding in shown.findings),
        rates=tuple(say_rate(rate) for rate in shown.rates),
        names={at: label_number(at, item) for at, item in enumerate(shown.items)},
    )
    return write_claims_page(page, path)


def _make_card(at: int, item: Item, labels: dict[str, str], shown: Shown) -> Card:
    if isinstance(item, Claim):
        title = f"{say_bound(item)} {say_outcome(item.outcome)}"
    else:
        title = item.act.replace("_", " ")
    return Card(
        f"c{at + 1}",
        label_number(at, item),
        "claim" if isinstance(item, Claim) else "allegation",
        title,
        clean(" ".join(item.quote.split())),
        tuple(item_fields(item, labels)),
        tuple(clean(doubt) for doubt in item.doubts),
        item.needs_review,
        tuple(words for target, words in shown.judgements if target == item.id),
    )


def _make_table(shown: Shown, labels: dict[str, str]) -> Iterator[TableRow]:
    """Yield people and outcomes with everything claimed of them, people in order of their first claim; nothing is added."""
    groups: dict[tuple[str, str], list[tuple[int, Claim]]] = {}
    for at, item in enumerate(shown.items):
        if isinstance(item, Claim):
            people = clean(name_people(item)) or "people not said"
            groups.setdefault((people, say_outcome(item.outcome)), []).append((at, item))
    beside: dict[str, list[str]] = {}
    for found in shown.besides or ():
        beside.setdefault(found.claim.id, []).append(beside_words(found))
    order = list(dict.fromkeys(people for people, _ in groups))
    for (people, outcome), claims in sorted(groups.items(), key=lambda group: order.index(group[0][0])):
        documented = [words for _, claim in claims for words in beside.get(claim.id, ())]
        yield TableRow(
            people,
            outcome,
            tuple(_make_claimed(at, claim, labels) for at, claim in claims),
            tuple(dict.fromkeys(documented)),
        )


def _make_claimed(at: int, claim: Claim, labels: dict[str, str]) -> Claimed:
    notes = [
        f"part of {labels[claim.subset_of]}" if claim.subset_of in labels else "",
        f"repeats {labels[claim.repeat_of]}" if claim.repeat_of in labels else "",
        "taken back" if claim.retracted else "",
        claim.modality.value.replace("_", " "),
        "to be reviewed" if claim.needs_review else "",
    ]
    speaker = clean(claim.attribution) if claim.attribution else "the text itself"
    return Claimed(f"c{at + 1}", label_number(at, claim), say_bound(claim), speaker, ", ".join(filter(None, notes)))


def _make_remark(finding: Finding, labels: dict[str, str]) -> Remark:
    quotes: Sequence[tuple[str, str, str]] = [
        (f"c{labels[claim.id].lstrip('A')}", labels[claim.id], clean(" ".join(claim.quote.split())))
        for claim in finding.claims
        if claim.id in labels
    ]
    return Remark(
        finding.type.value.replace("_", " "),
        finding.certainty.value,
        clean(finding.words),
        clean(finding.passage),
        tuple(quotes),
    )
