"""A number put into words is found again with its value; no text breaks the finder, and its spans lie in the text."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.guards import count_calls, ends

from cenotaph.extract.numbers import find_numbers


def split_words(words: str) -> list[str]:
    return words.split()


ONES_EN = split_words(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen"
)
TENS_EN = split_words("twenty thirty forty fifty sixty seventy eighty ninety")
ONES_RU = split_words(
    "ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать "
    "шестнадцать семнадцать восемнадцать девятнадцать"
)
TENS_RU = split_words("двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто")
HUNDREDS_RU = split_words("сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот")
COLLECTIVES = split_words("двое трое четверо пятеро шестеро семеро восьмеро девятеро десятеро")
CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")


def say_english(number: int) -> str:
    """Return a number below a million in English words."""
    if number >= 1000:
        rest = number % 1000
        return say_english(number // 1000) + " thousand" + (f" {'and ' if rest < 100 else ''}{say_english(rest)}" if rest else "")
    if number >= 100:
        return ONES_EN[number // 100] + " hundred" + (f" and {say_english(number % 100)}" if number % 100 else "")
    if number >= 20:
        return TENS_EN[number // 10 - 2] + (f"-{ONES_EN[number % 10]}" if number % 10 else "")
    return ONES_EN[number]


@cache
def analyser() -> Any:
    import pymorphy3

    return pymorphy3.MorphAnalyzer(lang="ru")


@cache
def inflect(word: str, case: str) -> str:
    for parse in analyser().parse(word):
        if parse.tag.POS in ("NUMR", "ADJF", "NOUN") and parse.normal_form == word:
            form = parse.inflect({case})
            if form is not None:
                return str(form.word)
    return word


def say_russian(number: int, case: str) -> str:
    """Return a number below a million in Russian words in a case."""
    parts: list[str] = []
    if number >= 1000:
        parts.append(say_russian(number // 1000, case) + " " + inflect("тысяча", case))
        number %= 1000
    if number >= 100:
        parts.append(inflect(HUNDREDS_RU[number // 100 - 1], case))
        number %= 100
    if number >= 20:
        parts.append(inflect(TENS_RU[number // 10 - 2], case))
        number %= 10
    if number:
        parts.append(inflect(ONES_RU[number], case))
    return " ".join(parts)


@given(st.integers(2, 999_999), st.booleans())
@settings(max_examples=200, deadline=None)
def test_a_number_in_english_words_is_found_again(number: int, capitals: bool) -> None:
    words = say_english(number).upper() if capitals else say_english(number)
    text = f"They say {words} soldiers died."
    (mention,) = find_numbers(text, "en")
    assert (text[mention.start : mention.end], mention.low, mention.high) == (words, number, number)


@given(st.integers(2, 999_999), st.sampled_from(CASES), st.booleans())
@settings(max_examples=200, deadline=None)
def test_a_number_in_russian_words_is_found_again_in_every_case(number: int, case: str, capitals: bool) -> None:
    words = say_russian(number, case)
    words = words.upper() if capitals else words
    text = f"Известно про {words} человек."
    (mention,) = find_numbers(text, "ru")
    assert (text[mention.start : mention.end], mention.low, mention.high) == (words, number, number)


@pytest.mark.parametrize("case", CASES)
def test_every_collective_is_found_in_every_case(case: str) -> None:
    for value, word in enumerate(COLLECTIVES, 2):
        text = f"Сообщили о {inflect(word, case)}."
        (mention,) = find_numbers(text, "ru")
        assert (mention.low, mention.words) == (value, True)


@given(
    st.integers(1000, 10**12),
    st.sampled_from([",", ".", " ", "\u00a0", "\u202f", "\u2009"]),
    st.sampled_from(["en", "ru", "uk", "tg"]),
)
def test_a_number_in_digits_is_found_again_by_any_grouping(number: int, sign: str, language: str) -> None:
    digits = f"{number:,}".replace(",", sign)
    text = f"({digits})"
    (mention,) = find_numbers(text, language)
    assert (text[mention.start : mention.end], mention.low) == (digits, number)


PIECES = st.sampled_from(
    [
        *split_words(
            'один one two hundred thousand and a an no not of the half third percent % $ № # - – — + ~ . , ( ) « » " '
            "5 12 2022 1,200 1.5 3:30 тыс. млн тысяч тысячи несколько десятков более до от из не ни без нет ошибочно следует "
            "читать человек лет мая may in each most at least or more с половиной from to between"
        ),
        *["\n", "\n\n", "\x00", "\u202e", "\u0301", "\ud800", "İ", "ß", "٣", "५", "²", "½", "\u00a0", "１２", "…"],
    ]
)
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=40).map(" ".join), st.lists(PIECES, max_size=40).map("".join))


@given(TEXTS, st.sampled_from(["en", "ru", "uk", "xx"]))
@settings(max_examples=400, deadline=None)
def test_any_text_gives_ordered_spans_that_lie_in_it(text: str, language: str) -> None:
    end = 0
    for mention in find_numbers(text, language):
        assert end <= mention.start <= mention.core_start < mention.core_end <= mention.end <= len(text)
        assert text[mention.start : mention.end].strip() == text[mention.start : mention.end] != ""
        assert mention.low is None or mention.high is None or mention.low <= mention.high
        assert mention.kind
        end = mention.end


@pytest.mark.parametrize("piece", ["1", "123 ", "1,", "12-", "0"])
def test_ten_megabytes_of_digits_are_read_to_their_end(piece: str) -> None:
    with ends():
        find_numbers(piece * (10_000_000 // len(piece)), "en")


@pytest.mark.parametrize(
    "piece", ["twenty ", "a ", "at least ", "between 5 and ", "тысячи и ", "не 5, а ", "hundred and ", "one of "]
)
def test_the_work_grows_with_the_text_and_no_faster(piece: str) -> None:
    language = "ru" if piece[0] > "z" else "en"

    def count(copies: int) -> int:
        return count_calls(lambda: find_numbers(piece * copies, language))

    count(10)  # what is read once only, like word lists, is read now
    # Sixteen times the text: were it quadratic, 256 times the work.
    assert count(16_000) < 20 * count(1_000)
    with ends():  # a pattern's own steps are no calls
        find_numbers(piece * 160_000, language)
