"""English clauses that say how many without saying what happened: whose outcome a figure takes over, and when it must not."""

from __future__ import annotations

from cenotaph.extract.claims.binding import Binding
from cenotaph.extract.claims.draft import Draft
from cenotaph.extract.claims.parts import find_part
from cenotaph.extract.claims.phrases import Population
from cenotaph.extract.claims.sentence import STRONG, Sentence
from cenotaph.extract.claims.spans import Number
from cenotaph.extract.claims.topics_english import comes_out_at
from cenotaph.reference.word_sets import read_word_set

_HEDGING = read_word_set("verbless.hedging")
_GIVING = read_word_set("verbless.giving")
_FIGURES = frozenset(
    {"it", "that", "this", "there", "figure", "total", "toll", "number", "count", "tally", "figures", "ours", "theirs"}
)
_BEING = frozenset({"was", "were", "is", "are", "'s", "stands", "stood", "be", "been"})
_SPLITTING = frozenset({"breakdown", "break", "breaks", "broke", "broken", "split", "composition"})
_CROWDING = read_word_set("verbless.crowding")
_LEADING = frozenset({"who", "have", "has", "had", "then", "since", "also", "later"})
_HAPPENING = frozenset({"occurred", "happened", "exploded", "landed", "detonated", "failed", "missed"})
_OWNERS = frozenset({"he", "she", "i", "you", "who"})
_COPULAS = read_word_set("verbless.copulas")
_NEAR = 420
"""Code points between a figure and the one that it restates."""


def restates(sentence: Sentence, number: Number, population: Population, last: Draft) -> bool:
    """Return whether a clause only gives another figure: "in March it was 212", "the ministry still has 198", "up from 58"."""
    if population.kind != "bare" or population.partitive or last.unit == "percent":
        return False
    if number.mention.start - last.number.mention.start > _NEAR:
        return False
    tokens = sentence.tokens
    if any(t.outcome in STRONG and number.end <= t.start <= number.end + 4 for t in sentence.triggers):
        return False
    at = number.start - 1
    while at >= 0 and (tokens[at].low in _HEDGING or tokens[at].low.endswith("ly") or tokens[at].text in '"“'):
        at -= 1
    if at < 0:
        return False
    low = tokens[at].low
    before = tokens[at - 1].low if at else ""
    if comes_out_at(sentence, at):
        return True
    if low in _BEING:
        return before in _FIGURES or (before == "," and at > 1)
    if low in _GIVING:
        return before not in _OWNERS
    if low == "of" and before in ("speaks", "spoke", "speak", "talks", "talked", "talk", "knows", "knew", "know"):
        return True
    return low in ("from", "than") and sentence.has_frame("earlier", max(0, at - 2), at + 1)


def exchanges(sentence: Sentence, number: Number, population: Population, last: Draft) -> bool:
    """Return whether the other side of an exchange is told: "the other side took 41", "and received 27 in return"."""
    tokens = sentence.tokens
    if last.outcome not in ("released", "body_returned") or population.kind not in ("bare", "outcome") or not number.start:
        return False
    if last.unit == "percent" or sentence.unit.block != last.sentence.unit.block or tokens[number.start - 1].low not in _GOT:
        return False
    after = tokens[number.end].low if number.end < len(tokens) else "."
    return not after.isalpha() or after in ("in", "back", "of", "from", "and", "bodies")


def answers_whence(sentence: Sentence, number: Number, population: Population, last: Draft) -> bool:
    """Return whether a short sentence only says how many from where: "From Nepal, seven.", "From Sri Lanka, I think, nine."."""
    tokens = sentence.tokens
    if population.kind != "bare" or len(tokens) > _SHORT or tokens[0].low not in ("from", "of"):
        return False
    ends = number.end >= len(tokens) or not tokens[number.end].is_word
    near = sentence.unit.block == last.sentence.unit.block and last.unit != "percent"
    named = 1 in sentence.name_at or (len(tokens) > 1 and tokens[1].low in _OWNED)
    return near and ends and named and not any(t.outcome in STRONG for t in sentence.triggers)


_OWNED = frozenset({"our", "the", "my", "this", "that", "his", "her", "their", "your"})
_GOT = read_word_set("exchanged.got")
_SHORT = 14


def lists_places(sentence: Sentence, number: Number) -> bool:
    """Return whether a line gives figures by name, and no verb: "Sharya 8, Bui and Neya four each, Makaryevo 3"."""
    if any(trigger.voice for trigger in sentence.triggers):
        return False
    return _stands_behind_a_capital(sentence, number) and (
        sum(1 for other in sentence.numbers if _stands_behind_a_capital(sentence, other)) > 1
    )


def _stands_behind_a_capital(sentence: Sentence, number: Number) -> bool:
    tokens = sentence.tokens
    at = number.start - 1
    while at > 0 and (tokens[at].text in "—–:-(" or tokens[at].low in _HEDGING):
        at -= 1
    if at < 0 or not (tokens[at].is_word and tokens[at].text[0].isupper()) or number.mention.kind != "people_candidate":
        return False
    after = tokens[number.end].text if number.end < len(tokens) else "."
    return after in ",;.)" or tokens[number.end].low in ("each", "and")


