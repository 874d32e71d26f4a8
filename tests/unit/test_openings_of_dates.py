"""The quick way to look for dates finds what one expression of all the ways to write them would."""

import re

import pytest

from cenotaph.extract.claims.dates import _compile, _read_tables
from cenotaph.extract.claims.openings import list_openings

TEXTS = {
    "en": (
        "On 5 May 2023, and again in mid-June, 12 men were lost; since the start of the war, in the night to Tuesday, "
        "14.05.2024 and 2023-11 were bad. By 14:30 on Friday SINCE MAY 2022 it was over within 48 hours. "
        "In March, at 1400 GMT, as of this morning, last winter and the day before."
    ),
    "ru": (
        "По состоянию на утро 5 мая 2023 года погибли двое. Двадцатого погибли ещё трое. В ночь на вторник, с начала войны, "
        "за последние сутки, к концу года, 12.05.2024 и 3–5 июня; В ПРОШЛОМ ГОДУ, накануне вечером и на рассвете, "
        "в первые дни вторжения, два года назад, летом прошлого года."
    ),
    "uk": "Станом на 5 травня 2023 року загинули двоє. З початку війни, за добу, вчора, у березні й у 2024 році.",
}


@pytest.mark.parametrize("language", ["en", "ru", "uk"])
def test_the_ways_of_a_language_find_what_one_expression_of_them_finds(language: str) -> None:
    table = _read_tables()[language]
    pattern = "|".join(table["patterns"])
    for name, part in reversed(table.get("parts", {}).items()):
        pattern = pattern.replace(f"<{name}>", part)
    whole = re.compile(pattern, re.IGNORECASE)
    for text in (TEXTS[language], TEXTS[language].upper(), TEXTS[language].swapcase()):
        openings = [found.end() for found in re.finditer(r"[.,;] ", text)]
        for start in (*range(0, len(text), 7), *openings):
            for end in (len(text), start + 50):
                expected = [found.span() for found in whole.finditer(text, start, end)]
                assert [(first, last) for first, last, _ in _compile()[language].find(text, start, end)] == expected
    assert len(list(whole.finditer(TEXTS[language]))) > 4


@pytest.mark.parametrize("language", ["en", "ru", "uk"])
def test_every_way_says_with_what_it_opens(language: str) -> None:
    assert not [way.pattern.pattern for way in _compile()[language]._ways if way.opening.match("")]


@pytest.mark.parametrize(
    ("pattern", "openings"),
    [
        (r"\b[Ii]n (?:May|June)", ["[Ii]n M", "[Ii]n J"]),
        (r"\b(?:on )?\d{1,2} May", ["on \\d", r"\d"]),
        (r"a{0,2}bc|(?<=x)ye*", ["a", "bc", "y", "ye"]),
        (r"(?:a|b)?cd(?!e)f", ["acd", "bcd", "cd"]),
    ],
)
def test_openings_stop_where_what_follows_is_not_known(pattern: str, openings: list[str]) -> None:
    assert set(list_openings(pattern, 4)) == set(openings)


def test_a_group_that_is_not_understood_is_refused() -> None:
    with pytest.raises(ValueError, match="not understood"):
        list_openings(r"\b(?P<day>May)", 4)
