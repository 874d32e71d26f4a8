"""One number of people: whether it is a claim, what befell them, and what is doubtful about it."""

from __future__ import annotations

from cenotaph.extract.claims.binding import Binding
from cenotaph.extract.claims.categories import find_sorting
from cenotaph.extract.claims.counting import (
    is_followed_by_a_name,
    is_named_one,
    is_names,
    is_of_events,
    is_reversed,
    is_speaker,
)
from cenotaph.extract.claims.counting_slavic import counts_claimants
from cenotaph.extract.claims.discourse import Discourse
from cenotaph.extract.claims.discourse_slavic import find_by_discourse
from cenotaph.extract.claims.draft import Draft
from cenotaph.extract.claims.inheritance import inherit
from cenotaph.extract.claims.inheritance_slavic import find_category, find_untold, weigh_inherited
from cenotaph.extract.claims.parts import is_nil_row
from cenotaph.extract.claims.phrases import Population
from cenotaph.extract.claims.screening import accepts, find_holding, is_group_in_a_list, is_hypothetical
from cenotaph.extract.claims.sentence import Sentence
from cenotaph.extract.claims.spans import Number
from cenotaph.extract.claims.tallies_english import find_whole
from cenotaph.extract.claims.topics_english import is_supposed
from cenotaph.extract.claims.verbless_english import (
    counts_things,
    does_something_else,
    is_crowd,
    names_a_group,
    restates,
    tells_who,
)

_LOOK_BACK = 12
_MEMORIALS = frozenset(
    {"monument", "memorial", "obelisk", "plaque", "cenotaph", "stone", "tombstone", "gravestone", "tablet", "honour", "honor"}
)


