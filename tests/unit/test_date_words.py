"""Dates as people write them."""

from __future__ import annotations

import pytest

from cenotaph.domain.dates import PartialDate, Precision
from cenotaph.domain.errors import DateFormatError, NoYearError, UsageError
from cenotaph.reference.date_text import write_date
from cenotaph.reference.date_words import read_date

READ = {
    "07.05.2023": "2023-05-07", "7.5.2023": "2023-05-07", "7. 5. 2023 г.": "2023-05-07", "05.2023": "2023-05", "2023": "2023",
    "2023-05-07": "2023-05-07", "2023-05": "2023-05", "2023.05.07": "2023-05-07", "2023/5/7": "2023-05-07",
    "07/05/2023": "2023-05-07", "2023-05-07 00:00:00": "2023-05-07", "2023-05-07T10:15:00+03:00": "2023-05-07",
    "07.05.2023 14:30": "2023-05-07", "00.05.2023": "2023-05", "??.05.2023": "2023-05", "хх.хх.1985": "1985",
    "xx.05.1985": "1985-05",
    "7 мая 2023": "2023-05-07", "7 мая 2023 года": "2023-05-07", "7-го мая 2023 г.": "2023-05-07", "май 2023 г.": "2023-05",
    "в мае 2023 года": "2023-05", "7 МАЯ 2023": "2023-05-07", "05 марта 2022": "2022-03-05", "7 May 2023": "2023-05-07",
    "May 7, 2023": "2023-05-07", "May 7th, 2023": "2023-05-07", "the 7th of May, 2023": "2023-05-07",
    "Sept. 3, 2022": "2022-09-03",
    "May 2023": "2023-05", "Sunday, 7 May 2023": "2023-05-07", "воскресенье, 7 мая 2023": "2023-05-07",
    "весна 2023": "2023-21", "весной 2023 года": "2023-21", "осенью 2022": "2022-23", "spring 2023": "2023-21",
    "summer of 2022": "2022-22", "fall 2022": "2022-23", "навесні 2023": "2023-21", "зима 2022-2023": "2022-24",
    "winter 2022/23": "2022-24", "winter 2023": "2022-12-01/2024-02-29", "зимой 2023": "2022-12-01/2024-02-29",
    "начало 2023": "2023-01-01~/2023-04-30~", "в середине 2023 года": "2023-05-01~/2023-08-31~",
    "конец 2023": "2023-09-01~/2023-12-31~", "early 2023": "2023-01-01~/2023-04-30~", "mid-2023": "2023-05-01~/2023-08-31~",
    "late May 2023": "2023-05-21~/2023-05-31~", "начало мая 2023": "2023-05-01~/2023-05-10~",
    "в 1990-х": "199X", "1990-е годы": "199X", "the 1990s": "199X", "начало 1990-х": "1990-01-01~/1993-04-30~",
    "до 2023": "../2022-12-31", "before May 2023": "../2023-04-30", "prior to 7 May 2023": "../2023-05-06",
    "после 12.03.2022": "2022-03-13/..", "after May 2023": "2023-06-01/..", "since 2022": "2022-01-01/..",
    "с 2022 года": "2022-01-01/..", "не позднее мая 2023": "../2023-05-31", "by May 2023": "../2023-05-31",
    "not later than 2022": "../2022-12-31", "между мартом и маем 2023": "2023-03-01/2023-05-31",
    "between March and May 2023": "2023-03-01/2023-05-31", "с 5 по 9 мая 2023": "2023-05-05/2023-05-09",
    "from 5 to 9 May 2023": "2023-05-05/2023-05-09", "5-9 мая 2023": "2023-05-05/2023-05-09",
    "7 мая 2023 — 9 июня 2023": "2023-05-07/2023-06-09", "01.02.2023-05.03.2023": "2023-02-01/2023-03-05",
    "с декабря 2022 по март 2023": "2022-12-01/2023-03-31", "2022-2023": "2022-01-01/2023-12-31",
    "2022/2023": "2022-01-01/2023-12-31", "2022–2023 гг.": "2022-01-01/2023-12-31", "2022/23": "2022-01-01/2023-12-31",
    "около 2022": "2022~", "circa 1990": "1990~", "c. 1990": "1990~", "ca 1990": "1990~", "~2022": "2022~",
    "≈ 05.2022": "2022-05~",
    "2023?": "2023?", "май 2023 (?)": "2023-05?", "около 2022?": "2022%", "2022-2023?": "2022-01-01?/2023-12-31?",
    "202X": "202X", "../2023-05": "../2023-05-31", "2023-05/..": "2023-05-01/..", "2023-21": "2023-21", "2023-05~": "2023-05~",
    # other languages
    "7 травня 2023 року": "2023-05-07", "7 красавіка 2023": "2023-04-07", "2023-yil 7-may": "2023-05-07",
    "7-may 2023-yil": "2023-05-07", "2023 йил 7 май": "2023-05-07", "7-майи соли 2023": "2023-05-07",
    "2023-жылдын 7-майы": None, "2023-жылы май": "2023-05", "2023 жылғы 7 мамыр": "2023-05-07", "7 may 2023-cü il": "2023-05-07",
    "7 Mayıs 2023": "2023-05-07", "EYLÜL 2022": "2022-09", "٧ مايو ٢٠٢٣": "2023-05-07", "7 أيار 2023": "2023-05-07",
    "تشرين الثاني 2023": "2023-11", "7 मे 2023": "2023-05-07", "۷ مه ۲۰۲۳": "2023-05-07", "7 de mayo de 2023": "2023-05-07",
    "le 1er mai 2023": "2023-05-01", "7 mai 2023": "2023-05-07", "7 de maio de 2023": "2023-05-07",
    "entre marzo y mayo de 2023": "2023-03-01/2023-05-31",
    "7. Mai 2023": "2023-05-07", "7 maja 2023": "2023-05-07", "7 мај 2023": "2023-05-07",
}  # fmt: skip


