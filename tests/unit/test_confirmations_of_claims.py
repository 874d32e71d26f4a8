"""What a text confirms: not what somebody declined to confirm, not what papers say, not another thing that was confirmed."""

from __future__ import annotations

import pytest

from cenotaph.extract import read_claims


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Doctors could not confirm reports that nine miners were killed.", "en"),
        ("The consulate was unable to confirm that nine Ghanaians were killed.", "en"),
        ("The navy declined to confirm that 30 sailors had been killed.", "en"),
        ("The ministry has yet to confirm that 30 sailors were killed.", "en"),
        ("Ankara would not immediately confirm that 30 sailors were killed.", "en"),
        ("Neither army confirmed that 30 sailors were killed.", "en"),
        ("The consulate cannot confirm the death of nine Ghanaians.", "en"),
        ("It was not possible to verify that 30 sailors died.", "en"),
        ("The consulate did not say that nine Ghanaians were killed.", "en"),
        ("Nine Ghanaians were killed, relatives said. The consulate has not confirmed the number.", "en"),
        ("Подтвердить гибель девяти шахтёров пока не удалось.", "ru"),
        ("Консульство отказалось подтвердить гибель девяти рыбаков.", "ru"),
        ("Врачи не смогли подтвердить гибель девяти рыбаков.", "ru"),
        ("Погибли девять рыбаков, заявил капитан. Консульство не подтвердило эти сведения.", "ru"),
    ],
)
def test_what_is_not_confirmed_is_unconfirmed(text: str, language: str) -> None:
    (claim,) = read_claims(text, language).claims
    assert claim.modality == "unconfirmed"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The consulate confirmed that nine Ghanaians were killed.", "en"),
        ("The mayor confirmed the raid, and confirmed that nine miners were killed.", "en"),
        ("Not only the navy confirmed that 30 sailors were killed.", "en"),
        ("The group has documented the deaths of 30 sailors.", "en"),
        ("Консульство подтвердило гибель девяти рыбаков.", "ru"),
        ("Как подтвердили в консульстве, погибли девять рыбаков.", "ru"),
    ],
)
def test_what_is_confirmed_stays_so(text: str, language: str) -> None:
    (claim,) = read_claims(text, language).claims
    assert claim.modality == "said_confirmed"


@pytest.mark.parametrize(
    ("text", "language", "modality"),
    [
        ("Ninety miners died, according to secret documents.", "en", "reported"),
        ("Secret documents show ninety miners died.", "en", "reported"),
        ("Ninety miners died after they handed over their documents.", "en", "stated"),
        ("The premier confirmed the visit on Friday, and nine miners were killed in Lviv.", "en", "stated"),
        ("She confirmed she would stand; nine miners were killed in Lviv.", "en", "stated"),
        ("Премьер подтвердил визит, во Львове погибли девять шахтёров.", "ru", "stated"),
    ],
)
def test_papers_and_other_things_confirmed_confirm_no_figure(text: str, language: str, modality: str) -> None:
    (claim,) = read_claims(text, language).claims
    assert claim.modality == modality


def test_people_without_documents_are_counted() -> None:
    (claim,) = read_claims("Police arrested 31 labourers without documents.", "en").claims
    assert (claim.low, claim.outcome) == (31, "detained")
