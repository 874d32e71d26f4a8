"""How sure a text makes a claim: its own words, no grade of ours."""

from __future__ import annotations

from cenotaph.extract.claims.confirming import confirms_another, withholds
from cenotaph.extract.claims.draft import Draft
from cenotaph.extract.claims.sentence import Sentence

_DENIALS = frozenset({"denied", "denies", "deny", "denying", "dismissed", "disputed", "retracted"})
_DENIED = frozenset({"it", "this", "that", "by", "these", "those"})
_CONFIRMED_COST = 4.5


def fill_modality(draft: Draft) -> None:
    """Fill how sure the text makes the claim, by the frames nearest to its number."""
    sentence, number = draft.sentence, draft.number
    mention = number.mention
    trigger = draft.binding.trigger if draft.binding is not None else None
    if mention.retracted:
        draft.modality = "unconfirmed"
        return
    for frame in sentence.frames:
        if frame.label not in ("unconfirmed", "denying"):
            continue
        if frame.start >= number.end and sentence.tokens[frame.start].low in _DENIALS:
            following = sentence.tokens[frame.end] if frame.end < len(sentence.tokens) else None
            if following is not None and following.is_word and following.low not in _DENIED:
                continue  # "one had been killed and denied any civilian casualties"
        if sentence.language == "ru" and _is_taken_back(draft, frame.start, frame.end):
            continue
        distance = _frame_distance(draft, frame.start, frame.end)
        if distance < 6.0 and _is_nearest(draft, frame.start, frame.end, distance, 2.0):
            draft.modality = "unconfirmed"
            return
    for frame in sentence.frames:
        distance = _frame_distance(draft, frame.start, frame.end)
        if frame.label != "confirmed" or distance >= _CONFIRMED_COST or draft.modality == "estimated":
            continue
        if withholds(sentence, frame.start):
            if _concerns(draft, frame.end) and _is_nearest(draft, frame.start, frame.end, distance, 2.0):
                draft.modality = "unconfirmed"
                return
            continue
        if confirms_another(sentence, frame.start, frame.end, number.start):
            continue
        if not _is_negated(sentence, frame.start) and _is_nearest(draft, frame.start, frame.end, distance, 0.6):
            draft.modality = "said_confirmed"
            return
    if draft.outcome == "identified" and mention.bound != "at_most":
        draft.modality = "said_confirmed"
        return
    if mention.bound == "may_exceed":
        actual = any(
            sentence.tokens[at].low in ("true", "actual", "real", "реальное", "реальный")
            for at in range(max(0, number.start - 7), number.start)
        )
        draft.modality = "estimated" if actual or draft.modality == "estimated" else "feared"
        return
    for frame in sentence.frames:
        if (
            frame.label == "estimated"
            and not _judges_health(sentence, frame.start)
            and draft.modality in ("reported", "stated")
            and _frame_distance(draft, frame.start, frame.end) < 4.0
        ):
            draft.modality = "estimated"
    first = min(number.start, trigger.start) if trigger is not None else number.start
    last = max(draft.population.end, trigger.end) if trigger is not None else draft.population.end
    for frame in sentence.frames:
        if frame.label == "feared":
            low = sentence.tokens[frame.start].low
            if low == "may" and sentence.tokens[frame.start].text[0].isupper() and frame.start:
                continue
            if number.start <= frame.start and frame.end <= number.end:
                continue  # "сорок, может, сорок пять": how many, not whether
            inside = first - 3 <= frame.start < last + 1
            if inside and _frame_distance(draft, frame.start, frame.end) < 2.5:
                draft.modality = (
                    "estimated"
                    if low in ("believed", "thought") and draft.outcome in ("fighting", "recruited")
                    else "feared"
                )


def _concerns(draft: Draft, end: int) -> bool:
    """Return whether words of confirming that are denied are of the number: it stands behind them, or they point back at it."""
    sentence = draft.sentence
    if draft.number.start >= end or sentence.language != "en":
        return True
    after = sentence.lows[end : end + _POINTED]
    return not after or not after[0].isalpha() or not _POINTING.isdisjoint(after)


_POINTED = 4
_POINTING = frozenset(
    {"it", "this", "that", "these", "those", "figure", "figures", "number", "numbers", "toll", "report", "reports", "claim"}
    | {"claims", "deaths", "losses", "casualties", "independently", "them", "count", "tally", "information"}
)

_ADMITTING = ("призна", "подтвер", "озвуч", "сообщ", "назва")
_DENYING = ("отриц", "отрек", "оспар", "опроверг", "опровер")


def _is_taken_back(draft: Draft, start: int, end: int) -> bool:
    """Return whether Russian words of doubt before a number are of something else than it.

    "отрицал жертвы, потом признал гибель двоих"; "оспаривает сведения полиции: медики приняли сорок"; "вернули как призванных
    ошибочно 402", who were called up by mistake.
    """
    sentence, number = draft.sentence, draft.number
    tokens, words = sentence.tokens, sentence.words
    if tokens[start].low.startswith("ошибочн") and start and "PRTF" in words[start - 1].parse.kinds and end <= number.start:
        return True
    if end > number.start:
        return False
    between = tokens[end : number.start]
    denied = tokens[start].low.startswith(_DENYING)
    if any(token.text == ";" for token in between):
        return True
    return denied and any(token.text == ":" or admits(token.low) for token in between)


def admits(low: str) -> bool:
    """Return whether a Russian verb admits a number ("признал", "сообщил"), and is no noun: "опроверг сообщение о гибели"."""
    return low.startswith(_ADMITTING) and not low.startswith(_REPORTS)


_REPORTS = ("сообщени", "признани", "подтвержден")


def _judges_health(sentence: Sentence, at: int) -> bool:
    """Return whether it is a state of health that is estimated: "состояние 28 раненых врачи оценивают как тяжёлое"."""
    return sentence.language != "en" and any(
        token.low.startswith(("состояни", "тяжел", "тяжест")) for token in sentence.tokens[max(0, at - 7) : at + 7]
    )


def _is_negated(sentence: Sentence, at: int) -> bool:
    return any(
        token.low in ("not", "no", "never", "не", "без") or token.low.endswith("n't")
        for token in sentence.tokens[max(0, at - 3) : at]
    )


def _frame_distance(draft: Draft, start: int, end: int) -> float:
    sentence = draft.sentence
    first, last = draft.number.start, draft.population.end
    if draft.binding is not None:
        trigger = draft.binding.trigger
        if abs(trigger.start - last) < 12 or abs(first - trigger.end) < 12:
            first, last = min(first, trigger.start), max(last, trigger.end)
    if start >= last:
        return sentence.cost(last, start)
    if end <= first:
        return sentence.cost(end, first)
    return 0.0


def _is_nearest(draft: Draft, start: int, end: int, distance: float, slack: float) -> bool:
    """Return whether no other number of people lies clearly nearer to a frame."""
    sentence = draft.sentence
    for other in sentence.numbers:
        if other is draft.number or other.mention.kind not in ("people_candidate", "zero"):
            continue
        gap = sentence.cost(other.end, start) if start >= other.end else sentence.cost(end, other.start)
        if start >= other.end and start <= draft.number.start and gap + slack < distance:
            return False
        if gap + slack < distance:
            return False
    return True
