"""Days that pages show: in words of many languages, in figures, by a byline; none that may be two."""

from __future__ import annotations

from typing import Any

import pytest

from cenotaph.capture.readers.html_facts import read_facts
from cenotaph.capture.readers.html_text import cut_blocks
from cenotaph.capture.readers.html_tree import parse_page
from cenotaph.capture.readers.shown_dates import find_one, find_shown, parse_stamp

LONG = "Погибли двенадцать граждан, об этом сообщили родственники и подтвердили в посольстве. " * 4


def read(body: str, head: str = "", address: str | None = None, language: str = "") -> tuple[str | None, str | None]:
    page = f'<html lang="{language}"><head>{head}</head><body>{body}<p>{LONG}</p></body></html>'
    tree: Any = parse_page(page, "page")
    facts = read_facts(tree, address, cut_blocks(tree))
    return (facts.published_on.edtf if facts.published_on else None), facts.published_basis


@pytest.mark.parametrize(
    "words",
    [
        *("22 июля 2025 г., 18:10", "Вторник, 22 июля 2025", "22.07.2025 18:10", "2025-07-22 18:10", "2025年7月22日"),
        "22/07/2025",
        *("22-iyul, 2025", "2025-yil 22-iyul, 10:15", "2025 йил 22 июль", "22 июли соли 2025", "22-юми июли соли 2025"),
        *("२२ जुलाई २०२५", "२०८२ साउन ६ गते मंगलबार", "साउन ६, २०८२", "٢٢ يوليو ٢٠٢٥", "22 تموز 2025", "22 يوليو/تموز 2025"),
        *("22 липня 2025", "22 шілде 2025", "22 июль 2025-жыл", "22 temmuz 2025", "22 de julio de 2025", "22. Juli 2025"),
        *("Tuesday, July 22nd, 2025 6:10 PM", "22 Jul 2025"),
    ],
)
def test_a_day_is_read_in_the_words_of_many_languages(words: str) -> None:
    shown = find_one(words)
    assert shown is not None and shown.on is not None and shown.on.edtf == "2025-07-22"
    assert shown.calendar == ("Bikram Sambat" if "साउन" in words else "")


@pytest.mark.parametrize(
    "words", ["04/05/2025", "1 May 2025 to 3 May 2025", "22 июля", "10 people 2020", "1.2.3.2020", "साउन 2082", "32 July 2025"]
)
def test_what_may_be_two_days_or_is_none_gives_none(words: str) -> None:
    assert find_one(words) is None


def test_figures_are_the_day_first_where_the_language_writes_them_so() -> None:
    (either,) = find_shown("04/05/2025")
    (known,) = find_shown("04/05/2025", day_first=True)
    assert either.on is None and known.on is not None and known.on.edtf == "2025-05-04"


