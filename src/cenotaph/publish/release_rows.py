"""The rows of a release: everybody whom a figure counts, shown as far as the policy lets, else an opaque row."""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from cenotaph.domain.sources import SourceKind
from cenotaph.publish.policy import FIELDS, Case, Policy, Show, ShowSource, Withheld, decide, show_value
from cenotaph.publish.release_cohorts import Earlier, Key, settle, tell_classes

WITHHELD = "withheld"
"""What stands where a withheld member's axis is not shown; breakdowns count it as a key of its own."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One report of somebody as a release may show it."""

    report: str
    kind: SourceKind
    lineage: str
    month: str
    host: str | None = None
    set_aside: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody whom a figure counts, with everything that the policy decides over.

    Parameters
    ----------
    person
        The id in the casebook.
    case
        What the policy must know.
    grade, legal, review, lineages, examined, words
        How they stand and why.
    names
        Every name that reports give, with its script and language.
    pieces
        Their reports.
    figures
        Ids of the figures that they are members of.
    since
        From when they have stood so, as precisely as it is known: a day, a month, a year.
    open_figures
        Those of them that count everybody: whoever stands in one with a condition is known to meet it.
    """

    person: str
    case: Case
    grade: str
    legal: str
    review: str
    lineages: int
    examined: bool
    words: str
    names: tuple[tuple[str, str, str], ...] = ()
    pieces: tuple[Piece, ...] = ()
    figures: tuple[str, ...] = ()
    open_figures: tuple[str, ...] = ()
    since: str = ""

    def count_in(self, figures: tuple[str, ...], open_figures: tuple[str, ...], word: bool | None) -> Candidate:
        """Return the same with figures and with an editor's word; written out, since `replace` takes three times as long."""
        return Candidate(
            self.person,
            self.case if word is None else replace(self.case, word=word),
            self.grade,
            self.legal,
            self.review,
            self.lineages,
            self.examined,
            self.words,
            self.names,
            self.pieces,
            figures,
            open_figures,
            self.since,
        )


@dataclass(frozen=True, slots=True)
class PublicPerson:
    """A row of the release.

    Parameters
    ----------
    id
        The person's id, or an opaque one that means nothing outside this release.
    withheld
        Why it is opaque; empty where the person is shown.
    values
        What is shown of each field.
    """

    id: str
    withheld: str
    fate: str
    grade: str
    legal: str
    review: str
    since: str
    lineages: int | None
    examined: bool | None
    words: str
    values: Mapping[str, str]
    names: tuple[tuple[str, str, str], ...] = ()
    pieces: tuple[Piece, ...] = ()
    figures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rows:
    """What a release shows of people.

    Parameters
    ----------
    people
        Sorted by id.
    shown
        Casebook ids of those who are shown.
    withheld
        How many are withheld in each class.
    blanked
        How many opaque rows show no axis, since too few would share it; they stand in no figure that has a condition.
    figures
        Ids of the figures that each candidate is published in, by casebook id; never published itself.
    told
        How many are withheld in each class that may be told, and under ``not_said`` the rest.
    settled
        Who is in what the release, or the last one that displayed it, tells of withheld people; never published itself.
    """

    people: tuple[PublicPerson, ...]
    shown: frozenset[str]
    withheld: Mapping[str, int]
    blanked: int
    figures: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    told: Mapping[str, int] = field(default_factory=dict)
    settled: Mapping[Key, frozenset[str]] = field(default_factory=dict)


def make_rows(
    candidates: Iterable[Candidate], policy: Policy, today: date, secret: bytes, earlier: Earlier | None = None
) -> Rows:
    """Return the rows of a release.

    A withheld member is an opaque row that shows its grade and the axes that the policy names for it, as soon as
    ``policy.least`` of them came to share these (:func:`~cenotaph.publish.release_cohorts.settle`); else it shows nothing, and
    stands only in figures without a condition: margins and differences give nobody back. Whoever was shown and has a fate now
    with which nobody is, is in no row and no figure: that a figure of the missing rose by one would tell why they are gone.

    Parameters
    ----------
    secret
        From which opaque ids are made; it is not published, and another release's are others.
    """
    people: list[PublicPerson] = []
    hidden: list[tuple[Candidate, Withheld]] = []
    earlier = earlier or Earlier()
    fields = [(name, policy.fields[name]) for name in FIELDS if policy.fields.get(name, Show.WITHHOLD) is not Show.WITHHOLD]
    sources = {kind: policy.source(kind) for kind in SourceKind}
    for candidate in candidates:
        reason = decide(policy, candidate.case, today)
        if reason is None:
            people.append(_show(candidate, fields, sources))
        elif candidate.person not in earlier.once or candidate.case.fate in earlier.fates:
            hidden.append((candidate, reason))
    shown = frozenset(p.id for p in people)
    opaque, blanked, settled = _hide(hidden, policy, secret, earlier, shown)
    members = {r.value: frozenset(c.person for c, why in hidden if why is r) for r in Withheld}
    told, classes = tell_classes(members, earlier, shown, policy.least)
    counted = Counter(reason.value for _, reason in hidden)
    rows = {p.id: p.figures for p in (*people, *opaque)}
    published = {p.id: p.figures for p in people}
    published.update({c.person: rows[name_opaque(c.person, secret)] for c, _ in hidden})
    return Rows(
        tuple(sorted([*people, *opaque], key=lambda p: p.id)),
        shown,
        dict(sorted(counted.items())),
        blanked,
        published,
        told,
        {**{key: was - shown for key, was in earlier.settled.items()}, **settled, **classes},
    )


