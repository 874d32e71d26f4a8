"""Which columns of a file a mapping's columns are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cenotaph.extract.lists.keys import NAME_KINDS
from cenotaph.extract.lists.mapping import Column, Mapping
from cenotaph.extract.lists.words import fold_word


@dataclass(frozen=True, slots=True)
class Found:
    """A column of the mapping with its place in a file."""

    at: int
    header: str
    column: Column


def match_columns(mapping: Mapping, header: Sequence[str]) -> tuple[list[Found], list[Column]]:
    """Return the mapping's columns that a file has, in the mapping's order, and those that it lacks."""
    places: dict[str, int] = {}
    for at, name in enumerate(header):
        places.setdefault(fold_word(name), at)
    found: list[Found] = []
    absent: list[Column] = []
    for column in mapping.columns:
        at_ = next((places[name] for name in column.headers if name in places), None)
        if at_ is None:
            absent.append(column)
        else:
            found.append(Found(at_, header[at_], column))
    return found, absent


def find_key(mapping: Mapping, header: Sequence[str], found: Sequence[Found]) -> tuple[int, ...]:
    """Return the places of the key's columns, or nothing where the file lacks one of them."""
    places = {fold_word(name): at for at, name in reversed(list(enumerate(header)))}
    for item in found:
        places.update(dict.fromkeys(item.column.headers, item.at))
    wanted = [fold_word(name) for name in mapping.key]
    return tuple(places[name] for name in wanted) if all(name in places for name in wanted) else ()


def quote_columns(mapping: Mapping, header: Sequence[str], field: str) -> tuple[str, ...]:
    """Return the columns of a file, by their names in it, that a field of a report was read from."""
    found, _ = match_columns(mapping, header)
    wanted = set(NAME_KINDS) if field == "name" else {field}
    return tuple(item.header for item in found if not wanted.isdisjoint(item.column.fields))
