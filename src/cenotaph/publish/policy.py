"""A policy: the file that says what of whom a release may show, field by field and case by case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from cenotaph.domain.axes import AXES
from cenotaph.domain.canonical import JsonValue, canonical_json, content_id
from cenotaph.domain.dates import PartialDate
from cenotaph.domain.errors import DateFormatError
from cenotaph.domain.sources import SourceKind
from cenotaph.domain.standing import Fate
from cenotaph.reference.rule_files import RuleFile, parse_rule_file, read_rule_file
from cenotaph.reference.rules import Rules

POLICY_SCHEMA = 1
ADULT = 18
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


class Show(StrEnum):
    """How a value is shown."""

    SHOW = "show"
    BAND = "band"  # an age in ten years
    YEAR = "year"
    MONTH = "month"
    WITHHOLD = "withhold"


class ShowSource(StrEnum):
    """What is shown of a report."""

    HOST = "host"  # kind, month and the host of its address
    KIND = "kind"  # kind and month: all that may be shown of a private person's post
    NEVER = "never"


class ShowIncidents(StrEnum):
    """What of incidents stands beside figures that ask for unnamed places."""

    COUNT = "count"  # each figure's places in one number
    SHOW = "show"  # places by incident, with its month


class ShowWords(StrEnum):
    """Whether an allegation's words for who did it and to whom are shown."""

    JUDGED = "judged"  # only where a reviewer found that field right
    SHOW = "show"
    NEVER = "never"  # no allegation is in the release


PRIVATE = (SourceKind.RELATIVE, SourceKind.SOCIAL_MEDIA, SourceKind.SEARCH_POST, SourceKind.WITNESS)
"""Kinds of private people's posts: of these no more than kind and month is ever shown."""


class Withheld(StrEnum):
    """Why somebody is an opaque row: what the public is told, and no more."""

    PRIVATE = "private"  # living, missing, captive, serving
    PROTECTED = "protected"  # a minor, or a death in captivity, without an editor's word
    HOLD = "hold"  # the family is told first
    REQUEST = "request"  # error, scope, a family's request, found alive: one class, so that none can be told from another
    SEALED = "sealed"  # known from sources that are never shown


_DATES = (Show.SHOW, Show.MONTH, Show.YEAR, Show.WITHHOLD)
_WAYS: dict[str, tuple[Show, ...]] = {
    "name": (Show.SHOW, Show.WITHHOLD),
    "age": (Show.SHOW, Show.BAND, Show.WITHHOLD),
    "birth": (Show.YEAR, Show.WITHHOLD),
    "death": _DATES,
    **{axis.name: (Show.SHOW, Show.WITHHOLD) for axis in AXES if axis.name != "fate"},
}
FIELDS = tuple(_WAYS)
"""Values of a person that a policy may show, in the order in which a release has them."""
_KEYS = ("schema", "id", "title", "fates", "hold_days", "least", "opaque", "allegations", "incidents", "fields", "sources")
_PUBLIC_FATES = (Fate.DEAD, Fate.PRESUMED_DEAD)


@dataclass(frozen=True, slots=True)
class Policy:
    """What of whom a release may show.

    Parameters
    ----------
    id, title
        What it is called.
    fields
        How each value of somebody who is shown is shown; a field that is not named is withheld.
    opaque
        Axes that a withheld member's row still shows.
    fates
        Fates of those who may be shown; the living, the missing and the captive never may.
    hold_days
        For how long after a standing was first reached nobody is shown.
    least
        Smallest number of withheld people who may be seen to share what their rows show, in one release or in the
        difference between two.
    sources
        What is shown of a report, by its kind of source; a kind that is not named shows only its kind.
    allegations
        Whether words of allegations are shown.
    incidents
        Whether unnamed places are shown by incident.
    """

    id: str
    title: str
    fields: Mapping[str, Show]
    opaque: tuple[str, ...]
    fates: tuple[Fate, ...]
    hold_days: int
    least: int
    sources: Mapping[SourceKind, ShowSource]
    allegations: ShowWords = ShowWords.JUDGED
    incidents: ShowIncidents = ShowIncidents.COUNT

    def record(self) -> dict[str, JsonValue]:
        """Return what the policy says, as canonical JSON can hold it."""
        return {
            "schema": POLICY_SCHEMA,
            "id": self.id,
            "title": self.title,
            "fields": {name: how.value for name, how in self.fields.items()},
            "opaque": list(self.opaque),
            "fates": [fate.value for fate in self.fates],
            "hold_days": self.hold_days,
            "least": self.least,
            "sources": {kind.value: how.value for kind, how in self.sources.items()},
            # A policy that says nothing of them keeps the version that it had before there was anything to say.
            **({} if self.allegations is ShowWords.JUDGED else {"allegations": self.allegations.value}),
            **({} if self.incidents is ShowIncidents.COUNT else {"incidents": self.incidents.value}),
        }

    def version(self) -> str:
        """Return the id of exactly this policy."""
        return content_id("policy", canonical_json(self.record()))

    def may_quote(self, kind: SourceKind) -> bool:
        """Tell whether claims and allegations of a kind of source may be in a release: of private people's posts never."""
        return kind not in PRIVATE and self.source(kind) is not ShowSource.NEVER

    def source(self, kind: SourceKind) -> ShowSource:
        """Return what is shown of a report of a kind of source."""
        return self.sources.get(kind, ShowSource.KIND)


