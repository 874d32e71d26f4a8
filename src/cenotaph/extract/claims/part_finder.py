"""The learned finder of wholes: of which other claim, if any, a claim is a part.

Rules tie parts by the words that say so: "of them", "including", a total above its list. Where only the sense ties them ("31
boarded the same plane. ... Five are dead"), trees learned from annotated texts weigh every claim within reach that is large
enough, and that there is no whole. It runs last: what a claim says of its people does not change by it.
``tools/fit_parts.py`` makes the trees.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from cenotaph.extract.claims.draft import Draft
from cenotaph.extract.claims.part_evidence import FEATURES, describe_claims, describe_pairs, find_begins
from cenotaph.extract.claims.ranking import Trees, read_trees

if TYPE_CHECKING:
    import numpy as np

BEFORE = 12  # claims before a part among which its whole is looked for
BEHIND = 2  # ... and behind it
TAKEN = 0.44  # a claim is a part from this probability on
GIVEN_UP = 0.2  # what the rules say stands down to this one
GUESSED = "subset_of: a guess from what stands around, no words say so"  # said of a claim, and asks for no review alone
_FEWEST = 4  # claims of a text: in fewer the rules see all that there is
_LEAST = 2.0  # of a whole
_HIGHEST = 50.0  # of a sum: no power is endless
_DEEPEST = 12  # parts of parts
_AT_ONCE = 1_000  # pairs: memory does not grow with a text
_LANGUAGES = frozenset({"en", "ru"})
_APART = frozenset({"killed", "wounded", "missing", "captured"})  # nobody is counted in two of them at one time
_ALIVE = frozenset({"rescued", "survived", "wounded", "displaced", "released", "captured", "detained"})
_Shares = dict[str, dict[str, float]]  # of a whole: the largest part of each nation, and with each fate


def find_wholes(drafts: Sequence[Draft]) -> None:
    """Give claims the whole that they are likeliest a part of, where one is likely enough.

    Parameters
    ----------
    drafts
        All claims of a text in its order, with the wholes that the rules found.
    """
    import numpy

    if len(drafts) < _FEWEST:
        return
    described = None
    filled: dict[int, _Shares] = {}
    for pairs in _gather_pairs(drafts):
        described = described or describe_claims(drafts)
        parts, wholes = numpy.array(pairs, numpy.intp).T
        sums = _read_trees().weigh(describe_pairs(described, parts, wholes).take(_find_columns(), axis=1))
        for part, chances in _share_out(parts, wholes, sums):
            _choose(drafts, part, chances, filled)


@cache
def _read_trees() -> Trees:
    return read_trees("parts")


@cache
def _find_columns() -> np.ndarray:
    """Return where the features that the trees ask for stand in a row of all."""
    import numpy

    return numpy.array([FEATURES.index(name) for name in _read_trees().columns], numpy.intp)


def list_pairs(drafts: Sequence[Draft]) -> Iterator[list[tuple[int, int]]]:
    """Yield for each claim its place with those of the claims that it may be a part of: the nearest before it first.

    A whole is larger than its part, and counts no other nation's people, and no dead where its part lives. What the rules found
    may be either, and is weighed too; but where they tell that a part is more than its whole, that is left as it is.
    """
    sizes = [-1.0 if draft.unit == "percent" or draft.value is None else draft.value for draft in drafts]
    nations = [frozenset(draft.nationality) for draft in drafts]
    order = {id(draft): at for at, draft in enumerate(drafts)}
    for at, draft in enumerate(drafts):
        if draft.value is None or draft.sentence.language not in _LANGUAGES:
            continue
        least = _LEAST if draft.unit == "percent" else max(draft.value, _LEAST)
        told = order.get(id(draft.parent), -1)
        if told >= 0 and sizes[told] < least:
            continue
        alive, own = draft.outcome in _ALIVE, nations[at]
        near = []
        for other in (*range(at - 1, max(-1, at - 1 - BEFORE), -1), *range(at + 1, min(len(drafts), at + 1 + BEHIND))):
            if other != told:
                if sizes[other] <= least or (own and nations[other] and own.isdisjoint(nations[other])):
                    continue
                whole = drafts[other]
                if (alive and whole.outcome == "killed") or whole.repeats is draft or draft.repeats is whole:
                    continue
            near.append((at, other))
        if told >= 0 and not at - BEFORE <= told <= at + BEHIND:
            near.append((at, told))
        yield near


def _gather_pairs(drafts: Sequence[Draft]) -> Iterator[list[tuple[int, int]]]:
    """Yield pairs, so many at once that it is worth it: those of one claim stay together."""
    held: list[tuple[int, int]] = []
    for pairs in list_pairs(drafts):
        held += pairs
        if len(held) >= _AT_ONCE:
            yield held
            held = []
    if held:
        yield held


def _share_out(parts: np.ndarray, wholes: np.ndarray, sums: np.ndarray) -> Iterator[tuple[int, dict[int, float]]]:
    """Yield each part with how likely each whole is; that there is none has the sum 0."""
    import numpy

    begins = find_begins(parts)
    powers = numpy.exp(numpy.minimum(sums, _HIGHEST))
    totals = (numpy.add.reduceat(powers, begins) + 1.0).tolist()
    weights, places = powers.tolist(), wholes.tolist()
    ends = [*begins[1:].tolist(), len(weights)]
    for begin, end, part, total in zip(begins.tolist(), ends, parts[begins].tolist(), totals, strict=True):
        yield part, {places[at]: weights[at] / total for at in range(begin, end)}


def _choose(drafts: Sequence[Draft], part: int, chances: dict[int, float], filled: dict[int, _Shares]) -> None:
    """Tie a claim to its likeliest whole, or loose it from one that is unlikely."""
    draft = drafts[part]
    chance = max(chances.values())
    if chance < TAKEN:
        if draft.parent is None:
            return
        if sum(share for at, share in chances.items() if drafts[at] is draft.parent) < GIVEN_UP:
            draft.parent = None
        return
    whole = drafts[next(at for at, share in chances.items() if share == chance)]
    told = draft.parent
    if told is not None and (whole is told or whole.repeats is told or told.repeats is whole):
        return  # what the rules say, or the same told again
    if _is_within(whole, draft) or not _fits(draft, whole, drafts, filled):
        return
    draft.parent = whole
    draft.doubts[GUESSED] = None


def _is_within(whole: Draft, draft: Draft) -> bool:
    """Return whether a whole is a part of the claim itself, or too deep in others to tell."""
    above: Draft | None = whole
    for _ in range(_DEEPEST):
        if above is None:
            return False
        if above is draft:
            return True
        above = above.parent
    return True


def _fits(draft: Draft, whole: Draft, drafts: Sequence[Draft], filled: dict[int, _Shares]) -> bool:
    """Note a part of a whole, and return whether it still holds all its parts of different nations, and of different fates."""
    if not filled:
        for other in drafts:
            if other.parent is not None:
                _note(filled.setdefault(id(other.parent), {}), other, other.parent)
    shares = filled.setdefault(id(whole), {})
    before = {key: dict(held) for key, held in shares.items()}
    _note(shares, draft, whole)
    if all(sum(held.values()) <= (whole.value or 0.0) for held in shares.values() if len(held) > 1):
        return True
    filled[id(whole)] = before
    return False


def _note(shares: _Shares, part: Draft, whole: Draft) -> None:
    value = part.value if part.value is not None and part.unit != "percent" else 0.0
    kinds = [(f"nations {part.outcome}", part.nationality[0])] if len(part.nationality) == 1 else []
    if part.outcome in _APART and part.outcome != whole.outcome:
        kinds.append(("fates", part.outcome))
    for key, kind in kinds:
        held = shares.setdefault(key, {})
        held[kind] = max(held.get(kind, 0.0), value)
