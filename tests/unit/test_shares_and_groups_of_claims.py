"""Shares, rests and items of a list with their total; whom a claim counts, for whom they served, where and when."""

from __future__ import annotations

import pytest

from cenotaph.domain.claims import Claim
from cenotaph.extract import read_claims


def _read(text: str) -> list[Claim]:
    return list(read_claims(text, "en").claims)


def _one(text: str, number: str) -> Claim:
    return next(claim for claim in _read(text) if claim.number_text == number)


LIST = """The archive lists 9,300 soldiers killed. What their cards say:

- 24% had a criminal record;
- one was over fifty, and three dozen were past sixty;
- 5 per cent were citizens of another state, Tajiks (210) and Uzbeks (190) making up most of them;
- about 700, or 8%, have no known address.
"""


@pytest.mark.parametrize("number", ["24%", "three dozen", "5 per cent", "about 700", "8%"])
def test_the_items_of_a_list_of_shares_are_parts_of_the_total_that_leads_it_in(number: str) -> None:
    total = _one(LIST, "9,300")
    assert _one(LIST, number).subset_of == total.id


@pytest.mark.parametrize("number", ["210", "190"])
def test_those_who_make_up_most_of_a_share_are_parts_of_the_share(number: str) -> None:
    assert _one(LIST, number).subset_of == _one(LIST, "5 per cent").id


def test_a_count_beside_a_percentage_is_one_of_people() -> None:
    assert _one(LIST, "about 700").unit == "people"


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        ("The blast killed 18 people. Eleven died at the site; the other seven died in hospital.", "seven", "18"),
        ("Nine men of the village joined up. Four are dead and one lost a leg.", "one", "Nine"),
        ("In the south, five people were killed, two in Orly, two in Meln and one in Bry.", "one", "five"),
        ("Among the dead are 600 foreigners, many of whom were recruited under pressure.", "many", "600"),
        ("Some 30 men left for the war in spring. Ten of the group have been killed.", "Ten", "Some 30"),
    ],
)
def test_what_is_left_or_goes_on_is_a_part_of_what_was_divided(text: str, part: str, whole: str) -> None:
    assert _one(text, part).subset_of == _one(text, whole).id


def test_a_total_to_which_the_dead_were_raised_is_no_part() -> None:
    text = "Two of those hurt on Monday died on Friday, raising the number of those killed to 16."
    assert _one(text, "16").subset_of is None


@pytest.mark.parametrize(
    ("text", "number", "group"),
    [
        ("The shelling killed 187 civilians and injured 803.", "803", "civilians"),
        ("Of 40 dead, 26 of them civilians, most were old.", "26", "civilians"),
        ("An attack wounded four children, one of whom (girl, 9) died on Friday.", "one", "girl"),
        ("The raid killed nine members of one family.", "nine", "members of one family"),
        ("The strike killed a clerk, bringing to 14 the number of council staff killed since May.", "14", "council staff"),
        ("The authorities reported 33 civilian deaths.", "33", "civilian"),
        ("Sixty fishermen were lost at sea, and 44 of them have been declared dead.", "44", "fishermen"),
    ],
)
def test_a_group_is_named_where_it_is_joined_set_beside_or_measured(text: str, number: str, group: str) -> None:
    assert _one(text, number).group == group


def test_a_nationality_set_beside_a_part_is_no_group() -> None:
    claim = _one("The clash left 12 fighters dead, two of them Kenyans.", "two")
    assert claim.nationality == ("KE",)
    assert claim.group != "Kenyans"


@pytest.mark.parametrize(
    ("text", "number", "side"),
    [
        ("A few Americans joined Russian forces, while 2,000 Americans are fighting with Ukraine.", "2,000", "Ukraine"),
        ("At least 14 Nepalis are being held by Ukrainian forces.", "At least 14", None),
        ("At least 130 Colombians have died fighting on Kyiv's side.", "At least 130", "Ukraine"),
        ("Ukraine has itself hired 900 Georgians.", "900", "Ukraine"),
    ],
)
def test_a_side_is_that_of_the_numbers_own_clause_and_never_the_captors(text: str, number: str, side: str | None) -> None:
    assert _one(text, number).side == side


