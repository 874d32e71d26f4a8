"""CSV and its kin: cells between delimiters, decoded strictly, streamed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from cenotaph.capture.encodings import BOM, encoding_error, resolve_encoding
from cenotaph.capture.files import open_regular, show_name
from cenotaph.capture.limits import Limits
from cenotaph.capture.media_types import CSV, TSV
from cenotaph.capture.readers.tables import Record, StreamedTable
from cenotaph.domain.errors import DamagedFileError, InputError, TooLargeError

NAME = "csv"
VERSION = "1"
DELIMITERS = (",", ";", "\t", "|")
_SAMPLE_BYTES = 65_536
_SAMPLE_RECORDS = 50
_LINE_CHARACTERS = 16 * 1024 * 1024


class SeparatedTable(StreamedTable):
    """An opened CSV file: one sheet, named ''."""

    reader = NAME
    reader_version = VERSION

    def __init__(self, path: Path, limits: Limits, encoding: str, delimiter: str) -> None:
        super().__init__(path, limits, ("",))
        self.encoding: str | None = encoding
        self.delimiter = delimiter

    def _records(self, sheet: str) -> Iterator[Record]:
        """Yield every record, also empty ones, since they count.

        Quotes are taken at their word: one that never closes, or that is followed by anything but a
        delimiter, is an error, never a cell that swallows the rest.
        """
        cell_limit, column_limit = self._limits.cell_characters, self._limits.columns
        # The csv module has one limit for the whole process: raised where it is too low, never lowered under
        # others.
        if csv.field_size_limit() < cell_limit:
            csv.field_size_limit(cell_limit)
        lines = _Lines(self._path, self._name, str(self.encoding), self._limits)
        reader = csv.reader(lines.walk(), delimiter=self.delimiter, strict=True)
        line, begun = 1, 0
        try:
            for ordinal, cells in enumerate(reader, 1):
                # Only a record of many lines, or of one long line, can hold a cell over the limit.
                if reader.line_num > line or lines.longest > cell_limit:
                    self._check_cells(line, cells)
                if len(cells) > column_limit:
                    raise self._too_wide(line, len(cells))
                yield ordinal, line, tuple(cells), ()
                line, begun = reader.line_num + 1, lines.characters
        except csv.Error as error:
            # The csv module's own limit may be another reader's, which is higher.
            over = lines.characters - begun > cell_limit and "unexpected end of data" in str(error)
            raise self._say_damage(csv.Error("field larger") if over else error, line, reader.line_num) from error

    def lines(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield every record, also empty ones and those before the header, with the line that it begins on.

        Raises
        ------
        InputError
            It is damaged, over a limit or not in its encoding.
        """
        for _, line, cells, _ in self._records(""):
            yield line, cells

    def _check_cells(self, line: int, cells: list[str]) -> None:
        for column, cell in enumerate(cells, 1):
            if len(cell) > self._limits.cell_characters:
                raise TooLargeError(
                    f"{self._name} line {line:,}, column {column}: the cell has {len(cell):,} characters; "
                    f"limits.cell_characters allows {self._limits.cell_characters:,}.",
                    "Does a quote not close there? Otherwise raise the limit in casebook.toml.",
                )

    def _too_wide(self, line: int, columns: int) -> TooLargeError:
        return TooLargeError(
            f"{self._name} line {line:,} has {columns:,} cells; limits.columns allows "
            f"{self._limits.columns:,}.",
            "Is the delimiter right? Otherwise raise limits.columns in casebook.toml.",
        )

    def _say_damage(self, error: csv.Error, line: int, reached: int) -> InputError:
        words = str(error)
        if "field larger" in words:
            return TooLargeError(
                f"{self._name}: a cell of the record that begins on line {line:,} is over "
                f"limits.cell_characters ({self._limits.cell_characters:,}).",
                "A quote that never closes is the usual cause; else raise the limit in casebook.toml.",
            )
        if "unexpected end of data" in words:
            return DamagedFileError(
                f"{self._name}: a quote in the record that begins on line {line:,} never closes.",
                "Close the quote, or write it twice where it belongs to the words. Was the file cut short?",
            )
        if "expected after" in words:
            return DamagedFileError(
                f"{self._name}: the record that begins on line {line:,} has a quoted cell that goes on after "
                f"its closing quote (line {reached:,}).",
                "Write quotes twice where they belong to the words. Is the delimiter right?",
            )
        return DamagedFileError(f"{self._name} line {line:,}: {words}.", "Mend the line.")


