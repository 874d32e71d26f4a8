"""Reading a mapping strictly: an unknown key, a wrong value or a code that no axis has is an error that names the place."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from pathlib import Path

from cenotaph.domain.axes import AXES, AXIS_BY_NAME, UNKNOWN, AxisKind
from cenotaph.domain.dates import PartialDate
from cenotaph.domain.errors import CenotaphError, MappingError, ValueFormatError
from cenotaph.domain.reports import DATE_FIELDS
from cenotaph.extract.lists.files import MappingFile, Place, Tree, parse_mapping_file, read_mapping_file
from cenotaph.extract.lists.keys import FIELD_HELP, KEYS_OF, MAPPING_SCHEMA, NAME_KINDS, STATED_ONLY, Form, Key, is_axis, is_place
from cenotaph.extract.lists.mapping import Column, Constant, Mapping
from cenotaph.extract.lists.words import fold_word

_ID = re.compile(r"^[a-z0-9][a-z0-9._-]{0,63}$")
_LANGUAGE = re.compile(r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?(-[A-Za-z0-9]{2,8})*$")
_RESERVED = ("documents",)  # The name under which reports that people entered are counted.
_DOCS = "See docs/reference/mapping.md."


def load_mapping(
    path: Path, *, release: str | None = None, date: str | None = None, complete: bool | None = None
) -> Mapping:
    """Read a mapping's file; the release's label, date and completeness may come from the call.

    Raises
    ------
    MappingError
        It is wrong; the message names the file, the line and the key.
    """
    return check_mapping(read_mapping_file(path), release=release, date=date, complete=complete)


def parse_mapping(text: str, form: str = "json", name: str = "the mapping") -> Mapping:
    """Read a mapping's text: the record's canonical JSON, or ``toml`` or ``yaml``."""
    return check_mapping(parse_mapping_file(text, form, name))


def check_mapping(
    file: MappingFile, *, release: str | None = None, date: str | None = None, complete: bool | None = None
) -> Mapping:
    """Check a parsed mapping and return it."""
    return _Checker(file).read({"release": release, "date": date, "complete": complete})


class _Checker:
    """Checks one mapping, place by place."""

    def __init__(self, file: MappingFile) -> None:
        self._file = file

    def read(self, given: dict[str, str | bool | None]) -> Mapping:
        tree = self._file.tree
        self._refuse_unknown(tree, (*KEYS_OF[""], *(s for s in KEYS_OF if s)), ())
        schema = self._values({k: v for k, v in tree.items() if k in KEYS_OF[""]}, "", ())["schema"]
        if schema != MAPPING_SCHEMA:
            raise self._file.error(("schema",), f"this is a mapping of version {schema}.", f"This Cenotaph reads version {MAPPING_SCHEMA}.")
        whole = self._table(tree.get("list", {}), ("list",))
        heads = self._values({**whole, **{k: v for k, v in given.items() if v is not None}}, "list", ("list",))
        source = self._values(self._table(tree.get("source", {}), ("source",)), "source", ("source",))
        how = self._values(self._table(tree.get("file", {}), ("file",)), "file", ("file",))
        columns = self._columns(tree.get("column", []))
        list_id = str(heads["id"])
        if not _ID.match(list_id) or list_id in _RESERVED:
            raise self._file.error(("list", "id"), f"'{list_id}' is no list's id.", "Write lower-case letters, digits, '.', '_' or '-'.")
        self._check_language(source.get("language"), ("source", "language"))
        delimiter = _optional(how.get("delimiter"))
        if delimiter is not None and len(delimiter) != 1:
            raise self._file.error(("file", "delimiter"), "a delimiter is one character.", 'Write "," or ";" or "\\t".')
        return Mapping(
            list_id=list_id,
            title=_optional(heads.get("title")),
            release=str(heads["release"]),
            released_on=self._date(heads["date"], ("list", "date")),
            complete=heads["complete"] is True,
            key=self._key(heads.get("key"), columns),
            source_name=str(source["name"]),
            source_kind=str(source["kind"]),
            source_language=_optional(source.get("language")),
            encoding=_optional(how.get("encoding")),
            delimiter=delimiter,
            sheet=_optional(how.get("sheet")),
            constants=self._constants(self._table(tree.get("constants", {}), ("constants",))),
            columns=columns,
        )

    def _key(self, value: Tree | None, columns: tuple[Column, ...]) -> tuple[str, ...]:
        key = _texts(value)
        folded = [fold_word(name) for name in key]
        if len(set(folded)) != len(folded):
            raise self._file.error(("list", "key"), "a column stands twice in the key.", "Name each once.")
        return key

    def _table(self, value: Tree, place: Place) -> dict[str, Tree]:
        if not isinstance(value, dict):
            raise self._file.error(place, "this is a section of keys.", _DOCS)
        return value

    def _refuse_unknown(self, tree: Iterable[str], known: Iterable[str], place: Place) -> None:
        names = list(known)
        for key in tree:
            if key not in names:
                near = difflib.get_close_matches(key, names, n=2, cutoff=0.5)
                hint = f"Did you mean {' or '.join(near)}?" if near else f"Keys are: {', '.join(names)}."
                raise self._file.error((*place, key), "there is no such key.", hint)

    def _values(self, tree: dict[str, Tree], section: str, place: Place) -> dict[str, Tree]:
        """Check the keys of one section and their forms; return what is said."""
        keys = KEYS_OF[section]
        self._refuse_unknown(tree, keys, place)
        for name, key in keys.items():
            if name in tree:
                tree = {**tree, name: self._value(tree[name], key, (*place, name))}
            elif key.required:
                where = (*place, name)
                raise self._file.error(where, "this key is missing.", f"{key.help} Write {name} = {key.example}." if key.example else key.help)
        return tree

    def _value(self, value: Tree, key: Key, place: Place) -> Tree:
        match key.form:
            case Form.TEXT | Form.DATE:
                if isinstance(value, bool) or not isinstance(value, str | int) or (isinstance(value, str) and not value.strip(" ")):
                    raise self._file.error(place, f"{_show(value)} is no text.", f"Write {key.name} = {key.example}.")
                value = str(value)
                if key.choices and value not in key.choices:
                    near = difflib.get_close_matches(value, key.choices, n=1)
                    hint = f"Did you mean {near[0]}?" if near else f"It takes: {', '.join(key.choices)}."
                    raise self._file.error(place, f"there is no '{value}'.", hint)
            case Form.TEXTS:
                items = value if isinstance(value, list) else [value]
                if not items or not all(isinstance(item, str) and item.strip() for item in items):
                    raise self._file.error(place, f"{_show(value)} is neither a text nor a list of texts.", f"Write {key.name} = {key.example}.")
            case Form.FLAG:
                if not isinstance(value, bool):
                    raise self._file.error(place, f"{_show(value)} is neither true nor false.", f"Write {key.name} = true or false.")
            case Form.WHOLE:
                if isinstance(value, bool) or not isinstance(value, int):
                    raise self._file.error(place, f"{_show(value)} is no whole number.", f"Write {key.name} = {key.example}.")
            case Form.TABLE:
                self._table(value, place)
        return value

    def _date(self, value: Tree, place: Place) -> PartialDate:
        try:
            return PartialDate.from_edtf(str(value))
        except CenotaphError as error:
            raise self._file.error(place, error.message, error.hint) from error

    def _check_language(self, value: Tree | None, place: Place) -> None:
        if value is not None and not _LANGUAGE.match(str(value)):
            raise self._file.error(place, f"'{value}' is no language as BCP 47 writes it.", "Write ru, ar, fa, en, uz-Latn ...")

    def _constants(self, tree: dict[str, Tree]) -> tuple[Constant, ...]:
        found: list[Constant] = []
        self._refuse_unknown(tree, (*(axis.name for axis in AXES), *DATE_FIELDS), ("constants",))
        for field, value in tree.items():
            place: Place = ("constants", field)
            words: Tree | None = None
            if isinstance(value, dict):
                self._refuse_unknown(value, ("code", "words"), place)
                value, words = value.get("code", ""), value.get("words")
            if not isinstance(value, str) or not isinstance(words, str | None) or not (value or words):
                raise self._file.error(place, "a constant is a code, or words, or both.", 'Write fate = "dead".')
            if field in DATE_FIELDS:
                found.append(Constant(field, self._date(value, place).edtf, words))
            elif AXIS_BY_NAME[field].kind is AxisKind.OPEN:
                found.append(Constant(field, None, words or value))
            else:
                if value:
                    self._check_code(field, value, place)
                found.append(Constant(field, value or None, words))
        return tuple(sorted(found, key=lambda c: c.field))

    def _columns(self, value: Tree) -> tuple[Column, ...]:
        if not isinstance(value, list) or not value:
            raise self._file.error(("column",), "the mapping reads no column.", "Write [[column]] sections with name and fields.")
        columns = tuple(self._column(item, ("column", at)) for at, item in enumerate(value))
        seen: dict[str, str] = {}
        for at, column in enumerate(columns):
            for header in column.headers:
                if header in seen:
                    raise self._file.error(("column", at), f"the column '{column.name}' is described twice.", "Give it several fields instead.")
                seen[header] = column.name
        return columns

    def _column(self, value: Tree, place: Place) -> Column:
        said = self._values(self._table(value, place), "column", place)
        fields = _texts(said.get("fields"))
        left_alone = [key for key in ("ignore", "secret") if said.get(key)]
        if left_alone and len(said) > 2 + ("names" in said) or len(left_alone) > 1:
            raise self._file.error(place, f"a column with {left_alone[0]} = true has no other keys but names.", "Take them away.")
        if not left_alone and not fields:
            raise self._file.error(place, "it says neither fields nor ignore.", f"Fields are: {', '.join(FIELD_HELP)}.")
        for field in fields:
            if field not in FIELD_HELP:
                near = difflib.get_close_matches(field, FIELD_HELP, n=2, cutoff=0.5)
                hint = f"Did you mean {' or '.join(near)}?" if near else f"Fields are: {', '.join(FIELD_HELP)}."
                raise self._file.error((*place, "fields"), f"there is no field '{field}'.", hint)
        if len(set(fields)) != len(fields):
            raise self._file.error((*place, "fields"), "a field stands twice.", "Name each once.")
        self._check_language(said.get("language"), (*place, "language"))
        self._check_use(said, fields, place)
        return Column(
            name=str(said["name"]),
            names=_texts(said.get("names")),
            fields=fields,
            language=_optional(said.get("language")),
            script=_optional(said.get("script")),
            words=self._words(self._table(said.get("words", {}), (*place, "words")), fields, (*place, "words")),
            places=said.get("places") is True,
            separator=_optional(said.get("separator")),
            calendar=_optional(said.get("calendar")),
            order=_optional(said.get("order")),
            pivot=self._pivot(said.get("pivot"), (*place, "pivot")),
            ignore=said.get("ignore") is True,
            secret=said.get("secret") is True,
        )

    def _pivot(self, value: Tree | None, place: Place) -> int | None:
        if value is None or (isinstance(value, int) and 1000 <= value <= 2999):
            return value
        raise self._file.error(place, f"{_show(value)} is no year of four digits.", "Write pivot = 2025: 25 is then 2025, and 26 is 1926.")

    def _check_use(self, said: dict[str, Tree], fields: tuple[str, ...], place: Place) -> None:
        """Refuse a key that would do nothing with these fields."""
        dated = any(field in DATE_FIELDS for field in fields)
        for key, used, needs in (
            ("places", any(map(is_place, fields)), "a place: nationality, origin, birthplace, residence or death_place"),
            ("calendar", dated, "a date"),
            ("order", dated, "a date"),
            ("pivot", dated, "a date"),
            ("script", any(field in NAME_KINDS for field in fields), "a name"),
        ):
            if key in said and said[key] is not False and not used:
                raise self._file.error((*place, key), f"it does nothing where no field is {needs}.", "Take it away.")

    def _words(
        self, tree: dict[str, Tree], fields: tuple[str, ...], place: Place
    ) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
        found: dict[str, tuple[tuple[str, str], ...]] = {}
        for word, value in tree.items():
            where = (*place, word)
            folded = fold_word(word)
            if not folded:
                raise self._file.error(where, "an empty word is no word.", "An empty cell says nothing by itself.")
            if folded in found:
                raise self._file.error(where, "the word stands twice, but for case, ё/е or white space.", "Take one away.")
            found[folded] = self._meaning(value, fields, where)
        return tuple(sorted(found.items()))

    def _meaning(self, value: Tree, fields: tuple[str, ...], place: Place) -> tuple[tuple[str, str], ...]:
        codes = {fields[0]: value} if isinstance(value, str) else value
        if not isinstance(codes, dict) or not codes:
            raise self._file.error(
                place, "a word stands for a code or a table of axes and codes.", f'Write {{ path = "prison" }}, or "{STATED_ONLY}".'
            )
        meaning: list[tuple[str, str]] = []
        for field, code in codes.items():
            if field not in fields:
                hint = f"Add '{field}' to the column's fields." if field in FIELD_HELP else f"Its fields are: {', '.join(fields)}."
                raise self._file.error(place, f"'{field}' is no field of this column.", hint)
            if not isinstance(code, str):
                raise self._file.error(place, f"{_show(code)} is no code.", "Write it in quotation marks.")
            self._check_code(field, code, place, words=True)
            meaning.append((field, code))
        return tuple(sorted(meaning))

    def _check_code(self, field: str, code: str, place: Place, words: bool = False) -> None:
        if code == UNKNOWN or (words and code == STATED_ONLY and is_axis(field)):
            return
        if not is_axis(field):
            raise self._file.error(place, f"words of '{field}' stand for no code.", 'Only "unknown" can be said of them.')
        axis = AXIS_BY_NAME[field]
        if axis.kind is AxisKind.OPEN:
            raise self._file.error(place, f"'{field}' takes words and no code.", f'Write "{STATED_ONLY}" or "unknown".')
        if axis.kind is AxisKind.PLACE:
            from cenotaph.reference import places

            try:
                places.get(code)
            except ValueFormatError as error:
                raise self._file.error(place, error.message, error.hint) from error
        elif axis.label(code) is None:
            codes = [c for c, _ in axis.codes]
            near = difflib.get_close_matches(code, codes, n=1)
            hint = f"Did you mean {near[0]}?" if near else f"Codes: {', '.join(codes)}, {STATED_ONLY}."
            raise self._file.error(place, f"'{field}' has no code '{code}'.", hint)


def _optional(value: Tree | None) -> str | None:
    return None if value is None else str(value)


def _texts(value: Tree | None) -> tuple[str, ...]:
    if value is None:
        return ()
    return tuple(str(item) for item in value) if isinstance(value, list) else (str(value),)


def _show(value: object) -> str:
    return repr(value)[:60]


__all__ = ["MappingError", "check_mapping", "load_mapping", "parse_mapping"]
