"""Find the numbers of a text."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from cenotaph.domain.counts import Bound
from cenotaph.extract.numbers.cores import Core
from cenotaph.extract.numbers.corrections import mark_retracted
from cenotaph.extract.numbers.determiners import CoreReader
from cenotaph.extract.numbers.hedges import HedgeReader
from cenotaph.extract.numbers.kinds import KindReader
from cenotaph.extract.numbers.lexicon import Lexicon, read_cues, read_lexicon
from cenotaph.extract.numbers.mention import NumberMention
from cenotaph.extract.numbers.ranges import join_cores
from cenotaph.extract.numbers.singles import is_cargo, is_idiom
from cenotaph.extract.numbers.tokens import Tokens, split_text

_BOUNDS: dict[str, Bound] = {bound: bound for bound in Bound}
_INHERITED = frozenset({"date", "age", "year", "money", "duration", "distance", "measure", "percent"})
_COORDINATORS = frozenset({",", "and", "or", "и", "или", "та", "і", "або", "to", "-", "–"})
_PRONOUNS = read_cues("pronouns")
_RELATIVES = frozenset({"which", "которых", "яких"})
_REACH = 30
"""Tokens back to the number that a pronoun may stand for."""
_DATE_COORDINATORS = _COORDINATORS | {"на", "по", "до", "through", "till", "until"}


def find_numbers(text: str, language: str) -> list[NumberMention]:
    """Return the numbers of a text, in order and without overlap.

    Parameters
    ----------
    text
        Any text.
    language
        BCP 47 tag. English, Russian and, less fully, Ukrainian words are known; of another language numbers in digits are found.
    """
    primary = language.replace("_", "-").split("-")[0].lower()
    mentions: list[NumberMention] = []
    for tokens in split_text(text):
        mentions.extend(_find(tokens, primary))
    return mentions


def _find(tokens: Tokens, language: str) -> Iterator[NumberMention]:
    lexicon = read_lexicon(language)
    hedges = HedgeReader(tokens, lexicon, language)
    kinds = KindReader(tokens, lexicon, language)
    cores = join_cores(list(_read_cores(tokens, CoreReader(tokens, lexicon, language))), tokens, kinds, hedges)
    if language != "en":
        cores = [core for core, before in zip(cores, [None, *cores], strict=False) if not is_cargo(core, before, tokens)]
    for core in cores:
        kinds.settle(core)
    _share_kinds(cores, tokens)
    _share_ages(cores, tokens)
    _follow_pronouns(cores, tokens)
    cores = [core for core in cores if not is_idiom(core, tokens, lexicon, language)]
    floor = 0
    for place, core in enumerate(cores):
        ceiling = cores[place + 1].begin if place + 1 < len(cores) else tokens.count
        hedges.attach(core, floor, ceiling)
        floor = core.finish + 1
    mark_retracted(cores, tokens, language)
    for core in cores:
        yield _mention(core, tokens)


def _read_cores(tokens: Tokens, reader: CoreReader) -> Iterator[Core]:
    opens = _read_openers(reader.language).__getitem__
    done = 0
    for place, opening in enumerate(map(opens, tokens.words)):
        if opening and place >= done:
            core = reader.read(place)
            if core is not None and core.first >= done:
                yield core
                done = core.finish + 1


class _Openers(dict[str, bool]):
    """Whether a number may begin with a word, for the words met so far."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def __missing__(self, word: str) -> bool:
        if len(self) >= _KEPT:
            self.clear()  # memory stays flat over any number of texts
        opens = self[word] = word in self._lexicon.numbers or word[0].isdecimal() or word in self._lexicon.phrases
        return opens


_KEPT = 50_000


@cache
def _read_openers(language: str) -> _Openers:
    return _Openers(read_lexicon(language))


def _share_kinds(cores: list[Core], tokens: Tokens) -> None:
    """Let a number of a list without a noun of its own be of the kind that the next one is ("on 5, 12 and 13 May")."""
    for core, after in zip(reversed(cores[:-1]), reversed(cores[1:]), strict=True):
        aged = after.kind in ("age", "duration") and (
            tokens.word(core.first - 1) == "("
            or (tokens.word(after.last + 1) == "лет" and core.last + 2 == after.first and not core.words)
        )  # "подростков 15 и 16 лет"
        if core.kind != "people_candidate" or (core.certain and not aged):
            continue
        if after.kind not in _INHERITED | {"thing", "people_candidate"}:
            continue
        if core.role not in ("count", "one") or (core.words and tokens.word(after.last + 2).startswith("летн")):
            continue  # "одного, 34-летнего взрывника"
        between = tokens.words[core.finish + 1 : after.first]
        joining = _DATE_COORDINATORS if after.kind == "date" else _COORDINATORS
        if 1 <= len(between) <= 2 and joining.issuperset(between):
            if after.kind == "date" and (core.high or 0) > 31:
                continue
            if after.kind == "percent" and (len(between) > 1 or (core.high or core.low or 0) > 100):
                continue  # "143, or 4.6 per cent", "about 1,300, or 7%": a number and the share it makes
            if after.kind == "people_candidate":
                core.certain = after.certain
            elif after.role != "share":
                core.kind = after.kind


_VERBS = frozenset({"were", "was", "are", "is", "had", "have", "has"})


def _share_ages(cores: list[Core], tokens: Tokens) -> None:
    """Let the last of "aged 4, 9 and 12" be an age too."""
    for before, core in pairwise(cores):
        if before.kind == "age" and core.kind == "people_candidate" and not core.certain and core.head < 0:
            between = tokens.words[before.finish + 1 : core.first]
            if tokens.word(core.last + 1) in _VERBS:
                continue  # "one was over fifty, and two were past seventy"
            if 1 <= len(between) <= 2 and _COORDINATORS.issuperset(between) and (core.high or 0) <= 110:
                core.kind = "age"


def _follow_pronouns(cores: list[Core], tokens: Tokens) -> None:
    """Let "one of them", "один из которых" be of the kind of the number before it."""
    for before, core in pairwise(cores):
        if core.kind != "people_candidate" or core.first - before.last > _REACH:
            continue
        of, pronoun = tokens.word(core.last + 1), tokens.word(core.last + 2)
        if of in ("of", "из", "з", "із") and pronoun in _PRONOUNS:
            if before.kind == "thing" and pronoun in _RELATIVES:
                core.kind, core.certain = "thing", False
            elif before.kind == "people_candidate" and before.certain:
                core.certain = True


def _mention(core: Core, tokens: Tokens) -> NumberMention:
    offset, starts, ends = tokens.offset, tokens.starts, tokens.ends
    head = (offset + starts[core.head], offset + ends[core.head]) if core.head >= 0 else None
    return NumberMention(
        start=offset + starts[core.begin],
        end=offset + ends[core.finish],
        core_start=offset + starts[core.first],
        core_end=offset + ends[core.last],
        low=core.low,
        high=core.high,
        bound=_BOUNDS[core.bound],
        kind=core.kind,
        certain=core.certain,
        retracted=core.retracted,
        distributive=core.distributive or _is_distributive(core, tokens),
        increment=core.increment,
        words=core.words,
        head_hint=head,
    )


def _is_distributive(core: Core, tokens: Tokens) -> bool:
    after = tokens.word(core.finish + 1)
    if after in ("each", "apiece", "каждый", "каждая", "каждом", "кожен"):
        return True
    if core.head >= 0 and tokens.word(core.head + 1) in ("each", "apiece"):
        return True
    return tokens.word(core.begin - 1) == "по" and core.kind in ("people_candidate", "percent") and core.words
