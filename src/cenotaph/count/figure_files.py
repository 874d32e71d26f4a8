"""Files of figures: definitions checked strictly, a mistake named with its line."""

from __future__ import annotations

import re
from pathlib import Path

from cenotaph.count.figures import FigureDefinition, Series
from cenotaph.count.incidents import counts_places
from cenotaph.domain.axes import AXIS_BY_NAME
from cenotaph.domain.standing import Fate, Grade, Review
from cenotaph.reference.axis_keys import check_key
from cenotaph.reference.rule_files import Place, RuleFile, Tree, parse_rule_file, read_rule_file
from cenotaph.reference.rules import Rules

FIGURES_SCHEMA = 1
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_KEYS = ("id", "title", "text", "fates", "grades", "reviews", "scope", "where", "by", "series", "claims", "unnamed")


def load_figures(path: Path) -> tuple[FigureDefinition, ...]:
    """Read a file of figures.

    Raises
    ------
    MappingError
        It is wrong; the message names the line and the key.
    """
    return read_figures(read_rule_file(path))


def parse_figures(text: str, name: str = "the figures") -> tuple[FigureDefinition, ...]:
    """Read the TOML of figures."""
    return read_figures(parse_rule_file(text, "toml", name))


def read_figures(file: RuleFile) -> tuple[FigureDefinition, ...]:
    """Check a parsed file of figures and return them in its order."""
    rules = Rules(file)
    rules.known(file.tree, ("schema", "figure"), ())
    if file.tree.get("schema") != FIGURES_SCHEMA:
        rules.refuse(("schema",), f"these are no figures of version {FIGURES_SCHEMA}.", f"Write schema = {FIGURES_SCHEMA}.")
    found: dict[str, FigureDefinition] = {}
    for at, item in enumerate(rules.tables("figure", _KEYS)):
        definition = _read_figure(rules, item, ("figure", at))
        if definition.id in found:
            rules.refuse(("figure", at, "id"), f"'{definition.id}' stands twice.", "A figure's id is its own.")
        found[definition.id] = definition
    if not found:
        rules.refuse((), "it defines no figure.", "Write [[figure]].")
    return tuple(found.values())


def _read_figure(rules: Rules, table: dict[str, Tree], place: Place) -> FigureDefinition:
    identifier = rules.text(table, "id", place)
    if not _ID.fullmatch(identifier):
        rules.refuse((*place, "id"), f"'{identifier[:60]}' is no id.", "Write lower-case letters, digits and hyphens.")
    by = rules.texts(table, "by", place)
    where = table.get("where", {})
    if not isinstance(where, dict):
        rules.refuse((*place, "where"), "it is no table.", 'Write where = { path = ["prison"] }.')
    for axis in (*by, *where):
        if axis not in AXIS_BY_NAME:
            key = "by" if axis in by else "where"
            rules.refuse((*place, key), f"there is no axis '{axis[:60]}'.", f"Axes are: {', '.join(AXIS_BY_NAME)}.")
    for key in ("fates", "grades", "reviews", "scope"):
        if table.get(key) == []:
            rules.refuse((*place, key), "an empty list would count nobody.", f"Leave {key} away, or name what counts.")
    keys = {axis: _read_keys(rules, where, axis, (*place, "where")) for axis in where}
    scope = rules.texts(table, "scope", place) or ("in",)
    for word in scope:
        if word not in ("in", "out", "not_known"):
            rules.refuse((*place, "scope"), f"'{word[:40]}' is no verdict of a scope.", "There are: in, out, not_known.")
    fates = rules.members(table, "fates", place, Fate) or (Fate.DEAD,)
    if len(fates) > 1 and not set(fates) <= {Fate.DEAD, Fate.PRESUMED_DEAD}:
        others = ", ".join(fate.value for fate in fates)
        rules.refuse(
            (*place, "fates"),
            f"{others} are different things, which are never added together.",
            "Write a figure for each; dead and presumed_dead alone may be one.",
        )
    unnamed = table.get("unnamed", False)
    if not isinstance(unnamed, bool):
        rules.refuse((*place, "unnamed"), "it is neither true nor false.", "Write unnamed = true.")
    if unnamed and not counts_places(fates):
        rules.refuse((*place, "unnamed"), "unnamed places are of the dead.", 'Write fates = ["dead"], or leave it away.')
    return FigureDefinition(
        identifier,
        rules.text(table, "title", place),
        rules.text(table, "text", place, ""),
        fates,
        rules.members(table, "grades", place, Grade) or tuple(Grade),
        rules.members(table, "reviews", place, Review) or (Review.OPEN,),
        scope,
        tuple(keys.items()),
        by,
        rules.member(table.get("series", "none"), (*place, "series"), Series),
        rules.texts(table, "claims", place),
        bool(unnamed),
    )


def _read_keys(rules: Rules, where: dict[str, Tree], axis: str, place: Place) -> tuple[str, ...]:
    keys = rules.texts(where, axis, place)
    if not keys:
        rules.refuse((*place, axis), "it names no key, so nobody could be in it.", "Name one, or take the condition out.")
    for key in keys:
        check_key(rules, axis, key, (*place, axis))
    return keys
