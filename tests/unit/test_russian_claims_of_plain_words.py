"""Russian claims in plain words: who they were and what became of them, labels, lists, parts that no word marks."""

from __future__ import annotations

import pytest

from cenotaph.domain.claims import Claim
from cenotaph.extract import read_claims


def _read(text: str) -> list[Claim]:
    return list(read_claims(text, "ru").claims)


def _told(text: str) -> list[tuple[int | None, str]]:
    return [(claim.low, claim.outcome) for claim in _read(text)]


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("С фронта не вернутся 14 парней нашего села.", "killed"),
        ("Признаков жизни не подавали 14 проходчиков.", "killed"),
        ("Не дожили до обмена 14 связистов.", "killed"),
        ("На связь больше не выходят 14 водителей.", "missing"),
        ("На поверхность не вышли 14 проходчиков.", "missing"),
        ("Из тайги не вышли 14 туристов.", "missing"),
        ("Следы 14 матросов теряются в Таганроге.", "missing"),
        ("О судьбе 14 матросов родные не знают ничего.", "missing"),
        ("В неволе остаются 14 моряков.", "captured"),
        ("За границу ушли 14 тысяч жителей.", "displaced"),
        ("Завлекли обманом 14 студентов.", "recruited"),
        ("Подобрали из воды 14 пассажиров.", "rescued"),
    ],
)
def test_plain_words_say_what_happened(text: str, outcome: str) -> None:
    assert [claim.outcome for claim in _read(text)] == [outcome]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Пропавшие девятнадцать вернулись домой.", [(19, "released")]),
        ("Пленные шестеро казнены.", [(6, "killed")]),
        ("Задержанные трое отпущены.", [(3, "released")]),
        ("Число завербованных лежит между 11 и 14 тысячами.", [(11000, "recruited")]),
        ("Пропавших без вести с начала войны — 340.", [(340, "missing")]),
        ("Погибших под обстрелами за неделю: 14.", [(14, "killed")]),
        ("Умерло в колонии за зиму 19 заключённых, в больнице — 7.", [(19, "killed"), (7, "killed")]),
        ("Суд признал погибшими майора Ли Р. К. и пятерых бойцов.", [(5, "declared_dead")]),
        ("Контракт подписали 119, из них 40 после задержания.", [(119, "recruited"), (40, "recruited")]),
    ],
)
def test_what_became_of_people_is_taken_over_who_they_were(text: str, wanted: list[tuple[int, str]]) -> None:
    assert _told(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Трём сиротам передали подарки.",
        "Восьмерым матерям вернули вещи.",
        "12 пленных вернутся домой в мае.",
    ],
)
def test_who_is_given_something_or_will_come_home_is_no_claim(text: str) -> None:
    assert _told(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Погибли восемь ополченцев. Девятерым не было и тридцати.",
        "Погибли восемь ополченцев. Младшему не исполнилось и двадцати.",
    ],
)
def test_an_age_not_yet_reached_counts_nobody(text: str) -> None:
    assert not [claim for claim in _read(text) if claim.low in (20, 30)]


def test_a_row_of_a_list_keeps_to_the_header_over_an_aside_in_the_row_before() -> None:
    text = "Погибшие граждане по странам:\n• Гана: 83\n• Перу — 16, ещё 12 пропали\n• Фиджи: двое\n"
    assert _told(text) == [(83, "killed"), (16, "killed"), (12, "missing"), (2, "killed")]


def test_a_line_in_brackets_below_a_heading_says_of_whom_the_list_is() -> None:
    text = "НАШИ В ЧУЖОЙ АРМИИ: сводка\n(поимённый список погибших на май)\n\n• Гана: 31\n• Фиджи: двое\n"
    assert _told(text) == [(31, "killed"), (2, "killed")]


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        ("Из нашей деревни ушли на фронт девять. Трое погибли.", 3, 9),
        ("Задержаны семеро рыбаков, двое отпущены через час.", 2, 7),
        ("Осуждены 14 солдат, четверо условно.", 4, 14),
    ],
)
def test_a_bare_number_that_goes_on_is_a_part(text: str, part: int, whole: int) -> None:
    claims = {claim.low: claim for claim in _read(text)}
    assert claims[part].subset_of == claims[whole].id


