"""What agreement and difference are worth, learnt from the two lists themselves.

Three things can make two names alike: one person, two strangers, or two relatives, who share all of a name but its first word.
How often each level of a word occurs for one person, how many of the left list are in the right one, and how many relatives a
person has there, is estimated by expectation and maximisation (Dempster, Laird & Rubin 1977; for records Winkler 1988, Fellegi
& Sunter 1969), where the expectation is the one-to-one marginal of :mod:`cenotaph.link.assignment`: a row has one partner at
most. Every estimate has a prior worth some hundred people, so that a short list learns little.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from cenotaph.link.assignment import marginals
from cenotaph.link.pairs.alignment import MISSING, Alignments, Patterns, unpack
from cenotaph.link.pairs.evidence import NOTHING, Compared
from cenotaph.link.pairs.likeness import DIFFERENT, FAINT, INITIAL, NEAR, SAME, VARIANT

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

PRIOR_PEOPLE = 150.0
ROUNDS = 6
_LEARNS_FROM = 0.45
_PRIOR_ALONE = 0.3
"""Share of the prior's people that are in one list only: certainty that all are in both would find a partner for all."""

_HOPELESS = -12.0
"""Log odds below which a pair is not looked at again: learning moves them by a few units."""

_FIRST = (0.8868, 0.05, 0.04, 0.01, 0.008, 0.0002, 0.005)
_TAIL = (0.837, 0.06, 0.06, 0.005, 0.012, 0.006, 0.02)
_FAINT_BETWEEN_RELATIVES = 0.12
_MISSING_AMONG_STRANGERS = 0.15
_SHARED_BY_RELATIVES = 0.6
# Children of one father do not share a first name; cousins may, as often as the name is common.
_NAMESAKE_CLOSE, _NAMESAKE_FLOOR = 0.03, 0.0003
_NEAR_BETWEEN_RELATIVES = 0.03


@dataclass(frozen=True, slots=True)
class Learnt:
    """What was learnt of two lists.

    Parameters
    ----------
    first, tail
        How probable each level of a name's first and of its other words is for one person; the last is a missing word.
    fields
        The same for every other field that was compared.
    shared
        People that are in both lists.
    relatives
        How many rows of the right list a row of the left one has as relatives.
    """

    first: Array
    tail: Array
    fields: tuple[Array, ...]
    shared: float
    relatives: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that was compared of the pairs of two lists with so many rows; for so many left ones relatives were looked for."""

    left: Array
    right: Array
    names: Alignments
    fields: tuple[Compared, ...]
    left_rows: int
    right_rows: int
    searched: int


@dataclass(frozen=True, slots=True)
class Weighed:
    """Pairs with a hope: their places among all that were compared, log odds, and probability beside their rivals."""

    place: Array
    odds: Array
    probability: Array


def learn(evidence: Evidence, rounds: int = ROUNDS) -> tuple[Learnt, Weighed]:
    """Learn from two lists what agreement is worth, and weigh their pairs by it."""
    import numpy as np

    learnt = Learnt(
        np.array(_FIRST),
        np.array(_TAIL),
        tuple(np.array(compared.field.match) for compared in evidence.fields),
        0.7 * min(evidence.left_rows, evidence.right_rows),
        2.0,
    )
    odds, _ = weigh(evidence, _Seen(evidence), learnt)
    hopeful = np.flatnonzero(odds > _HOPELESS)
    evidence = select(evidence, hopeful)
    seen = _Seen(evidence)
    probable = np.zeros(len(hopeful))
    for turn in range(rounds):
        odds, kin = weigh(evidence, seen, learnt)
        before, probable = probable, marginals(evidence.left, evidence.right, odds)
        if turn == rounds - 1 or float(np.abs(probable - before).sum()) < 1e-4 * max(len(probable), 1):
            break
        learnt = _update(evidence, seen, learnt, probable, kin)
    return learnt, Weighed(hopeful, odds, probable)


class _Seen:
    """What does not change while it is learnt what agreement is worth; patterns of names are few, and each is weighed once."""

    def __init__(self, evidence: Evidence) -> None:
        import numpy as np

        distinct, self.of = np.unique(evidence.names.pattern, return_inverse=True)
        self.patterns = unpack(distinct)
        self.tail = self.patterns.tail.astype(np.float64)
        missing = np.where(self.patterns.first == MISSING, np.log(_MISSING_AMONG_STRANGERS), 0.0)
        self.stranger = (evidence.names.first + evidence.names.tail).astype(np.float64) + missing[self.of]
        self.relatives_first = _first_between_relatives(self.patterns, self.of, evidence.names.first)


def weigh(evidence: Evidence, seen: _Seen, learnt: Learnt) -> tuple[Array, Array]:
    """Return the log odds of every pair to be one person, and how probable it is that two who are not are relatives."""
    import numpy as np

    first, tail = np.log(learnt.first), np.log(learnt.tail)
    match = (seen.tail @ tail + first[seen.patterns.first])[seen.of]
    apart = 1 - _SHARED_BY_RELATIVES
    shares = np.log(
        [_SHARED_BY_RELATIVES] * 4
        + [apart * _FAINT_BETWEEN_RELATIVES, apart * (1 - _FAINT_BETWEEN_RELATIVES), _MISSING_AMONG_STRANGERS]
    )
    kept = np.where(np.arange(MISSING + 1) < FAINT, tail, 0.0)
    kin = seen.relatives_first + (seen.tail @ (shares + kept))[seen.of]
    for compared, values in zip(evidence.fields, learnt.fields, strict=True):
        # The last of these stands for NOTHING, which is -1; what says nothing surprises nobody.
        match += np.append(np.log(values), 0.0)[compared.level] - compared.surprise
    kin += np.log(learnt.relatives / evidence.right_rows)
    other = np.logaddexp(seen.stranger, kin)
    left_alone, right_alone = _alone(evidence.left_rows, learnt.shared), _alone(evidence.right_rows, learnt.shared)
    prior = np.log(learnt.shared) - np.log(left_alone) - np.log(right_alone)
    related = np.exp(kin - other)
    return match - other + prior, related


def score_alignments(names: Alignments) -> Array:
    """Return the log odds of names so laid side by side to be one person's and not two strangers', before anything is learnt."""
    import numpy as np

    seen = unpack(names.pattern)
    odds: Array = seen.tail @ np.log(_TAIL) + np.log(_FIRST)[seen.first] - names.first - names.tail
    return odds


def _alone(rows: int, shared: float) -> float:
    """Return how many rows of a list are taken to be in no other, with the prior's people among them."""
    return rows * (rows - shared + _PRIOR_ALONE * PRIOR_PEOPLE) / (rows + PRIOR_PEOPLE)


