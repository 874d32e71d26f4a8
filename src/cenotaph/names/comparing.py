"""Two names compared part by part, each agreement weighed by how common the name is, and the whole said in words."""

from __future__ import annotations

import math
from dataclasses import dataclass

from cenotaph.names.keys import NOTHING, WordKeys
from cenotaph.names.parsing import ParsedName, Role, find_formal_key, parse_name
from cenotaph.names.rates import WORLD, Rates
from cenotaph.names.sql import FOLD_EDITS, PARTS, SHORTENED, SHORTEST_NEAR, SHORTEST_NEAR_TWO, Level
from cenotaph.names.vowels import vowels_agree

_ROLES = {"given": Role.GIVEN, "father": Role.FATHER, "grandfather": Role.GRANDFATHER, "family": Role.FAMILY}
_INITIALS = {"given": Role.INITIAL, "father": Role.FATHER_INITIAL}
_MATCH = {Level.EXACT: 0.6, Level.SAME_KEY: 0.25, Level.NEAR: 0.09, Level.SWAPPED: 0.01, Level.INITIALS: 0.95}
"""How often reports of one person are at a level, where both have the part: taken for granted here; a linkage learns its own."""
_CONTRADICTION = {"given": -5.5, "father": -6.0, "grandfather": -3.0, "family": -4.5, "sex": -5.0, "generation": -6.0}
"""Bits of evidence against: a woman may have two family names, a grandfather is easily left out for another."""
_FLAT = {Level.NEAR: 8.0, Level.INITIALS: 1.0, Level.SWAPPED: 1.0, Level.SAME_KEY: 1.0, Level.EXACT: 1.0}
"""By how much more often strangers agree at a level than the share of the name says."""
_TWO_NAMES = -1.0
"""Bits at most for names with one key and vowels of two: they are twins' as often as one man's."""
_SAME_GENERATION = 1.0
"""Bits for two names that both say the same generation: fewer names of two people do, but many sons are called Jr."""
_INITIAL_SHARE = 0.08  # Two strangers share an initial about so often in Russian, Uzbek and Arabic names alike.


@dataclass(frozen=True, slots=True)
class PartComparison:
    """One part of two names.

    Parameters
    ----------
    part
        ``given``, ``father``, ``grandfather``, ``family``; ``generation`` where either says it (Jr., отец); ``sex`` where the
        grammar of the names says two.
    left, right
        The words as printed, '' where a name has no such part.
    left_keys, right_keys
        What was compared.
    level
        How far they agree.
    share
        The share of people who have the name, where it is one, else None.
    weight
        Evidence that the names are one person's, in bits; below 0 against.
    """

    part: str
    left: str
    right: str
    left_keys: WordKeys
    right_keys: WordKeys
    level: Level
    share: float | None
    weight: float


@dataclass(frozen=True, slots=True)
class NameComparison:
    """Two names compared.

    Parameters
    ----------
    left, right
        The names in their parts.
    parts
        Each part that either has.
    level
        Of the whole: ``part contradicting`` where any part is, else the weakest agreement; ``part missing`` where nothing but
        missing parts keeps the names from agreeing exactly.
    weight
        The sum of the parts' weights in bits; 0 where a name identifies nobody.
    """

    left: ParsedName
    right: ParsedName
    parts: tuple[PartComparison, ...]
    level: Level
    weight: float

    @property
    def comparable(self) -> bool:
        """Whether both are names of somebody: a placeholder, or what is too long to be a name, matches nothing."""
        return all(name.parts and not name.placeholder and not name.too_long for name in (self.left, self.right))


