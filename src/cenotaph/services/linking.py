"""Linking a casebook's reports: who would be who, what would change, and accepting it."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cenotaph.casebook import bulk
from cenotaph.casebook.ledger import Actor
from cenotaph.casebook.store import Casebook
from cenotaph.domain.canonical import JsonValue
from cenotaph.link.holding import Held, Word, hold_published
from cenotaph.link.identities import PersonChange, carry_identities
from cenotaph.services.people import order_people, read_published
from cenotaph.services.people_runs import Accepted, RunKind, accept_run, name_run
from cenotaph.services.people_state import Assigned, PeopleState, read_people
from cenotaph.services.standing_reports import Standing, read_reports

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

    from cenotaph.link.model import Model
    from cenotaph.link.posterior import Expected
    from cenotaph.link.tabling import Linked

Progress = Callable[[str, int], None]
QUEUE_FILE = Path("link") / "queue.parquet"
"""Where the pairs that a person should look at lie after a run; disposable, like everything that can be worked out again."""


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
    linked
        What the linkage itself says: probabilities, edges, model.
    """

    run: str
    kind: RunKind
    state: PeopleState
    wanted: dict[str, Assigned]
    minted: int
    changes: tuple[PersonChange, ...]
    held: tuple[tuple[str, str, str], ...]
    linked: Linked

    @property
    def people(self) -> int:
        """How many people there would be, those of whom nothing but a common name is known left out."""
        return len({item.person for item in self.wanted.values() if item.resolution == "resolved"})

    @property
    def expected(self) -> Expected | None:
        """How many people the reports are about, with its interval; None where each is somebody of its own."""
        return self.linked.summary.expected if self.people < len(self.wanted) else None

    @property
    def unresolved(self) -> int:
        """How many reports would stay unresolved."""
        return sum(item.resolution == "unresolved" for item in self.wanted.values())


def propose_people(
    casebook: Casebook, *, retrain: bool = False, seed: int = 1, progress: Progress = lambda *_: None
) -> Proposal:
    """Link every report that stands, and say what that would change.

    Parameters
    ----------
    retrain
        Train a new model; otherwise the last accepted run's is used, where there is one.
    seed
        Of the pairs that training draws.
    """
    import pyarrow as pa

    from cenotaph.link.tabling import link_table

    standing = read_reports(casebook, progress=progress)
    state = read_people()
    words = list(_read_words(standing))
    judgements = pa.Table.from_pylist(
        [{"left_id": a, "right_id": b, "same": same, "reason": None} for a, b, same in words], schema=_judgements_schema()
    )
    model = None if retrain else read_last_model()
    linked = link_table(standing.table, judgements, model, seed, progress=progress)
    return _carry(casebook, standing, state, words, linked, "full")


def _judgements_schema() -> pa.Schema:
    from cenotaph.link.tables import judgements_schema

    return judgements_schema()


def _carry(
    casebook: Casebook,
    standing: Standing,
    state: PeopleState,
    words: list[tuple[str, str, bool]],
    linked: Linked,
    kind: RunKind,
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
    resolution = ["resolved"] * len(reports) if alone else linked.people["resolution"].to_pylist()
    wanted = {
        unit: Assigned(report, carried.people[group], certainty, found)
        for unit, report, group, certainty, found in zip(
            standing.units, reports, groups.tolist(), sure, resolution, strict=True
        )
    }
    pairs = tuple((item.kind, reports[item.left], reports[item.right]) for item in held)
    return Proposal(run, kind, state, wanted, len(carried.minted), carried.changes, pairs, linked)


def _is_one_list(standing: Standing) -> bool:
    """Tell whether one list is all there is: then its rows are the people that it says they are."""
    own_rows = all(unit != report for unit, report in zip(standing.units, standing.table["report_id"].to_pylist(), strict=True))
    return own_rows and len(set(standing.table["source"].to_pylist())) == 1


def _join_said(count: int, words: list[tuple[str, str, bool]], row: dict[str, int]) -> NDArray[np.int64]:
    """Return every report in a group of its own, but for those that a reviewer said are one person's."""
    import numpy as np

    group = list(range(count))

    def find(at: int) -> int:
        while group[at] != at:
            at = group[at]
        return at

    for left, right, same in words:
        if same:
            first, second = sorted((find(row[left]), find(row[right])))
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
    linked = proposal.linked
    summary: dict[str, JsonValue] = {
        "model": linked.model.to_json(),
        "reports": len(proposal.wanted),
        "people": proposal.people,
        "unresolved": proposal.unresolved,
        "minted": proposal.minted,
        "held": len(proposal.held),
        "pairs": linked.summary.pairs,
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
        write_queue(casebook, proposal)
    return done


def write_queue(casebook: Casebook, proposal: Proposal) -> None:
    """Write the pairs that a person should look at, those that concern published people first."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from cenotaph.casebook.head import sync_folder

    path = casebook.root / QUEUE_FILE
    path.parent.mkdir(exist_ok=True)
    queue = proposal.linked.queue
    columns = {name: queue[name].to_pylist() for name in ("left_id", "right_id", "probability", "value")}
    columns["why"] = [veto or cause for veto, cause in zip(queue["veto"].to_pylist(), queue["cause"].to_pylist(), strict=True)]
    held = [(a, b, None, 1.0, f"published: {kind}") for kind, a, b in proposal.held]
    names = ("left_id", "right_id", "probability", "value", "why")
    rows = {name: [item[at] for item in held] + columns[name] for at, name in enumerate(names)}
    building = path.with_suffix(".building")
    pq.write_table(pa.table(rows), building)
    building.replace(path)
    sync_folder(path.parent)


@dataclass(frozen=True, slots=True)
class Question:
    """One pair that a person should look at.

    ``value`` is how far the answer is expected to move the number of people, from 0 to 1.
    """

    left: str
    right: str
    probability: float | None
    value: float
    why: str


def read_queue(casebook: Casebook, limit: int | None = None) -> list[Question]:
    """Return the pairs that the last run left for a person and nobody has judged since, the most valuable first."""
    import pyarrow.parquet as pq

    path = casebook.root / QUEUE_FILE
    if not path.is_file():
        return []
    judged = {
        frozenset(row)
        for row in bulk.fetch_rows("SELECT target, field FROM judgement WHERE question = 'same_person' AND field IS NOT NULL")
    }
    table = pq.read_table(path)
    found = []
    columns = [table[name].to_pylist() for name in ("left_id", "right_id", "probability", "value", "why")]
    for left, right, probability, value, why in zip(*columns, strict=True):
        if frozenset((left, right)) not in judged:
            found.append(Question(left, right, probability, value, why))
        if limit is not None and len(found) == limit:
            break
    return found