def _first_between_relatives(seen: Patterns, of: Array, surprise: Array) -> Array:
    """Return the logarithm of how probable a first word so like another is between relatives.

    Parameters
    ----------
    of
        Which pattern each pair has.
    surprise
        Logarithm of how probable its first word is between strangers.
    """
    import numpy as np

    apart = seen.tail[:, FAINT:].sum(axis=1) > 0
    alike = np.isin(seen.first, (SAME, VARIANT, NEAR))
    factor = np.where(alike, np.where(apart, 1.0, _NAMESAKE_CLOSE), 0.0)
    near = np.where(apart, _NEAR_BETWEEN_RELATIVES, 0.02) + _NAMESAKE_FLOOR
    added = np.select(
        [seen.first == level for level in (SAME, VARIANT, NEAR, INITIAL, FAINT, MISSING)],
        [_NAMESAKE_FLOOR, 0.001 + _NAMESAKE_FLOOR, near, 0.1, _FAINT_BETWEEN_RELATIVES, 0.3],
        0.97 - _FAINT_BETWEEN_RELATIVES,
    )
    values = np.exp(surprise.astype(np.float64)) * factor[of] + added[of]
    logs: Array = np.log(values)
    return logs


def _update(evidence: Evidence, seen: _Seen, learnt: Learnt, probable: Array, kin: Array) -> Learnt:
    """Learn from the pairs that are more probable than not: the long tail of doubtful ones would feed itself."""
    import numpy as np

    relatives = float(((1 - probable) * kin).sum() + PRIOR_PEOPLE) / (evidence.searched + PRIOR_PEOPLE)
    probable = np.where(probable >= _LEARNS_FROM, probable, 0.0)
    times = np.bincount(seen.of, probable, len(seen.tail))
    first = np.bincount(seen.patterns.first, times, MISSING + 1) + PRIOR_PEOPLE * np.array(_FIRST)
    # Another first word is a brother's, and no number of brothers makes it a person's own.
    first[DIFFERENT] = _FIRST[DIFFERENT] * first.sum()
    tail = times @ seen.tail + 3 * PRIOR_PEOPLE * np.array(_TAIL)
    fields = []
    for compared in evidence.fields:
        known = compared.level != NOTHING
        prior = np.array(compared.field.match)
        counts = np.bincount(compared.level[known], probable[known], len(prior)) + PRIOR_PEOPLE * prior
        firm = np.array(compared.field.firm)
        counts[firm] = 0.0
        fields.append(np.where(firm, prior, counts / counts.sum() * (1 - prior[firm].sum())))
    shared = float(min(probable.sum(), 0.999 * min(evidence.left_rows, evidence.right_rows)))
    return replace(
        learnt,
        first=first / first.sum(),
        tail=tail / tail.sum(),
        fields=tuple(fields),
        shared=max(shared, 0.5),
        relatives=min(max(relatives, 0.5), 20.0),
    )


def select(evidence: Evidence, chosen: Sequence[int] | Array) -> Evidence:
    """Return the evidence of some pairs."""
    names = evidence.names
    return replace(
        evidence,
        left=evidence.left[chosen],
        right=evidence.right[chosen],
        names=Alignments(names.pattern[chosen], names.first[chosen], names.tail[chosen]),
        fields=tuple(replace(f, level=f.level[chosen], surprise=f.surprise[chosen]) for f in evidence.fields),
    )
