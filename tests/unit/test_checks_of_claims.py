"""Claims held against each other: what contradicts, what is open, and what must not be found."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cenotaph.domain.claims import Claim, Modality, Unit
from cenotaph.domain.counts import Bound
from cenotaph.domain.dates import PartialDate
from cenotaph.extract.checks import Certainty, FindingType, check_claims, check_document, find_rates
from cenotaph.extract.checks.over_time import resolve_date

T = FindingType


def claim(text: str, number: str, outcome: str = "killed", *, after: str = "", **fields: Any) -> Claim:
    """Return a claim whose number's words stand in a text, after other words of it where they stand there twice."""
    start = text.index(number, text.index(after) + len(after) if after else 0)
    digits = "".join(c for c in number if c.isdigit())
    bound = Bound(fields.pop("bound", "exact"))
    low = fields.pop("low", int(digits) if digits and bound is not Bound.AT_MOST else None)
    high = fields.pop("high", low if bound in (Bound.EXACT, Bound.APPROX) else int(digits) if bound is Bound.AT_MOST else None)
    defaults: dict[str, Any] = {
        "id": f"c{start}",
        "document": "d",
        "start": start,
        "end": start + len(number),
        "quote": number,
        "unit": Unit.PEOPLE,
        "modality": Modality.STATED,
    }
    return Claim(
        number_start=start, number_end=start + len(number), number_text=number, low=low, high=high, bound=bound, outcome=outcome,
        **{**defaults, **fields},
    )  # fmt: skip


def types(claims: list[Claim], text: str = "") -> list[FindingType]:
    return [finding.type for finding in check_document(claims, text)]


RANKS = "Norway tops the list with 72 dead, followed closely by Chile with 66. Kenya has lost 70 people."


def ranked(**fields: Any) -> list[Claim]:
    return [
        claim(RANKS, "72", nationality=("NO",), nationality_text="Norway"),
        claim(RANKS, "66", nationality=("CL",), nationality_text="Chile"),
        claim(RANKS, "70", nationality=("KE",), nationality_text="Kenya", **fields),
    ]


def test_a_second_place_that_a_third_figure_exceeds_is_found_with_all_three() -> None:
    (found,) = check_document(ranked(), RANKS)
    assert found.type is T.RANK_ORDER and found.certainty is Certainty.CERTAIN
    assert [c.low for c in found.claims] == [72, 66, 70]
    assert found.passage.startswith("Norway tops the list")


def test_a_rank_that_the_figures_bear_out_is_no_finding() -> None:
    assert types(ranked(low=65, high=65), RANKS) == []


def test_a_figure_of_another_outcome_does_not_break_a_rank() -> None:
    missing = [*ranked()[:2], claim(RANKS, "70", "missing", nationality=("KE",), nationality_text="Kenya")]
    assert types(missing, RANKS) == []


def test_a_whole_is_not_ranked_beside_its_parts() -> None:
    text = "Norway tops the list with 72 dead, of 500 Nordic dead."
    whole = claim(text, "500", nationality=("SE",))
    part = claim(text, "72", nationality=("NO",), nationality_text="Norway", subset_of=whole.id)
    assert T.RANK_ORDER not in types([part, whole], text)


def test_a_first_place_that_is_limited_is_left_alone() -> None:
    text = "Outside of Europe, Kenya has the highest number of deaths, 70. Norway has 72."
    claims = [claim(text, "70", nationality=("KE",)), claim(text, "72", nationality=("NO",))]
    assert types(claims, text) == []
    assert types(claims, text.replace("Outside of", "Throughout ")) == [T.RANK_ORDER]


def test_a_russian_ranking_without_numbers_is_held_against_the_list() -> None:
    text = "Псковская область — 4870, Тверская область — 4512.\n\nЛидер — Тверская область, за ней Псковская."
    claims = [claim(text, "4870", place="Псковская область"), claim(text, "4512", place="Тверская область")]
    (found,) = check_document(claims, text)
    assert found.type is T.RANK_ORDER and "4512" in found.words


def test_a_part_that_its_whole_excludes_is_found() -> None:
    text = "11 people died, 12 of them Kenyans."
    whole = claim(text, "11")
    part = claim(text, "12", nationality=("KE",), subset_of=whole.id)
    assert types([whole, part], text) == [T.SUBSET_EXCEEDS]
    assert types([claim(text, "11", bound="approx"), part], text) == []
    assert types([claim(text, "11", bound="more_than"), part], text) == []


