"""Parts and wholes: a part that is larger, parts that together are, a part whose scope is open."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from cenotaph.domain.claims import Claim, Unit
from cenotaph.extract.checks.case import Case
from cenotaph.extract.checks.comparing import above, measure, say
from cenotaph.extract.checks.cues import find, fold_line, has, limits_nothing
from cenotaph.extract.checks.finding import Certainty, Finding, FindingType
from cenotaph.extract.checks.scene import read_scene, sentence_of

_APART = frozenset({"killed", "wounded", "missing", "captured"})  # Nobody is counted in two of them at one time.
_KINDS = (("men", "women", "children"), ("civilians", "fighting_people"))
_BESIDE, _AFTER = 30, 16  # Characters before and after a number in which the words that make it a part are looked for.
_PHRASE = 60
_OPENING = re.compile(
    r"(?:^|[.;:!?«“\"(]\s*|\b(?:and|but|while|а|и|но|та|але)\s+)"
    r"(?:(?:out )?of|from|among|from among|из|с|среди|з|із|серед)"
    r"(?:\s+(?:the|these|those|its|his|her|their|our|all|all the|этих|тех|всех|общего числа|цих|тих|всіх))?\s+$",
    re.IGNORECASE,
)
"""What stands right before a whole that its clause opens with."""
_OPENED = re.compile(
    r"[^\d.;:!?()—–]*?(?:,\s*(?:at least |some |about |nearly |around |almost |more than |only )?|\s)", re.IGNORECASE
)
"""What stands between such a whole and the number of its part."""
_ENDED = frozenset({"killed", "missing", "captured", "released"})


def check_parts(case: Case) -> Iterator[Finding]:
    """Yield parts that contradict their whole, or whose belonging to it is open."""
    opened = list(_check_openings(case))
    yield from opened
    told = {finding.claims[1].id for finding in opened}
    for claim in case.claims:
        whole = case.whole_of(claim)
        if whole is None or claim.id in told or claim.retracted or Unit.PERCENT in (claim.unit, whole.unit):
            continue
        certainty = above(measure(claim), measure(whole))
        if certainty is not None and not is_misread(claim, whole) and is_said(case, claim, whole):
            if not limits_nothing(claim.group) and not limits_nothing(whole.group):
                certainty = Certainty.POSSIBLE
            words = f"{say(claim)} is said to be a part of {say(whole)}, but is more than it can hold."
            yield Finding(FindingType.SUBSET_EXCEEDS, (whole, claim), words, certainty)
    yield from _check_sums(case)
    yield from _check_rest(case)


def _check_openings(case: Case) -> Iterator[Finding]:
    """Find a part that is more than the whole its clause opens with: "Of the 15 dead, 20 were ...", «Из 15 погибших 20 — ...»."""
    for whole, part in pairwise(case.claims if case.text else ()):
        if part.retracted or whole.retracted or whole.high == 1 or part.increment:
            continue
        if Unit.PERCENT in (whole.unit, part.unit) or part.outcome != whole.outcome or is_misread(part, whole):
            continue
        between = case.text[whole.number_end : part.number_start]
        if len(between) > _PHRASE or _OPENED.fullmatch(between) is None:
            continue
        certainty = above(measure(part), measure(whole))
        unit = case.unit_of(whole) if certainty is not None else None
        if certainty is None or unit is None or part.number_start >= unit.end:
            continue
        before = case.text[max(unit.start, whole.number_start - _BESIDE) : whole.number_start]
        if _OPENING.search(before):
            words = f"{say(part)} is said to be a part of {say(whole)}, but is more than it can hold."
            yield Finding(FindingType.SUBSET_EXCEEDS, (whole, part), words, certainty)


def is_said(case: Case, part: Claim, whole: Claim) -> bool:
    """Tell whether words beside a number say that it is a part: "12 of them", "including 12", «из них 12»."""
    unit = case.unit_of(part) if case.text else None
    if unit is None:
        return True
    before = fold_line(case.text[max(unit.start, part.number_start - _BESIDE) : part.number_start])
    after = fold_line(case.text[part.number_end : min(unit.end, part.number_end + _AFTER)])
    named = re.search(r"\d[\d., ]*", after)
    if named is not None and _digits(named.group()) != _digits(whole.number_text):
        return False  # "55 of the 119": of another whole than was read.
    before = re.split(r"[;.,]", before)[-1]
    # "614, of whom 590": what stands after a comma is said of the next number.
    return bool(find("part", before) or find("part", after.partition(",")[0]))


def _digits(words: str) -> str:
    return re.sub(r"\D", "", words)


def is_misread(part: Claim, whole: Claim) -> bool:
    """Tell whether a part can be none whatever the numbers: of another nationality, or with a fate that excludes the whole's."""
    if whole.high == 1:
        return True
    if part.nationality and whole.nationality and not set(part.nationality) & set(whole.nationality):
        return True
    return part.outcome != whole.outcome and {part.outcome, whole.outcome} <= _APART


