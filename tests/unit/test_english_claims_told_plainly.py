"""English figures told in plain verbs, fragments and asides: what befell their people, and which count nobody."""

from __future__ import annotations

import pytest

from cenotaph.domain.claims import Claim
from cenotaph.extract.claims.reader import read_claims

PLAIN_VERBS = r"""
Eleven of our boys fell that winter. => 11 killed
Nine of them will not come home. => 9 killed
Four pitmen had stopped breathing. => 4 killed
The lake took three anglers. => 3 killed
A sniper got five of the drivers. => 5 killed
Six now lie under the orchard. => 6 killed
Six lie under the rubble. => 6 missing
Two died by their own hand. => 2 killed
Eight sons have not called home. => 8 missing
Some 300 villagers figure in missing-person notices. => 300 missing
Thirteen men put down their weapons. => 13 captured
Fourteen turned out to be prisoners. => 14 captured
Five sappers were invalided out. => 5 wounded
Legless: seven. => 7 wounded
Thirty Serbs and thirty Croats changed places on the bridge. => 30 released; 30 released
Sixteen students got call-up papers. => 16 recruited
Ninety families sleep in the school; 400 people sleep in tents. => 400 displaced
The mortuary in Lodz gave up two of our men. => 2 body_returned
"""

OTHER_MEANINGS = r"""
The number of those on strike fell to 40. =>
Nine pupils fell ill. =>
Seventy people were in the hall when it was hit. =>
He is the only one of the nine still at home. =>
"""

GROUPS_AS_WHOLES = r"""
17 of the regiment were killed at the ford. => 17 killed
Nine of his old platoon died; two of the platoon's trucks burned. => 9 killed
In May the mortuary gave up three of ours. => 3 body_returned
Of 2,000 dead, 90, or 4.5 per cent, were officers. => 2000 killed; 90 killed; 4.5 killed
They sailed on the 9 of May and six drowned. => 6 killed
"""

ANNOUNCED = r"""
Deaths. Harbour office: 14. Union: 19. Our own tally is 21. => 14 killed; 19 killed; 21 killed
Missing, a further 7. => 7 missing
The port has 30 dead. And the passengers? Dozens, says one paper. => 30 killed; 12 killed
We had lifted 20 bodies. It turned out to be 23. => 20 killed; 23 killed
The first list has 37 killed. The second reduces them to five. => 37 killed; 5 killed
The minister admits 59 dead. A daily printed 300. => 59 killed; 300 killed
We count 1,250 dead. Soldiers who signed after the summer: 540. Mobilised: 310. => 1250 killed; 540 killed; 310 killed
We hold the names of 700 dead. 130 were officers; two were generals. => 700 killed; 130 killed; 2 killed
"""

NO_COUNT = r"""
We count 1,250 dead. With the missing the total would be close to 1,600. => 1250 killed
Six were killed. Of the lists, the two do not contradict each other. => 6 killed
Six were killed. The chart had lost a zero. => 6 killed
Confidential talks were had with 40 internees. =>
Six were killed. Questions 14 and 15 were answered together. => 6 killed
"""

CARRIED_ON = r"""
They swapped 90 of ours for 90 of theirs. => 90 released; 90 released
The police held 120. By night 90 had been let go; 30 remain at the station. => 120 detained; 90 released; 30 detained
We wrote that 17 men were arrested. It should have been 71. => 17 detained; 71 detained
The ledger of the shop: nine were called up. Home for good, 4. => 9 recruited; 4 released
How many were called up? From our street, eleven. From the whole village perhaps eighty. => 11 recruited; 80 recruited
How many came back? Three, one of them without an arm. => 3 released; 1 wounded
The bodies of 800 men came back; 12 of them were handed over by mistake. => 800 body_returned; 12 body_returned
"""

HELD_AND_LISTED = r"""
The ministry lists 260 prisoners. => 260 captured
How many recruits? The ministry says 27 back, 1 dead. => 27 released; 1 killed
Captured by the rebels since May: 41. => 41 captured
Five men are dead, and of two nothing is known. => 5 killed; 2 missing
Nationality of the dead: Nepalese (14), Indian (9), Sri Lankan (17). => 14 killed; 9 killed; 17 killed
"""

SORTED = r"""
We buried 40 men. There were five officers among them. => 40 killed; 5 killed
In the swap 75 came home. There were nine women in the group. => 75 released; 9 released
They list 300 prisoners of war, 40 of them wounded. The Red Cross has 350. => 300 captured; 40 wounded; 350 captured
We buried 90. Nine were not yet twenty, and five were 70 or older. => 90 killed; 9 killed; 5 killed
The letter, signed by the same hand, says that nine died. => 9 killed
"""