def test_a_part_that_no_words_make_one_is_not_blamed_on_the_text() -> None:
    text = "11 people died. Tajiks (412) are buried there."
    whole = claim(text, "11")
    assert types([whole, claim(text, "412", nationality=("TJ",), subset_of=whole.id)], text) == []


def test_parts_of_different_nationalities_that_come_to_more_than_their_whole_are_found() -> None:
    text = "50 were killed, among them 30 Kenyans and 25 Nepalis."
    whole = claim(text, "50")
    parts = [claim(text, n, nationality=(c,), subset_of=whole.id) for n, c in (("30", "KE"), ("25", "NP"))]
    (found,) = check_document([whole, *parts], text)
    assert found.type is T.TOTAL_VS_PARTS and "at least 55" in found.words
    assert types([claim(text, "50", bound="at_least"), *parts], text) == []


def test_parts_that_may_overlap_are_not_added() -> None:
    text = "50 were killed, among them 30 women and 25 teachers."
    whole = claim(text, "50")
    parts = [claim(text, n, group=g, subset_of=whole.id) for n, g in (("30", "women"), ("25", "teachers"))]
    assert types([whole, *parts], text) == []


def test_a_figure_above_an_open_whole_has_an_unclear_scope() -> None:
    text = "More than 500 foreign nationals are dead. North Korean losses may exceed 600."
    whole = claim(text, "More than 500", bound="more_than", group="foreign nationals")
    part = claim(text, "may exceed 600", bound="may_exceed", nationality=("KP",))
    (found,) = check_document([whole, part], text)
    assert found.type is T.SCOPE_UNCLEAR and found.words.startswith("Scope unclear: possibly not included.")
    assert not found.is_contradiction
    smaller = claim(text, "may exceed 600", low=400, bound="may_exceed", nationality=("KP",))
    assert types([whole, smaller], text) == []
    others = claim(text, "may exceed 600", "recruited", bound="may_exceed", nationality=("KP",))
    assert types([whole, others], text) == []


def test_a_nationality_with_foreigners_among_it_means_the_side_served() -> None:
    text = "Over 9,000 Russian soldiers were killed. Among the dead are 500 foreign nationals."
    whole = claim(text, "Over 9,000", bound="more_than", nationality=("RU",), nationality_text="Russian", group="soldiers")
    part = claim(text, "500", group="foreign nationals", subset_of=whole.id)
    (found,) = check_document([whole, part], text)
    assert found.type is T.UNDEFINED_SCOPE and "side served" in found.words
    assert types([whole, claim(text, "500", group="women", subset_of=whole.id)], text) == []


def test_casualties_are_open_until_they_are_split() -> None:
    text = "900 casualties: 300 killed and 600 wounded"
    whole = claim(text, "900", "casualties")
    assert types([whole], text) == [T.CASUALTIES_OPEN]
    parts = [claim(text, "300", subset_of=whole.id), claim(text, "600", "wounded", subset_of=whole.id)]
    assert types([whole, *parts], text) == []
    assert types([claim(text, "900", "casualties", low=0, high=0)], text) == []


HEAD = "Mine blast: death toll rises to 39\n\nRescuers found three bodies. So 38 people have died, the ministry said."


def test_a_headline_that_the_body_contradicts_is_found() -> None:
    claims = [claim(HEAD, "39"), claim(HEAD, "38", attribution="the ministry")]
    assert types(claims, HEAD) == [T.HEADLINE_VS_BODY]


def test_what_the_body_says_of_some_people_alone_does_not_contradict_the_headline() -> None:
    assert types([claim(HEAD, "39"), claim(HEAD, "38", nationality=("CL",))], HEAD) == []


def test_a_headline_that_the_body_repeats_or_rounds_is_none() -> None:
    assert types([claim(HEAD, "39"), claim(HEAD, "38", low=39, high=39)], HEAD) == []
    assert types([claim(HEAD, "39", bound="approx", low=40, high=40), claim(HEAD, "38")], HEAD) == []


SAID = "The ministry says 38 Nepalis are dead; the families speak of more than 60 men killed."


def two_speakers(outcome: str = "killed", **fields: Any) -> list[Claim]:
    second: dict[str, Any] = {"bound": "more_than", "nationality": ("NP",), "group": "men", "attribution": "the families"}
    return [
        claim(SAID, "38", nationality=("NP",), attribution="The ministry"),
        claim(SAID, "more than 60", outcome, **{**second, **fields}),
    ]


def test_two_speakers_whose_bounds_exclude_each_other_differ() -> None:
    (found,) = check_document(two_speakers(), SAID)
    assert found.type is T.TWO_SOURCES_DIFFER and found.certainty is Certainty.CERTAIN and len(found.claims) == 2


