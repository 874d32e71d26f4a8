"""The four axes, dates with their basis, citizenships, names, sources, languages."""

from __future__ import annotations

import itertools

import pytest

from cenotaph.domain.axes import AXES, AXIS_BY_NAME, AxisKind, AxisValue, check_axis_value
from cenotaph.domain.dates import PartialDate
from cenotaph.domain.errors import ValueFormatError
from cenotaph.domain.judgements import ANSWERS, Question
from cenotaph.domain.names import NameKind, PersonName
from cenotaph.domain.sources import Source, SourceKind
from cenotaph.domain.standing import (
    Citizenship,
    CitizenshipBasis,
    DateBasis,
    DateKind,
    Fate,
    Grade,
    Legal,
    PersonDate,
    Review,
    Standing,
    death_series_dates,
)
from cenotaph.reference.languages import check_language_tag, find_script, is_language_tag, primary_language

MAY = PartialDate.of_month(2023, 5)


def test_every_combination_stands_but_a_fate_without_grade_and_a_grade_without_fate() -> None:
    for fate, grade, legal, review in itertools.product(Fate, [None, *Grade], Legal, Review):
        if (fate is Fate.UNKNOWN) == (grade is None):
            assert Standing(fate, grade, legal, review).fate is fate
        else:
            with pytest.raises(ValueFormatError, match="grade"):
                Standing(fate, grade, legal, review)


def test_a_standing_has_only_words_of_its_axes() -> None:
    right = (Fate.DEAD, Grade.REPORTED, Legal.NONE, Review.OPEN)
    for at, word in enumerate(("dead", "sure", "none", "x")):
        wrong = (*right[:at], word, *right[at + 1 :])
        with pytest.raises(ValueFormatError):
            Standing(*wrong)  # type: ignore[arg-type]


def test_the_axes_of_reports_and_the_judgements_have_the_same_fates() -> None:
    assert {code for code, _ in AXIS_BY_NAME["fate"].codes} == {fate.value for fate in Fate}
    assert set(ANSWERS[Question.FATE]) == {fate.value for fate in Fate}


def test_every_axis_and_value_of_the_design_exists() -> None:
    wanted = {
        "path": "prison pre_trial_detention migration_detention contract_office recruiter_abroad mobilised mobilised_occupied "
        "sent_by_own_state unknown",
        "force": "ministry wagner other unknown",
        "inducement": "citizenship sentence_lifted deportation_lifted travel_ban_lifted money unknown",
        "coercion": "threat_of_prison threat_of_conscription deceit unknown",
        "manner": "combat wounds accident illness suicide own_side executed in_captivity unknown",
        "civil_status": "civilian combatant contested unknown",
        "fate": "dead presumed_dead missing captive alive unknown",
    }
    for axis, codes in wanted.items():
        assert set(codes.split()) <= {code for code, _ in AXIS_BY_NAME[axis].codes}, axis
    others = "nationality origin birthplace ethnicity branch unit rank side perpetrator"
    assert set(others.split()) <= set(AXIS_BY_NAME)


def test_a_value_has_words_or_a_code() -> None:
    assert check_axis_value(AxisValue("Непал", None)).stated == "Непал"
    assert check_axis_value(AxisValue(None, "prison"), "path").code == "prison"
    for stated, code in ((None, None), ("", None), (" ", "x"), ("x", "")):
        with pytest.raises(ValueFormatError):
            check_axis_value(AxisValue(stated, code))
    for axis in AXES:
        if axis.kind is AxisKind.CLOSED:
            with pytest.raises(ValueFormatError, match="no code"):
                check_axis_value(AxisValue("x", "volunteer"), axis.name)
        if axis.kind is AxisKind.OPEN:
            with pytest.raises(ValueFormatError, match="no codes"):
                check_axis_value(AxisValue("x", "x"), axis.name)
    with pytest.raises(ValueFormatError, match="no axis"):
        check_axis_value(AxisValue("x", "x"), "colour")


def test_a_date_that_a_court_set_enters_no_series_by_date_of_death() -> None:
    by_court = PersonDate(DateKind.DEATH, MAY, DateBasis.COURT)
    effect = PersonDate(DateKind.COURT_EFFECT, MAY, DateBasis.COURT)
    stated = PersonDate(DateKind.DEATH, MAY, DateBasis.STATED, "a relative")
    own = (DateKind.DEATH, DateKind.COURT_EFFECT, DateKind.FIRST_RECORDED)
    others = [PersonDate(kind, MAY, DateBasis.STATED) for kind in DateKind if kind not in own]
    assert not by_court.enters_death_series and not effect.enters_death_series and stated.enters_death_series
    assert death_series_dates([by_court, effect, *others, stated]) == (stated,)


def test_a_date_rests_on_what_it_can_rest_on() -> None:
    with pytest.raises(ValueFormatError, match="court"):
        PersonDate(DateKind.COURT_EFFECT, MAY, DateBasis.STATED)
    with pytest.raises(ValueFormatError, match="casebook"):
        PersonDate(DateKind.FIRST_RECORDED, MAY, DateBasis.STATED)
    with pytest.raises(ValueFormatError):
        PersonDate("death", MAY, DateBasis.STATED)  # type: ignore[arg-type]


