"""What a casebook keeps of its last linkage, so that a few new reports are linked with all others without a full run.

It lies beside the databases and is disposable: without it the next run is a full one. It holds keys of names, and goes with every
seal.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cenotaph.casebook.store import Casebook
from cenotaph.domain.errors import InputError

if TYPE_CHECKING:
    import pyarrow as pa

    from cenotaph.link.model import Model

STATE_FOLDER = Path("link") / "state"
FEWEST = 20_000
"""Reports below which a full run takes seconds, and is made unless another is asked for."""
MOST_NEW, MOST_SHARE = 1_000, 0.05
"""So many new reports, or this share of all, are few."""
MOST_LAYERS = 40
"""Runs that only added, after which a full one is made."""
_NOTE, _DIGESTS = "casebook.json", "digests.parquet"

Words = list[tuple[str, str, bool]]


@dataclass(frozen=True, slots=True)
class News:
    """What has changed since the last linkage: reports that are new, and ids of those that no longer stand."""

    new: pa.Table
    gone: pa.Array


def drop_linkage(casebook: Casebook) -> None:
    """Take away what is kept of the last linkage: it holds keys of names, and what is sealed must be nowhere."""
    folder = casebook.root / STATE_FOLDER
    if folder.exists():
        shutil.rmtree(folder)


def find_news(casebook: Casebook, table: pa.Table, words: Words, model: Model | None) -> News | str:
    """Return what has changed since the last linkage, or why that cannot be built upon.

    Parameters
    ----------
    table
        The reports that stand, in the columns that ``link table`` reads.
    words
        Reviewers' words that stand.
    model
        The last accepted run's model.
    """
    import duckdb
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    from cenotaph.link.model import read_model
    from cenotaph.link.state import digest_reports, read_head

    folder = casebook.root / STATE_FOLDER
    try:
        read_head(folder)
        note = json.loads((folder / _NOTE).read_text(encoding="utf-8"))
        known = pq.read_table(folder / _DIGESTS)
        kept = read_model(folder / "model.json")
    except (OSError, ValueError, InputError):
        return "no linkage before it was kept"
    if note["database"] != duckdb.__version__:
        return "the database program is another one now"
    if model is None or kept.hash != model.hash:
        return "the last accepted run had another model"
    if not {tuple(word) for word in note["words"]} <= set(words):
        return "a reviewer has taken a word back"
    if note["layers"] >= MOST_LAYERS:
        return f"{note['layers']} runs have only added"
    digests = digest_reports(table)
    at = pc.index_in(digests["report_id"], known["report_id"].combine_chunks())
    old = pc.is_valid(at)
    same = pc.equal(known["digest"].take(at.filter(old)), digests["digest"].filter(old))
    if not pc.all(same).as_py():
        return "what an older report says has changed"
    gone = known["report_id"].filter(pc.invert(pc.is_in(known["report_id"], digests["report_id"].combine_chunks())))
    new = table.filter(pc.invert(pc.is_in(table["report_id"], known["report_id"].combine_chunks())))
    if max(len(new), len(gone)) > max(MOST_NEW, MOST_SHARE * len(known)):
        return f"{len(new):,} reports are new and {len(gone):,} gone, which is too many"
    return News(new, pa.concat_arrays(gone.chunks) if gone.num_chunks else pa.array([], pa.string()))


def note_linkage(casebook: Casebook, table: pa.Table, words: Words, layers: int) -> None:
    """Write which reports and words a kept linkage holds.

    Parameters
    ----------
    table, words
        The reports that stand, and reviewers' words; reports that no longer stand are kept as they were.
    layers
        Runs that the state holds.
    """
    import duckdb
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    from cenotaph.link.state import digest_reports

    folder = casebook.root / STATE_FOLDER
    digests = digest_reports(table)
    if layers > 1 and (folder / _DIGESTS).is_file():
        known = pq.read_table(folder / _DIGESTS)
        gone = known.filter(pc.invert(pc.is_in(known["report_id"], digests["report_id"].combine_chunks())))
        digests = pa.concat_tables([digests, gone])
    pq.write_table(digests, folder / _DIGESTS)
    note = {"database": duckdb.__version__, "words": sorted(words), "layers": layers}
    (folder / _NOTE).write_text(json.dumps(note, ensure_ascii=False), encoding="utf-8")
