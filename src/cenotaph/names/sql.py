"""The levels at which two names' parts agree, as SQL.

The columns are those of :func:`cenotaph.names.columns.name_columns` and :func:`cenotaph.names.columns.tune_columns`.

The conditions use what DuckDB and Spark both have (``levenshtein``, ``length``, ``substr``, ``upper``, ``least``, ``instr``,
``replace``, ``coalesce``, ``nullif``, ``concat``) on ASCII columns, so both engines count the same edits. They are written as
Splink writes them, ``given_key_l`` and ``given_key_r``; :func:`qualify` writes ``l.given_key`` instead.
:mod:`cenotaph.names.comparing` decides by the same rules in Python, which a test holds it to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from cenotaph.names.vowels import vowels_rule


class Level(StrEnum):
    """How far two names, or two parts of names, agree."""

    EXACT = "exact"
    SAME_KEY = "same key"
    NEAR = "near"
    SWAPPED = "swapped"
    INITIALS = "initials"
    MISSING = "part missing"
    CONTRADICTING = "part contradicting"


PARTS = ("given", "father", "grandfather", "family")
FOLD_EDITS = 2
"""Folds of one key may differ by so many letters, which are vowels nearly always, and still be the same name."""
SHORTENED = "abd"
SHORTEST_NEAR, SHORTEST_NEAR_TWO = 4, 8
"""From how many letters on one edit, and two, make a near name."""


@dataclass(frozen=True, slots=True)
class LevelRule:
    """One level of one part.

    Parameters
    ----------
    level
        The level.
    condition
        SQL that is true for a pair at this level, if it was at none before.
    term_frequency
        The column whose values are common to different degrees at this level, or None.
    """

    level: Level
    condition: str
    term_frequency: str | None = None


def part_rules(part: str) -> tuple[LevelRule, ...]:
    """Return the levels of a part in the order in which they are tried; what is at none is contradicting.

    Parameters
    ----------
    part
        One of :data:`PARTS`.
    """
    letters, fold, key = (f"{part}_{layer}" for layer in ("letters", "fold", "key"))
    rules = []
    number = {"given": 1, "father": 2}.get(part)
    if number:
        one, other = (_initial(part, number, side) for side in "lr")
        absent = f"({key}_l IS NULL OR {key}_r IS NULL)"
        rules.append(LevelRule(Level.INITIALS, f"{absent} AND {one} = {other}"))
        rules.append(LevelRule(Level.CONTRADICTING, f"{absent} AND {one} <> {other}"))
    rules.append(LevelRule(Level.MISSING, f"{key}_l IS NULL OR {key}_r IS NULL"))
    rules.append(LevelRule(Level.EXACT, f"{letters}_l = {letters}_r OR {fold}_l = {fold}_r", letters))
    both_arabic = f"({letters}_l = upper({letters}_l) AND {letters}_r = upper({letters}_r))"
    folds_near = f"({fold}_l IS NULL OR {fold}_r IS NULL OR levenshtein({fold}_l, {fold}_r) <= {FOLD_EDITS}"
    across = f"({letters}_l = upper({letters}_l)) <> ({letters}_r = upper({letters}_r))"
    folds_near += f" AND {vowels_rule(part, across)})"
    same = f"{key}_l = {key}_r AND NOT {both_arabic} AND {folds_near}"
    if part == "given":
        same = f"({same}) OR given_formal_key_l = given_formal_key_r AND {key}_l <> {key}_r"
    rules.append(LevelRule(Level.SAME_KEY, same, key))
    if part in ("given", "family"):
        swapped = "given_key_l = family_key_r AND family_key_l = given_key_r"
        rules.append(LevelRule(Level.SWAPPED, swapped, key))
    near = f"{key}_l = {key}_r OR {_edits(letters, 1, SHORTEST_NEAR)} OR {_edits(letters, 2, SHORTEST_NEAR_TWO)}"
    near += f" OR ({across} AND {_edits(key, 1, SHORTEST_NEAR)})"
    if part != "family":  # Lists shorten Abdulkarim to Abd.
        for one, other in ("lr", "rl"):
            near += f" OR ({key}_{one} = '{SHORTENED}' AND substr({key}_{other}, 1, {len(SHORTENED)}) = '{SHORTENED}')"
    rules.append(LevelRule(Level.NEAR, near, key))
    if part == "father":  # A list that leaves the father out has the grandfather in his place: so have many strangers.
        rules.append(LevelRule(Level.NEAR, "father_key_l = grandfather_key_r OR grandfather_key_l = father_key_r"))
    return tuple(rules)


def _initial(part: str, number: int, side: str) -> str:
    initial = f"coalesce(substr({part}_fold_{side}, 1, 1), nullif(substr(initials_{side}, {number}, 1), '_'))"
    return f"replace({initial}, 'j', 'd')"  # Дж. is printed Д.


def _edits(column: str, most: int, shortest: int) -> str:
    left, right = f"{column}_l", f"{column}_r"
    return f"(levenshtein({left}, {right}) <= {most} AND least(length({left}), length({right})) >= {shortest})"


def level_case(part: str) -> str:
    """Return an SQL expression whose value is a part's :class:`Level`."""
    whens = " ".join(f"WHEN {rule.condition} THEN '{rule.level}'" for rule in part_rules(part))
    return f"CASE {whens} ELSE '{Level.CONTRADICTING}' END"


def qualify(sql: str, left: str = "l", right: str = "r") -> str:
    """Return SQL with ``given_key_l`` written as ``l.given_key``, for joins outside Splink."""
    columns = r"\b((?:given|father|grandfather|family)_(?:letters|fold|key|formal_key|tune|stem|others)|initials)_([lr])\b"
    return re.sub(columns, lambda found: f"{left if found[2] == 'l' else right}.{found[1]}", sql)
