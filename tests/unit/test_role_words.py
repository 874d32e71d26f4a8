"""Words for a role, a kinsman or a field of a form name nobody; beside a name they do not hide it."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest

from cenotaph.names.columns import name_columns
from cenotaph.names.parsing import parse_name
from cenotaph.reference.placeholders import is_placeholder
from cenotaph.reference.role_words import names_nobody

NOBODY = """NA; Doe, John; Sergeant; сержант; НМ; First Last; двое военных; ملا نامعلوم; baby of Fatima Zurub;
военный; наш земляк; земляк из Оша; his brother; a man from Tashkent; Nepali soldier; бойовик; зани Карим;
Фамилия Имя; Имя Фамилия; Фамилия Имя Отчество; Сын Рахимова; Test Test; тест тест; боец; мобилизованный из
Самары; ФИО неизвестно; брат Каримова; муж Ивановой; житель Самары; жительница Киева; a resident of Samara;
resident of Kharkiv; soldier; бойец; доброволец; военнослужащий; военнослужащая; гражданин Узбекистана;
гражданка России; мужчина 35 лет; женщина, 40 лет; 35-летний мужчина; son of Karim; wife of Ivan Petrov; brother
of the deceased; солдат ВСУ; боєць; військовослужбовець; син Коваленка; брат Петренка; мешканець Харкова;
громадянин України; доброволець; чоловік 35 років; Прізвище Ім'я; jangchi; fuqaro; O'zbekiston fuqarosi;
Rahimovning o'g'li; Familiya Ism; Ism Familiya; шаҳрванди Тоҷикистон; писари Раҳимов; бародари Карим; сокини
Душанбе; сарбоз; ном номаълум; ному насаб; الاسم الكامل; الاسم الأول; جندي مجهول; زوجة محمد; شقيق أحمد; والدة
علي; مواطن من غزة; من سكان غزة; أحد سكان رفح; پسر رحیمی; برادر کریم; همسر احمد; نام و نام خانوادگی; شهروند
افغانستان; ساکن تهران; सिपाही; नाम थर; रामको छोरा; राम को छोरा; काठमाडौंका बासिन्दा; नेपाली नागरिक; First Name
Last Name; Full Name; Surname; a soldier from Omsk; an unknown soldier; volunteer from Kyiv; soldado; hijo de
García; hermano de Juan; residente de Madrid; vecino de La Habana; ciudadano cubano; Nombre Apellido; nombre y
apellidos; voluntario; combatiente; мобилизованный; контрактник; рядовой; наёмник из Непала; citizen of
Uzbekistan; Uzbek citizen; гражданин РФ; уроженец Ташкента; мать погибшего; дочь Петровой; жена Рахимова; вдова
солдата; отец Ивана; N N; Тест; qwerty; XXX; fighter; serviceman; мобик; вагнеровец; заключённый; штурмовик; 2
бойца; двое солдат; three soldiers; местный житель; местная жительница; неизвестный боец; foreign fighter;
мигрант; трудовой мигрант из Таджикистана; студент; водитель; ребёнок; подросток 15 лет; мальчик, 7 лет"""
WORDS_ALONE = """младенец; сын; дочь; дочка; жена; муж; мать; отец; брат; сестра; бабушка; дедушка; мирный житель; гражданский;
тело; труп; дівчинка; семья; и другие; удалено; ребенок Ивановых; семья Ивановых; child; infant; baby; boy;
girl; son; daughter; mother; father; man; woman; male; female; fetus; newborn; 3 children; two children;
militant; deleted; and others; et al; XX; NaN; mr x; Mr. Unknown; asker; çocuk; طفل; الطفل; جنين; ابن; ابنة;
زوجة; زوجته; والدة; أم; امرأة; رجل; شهيد; شهيدة; فلسطيني; شهيد رقم 12; شهيد فلسطيني; ابن أحمد; ابن علي; शिशु;
बच्चा; ילד; mother and child; baby boy; Male; Мать; شقيق; زوج; chaqaloq; чақалоқ; кӯдак; писар; کودک; زن;
bebé; recién nacido; 2 hijos; आमा; छोरी; bebek; kadın; н.д.; мать и дочь; тело 4; mother, daughter"""
SOMEBODY = """Иванов; рядовой Иванов Иван; гражданин Иванов Иван Иванович; Солдатов; Солдат Иван; Бойцов Иван; Адам; Кадыров
Адам; Сын Чжэ; Ким Сын; Имяреков; محمد مجهول العلي; مقاتل سليمان; الجندي محمد; جندي محمد; Person; Man Bahadur
Gurung; Test Testov; Жителев; Муж Иван; Братов; Сынов Олег; Son Heung-min; Askar Akayev; Аскар Каримов; Асқар;
Sarboz Karimov; Aскар; Mari Karimova; Hijo Perez; Шариф Братов; Ivan Soldier; Student Ivan; Хон Сын; Мужев;
Женя Иванова; Отец Иоанн; Brother John; Пётр Отцов; Мобилизованный Иванов Иван Петрович; боец Иванов Иван;
доброволец Петров; Сипахи; Nagarik; Ram Nagarik; Farzand Ali; فرزند علی; برادران احمد; Zan Petrov; Azamat
Fuqarov; Карим Аскаров; Ali Askar; Askar; Аскар; Vecino Juan; Наёмный Пётр; Lubna Wife; Самара Жителева; Дочь
Мария; Син Ли; Primo de Rivera; An de Vries; житель Самары Иванов Иван Петрович; Nan; Nina; Son Heung; Baby
Khatun; شهيد أحمد محمد; ابن رشد محمد; طفل الله محمد; Младенец Анна Иванова; Семья Олег; Asker Veli; Baby
Ram Thapa; Son Man; Adam; Baba Ali"""


def _texts(text: str) -> list[str]:
    return text.replace("\n", " ").split("; ")


@pytest.mark.parametrize("text", [*_texts(NOBODY), *_texts(WORDS_ALONE)])
def test_what_says_only_a_role_or_kin_is_no_name(text: str) -> None:
    found = parse_name(text)
    assert not found.parts
    assert found.placeholder


@pytest.mark.parametrize("text", _texts(SOMEBODY))
def test_a_name_beside_a_role_or_like_one_stays(text: str) -> None:
    found = parse_name(text)
    assert found.parts
    assert not found.placeholder


def test_names_in_a_column_name_nobody_where_they_do_alone() -> None:
    texts = [*_texts(NOBODY), *_texts(SOMEBODY)]
    columns = name_columns(pa.table({"name_full": texts}))
    assert columns["placeholder"].to_pylist() == [parse_name(text).placeholder for text in texts]
    assert all(key is None for key in columns["name_key"].to_pylist()[: len(_texts(NOBODY))])


def test_a_role_in_another_cell_than_a_names_says_something() -> None:
    assert not is_placeholder("soldier") and not is_placeholder("житель Самары")


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("foreign-fighters/named_2025-11.csv", ("name",)),
        ("iran-2026/killed.csv", ("name_en", "name_fa")),
        ("gaza-lists/release_2024-09.csv", ("name_ar", "name_en")),
    ],
)
def test_no_real_name_is_taken_for_a_role(shared_data: Callable[[str], Path], name: str, columns: tuple[str, ...]) -> None:
    with shared_data(name).open(encoding="utf-8-sig", newline="") as stream:
        texts = {row[column] for row in csv.DictReader(stream) for column in columns if row.get(column)}
    assert len(texts) > 500
    found = [text for text in texts if names_nobody(text) and not is_placeholder(text)]
    newborns = ("Son of ", "Daughter of ", "ابن", "ابنة")  # Without a name of their own.
    assert [text for text in found if not text.startswith(newborns)] == []


@pytest.mark.parametrize("name", ["Sharif", "Шариф", "Askar", "Аскар", "Person", "Адам"])
def test_words_that_are_names_too_are_names(name: str) -> None:
    assert not names_nobody(name)


INFANTS = """رضيع محمد النجار; رضيعة فاطمة زعرب; رضيع النجار; رضيع عائلة النجار; رضيع أول النجار; الرضيع النجار;
طفل النجار; طفلة محمد النجار; طفل من عائلة النجار; طفل غير معروف; ابن محمد النجار; ابنة فاطمة زعرب;
ابن المواطن محمد النجار; رضيع لم يسم; Baby Girl Zurub; Baby Boy Najjar; BABY GIRL ZURUB; Zurub, Baby
Girl; Zurub (baby girl); Baby-girl Smith; Babyboy Smith; Baby A Najjar; Baby 1 Najjar; newborn son
of Ahmad Najjar; infant son of Ahmad Najjar; infant daughter of Ahmad; infant Najjar; Infant girl
Najjar; newborn Najjar; newborn girl Zurub; stillborn son of Ahmad; unborn baby of Fatima Zurub;
twin of Ahmad Najjar; twin girl Najjar; Fatima's baby; Fatima Zurub's newborn; two children of
Ahmad; unnamed infant Zurub; новорожденная Иванова; Новорожденный Иванов; младенец Иванов; младенец
Ивановой; новорожденный сын Ивановой; дочь Петровой Марии; грудной ребенок Иванов; нерождённый
ребёнок Петровой; Девочка Иванова; мальчик Петров; Ребёнок Иванова; немовля Коваленко;
новонароджений Коваленко; сын Ивановой; bebé Pérez; bebé de María Pérez; recién nacida Pérez; recién
nacido de María; nouveau-né; nouveau-né Dupont; bébé Dupont; bébé de Marie Dupont; enfant de Marie
Dupont; fils de Marie Dupont; نوزاد فاطمه احمدی; نوزاد احمدی; کودک احمدی; شیرخوار احمدی; chaqaloq
Karimov; Karimovaning chaqalog'i; кӯдаки Фотима; тифли Раҳимов; навзоди Фотима; शिशु थापा; फातिमाको
शिशु; bebek Yılmaz; yenidoğan bebek; Säugling Müller; Neugeborenes; noworodek; noworodek Kowalskiej;
dziecko Kowalskiej; תינוקת כהן"""
NUMBERS_AND_LETTERS = """номер 17; № 17; N17; No. 17; женщина №2; X Y; x y; Y; Ж З; FNU LNU; LNU; na; n.a.; U/K; н/м; Имярек;
Джон Доу; Доу Джон; не указано не указано; Ф И О; И. О. Фамилия; трое военнослужащих; двое мужчин;
несколько бойцов; five soldiers; двоє військових; три солдати; 4 человека"""
NAMED_CHILDREN = """الرضيع محمد خالد النجار; طفل سلمى حماده مصباح مخيمر; الطفلة رندا محمد عبد القادر; infant Ahmad
Khaled Najjar; newborn Layla Najjar; جنين حازم خليل الاشقر; مولود أحمد قاسم; Mouloud Feraoun; Boy
van Poppel; Baby Ram Thapa; Baby Khatun; طفل الله محمد; ابن رشد محمد; Na Hong-jin; FNU Khan; X Æ
Musk; Иванов И. И.; А. Б. Иванов; Девочкин Иван; Младенцев Пётр; Malik Young; Son Heung-min; Ли; Ян
И; Yu Li; 李; Enfant Terrible Dupont; Infante Pedro; Мальчиков Олег"""


@pytest.mark.parametrize("text", [*_texts(INFANTS), *_texts(NUMBERS_AND_LETTERS)])
def test_an_unnamed_infant_a_number_or_letters_identify_nobody(text: str) -> None:
    found = parse_name(text)
    assert found.placeholder
    assert not found.parts
    assert name_columns(pa.table({"name_full": [text]}))["placeholder"].to_pylist() == [True]


@pytest.mark.parametrize("text", _texts(NAMED_CHILDREN))
def test_a_child_who_has_a_name_of_his_own_is_somebody(text: str) -> None:
    assert not parse_name(text).placeholder
    assert name_columns(pa.table({"name_full": [text]}))["placeholder"].to_pylist() == [False]


def test_a_title_for_a_child_is_no_part_of_his_name() -> None:
    for titled, name in (
        ("الرضيع محمد خالد النجار", "محمد خالد النجار"),
        ("infant Ahmad Khaled Najjar", "Ahmad Khaled Najjar"),
        ("طفل سلمى حماده مصباح مخيمر", "سلمى حماده مصباح مخيمر"),
    ):
        keys = [name_columns(pa.table({"name_full": [text]}))["name_key"].to_pylist() for text in (titled, name)]
        assert keys[0] == keys[1]