@pytest.mark.parametrize(("text", "edtf"), [(text, edtf) for text, edtf in READ.items() if edtf])
def test_dates_are_read_as_people_write_them(text: str, edtf: str) -> None:
    assert read_date(text).edtf == edtf


REFUSED = {
    "": "no date", "   ": "no date", "31.02.2023": "no day 2023-02-31", "29.02.2023": "no day", "05.17.2023": "order",
    "13.2023": "no month", "07.05.23": "two centuries", "май 23": "has no year", "7 мая": "no year", "May": "no year",
    "5": "no year", "07.05": "no year of four digits", "hello": "belongs to no date", "7 foo 2023": "foo",
    "7 мая июня 2023": "two months", "7 мая 2023 17 июня": "one too many", "1 2 3": "one too many",
    "Monday, 7 May 2023": "day of the week",
    "2022-23": "two years or a season", "2011/12": "month or two years", "до": "belongs to no date|no year|not a date",
    "between 2023 and 2022": "ends before", "с декабря по март 2023": "ends before", "15 Baisakh 2080": "another calendar",
    "10 محرم 1445": "another calendar", "۱۴۰۲/۰۲/۱۷": "year 1402", "२०८०": "year 2080", "жаз 2023": "different languages",
    "x" * 200: "too long", "не раньше": "no year|belongs", "7.2023.05": "one too many", "10000": "one too many",
}  # fmt: skip


@pytest.mark.parametrize(("text", "says"), REFUSED.items())
def test_what_is_no_date_is_refused_with_its_reason(text: str, says: str) -> None:
    with pytest.raises(DateFormatError, match=says) as caught:
        read_date(text)
    assert caught.value.hint


def test_the_order_of_day_and_month_is_a_setting() -> None:
    assert read_date("03.04.1990").edtf == "1990-04-03"
    assert read_date("03/04/1990", order="mdy").edtf == "1990-03-04"
    assert read_date("1990/03/04", order="mdy").edtf == "1990-03-04"
    assert read_date("90-03-04", order="ymd", pivot=2025).edtf == "1990-03-04"
    with pytest.raises(DateFormatError, match="no order"):
        read_date("03.04.1990", order="dym")


def test_two_digits_are_a_year_only_with_a_pivot() -> None:
    assert read_date("07.05.25", pivot=2025).edtf == "2025-05-07"
    assert read_date("07.05.26", pivot=2025).edtf == "1926-05-07"
    assert read_date("7 мая 99", pivot=2025).edtf == "1999-05-07"
    assert read_date("90-е", pivot=2025).edtf == "199X"
    with pytest.raises(DateFormatError, match="pivot"):
        read_date("90-е")


def test_a_year_that_the_text_says_elsewhere_can_be_given() -> None:
    assert read_date("2 November", year=2023).edtf == "2023-11-02"
    assert read_date("с 5 по 9 мая", year=2023).edtf == "2023-05-05/2023-05-09"
    assert read_date("2 November 2022", year=2023).edtf == "2022-11-02"
    assert read_date("весной", year=2023).edtf == "2023-21"
    with pytest.raises(DateFormatError, match="no year"):
        read_date("the 19th", year=2023)


def test_a_language_decides_a_word_that_two_languages_have() -> None:
    assert read_date("жаз 2023", language="kk").edtf == "2023-22"
    assert read_date("жаз 2023", language="ky").edtf == "2023-21"


def test_precision_is_kept_as_it_was_given() -> None:
    wanted = {"2023": Precision.YEAR, "05.2023": Precision.MONTH, "весна 2023": Precision.SEASON, "1990s": Precision.DECADE}
    for text, precision in wanted.items():
        assert read_date(text).precision is precision


def test_a_side_of_an_interval_can_be_in_doubt_alone() -> None:
    read = read_date("from about 1 May 2023 to (5 June 2023?)")
    assert (read.qualifier, read.end_qualifier) == ("~", "?")
    assert read.edtf == "2023-05-01~/2023-06-05?"


def test_dates_are_written_in_words() -> None:
    assert write_date(PartialDate.of_day(2023, 5, 7)) == "7 May 2023"
    assert write_date(PartialDate.of_day(2023, 5, 7), "ru") == "7 мая 2023"
    assert write_date(PartialDate.of_month(2023, 5, "~"), "ru") == "около мая 2023"
    assert write_date(PartialDate.of_season(2022, "winter")) == "winter 2022-2023"
    assert write_date(PartialDate.from_edtf("../2023-04")) == "before 1 May 2023"
    assert write_date(PartialDate.from_edtf("2023-05~/2023-06?")) == "from about 1 May 2023 to (30 June 2023?)"
    with pytest.raises(UsageError):
        write_date(PartialDate.of_year(2023), "xx")


@pytest.mark.parametrize("text", ["27.01.хххх", "27.01.xxxx", "27.01.????", "27.01.0000", "7 мая", "May"])
def test_a_date_that_leaves_its_year_open_is_told_from_one_that_cannot_be_read(text: str) -> None:
    with pytest.raises(NoYearError):
        read_date(text)


def test_what_is_no_date_does_not_pass_for_one_without_a_year() -> None:
    for text in ("31.02.2024", "hello", "ab.cd.efgh", "до"):
        with pytest.raises(DateFormatError) as caught:
            read_date(text)
        assert not isinstance(caught.value, NoYearError)