def test_the_kinds_of_dates_are_those_that_reports_have() -> None:
    from cenotaph.domain.reports import DATE_FIELDS

    assert set(DATE_FIELDS) <= {kind.value for kind in DateKind}


def test_a_citizenship_has_an_interval_and_a_basis() -> None:
    own = Citizenship(AxisValue("Узбекистан", "UZ"), CitizenshipBasis.PASSPORT)
    through = Citizenship(AxisValue("РФ", "RU"), CitizenshipBasis.NATURALISED_THROUGH, since=PartialDate.of_year(2023))
    before, within = PartialDate.of_year(2022), PartialDate.of_month(2023, 5)
    assert own.may_hold_on(before) and through.may_hold_on(within) and not through.may_hold_on(before)
    ended = Citizenship(AxisValue("СССР", "x-soviet-union"), until=PartialDate.from_edtf("1991-12-26"))
    assert not ended.may_hold_on(before)
    with pytest.raises(ValueFormatError, match="ends before"):
        Citizenship(AxisValue("a", None), since=PartialDate.of_year(2023), until=PartialDate.of_year(2022))
    with pytest.raises(ValueFormatError, match="neither"):
        Citizenship(AxisValue(None, None))


def test_a_name_is_a_row_with_script_and_language() -> None:
    name = PersonName("Ёрбеков Одилджон", "Cyrl", "ru", NameKind.PRINTED)
    assert name.text == "Ёрбеков Одилджон"
    for wrong in (
        ("", "Cyrl", "ru", NameKind.GIVEN), ("a\nb", "Latn", "en", NameKind.GIVEN), ("a", "cyrl", "ru", NameKind.GIVEN),
        ("a", "Latn", "russian language", NameKind.GIVEN), ("a", "Latn", "EN", NameKind.GIVEN), ("a", "Latn", "en", "given"),
    ):  # fmt: skip
        with pytest.raises(ValueFormatError):
            PersonName(*wrong)  # type: ignore[arg-type]


def test_a_source_has_a_name_and_a_kind() -> None:
    assert Source("Mediazona", SourceKind.COMPILER, "ru").kind == "compiler"
    assert {"outlet", "official", "relative", "registry", "intelligence_service"} <= set(SourceKind)
    for wrong in (("", SourceKind.OUTLET), ("x", "outlet"), ("x", SourceKind.OUTLET, "not a tag!")):
        with pytest.raises(ValueFormatError):
            Source(*wrong)  # type: ignore[arg-type]


# Well-formed and malformed tags, most of them from RFC 5646, appendix A.
@pytest.mark.parametrize(
    "tag",
    ["de", "fr", "ja", "i-enochian", "zh-Hant", "zh-cmn-Hans-CN", "cmn-Hans-CN", "sr-Latn-RS", "sl-rozaj-biske", "de-CH-1901",
     "hy-Latn-IT-arevela", "de-DE", "en-US", "es-419", "de-CH-x-phonebk", "az-Arab-x-AZE-derbend", "x-whatever",
     "qaa-Qaaa-QM-x-southern", "en-US-u-islamcal", "zh-CN-a-myext-x-private", "en-a-myext-b-another", "uz-Cyrl", "und"],
)  # fmt: skip
def test_well_formed_tags_are_taken(tag: str) -> None:
    assert is_language_tag(tag) and is_language_tag(tag.upper())
    assert check_language_tag(check_language_tag(tag)) == check_language_tag(tag)


@pytest.mark.parametrize(
    "tag", ["de-419-DE", "a-DE", "ar-a-aaa-b-bbb-a-ccc", "", "-", "e", "en_US", "русский", "en-", "x-", "de-CH-1901-1901"]
)
def test_malformed_tags_are_refused(tag: str) -> None:
    assert not is_language_tag(tag)
    with pytest.raises(ValueFormatError, match="BCP 47"):
        check_language_tag(tag)


def test_tags_have_a_customary_spelling() -> None:
    assert check_language_tag("UZ-cyrl-uz") == "uz-Cyrl-UZ"
    assert check_language_tag("zh-cmn-hans-cn") == "zh-cmn-Hans-CN"
    assert check_language_tag("az-Arab-x-AZE-derbend") == "az-Arab-x-aze-derbend"
    assert primary_language("uz-Cyrl-UZ") == "uz"


@pytest.mark.parametrize(
    ("text", "script"),
    [("Иванов", "Cyrl"), ("محمد", "Arab"), ("राम", "Deva"), ("Nguyễn Văn", "Latn"), ("李", "Hani"), ("გიორგი", "Geor"),
     ("12", "Zyyy"), ("Иван Smith", "Zyyy")],
)  # fmt: skip
def test_the_script_of_a_text_is_that_of_all_its_letters(text: str, script: str) -> None:
    assert find_script(text) == script
