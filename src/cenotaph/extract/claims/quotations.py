"""Who speaks in a quotation of several sentences: named before it opens, or after it closes."""

from __future__ import annotations

from cenotaph.extract.claims.attribution import sources_of, words_of
from cenotaph.extract.claims.draft import Draft
from cenotaph.extract.claims.sentence import Sentence

_LONGEST = 12  # sentences that one quotation may run


def hear_quotations(sentences: list[Sentence], by_sentence: dict[int, list[Draft]]) -> None:
    """Give the claims inside a quotation of several sentences the speaker that stands before or behind it."""
    opened: int | None = None
    for index, sentence in enumerate(sentences):
        if sentence.language == "en":
            return
        depth, closed = _weigh(sentence, 0 if opened is None else 1)
        if opened is not None:
            block = sentences[opened].unit.block
            if sentence.unit.block != block or index - opened > _LONGEST:
                opened = None
                depth, closed = _weigh(sentence, 0)
            else:
                speaker = _speaker_behind(sentences, index, closed) if closed is not None else None
                first = opened
                if speaker is None:
                    speaker, first = _speaker_before(sentences[opened]), opened + 1
                if speaker is not None:
                    for at in range(first, index + 1):
                        for draft in by_sentence.get(at, ()):
                            _attribute(draft, speaker)
        if depth > 0 and opened is None:
            opened = index
        elif depth <= 0:
            opened = None


def _weigh(sentence: Sentence, depth: int) -> tuple[int, int | None]:
    """Return how many quotations are open at the end, and the token where the one that was open at the start closed."""
    closed = None
    began = depth
    for at, token in enumerate(sentence.tokens):
        if token.text == "«":
            depth += 1
        elif token.text == "»" and depth:
            depth -= 1
            if depth == 0 and began and closed is None:
                closed = at
    return depth, closed


def _speaker_behind(sentences: list[Sentence], index: int, closed: int) -> str | None:
    """Return the speaker named behind a closing mark: "..., — поясняет он"."""
    sentence = sentences[index]
    for source in sources_of(sentence):
        if source.verb > closed and source.kind not in ("cite", "label", "impersonal"):
            if source.end > source.start:
                return words_of(sentence, source.start, source.end)
            if source.pronoun:
                return _last_named(sentences, index) or sentence.tokens[source.start].text
    return None


def _speaker_before(sentence: Sentence) -> str | None:
    """Return the speaker of the sentence in which a quotation opens, before it: "Он сказал: «..."."""
    opening = max((at for at, token in enumerate(sentence.tokens) if token.text == "«"), default=0)
    named = [s for s in sources_of(sentence) if s.verb < opening and s.end > s.start and s.kind not in ("cite", "impersonal")]
    return words_of(sentence, named[-1].start, named[-1].end) if named else None


def _last_named(sentences: list[Sentence], index: int) -> str | None:
    for at in range(index - 1, max(-1, index - 5), -1):
        named = [s for s in sources_of(sentences[at]) if s.end > s.start and s.kind not in ("cite", "impersonal")]
        if named:
            return words_of(sentences[at], named[-1].start, named[-1].end)
    return None


def _attribute(draft: Draft, speaker: str) -> None:
    if not draft.has_source:
        draft.attribution, draft.has_source = speaker, True
        if draft.modality == "stated":
            draft.modality = "reported"
