"""Numbers that a text takes back: "not 27 but 25", "не 27, а 25", "ошибочно сообщил ... 27", "следует читать"."""

from __future__ import annotations

from bisect import bisect_left

from cenotaph.extract.numbers.cores import Core
from cenotaph.extract.numbers.lexicon import read_cues
from cenotaph.extract.numbers.tokens import PARAGRAPH, Tokens

_NOT = frozenset({"not", "не"})
_IF = frozenset({"if", "если", "or", "whether", "якщо"})
"""Before "not", these deny nothing: "hundreds, if not thousands"."""
_WRONGLY = read_cues("wrongly")
_READ_SO = (
    ("should", "read"),
    ("should", "have", "read"),
    ("should", "have", "said"),
    ("следует", "читать"),
    ("нужно", "читать"),
    ("надо", "читать"),
    ("следует", "понимать"),
    ("слід", "читати"),
)
_ENDS = frozenset({".", "!", "?", PARAGRAPH})
_CLOSING = frozenset('»"”')
_REACH = 25


def mark_retracted(cores: list[Core], tokens: Tokens, language: str) -> None:
    """Mark the numbers of a stretch that its own words take back.

    Parameters
    ----------
    cores
        Numbers with their hedges, in order.
    """
    for core in cores:
        if core.kind in ("zero", "indefinite", "ordinal"):
            continue
        before = tokens.word(core.begin - 1)
        if before in _NOT:
            denied = not (language == "en" and tokens.word(core.begin) in ("a", "one"))
            core.retracted = denied and tokens.word(core.begin - 2) not in _IF
        else:
            core.retracted = tokens.words[max(core.begin - 2, 0) : core.begin] in (["rather", "than"], ["instead", "of"])
    _mark_wrongly(cores, tokens)


def _mark_wrongly(cores: list[Core], tokens: Tokens) -> None:
    """Mark what follows "ошибочно сообщил" in its sentence, and what is quoted before "следует читать"."""
    words = tokens.words
    firsts = [core.first for core in cores]
    if not firsts:
        return
    present = set(words)
    for word in _WRONGLY & present:
        at = -1
        while True:
            try:
                at = words.index(word, at + 1)
            except ValueError:
                break
            place = bisect_left(firsts, at)
            if place < len(cores) and firsts[place] - at <= _REACH and not _ENDS.intersection(words[at : firsts[place]]):
                cores[place].retracted = cores[place].kind in ("people_candidate", "percent", "another")
    for phrase in _READ_SO:
        if phrase[-1] not in present:
            continue
        for at in range(len(words) - len(phrase) + 1):
            if words[at] == phrase[0] and tuple(words[at : at + len(phrase)]) == phrase:
                place = bisect_left(firsts, at) - 1
                while place >= 0 and at - firsts[place] <= _REACH and not _ENDS.intersection(words[firsts[place] : at]):
                    if _CLOSING.intersection(words[firsts[place] : at]):
                        cores[place].retracted = True
                    place -= 1
