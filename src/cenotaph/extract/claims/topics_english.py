"""What English fragments, questions and tallies announce for figures that follow without a verb: "Deaths. Red Cross: 9"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cenotaph.extract.claims.phrases import Population
from cenotaph.extract.claims.sentence import STRONG, Sentence
from cenotaph.extract.claims.spans import Number, Trigger
from cenotaph.reference.word_sets import read_word_set

if TYPE_CHECKING:
    from cenotaph.extract.claims.draft import Draft

_FRAGMENT = 5  # tokens, the mark at the end included
_ENUMERATED = 4  # signs of a number before it
_QUESTION = 8
_BACK = 8  # claims looked back at for the whole that a tally sorts
_BLOCKS = 2
_PARENTHESIS = 8
_COPULAS = frozenset({"were", "was", "are", "is"})
_QUALIFYING = read_word_set("topics.qualifying")
_BOUNDING = frozenset({"under", "over", "below", "between", "aged", "barely", "past", "born", "younger", "older"})
_FINITE = _COPULAS | {"be", "been", "have", "has", "had", "do", "does", "did", "will", "would", "can", "could", "may", "might"}
_OTHERS = frozenset({"rest", "others", "remainder", "other", "remaining"})
_OPENING = (("and",), ("but",), ("what", "about"), ("how", "about"), ("what", "of"))
_LABELLING = frozenset({",", ":", "—", "–", "-", "=", "a", "an", "some", "another", "further", "still", "also", "at", "least"})
_SUPPOSING = read_word_set("topics.supposing")
_OF_WHOM = {"prisoners": "captured", "captives": "captured", "pows": "captured", "dead": "killed", "fallen": "killed",
            "killed": "killed", "casualties": "casualties", "wounded": "wounded", "missing": "missing"}  # fmt: skip


def announce(sentence: Sentence) -> str | None:
    """Return the outcome that a fragment without a verb names for what follows it: "Deaths.", "Wounded: lots."."""
    tokens = sentence.tokens
    if len(tokens) > _FRAGMENT + _ENUMERATED or not sentence.triggers or tokens[-1].text not in ".:…":
        return None
    first = next((at for at, token in enumerate(tokens) if token.is_word), 0)  # "4/8 Deaths."
    if len(tokens) - first > _FRAGMENT or any(token.low in _FINITE for token in tokens):
        return None
    if any(n.start >= first and n.mention.kind != "indefinite" for n in sentence.numbers):
        return None
    trigger = sentence.triggers[0]
    named = trigger.voice in ("", "bare") and not trigger.negated and trigger.start <= first + 1
    return trigger.outcome if named and "void" not in trigger.roles and trigger.outcome in STRONG else None


def asks_of_others(sentence: Sentence) -> bool:
    """Return whether a short question only turns to other people: "And the foreigners?", "What about the crew?"."""
    tokens = sentence.tokens
    if len(tokens) > _QUESTION or any(token.low in _FINITE or token.low in _OTHERS for token in tokens):
        return False
    return any(tuple(token.low for token in tokens[: len(words)]) == words for words in _OPENING)


def labels(sentence: Sentence, number: Number, trigger: Trigger) -> bool:
    """Return whether a line is only a participle and its number: "Vanished, a further 16.", "Legless, armless: twenty."."""
    tokens = sentence.tokens
    if trigger.voice not in ("", "bare") or (number.end < len(tokens) and tokens[number.end].text not in ".,;("):
        return False
    if number.end < len(tokens) and tokens[number.end].text in ",(" and number.end + 1 in sentence.number_at:
        return False
    if not 0 < number.start - trigger.end <= len(_LABELLING):
        return False
    return all(
        token.low in _LABELLING or (at in sentence.trigger_at and sentence.trigger_at[at].voice in ("", "bare"))
        for at, token in enumerate(tokens[: number.start])
        if at < trigger.start or at >= trigger.end
    )


def comes_out_at(sentence: Sentence, at: int) -> bool:
    """Return whether words that end at a token bring a figure told before to another: "it turned out to be", "cuts them to"."""
    words = [token.low for token in sentence.tokens[max(0, at - _REACH) : at + 1]]
    for ending in _COMING_OUT:
        if tuple(words[-len(ending) :]) == ending:
            lead = words[-len(ending) - 1] if len(words) > len(ending) else ""
            return lead in _FIGURES_MEANT
    if words[-1] not in ("to", "at", "as"):
        return False
    words = words[:-1]
    while words and words[-1] in ("down", "up", "back"):
        words.pop()
    return len(words) > 1 and words[-1] in _FIGURES_MEANT and words[-2] in _CHANGING


_REACH = 6
_COMING_OUT = (
    ("should", "have", "been"), ("should", "be"), ("should", "have", "read"), ("should", "read"), ("must", "be"),
    ("turned", "out", "to", "be"), ("turned", "out", "at"), ("proved", "to", "be"), ("came", "to"), ("came", "out", "at"),
    ("worked", "out", "at"), ("settled", "at"), ("settled", "on"), ("ended", "up", "at"), ("ended", "at"), ("came", "down", "to"),
)  # fmt: skip
_FIGURES_MEANT = read_word_set("topics.figures_meant")
_CHANGING = read_word_set("topics.changing")


def is_supposed(sentence: Sentence, number: Number) -> bool:
    """Return whether a figure is only what a sum would come to: "the total would be close to 3,700"."""
    at = number.start - 1
    tokens = sentence.tokens
    while at >= 0 and tokens[at].low in _SUPPOSING:
        at -= 1
    return at >= 0 and at < number.start - 1 and tokens[at].low in ("would", "'d", "might")


def find_label(sentence: Sentence, number: Number, population: Population) -> str | None:
    """Return what a short line says by its first word and a figure at its end: "Back for good, 9", "Home: 12"."""
    tokens = sentence.tokens
    if population.kind != "bare" or number.start > _FRAGMENT or not number.start or tokens[number.start - 1].text not in ",:—–-":
        return None
    if number.end < len(tokens) and tokens[number.end].is_word:
        return None
    if any(token.low in _FINITE for token in tokens[: number.start]):
        return None
    return _LABELS.get(tokens[0].low)


_LABELS = {"back": "released", "home": "released", "returned": "released", "captive": "captured", "prisoners": "captured",
           "captives": "captured", "dead": "killed", "buried": "killed", "alive": "survived", "unharmed": "survived"}  # fmt: skip


def find_remaining(sentence: Sentence, number: Number, population: Population, drafts: list[Draft]) -> Draft | None:
    """Return the claim of whom "30 remain" are those left: not of the freed told last, of those told before them."""
    tokens = sentence.tokens
    at = population.end
    while at < len(tokens) and tokens[at].low in ("still", "are", "were", "only"):
        at += 1
    if population.kind not in ("bare", "people") or at >= len(tokens) or tokens[at].low not in _REMAINING or not drafts:
        return None
    if drafts[-1].outcome not in _ENDED:
        return None
    block = sentence.unit.block
    return next(
        (
            draft
            for draft in reversed(drafts[-_BACK:])
            if draft.outcome in _LASTING
            and block - draft.sentence.unit.block <= 1
            and draft.unit != "percent"
            and (number.mention.low or 0) <= (draft.value or 0)
        ),
        None,
    )


_REMAINING = frozenset({"remain", "remained", "stay", "stayed", "there", "inside", "left"})
_ENDED = frozenset({"released", "rescued", "identified", "survived", "body_returned"})
_LASTING = frozenset({"detained", "captured", "missing", "on_board", "displaced", "wounded", "killed"})


def find_sorted(
    sentence: Sentence, number: Number, population: Population, drafts: list[Draft]
) -> Draft | None:
    """Return the whole whose people a clause sorts by what they were: "Officers. 143 were majors", "Two were women".

    Parameters
    ----------
    drafts
        Claims so far, in the order of the text.
    """
    if number.start > 1 or population.kind not in ("bare", "people") or population.label or not drafts:
        return None
    if number.mention.kind not in ("people_candidate", "percent") or any(t.outcome in STRONG for t in sentence.triggers):
        return None
    tokens = sentence.tokens
    at = population.end
    if at < len(tokens) and tokens[at].text == ",":
        closing = (i for i in range(at + 1, min(len(tokens), at + _PARENTHESIS)) if tokens[i].text == ",")
        at = next(closing, at) + 1
    if at >= len(tokens) or tokens[at].low not in _COPULAS or not _says_who(sentence, at + 1):
        return None
    return find_whole(sentence, number, drafts)


def _says_who(sentence: Sentence, at: int) -> bool:
    """Return whether what follows a copula names a sort of people: an age, a calling, a nation."""
    tokens = sentence.tokens
    while at < len(tokens) and tokens[at].low in _QUALIFYING:
        at += 1
    for place in range(at, min(len(tokens), at + 3)):
        word = sentence.words[place]
        if word.kind not in ("", "thing") or place in sentence.name_at:
            return True
        if tokens[place].low in _BOUNDING and place + 1 < len(tokens) and place + 1 in sentence.number_at:
            return True
        if not tokens[place].is_word or place in sentence.number_at:
            return False
    return False


def find_whole(sentence: Sentence, number: Number, drafts: list[Draft]) -> Draft | None:
    """Return the largest claim near before, of the outcome told last, that may hold a number of its people."""
    block = sentence.unit.block
    near = [d for d in drafts[-_BACK:] if d.unit != "percent" and 0 <= block - d.sentence.unit.block <= _BLOCKS and d.value]
    if not near or near[-1].outcome not in STRONG:
        return None
    whole = max((draft for draft in near if draft.outcome == near[-1].outcome), key=lambda draft: draft.value or 0)
    share = number.mention.kind == "percent"
    return whole if share or (number.mention.low or 0) <= (whole.value or 0) else None


def share_of(sentence: Sentence, number: Number, population: Population) -> str | None:
    """Return the outcome of those of whom a figure is a share: "seven per cent of all prisoners"."""
    if number.mention.kind != "percent" or population.head is None:
        return None
    if "of" not in [token.low for token in sentence.tokens[number.end : number.end + 1]]:
        return None
    return _OF_WHOM.get(sentence.tokens[population.head].low)


__all__ = [
    *("announce", "asks_of_others", "comes_out_at", "find_label", "find_remaining", "find_sorted", "find_whole"),
    *("is_supposed", "labels", "share_of"),
]
