"""What ties claims together: parts, additions, repetitions."""

from __future__ import annotations

from cenotaph.extract.claims.draft import Draft
from cenotaph.extract.claims.figures_told import hear_of_figures
from cenotaph.extract.claims.parts import find_part
from cenotaph.extract.claims.parts_slavic import find_unmarked_whole
from cenotaph.extract.claims.quotations import hear_quotations
from cenotaph.extract.claims.sentence import Sentence
from cenotaph.extract.claims.shares import find_shared_whole, raises_total, relative_whole
from cenotaph.extract.claims.sides import carry_sides
from cenotaph.extract.claims.wholes import (
    apposed_whole,
    bracket_whole,
    colon_whole,
    counted_whole,
    frame_outcome,
    is_framed_directly,
    named_whole,
    opening_whole,
    subject_whole,
    tie_sums,
    whole_of_outcome,
    with_whole,
)
from cenotaph.reference.word_sets import read_word_set

_LOOK_BACK = 60
_ALIVE = frozenset({"rescued", "survived", "wounded", "displaced", "released"})
_LIST_REACH = 5  # sentences back to the total of a list of countries


def relate(drafts: list[Draft], sentences: list[Sentence]) -> None:
    """Fill parts, increments, repetitions, and what the next sentence says of a figure."""
    by_sentence: dict[int, list[Draft]] = {}
    for draft in drafts:
        by_sentence.setdefault(draft.index, []).append(draft)
    for own in by_sentence.values():
        if own[0].sentence.language == "en":
            tie_sums(own)
    seen: set[str] = set()
    known: dict[tuple[str, float | None], list[Draft]] = {}
    for position, draft in enumerate(drafts):
        before = drafts[max(0, position - _LOOK_BACK) : position]
        _find_parent(draft, before)
        if draft.sentence.language == "en":
            if draft.parent is not None and raises_total(draft):
                draft.parent = None
            draft.parent = find_shared_whole(draft, before) or draft.parent
        if draft.outcome == "rescued" and _is_of_bodies(draft):
            draft.outcome = "killed"  # "29 убитых, четверо из которых извлечены из-под обломков"
            draft.doubt("outcome", "may be rescued")
        if draft.outcome == "released" and _is_of_dead(draft):
            draft.outcome = "body_returned"  # "44 dead, of whom 31 brought home"
        if draft.parent is not None and draft.parent.outcome == "killed" and draft.outcome in _ALIVE:
            draft.parent = None  # "найдены тела 38, из них один ребёнок, спасены девять"
        _take_from_parent(draft)
        if draft.parent is None and draft.sentence.language == "ru":
            draft.parent = find_unmarked_whole(draft, before)
        _find_increment(draft, seen)
        alike = known.setdefault((draft.outcome, draft.value), [])
        _find_repetition(draft, alike)
        seen.add(draft.outcome)
        if len(alike) < _LOOK_BACK:
            alike.append(draft)
    _doubt_parts(drafts)
    _settle_losses(drafts)
    _tie_rows(drafts)
    carry_sides(drafts, sentences)
    hear_quotations(sentences, by_sentence)
    hear_of_figures(drafts, sentences)


_BRINGING_OUT = ("извлеч", "извлек", "достал", "подня", "доста")


def _is_of_bodies(draft: Draft) -> bool:
    """Return whether a Russian part of the dead told of right before is said to have been brought out."""
    whole, binding = draft.parent, draft.binding
    if whole is None or binding is None or draft.sentence.language != "ru" or whole.sentence is not draft.sentence:
        return False
    out = any(t.low.startswith(_BRINGING_OUT) for t in draft.sentence.tokens[binding.trigger.start : binding.trigger.end])
    return whole.outcome == "killed" and draft.population.partitive == "them" and out


def _is_of_dead(draft: Draft) -> bool:
    """Return whether an English part of the dead right before it is said to have been brought home."""
    whole, sentence, at = draft.parent, draft.sentence, draft.number.start
    if whole is None or whole.outcome != "killed" or whole.sentence is not sentence or sentence.language != "en":
        return False
    led = [token.low for token in sentence.tokens[max(0, at - 2) : at]] in (["of", "whom"], ["of", "which"], ["of", "these"])
    return led or draft.population.partitive == "them"


def _find_larger(draft: Draft, before: list[Draft]) -> Draft | None:
    """Return the nearest earlier claim of the same outcome that a Russian part can be a part of, where its whole is too small."""
    if draft.sentence.language != "ru":
        return None
    for other in reversed(before):
        same = other.outcome == draft.outcome and other.unit != "percent" and other.parent is None
        if same and (other.value or 0) >= (draft.value or 0):
            return other
    return None


