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
_BACK = 8  # claims looked back at for those who are left
_LONGEST_ROW = 12
_COPULAS = frozenset({"were", "was", "are", "is"})
_FINITE = _COPULAS | {"be", "been", "have", "has", "had", "do", "does", "did", "will", "would", "can", "could", "may", "might"}
_OTHERS = frozenset({"rest", "others", "remainder", "other", "remaining"})
_OPENING = (("and",), ("but",), ("what", "about"), ("how", "about"), ("what", "of"))
_LABELLING = frozenset({",", ":", "—", "–", "-", "=", "a", "an", "some", "another", "further", "still", "also", "at", "least"})
_SUPPOSING = read_word_set("topics.supposing")


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
    if number.start <= trigger.end:
        return False
    tight = tokens[number.start - 1].text in ":—–" and trigger.start <= 1 and number.start <= _LONGEST_ROW
    if tight and not any(other.start < number.start for other in sentence.numbers):
        return len([t for t in sentence.triggers if t.start < number.start]) == 1  # "Held by Russia: about 6,300"
    if number.start - trigger.end > len(_LABELLING):
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
    behind = [token.text for token in tokens[number.end : number.end + 2]]
    if population.kind == "bare" and behind and behind[0].lower() in ("home", "back") and (not behind[1:] or behind[1] in ",.;)"):
        return "released"  # "27 home, one dead"
    if population.kind != "bare" or number.start > _FRAGMENT or not number.start or tokens[number.start - 1].text not in ",:—–-":
        return None
    if number.end < len(tokens) and tokens[number.end].is_word:
        return None
    if any(token.low in _FINITE for token in tokens[: number.start]):
        return None
    return _LABELS.get(tokens[0].low)


_LABELS = {"back": "released", "home": "released", "returned": "released", "captive": "captured", "prisoners": "captured",
           "captives": "captured", "dead": "killed", "buried": "killed", "alive": "survived", "unharmed": "survived"}  # fmt: skip


def find_header(sentence: Sentence, number: Number, population: Population) -> str | None:
    """Return what the words before a colon say of figures by name behind it: "Recruits by country: Nepal 310, India 126"."""
    if not population.label or not population.names:
        return None
    colon = next((at for at, token in enumerate(sentence.tokens[: number.start]) if token.text == ":"), None)
    if colon is None or any(trigger.start > colon for trigger in sentence.triggers):
        return None
    named = (t for t in sentence.triggers if t.voice in ("", "bare") and "void" not in t.roles and not t.negated)
    return next((trigger.outcome for trigger in named if trigger.start <= 2), None)


def find_held(sentence: Sentence, number: Number, population: Population, words: dict[str, int]) -> str | None:
    """Return what befell "prisoners" of whom a clause only says how many there are: "the ministry lists 260 prisoners".

    Parameters
    ----------
    words
        How often the text has named each outcome so far.
    """
    tokens = sentence.tokens
    if population.head is None or tokens[population.head].low not in ("prisoners", "prisoner") or population.partitive:
        return None
    at = number.start - 1
    if at >= 0 and tokens[at].low == "of":
        at -= 1
    if at < 0 or tokens[at].low not in _LISTING or any(trigger.outcome in STRONG for trigger in sentence.triggers):
        return None
    return "detained" if words.get("detained", 0) > words.get("captured", 0) else "captured"


_LISTING = read_word_set("verbless.giving") | {"know", "knows", "knew", "speaks", "spoke", "are", "were", "with", "holds"}


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


__all__ = [
    "announce",
    "asks_of_others",
    "comes_out_at",
    "find_header",
    "find_held",
    "find_label",
    "find_remaining",
    "is_supposed",
    "labels",
]
