"""The dates of lists and tables: what is said of all their figures, and the month that a row is of."""

from __future__ import annotations

import pytest

from cenotaph.domain.claims import Claim
from cenotaph.extract import read_claims


def dates(text: str, language: str) -> list[tuple[float | None, str | None]]:
    return [(claim.low, claim.as_of) for claim in read_claims(text, language).claims if isinstance(claim, Claim)]


def test_a_note_on_the_data_dates_the_list_behind_it() -> None:
    text = "Погибшие иностранцы\n\nДанные на 15 января.\n\n• Таджикистан — 407\n• Узбекистан — 388\n• Непал — 83\n"
    assert dates(text, "ru") == [(407, "на 15 января"), (388, "на 15 января"), (83, "на 15 января")]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Killed by month:\n\nJanuary: 12\nFebruary: 9\n", "en", [(12, "January"), (9, "February")]),
        ("Погибшие по месяцам:\n\nянварь — 12\nфевраль — 9\n", "ru", [(12, "январь"), (9, "февраль")]),
    ],
)
def test_a_row_is_of_the_month_it_begins_with(text: str, language: str, expected: list[tuple[int, str]]) -> None:
    assert dates(text, language) == expected


def test_the_day_of_a_date_line_is_not_when_people_died() -> None:
    text = "БАМАКО, 19 июля. Армия подтвердила, что при нападении на колонну погибли двадцать восемь солдат."
    assert dates(text, "ru") == [(28, None)]
