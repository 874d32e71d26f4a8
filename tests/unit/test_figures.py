"""Figures counted from people: definitions, members, what is known, and how two states differ."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cenotaph.count.figure_files import parse_figures
from cenotaph.count.figures import CountedPerson, FigureDefinition, Series, compare_figures, count_figure
from cenotaph.domain.errors import MappingError
from cenotaph.domain.standing import Fate, Grade, Review


def person(name: str, nationality: str | None = "UZ", **more: object) -> CountedPerson:
    keys = {"nationality": nationality} if nationality else {}
    values: dict[str, object] = {"fate": Fate.DEAD, "grade": Grade.CONFIRMED, "keys": keys, **more}
    return CountedPerson(name, **values)  # type: ignore[arg-type]


ALL = FigureDefinition("dead", "Dead", "")


def test_a_figure_is_a_minimum_with_its_members_and_what_is_known_of_its_axis() -> None:
    definition = FigureDefinition("dead", "Dead", "", by=("nationality",))
    figure = count_figure(definition, [person("b"), person("a"), person("c", None)])
    assert (figure.value, figure.members) == (3, ("a", "b", "c"))
    assert [(cell.key, cell.value) for cell in figure.cells] == [(("UZ",), 2), (("unknown",), 1)]
    assert figure.known == (("nationality", 2),)


@pytest.mark.parametrize(
    "other",
    [
        person("x", fate=Fate.MISSING),
        person("x", scope="out"),
        person("x", scope="not_known"),
        person("x", review=Review.CONTESTED),
        person("x", sealed_only=True),
        person("x", resolved=False),
        person("x", fate=Fate.UNKNOWN, grade=None),
    ],
)
def test_whoever_is_another_line_of_the_count_is_never_added(other: CountedPerson) -> None:
    assert count_figure(ALL, [person("a"), other]).members == ("a",)


def test_a_month_of_death_needs_an_interval_that_lies_within_it() -> None:
    definition = FigureDefinition("series", "By month", "", series=Series.DEATH)
    people = [
        person("day", death=(date(2024, 3, 31), date(2024, 4, 1))),
        person("month", death=(date(2024, 3, 1), date(2024, 4, 1))),
        person("over", death=(date(2024, 3, 31), date(2024, 4, 2))),
        person("none"),
    ]
    assert [(c.key, c.members) for c in count_figure(definition, people).cells] == [
        (("2024-03",), ("day", "month")),
        (("not dated",), ("none", "over")),
    ]


def test_members_on_one_lineage_and_members_nobody_examined_are_named() -> None:
    figure = count_figure(ALL, [person("a", lineages=1), person("b", lineages=2), person("c", lineages=3, examined=False)])
    assert (figure.single, figure.adopted) == (("a",), ("c",))


def test_two_states_are_compared_by_who_came_and_went_and_a_merge_is_nobody_new() -> None:
    before = [count_figure(ALL, [person("a"), person("b"), person("c")])]
    after = [count_figure(ALL, [person("b2"), person("c"), person("d")])]
    (change,) = compare_figures(before, after, {"b": "b2"})
    assert (change.before, change.after, change.added, change.gone) == (3, 3, ("d",), ("a",))


@given(st.lists(st.tuples(st.integers(0, 30), st.sampled_from(["UZ", "TJ", None])), unique_by=lambda item: item[0]))
def test_the_cells_of_a_breakdown_add_up_to_the_figure(rows: list[tuple[int, str | None]]) -> None:
    people = [person(f"p{n:02}", nationality) for n, nationality in rows]
    figure = count_figure(FigureDefinition("dead", "Dead", "", by=("nationality",)), people)
    assert sum(cell.value for cell in figure.cells) == figure.value == len(rows)
    assert sorted(m for cell in figure.cells for m in cell.members) == list(figure.members)


GOOD = """schema = 1
[[figure]]
id = "dead"
title = "Dead"
grades = ["confirmed"]
by = ["nationality"]
where = { path = ["prison"] }
"""


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"confirmed"', '"sure"', "line 5.*none of what"),
        ('by = ["nationality"]', 'by = ["nation"]', "line 6.*no axis"),
        ("path =", "paths =", "line 7.*no axis"),
        ('id = "dead"', 'id = "Dead!"', "line 3.*no id"),
        ('title = "Dead"', 'titel = "Dead"', "line 4.*Did you mean title"),
        ("[[figure]]", "[figure]", "no list of tables"),
        ('grades = ["confirmed"]', "grades = []", "line 5.*nobody"),
        ('grades = ["confirmed"]', "fates = []", "line 5.*nobody"),
        ('["prison"]', "[]", "line 7.*names no key"),
    ],
)
def test_a_mistake_in_a_figure_is_refused_with_its_line(old: str, new: str, words: str) -> None:
    assert parse_figures(GOOD)[0].where == (("path", ("prison",)),)
    with pytest.raises(MappingError, match=words):
        parse_figures(GOOD.replace(old, new))
    with pytest.raises(MappingError, match="stands twice"):
        parse_figures(GOOD + GOOD.partition("\n")[2])


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('where = { path = ["prisn"] }', r"line 5.*where\.path.*no code 'prisn'.*prison"),
        ('where = { nationality = ["uz"] }', "line 5.*no place 'uz'"),
        ('where = { nationality = ["UZ", "ZZ"] }', "line 5.*no place 'ZZ'"),
        ("where = { path = [] }", "line 5.*names no key"),
        ('fates = ["dead", "missing", "alive"]', "line 5.*never added together.*a figure for each"),
        ('fates = ["missing", "captive"]', "line 5.*never added together"),
    ],
)
def test_what_could_count_nobody_or_adds_what_is_never_added_is_refused_with_its_line(line: str, words: str) -> None:
    with pytest.raises(MappingError, match=f"(?s){words}") as caught:
        parse_figures(f'schema = 1\n[[figure]]\nid = "a"\ntitle = "A"\n{line}\n')
    assert caught.value.hint


def test_every_key_that_somebody_may_have_on_an_axis_is_taken() -> None:
    line = 'where = { nationality = ["UZ", "unknown", "stated:from afar"], path = ["prison", "unknown"], unit = ["71 brigade"] }'
    (figure,) = parse_figures(
        f'schema = 1\n[[figure]]\nid = "a"\ntitle = "A"\nfates = ["dead", "presumed_dead"]\n{line}\n'
    )
    assert dict(figure.where)["nationality"] == ("UZ", "unknown", "stated:from afar")