def compare(
    left: str | ParsedName, right: str | ParsedName, *, language: str = "", country: str = "", rates: Rates = WORLD
) -> NameComparison:
    """Compare two names part by part.

    Parameters
    ----------
    left, right
        Printed names in any order and script, or names already in their parts.
    language, country
        Of both where they are printed, if known.
    rates
        How common names are; the package's own table without it.
    """
    one, other = (parse_name(name, language, country) if isinstance(name, str) else name for name in (left, right))
    found = NameComparison(one, other, (), Level.MISSING, 0.0)
    if not found.comparable:
        return found
    rows = name_row(one), name_row(other)
    parts = []
    for part in PARTS:
        level = find_level(part, *rows)
        text, other_text = _text_of(one, part), _text_of(other, part)
        if level is Level.MISSING and not text and not other_text:
            continue
        keys, other_keys = _keys_of(one, part), _keys_of(other, part)
        share, weight = _weigh(part, level, keys, other_keys, rates)
        if part == "father" and level is Level.NEAR and _is_grandfather(*rows) and not _is_near(part, keys, other_keys):
            share, weight = None, 0.0  # The father of one is the grandfather of the other: so it is with many strangers.
        parts.append(PartComparison(part, text, other_text, keys, other_keys, level, share, weight))
    if one.generation or other.generation:
        parts.append(_compare_generations(one, other))
    if one.sex and other.sex and one.sex != other.sex:
        parts.append(
            PartComparison("sex", one.sex, other.sex, NOTHING, NOTHING, Level.CONTRADICTING, None, _CONTRADICTION["sex"])
        )
    return NameComparison(one, other, tuple(parts), _whole(parts), sum(part.weight for part in parts))


def _compare_generations(one: ParsedName, other: ParsedName) -> PartComparison:
    """Compare which bearers of the name two names say they are: II may be called Jr., and no son is his father."""
    level, weight = Level.MISSING, 0.0
    if one.generation and other.generation:
        same = one.generation == other.generation
        level = Level.EXACT if same else Level.CONTRADICTING
        weight = _SAME_GENERATION if same else _CONTRADICTION["generation"]
    left, right = (part.text if (part := name.find(Role.GENERATION)) else "" for name in (one, other))
    return PartComparison("generation", left, right, NOTHING, NOTHING, level, None, weight)


def name_row(name: ParsedName) -> dict[str, str | None]:
    """Return the columns of one name that levels are told from, as :func:`cenotaph.names.columns.name_columns` has them."""
    row: dict[str, str | None] = {}
    for part in PARTS:
        row[f"{part}_letters"], row[f"{part}_fold"], row[f"{part}_key"] = _keys_of(name, part)
    row["given_formal_key"] = find_formal_key(name.given, name.sex) if name.given.key else None
    initials = [name.find(role) for role in (Role.INITIAL, Role.FATHER_INITIAL)]
    row["initials"] = None
    if any(initials):
        row["initials"] = "".join(
            (keys.fold or keys.key or "_")[0]
            for initial, part in zip(initials, ("given", "father"), strict=True)
            for keys in ((initial.keys if initial else _keys_of(name, part)),)
        )
    return row


def find_level(part: str, left: dict[str, str | None], right: dict[str, str | None]) -> Level:
    """Return how far a part of two names agrees, by the rules of :func:`cenotaph.names.sql.part_rules`."""
    one, other = (WordKeys(row[f"{part}_letters"], row[f"{part}_fold"], row[f"{part}_key"]) for row in (left, right))
    if not one.key or not other.key:
        if part in _INITIALS:
            initials = [_initial(part, row) for row in (left, right)]
            if initials[0] and initials[1]:
                return Level.INITIALS if initials[0] == initials[1] else Level.CONTRADICTING
        return Level.MISSING
    if one.letters == other.letters or (one.fold is not None and one.fold == other.fold):
        return Level.EXACT
    arabic = [_is_arabic(keys) for keys in (one, other)]
    folds_near = one.fold is None or other.fold is None or _edits(one.fold, other.fold, FOLD_EDITS)
    if one.key == other.key and not all(arabic) and folds_near and not _are_two_names(one, other):
        return Level.SAME_KEY
    if part == "given" and one.key != other.key and left["given_formal_key"] == right["given_formal_key"]:
        return Level.SAME_KEY
    if part in ("given", "family") and _swapped(left, right):
        return Level.SWAPPED
    near = _is_near(part, one, other) or (part == "father" and _is_grandfather(left, right))
    return Level.NEAR if near else Level.CONTRADICTING


