"""What ties claims together: parts, additions, repetitions, and a word on the figures in the sentence after."""

from __future__ import annotations

import re

from cenotaph.extract.claims.attribution import sources_of, words_of
from cenotaph.extract.claims.draft import Draft
from cenotaph.extract.claims.inheritance import find_part
from cenotaph.extract.claims.sentence import Sentence
from cenotaph.reference.word_sets import read_word_set

_FIGURES_BEFORE = re.compile(
    r"^(?:however,? |but |yet |though )?(?:[^.]{0,120}?,\s)?(?:these|this|the|those|that|both|such|neither of the"
    r"|none of these)\s(?:figures?|numbers?|claims?|reports?|tolls?|data|totals?)\b"
    r"|^(?:однако |но )?(?:эти|эта|этих|данная|данные|такие|указанные|обе|эту)\s(?:данные|цифр\w+|сведения|информаци\w+"
    r"|числа|числ\w+)|^проверить|^независимо|^(?:ці|цю|ця) (?:дан\w+|цифр\w+|інформац\w+)",
    re.IGNORECASE,
)
_SAID_BEFORE = re.compile(
    r"^(?:об этом|такие данные|такую цифру|эти данные|такие цифры|такую оценку|эту цифру|об этом же|про це|this was"
    r"|that is according|that's according|this is according|the figures? (?:come|comes|came|were|was|are|is)"
    r"|the (?:toll|number|figure) was)\b",
    re.IGNORECASE,
)
_WITHDRAWN = re.compile(
    r"\b(?:should no longer be used|double count|was wrong|were wrong|was incorrect|was an error|never said so|is false"
    r"|was false|не соответству\w+ действительности|это не так|завышен\w*|ошибочн\w+)\b",
    re.IGNORECASE,
)
_LOOK_BACK = 60


def relate(drafts: list[Draft], sentences: list[Sentence]) -> None:
    """Fill parts, increments, repetitions, and what the next sentence says of a figure."""
    by_sentence: dict[int, list[Draft]] = {}
    for draft in drafts:
        by_sentence.setdefault(draft.index, []).append(draft)
    seen: set[str] = set()
    known: dict[tuple[str, float | None], list[Draft]] = {}
    for position, draft in enumerate(drafts):
        before = drafts[max(0, position - _LOOK_BACK) : position]
        _find_parent(draft, before)
        _take_from_parent(draft)
        _find_increment(draft, seen)
        alike = known.setdefault((draft.outcome, draft.value), [])
        _find_repetition(draft, alike)
        seen.add(draft.outcome)
        if len(alike) < _LOOK_BACK:
            alike.append(draft)
    _settle_losses(drafts)
    _tie_rows(drafts)
    for index, own in by_sentence.items():
        if index + 1 < len(sentences) and sentences[index + 1].unit.block - sentences[index].unit.block <= 1:
            _hear_next(own, sentences[index + 1], by_sentence.get(index + 1, []))


_TOTALS = read_word_set("relations.totals")


def _settle_losses(drafts: list[Draft]) -> None:
    """Let the total of a list say what its "losses" are: where it counts dead, so do the rows."""
    rows = [draft for draft in drafts if draft.outcome == "casualties" and draft.how != "own"]
    if len(rows) < 3:
        return
    total = next(
        (
            d
            for d in drafts
            if d.outcome == "killed" and any(t.low in _TOTALS for t in d.sentence.tokens[: d.number.start])
        ),
        None,
    )
    if total is None:
        return
    for draft in rows:
        if abs(draft.sentence.unit.block - total.sentence.unit.block) <= 4:
            draft.outcome = "killed"
            draft.doubt("outcome", "may be casualties")


def _tie_rows(drafts: list[Draft]) -> None:
    """Make the rows of a list parts of the total that the list gives, or of the claim that leads it in."""
    total: Draft | None = None
    rows: list[Draft] = []
    for draft in drafts:
        if draft.how in ("list", "coordinate") and draft.binding is None:
            rows.append(draft)
        elif (
            draft.how == "own"
            and draft.number.start < 8
            and any(t.low in _TOTALS for t in draft.sentence.tokens[: draft.number.start])
        ):
            total = draft
            for row in rows[-80:]:
                near = total.sentence.unit.block - row.sentence.unit.block <= 3
                if (
                    row.parent is None
                    and near
                    and row.outcome == total.outcome
                    and row.value is not None
                    and row.value < (total.value or 0)
                ):
                    row.parent = total
            rows = []


