"""When a Russian outcome must be looked at: the signs under which the reader was wrong one time in eight or more.

The signs were chosen on what it got wrong the first time it saw a text: a verb of another kind in the number's clause, words for
where somebody is beside such a verb, an outcome of another verb in the same clause, and, where a sentence tells of several
outcomes, words between people and what is said of them (one such claim in three was wrong, on two sets unseen). How loose the
tie is by itself tells little. A near rival that says much the same ("rescued" and "survived") is no doubt.
"""

from __future__ import annotations

from cenotaph.extract.claims.clauses import find_piece, has_unknown_verb
from cenotaph.extract.claims.draft import Draft
from cenotaph.extract.claims.screening import is_of_before
from cenotaph.extract.claims.sentence import Sentence
from cenotaph.extract.claims.spans import Trigger

_ALIKE = (
    frozenset({"killed", "identified"}), frozenset({"rescued", "survived"}), frozenset({"fighting", "recruited"}),
    frozenset({"killed", "declared_dead"}), frozenset({"casualties", "wounded"}), frozenset({"killed", "casualties"}),
)  # fmt: skip
_LOOSE = 5.6
_APART = 2
_FAR = 4


def differs(outcome: str, other: str) -> bool:
    """Return whether two outcomes say different things of the same people."""
    return outcome != other and frozenset({outcome, other}) not in _ALIKE


def find_weakness(draft: Draft) -> str | None:
    """Return why what is said of a number may be said of others, None where nothing speaks against it."""
    binding, sentence, number = draft.binding, draft.sentence, draft.number
    if binding is None or "+" in draft.outcome or draft.outcome != binding.outcome:
        return None
    trigger = binding.trigger
    first, last = find_piece(sentence, number.start, max(number.end, draft.population.end))
    outside = trigger.end <= first or trigger.start >= last
    own_verb = has_unknown_verb(sentence, first, last)
    if outside and own_verb:
        return "the clause has a verb of its own"
    several = len({t.outcome for t in sentence.triggers if not t.negated and "void" not in t.roles} | {draft.outcome}) > 1
    if outside and several and trigger.start >= last and trigger.voice in ("active", "passive"):
        return "said in the clause behind"
    if "state" in trigger.roles and own_verb and not trigger.voice:
        return "says where, and a verb may say more"
    if trigger.outcome == "detained" and is_of_before(sentence, first, last):
        return "told of the time before"
    if sentence.tokens[trigger.start].low.startswith("леж") and trigger.end - trigger.start == 1:
        return "who lies may be dead or hurt"
    if several and _lies_apart(draft, trigger, _APART):
        return "said at some distance, and the sentence tells of more"
    for other in sentence.triggers:
        beside = first <= other.start < last and other.voice in ("active", "passive") and not other.negated
        if beside and other is not trigger and differs(trigger.outcome, other.outcome) and (
            trigger.outcome not in other.alternatives
        ):
            return f"may be {other.outcome}"
    if binding.score < _LOOSE and _lies_apart(draft, trigger, _FAR) and not _is_shared(sentence, draft, trigger):
        return "loosely bound"
    return None


def _lies_apart(draft: Draft, trigger: Trigger, least: int) -> bool:
    """Return whether so many words stand between people and what is said of them."""
    number, population = draft.number, draft.population
    between = trigger.start - population.end if trigger.start >= number.end else number.start - trigger.end
    return between >= least


def _is_shared(sentence: Sentence, draft: Draft, trigger: Trigger) -> bool:
    """Return whether one verb before a row of numbers is the only one that says what happened in the sentence."""
    if trigger.end > draft.number.start or len({t.outcome for t in sentence.triggers if not t.negated}) > 1:
        return False
    between = range(trigger.end, draft.number.start)
    return not any(sentence.words[at].parse.kinds and sentence.words[at].parse.kinds <= {"VERB", "PRTS"} for at in between)
