"""What a text says of its own figures: wrong, unverified, whose they are, in their sentence or in the one behind."""

from __future__ import annotations

import re

from cenotaph.extract.claims.attribution import sources_of, words_of
from cenotaph.extract.claims.draft import Draft
from cenotaph.extract.claims.sentence import Sentence

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
_NAMED_BEHIND = re.compile(
    r"^(?:источник(?:и|ом)?|данные|сведения|информация)(?: этих сведений)? ?[—–:-] ?(.{3,80}?)[.!?]?$", re.IGNORECASE
)
_WITHDRAWN = re.compile(
    r"\b(?:should no longer be used|double count|was wrong|were wrong|was incorrect|was an error|never said so|is false"
    r"|was false|не соответству\w+ действительности|это не так|завышен\w*|ошибочн\w+)\b",
    re.IGNORECASE,
)
_WITHDRAWING = (
    "no longer", "double count", "wrong", "incorrect", "an error", "never said", "false", "соответству", "не так", "завышен",
    "ошибочн",
)  # fmt: skip
"""Of these each match of the expression above holds one."""
_WITHHELD = re.compile(
    r"(?:\b(?:not|cannot|never|yet to|(?:unable|impossible|(?:declin|refus|fail)\w+) to)|n['’]t)\s"
    r"(?:(?:been|be|able|yet|to|immediately|independently|officially|publicly|possible)\s){0,4}(?:confirm|verif)\w*\s(?:(?:the|these|this|those|that|either|such)\s)"
    r"(?:(?:latest|new|casualty|death)\s)?(?:figures?|numbers?|claims?|reports?|tolls?|deaths|losses|counts?|tally)\b"
    r"|\b(?:не|отказал\w+)\s(?:(?:смог\w*|удалось|может|могут)\s)?подтвер\w+\s(?:эт\w+|так\w+|данн\w+)?\s?"
    r"(?:данные|цифр[уы]|сведения|информацию|сообщени[ея]|потери)\b",
    re.IGNORECASE,
)
_NEITHER = re.compile(
    r"\bneither\s(?:of\s(?:the|these|those)\s)?(?:two\s)?(?:figure|number|claim|toll|account|count|report|version|statement)s?\s"
    r"(?:could|can|has|have|was|were|is|are)\s(?:\w+\s){0,4}(?:verif|confirm|check|corroborat)\w*"
    r"|\bни\s(?:ту|одну|тот|то|одно|один)\b[^.]{0,40}\b(?:подтвер|провер)\w+",
    re.IGNORECASE,
)


def hear_of_figures(drafts: list[Draft], sentences: list[Sentence]) -> None:
    """Fill sources and doubts that the text tells of figures beside them."""
    found: dict[int, list[Draft]] = {}
    for draft in drafts:
        found.setdefault(id(draft.sentence), []).append(draft)
    told = [found.get(id(sentence), []) for sentence in sentences]
    for own, theirs, sentence, following in zip(told, told[1:], sentences, sentences[1:], strict=False):
        if own and following.unit.block - sentence.unit.block <= 1:
            _hear_next(own, following, theirs)
    for at, (own, sentence) in enumerate(zip(told, sentences, strict=True)):
        _hear_own(own)
        if not _NEITHERS.isdisjoint(sentence.lows):
            _hear_neither(sentence, own, [draft for before in told[max(0, at - 2) : at] for draft in before])


def _hear_neither(sentence: Sentence, own: list[Draft], before: list[Draft]) -> None:
    """Make figures unconfirmed of which neither could be verified: those before it in its sentence, or in the two before."""
    found = _NEITHER.search(sentence.text, sentence.unit.start, sentence.unit.end)
    if found is None:
        return
    inside = [draft for draft in own if draft.number.mention.end <= found.start()]
    for draft in inside or [*before, *own]:
        if draft.modality != "said_confirmed":
            draft.modality = "unconfirmed"


_NEITHERS = frozenset({"neither", "ни"})


def _hear_own(own: list[Draft]) -> None:
    """Make a figure unconfirmed which its own English sentence calls wrong, or quotes behind a "not"."""
    for draft in own:
        sentence, at = draft.sentence, draft.number.start
        if sentence.language != "en" or draft.modality == "said_confirmed":
            continue
        before = [token.text.lower() for token in sentence.tokens[max(0, at - _QUOTED) : at]] if "not" in sentence.lows else []
        quoted = any(text in '"“' and i and before[i - 1] == "not" for i, text in enumerate(before))
        withdrawn = any(words in sentence.line for words in _WITHDRAWING)
        if quoted or (withdrawn and _WITHDRAWN.search(sentence.text, draft.number.mention.end, sentence.unit.end)):
            draft.modality = "unconfirmed"


_QUOTED = 8


def _hear_next(own: list[Draft], following: Sentence, theirs: list[Draft]) -> None:
    start = following.unit.start
    head = following.text[start : min(following.unit.end, start + 200)]
    unconfirmed = any(frame.label in ("unconfirmed", "denying") for frame in following.frames)
    withheld = not theirs and ("onfirm" in head or "verif" in head or "подтвер" in head) and _WITHHELD.search(head) is not None
    if withheld or (unconfirmed and (_FIGURES_BEFORE.search(head) or _WITHDRAWN.search(head)) and not theirs):
        for draft in own:
            if draft.modality != "said_confirmed":
                draft.modality = "unconfirmed"
    behind = _NAMED_BEHIND.match(following.text[start : following.unit.end].strip()) if not theirs else None
    if behind is not None:
        for draft in own:
            if not draft.has_source:
                draft.attribution, draft.has_source = behind.group(1), True
                draft.modality = "reported" if draft.modality == "stated" else draft.modality
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
