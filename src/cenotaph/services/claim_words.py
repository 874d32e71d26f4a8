"""Claims, findings and comparisons as lines for people, and as records for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cenotaph.domain.claims import Claim
from cenotaph.extract.checks import Finding, Rate
from cenotaph.extract.checks.cues import is_anybody
from cenotaph.services.claim_checks import Checked
from cenotaph.services.claim_figures import Beside
from cenotaph.services.claim_marks import Item, cut_segments, label_number
from cenotaph.services.lineages import Lineage
from cenotaph.services.wording import clean


def name_people(claim: Claim) -> str:
    """Return the people of a claim as a reader sees them; empty where the text names none."""
    from cenotaph.reference import places

    nations = ", ".join(places.label(code) for code in claim.nationality)
    group = "" if nations and is_anybody(claim.group) else claim.group or ""
    return "; ".join(filter(None, (nations or claim.nationality_text or "", " ".join(group.split()))))


def item_fields(item: Item, labels: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the fields of a claim or allegation that say something, as name and words.

    Parameters
    ----------
    labels
        What other claims of the text are called, by id.
    """
    if isinstance(item, Claim):
        words, bound = clean(" ".join(item.number_text.split())), say_bound(item)
        yield "number", words if words == bound else f"{words} ({bound})"
        yield "what happened", say_outcome(item.outcome)
        yield "people", clean(name_people(item)) or "not said"
        if item.unit.value != "people":
            yield "counts", item.unit.value
        if item.side:
            yield "served for", clean(item.side)
        if item.place:
            yield "where", clean(item.place)
    else:
        yield "act", item.act.replace("_", " ")
        yield "by whom", clean(item.actor) if item.actor else "not said"
        yield "to whom", clean(item.victims) if item.victims else "not said"
    yield "who says so", clean(item.attribution) if item.attribution else "the text itself"
    if item.via:
        yield "carried by", clean(item.via)
    yield "how sure", item.modality.value.replace("_", " ")
    if isinstance(item, Claim):
        if item.as_of or item.span:
            yield "as of", clean(item.as_of or item.span or "")
        if item.subset_of:
            yield "part of", labels.get(item.subset_of, item.subset_of)
        if item.repeat_of:
            yield "repeats", labels.get(item.repeat_of, item.repeat_of)
        if item.increment:
            yield "comes on top", "of an earlier number"
        if item.retracted:
            yield "taken back", "by the text"


def say_outcome(outcome: str) -> str:
    """Return an outcome as a reader sees it."""
    return outcome.replace("+", " or ").replace("_", " ")


def say_bound(claim: Claim) -> str:
    """Return a number with its bound in plain words: ``at least 288``, ``2,000 to 3,000``, ``may exceed 600``."""
    low, high = _number(claim.low), _number(claim.high)
    unit = " per cent" if claim.unit.value == "percent" else ""
    match claim.bound.value:
        case "exact":
            return f"{low}{unit}"
        case "range":
            return f"{low} to {high}{unit}"
        case "at_most":
            return f"at most {high}{unit}"
        case "approx":
            return f"about {low}{unit}"
        case "vague":
            return f"not counted, {low} or more by convention" if low else "not counted"
        case bound:
            return f"{bound.replace('_', ' ')} {low or high}{unit}"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:,}" if isinstance(value, int) else f"{value:,.1f}"


def document_text(text: str, items: Sequence[Item], mark: bool) -> Iterator[str]:
    """Yield the lines of a text with the claims' words marked, then the fields of each.

    Parameters
    ----------
    mark
        Whether the terminal shows bold and underlined words; the numbers in brackets stand there in any case.
    """
    parts = []
    for segment in cut_segments(text, items):
        words = "".join(c if c == "\n" else clean(c) for c in segment.text) if segment.within else _clean_lines(segment.text)
        if mark and segment.within:
            words = f"\x1b[1;4m{words}\x1b[0m" if segment.numbers else f"\x1b[4m{words}\x1b[0m"
        marks = "".join(f"[{label_number(at, items[at])}]" for at in (*segment.numbers, *segment.ends))
        parts.append(words + marks)
    yield from "".join(parts).split("\n")
    labels = {item.id: f"[{label_number(at, item)}]" for at, item in enumerate(items)}
    for at, item in enumerate(items):
        yield ""
        flag = "  ? to be reviewed" if item.needs_review else ""
        yield f"[{label_number(at, item)}] “{clean(' '.join(item.quote.split()))}”{flag}"
        for name, words in item_fields(item, labels):
            yield f"    {name}: {words}"
        for doubt in item.doubts:
            yield f"    doubt: {clean(doubt)}"
        yield f"    {item.id}, code points {item.start} to {item.end}"


