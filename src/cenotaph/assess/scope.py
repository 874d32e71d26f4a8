"""A scope: the file that says which deaths count. What is out of scope is counted apart, never rejected."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from cenotaph.domain.axes import AXIS_BY_NAME
from cenotaph.domain.canonical import JsonValue, canonical_json, content_id
from cenotaph.domain.dates import PartialDate
from cenotaph.domain.errors import DateFormatError, NotFoundError
from cenotaph.reference.axis_keys import check_key
from cenotaph.reference.rule_files import Place, RuleFile, Tree, parse_rule_file, read_rule_file
from cenotaph.reference.rules import Rules

SCOPE_SCHEMA = 1
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


class Verdict(StrEnum):
    """Whether a person is in a scope."""

    IN = "in"
    OUT = "out"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that a scope asks.

    Parameters
    ----------
    axis
        The axis that it looks at.
    only, without
        Keys (codes, or words as stated where there is no code) that alone are in scope, or that are out of it.
    unknown
        What somebody is of whom the axis is not known.
    words
        The condition as a reader sees it.
    """

    axis: str
    only: frozenset[str]
    without: frozenset[str]
    unknown: Verdict
    words: str

    def judge(self, keys: frozenset[str]) -> Verdict:
        """Return the verdict on somebody with these keys on the axis; several stand where reports differ."""
        if not keys:
            return self.unknown
        inside = [key for key in keys if (not self.only or key in self.only) and key not in self.without]
        if len(inside) == len(keys):
            return Verdict.IN
        return Verdict.NOT_KNOWN if inside else Verdict.OUT


@dataclass(frozen=True, slots=True)
class Scope:
    """Which deaths count.

    Parameters
    ----------
    id, title, text
        What it is called, and what a reader should know of it.
    died_from, died_before
        Days between which a death counts; None for no bound.
    undated
        What a death is of which no day is known.
    conditions
        What else is asked; all of them must hold.
    """

    id: str
    title: str
    text: str
    died_from: date | None
    died_before: date | None
    undated: Verdict
    conditions: tuple[Condition, ...]

    def judge(self, keys: Mapping[str, frozenset[str]], death: tuple[date | None, date | None]) -> tuple[Verdict, str]:
        """Return whether somebody is in scope, and the condition that says so.

        Parameters
        ----------
        keys
            Keys on each axis.
        death
            The half-open interval of days in which they died.
        """
        unsure = ""
        verdict, words = self._judge_death(death)
        if verdict is Verdict.OUT:
            return verdict, words
        if verdict is Verdict.NOT_KNOWN:
            unsure = words
        for condition in self.conditions:
            verdict = condition.judge(keys.get(condition.axis, frozenset()))
            if verdict is Verdict.OUT:
                return verdict, condition.words
            if verdict is Verdict.NOT_KNOWN and not unsure:
                unsure = condition.words
        return (Verdict.NOT_KNOWN, unsure) if unsure else (Verdict.IN, "")

    def _judge_death(self, death: tuple[date | None, date | None]) -> tuple[Verdict, str]:
        if self.died_from is None and self.died_before is None:
            return Verdict.IN, ""
        start, end = death
        words = f"died from {self.died_from or 'the beginning'} and before {self.died_before or 'now'}"
        if start is None and end is None:
            return self.undated, words
        if (end is not None and self.died_from is not None and end <= self.died_from) or (
            start is not None and self.died_before is not None and start >= self.died_before
        ):
            return Verdict.OUT, words
        inside = (self.died_from is None or (start is not None and start >= self.died_from)) and (
            self.died_before is None or (end is not None and end <= self.died_before)
        )
        return (Verdict.IN if inside else Verdict.NOT_KNOWN), words

    def record(self) -> dict[str, JsonValue]:
        """Return what the scope says, as canonical JSON can hold it."""
        return {
            "schema": SCOPE_SCHEMA,
            "id": self.id,
            "title": self.title,
            "text": self.text,
            "died_from": self.died_from.isoformat() if self.died_from else None,
            "died_before": self.died_before.isoformat() if self.died_before else None,
            "undated": self.undated.value,
            "conditions": [
                {
                    "axis": c.axis,
                    "only": sorted(c.only),
                    "without": sorted(c.without),
                    "unknown": c.unknown.value,
                    "words": c.words,
                }
                for c in self.conditions
            ],
        }

    def version(self) -> str:
        """Return the id of exactly this scope."""
        return content_id("scope", canonical_json(self.record()))


