"""Names as rows of text, script, language and kind; and the one that stands in the report's own column."""

from __future__ import annotations

from collections.abc import Sequence

from cenotaph.domain.canonical import JsonValue, canonical_json, canonical_text
from cenotaph.extract.lists.keys import NAME_KINDS
from cenotaph.extract.lists.mapping import Mapping
from cenotaph.extract.lists.matching import Found
from cenotaph.extract.lists.summary import ReadingSummary
from cenotaph.extract.lists.values import find_script
from cenotaph.extract.lists.words import fold_word
from cenotaph.reference.placeholders import is_placeholder

_JOINED = ("given", "family", "patronymic")
"""Parts that make a whole name, in the order of the mapping's columns, where a row has no whole one."""


class _NameColumn:
    """A column of names, as its rows are read."""

    def __init__(self, found: Found, field: str, language: str | None) -> None:
        self.at = found.at
        self.kind = NAME_KINDS[field]
        self.nobody = frozenset(word for word, _ in found.column.words)
        self._language = language
        self._script = found.column.script
        self._separator = found.column.separator
        self._heads: dict[tuple[str, str | None], str] = {}

    def split(self, cell: str) -> Sequence[str]:
        """Return the names in a cell."""
        if self._separator is None:
            return (cell,)
        return [part for part in map(str.strip, cell.split(self._separator)) if part]

    def write(self, kind: str, text: str) -> str:
        """Return a name as it stands in canonical JSON."""
        script = self._script or find_script(text)
        head = self._heads.get((kind, script))
        if head is None:
            form: dict[str, JsonValue] = {"kind": kind, "language": self._language, "script": script, "text": ""}
            head = self._heads[kind, script] = canonical_json(form)[:-3]
        return f"{head}{canonical_text(text)}}}"


class NameReader:
    """Reads the names of each row.

    Parameters
    ----------
    found
        The mapping's columns that the file has.
    mapping
        The mapping.
    summary
        Where rows without a name and placeholders are counted.
    """

    def __init__(self, found: Sequence[Found], mapping: Mapping, summary: ReadingSummary) -> None:
        self._summary = summary
        self._columns = [
            _NameColumn(item, field, mapping.language_of(item.column))
            for item in found
            for field in item.column.fields
            if field in NAME_KINDS
        ]

    def read(self, cells: Sequence[str]) -> tuple[str | None, str]:
        """Return the name of a row, and all its names as the items of a JSON list.

        The name is the first whole one, else its parts in the mapping's order. A placeholder is kept among the names and is
        never the name.
        """
        items: list[str] = []
        whole: str | None = None
        joined: list[str] = []
        nobody = False
        for column in self._columns:
            cell = cells[column.at]
            if not cell or (column.nobody and fold_word(cell) in column.nobody):
                continue
            for text in column.split(cell):
                kind = column.kind
                if is_placeholder(text):
                    kind, nobody = "placeholder", True
                elif kind == "full":
                    whole = whole or text
                elif kind in _JOINED:
                    joined.append(text)
                items.append(column.write(kind, text))
        name = whole or " ".join(joined) or None
        if name is None:
            if nobody:
                self._summary.placeholders += 1
            else:
                self._summary.empty_names += 1
        return name, ",".join(items)