def test_the_side_of_foreigners_holds_on_in_the_paragraph() -> None:
    text = "Five Nepalis were killed fighting on the Russian side. The ministry counts 38 Nepalis dead."
    assert _one(text, "38").side == "Russia"


@pytest.mark.parametrize(
    ("text", "number", "as_of"),
    [
        ("The ministry counts 38 soldiers dead, up from 33 in January.", "38", None),
        ("The office says 61 men have been lost since 2010, and that 44 of them were declared dead.", "44", None),
        ("On 9 May a missile hit the school. The team confirmed the deaths of 22 pupils.", "22", "On 9 May"),
        ("In a reply dated 3 March, the ministry acknowledged 64 deaths.", "64", "3 March"),
        ("Since 24 February 2022 the mission has verified 900 deaths. A further 3,215 people were injured.", "3,215",
         "Since 24 February 2022"),
    ],
)  # fmt: skip
def test_a_date_is_the_numbers_own_or_that_of_the_event_before(text: str, number: str, as_of: str | None) -> None:
    assert _one(text, number).as_of == as_of


@pytest.mark.parametrize(
    ("text", "number", "place"),
    [
        ("TARNA. 6 civilians killed.", "6", "TARNA"),
        ("Some 1,900 people were displaced to Tarna.", "Some 1,900", "Tarna"),
        ("An earthquake shook northern Tarna, killing 230 people.", "230", "northern Tarna"),
        ("Anna Brehm, who speaks for families in Tarna, said more than 60 men had been killed.", "more than 60", None),
    ],
)
def test_a_place_may_be_the_lines_the_goal_or_the_object_never_the_speakers(text: str, number: str, place: str | None) -> None:
    assert _one(text, number).place == place


@pytest.mark.parametrize(
    ("text", "number", "outcome"),
    [
        ("Thirty people were held in the cellar and three did not leave it alive.", "three", "killed"),
        ("Of the missing, 118 turned out to be prisoners.", "118", "captured"),
        ("At the front today serve 118 of our people.", "118", "fighting"),
        ("Six have given no sign of life since May.", "Six", "missing"),
        ("Seven are dead, 33 injured, and one person whose fate is not known.", "one", "missing"),
        ("Nine villagers are in captivity (in June it was eleven: Petro and Slavko are back).", "eleven", "captured"),
        ("The old monument by the pond bears 204 names.", "204", "killed"),
        ("Some 288 retired military personnel had gone to fight for Russia.", "Some 288", "recruited"),
    ],
)
def test_who_did_not_come_home_is_told_in_many_ways(text: str, number: str, outcome: str) -> None:
    assert _one(text, number).outcome == outcome


def test_columns_parted_by_a_dash_and_spaces_are_no_range() -> None:
    rows = ("District   Dead    Injured   Strikes", "Okhta      3          –        20", "Tarna      9         41        63")
    text = "\n".join(rows)
    assert all((claim.low, claim.high) != (3, 20) for claim in _read(text))


def test_a_report_that_reveals_is_the_source() -> None:
    claim = _one("The report reveals that 400 miners were killed.", "400")
    assert (claim.attribution, claim.modality) == ("The report", "reported")


@pytest.mark.parametrize(
    "text",
    [
        "The other defendants, tried in absentia, were given between 12 and 21.",
        "I carried him about 800 m and he made it.",
        "Two injured parties claim damages.",
        "The team also recovered 212 body parts.",
        "The bodies lay in two different morgues.",
    ],
)
def test_terms_distances_parties_parts_and_morgues_are_no_people(text: str) -> None:
    assert _read(text) == []


def test_to_know_about_two_is_no_hedge() -> None:
    claim = _read("The police know about two people killed in the raid.")[0]
    assert (claim.low, claim.high) == (2, 2)
    assert claim.bound == "exact"


def test_what_was_found_of_those_is_no_whole_of_what_stands_behind() -> None:
    text = "We could trace 900 recruits. Of those we found 388 dead, 46 in Ukrainian camps."
    assert _one(text, "46").outcome == "captured"


