"""A clause that opens with its whole: the part cannot be more, and what is said of the part is not said of the whole."""

from __future__ import annotations

import pytest

from cenotaph.extract import read_claims
from cenotaph.extract.checks import check_document
from cenotaph.extract.checks.finding import FindingType


def _types(text: str) -> list[FindingType]:
    return [finding.type for finding in check_document(list(read_claims(text).claims), text)]


@pytest.mark.parametrize(
    "text",
    [
        "Of the 12 killed, 17 were Nepali nationals.",
        "At least 12 people died. Of the 12 dead, 17 were Nepali nationals.",
        "Out of the 30 wounded, at least 45 were children.",
        "Из 12 погибших 17 были гражданами Непала.",
        "Из 30 раненых 45 — дети.",
        "Среди 12 погибших граждан Непала 17 были заключёнными.",
    ],
)
def test_a_part_above_the_whole_its_clause_opens_with_is_found(text: str) -> None:
    assert _types(text) == [FindingType.SUBSET_EXCEEDS]


@pytest.mark.parametrize(
    "text",
    [
        "Of the 17 killed, 12 were Nepali nationals.",
        "Of the 12 killed, five were buried; 17 people were killed on Monday.",
        "Of the 12 killed in May, none was named. In June 17 people were killed.",
        "Из 17 погибших 12 были гражданами Непала.",
        "Из 12 погибших никто не назван. Ещё 17 человек погибли в июне.",
    ],
)
def test_what_can_be_true_is_no_contradiction(text: str) -> None:
    assert FindingType.SUBSET_EXCEEDS not in _types(text)


def test_what_is_said_of_the_part_is_not_said_of_the_whole() -> None:
    whole, part = read_claims("Of the 17 killed, 12 were Nepali nationals.").claims
    assert (whole.low, whole.nationality, whole.group) == (17, (), None)
    assert (part.low, part.nationality) == (12, ("NP",))
    whole, part = read_claims("Of the 40 wounded, 12 were children.").claims
    assert whole.group is None
