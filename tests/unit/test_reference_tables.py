"""The tables of the reference data: every row has a source, every code exists, no word leads to two places unlisted."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path

import pytest

from cenotaph.domain.languages import check_language_tag
from cenotaph.reference import place_words, places
from cenotaph.reference.files import FOLDER, read_rows, read_sources
from cenotaph.reference.folding import fold

TABLES = sorted(
    path
    for path in FOLDER.rglob("*.csv")
    if path.relative_to(FOLDER).parts[0] in ("places", "dates", "placeholders.csv", "vague.csv")
)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize("path", TABLES, ids=lambda p: p.name)
def test_every_row_names_a_source_that_is_described(path: Path) -> None:
    sources = read_sources()
    rows = _rows(path)
    assert rows
    for number, row in enumerate(rows, 2):
        assert None not in row and None not in row.values(), f"{path.name}, line {number}: a cell too many or too few"
        assert row["source"] in sources, f"{path.name}, line {number}"


def test_every_source_has_a_title_and_a_licence_and_is_used() -> None:
    used = {row["source"] for path in FOLDER.rglob("*.csv") for row in _rows(path) if row.get("source")}
    for key, source in read_sources().items():
        assert source["title"] and source["licence"]
        assert key in used or key == "cldr-48"


@pytest.mark.parametrize("path", TABLES, ids=lambda p: p.name)
def test_no_row_stands_twice(path: Path) -> None:
    rows = [tuple(row.values()) for row in _rows(path)]
    assert len(rows) == len(set(rows))


def test_every_code_of_every_table_exists() -> None:
    known = set(places.codes())
    for name in ("names.csv", "names-cldr.csv", "region-names.csv", "demonyms.csv"):
        for row in _rows(FOLDER / "places" / name):
            assert row["code"] in known, f"{name}: {row}"
    for row in _rows(FOLDER / "places" / "ambiguous.csv"):
        assert set(row["codes"].split()) <= known
    for row in _rows(FOLDER / "places" / "parents.csv"):
        assert row["code"] in known and row["parent"] in known


def test_every_place_has_an_english_name_and_every_country_a_russian_one() -> None:
    for code in places.codes():
        assert places.label(code) != code
        if places.get(code).kind in ("country", "region", "city", "republic", "stated", "former"):
            assert places.label(code, "ru") != places.label(code) or code.startswith("x-"), code


def test_no_word_leads_to_two_places_without_being_listed_as_ambiguous() -> None:
    listed = {fold(row["word"]): set(row["codes"].split()) for row in _rows(FOLDER / "places" / "ambiguous.csv")}
    for word, meanings in place_words._table().items():
        codes = {meaning.code for meaning in meanings} - {""}
        if len(codes) > 1:
            assert codes <= listed.get(word, set()), f"'{word}' may be {sorted(codes)}"


def test_every_language_is_a_well_formed_tag() -> None:
    for path in TABLES:
        for row in _rows(path):
            for tag in (row.get("languages") or row.get("language") or "und").split():
                assert check_language_tag(tag) == tag, f"{path.name}: {tag}"


def test_the_keys_of_generated_names_are_what_folding_makes_today() -> None:
    for row in _rows(FOLDER / "places" / "names-cldr.csv"):
        assert (row["key"] or row["name"].lower()) == fold(row["name"]), row


def test_demonyms_name_their_forms_and_are_lemmas() -> None:
    for code, language, form, lemma, sense in place_words.read_demonyms():
        assert lemma == lemma.strip() and sense in (place_words.CITIZEN, place_words.PEOPLE)
        assert code in places.lookup(lemma, language).code if places.lookup(lemma, language) else True
        assert form in place_words.FORMS
    countries = {code for code in places.codes() if places.get(code).kind == "country"}
    english = {d.code for d in place_words.read_demonyms("en")}
    # Islands and outposts without a settled word for their people.
    assert len(countries - english) < 40
    for code in ("NP", "UZ", "CU", "KE", "LK", "IN", "YE", "CO", "SO", "TZ", "PE", "SL", "TG", "ZM"):
        assert code in english and code in {d.code for d in place_words.read_demonyms("ru")} | {"TG"}


def test_regions_of_the_twelve_countries_are_all_there() -> None:
    numbers = {"UA": 27, "RU": 83, "GE": 12, "MD": 37, "KZ": 20, "KG": 9, "UZ": 14, "TJ": 5, "TM": 6, "AZ": 78, "AM": 11, "BY": 7}
    for country, number in numbers.items():
        assert sum(places.get(code).parent == country for code in places.codes()) == number, country


def test_folding_twice_is_folding_once() -> None:
    for _, _, name in place_words.read_names():
        assert fold(fold(name)) == fold(name)


def test_dates_of_stated_places_run_forwards() -> None:
    for code in places.codes():
        place = places.get(code)
        if place.since and place.until:
            assert place.since.precedes(place.until)
        if place.kind == "stated":
            assert place.since and place.note


def test_roll_up_files_are_toml_with_every_key() -> None:
    for path in (FOLDER / "rollups").glob("*.toml"):
        assert set(tomllib.loads(path.read_text(encoding="utf-8"))) == {"title", "text", "source", "parents"}


def test_a_table_with_other_columns_is_not_read_as_something_else() -> None:
    with pytest.raises(RuntimeError, match="has the columns"):
        list(read_rows("places/countries.csv", ("code", "name")))
