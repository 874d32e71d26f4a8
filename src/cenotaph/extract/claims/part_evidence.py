"""What speaks for one claim being a part of another: features of each claim, and of each pair, as numbers.

Each claim is looked at once; what ties two is arithmetic on the columns of both.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from cenotaph.extract.claims.draft import Draft
from cenotaph.extract.claims.sentence import Sentence
from cenotaph.reference.word_sets import read_word_set

if TYPE_CHECKING:
    import numpy as np

_BEFORE = {
    "and": 1, "и": 1, "а": 1, "but": 1, ",": 2, ";": 2, "of": 3, "из": 3, "среди": 3, "among": 3, ":": 4, "—": 5, "–": 5, "-": 5, "(": 6, "the": 7,
    "these": 7, "those": 7, "with": 8, "including": 8, "включая": 8, "них": 9, "которых": 9, "числе": 9, "whom": 9, "them": 9, "which": 9,
    "another": 10, "ещё": 10, "еще": 10, "other": 10, "|": 11,
}  # fmt: skip
_AFTER = {
    "of": 1, "из": 1, "among": 1, "were": 2, "was": 2, "are": 2, "is": 2, "have": 2, "had": 2, "has": 2, "remain": 2, "more": 3, "other": 3,
    "others": 3, "another": 3, "from": 4, "in": 4, "в": 4, "с": 4, "на": 4, "between": 4, ")": 5, ",": 6, ";": 6, ".": 7, "—": 8, "–": 8, ":": 8, "-": 8,
    "who": 9, "whose": 9, "and": 10, "и": 10, "или": 10,
}  # fmt: skip
_OPENINGS = {
    "of": 1, "from": 1, "out": 1, "из": 1, "among": 2, "среди": 2, "в": 3, "the": 4, "они": 5, "they": 5, "these": 5, "all": 5, "все": 5, "another": 6,
    "ещё": 6, "еще": 6, "остальные": 7, "others": 7, "другие": 7, "in": 8, "at": 8, "на": 8, "по": 9, "according": 9,
}  # fmt: skip
_KINDS = {"people": 1, "outcome": 2, "bare": 3, "unknown": 4}
_HOWS = {"own": 1, "coordinate": 2, "list": 3, "part": 4, "ranked": 5, "answer": 6, "inherited": 7, "whole": 8}
_UNITS = {"sentence": 0, "heading": 1, "item": 2, "row": 3}
_OUTCOMES = {
    "on_board": 1, "recruited": 2, "fighting": 3, "casualties": 4, "other": 5, "detained": 6, "captured": 7, "missing": 8, "displaced": 9, "killed": 10,
    "declared_dead": 11, "identified": 12, "body_returned": 13, "wounded": 14, "rescued": 15, "survived": 16, "released": 17,
}  # fmt: skip
_MARKS = ("marks ,", "marks ;", "marks :", "marks (", "marks )", "marks dash", "marks and", "marks subset", "marks verb", "marks number")
_MARK = {",": 0, ";": 1, ":": 2, "(": 3, ")": 4, "—": 5, "–": 5, "and": 6, "и": 6, "а": 6}

CLAIM = (
    "size", "one", "percent", "bodies", "outcome", "how", "bound", "unit", "start", "left", "tokens", "kind", "partitive", "more", "label", "before",
    "after", "opening", "framed", "frame", "rest", "colon", "bracket", "nations", "group", "increment", "repeats", "first", "last", "children", "is part",
    "doubts", "largest", "place", "leads", "heads", "headed", "title", "total", "verb after", "verb before", "score", "dated",
)  # fmt: skip
KEYS = ("outcome", "nation", "group", "place", "source", "date", "side", "head", "kind", "unit", "how")
PAIR = (
    "ratio", "equal", "sentences", "blocks", "claims", "between", "costs", *_MARKS, *(f"same {name}" for name in KEYS), "both nation", "rule", "rule none",
    "rule's rule", "sibling", "previous", "next", "sum", "run", "larger", "nearest", "options", "behind", "chain", "same sentence", "new names", "shared words",
)  # fmt: skip
FEATURES = (*(f"part {name}" for name in CLAIM), *(f"whole {name}" for name in CLAIM), *PAIR)


def _sum_marks(sentence: Sentence) -> list[list[float]]:
    """Return how many of each mark stand before each token."""
    count = [0.0] * len(_MARKS)
    starts = {frame.start for frame in sentence.frames if frame.label == "subset"}
    verbs = {trigger.start for trigger in sentence.triggers}
    numbers = {number.start for number in sentence.numbers}
    found = []
    for at, low in enumerate(sentence.lows):
        found.append(count)
        mark = _MARK.get(low)
        if mark is not None or at in starts or at in verbs or at in numbers:
            count = count[:]
            if mark is not None:
                count[mark] += 1
            count[7] += at in starts
            count[8] += at in verbs
            count[9] += at in numbers
    found.append(count)
    return found


class Described(NamedTuple):
    """The claims of a text as columns.

    Parameters
    ----------
    claims
        Columns ``CLAIM``.
    keys
        ``KEYS`` as numbers, 0 for none.
    places
        Value, sentence, block, first and last token, how far from the sentence's first, and the marks before it.
    sums
        Of the values before each claim, and of all.
    rule, deeper
        Place of the whole by the rules, -1 for none, and of that one's.
    sentences
        Of each claim, for `words_of`.
    """

    claims: np.ndarray
    keys: np.ndarray
    places: np.ndarray
    sums: np.ndarray
    rule: np.ndarray
    deeper: np.ndarray
    sentences: list[Sentence]


def describe_claims(drafts: Sequence[Draft]) -> Described:
    """Return what is known of each claim before it is set beside another."""
    import numpy

    totals = read_word_set("relations.totals") | {"altogether", "all"}
    rows: list[list[float]] = []
    keys: list[list[int]] = []
    places: list[list[float]] = []
    known: dict[object, int] = {}
    children: dict[int, int] = {}
    sums: list[list[float]] = []
    size_of: dict[int, int] = {}
    for draft in drafts:
        size_of[draft.index] = size_of.get(draft.index, 0) + 1
        if draft.parent is not None:
            children[id(draft.parent)] = children.get(id(draft.parent), 0) + 1
    largest, before, nth = 0.0, None, 0
    for at, draft in enumerate(drafts):
        sentence, number, population = draft.sentence, draft.number, draft.population
        lows, start, end, total = sentence.lows, number.start, number.end, len(sentence.lows)
        if sentence is not before:
            before, nth, sums, costs = sentence, 0, _sum_marks(sentence), sentence.costs
            subset = [f for f in sentence.frames if f.label == "subset"]
            rest = any(f.label == "rest" for f in sentence.frames)
            opening = _OPENINGS.get(lows[0], 0)
            total_at = next((place for place, low in enumerate(lows) if low in totals), 99)
            verbs = [(t.start, t.end) for t in sentence.triggers]
        nth += 1
        value = draft.value or 0.0
        framed = min((start - f.end for f in subset if f.end <= start), default=30)
        frame = min((f.start - end for f in subset if f.start >= end), default=30)
        following = drafts[at + 1] if at + 1 < len(drafts) else None
        listed = sentence.unit.kind in ("item", "row")
        ahead = following is not None and following.sentence.unit.kind in ("item", "row") and following.sentence is not sentence
        rows.append([
            math.log1p(value), value == 1, draft.unit == "percent", draft.unit == "bodies", _OUTCOMES.get(draft.outcome, 20), _HOWS.get(draft.how, 0),
            number.mention.bound != "exact", _UNITS.get(sentence.unit.kind, 0), min(start, 30), min(total - end, 30), min(total, 60),
            _KINDS.get(population.kind, 0), {"them": 2.0, "the": 1.0}.get(population.partitive, 0.0), bool(population.more), population.label,
            _BEFORE.get(lows[start - 1], 0) if start else -1, _AFTER.get(lows[end], 0) if end < total else -1, opening, min(framed, 30), min(frame, 30), rest,
            lows[-1] == ":", any(a < start < z for a, z in sentence.brackets), len(draft.nationality), draft.group is not None, draft.increment,
            draft.repeats is not None, nth == 1, nth == size_of[draft.index], min(children.get(id(draft), 0), 9), draft.parent is not None, len(draft.doubts),
            value > largest, draft.place is not None, ahead and not listed, ahead and listed,
            listed, draft.index == drafts[0].index, total_at < start, min((a - end for a, _ in verbs if a >= end), default=30),
            min((start - z for _, z in verbs if z <= start), default=30), draft.binding.score if draft.binding is not None else -1,
            draft.as_of is not None,
        ])  # fmt: skip
        head = lows[population.head] if population.head is not None else None
        keys.append([
            0 if key is None or key == () else known.setdefault(key, len(known) + 1)
            for key in (draft.outcome, draft.nationality, draft.group, draft.place, draft.attribution, draft.as_of, draft.side, head, population.kind,
                        sentence.unit.kind, draft.how)
        ])  # fmt: skip
        places.append([value, draft.index, sentence.unit.block, start, end, costs[start], *sums[start]])
        if draft.unit != "percent":
            largest = max(largest, value)
    order = {id(draft): at for at, draft in enumerate(drafts)}
    rule = numpy.array([order.get(id(draft.parent), -1) for draft in drafts])
    values = numpy.array(places, float)
    sums = numpy.concatenate(([0.0], numpy.cumsum(values[:, 0])))
    deeper = numpy.where(rule >= 0, rule[rule], -1)
    sentences = [draft.sentence for draft in drafts]
    return Described(numpy.array(rows, float), numpy.array(keys, numpy.intp), values, sums, rule, deeper, sentences)


def _compare_sentences(sentences: list[Sentence], parts: list[int], wholes: list[int]) -> tuple[list[int], list[int]]:
    """Return for each pair how many names a part's sentence has that its whole's has not, and how many long words both have."""
    known: dict[int, tuple[frozenset[str], frozenset[str]]] = {}
    new, shared = [], []
    for part, whole in zip(parts, wholes, strict=True):
        if sentences[part] is sentences[whole]:
            new.append(0)
            shared.append(-1)
            continue
        for at in (part, whole):
            if at not in known:
                codes = frozenset(code for name in sentences[at].names for code in name.codes)
                known[at] = codes, frozenset(low[:_STEM] for low in sentences[at].lows if len(low) > _SHORT)
        new.append(len(known[part][0] - known[whole][0]))
        shared.append(len(known[part][1] & known[whole][1]))
    return new, shared


_SHORT, _STEM = 4, 6  # letters of words that tell nothing; and of what is compared of the others
BEYOND = 2  # claims behind a part that are added up with it


def describe_pairs(described: Described, parts: np.ndarray, wholes: np.ndarray) -> np.ndarray:
    """Return a row of ``FEATURES`` for each pair.

    Parameters
    ----------
    parts, wholes
        Places among the claims; pairs of one part stand together.
    """
    import numpy

    claims, keys, places, sums, rule, deeper, sentences = described
    early, late = numpy.minimum(parts, wholes), numpy.maximum(parts, wholes)
    value, whole = places[parts, 0], places[wholes, 0]
    size = numpy.maximum(whole, 1.0)
    gap = numpy.abs(places[parts] - places[wholes])
    together = gap[:, 1] == 0
    found = numpy.zeros((len(parts), len(PAIR)))
    column = dict(zip(PAIR, found.T, strict=True))
    column["ratio"][:] = value / size
    column["equal"][:] = value == whole
    column["sentences"][:] = numpy.minimum(gap[:, 1], 30)
    column["blocks"][:] = numpy.minimum(gap[:, 2], 10)
    column["claims"][:] = late - early
    column["same sentence"][:] = together
    column["between"][:] = numpy.where(together, places[late, 3] - places[early, 4], 60)
    column["costs"][:] = numpy.where(together, gap[:, 5], 60)
    first = PAIR.index(_MARKS[0])
    found[:, first : first + len(_MARKS)] = numpy.where(together[:, None], gap[:, 6:], -1)
    own, other = keys[parts], keys[wholes]
    first = PAIR.index("same outcome")
    found[:, first : first + len(KEYS)] = (own == other) * numpy.where(own > 0, 1, 0.5) - ((own == 0) != (other == 0)) * 0.5
    column["both nation"][:] = (own[:, 1] > 0) & (other[:, 1] > 0)
    column["rule"][:] = rule[parts] == wholes
    column["rule none"][:] = rule[parts] < 0
    column["rule's rule"][:] = deeper[parts] == wholes
    column["sibling"][:] = (rule[wholes] >= 0) & (rule[wholes] == rule[parts])
    column["previous"][:] = (rule[parts - 1] == wholes) & (parts > 0)
    column["next"][:] = rule[numpy.minimum(parts + 1, len(rule) - 1)] == wholes
    column["chain"][:] = rule[wholes] >= 0
    column["sum"][:] = numpy.minimum((sums[late] - sums[early + 1] + value) / size, 9)
    run = sums[numpy.minimum(late + 1 + BEYOND, len(rule))]
    column["run"][:] = numpy.minimum((run - sums[early + 1]) / size, 9)
    begins = numpy.flatnonzero(numpy.r_[True, parts[1:] != parts[:-1]])
    counts = numpy.diff(numpy.r_[begins, len(parts)])
    column["nearest"][:] = numpy.arange(len(parts)) - numpy.repeat(begins, counts)
    column["options"][:] = numpy.repeat(counts, counts)
    column["larger"][:] = numpy.repeat(numpy.maximum.reduceat(whole, begins), counts) == whole
    column["behind"][:] = wholes > parts
    column["new names"][:], column["shared words"][:] = _compare_sentences(sentences, parts.tolist(), wholes.tolist())
    return numpy.concatenate((claims[parts], claims[wholes], found), axis=1)
