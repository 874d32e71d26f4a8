"""The rows of a list in their own words, as a page of evidence shows them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cenotaph.casebook import bulk
from cenotaph.casebook.store import Casebook
from cenotaph.domain.documents import TableDocument
from cenotaph.domain.errors import NotFoundError
from cenotaph.extract.lists import Mapping, match_columns, parse_mapping
from cenotaph.services.quoted_cells import CheckedBytes


@dataclass(frozen=True, slots=True)
class RawRow:
    """One report's row.

    Parameters
    ----------
    report
        The report's id.
    number
        The row's number in its own file.
    words
        Its cells in the order of :func:`read_header`.
    cites
        Whether it cites anything.
    """

    report: str
    number: int
    words: tuple[str, ...]
    cites: bool


@dataclass(frozen=True, slots=True)
class _Reading:
    id: str
    mapping: Mapping
    capture: str
    encoding: str | None
    media_type: str


def read_header(casebook: Casebook, list_id: str) -> tuple[str, ...]:
    """Return the columns of the file that a list was last read from, without those whose words are secret."""
    reading = _list_readings(list_id)[-1]
    return _open_columns(reading, _open(CheckedBytes(casebook), reading).header(reading.mapping.sheet))


def read_raw_rows(casebook: Casebook, list_id: str) -> Iterator[RawRow]:
    """Yield the rows of all reports of a list that are not under seal, each from the file that it was read from.

    Raises
    ------
    NotFoundError
        There is no such list.
    LedgerBrokenError
        A file's bytes are not those that were taken in.
    """
    checked = CheckedBytes(casebook)
    columns = read_header(casebook, list_id)
    for reading in _list_readings(list_id):
        sql = "SELECT row_number, id, cites IS NOT NULL FROM report WHERE reading = %s AND sealed IS NULL"
        wanted = {
            number: (identifier, bool(cites)) for number, identifier, cites in bulk.fetch_rows(sql, [reading.id])
        }
        if not wanted:
            continue
        table = _open(checked, reading)
        header = table.header(reading.mapping.sheet)
        open_columns = set(_open_columns(reading, header))
        places = {name: at for at, name in enumerate(header) if name in open_columns}
        for row in table.rows(reading.mapping.sheet):
            if found := wanted.get(row.number):
                words = tuple(
                    row.cells[places[name]] if name in places and places[name] < len(row.cells) else ""
                    for name in columns
                )
                yield RawRow(found[0], row.number, words, found[1])


def _list_readings(list_id: str) -> list[_Reading]:
    rows = bulk.fetch_rows(
        "SELECT r.id, r.mapping, d.capture, d.encoding, c.media_type FROM reading r JOIN document d ON d.id = r.document "
        'JOIN capture c ON c.id = d.capture WHERE r.list = %s AND c.size IS NOT NULL AND r.mapping IS NOT NULL ORDER BY r."row"',
        [list_id],
    )
    if not rows:
        raise NotFoundError(f"There is no list '{list_id}' in this casebook.", "`cenotaph list show` names them.")
    return [_Reading(i, parse_mapping(text), capture, encoding, media) for i, text, capture, encoding, media in rows]


def _open(checked: CheckedBytes, reading: _Reading) -> TableDocument:
    return checked.open_table(reading.capture, reading.media_type, reading.encoding, reading.mapping)


def _open_columns(reading: _Reading, header: tuple[str, ...]) -> tuple[str, ...]:
    found, _ = match_columns(reading.mapping, header)
    secret = {item.at for item in found if item.column.secret}
    return tuple(name for at, name in enumerate(header) if at not in secret)
