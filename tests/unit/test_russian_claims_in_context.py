"""What the reader finds in Russian texts where a figure leans on what stands around it, class by class."""

from __future__ import annotations

import pytest

from cenotaph.domain.claims import Claim
from cenotaph.extract import read_claims


def _read(text: str) -> list[Claim]:
    return list(read_claims(text, "ru").claims)


def _told(text: str) -> list[tuple[float | None, str]]:
    return [(claim.low if claim.low is not None else claim.high, claim.outcome) for claim in _read(text)]


TAKEN_OVER = [
    ("Штаб сообщил о трёх раненых. Ещё двенадцать уехали учиться.", [(3, "wounded")]),
    (
        "Волонтёры нашли имена 900 погибших солдат. Добровольцев среди них много. Осуждённых — 310; мобилизованными были 140.",
        [(900, "killed"), (310, "killed"), (140, "killed")],
    ),
    ("В реестре 500 погибших. За неделю в список внесены 40 человек.", [(500, "killed"), (40, "killed")]),
    ("Среди вернувшихся из плена 90 раненых, двадцать семь провели в неволе год.", [(90, "wounded"), (27, "released")]),
    ("О собственных потерях штаб не говорит с весны, когда министр назвал число 4 300.", [(4300, "casualties")]),
    ("На паромах погибло много людей. На «Ладоге» утонули 30 человек; «Онега» — сорок.", [(30, "killed"), (40, "killed")]),
    ("В мае газета писала о 700 убитых, осенью — уже о двух тысячах.", [(700, "killed"), (2000, "killed")]),
    ("Вернули 210 тел, взамен приняли 15.", [(210, "body_returned"), (15, "body_returned")]),
    ("Потери такие: у нас шестеро, у них под сотню.", [(6, "casualties"), (100, "casualties")]),
    ("Пленные сидят вдоль забора, всего тридцать восемь.", [(38, "captured")]),
]
OWN_CLAUSE = [
    ("Двенадцать трупов, больше сорока покалеченных.", [(12, "killed"), (40, "wounded")]),
    ("Экипаж из четырёх человек погиб.", [(4, "killed")]),
    ("Насмерть придавило двух рабочих.", [(2, "killed")]),
    ("Известны имена девяти солдат и ещё троих, умерших позднее в госпиталях.", [(9, "killed"), (3, "killed")]),
    ("Погибли 12 жителей и 7 дружинников, ранения получили 90.", [(12, "killed"), (7, "killed"), (90, "wounded")]),
    ("Раненых мы насчитали больше сотни.", [(100, "wounded")]),
    ("Были убиты от 50 до 70 внутренне перемещённых лиц.", [(50, "killed")]),
    ("Агентство оценивает число перемещённых с начала года в 410 тысяч.", [(410_000, "displaced")]),
    ("Контракт, по нашим сведениям, подписали 120 мужчин.", [(120, "recruited")]),
    ("Стороны потеряли, по разным данным, от 11 до 16 бойцов.", [(11, "killed")]),
    ("За месяц погибли или оказались в плену не меньше двухсот солдат.", [(200, "captured+killed")]),
    ("Если весной речь шла о 300 убитых, то теперь их число выросло до 900.", [(300, "killed"), (900, "killed")]),
    ("Список пропавших пополнился четырнадцатью именами.", [(14, "missing")]),
    ("Из роты в 94 человека осталось тридцать.", [(30, "survived")]),
]
NOBODY_COUNTED = [
    "Число жертв на треть превышает прошлогоднее.",
    "Внуков у неё пятеро.",
    "Пришла похоронка на третьего из пяти братьев.",
    "Экипаж по штату шестьдесят.",
    "Сбито 62 аппарата, подавлено ещё около тридцати.",
    "Потерпевшими по делу признаны 31 человек.",
    "Нанесено поражение живой силе двух механизированных, десантно-штурмовой бригад.",
]


@pytest.mark.parametrize(("text", "wanted"), TAKEN_OVER)
def test_a_figure_takes_over_what_the_text_says_of_it_and_no_more(text: str, wanted: list[tuple[float, str]]) -> None:
    assert [told for told in _told(text) if told in wanted] == wanted
    assert len(_told(text)) <= len(wanted) + 1