@pytest.mark.parametrize(
    ("words", "day", "at"),
    [
        ("20180619T055000+0900", "2018-06-19", "2018-06-19T05:50:00+0900"),
        ("20180619", "2018-06-19", None),
        ("2025-07-22T23:10:00+05:00", "2025-07-22", "2025-07-22T23:10:00+05:00"),
        ("2025-07", "2025-07", None),
    ],
)
def test_a_stamp_is_read_in_both_forms_that_machines_write(words: str, day: str, at: str | None) -> None:
    found = parse_stamp(words)
    assert found is not None and (found[0].edtf, found[1]) == (day, at)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<h1>Погибли двенадцать</h1><p>Опубликовано: 22 июля 2025</p>", ("2025-07-22", "beside a word for publication")),
        ("<h1>Qurbonlar</h1><div>Chop etilgan 22-iyul, 2025</div>", ("2025-07-22", "beside a word for publication")),
        ("<h1>Ҳалокшудагон</h1><div>Нашр шуд: 22 июли 2025</div>", ("2025-07-22", "beside a word for publication")),
        ("<h1>मृतक</h1><div>प्रकाशित: साउन ६, २०८२</div>", ("2025-07-22", "beside a word for publication (Bikram Sambat)")),
        ("<h1>القتلى</h1><div>تاريخ النشر: 22 تموز 2025</div>", ("2025-07-22", "beside a word for publication")),
        ("<h1>Losses</h1><p>Dushanbe, 22 July 2025</p>", ("2025-07-22", "line by the heading")),
        ("<div>22.07.2025 | 10:15</div><h1>Потери</h1>", ("2025-07-22", "line by the heading")),
        ("<h1>Losses</h1><p>(22.07.2025) Twelve were killed, their relatives say, and three are missing.</p>",
         ("2025-07-22", "line by the heading")),
        ("<h1>Losses</h1><small>This entry was posted on Tuesday, July 22nd, 2025 at 10:00 and is filed under War.</small>",
         ("2025-07-22", "beside a word for publication")),
        ("<h1>Losses</h1><p>Updated: 22 July 2025</p>", (None, None)),
        ("<h1>Losses</h1><p>A list published by the ministry on 22 July 2025 names twelve.</p>", (None, None)),
        ("<h1>Losses</h1><p>On 22 July 2025 twelve men of the same village were killed near Bakhmut.</p>", (None, None)),
        ("<h1>Losses</h1><p>22 July 2025</p><p>23 July 2025</p>", (None, None)),
        ("<h1>Losses</h1><div class='related'><p>22 July 2025</p></div>", (None, None)),
        ("<h1>Losses</h1><a href='/next'>22 July 2025</a>", (None, None)),
        ("<h1>Losses of 22 July 2025</h1>", (None, None)),
        ("<p>22 July 2025</p>", (None, None)),
    ],
    ids=range(17),
)  # fmt: skip
def test_a_date_that_is_only_shown_counts_on_a_line_of_its_own(body: str, expected: tuple[str | None, str | None]) -> None:
    assert read(body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<h1>A</h1><abbr class='published' title='2025-07-22T05:11:00-05:00'>5:11</abbr>", "element marked as published"),
        ("<h1>A</h1><span class='PublishDate_date'>22 июля 2025</span><time datetime='2024-01-01'></time>",
         "element marked as published"),
        ("<h1>A</h1><p class='newsdatum'>22. Juli 2025</p>", "element marked as date"),
        ("<h1>A</h1><a rel='bookmark' href='/x'><time datetime='2025-07-22'></time></a>", "time element"),
        ("<h1>A</h1><a class='meta' href='/2025/07/22/'>22/07/2025</a>", "element marked as date"),
        ("<h1>A</h1><div><span class='date-modified'>Изменено 22.07.2025</span></div>", None),
        ("<h1>A</h1><div class='event-date'>22.07.2025</div><aside><time datetime='2025-07-22'></time></aside>", None),
    ],
    ids=range(7),
)  # fmt: skip
def test_an_element_is_marked_as_a_date_by_what_its_class_says(body: str, expected: str | None) -> None:
    assert read(body) == (("2025-07-22", expected) if expected else (None, None))


def test_the_date_nearest_to_the_heading_that_the_title_repeats_counts() -> None:
    other = "<div class='widget'><h1>Blog of a town</h1><time datetime='2024-01-01'></time></div>" + "<p>word</p>" * 30
    body = other + "<div class='widget Blog'><h3>Twelve men were killed</h3><time datetime='2025-07-22'></time></div>"
    assert read(body, "<title>Blog of a town: Twelve men were killed</title>") == ("2025-07-22", "time element")


def test_an_address_gives_a_month_and_no_more_where_it_says_no_more() -> None:
    assert read("", address="https://blog.example.org/2025/07/twelve-killed.html") == ("2025-07", "address")
    assert read("", address="https://example.org/2025/07/22/twelve.html") == ("2025-07-22", "address")
    assert read("", address="https://example.org/files/2025/07/a.html") == (None, None)
