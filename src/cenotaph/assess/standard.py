"""A standard: the file of rules by which evidence gives a grade."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from cenotaph.domain.canonical import JsonValue, content_id
from cenotaph.domain.errors import NotFoundError
from cenotaph.domain.evidence import Event
from cenotaph.domain.reports import VALUE_FIELDS
from cenotaph.domain.sources import SourceKind
from cenotaph.reference.rule_files import RuleFile, parse_rule_file, read_rule_file
from cenotaph.reference.rules import Rules

STANDARD_SCHEMA = 1
FOLDER = Path(__file__).parent / "data" / "standards"
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


class Effect(StrEnum):
    """What an event does to a fate."""

    CONFIRMS = "confirms"
    CORROBORATES = "corroborates"
    PRESUMES = "presumes"  # the fate is presumed dead
    NOTHING = "nothing"


class Answer(StrEnum):
    """What a sign of life, or reports that contradict each other, do to a case."""

    WITHDRAWS = "withdraws"
    CONTESTS = "contests"


class Independence(StrEnum):
    """What makes two lineages independent of each other."""

    JUDGED = "judged"  # a reviewer's word on both
    SOURCES = "sources"  # different sources, of which no document repeats the other's text or claim


@dataclass(frozen=True, slots=True)
class Standard:
    """The rules by which evidence gives a grade.

    Parameters
    ----------
    id, title, text, citation
        What it is called, what a reader should know of it, and where its method was published.
    alone
        Kinds of sources one of which, examined, confirms a fate.
    together
        Kinds that count only with other lineages.
    never
        Kinds that confirm nothing and count in nothing; a kind named nowhere is reported and no more.
    independence
        What makes lineages independent.
    corroborated, confirmed
        How many independent lineages give each grade; ``confirmed`` 0 where lineages alone never confirm.
    fields
        Values of which at least one of each group must be known before a fate is confirmed.
    events
        What an event does, where it is reported by a source that is not in ``never``.
    sign_of_life
        Whether a sign of life that this standard confirms withdraws a death, or only contests it.
    """

    id: str
    title: str
    text: str
    citation: str
    alone: frozenset[SourceKind]
    together: frozenset[SourceKind]
    never: frozenset[SourceKind]
    independence: Independence
    corroborated: int
    confirmed: int
    fields: tuple[tuple[str, ...], ...]
    events: Mapping[Event, Effect]
    sign_of_life: Answer

    def record(self) -> dict[str, JsonValue]:
        """Return what the standard says, as canonical JSON can hold it."""
        return {
            "schema": STANDARD_SCHEMA,
            "id": self.id,
            "title": self.title,
            "text": self.text,
            "citation": self.citation,
            "alone": sorted(self.alone),
            "together": sorted(self.together),
            "never": sorted(self.never),
            "independence": self.independence.value,
            "corroborated": self.corroborated,
            "confirmed": self.confirmed,
            "fields": [list(group) for group in self.fields],
            "events": {event.value: effect.value for event, effect in sorted(self.events.items())},
            "sign_of_life": self.sign_of_life.value,
        }

    def version(self) -> str:
        """Return the id of exactly these rules; a title that is worded anew is another version too."""
        from cenotaph.domain.canonical import canonical_json

        return content_id("standard", canonical_json(self.record()))


def standard_names() -> tuple[str, ...]:
    """Return the names of the standards that come with the package."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


def load_standard(name_or_path: str | Path) -> Standard:
    """Return a standard by its name, or read a file of one's own.

    Raises
    ------
    NotFoundError
        There is no such standard.
    MappingError
        The file is wrong; the message names the line and the key.
    """
    path = Path(name_or_path)
    if path.suffix or path.parent != Path():
        return read_standard(read_rule_file(path))
    if str(name_or_path) not in standard_names():
        raise NotFoundError(
            f"There is no standard '{name_or_path}'.", f"There are: {', '.join(standard_names())}; or name a file."
        )
    return _load_own(str(name_or_path))


@cache
def _load_own(name: str) -> Standard:
    return read_standard(read_rule_file(FOLDER / f"{name}.toml"))


def parse_standard(text: str, name: str = "the standard") -> Standard:
    """Read a standard's TOML."""
    return read_standard(parse_rule_file(text, "toml", name))


_KEYS = {
    "": ("schema", "id", "title", "text", "citation", "sign_of_life"),
    "kinds": ("alone", "together", "never"),
    "lineages": ("independent", "corroborated", "confirmed"),
    "fields": ("known",),
    "events": tuple(event.value for event in Event if event not in (Event.SIGN_OF_LIFE, Event.ANNULLED)),
}