def _show(
    candidate: Candidate, fields: Sequence[tuple[str, Show]], sources: Mapping[SourceKind, ShowSource]
) -> PublicPerson:
    """Return somebody as far as they are shown: by the fields that are, and by what is shown of each kind of source."""
    values: dict[str, str] = {}
    known = candidate.case.values
    for name, how in fields:
        value = known.get(name)
        shown = show_value(name, value, how) if value else None
        if shown is not None:
            values[name] = shown
    pieces = tuple(
        [
            p if p.host is None or sources[p.kind] is ShowSource.HOST else replace(p, host=None)
            for p in candidate.pieces
            if sources[p.kind] is not ShowSource.NEVER
        ]
    )
    named = ("name", Show.SHOW) in fields
    return PublicPerson(
        candidate.person,
        "",
        candidate.case.fate.value,
        candidate.grade,
        candidate.legal,
        candidate.review,
        candidate.since,
        candidate.lineages,
        candidate.examined,
        candidate.words,
        values,
        candidate.names if named else (),
        pieces,
        candidate.figures,
    )


def _hide(
    hidden: Sequence[tuple[Candidate, Withheld]], policy: Policy, secret: bytes, earlier: Earlier, shown: frozenset[str]
) -> tuple[list[PublicPerson], int, dict[Key, frozenset[str]]]:
    """Return opaque rows, how many of them show nothing, and who has settled in what the others show."""
    by_key: dict[Key, dict[tuple[str, ...], list[Candidate]]] = defaultdict(lambda: defaultdict(list))
    for candidate, _ in hidden:
        by_key[_key_of(candidate, policy)][candidate.figures].append(candidate)
    by = " ".join(policy.opaque)
    keys = {key for key in earlier.settled if key[0] == by} | set(by_key)
    comparable = earlier.axes in (None, policy.opaque)  # by other axes, a difference of the two could give somebody back
    safe: set[str] = set()
    settled: dict[Key, frozenset[str]] = {}
    for key in sorted(keys) if comparable else ():
        groups = [frozenset(c.person for c in members) for members in by_key.get(key, {}).values()]
        found, settled[key] = settle(groups, earlier.settled.get(key, frozenset()), earlier, shown, policy.least)
        safe.update(*found)
    rows = []
    for key, groups_of in sorted(by_key.items()):
        values = {axis: word for axis, word in zip(policy.opaque, key[1:-2], strict=True) if word}
        for _, members in sorted(groups_of.items()):
            rows += [_make_opaque(c, values, policy, secret, c.person in safe) for c in members]
    return rows, len(hidden) - len(safe), settled


def _make_opaque(candidate: Candidate, values: Mapping[str, str], policy: Policy, secret: bytes, safe: bool) -> PublicPerson:
    return PublicPerson(
        name_opaque(candidate.person, secret),
        WITHHELD,
        candidate.case.fate.value,
        candidate.grade if safe else "",
        "",
        "",
        "",
        None,
        None,
        "",
        values if safe else dict.fromkeys(policy.opaque, WITHHELD),
        figures=candidate.figures if safe else candidate.open_figures,
    )


def _key_of(candidate: Candidate, policy: Policy) -> Key:
    """Return what somebody's opaque row would show: by which axes, each of them, then fate and grade."""
    axes = []
    for axis in policy.opaque:
        value = candidate.case.values.get(axis)
        axes.append((show_value(axis, value, policy.fields[axis]) if value else None) or "")
    return (" ".join(policy.opaque), *axes, candidate.case.fate.value, candidate.grade)


def name_opaque(person: str, secret: bytes) -> str:
    """Return the id of somebody's opaque row, which means nothing without the secret."""
    return "x" + hmac.new(secret, person.encode(), hashlib.sha256).hexdigest()[:31]
