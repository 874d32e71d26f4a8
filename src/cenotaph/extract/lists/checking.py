"""Reading a mapping strictly: an unknown key, a wrong value or a code that no axis has is an error that names the place."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from cenotaph.domain.axes import AXES, AXIS_BY_NAME, AxisKind
from cenotaph.domain.errors import MappingError
from cenotaph.domain.reports import DATE_FIELDS
from cenotaph.extract.lists.column_checks import ColumnChecks
from cenotaph.extract.lists.keys import KEYS_OF, MAPPING_SCHEMA
from cenotaph.extract.lists.mapping import Constant, Mapping
from cenotaph.extract.lists.sections import optional, texts
from cenotaph.extract.lists.words import fold_word
from cenotaph.reference.rule_files import Place, RuleFile, Tree, parse_rule_file, read_rule_file

_ID = re.compile(r"^[a-z0-9][a-z0-9._-]{0,63}$")
_RESERVED = ("documents",)  # The name under which reports that people entered are counted.


_OPTIONS: dict[str, tuple[str, str]] = {
    "release": ("list", "release"),
    "date": ("list", "date"),
    "complete": ("list", "complete"),
    "encoding": ("file", "encoding"),
    "sheet": ("file", "sheet"),
}
"""Options of an import and the keys that they stand for."""


def load_mapping(path: Path, **options: str | bool | None) -> Mapping:
    """Read a mapping's file.

    Parameters
    ----------
    options
        What the call gives instead of the mapping: ``release``, ``date``, ``complete``, ``encoding``, ``sheet``.

    Raises
    ------
    MappingError
        It is wrong; the message names the file, the line and the key.
    UsageError
        What the call gives is wrong.
    """
    return check_mapping(read_rule_file(path), **options)


def parse_mapping(text: str, form: str = "json", name: str = "the mapping") -> Mapping:
    """Read a mapping's text: the record's canonical JSON, or ``toml`` or ``yaml``."""
    return check_mapping(parse_rule_file(text, form, name))


def check_mapping(file: RuleFile, **options: str | bool | None) -> Mapping:
    """Check a parsed mapping, with what :func:`load_mapping` may be given instead, and return it."""
    given = {_OPTIONS[name]: value for name, value in options.items() if value is not None}
    tree = dict(file.tree)
    for (section, key), value in given.items():
        keys = tree.get(section, {})
        tree[section] = {**keys, key: value} if isinstance(keys, dict) else keys
    named: dict[Place, str] = {place: f"--{place[1]}" for place in given}
    return _Checker(replace(file, tree=tree, given=named)).read()


class _Checker(ColumnChecks):
    """Checks one mapping, place by place."""

    def read(self) -> Mapping:
        tree = self.file.tree
        self.refuse_unknown(tree, (*KEYS_OF[""], *(s for s in KEYS_OF if s)), ())
        schema = self.values({k: v for k, v in tree.items() if k in KEYS_OF[""]}, "", ())["schema"]
        if schema != MAPPING_SCHEMA:
            raise self.file.error(
                ("schema",),
                f"this is a mapping of version {schema}.",
                f"This Cenotaph reads version {MAPPING_SCHEMA}.",
            )
        heads = self.values(self.table(tree.get("list", {}), ("list",)), "list", ("list",))
        source = self.values(self.table(tree.get("source", {}), ("source",)), "source", ("source",))
        how = self.values(self.table(tree.get("file", {}), ("file",)), "file", ("file",))
        columns = self.columns(tree.get("column", []))
        list_id = str(heads["id"])
        if not _ID.match(list_id) or list_id in _RESERVED:
            raise self.file.error(
                ("list", "id"), f"'{list_id}' is no list's id.", "Write lower-case letters, digits, '.', '_' or '-'."
            )
        self.check_language(source.get("language"), ("source", "language"))
        delimiter = optional(how.get("delimiter"))
        if delimiter is not None and len(delimiter) != 1:
            raise self.file.error(
                ("file", "delimiter"), "a delimiter is one character.", 'Write "," or ";" or "\\t".'
            )
        return Mapping(
            list_id=list_id,
            title=optional(heads.get("title")),
            release=str(heads["release"]),
            released_on=self.date(heads["date"], ("list", "date")),
            complete=heads["complete"] is True,
            key=self._key(heads.get("key")),
            source_name=str(source["name"]),
            source_kind=str(source["kind"]),
            source_language=optional(source.get("language")),
            encoding=optional(how.get("encoding")),
            delimiter=delimiter,
            sheet=optional(how.get("sheet")),
            header_row=self._header(how.get("header")),
            constants=self._constants(self.table(tree.get("constants", {}), ("constants",))),
            columns=columns,
        )

    def _header(self, value: Tree | None) -> int | None:
        if value is None or (isinstance(value, int) and value >= 1):
            return value
        raise self.file.error(("file", "header"), f"there is no row {value}.", "Rows are counted from 1.")

    def _key(self, value: Tree | None) -> tuple[str, ...]:
        key = texts(value)
        folded = [fold_word(name) for name in key]
        if len(set(folded)) != len(folded):
            raise self.file.error(("list", "key"), "a column stands twice in the key.", "Name each once.")
        return key

    def _constants(self, tree: dict[str, Tree]) -> tuple[Constant, ...]:
        found: list[Constant] = []
        self.refuse_unknown(tree, (*(axis.name for axis in AXES), *DATE_FIELDS), ("constants",))
        for field, value in tree.items():
            place: Place = ("constants", field)
            words: Tree | None = None
            code: Tree = value
            if isinstance(value, dict):
                self.refuse_unknown(value, ("code", "words"), place)
                code, words = value.get("code", ""), value.get("words")
            if not isinstance(code, str) or not isinstance(words, str | None) or not (code or words):
                raise self.file.error(place, "a constant is a code, or words, or both.", 'Write fate = "dead".')
            if field in DATE_FIELDS:
                found.append(Constant(field, self.date(code, place).edtf, words))
            elif AXIS_BY_NAME[field].kind is AxisKind.OPEN:
                found.append(Constant(field, None, words or code))
            else:
                if code:
                    self.check_code(field, code, place)
                found.append(Constant(field, code or None, words))
        return tuple(sorted(found, key=lambda c: c.field))


__all__ = ["MappingError", "check_mapping", "load_mapping", "parse_mapping"]
