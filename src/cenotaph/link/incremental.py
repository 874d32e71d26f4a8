"""New reports against all that were linked before: only those that may be about the same people are looked at again.

A run leaves a *state*: prepared reports with their blocking keys, people, frequencies, the model and the caps of blocks. New
reports are prepared alike, and compared with the reports of their blocks; people that a new report may belong to are weighed
again, all others stay as they are. What differs from a full run: frequencies, prior and caps are those of the state, and people
who were found before are never taken apart, only joined by what new reports say.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from cenotaph.domain.canonical import content_id
from cenotaph.domain.errors import InputError
from cenotaph.link.model import VERSION, Model, read_model, write_model
from cenotaph.link.tables import RESOLVED, UNRESOLVED, people_schema

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

    from cenotaph.link.blocking import Block

    Rows = np.ndarray[tuple[int], np.dtype[np.int64]]

_FILES = ("reports.parquet", "people.parquet", "model.json", "state.json")


@dataclass(frozen=True, slots=True)
class Added:
    """What new reports came to.

    Parameters
    ----------
    people
        A row for every new report, and for every older one whose person is another now.
    merged
        ``person_id`` and ``became``: people who were found to be one with another.
    edges
        Compared pairs with a new report in them that are not clearly two people.
    """

    people: pa.Table
    merged: pa.Table
    edges: pa.Table


def save_state(
    folder: Path,
    connection: duckdb.DuckDBPyConnection,
    blocks: tuple[Block, ...],
    frequencies: dict[str, pa.Table],
    reports: int,
) -> None:
    """Write what comparing leaves: reports with keys, frequencies, caps. :func:`finish_state` adds people and model."""
    import pyarrow.parquet as pq

    folder.mkdir(parents=True, exist_ok=True)
    for name in _FILES:
        (folder / name).unlink(missing_ok=True)
    dropped = ", ".join(f"b{at}" for at in range(len(blocks)))
    connection.execute(
        f"COPY (SELECT blocked.* EXCLUDE ({dropped}), block_key.* EXCLUDE (row) FROM blocked JOIN block_key USING (row)"
        " ORDER BY row) "
        f"TO '{str(folder / 'reports.parquet').replace(chr(39), chr(39) * 2)}' (FORMAT parquet, ROW_GROUP_SIZE 20000)"
    )
    for name, table in frequencies.items():
        pq.write_table(table, folder / f"frequency-{name}.parquet")
    values = {"version": VERSION, "reports": reports, "caps": [block.cap for block in blocks], "frequencies": sorted(frequencies)}
    (folder / "state.json").write_text(json.dumps(values), encoding="utf-8")


def finish_state(folder: Path, people: pa.Table, model: Model) -> None:
    """Write people and model beside what :func:`save_state` wrote; without them a state cannot be used."""
    import pyarrow.parquet as pq

    pq.write_table(people, folder / "people.parquet")
    write_model(model, folder / "model.json")


def add_reports(folder: Path, reports: pa.Table) -> Added:
    """Link new reports with those of a state.

    Parameters
    ----------
    folder
        Where ``link table --save-state`` left its state. It is not changed.
    reports
        New reports; their ids must not be among the old ones.

    Raises
    ------
    InputError
        There is no state, it is another version's, or an id is there already.
    """
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    from cenotaph.link.engine import open_engine
    from cenotaph.link.preparing import prepare
    from cenotaph.link.reading import check_reports
    from cenotaph.link.tabling import find_named

    values, model = _read_state(folder)
    people = pq.read_table(folder / "people.parquet", columns=["report_id", "person_id"])
    reports = check_reports(reports)
    if len(known := pc.filter(reports["report_id"], pc.is_in(reports["report_id"], people["report_id"].combine_chunks()))):
        raise InputError(f"The report {known[0].as_py()[:80]!r} was linked before.", "Give only reports that are new.")
    prepared = prepare(reports)
    prepared = prepared.set_column(0, "row", pa.array(np.arange(len(people), len(people) + len(reports), dtype=np.int32)))
    with open_engine() as connection:
        connection.register("fresh", prepared.filter(find_named(prepared)))
        compared = _compare(connection, folder, values, model)
    return _settle(people, reports, compared, model)


@dataclass(frozen=True, slots=True)
class _Compared:
    """Pairs with a new report in them, and the prepared reports of everybody they touch."""

    left: Rows
    right: Rows
    weight: np.ndarray[tuple[int], np.dtype[np.float64]]
    prepared: pa.Table


def _read_state(folder: Path) -> tuple[dict[str, object], Model]:
    if missing := [name for name in _FILES if not (folder / name).is_file()]:
        raise InputError(f"{folder.name} holds no whole state: {missing[0]} is missing.", "Link once with --save-state.")
    values = json.loads((folder / "state.json").read_text(encoding="utf-8"))
    if values.get("version") != VERSION:
        raise InputError(f"{folder.name} is a state of version {values.get('version')}.", "Link once with --save-state again.")
    return values, read_model(folder / "model.json")


def _compare(connection: duckdb.DuckDBPyConnection, folder: Path, values: dict[str, object], model: Model) -> _Compared:
    import logging

    import pyarrow.parquet as pq
    from splink import DuckDBAPI, Linker

    from cenotaph.link.blocking import RULES, keys_sql, rules_sql, together_sql
    from cenotaph.link.frequencies import register_frequencies
    from cenotaph.link.model import make_settings, to_weight, with_prior

    path = str(folder / "reports.parquet").replace("'", "''")
    connection.execute(f"CREATE VIEW old AS SELECT * FROM read_parquet('{path}')")
    connection.execute(f"CREATE TEMP TABLE added AS SELECT fresh.*, {together_sql()}, {keys_sql()} FROM fresh")
    caps = values["caps"]
    assert isinstance(caps, list)
    connection.execute("CREATE TEMP TABLE met (row INTEGER)")
    columns = ", ".join(f"k{at}" for at in range(len(RULES)))
    connection.execute(f"CREATE TEMP TABLE old_key AS SELECT row, {columns} FROM old")
    kept = []
    for at in range(len(RULES)):
        # A block that has grown over its cap is no block any more, for the new as for the old.
        connection.execute(
            f"CREATE TEMP TABLE hit_{at} AS SELECT row, k{at} AS k FROM old_key WHERE k{at} IN (SELECT k{at} FROM added)"
        )
        connection.execute(
            f"CREATE TEMP TABLE open_{at} AS SELECT k FROM (SELECT k FROM hit_{at} UNION ALL SELECT k{at} FROM added) "
            f"WHERE k IS NOT NULL GROUP BY k HAVING count(*) <= {int(caps[at])}"
        )
        connection.execute(f"INSERT INTO met SELECT row FROM hit_{at} WHERE k IN (SELECT k FROM open_{at})")
        kept.append(f"CASE WHEN k{at} IN (SELECT k FROM open_{at}) THEN k{at} END AS b{at}")
    everything = "SELECT * FROM old WHERE row IN (SELECT row FROM met) UNION ALL BY NAME SELECT * FROM added"
    connection.execute(f"CREATE TABLE near AS SELECT *, {', '.join(kept)} FROM ({everything}) ORDER BY row")
    api = DuckDBAPI(connection)
    first = int(str(values["reports"]))
    rules = tuple(f"{rule} AND (l.row >= {first} OR r.row >= {first})" for rule in rules_sql())
    linker = Linker(api.register("near"), make_settings(with_prior(model, 0.5), rules), log_level=logging.ERROR)
    names = values["frequencies"]
    assert isinstance(names, list)
    register_frequencies(api, linker, {name: pq.read_table(folder / f"frequency-{name}.parquet") for name in names})
    predicted = linker.inference.predict()
    found = connection.sql(
        f"SELECT least(row_l, row_r) AS l, greatest(row_l, row_r) AS r, match_weight FROM {predicted.physical_name} ORDER BY l, r"
    ).to_arrow_table()
    weight = found["match_weight"].to_numpy() + to_weight(model.prior)
    prepared = connection.sql("SELECT * FROM near ORDER BY row").to_arrow_table()
    return _Compared(found["l"].to_numpy().astype(np.int64), found["r"].to_numpy().astype(np.int64), weight, prepared)


def _settle(people: pa.Table, reports: pa.Table, compared: _Compared, model: Model) -> Added:
    """Group new reports with the people they touch, and say what became of whom."""
    import pyarrow as pa

    from cenotaph.link.clustering import group_reports
    from cenotaph.link.model import to_probability, to_weight
    from cenotaph.link.vetoes import cause_name, find_vetoes, read_traits

    first = len(people)
    rows = compared.prepared["row"].to_numpy().astype(np.int64)
    total = first + len(reports)
    place = np.full(total, -1, dtype=np.int64)
    place[rows] = np.arange(len(rows))
    left, right = place[compared.left].astype(np.int32), place[compared.right].astype(np.int32)
    traits = read_traits(compared.prepared, model.loose)
    veto = find_vetoes(traits, left, right)
    persons = people["person_id"].take(pa.array(rows[rows < first])).to_pylist()
    same: list[tuple[int, int]] = []
    chief: dict[str, int] = {}
    for at, person in enumerate(persons):
        if person in chief:
            same.append((chief[person], at))
        else:
            chief[person] = at
    bound = np.array(same, dtype=np.int32).reshape(-1, 2)
    nothing = np.zeros((0, 2), dtype=np.int32)
    threshold = to_weight(model.merge)
    grouped = group_reports(len(rows), left, right, compared.weight, veto, traits, threshold, bound, nothing)
    became, ids = _name_groups(grouped.group, persons, people, reports["report_id"].to_pylist(), rows, first)
    probability = to_probability(compared.weight)
    best = np.zeros(len(rows))
    inside = grouped.group[left] == grouped.group[right]
    for side in (left, right):
        np.maximum.at(best, side[inside], probability[inside])
    new_ids = reports["report_id"].to_pylist()
    found = {int(row): at for at, row in enumerate(rows) if row >= first}
    out: list[tuple[str, str, float, str]] = []
    for number, report in enumerate(new_ids):
        here = found.get(first + number)
        person = ids[here] if here is not None else None
        if here is None or person is None:
            out.append((report, content_id("person", report), 1.0, UNRESOLVED))
        else:
            out.append((report, person, round(float(best[here]) or 1.0, 6), RESOLVED))
    changed = _changed(people, became)
    names = people_schema().names
    table = pa.Table.from_pylist([dict(zip(names, row, strict=True)) for row in [*out, *changed]], people_schema())
    shown = np.flatnonzero(inside | (probability >= 0.01))
    texts = pa.concat_arrays([people["report_id"].combine_chunks(), reports["report_id"].combine_chunks()])
    edges = pa.table(
        {
            "left_id": texts.take(pa.array(compared.left[shown])),
            "right_id": texts.take(pa.array(compared.right[shown])),
            "weight": np.round(compared.weight[shown], 6),
            "probability": np.round(probability[shown], 6),
            "veto": pa.array([cause_name(int(cause)) for cause in veto[shown]], pa.string()),
        }
    )
    merged = pa.table({"person_id": pa.array(list(became), pa.string()), "became": pa.array(list(became.values()), pa.string())})
    return Added(table, merged, edges)


def _name_groups(
    group: np.ndarray[tuple[int], np.dtype[np.int32]],
    persons: list[str],
    people: pa.Table,
    new: list[str],
    rows: Rows,
    first: int,
) -> tuple[dict[str, str], list[str | None]]:
    """Return which old people became which, and the person of every row: of the old ones in a group that with most reports."""
    members: dict[int, list[int]] = {}
    for at, root in enumerate(group.tolist()):
        members.setdefault(root, []).append(at)
    touched = {
        person for number in members.values() if any(rows[at] >= first for at in number) for person in _olds(number, persons)
    }
    sizes = _count_reports(people, touched)
    became: dict[str, str] = {}
    ids: list[str | None] = [None] * len(group)
    for number in members.values():
        if not any(rows[at] >= first for at in number):
            continue
        olds = _olds(number, persons)
        if olds:
            chosen = min(olds, key=lambda person: (-sizes[person], person))
            became |= {person: chosen for person in olds if person != chosen}
        else:
            chosen = content_id("person", min(new[int(rows[at]) - first] for at in number))
        for at in number:
            ids[at] = chosen
    return became, ids


def _olds(number: list[int], persons: list[str]) -> list[str]:
    return sorted({persons[at] for at in number if at < len(persons)})


def _count_reports(people: pa.Table, persons: set[str]) -> dict[str, int]:
    import pyarrow as pa
    import pyarrow.compute as pc

    wanted = people["person_id"].filter(pc.is_in(people["person_id"], pa.array(sorted(persons), pa.string())))
    return {row["values"]: row["counts"] for row in pc.value_counts(wanted).to_pylist()}


def _changed(people: pa.Table, became: dict[str, str]) -> list[tuple[str, str, float, str]]:
    import pyarrow as pa
    import pyarrow.compute as pc

    if not became:
        return []
    rows = people.filter(pc.is_in(people["person_id"], pa.array(sorted(became), pa.string())))
    return [(row["report_id"], became[row["person_id"]], 1.0, RESOLVED) for row in rows.to_pylist()]


def describe_added(added: Added) -> dict[str, int]:
    """Return what new reports came to, as numbers."""
    return {"reports": len(added.people), "merged": len(added.merged), "edges": len(added.edges)}
