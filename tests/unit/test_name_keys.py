"""Keys: one name has one key in every script and romanisation, and other names have others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cenotaph.names.keys import key_word
from cenotaph.names.units import read_unit

SAME = [
    "Мухаммад Muhammad Mukhammad Mohammed Mohamed محمد मुहम्मद Магомед Mehmet Маҳмад Muxammad",
    "Юсуф Yusuf Yousef Youssef يوسف یوسف Iusuf Жусуп Yusup",
    "Хуршид Khurshid Xurshid خورشید Hurşid",
    "Абдурахман Abdurahman Abdul-Rahman Abdulrahman عبدالرحمن عبدالرحمان Abdurrahman Абдурраҳмон",
    "Жамшид Jamshid Djamshid جمشید Ҷамшед Жамшед Dzhamshid",
    "Усмон Usman Osman Othman عثمان Усман",
    "Шевченко Shevchenko Schewtschenko Szewczenko Chevtchenko",
    "Иванов Ivanov Ivanoff Iwanow Ivanow",
    "Дмитрий Dmitry Dmitrii Dmitriy Dmitrij Дмитро Dmytro",
    "Сергей Sergei Sergey Serhii Сергій",
    "थापा Thapa Тхапа",
    "गुरुङ Gurung Гурунг",
    "तामाङ Tamang Таманг",
    "भण्डारी Bhandari Бхандари",
    "श्रेष्ठ Shrestha Шрестха",
    "राम Ram Рам",
    "رضا Reza Rida Риза Rza",
    "رمضان Ramadan Ramazan Рамазан",
    "المدهون al-Madhoun AlMadhoun Al-Madhun",
    "فاطمة فاطمه Fatima Fatimah Fatma Фатима",
    "مصطفى مصطفي مصطفی Mustafa Mostafa Мустафа",
    "علی علي Ali Али",
    "Шухрат Shukhrat Shuhrat Shuxrat",
    "Oʻktam O'ktam O‘ktam Ўктам",
    "Gʻulom Gulom Ғулом Гулом",
    "Щербаков Shcherbakov Scherbakov",
    "Мурат Murat Murad Мурод مراد",
    "Ahmet Ahmed Ахмед Ахмад أحمد احمد Axmad",
]


@pytest.mark.parametrize("spellings", SAME, ids=lambda text: text.split()[0])
def test_a_name_has_one_key_however_it_is_spelt(spellings: str) -> None:
    keys = {word: key_word(word).key for word in spellings.split()}
    assert len(set(keys.values())) == 1, keys


DIFFERENT = [
    "Иван Петр Сергей Андрей Николай Олег Игорь Виктор Павел Роман Максим Денис Тимур Рустам Алишер Шухрат Бахром",
    "Ivan Peter Sergei Andrei Rustam Alisher Bahrom Timur Roman Maksim Denis Viktor Pavel Igor Oleg",
    "محمد احمد علي خالد سعيد يوسف ابراهيم مصطفى كريم رشيد سمير فاطمة زينب مريم",
    "राम श्याम हरि कृष्ण गणेश विष्णु सूर्य",
    "Ахмад Мухаммад Хамид Махди",
]


@pytest.mark.parametrize("names", DIFFERENT, ids=lambda text: text.split()[0])
def test_different_names_have_different_keys(names: str) -> None:
    words = names.split()
    assert len({key_word(word).key for word in words}) == len(words), {word: key_word(word).key for word in words}


def test_folds_tell_apart_what_keys_do_not() -> None:
    one, other = key_word("Hasan"), key_word("Husayn")
    assert one.key == other.key
    assert one.fold != other.fold


def test_arabic_letters_are_never_equal_to_latin_ones() -> None:
    letters = key_word("محمد").letters
    assert letters and letters == letters.upper() != key_word("Muhammad").letters


@pytest.mark.parametrize(
    ("patronymic", "father"),
    [
        ("Иванович", "Иван"),
        ("Ивановна", "Иван"),
        ("Николаевич", "Николай"),
        ("Юрьевна", "Юрий"),
        ("Ильич", "Илья"),
        ("Львович", "Лев"),
        ("Каримович", "Карим"),
        ("Karimovich", "Karim"),
        ("Рустамугли", "Рустам"),
        ("Рустам-угли", "Рустам"),
        ("Каримзода", "Карим"),
        ("Тарасівна", "Тарас"),
        ("Асануулу", "Асан"),
        ("Rustamqizi", "Rustam"),
    ],
)
def test_a_patronymic_has_the_key_of_the_fathers_name(patronymic: str, father: str) -> None:
    assert read_unit(patronymic).father.key == key_word(father).key


def test_a_womans_family_name_is_that_of_a_man() -> None:
    for woman, man in (("Иванова", "Иванов"), ("Каримова", "Karimov"), ("Достоевская", "Достоевский"), ("Пушкина", "Пушкин")):
        assert read_unit(woman).family.fold == read_unit(man).family.fold


@pytest.mark.parametrize(
    "spellings",
    ["Ёлкин Елкин Yelkin Elkin Йелкин Yolkin Йолкін", "Ершов Ёршов Yershov Ershov Йершов", "Ёжиков Ежиков Yozhikov",
     "Ёрохин Ерохин Yerokhin", "Ёлохов Елохов Elokhov", "Ёдгор Едгор Yodgor", "Ёкубов Екубов Yoqubov"],
)  # fmt: skip
def test_a_first_yo_without_its_dots_is_the_same_letter(spellings: str) -> None:
    assert len({key_word(word).fold for word in spellings.split()}) == 1


def test_a_first_yo_that_others_spell_with_a_u_is_left() -> None:
    assert key_word("Йўлдошев").key == key_word("Юлдашев").key == key_word("Yoldoshev").key


def test_a_word_longer_than_any_name_has_no_key() -> None:
    assert key_word("а" * 61) == (None, None, None)


@pytest.mark.parametrize(("name", "floor"), [("iran-2026/killed.csv", 0.94), ("gaza-lists/release_2024-08.csv", 0.95)])
def test_keys_of_two_scripts_agree_on_lists_that_have_both(shared_data: Callable[[str], Path], name: str, floor: float) -> None:
    from benchmarks.name_recall import read_pairs, score

    pairs = read_pairs(shared_data(name))
    assert score(pairs).recall >= floor
