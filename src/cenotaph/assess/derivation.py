"""From evidence to a standing, under a standard, as of a day, with the derivation in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from cenotaph.assess.standard import Answer, Effect, Independence, Standard
from cenotaph.domain.evidence import Basis, Event, Evidence, write_known
from cenotaph.domain.plurals import count_words
from cenotaph.domain.standing import Fate, Grade, Legal, Review, Standing

_GRADES = (Grade.REPORTED, Grade.CORROBORATED, Grade.CONFIRMED)
_DEATHS = (Fate.DEAD, Fate.PRESUMED_DEAD)
_PAST = {
    Event.FOUND: "a body found",
    Event.RETURNED: "a body handed over",
    Event.IDENTIFIED: "a body identified",
    Event.BURIAL: "a burial",
    Event.COURT: "a court's declaration",
}


@dataclass(frozen=True, slots=True)
class SetAside:
    """A report that a standard did not count, and why."""

    report: str
    reason: str


@dataclass(frozen=True, slots=True)
class Derivation:
    """What a standard makes of a person's evidence.

    Parameters
    ----------
    standing
        The four axes.
    since
        The day by which the evidence known certainly gave this fate and grade; None where nobody says when it was known.
    rule
        Which rule of the standard decided, as its file names it.
    words
        The derivation as a reader sees it.
    counted
        Reports that carry the grade.
    lineages
        How many origins they go back to.
    set_aside
        Reports that did not count.
    since_words
        ``since`` as precisely as it is known: a day, a month or a year.
    """

    standing: Standing
    since: date | None
    rule: str
    words: str
    counted: tuple[str, ...]
    lineages: int
    set_aside: tuple[SetAside, ...]
    since_words: str = ""


@dataclass(frozen=True, slots=True)
class _Support:
    """How well one fate is supported."""

    grade: Grade
    rule: str
    why: str
    counted: tuple[Evidence, ...]
    lineages: int


def derive(evidence: Iterable[Evidence], standard: Standard, as_of: date | None = None) -> Derivation:
    """Return a person's standing under a standard.

    Parameters
    ----------
    evidence
        Every report of the person, in any order.
    as_of
        Only what could be known by the end of this day; None for all.

    Returns
    -------
    Derivation
        Where no report counts the fate is unknown.
    """
    items = sorted(evidence, key=lambda e: (e.known_on or date.max, e.report))
    known, aside = items, []
    if as_of is not None:
        known = [e for e in items if e.known_on is not None and e.known_on <= as_of]
        late = [e for e in items if e.known_on is None or e.known_on > as_of]
        aside = [SetAside(e.report, f"not known by {as_of}") for e in late]
    counted: list[Evidence] = []
    for item in known:
        if item.kind in standard.never:
            aside.append(SetAside(item.report, f"a source of the kind '{item.kind}' never counts under this standard"))
        else:
            counted.append(item)
    standing, support = _judge(counted, standard)
    since, first = _find_since(counted, standard, standing) if support else (None, None)
    if support is None:
        return Derivation(standing, None, "none", _say_nothing(aside, as_of), (), 0, tuple(aside))
    when = _say_since(counted, since)
    words = _say(standing, support, when, standard, first if first and first.rule != support.rule else None)
    reports = tuple(e.report for e in support.counted)
    return Derivation(standing, since, support.rule, words, reports, support.lineages, tuple(aside), when)


def _judge(counted: Sequence[Evidence], standard: Standard) -> tuple[Standing, _Support | None]:
    """Return the standing that evidence gives, and what supports its fate."""
    legal = _find_legal(counted)
    alive = [e for e in counted if e.fate is Fate.ALIVE or Event.SIGN_OF_LIFE in e.events]
    deaths = [e for e in counted if e not in alive and (e.fate in _DEATHS or _presumes(e, standard))]
    others = [e for e in counted if e not in alive and e not in deaths and e.fate in (Fate.MISSING, Fate.CAPTIVE)]
    if alive and deaths:
        return _weigh_life(alive, deaths, standard, legal)
    if alive:
        support = _support(alive, standard)
        return Standing(Fate.ALIVE, support.grade, legal), support
    if deaths:
        support = _support(deaths, standard)
        only_presumed = all(e.fate is not Fate.DEAD for e in deaths)
        return Standing(Fate.PRESUMED_DEAD if only_presumed else Fate.DEAD, support.grade, legal), support
    if others:
        fates = {e.fate for e in others}
        latest = max(others, key=lambda e: (e.known_on or date.min, e.report)).fate
        support = _support([e for e in others if e.fate is latest], standard)
        return Standing(latest, support.grade, legal, Review.CONTESTED if len(fates) > 1 else Review.OPEN), support
    return Standing(Fate.UNKNOWN, None, legal), None


def _weigh_life(
    alive: Sequence[Evidence], deaths: Sequence[Evidence], standard: Standard, legal: Legal
) -> tuple[Standing, _Support]:
    """Set a sign of life beside reports of a death: it withdraws the death, or makes the case contested."""
    life, death = _support(alive, standard), _support(deaths, standard)
    seen = max((e.first_known or date.min for e in alive), default=date.min)
    later = seen >= max(e.first_known or date.min for e in deaths)
    if standard.sign_of_life is Answer.WITHDRAWS and life.grade is Grade.CONFIRMED and later:
        return Standing(Fate.ALIVE, life.grade, legal, Review.WITHDRAWN), life
    return Standing(Fate.DEAD, death.grade, legal, Review.CONTESTED), death


def _presumes(item: Evidence, standard: Standard) -> bool:
    return any(standard.events.get(event) is Effect.PRESUMES for event in item.events)


def _find_legal(counted: Sequence[Evidence]) -> Legal:
    from cenotaph.domain.sources import SourceKind

    events = [(e.known_on or date.min, event) for e in counted for event in e.events if event in (Event.COURT, Event.ANNULLED)]
    if events:
        return Legal.ANNULLED if max(events)[1] is Event.ANNULLED else Legal.DECLARED_DEAD
    registered = any(e.kind is SourceKind.REGISTRY and e.fate is Fate.DEAD for e in counted)
    return Legal.REGISTERED if registered else Legal.NONE


def _support(items: Sequence[Evidence], standard: Standard) -> _Support:
    """Return the best grade that evidence of one fate has."""
    examined = [e for e in items if e.basis is Basis.EXAMINED]
    if not examined:
        return _Support(Grade.REPORTED, "adopted", "nobody has examined what it rests on", tuple(items), _count(items))
    found = _best(examined, standard)
    missing = [group for group in standard.fields if not any(set(group) & e.fields for e in items)]
    if found.grade is Grade.CONFIRMED and missing:
        lacks = " and ".join(" or ".join(group) for group in missing)
        why = f"{found.why}, but {lacks} is not known" if found.why else f"{lacks} is not known"
        return _Support(Grade.CORROBORATED, "fields.known", why, found.counted, found.lineages)
    return found


def _best(items: Sequence[Evidence], standard: Standard) -> _Support:
    count = _count(items)
    confirming = [e for e in items if any(standard.events.get(event) is Effect.CONFIRMS for event in e.events)]
    if confirming:
        event = next(v for v in confirming[0].events if standard.events.get(v) is Effect.CONFIRMS)
        return _Support(Grade.CONFIRMED, f"events.{event}", _PAST[event], tuple(confirming), _count(confirming))
    alone = [e for e in items if e.kind in standard.alone]
    if alone:
        return _Support(Grade.CONFIRMED, "kinds.alone", "", tuple(items), count)
    counting = [e for e in items if e.kind in standard.together]
    independent = _count_independent(counting, standard)
    if standard.confirmed and independent >= standard.confirmed:
        return _Support(Grade.CONFIRMED, "lineages.confirmed", "", tuple(counting), count)
    if independent >= standard.corroborated:
        return _Support(Grade.CORROBORATED, "lineages.corroborated", "", tuple(counting), count)
    lifting = [e for e in items if any(standard.events.get(event) is Effect.CORROBORATES for event in e.events)]
    if lifting:
        event = next(v for v in lifting[0].events if standard.events.get(v) is Effect.CORROBORATES)
        return _Support(Grade.CORROBORATED, f"events.{event}", _PAST[event], tuple(items), count)
    why = "whether they go back to different origins is not settled" if _count(counting) > independent else ""
    return _Support(Grade.REPORTED, "lineages", why, tuple(items), count)


def _count(items: Iterable[Evidence]) -> int:
    return len({e.lineage for e in items})


def _count_independent(items: Sequence[Evidence], standard: Standard) -> int:
    """Return how many independent lineages there are; one lineage is always one."""
    if standard.independence is Independence.SOURCES:
        return _count(items)
    judged = _count(e for e in items if e.independent)
    return max(judged, min(_count(items), 1))


def _find_since(
    counted: Sequence[Evidence], standard: Standard, standing: Standing
) -> tuple[date | None, _Support | None]:
    """Return the first day from which the evidence known by then has given this fate and grade without a break, and by what."""
    days = sorted({e.known_on for e in counted if e.known_on is not None})
    since: date | None = None
    first: _Support | None = None
    undated = any(e.known_on is None for e in counted)
    for day in days:
        made, support = standing, None
        if undated or day != days[-1]:  # Everything together has been judged already.
            made, support = _judge([e for e in counted if e.known_on is not None and e.known_on <= day], standard)
        if (made.fate, made.grade) != (standing.fate, standing.grade):
            since = first = None
        elif since is None:
            since, first = day, support
    return since, first


def _say_since(counted: Sequence[Evidence], since: date | None) -> str:
    """Return the day on which evidence came out, or the month or year where no more is known of it."""
    spans = [e.first_known for e in counted if e.known_on is not None and e.known_on == since]
    return write_known(max((day for day in spans if day is not None), default=since), since)


_DAY = len("2024-03-02")
_FATES = {
    Fate.DEAD: "dead",
    Fate.PRESUMED_DEAD: "presumed dead",
    Fate.MISSING: "missing",
    Fate.CAPTIVE: "captive",
    Fate.ALIVE: "alive",
}


def _say(standing: Standing, support: _Support, since: str, standard: Standard, first: _Support | None) -> str:
    """Return the derivation in words: ``dead, confirmed on 2024-03-02: relative and cemetery, two lineages; rule ...``.

    Where another rule gave the grade on that day (``first``), it is named with the day, and today's rule after it.
    """
    assert standing.grade is not None
    kinds = sorted({str(e.kind).replace("_", " ") for e in support.counted})
    listed = ", ".join(kinds[:-1]) + (" and " if len(kinds) > 1 else "") + kinds[-1]
    when = f" {'on' if len(since) == _DAY else 'in'} {since}" if since else ""
    if first is not None and when:
        when += f" by rule {first.rule}; now"
    parts = [f"{listed}, {count_words(support.lineages, 'lineage')}"]
    if support.why:
        parts.append(support.why)
    if standing.review is not Review.OPEN:
        parts.append(str(standing.review))
    return f"{_FATES[standing.fate]}, {standing.grade}{when}: {'; '.join(parts)}; rule {support.rule} of {standard.id}"


def _say_nothing(aside: Sequence[SetAside], as_of: date | None) -> str:
    if not aside:
        return f"unknown: no report was out by {as_of}" if as_of else "unknown: there is no report"
    reasons = dict.fromkeys(item.reason for item in aside)
    return f"unknown: {'; '.join(reasons)}"


def rank(grade: Grade | None) -> int:
    """Return how strong a grade is, from 0 for none to 3."""
    return 0 if grade is None else _GRADES.index(grade) + 1
