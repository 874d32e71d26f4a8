"""Reading what others published: bounds, hostile tables, and definitions that are wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from cenotaph.count.published import (
    PublishedFigure,
    define_figure,
    read_count,
    read_definitions,
    read_published,
)
from cenotaph.domain.counts import CountRange
from cenotaph.domain.dates import PartialDate
from cenotaph.domain.errors import InputError, MappingError, ValueFormatError

HEAD = "published,as_of,population,subgroup,count,bound,outcome,claimant\n"


def write(folder: Path, text: str | bytes) -> Path:
    path = folder / "published.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def figure(stated: CountRange, population: str = "Tajikistan", subgroup: str = "", outcome: str = "killed") -> PublishedFigure:
    return PublishedFigure("2025-07", PartialDate.from_edtf("2025-07"), population, subgroup, stated, outcome, "a newsroom")


@pytest.mark.parametrize(
    ("stated", "number", "difference"),
    [
        (CountRange.exact(60), 65, 5),
        (CountRange.exact(60), 55, -5),
        (CountRange.exact(60), 60, 0),
        (CountRange.at_least(60), 65, 0),
        (CountRange.at_least(60), 55, -5),
        (CountRange.more_than(60), 60, 0),
        (CountRange.at_most(60), 55, 0),
        (CountRange.at_most(60), 65, 5),
        (CountRange.between(60, 70), 65, 0),
        (CountRange.between(60, 70), 59, -1),
        (CountRange.between(60, 70), 73, 3),
        (CountRange.approx(60), 90, 0),
        (CountRange.may_exceed(60), 5, 0),
        (CountRange.vague(12), 11, -1),
        (CountRange.vague(), 0, 0),
    ],
)
def test_no_difference_is_claimed_where_the_bound_allows_our_number(stated: CountRange, number: int, difference: int) -> None:
    assert figure(stated).measure(number) == difference


@pytest.mark.parametrize(
    ("number", "bound", "stated"),
    [
        ("118,139", "exact", CountRange.exact(118_139)),
        ("118139", "at_least", CountRange.at_least(118_139)),
        ("500", "more_than", CountRange.more_than(500)),
        ("600", "at_most", CountRange.at_most(600)),
        ("600", "approximately", CountRange.approx(600)),
        ("60-70", "range", CountRange.between(60, 70)),
        ("60 – 70", "range", CountRange.between(60, 70)),
        ("60 to 70", "range", CountRange.between(60, 70)),
        ("", "vague", CountRange.vague()),
        ("12", "vague", CountRange.vague(12)),
    ],
)
def test_a_number_keeps_the_bound_it_was_given(number: str, bound: str, stated: CountRange) -> None:
    assert read_count(number, bound) == stated


@pytest.mark.parametrize(
    ("number", "bound"),
    [
        ("60", "range"),
        ("70-60", "range"),
        ("60-70", "exact"),
        ("", "exact"),
        ("-5", "exact"),
        ("1_000", "exact"),
        ("1,00", "exact"),
        ("٦٠", "exact"),
        ("1e3", "exact"),
        ("9" * 5000, "exact"),
        ("60", "roughly"),
        ("60", ""),
    ],
)
def test_a_number_that_is_none_is_refused(number: str, bound: str) -> None:
    with pytest.raises(ValueFormatError):
        read_count(number, bound)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("published,as_of\n", "lacks the column 'population'"),
        ("", "lacks the column"),
        (HEAD + "x,2025-07,Nepal,,70,exact,killed\n,,\n", "Line 3"),
        (HEAD + "x,2025-13,Nepal,,70,exact,killed,a\n", "Line 2"),
        (HEAD + "x,July,Nepal,,70,exact,killed,a\n", "Line 2"),
        (HEAD + "x,2025-07,Nepal,,many,exact,killed,a\n", "Line 2"),
        (HEAD + "x,2025-07,Georgia (incl. South Ossetia, Abkhazia),,63,exact,killed,a\n", "more cells than the header"),
        (HEAD + "x,2025-07,,,63,exact,killed,a\n", "who is counted"),
        (b"\xff\xfe\x00", "UTF-8"),
        (HEAD + '"' + "x" * 200_000 + '",2025-07,Nepal,,70,exact,killed,a\n', "CSV"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused_with_its_line(tmp_path: Path, text: str | bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read_published(write(tmp_path, text))


def test_a_table_with_marks_and_quoted_commas_is_read(tmp_path: Path) -> None:
    text = "\ufeff" + HEAD + '2025-07,2025-07,"Georgia (incl. South Ossetia, Abkhazia)", ,63,exact,killed,=SUM(A1)\r\n'
    (found,) = read_published(write(tmp_path, text))
    assert (found.words, found.claimant, found.subgroup) == ("Georgia (incl. South Ossetia, Abkhazia)", "=SUM(A1)", "")


def test_a_country_needs_no_definition_and_a_subgroup_does(tmp_path: Path) -> None:
    path = tmp_path / "definitions.toml"
    path.write_text('["from prison"]\npath = "prison"\n["all"]\nnot_comparable = "another population"\n')
    definitions = read_definitions(path)
    exact = CountRange.exact(1)
    assert define_figure(figure(exact), definitions).where == (("nationality", "TJ"),)
    assert define_figure(figure(exact, subgroup="from prison"), definitions).where == (("nationality", "TJ"), ("path", "prison"))
    assert define_figure(figure(exact, population="all"), definitions).not_comparable == "another population"
    assert "subgroup 'women'" in define_figure(figure(exact, subgroup="women"), definitions).not_comparable
    assert "population 'Atlantis'" in define_figure(figure(exact, population="Atlantis"), definitions).not_comparable
    assert "recruited" in define_figure(figure(exact, outcome="recruited"), definitions).not_comparable


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[x", "not valid TOML"),
        ("x = 1", "not a table"),
        ('[x]\nheight = "tall"', "no axis"),
        ('[x]\npath = "prisonn"', "no key 'prisonn'"),
        ('[x]\nunit = "5th"', "stated.5th"),
        ('[x]\nnationality = "Uzbekistan"', "Uzbekistan"),
        ("[x]\npath = 3", "no text"),
        ('[x]\nrollups = "ukraine-regions"', "rollups"),
        ("[x]\nnot_comparable = true", "not_comparable"),
    ],
)
def test_a_definition_that_is_wrong_is_refused(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "definitions.toml"
    path.write_text(text)
    with pytest.raises(MappingError, match=said):
        read_definitions(path)
