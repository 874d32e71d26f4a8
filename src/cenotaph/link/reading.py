"""Read tables of reports and of judgements from files, checked: what comes out has the columns that linkage expects."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cenotaph.domain.errors import DamagedFileError, InputError, ValueFormatError
from cenotaph.link.tables import REPORT_COLUMNS, judgements_schema, reports_schema

if TYPE_CHECKING:
    import pyarrow as pa

_NAMES = ("name_full", "name_given", "name_family", "name_patronymic")
_LARGEST_WHOLE = 2**53
LONGEST_VALUE = 1_000
"""Characters of one value that are read: what is longer is no name, date or place, and only its beginning is compared."""


def read_reports(path: Path) -> pa.Table:
    """Return the reports of a Parquet file.

    Raises
    ------
    InputError
        The file cannot be read, has no ``report_id``, or its ids are missing or not unique.
    ValueFormatError
        A column holds something else than text, numbers or dates.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            check_columns(file.schema_arrow.names, path.name)
            present = [name for name in file.schema_arrow.names if name in REPORT_COLUMNS]
            table = file.read(columns=list(dict.fromkeys(present)))
    except OSError as error:
        raise DamagedFileError(
            f"{path.name} cannot be read: {error.strerror or 'it is cut off'}.", "Give a Parquet file."
        ) from error
    except (pa.ArrowException, ValueError) as error:
        raise DamagedFileError(f"{path.name} is no whole Parquet file.", "Write it again, and give it here.") from error
    return check_reports(table, path.name)


_SEPARATORS = ((";", "semicolons"), ("\t", "tabs"), ("|", "bars"))


def check_columns(names: Sequence[str], file: str) -> None:
    """Refuse a file that has no column of names: reports that name nobody are nobody's.

    Raises
    ------
    InputError
        It has none; the message says which of its columns is most like one.
    """
    if any(name in names for name in _NAMES):
        return
    near = [f"{name} (meant for {known}?)" for name in names if (known := _nearest(name)) in _NAMES]
    if len(names) == 1 and (mark := next((word for sign, word in _SEPARATORS if sign in names[0]), None)):
        raise InputError(f"{file} has one column only: its values seem to be separated by {mark}.", "Separate them by commas.")
    found = f" It has {near[0]}." if near else ""
    raise InputError(
        f"{file} has no column of names.{found}", f"Call one of its columns {', '.join(_NAMES[:-1])} or {_NAMES[-1]}."
    )


def name_unknown_columns(names: Sequence[str]) -> tuple[tuple[str, str | None], ...]:
    """Return the columns that are not read, each with the known one that is most like it and not there, or None."""
    return tuple(
        (name, known if (known := _nearest(name)) not in names else None)
        for name in dict.fromkeys(names)
        if name not in REPORT_COLUMNS
    )


def _nearest(name: str) -> str | None:
    from difflib import get_close_matches

    return next(iter(get_close_matches(name.strip().casefold(), REPORT_COLUMNS, n=1, cutoff=0.7)), None)


