"""When the words of a claim were: resolved against the day of publication, never invented."""

from datetime import date

import pytest

from cenotaph.domain.dates import PartialDate
from cenotaph.extract.claims.reader import read_claims
from cenotaph.extract.claims.resolving import resolve_words

WEDNESDAY = date(2025, 11, 5)


@pytest.mark.parametrize(
    ("language", "words", "edtf"),
    [
        ("en", "on Tuesday", "2025-11-04"),
        ("en", "by dawn on Monday", "2025-11-03"),
        ("en", "last week", "2025-10-27/2025-11-02"),
        ("en", "3 November", "2025-11-03"),
        ("en", "in December", "2024-12"),
        ("en", "since 1 Jan", "2025-01-01/2025-11-05"),
        ("en", "In the past 24 hours", "2025-11-04/2025-11-05"),
        ("en", "over the last three months", "2025-08-05/2025-11-05"),
        ("en", "two years ago", "2023"),
        ("ru", "с начала года", "2025-01-01/2025-11-05"),
        ("ru", "В ночь на среду", "2025-11-04/2025-11-05"),
        ("ru", "в пятницу", "2025-10-31"),
        ("ru", "за прошлый год", "2024"),
        ("ru", "НА УТРО 30 ИЮЛЯ", "2025-07-30"),
        ("ru", "за сутки", "2025-11-04/2025-11-05"),
        ("ru", "Весной", "2025-21"),
        ("uk", "з початку року", "2025-01-01/2025-11-05"),
    ],
)
def test_words_that_lean_on_publication_are_resolved_against_it_and_never_without_it(
    language: str, words: str, edtf: str
) -> None:
    assert resolve_words(words, language, WEDNESDAY) == edtf
    assert resolve_words(words, language, None) is None
    PartialDate.from_edtf(edtf)


@pytest.mark.parametrize(
    ("language", "words", "edtf"),
    [("en", "June 2024", "2024-06"), ("en", "since February 2022", "2022-02/.."), ("ru", "с 2022 года", "2022/..")],
)
def test_a_year_in_the_words_needs_no_publication(language: str, words: str, edtf: str) -> None:
    assert resolve_words(words, language, None) == edtf


@pytest.mark.parametrize(("language", "words"), [("en", "that week"), ("en", "at 15:50"), ("ru", "тем же вечером")])
def test_words_that_point_into_the_text_stay_unresolved(language: str, words: str) -> None:
    assert resolve_words(words, language, WEDNESDAY) is None


def test_a_claim_carries_the_resolved_date_beside_its_words() -> None:
    text = "Nine beekeepers were killed on Tuesday."
    claim = read_claims(text, "en", WEDNESDAY).claims[0]
    assert (claim.as_of, claim.as_of_edtf) == ("on Tuesday", "2025-11-04")
    assert read_claims(text, "en").claims[0].as_of_edtf is None


def test_a_window_that_would_begin_after_publication_is_of_the_year_before_or_open() -> None:
    assert resolve_words("since 1 December", "en", WEDNESDAY) == "2024-12-01/2025-11-05"
    assert resolve_words("с мая 2026 года", "ru", WEDNESDAY) == "2026-05/.."