@pytest.mark.parametrize(
    "fields",
    [
        {"nationality": ("KE",)},
        {"attribution": "the foreign ministry"},
        {"attribution": None},
        {"low": 30},
        {"outcome": "missing"},
        {"increment": True},
        {"unit": Unit.PERCENT},
    ],
    ids=str,
)
def test_two_figures_that_are_not_of_one_thing_do_not_differ(fields: dict[str, Any]) -> None:
    assert types(two_speakers(**fields), SAID) == []


def test_a_part_told_by_another_speaker_does_not_contradict_the_whole() -> None:
    first, second = two_speakers(low=20, bound="exact", group="officers")
    assert types([first, second], SAID) == []


def test_two_small_figures_of_people_whom_nothing_names_are_two_events() -> None:
    text = "Police count 4 dead in the south. The army has 7 killed. A doctor counts 40 dead, a priest 57."
    speakers = {"4": "Police", "7": "The army", "40": "A doctor", "57": "a priest"}
    claims = [claim(text, number, attribution=who) for number, who in speakers.items()]
    (found,) = check_document(claims, text)
    assert [c.low for c in found.claims] == [40, 57] and found.certainty is Certainty.LIKELY


def test_a_years_dead_are_no_running_total() -> None:
    claims = [
        claim("50 dead in 2021", "50", nationality=("NP",), as_of="in 2021"),
        claim("x 40 dead in 2022", "40", nationality=("NP",), as_of="in 2022"),
    ]
    assert types(claims) == []


def test_about_is_near_and_not_exact() -> None:
    text = "The staff holds at least 206 prisoners; the agency named about 180."
    claims = [
        claim(text, "at least 206", "captured", bound="at_least", attribution="The staff"),
        claim(text, "about 180", "captured", bound="approx", attribution="the agency"),
    ]
    (found,) = check_document(claims, text)
    assert found.type is T.TWO_SOURCES_DIFFER and found.certainty is Certainty.LIKELY


def test_a_withdrawn_figure_stands_beside_the_one_that_replaces_it() -> None:
    text = "Not 27 but 25 people died."
    claims = [claim(text, "27", retracted=True), claim(text, "25")]
    (found,) = check_document(claims, text)
    assert found.type is T.SELF_CONTRADICTION and [c.low for c in found.claims] == [27, 25]


def test_one_number_with_two_speakers_is_a_question() -> None:
    text = "The ministry says 600 died. The agency also has 600 dead."
    claims = [claim(text, "600", attribution="The ministry"), claim(text, "600", after="also", attribution="The agency")]
    (found,) = check_document(claims, text)
    assert found.type is T.TWO_SPEAKERS and not found.is_contradiction


def test_one_number_of_the_dead_and_of_the_dead_and_wounded_contradicts() -> None:
    text = "The president said 4,000 were killed and wounded, his general that 4,000 are dead."
    claims = [
        claim(text, "4,000", "killed+wounded", attribution="The president"),
        claim(text, "4,000", after="general", attribution="his general"),
    ]
    (found,) = check_document(claims, text)
    assert found.type is T.SELF_CONTRADICTION


def test_a_figure_that_fell_is_found_between_documents_and_a_rise_is_not() -> None:
    days = {"old": PartialDate.from_edtf("2025-01-10"), "new": PartialDate.from_edtf("2025-03-10")}
    old = claim("46 dead", "46", document="old", id="a", nationality=("KG",), attribution="the ministry")
    new = claim("39 dead", "39", document="new", id="b", nationality=("KG",), attribution="the ministry")
    assert [f.type for f in check_claims([old, new], published=days)] == [T.WENT_DOWN]
    assert list(check_claims([old, new], published={"old": days["new"], "new": days["old"]})) == []
    assert list(check_claims([old, new])) == []


def test_two_documents_of_one_day_differ_unless_they_are_of_one_lineage() -> None:
    days = dict.fromkeys(("x", "y"), PartialDate.from_edtf("2025-01-10"))
    claims = [
        claim(f"{n} dead", str(n), document=d, id=d, nationality=("KG",), attribution=who)
        for n, d, who in ((46, "x", "the ministry"), (141, "y", "a deputy"))
    ]
    assert [f.type for f in check_claims(claims, published=days)] == [T.TWO_SOURCES_DIFFER]
    assert list(check_claims(claims, published=days, lineages=[frozenset("xy")])) == []


