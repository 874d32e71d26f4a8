"""Where a sentence puts what it tells: names and places in it, by which two claims are told to be of one thing or of two."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from cenotaph.domain.claims import Claim
from cenotaph.extract.checks.case import Case
from cenotaph.extract.checks.cues import find, fold_line, has, stems
from cenotaph.reference import places

# "in the hill districts", "at Cape Rell", «под Вороньей», «на рынке»: the words after a preposition of place, up to three.
_PLACED = re.compile(
    r"(?<!\w)(?:in|at|near|off|on|outside|inside|aboard|from|в|во|на|у|под|близ|около|возле|при)\s+"
    r"(?:the\s+|a\s+|an\s+|its\s+|their\s+)?"
    r"((?:[«\"“]?[^\W\d_][\w'’-]*[»\"”]?)(?:\s+[«\"“]?[^\W\d_][\w'’-]*[»\"”]?){0,2})",
    re.IGNORECASE,
)
_BREAK = re.compile(r"[;:.]|,\s+(?:and|but|while|whereas|а|но|тогда)\s", re.IGNORECASE)
_NAME = re.compile(r"(?<!\w)[A-ZА-ЯЁІЇЄҐ][\w'’-]{2,}(?:\s[A-ZА-ЯЁІЇЄҐ][\w'’-]{2,})*")
_LANGUAGES = ("en", "ru", "uk")
_ENDING = 4  # Letters by which a case may differ from a name's beginning.
_STAMP = re.compile(r"^[ \t]*(\d{1,2})[.:](\d{2})(?!\d)", re.MULTILINE)
_YEAR = re.compile(r"(?<![\d,.])(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a claim's clause puts what it tells.

    Parameters
    ----------
    names
        Beginnings of the words of places that have a name.
    nouns
        Beginnings of the words of other places: "at the bridge".
    """

    names: frozenset[str]
    nouns: frozenset[str]

    def shares(self, other: Scene) -> bool:
        """Tell whether two scenes have a place in common."""
        return bool((self.names | self.nouns) & (other.names | other.nouns))

    def excludes(self, other: Scene) -> bool:
        """Tell whether two scenes have places, and none in common."""
        one, two = (self.names, other.names) if self.names and other.names else (self.nouns, other.nouns)
        return bool(one and two) and not self.shares(other)


def read_scene(case: Case, claim: Claim) -> Scene:
    """Return where the clause of a claim puts what it tells."""
    words = clause_of(case, claim)
    speakers = f"{claim.attribution or ''} {claim.via or ''} {claim.nationality_text or ''}"
    return _read(words, claim.place or "", speakers)


@lru_cache(maxsize=4096)
def _read(words: str, place: str, speakers: str) -> Scene:
    said = stems(speakers)
    names: set[str] = set()
    nouns: set[str] = set()
    for found in _PLACED.finditer(words):
        for word in _cut(found.group(1)):
            bare = word.strip('«»"“”')
            own = stems(bare) - said
            if own and not has("no_place", bare):
                (names if bare[0].isupper() or word != bare else nouns).update(own)
    own = stems(place) - said if place and not has("no_place", place) else frozenset()
    (names if any(c.isupper() for c in place) else nouns).update(own)
    return Scene(frozenset(names), frozenset(nouns - names))


def _cut(words: str) -> list[str]:
    """Return the words of a place: all of them that are names, else the first that says where."""
    kept: list[str] = []
    for word in words.split():
        named = word.strip('«»"“”')[:1].isupper() or word[:1] in '«"“'
        if kept and not named:
            break
        kept.append(word)
        if not named and len(kept) > 1:
            break
    return kept


def clause_of(case: Case, claim: Claim) -> str:
    """Return the words of a sentence around a claim's number, up to a strong break."""
    unit = case.unit_of(claim) if case.text else None
    if unit is None:
        return claim.quote
    before, after = case.text[unit.start : claim.number_start], case.text[claim.number_end : unit.end]
    start = max((found.end() for found in _BREAK.finditer(before)), default=0)
    end = next((found.start() for found in _BREAK.finditer(after)), len(after))
    return f"{before[start:]}{claim.number_text}{after[:end]}"


def name_beside(case: Case, claim: Claim) -> str | None:
    """Return the name that stands nearest to a claim's number in its sentence, with no other number between."""
    unit = case.unit_of(claim) if case.text else None
    if unit is None:
        return None
    before, after = case.text[unit.start : claim.number_start], case.text[claim.number_end : unit.end]
    said = stems(f"{claim.attribution or ''} {claim.via or ''}")
    # What stands before a number, or in the same breath after it, is what it is of: "Serbia, which lost 31", "31 from Serbia".
    before = re.split(r"\d|[;.:]\s", before)[-1] if re.search(r"\d|[;.:]\s", before) else before
    after = re.split(r"\d|[,;.:()]", after)[0]
    for words, order in ((after, 1), (before, -1)):
        names = [
            m.group()
            for m in _NAME.finditer(words)
            if not stems(m.group()) & said
            and not has("no_place", m.group())
            and not has("no_name", m.group())
            and (order > 0 or _is_name(case, m.group(), words[: m.start()]))
        ]
        if names:
            return names[::order][0]
    return None


