"""Numbers dealt out in order: "killed and wounded were 12 and 30 respectively", "из них погибли соответственно 109, 278 и 38"."""

from __future__ import annotations

from collections.abc import Sequence

from cenotaph.extract.claims.draft import Draft
from cenotaph.extract.claims.sentence import Sentence
from cenotaph.reference.places import label

_RESPECTIVELY = frozenset({"respectively", "соответственно"})
_LOOK_BACK = 8


def share_respectively(drafts: Sequence[Draft], known: Sequence[Draft]) -> None:
    """Give the numbers of a sentence in order what its words, or the sentence before, name in the same order.

    Parameters
    ----------
    drafts
        The claims of one sentence.
    known
        Claims up to and with them.
    """
    if len(drafts) < 2:
        return
    sentence = drafts[0].sentence
    if _RESPECTIVELY.isdisjoint(sentence.lows):
        return
    counted = [draft for draft in drafts if draft.number.mention.kind == "people_candidate"]
    if len(counted) < 2 or _share_outcomes(sentence, counted) or _share_names(sentence, counted):
        return
    _share_wholes(sentence, counted, known)


def _share_outcomes(sentence: Sentence, counted: list[Draft]) -> bool:
    """Share "killed and wounded" out among as many numbers."""
    first, last = counted[0].number.start, counted[-1].number.end
    told = [t for t in sentence.triggers if (t.end <= first or t.start >= last) and not t.negated]
    outcomes = list(dict.fromkeys(trigger.outcome for trigger in told))
    if len(outcomes) != len(counted) or len(told) != len(outcomes):
        return False
    for draft, outcome in zip(counted, outcomes, strict=True):
        draft.outcome = outcome
        draft.doubts = {words: None for words in draft.doubts if not words.startswith("outcome")}
    return True


def _share_names(sentence: Sentence, counted: list[Draft]) -> bool:
    """Share states or places before the numbers out among as many of them: "Russia and Ukraine lost 40 and 25 soldiers"."""
    first = counted[0].number.start
    names = [n for n in sentence.names if n.end <= first and n.sense == "name"]
    if len(names) != len(counted) or len({n.codes for n in names}) != len(names):
        return False
    lost = any("loss" in t.roles for t in sentence.triggers)
    placed = names[0].start > 0 and sentence.tokens[names[0].start - 1].low in ("in", "at", "near", "в", "во", "на", "под")
    if not (lost or placed):
        return False
    for draft, name in zip(counted, names, strict=True):
        if lost and len(name.codes) == 1:
            draft.side = label(name.codes[0])
        if placed:
            draft.place = sentence.text[sentence.tokens[name.start].start : sentence.tokens[name.end - 1].end]
    return True


def _share_wholes(sentence: Sentence, counted: list[Draft], known: Sequence[Draft]) -> None:
    """Make the numbers parts, in order, of as many numbers of the sentence before."""
    before = [d for d in known[-_LOOK_BACK - len(counted) :] if d.sentence is not sentence and d.index == counted[0].index - 1]
    if len(before) != len(counted) or sentence.unit.block != before[0].sentence.unit.block:
        return
    fits = all((part.value or 0) <= (whole.value or 0) for part, whole in zip(counted, before, strict=True))
    if not fits:
        return
    for part, whole in zip(counted, before, strict=True):
        part.parent, part.how = whole, "part"
        if not part.population.names:
            part.nationality, part.nationality_span = whole.nationality, None
            part.doubts = {words: None for words in part.doubts if not words.startswith("nationality")}
