"""Checking the columns of a mapping."""

from __future__ import annotations

import difflib

from cenotaph.domain.axes import is_place
from cenotaph.domain.reports import DATE_FIELDS
from cenotaph.extract.lists.fields import FIELD_HELP, NAME_KINDS
from cenotaph.extract.lists.keys import STATED_ONLY
from cenotaph.extract.lists.mapping import Column
from cenotaph.extract.lists.sections import SectionChecks, optional, show, texts
from cenotaph.extract.lists.words import fold_word
from cenotaph.reference.rule_files import Place, Tree


class ColumnChecks(SectionChecks):
    """Checks columns and their words."""

    def columns(self, value: Tree) -> tuple[Column, ...]:
        """Return the columns that a mapping reads."""
        if not isinstance(value, list) or not value:
            raise self.file.error(
                ("column",), "the mapping reads no column.", "Write [[column]] sections with name and fields."
            )
        columns = tuple(self._column(item, ("column", at)) for at, item in enumerate(value))
        seen: dict[str, str] = {}
        for at, column in enumerate(columns):
            for header in column.headers:
                if header in seen:
                    raise self.file.error(
                        ("column", at),
                        f"the column '{column.name}' is described twice.",
                        "Give it several fields instead.",
                    )
                seen[header] = column.name
        return columns

    def _column(self, value: Tree, place: Place) -> Column:
        said = self.values(self.table(value, place), "column", place)
        fields = texts(said.get("fields"))
        left_alone = [key for key in ("ignore", "secret") if said.get(key)]
        if (left_alone and len(said) > 2 + ("names" in said)) or len(left_alone) > 1:
            raise self.file.error(
                place, f"a column with {left_alone[0]} = true has no other keys but names.", "Take them away."
            )
        if not left_alone and not fields:
            raise self.file.error(
                place, "it says neither fields nor ignore.", f"Fields are: {', '.join(FIELD_HELP)}."
            )
        for field in fields:
            if field not in FIELD_HELP:
                near = difflib.get_close_matches(field, FIELD_HELP, n=2, cutoff=0.5)
                hint = f"Did you mean {' or '.join(near)}?" if near else f"Fields are: {', '.join(FIELD_HELP)}."
                raise self.file.error((*place, "fields"), f"there is no field '{field}'.", hint)
        if len(set(fields)) != len(fields):
            raise self.file.error((*place, "fields"), "a field stands twice.", "Name each once.")
        self.check_language(said.get("language"), (*place, "language"))
        self._check_use(said, fields, place)
        return Column(
            name=str(said["name"]),
            names=texts(said.get("names")),
            fields=fields,
            language=optional(said.get("language")),
            script=optional(said.get("script")),
            words=self._words(self.table(said.get("words", {}), (*place, "words")), fields, (*place, "words")),
            places=said.get("places") is True,
            separator=optional(said.get("separator")),
            calendar=optional(said.get("calendar")),
            order=optional(said.get("order")),
            pivot=self._pivot(said.get("pivot"), (*place, "pivot")),
            ignore=said.get("ignore") is True,
            secret=said.get("secret") is True,
        )

    def _pivot(self, value: Tree | None, place: Place) -> int | None:
        if value is None or (isinstance(value, int) and 1000 <= value <= 2999):
            return value
        raise self.file.error(
            place,
            f"{show(value)} is no year of four digits.",
            "Write pivot = 2025: 25 is then 2025, and 26 is 1926.",
        )

    def _check_use(self, said: dict[str, Tree], fields: tuple[str, ...], place: Place) -> None:
        """Refuse a key that would do nothing with these fields."""
        dated = any(field in DATE_FIELDS for field in fields)
        for key, used, needs in (
            (
                "places",
                any(map(is_place, fields)),
                "a place: nationality, origin, birthplace, residence or death_place",
            ),
            ("calendar", dated, "a date"),
            ("order", dated, "a date"),
            ("pivot", dated, "a date"),
            ("script", any(field in NAME_KINDS for field in fields), "a name"),
        ):
            if key in said and said[key] is not False and not used:
                raise self.file.error((*place, key), f"it does nothing where no field is {needs}.", "Take it away.")

    def _words(
        self, tree: dict[str, Tree], fields: tuple[str, ...], place: Place
    ) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
        found: dict[str, tuple[tuple[str, str], ...]] = {}
        for word, value in tree.items():
            where = (*place, word)
            folded = fold_word(word)
            if not folded:
                raise self.file.error(where, "an empty word is no word.", "An empty cell says nothing by itself.")
            if folded in found:
                raise self.file.error(
                    where, "the word stands twice, but for case, ё/е or white space.", "Take one away."
                )
            found[folded] = self._meaning(value, fields, where)
        return tuple(sorted(found.items()))

    def _meaning(self, value: Tree, fields: tuple[str, ...], place: Place) -> tuple[tuple[str, str], ...]:
        codes = {fields[0]: value} if isinstance(value, str) else value
        if not isinstance(codes, dict) or not codes:
            raise self.file.error(
                place,
                "a word stands for a code or a table of axes and codes.",
                f'Write {{ path = "prison" }}, or "{STATED_ONLY}".',
            )
        meaning: list[tuple[str, str]] = []
        for field, code in codes.items():
            if field not in fields:
                hint = (
                    f"Add '{field}' to the column's fields."
                    if field in FIELD_HELP
                    else f"Its fields are: {', '.join(fields)}."
                )
                raise self.file.error(place, f"'{field}' is no field of this column.", hint)
            if not isinstance(code, str):
                raise self.file.error(place, f"{show(code)} is no code.", "Write it in quotation marks.")
            self.check_code(field, code, place, words=True)
            meaning.append((field, code))
        return tuple(sorted(meaning))
