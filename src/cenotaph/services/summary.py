"""The summary page of one list: everything the page says, read out of the casebook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cenotaph.casebook import bulk
from cenotaph.casebook.derived import hold_derived
from cenotaph.casebook.store import Casebook
from cenotaph.count.comparison import Comparison, find_common
from cenotaph.count.selection import STATED, Selection
from cenotaph.count.table import CountTable, Member
from cenotaph.domain.axes import UNKNOWN
from cenotaph.publish.summary import (
    CaptureNote,
    ClaimLine,
    ComparisonLine,
    CountRow,
    EvidenceRow,
    Group,
    SummaryPage,
    write_summary,
)
from cenotaph.services import claim_words, counting, rendering
from cenotaph.services.claim_figures import compare_claims
from cenotaph.services.claims import list_read_documents, read_document_claims
from cenotaph.services.ledger import verify
from cenotaph.services.raw_rows import RawRow, read_header, read_raw_rows

MOST_ROWS = 5_000
NONE = "–"
_FEW_ROWS = 25
_BY = ("nationality", "path")
_SUBGROUP = "prison"


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
    glosses: Mapping[str, str] | None = None,
    remarks: Sequence[str] = (),
    commands: Sequence[tuple[str, str]] = (),
    credit: str = "",
) -> int:
    """Write the summary page of a list; return its size in bytes.

    Parameters
    ----------
    rollups
        Codes to show under a named roll-up as well: (code, roll-up).
    glosses
        English for words that stand in the table as the list states them.
    remarks
        What a reader must know of the list's own words.
    commands
        What to do, and the command that does it.
    credit
        Whose data it is.
    """
    with hold_derived(casebook, hosts=True) as derived:
        head = derived.head
        counted = counting.count(casebook, Selection("", _BY), [list_id])
        table = counted.tables[0]
        compared = counting.compare(casebook, list_id, published, definitions) if published else ()
        fragile = counting.fragility(casebook, list_id)
        instant = bulk.fetch_one("SELECT at FROM ledger_entry WHERE number = %s", [head.number])
        raw = {row.report: row for row in read_raw_rows(casebook, list_id)}
        rows = _Rows(raw, _read_members(casebook, list_id), table.total.value > MOST_ROWS)
        columns, language = read_header(casebook, list_id), _read_language(list_id)
        captures = tuple(_read_captures())
        rolled_up = [_roll_up(casebook, list_id, table, code, name) for code, name in rollups]
    common = find_common(compared)
    labels = tuple(_name_column(key, glosses or {}) for key in table.axes[1])
    page = SummaryPage(
        title=title,
        lead=lead,
        release=", ".join(table.releases),
        counted_at=str(instant[0])[:10] if instant else "",
        total=table.total.value,
        countries=sum(key != UNKNOWN for key in table.axes[0]),
        column_labels=labels,
        column_kinds=tuple(
            "unknown" if key == UNKNOWN else "quoted" if key.startswith(STATED) else "known" for key in table.axes[1]
        ),
        column_totals=tuple(_value(table, None, key) for key in table.axes[1]),
        known=rendering.say_share(table.coverage[1]),
        word_columns=columns,
        words_language=language,
        rows=tuple(_make_row(rows, table, key, labels) for key in table.axes[0]),
        remarks=tuple(remarks),
        sayings=(*_say_subgroups(table), *rolled_up),
        comparisons=tuple(_compare(c, common) for c in compared),
        comparison_notes=tuple(sorted(common)),
        claimant=compared[0].figure.claimant if compared else "",
        fragility=(
            ("Rows without any source", fragile.without_source, fragile.rows),
            ("Rows without a date of death", fragile.without_death_date, fragile.rows),
            ("Rows without birth date and age", fragile.without_birth_or_age, fragile.rows),
            ("Rows that somebody has examined here", fragile.examined, fragile.rows),
            *((f"Rows with a source: it lies on {host}", count, fragile.cited) for host, count in fragile.hosts[:1]),
        ),
        backlog=counted.backlog.captures,
        backlog_lines=tuple((line.month, line.source, line.captures) for line in counted.backlog.lines),
        captures=captures,
        head=head.hash,
        entries=head.number,
        verified=next(verify(casebook, lambda *_: None), None) is None,
        commands=tuple(commands),
        credit=credit,
        claims=tuple(sorted(_read_claims(casebook, list_id, definitions), key=lambda line: line.beside == NONE)),
    )
    return write_summary(page, path)


@dataclass
class _Rows:
    """The rows behind each inner cell, by its keys: members with their evidence, and the files' own words."""

    raw: dict[str, RawRow]
    members: dict[tuple[str, ...], list[tuple[Member, str]]]
    shortened: bool

    def show(self, keys: tuple[str, str]) -> tuple[EvidenceRow, ...]:
        """Return what the page shows of a cell's reports."""
        found = self.members.get(keys, [])
        if self.shortened:
            found = found[:_FEW_ROWS]
        return tuple(self._show(member, evidence) for member, evidence in found)

    def _show(self, member: Member, evidence: str) -> EvidenceRow:
        row = self.raw.get(member.id)
        if row is None:
            return EvidenceRow(member.id, 0, ("the file or part of the row is under seal",), evidence)
        return EvidenceRow(member.id, row.number, row.words, evidence)