@pytest.mark.parametrize(("text", "wanted"), OWN_CLAUSE)
def test_words_of_its_own_clause_say_what_happened(text: str, wanted: list[tuple[float, str]]) -> None:
    assert [told for told in _told(text) if told in wanted] == wanted


@pytest.mark.parametrize("text", NOBODY_COUNTED)
def test_growth_kin_strength_and_things_are_no_claims(text: str) -> None:
    assert _told(text) == []


@pytest.mark.parametrize(
    ("text", "low", "bound"),
    [
        ("Погибли шесть с лишним тысяч солдат.", 6000, "more_than"),
        ("Погибли сотни две солдат.", 200, "approx"),
        ("Погибли десятка полтора солдат.", 15, "approx"),
        ("Погибли ок. 60 солдат.", 60, "approx"),
        ("Бежали четверть миллиона человек.", 250_000, "exact"),
        ("Погибли 5 с половиной тысяч солдат.", 5500, "exact"),
    ],
)
def test_turned_and_split_numbers_are_read_whole(text: str, low: int, bound: str) -> None:
    (claim,) = _read(text)
    assert (claim.low, claim.bound.value) == (low, bound)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("«Северный листок» скупо писал о 40 убитых под Соледаром.", "«Северный листок»"),
        ("Районный военком, с которым мы знакомы со школы, назвал мне сто погибших.", "Районный военком"),
        ("Нам написали из посольства, что в плену остаются семеро.", "посольства"),
        ("Как рассказали уцелевшие, от голода умерли девять человек.", "уцелевшие"),
        ("Повстанцы взяли на себя ответственность и объявили о захвате одиннадцати солдат.", "Повстанцы"),
        ("Заявление оппозиции о трёхстах убитых власти назвали ложью.", "оппозиции"),
        ("Гибель двенадцати человек подтверждена Генштабом.", "Генштабом"),
        ("За месяц, подсчитал «Вестник», в регионе похоронили 89 человек.", "«Вестник»"),
        ("В мае прошлого года тот же канал писал о 1 200 убитых.", "тот же канал"),
        ("Волонтёр Пётр Ильин, вывозивший стариков, сам спас многих и насчитал двенадцать трупов.", "Волонтёр Пётр Ильин"),
        ("Погибли как минимум двое. Источник — оперативные службы.", "оперативные службы"),
        ("Врачи выходили 22 тысячи раненых, следует из ответа канцелярии премьера.", "ответа канцелярии премьера"),
    ],
)
def test_a_source_away_from_its_verb_is_found(text: str, source: str) -> None:
    assert _read(text)[-1].attribution == source


def test_a_source_cited_in_a_row_is_of_that_row_alone() -> None:
    claims = _read("Погибшие: Гана — 55, КНДР — свыше шестисот, по оценке Сеула, Индия — двенадцать.")
    assert [claim.attribution for claim in claims] == [None, "Сеула", None]


def test_the_place_that_labels_a_row_is_the_place() -> None:
    claims = _read("Погибшие по областям: Самарская область — 45, Оренбуржье — 38.")
    assert [claim.place for claim in claims] == ["Самарская область", "Оренбуржье"]


@pytest.mark.parametrize(
    "text",
    [
        "Подпись под бумагой оставили сорок четыре заключённых, назад вернулись девять.",
        "Четырнадцать в автобусе держались до утра.",
        "Не вернулись из-под Работина трое.",
    ],
)
def test_an_outcome_that_another_clause_or_a_place_may_say_is_doubted(text: str) -> None:
    assert all(claim.needs_review for claim in _read(text) if claim.low in (44, 14, 3))


def test_a_near_rival_that_says_the_same_is_no_doubt() -> None:
    (claim,) = _read("Опознаны тела восемнадцати человек.")
    assert claim.outcome in ("killed", "identified") and not claim.needs_review


def test_a_part_is_never_of_a_smaller_whole() -> None:
    claims = _read("В списке 5 400 погибших офицеров. Погибли ещё двое майоров. Женщин среди погибших 41.")
    whole = next(claim for claim in claims if claim.low == 5400)
    assert next(claim for claim in claims if claim.low == 41).subset_of == whole.id