class _Lines:
    """The lines of a text file with their ends, decoded strictly; remembers the longest."""

    def __init__(self, path: Path, name: str, encoding: str, limits: Limits) -> None:
        self._path = path
        self._name = name
        self._encoding = encoding
        self._most = _LINE_CHARACTERS + limits.cell_characters
        self.longest = 0
        self.characters = 0

    def walk(self) -> Iterator[str]:
        with open_regular(self._path) as raw, io.TextIOWrapper(raw, self._encoding, newline="") as stream:
            most, longest, first = self._most, 0, True
            number = 0
            try:
                for number, line in enumerate(iter(partial(stream.readline, most), ""), 1):
                    if first:
                        line, first = line.removeprefix(BOM), False
                    if len(line) > longest:
                        longest = self.longest = len(line)
                        if longest >= most:
                            raise TooLargeError(
                                f"{self._name} line {number:,} is longer than {most:,} characters.",
                                "Is it a table of lines?",
                            )
                    self.characters += len(line)
                    if "\0" in line:
                        raise DamagedFileError(
                            f"{self._name} line {number:,} holds a NUL character.",
                            "It is no text, or it is UTF-16 without a mark: then state --encoding utf-16-le.",
                        )
                    yield line
            except UnicodeDecodeError as error:
                with open_regular(self._path) as again:
                    raise encoding_error(self._name, again, self._encoding) from error


@dataclass(frozen=True, slots=True)
class SeparatedReader:
    """Reads CSV and TSV files."""

    name: str = NAME
    version: str = VERSION
    media_types: tuple[str, ...] = (CSV, TSV)

    def read(
        self, path: Path, media_type: str, limits: Limits, encoding: str | None, delimiter: str | None
    ) -> SeparatedTable:
        """Open a CSV file: settle its encoding and delimiter; its rows are read when they are asked for.

        Raises
        ------
        InputError
            The delimiter stated is none.
        EncodingError
            The encoding stated is none, or its first bytes show that it is another.
        """
        name = show_name(path)
        with open_regular(path) as stream:
            head = stream.read(_SAMPLE_BYTES)
            cut = bool(stream.read(1))
        codec = resolve_encoding(name, head, encoding)
        if delimiter is not None:
            chosen = check_delimiter(delimiter)
        elif media_type == TSV:
            chosen = "\t"
        else:
            chosen = find_delimiter(head.decode(codec, "replace").removeprefix(BOM), cut)
        return SeparatedTable(path, limits, codec, chosen)


def check_delimiter(delimiter: str) -> str:
    r"""Return a delimiter as one character; ``\t`` and ``tab`` are the tab.

    Raises
    ------
    InputError
        It is none.
    """
    delimiter = {"\\t": "\t", "tab": "\t"}.get(delimiter, delimiter)
    if len(delimiter) != 1 or delimiter in '"\r\n\0' or delimiter == BOM:
        raise InputError(
            f"{delimiter!r} is no delimiter.", "A delimiter is one character: , ; | or a tab, written \\t."
        )
    return delimiter


def find_delimiter(sample: str, cut: bool = False) -> str:
    """Return the delimiter that a sample's records agree on best.

    For each candidate the records that have as many cells as the header are counted; one that leaves the
    header whole is out. The larger share wins, then the more columns, then the order of :data:`DELIMITERS`.

    Parameters
    ----------
    sample
        The beginning of a file.
    cut
        The file goes on behind it: its last line is then left out.
    """
    if cut and (end := max(sample.rfind("\n"), sample.rfind("\r"))) > 0:
        sample = sample[: end + 1]
    best, choice = (0.0, 1), ","
    for delimiter in DELIMITERS:
        counts = _count_cells(sample, delimiter)
        if not counts or counts[0] < 2:
            continue
        score = (sum(count == counts[0] for count in counts) / len(counts), counts[0])
        if score > best:
            best, choice = score, delimiter
    return choice


def _count_cells(sample: str, delimiter: str) -> list[int]:
    counts: list[int] = []
    try:
        for cells in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
            if any(cells):
                counts.append(len(cells))
            if len(counts) == _SAMPLE_RECORDS:
                break
    except csv.Error:
        pass  # What was counted before is a sample too; the reading itself says what is wrong.
    return counts


READER = SeparatedReader()
