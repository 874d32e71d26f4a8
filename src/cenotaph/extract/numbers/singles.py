"""Number words that are no numbers where they stand: "one another", "the one who", "один из самых"."""

from __future__ import annotations

from cenotaph.extract.numbers.cores import Core
from cenotaph.extract.numbers.lexicon import Lexicon, read_cues
from cenotaph.extract.numbers.tokens import Tokens

_CARGO_WORDS = ("двухсот", "трехсот", "двохсот", "трьохсот")
_BEFORE_ONE = read_cues("before_one")
_AFTER_ONE = read_cues("after_one")
_GRADES_RU = ("ейших", "айших", "самых", "первых", "главных", "основных", "лучших", "последних")


def is_cargo(core: Core, before: Core | None, tokens: Tokens) -> bool:
    """Whether "200", "300", "двухсотых" are soldiers' words for the dead and the wounded: "двое 200", "300-х — 31"."""
    word, after = tokens.word(core.first), tokens.word(core.last + 1)
    if word.startswith(_CARGO_WORDS):
        return core.first == core.last and word.endswith(("ых", "ые", "ыми", "ым"))
    if word not in ("200", "300") or core.first != core.last:
        return False
    if after == "-" and tokens.word(core.last + 2) in ("х", "е", "ых", "ые", "ми"):
        return True
    follows = before is not None and before.finish + 1 == core.first and (before.high or 0) < 200
    if not follows or tokens.word(core.first - 1).endswith(("тыс", ".")):
        return False
    return not after[:1].isalpha() or after in ("и", "а", "або", "та")


def is_idiom(core: Core, tokens: Tokens, lexicon: Lexicon, language: str) -> bool:
    """Whether a number word counts nothing here.

    Parameters
    ----------
    core
        A number whose kind is settled.
    """
    before, after = tokens.word(core.first - 1), tokens.word(core.last + 1)
    if core.role == "one" and core.words:
        head_counts = core.head >= 0 and core.certain
        if language == "en":
            if tokens.word(core.last) != "one":
                return False
            if (before in _BEFORE_ONE and not head_counts) or (after in _AFTER_ONE and not head_counts):
                return True
            if "by" in (before, after) and "one" in (tokens.word(core.first - 2), tokens.word(core.last + 2)):
                return True
            if (
                after[:1] in (".", ",", ";", "")
                and tokens.word(core.first - 2) in ("a", "an", "the", "this")
                and before[:1].isalpha()
            ):
                return True
            if after == "'" or tokens.written(core.last).endswith(("'s", "’s")):
                return True
            return after == "of" and _is_superlative(core.last + 2, tokens)
        if after in ("самых", "из") and tokens.word(core.last + 1 + (after == "из")).endswith(_GRADES_RU):
            return True
        return after in ("и", "на") and tokens.word(core.last + 2) in ("тот", "та", "те", "один", "одну", "то", "того")
    if core.role == "count" and tokens.word(core.first) == "both":
        return not (core.certain or after in ("were", "of", "had", "have", "died", "are", ".", ","))
    if core.role in ("vague", "part") and core.kind not in ("people_candidate", "percent"):
        return core.low is None
    return False


def _is_superlative(place: int, tokens: Tokens) -> bool:
    if tokens.word(place) not in ("the", "its", "his", "their", "our", "my"):
        return False
    word = tokens.word(place + 1)
    return (word.endswith("est") and len(word) > 4) or word in (
        "most",
        "main",
        "first",
        "top",
        "best",
        "last",
        "few",
        "key",
        "leading",
    )
