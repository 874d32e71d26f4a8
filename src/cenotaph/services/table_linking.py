"""Link the reports of a file into people; no casebook is needed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cenotaph.domain.errors import DiskFailedError, UsageError
from cenotaph.domain.plurals import count_words
from cenotaph.services.output_files import check_output

if TYPE_CHECKING:
    import pyarrow as pa

    from cenotaph.link.explaining import Explanation
    from cenotaph.link.incremental import Added
    from cenotaph.link.posterior import Expected
    from cenotaph.link.tabling import Summary
    from cenotaph.link.unread import Unread

Progress = Callable[[str, int], None]


def link_file(
    reports: Path,
    out: Path,
    *,
    edges: Path | None = None,
    queue: Path | None = None,
    judgements: Path | None = None,
    model: Path | None = None,
    save_model: Path | None = None,
    save_state: Path | None = None,
    merge: float | None = None,
    seed: int = 1,
    progress: Progress = lambda *_: None,
) -> Summary:
    """Read reports from Parquet or CSV, find their people, write them; return what it came to.

    Parameters
    ----------
    reports, judgements, model
        What is read: reports, reviewers' words (CSV), a saved model (JSON).
    out, edges, queue, save_model, save_state
        What is written: people, compared pairs, pairs for review, the model that was used, a folder for :func:`add_file`.
    merge
        Probability from which two reports are joined, instead of the model's.
    seed
        Of the pairs that training draws.

    Raises
    ------
    CenotaphError
        Something cannot be read, used or written; nothing half-written stays.
    """
    from cenotaph.link.model import read_model, write_model
    from cenotaph.link.reading import read_judgements
    from cenotaph.link.tabling import link_table
    from cenotaph.services.pair_linking import read_list

    check_suffixes(out, edges, queue)
    _refuse_missing_folders(out, edges, queue, save_model)
    written = [path for path in (out, edges, queue, save_model) if path]
    if len({path.resolve() for path in (reports, *written)}) != len(written) + 1:
        raise UsageError("Two of the files are the same one.", "Give every file a path of its own.")
    table = read_list(reports)
    words = read_judgements(judgements) if judgements else None
    used = read_model(model) if model else None
    linked = link_table(table, words, used, seed, progress=progress, state=save_state, merge=merge)
    write_table(linked.people, out)
    if edges:
        write_table(linked.edges, edges)
    if queue:
        write_table(linked.queue, queue)
    if save_model:
        write_model(linked.model, save_model)
    return linked.summary


def list_unread_columns(reports: Path) -> list[str]:
    """Return a line for each column of a file that linkage does not read, with the known one that is most like it.

    Raises
    ------
    CenotaphError
        The file cannot be read.
    """
    from cenotaph.link.reading import name_unknown_columns
    from cenotaph.services.pair_linking import read_column_names
    from cenotaph.services.wording import clean

    return [
        clean(f"{reports.name}: the column {name[:80]} is not read" + (f"; is it {known}?" if known else "."))
        for name, known in name_unknown_columns(read_column_names(reports))
    ]


def unread_lines(file: str, unread: Sequence[Unread]) -> list[str]:
    """Return a line for every column of a file of which values could not be read: they tell nothing."""
    from cenotaph.services.wording import clean

    return [
        clean(
            f"{file}: {count_words(found.rows, 'value')} of {found.column} could not be read and"
            f" {'tells' if found.rows == 1 else 'tell'} nothing, such as {found.text[:40]!r} of report {found.report_id[:80]}."
        )
        for found in unread
    ]


def expected_line(expected: Expected, alone: int = 0) -> str:
    """Return the expected number of people in words.

    Parameters
    ----------
    alone
        Unresolved reports that were compared with nobody.
    """
    within = f"{expected.low:,.0f} to {expected.high:,.0f}, 95%"
    line = f"{expected.people:,.0f} people expected in all ({within}), the unresolved among them"
    if not alone:
        return line
    if alone >= expected.reports:
        return (
            f"{expected.people:,.0f} people at most: no report says enough to be compared with another, so that nothing tells"
            " how many of them are about one person"
        )
    each = "was compared with nobody, and is one person" if alone == 1 else "were compared with nobody, and are a person each"
    return f"{line}; {alone:,} of these {each} here: the most there can be"


def _refuse_missing_folders(*paths: Path | None) -> None:
    """Refuse before an hour's work what could not be written after it."""
    for path in paths:
        if path and not path.absolute().parent.is_dir():
            raise UsageError(f"There is no folder {path.parent} to write {path.name} in.", "Make it first.")


