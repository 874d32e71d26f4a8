"""Who says so, as of when, of what whole, of which people: what stands around an English number."""

from __future__ import annotations

import pytest

from cenotaph.domain.claims import Claim
from cenotaph.extract.claims.reader import read_claims


def read(text: str) -> list[Claim]:
    return list(read_claims(text, "en").claims)


@pytest.mark.parametrize(
    ("text", "attribution", "via", "modality"),
    [
        ("The ministry denied that 12 soldiers were killed.", "The ministry", None, "unconfirmed"),
        ("The commander rejected claims that 40 of his men had surrendered.", "The commander", None, "unconfirmed"),
        ("Moscow has denied reports of 5,000 casualties.", "Moscow", None, "unconfirmed"),
        ("Fourteen people died, according to local media citing police.", "police", "local media", "reported"),
        ("A councillor, quoted by Radio Sahel, mentioned 22 burials.", "A councillor", "Radio Sahel", "reported"),
        ("Of the dead, said an officer who asked not to be named, nine were conscripts.", "an officer", None, "reported"),
        ("A count kept by the newspaper has reached 2,104 names.", "the newspaper", None, "reported"),
        ("Twelve citizens have been killed, Foreign Minister Saud told parliament.", "Foreign Minister Saud", None, "reported"),
        ("THE MINISTRY SAID 12 PEOPLE DIED, THREE BELIEVED CAPTURED.", "THE MINISTRY", None, "reported"),
        ("Some 1,400 have died since 2014, says the Missing Migrants Project.", "the Missing Migrants Project", None, "reported"),
    ],
)
def test_who_says_so(text: str, attribution: str, via: str | None, modality: str) -> None:
    claim = read(text)[0]
    assert (claim.attribution, claim.via, claim.modality.value) == (attribution, via, modality)


def test_who_denies_is_doubted_as_a_source() -> None:
    (claim,) = read("The ministry denied that 12 soldiers were killed.")
    assert any(doubt.startswith("attribution") for doubt in claim.doubts)


def test_each_source_of_two_figures_vouches_for_its_own() -> None:
    text = "The number of dead is put at 70 by the opposition and at 12 by the government."
    assert [claim.attribution for claim in read(text)] == ["the opposition", "the government"]


@pytest.mark.parametrize(
    ("text", "as_of"),
    [
        ("At least 1,400 people have lost their lives since 2014, says the agency.", "since 2014"),
        ("Since January 1,130 people have gone home.", "Since January"),
        ("The death toll from Friday's raid has risen to 19, medics said on Sunday.", "Friday"),
        ("The toll from Friday's raid reached 21 on Sunday.", "on Sunday"),
        ("The army's losses since the start of the war stand at 9,400.", "since the start of the war"),
        ("Four of the recruits, born in 2006, were killed.", None),
        ("NAIROBI, Feb 5 (Reuters) - At least 12 people were killed in last week's battle.", "last week"),
        ("Police said on Monday that 12 people had died in the night to Sunday.", "in the night to Sunday"),
        ("Since the ceasefire 1,718 servicemen have come home.", "Since the ceasefire"),
        ("Between 1 and 14 May 12 people died.", "Between 1 and 14 May"),
        ("As at 31 October, 18 citizens had been rescued.", "As at 31 October"),
        ("Twelve were killed over the weekend.", "over the weekend"),
    ],
)
def test_as_of_when(text: str, as_of: str | None) -> None:
    assert read(text)[0].as_of == as_of


@pytest.mark.parametrize(
    ("text", "wholes"),
    [
        ("The outlet has 118,000 dead, including 6,278 officers, 16,600 mobilised men and 20,000 convicts.",
         [None, 118_000, 118_000, 118_000]),
        ("Among the wounded were 12 Poles, 4 Czechs and 3 Finns.", [None, None, None]),
        ("Nineteen boys are in hospitals, three without limbs.", [None, 19]),
        ("Among the 293 survivors are 41 minors and six women.", [None, 293, 293]),
        ("Twelve nurses were among 70 staff marched away.", [70, None]),
        ("Nine died: six civilians and three soldiers.", [None, 9, 9]),
    ],
)  # fmt: skip
def test_parts_have_the_whole_and_not_each_other(text: str, wholes: list[int | None]) -> None:
    claims = read(text)
    values = {claim.id: claim.low for claim in claims}
    assert [values.get(claim.subset_of or "") for claim in claims] == wholes


def test_a_part_above_its_whole_is_doubted() -> None:
    claims = read("Twelve people were killed, of whom 15 were children.")
    part = next((claim for claim in claims if claim.low == 15), None)
    assert part is None or part.subset_of is None or any(doubt.startswith("subset_of") for doubt in part.doubts)


