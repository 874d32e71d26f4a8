"""Russian words at the head that say of whom figures behind are: "Погибшие по областям: Омская — 12", "Пленные. Их триста"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cenotaph.extract.claims.clauses import find_piece, has_unknown_verb
from cenotaph.extract.claims.phrases import Population
from cenotaph.extract.claims.sentence import STRONG, Sentence
from cenotaph.extract.claims.spans import Number

if TYPE_CHECKING:
    from cenotaph.extract.claims.discourse import Discourse

_SHORT = 5  # tokens of a label that stands as a sentence
_HEAD = 9  # tokens before a colon
_LABEL = 5  # tokens of a row's label
_NOMINAL = frozenset({"noun", "event", "measure", "victim", "bodies"})


def find_head(sentence: Sentence) -> str | None:
    """Return what a short sentence without number or verb says of the next: "Пленные.", "Об убитых.", "Задержания."."""
    if sentence.language != "ru" or len(sentence.tokens) > _SHORT or sentence.numbers:
        return None
    outcomes = {t.outcome for t in sentence.triggers if _is_name(sentence, t.start, t.voice, t.roles) and not t.negated}
    if len(outcomes) != 1 or has_unknown_verb(sentence, 0, len(sentence.tokens)):
        return None
    outcome = outcomes.pop()
    return outcome if outcome in STRONG or outcome == "recruited" else None


def _is_name(sentence: Sentence, at: int, voice: str, roles: frozenset[str]) -> bool:
    """Return whether a word names people or what befell them: "пленные", "убитые", "задержания", and no finite verb does."""
    return "void" not in roles and (voice == "part" or (not voice and bool(roles & _NOMINAL))) and (
        sentence.words[at].parse.plural or bool(roles & {"event", "measure"})
    )


def find_headed(sentence: Sentence, number: Number, population: Population, discourse: Discourse) -> str | None:
    """Return the outcome that the head of a row of figures, or the label before its sentence, gives to a number."""
    if population.kind not in ("bare", "people") or number.mention.low is None:
        return None
    first, last = find_piece(sentence, number.start, max(number.end, population.end))
    if any(first <= trigger.start < last for trigger in sentence.triggers):
        return None
    inner = _find_inner(sentence, number)
    if inner is not None:
        return inner
    label = discourse.label
    if label is None or label[0] != discourse.told.read - 1 or sentence.triggers:
        return None
    if population.kind != "bare" and not population.label:
        return None
    return None if has_unknown_verb(sentence, first, last) else label[1]


def _find_inner(sentence: Sentence, number: Number) -> str | None:
    """Return what the words before a colon say, where a short label and a dash lead to a number behind it."""
    tokens = sentence.tokens
    at = number.start - 1
    if at < 2 or tokens[at].text not in "—–-":
        return None
    begin = at
    while begin > 0 and tokens[begin - 1].text not in ",;:." and at - begin <= _LABEL:
        begin -= 1
    if not 0 < at - begin <= _LABEL or has_unknown_verb(sentence, begin, at):
        return None
    colon = next((i for i in range(min(begin, len(tokens)) - 1, 0, -1) if tokens[i].text == ":"), None)
    if colon is None or colon > _HEAD or any(n.end <= colon for n in sentence.numbers):
        return None
    said = {t.outcome for t in sentence.triggers if t.end <= colon and not t.negated and "void" not in t.roles}
    return said.pop() if len(said) == 1 else None
