"""What tells father from son who bear one name: Jr. and Sr., II and III, старший and младший, (отец) and (сын), الأب and الابن.

The generations are those of bearers of one name, the elder being the first: a son who is called Jr. is the second, as II is. Such
a word is no part of the name by itself. It stands at the name's end or after the family name; a word for father or son, which
may be a name or part of one (Ким Сын), stands alone in brackets, or alone after a comma or a dash.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from cenotaph.names.tables import read_words

if TYPE_CHECKING:
    from cenotaph.names.units import UnitFacts

FIRST, SECOND, THIRD, FOURTH = "first", "second", "third", "fourth"
PLAIN = {"first": FIRST, "second": SECOND, "third": THIRD, "fourth": FOURTH}
"""Kinds of words of the table ``words.csv`` that say a generation wherever they follow a name: Jr., III, père."""
RANKED = {"first_or_rank": FIRST, "second_or_rank": SECOND}
"""Those that are part of a rank where one follows: старший лейтенант."""
KIN = {"first_kin": FIRST, "second_kin": SECOND}
"""Those for kin, which are no generation but where they stand alone."""
_MARKED = {"son_before": SECOND, "daughter_before": SECOND, "son_after": SECOND, "daughter_after": SECOND}
_OF_KIND = PLAIN | RANKED | KIN | _MARKED
_DASHES = ("-", "–", "—")
_ENDS = (",", "،", ";", "(", "[", *_DASHES)
_LEAST_NAMED = 2
"""Words of a name that must stand before one for kin that no brackets set apart."""
_AROUND = "()[],،;.-–—"
_BRACKETS = re.compile(r"[(\[]\s*[)\]]")


def generation_of(kind: str) -> str:
    """Return the generation that a word of a kind says, '' for none."""
    return _OF_KIND.get(kind, "")


def tells_generation(facts: Sequence[UnitFacts], at: int, named: int) -> bool:
    """Tell whether a word of a printed name says which of several bearers of the name it is, and is no part of it.

    Parameters
    ----------
    facts
        What every word says of itself.
    at
        Which word.
    named
        How many words of the name stand before it.
    """
    kind = facts[at].kind
    if kind not in _OF_KIND or not named:
        return False
    before = facts[at - 1].kind
    after = facts[at + 1].kind if at + 1 < len(facts) else ""
    if before in ("(", "[") and after in (")", "]"):
        return True
    if kind in PLAIN:
        return after not in ("rank", "before_rank")
    if kind in RANKED:
        return not after or after in _ENDS or after in (")", "]")
    if kind not in KIN or after:
        return False
    patronymic = any(fact.kind == "patronymic" for fact in facts[:at])
    return named >= _LEAST_NAMED and (before in (",", "،", *_DASHES) or patronymic)


def may_tell_generation(word: str) -> bool:
    """Tell whether a word, with the marks around it, could say a generation: nearly every name has none."""
    return word.strip(_AROUND).lower() in _words()


@cache
def _words() -> frozenset[str]:
    return frozenset(word.strip(_AROUND) for kind in _OF_KIND for word in read_words(kind))


def strip_generation(text: str) -> str:
    """Return a printed name without the word that says a generation."""
    from cenotaph.names.orders import GENERATION
    from cenotaph.names.roles import give_roles
    from cenotaph.names.tokens import split_units
    from cenotaph.names.units import read_unit

    words = split_units(text)
    codes = give_roles(tuple(read_unit(word).facts for word in words)).codes
    if GENERATION not in codes:
        return text
    kept = " ".join(word for word, code in zip(words, codes, strict=True) if code != GENERATION)
    return _BRACKETS.sub(" ", kept).strip(" -–—,،")
