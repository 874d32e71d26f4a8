"""The summary page of one list: everything the page says, read out of the casebook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from cenotaph.casebook import bulk
from cenotaph.casebook.store import Casebook
from cenotaph.count.published import Comparison
from cenotaph.count.selection import Selection
from cenotaph.count.table import CountTable
from cenotaph.domain.axes import UNKNOWN
from cenotaph.publish.summary import CaptureNote, ClaimLine, ComparisonLine, CountRow, EvidenceRow, Group, SummaryPage, write_summary
from cenotaph.services import claim_words, counting, rendering, reports
from cenotaph.services.claim_figures import compare_claims
from cenotaph.services.claims import list_read_documents, read_document_claims
from cenotaph.services.ledger import verify

_BY = ("nationality", "path")


def build_summary(
    casebook: Casebook,
    list_id: str,
    path: Path,
    *,
    title: str,
    lead: str,
    published: Path | None = None,
    definitions: Path | None = None,
    rollups: Sequence[tuple[str, str]] = (),
    commands: Sequence[tuple[str, str]] = (),
    credit: str = "",
) -> int:
    """Write the summary page of a list; return its size in bytes.

    Parameters
    ----------
    rollups
        Codes to show under a named roll-up as well: (code, roll-up).
    """
    counted = counting.count(casebook, Selection("", _BY), [list_id])
    table = counted.tables[0]
    columns = table.axes[1]
    evidence = _read_evidence(casebook, list_id)
    compared = counting.compare(casebook, list_id, published, definitions) if published else ()
    fragile = counting.fragility(casebook, list_id)
    verified = next(verify(casebook, lambda *_: None), None) is None
    page = SummaryPage(
        title=title,
        lead=lead,
        release=", ".join(table.releases),
        total=table.total.value,
        countries=sum(key != UNKNOWN for key in table.axes[0]),
        column_labels=tuple(rendering.name_key("path", key) for key in columns),
        word_columns=reports.read_header(casebook, list_id),
        rows=tuple(_make_row(casebook, evidence, table, key) for key in table.axes[0] if table.cell(key, None)),
        rolled_up=tuple(_roll_up(casebook, list_id, table, code, name) for code, name in rollups),
        comparisons=tuple(_compare(c) for c in compared),
        claimant=compared[0].figure.claimant if compared else "",
        fragility=(
            ("Rows without any source", fragile.without_source, fragile.rows),
            ("Rows without a date of death", fragile.without_death_date, fragile.rows),
            ("Rows without birth date and age", fragile.without_birth_or_age, fragile.rows),
            ("Rows that somebody has examined", fragile.examined, fragile.rows),
            *((f"Rows with a source whose source lies on {host}", rows, fragile.cited) for host, rows in fragile.hosts[:1]),
        ),
        backlog=tuple((line.month, line.source, line.captures) for line in counted.backlog.lines),
        captures=tuple(_read_captures()),
        head=counted.head,
        entries=casebook.settled_head().number,
        verified=verified,
        commands=tuple(commands),
        credit=credit,
        claims=tuple(_read_claims(casebook, list_id, definitions)),
    )
    return write_summary(page, path)


def _make_row(casebook: Casebook, evidence: dict[str, EvidenceRow], table: CountTable, key: str) -> CountRow:
    total = table.cell(key, None)
    assert total is not None
    found = [table.cell(key, other) for other in table.axes[1]]
    groups = tuple(
        Group(f"n-{_slug(cell.id)}", rendering.name_key("path", cell.keys[1]), cell.id, _read_rows(evidence, casebook, cell.id)) if cell else None
        for cell in found
    )
    coverage = table.row_coverage[key][0]
    prison = table.cell(key, "prison")
    said = rendering.say_coverage(prison.value if prison else 0, coverage)
    return CountRow(
        f"n-{_slug(total.id)}",
        rendering.name_key("nationality", key),
        total.value,
        total.id,
        tuple(cell.value if cell else 0 for cell in found),
        groups,
        f"from prison {said}",
    )


def _slug(cell: str) -> str:
    """Return an anchor for a cell's id."""
    return "".join(c if c.isalnum() else "-" for c in cell)


def _read_rows(evidence: dict[str, EvidenceRow], casebook: Casebook, cell: str) -> tuple[EvidenceRow, ...]:
    return tuple(evidence[member.id] for member in counting.open_cell(casebook, cell))


def _read_evidence(casebook: Casebook, list_id: str) -> dict[str, EvidenceRow]:
    """Return every row of the list with its own words, by report."""
    return {
        identifier: EvidenceRow(identifier, number, words, "adopted, cites a source" if cites else "adopted, without source")
        for identifier, number, words, cites in reports.read_raw_rows(casebook, list_id)
    }


def _roll_up(casebook: Casebook, list_id: str, table: CountTable, code: str, rollup: str) -> tuple[str, str]:
    own = table.cell(code, None)
    selection = replace(Selection("", ("nationality",)), rollups=(rollup,))
    wider = counting.count(casebook, selection, [list_id]).tables[0].cell(code)
    label = rendering.name_key("nationality", code)
    return label, f"{own.value if own else 0} as stated; {wider.value if wider else 0} where the roll-up “{rollup}” is applied."


def _compare(c: Comparison) -> ComparisonLine:
    words = [e.words + (f", which explains {e.explains}" if e.explains else "") for e in c.explanations]
    if c.reason:
        words.append(f"not comparable: {c.reason}")
    if c.unexplained:
        words.append(f"not explained by the record: {c.unexplained:+d}")
    ours = f"at least {c.ours}" if c.ours is not None else "–"
    difference = "–" if c.difference is None else f"{c.difference:+d}" if c.difference else "0"
    return ComparisonLine(c.figure.words, f"{c.figure.count:,}", ours, difference, tuple(words))


def _read_claims(casebook: Casebook, list_id: str, definitions: Path | None) -> Iterator[ClaimLine]:
    """Yield what the texts claim, each number once for every text, with the list's own number beside."""
    for identifier in list_read_documents():
        document = read_document_claims(identifier)
        published = {identifier: document.published} if document.published else {}
        for beside in compare_claims(casebook, list_id, document.claims, published, definitions):
            claim = beside.claim
            yield ClaimLine(
                rendering.clean(document.origin or identifier),
                rendering.clean(" ".join(claim.quote.split())),
                claim_words.say_bound(claim),
                rendering.clean(claim_words.name_people(claim)) or "not said",
                claim_words.say_outcome(claim.outcome),
                rendering.clean(claim.attribution) if claim.attribution else "the text itself",
                claim.modality.value.replace("_", " "),
                f"at least {beside.ours:,}" if beside.ours is not None else "–",
                (*beside.words, *(("to be reviewed",) if claim.needs_review else ())),
            )


def _read_captures() -> list[CaptureNote]:
    rows = bulk.fetch_rows(
        "SELECT (SELECT MIN(g.origin) FROM sighting g WHERE g.capture = c.id), c.id, c.size, "
        "EXISTS (SELECT 1 FROM document d JOIN reading r ON r.document = d.id WHERE d.capture = c.id), "
        "EXISTS (SELECT 1 FROM document d JOIN claim_reading r ON r.document = d.id WHERE d.capture = c.id) "
        'FROM capture c WHERE c.size IS NOT NULL ORDER BY c."row"'
    )
    return [
        CaptureNote(origin or "", sha256, size, "the list" if is_list else "a text, claims read" if is_read else "a text, not read yet")
        for origin, sha256, size, is_list, is_read in rows
    ]

