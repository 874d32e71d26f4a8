"""What is found in marked texts: every class, in English and Russian, and nothing where nothing is wrong."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from benchmarks.checks.__main__ import DATA, main, read_set
from benchmarks.checks.scoring import score
from benchmarks.checks.texts import read_sources

from cenotaph.extract.checks import FindingType, check_document

TEXTS = {text.name: text for name in ("open", "held") for text in read_set(name)}


def types(name: str) -> list[FindingType]:
    text = TEXTS[name]
    return [finding.type for finding in check_document(text.claims, text.text, text.published)]


@pytest.mark.parametrize("half", ["open", "held"])
def test_every_type_is_marked_in_each_half_and_most_are_found(half: str) -> None:
    made = score(read_set(half))
    assert set(made.by_type) == {kind.value for kind in FindingType}
    total = made.total
    assert total.hit / (total.hit + total.missed) >= 0.9
    assert total.hit / (total.hit + total.false) >= 0.95


def test_a_text_in_which_nothing_is_wrong_counts_against_the_checks_when_it_gives_something() -> None:
    text = replace(TEXTS["en-headline"], wanted=())
    made = score([text])
    assert made.total.false == made.traps == made.sprung == 1


def test_a_finding_that_is_not_made_is_missed() -> None:
    made = score([replace(TEXTS["en-headline"], claims=())])
    assert made.total.missed == 1 and made.missed


def test_a_fault_in_a_marked_text_names_the_text_and_the_line(tmp_path: Path) -> None:
    path = tmp_path / "open-en.txt"
    path.write_text("=== one\nFive died.\n@@\nc1 | Six died | Six | 6 killed\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"one: .*Six died"):
        read_sources(path)


def test_the_command_prints_recall_and_precision_with_n(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--set", "open"]) == 0
    printed = capsys.readouterr().out
    assert "rank_order" in printed and " of " in printed
    assert len(list(DATA.glob("*.txt"))) == 4


def test_a_place_that_two_sentences_share_ties_numbers_far_apart_in_size() -> None:
    assert types("en-two-sources-small") == [FindingType.TWO_SOURCES_DIFFER]


def test_two_places_or_two_days_or_two_units_are_two_things() -> None:
    for name in ("en-trap-places", "ru-trap-places", "en-trap-dates", "ru-trap-years", "ru-trap-units", "en-trap-two-attacks"):
        assert types(name) == [], name


def test_a_figure_that_is_said_to_have_risen_contradicts_nothing() -> None:
    assert types("en-trap-update") == types("ru-trap-earlier") == []


def test_men_women_and_children_share_nobody_but_women_and_teachers_may() -> None:
    assert types("en-parts-groups") == [FindingType.TOTAL_VS_PARTS]
    assert types("en-trap-overlap") == types("ru-trap-overlap") == []


def test_a_ranking_among_some_countries_says_nothing_of_others() -> None:
    assert types("en-trap-rank-among") == types("ru-trap-rank-among") == []


def test_casualties_whose_dead_and_wounded_follow_are_not_open() -> None:
    assert types("en-trap-split") == types("ru-trap-split") == []
