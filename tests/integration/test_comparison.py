"""Published figures beside a list's own: what the record explains, and what it does not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.builders import BUILDER, Row, add_release, make_row

from cenotaph.casebook.store import Casebook
from cenotaph.count.comparison import Comparison
from cenotaph.domain.errors import MappingError, NotFoundError
from cenotaph.services import counting, imports
from cenotaph.services.opening import start_casebook

HEAD = "published,as_of,population,subgroup,count,bound,outcome,claimant\n"


def many(count: int, tag: str, **values: Any) -> list[Row]:
    return [make_row(f"{tag}{n}", **{"nationality": "UA", "death": "2025-01-05", **values}) for n in range(count)]


@pytest.fixture
def compare(sqlite_casebook: Casebook, tmp_path: Path) -> Callable[..., Comparison]:
    def run(
        count: str,
        population: str = "Ukraine",
        subgroup: str = "",
        bound: str = "exact",
        as_of: str = "2025-07",
        definitions: str = "",
    ) -> Comparison:
        published, defined = tmp_path / "published.csv", tmp_path / "definitions.toml"
        published.write_text(HEAD + f"x,{as_of},{population},{subgroup},{count},{bound},killed,a newsroom\n", encoding="utf-8")
        defined.write_text(definitions or '["from prison"]\npath = "prison"\n', encoding="utf-8")
        (found,) = counting.compare(sqlite_casebook, "list", published, defined)
        if found.difference is not None:
            assert found.difference == sum(e.explains for e in found.explanations) + (found.unexplained or 0)
        return found

    return run


def kinds(found: Comparison) -> dict[str, int]:
    return {e.kind: e.explains for e in found.explanations}


def test_what_the_record_cannot_explain_is_left_over(sqlite_casebook: Casebook, compare: Callable[..., Comparison]) -> None:
    add_release(sqlite_casebook, "list", "2025-07-10", many(5, "a"))
    found = compare("7")
    assert (found.ours, found.difference, found.unexplained, found.explanations) == (5, -2, -2, ())
    assert found.cell == "list:nationality=UA"


def test_later_deaths_explain_a_surplus_whole_even_where_it_turns_into_a_deficit(
    sqlite_casebook: Casebook, compare: Callable[..., Comparison]
) -> None:
    add_release(sqlite_casebook, "list", "2025-11-01", [*many(5, "a"), *many(4, "b", death="2025-09")])
    assert (compare("5").difference, kinds(compare("5"))["dates"], compare("5").unexplained) == (4, 4, 0)
    hidden = compare("7")
    assert (hidden.difference, kinds(hidden)["dates"], hidden.unexplained) == (2, 4, -2)
    equal = compare("9")
    assert (equal.difference, kinds(equal)["dates"], equal.unexplained) == (0, 4, -4)


def test_who_cannot_be_placed_in_time_explains_nothing_for_certain(
    sqlite_casebook: Casebook, compare: Callable[..., Comparison]
) -> None:
    add_release(sqlite_casebook, "list", "2025-11-01", [*many(5, "a"), *many(3, "b", death=None), *many(2, "c", death="2025")])
    found = compare("6")
    assert (found.difference, kinds(found)["undated"], found.unexplained) == (4, 0, 4)
    assert "5 of ours" in next(e.words for e in found.explanations if e.kind == "undated")
    assert "undated" not in kinds(compare("12")), "a missing date can never explain a deficit"


def test_a_release_that_was_public_by_then_is_what_is_compared(
    sqlite_casebook: Casebook, compare: Callable[..., Comparison]
) -> None:
    """Rows added since, and deaths since, are the same rows: they explain the difference once."""
    old = many(5, "a")
    add_release(sqlite_casebook, "list", "2025-07-10", old)
    add_release(sqlite_casebook, "list", "2025-11-01", [*old[1:], *many(4, "b", death="2025-09-01"), *many(2, "c")])
    found = compare("5")
    assert (found.ours, found.difference, found.unexplained) == (10, 5, 0)
    assert kinds(found) == {"release": 5}
    assert compare("6").unexplained == -1


def test_a_release_later_than_the_figure_is_named_and_explains_nothing(
    sqlite_casebook: Casebook, compare: Callable[..., Comparison]
) -> None:
    add_release(sqlite_casebook, "list", "2025-11-01", many(5, "a"))
    found = compare("6")
    assert kinds(found) == {"release": 0}
    assert "2025-11-01" in found.explanations[0].words


def test_one_roll_up_explains_a_deficit_and_never_more_than_it(
    sqlite_casebook: Casebook, compare: Callable[..., Comparison]
) -> None:
    regions = [*many(2, "k", nationality="UA-65"), *many(3, "d", nationality="x-donetsk-republic")]
    add_release(sqlite_casebook, "list", "2025-07-10", [*many(5, "a"), *regions])
    found = compare("8")
    assert found.difference == -3
    assert sorted((e.words.split("'")[1], e.explains) for e in found.explanations) == [
        ("ukraine-regions", 0),
        ("ukraine-with-donetsk-luhansk-republics", -3),
    ]
    assert found.unexplained == 0
    over = compare("6")
    assert (over.difference, over.unexplained) == (-1, -1)
    assert all(e.explains == 0 for e in over.explanations), "no roll-up that gives more than was published explains it"
    both = compare("11")
    assert (both.difference, both.unexplained) == (-6, -3), "two roll-ups are not added up"
    assert not [e for e in compare("4").explanations if e.kind == "rollup"], "no roll-up explains a surplus"


def test_a_roll_up_counts_only_those_who_had_died_by_then(sqlite_casebook: Casebook, compare: Callable[..., Comparison]) -> None:
    add_release(
        sqlite_casebook,
        "list",
        "2025-11-01",
        [*many(5, "a"), *many(2, "k", nationality="UA-65"), *many(4, "l", nationality="UA-65", death="2025-10")],
    )
    found = compare("7")
    assert [(e.kind, e.explains) for e in found.explanations if e.explains] == [("rollup", -2)]
    assert found.unexplained == 0


def test_a_subgroup_that_is_often_unknown_is_said_to_be_so(sqlite_casebook: Casebook, compare: Callable[..., Comparison]) -> None:
    add_release(
        sqlite_casebook,
        "list",
        "2025-07-10",
        [*many(5, "a", path="prison"), *many(2, "b"), *many(3, "c", path_stated="volunteers"), *many(1, "d", path="mobilised")],
    )
    found = compare("7", subgroup="from prison")
    assert (found.ours, found.difference, found.unexplained) == (5, -2, -2)
    assert [e.words for e in found.explanations] == ["the recruitment path of 5 more is not known or only quoted"]


@pytest.mark.parametrize(("count", "bound"), [("60", "at_least"), ("70", "at_most"), ("60-66", "range"), ("50", "approximately")])
def test_overlapping_bounds_are_no_difference(
    sqlite_casebook: Casebook, compare: Callable[..., Comparison], count: str, bound: str
) -> None:
    add_release(sqlite_casebook, "list", "2025-07-10", many(65, "a"))
    found = compare(count, bound=bound)
    assert (found.ours, found.difference, found.unexplained, found.explanations) == (65, 0, 0, ())


def test_a_minimum_that_ours_reaches_only_with_later_deaths_is_not_reached(
    sqlite_casebook: Casebook, compare: Callable[..., Comparison]
) -> None:
    add_release(sqlite_casebook, "list", "2025-11-01", [*many(5, "a"), *many(3, "b", death="2025-09")])
    found = compare("7", bound="at_least")
    assert (found.difference, found.unexplained) == (0, -2)


def test_a_definition_with_a_roll_up_that_there_is_not_is_refused(
    sqlite_casebook: Casebook, compare: Callable[..., Comparison]
) -> None:
    add_release(sqlite_casebook, "list", "2025-07-10", many(1, "a"))
    with pytest.raises(MappingError, match="no roll-up 'atlantis'"):
        compare("1", definitions='["Ukraine"]\nnationality = "UA"\nrollups = ["atlantis"]\n')


def test_a_list_that_there_is_not_is_named(sqlite_casebook: Casebook, compare: Callable[..., Comparison]) -> None:
    with pytest.raises(NotFoundError, match="no list 'list'"):
        compare("1")


def test_the_real_list_beside_what_was_published(tmp_path: Path, shared_data: Callable[[str], Path], example: Path) -> None:
    casebook = start_casebook(tmp_path / "casebook", BUILDER)
    mapping = imports.load(example / "mapping.toml")
    imports.import_list(casebook, BUILDER, shared_data("foreign-fighters/named_2025-11.csv"), mapping)
    compared = counting.compare(casebook, mapping.list_id, example / "published.csv", example / "definitions.toml")
    found = {c.figure.words: (c.figure.stated.low, c.ours, c.unexplained) for c in compared}
    assert found == {
        "all named dead": (118_139, None, None),
        "foreign nationals (28 countries)": (523, 562, 37),
        "Tajikistan": (72, 70, -2),
        "Tajikistan, recruited from prison": (43, 41, -2),
        "Nepal": (70, 71, 1),
        "Uzbekistan": (66, 70, 3),
        "Uzbekistan, recruited from prison": (46, 47, 1),
        "Georgia (incl. South Ossetia, Abkhazia)": (63, 75, 11),
        "Ukraine": (54, 47, -1),
    }
    ukraine = next(c for c in compared if c.figure.words == "Ukraine")
    assert [e.words for e in ukraine.explanations if e.explains] == ["53 where the roll-up 'ukraine-regions' is applied (+6)"]
