"""Words to places and back."""

from __future__ import annotations

import pytest

from cenotaph.domain.dates import PartialDate
from cenotaph.domain.errors import ValueFormatError
from cenotaph.reference import place_words, places

# The words of the list of foreign nationals that is counted first.
LIST_WORDS = {
    "Непал": "NP", "Узбекистан": "UZ", "Таджикистан": "TJ", "Южная Осетия": "x-south-ossetia", "Украина": "UA",
    "Кыргызстан": "KG", "Беларусь": "BY", "Казахстан": "KZ", "Азербайджан": "AZ", "Куба": "CU", "Абхазия": "x-abkhazia",
    "Молдова": "MD", "Сербия": "RS", "Армения": "AM", "Туркменистан": "TM", "Африка": "x-africa", "Индия": "IN",
    "Йемен": "YE", "Запорожская область": "UA-23", "Египет": "EG", "Шри-Ланка": "LK", "Приднестровье": "x-transnistria",
    "Херсонская область": "UA-65", "Китай": "CN", "Ирак": "IQ", "США": "US", "Вьетнам": "VN", "Грузия": "GE", "Польша": "PL",
}  # fmt: skip


@pytest.mark.parametrize(("words", "code"), LIST_WORDS.items())
def test_every_word_of_the_list_has_its_code(words: str, code: str) -> None:
    assert places.lookup(words) == places.get(code)
    assert places.lookup(words, "ru") == places.get(code)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("узбекистан", "UZ"), ("  Узбекистан ", "UZ"), ("O'zbekiston", "UZ"), ("Oʻzbekiston", "UZ"), ("O‘zbekiston", "UZ"),
        ("Ўзбекистон", "UZ"), ("Ӯзбекистон", "UZ"), ("उज्बेकिस्तान", "UZ"), ("أوزبكستان", "UZ"), ("ازبکستان", "UZ"),
        ("Шри Ланка", "LK"), ("шри—ланка", "LK"), ("Кот-д'Ивуар", "CI"), ("Cote d’Ivoire", "CI"), ("Turkiye", "TR"),
        ("U.S.A.", "US"), ("the Netherlands", "NL"), ("Киргизия", "KG"), ("Белоруссия", "BY"), ("نيبال", "NP"),
        ("Myanmar", "MM"), ("Burma", "MM"), ("Демократическая Республика Конго", "CD"), ("Республика Конго", "CG"),
        ("непалец", "NP"), ("непальцы", "NP"), ("непалка", "NP"), ("Nepalis", "NP"), ("Nepalese", "NP"),
        ("узбекистанец", "UZ"), ("узбеки", "UZ"), ("Kyrgyzstanis", "KG"), ("нигериец", "NG"), ("нигерец", "NE"),
        ("россиянин", "RU"), ("тоҷикон", "TJ"), ("oʻzbekistonlik", "UZ"), ("кыргызстандык", "KG"), ("қазақтар", "KZ"),
        ("українці", "UA"), ("Sri Lankans", "LK"), ("Kenyan", "KE"), ("кубинцы", "CU"), ("Cameroonians", "CM"),
        ("Запорожская обл.", "UA-23"), ("Zaporizhzhia Oblast", "UA-23"), ("обл. Херсонская", "UA-65"), ("Крым", "UA-43"),
        ("Республика Дагестан", "RU-DA"), ("респ. Дагестан", "RU-DA"), ("Чеченская Республика", "RU-CE"), ("Ош", "KG-GO"),
        ("ДНР", "x-donetsk-republic"), ("СССР", "x-soviet-union"), ("Нагорный Карабах", "x-nagorno-karabakh"),
        ("Western Sahara", "EH"), ("Kosovo", "XK"), ("Somaliland", "x-somaliland"), ("Северный Кипр", "x-northern-cyprus"),
        ("UA-65", "UA-65"), ("UZ", "UZ"), ("x-africa", "x-africa"), ("Yugoslavia", "x-yugoslavia"), ("Палестина", "PS"),
    ],
)  # fmt: skip
def test_names_and_demonyms_are_found_in_any_spelling(words: str, code: str) -> None:
    found = places.lookup(words)
    assert found is not None and found.code == code


@pytest.mark.parametrize("words", ["", "  ", "неизвестно", "Atlantis", "нет данных", "a", "-", "12"])
def test_other_words_are_no_place(words: str) -> None:
    assert places.lookup(words) is None and places.candidates(words) == ()


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("Конго", ("CD", "CG")), ("Congolese", ("CD", "CG")), ("Корея", ("KP", "KR")), ("кореец", ("KP", "KR")),
        ("Dominican", ("DM", "DO")), ("осетин", ("RU-SE", "x-south-ossetia")), ("казак", ("", "KZ")),
    ],
)  # fmt: skip
def test_an_ambiguous_word_is_not_decided(words: str, codes: tuple[str, ...]) -> None:
    assert places.lookup(words) is None
    assert places.candidates(words) == codes


def test_a_language_can_decide_what_is_ambiguous_without_it() -> None:
    assert places.candidates("казак", "ky") == ("KZ",)
    assert places.candidates("казак", "ru") == ()
    assert places.candidates("America", "en") == ("US",)
    assert places.candidates("America", "es") == ("x-americas",)


def test_a_people_is_told_from_the_citizens_of_its_state() -> None:
    assert places.lookup("узбек") == places.lookup("узбекистанец")
    assert places.lookup("узбек", peoples=False) is None
    assert places.lookup("узбекистанец", peoples=False) == places.get("UZ")
    senses = {m.sense for m in place_words.read_meanings("Uzbek")}
    assert senses == {place_words.PEOPLE}


def test_a_code_that_does_not_exist_is_refused_with_a_hint() -> None:
    with pytest.raises(ValueFormatError, match="Write UZ"):
        places.get("uz")
    with pytest.raises(ValueFormatError, match="Write UZ"):
        places.get("Узбекистан")
    with pytest.raises(ValueFormatError, match="ISO 3166"):
        places.get("QQ")
    with pytest.raises(ValueFormatError):
        places.label("QQ")


def test_a_reader_sees_names_in_the_language_asked_for_or_english() -> None:
    assert places.label("UZ") == "Uzbekistan"
    assert places.label("UZ", "ru") == "Узбекистан"
    assert places.label("UZ", "uz-Cyrl") == "Ўзбекистон"
    assert places.label("KG", "ru") == "Кыргызстан"
    assert places.label("CD") == "Democratic Republic of the Congo"
    assert places.label("UA-23") == "Zaporizhzhia Region"
    assert places.label("UA-23", "uk") == "Запорізька область"
    assert places.label("x-south-ossetia", "ne") == "South Ossetia"
    assert places.label("GB", "pt-BR") == "Reino Unido"


def test_a_place_says_between_when_it_was_and_who_says_what_it_belongs_to() -> None:
    union = places.get("x-soviet-union")
    assert union.until == PartialDate.from_edtf("1991-12-26") and union.kind == "former"
    assert places.get("UA-43").parent == "UA"
    said = {(s.parent, s.said_by) for s in places.statements("UA-43")}
    assert said == {("UA", "ISO 3166-2"), ("RU", "Russia")}
    assert places.statements("UZ") == ()
