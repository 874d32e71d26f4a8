"""Why a claim cannot stand beside a list's number, in plain words."""

from __future__ import annotations

import pytest

from cenotaph.services.claim_figures import _say_outcome


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        ("casualties", "casualties may be the wounded and missing too"),
        ("on_board", "this claim is of people on board"),
        ("killed+wounded", "this claim is of people killed or wounded, together"),
    ],
)
def test_an_outcome_that_is_not_the_lists_is_said_in_plain_words(outcome: str, words: str) -> None:
    assert _say_outcome(outcome) == words
