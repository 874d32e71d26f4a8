"""Two numbers that are one: "2,000–3,000", "between five and seven", "два-три", "one in five", "человек пять"."""

from __future__ import annotations

from cenotaph.extract.numbers.cores import Core, round_share
from cenotaph.extract.numbers.hedges import HedgeReader
from cenotaph.extract.numbers.kinds import KindReader
from cenotaph.extract.numbers.lexicon import read_cues
from cenotaph.extract.numbers.tokens import Tokens

_DASHES = frozenset("-–—−")
_TO = read_cues("to")
_AND = read_cues("and")
_BETWEEN = read_cues("between")
_FROM = read_cues("from")
_INVERTED = read_cues("inverted")
_COUNT_WORDS = frozenset({"человек", "штук", "осіб"})
_CONJUNCTIONS = frozenset({"и", "а", "но", "что", "і", "та", "що"})
"""Nouns that, before a number, make it a round one."""
_THOUSAND = 1000
_INVERTED_SCALES = {"тысяч": 1000, "десятков": 10, "сотен": 100, "миллионов": 10**6}
_COUNTERS = read_cues("counters")


def join_cores(cores: list[Core], tokens: Tokens, kinds: KindReader, hedges: HedgeReader) -> list[Core]:
    """Return the numbers of a stretch with ranges and rates made one and inversions marked."""
    joined: list[Core] = []
    for core in cores:
        if joined:
            whole = (
                _join(joined[-1], core, tokens, kinds, hedges)
                or _join_genitive(joined[-1], core, tokens)
                or _join_inverted(joined[-1], core, tokens)
                or _join_inverted_range(joined[-1], core, tokens)
            )
            if whole is not None:
                joined[-1] = whole
                continue
        joined.append(core)
    if kinds.language != "en":
        for core in joined:
            _mark_inversion(core, tokens, kinds)
    return joined


def _is_plain(core: Core) -> bool:
    return core.role in ("count", "one") and core.bound == "exact" and core.low is not None and not core.kind


def _join(one: Core, two: Core, tokens: Tokens, kinds: KindReader, hedges: HedgeReader) -> Core | None:
    if not (_is_plain(one) and _is_plain(two)):
        return None
    between = tokens.words[one.last + 1 : two.first]
    if not 1 <= len(between) <= 3:
        return None
    rate = _join_rate(one, two, between, tokens, kinds)
    if rate is not None:
        return rate
    if between in ([".", ".", "."], [".", "."], ["…"]):
        return _make_range(one, two, one.first)
    guessed = _join_guesses(one, two, between, tokens)
    if guessed is not None:
        return guessed
    if len(between) != 1:
        return None
    sign, before = between[0], tokens.word(one.first - 1)
    if sign in _DASHES:
        return _join_dash(one, two, tokens)
    if sign in _AND and before in _BETWEEN:
        return _make_range(one, two, one.first - 1)
    if sign in _TO:
        if before in ("с", "з", "із"):
            return None
        if hedges.changes_before(one.first) and sign in ("to", "до"):
            return None
        if sign in ("or", "или", "або", "чи") and one.words != two.words:
            return None
        return _make_range(one, two, one.first - 1 if before in _FROM else one.first)
    return None


_GUESSES = (("не", "то"), ("то", "ли"), ("либо",))


def _join_guesses(one: Core, two: Core, between: list[str], tokens: Tokens) -> Core | None:
    """Read "не то три, не то четыре тысячи", "то ли пять, то ли шесть": one number between two guesses."""
    for words in _GUESSES:
        size = len(words)
        if tuple(word for word in between if word != ",") != words or one.first < size:
            continue
        if tuple(tokens.words[one.first - size : one.first]) == words:
            return _make_range(one, two, one.first - size)
    return None


_GENITIVE_ENDS = ("сот", "ста", "сорока", "десяти", "дцати", "ти", "ми", "ух", "ех", "ёх")


def _join_genitive(one: Core, two: Core, tokens: Tokens) -> Core | None:
    """Read "порядка тысячи шестисот": one thousand in the genitive, and hundreds in it."""
    if one.first != one.last or not one.genitive or one.high != _THOUSAND or two.first != one.last + 1 or not _is_plain(two):
        return None
    if not two.words or two.scale > 1 or (two.low or 0) >= _THOUSAND or not tokens.word(two.last).endswith(_GENITIVE_ENDS):
        return None
    value = _THOUSAND + (two.low or 0)
    return Core(one.first, two.last, value, value)


_WIDEST = 5  # characters between the two numbers of a range, spaces included