@pytest.mark.parametrize(
    ("text", "nationalities"),
    [
        ("Two U.S. soldiers and one US marine were killed.", [("US",), ("US",)]),
        ("Three US citizens and four UK nationals are missing.", [("US",), ("GB",)]),
        ("At least 54 Kenyan, Ugandan and Tanzanian workers were killed.", [("KE", "UG", "TZ")]),
        ("Tajikistan stands first with 72 dead, followed by Uzbekistan with 66.", [("TJ",), ("UZ",)]),
        ("72 Tajik citizens have been killed; Nepal has 70.", [("TJ",), ("NP",)]),
        ("Dead by country: Tajikistan 72, Uzbekistan 66, Kyrgyzstan 26.", [("TJ",), ("UZ",), ("KG",)]),
        ("One of five members of Ukraine's International Legion died on Monday.", [(), ()]),
        ("He told us 12 died.", [()]),
    ],
)
def test_whose_people(text: str, nationalities: list[tuple[str, ...]]) -> None:
    assert [claim.nationality for claim in read(text)] == nationalities


def test_a_nationality_read_from_a_row_of_states_is_doubted() -> None:
    (first, second) = read("Tajikistan tops the list with 72 dead; Nepal has 70.")
    assert all(any(doubt.startswith("nationality") for doubt in claim.doubts) for claim in (first, second))


@pytest.mark.parametrize(
    "table",
    [
        "District | Dead | Injured\nNorth | 12 | 40\nSouth | 4 | 9",
        "Region\tKilled\tWounded\nNorth\t12\t40\nSouth\t4\t9",
        "Losses\n\nMonth      Dead   Wounded\nMarch      12     40\nApril       4      9\n",
        "| Year | Killed | Wounded | Total |\n|---|---|---|---|\n| 2022 | 12 | 40 | 52 |\n| 2023 | 4 | 9 | 13 |",
    ],
)
def test_a_table_gives_each_cell_its_columns_outcome(table: str) -> None:
    found = [(claim.low, claim.outcome) for claim in read(table)]
    assert found == [(12, "killed"), (40, "wounded"), (4, "killed"), (9, "wounded")]


def test_a_rows_first_cell_says_whose_people() -> None:
    claims = read("Country | Killed | Missing\nNepal | 70 | 50\nCuba | 93 | 12")
    assert [claim.nationality for claim in claims] == [("NP",), ("NP",), ("CU",), ("CU",)]


@pytest.mark.parametrize(
    ("text", "act", "actor", "victims"),
    [
        ("Police threatened workers with deportation unless they signed contracts.", "threat", "Police", "workers"),
        ("Migrants were threatened with prison by the police unless they joined.", "threat", "the police", "Migrants"),
        ("Rebels have accused the army of executing captured fighters.", "execution", "the army", "fighters"),
        ("Guards beat prisoners who refused to sign, former inmates said.", "torture", "Guards", "prisoners"),
        ("Prisoners of war were executed, Ukraine says.", "execution", None, "Prisoners of war"),
    ],
)
def test_who_did_what_to_whom(text: str, act: str, actor: str | None, victims: str) -> None:
    found = [a for a in read_claims(text, "en").allegations if a.act == act]
    assert [(a.actor, a.victims) for a in found] == [(actor, victims)]


@pytest.mark.parametrize("text", ["The team was beaten 3-1.", "Rain threatens the harvest.", "The company abused its position."])
def test_what_is_done_to_no_people_is_no_allegation(text: str) -> None:
    assert not read_claims(text, "en").allegations


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("Each side handed over 75 prisoners.", "exact"),
        ("<p>12 people were killed.</p>", "exact"),
        ("The toll is >200 killed.", "more_than"),
        ("> 12 people were killed.", "exact"),
    ],
)
def test_signs_and_particles_are_not_taken_for_hedges(text: str, bound: str) -> None:
    assert [claim.bound.value for claim in read(text)] == [bound]


@pytest.mark.parametrize(
    "text",
    [
        "Norway's embassy declined to comment on reports that 12 Peruvians had been killed.",
        "The agency could not independently verify the claim that 300 soldiers were killed.",
        "Oslo rejected Lima's claim that 500 soldiers had died.",
    ],
)
def test_whoever_declines_or_rejects_is_no_source(text: str) -> None:
    (claim,) = read_claims(text).claims
    assert (claim.attribution, claim.modality) == (None, "unconfirmed")
    assert any("vouch" in doubt for doubt in claim.doubts)


def test_whoever_declined_to_be_named_is_one() -> None:
    (claim,) = read_claims("An official who declined to be named said 12 soldiers were killed.").claims
    assert claim.attribution is not None and "official" in claim.attribution