def _find_parent(draft: Draft, before: list[Draft]) -> None:
    if draft.parent is not None and draft.how == "part":
        if draft.nationality and draft.parent.nationality != draft.nationality and draft.value is not None:
            for other in reversed(before):
                if (
                    other.nationality == draft.nationality
                    and other.outcome == draft.outcome
                    and other.parent is not draft
                    and (other.value or 0) >= draft.value
                ):
                    if draft.index - other.index <= 2:
                        draft.parent = other  # "43 from Tajikistan" after "Tajikistan with 72"
                    break
        return
    part = find_part(draft.sentence, draft.number, draft.population)
    same = [other for other in before[-8:] if other.sentence is draft.sentence]
    if not part:
        whole = _opening_whole(draft, same) or _colon_whole(draft, same) or _with_whole(draft, same)
        if whole is not None:
            draft.parent = whole
            return
    opening = (
        part
        and same
        and any(f.label == "subset" and f.start <= 2 and f.end <= draft.number.start for f in draft.sentence.frames)
    )
    if opening and same[0].parent is not None and same[0].sentence is not same[0].parent.sentence:
        draft.parent = same[0].parent
        return
    named_outcome = _frame_outcome(draft) if part in ("frame", "them") else None
    if named_outcome is not None:
        for other in reversed(before):
            if other.increment or (other.unit == "bodies" and draft.unit != "bodies"):
                continue
            if (
                other.outcome == named_outcome
                and other.how != "part"
                and other.parent is None
                and other.unit != "percent"
                and (draft.value or 0) <= (other.value or 0)
            ):
                draft.parent = other
                return
    if (
        part == "frame"
        and draft.how == "own"
        and not _is_framed_directly(draft)
        and all(o.outcome != draft.outcome for o in same)
    ):
        return
    if not part or part == "the":
        if part == "the" and before:
            named = _named_whole(draft, before)
            if named is not None:
                draft.parent = named
        return
    if part == "them" and not same:
        totals = [
            o
            for o in before[-10:]
            if draft.index - o.index <= 2 and o.parent is None and o.how != "part" and o.unit != "percent"
        ]
        if totals and draft.value is not None and (totals[-1].value or 0) >= draft.value:
            draft.parent = totals[-1]
            return
    for other in reversed(before):
        if draft.index - other.index > 2:
            break
        if other.how == "part" and other.parent is not None and draft.sentence is other.sentence and part != "them":
            continue
        if other.unit == "percent" and draft.unit != "percent":
            continue
        value, total = draft.value, other.value
        if (
            value is not None
            and total is not None
            and draft.unit != "percent"
            and value > total
            and other.sentence is not draft.sentence
        ):
            continue
        draft.parent = other
        return


def _is_framed_directly(draft: Draft) -> bool:
    """Return whether "including" stands right before a number: not so the 11 of "4 dead, including a child, and 11 wounded"."""
    return any(f.label == "subset" and 0 <= draft.number.start - f.end <= 1 for f in draft.sentence.frames)


def _take_from_parent(draft: Draft) -> None:
    """Let a part without words of its own for who, or who says so, have its whole's."""
    parent = draft.parent
    if parent is None or draft.index - parent.index > 1:
        return
    population = draft.population
    if (
        not draft.nationality
        and parent.nationality
        and (population.kind in ("bare", "outcome") or population.partitive or population.more)
    ):
        draft.nationality = parent.nationality
        if not population.partitive:
            draft.doubt("nationality", "taken over from the number it is a part of")
    if draft.attribution is None and not draft.has_source and parent.attribution is not None:
        draft.attribution, draft.via, draft.has_source = parent.attribution, parent.via, True
        if draft.modality == "stated":
            draft.modality = "reported"


def _opening_whole(draft: Draft, same: list[Draft]) -> Draft | None:
    """Return the number of "Of the seventy men ..., 23 are dead, five are prisoners", "из 118 горняков 85 вышли"."""
    tokens = draft.sentence.tokens
    for other in same:
        before = [token.low for token in tokens[max(0, other.number.start - 3) : other.number.start]]
        if before and (
            before[-1] in ("из", "з", "із", "of", "from")
            or (
                len(before) > 1
                and before[-1] in ("the", "these", "those", "all", "этих", "тех", "её", "ее", "его", "их")
                and before[-2] in ("of", "from", "из")
            )
        ):
            opens = (
                other.number.start <= 3
                or tokens[other.number.start - len(before)].text in ",;:—("
                or before[-1] in ("из", "з", "із")
            )
            if (
                opens
                and draft.value is not None
                and other.value is not None
                and draft.value <= other.value
                and other.unit != "percent"
            ):
                return other
    return None


def _with_whole(draft: Draft, same: list[Draft]) -> Draft | None:
    """Return the number of "288 were recruited, with 16 reported dead"."""
    tokens = draft.sentence.tokens
    at = draft.number.start
    if (
        not same
        or at < 2
        or tokens[at - 1].low != "with"
        or tokens[at - 2].text != ","
        or (draft.population.head is not None and draft.population.kind == "people")
    ):
        return None
    other = same[-1]
    if (
        other.outcome != draft.outcome
        and draft.value is not None
        and other.value is not None
        and draft.value < other.value
        and other.unit != "percent"
    ):
        if not draft.nationality:
            draft.nationality = other.nationality
            if other.nationality:
                draft.doubt("nationality", "taken over from the number it is a part of")
        draft.group = draft.group or other.group
        return other
    return None