def _clean_lines(text: str) -> str:
    return "\n".join(clean(line.replace("\t", "    ").replace("\r", "")) for line in text.split("\n"))


def checked_text(checked: Checked, title: str) -> Iterator[str]:
    """Yield the lines of what checking a document found, quotes side by side."""
    yield title
    if checked.error is not None:
        yield f"  not read: {checked.error}"
        return
    if not checked.findings and checked.document:
        yield f"  nothing found among {checked.claims} claims"
    for finding in checked.findings:
        yield ""
        yield f"  {finding.type.value.replace('_', ' ')} ({finding.certainty.value})"
        yield f"    {clean(finding.words)}"
        if finding.passage:
            yield f"    the text: “{clean(finding.passage)}”"
        for claim in finding.claims:
            where = f"{claim.document[:12]} " if not checked.document else ""
            speaker, quote = clean(claim.attribution or "the text itself"), clean(" ".join(claim.quote.split()))
            yield f"    {where}{claim.start}-{claim.end}: “{quote}”  ({speaker})"
    if checked.left_out:
        yield f"  {checked.left_out:,} claims were held against none of another document: there are too many of their kind."
    for rate in checked.rates:
        yield ""
        yield f"  rate: {say_rate(rate)}"
    for beside in checked.besides:
        yield ""
        yield f"  {clean(' '.join(beside.claim.quote.split()))}"
        ours = f"list {beside.list_id}: at least {beside.ours:,}" if beside.ours is not None else f"list {beside.list_id}"
        yield f"    {ours}; {'; '.join(beside.words)}"


def say_rate(rate: Rate) -> str:
    """Return a rate with what it is of."""
    whole, part = say_outcome(rate.whole.outcome), say_outcome(rate.part.outcome)
    return f"{rate.words} of “{clean(rate.whole.number_text)}” {whole} were {part}, by the same source"


def finding_records(checked: Checked) -> Iterator[dict[str, object]]:
    """Yield flat records of everything that was found, one for each line of JSON."""
    for finding in checked.findings:
        yield _finding_record(finding, checked.document)
    for rate in checked.rates:
        yield {
            "kind": "rate",
            "document": checked.document,
            "part": rate.part.id,
            "whole": rate.whole.id,
            "low": rate.low,
            "high": rate.high,
        }
    for beside in checked.besides:
        yield {
            "kind": "comparison",
            "document": beside.claim.document,
            "claim": beside.claim.id,
            "list": beside.list_id,
            "cell": beside.cell,
            "documented": beside.ours,
            "words": list(beside.words),
        }
    if checked.left_out:
        yield {"kind": "left_out", "claims": checked.left_out}
    if checked.error is not None:
        yield {"kind": "error", "document": checked.document, "message": str(checked.error)}


def _finding_record(finding: Finding, document: str) -> dict[str, object]:
    record = finding.as_record()
    return {"kind": record.pop("kind"), "document": document or None, **record}


def lineage_line(lineage: Lineage) -> str:
    """Return a lineage on one line."""
    return f"{lineage.state}: {lineage.first[:12]} and {lineage.second[:12]} are of one origin: {clean(lineage.reason)}"


def beside_words(beside: Beside) -> str:
    """Return what stands beside a claim, in one sentence."""
    ours = f"at least {beside.ours:,}; " if beside.ours is not None else ""
    return ours + "; ".join(beside.words)
