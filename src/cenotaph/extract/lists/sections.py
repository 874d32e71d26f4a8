"""Checking one section of a mapping: its keys, their forms, and the codes that it names."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

from cenotaph.domain.axes import AXIS_BY_NAME, UNKNOWN, AxisKind
from cenotaph.domain.dates import PartialDate
from cenotaph.domain.errors import CenotaphError, ValueFormatError
from cenotaph.extract.lists.fields import is_axis
from cenotaph.extract.lists.keys import KEYS_OF, STATED_ONLY, Form, Key
from cenotaph.reference.rule_files import Place, RuleFile, Tree

DOCS = "See docs/reference/mapping.md."
_LANGUAGE = re.compile(r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?(-[A-Za-z0-9]{2,8})*$")


class SectionChecks:
    """What the checks of all sections share.

    Parameters
    ----------
    file
        The mapping's file, which names places in errors.
    """

    def __init__(self, file: RuleFile) -> None:
        self.file = file

    def table(self, value: Tree, place: Place) -> dict[str, Tree]:
        """Return a value that must be a section."""
        if not isinstance(value, dict):
            raise self.file.error(place, "this is a section of keys.", DOCS)
        return value

    def refuse_unknown(self, tree: Iterable[str], known: Iterable[str], place: Place) -> None:
        """Refuse keys that are not known, with the nearest that are."""
        names = list(known)
        for key in tree:
            if key not in names:
                near = difflib.get_close_matches(key, names, n=2, cutoff=0.5)
                hint = f"Did you mean {' or '.join(near)}?" if near else f"Keys are: {', '.join(names)}."
                raise self.file.error((*place, key), "there is no such key.", hint)

    def values(self, tree: dict[str, Tree], section: str, place: Place) -> dict[str, Tree]:
        """Check the keys of one section and their forms; return what is said."""
        keys = KEYS_OF[section]
        self.refuse_unknown(tree, keys, place)
        for name, key in keys.items():
            if name in tree:
                tree = {**tree, name: self.value(tree[name], key, (*place, name))}
            elif key.required:
                where = (*place, name)
                raise self.file.error(
                    where,
                    "this key is missing.",
                    f"{key.help} Write {name} = {key.example}." if key.example else key.help,
                )
        return tree

    def value(self, value: Tree, key: Key, place: Place) -> Tree:
        """Check one value against its key's form."""
        match key.form:
            case Form.TEXT | Form.DATE:
                if (
                    isinstance(value, bool)
                    or not isinstance(value, str | int)
                    or (isinstance(value, str) and not value.strip(" "))
                ):
                    raise self.file.error(place, f"{show(value)} is no text.", f"Write {key.name} = {key.example}.")
                value = str(value)
                if key.choices and value not in key.choices:
                    near = difflib.get_close_matches(value, key.choices, n=1)
                    hint = f"Did you mean {near[0]}?" if near else f"It takes: {', '.join(key.choices)}."
                    raise self.file.error(place, f"there is no '{value}'.", hint)
            case Form.TEXTS:
                items = value if isinstance(value, list) else [value]
                if not items or not all(isinstance(item, str) and item.strip() for item in items):
                    raise self.file.error(
                        place,
                        f"{show(value)} is neither a text nor a list of texts.",
                        f"Write {key.name} = {key.example}.",
                    )
            case Form.FLAG:
                if not isinstance(value, bool):
                    raise self.file.error(
                        place, f"{show(value)} is neither true nor false.", f"Write {key.name} = true or false."
                    )
            case Form.WHOLE:
                if isinstance(value, bool) or not isinstance(value, int):
                    raise self.file.error(
                        place, f"{show(value)} is no whole number.", f"Write {key.name} = {key.example}."
                    )
            case Form.TABLE:
                self.table(value, place)
        return value

    def date(self, value: Tree, place: Place) -> PartialDate:
        """Return a value that must be a date in EDTF."""
        try:
            return PartialDate.from_edtf(str(value))
        except CenotaphError as error:
            raise self.file.error(place, error.message, error.hint) from error

    def check_language(self, value: Tree | None, place: Place) -> None:
        """Refuse what is no language as BCP 47 writes it."""
        if value is not None and not _LANGUAGE.match(str(value)):
            raise self.file.error(
                place, f"'{value}' is no language as BCP 47 writes it.", "Write ru, ar, fa, en, uz-Latn ..."
            )

    def check_code(self, field: str, code: str, place: Place, words: bool = False) -> None:
        """Refuse a code that a field does not have; ``words`` allows those that stand for no code."""
        if code == UNKNOWN or (words and code == STATED_ONLY and is_axis(field)):
            return
        if not is_axis(field):
            raise self.file.error(
                place, f"words of '{field}' stand for no code.", 'Only "unknown" can be said of them.'
            )
        axis = AXIS_BY_NAME[field]
        if axis.kind is AxisKind.OPEN:
            raise self.file.error(
                place, f"'{field}' takes words and no code.", f'Write "{STATED_ONLY}" or "unknown".'
            )
        if axis.kind is AxisKind.PLACE:
            from cenotaph.reference import places

            try:
                places.get(code)
            except ValueFormatError as error:
                raise self.file.error(place, error.message, error.hint) from error
        elif axis.label(code) is None:
            codes = [c for c, _ in axis.codes]
            near = difflib.get_close_matches(code, codes, n=1)
            hint = f"Did you mean {near[0]}?" if near else f"Codes: {', '.join(codes)}, {STATED_ONLY}."
            raise self.file.error(place, f"'{field}' has no code '{code}'.", hint)


def optional(value: Tree | None) -> str | None:
    """Return a value as text, None where it is not said."""
    return None if value is None else str(value)


def texts(value: Tree | None) -> tuple[str, ...]:
    """Return a text or a list of texts as texts."""
    if value is None:
        return ()
    return tuple(str(item) for item in value) if isinstance(value, list) else (str(value),)


def show(value: object) -> str:
    """Return a value as errors show it: escaped and short."""
    return repr(value)[:60]
