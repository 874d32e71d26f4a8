"""Linking a casebook's reports: who would be who, what would change, and accepting it."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from cenotaph.casebook import bulk
from cenotaph.casebook.ledger import Actor
from cenotaph.casebook.store import Casebook
from cenotaph.domain.canonical import JsonValue
from cenotaph.link.holding import Held, Word, hold_published
from cenotaph.link.identities import PersonChange, carry_identities
from cenotaph.services.people import order_people, read_published
from cenotaph.services.people_runs import Accepted, RunKind, accept_run, name_run
from cenotaph.services.people_state import Assigned, PeopleState, read_people
from cenotaph.services.review_queue import find_last_judgement, write_queue
from cenotaph.services.standing_reports import Standing, read_reports

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

    from cenotaph.link.model import Model
    from cenotaph.link.posterior import Expected
    from cenotaph.link.tabling import Loose
    from cenotaph.link.unread import Unread
    from cenotaph.services.linking_state import News, Words

Progress = Callable[[str, int], None]
How = Literal["auto", "full", "incremental"]


@dataclass(frozen=True, slots=True)
class Found:
    """What a linkage says: people (a row for each report), edges, the queue, the model, and how many pairs were compared.

    ``expected`` is None where only new reports were looked at, and ``settled`` then names the reports that were not, of whom the
    queue of the run before still holds. ``alone`` is how many unresolved reports were compared with nobody, and ``unread`` which
    ages and dates of the reports that were looked at tell nothing, since they could not be read.
    """

    people: pa.Table
    edges: pa.Table
    queue: pa.Table
    model: Model
    pairs: int
    expected: Expected | None = None
    settled: frozenset[str] = frozenset()
    loose: tuple[Loose, ...] = ()
    alone: int = 0
    unread: tuple[Unread, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a run of the linkage would make of the record.

    Parameters
    ----------
    run
        The id it would have.
    kind
        ``full`` or ``incremental``.
    state
        The last accepted run, which it starts from.
    wanted
        Whose each unit would be.
    minted
        How many ids are new.
    changes
        What would become of ids.
    held
        Changes to published people that wait for a person's word, as pairs of reports.
    found
        What the linkage itself says: probabilities, edges, model.
    why_full
        Why a full run was made where only new reports were asked for; empty otherwise.
    judged
        The last judgement that the run knew.
    """

    run: str
    kind: RunKind
    state: PeopleState
    wanted: dict[str, Assigned]
    minted: int
    changes: tuple[PersonChange, ...]
    held: tuple[tuple[str, str, str], ...]
    found: Found
    why_full: str = ""
    judged: int = 0

    @property
    def people(self) -> int:
        """How many people there would be, those of whom nothing but a common name is known left out."""
        return len({item.person for item in self.wanted.values() if item.resolution == "resolved"})

    @property
    def expected(self) -> Expected | None:
        """How many people the reports are about, with its interval; None where each is its own, and in an incremental run."""
        return self.found.expected if self.people < len(self.wanted) else None

    @property
    def undone(self) -> int:
        """How many words "the same" the run could not do, since others say "not the same"; they wait in the queue."""
        return sum(cause == "judgement" for cause in self.found.queue["cause"].to_pylist())

    @property
    def unresolved(self) -> int:
        """How many reports would stay unresolved."""
        return sum(item.resolution == "unresolved" for item in self.wanted.values())


def propose_people(
    casebook: Casebook,
    *,
    how: How = "auto",
    retrain: bool = False,
    seed: int = 1,
    keep: bool = False,
    progress: Progress = lambda *_: None,
) -> Proposal:
    """Link every report that stands, and say what that would change.

    Parameters
    ----------
    how
        ``full`` compares all reports with all others; ``incremental`` the new ones with all, where a linkage was kept that can
        be built upon; ``auto`` chooses: incremental where there are many reports and few are new.
    retrain
        Train a new model, which takes a full run; otherwise the last accepted run's is used, where there is one.
    seed
        Of the pairs that training draws.
    keep
        Whether this linkage is kept beside the record for the next one to build upon.
    """
    import pyarrow as pa

    from cenotaph.services.linking_state import FEWEST, News, find_news

    judged = find_last_judgement()
    standing = read_reports(casebook, progress=progress)
    state = read_people()
    words = list(_read_words(standing))
    judgements = pa.Table.from_pylist(
        [{"left_id": a, "right_id": b, "same": same, "reason": None} for a, b, same in words], schema=_judgements_schema()
    )
    model = None if retrain else read_last_model()
    news: News | str = "a full run was asked for"
    if not retrain and (how == "incremental" or (how == "auto" and len(standing.table) >= FEWEST)):
        news = find_news(casebook, standing.table, words, model)
    if isinstance(news, News):
        progress("new reports", len(news.new))
        found = _link_new(casebook, standing, news, words, judgements, keep=keep)
        return replace(_carry(casebook, standing, state, words, found, "incremental"), judged=judged)
    found = _link_all(casebook, standing, words, judgements, model, seed, progress, keep=keep)
    why_full = news if how == "incremental" else ""
    return replace(_carry(casebook, standing, state, words, found, "full", why_full), judged=judged)