@pytest.mark.parametrize(
    ("text", "number", "source"),
    [
        ("The archive holds 900 verified deaths.", "900", "The archive"),
        ("An earlier brief (No. 5) put the number of dead at 34.", "34", "An earlier brief"),
        ("A tally of funerals run by volunteers has 73 dead.", "73", "A tally of funerals run by volunteers"),
        ("Seven men have been reported missing by the Russian side.", "Seven", "the Russian side"),
        ("Last week my paper wrote that 38 civilians had died.", "38", "my paper"),
        ("Families have drawn up a list with 64 names of the missing.", "64", "Families"),
    ],
)
def test_a_record_or_who_lists_people_vouches_for_the_figure(text: str, number: str, source: str) -> None:
    claim = _one(text, number)
    assert claim.attribution == source
    assert claim.modality != "stated"


def test_the_total_of_a_table_has_no_place() -> None:
    rows = ("District   Dead    Injured", "Okhta      3          12", "All districts   3    12")
    assert "All districts" not in {claim.place for claim in _read("\n".join(rows))}


def test_so_many_deaths_of_miners_are_so_many_miners() -> None:
    claim = _one("The archive holds 900 deaths of young miners.", "900")
    assert (claim.outcome, claim.unit, claim.group) == ("killed", "deaths", "young miners")


def test_the_rows_of_a_list_by_country_are_of_its_people_however_the_figure_is_parted() -> None:
    claims = _read("Foreign dead:\nUzbekistan ........ 41\nTajikistan 37\nCuba, Kenya ........ 6 each\nNepal – 9")
    assert [(claim.low, claim.nationality) for claim in claims] == [
        (41, ("UZ",)), (37, ("TJ",)), (6, ("CU", "KE")), (9, ("NP",)),
    ]  # fmt: skip


def test_a_page_that_carries_names_is_no_boat() -> None:
    assert _one("The page of the fallen now carries 512 names.", "512").outcome == "killed"


def test_who_deserted_did_not_die_with_those_before() -> None:
    assert [claim.number_text for claim in _read("Of the men traced, 388 are dead, 101 deserted.")] == ["388"]


def test_what_befell_the_first_of_these_is_no_whole_of_the_next() -> None:
    claims = _read("The office counted 1,200 recruits. Of these 90 fell, 14 are in captivity and 30 have come home.")
    assert [(claim.low, claim.outcome) for claim in claims[-3:]] == [(90, "killed"), (14, "captured"), (30, "released")]


def test_the_dead_who_were_brought_home_are_bodies() -> None:
    assert _one("Dead: 44, of whom 31 brought home.", "31").outcome == "body_returned"


def test_a_month_before_a_count_of_more_than_a_month_has_days_is_the_date_alone() -> None:
    claim = _read("By June 52 men had been killed.")[0]
    assert (claim.low, claim.as_of) == (52, "By June")


@pytest.mark.parametrize("text", ["Two men fell ill.", "Six men fell from a roof."])
def test_who_falls_ill_or_from_a_roof_did_not_fall_in_war(text: str) -> None:
    assert all(claim.outcome != "killed" for claim in _read(text))


def test_of_a_number_and_the_one_it_corrects_the_same_is_said() -> None:
    first, second = _read("Eleven, not nineteen, were hurt.")
    assert (first.low, first.outcome, first.retracted) == (11, "wounded", False)
    assert (second.low, second.outcome, second.retracted) == (19, "wounded", True)


@pytest.mark.parametrize(
    "text",
    [
        "Foreigners killed in the army whose names we know.\n\n- Uzbekistan — 318\n- Nepal: 164\n",
        "Foreigners killed in the army. Total: 482.\n\n- Uzbekistan — 318\n- Nepal: 164\n",
        "We have the names of foreigners killed in the army.\n\nUzbekistan: 318\nNepal: 164\n",
    ],
)
def test_a_list_takes_what_the_paragraph_before_it_says_of_its_people(text: str) -> None:
    assert [(one.low, one.outcome) for one in _read(text) if one.low != 482] == [(318, "killed"), (164, "killed")]
    assert all(one.outcome == "killed" for one in _read(text))


def test_a_page_s_own_counters_below_a_paragraph_are_no_list_of_the_dead() -> None:
    assert _read("Foreigners were killed in the army.\n\n- Views: 318\n- Comments: 164\n") == []
