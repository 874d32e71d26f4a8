"""What happened to people of whom their own clause does not say: parts, lists, answers, and figures that refer back."""

from __future__ import annotations

from cenotaph.extract.claims.discourse import Discourse
from cenotaph.extract.claims.draft import Draft
from cenotaph.extract.claims.inheritance_english import inherit_english, inherit_plainly
from cenotaph.extract.claims.inherited import Inherited
from cenotaph.extract.claims.parts import distributes, find_part, is_bracket_list, is_labelled_row, is_list_value, only_includes
from cenotaph.extract.claims.phrases import Population
from cenotaph.extract.claims.scoring import is_governed_elsewhere
from cenotaph.extract.claims.sentence import STRONG, Sentence
from cenotaph.extract.claims.spans import Number
from cenotaph.extract.claims.tallies_english import find_sorted, share_of
from cenotaph.extract.claims.verbless import (
    counts_group,
    does_other,
    does_otherwise,
    is_denied,
    is_rival_figure,
    lives_elsewhere,
    measures_others,
    stands_behind_a_name,
)
from cenotaph.reference.word_sets import read_word_set


def inherit(
    sentence: Sentence,
    number: Number,
    population: Population,
    discourse: Discourse,
    earlier: list[Draft],
    following: bool,
) -> Inherited | None:
    """Return the outcome of a number that has none of its own.

    Parameters
    ----------
    earlier
        Claims already read in the same sentence, in order.
    following
        Whether nothing but the number and its phrase stands in the sentence ("Two.").
    """
    after = sentence.lows[number.end : number.end + 3]
    if earlier and after[:2] in (["did", "not"], ["were", "not"], ["was", "not"]) and (not after[2:] or after[2] in ",.;"):
        turned = earlier[-1].outcome in ("survived", "rescued")
        return Inherited("killed", "people", None, "coordinate", True) if turned else None  # "247 survived and 81 did not"
    if earlier and earlier[-1].outcome == "identified" and any(word in _UNKNOWN for word in after):
        return Inherited("killed", "people", None, "coordinate", True)  # "two were identified; eleven remain nameless"
    further = population.more or number.mention.increment
    if earlier and sentence.language == "en" and is_governed_elsewhere(sentence, number, further=bool(further)):
        return sentence.refuse(number)  # "has repatriated 43 and is assisting a further 18"
    if earlier and sentence.language == "en" and population.more and _has_its_own_verb(sentence, population):
        return sentence.refuse(number)  # "15 lay dead and a further 40 were crawling away"
    if sentence.language == "en" and number.mention.low == 1 and number.start and population.kind == "people" and (
        sentence.tokens[number.start - 1].low in _PLACING and not population.partitive
    ):
        return sentence.refuse(number)  # "six of the nine were from one family"
    if sentence.language == "en" and population.partitive and sentence.tokens[population.end - 1].low == "us":
        return sentence.refuse(number)  # "there are nineteen of us": who speaks
    if sentence.language == "en" and (told := inherit_plainly(sentence, number, population, discourse, earlier)) is not None:
        return told
    part = find_part(sentence, number, population)
    if sentence.language == "ru" and part == "frame" and does_otherwise(sentence, number):
        return sentence.refuse(number)
    if sentence.language == "ru" and not part and (does_other(sentence, number) or is_denied(sentence, number)):
        return sentence.refuse(number)
    following_trigger = sentence.trigger_at.get(number.end)
    if (
        following_trigger is not None
        and sentence.language == "en"
        and "trans" in following_trigger.roles
        and following_trigger.start >= population.end
        and following_trigger.voice in ("bare", "active")
        and sentence.is_active_english(following_trigger)
    ):
        return sentence.refuse(number)  # "the earlier six killed 13": those who did it
    if earlier:
        found = _inherit_within(sentence, number, population, earlier, part)
        if found is not None:
            return found
    last = discourse.last
    if sentence.language == "ru" and not earlier and not part and is_labelled_row(sentence, number, population, discourse):
        assert discourse.header is not None
        return Inherited(discourse.header, discourse.header_unit, None, "list", True)
    if part == "frame" and sentence.language == "en" and only_includes(sentence, number):
        return None  # "324 rifles, including 100 of ...": parts of what is counted here, and that is no people
    if part in ("them", "frame") and last is not None and last.how == "earlier" and sentence.language == "ru":
        last = next((one for one in reversed(discourse.drafts[-4:]) if one.how != "earlier"), last)
    if part in ("them", "frame") and last is not None:
        return Inherited(last.outcome, last.unit, last, "part", part != "them" or _is_doubtful(last))
    if (
        last is not None
        and ((population.label and not last.population.label) or last.how == "part")
        and population.names
        and not earlier
        and sentence.unit.block - last.sentence.unit.block <= 1
    ) and (
        last.value is not None
        and number.mention.low is not None
        and number.mention.low <= last.value
        and not any(t.outcome in STRONG for t in sentence.triggers)
    ):
        return Inherited(last.outcome, last.unit, last.parent if last.how == "part" else last, "part", True)
    if last is not None and distributes(sentence, number, population, last):
        return Inherited(
            last.outcome,
            "people" if last.unit == "deaths" else last.unit,
            last.parent if last.how == "part" and last.parent is not None else last,
            "part",
            True,
        )
    if last is not None and sentence.language == "en" and not earlier and (
        whole := find_sorted(sentence, number, population, discourse.drafts)
    ) is not None:
        return Inherited(whole.outcome, "people" if whole.unit == "deaths" else whole.unit, whole, "part", True)
    if is_list_value(sentence, number, population, discourse):
        header = discourse.header
        if header is not None:
            return Inherited(header, discourse.header_unit, None, "list", True)
    if last is not None and sentence.language != "en" and stands_behind_a_name(sentence, number, last):
        return Inherited(last.outcome, "people" if last.unit == "deaths" else last.unit, None, "list", True)
    if sentence.language == "en" and (shared_by := share_of(sentence, number, population)) is not None and not earlier:
        return Inherited(shared_by, "percent", None, "figure", True)
    if sentence.language == "en" and number.mention.kind == "percent" and (last is None or last.unit != "percent"):
        after_ = sentence.tokens[number.end].low if number.end < len(sentence.tokens) else "."
        shared = any(token.low in ("share", "proportion", "percentage") for token in sentence.tokens)
        if not earlier and not part and after_ not in _SHARED and not shared:
            return None  # "funding: 42%", "a poll found 74 per cent in favour"
    if sentence.language == "en" and (earlier or last is not None):
        counted = last if last is None or last.unit != "percent" else discourse.last_count(sentence.unit.block)
        found = inherit_english(sentence, number, population, earlier, counted or last, discourse.drafts)
        if found is not None:
            return found
    if last is not None and population.label and population.names and is_bracket_list(sentence, number):
        return Inherited(last.outcome, "people" if last.unit == "deaths" else last.unit, None, "list", True)
    opens = population.kind == "bare" and (number.start <= 2 or _opens_behind_label(sentence, number))
    if discourse.asked is not None and (
        following or opens or (discourse.asked_plainly and population.kind in ("bare", "people"))
    ):
        return Inherited(discourse.asked, "people", None, "answer", True)
    if (
        last is not None
        and (population.kind == "bare" or (population.kind == "people" and population.group is None))
        and sentence.language != "en"
        and last.unit != "percent"
        and sentence.unit.block - last.sentence.unit.block <= 1
        and sentence.has_frame("earlier", max(0, number.start - _EARLIER_REACH), number.start)
        and not any(trigger.voice in ("active", "passive") for trigger in sentence.triggers)
    ):
        return Inherited(last.outcome, last.unit, None, "earlier", True)  # "годом раньше было 834"
    if (
        last is not None
        and sentence.language == "ru"
        and not earlier
        and population.kind == "people"
        and sentence.unit.block == last.sentence.unit.block
        and number.start <= 2
        and any(token.low in ("есть", "среди", "имеются") for token in sentence.tokens[: number.start])
        and not any(trigger.voice in ("active", "passive") for trigger in sentence.triggers)
    ):
        return Inherited(last.outcome, last.unit, last.parent, "part" if last.parent is not None else "figure", True)
    if (
        sentence.language == "ru"
        and discourse.unnumbered is not None
        and number.start <= _SUM_REACH
        and _SUMMING.intersection(token.low for token in sentence.tokens[: number.start])
        and population.kind in ("bare", "people")
        and not sentence.triggers
    ):
        return Inherited(discourse.unnumbered[1], "people", None, "figure", True)  # "Жителей вывезли. Всего — 1 140 человек"
    if last is not None and counts_group(sentence, population, last):
        return Inherited(last.outcome, "people" if last.unit == "deaths" else last.unit, None, "list", True)
    if last is not None and _refers_back(sentence, number, population):
        return Inherited(last.outcome, last.unit, None, "figure", True)
    return None