def _is_name(case: Case, word: str, before: str) -> bool:
    """Tell whether a word has its capital for itself, and not for standing at a sentence's beginning."""
    if re.search(r"\w", before):
        return True
    return find_code(word) is not None or re.search(rf"[^\W\d_,][,]?[ ]{re.escape(word)}(?!\w)", case.text) is not None


@cache
def _codes_by_stem() -> dict[str, str]:
    """Return codes by the beginnings of their names; a beginning that two share is left out."""
    found: dict[str, set[str]] = {}
    for code in places.codes():
        for language in _LANGUAGES:
            folded = fold_line(places.label(code, language)).strip()
            if len(folded) > 3 and " " not in folded:
                found.setdefault(folded[: max(4, len(folded) - 2)], set()).add(code)
    return {stem: next(iter(codes)) for stem, codes in found.items() if len(codes) == 1}


def find_code(name: str) -> str | None:
    """Return the code of a place's name in any case; None where it is none, or of two."""
    folded = fold_line(name).strip()
    for length in range(len(folded), max(3, len(folded) - _ENDING), -1):
        if folded[:length] in _codes_by_stem():
            return _codes_by_stem()[folded[:length]]
    return None


def sentence_of(case: Case, claim: Claim) -> str:
    """Return the sentence that a claim's number stands in; its quote where there is no text."""
    unit = case.unit_of(claim) if case.text else None
    return case.text[unit.start : unit.end] if unit is not None else claim.quote


def said_of(case: Case, first: Claim, second: Claim) -> Iterator[str]:
    """Yield the sentences of two claims and the one after the later: where a text says why they differ."""
    if not case.text:
        return
    last = max(case.index_of(first), case.index_of(second))
    for at in {case.index_of(first), case.index_of(second), last + 1}:
        if 0 <= at < len(case.units):
            yield case.text[case.units[at].start : case.units[at].end]


def distance(case: Case, first: Claim, second: Claim) -> int:
    """Return how many sentences two claims stand apart; 0 where there is no text."""
    if not case.text:
        return 0
    return abs(case.index_of(first) - case.index_of(second))


def apart_in_list(case: Case, first: Claim, second: Claim) -> bool:
    """Tell whether two claims stand in different items of a list, each of which may tell another story."""
    one, other = case.unit_of(first), case.unit_of(second)
    if not case.text or one is None or other is None:
        return False
    return one.line != other.line and all(_BULLET.match(_line(case, claim)) for claim in (first, second))


def tell_apart(case: Case, first: Claim, second: Claim) -> bool:
    """Tell whether ordinals part two claims: "the first battalion", "in the second strike"."""
    one, other = (_read_ordinals(case, claim) for claim in (first, second))
    return bool(one and other) and not one & other


def _read_ordinals(case: Case, claim: Claim) -> frozenset[str]:
    folded = fold_line(f"{clause_of(case, claim)} | {claim.group or ''}")
    return frozenset(folded[start:end][:5] for start, end in find("ordinal", folded))


def spoke_apart(case: Case, first: Claim, second: Claim) -> bool:
    """Tell whether the clauses of two claims name different days or months: what was said later may have grown."""
    one, other = (frozenset(_read_days(clause_of(case, claim))) for claim in (first, second))
    return bool(one and other) and not one & other


def _read_days(words: str) -> Iterator[str]:
    folded = fold_line(words)
    for start, end in find("when", folded):
        yield folded[start:end][:5]


_BULLET = re.compile(r"[ \t]*[•*·–—-]\s")


def _line(case: Case, claim: Claim) -> str:
    start = case.text.rfind("\n", 0, claim.number_start) + 1
    return case.text[start : claim.number_end]


def stamps(case: Case) -> list[tuple[int, int]]:
    """Return where lines begin with an hour, as on a page that is kept up to date, and the minutes of the day."""
    found = [(m.start(), int(m[1]) * 60 + int(m[2])) for m in _STAMP.finditer(case.text) if int(m[1]) < 24 and int(m[2]) < 60]
    return found if len(found) > 2 else []


def written_at(found: Sequence[tuple[int, int]], claim: Claim) -> int | None:
    """Return the minutes of the day under which a claim stands."""
    return next((minute for at, minute in reversed(found) if at <= claim.number_start), None)


def years(case: Case, claim: Claim) -> frozenset[str]:
    """Return the years that a claim's clause and its own words of time name."""
    return frozenset(_YEAR.findall(f"{clause_of(case, claim)} {claim.as_of or ''} {claim.span or ''}"))


def is_update(case: Case, earlier: Claim, later: Claim) -> bool:
    """Tell whether the text says that a higher figure came in after the lower one: that contradicts nothing."""
    grown = (later.low or later.high or 0) > (earlier.low or earlier.high or 0)
    folded = fold_line(clause_of(case, later))
    return grown and bool(find("rose", folded))
