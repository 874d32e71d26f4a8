"""English figures whose clause does not say what happened, parts told by their past, and when a doubt is due."""

from __future__ import annotations

import pytest

from cenotaph.domain.claims import Claim
from cenotaph.extract.claims.reader import read_claims

RESTATED = r"""
The rebels admit 31 dead. In August it was 54. => 31 killed; 54 killed
At least 40 were wounded, the mayor said, while the hospital, which opened a ward, still has 29. => 40 wounded; 29 wounded
The army says it killed 60 raiders, the clans say zero. => 60 killed; 0 killed
Eighteen nurses are detained. That is up from 11 in spring. => 18 detained; 11 detained
Ghana has 70 dead, Togo 20. => 70 killed; 20 killed
"""

LISTED = r"""
We counted 21 dead. By villages: Orlo 9, Beshta and Kirn six each. => 21 killed; 9 killed; 6 killed
The clinic published its toll of 12 killed. It breaks down the figures: 7 patients, 3 doctors, and 2 guards. \
 => 12 killed; 7 killed; 3 killed; 2 killed
The roll has 30 dead. Mobilised — 12. => 30 killed; 12 killed
K = killed, W = wounded. K 14, W 31. Later K 2, W none. => 14 killed; 31 wounded; 2 killed; 0 wounded
"""

TWO_NUMBERS = r"""
Week's sum: 12 villagers killed, 30 wounded, 7 arrested. => 12 killed; 30 wounded; 7 detained
The tribunal recognised 9 pilots as dead and another 14 as missing. => 9 declared_dead; 14 missing
The dead number 61 and the missing number 17. => 61 killed; 17 missing
Only 4 of the 30 who enlisted there have come home. => 4 released; 30 recruited
Three herders and a boy were killed. => 3 killed; 1 killed
Six refugees and a driver were shot dead. => 6 killed; 1 killed
He was arrested in May along with three nephews. => 3 detained
Two hostages were shot rather than released. => 2 killed
Four fishermen taken hostage last spring walked free on Friday. => 4 released
Six residents have still not been accounted for. => 6 missing
The two canoeists reported missing on Sunday have nothing to do with it. => 2 missing
"""

NOT_COUNTED = r"""
Some three hundred people lined the avenue as the hearse drove past. =>
Nine were killed. The clinic has a staff of forty. => 9 killed
Nine were killed. There are eleven of us and two drivers. => 9 killed
Nine were killed, among them a nurse of 17. => 9 killed
Two were killed by the shell that she waited half a year for. => 2 killed
Of 30 checked raids in which farmers were hurt, 21 occurred at night. =>
Prosecutors are seeking life sentences for 11 of the men. =>
In one Vologda jail 90 were signed up. => 90 recruited
"""

PLAIN_GRAMMAR = r"""
The mortar took four. => 4 killed
The enclave's list has no reports of Polish casualties. => 0 casualties
One gardener of the Blue Lake Trust was killed. => 1 killed
Hundreds of doctors were taken from the bus. => 100 captured
The marshes swallowed nine scouts; they cannot be traced. => 9 missing
On 3 May. Seven of these had been considered missing. => 7 missing
The gang is holding 30 pupils in a barn. => 30 captured
Customs men found 12 stowaways alive and three dead. => 12 rescued; 3 killed
Four were hit by splinters. => 4 wounded
The magistrate sent 15 looters to jail. => 15 detained
The draft has swept up 900 students. => 900 recruited
At the last count 29 were dead. => 29 killed
They buried her beside 14 nuns. =>
The toll is 44, three fewer than announced. => 44 killed
From late May 2019 thousands of people were detained. => 1000 detained
"""


def _cases(lines: str) -> list[tuple[str, str]]:
    joined = lines.replace("\\\n", "").strip().splitlines()
    return [(text.strip(), wanted.strip()) for text, _, wanted in (line.partition("=>") for line in joined)]


def _write(claim: Claim) -> str:
    low = claim.low if claim.low is not None else claim.high
    return f"{'v' if low is None else int(low)} {claim.outcome}"


def _read(text: str) -> str:
    return "; ".join(map(_write, read_claims(text, "en").claims))


@pytest.mark.parametrize(("text", "wanted"), _cases(RESTATED))
def test_a_figure_given_again_has_the_outcome_of_the_one_before(text: str, wanted: str) -> None:
    assert _read(text) == wanted


@pytest.mark.parametrize(("text", "wanted"), _cases(LISTED))
def test_figures_listed_without_a_verb_have_the_outcome_of_their_list(text: str, wanted: str) -> None:
    assert _read(text) == wanted


@pytest.mark.parametrize(("text", "wanted"), _cases(TWO_NUMBERS))
def test_each_of_several_numbers_has_its_own_outcome(text: str, wanted: str) -> None:
    assert _read(text) == wanted


@pytest.mark.parametrize(("text", "wanted"), _cases(NOT_COUNTED))
def test_crowds_ages_staffs_and_events_are_no_claims(text: str, wanted: str) -> None:
    assert _read(text) == wanted


@pytest.mark.parametrize(("text", "wanted"), _cases(PLAIN_GRAMMAR))
def test_short_clauses_give_their_claims(text: str, wanted: str) -> None:
    assert _read(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "The list names 80 Malians who died, 25 of them recruited from prison.",
        "Georgia counts 44 dead, 12 of whom had been in prison when they signed.",
    ],
)
def test_what_a_part_had_been_leaves_it_the_outcome_of_its_whole_with_a_doubt(text: str) -> None:
    whole, part = read_claims(text, "en").claims
    assert (part.outcome, part.subset_of) == ("killed", whole.id)
    assert part.needs_review


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        ("The district sent 19 men to the war. Six are known to be dead.", 1, 0),
        ("The fever killed 26 recruits in May. Four of the 26 were killed before dawn.", 1, 0),
        ("The gang beat 11 men, six Poles and five Czechs.", 1, 0),
    ],
)
def test_a_part_finds_the_number_it_is_told_out_of(text: str, part: int, whole: int) -> None:
    claims = read_claims(text, "en").claims
    assert claims[part].subset_of == claims[whole].id


def test_a_parenthesis_before_a_verb_is_no_doubt() -> None:
    (near,) = read_claims("Nine students, most of them girls, were killed.", "en").claims[:1]
    assert (near.outcome, near.needs_review) == ("killed", False)


def test_a_verb_across_a_comma_is_that_of_the_subject_before_it() -> None:
    (far,) = read_claims("Twelve boys ran for the trees, but were wounded.", "en").claims
    assert (far.low, far.outcome) == (12, "wounded")


@pytest.mark.parametrize(
    "text",
    [
        "Twelve boys ran for the trees, but the shell wounded the teacher.",
        "Twelve boys ran for the trees, where men lay wounded.",
    ],
)
def test_a_verb_across_a_comma_with_somebody_else_before_it_is_a_doubt(text: str) -> None:
    assert all(claim.needs_review for claim in read_claims(text, "en").claims)


def test_a_loose_word_is_a_doubt() -> None:
    (claim,) = read_claims("On the first day a mortar took four.", "en").claims
    assert (claim.outcome, claim.needs_review) == ("killed", True)


def test_the_words_of_a_source_keep_signs_that_are_not_seen() -> None:
    text = "The Red\u200b Crescent said on Monday that 12 people had been killed."
    (claim,) = read_claims(text, "en").claims
    assert claim.attribution is not None
    assert claim.attribution in text
