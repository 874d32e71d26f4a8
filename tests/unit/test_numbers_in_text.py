"""Numbers are found in their words with their hedges, and told apart from what counts no people."""

from __future__ import annotations

import csv

import pytest
from tools.write_number_words import render

from cenotaph.domain.counts import VAGUE_FLOORS
from cenotaph.extract.numbers import NumberMention, find_numbers
from cenotaph.extract.numbers.lexicon import find_floor
from cenotaph.reference.files import FOLDER, read_sources

PEOPLE = "people_candidate"
Expected = tuple[str, float | None, float | None, str]


def only(sentence: str, language: str, words: str) -> NumberMention:
    """Return the mention whose words are these, the core's or with hedges."""
    found = find_numbers(sentence, language)
    for mention in found:
        if words in (sentence[mention.start : mention.end], sentence[mention.core_start : mention.core_end]):
            return mention
    raise AssertionError(f"{words!r} is not among {[sentence[m.start : m.end] for m in found]}")


ENGLISH_VALUES = [
    ("He lost 1,200 men.", "1,200", 1200, 1200, "exact"),
    ("He lost 1 200 men.", "1 200", 1200, 1200, "exact"),
    ("He lost 1\u00a0200 men.", "1\u00a0200", 1200, 1200, "exact"),
    ("He lost 1\u202f200 men.", "1\u202f200", 1200, 1200, "exact"),
    ("He lost 1\u2009200 men.", "1\u2009200", 1200, 1200, "exact"),
    ("He lost 1.200 men.", "1.200", 1200, 1200, "exact"),
    ("Of 23, 45 and 67 soldiers", "23", 23, 23, "exact"),
    ("Of 23, 45 and 67 soldiers", "45", 45, 45, "exact"),
    ("118k killed", "118k", 118000, 118000, "exact"),
    ("1.2 million displaced", "1.2 million", 1_200_000, 1_200_000, "exact"),
    ("1.5m people fled", "1.5m", 1_500_000, 1_500_000, "exact"),
    ("twenty-seven dead", "twenty-seven", 27, 27, "exact"),
    ("TWENTY SEVEN DEAD", "TWENTY SEVEN", 27, 27, "exact"),
    ("a hundred and four wounded", "a hundred and four", 104, 104, "exact"),
    ("two hundred and fifty thousand people", "two hundred and fifty thousand", 250_000, 250_000, "exact"),
    ("two and a half million refugees", "two and a half million", 2_500_000, 2_500_000, "exact"),
    ("half a dozen soldiers", "half a dozen", 6, 6, "exact"),
    ("two dozen soldiers", "two dozen", 24, 24, "exact"),
    ("a pair of soldiers", "a pair", 2, 2, "exact"),
    ("a couple of soldiers", "a couple", 2, 2, "exact"),
    ("several hundred civilians", "several hundred", 100, None, "vague"),
    ("tens of thousands of people", "tens of thousands", 10_000, None, "vague"),
    ("hundreds of thousands fled", "hundreds of thousands", 100_000, None, "vague"),
    ("dozens were hurt", "dozens", 12, None, "vague"),
    ("scores of people", "scores", 20, None, "vague"),
    ("many civilians died", "many", None, None, "vague"),
    ("a number of civilians died", "a number of", None, None, "vague"),
    ("a small number of Americans joined", "a small number of", None, None, "vague"),
    ("more than a dozen soldiers", "more than a dozen", 12, None, "more_than"),
    ("2,000–3,000 fighters", "2,000–3,000", 2000, 3000, "range"),
    ("between five and seven people", "between five and seven", 5, 7, "range"),
    ("two or three men", "two or three", 2, 3, "range"),
    ("10-15 thousand troops", "10-15 thousand", 10_000, 15_000, "range"),
    ("two to three thousand troops", "two to three thousand", 2000, 3000, "range"),
    ("at least 14 others", "at least 14", 14, None, "at_least"),
    ("at least another 12 were hurt", "at least another 12", 12, None, "at_least"),
    ("no fewer than 40 died", "no fewer than 40", 40, None, "at_least"),
    ("over 40 died", "over 40", 40, None, "more_than"),
    ("upwards of 40 died", "upwards of 40", 40, None, "more_than"),
    ("as many as 40 died", "as many as 40", None, 40, "at_most"),
    ("up to 40 died", "up to 40", None, 40, "at_most"),
    ("fewer than 40 died", "fewer than 40", None, 40, "at_most"),
    ("some 40 died", "some 40", 40, 40, "approx"),
    ("nearly 40 died", "nearly 40", 40, 40, "approx"),
    ("~40 people", "~40", 40, 40, "approx"),
    ("the toll may exceed 600", "may exceed 600", 600, None, "may_exceed"),
    ("the toll could top 600", "could top 600", 600, None, "may_exceed"),
    ("40 or more died", "40 or more", 40, None, "at_least"),
    ("40-plus died", "40-plus", 40, None, "at_least"),
    ("200+ dead", "200+", 200, None, "at_least"),
    ("the toll rose to 40", "40", 40, 40, "exact"),
    ("the toll rose from 33 to 38", "33", 33, 33, "exact"),
    ("the toll rose from 33 to 38", "38", 38, 38, "exact"),
    ("no civilians were hurt", "no", 0, 0, "exact"),
    ("none survived", "none", 0, 0, "exact"),
    ("neither survived", "neither", 0, 0, "exact"),
    ("no reports of injuries", "no", 0, 0, "exact"),
    ("not a single soldier died", "not a single", 0, 0, "exact"),
    ("one of them died", "one", 1, 1, "exact"),
    ("a single soldier died", "a single", 1, 1, "exact"),
]
RUSSIAN_VALUES = [
    ("погибло 1 200 человек", "1 200", 1200, 1200, "exact"),
    ("погибло 15\u00a0940 человек", "15\u00a0940", 15940, 15940, "exact"),
    ("1,5 тыс. бойцов", "1,5 тыс.", 1500, 1500, "exact"),
    ("2,3 млн жителей", "2,3 млн", 2_300_000, 2_300_000, "exact"),
    ("2 тысячи 300 человек", "2 тысячи 300", 2300, 2300, "exact"),
    ("около двадцати семи человек", "около двадцати семи", 27, 27, "approx"),
    ("СТО ДВАДЦАТЬ ЧЕЛОВЕК", "СТО ДВАДЦАТЬ", 120, 120, "exact"),
    ("тысяча двести детей", "тысяча двести", 1200, 1200, "exact"),
    ("двое погибли", "двое", 2, 2, "exact"),
    ("ранили пятерых", "пятерых", 5, 5, "exact"),
    ("обе женщины погибли", "обе", 2, 2, "exact"),
    ("пара человек", "пара", 2, 2, "exact"),
    ("полтора десятка бойцов", "полтора десятка", 15, 15, "exact"),
    ("два десятка бойцов", "два десятка", 20, 20, "exact"),
    ("полсотни бойцов", "полсотни", 50, 50, "exact"),
    ("полтысячи с лишним", "полтысячи с лишним", 500, None, "more_than"),
    ("две с половиной тысячи человек", "две с половиной тысячи", 2500, 2500, "exact"),
    ("несколько десятков человек", "несколько десятков", 10, None, "vague"),
    ("десятки тысяч людей", "десятки тысяч", 10_000, None, "vague"),
    ("сотни раненых", "сотни", 100, None, "vague"),
    ("около сотни раненых", "около сотни", 100, 100, "approx"),
    ("более тысячи раненых", "более тысячи", 1000, None, "more_than"),
    ("несколько сот человек", "несколько сот", 100, None, "vague"),
    ("несколько человек", "несколько", None, None, "vague"),
    ("от 5 до 7 человек", "от 5 до 7", 5, 7, "range"),
    ("два-три солдата", "два-три", 2, 3, "range"),
    ("от двух до трёх тысяч бойцов", "от двух до трёх тысяч", 2000, 3000, "range"),
    ("погибло человек пять", "человек пять", 5, 5, "approx"),
    ("погибло человек пять-шесть", "человек пять-шесть", 5, 6, "range"),
    ("тысяч пять человек", "тысяч пять", 5000, 5000, "approx"),
    ("не менее 40 человек", "не менее 40", 40, None, "at_least"),
    ("как минимум 12 человек", "как минимум 12", 12, None, "at_least"),
    ("свыше 2 тыс. человек", "свыше 2 тыс.", 2000, None, "more_than"),
    ("более чем 40", "более чем 40", 40, None, "more_than"),
    ("не более 40 человек", "не более 40", None, 40, "at_most"),
    ("до 40 человек", "до 40", None, 40, "at_most"),
    ("менее ста", "менее ста", None, 100, "at_most"),
    ("без малого 14 тыс.", "без малого 14 тыс.", 14_000, 14_000, "approx"),
    ("число погибших может превысить 400", "может превысить 400", 400, None, "may_exceed"),
    ("40 и более человек", "40 и более", 40, None, "at_least"),
    ("число погибших возросло до 40", "40", 40, 40, "exact"),
    ("число погибших возросло до 40 человек", "40", 40, 40, "exact"),
    ("выросло с 33 до 38", "38", 38, 38, "exact"),
    ("никто не пострадал", "никто", 0, 0, "exact"),
    ("ни один не выжил", "ни один", 0, 0, "exact"),
    ("обошлось без жертв", "без", 0, 0, "exact"),
    ("погибших нет", "нет", 0, 0, "exact"),
    ("5-ти человек", "5-ти", 5, 5, "exact"),
    ("более чем у 5 человек", "более чем у 5", 5, None, "more_than"),
]
UKRAINIAN_VALUES = [
    ("загинуло двадцять сім осіб", "двадцять сім", 27, 27, "exact"),
    ("щонайменше 40 осіб", "щонайменше 40", 40, None, "at_least"),
    ("понад 2 тис. осіб", "понад 2 тис.", 2000, None, "more_than"),
    ("п’ятеро поранених", "п’ятеро", 5, 5, "exact"),
    ("десятки тисяч людей", "десятки тисяч", 10_000, None, "vague"),
    ("ніхто не загинув", "ніхто", 0, 0, "exact"),
]
VALUES = (
    [("en", *row) for row in ENGLISH_VALUES]
    + [("ru", *row) for row in RUSSIAN_VALUES]
    + [("uk", *row) for row in UKRAINIAN_VALUES]
)