def _read_members(casebook: Casebook, list_id: str) -> dict[tuple[str, ...], list[tuple[Member, str]]]:
    found: dict[tuple[str, ...], list[tuple[Member, str]]] = {}
    selection = Selection(list_id, (*_BY, "evidence"))
    for (*keys, evidence), members in counting.open_table(casebook, selection).items():
        words = rendering.name_key("evidence", evidence)
        found.setdefault(tuple(keys), []).extend((member, words) for member in members)
    return {keys: sorted(members, key=lambda pair: pair[0].report) for keys, members in found.items()}


def _read_language(list_id: str) -> str:
    """Return the language that the list's source writes, or nothing where it is not known."""
    found = bulk.fetch_one("SELECT s.language FROM casualty_list l JOIN source s ON s.id = l.source WHERE l.id = %s", [list_id])
    return str(found[0] or "") if found else ""


def _name_column(key: str, glosses: Mapping[str, str]) -> str:
    words = key.removeprefix(STATED)
    if key.startswith(STATED) and words in glosses:
        return f"“{rendering.clean(words)}” ({glosses[words]}), the list's word"
    return rendering.name_key(_BY[1], key)


def _value(table: CountTable, *keys: str | None) -> int:
    cell = table.cell(*keys)
    return cell.value if cell else 0


def _make_row(rows: _Rows, table: CountTable, key: str, labels: Sequence[str]) -> CountRow:
    place = table.axes[0].index(key)
    total = table.cell(key, None)
    assert total is not None
    groups: list[Group | None] = []
    for column, (other, label) in enumerate(zip(table.axes[1], labels, strict=True)):
        cell = table.cell(key, other)
        shown = cell is not None and cell.value > 0
        groups.append(
            Group(f"n{place}-{column}", label, cell.id, column, cell.value, rows.show((key, other))) if cell and shown else None
        )
    return CountRow(
        f"n{place}",
        rendering.name_key(_BY[0], key),
        total.value,
        total.id,
        tuple(group.total if group else 0 for group in groups),
        tuple(groups),
        rendering.say_share(table.row_coverage[key][0]),
    )


def _say_subgroups(table: CountTable) -> list[str]:
    """Say the largest subgroups from prison as minima, with what is known of the path."""
    keys = sorted(table.axes[0], key=lambda key: (-_value(table, key, _SUBGROUP), key))
    return [
        f"{rendering.name_key(_BY[0], key)}, {rendering.name_key(_BY[1], _SUBGROUP)}: "
        f"{rendering.say_coverage(_value(table, key, _SUBGROUP), table.row_coverage[key][0])}."
        for key in keys[:3]
        if _value(table, key, _SUBGROUP)
    ]


def _roll_up(casebook: Casebook, list_id: str, table: CountTable, code: str, rollup: str) -> str:
    selection = replace(Selection("", _BY[:1]), rollups=(rollup,))
    wider = counting.count(casebook, selection, [list_id]).tables[0]
    label = rendering.name_key(_BY[0], code)
    return f"{label}: {_value(table, code, None)} as stated; {_value(wider, code)} where the roll-up “{rollup}” is applied."


def _compare(c: Comparison, common: frozenset[str]) -> ComparisonLine:
    words = [
        rendering.clean(e.words) + (f": explains {e.explains:+d}".replace("-", "−") if e.explains else "")
        for e in c.explanations
        if e.words not in common
    ]
    if c.reason:
        words.append(f"not comparable: {rendering.clean(c.reason)}")
    ours = f"at least {c.ours:,}" if c.ours is not None else "–"
    unexplained = f"{c.unexplained:+d}".replace("-", "−") if c.unexplained else ""
    difference = "–" if c.difference is None else rendering.say_difference(c).replace("-", "−")
    return ComparisonLine(rendering.clean(c.figure.words), c.figure.stated.text, ours, difference, tuple(words), unexplained)


def _read_claims(casebook: Casebook, list_id: str, definitions: Path | None) -> Iterator[ClaimLine]:
    """Yield what the texts claim, each number once for every text, with the list's own number beside where there is one."""
    for identifier in list_read_documents():
        document = read_document_claims(identifier)
        published = {identifier: document.published} if document.published else {}
        for beside in compare_claims(casebook, list_id, document.claims, published, definitions):
            claim = beside.claim
            yield ClaimLine(
                rendering.clean(document.origin or identifier),
                rendering.clean(" ".join(claim.quote.split())),
                claim_words.say_bound(claim),
                rendering.clean(claim_words.name_people(claim)) or "people not said",
                claim_words.say_outcome(claim.outcome),
                rendering.clean(claim.attribution) if claim.attribution else "the text itself",
                claim.modality.value.replace("_", " "),
                f"at least {beside.ours:,}" if beside.ours is not None else NONE,
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
        CaptureNote(rendering.clean(origin or ""), sha256, size, _name_role(is_list, is_read))
        for origin, sha256, size, is_list, is_read in rows
    ]


def _name_role(is_list: bool, is_read: bool) -> str:
    return "the list" if is_list else "a text, claims read" if is_read else "a text, not read yet"