def _check_sums(case: Case) -> Iterator[Finding]:
    """Add up parts that can share nobody: of different nationalities, or with different fates."""
    parts: dict[str, list[Claim]] = defaultdict(list)
    for claim in case.claims:
        whole = case.whole_of(claim)
        if whole is not None and claim.unit is not Unit.PERCENT and claim.repeat_of is None and not claim.retracted:
            parts[whole.id].append(claim)
    for whole, found in _find_lists(case):
        if whole.id not in parts:
            parts[whole.id] = found
    for identifier, found in parts.items():
        whole = case.by_id[identifier]
        limit = measure(whole).maximum
        if limit is None or whole.unit is Unit.PERCENT or any(measure(claim).minimum > limit for claim in found):
            continue
        for apart in (_by_nationality(found), *_by_kind(found), _by_fate(found, whole)):
            total = sum(measure(claim).minimum for claim in apart)
            if len(apart) > 1 and total > limit:
                words = f"{_list(apart)} are parts of {say(whole)} and can share nobody, but come to at least {total:,}."
                yield Finding(FindingType.TOTAL_VS_PARTS, (whole, *apart), words, Certainty.LIKELY)
                break


def _find_lists(case: Case) -> Iterator[tuple[Claim, list[Claim]]]:
    """Yield totals with what the next words list: "20 people died. Eleven men, eight women and four children were named"."""
    standing = [claim for claim in case.claims if not (claim.retracted or claim.increment or claim.repeat_of)]
    for whole in standing:
        if not case.text or whole.subset_of or not limits_nothing(whole.group) or whole.unit is Unit.PERCENT or not whole.high:
            continue
        if any(has(kind, whole.group) for kinds in _KINDS for kind in kinds):
            continue
        for kinds in _KINDS:
            found = [
                claim
                for claim in standing
                if claim.number_start > whole.number_start
                and case.index_of(claim) - case.index_of(whole) <= 1
                and claim.outcome == whole.outcome
                and not claim.subset_of
                and any(has(kind, claim.group) for kind in kinds)
                and measure(claim).minimum < whole.high
            ]
            told = {kind for kind in kinds for claim in found if has(kind, claim.group)}
            # Two of the three may be told of another event; all of them, or one sentence right after, are told of this one.
            if len(told) > 1 and len({case.index_of(claim) for claim in found}) == 1 and not _is_elsewhere(case, whole, found):
                yield whole, found


def _is_elsewhere(case: Case, whole: Claim, parts: list[Claim]) -> bool:
    """Tell whether the sentence of parts puts them in another place, or says that they are others."""
    scene = read_scene(case, whole)
    return any(read_scene(case, part).excludes(scene) or has("others", sentence_of(case, part)) for part in parts)


def _by_nationality(parts: list[Claim]) -> list[Claim]:
    """Return one part for each nationality, those with one outcome and nothing else that limits them."""
    best: dict[str, Claim] = {}
    outcomes = {claim.outcome for claim in parts if claim.nationality}
    if len(outcomes) != 1:
        return []
    for claim in parts:
        if len(claim.nationality) == 1 and (
            claim.nationality[0] not in best or measure(claim).minimum > measure(best[claim.nationality[0]]).minimum
        ):
            best[claim.nationality[0]] = claim
    return list(best.values())


def _by_kind(parts: list[Claim]) -> Iterator[list[Claim]]:
    """Yield one part for each kind of people of which nobody is of two: men, women and children; civilians and fighters."""
    for kinds in _KINDS:
        best: dict[tuple[str, str], Claim] = {}
        for claim in parts:
            own = [kind for kind in kinds if has(kind, claim.group or "") or has(kind, claim.number_text)]
            if (
                len(own) == 1
                and not claim.nationality
                and measure(claim).minimum
                > (measure(best[own[0], claim.outcome]).minimum if (own[0], claim.outcome) in best else 0)
            ):
                best[own[0], claim.outcome] = claim
        for outcome in {outcome for _, outcome in best}:
            yield [claim for (_, other), claim in best.items() if other == outcome]


def _by_fate(parts: list[Claim], whole: Claim) -> list[Claim]:
    best: dict[str, Claim] = {}
    for claim in parts:
        nobody_else = limits_nothing(claim.group) or claim.group == whole.group
        plain = claim.outcome in _APART - {whole.outcome} and nobody_else and claim.nationality in ((), whole.nationality)
        plain = plain and (not claim.place or claim.place == whole.place)
        if plain and (claim.outcome not in best or measure(claim).minimum > measure(best[claim.outcome]).minimum):
            best[claim.outcome] = claim
    return list(best.values())


def _check_rest(case: Case) -> Iterator[Finding]:
    """Find "the rest" that leaves out people of whom the text says elsewhere that something else happened to them."""
    for rest in case.claims:
        whole = case.whole_of(rest)
        if rest.low is not None or whole is None or not has("rest", f"{rest.number_text} {rest.quote}"):
            continue
        beside = [c for c in case.claims if c is not rest and c.subset_of == rest.subset_of]
        elsewhere = [
            c
            for c in case.claims
            if c.subset_of != rest.subset_of
            and case.whole_of(c) is whole
            and c.outcome in _ENDED - {rest.outcome}
            and measure(c).minimum
            and c.outcome not in {b.outcome for b in beside}
            and not c.retracted
        ]
        if beside and elsewhere:
            words = (
                f"“{rest.number_text}” is said of all of {say(whole)} that are not {_list(beside)}; "
                f"but {_list(elsewhere)} belong to the same whole."
            )
            yield Finding(FindingType.TOTAL_VS_PARTS, (whole, *elsewhere, *beside, rest), words, Certainty.POSSIBLE)


def _list(claims: list[Claim]) -> str:
    words = [say(claim) for claim in claims]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
