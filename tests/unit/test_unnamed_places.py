"""Unnamed places: combined from what sources state, filled by naming, never doubled."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cenotaph.count.figure_files import parse_figures
from cenotaph.count.figures import CountedPerson, FigureDefinition, count_figure
from cenotaph.count.incidents import Places, Stated, combine, count_unnamed
from cenotaph.domain.errors import MappingError, ValueFormatError
from cenotaph.domain.standing import Fate, Grade

ALL = {"grades": tuple(Grade), "scope": ("in",), "where": ()}


def places(low: int, high: int | None, *victims: str, keys: dict[str, str] | None = None, **more: object) -> Places:
    values: dict[str, object] = {"grade": Grade.CONFIRMED, **more}
    return Places("i", keys or {}, low, high, victims=frozenset(victims), **values)  # type: ignore[arg-type]


def test_different_origins_give_the_widest_range_and_one_origins_latest_word_stands() -> None:
    first = Stated("1", "a", 1, 2, date(2024, 3, 1))
    later = Stated("2", "a", 5, 5, date(2024, 3, 4))
    assert combine([first, later]) == (5, 5)
    assert combine([later, first]) == (5, 5), "the day decides, not the order of entry"
    assert combine([later, Stated("3", "b", 4, 9, date(2024, 3, 2))]) == (4, 9)
    assert combine([later, Stated("3", "b", 6, None)]) == (5, None)


def test_numbers_that_are_none_are_refused() -> None:
    for low, high in ((-1, 2), (3, 2)):
        with pytest.raises(ValueFormatError):
            Stated("1", "a", low, high)
    with pytest.raises(ValueFormatError):
        combine([])


def test_naming_a_victim_fills_a_place_and_adds_nothing() -> None:
    incident = {"i": [places(5, 7, "a", "b")]}
    found = count_unnamed(incident, {"a": {}, "b": {}, "c": {}}, **ALL)  # type: ignore[arg-type]
    assert (found.low, found.high) == (3, 5)


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 12))
def test_named_and_unnamed_together_never_fall_by_naming(low: int, more: int, named: int) -> None:
    victims = [f"p{n}" for n in range(named)]
    sums = []
    for known in range(named + 1):
        named_now: dict[str, dict[str, str]] = {victim: {} for victim in victims[:known]}
        found = count_unnamed({"i": [places(low, low + more, *victims[:known])]}, named_now, **ALL)  # type: ignore[arg-type]
        assert found.high is not None
        sums.append((known + found.low, known + found.high))
        assert sums[-1] == (max(known, low), max(known, low + more))
    assert sums == sorted(sums)


def test_a_victim_who_does_not_reach_the_figures_grade_fills_none_of_its_places() -> None:
    found = count_unnamed({"i": [places(5, 5, "a", "b")]}, {"a": {}}, **ALL)  # type: ignore[arg-type]
    assert found.low == 4


def test_an_incident_out_of_scope_or_below_the_grade_counts_nothing() -> None:
    asked = {"grades": (Grade.CONFIRMED,), "scope": ("in",), "where": ()}
    for other in (places(5, 5, scope="out"), places(5, 5, grade=Grade.REPORTED), places(5, 5, grade=None)):
        assert count_unnamed({"i": [other]}, {}, **asked).low == 0  # type: ignore[arg-type]


def test_a_condition_takes_the_group_that_meets_it_and_sets_the_unknown_aside() -> None:
    uz = (("nationality", ("UZ",)),)
    asked = {"grades": tuple(Grade), "scope": ("in",), "where": uz}
    whole, group = places(9, 9, "a"), places(4, 6, "a", keys={"nationality": "UZ"})
    found = count_unnamed({"i": [whole, group]}, {"a": {"nationality": "UZ"}}, **asked)  # type: ignore[arg-type]
    assert (found.low, found.high, found.not_placed) == (3, 5, 0)
    found = count_unnamed({"i": [whole]}, {}, **asked)  # type: ignore[arg-type]
    assert (found.low, found.not_placed) == (0, 8)
    narrower = places(2, 2, keys={"nationality": "UZ", "sex": "f"})
    assert count_unnamed({"i": [whole, narrower]}, {}, **asked).low == 0  # type: ignore[arg-type]
    known_otherwise = places(9, 9, keys={"nationality": "TJ"})
    assert count_unnamed({"i": [known_otherwise]}, {}, **asked).not_placed == 0  # type: ignore[arg-type]


def test_whoever_is_known_to_be_another_or_none_of_a_groups_fills_a_place_of_which_nothing_was_known() -> None:
    """Five to seven victims, three of them UZ; the one who is named is TJ: of one of the five at most nothing is known."""
    whole = places(5, 7, "a", scope="not_known")
    uz = places(3, 3, "a", keys={"nationality": "UZ"})
    found = count_unnamed({"i": [whole, uz]}, {"a": {"nationality": "TJ"}}, **ALL)  # type: ignore[arg-type]
    assert (found.low, found.not_placed) == (3, 1)
    tj = {**ALL, "where": (("nationality", ("TJ",)),)}
    found = count_unnamed({"i": [whole, uz]}, {"a": {"nationality": "TJ"}}, **tj)  # type: ignore[arg-type]
    assert (found.low, found.not_placed) == (0, 1), "three are stated to be others, and one is named"
    found = count_unnamed({"i": [whole, uz]}, {"a": {}}, **ALL)  # type: ignore[arg-type]
    assert found.not_placed == 2, "whose nationality nobody knows may be one of the three"
    found = count_unnamed({"i": [whole, uz]}, {"a": {"nationality": "UZ"}}, **ALL)  # type: ignore[arg-type]
    assert (found.low, found.not_placed) == (2, 2)
    abroad = places(1, 1, "a", keys={"nationality": "RU"}, scope="out")
    found = count_unnamed({"i": [whole, uz, abroad]}, {"a": {"nationality": "TJ"}}, **ALL)  # type: ignore[arg-type]
    assert found.not_placed == 0, "who is out of scope is known too"


@given(st.integers(0, 8), st.integers(0, 8), st.lists(st.sampled_from(["UZ", "TJ"]), max_size=6))
def test_named_unnamed_and_doubtful_together_are_what_was_stated(more: int, uz: int, named: list[str]) -> None:
    keys = {f"p{at}": {"nationality": key} for at, key in enumerate(named)}
    whole = places(uz + more, None, *keys, scope="not_known")
    group = places(uz, None, *keys, keys={"nationality": "UZ"})
    found = count_unnamed({"i": [whole, group]}, keys, **ALL)  # type: ignore[arg-type]
    surely = max(uz, named.count("UZ")) + named.count("TJ")
    assert len(named) + found.low + found.not_placed == max(uz + more, surely)


def test_no_most_from_one_incident_is_no_most_for_the_figure() -> None:
    found = count_unnamed({"i": [places(5, None)], "j": [places(1, 2)]}, {}, **ALL)  # type: ignore[arg-type]
    assert (found.low, found.high) == (6, None)


def test_a_figure_shows_the_unnamed_beside_its_members_and_only_where_it_asks() -> None:
    people = [CountedPerson("a", Fate.DEAD, Grade.CONFIRMED)]
    incident = {"i": [places(3, 3, "a")]}
    asked = FigureDefinition("dead", "Dead", "", unnamed=True)
    figure = count_figure(asked, people, incident)
    assert figure.value == 1 and figure.unnamed is not None and figure.unnamed.low == 2
    plain = FigureDefinition("dead", "Dead", "")
    assert count_figure(plain, people, incident).unnamed is None
    assert "unnamed" not in plain.record() and plain.version() != asked.version()


def test_a_file_asks_for_the_unnamed_of_the_dead_alone() -> None:
    text = 'schema = 1\n[[figure]]\nid = "x"\ntitle = "X"\nunnamed = true\n'
    assert parse_figures(text)[0].unnamed
    for wrong in (text.replace("true", '"yes"'), text + 'fates = ["missing"]\n'):
        with pytest.raises(MappingError, match="line"):
            parse_figures(wrong)


def test_who_is_of_another_group_fills_none_of_its_places() -> None:
    both = {"grades": tuple(Grade), "scope": ("in",), "where": (("nationality", ("UZ", "TJ")),)}
    groups = [places(9, 9, "a"), places(3, 3, "a", keys={"nationality": "TJ"}), places(2, 2, "a", keys={"nationality": "UZ"})]
    found = count_unnamed({"i": groups}, {"a": {"nationality": "UZ"}}, **both)  # type: ignore[arg-type]
    assert found.low == 4, "three of TJ and one of UZ are left"
    alone = {**both, "where": (("nationality", ("TJ",)),)}
    assert count_unnamed({"i": groups}, {}, **alone).low == 3  # type: ignore[arg-type]


def test_where_only_a_group_is_known_to_be_in_scope_it_counts_and_the_rest_is_said() -> None:
    groups = [places(5, 5, scope="not_known"), places(3, 3, keys={"nationality": "TJ"})]
    found = count_unnamed({"i": groups}, {}, **ALL)  # type: ignore[arg-type]
    assert (found.low, found.not_placed) == (3, 2)