DUG_AND_TAKEN = r"""
Trench 1 gave 14 individuals, trench 2 nine. One was a child of about six. => 14 killed; 9 killed; 1 killed
Thirty men were taken off a bus. => 30 captured
The other side has 50 of ours; we know of 38. => 50 captured; 38 captured
How many are you looking for? 412. And found? Sixty, all of them dead. => 412 missing; 60 killed
Recruits by country: Nepal 310, India 126, Kenya 88. => 310 recruited; 126 recruited; 88 recruited
"""

IN_NAMES = r"""
The minister has 59 dead. The Union of Disabled Veterans insists upon 95. => 59 killed; 95 killed
The Commission on Missing Persons says that 40 died. => 40 killed
Some 300 Missing Persons were found. => 300 missing
"""

SETTLED = r"""
One had been presumed dead and was later found in a hospital. => 1 survived
Three were thought dead, and their bodies were found in May. => 3 killed
Seven hostages are still being held. => 7 captured
"""


def _cases(table: str) -> list[tuple[str, str]]:
    lines = [line for line in table.replace("\\\n", "").splitlines() if line.strip()]
    return [(text.strip(), wanted.strip()) for text, _, wanted in (line.partition("=>") for line in lines)]


def _write(claim: Claim) -> str:
    return f"{claim.low if claim.low is not None else claim.high} {claim.outcome}"


def _read(text: str) -> str:
    return "; ".join(_write(claim) for claim in sorted(read_claims(text, "en").claims, key=lambda claim: claim.number_start))


@pytest.mark.parametrize(("text", "wanted"), _cases(PLAIN_VERBS))
def test_plain_verbs_say_what_happened(text: str, wanted: str) -> None:
    assert _read(text) == wanted


@pytest.mark.parametrize(("text", "wanted"), _cases(OTHER_MEANINGS))
def test_the_same_verbs_of_other_things_claim_nothing(text: str, wanted: str) -> None:
    assert _read(text) == wanted


@pytest.mark.parametrize(("text", "wanted"), _cases(GROUPS_AS_WHOLES))
def test_a_body_of_people_is_a_whole_and_no_thing(text: str, wanted: str) -> None:
    assert _read(text) == wanted


@pytest.mark.parametrize(("text", "wanted"), _cases(ANNOUNCED))
def test_figures_take_what_was_announced_before_them(text: str, wanted: str) -> None:
    assert _read(text) == wanted


@pytest.mark.parametrize(("text", "wanted"), _cases(NO_COUNT))
def test_sums_supposed_lists_and_numbered_things_count_nobody(text: str, wanted: str) -> None:
    assert _read(text) == wanted


@pytest.mark.parametrize(("text", "wanted"), _cases(SETTLED))
def test_what_came_out_wins_over_what_was_thought(text: str, wanted: str) -> None:
    assert _read(text) == wanted


@pytest.mark.parametrize(("text", "wanted"), _cases(CARRIED_ON))
def test_swaps_rests_and_answers_carry_on_what_was_told(text: str, wanted: str) -> None:
    assert _read(text) == wanted


@pytest.mark.parametrize(("text", "wanted"), _cases(HELD_AND_LISTED))
def test_rows_and_lists_without_a_verb_give_their_claims(text: str, wanted: str) -> None:
    assert _read(text) == wanted


def test_ages_in_brackets_behind_names_of_persons_are_no_counts() -> None:
    assert _read("Among the dead were Ivan Petrov (34), Oleg Zaitsev (41) and Pyotr Malanin (27).") == ""


@pytest.mark.parametrize(("text", "wanted"), _cases(SORTED))
def test_a_tally_sorts_the_people_of_its_whole(text: str, wanted: str) -> None:
    assert _read(text) == wanted


@pytest.mark.parametrize(("text", "wanted"), _cases(DUG_AND_TAKEN))
def test_the_dug_up_the_taken_and_the_listed_are_told_by_what_held_them(text: str, wanted: str) -> None:
    assert _read(text) == wanted


@pytest.mark.parametrize(("text", "wanted"), _cases(IN_NAMES))
def test_the_name_of_a_body_says_nothing_of_whom_it_counts(text: str, wanted: str) -> None:
    assert _read(text) == wanted


def test_a_row_without_people_and_a_part_within_a_row_are_claims() -> None:
    text = "We know of 210 foreigners in captivity:\n\n• Kenya — 31, incl. 3 taken this week\n• Serbia — none any more\n"
    assert _read(text) == "210 captured; 31 captured; 3 captured; 0 captured"
