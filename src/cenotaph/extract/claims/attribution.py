"""Who says so: which of a sentence's sources vouches for a number, and who carries it."""

from __future__ import annotations

import re

from cenotaph.extract.claims.certainty import admits
from cenotaph.extract.claims.confirming import confirms_another, leaves_unsaid, withholds
from cenotaph.extract.claims.discourse import Discourse
from cenotaph.extract.claims.draft import Draft
from cenotaph.extract.claims.sentence import Sentence
from cenotaph.extract.claims.sources import find_sources
from cenotaph.extract.claims.spans import Source
from cenotaph.reference.word_sets import read_word_set

_REFUSES = re.compile(
    r"\b(?:declin|refus|reject|denie[ds]|dismiss)\w*|\b(?:could|did|does|do)(?: not|n't|n’t)\b|\bunable to\b", re.IGNORECASE
)


def follow_sources(sentence: Sentence, index: int, discourse: Discourse) -> None:
    """Keep who spoke last, whose line it is, and whether a quotation is open."""
    if discourse.line != sentence.unit.line:
        discourse.line = sentence.unit.line
        discourse.speaker = None
        discourse.quoting = False
    sources = sources_of(sentence)
    for source in sources:
        if source.kind == "label":
            discourse.speaker = (sentence, source.start, source.end)
    named = [s for s in sources if s.end > s.start]
    if named:
        if sentence.language == "ru":
            named = [s for s in named if _is_person(sentence, s)] or named  # who "он" may be
        last = next((s for s in reversed(named) if s.kind not in ("cite", "estimate") or not s.citing), named[-1])
        discourse.source = words_of(sentence, last.start, last.end)
        discourse.source_index = index



def _is_person(sentence: Sentence, source: Source) -> bool:
    return any(
        sentence.words[at].parse.animate or sentence.words[at].parse.name for at in range(source.start, source.end)
    ) and not _is_carrier(sentence, source)


def sources_of(sentence: Sentence) -> list[Source]:
    """Return the sources of a sentence, found once."""
    cached: list[Source] | None = sentence.__dict__.get("_sources")
    if cached is None:
        cached = sentence.__dict__["_sources"] = find_sources(sentence)
    return cached


def words_of(sentence: Sentence, start: int, end: int) -> str:
    """Return the text of some tokens."""
    return sentence.text[sentence.tokens[start].start : sentence.tokens[end - 1].end]


