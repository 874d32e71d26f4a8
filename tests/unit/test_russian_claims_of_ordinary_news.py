"""Russian turns of ordinary news: what is no claim, what a doubled numeral is worth, who is held and who is dead."""

from __future__ import annotations

import pytest

from cenotaph.domain.claims import Claim
from cenotaph.extract import read_claims


def _read(text: str) -> list[Claim]:
    return list(read_claims(text, "ru").claims)


NO_CLAIMS = [
    "Под обломками никого больше не ищут.",
    "Суд признал солдата погибшим, двадцати двум заявительницам отказал.",
    "На линию помощи позвонили 340 родственников пропавших.",
    "В поисках пропавших заняты катер и 28 спасателей.",
    "Из Томска вылетел самолёт с девятью врачами.",
    "Продам письмо пленного, 40 тысяч, предоплата 30%.",
    "Это ещё не значит, что шестьдесят погибли.",
    "Лаборатория проверяет до 12 тел в сутки.",
    "У него ожоги 60 процентов тела.",
    "Рассказывает вдова одного из погибших.",
    "Никто не знает, сколько раненых увезли.",
    "До ста лет дожили девять жительниц района.",
    "Двое объявлены в розыск.",
    "Полиция проверяет двоих обвиняемых в убийстве.",
    "Всю ночь искали девочку девяносто добровольцев.",
    "Кладбище вмещает пять тысяч могил.",
    "Дело о причинении смерти двум и более лицам.",
    "Представим, что из роты погибли двенадцать.",
    "Состояние остальных врачи назвали удовлетворительным.",
    "В бараке никого не бьют.",
]


@pytest.mark.parametrize("text", NO_CLAIMS)
def test_what_counts_nobody_is_no_claim(text: str) -> None:
    assert [(claim.number_text, claim.outcome) for claim in _read(text) if claim.low != 0] == []


@pytest.mark.parametrize(
    ("text", "low", "high", "bound"),
    [
        ("Погибли не то семь, не то восемь тысяч солдат.", 7000, 8000, "range"),
        ("Погибли то ли четверо, то ли пятеро рабочих.", 4, 5, "range"),
        ("В плену не больше восьми-девяти сотен.", None, 900, "at_most"),
        ("Ранены не менее двух-трёх десятков жителей.", 20, None, "at_least"),
        ("Погибло порядка тысячи четырёхсот моряков.", 1400, 1400, "approx"),
        ("Сообщили о гибели дюжины рыбаков.", 12, 12, "exact"),
        ("Погибли до 10–15 человек.", 10, 15, "range"),
    ],
)
def test_a_doubled_or_joined_numeral_is_one_number(text: str, low: int | None, high: int | None, bound: str) -> None:
    assert [(claim.low, claim.high, claim.bound.value) for claim in _read(text)] == [(low, high, bound)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("За убийства осуждены 12 контрактников.", [(12, "detained")]),
        ("Суды осудили за убийство 54 бойцов, за побег — 1 870.", [(54, "detained"), (1870, "detained")]),
        ("Его осудили за убийство двух женщин.", [(2, "killed")]),
        ("Двоих шахтёров спасти не удалось.", [(2, "killed")]),
        ("Троих, 40-летних рыбаков, спасти не удалось.", [(3, "killed")]),
        ("Из боя вышли девять солдат, раненых среди них шестеро.", [(9, "survived"), (6, "wounded")]),
        ("До победы дожили четверо из нашей роты.", [(4, "survived")]),
        ("Пропавших без вести по-прежнему тринадцать.", [(13, "missing")]),
        ("Общее число перемещённых внутри страны – 2,1 млн.", [(2100000, "displaced")]),
        ("Армия убила, по подсчётам Союза политзаключённых, более 400 человек.", [(400, "killed")]),
        ("За зиму в роте никого не потеряли.", [(0, "killed")]),
        (
            "Потери составили более 90 человек убитыми и ранеными, четверо сдались в плен.",
            [(90, "killed+wounded"), (4, "captured")],
        ),
        ("В местах лишения свободы содержится 820 киргизов.", [(820, "detained")]),
        ("В местных тюрьмах находятся 340 мигрантов.", [(340, "detained")]),
        ("Четверо до сих пор сидят.", [(4, "detained")]),
        ("До весны дожили трое солдат.", [(3, "survived")]),
        ("Число погибших при пожаре в тюрьме выросло до девяти.", [(9, "killed")]),
        ("Общие потери, включая раненых, составляют 640 человек.", [(640, "casualties")]),
        ("Опознать, как признал эксперт, удалось лишь семьдесят тел.", [(70, "identified")]),
        ("Личности 38 из них установлены и переданы семьям.", [(38, "identified")]),
    ],
)
def test_what_befell_people_is_told_from_what_stands_beside_it(text: str, told: list[tuple[int, str]]) -> None:
    assert [(claim.low, claim.outcome) for claim in _read(text)] == told


def test_a_verb_denied_within_its_words_is_not_what_happened() -> None:
    assert "released" not in [claim.outcome for claim in _read("С войны не вернулись сорок три жителя.")]


def test_who_lies_somewhere_may_be_dead_or_hurt() -> None:
    assert all(claim.needs_review for claim in _read("Лежали двое нигерийцев."))


def test_who_comes_home_by_himself_is_no_body() -> None:
    claims = _read("Тело шестого так и не вернули. С помилованием домой вернулись пятнадцать.")
    assert [claim.outcome for claim in claims if claim.low == 15] == ["released"]


def test_by_his_words_names_who_speaks_or_the_phrase_itself() -> None:
    assert _read("По его словам, район потерял 97 человек.")[0].attribution == "По его словам"
    assert _read("Мэр Иван Котов молчал, сказал Пётр Яров. По его словам, погибли пятеро.")[-1].attribution == "Пётр Яров"


@pytest.mark.parametrize(
    ("text", "doubted"),
    [
        ("Погибли четверо рабочих.", False),
        ("Семеро рабочих, ночевавших в бытовке, погибли.", False),
        ("Двенадцать паломников вместе с шофёром ранены, двое задержаны.", True),
    ],
)
def test_a_doubt_rests_on_several_outcomes_and_distance(text: str, doubted: bool) -> None:
    assert _read(text)[0].needs_review is doubted
