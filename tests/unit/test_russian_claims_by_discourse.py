"""Russian claims that lean on the run of a text, and numbers whose words the grammar must not part or join wrongly."""

from __future__ import annotations

import pytest

from cenotaph.extract import read_claims
from cenotaph.extract.numbers import find_numbers


def outcomes(text: str) -> list[tuple[str, str]]:
    return [(claim.number_text, claim.outcome) for claim in read_claims(text, "ru").claims]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Троих трибунал признал умершими.", ("Троих", "declared_dead")),
        ("Пятерых патруль задержал у моста.", ("Пятерых", "detained")),
        ("Четверым фельдшер перевязал раны на месте, а вечером их отвезли в госпиталь.", ("Четверым", "wounded")),
        ("Смертельные ожоги получили 14 человек.", ("14", "killed")),
        ("Тяжёлые травмы причинены 26 горожанам.", ("26", "wounded")),
        ("Пленных россиян не выявлено, раненых армян не имеется.", ("не имеется", "wounded")),
        ("Ни единого погибшего мэрия не признаёт.", ("Ни единого", "killed")),
        ("Боимся, что жертв окажется больше ста.", ("больше ста", "killed")),
        ("Консульство знает о 90 завербованных.", ("90", "recruited")),
        ("Газета насчитала до 70 дезертировавших из части солдат, нашедших место в российской армии.", ("до 70", "recruited")),
    ],
)
def test_what_befell_people_is_read_past_words_that_are_not_theirs(text: str, expected: tuple[str, str]) -> None:
    assert expected in outcomes(text)


def test_people_behind_a_clause_about_others_are_counted_on() -> None:
    text = "Комитет ищет 80 солдат, воевавших весной, и не менее тридцати жителей посёлка."
    assert outcomes(text) == [("80", "missing"), ("не менее тридцати", "missing")]


def test_a_question_without_a_verb_asks_for_a_number() -> None:
    text = "Вернули домой 402 человека.\n\nСмирнова: А погибших?\n\nЕрёмин: Подтверждённых — 650."
    assert ("650", "killed") in outcomes(text)


def test_their_number_in_a_list_is_of_those_told_of_before() -> None:
    text = "В списке погибших 900 имён. Отдельная строка — иностранцы. Их в списке 61: 40 таджиков, 21 узбек."
    assert [outcome for _, outcome in outcomes(text)][-3:] == ["killed", "killed", "killed"]


def test_a_share_of_the_dead_is_no_recruitment() -> None:
    text = "Из некрологов известно о гибели 9300 человек. На долю мобилизованных приходится 14 процентов."
    assert outcomes(text)[-1] == ("14 процентов", "killed")


def test_people_sent_are_recruited_where_a_text_is_about_that() -> None:
    text = "Односельчан завербовали на войну. Мужчины подписали контракты. Посредник пишет, что отправил не больше пятидесяти."
    assert ("не больше пятидесяти", "recruited") in outcomes(text)


def test_who_reads_a_page_is_nobody_dead() -> None:
    assert outcomes("На шахте погибли 27 горняков.\n\nЧитают сейчас: 318\n\nЭто крупнейшая авария за десять лет.") == [
        ("27", "killed")
    ]


@pytest.mark.parametrize(
    ("text", "low", "high", "bound"),
    [
        ("погибло почти сотни горняков", 100, 100, "approx"),
        ("сдалось человек сорок, может, сорок пять", 40, 45, "range"),
        ("погибло десять, а то и пятнадцать бойцов", 10, 15, "range"),
        ("ранены от полутора до двух тысяч человек", 1500, 2000, "range"),
        ("по их счёту выходит за восемьсот", 800, None, "more_than"),
        ("счёт погибших дошёл до 164", 164, 164, "exact"),
    ],
)
def test_russian_numbers_of_speech_have_their_bounds(text: str, low: int, high: int | None, bound: str) -> None:
    (found,) = [mention for mention in find_numbers(text, "ru") if mention.kind == "people_candidate"]
    assert (found.low, found.high, found.bound.value) == (low, high, bound)


def test_the_size_of_a_sample_is_no_count() -> None:
    assert all(mention.kind != "people_candidate" for mention in find_numbers("Семьи опрошенных (n = 260) ждут.", "ru"))


def test_people_known_of_after_a_disaster_are_its_dead_and_doubtful() -> None:
    (claim,) = read_claims("Взрыв на складе красок. Пока известно о троих.", "ru").claims
    assert (claim.low, claim.outcome) == (3, "killed")


def test_a_line_of_column_names_leaves_the_heading_its_outcome() -> None:
    text = "Список погибших при крушении\n\nГражданство / число\nКазахстан 14\nАзербайджан 9\nРоссия 6\nКыргызстан — трое"
    claims = read_claims(text, "ru").claims
    assert [(claim.low, claim.outcome) for claim in claims] == [(14, "killed"), (9, "killed"), (6, "killed"), (3, "killed")]
    assert claims[0].nationality == ("KZ",)


def test_no_figures_are_not_nobody() -> None:
    text = "Среди погибших — дети, точных цифр нет. Волонтёры насчитали тридцать восемь."
    assert outcomes(text) == [("тридцать восемь", "killed")]


def test_who_gathers_for_a_funeral_is_not_dead() -> None:
    assert outcomes("Последнего солдата хоронили в среду, пришло человек двести.") == []


def test_cases_of_what_was_done_are_counted() -> None:
    assert ("288", "recruited") in outcomes("Посольство подтвердило 288 случаев вербовки.")


def test_what_a_title_says_is_confirmed_holds_for_its_list() -> None:
    text = "Потери по краям (поимённые подтверждения)\n\nАлтайский — 310\nКамчатский — 120\nПермский — 400"
    assert {claim.modality.value for claim in read_claims(text, "ru").claims} == {"said_confirmed"}


def test_a_denial_taken_back_casts_no_doubt() -> None:
    text = "Сначала завод отрицал жертвы, потом признал гибель двоих рабочих."
    (claim,) = [claim for claim in read_claims(text, "ru").claims if claim.low == 2]
    assert claim.modality.value != "unconfirmed"


def test_the_day_of_an_event_holds_for_its_victims_in_the_next_sentence() -> None:
    text = "7 августа группа обстреляла посёлок Ясный. В результате погибли четырнадцать жителей."
    (claim,) = read_claims(text, "ru").claims
    assert claim.as_of == "7 августа"


def test_a_table_in_wide_gaps_keeps_its_numbers_from_the_next_row_s_first_word() -> None:
    text = "Освобождённые из плена по месяцам\n\nянварь    124\nфевраль   150\nапрель    372\n"
    assert [(one.low, one.outcome) for one in read_claims(text, "ru").claims] == [
        (124, "released"),
        (150, "released"),
        (372, "released"),
    ]