def _doubt_parts(drafts: list[Draft]) -> None:
    """Doubt a part that is larger than its whole can be: one of the two, or what ties them, was misread or mistold."""
    for position, draft in enumerate(drafts):
        whole = draft.parent
        if whole is None or "percent" in (draft.unit, whole.unit) or draft.low is None:
            continue
        limit = whole.high if whole.high is not None or whole.number.mention.bound == "vague" else whole.low
        bounded = whole.number.mention.bound in ("exact", "at_most", "range", "approx")
        if limit is None or not bounded or draft.low <= limit:
            continue
        larger = _find_larger(draft, drafts[max(0, position - _LOOK_BACK) : position])
        if larger is not None:
            draft.parent = larger
        else:
            draft.doubt("subset_of", "more than the number that it is said to be a part of")


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
    if draft.parent is not None and draft.sentence.language == "en" and draft.parent.sentence is draft.sentence:
        return
    counted = counted_whole(draft, before)
    if counted is not None:
        draft.parent = counted
        return
    part = find_part(draft.sentence, draft.number, draft.population)
    same = [other for other in before[-8:] if other.sentence is draft.sentence]
    if (told := relative_whole(draft, same)) is not None:
        draft.parent = told
        return
    if not part:
        whole = apposed_whole(draft, same) or opening_whole(draft, same) or colon_whole(draft, same)
        whole = whole or with_whole(draft, same) or bracket_whole(draft, same)
        if draft.sentence.language == "en":
            whole = whole or subject_whole(draft, before)
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
    named_outcome = frame_outcome(draft) if part in ("frame", "them") else None
    if part == "them" and draft.sentence.language == "ru":
        named_outcome = None  # "двадцать из них видели мёртвыми": of those spoken of, not of the dead
    if not part and _is_country_row(draft):
        draft.parent = _total_of_countries(draft, before)
        return
    if draft.unit == "percent" and draft.parent is None and draft.sentence.language == "ru" and not part:
        draft.parent = whole_of_outcome(draft, before, draft.outcome)
        return
    if named_outcome is not None and draft.sentence.language != "en":
        beside = draft.sentence if opening else None  # "Среди погибших 18 чехов, 12 поляков": side by side
        draft.parent = whole_of_outcome(draft, [o for o in before if o.sentence is not beside], named_outcome)
        if draft.parent is not None or not same:
            return
    elif named_outcome is not None:
        for other in reversed(before):
            if opening and other.sentence is draft.sentence:
                continue  # "Among the wounded were 12 Poles, 4 Czechs": side by side
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
        and not is_framed_directly(draft)
        and all(o.outcome != draft.outcome for o in same)
    ):
        return
    if not part or part == "the":
        if part == "the" and before:
            named = named_whole(draft, before)
            if named is not None:
                draft.parent = named
        return
    if part == "them" and not same:
        totals = [
            o
            for o in before[-10:]
            if draft.index - o.index <= 2 and o.parent is None and o.how not in ("part", "earlier") and o.unit != "percent"
        ]
        if totals and draft.value is not None and (totals[-1].value or 0) >= draft.value:
            draft.parent = totals[-1]
            return
    framed = _frame_before(draft)
    for other in reversed(before):
        if draft.index - other.index > 2:
            break
        if opening and other.sentence is draft.sentence:
            continue  # "Of these, 12 were killed and 30 wounded": each a part of what was told before
        if framed is not None and other.sentence is draft.sentence and other.number.start >= framed:
            continue  # "из которых 3 погибли, 1 ранен": parts side by side
        if other.how == "part" and other.parent is not None and draft.sentence is other.sentence and part != "them":
            continue
        if other.unit == "percent" and draft.unit != "percent":
            continue
        if draft.outcome == "on_board" and other.outcome != "on_board":
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


def _is_country_row(draft: Draft) -> bool:
    population = draft.population
    listed = draft.how in ("answer", "list", "coordinate")
    of_country = population.label and population.names and draft.nationality
    return listed and draft.sentence.language == "ru" and bool(of_country)


def _total_of_countries(draft: Draft, before: list[Draft]) -> Draft | None:
    """Return the total before a list of countries: "386 человек. ... Из Узбекистана (91), Непала (26)"."""
    whole = whole_of_outcome(draft, before, draft.outcome)
    if whole is None or draft.index - whole.index > _LIST_REACH or whole.nationality not in ((), draft.nationality):
        return None
    return whole if (whole.value or 0) > (draft.value or 0) else None


def _frame_before(draft: Draft) -> int | None:
    """Return where the words that make a number a part end, if they stand before it."""
    at = draft.number.start
    ends = [
        f.end
        for f in draft.sentence.frames
        if f.label == "subset" and f.end <= at and not any(a < f.start < z < at for a, z in draft.sentence.brackets)
    ]
    return max(ends) if ends else None


def _take_from_parent(draft: Draft) -> None:
    """Let a part without words of its own for who, or who says so, have its whole's."""
    parent = draft.parent
    if parent is None or draft.index - parent.index > 1:
        return
    if draft.sentence.language == "en" and draft.how == "own" and parent.sentence is not draft.sentence and (
        draft.population.kind == "bare"
    ):
        return  # "Six are known to be dead": a new sentence, which may have another source
    population = draft.population
    if draft.group is None and parent.group is not None and draft.sentence.language == "en" and (
        population.partitive == "them" and population.head is None and not population.names and draft.unit != "percent"
        and draft.sentence.tokens[population.end - 1].low != "us"
    ):
        draft.group = parent.group
    framed = parent.how == "part" and parent.population.names and parent.sentence is not draft.sentence
    if (
        not draft.nationality
        and parent.nationality
        and not (framed and draft.sentence.language == "en")
        and (population.kind in ("bare", "outcome") or population.partitive or population.more)
    ):
        draft.nationality = parent.nationality
        if not population.partitive:
            draft.doubt("nationality", "taken over from the number it is a part of")
    if draft.attribution is None and not draft.has_source and parent.attribution is not None:
        draft.attribution, draft.via, draft.has_source = parent.attribution, parent.via, True
        if draft.modality == "stated":
            draft.modality = "reported"


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
