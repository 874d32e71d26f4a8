"""What speaks for one claim being a part of another: features of each claim, and of each pair, as numbers.

Each claim is looked at once; what ties two is arithmetic on the columns of both.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from cenotaph.extract.claims.draft import Draft
from cenotaph.extract.claims.sentence import Sentence

if TYPE_CHECKING:
    import numpy as np

_BEFORE = {
    "and": 1, "и": 1, "а": 1, "but": 1, ",": 2, ";": 2, "of": 3, "из": 3, "среди": 3, "among": 3, ":": 4, "—": 5, "–": 5,
    "-": 5, "(": 6, "the": 7, "these": 7, "those": 7, "with": 8, "including": 8, "включая": 8, "них": 9,
    "которых": 9, "числе": 9, "whom": 9, "them": 9, "which": 9, "another": 10, "ещё": 10, "еще": 10, "other": 10, "|": 11,
}  # fmt: skip
_AFTER = {
    "of": 1, "из": 1, "among": 1, "were": 2, "was": 2, "are": 2, "is": 2, "have": 2, "had": 2, "has": 2, "remain": 2,
    "more": 3, "other": 3, "others": 3, "another": 3, "from": 4, "in": 4, "в": 4, "с": 4, "на": 4, "between": 4,
    ")": 5, ",": 6, ";": 6, ".": 7, "—": 8, "–": 8, ":": 8, "-": 8, "who": 9, "whose": 9, "and": 10, "и": 10, "или": 10,
}  # fmt: skip
_OPENINGS = {
    "of": 1, "from": 1, "out": 1, "из": 1, "among": 2, "среди": 2, "в": 3, "the": 4, "они": 5, "they": 5, "these": 5,
    "all": 5, "все": 5, "another": 6, "ещё": 6, "еще": 6, "остальные": 7, "others": 7, "другие": 7, "in": 8, "at": 8,
    "на": 8, "по": 9, "according": 9,
}  # fmt: skip
_KINDS = {"people": 1, "outcome": 2, "bare": 3, "unknown": 4}
_HOWS = {"own": 1, "coordinate": 2, "list": 3, "part": 4, "ranked": 5, "answer": 6, "inherited": 7, "whole": 8}
_PARTITIVE = {"the": 1, "them": 2}
_LISTED = ("item", "row")
_UNITS = {"sentence": 0, "heading": 1, "item": 2, "row": 3}
_OUTCOMES = {
    "on_board": 1, "recruited": 2, "fighting": 3, "casualties": 4, "other": 5, "detained": 6, "captured": 7,
    "missing": 8, "displaced": 9, "killed": 10, "declared_dead": 11, "identified": 12, "body_returned": 13,
    "wounded": 14, "rescued": 15, "survived": 16, "released": 17,
}  # fmt: skip
_MARKS = (",", ";", ":", "(", "and", "и", "а")

CLAIM = (
    "size", "outcome", "how", "bound", "unit", "start", "left", "tokens", "kind", "partitive", "more", "before",
    "after", "opening", "framed", "frame", "first", "last", "children", "is part", "largest", "place", "leads",
    "title", "score", "verb after",
)  # fmt: skip
KEYS = ("outcome", "nation", "source", "date", "head")
PAIR = (
    "ratio", "sentences", "blocks", "claims", "between", "costs", "marks subset", *(f"marks {mark}" for mark in
    _MARKS), *(f"same {name}" for name in KEYS), "rule", "previous", "next", "sum", "run", "nearest", "options",
    "behind", "new names", "shared words",
)  # fmt: skip
FEATURES = (*(f"part {name}" for name in CLAIM), *(f"whole {name}" for name in CLAIM), *PAIR)
BEYOND = 2  # claims behind a part that are added up with it
_FAR = 30  # tokens: further off is as far
_SHORT, _STEM = 4, 6  # letters of words that tell nothing; and of what is compared of the others


class Described(NamedTuple):
    """The claims of a text as columns.

    Parameters
    ----------
    claims
        Columns ``CLAIM``.
    keys
        ``KEYS`` as numbers, 0 for none.
    places
        Value, sentence, block, first token, how far from the sentence's first, and words for parts and marks before it.
    sums
        Of the values before each claim, and of all.
    rule
        Place of the whole by the rules, -1 for none.
    sentences
        Of each claim.
    """

    claims: np.ndarray
    keys: np.ndarray
    places: np.ndarray
    sums: np.ndarray
    rule: np.ndarray
    sentences: list[Sentence]


def describe_claims(drafts: Sequence[Draft]) -> Described:
    """Return what is known of each claim before it is set beside another."""
    import numpy

    rows: list[list[float]] = []
    keys: list[list[int]] = []
    places: list[list[float]] = []
    known: dict[object, int] = {None: 0, (): 0}
    order = {id(draft): at for at, draft in enumerate(drafts)}
    rule = [order.get(id(draft.parent), -1) for draft in drafts]
    children = Counter(rule)
    indexes = [draft.index for draft in drafts]
    largest, before = 0.0, None
    for at, draft in enumerate(drafts):
        sentence, number, population = draft.sentence, draft.number, draft.population
        start, end, value = number.start, number.end, draft.value or 0.0
        first = sentence is not before
        if first:
            before, lows, costs, kind = sentence, sentence.lows, sentence.costs, _UNITS.get(sentence.unit.kind, 0)
            frames = [(frame.start, frame.end) for frame in sentence.frames if frame.label == "subset"]
            verbs = [trigger.start for trigger in sentence.triggers]
            total, opening, listed = len(lows), _OPENINGS.get(lows[0], 0), kind > 1
            marks, past = [0.0] * len(_MARKS), start
        elif start > past:
            between = lows[past:start]
            marks = [count + between.count(mark) for count, mark in zip(marks, _MARKS, strict=True)]
            past = start
        following = drafts[at + 1].sentence if at + 1 < len(drafts) else sentence
        rows.append([
            math.log1p(value), _OUTCOMES.get(draft.outcome, 20), _HOWS.get(draft.how, 0), number.mention.bound != "exact",
            kind, min(start, _FAR), min(total - end, _FAR), min(total, 2 * _FAR), _KINDS.get(population.kind, 0),
            _PARTITIVE.get(population.partitive, 0), population.more != "", _BEFORE.get(lows[start - 1], 0) if start else -1,
            _AFTER.get(lows[end], 0) if end < total else -1, opening,
            min([start - z for _, z in frames if z <= start], default=_FAR) if frames else _FAR,
            min([a - end for a, _ in frames if a >= end], default=_FAR) if frames else _FAR, first, at + 1 == len(drafts) or
            indexes[at + 1] != draft.index, children[at], rule[at] >= 0, value > largest, draft.place is not None, not listed
            and following is not sentence and following.unit.kind in _LISTED, draft.index == indexes[0], draft.binding.score
            if draft.binding is not None else -1, min([a - end for a in verbs if a >= end], default=_FAR),
        ])  # fmt: skip
        head = lows[population.head] if population.head is not None else None
        named = (draft.outcome, draft.nationality, draft.attribution, draft.as_of, head)
        keys.append([known.setdefault(key, len(known)) for key in named])
        places.append([value, draft.index, sentence.unit.block, start, costs[start], sum([a < start for a, _ in frames]), *marks])
        if value > largest and draft.unit != "percent":
            largest = value
    values = numpy.array(places, float)
    sums = numpy.concatenate(([0.0], numpy.cumsum(values[:, 0])))
    sentences = [draft.sentence for draft in drafts]
    return Described(numpy.array(rows, float), numpy.array(keys, numpy.intp), values, sums, numpy.array(rule), sentences)


def find_begins(parts: np.ndarray) -> np.ndarray:
    """Return where the pairs of each part begin."""
    import numpy

    return numpy.concatenate(([0], numpy.flatnonzero(parts[1:] != parts[:-1]) + 1))


def describe_pairs(described: Described, parts: np.ndarray, wholes: np.ndarray) -> np.ndarray:
    """Return a row of ``FEATURES`` for each pair.

    Parameters
    ----------
    parts, wholes
        Places among the claims; pairs of one part stand together.
    """
    import numpy

    claims, keys, places, sums, rule, sentences = described
    found = numpy.empty((len(parts), len(FEATURES)))
    found[:, : len(CLAIM)] = claims[parts]
    found[:, len(CLAIM) : 2 * len(CLAIM)] = claims[wholes]
    column = found[:, 2 * len(CLAIM) :].T
    early, late = numpy.minimum(parts, wholes), numpy.maximum(parts, wholes)
    own, other = places[parts], places[wholes]
    size = numpy.maximum(other[:, 0], 1.0)
    gap = numpy.abs(own - other).T
    apart = gap[1] > 0
    column[0] = own[:, 0] / size
    column[1:3] = numpy.minimum(gap[1:3], _FAR)
    column[3] = late - early
    column[4 : 7 + len(_MARKS)] = gap[3:]
    column[4 : 7 + len(_MARKS), apart] = -1
    at = 7 + len(_MARKS)
    one, two = keys[parts].T, keys[wholes].T
    column[at : at + len(KEYS)] = (one == two) - 0.5 * ((one == 0) | (two == 0))  # 1, 0; of one without: -0.5, of both: 0.5
    at += len(KEYS)
    column[at] = rule[parts] == wholes
    column[at + 1] = (rule[parts - 1] == wholes) & (parts > 0)
    column[at + 2] = rule[numpy.minimum(parts + 1, len(rule) - 1)] == wholes
    begun = sums[early + 1]
    column[at + 3] = numpy.minimum((sums[late] - begun + own[:, 0]) / size, 9)
    column[at + 4] = numpy.minimum((sums[numpy.minimum(late + 1 + BEYOND, len(rule))] - begun) / size, 9)
    begins = find_begins(parts)
    counts = numpy.concatenate((begins[1:], [len(parts)])) - begins
    column[at + 5] = numpy.arange(len(parts)) - begins.repeat(counts)
    column[at + 6] = counts.repeat(counts)
    column[at + 7] = wholes > parts
    column[at + 8 : at + 10] = _compare_sentences(sentences, parts.tolist(), wholes.tolist())
    return found


def _compare_sentences(
    sentences: list[Sentence], parts: list[int], wholes: list[int]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return for each pair how many names a part's sentence has that its whole's has not, and how many long words both have."""
    known: dict[int, tuple[frozenset[str], frozenset[str]]] = {}
    held: dict[tuple[int, int], tuple[int, int]] = {}
    found = []
    for part, whole in zip(parts, wholes, strict=True):
        one, two = sentences[part], sentences[whole]
        if one is two:
            found.append((0, -1))
            continue
        key = id(one), id(two)
        both = held.get(key)
        if both is None:
            for sentence in (one, two):
                if id(sentence) not in known:
                    known[id(sentence)] = _list_words(sentence)
            (names, words), (others, their) = known[key[0]], known[key[1]]
            both = held[key] = len(names - others), len(words & their)
        found.append(both)
    new, shared = zip(*found, strict=True)
    return new, shared


def _list_words(sentence: Sentence) -> tuple[frozenset[str], frozenset[str]]:
    """Return the codes of a sentence's names, and the beginnings of its long words."""
    codes = frozenset([code for name in sentence.names for code in name.codes])
    return codes, frozenset([low[:_STEM] for low in sentence.lows if len(low) > _SHORT])
