"""A list's mapping, checked: which column is which field, and what the list's own words stand for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from cenotaph.domain.canonical import JsonValue, canonical_json, content_id
from cenotaph.domain.dates import PartialDate
from cenotaph.extract.lists.keys import MAPPING_SCHEMA, is_axis, is_place
from cenotaph.extract.lists.words import fold_word

READING_SCHEMA = 1
"""Version of how rows are read under a mapping; a change that reads the same words differently raises it."""


@dataclass(frozen=True, slots=True)
class Constant:
    """What holds for everybody on the list: a field, its code or EDTF date, and the words that say it."""

    field: str
    code: str | None
    words: str | None


@dataclass(frozen=True)
class Column:
    """How one column is read; see :data:`cenotaph.extract.lists.keys.KEYS` for what each attribute means.

    ``words`` holds, by folded word, the fields and codes that it stands for; the codes ``stated`` and ``unknown`` are no
    codes of an axis.
    """

    name: str
    names: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    language: str | None = None
    script: str | None = None
    words: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    places: bool = False
    separator: str | None = None
    calendar: str | None = None
    order: str | None = None
    pivot: int | None = None
    ignore: bool = False
    secret: bool = False

    @cached_property
    def headers(self) -> tuple[str, ...]:
        """Every name that the column may have, folded."""
        return tuple(fold_word(name) for name in (self.name, *self.names))

    def as_json(self) -> dict[str, JsonValue]:
        """Return the column's canonical form: what is not said is left out."""
        form: dict[str, JsonValue] = {"name": self.name}
        for key in ("names", "fields"):
            if value := getattr(self, key):
                form[key] = list(value)
        for key in ("language", "script", "separator", "calendar", "order"):
            if (text := getattr(self, key)) is not None:
                form[key] = text
        if self.pivot is not None:
            form["pivot"] = self.pivot
        form.update({key: True for key in ("places", "ignore", "secret") if getattr(self, key)})
        if self.words:
            form["words"] = {word: dict(codes) for word, codes in self.words}
        return form


@dataclass(frozen=True)
class Mapping:
    """One list's mapping, with the release that it is used for.

    Parameters
    ----------
    list_id, title
        The list.
    release, released_on, complete
        The release's label, when it became public, and whether the file is the whole list.
    key
        Columns that identify a row from release to release; empty where rows are known by their content.
    source_name, source_kind, source_language
        Who publishes it.
    encoding, delimiter, sheet, header_row
        How the file is opened, where that is not found out.
    constants, columns
        How rows are read.
    """

    list_id: str
    title: str | None
    release: str
    released_on: PartialDate
    complete: bool
    key: tuple[str, ...]
    source_name: str
    source_kind: str
    source_language: str | None
    encoding: str | None
    delimiter: str | None
    sheet: str | None
    header_row: int | None
    constants: tuple[Constant, ...]
    columns: tuple[Column, ...]

    @property
    def keyed(self) -> bool:
        """Whether columns are declared that identify a row."""
        return bool(self.key)

    @cached_property
    def text(self) -> str:
        """The mapping's canonical text, as the record keeps it: JSON without comments, words folded."""
        return canonical_json(self.as_json())

    @cached_property
    def reading_hash(self) -> str:
        """The hash of what the mapping makes of a row; title, source's name, release and date are no part of it."""
        meaning: JsonValue = {
            "file": {"delimiter": self.delimiter, "encoding": self.encoding, "sheet": self.sheet, "header": self.header_row},
            "key": [fold_word(name) for name in self.key],
            "constants": [[c.field, c.code, c.words] for c in sorted(self.constants, key=lambda c: c.field)],
            "columns": [replace(c, language=self.language_of(c)).as_json() for c in self.columns],
        }
        return content_id("mapping", str(READING_SCHEMA), canonical_json(meaning))

    def language_of(self, column: Column) -> str | None:
        """Return the language of a column's words."""
        return column.language or self.source_language

    def as_json(self) -> dict[str, JsonValue]:
        """Return the mapping's canonical form."""
        form: dict[str, JsonValue] = {
            "schema": MAPPING_SCHEMA,
            "list": _said(
                id=self.list_id,
                title=self.title,
                release=self.release,
                date=self.released_on.edtf,
                complete=self.complete,
                key=list(self.key) or None,
            ),
            "source": _said(name=self.source_name, kind=self.source_kind, language=self.source_language),
            "column": [column.as_json() for column in self.columns],
        }
        if how := _said(encoding=self.encoding, delimiter=self.delimiter, sheet=self.sheet, header=self.header_row):
            form["file"] = how
        if self.constants:
            form["constants"] = {c.field: _said(code=c.code, words=c.words) for c in self.constants}
        return form


def _said(**values: JsonValue) -> dict[str, JsonValue]:
    return {key: value for key, value in values.items() if value is not None}


__all__ = ["READING_SCHEMA", "Column", "Constant", "Mapping", "is_axis", "is_place"]
