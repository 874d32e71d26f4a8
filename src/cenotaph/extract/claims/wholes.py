"""Which claim a number is a part of, by how the text says it."""

from __future__ import annotations

from cenotaph.extract.claims.draft import Draft


def is_framed_directly(draft: Draft) -> bool:
    """Return whether "including" stands right before a number: not so the 11 of "4 dead, including a child, and 11 wounded"."""
    return any(f.label == "subset" and 0 <= draft.number.start - f.end <= 1 for f in draft.sentence.frames)


def opening_whole(draft: Draft, same: list[Draft]) -> Draft | None:
    """Return the number of "Of the seventy men ..., 23 are dead, five are prisoners", "из 118 горняков 85 вышли"."""
    tokens = draft.sentence.tokens
    for other in same:
        before = [token.low for token in tokens[max(0, other.number.start - 3) : other.number.start]]
        if before and (
            before[-1] in ("из", "з", "із", "of", "from")
            or (
                len(before) > 1
                and before[-1] in ("the", "these", "those", "all", "этих", "тех", "её", "ее", "его", "их")
                and before[-2] in ("of", "from", "из", "among")
            )
        ):
            opens = (
                other.number.start <= 3
                or tokens[other.number.start - len(before)].text in ",;:—("
                or before[-1] in ("из", "з", "із")
            )
            beside = same[-1] is other and opens and other.number.start <= 3 and draft.sentence.language == "en"
            if (
                opens
                and draft.value is not None
                and other.value is not None
                and (draft.value <= other.value or beside)  # more than its whole: told, and doubted
                and other.unit != "percent"
            ):
                return other
    return None


def with_whole(draft: Draft, same: list[Draft]) -> Draft | None:
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


def colon_whole(draft: Draft, same: list[Draft]) -> Draft | None:
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


def bracket_whole(draft: Draft, same: list[Draft]) -> Draft | None:
    """Return the number right before the brackets in which a row stands: "СФО — 14 301 (Бурятия — 2 019, Тыва — 1 268)"."""
    sentence, at = draft.sentence, draft.number.start
    if sentence.language != "ru" or not draft.population.label or draft.how == "own" or draft.value is None:
        return None
    opening = next((a for a, z in sentence.brackets if a < draft.population.start and at < z), None)
    for other in reversed(same):
        if opening is not None and other.number.end <= opening <= max(other.population.end, other.number.end) + 1:
            larger = other.value is not None and other.value > draft.value and other.unit != "percent"
            return other if larger and other.outcome == draft.outcome else None
    return None


def frame_outcome(draft: Draft) -> str | None:
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


def named_whole(draft: Draft, before: list[Draft]) -> Draft | None:
    """Return the claim that "four of the 26", "two of the dead" is a part of."""
    sentence = draft.sentence
    inner = [token.low for token in sentence.tokens[draft.number.end : draft.population.end + 1]]
    if not any(word in inner for word in ("the", "these", "those", "them", "из", "этих", "all")):
        return None
    for other in reversed(before):
        if draft.index - other.index > 6:
            break
        if other.increment:
            continue
        if any(
            n.mention.low is not None
            and n.mention.low == other.low
            and n.start >= draft.number.end
            and n.start <= draft.population.end
            for n in sentence.numbers
        ):
            return other
    if sentence.language == "en" and (whole := _alike_whole(draft, before)) is not None:
        return whole
    if draft.population.kind == "outcome":
        for other in reversed(before):
            if draft.unit == "bodies" and other.unit != "bodies" and any(o.unit == "bodies" for o in before):
                continue
            if (
                other.outcome == draft.outcome
                and not (sentence.language == "en" and (other.increment or other.parent is not None))
                and draft.index - other.index <= 30
                and (draft.value or 0) <= (other.value or 0)
                and other.unit != "percent"
                and other.how != "part"
            ):
                return other
    return None


def _alike_whole(draft: Draft, before: list[Draft]) -> Draft | None:
    """Return the claim whose people "forty of the children", "two of the passengers" names by the same noun."""
    population, tokens = draft.population, draft.sentence.tokens
    if population.kind != "people" or population.head is None or population.partitive != "the" or draft.value is None:
        return None
    noun = tokens[population.head].low
    for other in reversed(before):
        head = other.population.head
        if head is None or other.unit == "percent" or other.sentence is draft.sentence or draft.index - other.index > _NOUN_REACH:
            continue
        if other.sentence.tokens[head].low == noun and other.value is not None and other.value > draft.value:
            return other
    return None


_NOUN_REACH = 8
_SORTING = frozenset({"in", "with", "without", "of", "on"})


def apposed_whole(draft: Draft, same: list[Draft]) -> Draft | None:
    """Return the number of "twelve were hurt, three seriously", "nineteen are in hospital, two of them without legs"."""
    sentence = draft.sentence
    tokens = sentence.tokens
    at = draft.number.start
    if sentence.language != "en" or not same or not at or tokens[at - 1].text != "," or draft.population.kind != "bare":
        return None
    other = same[-1]
    after = tokens[draft.number.end].low if draft.number.end < len(tokens) else ""
    sorting = after in _SORTING or (after.endswith("ly") and after != "only")
    if after in ("in", "on") and _leads_to_a_name(draft):
        return None  # "Sixteen died in Kyiv, nine in Odesa": side by side
    if not sorting or other.outcome != draft.outcome or other.unit == "percent":
        return None
    if draft.value is None or other.value is None or draft.value >= other.value:
        return None
    return other