def test_a_rate_has_the_bounds_of_its_claims_and_no_mean() -> None:
    text = "At least 288 were recruited, 16 of them dead."
    whole = claim(text, "At least 288", "recruited", bound="at_least")
    (rate,) = find_rates([whole, claim(text, "16", subset_of=whole.id)])
    assert (rate.low, rate.words) == (0, "at most 5.6%")
    assert rate.high == pytest.approx(16 / 288)
    spread = claim(text, "At least 288", "recruited", bound="range", low=200, high=400)
    (rate,) = find_rates([spread, claim(text, "16", subset_of=spread.id)])
    assert rate.words == "4.0% to 8.0%"


def test_no_rate_is_made_of_two_claimants() -> None:
    text = "The state recruited 288, the families count 16 dead."
    whole = claim(text, "288", "recruited", nationality=("LK",), attribution="The state")
    part = claim(text, "16", nationality=("LK",), attribution="the families")
    assert list(find_rates([whole, part])) == []


@pytest.mark.parametrize(
    ("words", "published", "edtf"),
    [
        (None, "2025-07", "2025-07"),
        ("by July 2025", None, "2025-07"),
        ("on 3 March", "2025-07-22", "2025-03-03"),
        ("in December", "2025-07-22", None),
        ("at the time", "2025-07-22", None),
        (None, None, None),
    ],
)
def test_a_date_is_only_what_the_text_or_its_publication_gives(
    words: str | None, published: str | None, edtf: str | None
) -> None:
    found = resolve_date(claim("5 dead", "5", as_of=words), PartialDate.from_edtf(published) if published else None)
    assert (found.edtf if found else None) == edtf


def test_a_claim_in_doubt_makes_nothing_certain() -> None:
    claims = two_speakers(needs_review=True)
    (found,) = check_document(claims, SAID)
    assert found.certainty is Certainty.LIKELY


def test_nothing_is_found_where_there_are_no_claims() -> None:
    assert check_document([], "Nobody said anything.") == []


def read_gold(folder: Path) -> dict[str, list[Claim]]:
    found: dict[str, list[Claim]] = defaultdict(list)
    names = [name for name in Claim.__dataclass_fields__ if name not in ("needs_review", "doubts")]
    for line in (folder / "claims.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        if record["kind"] != "claim":
            continue
        fields = {name: record[name] for name in names if record.get(name) is not None}
        fields.update(low=record["low"], high=record["high"], bound=Bound(record["bound"]), unit=Unit(record["unit"]))
        fields.update(modality=Modality(record["modality"]), nationality=tuple(record["nationality"] or ()))
        found[record["document"]].append(Claim(**fields))
    return found


def test_annotated_inconsistencies_are_found_in_annotated_claims(shared_data: Callable[[str], Path]) -> None:
    folder = shared_data("claims-dev")
    wanted: dict[str, list[tuple[str, set[str]]]] = defaultdict(list)
    for line in (folder / "inconsistencies.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        wanted[record["document"]].append((record["type"], set(record["claims"])))
    size = sum(map(len, wanted.values()))
    hits = false = 0
    for name, claims in read_gold(folder).items():
        with (folder / "texts" / f"{name}.txt").open(encoding="utf-8", newline="") as stream:
            text = stream.read()
        for finding in check_document(sorted(claims, key=lambda c: c.number_start), text):
            match = next(
                (w for w in wanted[name] if w[0] == finding.type and len(w[1] & set(finding.ids)) >= min(2, len(w[1]))), None
            )
            if match:
                wanted[name].remove(match)
                hits += 1
            elif finding.is_contradiction or finding.type is T.UNDEFINED_SCOPE:
                false += 1
    assert hits / size >= 0.75 and hits / (hits + false) >= 0.85, (hits, false, size)


def test_the_article_shows_what_does_not_fit(shared_data: Callable[[str], Path]) -> None:
    from cenotaph.extract import read_claims

    text = shared_data("articles/central-asia-2025.txt").read_text(encoding="utf-8")
    found = check_document(read_claims(text).claims, text)
    rank = next(f for f in found if f.type is T.RANK_ORDER)
    assert {c.nationality: c.low for c in rank.claims} == {("TJ",): 72, ("UZ",): 66, ("NP",): 70}
    scope = next(f for f in found if f.type is T.SCOPE_UNCLEAR)
    assert [c.low for c in scope.claims] == [500, 600]
    side = next(f for f in found if f.type is T.UNDEFINED_SCOPE)
    assert [c.low for c in side.claims] == [118_000, 500]
    assert not [f for f in found if f.type in (T.TWO_SOURCES_DIFFER, T.SUBSET_EXCEEDS, T.TOTAL_VS_PARTS)]