def _join_dash(one: Core, two: Core, tokens: Tokens) -> Core | None:
    tight = tokens.glued(one.last) and tokens.glued(one.last + 1)
    if not tight:
        if one.words or two.words or tokens.word(one.last + 1) == "-" or _is_yearlike(one):
            return None
        if (two.low or 0) > 10 * (one.low or 0) or tokens.starts[two.first] - tokens.ends[one.last] > _WIDEST:
            return None  # columns of a table with nothing between
    if (
        tight
        and not two.words
        and tokens.word(two.last + 1) in _DASHES
        and tokens.glued(two.last)
        and tokens.word(two.last + 2)[:1].isdecimal()
    ):
        return None
    if tight and tokens.glued(one.first - 1) and tokens.word(one.first - 1) in _DASHES | {"/"}:
        return None
    if tight and _is_yearlike(one) and (two.low or 0) < 100 and not two.words:
        one.last = one.finish = two.last
        one.kind = "year"
        return one
    return _make_range(one, two, one.first)


def _is_yearlike(core: Core) -> bool:
    return core.literal is not None and core.literal.shape == "plain" and 1900 <= (core.low or 0) <= 2100


def _make_range(one: Core, two: Core, begin: int) -> Core | None:
    low, high = one.low, two.low
    if low is None or high is None:
        return None
    if two.scale > 1 and one.scale == 1 and low < high / two.scale:
        low = low * two.scale
        low = int(low) if float(low).is_integer() else low
    if low >= high:
        return None
    whole = Core(
        one.first,
        two.last,
        low,
        high,
        words=one.words and two.words,
        literal=two.literal or one.literal,
        bound="range",
        scale=two.scale,
    )
    whole.begin = begin
    return whole


def _join_rate(one: Core, two: Core, between: list[str], tokens: Tokens, kinds: KindReader) -> Core | None:
    """Read "one in five", "eight out of ten", "one out of every three"."""
    part, whole = one.low, two.low
    if part is None or whole is None or not 0 < part < whole <= 1000 or one.scale > 1:
        return None
    out_of = between in (["out", "of"], ["out", "of", "every"]) or between == ["-", "in", "-"]
    if not (between == ["in"] or between == ["in", "every"] or out_of):
        return None
    if between in (["in"], ["out", "of"]):
        if part > 10 or (out_of and whole not in (10, 100)):
            return None
        if kinds.find_head(two.last + 1)[0] not in (None, "people", "fate") or one.words != two.words:
            return None
        if tokens.word(two.last + 1) in kinds.lexicon.months:
            return None
    share = round_share(100 * part / whole)
    return Core(
        one.first,
        two.last,
        share,
        share,
        "share",
        words=one.words,
        bound="approx",
        kind="percent",
    )


def _join_inverted(one: Core, two: Core, tokens: Tokens) -> Core | None:
    """Read "тысяч пять": some five thousand."""
    if one.first != one.last or tokens.word(one.first) not in _INVERTED_SCALES or two.first != one.last + 1:
        return None
    if (not _is_plain(two) and two.bound != "range") or two.scale > 1 or two.low is None or two.high is None or not two.words:
        return None
    factor = _INVERTED_SCALES[tokens.word(one.first)]
    bound = "range" if two.bound == "range" else "approx"
    return Core(one.first, two.last, two.low * factor, two.high * factor, bound=bound, scale=factor)


def _join_inverted_range(one: Core, two: Core, tokens: Tokens) -> Core | None:
    """Read "тысяч сорок — сорок пять"."""
    if tokens.word(one.first) not in _INVERTED_SCALES or one.first == one.last or one.bound != "approx" or not _is_plain(two):
        return None
    if tokens.words[one.last + 1 : two.first] not in ([dash] for dash in _DASHES) or two.scale > 1 or not two.words:
        return None
    low, high = one.low, (two.low or 0) * one.scale
    return Core(one.first, two.last, low, high, bound="range", scale=one.scale) if low is not None and low < high else None


def _mark_inversion(core: Core, tokens: Tokens, kinds: KindReader) -> None:
    """Mark "человек пять", "тысяч пять" as round numbers."""
    place = core.first - 1
    word = tokens.word(place)
    if word not in _INVERTED or core.role not in ("count", "one") or core.bound not in ("exact", "range") or not core.words:
        return
    earlier = tokens.word(place - 1)
    if earlier[:1].isdecimal() or earlier in kinds.lexicon.numbers or earlier in _COUNTERS or earlier.endswith(("ых", "их")):
        return
    opens = not earlier[:1].isalpha() or earlier in _CONJUNCTIONS
    core.begin = place
    core.head = place
    if core.bound == "exact" and not (opens and word not in _COUNT_WORDS):
        core.bound = "approx"
    role = kinds.nouns.get(word)
    if role in ("people", "people_adj"):
        core.kind, core.certain = "people_candidate", True
    elif role is not None:
        core.kind = "duration" if role == "year" else role