def breaks_down(sentence: Sentence, number: Number, population: Population) -> bool:
    """Return whether a figure is told by groups behind a colon: "breaks down its figures: 241 civilians, 139 policemen"."""
    colon = next((at for at in range(number.start - 1, 0, -1) if sentence.tokens[at].text == ":"), None)
    if colon is None or population.kind not in ("people", "bare") or any(t.outcome in STRONG for t in sentence.triggers):
        return False
    return any(frame.label == "figure" and frame.start < colon for frame in sentence.frames) or any(
        token.low in _SPLITTING for token in sentence.tokens[:colon]
    )


def names_a_group(sentence: Sentence, number: Number, population: Population, last: Draft) -> bool:
    """Return whether a line without a verb says how many of a group: "Mobilised — 9", "Regular army: three"."""
    tokens = sentence.tokens
    bracketed = number.start > 1 and tokens[number.start - 1].text == "(" and population.label and (
        number.end < len(tokens) and tokens[number.end].text == ")"
    )
    if number.start < 1 or (tokens[number.start - 1].text not in "—–:" and not bracketed) or last.unit == "percent":
        return False
    if sentence.unit.block - last.sentence.unit.block > _TALLIED or last.outcome not in STRONG:
        return False
    if any(t.outcome in STRONG or (t.voice in ("active", "passive") and not _tells_which(sentence, t.start)) for t in
           sentence.triggers):  # fmt: skip
        return False
    if (last.value or 0) < (number.mention.low or 0):
        return False
    counting = sum(1 for n in sentence.numbers if n.mention.kind == "people_candidate")
    return bracketed or (number.start <= _LONGEST_LABEL and counting <= 2)


def _tells_which(sentence: Sentence, at: int) -> bool:
    """Return whether a verb stands in a clause that only tells whom a label means: "Soldiers who enlisted after May: 1,702"."""
    before = [token.low for token in sentence.tokens[max(0, at - 3) : at]]
    return any(word in ("who", "that", "whom") for word in before)


_TALLIED = 2  # blocks from a whole to the groups of its tally
_LONGEST_LABEL = 14


def does_something_else(sentence: Sentence, population: Population) -> bool:
    """Return whether a verb in no table follows those counted: what they took over may not be what is said of them."""
    tokens = sentence.tokens
    at = population.end
    while at < len(tokens) and (tokens[at].low in _LEADING or tokens[at].low.endswith("ly")):
        at += 1
    if at >= len(tokens) or not tokens[at].is_word or at in sentence.trigger_at or tokens[at].low in _COPULAS:
        return False
    return tokens[at].low.endswith("ed")


def is_crowd(sentence: Sentence, population: Population) -> bool:
    """Return whether people are counted who look on, march or wait: "two hundred people lined the street"."""
    tokens = sentence.tokens
    at = population.end
    while at < len(tokens) and (tokens[at].low in _LEADING or tokens[at].low.endswith("ly")):
        at += 1
    if at >= len(tokens) or at in sentence.trigger_at:
        return False
    happens = at == population.end and population.kind != "outcome" and tokens[at].low in _HAPPENING
    return tokens[at].low in _CROWDING or happens


def counts_things(sentence: Sentence, number: Number, population: Population) -> bool:
    """Return whether "some 120 of them" stands behind things: "two-thirds of the launchers, some 120 of them"."""
    tokens = sentence.tokens
    if population.partitive != "them" or number.start < 2 or tokens[number.start - 1].text not in ",(—–":
        return False
    if tokens[population.end - 1].low == "whom" or any(
        n.start < number.start and n.mention.kind == "people_candidate" and n.mention.certain for n in sentence.numbers
    ):
        return False
    return sentence.words[number.start - 2].kind == "thing" and tokens[number.start - 2].low.endswith("s")


_PAST = frozenset({"detained", "recruited", "fighting", "on_board", "displaced"})
_ENDS = frozenset({"killed", "missing", "captured", "wounded"})


def tells_who(sentence: Sentence, number: Number, population: Population, binding: Binding, last: Draft) -> bool:
    """Return whether a clause about a part tells what its people had been: "43 of them recruited from prison"."""
    if sentence.language != "en" or last.outcome not in STRONG or binding.outcome not in _PAST:
        return False
    part = find_part(sentence, number, population)
    if part not in ("them", "frame"):
        return False
    tokens, trigger = sentence.tokens, binding.trigger
    if trigger.start < population.end:
        return False
    between = sentence.lows[population.end : trigger.start]
    if trigger.roles == {"noun"} and between[:1] in (["were"], ["are"]) and len(between) < 3:
        return True  # "of whom fewer than 600 were political detainees"
    if last.outcome not in _ENDS:
        return False
    if trigger.start == population.end and trigger.voice in ("bare", "ing"):
        return True
    if between[:2] == ["had", "been"] or between[:1] == ["formerly"]:
        return True
    finite = bool(between) and between[0] in ("were", "was", "had") and trigger.voice in ("passive", "active", "")
    return finite and any(token.low in _OF_PRISON for token in tokens)


_OF_PRISON = frozenset({"prison", "prisons", "jail", "colony", "colonies", "convicts", "former"})