def _opens_behind_label(sentence: Sentence, number: Number) -> bool:
    """Return whether a number opens what a speaker named before a colon answers: "Иванов: около сорока"."""
    colon = next((at for at, token in enumerate(sentence.tokens[:_LABEL]) if token.text == ":"), None)
    return colon is not None and 0 < number.start - colon <= 3


_LABEL = 6


def _does_its_own(sentence: Sentence, number: Number) -> bool:
    """Return whether a past verb of another kind stands right behind a number that closes its clause: "101 deserted"."""
    tokens, at = sentence.tokens, number.end
    if at >= len(tokens) or not tokens[at].low.endswith("ed") or at in sentence.trigger_at:
        return False
    closes = at + 1 >= len(tokens) or tokens[at + 1].text in ",.;" or tokens[at + 1].low in ("and", "but", "or")
    return closes and not tokens[at].low.startswith("un") and tokens[at].low not in _DESCRIBED


_DESCRIBED = frozenset({"aged", "uniformed", "retired", "armed", "related", "named", "listed", "confirmed", "reported"})
_SHARED = frozenset({"of", "were", "was", "are", "came", "had", "have"})
_PLACING = frozenset({"from", "in", "of", "at", "by", "to", "for", "on", "under", "within"})
_SUMMING = frozenset({"всего", "итого", "их"})
_SUM_REACH = 4
_EARLIER_REACH = 6


