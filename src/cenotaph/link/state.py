"""What a run leaves so that reports can be added to it later: prepared reports, their keys in order, pairs, people, model.

Keys and pairs lie in arrays that are mapped into memory: of a million reports only those are read whose keys a new one shares.
A first *layer* holds the run's own reports, every further one what was added since.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypedDict

import numpy as np

from cenotaph.domain.errors import InputError
from cenotaph.link.model import VERSION, Model, read_model, write_model
from cenotaph.link.scoring import Pairs

if TYPE_CHECKING:
    import numpy.typing as npt
    import pyarrow as pa

    Numbers = npt.NDArray[np.int64]
    Rows = npt.NDArray[np.int32]
    Weights = npt.NDArray[np.float64]

FORMAT = 6
_PAIRS = ("left", "right", "ratio", "against")
_SHARE = "frequency-{}.parquet"


class Layer(NamedTuple):
    """Reports that came together: for every rule keys in order and whose they are, and pairs in the order of the lower row."""

    keys: list[Numbers]
    rows: list[Rows]
    left: Rows
    right: Rows
    ratio: npt.NDArray[np.float32]
    against: npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class State:
    """What was linked before.

    Parameters
    ----------
    model
        The model, its prior that of the run.
    caps
        The most reports of a block, for each rule.
    people
        ``report_id, person_id, probability, resolution`` of every report, in the order of rows.
    prepared
        What is compared of those that name somebody.
    frequencies
        As :func:`cenotaph.link.frequencies.level_frequencies` gives them.
    layers
        Keys and pairs.
    words
        Reviewers' words that hold, without their reasons.
    """

    model: Model
    caps: tuple[int, ...]
    people: pa.Table
    prepared: pa.Table
    frequencies: dict[str, pa.Table]
    layers: tuple[Layer, ...]
    words: pa.Table


def save_state(
    folder: Path,
    model: Model,
    caps: tuple[int, ...],
    people: pa.Table,
    prepared: pa.Table,
    frequencies: dict[str, pa.Table],
    keys: list[Numbers],
    pairs: Pairs,
    words: pa.Table,
) -> None:
    """Write a state of one layer; whatever was in the folder before is no state until all is written.

    Parameters
    ----------
    keys
        For each rule the key of every prepared report, -1 where it has none.
    pairs
        All compared pairs.
    words
        Reviewers' words.
    """
    import pyarrow.parquet as pq

    folder.mkdir(parents=True, exist_ok=True)
    (folder / "state.json").unlink(missing_ok=True)
    for old in folder.glob("layer-*"):
        shutil.rmtree(old)
    for name, table in frequencies.items():
        pq.write_table(table, folder / _SHARE.format(name))
    _write_layer(folder / "layer-0", prepared, keys, pairs)
    write_model(model, folder / "model.json")
    _finish(folder, people, words, caps, sorted(frequencies), 1)


def add_layer(
    folder: Path, state: State, people: pa.Table, prepared: pa.Table, keys: list[Numbers], pairs: Pairs, words: pa.Table
) -> None:
    """Write what was added as a further layer.

    Parameters
    ----------
    people
        Everybody, the new reports last.
    prepared, keys, pairs
        Of the new reports.
    words
        All words that hold now.
    """
    number = len(state.layers)
    (folder / "state.json").unlink()
    _write_layer(folder / f"layer-{number}", prepared, keys, pairs)
    _finish(folder, people, words, state.caps, sorted(state.frequencies), number + 1)


def _write_layer(folder: Path, prepared: pa.Table, keys: list[Numbers], pairs: Pairs) -> None:
    import pyarrow.parquet as pq

    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    pq.write_table(prepared, folder / "prepared.parquet", compression="zstd")
    rows = prepared["row"].to_numpy()
    for at, values in enumerate(keys):
        order = np.argsort(values, kind="stable")
        order = order[np.searchsorted(values, 0, sorter=order) :]
        np.save(folder / f"keys-{at}.npy", values[order])
        np.save(folder / f"rows-{at}.npy", rows[order].astype(np.int32))
    order = np.argsort(pairs.left, kind="stable")
    for name, array in zip(_PAIRS, (pairs.left, pairs.right, pairs.ratio.astype(np.float32), pairs.against), strict=True):
        np.save(folder / f"{name}.npy", array[order])


def _finish(
    folder: Path, people: pa.Table, words: pa.Table, caps: tuple[int, ...], frequencies: list[str], layers: int
) -> None:
    import pyarrow.parquet as pq

    for name, table in (("people", people.replace_schema_metadata(None)), ("words", words)):
        building = folder / f"{name}.building"
        pq.write_table(table, building)
        building.replace(folder / f"{name}.parquet")
    values = {"format": FORMAT, "version": VERSION, "caps": list(caps), "frequencies": frequencies, "layers": layers}
    (folder / "state.json").write_text(json.dumps(values), encoding="utf-8")


class Head(TypedDict):
    """What a state says of itself."""

    caps: list[int]
    frequencies: list[str]
    layers: int


def read_head(folder: Path) -> Head:
    """Return what a state says of itself.

    Raises
    ------
    InputError
        There is no whole state, or it is another version's.
    """
    if not (folder / "state.json").is_file():
        raise InputError(f"{folder.name} holds no whole state: state.json is missing.", "Link once with --save-state.")
    try:
        values = json.loads((folder / "state.json").read_text(encoding="utf-8"))
        same = (values["format"], values["version"]) == (FORMAT, VERSION)
        head = Head(caps=values["caps"], frequencies=values["frequencies"], layers=values["layers"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{folder.name} holds no whole state: state.json is damaged.", "Link once with --save-state.") from error
    if not same:
        raise InputError(f"{folder.name} is a state of another version.", "Link once with --save-state again.")
    return head


def read_state(folder: Path) -> State:
    """Read a state; of keys and pairs nothing is read until it is asked for.

    Raises
    ------
    InputError
        There is no whole state, or it is another version's.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    values = read_head(folder)
    layers = [folder / f"layer-{at}" for at in range(values["layers"])]
    try:
        return State(
            read_model(folder / "model.json"),
            tuple(values["caps"]),
            pq.read_table(folder / "people.parquet"),
            pa.concat_tables([pq.read_table(layer / "prepared.parquet") for layer in layers]),
            {name: pq.read_table(folder / _SHARE.format(name)) for name in values["frequencies"]},
            tuple(_read_layer(layer, len(values["caps"])) for layer in layers),
            pq.read_table(folder / "words.parquet"),
        )
    except OSError as error:
        raise InputError(f"{folder.name} holds no whole state ({error}).", "Link once with --save-state.") from error


