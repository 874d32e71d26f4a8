"""What linked people are worth against a truth, and draws from the posterior, from files and into files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cenotaph.domain.errors import DiskFailedError, InputError, UsageError

if TYPE_CHECKING:
    import pyarrow as pa

    from cenotaph.link.evaluating import Evaluation
    from cenotaph.link.headcount import Note
    from cenotaph.link.posterior import Expected

Progress = Callable[[str, int], None]

_NEEDED = {
    "people": ("report_id", "person_id"),
    "truth": ("report_id", "person"),
    "edges": ("left_id", "right_id"),
    "reports": ("report_id",),
}


@dataclass(frozen=True, slots=True)
class Judged:
    """What people that were found are worth, and what the linkage itself expected their number to be."""

    evaluation: Evaluation
    expected: Expected | None

    @property
    def expected_error(self) -> float | None:
        """How far the expected number is from the truth, as a share of it."""
        if self.expected is None or not self.evaluation.people:
            return None
        return round(self.expected.people / self.evaluation.people - 1, 6)


def evaluate_files(people: Path, truth: Path, edges: Path | None = None, reports: Path | None = None, *, seed: int = 1) -> Judged:
    """Hold a file of people against a file of the truth.

    Parameters
    ----------
    people, truth, edges, reports
        Parquet files: :func:`cenotaph.link.evaluating.evaluate` says what they hold.
    seed
        Of the intervals.

    Raises
    ------
    InputError
        A file cannot be read, lacks a column, or is about other reports.
    """
    from cenotaph.link.evaluating import evaluate
    from cenotaph.link.headcount import read_note

    found = _read(people, "people")
    pairs = _read(edges, "edges") if edges else None
    said = _read(reports, "reports", ("report_id", "script", "source_kind")) if reports else None
    note = read_note(found)
    known = _read(truth, "truth")
    if note and "placeholder" not in known.column_names:
        known = _mark_placeholders(known, found, note)
    return Judged(evaluate(found, known, pairs, said, seed=seed), note.expected if note else None)


def _mark_placeholders(truth: pa.Table, people: pa.Table, note: Note) -> pa.Table:
    """Return the truth with a column that says which reports name nobody, as linkage has it: nobody can know whose they are."""
    import pyarrow as pa
    import pyarrow.compute as pc

    at = pc.index_in(truth["report_id"], people["report_id"].combine_chunks())
    nameless = pc.invert(pa.array(note.named)).take(pc.fill_null(at, 0))
    return truth.append_column("placeholder", pc.and_(nameless, at.is_valid()))


def sample_files(
    edges: Path, people: Path, out: Path, draws: int, seed: int, progress: Progress = lambda *_: None
) -> tuple[int, ...]:
    """Draw who is whose from the posterior and write the draws as Parquet; return the number of people in each.

    Parameters
    ----------
    edges, people
        As ``link table`` wrote them.
    out
        Where to: ``draw, report_id, person, unseen``.
    draws, seed
        How many, and the seed.

    Raises
    ------
    CenotaphError
        A file cannot be read, is not of one run with the other, or cannot be written.
    """
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    from cenotaph.link.headcount import draw_people

    if out.suffix.lower() != ".parquet":
        raise UsageError(f"Draws are written as Parquet, and {out.name} is no such name.", "Let it end in .parquet.")
    if len({path.resolve() for path in (edges, people, out)}) != 3:
        raise UsageError("Two of the files are the same one.", "Give every file a path of its own.")
    found = _read(edges, "edges", ("left_id", "right_id", "weight", "veto", "cause"))
    tables = draw_people(found, _read(people, "people"), draws, seed)
    building = out.with_name(out.name + ".part")
    counts = []
    writer = None
    try:
        for table in tables:
            writer = writer or pq.ParquetWriter(building, table.schema, compression="zstd")
            writer.write_table(table)
            unseen = pc.count_distinct(table["person"].filter(table["unseen"])).as_py()
            counts.append(pc.count_distinct(table["person"]).as_py() - unseen)
            progress("drawing", 1)
        if writer:
            writer.close()
        building.replace(out)
    except OSError as error:
        raise DiskFailedError(
            f"{out.name} cannot be written: {error.strerror or error}.", "Is there room, and may you write there?"
        ) from error
    finally:
        building.unlink(missing_ok=True)
    return tuple(counts)


def _check_ids(table: pa.Table, name: str, what: str) -> pa.Table:
    """Return a table with its ids as text, as linkage writes them, and with true and false under ``placeholder``."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if what == "truth" and not len(table):
        raise InputError(f"{name} has no rows, so there is no truth to measure by.", "Give the truth of the reports.")
    for column in (*_NEEDED[what], "placeholder"):
        if column not in table.column_names or (column == "placeholder" and what != "truth"):
            continue
        values = table[column]
        if column == "placeholder":
            if not pa.types.is_boolean(values.type) and not pa.types.is_null(values.type):
                raise InputError(f"The column placeholder of {name} is {values.type}.", "Write true or false.")
            values = pc.fill_null(values.cast(pa.bool_()), False)
        else:
            try:
                values = values.cast(pa.string())
                values.validate(full=True)
            except pa.ArrowException as error:
                raise InputError(f"The column {column} of {name} is {values.type}, not text.", "Write it as text.") from error
        table = table.set_column(table.column_names.index(column), column, values)
    if what == "truth" and not table["person"].null_count < len(table):
        raise InputError(f"{name} names no person: every value of its column person is missing.", "Give the truth.")
    return table


def _read(path: Path, what: str, columns: tuple[str, ...] | None = None) -> pa.Table:
    """Read a Parquet file, of it the named columns that it has."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        names = pq.read_schema(path).names
        lacking = [name for name in _NEEDED[what] if name not in names]
        if lacking:
            raise InputError(
                f"{path.name} has no column {lacking[0]}, so it is no table of {what}.", f"It has: {', '.join(names[:20])}."
            )
        table = pq.read_table(path, columns=[name for name in columns if name in names] if columns else None)
        return _check_ids(table, path.name, what)
    except (pa.ArrowInvalid, OSError) as error:
        raise InputError(
            f"{path.name} cannot be read as Parquet.", "Give the file that `link table` or the benchmark wrote."
        ) from error