@dataclass(frozen=True, slots=True)
class Case:
    """What a policy must know of somebody to decide.

    Parameters
    ----------
    fate
        As assessed.
    values
        Values that stand.
    since
        From when they have stood so.
    word
        An editor's word: True to show, False to withhold, None where there is none.
    sealed_only
        Known from sources alone that are never shown.
    losing
        Values of age, birth and death that reports give and that do not stand: any of them may say that somebody was a minor.
    """

    fate: Fate
    values: Mapping[str, str]
    since: date | None
    word: bool | None = None
    sealed_only: bool = False
    losing: tuple[tuple[str, str], ...] = ()


def decide(policy: Policy, case: Case, today: date) -> Withheld | None:
    """Return why somebody is withheld, or None where they may be shown.

    An editor's word shows a minor or somebody who died in captivity and ends a hold; it never shows the living, the missing or
    the captive.
    """
    if case.fate not in policy.fates:
        return Withheld.PRIVATE
    if case.word is False:
        return Withheld.REQUEST
    if case.sealed_only:
        return Withheld.SEALED
    if case.word is True:
        return None
    if is_minor(case.values, case.since, case.losing) or case.values.get("manner") == "in_captivity":
        return Withheld.PROTECTED
    if policy.hold_days and (case.since is None or case.since + timedelta(policy.hold_days) > today):
        return Withheld.HOLD
    return None


def is_minor(values: Mapping[str, str], by: date | None = None, losing: Iterable[tuple[str, str]] = ()) -> bool:
    """Tell whether somebody may have been a minor: a doubt protects, and any value is enough for one.

    Parameters
    ----------
    by
        The day from which the death was known.
    losing
        Fields with the values that do not stand.
    """
    return True in _tell_minor(values, by, losing)


def is_contradicted(case: Case) -> bool:
    """Tell whether of somebody's ages, dates of birth and of death some say a minor and others an adult."""
    return len(_tell_minor(case.values, case.since, case.losing)) > 1


def _tell_minor(values: Mapping[str, str], by: date | None, losing: Iterable[tuple[str, str]]) -> set[bool]:
    """Return what every age, and every date of birth with every date of death, says of whether somebody was a minor.

    An age says it by its lower end; dates by completed years between the last day on which they may have been born and the first
    on which they may have died; without a death, by the day from which it was known.
    """
    given: dict[str, list[str]] = {field: [values[field]] if field in values else [] for field in ("age", "birth", "death")}
    for field, value in losing:
        if field in given:
            given[field].append(value)
    told = {age < ADULT for text in given["age"] if (age := _read_age(text)) is not None}
    births = [day for text in given["birth"] if (day := _read_day(text, True))]
    deaths = [day for text in given["death"] if (day := _read_day(text, False))] or ([by] if by else [])
    for born in births:
        for died in deaths:
            told.add(died.year - born.year - ((died.month, died.day) < (born.month, born.day)) < ADULT)
    return told


@lru_cache(1_024)
def _read_age(text: str) -> int | None:
    """Return the lower end of an age; None where none is given."""
    found = re.match(r"\d+", text)
    return int(found[0]) if found else None


