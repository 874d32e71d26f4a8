"""When a Russian outcome must be looked at: the signs under which the reader was wrong one time in eight or more.

The signs were chosen on what it got wrong the first time it saw a text: a verb behind the number in another clause, words for
where somebody is beside a verb of another kind, an outcome of another verb in the same clause, a loose tie. A near rival that
says much the same ("rescued" and "survived") is no doubt.
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
_LOOSE = 6.0
_SURE = 7.4


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
    if outside and trigger.start >= last and trigger.voice in ("active", "passive"):
        return "said in the clause behind"
    if "state" in trigger.roles and (own_verb or draft.outcome == "on_board") and not trigger.voice:
        return "says where, and a verb may say more" if own_verb else "says where"
    if trigger.outcome == "detained" and is_of_before(sentence, first, last):
        return "told of the time before"
    if sentence.tokens[trigger.start].low.startswith("леж") and trigger.end - trigger.start == 1:
        return "who lies may be dead or hurt"
    several = len({t.outcome for t in sentence.triggers if not t.negated and "void" not in t.roles} | {draft.outcome}) > 1
    if "state" in trigger.roles and not trigger.voice and several and binding.score < _SURE:
        return "says where, and the sentence tells of more"
    if several and binding.score < _SURE and outside:
        return "loosely bound, and the sentence tells of more"
    for other in sentence.triggers:
        beside = first <= other.start < last and other.voice in ("active", "passive") and not other.negated
        if beside and other is not trigger and differs(trigger.outcome, other.outcome) and (
            trigger.outcome not in other.alternatives
        ):
            return f"may be {other.outcome}"
    if binding.score < _LOOSE and not _is_shared(sentence, draft, trigger):
        return "loosely bound"
    return None


def _is_shared(sentence: Sentence, draft: Draft, trigger: Trigger) -> bool:
    """Return whether one verb before a row of numbers is the only one that says what happened in the sentence."""
    if trigger.end > draft.number.start or len({t.outcome for t in sentence.triggers if not t.negated}) > 1:
        return False
    between = range(trigger.end, draft.number.start)
    return not any(sentence.words[at].parse.kinds and sentence.words[at].parse.kinds <= {"VERB", "PRTS"} for at in between)