def recorded_standard(record: Mapping[str, JsonValue]) -> Standard:
    """Return the standard that :meth:`Standard.record` wrote down.

    Raises
    ------
    MappingError
        The record is of no standard that this version can read.
    """
    tree: Any = {name: record[name] for name in ("schema", "id", "title", "text", "citation", "sign_of_life", "events")}
    tree["kinds"] = {name: record[name] for name in _KEYS["kinds"]}
    tree["lineages"] = {
        "independent": record["independence"],
        "corroborated": record["corroborated"],
        "confirmed": record["confirmed"],
    }
    groups: Any = record["fields"]
    tree["fields"] = {"known": [" | ".join(group) for group in groups]}
    return read_standard(RuleFile("the standard in the record", tree))


def read_standard(file: RuleFile) -> Standard:
    """Check a parsed standard and return it.

    Raises
    ------
    MappingError
        It is wrong; the message names the file, the line and the key.
    """
    rules = Rules(file)
    top = file.tree
    rules.known(top, (*_KEYS[""], *(name for name in _KEYS if name)), ())
    if top.get("schema") != STANDARD_SCHEMA:
        rules.refuse(("schema",), f"this is no standard of version {STANDARD_SCHEMA}.", f"Write schema = {STANDARD_SCHEMA}.")
    identifier = rules.text(top, "id", ())
    if not _ID.fullmatch(identifier):
        rules.refuse(("id",), f"'{identifier[:60]}' is no id.", "Write lower-case letters, digits and hyphens.")
    kinds = rules.table("kinds", _KEYS["kinds"], required=True)
    groups = {name: rules.members(kinds, name, ("kinds",), SourceKind) for name in _KEYS["kinds"]}
    _check_kinds(rules, groups)
    lineages = rules.table("lineages", _KEYS["lineages"], required=True)
    corroborated = rules.number(lineages, "corroborated", ("lineages",), 2, 2)
    confirmed = rules.number(lineages, "confirmed", ("lineages",), 0, 0)
    if confirmed and confirmed < corroborated:
        rules.refuse(
            ("lineages", "confirmed"),
            f"{confirmed} lineages would confirm what {corroborated} only corroborate.",
            "Ask for at least as many.",
        )
    if not confirmed and not groups["alone"]:
        rules.refuse(("lineages", "confirmed"), "nothing could ever be confirmed.", "Name kinds.alone, or a number of lineages.")
    events = rules.table("events", _KEYS["events"])
    return Standard(
        id=identifier,
        title=rules.text(top, "title", ()),
        text=rules.text(top, "text", ()),
        citation=rules.text(top, "citation", ()),
        alone=frozenset(groups["alone"]),
        together=frozenset(groups["together"]),
        never=frozenset(groups["never"]),
        independence=rules.member(lineages.get("independent"), ("lineages", "independent"), Independence),
        corroborated=corroborated,
        confirmed=confirmed,
        fields=_read_fields(rules),
        events=MappingProxyType({Event(n): rules.member(word, ("events", n), Effect) for n, word in events.items()}),
        sign_of_life=rules.member(top.get("sign_of_life", "contests"), ("sign_of_life",), Answer),
    )


def find_doubts(standard: Standard) -> list[str]:
    """Return what a standard may say and its writer may not have meant, in words."""
    found = []
    if SourceKind.LEAKED in standard.alone:
        found.append("a leaked source confirms a death alone, and is never shown: no reader can see what the grade rests on.")
    elif SourceKind.LEAKED in standard.together:
        found.append("a leaked source counts together with others: no reader can see a part of what the grade rests on.")
    if not standard.fields:
        found.append("fields.known is empty: a death is confirmed of whom neither a name nor a date need be known.")
    return found


def _check_kinds(rules: Rules, groups: Mapping[str, tuple[SourceKind, ...]]) -> None:
    seen: dict[SourceKind, str] = {}
    for name, kinds in groups.items():
        for kind in kinds:
            if kind in seen:
                rules.refuse(("kinds", name), f"'{kind}' stands in {seen[kind]} too.", "A kind of source has one place.")
            seen[kind] = name
    if SourceKind.CAPTIVE in groups["alone"]:
        rules.refuse(
            ("kinds", "alone"),
            "a statement made in captivity confirms nothing alone.",
            "Take 'captive' out: no standard may say otherwise.",
        )


def _read_fields(rules: Rules) -> tuple[tuple[str, ...], ...]:
    table = rules.table("fields", _KEYS["fields"])
    groups: list[tuple[str, ...]] = []
    for words in rules.texts(table, "known", ("fields",)):
        group = tuple(part.strip() for part in words.split("|"))
        for name in group:
            if name not in VALUE_FIELDS:
                rules.refuse(("fields", "known"), f"there is no value '{name[:60]}'.", f"Values are: {', '.join(VALUE_FIELDS)}.")
        groups.append(group)
    return tuple(groups)
