"""Every key that a mapping may have: its type, what it does, and the values it takes.

Checking, the canonical form and ``docs/reference/mapping.md`` are made from this one table.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cenotaph.reference.calendars import CALENDARS
from cenotaph.reference.date_numbers import ORDERS

MAPPING_SCHEMA = 1


class Form(StrEnum):
    """What a key's value looks like."""

    TEXT = "text"
    WHOLE = "whole number"
    FLAG = "true or false"
    TEXTS = "text or list of texts"
    DATE = "EDTF date"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a mapping.

    Parameters
    ----------
    section
        ``""`` for the top, ``list``, ``source``, ``file``, ``column``.
    name
        The key.
    form
        What its value looks like.
    help
        What it does.
    required
        Whether a mapping without it is refused.
    choices
        The values it takes, where they are few.
    example
        What it looks like in a file.
    """

    section: str
    name: str
    form: Form
    help: str
    required: bool = False
    choices: tuple[str, ...] = ()
    example: str = ""


STATED_ONLY = "stated"
"""In a table of words: these words are kept as they are quoted, and stand for no code."""

KEYS: tuple[Key, ...] = (
    Key("", "schema", Form.WHOLE, f"Version of the mapping's form: {MAPPING_SCHEMA}.", True, example="1"),
    Key(
        "list",
        "id",
        Form.TEXT,
        "Short name of the list: lower-case letters, digits, `.`, `_`, `-`. It never changes from release to "
        "release.",
        True,
        example='"foreign-fighters"',
    ),
    Key("list", "title", Form.TEXT, "What readers see.", example='"Foreign nationals killed in the Russian army"'),
    Key(
        "list",
        "release",
        Form.TEXT,
        "Label of this release. `list import --release` overrides it.",
        True,
        example='"2025-11"',
    ),
    Key(
        "list",
        "date",
        Form.DATE,
        "When the release became public, as precisely as is known. `--date` overrides it.",
        True,
        example='"2025-11"',
    ),
    Key(
        "list",
        "complete",
        Form.FLAG,
        "Whether the file is the whole list (rows that it lacks are withdrawn) or only adds. `--complete` and"
        " `--addition` override it.",
        True,
        example="true",
    ),
    Key(
        "list",
        "key",
        Form.TEXTS,
        "The columns that together identify a row from release to release. Without it, or where a file lacks "
        "one of them, a row is known by its content.",
        example='"uid"',
    ),
    Key("source", "name", Form.TEXT, "Who publishes the list.", True, example='"Mediazona and BBC News Russian"'),
    Key(
        "source",
        "kind",
        Form.TEXT,
        "What kind of source that is, in one word: outlet, official, registry, ngo, other ...",
        True,
        example='"outlet"',
    ),
    Key(
        "source",
        "language",
        Form.TEXT,
        "Language of the list as BCP 47 writes it; columns may say another one.",
        example='"ru"',
    ),
    Key("file", "encoding", Form.TEXT, "Encoding of a CSV file, where it is not UTF-8.", example='"cp1251"'),
    Key(
        "file",
        "delimiter",
        Form.TEXT,
        "The character between a CSV file's cells; found out where it is not said.",
        example='";"',
    ),
    Key(
        "file",
        "sheet",
        Form.TEXT,
        "Name of an XLSX file's sheet, or of a page's or Word document's table (`table 2`); the first where it is not said.",
        example='"Sheet1"',
    ),
    Key(
        "file",
        "header",
        Form.WHOLE,
        "Row of the file or sheet, from 1, that names the columns, where a title or a note stands above it.",
        example="4",
    ),
    Key(
        "constants",
        "",
        Form.TABLE,
        "What holds for everybody on the list: an axis and its code, or a date field and its date. `{ code = "
        "..., words = ... }` gives the words that say it. A row that says something itself overrides it.",
        example='{ fate = "dead" }',
    ),
    Key(
        "column",
        "name",
        Form.TEXT,
        "The column's name in the file's header. Case, white space and ё/е do not matter.",
        True,
        example='"nationality"',
    ),
    Key(
        "column",
        "names",
        Form.TEXTS,
        "Other names that the column has in other releases.",
        example='["Гражданство"]',
    ),
    Key(
        "column",
        "fields",
        Form.TEXTS,
        "What the column says: one field or several. Absent where the column is ignored.",
        example='"nationality"',
    ),
    Key("column", "language", Form.TEXT, "Language of its words, where it is not the source's.", example='"ar"'),
    Key(
        "column",
        "script",
        Form.TEXT,
        "Script of its names as ISO 15924 writes it; found out from each name where it is not said.",
        example='"Arab"',
    ),
    Key(
        "column",
        "words",
        Form.TABLE,
        "The list's own words and what they stand for: a code of the first field, or a table of axes and "
        f'codes. `"{STATED_ONLY}"` keeps the words as quoted, without a code; `"unknown"` says that '
        "nothing is known. Case, outer white space and ё/е do not matter.",
        example='{ "заключенные" = { path = "prison" }, "нет данных" = "unknown" }',
    ),
    Key(
        "column",
        "places",
        Form.FLAG,
        "Look words that the table lacks up among the places of the reference data.",
        example="true",
    ),
    Key("column", "separator", Form.TEXT, "What stands between several values in one cell.", example='"/"'),
    Key("column", "calendar", Form.TEXT, "Calendar of its dates.", choices=CALENDARS, example='"solar_hijri"'),
    Key(
        "column",
        "order",
        Form.TEXT,
        "Order of day, month and year in dates that are numbers, such as 3.4.1990.",
        choices=ORDERS,
        example='"dmy"',
    ),
    Key(
        "column",
        "pivot",
        Form.WHOLE,
        "The last year that a year of two digits can mean: with 2025, `25` is 2025 and `26` is 1926. Without "
        "it such dates cannot be read.",
        example="2025",
    ),
    Key(
        "column",
        "ignore",
        Form.FLAG,
        "Leave the column alone: its words are neither kept in reports nor part of a row's content. For "
        "running numbers that change with each release.",
        example="true",
    ),
    Key(
        "column",
        "secret",
        Form.FLAG,
        "Never keep the column's words in a report, as for a national identity number; it may be part of the "
        "key, as a hash.",
        example="true",
    ),
)
SECTIONS = ("", "list", "source", "file", "constants", "column")
KEYS_OF = {section: {key.name: key for key in KEYS if key.section == section} for section in SECTIONS}