@pytest.mark.parametrize(("language", "sentence", "words", "low", "high", "bound"), VALUES)
def test_a_number_has_its_words_its_value_and_its_bound(
    language: str, sentence: str, words: str, low: int | None, high: int | None, bound: str
) -> None:
    mention = only(sentence, language, words)
    assert (sentence[mention.start : mention.end], mention.low, mention.high, mention.bound) == (words, low, high, bound)
    assert mention.kind in (PEOPLE, "zero")


KINDS = [
    ("en", "in 2022", "2022", "year"),
    ("en", "in the 1990s", "1990", "year"),
    ("en", "on 24 February 2022", "24", "date"),
    ("en", "on 24 February 2022", "2022", "year"),
    ("en", "on Feb. 5, 2023", "5", "date"),
    ("en", "on 5, 12 and 13 May", "5", "date"),
    ("en", "on 12.05.2023", "12.05.2023", "date"),
    ("en", "on 2023-05-12", "2023-05-12", "date"),
    ("en", "at 3:30 a.m.", "3:30", "time"),
    ("en", "at 7 p.m. five soldiers", "7", "time"),
    ("en", "at 0530 gmt", "0530", "time"),
    ("en", "a 41-year-old man", "41", "age"),
    ("en", "men aged 41", "41", "age"),
    ("en", "men aged 19 to 45", "19 to 45", "age"),
    ("en", "Anna Jones, 41, of Leeds", "41", "age"),
    ("en", "her daughters, aged 4 and 9", "9", "age"),
    ("en", "Half of them were under 25.", "under 25", "age"),
    ("en", "The toll was over 50.", "over 50", PEOPLE),
    ("en", "a father of two", "two", "thing"),
    ("en", "He was 28. Before that", "28", "age"),
    ("en", "a soldier, 24, from Kut", "24", "age"),
    ("en", "Kamiyama (Japan), 24, rifleman", "24", "age"),
    ("en", "On 23 September 28 bodies were found", "28", PEOPLE),
    ("en", "by Hill 14, 3 miles away", "14", "unit_number"),
    ("en", "Jude Perera (31) and", "31", "age"),
    ("en", "paid $2,600", "2,600", "money"),
    ("en", "paid 1.2 million rupees", "1.2 million", "money"),
    ("en", "12 km north", "12", "distance"),
    ("en", "after 23 days", "23", "duration"),
    ("en", "the 155th brigade", "155", "ordinal"),
    ("en", "the twenty-first man", "twenty-first", "ordinal"),
    ("en", "a Su-34 and a T-90", "34", "code"),
    ("en", "flight MH17", "17", "code"),
    ("en", "issue No. 44", "44", "unit_number"),
    ("en", "Article 105", "105", "unit_number"),
    ("en", "on Road 12", "12", "unit_number"),
    ("en", "the Group of 7 met", "7", "unit_number"),
    ("en", "open 24/7", "24/7", "code"),
    ("en", "call 62-05-45", "62-05-45", "code"),
    ("en", "11 burnt vehicles", "11", "thing"),
    ("en", "five apartment buildings", "five", "thing"),
    ("en", "1,047 complaints", "1,047", "thing"),
    ("en", "28 countries", "28", "thing"),
    ("en", "four times", "four", "measure"),
    ("en", "25 degrees", "25", "measure"),
    ("en", "5 percent", "5 percent", "percent"),
    ("en", "just under 6 per cent", "6 per cent", "percent"),
    ("en", "one in five", "one in five", "percent"),
    ("en", "two thirds of them", "two thirds", "percent"),
    ("en", "half of the men", "half", "percent"),
    ("en", "a woman was wounded", "a", "indefinite"),
    ("en", "an Afghan soldier died", "an", "indefinite"),
    ("en", "another soldier died", "another", "another"),
    ("en", "two truck drivers", "two", PEOPLE),
    ("en", "139 sets of remains", "139", PEOPLE),
    ("en", "killed 2022 soldiers", "2022", PEOPLE),
    ("en", "two U.S. soldiers", "two", PEOPLE),
    ("en", "at least two of the 12 may have died", "12", PEOPLE),
    ("ru", "в 2022 году", "2022", "year"),
    ("ru", "с 2022-го", "2022", "year"),
    ("ru", "24 февраля", "24", "date"),
    ("ru", "в ночь с 4 на 5 января", "4", "date"),
    ("ru", "12.05.2023", "12.05.2023", "date"),
    ("ru", "в 14:00", "14:00", "time"),
    ("ru", "около пяти часов вечера", "пяти", "time"),
    ("ru", "ему было 23", "23", "age"),
    ("ru", "41-летний мужчина", "41", "age"),
    ("ru", "за 9 месяцев", "9", "duration"),
    ("ru", "155-я бригада", "155", "ordinal"),
    ("ru", "сорок восьмой", "сорок восьмой", "ordinal"),
    ("ru", "в/ч 12345", "12345", "unit_number"),
    ("ru", "войсковой части 29760 о признании", "29760", "unit_number"),
    ("ru", "№ 44", "44", "unit_number"),
    ("ru", "по ст. 105 УК", "105", "unit_number"),
    ("ru", "груз 200", "200", "unit_number"),
    ("ru", "самолёт Су-34", "34", "code"),
    ("ru", "2 млн рублей", "2 млн", "money"),
    ("ru", "5 км", "5", "distance"),
    ("ru", "в 19 раз", "19", "measure"),
    ("ru", "пять процентов", "пять процентов", "percent"),
    ("ru", "34 %", "34 %", "percent"),
    ("ru", "каждый третий", "каждый третий", "percent"),
    ("ru", "две трети", "две трети", "percent"),
    ("ru", "четыре пятых погибших", "четыре пятых", "percent"),
    ("ru", "отец двоих детей", "двоих", "thing"),
    ("ru", "54 имени погибших", "54", PEOPLE),
    ("ru", "Граждан страны среди погибших, по данным МИД, нет.", "нет", "zero"),
    ("ru", "Телефон: 0 (312) 62-05-45", "312", "code"),
    ("ru", "12 пожарных машин", "12", "thing"),
    ("ru", "шесть военных вертолётов", "шесть", "thing"),
    ("ru", "163 обращения", "163", "thing"),
    ("ru", "шесть альманахов", "шесть", "thing"),
    ("ru", "пять военных", "пять", PEOPLE),
    ("ru", "три сотрудника больницы", "три", PEOPLE),
]


