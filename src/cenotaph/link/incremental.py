"""New reports against all that were linked before: only those that may be about the same people are looked at again.

A run leaves a state (:mod:`cenotaph.link.state`). New reports are prepared alike, and compared with the reports whose keys they
share. People whom a new report, or a reviewer's new word, may concern are grouped again with all that is known of their reports;
all others stay as they are. What differs from a full run: frequencies, the prior and the caps of blocks are those of the state;
people who were found before are taken apart only by a reviewer's word; and whether a third person would be as good a match is
asked of those only who are looked at.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cenotaph.domain.canonical import content_id
from cenotaph.domain.errors import InputError
from cenotaph.link.binding import bind
from cenotaph.link.state import State, add_layer, find_known_pairs, find_sharers, read_state
from cenotaph.link.tables import people_schema

if TYPE_CHECKING:
    import numpy.typing as npt
    import pyarrow as pa

    from cenotaph.link.scoring import Pairs
    from cenotaph.link.unread import Unread

    Rows = npt.NDArray[np.int32]
    Numbers = npt.NDArray[np.int64]
    Weights = npt.NDArray[np.float64]
    Words = npt.NDArray[np.int32]

TOUCHED = 6.0
"""Bits that a pair may lack of the threshold for the older report's people to be looked at again."""


@dataclass(frozen=True, slots=True)
class Added:
    """What new reports came to.

    Parameters
    ----------
    people
        A row for every new report, and for every older one whose person or resolution is another now.
    merged
        ``person_id`` and ``became``: people who were found to be one with another.
    edges
        Compared pairs with a new report in them that are not clearly two people, as a full run has them.
    queue
        Those that a person should look at.
    everybody
        People as they are now: a row for every report, the new ones last.
    pairs, looked_at
        Pairs compared; ids of the reports that were grouped, old and new.
    unread
        Ages and dates of new reports that could not be read.
    """

    people: pa.Table
    merged: pa.Table
    edges: pa.Table
    queue: pa.Table
    everybody: pa.Table
    pairs: int
    looked_at: pa.Array
    unread: tuple[Unread, ...] = ()


class _Fresh(NamedTuple):
    """New reports prepared, with the keys of those that name somebody (-1 for none), and pairs that have one of them."""

    prepared: pa.Table
    keys: list[Numbers]
    pairs: Pairs