def _are_two_names(one: WordKeys, other: WordKeys) -> bool:
    """Tell whether the vowels of two names with one key are those of two names, where both are known: Hasan and Husayn."""
    if one.key != other.key or one.fold is None or other.fold is None:
        return False
    return not vowels_agree(one.fold, other.fold, across=_is_arabic(one) != _is_arabic(other))


def _is_near(part: str, one: WordKeys, other: WordKeys) -> bool:
    if one.key == other.key or _near(one.letters or "", other.letters or ""):
        return True
    keys = (one.key or "", other.key or "")
    if part != "family" and SHORTENED in keys and all(key.startswith(SHORTENED) for key in keys):
        return True
    across = _is_arabic(one) != _is_arabic(other)
    return across and min(len(one.key or ""), len(other.key or "")) >= SHORTEST_NEAR and _edits(one.key or "", other.key or "", 1)


def _is_arabic(keys: WordKeys) -> bool:
    return (keys.letters or "").upper() == keys.letters


def _is_grandfather(left: dict[str, str | None], right: dict[str, str | None]) -> bool:
    return _same(left, right) or _same(right, left)


def _swapped(left: dict[str, str | None], right: dict[str, str | None]) -> bool:
    if left["given_key"] is None or left["family_key"] is None:
        return False
    return left["given_key"] == right["family_key"] and left["family_key"] == right["given_key"]


def _near(one: str, other: str) -> bool:
    shortest = min(len(one), len(other))
    most = 2 if shortest >= SHORTEST_NEAR_TWO else 1
    return shortest >= SHORTEST_NEAR and _edits(one, other, most)


def _same(left: dict[str, str | None], right: dict[str, str | None]) -> bool:
    return left["father_key"] is not None and left["father_key"] == right["grandfather_key"]


def _initial(part: str, row: dict[str, str | None]) -> str | None:
    fold, initials = row[f"{part}_fold"], row["initials"]
    if fold:
        return fold[0]
    letter = initials[part == "father"] if initials else "_"
    return None if letter == "_" else letter


def _edits(one: str, other: str, most: int) -> bool:
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.distance(one, other, score_cutoff=most) <= most


def _keys_of(name: ParsedName, part: str) -> WordKeys:
    if part == "given":
        return name.given
    found = name.find(_ROLES[part])
    return found.keys if found else NOTHING


def _text_of(name: ParsedName, part: str) -> str:
    words = [word.text for word in name.parts if word.role is _ROLES[part]]
    if not words and part in _INITIALS:
        words = [word.text for word in name.parts if word.role is _INITIALS[part]]
    return " ".join(words)


def _weigh(part: str, level: Level, one: WordKeys, other: WordKeys, rates: Rates) -> tuple[float | None, float]:
    """Return the share of people who agree by chance, and the evidence in bits: log2 of match over chance."""
    if level is Level.MISSING:
        return None, 0.0
    if level is Level.CONTRADICTING:
        return None, _CONTRADICTION[part]
    if level is Level.INITIALS:
        return _INITIAL_SHARE, math.log2(_MATCH[level] / _INITIAL_SHARE)
    if level is Level.EXACT:
        share = max(rates.exact(part, one), rates.exact(part, other))
    else:
        share = max(rates.same_key(part, one.key), rates.same_key(part, other.key))
    weight = math.log2(_MATCH[level] / min(share * _FLAT[level], 1.0))
    if level is Level.NEAR and _are_two_names(one, other):
        weight = min(weight, _TWO_NAMES)
    return share, weight


_ORDER = (Level.CONTRADICTING, Level.SWAPPED, Level.NEAR, Level.INITIALS, Level.SAME_KEY, Level.MISSING, Level.EXACT)


def _whole(parts: list[PartComparison]) -> Level:
    levels = {part.level for part in parts}
    if not levels - {Level.MISSING}:
        return Level.MISSING
    return next(level for level in _ORDER if level in levels)
