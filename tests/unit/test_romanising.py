"""Romanisation by named standards, both ways, and what they leave open."""

from __future__ import annotations

import pytest

from cenotaph.domain.errors import UsageError
from cenotaph.names.romanising import read_standards, romanise, standards_for, write_back


@pytest.mark.parametrize(
    ("name", "standard", "latin"),
    [
        ("Щербаков Юрий Евгеньевич", "icao-ru", "Shcherbakov Iurii Evgenevich"),
        ("Щербаков Юрий Евгеньевич", "bgn-ru", "Shcherbakov Yuriy Yevgen’yevich"),
        ("ЮРЬЕВ", "icao-ru", "IUREV"),
        ("Фёдоров Семён", "icao-ru", "Fedorov Semen"),
        ("Згурський Юрій Єгорович", "icao-uk", "Zghurskyi Yurii Yehorovych"),
        ("Гоголь Їжак", "icao-uk", "Hohol Yizhak"),
        ("Щукин Юрий", "iso9", "Ŝukin Ûrij"),
        ("Ўктам Ғаниев Шухрат қизи", "uz-latin", "Oʻktam Gʻaniyev Shuxrat qizi"),
        ("Раҳмон Ҷӯраев", "tg-bgn", "Rahmon Jŭrayev"),
        ("محمد المدهون", "din-ar", "Mḥmd al-Mdhwn"),
        ("مُحَمَّد", "din-ar", "Muḥammad"),
        ("राम थापा", "iso15919", "Rāma Thāpā"),
    ],
)
def test_a_standard_writes_a_name_as_it_says(name: str, standard: str, latin: str) -> None:
    assert romanise(name, standard).text == latin


@pytest.mark.parametrize(
    ("name", "standard"),
    [
        ("Щербаков Юрий Фёдорович", "iso9"),
        ("Ўктам Ғаниев Шухрат қизи", "uz-latin"),
        ("Раҳмон Ҷӯраев", "tg-bgn"),
        ("Ельцин Юрий", "bgn-ru"),
    ],
)
def test_what_loses_nothing_can_be_written_back(name: str, standard: str) -> None:
    assert write_back(romanise(name, standard).text, standard).text == name


def test_what_is_open_on_the_way_back_is_told() -> None:
    assert any("или" in doubt or " or " in doubt for doubt in write_back("Iurii", "icao-ru").doubts)


def test_arabic_without_vowels_says_so_and_with_them_does_not() -> None:
    assert romanise("محمد", "din-ar").doubts
    assert not romanise("مُحَمَّد", "din-ar").doubts


def test_every_standard_has_letters_for_its_script() -> None:
    samples = {"Cyrl": "Иван", "Arab": "علي", "Deva": "राम"}
    for script, sample in samples.items():
        for standard in standards_for(script):
            assert romanise(sample, standard.key).text[:1].lower() in "iīyaʿʻr", standard.key
    assert len(read_standards()) == 12


def test_an_unknown_standard_is_a_usage_error_that_lists_them() -> None:
    with pytest.raises(UsageError, match="wade"):
        romanise("Иван", "wade")
    with pytest.raises(UsageError, match="din-ar"):
        write_back("Mḥmd", "din-ar")