@lru_cache(65_536)
def _read_day(text: str, last: bool) -> date | None:
    """Return the first or last day that a date's words allow; None where they give no such bound."""
    if not text:
        return None
    try:
        found = PartialDate.from_edtf(text)
    except DateFormatError:
        return None
    if last:
        return found.end - timedelta(1) if found.end else None
    return found.start


def show_value(field: str, value: str, how: Show) -> str | None:
    """Return a value as a policy shows it; None where it cannot be shown so."""
    if how is Show.WITHHOLD:
        return None
    if how is Show.BAND:
        found = re.fullmatch(r"(\d+)(?:-(\d+))?", value)
        if not found:
            return None
        low, high = int(found[1]) // 10, int(found[2] or found[1]) // 10
        return f"{low * 10}-{low * 10 + 9}" if low == high else None
    if how in (Show.YEAR, Show.MONTH):
        first, _, last = value.partition("/")
        length = 4 if how is Show.YEAR else 7
        ends = [part[:length] for part in (first, last or first)]
        return ends[0] if ends[0] == ends[1] and len(ends[0]) == length else None
    return value


def recorded_policy(record: Mapping[str, JsonValue]) -> Policy:
    """Return the policy that :meth:`Policy.record` wrote down.

    Raises
    ------
    MappingError
        The record is of no policy that this version can read.
    """
    tree: Any = dict(record)
    return read_policy(RuleFile("the policy in the record", tree))


def load_policy(path: Path) -> Policy:
    """Read a policy's file.

    Raises
    ------
    MappingError
        It is wrong; the message names the line and the key.
    """
    return read_policy(read_rule_file(path))


def parse_policy(text: str, name: str = "the policy") -> Policy:
    """Read a policy's TOML."""
    return read_policy(parse_rule_file(text, "toml", name))


def read_policy(file: RuleFile) -> Policy:
    """Check a parsed policy and return it."""
    rules = Rules(file)
    top = file.tree
    rules.known(top, _KEYS, ())
    if top.get("schema") != POLICY_SCHEMA:
        rules.refuse(("schema",), f"this is no policy of version {POLICY_SCHEMA}.", f"Write schema = {POLICY_SCHEMA}.")
    identifier = rules.text(top, "id", ())
    if not _ID.fullmatch(identifier):
        rules.refuse(("id",), f"'{identifier[:60]}' is no id.", "Write lower-case letters, digits and hyphens.")
    shown = rules.table("fields", FIELDS)
    fields = {
        name: rules.member(shown[name], ("fields", name), Show, _WAYS[name]) for name in FIELDS if name in shown
    }
    fates = rules.members(top, "fates", (), Fate) or (Fate.DEAD,)
    for fate in fates:
        if fate not in _PUBLIC_FATES:
            rules.refuse(("fates",), f"people who are {fate} are never shown one by one.", "Write dead, or presumed_dead too.")
    opaque = rules.texts(top, "opaque", ())
    for axis in opaque:
        if fields.get(axis, Show.WITHHOLD) is Show.WITHHOLD or axis in ("name", "birth"):
            rules.refuse(("opaque",), f"'{axis[:60]}' is not shown of anybody else.", "Name axes that [fields] shows.")
    sources = rules.table("sources", tuple(SourceKind))
    kinds = {SourceKind(kind): rules.member(sources[kind], ("sources", kind), ShowSource) for kind in sources}
    for kind in (SourceKind.LEAKED, SourceKind.CAPTIVE):
        if kinds.setdefault(kind, ShowSource.NEVER) is not ShowSource.NEVER:
            rules.refuse(("sources", kind.value), f"a source of the kind {kind} is never shown.", 'Write "never".')
    for kind in PRIVATE:
        if kinds.setdefault(kind, ShowSource.KIND) is ShowSource.HOST:
            why = "of a private person's post only its kind and month are shown."
            rules.refuse(("sources", kind.value), why, 'Write "kind".')
    return Policy(
        identifier,
        rules.text(top, "title", ()),
        MappingProxyType(fields),
        opaque,
        fates,
        rules.number(top, "hold_days", (), 0, 0),
        rules.number(top, "least", (), 3, 1),
        MappingProxyType(dict(sorted(kinds.items()))),
        rules.member(top.get("allegations", "judged"), ("allegations",), ShowWords),
        rules.member(top.get("incidents", "count"), ("incidents",), ShowIncidents),
    )