def _leads_to_a_name(draft: Draft) -> bool:
    """Return whether a preposition right behind a number leads to a name: "nine in Odesa", "two in the Karoo"."""
    tokens = draft.sentence.tokens
    at = draft.number.end + 1
    if at < len(tokens) and tokens[at].low in ("the", "northern", "southern", "eastern", "western", "central"):
        at += 1
    return at < len(tokens) and tokens[at].text[0].isupper() and not draft.sentence.is_in_capitals


def _stands_beside(first: Draft, parts: list[Draft]) -> bool:
    """Return whether the first of several numbers has its own people or place, as the others have theirs: no total of them."""
    if first.population.names:
        return all(part.population.names for part in parts)
    return first.place is not None and all(part.place not in (None, first.place) for part in parts)


_ALIKE = {"casualties": "wounded", "body_returned": "killed", "identified": "killed", "declared_dead": "killed"}


def whole_of_outcome(draft: Draft, before: list[Draft], outcome: str) -> Draft | None:
    """Return the total that "среди погибших", "из числа раненых" means: the largest of the outcome that is not itself a part."""
    found: Draft | None = None
    named = _ALIKE.get(outcome, outcome)
    for other in before:
        if (
            _ALIKE.get(other.outcome, other.outcome) == named
            and other.how != "part"
            and other.parent is None
            and not other.increment
            and other.unit != "percent"
            and not (other.unit == "bodies" and draft.unit != "bodies")
            and (draft.unit == "percent" or (draft.value or 0) <= (other.value or 0))
            and (found is None or (other.value or 0) >= (found.value or 0))
        ):
            found = other
    return found


def counted_whole(draft: Draft, before: list[Draft]) -> Draft | None:
    """Return the 26 of "four of the 26 were dead": the last claim with the number that the words name."""
    sentence, population = draft.sentence, draft.population
    if sentence.language != "en" or population.partitive != "them":
        return None
    inner = next((n for n in sentence.numbers if draft.number.end < n.start <= population.end), None)
    if inner is None or inner.mention.low is None or sentence.tokens[inner.start - 1].low not in ("the", "these", "those", "of"):
        return None
    own = next((other for other in before if other.number is inner), None)
    return own or next((o for o in reversed(before) if o.low == inner.mention.low and o.unit != "percent"), None)


_GATHERED = frozenset({"recruited", "fighting", "on_board", "captured", "detained", "displaced", "other"})
_HELPING = frozenset({"were", "was", "are", "is", "have", "had", "has", "died", "survived"})


def subject_whole(draft: Draft, before: list[Draft]) -> Draft | None:
    """Return the 19 of "The hamlets sent 19 men. Six are known to be dead": a bare number opens what befell some of them."""
    sentence, tokens = draft.sentence, draft.sentence.tokens
    at = draft.number.end
    if draft.how != "own" or draft.population.kind != "bare" or draft.population.more or draft.number.mention.increment:
        return None
    if draft.number.start > 1 or at >= len(tokens) or draft.unit == "percent" or draft.value is None:
        return None
    if tokens[at].low in ("since", "later", "now", "already") and at + 1 < len(tokens):
        at += 1  # "Nine since released"
    verb = sentence.trigger_at.get(at)
    if tokens[at].low not in _HELPING and (verb is None or verb.voice not in ("active", "bare")):
        return None
    other = next((o for o in reversed(before) if o.sentence is not sentence and o.parent is None and o.how != "part"), None)
    if other is None or draft.index - other.index > 2 or other.sentence.unit.block != sentence.unit.block:
        return None
    fits = other.outcome in _GATHERED and other.outcome != draft.outcome and other.unit != "percent"
    return other if fits and other.value is not None and draft.value < other.value else None


_MANY_PARTS = 2  # that three numbers add up to a fourth is no chance: "four were killed, two in Orly, one in Meln, one in Bry"


def tie_sums(own: list[Draft]) -> None:
    """Make numbers behind a comma or a colon that add up to the one before it its parts: "23 men, 15 Tajiks and eight Uzbeks"."""
    for at, first in enumerate(own[:-2]):
        tokens = first.sentence.tokens
        end = first.population.end
        if first.value is None or first.unit == "percent" or end >= len(tokens):
            continue
        for many in range(2, 5):
            parts = own[at + 1 : at + 1 + many]
            values = [part.value for part in parts if part.outcome == first.outcome and part.parent is None]
            if len(parts) < many or len(values) < many or None in values:
                break
            if sum(value or 0 for value in values) == first.value and first.population.kind != "bare":
                between = {token.text for token in tokens[end : parts[0].number.start]}
                led = bool(between & {":", "—", "–", "("})
                if led or ("," in between and (many > _MANY_PARTS or not _stands_beside(first, parts))):
                    for part in parts:
                        part.parent = first
                break
