"""Parts: which word of a printed name is which, whatever the order, the script and the country."""

from __future__ import annotations

import pytest

from cenotaph.names.parsing import Role, parse_name

CASES = [
    ("Иванов Иван Петрович", "family=Иванов given=Иван father=Петрович"),
    ("Иван Петрович Иванов", "given=Иван father=Петрович family=Иванов"),
    ("Шевченко Тарас Григорович", "family=Шевченко given=Тарас father=Григорович"),
    ("Иванов И. П.", "family=Иванов initial=И. father's_initial=П."),
    ("И.П. Иванов", "initial=И. father's_initial=П. family=Иванов"),
    ("Ivanov, Ivan Petrovich", "family=Ivanov given=Ivan father=Petrovich"),
    ("Иванова (Петрова) Анна Сергеевна", "family=Иванова maiden=Петрова given=Анна father=Сергеевна"),
    ("Иванова Анна Сергеевна (урожд. Петрова)", "family=Иванова given=Анна father=Сергеевна maiden=Петрова"),
    ("Цховребов Роланд (Ролланд) Владимирович", "family=Цховребов given=Роланд other=Ролланд father=Владимирович"),
    ("Каримов Анвар Рустам угли", "family=Каримов given=Анвар father=Рустам"),
    ("Karimov Anvar Rustam oʻgʻli", "family=Karimov given=Anvar father=Rustam"),
    ("Абдуразоков Абдулазиз Алишер-угли", "family=Абдуразоков given=Абдулазиз father=Алишер-угли"),
    ("Каримова Нигора Рустам кизи", "family=Каримова given=Нигора father=Рустам"),
    ("Курманбек уулу Эгемберди", "father=Курманбек given=Эгемберди"),
    ("Болот Асан уулу", "given=Болот father=Асан"),
    ("Ашуров Алишер Алижонзода", "family=Ашуров given=Алишер father=Алижонзода"),
    ("Мамедов Рамиль Тофиг оглы", "family=Мамедов given=Рамиль father=Тофиг"),
    ("Хертек Аяс Монгушевич", "family=Хертек given=Аяс father=Монгушевич"),
    ("Дугаров Баир Цыренович", "family=Дугаров given=Баир father=Цыренович"),
    ("Хайруллин Рамиль Фаритович", "family=Хайруллин given=Рамиль father=Фаритович"),
    ("राम बहादुर थापा", "given=राम other=बहादुर family=थापा"),
    ("Ram Bahadur Thapa", "given=Ram other=Bahadur family=Thapa"),
    ("Тхапа Рам Бахадур", "family=Тхапа given=Рам other=Бахадур"),
    ("محمد أحمد علي المدهون", "given=محمد father=أحمد grandfather=علي family=المدهون"),
    ("عبد الله محمد المدهون", "given=عبد_الله father=محمد family=المدهون"),
    ("Ahmad bin Said al-Najjar", "given=Ahmad father=Said family=al-Najjar"),
    ("محمد بن سلمان آل سعود", "given=محمد father=سلمان family=آل_سعود"),
    ("علی حیدری ویرانی", "given=علی family=حیدری second_family=ویرانی"),
    ("John F. Kennedy", "given=John father's_initial=F. family=Kennedy"),
    ("SMITH John", "family=SMITH given=John"),
    ("Рядовой Петров Сергей Иванович, позывной «Барс»",
     "rank_or_title=Рядовой family=Петров given=Сергей father=Иванович call_sign=Барс"),
    ("Иванов-Петров Пётр", "family=Иванов-Петров second_family=Иванов-Петров given=Пётр"),
    ("Unknown Karimov", "family=Karimov"),
    ("Иванова Алла", "family=Иванова given=Алла"),
    ("Jaroslav Aleksandrovič Martynov", "given=Jaroslav father=Aleksandrovič family=Martynov"),
    ("Rowşen Begenjow Merdanowiç", "given=Rowşen family=Begenjow father=Merdanowiç"),
    ("Nūrlanov Bektai Erlanūly", "family=Nūrlanov given=Bektai father=Erlanūly"),
    ("Файзиддин Манучеҳрзода Далерзода", "given=Файзиддин father=Манучеҳрзода family=Далерзода"),
    ("امیر حسین رضایی", "given=امیر given=حسین family=رضایی"),
    ("پویا رضا سعید احمدی", "given=پویا father=رضا grandfather=سعید family=احمدی"),
    ("Ali Heydari Virani", "given=Ali family=Heydari second_family=Virani"),
    ("junior sergeant Samir al-Masri", "rank_or_title=junior rank_or_title=sergeant given=Samir family=al-Masri"),
    ("lance corporal Samir al-Masri", "rank_or_title=lance rank_or_title=corporal given=Samir family=al-Masri"),
    ("Lance Masri Junior", "given=Lance family=Masri generation=Junior"),
    ("Dr. Samir Hassan al-Masri", "rank_or_title=Dr. given=Samir father=Hassan family=al-Masri"),
    ("Tamang Prakash Singh", "family=Tamang given=Prakash other=Singh"),
    ("गुरुङ स.", "family=गुरुङ initial=स."),
    ("Abd Kamel Blbl", "given=Abd father=Kamel family=Blbl"),
    ("Abd al Karim Hassan", "given=Abd_al_Karim family=Hassan"),
    ("Ооржак Аяс Монгушевич", "family=Ооржак given=Аяс father=Монгушевич"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "parts"), CASES, ids=[text for text, _ in CASES])
def test_a_printed_name_is_read_into_its_parts(text: str, parts: str) -> None:
    found = [(str(part.role).replace(" ", "_"), part.text.replace(" ", "_")) for part in parse_name(text).parts]
    assert found == [tuple(part.split("=")) for part in parts.split()]


def test_the_country_says_how_names_are_made() -> None:
    assert parse_name("Велько Миятович", country="Сербия").find(Role.FATHER) is None
    family = parse_name("Мартинес Санчес Ласаро", country="Куба").find(Role.FAMILY)
    assert family is not None and family.text == "Мартинес"


def test_an_order_that_nothing_tells_is_in_doubt() -> None:
    assert parse_name("Тоджибо Зардакар").order_doubt
    assert not parse_name("Иванов Иван").order_doubt
    assert not parse_name("Иван Иванов").order_doubt


@pytest.mark.parametrize(
    ("text", "sex"),
    [("Иванова Анна", "f"), ("Иванов Саша", "m"), ("Каримова Нигора Рустам кизи", "f"), ("Тагай уулу Самат", "m"),
     ("Ким Аня", "")],
)  # fmt: skip
def test_grammar_tells_the_sex_and_nothing_else_does(text: str, sex: str) -> None:
    assert parse_name(text).sex == sex


@pytest.mark.parametrize("text", ["unknown", "неизвестный", "مجهول", "N. N.", "", "12", "अज्ञात व्यक्ति"])
def test_a_placeholder_is_no_name(text: str) -> None:
    found = parse_name(text)
    assert found.placeholder and not found.parts


def test_what_is_too_long_to_be_a_name_is_none() -> None:
    found = parse_name("Иван " * 20_000)
    assert found.too_long and not found.parts and not found.placeholder
