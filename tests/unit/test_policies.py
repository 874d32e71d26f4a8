"""What a policy shows, and what nobody gets back from what it withholds."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cenotaph.domain.errors import MappingError
from cenotaph.domain.sources import SourceKind
from cenotaph.domain.standing import Fate
from cenotaph.publish.policy import Case, Show, Withheld, decide, is_contradicted, is_minor, parse_policy, show_value
from cenotaph.publish.release_cohorts import Earlier
from cenotaph.publish.release_rows import WITHHELD, Candidate, Piece, Rows, make_rows, name_opaque

POLICY = """schema = 1
id = "public"
title = "Public"
hold_days = 14
least = 3
opaque = ["nationality"]
[fields]
name = "show"
age = "band"
death = "month"
nationality = "show"
path = "show"
[sources]
outlet = "host"
relative = "kind"
"""
TODAY = date(2024, 6, 1)
SINCE = date(2024, 5, 1)


def case(
    fate: Fate = Fate.DEAD, *, since: date | None = SINCE, word: bool | None = None, sealed: bool = False, **values: str
) -> Case:
    return Case(fate, values, since, word, sealed)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (case(), None),
        (case(Fate.MISSING), Withheld.PRIVATE),
        (case(Fate.ALIVE, word=True), Withheld.PRIVATE),
        (case(Fate.CAPTIVE), Withheld.PRIVATE),
        (case(age="17"), Withheld.PROTECTED),
        (case(age="17", word=True), None),
        (case(age="16-19"), Withheld.PROTECTED),
        (case(birth="2010", death="2024-03"), Withheld.PROTECTED),
        (case(manner="in_captivity"), Withheld.PROTECTED),
        (case(since=date(2024, 5, 20)), Withheld.HOLD),
        (case(since=None), Withheld.HOLD),
        (case(word=False), Withheld.REQUEST),
        (case(sealed=True), Withheld.SEALED),
    ],
)
def test_who_is_shown_is_decided_case_by_case(given: Case, expected: Withheld | None) -> None:
    assert decide(parse_policy(POLICY), given, TODAY) is expected


@pytest.mark.parametrize(
    ("value", "how", "shown"),
    [
        ("34", Show.BAND, "30-39"),
        ("38-42", Show.BAND, None),
        ("2024-03-02", Show.MONTH, "2024-03"),
        ("2024-03-30/2024-04-02", Show.MONTH, None),
        ("2024-03-30/2024-04-02", Show.YEAR, "2024"),
        ("2024", Show.MONTH, None),
        ("x", Show.WITHHOLD, None),
    ],
)
def test_values_are_shown_no_more_precisely_than_the_policy_says(value: str, how: Show, shown: str | None) -> None:
    assert show_value("field", value, how) == shown


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('age = "band"', 'age = "year"', "line 9.*none of what"),
        ('opaque = ["nationality"]', 'opaque = ["unit"]', "line 6.*not shown"),
        ('opaque = ["nationality"]', 'opaque = ["name"]', "line 6.*not shown"),
        ('relative = "kind"', 'relative = "host"', "line 15.*private person"),
        ('relative = "kind"', 'leaked = "kind"', "line 15.*never shown"),
        ("least = 3", 'least = 3\nfates = ["missing"]', "line 6.*never shown"),
        ('path = "show"', 'pathh = "show"', "line 12.*Did you mean path"),
    ],
)
def test_a_policy_that_would_show_too_much_is_refused_with_its_line(old: str, new: str, words: str) -> None:
    with pytest.raises(MappingError, match=words):
        parse_policy(POLICY.replace(old, new))


def someone(name: str, nationality: str, *, word: bool | None = None, figures: tuple[str, ...] = ("dead",)) -> Candidate:
    pieces = (
        Piece("r1", SourceKind.RELATIVE, "l1", "2024-03", "vk.example"),
        Piece("r2", SourceKind.OUTLET, "l2", "2024-03", "outlet.example"),
        Piece("r3", SourceKind.LEAKED, "l3", "2024-03", "leak.example"),
    )
    values = {"name": f"Name {name}", "age": "34", "death": "2024-03-02", "nationality": nationality, "unit": "71 brigade"}
    how = Case(Fate.DEAD, values, SINCE, word)
    names = (("N", "Latn", "en"),)
    return Candidate(name, how, "confirmed", "none", "open", 2, True, "words", names, pieces, figures)


def make(people: list[Candidate], earlier: Earlier | None = None, secret: bytes = b"s") -> Rows:
    return make_rows(people, parse_policy(POLICY), TODAY, secret, earlier)


def test_a_shown_person_has_only_what_the_policy_names_and_never_a_leaked_source() -> None:
    (row,) = make([someone("a", "UZ")]).people
    assert row.values == {"name": "Name a", "age": "30-39", "death": "2024-03", "nationality": "UZ"}
    assert [(p.kind, p.host) for p in row.pieces] == [("relative", None), ("outlet", "outlet.example")]


def test_a_withheld_member_is_an_opaque_row_whose_id_leads_nowhere() -> None:
    people = [someone(n, "UZ", word=False) for n in "abc"]
    rows = make(people).people
    assert {row.withheld for row in rows} == {WITHHELD}
    assert all(row.values == {"nationality": "UZ"} and not row.pieces and not row.names and not row.words for row in rows)
    assert not {row.id for row in rows} & {"a", "b", "c"}
    assert {r.id for r in rows}.isdisjoint(r.id for r in make(people, secret=b"another release").people)


def test_too_few_withheld_people_show_nothing() -> None:
    rows = make([someone("a", "NP", word=False), someone("b", "NP", word=False), someone("c", "UZ")])
    assert [row.values for row in rows.people if row.withheld] == [{"nationality": WITHHELD}] * 2
    assert rows.blanked == 2


def follow(rows: Rows, before: Earlier | None = None) -> Earlier:
    """Return what the next release must know of one."""
    once = rows.shown | (before.once if before else frozenset())
    return Earlier(rows.settled, ("nationality",), once, frozenset({Fate.DEAD}))


def count_axes(rows: Rows) -> Counter[str]:
    return Counter(row.values["nationality"] for row in rows.people if row.withheld)


def test_whoever_comes_waits_until_enough_came_and_takes_nothing_from_those_before() -> None:
    first = make([someone(n, "NP", word=False) for n in "abc"])
    second = make([someone(n, "NP", word=False) for n in "abcd"], follow(first))
    assert count_axes(second) == {"NP": 3, WITHHELD: 1}
    third = make([someone(n, "NP", word=False) for n in "abcd"], follow(second))
    assert count_axes(third) == {"NP": 3, WITHHELD: 1}, "one more than three would be one, however many releases later"
    fourth = make([someone(n, "NP", word=False) for n in "abcdef"], follow(third))
    assert count_axes(fourth) == {"NP": 6}


def test_whoever_was_shown_is_no_cover_for_one_who_never_was() -> None:
    known = [someone(n, "NP") for n in "abc"]
    first = make([*known, someone("minor", "NP", word=False)])
    withdrawn = [someone(n, "NP", word=False) for n in "abc"]
    second = make([*withdrawn, someone("minor", "NP", word=False)], follow(first))
    assert count_axes(second) == {"NP": 3, WITHHELD: 1}, "a reader subtracts the three"
    few = make([*withdrawn[:2], known[2], someone("minor", "NP", word=False)], follow(first))
    assert count_axes(few) == {WITHHELD: 3}


def test_few_who_left_are_told_by_no_difference_unless_they_left_in_the_open() -> None:
    people = [someone(n, "NP", word=False) for n in "abcde"]
    first = make(people)
    second = make(people[1:], follow(first))
    assert count_axes(second) == {WITHHELD: 4}
    assert count_axes(make(people[1:], follow(second))) == {WITHHELD: 4}
    assert count_axes(make([someone("a", "NP"), *people[1:]], follow(first))) == {"NP": 4}


def test_withheld_people_shown_by_other_axes_than_before_show_none_of_them_in_one_release() -> None:
    people = [someone(n, "NP", word=False) for n in "abcd"]
    first = make(people)
    assert count_axes(make(people, follow(first))) == {"NP": 4}
    others = make(people, replace(follow(first), axes=("nationality", "unit")))
    assert count_axes(others) == {WITHHELD: 4} and others.blanked == 4
    more = [*people, someone("e", "NP", word=False)]
    assert count_axes(make(more, follow(others))) == {"NP": 4, WITHHELD: 1}, "a detour by other axes gives nobody back"


def test_whoever_was_shown_and_is_missing_now_is_in_no_row() -> None:
    figures = ("missing",)
    first = make([someone("a", "NP"), someone("b", "NP")])
    gone = replace(someone("a", "NP", figures=figures), case=replace(someone("a", "NP").case, fate=Fate.MISSING))
    never = replace(gone, person="c")
    second = make([gone, someone("b", "NP"), never], follow(first))
    assert len(second.people) == 2 and sum(second.told.values()) == 1 and "a" not in second.figures


def test_a_class_counts_nobody_who_was_shown() -> None:
    first = make([someone(n, "NP") for n in "abcdef"])
    second = make([someone(n, "NP", word=False) for n in "abcdefg"], follow(first))
    assert second.told == {"not_said": 7} and second.withheld == {"request": 7}
    third = make([someone(n, "NP", word=False) for n in "abcdefghi"], follow(second, follow(first)))
    assert third.told == {"request": 3, "not_said": 6}
    fourth = make([someone(n, "NP", word=False) for n in "abcdefghij"], follow(third, follow(second, follow(first))))
    assert fourth.told == {"request": 3, "not_said": 7}


@given(
    st.lists(
        st.lists(st.tuples(st.sampled_from(["UZ", "NP"]), st.sampled_from(["shown", "withheld", "gone"])), min_size=9),
        min_size=2,
        max_size=5,
    )
)
def test_what_withheld_rows_share_is_never_few_nor_differs_by_few_over_any_releases(
    releases: list[list[tuple[str, str]]],
) -> None:
    """Of people never shown: the smallest number in a class, and in the difference of any two releases, by who is in it."""
    policy = parse_policy(POLICY)
    earlier, displayed = Earlier(), list[tuple[dict[str, frozenset[str]], frozenset[str]]]()
    once: frozenset[str] = frozenset()
    for release in releases:
        people = [
            someone(f"p{n}", place, word=False if how == "withheld" else None)
            for n, (place, how) in enumerate(release)
            if how != "gone"
        ]
        rows = make(people, earlier)
        once |= rows.shown
        earlier = follow(rows, earlier)
        by_id = {row.id: row for row in rows.people}
        found: dict[str, frozenset[str]] = {}
        for place in ("UZ", "NP"):
            opaque = {c.person: by_id[name] for c in people if (name := name_opaque(c.person, b"s")) in by_id}
            inside = {person for person, row in opaque.items() if row.values["nationality"] == place}
            found[place] = frozenset(inside - once)
            assert not 0 < len(inside) < policy.least
            assert not 0 < len(found[place]) < policy.least
        displayed.append((found, once))
    for at, (found, known) in enumerate(displayed[1:], 1):
        for place, inside in found.items():
            before = displayed[at - 1][0][place] - known
            if inside and before and inside > before:
                assert len(inside - before) >= policy.least


def test_the_order_of_people_changes_nothing() -> None:
    people = [someone(n, "UZ", word=None if n in "ab" else False) for n in "abcde"]
    assert make(people) == make(people[::-1])


@pytest.mark.parametrize(
    ("values", "minor"),
    [
        ({"birth": "2006-08-30", "death": "2024-03-02"}, True),
        ({"birth": "2006-03-02", "death": "2024-03-01"}, True),
        ({"birth": "2006-03-01", "death": "2024-03-01"}, False),
        ({"birth": "2006", "death": "2024-03-02"}, True),
        ({"birth": "2005", "death": "2024"}, False),
        ({"birth": "2015-01-01"}, True),
        ({"birth": "1990"}, False),
        ({"age": "15-19"}, True),
        ({"age": "18"}, False),
        ({"death": "2024"}, False),
        ({"birth": "2007-01-01", "age": "25", "death": "2023-05-01"}, True),
        ({"birth": "2012", "age": "40", "death": "2023"}, True),
        ({"birth": "1990-01-01", "age": "17", "death": "2023-05-01"}, True),
        ({"birth": "2012-01-01", "age": "40"}, True),
    ],
)
def test_who_may_have_been_a_minor_by_completed_years_is_protected(values: dict[str, str], minor: bool) -> None:
    assert is_minor(values, date(2024, 6, 1)) is minor


@pytest.mark.parametrize("losing", [(("age", "17"),), (("birth", "2008-05-01"),), (("birth", "1990"), ("age", "16-40"))])
def test_a_value_that_does_not_stand_is_enough_for_a_doubt_and_the_doubt_is_named(losing: tuple[tuple[str, str], ...]) -> None:
    sure = case(age="25", birth="1999-01-01", death="2024-03-02")
    doubted = replace(sure, losing=losing)
    assert decide(parse_policy(POLICY), sure, TODAY) is None and not is_contradicted(sure)
    assert decide(parse_policy(POLICY), doubted, TODAY) is Withheld.PROTECTED and is_contradicted(doubted)
    assert decide(parse_policy(POLICY), replace(doubted, word=True), TODAY) is None


def test_a_death_that_does_not_stand_and_is_earlier_may_make_a_minor() -> None:
    doubted = replace(case(birth="2006-01-01", death="2024-03-02"), losing=(("death", "2023-03-02"),))
    assert decide(parse_policy(POLICY), doubted, TODAY) is Withheld.PROTECTED and is_contradicted(doubted)
    assert not is_contradicted(case(age="17")), "all say the same"
