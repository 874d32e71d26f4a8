"""Figures that a text corrects: the one that holds now, and the one it takes the place of."""

from __future__ import annotations

from collections.abc import Sequence

from cenotaph.extract.claims.draft import Draft
from cenotaph.extract.claims.phrases import Population
from cenotaph.extract.claims.sentence import Sentence
from cenotaph.extract.claims.spans import Number
from cenotaph.reference.word_sets import read_word_set

_REVISING = read_word_set("corrections.revising")
_RIGHT = read_word_set("corrections.right")
_FIGURES = read_word_set("corrections.figures")
_BEFORE = read_word_set("corrections.before")
_GIVEN = read_word_set("corrections.given")
_REVISING_RU = ("исправ", "уточн", "скорректир", "пересмотр", "понизи", "пониж")
_RIGHT_RU = ("верн", "правильн", "точн", "настоящ")
_FIGURES_RU = ("числ", "цифр", "количеств", "данные")
_REACH = 9
_NEAR_RU = 6
_BEFORE_REACH = 6
_BACK = 2


def add_corrected(
    sentence: Sentence, index: int, counted: list[tuple[Number, Population]], drafts: list[Draft], last: Draft | None
) -> list[Draft]:
    """Add figures of a correction whose clause says nothing else of them: "initially put at 12, was revised to 9".

    Parameters
    ----------
    counted
        The numbers of people of the sentence.
    drafts
        Its claims so far.
    last
        The last claim before it.
    """
    taken = {draft.number.start for draft in drafts}
    missing = [(n, p) for n, p in counted if n.start not in taken and p.kind in ("bare", "people") and not p.partitive]
    missing = [(n, p) for n, p in missing if n.mention.kind == "people_candidate"]
    if not missing:
        return drafts
    found = list(drafts)
    for number, population in missing:
        given = corrects(sentence, number) or _is_first_given(sentence, number)
        if not (given or number.mention.retracted):
            continue
        outcome = _find_outcome(sentence, number, found, last if given else None, index)
        if outcome is None:
            continue
        draft = Draft(sentence, index, number, population, outcome, "people", None, "figure")
        draft.doubt("outcome", "that of the figure it corrects or was corrected to")
        found.append(draft)
    return sorted(found, key=lambda draft: draft.number.start)


def _find_outcome(sentence: Sentence, number: Number, found: list[Draft], last: Draft | None, index: int) -> str | None:
    measured = next((t for t in sentence.triggers if "measure" in t.roles and t.end <= number.start), None)
    if measured is not None:
        return measured.outcome
    if found:
        return found[0].outcome
    return last.outcome if last is not None and index - last.index <= _BACK and last.unit != "percent" else None


def corrects(sentence: Sentence, number: Number) -> bool:
    """Return whether a number is the one that holds now: "revised to 9", "the correct number is 12", "исправили на 12"."""
    tokens = sentence.tokens
    at = number.start - 1
    if at < 1:
        return False
    lead = tokens[at].low
    if sentence.language == "en":
        before = sentence.lows[max(0, at - _REACH) : at]
        if lead == "to" or (lead == "at" and before and before[-1] in _REVISING):
            return bool(_REVISING.intersection(before))
        if lead in ("is", "was", ":", "at", "stands"):
            near = before[-4:]
            return bool(_RIGHT.intersection(near) and _FIGURES.intersection(near))
        return False
    before = sentence.lows[max(0, at - _NEAR_RU) : at]
    if lead in ("на", "до"):
        return any(word.startswith(_REVISING_RU) for word in before)
    if lead in ("—", "–", "-", ":", "составляет", "составило"):
        figures = any(word.startswith(_FIGURES_RU) for word in before)
        return figures and any(word.startswith(_RIGHT_RU) for word in before)
    return lead == "а" and any(word.startswith(_REVISING_RU) for word in before)


def _is_first_given(sentence: Sentence, number: Number) -> bool:
    """Return whether a number is one given before: "initially put at 12", "earlier reported as 40"."""
    tokens = sentence.tokens
    at = number.start - 1
    if sentence.language != "en" or at < 2 or tokens[at].low not in ("at", "as"):
        return False
    before = sentence.lows[max(0, at - 3) : at]
    return bool(_BEFORE.intersection(before) and _GIVEN.intersection(before))


def withdraw_corrected(drafts: Sequence[Draft], known: Sequence[Draft]) -> None:
    """Mark as taken back the figure that a corrected one takes the place of, in its sentence or the one before."""
    for draft in drafts:
        if draft.retracted or not corrects(draft.sentence, draft.number):
            continue
        if draft.modality == "unconfirmed":
            draft.modality = "reported" if draft.has_source or draft.attribution else "stated"
        old = _find_old(draft, drafts, known)
        if old is not None:
            old.retracted = True
            old.modality = "unconfirmed"


def _find_old(draft: Draft, drafts: Sequence[Draft], known: Sequence[Draft]) -> Draft | None:
    beside = [other for other in drafts if other is not draft and _is_of_same(other, draft)]
    for other in beside:
        lead = other.sentence.tokens[other.number.start - 1].low if other.number.start else ""
        if lead in ("from", "с", "со"):
            return other
    for other in reversed([*known[-4:], *beside]):
        if other is draft or not _is_of_same(other, draft) or other.number.mention.start >= draft.number.mention.start:
            continue
        if other.sentence is draft.sentence or (draft.index - other.index == 1 and _tells_before(other)):
            return other
    return None


def _is_of_same(other: Draft, draft: Draft) -> bool:
    differs = other.value is not None and draft.value is not None and other.value != draft.value
    return other.outcome == draft.outcome and differs and other.unit != "percent" and other.parent is None


def _tells_before(draft: Draft) -> bool:
    """Return whether a sentence says itself that its figure was an earlier one: "An earlier version said 14 were killed"."""
    words = {token.low for token in draft.sentence.tokens[: draft.number.start]}
    return bool(_BEFORE.intersection(words))
