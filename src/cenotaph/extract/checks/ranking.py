"""Rankings in words, held against the figures: "top the list", "followed closely by", «больше всего», «за ним»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from cenotaph.domain.claims import Claim, Unit
from cenotaph.extract.checks.case import Case
from cenotaph.extract.checks.comparing import above, least, measure, say
from cenotaph.extract.checks.cues import alike, find, fold_line, has, limits_nothing
from cenotaph.extract.checks.finding import Certainty, Finding, FindingType
from cenotaph.extract.checks.scene import find_code, name_beside
from cenotaph.reference import place_words, places

# What is ranked: a set of nationality codes, or a place's words.
Key = tuple[str, ...]
_LANGUAGES = ("en", "ru", "uk")
_SHOWN = 3  # Figures above a ranked one that a finding names.


@dataclass(frozen=True, slots=True)
class _Named:
    """A ranked people or place, where a sentence names it, and its figure."""

    key: Key
    at: int
    claim: Claim


def check_ranking(case: Case) -> Iterator[Finding]:
    """Yield rankings that a figure of the same text contradicts.

    A ranking that is limited ("outside of ...", "per head") is left alone: the figures that it holds for are not all here.
    """
    ranked = _list_ranked(case)
    if len(ranked) < 2:
        return
    done: set[str] = set()
    for start, end, *_ in case.units:
        words = case.text[start:end]
        folded = fold_line(words)
        firsts, seconds = find("first", folded), find("second", folded)
        if not firsts and not seconds:
            continue
        named = _find_named(case, folded, ranked, start, end)
        leader = _nearest(named, firsts[0]) if firsts else None
        if leader is not None and not find("limits", folded):
            yield from _report(leader, None, _rivals(case, ranked, leader.claim, ()), words, done)
        if seconds:
            follower = _after(named, seconds[0], leader)
            if follower is not None:
                leader = leader or _nearest([n for n in named if n.at < seconds[0][0]], seconds[0])
                ahead = {n.key for n in named if n.at < seconds[0][0]} - {follower.key}
                beaten = [r for r in _rivals(case, ranked, follower.claim, leader.key if leader else ()) if _key(r) not in ahead]
                # Without the first place nobody knows who may be above the second: one may, two may not.
                if leader is not None or len(beaten) > 1:
                    yield from _report(follower, leader, beaten, words, done)


def _list_ranked(case: Case) -> list[Claim]:
    """Return the figures that a ranking can be about: one people or place each, and everybody of it."""
    found = []
    for stated in case.claims:
        if stated.low is None or stated.unit is Unit.PERCENT or stated.increment or stated.retracted:
            continue
        claim = stated if _key(stated) else _complete(case, stated)
        if not _key(claim):
            continue
        if (
            limits_nothing(claim.group)
            or (claim.nationality and has("foreign", claim.group))
            or (claim.group and _key(claim)[0].startswith("=") and fold_line(claim.group) in _key(claim)[0])
        ):
            found.append(claim)
    return found


def _complete(case: Case, claim: Claim) -> Claim:
    """Return a claim with the people or the place that stand beside its number, where the reader gave it none."""
    name = name_beside(case, claim)
    if name is None:
        return claim
    code = find_code(name)
    if code is not None:
        return replace(claim, nationality=(code,), nationality_text=name)
    return replace(claim, place=name)


def _key(claim: Claim) -> Key:
    if len(claim.nationality) == 1:
        return claim.nationality
    if not claim.nationality and claim.place:
        return ("=" + fold_line(claim.place).strip(),)
    return ()


def _rivals(case: Case, ranked: list[Claim], subject: Claim, leave: Key) -> list[Claim]:
    """Return the figures of others, of the same kind and outcome, that are above a figure; the largest first."""
    found = []
    for claim in ranked:
        if _key(claim) in (_key(subject), leave) or _key(claim)[0].startswith("=") != _key(subject)[0].startswith("="):
            continue
        if not _same_outcome(claim, subject) or case.related(claim, subject) or claim.id in case.wholes:
            continue
        if claim.side and subject.side and not alike(claim.side, subject.side):
            continue
        if _key(subject)[0].startswith("=") and case.whole_of(claim) is not case.whole_of(subject):
            continue
        if above(measure(claim), measure(subject)) is not None:
            found.append(claim)
    return sorted(found, key=lambda claim: -(claim.low or 0))


def _same_outcome(claim: Claim, subject: Claim) -> bool:
    """Tell whether outcomes agree; one that the reader doubts agrees with whatever takes it in."""
    if claim.outcome == subject.outcome:
        return True
    doubted = any(doubt.startswith("outcome") for doubt in (*claim.doubts, *subject.doubts))
    return doubted and {claim.outcome, subject.outcome} == {"killed", "casualties"}


@cache
def _word_stems(code: str) -> re.Pattern[str] | None:
    """Return what finds the words for a place and its people, in any case, in a folded line."""
    words = {places.label(code, language) for language in _LANGUAGES}
    for language in _LANGUAGES:
        words |= {demonym.lemma for demonym in place_words.read_demonyms(language) if demonym.code == code}
    return _stem_pattern(words)


def _stem_pattern(words: set[str]) -> re.Pattern[str] | None:
    stems = set()
    for word in words:
        folded = fold_line(word).strip()
        if len(folded) > 3:
            stems.add(re.escape(folded[: max(4, len(folded) - 2)]))
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(stems))})") if stems else None


def _find_named(case: Case, folded: str, ranked: list[Claim], start: int, end: int) -> list[_Named]:
    """Return which ranked peoples or places a sentence names, in order, each with its figure: one in the sentence first."""
    found: list[_Named] = []
    by_key: dict[Key, Claim] = {}
    for claim in ranked:
        key = _key(claim)
        inside = start <= claim.number_start < end
        if key not in by_key or (inside and not start <= by_key[key].number_start < end):
            by_key[key] = claim
    for key, claim in by_key.items():
        pattern = _stem_pattern({key[0][1:]}) if key[0].startswith("=") else _word_stems(key[0])
        for place in pattern.finditer(folded) if pattern else ():
            found.append(_Named(key, place.start(), claim))
    return sorted(found, key=lambda named: named.at)


def _nearest(named: list[_Named], cue: tuple[int, int]) -> _Named | None:
    """Return what stands nearest to a cue."""
    return min(named, key=lambda n: (cue[0] - n.at if n.at < cue[0] else n.at - cue[1], n.at > cue[0]), default=None)


def _after(named: list[_Named], cue: tuple[int, int], leader: _Named | None) -> _Named | None:
    """Return what a cue puts in the second place: what follows it, else what stands before it."""
    others = [n for n in named if leader is None or n.key != leader.key]
    following = [n for n in others if n.at >= cue[1]]
    if following:
        return following[0]
    return _nearest(others, cue)


def _report(named: _Named, leader: _Named | None, rivals: list[Claim], words: str, done: set[str]) -> Iterator[Finding]:
    """Yield one finding for a ranked figure: the largest figures that are above it stand in it."""
    if not rivals or named.claim.id in done:
        return
    done.add(named.claim.id)
    certainty = above(measure(rivals[0]), measure(named.claim)) or Certainty.POSSIBLE
    if rivals[0].outcome != named.claim.outcome:
        certainty = least(certainty, Certainty.LIKELY)
    place = "to come second" if leader is not None else "to be first"
    beside = f", after {say(leader.claim)}" if leader is not None else ""
    shown = rivals[:_SHOWN]
    claims = [named.claim, *shown, *([leader.claim] if leader is not None else [])]
    claims.sort(key=lambda claim: claim.number_start)
    more = "which is more" if len(shown) == 1 else "which are more"
    yield Finding(
        FindingType.RANK_ORDER,
        tuple(claims),
        f"{say(named.claim)} is said {place}{beside}; but the same text has {' and '.join(map(say, shown))}, {more}.",
        certainty,
        " ".join(words.split()),
    )
