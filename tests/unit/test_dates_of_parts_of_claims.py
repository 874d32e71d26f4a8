"""Which of several numbers a date, a side or a source belongs to."""

from __future__ import annotations

import pytest

from cenotaph.extract import read_claims


@pytest.mark.parametrize(
    ("text", "language", "dates"),
    [
        ("Chad confirmed that 41 Chadians had died, six of them in the past week.", "en", [None, "in the past week"]),
        ("Unions say 80 miners have been killed, including nine this year.", "en", [None, "this year"]),
        ("Погибли 80 шахтёров, девять из них — в этом году.", "ru", [None, "в этом году"]),
        ("Погибли 80 шахтёров, в том числе девять в марте.", "ru", [None, "в марте"]),
        ("Eighty miners were killed, including nine women, in March.", "en", ["in March", "in March"]),
        ("Eighty miners, nine of them women, were killed on Friday.", "en", ["on Friday", "on Friday"]),
    ],
)
def test_the_date_of_a_part_is_not_given_to_its_whole(text: str, language: str, dates: list[str | None]) -> None:
    assert [claim.as_of for claim in read_claims(text, language).claims] == dates


@pytest.mark.parametrize(
    ("text", "language", "dates"),
    [
        ("Two miners died and 15 were hurt when a lift fell on Friday.", "en", ["on Friday", "on Friday"]),
        ("Two miners were killed and 15 wounded in a blast on Friday.", "en", ["on Friday", "on Friday"]),
        ("Двое шахтёров погибли и 15 ранены, когда в пятницу рухнула клеть.", "ru", ["в пятницу", "в пятницу"]),
        ("Two miners died on Friday and 15 were hurt on Sunday.", "en", ["on Friday", "on Sunday"]),
    ],
)
def test_the_day_of_an_event_holds_for_all_whom_it_befell(text: str, language: str, dates: list[str]) -> None:
    assert [claim.as_of for claim in read_claims(text, language).claims] == dates


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("На стороне Украины погибли девять перуанцев.", "Ukraine"),
        ("За Россию погибли девять перуанцев.", "Russia"),
        ("За Россию воюют девять перуанцев.", "Russia"),
        ("На стороне холма погибли девять перуанцев.", None),
    ],
)
def test_a_side_that_opens_a_russian_sentence_is_read(text: str, side: str | None) -> None:
    (claim,) = read_claims(text, "ru").claims
    assert claim.side == side


@pytest.mark.parametrize("text", ["Погибли 25 моряков, утверждает СБУ.", "Погибли 25 моряков, сообщает СБУ."])
def test_a_source_in_capitals_behind_its_verb_is_read(text: str) -> None:
    (claim,) = read_claims(text, "ru").claims
    assert (claim.attribution, claim.modality) == ("СБУ", "reported")
