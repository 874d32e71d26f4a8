"""English tallies: the whole whose people a clause sorts by what they were, and what shares are shares of."""

from __future__ import annotations

from cenotaph.extract.claims.draft import Draft
from cenotaph.extract.claims.phrases import Population
from cenotaph.extract.claims.sentence import STRONG, Sentence
from cenotaph.extract.claims.spans import Number
from cenotaph.reference.word_sets import read_word_set

_BACK = 8  # claims looked back at for the whole that a tally sorts
_BLOCKS = 2
_PARENTHESIS = 8
_COPULAS = frozenset({"were", "was", "are", "is"})
_QUALIFYING = read_word_set("topics.qualifying")
_BOUNDING = frozenset({"under", "over", "below", "between", "aged", "barely", "past", "born", "younger", "older"})
_OF_WHOM = {"prisoners": "captured", "captives": "captured", "pows": "captured", "dead": "killed", "fallen": "killed",
            "killed": "killed", "casualties": "casualties", "wounded": "wounded", "missing": "missing"}  # fmt: skip


def find_sorted(
    sentence: Sentence, number: Number, population: Population, drafts: list[Draft]
) -> Draft | None:
    """Return the whole whose people a clause sorts by what they were: "Officers. 143 were majors", "Two were women".

    Parameters
    ----------
    drafts
        Claims so far, in the order of the text.
    """
    if not drafts or population.label:
        return None
    if _is_among(sentence, number, population):
        whole = find_whole(sentence, number, drafts)
        return whole if whole is not None and whole.sentence.unit.block == sentence.unit.block else None
    if number.start > 1 or population.kind not in ("bare", "people"):
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


def _is_among(sentence: Sentence, number: Number, population: Population) -> bool:
    """Return whether people are only said to be in the group told of: "There were five women in the group"."""
    tokens = sentence.tokens
    if number.start != 2 or tokens[0].low != "there" or tokens[1].low not in _COPULAS or population.head is None:
        return False
    if sentence.words[population.head].kind != "group" and tokens[population.head].low not in ("women", "men"):
        return False
    behind = tuple(token.low for token in tokens[population.end : population.end + 3])
    return behind[:2] in (("among", "them"), ("in", "it")) or behind in (
        ("in", "the", "group"), ("in", "that", "group"), ("on", "the", "list"), ("among", "the", "dead"), ("in", "the", "party"),
    )  # fmt: skip


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


def step_up(draft: Draft, number: Number, drafts: list[Draft]) -> Draft:
    """Return the claim before a part where a figure is too large to restate the part: "300 captives, 40 of them ill. ... 350"."""
    value = number.mention.low or 0
    parted = draft.parent is not None or draft.population.partitive == "them"
    if not parted or value <= (draft.value or value):
        return draft
    before = (other for other in reversed(drafts[-_BACK:]) if other is not draft and other.sentence is draft.sentence)
    whole = draft.parent or next(before, draft)
    return whole if whole.unit != "percent" else draft


def share_of(sentence: Sentence, number: Number, population: Population) -> str | None:
    """Return the outcome of those of whom a figure is a share: "seven per cent of all prisoners"."""
    if number.mention.kind != "percent" or population.head is None:
        return None
    if "of" not in [token.low for token in sentence.tokens[number.end : number.end + 1]]:
        return None
    return _OF_WHOM.get(sentence.tokens[population.head].low)


__all__ = ["find_sorted", "find_whole", "share_of", "step_up"]
