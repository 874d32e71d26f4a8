"""From a table of reports to a table of people: prepare, block, train, score, group, and say how sure."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cenotaph.link.engine import open_engine
from cenotaph.link.judging import add_words, put_undone, read_words
from cenotaph.link.model import Model, to_probability, to_weight
from cenotaph.link.results import choose_edges, list_edges, make_queue, name_people
from cenotaph.link.tables import RESOLVED, UNRESOLVED, judgements_schema

if TYPE_CHECKING:
    import pyarrow as pa

    from cenotaph.link.blocking import Block
    from cenotaph.link.clustering import Grouping
    from cenotaph.link.mistakes import Mistakes
    from cenotaph.link.posterior import Expected
    from cenotaph.link.scoring import Pairs
    from cenotaph.link.unread import Unread

    Weights = np.ndarray[tuple[int], np.dtype[np.float64]]
    Codes = np.ndarray[tuple[int], np.dtype[np.int8]]
    Keys = np.ndarray[tuple[int], np.dtype[np.int64]]
    Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]

Progress = Callable[[str, int], None]


class Loose(NamedTuple):
    """A field whose contradictions forbid nothing; no pairs where this table has too few, and the model was learnt on another."""

    field: str
    contradicting: int
    pairs: int


def loose_text(loose: tuple[Loose, ...]) -> list[str]:
    """Return a line for every field whose contradictions forbid nothing."""
    return [
        f"contradictions in {field} forbid nothing: "
        + (f"{contradicting:,} of {pairs:,} sure pairs contradict each other" if pairs else "so the model that was used has it")
        for field, contradicting, pairs in loose
    ]


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run came to.

    Parameters
    ----------
    reports, nameless
        How many there were, and how many of them name nobody.
    pairs, edges, joined
        Pairs compared; those probable or forbidden enough to show; those within one person.
    people, resolved, unresolved, largest
        Distinct ``person_id``; reports of each resolution; reports of the largest group.
    expected
        How many people those reports are about that name somebody, with its interval.
    blocks
        What every blocking rule cost.
    loose
        Fields whose contradictions forbid nothing, with how many of how many sure pairs contradict each other in them.
    alone
        Unresolved reports that name somebody and were compared with nobody: names too common to say anything by themselves.
    unread
        Ages and dates that could not be read.
    """

    reports: int
    nameless: int
    pairs: int
    edges: int
    joined: int
    people: int
    resolved: int
    unresolved: int
    largest: int
    expected: Expected
    blocks: tuple[Block, ...]
    loose: tuple[Loose, ...] = ()
    alone: int = 0
    unread: tuple[Unread, ...] = ()


@dataclass(frozen=True)
class Linked:
    """What linkage gives: people, edges, what a person should look at, and the model that was used.

    Edges and the queue are put into tables when they are first asked for: there may be ten for each report, and nobody asks.
    """

    people: pa.Table
    model: Model
    summary: Summary
    list_edges: Callable[[], pa.Table]
    list_questions: Callable[[pa.Table], pa.Table]

    @cached_property
    def edges(self) -> pa.Table:
        """The compared pairs, of :func:`cenotaph.link.tables.edges_schema`."""
        return self.list_edges()

    @cached_property
    def queue(self) -> pa.Table:
        """The edges that a person should look at, the most valuable first."""
        return self.list_questions(self.edges)