def add_file(
    state: Path,
    reports: Path,
    out: Path,
    *,
    edges: Path | None = None,
    merged: Path | None = None,
    queue: Path | None = None,
    judgements: Path | None = None,
    update: bool = False,
) -> Added:
    """Link the new reports of a file with those of a state, and write what became of them.

    Parameters
    ----------
    state
        The folder that :func:`link_file` left.
    reports
        New reports (Parquet or CSV).
    out, edges, merged, queue
        What is written: people of the new reports and of the old ones whose person is another now; compared pairs; people who
        were found to be one with another; pairs for review.
    judgements
        Reviewers' words (CSV), on old and new reports.
    update
        Whether the new reports become part of the state; otherwise it is not changed.

    Raises
    ------
    CenotaphError
        Something cannot be read, used or written.
    """
    from cenotaph.link.incremental import add_reports
    from cenotaph.link.reading import read_judgements
    from cenotaph.services.pair_linking import read_list

    check_suffixes(out, edges, merged, queue)
    _refuse_missing_folders(out, edges, merged, queue)
    words = read_judgements(judgements) if judgements else None
    added = add_reports(state, read_list(reports), words, keep=update)
    for table, path in ((added.people, out), (added.edges, edges), (added.merged, merged), (added.queue, queue)):
        if path:
            write_table(table, path)
    return added


def explain_pair(
    reports: Path, left_id: str, right_id: str, *, model: Path | None = None, svg: Path | None = None, seed: int = 1
) -> Explanation:
    """Explain why two reports of a file are taken for one person or for two; draw it where a path is given.

    Raises
    ------
    CenotaphError
        Something cannot be read or written, or there is no such report.
    """
    from cenotaph.link.explaining import draw_explanation, explain
    from cenotaph.link.model import read_model
    from cenotaph.services.pair_linking import read_list

    explained = explain(read_list(reports), left_id, right_id, read_model(model) if model else None, seed)
    if svg:
        svg.write_text(draw_explanation(explained), encoding="utf-8")
    return explained


def explanation_text(explained: Explanation) -> list[str]:
    """Return an explanation in words."""
    from cenotaph.link.explaining import explanation_lines
    from cenotaph.services.wording import clean

    return [clean(line) for line in explanation_lines(explained)]


def write_table(table: pa.Table, path: Path) -> None:
    """Write a table, whole or not at all: as CSV where the name ends in ``.csv``, as Parquet where it ends in ``.parquet``.

    Raises
    ------
    UsageError
        The name ends in neither.
    DiskFailedError
        It cannot be written.
    """
    import pyarrow.parquet as pq
    from pyarrow import csv

    check_suffixes(path)
    building = check_output(path).with_name(path.name + ".part")
    try:
        if path.suffix.lower() == ".csv":
            csv.write_csv(table, building, csv.WriteOptions(quoting_style="needed"))
        else:
            pq.write_table(table, building, compression="zstd")
        building.replace(path)
    except OSError as error:
        building.unlink(missing_ok=True)
        raise DiskFailedError(
            f"{path.name} cannot be written: {error.strerror or error}.", "Is there room, and may you write there?"
        ) from error


def check_suffixes(*paths: Path | None) -> None:
    """Refuse a table's name that does not say whether it is Parquet or CSV."""
    for path in paths:
        if path and path.suffix.lower() not in (".parquet", ".csv"):
            raise UsageError(f"{path.name} is neither .parquet nor .csv.", "Give a table a name that ends so.")
