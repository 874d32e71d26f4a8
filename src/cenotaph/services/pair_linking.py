"""Link the people of two files, each free of duplicates, one to one; no casebook is needed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from cenotaph.domain.errors import DamagedFileError, EncodingError, InputError, TooLargeError, UsageError
from cenotaph.domain.plurals import count_words
from cenotaph.services.table_linking import check_suffixes, write_table

if TYPE_CHECKING:
    import pyarrow as pa

    from cenotaph.link.pairs.linking import Linked

LARGEST_CELL = 1 << 24


def link_files(
    left: Path, right: Path, out: Path | None = None, *, threshold: float | None = None, talk: Callable[[str], None] | None = None
) -> Linked:
    """Read two lists from Parquet or CSV, link them, and write the links.

    Parameters
    ----------
    left, right
        What is read; a name that ends in ``.csv`` is CSV in UTF-8, anything else Parquet.
    out
        What is written: ``left_id, right_id, probability``; None to write nothing.
    threshold
        The least probability of a link; None for the usual one.

    Raises
    ------
    CenotaphError
        Something cannot be read, used or written; nothing half-written stays.
    """
    from cenotaph.link.pairs.linking import THRESHOLD, link_pair

    if out and out.resolve() in (left.resolve(), right.resolve()):
        raise UsageError("The links would be written over one of the lists.", "Give --out a path of its own.")
    check_suffixes(out)
    linked = link_pair(read_list(left), read_list(right), THRESHOLD if threshold is None else threshold, talk)
    if out:
        write_table(linked.links, out)
    return linked


def read_list(path: Path) -> pa.Table:
    """Return a list of people from Parquet or CSV, checked.

    Raises
    ------
    DamagedFileError
        The file cannot be read as what its name says, such as one with a quote that never closes, or with ragged lines.
    InputError, ValueFormatError
        It has no ``report_id``, or one twice, or a column that is no text.
    """
    from cenotaph.link.reading import check_columns, check_reports, read_reports

    if path.suffix.lower() != ".csv":
        return read_reports(path)
    import pyarrow as pa
    from pyarrow import csv

    names = _check_csv(path)
    try:
        convert = csv.ConvertOptions(
            column_types={name: pa.string() for name in names}, strings_can_be_null=True, null_values=[""]
        )
        parse = csv.ParseOptions(newlines_in_values=True)
        table = csv.read_csv(
            path, read_options=csv.ReadOptions(block_size=LARGEST_CELL), parse_options=parse, convert_options=convert
        )
    except (OSError, pa.ArrowException) as error:
        raise DamagedFileError(f"{path.name} is no CSV in UTF-8 with as many values in every line.", "Write it again.") from error
    check_columns(table.column_names, path.name)
    return check_reports(table, path.name)


def _check_csv(path: Path) -> tuple[str, ...]:
    """Walk a CSV file strictly and return its header: what reads it later would take a quote that never closes for the end."""
    from cenotaph.capture.readers.separated import SeparatedTable
    from cenotaph.casebook.settings import default_settings
    from cenotaph.services.captures import read_limits

    limits = replace(read_limits(default_settings()), cell_characters=LARGEST_CELL)
    header: tuple[str, ...] = ()
    try:
        if not path.stat().st_size:
            raise InputError(f"{path.name} is empty: 0 bytes.", "Was it copied whole?")
        for line, cells in SeparatedTable(path, limits, "utf-8", ",").lines():
            if not header:
                header = cells
            elif cells and len(cells) != len(header):
                raise DamagedFileError(
                    f"{path.name} line {line:,} has {count_words(len(cells), 'value')}, its header {len(header):,}.",
                    "Give every line as many; a value with a comma in it stands in quotes.",
                )
    except OSError as error:
        raise DamagedFileError(f"{path.name} cannot be read: {error.strerror}.", "May you read it?") from error
    except (EncodingError, TooLargeError, DamagedFileError) as error:
        if "--encoding" in (error.hint or ""):
            raise type(error)(error.message, "Save it as CSV in UTF-8.") from error
        if "casebook.toml" in (error.hint or ""):
            raise type(error)(error.message, "Does a quote not close there?") from error
        raise
    if not header:
        raise InputError(f"{path.name} has no header: all of its lines are empty.", "Was it copied whole?")
    return header


def read_column_names(path: Path) -> list[str]:
    """Return the names of the columns of a list.

    Raises
    ------
    DamagedFileError
        The file cannot be read as what its name says.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        if path.suffix.lower() != ".csv":
            return list(pq.read_schema(path).names)
        with path.open("rb") as stream:
            # A line may end with a carriage return alone, as old spreadsheets write it.
            first = re.split(rb"[\r\n]", stream.readline(LARGEST_CELL), maxsplit=1)[0]
        return next(iter(csv_rows(first.decode("utf-8-sig"))), [])
    except UnicodeDecodeError:
        return list(_check_csv(path))  # It says where.
    except (OSError, ValueError, pa.ArrowException) as error:
        raise DamagedFileError(f"{path.name} cannot be read.", "Give a whole Parquet file, or CSV in UTF-8.") from error


def csv_rows(text: str) -> list[list[str]]:
    """Return the values of a line of CSV."""
    import csv

    return list(csv.reader([text]))
