"""What a standard makes of evidence: by hand, one rule at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cenotaph.assess.derivation import derive, rank
from cenotaph.assess.scope import Verdict, parse_scope, recorded_scope
from cenotaph.assess.standard import Standard, load_standard, parse_standard, recorded_standard, standard_names
from cenotaph.assess.values import Stated, choose_values
from cenotaph.domain.errors import MappingError, NotFoundError
from cenotaph.domain.evidence import Basis, Event, Evidence
from cenotaph.domain.sources import SourceKind
from cenotaph.domain.standing import Fate, Grade, Legal, Review


def report(
    name: str,
    kind: SourceKind,
    lineage: str | None = None,
    *,
    day: int = 1,
    fate: Fate = Fate.DEAD,
    events: tuple[Event, ...] = (),
    basis: Basis = Basis.EXAMINED,
    independent: bool = True,
    fields: tuple[str, ...] = ("name", "death", "age"),
) -> Evidence:
    known = date(2024, 3, day)
    return Evidence(name, lineage or name, kind, fate, known, events, basis, independent, frozenset(fields))


NEWSROOM, TWO, RECORDING = (load_standard(name) for name in ("newsroom", "two-sources", "casualty-recording"))
ALL = (NEWSROOM, TWO, RECORDING)


def test_three_standards_ship_each_with_its_citation() -> None:
    assert set(standard_names()) == {"newsroom", "two-sources", "casualty-recording"}
    for standard in ALL:
        assert len(standard.citation) > 20 and standard.text.strip()


def test_a_relatives_word_confirms_for_a_newsroom_and_only_reports_where_two_sources_are_asked() -> None:
    one = [report("a", SourceKind.RELATIVE)]
    assert derive(one, NEWSROOM).standing.grade is Grade.CONFIRMED
    assert derive(one, TWO).standing.grade is Grade.REPORTED


def test_the_derivation_says_when_by_what_and_under_which_rule() -> None:
    found = derive([report("a", SourceKind.RELATIVE, day=1), report("b", SourceKind.CEMETERY, day=2)], TWO)
    assert found.words == (
        "dead, confirmed on 2024-03-02: cemetery and relative, 2 lineages; rule lineages.confirmed of two-sources"
    )
    assert found.since == date(2024, 3, 2)
    assert found.counted == ("a", "b")


@pytest.mark.parametrize("standard", ALL, ids=lambda s: s.id)
def test_a_reprint_adds_no_source(standard: Standard) -> None:
    once = [report("a", SourceKind.SOCIAL_MEDIA, "origin")]
    again = [*once, *(report(f"r{n}", SourceKind.COMMUNITY, "origin") for n in range(9))]
    assert derive(again, standard).standing == derive(once, standard).standing
    assert derive(again, standard).lineages == 1


def test_an_unknown_origin_is_not_an_independent_one() -> None:
    items = [report("a", SourceKind.OUTLET), report("b", SourceKind.RELATIVE, independent=False)]
    found = derive(items, TWO)
    assert found.standing.grade is Grade.REPORTED
    assert "not settled" in found.words


@pytest.mark.parametrize("standard", ALL, ids=lambda s: s.id)
@pytest.mark.parametrize("kind", [SourceKind.ROSTER, SourceKind.SEARCH_POST, SourceKind.CAPTIVE, SourceKind.LEAKED])
def test_what_never_counts_leaves_the_fate_unknown_and_says_why(standard: Standard, kind: SourceKind) -> None:
    found = derive([report("a", kind), report("b", kind)], standard)
    assert (found.standing.fate, found.standing.grade) == (Fate.UNKNOWN, None)
    assert {item.report for item in found.set_aside} == {"a", "b"}
    assert "never counts" in found.words


@pytest.mark.parametrize("standard", ALL, ids=lambda s: s.id)
def test_an_adopted_row_stays_reported_until_it_is_examined(standard: Standard) -> None:
    adopted = [report(n, SourceKind.RELATIVE, basis=Basis.ADOPTED) for n in "abc"]
    found = derive(adopted, standard)
    assert (found.standing.grade, found.rule) == (Grade.REPORTED, "adopted")


def test_a_value_that_the_standard_asks_for_and_nobody_gives_holds_a_grade_back() -> None:
    items = [report("a", SourceKind.REGISTRY, fields=("name",))]
    found = derive(items, RECORDING)
    assert (found.standing.grade, found.rule) == (Grade.CORROBORATED, "fields.known")
    assert "death or burial or found" in found.words


def test_a_court_presumes_a_death_and_places_it_on_the_legal_axis() -> None:
    missing = report("a", SourceKind.COURT, fate=Fate.MISSING, events=(Event.COURT,))
    found = derive([missing], TWO)
    assert found.standing.fate is Fate.PRESUMED_DEAD
    assert found.standing.legal is Legal.DECLARED_DEAD
    annulled = report("b", SourceKind.COURT, fate=Fate.ALIVE, events=(Event.ANNULLED,), day=5)
    assert derive([missing, annulled], TWO).standing.legal is Legal.ANNULLED


def test_he_rings_he_is_alive_and_the_death_is_withdrawn_or_contested() -> None:
    items = [report("a", SourceKind.RELATIVE), report("b", SourceKind.OUTLET, day=2)]
    call = report("c", SourceKind.RELATIVE, fate=Fate.ALIVE, events=(Event.SIGN_OF_LIFE,), day=9)
    newsroom = derive([*items, call], NEWSROOM).standing
    assert (newsroom.fate, newsroom.review) == (Fate.ALIVE, Review.WITHDRAWN)
    two = derive([*items, call], TWO).standing
    assert (two.fate, two.grade, two.review) == (Fate.DEAD, Grade.CONFIRMED, Review.CONTESTED)


def test_a_sign_of_life_from_before_the_death_withdraws_nothing() -> None:
    items = [
        report("a", SourceKind.RELATIVE, fate=Fate.ALIVE, events=(Event.SIGN_OF_LIFE,), day=1),
        report("b", SourceKind.RELATIVE, day=8),
    ]
    assert derive(items, NEWSROOM).standing.fate is Fate.DEAD


def test_as_of_a_day_only_what_was_known_by_then_counts() -> None:
    items = [report("a", SourceKind.OUTLET, day=1), report("b", SourceKind.RELATIVE, day=20)]
    assert derive(items, TWO, date(2024, 3, 10)).standing.grade is Grade.REPORTED
    assert derive(items, TWO, date(2024, 3, 20)).standing.grade is Grade.CONFIRMED
    assert derive(items, TWO, date(2024, 2, 1)).standing.fate is Fate.UNKNOWN


kinds = st.sampled_from(list(SourceKind))
evidence = st.builds(
    report,
    st.uuids().map(str),
    kinds,
    st.sampled_from(["x", "y", "z", None]),
    day=st.integers(1, 28),
    independent=st.booleans(),
    basis=st.sampled_from(list(Basis)),
    fields=st.sampled_from([("name",), ("name", "death", "age")]),
)


@given(st.lists(evidence, max_size=6), st.sampled_from(ALL), st.randoms())
def test_the_order_of_reports_changes_nothing(items: list[Evidence], standard: Standard, random: object) -> None:
    mixed = list(items)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert derive(items, standard) == derive(mixed, standard)


@given(st.lists(evidence, min_size=1, max_size=5), evidence, st.sampled_from(ALL))
def test_more_evidence_of_one_fate_never_lowers_a_grade(items: list[Evidence], more: Evidence, standard: Standard) -> None:
    before, after = derive(items, standard), derive([*items, more], standard)
    assert rank(after.standing.grade) >= rank(before.standing.grade)


GOOD = """schema = 1
id = "mine"
title = "Mine"
text = "What it asks."
citation = "Ourselves."
[kinds]
alone = ["relative"]
together = ["outlet"]
[lineages]
independent = "judged"
corroborated = 2
confirmed = 2
"""


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("schema = 1", "schema = 9", "line 1.*version"),
        ('alone = ["relative"]', 'alone = ["relativ"]', "line 7.*Did you mean relative"),
        ('alone = ["relative"]', 'alone = ["captive"]', "line 7.*captivity"),
        ('together = ["outlet"]', 'together = ["relative"]', "line 8.*alone too"),
        ("corroborated = 2", "corroborated = 1", "line 11.*whole number"),
        ("confirmed = 2", "confirmed = 1", "line 12.*corroborate"),
        ('"judged"', '"guessed"', "line 10.*none of what"),
        ("confirmed = 2", "confirmed = 2\nhow = 3", "line 13.*no such key"),
        ('title = "Mine"', 'title = ""', "line 3.*no text"),
        ('id = "mine"', 'id = "My Own"', "line 2.*no id"),
        ("[lineages]", "[lineage]", "line 9.*Did you mean lineages"),
        ("[kinds]", "[fields]\nknown = ['shoe']\n[kinds]", "line 7.*no value"),
    ],
)
def test_a_mistake_in_a_standard_is_refused_with_its_line(old: str, new: str, words: str) -> None:
    assert parse_standard(GOOD).id == "mine"
    with pytest.raises(MappingError, match=words):
        parse_standard(GOOD.replace(old, new))


@pytest.mark.parametrize("name", standard_names())
def test_a_standard_and_a_scope_are_read_back_from_what_the_record_keeps(name: str) -> None:
    standard = load_standard(name)
    assert recorded_standard(standard.record()) == standard
    scope = parse_scope(
        'schema = 1\nid = "s"\ntitle = "S"\n[time]\nfrom = "2022-02-24"\nundated = "in"\n'
        '[[condition]]\naxis = "nationality"\nwithout = ["RU"]\nunknown = "out"\nwords = "foreign"\n'
    )
    assert recorded_scope(scope.record()) == scope


def test_a_standard_that_is_not_there_names_those_that_are() -> None:
    with pytest.raises(NotFoundError, match="newsroom"):
        load_standard("three-sources")


def test_any_change_of_a_standard_is_another_version() -> None:
    assert parse_standard(GOOD).version() != parse_standard(GOOD.replace("confirmed = 2", "confirmed = 3")).version()


SCOPE = """schema = 1
id = "foreigners"
title = "Foreigners"
[time]
from = "2022-02-24"
[[condition]]
axis = "nationality"
without = ["RU"]
unknown = "not_known"
words = "not a Russian citizen when recruited"
[[condition]]
axis = "manner"
without = ["illness"]
unknown = "in"
words = "not dead of an illness"
"""


@pytest.mark.parametrize(
    ("nationality", "manner", "death", "verdict", "words"),
    [
        ({"UZ"}, set(), (date(2024, 1, 1), date(2024, 1, 2)), Verdict.IN, ""),
        ({"RU"}, set(), (date(2024, 1, 1), date(2024, 1, 2)), Verdict.OUT, "citizen"),
        (set(), set(), (date(2024, 1, 1), date(2024, 1, 2)), Verdict.NOT_KNOWN, "citizen"),
        ({"UZ", "RU"}, set(), (date(2024, 1, 1), date(2024, 1, 2)), Verdict.NOT_KNOWN, "citizen"),
        ({"UZ"}, {"illness"}, (date(2024, 1, 1), date(2024, 1, 2)), Verdict.OUT, "illness"),
        ({"UZ"}, set(), (date(2021, 1, 1), date(2021, 2, 1)), Verdict.OUT, "died"),
        ({"UZ"}, set(), (date(2022, 1, 1), date(2023, 1, 1)), Verdict.NOT_KNOWN, "died"),
        ({"UZ"}, set(), (None, None), Verdict.NOT_KNOWN, "died"),
    ],
)
def test_a_scope_says_who_counts_and_by_which_condition(
    nationality: set[str], manner: set[str], death: tuple[date | None, date | None], verdict: Verdict, words: str
) -> None:
    keys = {"nationality": frozenset(nationality), "manner": frozenset(manner)}
    found, why = parse_scope(SCOPE).judge(keys, death)
    assert found is verdict
    assert words in why


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('without = ["RU"]', 'without = ["RUS"]', "line 8.*no place"),
        ('without = ["illness"]', 'without = ["sickness"]', "line 13.*no code"),
        ('axis = "manner"', 'axis = "maner"', "line 12.*no axis"),
        ('from = "2022-02-24"', 'from = "soon"', "line 5.*no day"),
        ('from = "2022-02-24"', 'from = "2022-02-24"\nbefore = "2021"', "line 6.*not after"),
        ('unknown = "in"', 'unknown = "maybe"', "line 14.*none of what"),
    ],
)
def test_a_mistake_in_a_scope_is_refused_with_its_line(old: str, new: str, words: str) -> None:
    with pytest.raises(MappingError, match=words):
        parse_scope(SCOPE.replace(old, new))


def state(value: str, report_id: str, kind: SourceKind = SourceKind.OUTLET, **more: object) -> Stated:
    return Stated("birth", value, report_id, str(more.pop("lineage", report_id)), kind, **more)  # type: ignore[arg-type]


def test_the_value_of_more_lineages_stands_and_the_other_stays_visible() -> None:
    items = [state("1990", "a"), state("1990", "b"), state("1991", "c")]
    found = choose_values(items, TWO)["birth"]
    assert (found.value, found.reports, found.losing) == ("1990", ("a", "b"), (("1991", ("c",)),))


def test_reprints_of_a_value_weigh_once() -> None:
    items = [state("1991", f"r{n}", lineage="origin") for n in range(5)] + [state("1990", "a"), state("1990", "b")]
    assert choose_values(items, TWO)["birth"].value == "1990"


def test_an_examined_value_goes_before_adopted_ones_and_a_source_that_never_counts_gives_none() -> None:
    adopted = [state("1991", f"r{n}", basis=Basis.ADOPTED) for n in range(3)]
    assert choose_values([*adopted, state("1990", "a")], TWO)["birth"].value == "1990"
    leaked = [state("1980", f"l{n}", SourceKind.LEAKED) for n in range(9)]
    assert choose_values([*leaked, state("1990", "a")], TWO)["birth"].value == "1990"
    assert choose_values(leaked, TWO)["birth"].value == "1980"


def test_of_equals_the_narrower_date_stands_then_the_one_known_first() -> None:
    day, year = state("1990-05-01", "a", width=0), state("1990", "b", width=364)
    assert choose_values([year, day], TWO)["birth"].value == "1990-05-01"
    early, late = state("x", "a", known_on=date(2024, 1, 1)), state("w", "b", known_on=date(2024, 2, 1))
    assert choose_values([late, early], TWO)["birth"].value == "x"


def test_a_grade_names_the_rule_that_gave_it_on_its_day_beside_the_one_by_which_it_stands() -> None:
    items = [
        report("a", SourceKind.RELATIVE, day=1),
        report("b", SourceKind.OUTLET, day=9, events=(Event.IDENTIFIED,)),
    ]
    found = derive(items, NEWSROOM)
    assert (found.rule, found.since) == ("events.identified", date(2024, 3, 1))
    assert "confirmed on 2024-03-01 by rule kinds.alone; now: " in found.words
    assert found.words.endswith("rule events.identified of newsroom")


def test_a_standard_that_its_writer_may_not_have_meant_is_warned_of() -> None:
    from cenotaph.assess.standard import find_doubts

    for standard in ALL:
        assert not [words for words in find_doubts(standard) if "leaked" in words]
    leaked = find_doubts(replace(TWO, alone=TWO.alone | {SourceKind.LEAKED}, fields=()))
    assert [("leaked" in leaked[0]), ("fields.known is empty" in leaked[1])] == [True, True]
