"""A printed name read into its parts, with what is doubtful."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cenotaph.names import orders as codes
from cenotaph.names.cultures import find_culture
from cenotaph.names.generations import generation_of
from cenotaph.names.keys import NOTHING, WordKeys, key_word
from cenotaph.names.letters import find_script
from cenotaph.names.roles import give_roles
from cenotaph.names.tables import read_common, read_short_forms
from cenotaph.names.tokens import MOST_UNITS, split_units
from cenotaph.names.units import read_unit
from cenotaph.reference.role_words import names_nobody

LONGEST_NAME = 300


class Role(StrEnum):
    """The part that a word plays in a name."""

    GIVEN = "given"
    FATHER = "father"  # a patronymic, or the father's name itself
    GRANDFATHER = "grandfather"
    FAMILY = "family"
    SECOND_FAMILY = "second family"
    MAIDEN = "maiden"
    CALL_SIGN = "call sign"
    RANK = "rank or title"
    GENERATION = "generation"
    INITIAL = "initial"
    FATHER_INITIAL = "father's initial"
    OTHER = "other"


ROLES = {
    codes.GIVEN: Role.GIVEN,
    codes.FATHER: Role.FATHER,
    codes.GRANDFATHER: Role.GRANDFATHER,
    codes.FAMILY: Role.FAMILY,
    codes.FAMILY_TWO: Role.SECOND_FAMILY,
    codes.MAIDEN: Role.MAIDEN,
    codes.CALL_SIGN: Role.CALL_SIGN,
    codes.RANK: Role.RANK,
    codes.GENERATION: Role.GENERATION,
    codes.GIVEN_INITIAL: Role.INITIAL,
    codes.FATHER_INITIAL: Role.FATHER_INITIAL,
    codes.OTHER: Role.OTHER,
}


@dataclass(frozen=True, slots=True)
class NamePart:
    """One word of a name.

    Parameters
    ----------
    text
        As printed.
    role
        The part it plays.
    keys
        Its keys in that part: a patronymic has those of the father's name, a family name those of its man's form.
    """

    text: str
    role: Role
    keys: WordKeys


@dataclass(frozen=True, slots=True)
class ParsedName:
    """A printed name in its parts.

    Parameters
    ----------
    text
        As printed.
    parts
        Its words in their order; words that only mark others (``bin``, ``угли``) are no parts.
    script
        ISO 15924, or ``mixed`` or ``other``; '' without letters.
    order_doubt
        Whether given and family name may be the other way round.
    sex
        ``m`` or ``f`` where the grammar of the name says it, else ''.
    placeholder
        Whether it identifies nobody.
    too_long
        Whether it is too long to be a name; it has no parts then.
    """

    text: str
    parts: tuple[NamePart, ...]
    script: str
    order_doubt: bool
    sex: str
    placeholder: bool
    too_long: bool = False

    def find(self, role: Role) -> NamePart | None:
        """Return the first part that plays a role."""
        return next((part for part in self.parts if part.role is role), None)

    @property
    def generation(self) -> str:
        """Return which of several bearers of the name this is (:mod:`cenotaph.names.generations`), '' where nothing says it."""
        found = self.find(Role.GENERATION)
        return generation_of(read_unit(found.text).facts.kind) if found else ""

    @property
    def given(self) -> WordKeys:
        """Return the keys of the given name; words of a double one are taken together."""
        words = [part for part in self.parts if part.role is Role.GIVEN]
        if len(words) > 1:
            return key_word("".join(part.text for part in words[:2]))
        return words[0].keys if words else NOTHING


def parse_name(text: str, language: str = "", country: str = "") -> ParsedName:
    """Read a printed name into its parts.

    Parameters
    ----------
    text
        A name in any order and script.
    language
        The language that it is printed in, as BCP 47, if known.
    country
        Where the person comes from, if known, in any words.
    """
    if len(text) > LONGEST_NAME:
        return ParsedName(text, (), "", False, "", False, too_long=True)
    script = find_script(text)
    if names_nobody(text):
        return ParsedName(text, (), script, False, "", True)
    words = split_units(text)[:MOST_UNITS]
    units = [read_unit(word) for word in words]
    found = give_roles(tuple(unit.facts for unit in units), find_culture(language, country))
    parts = []
    for word, unit, code in zip(words, units, found.codes, strict=True):
        role = ROLES.get(code)
        if role is not None:
            keys = unit.keys
            if role in (Role.FATHER, Role.GRANDFATHER) and unit.father.key:
                keys = unit.father
            elif role in (Role.FAMILY, Role.SECOND_FAMILY, Role.MAIDEN):
                keys = unit.family
            parts.append(NamePart(word, role, keys))
            if role is Role.FAMILY and unit.alternative.letters:
                parts.append(NamePart(word, Role.SECOND_FAMILY, unit.alternative))
    nobody = all(part.role is Role.GENERATION for part in parts)
    return ParsedName(text, tuple(parts), script, found.order_doubt, found.sex, nobody)


def find_formal_key(keys: WordKeys, sex: str) -> str | None:
    """Return the key of the full form of a given name: that of Aleksandr for Sasha."""
    full = read_short_forms().get(keys.letters or "")
    if not full:
        return keys.key
    fitting = [
        name for name in full if sex and (known := read_common("g").get(key_word(name).letters or "")) and known.sex == sex
    ]
    return key_word((fitting or list(full))[0]).key
