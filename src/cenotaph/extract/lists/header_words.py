"""Words at the heads of columns, in the languages that lists come in, with the field they announce.

Written for this project. A longer phrase beats a shorter one, so that "place of death" is no date of death.
"""
# ruff: noqa: E501

from __future__ import annotations

import re

from cenotaph.reference.folding import fold

HEADER_WORDS: dict[str, str] = {
    "name": (
        "name, full name, fullname, names, person, victim, victim name, name of the deceased, deceased, soldier, имя, фио, ф и о, "
        "фамилия имя отчество, имя фамилия, имя и фамилия, полное имя, погибший, піб, п і б, ім'я, повне ім'я, прізвище ім'я по батькові, "
        "الاسم, الإسم, اسم, الاسم الكامل, الاسم رباعي, اسم الشهيد, نام, نام کامل, نام و نام خانوادگی, nombre, nombre completo, "
        "nombres y apellidos, nombre y apellidos, nom, nom complet, nom et prénom, nome, nome completo, vollständiger name, "
        "ad soyad, adı soyadı, isim, नाम, पूरा नाम, שם, שם מלא, имя полностью, аты-жөні, аты жөнү, ism familiya, f i sh, fish"
    ),
    "given_name": (
        "given name, given names, first name, firstname, forename, forenames, имя отдельно, ім'я окремо, الاسم الأول, نام کوچک, nombres, "
        "primer nombre, prénom, prénoms, vorname, ad, adı, שם פרטי, middle name, имя собственное"
    ),
    "family_name": (
        "family name, last name, lastname, surname, фамилия, прізвище, اسم العائلة, العائلة, اللقب, نام خانوادگی, apellido, apellidos, "
        "nom de famille, nachname, familienname, soyad, soyadı, שם משפחה, cognome, sobrenome"
    ),
    "patronymic": "patronymic, father name, father's name, fathers name, отчество, по батькові, اسم الأب, اسم الاب, اسم الجد, نام پدر, baba adı, nombre del padre, nom du père, שם האב",
    "maiden_name": "maiden name, birth name, девичья фамилия, дівоче прізвище, nom de jeune fille, geburtsname, kızlık soyadı",
    "call_sign": "call sign, callsign, nom de guerre, nickname, alias, позывной, позивний, прозвище, الاسم الحركي, کنیه, apodo, surnom",
    "age": "age, age at death, age band, age group, ages, возраст, лет, вік, العمر, السن, عمر, سن, edad, âge, alter, idade, yaş, yaşı, उमेर, आयु, גיל, жасы, жашы, yoshi, età",
    "birth": (
        "birth, born, date of birth, birth date, birthdate, birthday, dob, year of birth, birth year, дата рождения, рождение, родился, "
        "год рождения, д р, др, дата народження, народився, рік народження, تاريخ الميلاد, الميلاد, تاريخ الولادة, تاریخ تولد, تولد, متولد, "
        "fecha de nacimiento, nacimiento, date de naissance, naissance, né le, geburtsdatum, geboren, data de nascimento, doğum tarihi, "
        "जन्म मिति, जन्म तिथि, תאריך לידה, туған күні, туулган күнү, tug'ilgan sana, data di nascita"
    ),
    "death": (
        "death, died, date of death, death date, deathdate, dod, killed on, date killed, year of death, death year, date of incident, incident date, date of martyrdom, "
        "дата смерти, смерть, погиб, дата гибели, гибель, год смерти, год гибели, умер, дата смерті, загинув, дата загибелі, загибель, "
        "تاريخ الوفاة, الوفاة, تاريخ الاستشهاد, تاریخ مرگ, تاریخ کشته شدن, تاریخ شهادت, تاریخ فوت, fecha de muerte, fecha de fallecimiento, "
        "fecha de defunción, muerte, date de décès, décès, mort, todesdatum, gestorben, data da morte, ölüm tarihi, मृत्यु मिति, תאריך פטירה, "
        "қайтыс болған күні, каза болгон күнү, data di morte, date"
    ),
    "burial": "burial, buried, date of burial, burial date, funeral, дата похорон, похороны, похоронен, дата поховання, поховання, تاريخ الدفن, تاریخ خاکسپاری, fecha de entierro, date d'inhumation, begräbnis",
    "last_contact": "last contact, last seen, last contact date, date missing, date of disappearance, последняя связь, дата пропажи, зник, дата зникнення, تاريخ الفقدان, fecha de desaparición",
    "capture": "date of capture, captured, captured on, дата пленения, дата полону, تاريخ الأسر",
    "found": "date found, found on, body found, дата обнаружения, дата виявлення, fecha de hallazgo",
    "identified": "date identified, identified on, дата опознания, дата ідентифікації",
    "court_effect": "court date, declared dead, court decision, дата решения суда, решение суда",
    "publication": "publication, publication date, published, date published, date reported, reported, posted, дата публикации, опубликовано, дата сообщения, дата публікації, تاريخ النشر, تاریخ انتشار, fecha de publicación, date de publication",
    "nationality": "nationality, citizenship, citizen, country, country of citizenship, nationalities, гражданство, национальность, страна, громадянство, країна, الجنسية, البلد, تابعیت, ملیت, nacionalidad, país, nationalité, pays, staatsangehörigkeit, nacionalidade, uyruk, uyruğu, राष्ट्रियता, देश, אזרחות, азаматтығы, жарандыгы, fuqaroligi, cittadinanza",
    "origin": "origin, country of origin, region, region of origin, home region, from, регион, откуда, происхождение, область, субъект, регіон, звідки, المنطقة, منطقه, استان, origen, origine, herkunft, governorate, province, المحافظة, محافظة, hometown",
    "birthplace": "birthplace, place of birth, birth place, born in, место рождения, место рожд, місце народження, مكان الميلاد, مكان الولادة, محل تولد, lugar de nacimiento, lieu de naissance, geburtsort, doğum yeri",
    "residence": "residence, place of residence, address, home, lived in, city, town, village, settlement, место жительства, адрес, город, населенный пункт, нп, місце проживання, адреса, місто, مكان السكن, العنوان, المدينة, محل سکونت, محل زندگی, شهر, residencia, domicilio, ciudad, municipio, résidence, ville, wohnort, ikamet",
    "ethnicity": "ethnicity, ethnic group, этничность, этнос, етнічність, القومية, قومیت, etnia, ethnie",
    "path": "path, recruitment, recruited, recruitment path, category, type, how recruited, тип, категория, статус службы, вербовка, как попал, набор, тип служби, категорія, الفئة, tipo, categoría, catégorie",
    "force": "force, contracting force, employer, pmc, чвк, формирование, формування, القوة",
    "branch": "branch, branch of service, service, troops, arm, род войск, вид войск, войска, рід військ, نوع القوات, رسته, arma, cuerpo",
    "unit": "unit, military unit, brigade, regiment, часть, воинская часть, в ч, подразделение, частина, підрозділ, الوحدة, یگان, unidad, unité, einheit, birlik",
    "rank": "rank, military rank, звание, воинское звание, военное звание, звання, الرتبة, درجه, رتبه, rango, grado, grade, dienstgrad, rütbe",
    "manner": "manner, manner of death, cause, cause of death, circumstances of death, причина смерти, обстоятельства гибели, причина смерті, سبب الوفاة, علت مرگ, نحوه کشته شدن, causa, causa de muerte, cause du décès, todesursache, ölüm nedeni",
    "civil_status": "civil status, civilian, civilian status, civilian or combatant, combatant, гражданский, статус лица, цивільний, مدني, وضعیت, estatus civil",
    "side": "side, party, belligerent, army, сторона, армия, сторона конфликта, сторона конфлікту, الطرف, bando",
    "perpetrator": "perpetrator, alleged perpetrator, actor, killed by, responsible, виновник, кто убил, винуватець, الجاني, المسؤول, عامل, perpetrador, autor, auteur",
    "death_place": "place of death, death place, place, location, killed in, place killed, location of death, incident location, место смерти, место гибели, где погиб, місце смерті, місце загибелі, مكان الوفاة, مكان الاستشهاد, محل مرگ, محل کشته شدن, محل شهادت, lugar de muerte, lugar, lieu de décès, lieu, todesort, ölüm yeri, מקום פטירה",
    "sex": "sex, gender, пол, стать, الجنس, جنس, جنسیت, sexo, género, sexe, genre, geschlecht, cinsiyet, लिङ्ग, מין, жынысы, jinsi, sesso",
    "fate": "fate, status, outcome, state, судьба, статус, участь, доля, стан, الحالة, سرنوشت, estado, statut, schicksal",
    "cites": "source, sources, source url, link, links, url, urls, reference, references, citation, evidence, источник, источники, ссылка, ссылки, джерело, джерела, посилання, المصدر, المصادر, رابط, منبع, منابع, لینک, fuente, fuentes, enlace, lien, quelle, quellen, link to source, kaynak, स्रोत, מקור",
    "cited_host": "host, source host, domain, домен, хост, dominio",
    "id": "id, uid, uuid, guid, key, truth key, code, case, case number, case id, record id, identifier, card, card number, ид, код, номер дела, ідентифікатор, رقم الهوية, الهوية, رقم الملف, شناسه, کد, número de caso, código, identifiant",
    "secret": "national id, national identity number, passport, passport number, id number, ssn, personal number, паспорт, снилс, инн, номер паспорта, рнокпп, رقم الهوية الوطنية, رقم الهويه, کد ملی, شماره ملی, cédula, dni, curp, ת ז, תעודת זהות, phone, phone number, телефон, هاتف, تلفن, teléfono",
    "ignore": "row, row number, no, n, nr, index, idx, serial, serial number, №, n п п, № п п, п п, номер, порядковый номер, م, الرقم, رقم, ت, التسلسل, الرقم التسلسلي, ردیف, num, número, rang, lfd nr, sıra, sıra no, क्र सं, मस'",
    "note": "note, notes, comment, comments, remark, remarks, description, details, other, примечание, примечания, комментарий, описание, прочее, примітка, примітки, коментар, ملاحظات, توضیحات, notas, observaciones, comentario, remarques, bemerkung, açıklama, n sources, number of sources",
}
LANGUAGE_ENDINGS = {
    **dict.fromkeys(("en", "eng", "english", "latin", "lat"), "en"),
    **dict.fromkeys(("ar", "ara", "arabic", "عربي"), "ar"),
    **dict.fromkeys(("fa", "fas", "per", "persian", "farsi"), "fa"),
    **dict.fromkeys(("ru", "rus", "russian", "cyrillic"), "ru"),
    **dict.fromkeys(("uk", "ukr", "ukrainian", "ua"), "uk"),
    **dict.fromkeys(("es", "spa", "spanish"), "es"),
    **dict.fromkeys(("fr", "fra", "french"), "fr"),
    **dict.fromkeys(("he", "heb", "hebrew"), "he"),
    **dict.fromkeys(("tr", "tur", "turkish"), "tr"),
    **dict.fromkeys(("ne", "nep", "nepali"), "ne"),
    **dict.fromkeys(("ku", "kur", "kurdish"), "ku"),
    **dict.fromkeys(("uz", "uzb", "uzbek"), "uz"),
    **dict.fromkeys(("tg", "tgk", "tajik"), "tg"),
    **dict.fromkeys(("kk", "kaz", "kazakh"), "kk"),
    **dict.fromkeys(("ky", "kir", "kyrgyz"), "ky"),
}
"""What the last word of a header such as ``name_ar`` says of its language."""

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_PHRASES = {tuple(fold(word).split()): field for field, words in HEADER_WORDS.items() for word in words.split(",")}
_LONGEST = max(len(phrase) for phrase in _PHRASES)


def split_header(header: str) -> list[str]:
    """Return a header's words, folded: ``deathDate`` and ``death_date`` are ``death date``."""
    return re.sub(r"[^\w\s'№]", " ", fold(_CAMEL.sub(" ", header))).split()


def find_language(header: str) -> str | None:
    """Return the language that the end of a header names: ``name_ar`` is Arabic."""
    words = split_header(header)
    return LANGUAGE_ENDINGS.get(words[-1]) if len(words) > 1 else None


def find_field(header: str) -> tuple[str, bool] | None:
    """Return the field that a header announces, and whether its words are all of the header; None where it announces none."""
    words = split_header(header)
    if len(words) > 1 and words[-1] in LANGUAGE_ENDINGS:
        words = words[:-1]
    for size in range(min(len(words), _LONGEST), 0, -1):
        for start in range(len(words) - size + 1):
            if field := _PHRASES.get(tuple(words[start : start + size])):
                return field, size == len(words)
    return None
