"""Parts that a Russian text does not mark: "Подписали контракт пятеро. Трое вернулись без ног, про двоих вестей нет"."""

from __future__ import annotations

from cenotaph.extract.claims.draft import Draft
from cenotaph.extract.claims.scoring import is_gauged

_REACH = 1  # sentences back, from the number or from a part of the same whole
_MOST = 100  # times that a whole is larger
_FATES = frozenset({
    "killed", "wounded", "missing", "captured", "detained", "released", "rescued", "survived", "identified", "body_returned",
    "declared_dead",
})  # fmt: skip
_AFTER = {
    "recruited": _FATES | {"fighting"},
    "fighting": _FATES,
    "on_board": _FATES,
    "captured": frozenset({"killed", "released", "body_returned", "missing"}),
    "detained": frozenset({"killed", "released", "recruited", "fighting"}),
    "missing": frozenset({"killed", "wounded", "captured", "released", "rescued", "survived", "identified"}),
    "wounded": frozenset({"killed", "released"}),
    "killed": frozenset({"identified", "body_returned", "declared_dead"}),
    "released": frozenset({"wounded", "detained", "killed"}),
    "displaced": frozenset({"killed", "missing", "detained"}),
    "rescued": frozenset({"wounded", "killed"}),
    "survived": frozenset({"wounded"}),
}
"""What may have become of some of the people of whom the first was told."""
_MORE = frozenset({"еще", "также", "плюс", "кроме", "помимо"})
_LISTED = frozenset({"list", "earlier", "withdrawn", "answer", "whole", "later", "coordinate", "figure"})


def find_unmarked_whole(draft: Draft, before: list[Draft]) -> Draft | None:
    """Return the claim whose people a bare number goes on to tell of, None where it may be of others.

    Parameters
    ----------
    before
        The claims told before it, in order.
    """
    mention, sentence = draft.number.mention, draft.sentence
    if (
        draft.population.kind != "bare"
        or mention.kind != "people_candidate"
        or mention.increment
        or draft.population.more
        or draft.how in _LISTED
        or draft.unit == "percent"
        or not draft.value
        or not before
        or is_gauged(sentence, draft.number)
        or sentence.has_frame("earlier")
        or any(token.low in _MORE for token in sentence.tokens[max(0, draft.number.start - 3) : draft.number.start])
    ):
        return None
    last = before[-1]
    if draft.index - last.index > _REACH or last.sentence.unit.block != sentence.unit.block or last.unit == "percent":
        return None
    whole = last
    if last.sentence is sentence and _says_no_more(draft, last):
        return last if _goes_on(draft, last, same=True) else None  # "осуждены 12, четверо условно"
    if last.parent is not None and last.population.kind == "bare" and (
        last.sentence is sentence or last.outcome == draft.outcome or not _goes_on(draft, last)
    ):
        whole = last.parent
    return whole if _goes_on(draft, whole) and _is_alone(whole, before) else None


def _says_no_more(draft: Draft, last: Draft) -> bool:
    """Return whether a number behind a comma leans on the very words that said what befell those before it."""
    if draft.binding is None or last.binding is None or draft.binding.trigger is not last.binding.trigger:
        return False
    tokens = draft.sentence.tokens
    between = tokens[max(last.population.end, last.number.end) : draft.number.start]
    behind = tokens[draft.number.end] if draft.number.end < len(tokens) else None
    adverb = behind is not None and behind.is_word and bool(draft.sentence.words[draft.number.end].parse.kinds & {"ADVB", "ADJS"})
    return adverb and draft.binding.trigger.end <= last.number.start and [token.text for token in between] == [","]


def _goes_on(draft: Draft, whole: Draft, *, same: bool = False) -> bool:
    """Return whether a number may be of the people of a claim, by its size, who says so, and what became of them."""
    if not whole.value or not draft.value or whole.retracted or whole.unit == "percent":
        return False
    if not draft.value < whole.value <= _MOST * draft.value:
        return False
    if draft.attribution is not None and whole.attribution is not None and draft.attribution != whole.attribution:
        return False
    if same or draft.outcome in _AFTER.get(whole.outcome, frozenset()):
        return True
    opens = draft.number.start <= 1 or (draft.number.start == 2 and draft.sentence.tokens[1].low == "у")
    return draft.outcome == whole.outcome and draft.how == "ranked" and opens and not draft.sentence.speech


def _is_alone(whole: Draft, before: list[Draft]) -> bool:
    """Return whether a sentence tells of no others to whom the same happened: not the 19 of "19 военных и двое гражданских"."""
    beside = [other for other in before[-8:] if other.sentence is whole.sentence and other is not whole]
    return not any(other.outcome == whole.outcome and other.parent is None for other in beside)
