"""The fields of a claim beside its number and outcome: who, for whom, where, who says so, how sure, as of when."""

from __future__ import annotations

from cenotaph.extract.claims.attribution import fill_source
from cenotaph.extract.claims.binding import Binding
from cenotaph.extract.claims.certainty import fill_modality
from cenotaph.extract.claims.discourse import Discourse
from cenotaph.extract.claims.doubting_slavic import differs, find_weakness
from cenotaph.extract.claims.draft import Draft
from cenotaph.extract.claims.groups import fill_group
from cenotaph.extract.claims.nationality import fill_nationality
from cenotaph.extract.claims.places import find_label_place, find_place
from cenotaph.extract.claims.places_slavic import carry_place, find_slavic_place
from cenotaph.extract.claims.sentence import Sentence
from cenotaph.extract.claims.sides import fill_side, is_military_loss
from cenotaph.extract.claims.spans import Trigger
from cenotaph.extract.claims.timing import fill_date


def fill_slots(draft: Draft, discourse: Discourse, siblings: list[Draft]) -> None:
    """Fill the fields of a claim from its sentence and from what went before."""
    mention = draft.number.mention
    draft.retracted = mention.retracted
    fill_source(draft, discourse)
    fill_nationality(draft, discourse, siblings)
    fill_group(draft, siblings, discourse)
    fill_side(draft)
    _fill_place(draft, discourse, siblings)
    fill_date(draft, discourse)
    fill_modality(draft)
    _doubt_outcome(draft)
    if draft.nationality:
        for code in draft.nationality:
            discourse.nationalities[code] = None


def _doubt_outcome(draft: Draft) -> None:
    binding = draft.binding
    if binding is None:
        return
    for other in (*(() if draft.sure else binding.rivals), *binding.trigger.alternatives):
        if differs(draft.outcome, other) if draft.sentence.language == "ru" else other != draft.outcome:
            draft.doubt("outcome", f"may be {other}")
    if (
        binding.trigger.unit == "names"
        and draft.sentence.language != "en"
        and not any(t.outcome == "killed" and t is not binding.trigger for t in draft.sentence.triggers)
        and not _speaks_of_dead(draft.sentence, binding.trigger)
    ):
        draft.doubt("outcome", "names, and the clause does not say of whom")
    roles = binding.trigger.roles
    if ("victim" in roles or "loss" in roles) and (draft.sentence.language != "ru" or is_military_loss(draft)):
        draft.doubt("outcome", "may be casualties")
    if "shot" in roles:
        draft.doubt("outcome", "may be wounded")
    if "loose" in roles:
        draft.doubt("outcome", "a word that says it loosely")
    russian = draft.sentence.language == "ru"
    loose = binding.score < 4.6 or (draft.sentence.language == "en" and _is_loose(draft, binding))
    if not russian and loose and not (draft.sure and draft.chance >= _SURE_THOUGH_LOOSE):
        draft.doubt("outcome", "loosely bound")
    weakness = find_weakness(draft) if russian else None
    if weakness is not None and (not draft.sure or weakness.startswith("who lies")):
        draft.doubt("outcome", weakness)
    if draft.outcome == "casualties":
        draft.doubt("outcome", "casualties without a split")


_SURE_THOUGH_LOOSE = 0.86
_LOOSE = 6.5
_LOOSE_WEAK = 7.0
_LOOSE_CLOSE = 6.0
_CLOSE = 2
_BOTH = 2
_AUXILIARIES = 3
_OFTEN_MISREAD = frozenset({"recruited", "fighting", "on_board", "identified", "displaced", "released", "detained"})


def _is_loose(draft: Draft, binding: Binding) -> bool:
    """Return whether an English binding is of the kind that unseen texts proved wrong: weak, or across a comma.

    Of the first readings of thirteen new texts these held two thirds of the wrong outcomes without a doubt and a tenth of all.
    """
    sentence, trigger = draft.sentence, binding.trigger
    if sentence.language != "en":
        return False
    first, last = draft.population.end, trigger.start
    close = 0 <= last - first <= _CLOSE
    limit = _LOOSE_CLOSE if close else _LOOSE_WEAK if draft.outcome in _OFTEN_MISREAD else _LOOSE
    told = trigger.end <= draft.number.start and draft.outcome not in _OFTEN_MISREAD
    if binding.score < limit and "measure" not in trigger.roles and not told:
        return True  # what stands before a number is seldom misread: 16 of 16 right
    commas = [at for at in range(first, last) if sentence.tokens[at].text == ","]
    parenthesis = len(commas) == _BOTH and commas[0] == first and last - commas[-1] <= _AUXILIARIES
    return bool(commas) and not parenthesis  # "three students, two of them girls, were killed"


def _speaks_of_dead(sentence: Sentence, trigger: Trigger) -> bool:
    words = sentence.tokens[trigger.start : trigger.end]
    return any(token.low.startswith(("погиб", "убит", "умер", "мертв", "жертв")) for token in words)


_ROW_WORDS = 4
_REGIONS = ("обл", "кра", "район", "респ", "и", "окр")


def _find_row_place(draft: Draft) -> str | None:
    """Return the place that labels a figure of a Russian list, "Башкортостан 4 870", "СФО — 14 301"; never a country."""
    sentence, at = draft.sentence, draft.number.start
    tokens, words = sentence.tokens, sentence.words
    if sentence.language != "ru" or draft.unit == "percent" or draft.nationality:
        return None
    last = at - (1 if at and tokens[at - 1].text in "—–:(" else 0)
    first = last
    while first > 0 and last - first < _ROW_WORDS and tokens[first - 1].text not in ",;:.!?()—–•|":
        if words[first - 1].parse.kinds & {"VERB", "PRTS"} or tokens[first - 1].low in ("из", "них", "среди", "в", "на"):
            break
        first -= 1
    while first < last and not tokens[first].text[0].isupper():
        first += 1
    if first >= last or any(words[i].kind not in ("", "thing") or i in sentence.trigger_at for i in range(first, last)):
        return None
    opens = first == 0 or not tokens[first - 1].is_word or tokens[first - 1].low in ("них", "том", "числе", "и", "а")
    named = all(
        tokens[i].text[0].isupper() or tokens[i].low.startswith(_REGIONS) or not tokens[i].is_word for i in range(first, last)
    )
    if not opens or not named or (first == 0 and last == at):
        return None
    return sentence.text[tokens[first].start : tokens[last - 1].end]


def _fill_place(draft: Draft, discourse: Discourse, siblings: list[Draft]) -> None:
    draft.place = _find_row_place(draft) or find_label_place(draft)
    if draft.place is None and draft.sentence.language == "ru":
        draft.place = find_slavic_place(draft) or carry_place(draft, discourse, siblings)
    elif draft.place is None:
        draft.place = find_place(draft, siblings)
        if draft.place is None and discourse.line_place is not None and discourse.line_place[0] == draft.sentence.unit.line:
            draft.place = discourse.line_place[2]
