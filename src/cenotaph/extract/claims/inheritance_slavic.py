"""What a Russian figure may take over from the text before: not past a verb of its own, a new heading, or a nearer word."""

from __future__ import annotations

from dataclasses import replace

from cenotaph.extract.claims.binding import Binding
from cenotaph.extract.claims.clauses import find_piece, has_unknown_verb
from cenotaph.extract.claims.discourse import Discourse
from cenotaph.extract.claims.draft import Draft
from cenotaph.extract.claims.inheritance import Inherited
from cenotaph.extract.claims.phrases import Population
from cenotaph.extract.claims.sentence import Sentence
from cenotaph.extract.claims.spans import Number, Trigger

_OF_ENDS = frozenset({"killed", "missing", "captured", "wounded", "casualties", "declared_dead", "body_returned", "identified"})
_OF_SERVICE = frozenset({"recruited", "fighting", "detained"})
_LINKS = frozenset({"—", "–", "-", ":", "было", "были", "уже", "всего", "только", "ещё", "еще", "почти", "лишь"})
_BLOCKS = 1


def weigh_inherited(
    sentence: Sentence, number: Number, population: Population, discourse: Discourse, earlier: list[Draft],
    inherited: Inherited,
) -> Inherited | None:  # fmt: skip
    """Return what a number takes over after a second look, None where its own clause says something else of it.

    Parameters
    ----------
    earlier
        Claims already read in the same sentence, in order.
    inherited
        What the rules that hold for every language give.
    """
    first, last = find_piece(sentence, number.start, max(number.end, population.end))
    if has_unknown_verb(sentence, first, last):
        if inherited.how != "part":
            return None  # "в реестре 40 фамилий, ещё 12 уехали учиться"
        inherited = replace(inherited, doubtful=True)
    framed = _find_framed(sentence, number)
    if framed is not None and inherited.how == "part" and framed.outcome != inherited.outcome:
        parent = inherited.parent
        if parent is not None and parent.sentence is sentence:
            parent = parent.parent
        return replace(inherited, outcome=framed.outcome, unit="people", parent=parent, doubtful=True)
    if inherited.how == "figure" and not earlier:
        nearer = _find_measured(sentence, number)
        if nearer is not None:
            return replace(inherited, outcome=nearer.outcome, unit="people", parent=None, doubtful=True)
        main = _find_main(discourse)
        if main is not None and population.kind == "bare":
            inherited = replace(inherited, outcome=main.outcome, unit=main.unit)
    before = discourse.last
    stale = before is not None and before.index < discourse.heading_index
    if stale and not earlier and inherited.parent is None and inherited.how in ("figure", "list", "earlier"):
        return replace(inherited, outcome=discourse.heading or inherited.outcome, unit="people", doubtful=True)
    return inherited


def _find_framed(sentence: Sentence, number: Number) -> Trigger | None:
    """Return what "среди вернувшихся" at the head of a sentence says of everybody told of in it."""
    for frame in sentence.frames:
        if frame.label != "subset" or frame.start > 1 or frame.end > number.start:
            continue
        if any(token.text in ";:." for token in sentence.tokens[frame.end : number.start]):
            return None
        for at in range(frame.start, frame.end + 1):
            trigger = sentence.trigger_at.get(at)
            if trigger is not None and (trigger.voice == "part" or trigger.roles & {"noun"}):
                return trigger
    return None


def _find_measured(sentence: Sentence, number: Number) -> Trigger | None:
    """Return the last noun before a bare figure that says what is counted: "о собственных потерях ... назвал число 5 814"."""
    found = [
        trigger
        for trigger in sentence.triggers
        if trigger.end <= number.start and trigger.roles & {"measure", "noun", "event", "victim"} and trigger.voice != "active"
    ]
    return found[-1] if found else None


def _find_main(discourse: Discourse) -> Draft | None:
    """Return the first claim of the sentence told last, where it is of dead: a bare figure after it is of them."""
    last = discourse.last
    if last is None:
        return None
    same = [draft for draft in discourse.drafts[-6:] if draft.sentence is last.sentence]
    return same[0] if same and same[0].outcome == "killed" and same[0].how == "own" and last.how == "own" else None


def find_category(
    sentence: Sentence, number: Number, binding: Binding, discourse: Discourse, earlier: list[Draft]
) -> Draft | None:
    """Return the claim whose people a number sorts by who they were: "осуждённых — 18 240; мобилизованными были 14 116"."""
    trigger = binding.trigger
    if binding.outcome not in _OF_SERVICE or trigger.end > number.start or trigger.roles & {"measure", "event", "state"}:
        return None
    if trigger.voice not in ("part", ""):
        return None
    between = [token.low for token in sentence.tokens[trigger.end : number.start]]
    first, _ = find_piece(sentence, trigger.start, trigger.end)
    if len(between) > 2 or not _LINKS.issuperset(between) or first != trigger.start:
        return None
    last = earlier[-1] if earlier else discourse.last
    if last is None or last.outcome not in _OF_ENDS or last.value is None or number.mention.low is None:
        return None
    near = last.sentence.unit.block >= sentence.unit.block - _BLOCKS
    whole = last.parent if last.how in ("part", "list") and last.parent is not None else last
    return whole if near and number.mention.low <= (whole.value or 0) else None
