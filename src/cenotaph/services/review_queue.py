"""The review queue: pairs of reports that a run leaves to a person, beside the databases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cenotaph.casebook import bulk
from cenotaph.casebook.store import Casebook

if TYPE_CHECKING:
    import pyarrow as pa

QUEUE_FILE = Path("link") / "queue.parquet"
"""Where the pairs that a person should look at lie after a run; disposable, like everything that can be worked out again."""
_JUDGED = b"judged"


def write_queue(
    casebook: Casebook,
    queue: pa.Table,
    held: Sequence[tuple[str, str, str]],
    settled: frozenset[str] = frozenset(),
    judged: int = 0,
) -> None:
    """Write the pairs that a person should look at, those that concern published people first.

    Parameters
    ----------
    queue
        Pairs as linkage gives them.
    held
        Kind of change and two reports, for what waits since somebody is published.
    settled
        Reports that were not looked at: of them the queue that is there still holds.
    judged
        The last judgement that the run knew, as :func:`find_last_judgement` gives it.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    from cenotaph.casebook.head import sync_folder

    path = casebook.root / QUEUE_FILE
    path.parent.mkdir(exist_ok=True)
    columns = {name: queue[name].to_pylist() for name in ("left_id", "right_id", "probability", "value")}
    columns["why"] = [veto or cause for veto, cause in zip(queue["veto"].to_pylist(), queue["cause"].to_pylist(), strict=True)]
    if settled and path.is_file():
        _add_waiting(columns, path, settled)
    first = [(a, b, None, 1.0, f"published: {kind}") for kind, a, b in held]
    names = ("left_id", "right_id", "probability", "value", "why")
    rows = {name: [item[at] for item in first] + columns[name] for at, name in enumerate(names)}
    building = path.with_suffix(".building")
    pq.write_table(pa.table(rows).replace_schema_metadata({_JUDGED: str(judged)}), building)
    building.replace(path)
    sync_folder(path.parent)


def find_last_judgement() -> int:
    """Return the row number of the last judgement; 0 where there is none."""
    found = bulk.fetch_one('SELECT MAX("row") FROM judgement')
    return int(found[0]) if found and found[0] is not None else 0


def _add_waiting(columns: dict[str, list[Any]], path: Path, settled: frozenset[str]) -> None:
    """Add to a queue what the one before asks of reports that were not looked at again, in order of value."""
    import pyarrow.parquet as pq

    for row in pq.read_table(path).to_pylist():
        if row["left_id"] in settled and row["right_id"] in settled and row["probability"] is not None:
            for name, values in columns.items():
                values.append(row[name])
    order = sorted(range(len(columns["value"])), key=lambda at: -columns["value"][at])
    for name, values in columns.items():
        columns[name] = [values[at] for at in order]


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
    """Return the pairs that the last run left for a person and nobody has judged since, the most valuable first.

    What was judged before the run is asked again where the run could not do it, or where the answer was "unsure".
    """
    import pyarrow.parquet as pq

    path = casebook.root / QUEUE_FILE
    if not path.is_file():
        return []
    table = pq.read_table(path)
    known = int((table.schema.metadata or {}).get(_JUDGED, b"0"))
    sql = "SELECT target, field FROM judgement WHERE question = 'same_person' AND field IS NOT NULL AND \"row\" > %s"
    judged = {frozenset(row) for row in bulk.fetch_rows(sql, [known])}
    found = []
    columns = [table[name].to_pylist() for name in ("left_id", "right_id", "probability", "value", "why")]
    for left, right, probability, value, why in zip(*columns, strict=True):
        if frozenset((left, right)) not in judged:
            found.append(Question(left, right, probability, value, why))
        if limit is not None and len(found) == limit:
            break
    return found