def _link_all(
    casebook: Casebook,
    standing: Standing,
    words: Words,
    judgements: pa.Table,
    model: Model | None,
    seed: int,
    progress: Progress,
    *,
    keep: bool,
) -> Found:
    from cenotaph.link.tabling import link_table
    from cenotaph.services.linking_state import STATE_FOLDER, note_linkage

    folder = casebook.root / STATE_FOLDER
    linked = link_table(standing.table, judgements, model, seed, progress=progress, state=folder if keep else None)
    if keep:
        note_linkage(casebook, standing.table, words, 1)
    return Found(
        linked.people, linked.edges, linked.queue, linked.model, linked.summary.pairs, linked.summary.expected,
        loose=linked.summary.loose, alone=linked.summary.alone, unread=linked.summary.unread,
    )  # fmt: skip


def _link_new(
    casebook: Casebook, standing: Standing, news: News, words: Words, judgements: pa.Table, *, keep: bool
) -> Found:
    import pyarrow.compute as pc

    from cenotaph.link.incremental import add_reports
    from cenotaph.link.state import read_state
    from cenotaph.services.linking_state import STATE_FOLDER, note_linkage

    folder = casebook.root / STATE_FOLDER
    added = add_reports(folder, news.new, judgements, gone=news.gone, keep=keep)
    state = read_state(folder)
    if keep:
        note_linkage(casebook, standing.table, words, len(state.layers))
    ids = standing.table["report_id"]
    people = added.everybody.take(pc.index_in(ids, added.everybody["report_id"].combine_chunks()))
    settled = frozenset(ids.to_pylist()) - frozenset(added.looked_at.to_pylist())
    return Found(people, added.edges, added.queue, state.model, added.pairs, None, settled, unread=added.unread)


def _judgements_schema() -> pa.Schema:
    from cenotaph.link.tables import judgements_schema

    return judgements_schema()


def _carry(
    casebook: Casebook,
    standing: Standing,
    state: PeopleState,
    words: Words,
    linked: Found,
    kind: RunKind,
    why_full: str = "",
) -> Proposal:
    import numpy as np

    reports = standing.table["report_id"].to_pylist()
    people = order_people(state)
    place = {person: at for at, person in enumerate(people)}
    row = {report: at for at, report in enumerate(reports)}
    before = np.array(
        [place[state.assigned[unit].person] if unit in state.assigned else -1 for unit in standing.units], np.int64
    )
    alone = _is_one_list(standing)
    groups = _join_said(len(reports), words, row) if alone else _number_groups(linked.people["person_id"])
    published = {place[person] for person in read_published() if person in place}
    held: tuple[Held, ...] = ()
    if published:
        word = Word(
            frozenset((row[a], row[b]) for a, b, same in words if same),
            frozenset((row[a], row[b]) for a, b, same in words if not same),
        )
        groups, held = hold_published(groups, before, published, word, _list_edges(linked.edges, row))
    run = name_run(state, casebook.settled_head().hash)
    carried = carry_identities(standing.units, groups, before, people, run, frozenset(state.redirects))
    sure = np.round(linked.people["probability"].to_numpy() * 1e6).astype(np.int64).tolist()
    # Whoever is held together with others, or joined to them by a word, is somebody: unresolved are only those by themselves.
    size = np.bincount(groups)[groups] if len(groups) else np.zeros(0, np.int64)
    said = ["resolved"] * len(reports) if alone else linked.people["resolution"].to_pylist()
    resolution = ["resolved" if many > 1 else word for many, word in zip(size.tolist(), said, strict=True)]
    wanted = {
        unit: Assigned(report, carried.people[group], certainty, found)
        for unit, report, group, certainty, found in zip(
            standing.units, reports, groups.tolist(), sure, resolution, strict=True
        )
    }
    pairs = tuple((item.kind, reports[item.left], reports[item.right]) for item in held)
    return Proposal(run, kind, state, wanted, len(carried.minted), carried.changes, pairs, linked, why_full)