@pytest.mark.parametrize(
    "text",
    [
        "Вернулись девять солдат и двое врачей. Четверо ранены.",
        "Погибли девять солдат. Четверо ранены.",
        "По словам мэра, пропали девять солдат. По данным штаба, погибли четверо.",
    ],
)
def test_a_bare_number_that_may_be_of_others_is_no_part(text: str) -> None:
    claims = {claim.low: claim for claim in _read(text)}
    assert claims[4].subset_of is None


@pytest.mark.parametrize(
    "text",
    [
        "Погибли восемь ополченцев. За водой очередь человек двести.",
        "Погибли восемь ополченцев. В ведомости против фамилии сумма: 180 000.",
        "О восьмерых погибших писали раньше другие.",
        "В посёлке одном погибли восемь человек.",
    ],
)
def test_a_queue_a_sum_and_who_says_it_count_nobody(text: str) -> None:
    assert _told(text) == [(8, "killed")]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("На войну брали всех подряд. Из нашего села уехали двадцать.", (20, "recruited")),
        ("Контора по вербовке закрыта. Через неё прошли 140 человек.", (140, "recruited")),
        ("Из нашего класса воевать пошли пятеро.", (5, "recruited")),
    ],
)
def test_who_goes_where_recruits_were_spoken_of_is_recruited(text: str, wanted: tuple[int, str]) -> None:
    assert wanted in _told(text)


def test_who_goes_home_or_to_work_is_not_recruited() -> None:
    assert _told("На войну брали всех подряд. На работу в город уехали двадцать.") == []


def test_people_from_so_many_countries_are_counted() -> None:
    assert _told("Киев удерживает около 260 из 40 с лишним государств.") == [(260, "captured")]


def test_a_figure_that_was_before_is_no_part_of_the_new_one() -> None:
    claims = {claim.low: claim for claim in _read("В списке 412 пропавших (месяц назад было 397). Из них под Изюмом — 160.")}
    assert claims[397].subset_of is None
    assert claims[160].subset_of == claims[412].id


@pytest.mark.parametrize(
    ("text", "attribution"),
    [
        ("В отчёте комиссии указано 14 погибших.", "отчёте комиссии"),
        ("Районная прокуратура дала свежие цифры: 14 погибших.", "Районная прокуратура"),
        ("Посольство имеет извещения о гибели 14 человек.", "Посольство"),
        ("Нам пишет читательница Инна: в доме погибли 14 человек.", "читательница Инна"),
        ("Бабушка Нюра шепнула, что на фронте погибли четырнадцать наших.", "Бабушка Нюра"),
    ],
)
def test_who_gives_a_figure_is_its_source(text: str, attribution: str) -> None:
    assert [claim.attribution for claim in _read(text)] == [attribution]


def test_a_label_of_who_speaks_is_no_place() -> None:
    assert [claim.place for claim in _read("Полиция: девять погибших.")] == [None]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Погибшие по областям: Омская — 12; Томская — 7.", [(12, "killed"), (7, "killed")]),
        ("Пропавшие по месяцам: январь — 12, февраль — 9, март — 31.", [(12, "missing"), (9, "missing"), (31, "missing")]),
        ("Мобилизовано: район А — 40, район Б — 61.", [(40, "recruited"), (61, "recruited")]),
        ("Задержания. Витебск — 40, Гродно — 12.", [(40, "detained"), (12, "detained")]),
        ("Об убитых. Комбат называет цифру тридцать.", [(30, "killed")]),
        ("Убитый 12, раненый 30, говорит армия.", [(12, "killed"), (30, "wounded")]),
    ],
)
def test_words_at_the_head_say_of_whom_the_figures_are(text: str, wanted: list[tuple[int, str]]) -> None:
    assert _told(text) == wanted


def test_a_label_says_nothing_of_what_has_a_verb_of_its_own() -> None:
    assert _told("Задержания. Возле метро торговали двенадцать бабушек.") == []
