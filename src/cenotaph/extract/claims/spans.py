"""What a sentence's analysis finds: numbers, triggers, names and labelled words, each with its tokens.

None is changed once it is made. What is looked at most is no tuple, whose fields take five times as long to look up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from cenotaph.extract.numbers import NumberMention


@dataclass(slots=True)
class Number:
    """A mention of a number and the tokens it covers."""

    mention: NumberMention
    start: int
    end: int


@dataclass(slots=True)
class Trigger:
    """Words that say what happened.

    Parameters
    ----------
    start, end
        Tokens.
    outcome, roles, unit
        From the table of outcomes; one trigger may have several roles ("the dead", "are dead").
    voice
        Of a verb: ``passive``, ``active``, ``bare`` (an English participle or past form without an auxiliary), ``ing``,
        ``part`` (a full Russian participle), ``inf``; empty for other roles.
    negated
        Whether the words right before deny it.
    alternatives
        Outcomes that other rows give the same words.
    """

    start: int
    end: int
    outcome: str
    roles: frozenset[str]
    unit: str
    voice: str
    negated: bool
    alternatives: tuple[str, ...] = ()


@dataclass(slots=True)
class Span:
    """Tokens with a label."""

    start: int
    end: int
    label: str


class Name(NamedTuple):
    """A place's or a people's name: its tokens, codes (several where the name is ambiguous) and sense."""

    start: int
    end: int
    codes: tuple[str, ...]
    sense: str


class Source(NamedTuple):
    """A source that a sentence names.

    Parameters
    ----------
    start, end
        Tokens of its words; the same where it is a pronoun or nobody ("it is reported").
    kind
        ``say``, ``find``, ``confirm``, ``claim``, ``estimate``, ``deny``, ``add``, ``cite``, ``label`` or ``impersonal``.
    verb
        Token where the verb or the introducing words begin.
    first, last
        Tokens that it vouches for.
    pronoun
        Whether it is a pronoun that refers back.
    citing
        Whether it is what another source cites ("citing a list").
    """

    start: int
    end: int
    kind: str
    verb: int
    first: int
    last: int
    pronoun: bool = False
    citing: bool = False