@pytest.mark.parametrize(("language", "sentence", "words", "kind"), KINDS)
def test_numbers_that_count_no_people_are_told_apart(language: str, sentence: str, words: str, kind: str) -> None:
    assert only(sentence, language, words).kind == kind


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "They helped one another."),
        ("en", "the one who ran"),
        ("en", "one of the largest attacks"),
        ("en", "There was no comment."),
        ("en", "How many?"),
        ("ru", "один из самых опасных"),
        ("ru", "один и тот же"),
        ("ru", "без сознания"),
    ],
)
def test_an_idiom_counts_nothing(language: str, sentence: str) -> None:
    assert find_numbers(sentence, language) == []


@pytest.mark.parametrize(
    ("language", "sentence", "taken_back", "kept"),
    [
        ("en", "not 27 but 25 people died", "27", "25"),
        ("en", "25, not 27, were killed", "27", "25"),
        ("ru", "погибло не 27, а 25 человек", "27", "25"),
        ("ru", "ошибочно сообщил, что погибло 27 контрактников. Погибло 25.", "27", "25"),
        ("ru", "«погибло шестьсот грузин» следует читать так: «воевало до шестисот»", "шестьсот", "шестисот"),
    ],
)
def test_a_number_that_the_text_takes_back_is_marked(language: str, sentence: str, taken_back: str, kept: str) -> None:
    assert only(sentence, language, taken_back).retracted
    assert not only(sentence, language, kept).retracted