def add_reports(
    folder: Path,
    reports: pa.Table,
    judgements: pa.Table | None = None,
    *,
    gone: pa.Array | None = None,
    keep: bool = False,
) -> Added:
    """Link new reports with those of a state.

    Parameters
    ----------
    folder
        Where ``link table --save-state`` left its state.
    reports
        New reports; their ids must not be among the old ones. There may be none, where there are only new words.
    judgements
        Reviewers' words on old and new reports, as :func:`cenotaph.link.reading.read_judgements` gives them. Those that were
        given before still hold, but for pairs of which they say something else now.
    gone
        Ids of old reports that no longer count.
    keep
        Whether the new reports become part of the state; otherwise it is not changed.

    Raises
    ------
    InputError
        There is no state, it is another version's, an id is there already, or a judgement is on a report that is not there.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    from cenotaph.link.judging import add_words, read_words
    from cenotaph.link.reading import check_reports
    from cenotaph.link.unread import find_unread_lives

    state = read_state(folder)
    reports = check_reports(reports)
    known = state.people["report_id"].combine_chunks()
    if len(twice := pc.filter(reports["report_id"], pc.is_in(reports["report_id"], known))):
        raise InputError(f"The report {twice[0].as_py()[:80]!r} was linked before.", "Give only reports that are new.")
    ids = pa.chunked_array([known, reports["report_id"].combine_chunks()])
    lost = np.zeros(len(ids), bool)
    if gone is not None and len(gone):
        lost[: len(known)] = pc.is_in(known, gone).to_numpy(zero_copy_only=False)
    concerned = np.concatenate([pair.ravel() for pair in read_words(judgements, ids)])
    said = add_words(state.words, judgements, gone)
    words = read_words(said, ids)
    fresh = _compare(state, reports, lost)
    added, everybody = _settle(state, ids, fresh, words, concerned, lost)
    if keep:
        add_layer(folder, state, everybody, fresh.prepared, fresh.keys, fresh.pairs, said)
    return replace(added, unread=find_unread_lives(reports, fresh.prepared))


def _compare(state: State, reports: pa.Table, lost: npt.NDArray[np.bool_]) -> _Fresh:
    """Prepare new reports and compare them with the old ones, and with each other."""
    import pyarrow as pa

    from cenotaph.link.blocking import read_keys, together_sql
    from cenotaph.link.engine import open_engine
    from cenotaph.link.preparing import prepare
    from cenotaph.link.scoring import no_pairs, read_agreement, score
    from cenotaph.link.tabling import find_named

    first = len(state.people)
    prepared = prepare(reports)
    prepared = prepared.set_column(0, "row", pa.array(np.arange(first, first + len(reports), dtype=np.int32)))
    named = find_named(prepared).combine_chunks().to_numpy(zero_copy_only=False)
    with open_engine() as connection:
        connection.register("fresh", prepared)
        whole = connection.sql(f"SELECT *, {together_sql()} FROM fresh ORDER BY row").to_arrow_table()
        whole = whole.cast(state.prepared.schema)
        connection.register("whole", whole)
        keys = [np.where(named, values, -1) for values in read_keys(connection, "whole")]
        one, other = find_sharers(state, keys)
        kept = (other < 0) | ~lost[np.maximum(other, 0)]
        one, other = one[kept], other[kept]
        old = np.unique(other[other >= 0])
        table = pa.concat_tables([state.prepared.take(pa.array(old)), whole]).combine_chunks()
        left = np.where(other >= 0, np.searchsorted(old, other), len(old) - 1 - other).astype(np.int32)
        right = (len(old) + one).astype(np.int32)
        left, right = np.minimum(left, right), np.maximum(left, right)
        order = np.lexsort((right, left))
        if not len(order):
            return _Fresh(whole, keys, no_pairs())
        agreement = read_agreement(connection, table, state.model)
        pairs = score(agreement, table, [(left[order], right[order])], state.model, state.frequencies)
    return _Fresh(whole, keys, pairs)


def _settle(
    state: State,
    ids: pa.ChunkedArray,
    fresh: _Fresh,
    words: tuple[Words, ...],
    asked: Words,
    lost: npt.NDArray[np.bool_],
) -> tuple[Added, pa.Table]:
    """Group new reports with the people they touch; return what became of whom, and everybody as they are now."""
    import pyarrow as pa
    import pyarrow.compute as pc

    from cenotaph.link.clustering import OPEN, VETOED, group_reports, judge
    from cenotaph.link.identifying import cap_bare, say
    from cenotaph.link.judging import put_undone
    from cenotaph.link.model import to_probability, to_weight
    from cenotaph.link.results import choose_edges, list_edges, make_queue, name_people
    from cenotaph.link.scoring import Pairs
    from cenotaph.link.tabling import find_named
    from cenotaph.link.traits import read_traits
    from cenotaph.link.vetoes import find_vetoes

    same, different, undone = words
    first, count, model = len(state.people), len(ids), state.model
    prior, threshold = to_weight(model.prior), to_weight(model.merge)
    person = state.people["person_id"].combine_chunks().dictionary_encode()
    of_row = person.indices.to_numpy().astype(np.int64)
    concerned = fresh.pairs.left[(fresh.pairs.ratio + prior >= threshold - TOUCHED) & (fresh.pairs.left < first)]
    concerned = np.concatenate([concerned, asked])
    touched = np.zeros(len(person.dictionary), bool)
    touched[of_row[concerned[concerned < first]]] = True
    rows = np.concatenate([np.flatnonzero(touched[of_row] & ~lost[:first]), np.arange(first, count)]).astype(np.int32)
    looked_at = int(np.searchsorted(rows, first))
    place = np.full(count, -1, np.int32)
    place[rows] = np.arange(len(rows))
    known = find_known_pairs(state, rows[:looked_at], count)
    left, right, ratio, against = (np.concatenate([values, new]) for values, new in zip(known, fresh.pairs, strict=True))
    inside = (place[left] >= 0) & (place[right] >= 0)
    pairs = Pairs(place[left[inside]], place[right[inside]], ratio[inside], against[inside])
    everything = pa.concat_tables([state.prepared, fresh.prepared])
    said = say(everything, model)[rows]
    prepared = pa.concat_tables([state.prepared.take(pa.array(rows[:looked_at])), fresh.prepared]).combine_chunks()
    most = cap_bare(prepared, said)
    weight = np.minimum(pairs.ratio + prior, np.minimum(most[pairs.left], most[pairs.right]))
    traits = read_traits(prepared, model.loose)
    veto = find_vetoes(traits, pairs.left, pairs.right)
    same, different, undone = (_among(place, pair) for pair in (same, different, undone))
    veto = judge(pairs.left, pairs.right, veto, different, len(rows))
    before = of_row[rows[:looked_at]]
    bound, kept = bind(before, same, different)
    grouped = group_reports(
        len(rows),
        pairs.left,
        pairs.right,
        weight,
        pairs.against,
        veto,
        traits,
        threshold,
        np.concatenate([same, bound]),
        different,
    )
    group, fate = _dissolve(grouped.group, pairs, weight, grouped.fate, said, threshold, kept, same.ravel())
    probability = to_probability(weight)
    settled = np.where((veto != 0) & (fate == OPEN), VETOED, fate).astype(np.int8)
    nameless = ~find_named(prepared).combine_chunks().to_numpy(zero_copy_only=False)
    here = ids.take(pa.array(rows))
    named = name_people(here, group, pairs, probability, settled, said, nameless, same)
    persons, became = _name_groups(group, before, of_row, person.dictionary.to_pylist(), named["person_id"].to_pylist())
    named = named.set_column(1, people_schema().field(1), pa.array(persons, pa.string()))
    older = state.people.take(pa.array(rows[:looked_at]))
    changed = pc.or_(
        *(pc.not_equal(older[name], named[name].slice(0, looked_at)) for name in ("person_id", "resolution"))
    ).to_numpy(zero_copy_only=False)  # fmt: skip
    fresh_rows = np.arange(looked_at, len(rows))
    people = named.take(pa.array(np.concatenate([fresh_rows, np.flatnonzero(changed)])))
    everybody = _replace(state.people, named, rows, looked_at)
    edges = list_edges(here, choose_edges(len(here), pairs, weight, probability, veto, fate, same, prior))
    of_new = pc.is_in(edges["left_id"], here.slice(looked_at).combine_chunks())
    of_new = pc.or_(of_new, pc.is_in(edges["right_id"], here.slice(looked_at).combine_chunks()))
    queue = make_queue(edges, pa.table({"report_id": here, "group": group}), threshold)
    queue = put_undone(queue, edges, here, undone, prior)
    merged = pa.table({"person_id": pa.array(list(became), pa.string()), "became": pa.array(list(became.values()), pa.string())})
    added = Added(people, merged, edges.filter(of_new), queue, everybody, len(fresh.pairs.left), here.combine_chunks())
    return added, everybody


def _among(place: Rows, pairs: Words) -> Words:
    """Return pairs of rows as places; those of rows that are not looked at, since they no longer count, fall away."""
    found = place[pairs].reshape(-1, 2)
    return np.ascontiguousarray(found[(found >= 0).all(axis=1)].astype(np.int32))


def _dissolve(
    group: Rows,
    pairs: Pairs,
    weight: Weights,
    fate: npt.NDArray[np.int8],
    said: Weights,
    threshold: float,
    kept: Numbers,
    bound: Rows,
) -> tuple[Rows, npt.NDArray[np.int8]]:
    """Dissolve groups of bare reports that may be of any of several richer people, but leave old people as they were.

    Parameters
    ----------
    kept
        A number for every old place, the same for those who stay together.
    bound
        Places of reports that a person has said to be one with another.
    """
    from cenotaph.link.doubtful import dissolve

    out, fates = dissolve(group, pairs, weight, fate, said, threshold, bound)
    torn = np.flatnonzero(out[: len(kept)] != group[: len(kept)])
    if len(torn):
        apart = np.isin(group[: len(kept)], np.unique(group[torn]))
        out = out.copy()
        out[: len(kept)] = np.where(apart, kept, out[: len(kept)])
    return out, fates


def _name_groups(
    group: Rows, before: Numbers, of_row: Numbers, olds: list[str], fresh: list[str]
) -> tuple[list[str], dict[str, str]]:
    """Return the person of every row, and which old people became which: of the old ones in a group that with most reports."""
    members: dict[int, list[int]] = {}
    for at, root in enumerate(group.tolist()):
        members.setdefault(root, []).append(at)
    sizes = np.bincount(of_row, minlength=len(olds))
    claims: dict[int, list[tuple[int, int]]] = {}
    for root, rows in members.items():
        inside = np.unique(before[[at for at in rows if at < len(before)]], return_counts=True)
        for old, here in zip(*(values.tolist() for values in inside), strict=True):
            claims.setdefault(old, []).append((-here, root))
    heir = {old: min(found)[1] for old, found in claims.items()}  # An old person who was taken apart is where most of him is.
    persons = list(fresh)
    became: dict[str, str] = {}
    for root, rows in members.items():
        found = sorted({int(before[at]) for at in rows if at < len(before) and heir[int(before[at])] == root})
        if found:
            chosen = min(found, key=lambda old: (-int(sizes[old]), olds[old]))
            became |= {olds[old]: olds[chosen] for old in found if old != chosen}
            for at in rows:
                persons[at] = olds[chosen]
        elif any(at < len(before) for at in rows):
            for at in rows:
                persons[at] = content_id("person", persons[at])
    return persons, became


def _replace(people: pa.Table, named: pa.Table, rows: Rows, looked_at: int) -> pa.Table:
    """Return everybody: old people with those who were looked at as they are now, and the new ones."""
    import pyarrow as pa

    at = np.arange(len(people) + len(named) - looked_at)
    at[rows[:looked_at]] = len(people) + np.arange(looked_at)
    at[len(people) :] = len(people) + looked_at + np.arange(len(named) - looked_at)
    return pa.concat_tables([people, named]).take(pa.array(at)).cast(people_schema())


def describe_added(added: Added) -> dict[str, int]:
    """Return what new reports came to, as numbers."""
    return {"reports": len(added.people), "merged": len(added.merged), "edges": len(added.edges)}
