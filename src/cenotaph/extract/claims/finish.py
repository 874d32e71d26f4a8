"""Drafts become claims: quotes, ids, references."""

from __future__ import annotations

import hashlib
from datetime import date

from cenotaph.domain.claims import Claim, Modality, Unit
from cenotaph.domain.counts import Bound
from cenotaph.extract.claims.draft import Draft
from cenotaph.extract.claims.part_finder import GUESSED
from cenotaph.extract.claims.resolving import resolve_words

_LONGEST_QUOTE = 260
_BOUNDS: dict[str, Bound] = {bound: bound for bound in Bound}
_UNITS: dict[str, Unit] = {unit: unit for unit in Unit}
_MODALITIES: dict[str, Modality] = {modality: modality for modality in Modality}
"""By the words for them: a look costs a fifth of what calling the class does."""


def finish_drafts(
    text: str, drafts: list[Draft], document: str, published_on: date | None
) -> list[Claim]:
    """Return claims in the order of the text, each with an id of its own."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    ids: dict[int, str] = {}
    taken: set[str] = set()
    for draft in drafts:
        mention = draft.number.mention
        seed = f"{digest}:{mention.start}:{mention.end}:{draft.outcome}"
        identity = "c" + hashlib.sha256(seed.encode()).hexdigest()[:15]
        while identity in taken:
            seed += "+"
            identity = "c" + hashlib.sha256(seed.encode()).hexdigest()[:15]
        taken.add(identity)
        ids[id(draft)] = identity
    return [
        _finish(
            text,
            draft,
            document,
            ids,
            resolve_words(draft.as_of, draft.sentence.language, published_on) if draft.as_of else None,
        )
        for draft in drafts
    ]


def _finish(text: str, draft: Draft, document: str, ids: dict[int, str], as_of_edtf: str | None) -> Claim:
    mention = draft.number.mention
    start, end = _quote(draft)
    return Claim(
        id=ids[id(draft)],
        document=document,
        start=start,
        end=end,
        quote=text[start:end],
        number_start=mention.start,
        number_end=mention.end,
        number_text=text[mention.start : mention.end],
        low=mention.low,
        high=mention.high,
        bound=_BOUNDS[mention.bound],
        unit=_UNITS[draft.unit],
        outcome=draft.outcome,
        modality=_MODALITIES[draft.modality],
        nationality=draft.nationality,
        nationality_text=text[draft.nationality_span[0] : draft.nationality_span[1]]
        if draft.nationality_span
        else None,
        group=draft.group,
        side=draft.side,
        place=draft.place,
        attribution=draft.attribution,
        via=draft.via,
        span=draft.as_of if draft.window else None,
        as_of=draft.as_of,
        as_of_edtf=as_of_edtf,
        subset_of=ids.get(id(draft.parent)) if draft.parent is not None else None,
        increment=draft.increment,
        repeat_of=ids.get(id(draft.repeats)) if draft.repeats is not None else None,
        retracted=draft.retracted,
        needs_review=bool(draft.doubts.keys() - {GUESSED}),
        doubts=tuple(draft.doubts),
    )


def _quote(draft: Draft) -> tuple[int, int]:
    """Return the shortest words that hold number, people and outcome, where they lie together."""
    tokens = draft.sentence.tokens
    mention = draft.number.mention
    population = draft.population
    start = min(mention.start, tokens[population.start].start)
    end = max(mention.end, tokens[max(population.start, population.end - 1)].end)
    if draft.binding is not None:
        for trigger in (draft.binding.trigger, draft.binding.second):
            if trigger is None:
                continue
            first = min(start, tokens[trigger.start].start)
            last = max(end, tokens[trigger.end - 1].end)
            if last - first <= _LONGEST_QUOTE:
                start, end = first, last
    return start, end