def _is_one_list(standing: Standing) -> bool:
    """Tell whether one list is all there is: then its rows are the people that it says they are."""
    own_rows = all(unit != report for unit, report in zip(standing.units, standing.table["report_id"].to_pylist(), strict=True))
    return own_rows and len(set(standing.table["source"].to_pylist())) == 1


def _join_said(count: int, words: list[tuple[str, str, bool]], row: dict[str, int]) -> NDArray[np.int64]:
    """Return every report in a group of its own, but for those that a reviewer said are one person's, where no "no" forbids."""
    import numpy as np

    from cenotaph.link.judging import settle_words

    group = list(range(count))
    same, different = (
        np.array([(row[a], row[b]) for a, b, said in words if said is told], np.int32).reshape(-1, 2) for told in (True, False)
    )
    done, _ = settle_words(same, different)

    def find(at: int) -> int:
        while group[at] != at:
            at = group[at]
        return at

    for left, right in done.tolist():
        first, second = sorted((find(left), find(right)))
        group[second] = first
    found = [find(at) for at in range(count)]
    number = {root: at for at, root in enumerate(dict.fromkeys(found))}
    return np.array([number[root] for root in found], np.int64)


def _number_groups(column: pa.ChunkedArray) -> NDArray[np.int64]:
    """Return groups numbered in the order of their first rows."""
    import numpy as np

    return np.asarray(column.combine_chunks().dictionary_encode().indices.to_numpy(), np.int64)


def _list_edges(edges: pa.Table, row: dict[str, int]) -> list[tuple[int, int, float]]:
    left, right, weight = (edges[name].to_pylist() for name in ("left_id", "right_id", "weight"))
    return [(row[a], row[b], w) for a, b, w in zip(left, right, weight, strict=True)]


def _read_words(standing: Standing) -> Iterator[tuple[str, str, bool]]:
    """Yield reviewers' words on pairs of reports that stand; a word on a list's row holds for what stands in its place now."""
    now = dict(zip(standing.units, standing.table["report_id"].to_pylist(), strict=True))
    sql = (
        "SELECT COALESCE(a.row_key, a.id), COALESCE(b.row_key, b.id), j.answer FROM judgement j "
        "JOIN report a ON a.id = j.target JOIN report b ON b.id = j.field "
        "WHERE j.question = 'same_person' AND j.target_kind = 'report' ORDER BY j.\"row\""
    )
    last: dict[tuple[str, str], str] = {}
    for left, right, answer in bulk.fetch_rows(sql):
        last[min(left, right), max(left, right)] = answer
    for (left, right), answer in last.items():
        if answer in ("yes", "no") and left in now and right in now and left != right:
            yield now[left], now[right], answer == "yes"


def read_last_model() -> Model | None:
    """Return the model of the last accepted run that had one."""
    from cenotaph.link.model import read_model

    found = bulk.fetch_one('SELECT summary FROM link_run WHERE model IS NOT NULL ORDER BY "row" DESC LIMIT 1')
    if found is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "the last run's model"
        path.write_text(json.loads(found[0])["model"], encoding="utf-8")
        return read_model(path)


def accept_people(casebook: Casebook, actor: Actor, proposal: Proposal, *, dry_run: bool = False) -> Accepted:
    """Write a proposal into the record as one ledger entry, and the review queue beside it.

    Raises
    ------
    RefusedError
        Another run was accepted since it was worked out.
    """
    linked = proposal.found
    summary: dict[str, JsonValue] = {
        "model": linked.model.to_json(),
        "reports": len(proposal.wanted),
        "people": proposal.people,
        "unresolved": proposal.unresolved,
        "minted": proposal.minted,
        "held": len(proposal.held),
        "pairs": linked.pairs,
    }
    done = accept_run(
        casebook,
        actor,
        proposal.run,
        proposal.kind,
        proposal.state,
        dict(proposal.wanted),
        proposal.changes,
        summary,
        linked.model.hash,
        dry_run=dry_run,
    )
    if not dry_run:
        write_queue(casebook, proposal.found.queue, proposal.held, proposal.found.settled, proposal.judged)
    return done
