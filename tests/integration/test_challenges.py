"""Challenges: recorded, answered by a day, and shown as far as they may be."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cenotaph.casebook.ledger import Actor
from cenotaph.casebook.store import Casebook
from cenotaph.casebook.verify import check_ledger
from cenotaph.domain.errors import NotFoundError, ValueFormatError
from cenotaph.services.challenges import add_challenge, answer_challenge, challenges_table, list_challenges
from cenotaph.services.seals import seal

FIGURE: dict[str, Any] = {
    "challenger": "state",
    "about": "figure",
    "target": "documented-dead",
    "received_on": date(2025, 1, 10),
    "deadline": date(2025, 2, 10),
}


def test_a_challenge_is_open_until_it_is_answered_and_a_later_answer_replaces_it(casebook: Casebook, actor: Actor) -> None:
    identifier = add_challenge(casebook, actor, "The ministry says 12.", public=True, **FIGURE)
    assert [item.id for item in list_challenges(open_only=True)] == [identifier]
    answer_challenge(casebook, actor, identifier, "not_upheld", "Every member was checked.", date(2025, 1, 20))
    answer_challenge(casebook, actor, identifier[:10], "upheld_in_part", "One was counted twice.", date(2025, 1, 25))
    (item,) = list_challenges()
    assert (item.outcome, item.answered_on) == ("upheld_in_part", "2025-01-25")
    assert not list(list_challenges(open_only=True))
    assert list(check_ledger(casebook)) == []


def test_words_that_may_not_be_shown_and_people_who_are_not_shown_stay_out_of_the_public_log(
    casebook: Casebook, actor: Actor
) -> None:
    add_challenge(casebook, actor, "private words", **FIGURE)
    add_challenge(casebook, actor, "public words", public=True, **FIGURE)
    written = str(challenges_table().rows)
    assert "public words" in written and "private words" not in written


def test_a_challenge_under_seal_keeps_its_place_and_loses_its_words(casebook: Casebook, actor: Actor) -> None:
    identifier = add_challenge(casebook, actor, "a family's words", public=True, **FIGURE)
    seal(casebook, actor, "challenge", identifier, "family_request")
    (item,) = list_challenges()
    assert item.words is None
    assert list(check_ledger(casebook)) == []


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        ({"challenger": "Ivanov"}, ValueFormatError, "none of what"),
        ({"about": "everything"}, ValueFormatError, "none of what"),
        ({"deadline": date(2024, 1, 1)}, ValueFormatError, "before the day"),
        ({"about": "person", "target": "f" * 32}, NotFoundError, "no person"),
        ({"about": "claim", "target": "f" * 32}, NotFoundError, "no claim"),
        ({"target": "No Figure"}, ValueFormatError, "no figure's id"),
        ({"document": "f" * 32}, NotFoundError, "document"),
    ],
)
def test_what_is_no_challenge_is_refused(
    casebook: Casebook, actor: Actor, change: dict[str, Any], error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        add_challenge(casebook, actor, "words", **{**FIGURE, **change})
    with pytest.raises(ValueFormatError, match="without words"):
        add_challenge(casebook, actor, " ", **FIGURE)
    with pytest.raises(ValueFormatError, match="no outcome"):
        answer_challenge(casebook, actor, "f" * 32, "maybe", "words")


def test_a_challenge_is_overdue_from_the_day_after_its_deadline_until_it_is_answered(casebook: Casebook, actor: Actor) -> None:
    identifier = add_challenge(casebook, actor, "The ministry says 12.", **FIGURE)
    (item,) = list_challenges()
    assert not item.is_overdue(date(2025, 2, 10)) and item.is_overdue(date(2025, 2, 11))
    answer_challenge(casebook, actor, identifier, "not_upheld", "Every member was checked.", date(2025, 3, 20))
    (item,) = list_challenges()
    assert not item.is_overdue(date(2025, 4, 1))


def test_an_answer_before_the_challenge_came_is_refused(casebook: Casebook, actor: Actor) -> None:
    identifier = add_challenge(casebook, actor, "The ministry says 12.", **FIGURE)
    with pytest.raises(ValueFormatError, match="before it came on 2025-01-10"):
        answer_challenge(casebook, actor, identifier, "not_upheld", "No.", date(2025, 1, 9))
    answer_challenge(casebook, actor, identifier, "not_upheld", "No.", date(2025, 1, 10))


def test_a_figure_that_nobody_defines_is_refused_where_figures_are_known(casebook: Casebook, actor: Actor) -> None:
    add_challenge(casebook, actor, "words", **FIGURE, figures=("documented-dead",))
    with pytest.raises(NotFoundError, match="no file has a figure 'nosuch'"):
        add_challenge(casebook, actor, "words", **{**FIGURE, "target": "nosuch"}, figures=("documented-dead",))
