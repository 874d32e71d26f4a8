"""Challenges: what a ministry or a family says is wrong, until when it is answered, and the dated answer."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from cenotaph.casebook import bulk
from cenotaph.casebook.guarded import CHALLENGE, CHALLENGE_ANSWER
from cenotaph.casebook.ledger import Actor, check_text
from cenotaph.casebook.store import Casebook
from cenotaph.domain.canonical import content_id
from cenotaph.domain.errors import NotFoundError, ValueFormatError
from cenotaph.publish.release_tables import Kind, Table, make_table
from cenotaph.services.judgements import find_target
from cenotaph.services.people import find_person
from cenotaph.services.seals import resolve_id
from cenotaph.services.wording import show

CHALLENGERS = ("family", "person", "state", "organisation", "outlet", "reader")
ABOUT = ("figure", "person", "claim", "method")
OUTCOMES = ("upheld", "upheld_in_part", "not_upheld", "withdrawn")
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


@dataclass(frozen=True, slots=True)
class Challenge:
    """One challenge with the answer that stands.

    Parameters
    ----------
    id, received_on, deadline
        Its id, when it came, until when it is to be answered.
    challenger
        Who says so, by kind: never a name.
    about, target
        What it is about: a figure's id, a person's id, a claim's id, or ``method``.
    public
        Whether its words may be shown.
    document
        The document that holds its evidence, where one is kept.
    words
        What it says; None under seal.
    answered_on, outcome, answer
        The answer that stands, None before there is one.
    """

    id: str
    received_on: str
    challenger: str
    about: str
    target: str
    deadline: str
    public: bool
    document: str | None
    words: str | None
    answered_on: str | None
    outcome: str | None
    answer: str | None

    def is_overdue(self, today: date) -> bool:
        """Tell whether its deadline has passed and nobody has answered it."""
        return self.outcome is None and today.isoformat() > self.deadline


def add_challenge(
    casebook: Casebook,
    actor: Actor,
    words: str,
    *,
    challenger: str,
    about: str,
    target: str,
    received_on: date,
    deadline: date,
    public: bool = False,
    document: str | None = None,
    figures: Sequence[str] = (),
) -> str:
    """Record a challenge; return its id.

    Parameters
    ----------
    figures
        Ids of the figures that a file defines, beside those of the releases.

    Raises
    ------
    ValueFormatError, NotFoundError
        It says nothing, its deadline lies before it came, or there is no such person, claim or document.
    """
    if not words.strip():
        raise ValueFormatError("A challenge without words is not kept.", "Say what is said to be wrong.")
    check_text("challenge", words)
    for value, allowed in ((challenger, CHALLENGERS), (about, ABOUT)):
        if value not in allowed:
            raise ValueFormatError(f"{show(value)} is none of what may stand here.", f"There are: {', '.join(allowed)}.")
    if deadline < received_on:
        raise ValueFormatError(f"The deadline {deadline} lies before the day it came.", "Give a later day.")
    if about == "person":
        target = find_person(target)
    elif about == "claim":
        target = find_target("claim", target)
    elif about == "method":
        target = "method"
    elif about == "figure" and not _NAME.fullmatch(target):
        raise ValueFormatError(f"{show(target)} is no figure's id.", "Write it as the file of figures does.")
    elif about == "figure":
        _check_known(target, figures)
    kept = resolve_id("document", document) if document else None
    identifier = content_id("challenge", about, target, received_on.isoformat(), words)
    with casebook.writing(actor, "challenge add") as entry:
        row = (identifier, received_on.isoformat(), challenger, about, target, deadline.isoformat(), public, kept, words)
        entry.add(CHALLENGE, [row])
        entry.detail.update({"challenge": identifier, "about": about})
    return identifier


def read_published_figures() -> tuple[str, ...]:
    """Return the ids of all figures that some release has."""
    sql = 'SELECT summary FROM release ORDER BY "row"'
    return tuple(dict.fromkeys(name for (text,) in bulk.fetch_rows(sql) for name in json.loads(text)["figures"]))


def _check_known(figure: str, defined: Sequence[str]) -> None:
    """Refuse a figure that no release and no file has; without either there is nothing to check it against."""
    known = tuple(dict.fromkeys((*read_published_figures(), *defined)))
    if known and figure not in known:
        where = "No release and no file has" if defined else "No release has"
        raise NotFoundError(f"{where} a figure '{figure}'.", f"There are: {', '.join(known)}.")


def answer_challenge(
    casebook: Casebook, actor: Actor, identifier: str, outcome: str, words: str, answered_on: date | None = None
) -> str:
    """Answer a challenge; a later answer replaces it, and both stay.

    Raises
    ------
    ValueFormatError, NotFoundError
        There is no such challenge or outcome, the answer says nothing, or it is dated before the challenge came.
    """
    if outcome not in OUTCOMES:
        raise ValueFormatError(f"{show(outcome)} is no outcome.", f"Outcomes: {', '.join(OUTCOMES)}.")
    if not words.strip():
        raise ValueFormatError("An answer without words is none.", "Say why.")
    check_text("answer", words)
    challenge = resolve_id("challenge", identifier)
    day = answered_on or casebook.clock().date()
    received = bulk.fetch_one("SELECT received_on FROM challenge WHERE id = %s", [challenge])
    if received and day.isoformat() < received[0]:
        raise ValueFormatError(f"It would be answered on {day}, before it came on {received[0]}.", "Give the day of the answer.")
    with casebook.writing(actor, "challenge answer") as entry:
        new = content_id("challenge answer", challenge, str(entry.number))
        entry.add(CHALLENGE_ANSWER, [(new, challenge, day.isoformat(), outcome, words)])
        entry.detail.update({"challenge": challenge, "outcome": outcome})
    return new


def list_challenges(open_only: bool = False) -> Iterator[Challenge]:
    """Yield challenges with the answers that stand, those whose deadline comes first at the head."""
    answers = {
        challenge: (day, outcome, words)
        for challenge, day, outcome, words in bulk.fetch_rows(
            'SELECT challenge, answered_on, outcome, words FROM challenge_answer ORDER BY "row"'
        )
    }
    sql = (
        "SELECT id, received_on, challenger, about, target, deadline, public, document, words FROM challenge "
        'ORDER BY deadline, "row"'
    )
    for identifier, received, challenger, about, target, deadline, public, document, words in bulk.fetch_rows(sql):
        day, outcome, answer = answers.get(identifier, (None, None, None))
        if not (open_only and outcome):
            yield Challenge(
                identifier, received, challenger, about, target, deadline, bool(public), document, words, day, outcome, answer
            )


def challenges_table() -> Table:
    """Return the public log: every challenge by its kind and dates, words only of those that may be shown.

    Of a challenge about a person, shown or not, there is its kind, the months and the outcome, and no more: what stood there
    in one release would otherwise say in the next why somebody is shown no longer.
    """
    rows = []
    for item in list_challenges():
        asked: tuple[str | None, ...] = (item.received_on[:7], item.challenger, item.about)
        if item.about == "person":
            rows.append((None, *asked, None, item.deadline[:7], None, (item.answered_on or "")[:7] or None, item.outcome, None))
            continue
        words, answer = (item.words, item.answer) if item.public else (None, None)
        rows.append((item.id, *asked, item.target, item.deadline, words, item.answered_on, item.outcome, answer))
    columns = (
        ("challenge", Kind.STRING, "Its id; empty where it is about a person."),
        ("received", Kind.STRING, "When it came, YYYY-MM."),
        ("challenger", Kind.STRING, "Who says so, by kind."),
        ("about", Kind.STRING, "figure, person, claim or method."),
        ("target", Kind.STRING, "Which."),
        ("deadline", Kind.STRING, "Until when it is to be answered; about a person, the month."),
        ("words", Kind.STRING, "What it says, where that may be shown."),
        ("answered", Kind.STRING, "When it was answered."),
        ("outcome", Kind.STRING, "upheld, upheld_in_part, not_upheld, withdrawn; empty while it is open."),
        ("answer", Kind.STRING, "The answer, where that may be shown."),
    )
    return make_table("challenges", "Challenges and their answers", columns, rows)