_UNKNOWN = frozenset({"nameless", "unidentified", "unnamed", "unknown"})


def _has_its_own_verb(sentence: Sentence, population: Population) -> bool:
    """Return whether a verb of another kind follows: "were crawling", "had arrived"."""
    tokens = sentence.tokens
    at = population.end
    if at + 1 >= len(tokens) or tokens[at].low not in ("were", "was", "are", "had"):
        return False
    return tokens[at + 1].low.endswith(("ing", "ed")) and sentence.trigger_at.get(at + 1) is None


def _is_doubtful(draft: Draft) -> bool:
    return any(doubt.startswith("outcome") for doubt in draft.doubts)


def _last_outside_brackets(sentence: Sentence, number: Number, earlier: list[Draft]) -> Draft:
    """Return the last claim that no closed bracket sets apart: not the two of "three children (two of them brothers) and ..."."""
    for draft in reversed(earlier):
        at = draft.number.start
        if not any(first < at < last < number.start for first, last in sentence.brackets):
            return draft
    return earlier[-1]


def _was_so(sentence: Sentence, number: Number) -> bool:
    """Return whether a bracket tells how many there were before: "(на прошлой неделе было 397)"."""
    lows = [token.low for token in sentence.tokens[max(0, number.start - _EARLIER_REACH) : number.start]]
    inside = lows[len(lows) - lows[::-1].index("(") :] if "(" in lows else lows
    return bool(inside) and inside[-1] in ("было", "были") and len(inside) > 1


_SWAPPED = 3.0
_DETERMINING = frozenset({"the", "their", "his", "her", "its", "these", "those"})
_GOVERNED = read_word_set("inheritance.governed")


