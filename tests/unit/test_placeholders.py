"""Placeholders identify nobody, and no real name is one."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cenotaph.reference.placeholders import is_placeholder


@pytest.mark.parametrize(
    "text",
    ["", " ", "-", "—", "?", "???", "...", "12", "№ 5", "N/A", "N.N.", "N. N.", "NN", "unknown", "UNKNOWN",
     "Unknown Unknown", "unknown male",
     "Unidentified man", "unidentified male 3", "Body of an unidentified soldier", "no name", "No Name", "name withheld",
     "anonymous",
     "неизвестный", "Неизвестно", "НЕИЗВЕСТНЫЙ СОЛДАТ", "неизвестная женщина", "не установлен", "Не установлена",
     "без имени", "аноним",
     "Тело неизвестного мужчины", "н/д", "Нет данных", "имя не называется", "неопознанный", "невідомий", "Невідома жінка",
     "без імені",
     "مجهول", "مجهول الهوية", "مجهول مجهول مجهول", "غير معروف", "ناشناس", "نامعلوم", "بی نام", "بی‌نام", "अज्ञात",
     "अज्ञात व्यक्ति", "নাম অজানা",
     "অজ্ঞাত", "nomaʼlum", "noma'lum", "номаълум", "ismi noma'lum", "белгисиз", "белгісіз", "naməlum", "bilinmiyor",
     "kimliği belirsiz",
     "desconocido", "no identificado", "inconnu", "non identifié", "desconhecido", "unbekannt", "nieznany", "necunoscut",
     "უცნობი", "անհայտ",
     "不详", "신원미상", "vô danh", "ไม่ทราบชื่อ", "ያልታወቀ", "haijulikani", "John Doe",
     "имя скрыто", "Данные уточняются", "ім'я не встановлено", "shaxsi noma’lum erkak", "نوزاد ناشناس", "белгисиз адам",
     "शव पहिचान नभएको", "ismi aniqlanmagan", "kimliyi məlum deyil", "لم يعرف اسمه", "אלמוני", "lama yaqaan", "தெரியாத",
     "ім'я встановлюється", "особа встановлюється", "личность погибшего устанавливается", "Имя и фамилия уточняются",
     "Имя пока не установлено", "not yet identified", "قيد التعرف", "ismi aniqlanmoqda", "فلان", "فلان الفلاني",
     "Fulano de Tal"],
)  # fmt: skip
def test_placeholders_of_many_languages_are_known(text: str) -> None:
    assert is_placeholder(text)


@pytest.mark.parametrize(
    "text",
    ["Иванов", "Неизвестнов Иван", "Неизвестный Иван Петрович", "Unknown Ivanov", "Na Li", "Nil Bahadur", "Ли Но",
     "Man Bahadur Gurung", "Person",
     "John Mann", "Body Bel", "Мажхул", "محمد مجهول العلي", "ابن علي", "Anonymous Ali", "Имя", "Male", "X Æ Smith", "Ким",
     "Солдатов", "Адам", "Anon Karimov", "Адам Кадыров", "Doe",
     "Его Иванов", "Kia Smith", "Being Ali", "Он Ким"],
)  # fmt: skip
def test_names_are_no_placeholders(text: str) -> None:
    assert not is_placeholder(text)


def _column(path: Path, *names: str) -> Iterator[str]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            yield from (row[name] for name in names if row.get(name))


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("names/common-forenames-by-country.csv", ("Localized Name", "Romanized Name")),
        ("names/common-surnames-by-country.csv", ("Localized Name", "Romanized Name")),
        ("foreign-fighters/named_2025-11.csv", ("name",)),
        ("iran-2026/killed.csv", ("name_en", "name_fa")),
        ("gaza-lists/release_2024-09.csv", ("name_ar", "name_en")),
    ],
)  # fmt: skip
def test_no_real_name_of_the_shared_lists_is_a_placeholder(
    shared_data: Callable[[str], Path], name: str, columns: tuple[str, ...]
) -> None:
    assert [text for text in _column(shared_data(name), *columns) if is_placeholder(text)] == []


def test_nepali_given_names_are_no_placeholders(shared_data: Callable[[str], Path]) -> None:
    lines = shared_data("names/nepali_given_names.txt").read_text(encoding="utf-8").split()
    assert [name for name in lines if is_placeholder(name)] == []


def test_a_list_with_placeholders_has_them_found(shared_data: Callable[[str], Path]) -> None:
    names = _column(shared_data("gaza-lists/release_2024-04.csv"), "name_ar", "name_en")
    found = {name for name in names if is_placeholder(name)}
    assert found and all(set(text) <= set("مجهول ./+?") for text in found)
