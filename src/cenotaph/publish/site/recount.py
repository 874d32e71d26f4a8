"""Counting a release again before its site is built: the release's own check, without the copies in other formats.

Hashes say only that files are those that somebody summed up. What stands on pages is counted again from members by the rules of
the script that every release carries, over people who are alike together; where anything differs the script itself says what.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import redirect_stdout
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import Any, cast

from cenotaph.domain.errors import DamagedFileError
from cenotaph.publish.release_files import VERIFY

_CHECKS = ("check_figures", "check_unnamed", "check_beside")
_UNREADABLE = (OSError, ValueError, KeyError, TypeError, IndexError, csv.Error)
Alike = list[tuple[dict[str, str], int]]


@cache
def _load_script() -> dict[str, Any]:
    """Return the names of the script; this program's own one, never the folder's."""
    names: dict[str, Any] = {"__name__": "verify", "__file__": str(VERIFY)}
    exec(compile(VERIFY.read_text(encoding="utf-8"), str(VERIFY), "exec"), names)
    return names


def check_counted(folder: Path) -> None:
    """Check that a release's tables can be read and that its numbers follow from its members.

    Raises
    ------
    DamagedFileError
        They do not; the message is that of `release verify`.
    """
    try:
        wrong = next(_find_doubts(folder), "")
    except _UNREADABLE as error:
        wrong = str(error)[:300]
    if not wrong:
        return
    problems = find_wrong(folder) or [wrong]
    more = f"; {len(problems) - 1} more things are wrong" if len(problems) > 1 else ""
    raise DamagedFileError(f"{folder}: {problems[0]}{more}.", "Run `cenotaph release verify` on it.")


def find_wrong(folder: Path) -> list[str]:
    """Return what the script finds wrong with a release's tables, figures, places and numbers beside claims."""
    script = _load_script()
    say = cast(Callable[[Exception], str], script["say"])
    try:
        with redirect_stdout(io.StringIO()):
            for path in sorted((folder / "data").glob("*.csv")):
                script["cells"](path)
            return [problem for name in _CHECKS for problem in script[name](folder)]
    except _UNREADABLE as error:
        return [say(error)]


def _find_doubts(folder: Path) -> Iterator[str]:
    """Yield where a table has no even rows, and each number that members do not give."""
    script = _load_script()
    kept: dict[str, list[list[str]]] = {}
    for path in sorted((folder / "data").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            reader = csv.reader(stream)
            width = len(head := next(reader))
            if path.stem in ("persons", "members"):
                kept[path.stem] = [head, *reader]
                even = set(map(len, kept[path.stem])) == {width}
            else:
                even = set(map(len, reader)) <= {width}
        if not even:
            yield f"data/{path.name}: its rows are not as long as its head"
            return
    head, *persons = kept["persons"]
    by_id = {row[0]: row for row in persons}
    figure_at, person_at = kept["members"][0].index("figure"), kept["members"][0].index("person")
    members: dict[str, list[str]] = {}
    for row in kept["members"][1:]:
        members.setdefault(row[figure_at], []).append(row[person_at])
    if head[0] != "id" or len(by_id) != len(persons) or not by_id.keys() >= {p for own in members.values() for p in own}:
        yield "data/members.csv: names people who are not among the persons"
        return
    rows = {name: [by_id[person] for person in own] for name, own in members.items()}
    yield from _find_other_figures(folder, script, head, members, rows)
    yield from _find_other_beside(folder, script, head, rows)
    with redirect_stdout(io.StringIO()):
        problems = list(script["check_unnamed"](folder))
    yield from problems


def _find_other_figures(
    folder: Path,
    script: Mapping[str, Any],
    head: Sequence[str],
    members: Mapping[str, Sequence[str]],
    rows: Mapping[str, Sequence[Sequence[str]]],
) -> Iterator[str]:
    """Yield figures that are not what their members give."""
    cells: dict[str, dict[str, int]] = {}
    for row in script["read"](folder, "cells"):
        cells.setdefault(row["figure"], {})[row["key"]] = int(row["at_least"])
    figures = script["read"](folder, "figures")
    if (members.keys() | cells.keys()) - {row["figure"] for row in figures}:
        yield "data/figures.csv: a figure that has members or cells is not in it"
    for row in figures:
        name, definition, people = row["figure"], json.loads(row["definition"]), members.get(row["figure"], ())
        columns = {"withheld", "fate", "grade", *definition["where"], *definition["by"]}
        columns |= {"death"} if definition["series"] == "death" else {"since"} if definition["series"] == "recorded" else set()
        alike = _gather_alike(script, head, rows.get(name, ()), columns)
        withheld = sum(number for person, number in alike if person["withheld"])
        fits = len(set(people)) == len(people) == int(row["at_least"]) and withheld == int(row["withheld"])
        if not fits or any(True for person, _ in alike for _ in script["check_member"](person, definition)):
            yield f"figure {name}: is not what its members give"
        counted: Counter[str] = Counter()
        if definition["by"] or definition["series"] != "none":
            for person, number in alike:
                counted[script["cell_of"](person, definition)] += number
            if counted != cells.get(name, {}):
                yield f"figure {name}: its breakdown is not what its members give"


def _find_other_beside(
    folder: Path, script: Mapping[str, Any], head: Sequence[str], rows: Mapping[str, Sequence[Sequence[str]]]
) -> Iterator[str]:
    """Yield numbers beside claims that are not what members give."""
    dated = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["created"][:10]
    if not (folder / "data" / "beside.csv").is_file():
        return
    claims = {(row["claim"], row["document"]) for row in script["read"](folder, "claims")}
    known: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for row in script["read"](folder, "beside"):
        at = row["figure"], row["where"]
        if at not in known:
            where = json.loads(row["where"] or "{}")
            alike = _gather_alike(script, head, rows.get(row["figure"], ()), {"withheld", "fate", "death", *where})
            fitting = ((p, n) for p, n in alike if all(script["key_of"](p, axis) == key for axis, key in where.items()))
            known[at] = [(person.get("death", ""), number) for person, number in fitting]
        told: Counter[bool | None] = Counter()
        for death, number in known[at] if row["until"] else ():
            told[script["died_by"](death, row["until"], dated)] += number
        counted = [str(sum(n for _, n in known[at])), *(str(told[answer]) if row["until"] else "" for answer in (True, None))]
        if counted != [row["documented"], row["by_then"], row["undated"]] or (row["claim"], row["document"]) not in claims:
            yield f"beside {row['claim']}: is not what the members give"


def _gather_alike(script: Mapping[str, Any], head: Sequence[str], rows: Sequence[Sequence[str]], columns: set[str]) -> Alike:
    """Return people who are the same in some columns, with how many they are; columns that a release lacks are left out."""
    places = [at for at, name in enumerate(head) if name in columns]
    found = Counter(map(itemgetter(*places), rows))  # Two columns at least, so that each key is a tuple.
    names = [head[at] for at in places]
    return [({n: script["rearm"](cell) for n, cell in zip(names, key, strict=True)}, number) for key, number in found.items()]