def link_table(
    reports: pa.Table,
    judgements: pa.Table | None = None,
    model: Model | None = None,
    seed: int = 1,
    *,
    progress: Progress = lambda *_: None,
    folder: str | None = None,
    state: Path | None = None,
    merge: float | None = None,
) -> Linked:
    """Find the people of a table of reports.

    Parameters
    ----------
    reports
        Columns of :data:`cenotaph.link.tables.REPORT_COLUMNS`; all but ``report_id`` may be absent.
    judgements
        Reviewers' words, as :func:`cenotaph.link.reading.read_judgements` gives them.
    model
        A model to use; without it, one is trained on the reports.
    seed
        Of the pairs that training draws.
    progress
        Called with a stage's name and the rows done in it.
    folder
        Where the database may put what does not fit into memory.
    state
        A folder to leave in what :func:`cenotaph.link.incremental.add_reports` needs to add reports later.
    merge
        Probability from which an edge joins, instead of the model's.

    Raises
    ------
    InputError, ValueFormatError
        The reports cannot be used, or a judgement names a report that is not there, or two judgements contradict each other.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    from cenotaph.link.clustering import OPEN, VETOED, Grouping
    from cenotaph.link.doubtful import dissolve
    from cenotaph.link.headcount import count_people, write_note
    from cenotaph.link.identifying import cap_bare, say
    from cenotaph.link.preparing import prepare
    from cenotaph.link.reading import check_reports
    from cenotaph.link.traits import read_traits
    from cenotaph.link.unread import find_unread_lives
    from cenotaph.link.vetoes import find_vetoes

    reports = check_reports(reports)
    same, different, undone = read_words(judgements, reports["report_id"])
    progress("reading names, dates and places", len(reports))
    prepared = prepare(reports)
    named = find_named(prepared)
    names_somebody = named.combine_chunks().to_numpy(zero_copy_only=False)
    compared = compare(prepared.filter(named), model, seed, progress, folder, keep=state is not None)
    pairs, used = compared.pairs, compared.model if merge is None else replace(compared.model, merge=merge)
    progress("grouping", len(pairs.left))
    traits = read_traits(prepared, used.loose)
    veto = find_vetoes(traits, pairs.left, pairs.right)
    used = used if model else replace(used, prior=estimate_prior(pairs.ratio[veto == 0], int(pc.sum(named).as_py() or 0)))
    said = say(prepared, used)
    grouped, weight, veto = group(len(reports), pairs, veto, traits, used, same, different, cap_bare(prepared, said))
    grouped = Grouping(*dissolve(grouped.group, pairs, weight, grouped.fate, said, to_weight(used.merge), same.ravel()))
    probability = to_probability(weight)
    # What is forbidden is no doubt, however light the pair: grouping does not look at pairs that are too light to join.
    settled = np.where((veto != 0) & (grouped.fate == OPEN), VETOED, grouped.fate).astype(np.int8)
    people = name_people(reports["report_id"], grouped.group, pairs, probability, settled, said, ~names_somebody, same)
    if state is not None:
        words = add_words(judgements_schema().empty_table(), judgements)
        keep_state(state, compared, used, people, prepared, names_somebody, words)
    prior = to_weight(used.prior)
    shown = choose_edges(len(reports), pairs, weight, probability, veto, grouped.fate, same, prior)
    progress("counting people", len(reports))
    expected, missed = count_people(
        reports, prepared, names_somebody, pairs.left, pairs.right, weight, veto > 0, grouped.group, same, used, seed
    )
    people = write_note(people, expected, missed, names_somebody, used)
    summary = Summary(
        len(reports),
        int(pc.sum(pc.invert(named)).as_py() or 0),
        len(pairs.left),
        len(shown.left),
        int((grouped.group[pairs.left] == grouped.group[pairs.right]).sum()),
        pc.count_distinct(people["person_id"]).as_py(),
        int(pc.sum(pc.equal(people["resolution"], RESOLVED)).as_py() or 0),
        int(pc.sum(pc.equal(people["resolution"], UNRESOLVED)).as_py() or 0),
        int(np.bincount(grouped.group).max()) if len(reports) else 0,
        expected,
        compared.blocks,
        tuple(Loose(name, *compared.mistakes.get(name, (0, 0))) for name in used.loose),
        _count_alone(people, pairs, names_somebody),
        find_unread_lives(reports, prepared),
    )
    groups, ids, least = pa.table({"report_id": reports["report_id"], "group": grouped.group}), reports["report_id"], used.merge
    return Linked(
        people,
        used,
        summary,
        lambda: list_edges(ids, shown),
        lambda edges: put_undone(make_queue(edges, groups, to_weight(least)), edges, ids, undone, prior),
    )


def _count_alone(people: pa.Table, pairs: Pairs, named: Flags) -> int:
    """Return how many unresolved reports name somebody and were compared with nobody."""
    import pyarrow.compute as pc

    alone = named & pc.equal(people["resolution"], UNRESOLVED).to_numpy(zero_copy_only=False)
    alone[pairs.left] = False
    alone[pairs.right] = False
    return int(alone.sum())


def find_named(prepared: pa.Table) -> pa.ChunkedArray:
    """Return which reports name somebody: a placeholder is compared with nothing."""
    import pyarrow.compute as pc

    return pc.and_(pc.invert(pc.fill_null(prepared["placeholder"], True)), pc.is_valid(prepared["name_key"]))


class Compared(NamedTuple):
    """Compared pairs, the model that weighed them, what every rule cost, and what a state is made of where one is wanted."""

    pairs: Pairs
    model: Model
    blocks: tuple[Block, ...]
    together: pa.Table | None = None
    keys: tuple[Keys, ...] = ()
    frequencies: dict[str, pa.Table] | None = None
    mistakes: dict[str, Mistakes] = {}  # noqa: RUF012 - never written to


def compare(
    prepared: pa.Table, model: Model | None, seed: int, progress: Progress, folder: str | None, *, keep: bool = False
) -> Compared:
    """Compare the reports that name somebody; ``keep`` says whether a state is wanted."""
    import pyarrow as pa

    from cenotaph.link.blocking import add_keys, find_blocks
    from cenotaph.link.candidates import list_pairs
    from cenotaph.link.frequencies import level_frequencies
    from cenotaph.link.mistakes import count_mistakes
    from cenotaph.link.model import start_model
    from cenotaph.link.scoring import no_pairs, read_agreement, score
    from cenotaph.link.training import train

    if len(prepared) < 2 and not keep:
        return Compared(no_pairs(), model or start_model(len(prepared)), ())
    with open_engine(folder) as connection:
        connection.register("prepared", prepared)
        progress("looking for pairs", len(prepared))
        together, keys = add_keys(connection, "prepared", "blocked")
        kept = tuple(keys) if keep else ()
        whole = pa.table([*prepared.columns, *together.columns], [*prepared.column_names, *together.column_names])
        # Learning keeps one processor busy, and needs neither.
        with ThreadPoolExecutor(1) as beside:
            found = beside.submit(find_blocks, keys)
            read = beside.submit(read_agreement, connection, whole, model or start_model(len(prepared)))
            del keys
            if model is None:
                progress("learning", len(prepared))
                model = train(connection, "blocked", seed)
            (blocks, costs), agreement = found.result(), read.result()
        mistakes = count_mistakes(connection, "blocked") if model.loose else {}
        progress("comparing", sum(block.pairs for block in costs))
        frequencies = level_frequencies(connection, "blocked", model)
        connection.execute("DROP TABLE blocked")
        pairs = score(agreement, whole, list_pairs(blocks), model, frequencies)
        return Compared(pairs, model, costs, together, kept, frequencies, mistakes)


def keep_state(
    folder: Path, compared: Compared, model: Model, people: pa.Table, prepared: pa.Table, named: Flags, words: pa.Table
) -> None:
    """Leave in a folder what is needed to add reports; those that name nobody have no key there."""
    import pyarrow as pa

    from cenotaph.link.state import save_state

    assert compared.together is not None and compared.frequencies is not None
    at = np.where(named, np.cumsum(named) - 1, -1)
    spread = compared.together.take(pa.array(at, mask=~named))
    keys = []
    for values in compared.keys:
        key = np.full(len(named), -1, np.int64)
        key[named] = values
        keys.append(key)
    whole = pa.table([*prepared.columns, *spread.columns], [*prepared.column_names, *spread.column_names])
    caps = tuple(block.cap for block in compared.blocks)
    save_state(folder, model, caps, people, whole, compared.frequencies, keys, compared.pairs, words)


def estimate_prior(ratio: Weights, reports: int) -> float:
    """Return the probability that two reports drawn at random are about one person.

    The fixed point of: the prior is the expected number of pairs of one person among those compared, over all pairs. It falls
    with the number of reports, as the chance of namesakes rises: this is what carries a threshold from one size to another.

    Parameters
    ----------
    ratio
        Log2 of the likelihood ratio of every pair that nothing forbids.
    reports
        How many reports there are.
    """
    total = max(reports * (reports - 1) / 2, 1.0)
    prior = min(0.5, 1.0 / max(reports, 2))
    for _ in range(200):
        expected = float(to_probability(ratio + np.log2(prior / (1 - prior))).sum())
        found = min(0.5, max(expected, 0.5) / total)
        if abs(found - prior) < 1e-6 * prior:
            break
        prior = found
    return float(f"{prior:.9g}")


def group(
    count: int, pairs: Pairs, veto: Codes, traits: object, model: Model, same: object, different: object, most: Weights
) -> tuple[Grouping, Weights, Codes]:
    """Group reports; return the groups, the weight of every pair with the prior, and what forbids it.

    Parameters
    ----------
    most
        The most that a pair with each report can weigh.
    """
    from cenotaph.link.clustering import group_reports, judge

    weight = np.minimum(pairs.ratio + np.log2(model.prior / (1 - model.prior)), np.minimum(most[pairs.left], most[pairs.right]))
    veto = judge(pairs.left, pairs.right, veto, different, count)  # type: ignore[arg-type]
    grouped = group_reports(
        count, pairs.left, pairs.right, weight, pairs.against, veto, traits, to_weight(model.merge), same, different,  # type: ignore[arg-type]
    )  # fmt: skip
    return grouped, weight, veto