def test_a_denied_hedge_takes_nothing_back() -> None:
    assert not only("не менее 40 человек", "ru", "40").retracted
    assert not only("not fewer than 19 men", "en", "19").retracted
    assert not only("hundreds, if not thousands", "en", "thousands").retracted


@pytest.mark.parametrize(("language", "sentence"), [("en", "five people each"), ("en", "two each"), ("ru", "по три человека")])
def test_a_number_for_each_is_distributive(language: str, sentence: str) -> None:
    assert find_numbers(sentence, language)[0].distributive


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "another 12 died"), ("en", "12 more died"), ("ru", "ещё 12 ранены"), ("ru", "ещё один погиб")],
)
def test_a_number_on_top_is_an_increment(language: str, sentence: str) -> None:
    assert find_numbers(sentence, language)[0].increment


def test_the_noun_that_is_counted_is_pointed_at() -> None:
    sentence = "five Ukrainian soldiers died"
    assert find_numbers(sentence, "en")[0].head_hint == (15, 23)


def test_a_pronoun_counts_what_the_number_before_it_counts() -> None:
    assert only("Two videos, one of which was shown", "en", "one").kind == "thing"
    assert only("три человека, один из которых погиб", "ru", "один").certain


def test_an_empty_line_ends_a_number() -> None:
    assert [m.low for m in find_numbers("двадцать\n\nпять", "ru")] == [20, 5]


def test_another_language_gives_its_digits() -> None:
    assert [(m.low, m.bound) for m in find_numbers("Nepál: 1 200+ ember, 34 %", "hu")] == [(1200, "at_least"), (34, "exact")]


def test_a_number_far_into_a_long_text_has_its_place() -> None:
    text = "Words without numbers. " * 5000 + "At least 14 men died."
    (mention,) = find_numbers(text, "en")
    assert text[mention.start : mention.end] == "At least 14"


def test_the_forms_are_what_the_lemmas_make() -> None:
    assert (FOLDER / "numbers" / "forms.csv").read_text(encoding="utf-8") == render(), "run python -m tools.write_number_words"


@pytest.mark.parametrize("name", ["lemmas", "forms", "hedges", "vague", "symbols", "cues"])
def test_every_row_of_the_tables_names_its_source(name: str) -> None:
    with (FOLDER / "numbers" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        assert {row["source"] for row in csv.DictReader(stream)} <= set(read_sources())


def test_a_floor_is_the_one_table_s() -> None:
    assert find_floor(12) == VAGUE_FLOORS["dozens"]
    assert find_floor(10, 1000) == VAGUE_FLOORS["tens_of_thousands"]