def check_reports(table: pa.Table, name: str = "the table") -> pa.Table:
    """Return a table of reports with every column of :data:`REPORT_COLUMNS` as text, null where nothing is said.

    Parameters
    ----------
    table
        Any of the columns, of any simple type; ``report_id`` must be there.
    name
        What the table is called in a message.

    Raises
    ------
    InputError, ValueFormatError
        As :func:`read_reports`.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    if "report_id" not in table.column_names:
        raise InputError(f"{name} has no column report_id.", "Every report needs an id of its own.")
    if doubled := [n for n in REPORT_COLUMNS if table.column_names.count(n) > 1]:
        raise InputError(f"{name} has the column {doubled[0]} twice.", "Leave one of them away.")
    columns = [
        _as_text(table[column], column, name) if column in table.column_names else pa.nulls(len(table), pa.string())
        for column in REPORT_COLUMNS
    ]
    ids = columns[0]
    if ids.null_count:
        row = pc.index(pc.is_null(ids), pa.scalar(True)).as_py()
        raise InputError(f"Row {row + 1} of {name} has no report_id; {ids.null_count} rows have none.", "Give every row one.")
    distinct = pc.count_distinct(ids).as_py()
    if distinct != len(table):
        counts = pc.value_counts(ids)
        doubled_id = pc.filter(counts.field("values"), pc.greater(counts.field("counts"), 1))[0].as_py()
        raise InputError(
            f"{len(table) - distinct} report ids of {name} occur more than once, the first is {doubled_id[:80]!r}.",
            "Give every report an id of its own, or leave copies of rows away.",
        )
    return pa.table(columns, schema=reports_schema())


def _as_text(column: pa.ChunkedArray, name: str, table: str) -> pa.ChunkedArray | pa.Array:
    """Return a column as text without white space around it, null where that leaves nothing."""
    import pyarrow as pa
    import pyarrow.compute as pc

    kind = column.type
    if pa.types.is_dictionary(kind):
        column = column.cast(kind.value_type)
        kind = column.type
    if pa.types.is_null(kind):
        return pa.nulls(len(column), pa.string())
    if pa.types.is_floating(kind):
        # 34.0 is what a column of whole numbers with gaps became on its way here.
        column = pc.if_else(pc.is_finite(column), column, None)
        whole = pc.equal(pc.floor(column), column)
        small = pc.less(pc.abs(column), float(_LARGEST_WHOLE))
        if pc.all(pc.and_(whole, small)).as_py() in (True, None):
            column = column.cast(pa.int64())
    elif pa.types.is_timestamp(kind):
        column = column.cast(pa.date32(), safe=False)
    elif not _holds_text(kind):
        raise ValueFormatError(f"The column {name} of {table} is {kind}, not text.", "Write it as text, a number or a date.")
    try:
        text = column.cast(pa.string())
    except pa.ArrowException as error:
        raise ValueFormatError(f"The column {name} of {table} is {kind}, not text.", "Write it as text.") from error
    text = _trim(text, name, table)
    if name != "report_id" and (pc.max(pc.utf8_length(text)).as_py() or 0) > LONGEST_VALUE:
        text = pc.utf8_slice_codeunits(text, 0, LONGEST_VALUE)
    return pc.if_else(pc.equal(text, ""), None, text)


def _trim(text: pa.ChunkedArray, name: str, table: str) -> pa.ChunkedArray:
    """Return text without white space around it; refuse what is no UTF-8, which Parquet does not look at."""
    import pyarrow as pa
    import pyarrow.compute as pc

    try:
        text.validate(full=True)
        return pc.utf8_trim_whitespace(text)
    except pa.ArrowException as error:
        raise ValueFormatError(
            f"The column {name} of {table} holds text that is not UTF-8.", "Write the file again in UTF-8."
        ) from error


def _holds_text(kind: pa.DataType) -> bool:
    """Tell whether a column of a type holds text, whole numbers or days: bytes, times of day, truths and lists are none."""
    import pyarrow as pa

    types = pa.types
    known = (
        *(types.is_string, types.is_large_string, types.is_string_view),
        *(types.is_integer, types.is_decimal, types.is_date),
    )
    return any(tell(kind) for tell in known)


def read_judgements(path: Path) -> pa.Table:
    """Return reviewers' words from CSV: ``left_id, right_id, same, reason``.

    Raises
    ------
    InputError
        The file cannot be read, a column is missing, or a line has no answer: the message says which.
    """
    import csv

    import pyarrow as pa

    rows: list[dict[str, object]] = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream, strict=True)
            missing = {"left_id", "right_id", "same"} - set(reader.fieldnames or ())
            if missing:
                raise InputError(
                    f"{path.name} has no column {sorted(missing)[0]}.", "Its columns are left_id, right_id, same, reason."
                )
            for row in reader:
                same = _ANSWERS.get((row["same"] or "").strip().casefold())
                left, right = (row["left_id"] or "").strip(), (row["right_id"] or "").strip()
                if same is None or not left or not right or left == right:
                    raise InputError(
                        f"Line {reader.line_num} of {path.name} is no judgement on two reports.",
                        "Write two different ids, and true or false under same.",
                    )
                rows.append({"left_id": left, "right_id": right, "same": same, "reason": row.get("reason") or None})
    except csv.Error as error:
        raise InputError(
            f"{path.name} is no whole CSV: {error}, in what follows line {reader.line_num}.",
            "Does a quote not close? Mend the line."
        ) from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path.name} is no CSV in UTF-8.", "Write it again in UTF-8.") from error
    return pa.Table.from_pylist(rows, schema=judgements_schema())


_ANSWERS = {"true": True, "yes": True, "1": True, "same": True, "false": False, "no": False, "0": False, "different": False}