def _colon_whole(draft: Draft, same: list[Draft]) -> Draft | None:
    """Return the number of "three residents: two men and a boy"."""
    for other in reversed(same):
        if other.outcome != draft.outcome or other.parent is not None:
            continue
        at = other.population.end
        tokens = draft.sentence.tokens
        between = [token.text for token in tokens[at : draft.number.start]]
        dashed = bool(between) and between[0] in ("—", "–") and not {"—", "–"} & set(between[1:])
        led = ":" in between and between.index(":") <= 6
        if (dashed or led) and draft.value is not None and other.value is not None and draft.value < other.value:
            return other
    return None


def _frame_outcome(draft: Draft) -> str | None:
    """Return the outcome that "among the dead", "среди погибших", "211 of the dead" names."""
    sentence = draft.sentence
    for frame in sentence.frames:
        if frame.label != "subset" or not (
            frame.end <= draft.number.start or 0 <= frame.start - draft.number.end <= 1
        ):
            continue
        for at in range(frame.start, min(len(sentence.tokens), frame.end + 2)):
            trigger = sentence.trigger_at.get(at)
            if (
                trigger is None
                or draft.number.start <= at < draft.number.end
                or trigger.voice in ("passive", "active")
            ):
                continue
            if trigger.roles & {"noun", "state", "intr", "trans"}:
                return trigger.outcome
    return None


def _named_whole(draft: Draft, before: list[Draft]) -> Draft | None:
    """Return the claim that "four of the 26", "two of the dead" is a part of."""
    sentence = draft.sentence
    inner = [token.low for token in sentence.tokens[draft.number.end : draft.population.end + 1]]
    if not any(word in inner for word in ("the", "these", "those", "them", "из", "этих", "all")):
        return None
    for other in reversed(before):
        if draft.index - other.index > 6:
            break
        if any(
            n.mention.low is not None
            and n.mention.low == other.low
            and n.start >= draft.number.end
            and n.start <= draft.population.end
            for n in sentence.numbers
        ):
            return other
    if draft.population.kind == "outcome":
        for other in reversed(before):
            if draft.unit == "bodies" and other.unit != "bodies" and any(o.unit == "bodies" for o in before):
                continue
            if (
                other.outcome == draft.outcome
                and draft.index - other.index <= 30
                and (draft.value or 0) <= (other.value or 0)
                and other.unit != "percent"
                and other.how != "part"
            ):
                return other
    return None


def _find_increment(draft: Draft, seen: set[str]) -> None:
    mention = draft.number.mention
    more = (
        draft.population.more in ("more", "another", "additional", "further", "extra")
        or mention.increment
        or mention.kind == "another"
    )
    if not more:
        return
    if draft.population.more in ("other", "others"):
        return
    draft.increment = draft.outcome in seen or any(
        t.outcome == draft.outcome
        for t in draft.sentence.triggers
        if t.end <= draft.number.start and (draft.binding is None or t is not draft.binding.trigger)
    )


def _find_repetition(draft: Draft, alike: list[Draft]) -> None:
    if draft.increment or draft.unit == "percent" or draft.value is None or draft.value == 0:
        return
    for other in alike:
        if other.unit == "percent" or other.value != draft.value or other.repeats is not None:
            continue
        if set(other.nationality) != set(draft.nationality) and draft.nationality and other.nationality:
            continue
        if other.sentence is draft.sentence and not draft.population.partitive and draft.value < 20:
            continue
        if draft.value <= 12 and draft.index - other.index > 8 and other.sentence.unit.kind != "heading":
            continue
        if other.parent is draft or draft.parent is other:
            continue
        if draft.group and other.group and draft.group.lower()[:5] != other.group.lower()[:5] and draft.value < 20:
            continue
        draft.repeats = other
        return


def _hear_next(own: list[Draft], following: Sentence, theirs: list[Draft]) -> None:
    start = following.unit.start
    head = following.text[start : min(following.unit.end, start + 200)]
    unconfirmed = any(frame.label in ("unconfirmed", "denying") for frame in following.frames)
    if unconfirmed and (_FIGURES_BEFORE.search(head) or _WITHDRAWN.search(head)) and not theirs:
        for draft in own:
            if draft.modality != "said_confirmed":
                draft.modality = "unconfirmed"
    if _SAID_BEFORE.search(head):
        sources = [s for s in sources_of(following) if s.end > s.start]
        if sources:
            citing = next((s for s in sources if s.citing or s.kind == "cite"), None)
            speaker = next((s for s in sources if s is not citing), None)
            chosen = citing or speaker
            assert chosen is not None
            for draft in own:
                if not draft.has_source:
                    draft.attribution = words_of(following, chosen.start, chosen.end)
                    if citing is not None and speaker is not None:
                        draft.via = words_of(following, speaker.start, speaker.end)
                    draft.has_source = True
                    if draft.modality == "stated":
                        draft.modality = "reported"
