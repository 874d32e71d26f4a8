"""The site's languages: complete ones lack nothing, begun ones fall back where a reader sees it, wrong ones are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from cenotaph.domain.axes import AXES, AxisKind
from cenotaph.domain.claims import Modality, Outcome, Unit
from cenotaph.domain.counts import Bound
from cenotaph.domain.errors import MappingError, NotFoundError
from cenotaph.domain.sources import SourceKind
from cenotaph.domain.standing import Grade, Legal, Review
from cenotaph.publish.policy import FIELDS, Withheld
from cenotaph.publish.site.texts import LANGUAGES, list_languages, load_language

COMPLETE = [tag for tag in list_languages() if load_language(tag).complete]
BEGUN = [tag for tag in list_languages() if not load_language(tag).complete]


def test_english_and_russian_are_complete_and_three_languages_are_begun() -> None:
    assert {"en", "ru"} <= set(COMPLETE)
    assert {"uz", "tg", "ne"} <= set(BEGUN)


@pytest.mark.parametrize("tag", COMPLETE)
def test_a_complete_language_lacks_no_text(tag: str) -> None:
    assert load_language(tag).missing() == []


@pytest.mark.parametrize("tag", COMPLETE)
def test_a_complete_language_has_words_for_every_code_that_a_release_may_hold(tag: str) -> None:
    t = load_language(tag)
    codes = [
        *(f"grade.{code}" for code in Grade),
        *(f"legal.{code}" for code in Legal),
        *(f"review.{code}" for code in Review),
        *(f"source.{code}" for code in SourceKind),
        *(f"bound.{code}" for code in Bound),
        *(f"outcome.{code}" for code in Outcome),
        *(f"modality.{code}" for code in Modality),
        *(f"privacy.class_{code}" for code in Withheld),
        *(f"axes.{field}" for field in FIELDS),
    ]
    assert [key for key in codes if not t.plain(key)] == []
    assert all(f"unit.{code}" in t.own for code in Unit)


def test_russian_has_words_for_every_code_of_every_closed_axis() -> None:
    t = load_language("ru")
    wanted = [f"values.{axis.name}.{code}" for axis in AXES if axis.kind is AxisKind.CLOSED for code, _ in axis.codes]
    assert [key for key in wanted if key not in t.own] == []


@pytest.mark.parametrize("tag", BEGUN)
def test_a_missing_text_is_said_in_english_and_marked_as_english(tag: str) -> None:
    t = load_language(tag)
    assert t.missing()
    assert t(t.missing()[0]).startswith('<span lang="en"')
    assert not t("front.title").startswith("<span")


@pytest.mark.parametrize(
    ("tag", "number", "words"),
    [("en", 1, "1 person"), ("en", 1204, "1,204 people"), ("ru", 21, "21 человек"), ("ru", 3, "3 человека"), ("ne", 1, "1 जना")],
)
def test_a_number_takes_its_plural(tag: str, number: int, words: str) -> None:
    assert load_language(tag).counted("people", number) == words


@pytest.mark.parametrize(
    ("tag", "date", "words"),
    [
        ("en", "2024-03-02", "2 March 2024"),
        ("ru", "2024-03-02", "2 марта 2024 года"),
        ("ru", "2024-03", "март 2024"),
        ("en", "2024", "2024"),
        ("en", "2024-03-02/2024-03-09", "2 March 2024 – 9 March 2024"),
        ("en", "not a date", "not a date"),
    ],
)
def test_a_date_is_said_no_more_precisely_than_it_is_known(tag: str, date: str, words: str) -> None:
    assert load_language(tag).date(date) == words


def test_values_are_escaped_and_texts_too() -> None:
    t = load_language("en")
    assert "<script>" not in t("common.release", label="<script>")
    assert "&lt;script&gt;" in t("common.release", label="<script>")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[front]\ntitel = "x"', "no text 'front.titel'"),
        ('[common]\nrelease = "{labl}"', "gap 'labl'"),
        ("[front", "not valid TOML"),
    ],
)
def test_a_wrong_language_file_is_refused(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "xx.toml").write_text(text, encoding="utf-8")
    with pytest.raises(MappingError, match=words):
        load_language("xx", tmp_path)


def test_a_language_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(NotFoundError, match="en, ne, ru"):
        load_language("xx")


def test_a_language_that_is_written_from_right_to_left_says_so(tmp_path: Path) -> None:
    (tmp_path / "ar.toml").write_text('[language]\nname = "العربية"\ndirection = "rtl"\n', encoding="utf-8")
    assert load_language("ar", tmp_path).direction == "rtl"


def test_every_language_names_itself_and_its_months() -> None:
    for path in LANGUAGES.glob("*.toml"):
        t = load_language(path.stem)
        assert t.name != path.stem and all(f"months.{n}" in t.own for n in range(1, 13)), path.name


def test_numbers_and_dates_stand_in_the_form_that_russian_words_ask_for() -> None:
    ru, en = load_language("ru"), load_language("en")
    said = [ru.counted_plain("figures.unnamed_one", n, sum="9").split(":")[0] for n in (1, 3, 5, 21)]
    assert said[0].startswith("Кроме них, 1 жертва, которую") and said[3].startswith("Кроме них, 21 жертва, которую")
    assert said[1].startswith("Кроме них, 3 жертвы, которых") and said[2].startswith("Кроме них, 5 жертв, которых")
    assert "не менее 3 жертв," in ru.counted_plain("figures.unnamed_open", 3, sum="9")
    said = [ru.until(day) for day in ("2025-02", "2025", "2025-02-03")]
    assert said == ["февраля 2025 года", "2025 года", "3 февраля 2025 года"]
    assert en.until("2025-02") == en.date("2025-02") and en.until("2025") == "2025"
    assert en.counted_plain("figures.members_all", 1, w="1").startswith("1 person is in it")