def make_draft(
    sentence: Sentence, index: int, number: Number, population: Population, binding: Binding | None, discourse: Discourse,
    earlier: list[Draft], alone: bool,
) -> Draft | None:  # fmt: skip
    """Return the claim of a number of people, None where its sentence and the text before claim nothing of it."""
    if is_hypothetical(sentence, number, binding):
        held = find_holding(sentence, population, binding)
        if held is None:
            sentence.bar(number)
            return None
        draft = Draft(sentence, index, number, population, held.outcome, "people", None, "own")
        draft.doubt("outcome", f"whom the text wants {binding.outcome}" if binding is not None else "said of a plan")
        return draft
    names = is_names(sentence, population)
    past: Binding | None = None
    if names and binding is not None and binding.outcome == "on_board" and sentence.language == "en":
        binding = None  # "the page carries 512 names"
    if number.mention.low == 1 and (
        (population.partitive and is_named_one(sentence, number))
        or is_followed_by_a_name(sentence, number, population)
    ):
        return sentence.refuse(number)
    if is_speaker(sentence, number, population, binding):
        return sentence.refuse(number)
    if is_of_events(sentence, number, population):
        return sentence.refuse(number)
    if sentence.language == "en" and population.kind == "bare" and is_supposed(sentence, number):
        sentence.bar(number)
        return None  # "the total would be close to 3,700"
    if sentence.language == "en" and (is_crowd(sentence, population) or counts_things(sentence, number, population)):
        return sentence.refuse(number)
    last = earlier[-1] if earlier else discourse.last
    if (
        sentence.language == "en"
        and binding is not None
        and last is not None
        and binding.outcome in ("recruited", "fighting", "detained")
        and binding.trigger.end <= number.start
        and names_a_group(
            sentence,
            number,
            population,
            find_whole(sentence, number, [*discourse.drafts, *earlier]) or discourse.last_count(sentence.unit.block) or last,
        )
    ):
        binding = None  # "Mobilised — 9": who they are, in a list of the dead
    reversed_ = is_reversed(sentence, number)
    if reversed_ and binding is not None and binding.outcome not in ("survived", "rescued", "missing"):
        return sentence.refuse(number)
    if binding is not None and last is not None and tells_who(sentence, number, population, binding, last):
        past, binding = binding, None
    if binding is not None and earlier and is_group_in_a_list(sentence, number, population, binding, earlier[-1].outcome):
        binding = None  # "6,278 officers, 16,600 mobilised and 20,000 convicts": who they are
    sorting = find_sorting(sentence, number, population, binding, [*discourse.drafts[-_LOOK_BACK:], *earlier])
    if sorting is not None and not names:
        unit = "percent" if number.mention.kind == "percent" else "people"
        draft = Draft(sentence, index, number, population, sorting.outcome, unit, None, "part")
        draft.parent = sorting.whole
        return draft
    sorted_ = find_category(sentence, number, binding, discourse, earlier) if binding and sentence.language == "ru" else None
    if sorted_ is not None:
        draft = Draft(sentence, index, number, population, sorted_.outcome, "people", None, "part")
        draft.parent = sorted_
        draft.doubt("outcome", "who they were, among those told of before")
        return draft
    named = binding is not None and binding.trigger.roles == {"noun"} and binding.outcome == "recruited"
    if named and sentence.language == "en" and does_something_else(sentence, population):
        return None  # "240 recruits deserted"
    if binding is not None and accepts(sentence, number, population, binding):
        trigger = binding.trigger
        unit = (
            trigger.unit
            if (trigger.roles & {"noun", "bodies"} or ("event" in trigger.roles and trigger.unit == "bodies"))
            and ((trigger.start < population.end and trigger.start >= number.start) or trigger.unit == "bodies")
            else "people"
        )
        if "event" in trigger.roles and sentence.tokens[trigger.start].low == "deaths" and number.end <= trigger.start:
            unit = "deaths"  # "900 deaths of miners"
        if names:
            unit = "names"
        if number.mention.kind == "percent":
            unit = "percent"
        if reversed_ and binding.outcome in ("survived", "rescued"):
            draft = Draft(sentence, index, number, population, "killed", unit, binding, "own")
            draft.doubt("outcome", "said by what did not happen")
            return draft
        draft = Draft(sentence, index, number, population, binding.outcome, unit, binding, "own")
        if number.mention.kind == "zero" and binding.outcome == "killed" and sentence.tokens[trigger.start].low == "не":
            draft.outcome = "survived"  # "никто не выжил": nobody lives, and not nobody died
        handed = binding.outcome == "released" and sentence.language == "en" and population.partitive == "them"
        if handed and last is not None and last.outcome == "body_returned":
            draft.outcome = "body_returned"  # "1,000 bodies came back; 19 of them were handed over by mistake"
            return draft
        verb = sentence.tokens[trigger.start : trigger.end]
        returned = any(token.low.endswith(("сь", "ся")) for token in verb)  # who comes back by himself lives
        if binding.outcome == "released" and population.kind == "bare" and discourse.bodies_index >= index - 1 and not returned:
            draft.outcome = "body_returned"  # "обещал вернуть тела. Пока не вернули ни одного"
            draft.doubt("outcome", "bodies, spoken of before, or people")
        return draft
    if names and number.mention.kind != "indefinite":
        outcome = discourse.last.outcome if discourse.last is not None else "killed"
        if sentence.language == "en":
            listed = [t for t in sentence.triggers if t.end <= number.start and t.roles & {"measure", "noun"} and not t.voice]
            outcome = listed[-1].outcome if listed else outcome  # "the register of the missing holds 68,000 entries"
            if not listed and _MEMORIALS.intersection(token.low for token in sentence.tokens[: number.start]):
                outcome = "killed"  # "the old monument bears 204 names"
        draft = Draft(sentence, index, number, population, outcome, "names", None, "figure")
        draft.doubt("outcome", "a number of names whose outcome the clause does not say")
        return draft
    vague = number.mention.low is None and number.mention.high is None
    if vague and not any(
        f.label == "rest" and f.start < number.end and f.end > number.start for f in sentence.frames
    ):
        return sentence.refuse(number)
    part_of_none = (
        number.mention.kind == "zero"
        and sentence.language != "en"
        and population.kind == "people"
        and sentence.has_frame("subset")
        and not any(trigger.voice in ("active", "passive") for trigger in sentence.triggers)
    )  # "женщин среди них нет"
    nil = number.mention.kind == "zero" and sentence.language == "en" and last is not None and population.kind == "bare"
    if nil and last is not None and sentence.tokens[number.start].low in ("zero", "none") and restates(
        sentence, number, population, last
    ) and (number.end >= len(sentence.tokens) or not sentence.tokens[number.end].is_word):
        alone = True
    if is_nil_row(sentence, number):
        alone = True
    if number.mention.kind in ("indefinite",) or (number.mention.kind == "zero" and not alone and not part_of_none):
        return sentence.refuse(number)
    if number.start and sentence.tokens[number.start - 1].low in ("будет", "будут"):
        return sentence.refuse(number)
    inherited = inherit(sentence, number, population, discourse, earlier, alone)
    if inherited is not None and sentence.language == "ru":
        inherited = weigh_inherited(sentence, number, population, discourse, earlier, inherited)
    if inherited is None and sentence.language == "ru":
        inherited = find_untold(sentence, number, population, discourse, earlier) or find_by_discourse(
            sentence, number, population, discourse, earlier
        )
    if inherited is None:
        return None
    if sentence.language == "ru" and inherited.how != "part" and counts_claimants(sentence, population):
        return None  # "сдавайте кровь, причём двое родственников"
    unit = (
        "percent" if number.mention.kind == "percent" else inherited.unit if inherited.unit != "percent" else "people"
    )
    if unit in ("deaths", "bodies") and population.kind == "people" and population.head is not None:
        unit = "people"
    draft = Draft(sentence, index, number, population, inherited.outcome, unit, None, inherited.how)
    draft.parent = inherited.parent
    if inherited.doubtful:
        draft.doubt("outcome", f"taken over ({inherited.how}), not said in the clause")
    elif past is not None:
        draft.doubt("outcome", f"may be {past.outcome}")
    elif sentence.language == "en" and does_something_else(sentence, population):
        draft.doubt("outcome", f"taken over ({inherited.how}), and the clause says something else of them")
    return draft
