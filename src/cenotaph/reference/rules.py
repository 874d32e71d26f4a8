"""Reading files of rules strictly: every value checked, every mistake named with its line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import NoReturn, TypeVar

from cenotaph.reference.rule_files import Place, RuleFile, Tree

_E = TypeVar("_E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Rules:
    """A file of rules that is read table by table."""

    file: RuleFile

    def refuse(self, place: Place, problem: str, hint: str) -> NoReturn:
        """Raise the error that names file, line and key."""
        raise self.file.error(place, problem, hint)

    def table(self, name: str, keys: Iterable[str], *, required: bool = False) -> dict[str, Tree]:
        """Return a table that has no other keys than these; an absent one is empty."""
        found = self.file.tree.get(name, {})
        if required and name not in self.file.tree:
            self.refuse((), f"the table [{name}] is missing.", f"Write [{name}] with {', '.join(keys)}.")
        if not isinstance(found, dict):
            self.refuse((name,), "it is no table.", f"Write [{name}].")
        self.known(found, keys, (name,))
        return found

    def tables(self, name: str, keys: Iterable[str]) -> list[dict[str, Tree]]:
        """Return the tables of an array, each with no other keys than these."""
        found = self.file.tree.get(name, [])
        if not isinstance(found, list):
            self.refuse((name,), "it is no list of tables.", f"Write [[{name}]].")
        checked: list[dict[str, Tree]] = []
        for at, item in enumerate(found):
            if not isinstance(item, dict):
                self.refuse((name, at), "it is no table.", f"Write [[{name}]].")
            self.known(item, keys, (name, at))
            checked.append(item)
        return checked

    def known(self, table: dict[str, Tree], keys: Iterable[str], place: Place) -> None:
        """Refuse a key that there is not."""
        names = tuple(keys)
        for key in table:
            if key not in names:
                near = get_close_matches(key, names, n=1)
                hint = f"Did you mean {near[0]}?" if near else f"Keys are: {', '.join(names)}."
                self.refuse((*place, key), "there is no such key.", hint)

    def text(self, table: dict[str, Tree], key: str, place: Place, default: str | None = None) -> str:
        """Return a text that is not empty."""
        value = table.get(key, default)
        if not isinstance(value, str) or (not value.strip() and default is None):
            self.refuse((*place, key), "it has no text.", f'Write {key} = "...".')
        return value

    def number(self, table: dict[str, Tree], key: str, place: Place, default: int, least: int = 1) -> int:
        """Return a whole number that is not too small."""
        value = table.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            self.refuse((*place, key), f"{value!r} is no whole number from {least}.", f"Write {key} = {default}.")
        return value

    def texts(self, table: dict[str, Tree], key: str, place: Place) -> tuple[str, ...]:
        """Return a list of texts, none of them twice."""
        value = table.get(key, [])
        items = [value] if isinstance(value, str) else value
        if not isinstance(items, list) or not all(isinstance(item, str) and item.strip() for item in items):
            self.refuse((*place, key), "it is no list of words.", f'Write {key} = ["...", "..."].')
        words = tuple(str(item) for item in items)
        if twice := next((word for word in words if words.count(word) > 1), None):
            self.refuse((*place, key), f"'{twice}' stands twice.", "Name each once.")
        return words

    def members(self, table: dict[str, Tree], key: str, place: Place, kind: type[_E]) -> tuple[_E, ...]:
        """Return a list of members of an enumeration."""
        return tuple(self.member(word, (*place, key), kind) for word in self.texts(table, key, place))

    def member(self, word: object, place: Place, kind: type[_E], only: Sequence[_E] = ()) -> _E:
        """Return the member that a word names."""
        allowed = [member.value for member in only or kind]
        if not (isinstance(word, str) and word in allowed):
            near = get_close_matches(str(word), allowed, n=1)
            hint = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(allowed)}."
            self.refuse(place, f"'{str(word)[:60]}' is none of what may stand here.", hint)
        return kind(word)