def fill_source(draft: Draft, discourse: Discourse) -> None:
    """Fill attribution, carrier and how the source speaks."""
    sentence = draft.sentence
    at = draft.number.start
    sources = sources_of(sentence)
    speakers = [s for s in sources if s.kind not in ("cite", "label", "impersonal", "carrier") and not s.citing]
    cites = [
        s
        for s in sources
        if s.citing or s.kind == "cite" or (s.kind == "estimate" and s.end >= s.start and s.verb < s.start)
    ]
    speakers = [
        s for s in speakers if s not in cites and not (s.kind == "confirm" and confirms_another(sentence, s.verb, s.verb + 1, at))
    ]
    speaker = _choose(speakers, at)
    cite = _choose_cite(sentence, cites, at)
    label = next((s for s in sources if s.kind == "label"), None) if sources else None
    chosen: Source | None = None
    via: str | None = None
    carrier = next((s for s in sources if s.kind == "carrier" and s.first <= at < s.last), None) if sources else None
    if carrier is not None:
        chosen = speaker or cite or carrier
        via = _name(carrier, sentence, discourse) if chosen is not carrier else None
    elif speaker is not None and cite is not None:
        if (
            cite.citing
            or speaker.verb < cite.verb < at
            or sentence.language != "en"
            or (_is_carrier(sentence, speaker) and not _is_carrier(sentence, cite))
        ):
            chosen, via = cite, _name(speaker, sentence, discourse)
        else:
            chosen, via = speaker, _name(cite, sentence, discourse)
    else:
        chosen = speaker or cite
        if speaker is None and cite is not None and cite.citing:
            other = _choose_cite(sentence, [s for s in cites if not s.citing], at)
            via = _name(other, sentence, discourse) if other is not None else None
    if chosen is None and label is not None and label.last > at >= label.first:
        chosen = label
        via = _dash_carrier(sentence, label)
    if chosen is not None:
        draft.attribution = _name(chosen, sentence, discourse)
        draft.via = via if via != draft.attribution and not (via and draft.attribution and via in draft.attribution) else None
        draft.has_source = True
        draft.modality = {"estimate": "estimated", "confirm": "said_confirmed"}.get(chosen.kind, "reported")
        if speaker is not None and speaker.kind == "confirm":
            draft.modality = "said_confirmed"
        if draft.attribution and " who " not in draft.attribution and _REFUSES.search(draft.attribution):
            # "The embassy declined to comment on reports that", "Reuters could not independently verify": no source of it.
            draft.attribution, draft.via, draft.modality = None, None, "unconfirmed"
            draft.doubt("attribution", "whoever is named does not vouch for it")
        elif speaker is chosen and (
            withholds(sentence, chosen.verb) if chosen.kind == "confirm" else leaves_unsaid(sentence, chosen.verb)
        ):
            if sentence.language == "en":
                draft.attribution, draft.via = None, None
                draft.doubt("attribution", "whoever is named does not vouch for it")
            draft.modality = "unconfirmed"
        elif chosen.kind == "deny" and not _admits(sentence, chosen.verb, at):
            draft.modality = "unconfirmed"
            draft.doubt("attribution", "denies the number; who claims it is not said")
        return
    if any(s.kind == "impersonal" for s in sources):
        draft.has_source = True
        draft.modality = "reported"
        return
    if discourse.speaker is not None:
        owner, start, end = discourse.speaker
        draft.attribution = words_of(owner, start, end)
        draft.has_source = True
        draft.modality = "reported"
        return
    if (
        draft.parent is not None
        and draft.parent.attribution is not None
        and draft.index - draft.parent.index <= 1
        and draft.how == "part"
    ):
        draft.attribution, draft.via = draft.parent.attribution, draft.parent.via
        draft.has_source = True
        draft.modality = (
            draft.parent.modality if draft.parent.modality in ("estimated", "unconfirmed") else "reported"
        )
        return
    if not _REPORTEDLY.isdisjoint(sentence.lows):
        draft.modality = "reported"


def _admits(sentence: Sentence, verb: int, at: int) -> bool:
    """Return whether who denied something admits a number behind it: "отрицал жертвы, потом признал гибель двоих"."""
    return sentence.language == "ru" and any(
        admits(token.low) for token in sentence.tokens[min(verb + 1, at) : at]
    )


_CARRIERS = read_word_set("slots.carriers")
_REPORTEDLY = frozenset({"reportedly", "сообщается", "сообщалось"})


def _is_carrier(sentence: Sentence, source: Source) -> bool:
    """Return whether a source is of those that pass on what others say."""
    return any(sentence.tokens[at].low in _CARRIERS for at in range(source.start, source.end))


def _dash_carrier(sentence: Sentence, label: Source) -> str | None:
    colon = label.verb
    after = label.end + 1
    return words_of(sentence, after, colon) if after < colon else None


def _name(source: Source, sentence: Sentence, discourse: Discourse) -> str | None:
    if source.end > source.start:
        return words_of(sentence, source.start, source.end)
    if source.pronoun:
        if discourse.source is None and sentence.language != "en" and source.kind not in ("cite", "estimate"):
            return sentence.tokens[source.start].text
        if discourse.source is None and sentence.language == "ru" and source.verb + 1 < source.start:
            return words_of(sentence, source.verb, source.start)  # "по его словам"
        return discourse.source
    return None


def _choose(speakers: list[Source], at: int) -> Source | None:
    before = [s for s in speakers if s.verb < at and s.last > at and s.first <= s.verb and s.end <= at]
    if before:
        return before[-1]
    after = [s for s in speakers if s.verb >= at and s.first <= at]
    return after[0] if after else None


def _choose_cite(sentence: Sentence, cites: list[Source], at: int) -> Source | None:
    covering = [s for s in cites if s.first <= at < s.last]
    if not covering:
        return None
    covering = [s for s in covering if s.citing] or covering
    return min(covering, key=lambda s: sentence.cost(s.verb, at) if s.verb < at else sentence.cost(at, s.verb))