def _read_layer(folder: Path, rules: int) -> Layer:
    def read(name: str) -> npt.NDArray[np.int64]:
        mapped: npt.NDArray[np.int64] = np.load(folder / f"{name}.npy", mmap_mode="r")
        return mapped

    keys, rows = ([read(f"{name}-{at}") for at in range(rules)] for name in ("keys", "rows"))
    return Layer(keys, rows, *(read(name) for name in _PAIRS))  # type: ignore[arg-type]


def _span(ordered: npt.NDArray[np.signedinteger], wanted: npt.NDArray[np.signedinteger]) -> tuple[Numbers, Numbers]:
    """Return where the values that are wanted begin and end in an array in order."""
    return np.searchsorted(ordered, wanted, side="left"), np.searchsorted(ordered, wanted, side="right")


def find_sharers(state: State, keys: list[Numbers]) -> tuple[Rows, Rows]:
    """Return pairs of a new report and an old one that share a key; and each pair of new ones; a pair may come several times.

    Parameters
    ----------
    keys
        For each rule the key of every new report, -1 where it has none.

    Returns
    -------
    tuple
        Places of new reports; rows of old ones, or the place of another new one as ``-1 - place``.
    """
    ones, others = [np.zeros(0, np.int32)], [np.zeros(0, np.int32)]
    for at, values in enumerate(keys):
        told = np.flatnonzero(values >= 0)
        told = told[np.argsort(values[told], kind="stable")]
        found, start, size = np.unique(values[told], return_index=True, return_counts=True)
        spans = [(layer, *_span(layer.keys[at], found)) for layer in state.layers]
        whole = size + sum((high - low for _, low, high in spans), np.zeros(len(found), np.int64))
        for number in np.flatnonzero((whole > 1) & (whole <= state.caps[at])).tolist():
            # A block that has grown over its cap is no block any more, for the new as for the old.
            here = told[start[number] : start[number] + size[number]].astype(np.int32)
            old = [np.asarray(layer.rows[at][low[number] : high[number]], np.int32) for layer, low, high in spans]
            there = np.concatenate([*old, -1 - here])
            ones.append(np.repeat(here, len(there)))
            others.append(np.tile(there, len(here)))
    one, other = np.concatenate(ones), np.concatenate(others)
    kept = (other >= 0) | (-1 - other > one)
    both = np.unique(np.stack([one[kept], other[kept]], axis=1), axis=0)
    return both[:, 0].astype(np.int32), both[:, 1].astype(np.int32)


def find_known_pairs(state: State, rows: Rows, count: int) -> Pairs:
    """Return the pairs among some rows that were compared before.

    Parameters
    ----------
    rows
        Rows, ascending.
    count
        How many rows there are in all.
    """
    asked = np.zeros(count, bool)
    asked[rows] = True
    parts = []
    for layer in state.layers:
        low, high = _span(layer.left, rows)
        size = high - low
        at = np.repeat(low - np.cumsum(size) + size, size) + np.arange(int(size.sum()))
        right = layer.right[at]
        kept = asked[right]
        at = at[kept]
        parts.append((layer.left[at], right[kept], layer.ratio[at].astype(np.float64), layer.against[at]))
    left, right, ratio, against = (np.concatenate(found) for found in zip(*parts, strict=True))
    return Pairs(left.astype(np.int32), right.astype(np.int32), ratio, against)


def digest_reports(table: pa.Table) -> pa.Table:
    """Return ``report_id`` and a digest of all that each report says."""
    from cenotaph.link.engine import open_engine

    names = ", ".join(f'"{name}"' for name in table.column_names)
    with open_engine() as connection:
        connection.register("standing", table)
        return connection.sql(f"SELECT report_id, hash({names}) AS digest FROM standing ORDER BY report_id").to_arrow_table()