def load_scope(path: Path) -> Scope:
    """Read a scope's file.

    Raises
    ------
    NotFoundError, MappingError
        There is no such file, or it is wrong; the message names the line and the key.
    """
    if not path.is_file():
        raise NotFoundError(f"There is no file {path}.", "Name a scope's file; docs/how-to/assess.md shows one.")
    return read_scope(read_rule_file(path))


def parse_scope(text: str, name: str = "the scope") -> Scope:
    """Read a scope's TOML."""
    return read_scope(parse_rule_file(text, "toml", name))


def recorded_scope(record: Mapping[str, JsonValue]) -> Scope:
    """Return the scope that :meth:`Scope.record` wrote down.

    Raises
    ------
    MappingError
        The record is of no scope that this version can read.
    """
    tree: Any = {name: record[name] for name in ("schema", "id", "title", "text")}
    bounds = {"from": record["died_from"], "before": record["died_before"], "undated": record["undated"]}
    tree["time"] = {name: bound for name, bound in bounds.items() if bound is not None}
    conditions: Any = record["conditions"]
    tree["condition"] = [{name: value for name, value in condition.items() if value} for condition in conditions]
    return read_scope(RuleFile("the scope in the record", tree))


_TOP = ("schema", "id", "title", "text", "time", "condition")
_CONDITION = ("axis", "only", "without", "unknown", "words")


def read_scope(file: RuleFile) -> Scope:
    """Check a parsed scope and return it."""
    rules = Rules(file)
    top = file.tree
    rules.known(top, _TOP, ())
    if top.get("schema") != SCOPE_SCHEMA:
        rules.refuse(("schema",), f"this is no scope of version {SCOPE_SCHEMA}.", f"Write schema = {SCOPE_SCHEMA}.")
    identifier = rules.text(top, "id", ())
    if not _ID.fullmatch(identifier):
        rules.refuse(("id",), f"'{identifier[:60]}' is no id.", "Write lower-case letters, digits and hyphens.")
    time = rules.table("time", ("from", "before", "undated"))
    start, end = _read_day(rules, time, "from"), _read_day(rules, time, "before")
    if start and end and start >= end:
        rules.refuse(("time", "before"), f"{end} is not after {start}.", "Give a later day.")
    return Scope(
        identifier,
        rules.text(top, "title", ()),
        rules.text(top, "text", (), ""),
        start,
        end,
        rules.member(time.get("undated", "not_known"), ("time", "undated"), Verdict),
        tuple(_read_condition(rules, item, ("condition", at)) for at, item in enumerate(rules.tables("condition", _CONDITION))),
    )


def _read_day(rules: Rules, table: dict[str, Tree], key: str) -> date | None:
    value = table.get(key)
    if value is None:
        return None
    try:
        day = PartialDate.from_edtf(str(value)).start
    except DateFormatError:
        day = None
    if day is None:
        rules.refuse(("time", key), f"'{str(value)[:40]}' is no day.", f'Write {key} = "2022-02-24".')
    return day


def _read_condition(rules: Rules, table: dict[str, Tree], place: Place) -> Condition:
    axis = rules.text(table, "axis", place)
    if axis not in AXIS_BY_NAME:
        rules.refuse((*place, "axis"), f"there is no axis '{axis[:60]}'.", f"Axes are: {', '.join(AXIS_BY_NAME)}.")
    only, without = rules.texts(table, "only", place), rules.texts(table, "without", place)
    if bool(only) == bool(without):
        rules.refuse(place, "a condition has either 'only' or 'without'.", 'Write without = ["RU"], for example.')
    for key in (*only, *without):
        check_key(rules, axis, key, (*place, "only" if only else "without"))
    unknown = rules.member(table.get("unknown", "not_known"), (*place, "unknown"), Verdict)
    words = rules.text(table, "words", place)
    return Condition(axis, frozenset(only), frozenset(without), unknown, words)
