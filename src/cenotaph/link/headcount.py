"""The expected number of people beside a table of them: worked out when reports are linked, kept in the table's own notes.

Also draws from the posterior, for whoever estimates something from linked reports and must carry the doubt of linkage along.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from cenotaph.domain.errors import InputError
from cenotaph.link.missing import measure_missed
from cenotaph.link.posterior import CERTAIN, ORDERS, Expected, Missed, draw_partition, expect_people, make_graph, temper
from cenotaph.link.units import make_units

if TYPE_CHECKING:
    import pyarrow as pa

    from cenotaph.link.model import Model

NOTE = b"cenotaph.people"
LEAST = -7.0
"""Bits below which a pair that nothing forbids is left out: together they say next to nothing."""
FEW_ORDERS = 1
_MANY = 200_000
"""With so many reports one random order is as good as another."""


class Note(NamedTuple):
    """What a table of people carries: their expected number, what linkage misses, which reports name somebody, the prior odds."""

    expected: Expected | None
    missed: float
    named: npt.NDArray[np.bool_]
    prior: float


def count_people(
    reports: pa.Table,
    prepared: pa.Table,
    named: npt.NDArray[np.bool_],
    left: npt.NDArray[np.int32],
    right: npt.NDArray[np.int32],
    weight: npt.NDArray[np.float64],
    barred: npt.NDArray[np.bool_],
    groups: npt.NDArray[np.int32],
    same: npt.NDArray[np.int32],
    model: Model,
    seed: int = 1,
) -> tuple[Expected, Missed]:
    """Return the expected number of people that reports are about, and what linkage misses.

    Parameters
    ----------
    reports, prepared
        As linkage has them, a row for each report.
    named
        Which reports name somebody.
    left, right, weight, barred
        Compared pairs: rows, log2 of the odds with the prior, whether something forbids that they are one person.
    groups
        The group of every report.
    same
        Pairs that a person has said to be the same.
    model
        The model that weighed the pairs.
    seed
        Of orders and draws.
    """
    kinds, dates = _kinds(reports), _worth_of_dates(model)
    ends = [np.concatenate([values, same[:, side].astype(values.dtype)]) for side, values in ((0, left), (1, right))]
    told = np.concatenate([weight, np.full(len(same), 2 * CERTAIN)]), np.concatenate([barred, np.zeros(len(same), bool)])
    missed = measure_missed(prepared, kinds, ends[0], ends[1], told[0], told[1], groups.astype(np.int64), dates, seed)
    kept = barred | (weight > LEAST)
    orders = ORDERS if len(prepared) < _MANY else FEW_ORDERS
    units = make_units(len(prepared), same, left[kept], right[kept], temper(weight[kept]), barred[kept])
    shares = replace(missed, share=units.least(missed.share))
    found = expect_people(units.number, *units[2:], units.any(named), shares, prior=_odds(model.prior), orders=orders, seed=seed)
    return replace(found, reports=int(named.sum())), missed


def _odds(probability: float) -> float:
    return probability / (1.0 - probability)


def _worth_of_dates(model: Model) -> float:
    """Return what the same day of birth and the same day of death are worth together, in bits."""
    return sum(float(np.log2(model.m[name][0] / model.u[name][0])) for name in ("birth", "death"))


def _kinds(reports: pa.Table) -> npt.NDArray[np.int64]:
    """Return a number for every combination of kind of source and script."""
    codes = np.zeros(len(reports), np.int64)
    for name in ("source_kind", "script"):
        if name in reports.column_names:
            encoded = reports[name].cast("string").combine_chunks().dictionary_encode()
            index = encoded.indices.fill_null(len(encoded.dictionary)).to_numpy(zero_copy_only=False)
            codes = codes * (len(encoded.dictionary) + 1) + index
    return np.unique(codes, return_inverse=True)[1].astype(np.int64)


def write_note(people: pa.Table, expected: Expected, missed: Missed, named: npt.NDArray[np.bool_], model: Model) -> pa.Table:
    """Return a table of people with the expected number in its notes."""
    share = float(missed.share[named].mean()) if named.any() else 0.0
    flags = base64.b64encode(zlib.compress(np.packbits(named).tobytes())).decode()
    note = {"expected": asdict(expected), "missed": round(share, 6), "named": flags, "prior": _odds(model.prior)}
    return people.replace_schema_metadata({**(people.schema.metadata or {}), NOTE: json.dumps(note).encode()})


def read_note(people: pa.Table) -> Note | None:
    """Return what a table of people carries on their number; None if it carries nothing.

    Raises
    ------
    InputError
        The note cannot be read, or is of another table.
    """
    note = (people.schema.metadata or {}).get(NOTE)
    if note is None:
        return None
    try:
        values = json.loads(note)
        bits = np.frombuffer(zlib.decompress(base64.b64decode(values["named"])), np.uint8)
        named = np.unpackbits(bits)[: len(people)].astype(bool)
        if len(bits) != (len(people) + 7) // 8:
            raise ValueError("rows")
        return Note(Expected(**values["expected"]), float(values["missed"]), named, float(values["prior"]))
    except (ValueError, KeyError, TypeError, zlib.error) as error:
        raise InputError("The people's file has a note on their number that cannot be read.", "Link the reports anew.") from error


def draw_people(edges: pa.Table, people: pa.Table, draws: int, seed: int) -> Iterator[pa.Table]:
    """Draw who is whose from the posterior, one table a draw.

    Parameters
    ----------
    edges, people
        As linkage wrote them.
    draws
        How many.
    seed
        The same seed gives the same draws.

    Yields
    ------
    pyarrow.Table
        ``draw`` from 1 on; ``report_id``; ``person``, a number that is the same for the reports of one person within the draw,
        null where the report names nobody; ``unseen``, where the report is about the person of another one that linkage does
        not recognise: it has a number of its own and is no further person.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    ids = people["report_id"].combine_chunks()
    ends = []
    for side in ("left_id", "right_id"):
        at = pc.index_in(edges[side], ids)
        if at.null_count:
            missing = edges[side].filter(pc.is_null(at))[0].as_py()
            raise InputError(
                f"The report {missing[:80]!r} of the edges is not among the people.", "Give edges and people of one run."
            )
        ends.append(at.combine_chunks().to_numpy(zero_copy_only=False).astype(np.int32))
    barred = edges["veto"].is_valid().to_numpy(zero_copy_only=False)
    bound = np.zeros(len(edges), bool)
    if "cause" in edges.column_names:
        causes, vetoes = (edges[name].to_numpy(zero_copy_only=False) for name in ("cause", "veto"))
        bound = (causes == "judgement") & (vetoes != "judgement")
    same = np.stack(ends, axis=1)[bound]
    units = make_units(len(people), same, ends[0], ends[1], temper(edges["weight"].to_numpy()), barred)
    graph = make_graph(units.number, *units[2:])
    note = read_note(people) or Note(None, 0.0, np.ones(len(people), bool), 0.0)
    chance = np.random.default_rng(seed)
    for number in range(1, draws + 1):
        drawn = draw_partition(graph, np.full(units.number, note.missed), units.any(note.named), chance, prior=note.prior)
        group, unseen = drawn.group[units.unit], drawn.unseen[units.unit]
        person = pa.array(np.unique(group, return_inverse=True)[1].astype(np.int32), mask=~note.named)
        columns = [pa.array(np.full(len(people), number, np.int32)), ids, person, pa.array(unseen)]
        yield pa.table(columns, names=["draw", "report_id", "person", "unseen"])