def _inherit_within(
    sentence: Sentence, number: Number, population: Population, earlier: list[Draft], part: str
) -> Inherited | None:
    tokens = sentence.tokens
    if sentence.language == "en" and population.kind == "bare" and _does_its_own(sentence, number):
        return sentence.refuse(number)  # "388 are dead, 101 deserted"
    last = _last_outside_brackets(sentence, number, earlier)
    gap = sentence.cost(last.population.end, number.start)
    between = sentence.lows[last.number.end : number.start]
    if population.kind == "unknown" or (between and ":" in between and population.kind == "people"):
        if ":" in between and gap < 2.6 and last.population.kind != "bare":
            return Inherited(last.outcome, last.unit, last, "part", False)
        if population.kind == "unknown":
            return None
    if part in ("them", "frame"):
        whole = next((d for d in reversed(earlier) if d.how != "part" and d.unit != "percent"), last)
        if last.how == "part" and last.parent is not None and sentence.language != "en" and last.parent.sentence is not sentence:
            whole = last.parent  # "Среди них — 6 офицеров, 36 рядовых": of the sentence before
        if part == "them" and len(earlier) > 1 and "of them" in " ".join(between[-4:]):
            whole = last
        return Inherited(
            last.outcome,
            last.unit,
            whole if whole.outcome == last.outcome or whole is last.parent else last,
            "part",
            _is_doubtful(last),
        )
    if (
        last.how == "part"
        and population.kind != "thing"
        and (gap < 4.5 or population.names or population.more)
        and any(word in (",", "and", "и", "та", "і") for word in between)
    ):
        # "43 from Tajikistan and 46 from Uzbekistan", "86 are from the Great War, 24 from the Second"
        return Inherited(last.outcome, last.unit, last.parent, "part", _is_doubtful(last))
    if (
        (
            population.label
            and population.names
            and last.value is not None
            and (population.names != last.population.names)
        )
        and last.how == "part"
        and last.parent is not None
    ):
        return Inherited(last.outcome, last.unit, last.parent, "part", True)
    if (
        not population.label
        and (
            sentence.language == "en"
            or not (stands_behind_a_name(sentence, number, last) or is_rival_figure(sentence, number))
        )
        and "(" in between
        and ")" not in between[between.index("(") :]
        and population.kind in ("bare", "people")
    ):
        if sentence.language == "ru" and _was_so(sentence, number):
            return Inherited(last.outcome, last.unit, None, "earlier", True)
        return Inherited(last.outcome, last.unit, last, "part", population.kind == "bare")
    if sentence.language != "en" and population.kind in ("bare", "people") and is_rival_figure(sentence, number):
        return Inherited(last.outcome, last.unit, None, "coordinate", True)
    if sentence.language != "en" and stands_behind_a_name(sentence, number, last):
        above = last.parent if last.how == "part" else None
        return Inherited(last.outcome, last.unit, above, "part" if above is not None else "coordinate", True)
    if any(word in between for word in ("from", "against", "earlier", "previously", "против")) and sentence.has_frame(
        "earlier", last.number.end, number.end
    ):
        return Inherited(last.outcome, last.unit, None, "earlier", False)
    if sentence.language == "en" and between and between[-1] == "for" and last.outcome in ("released", "body_returned"):
        return Inherited(last.outcome, last.unit, None, "coordinate", gap > _SWAPPED)  # "205 for 205"
    if sentence.language == "en" and population.kind in ("bare", "people") and not population.label and not population.more:
        lead = tokens[number.start - 1].low if number.start else ""
        if lead in _DETERMINING and number.start > 1:
            lead = tokens[number.start - 2].low  # "six priests and their two maids"
        if lead == "for" and number.start > 1 and tokens[number.start - 2].low.startswith("account"):
            return Inherited(last.outcome, last.unit, None, "coordinate", True)  # "artillery accounts for ten"
        spoken = any(span.end == number.start and span.label != "cite" for span in sentence.speech)
        if lead in _GOVERNED and not spoken:
            return None  # "damage in the millions", "homes of two leaders"
    if (
        population.kind in ("bare", "people")
        and (population.label or population.names or population.kind == "bare")
        and gap < 6.0
    ):
        return Inherited(last.outcome, last.unit, None, "coordinate", True)
    if population.kind == "people" and gap < 3.0:
        return Inherited(last.outcome, last.unit, None, "coordinate", True)
    if sentence.language == "en" and between[-1:] == ["plus"]:
        return Inherited(last.outcome, last.unit, None, "coordinate", True)
    return None


def _refers_back(sentence: Sentence, number: Number, population: Population) -> bool:
    if population.kind not in ("bare", "people", "outcome") or (
        population.kind == "people" and population.group is not None and not population.more
    ):
        return False
    if sentence.language == "ru" and (measures_others(sentence, number) or lives_elsewhere(sentence, number)):
        return False
    figure = any(frame.label == "figure" and abs(frame.start - number.start) < 14 for frame in sentence.frames)
    spoken = population.kind in ("bare", "outcome") and any(
        0 <= number.start - span.end <= 2 for span in sentence.speech if span.label != "cite"
    )
    return figure or spoken or (population.kind == "bare" and bool(sentence.speech) and len(sentence.tokens) < 12)
