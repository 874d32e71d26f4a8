"""Sentences of many kinds of text, each with every number of people and what happened to them."""

from __future__ import annotations

import pytest

from cenotaph.domain.claims import Claim
from cenotaph.extract.claims.reader import read_claims

ENGLISH = [
    (
        "Kyiv handed over the remains of 27 soldiers.",
        "27 body_returned",
    ),
    (
        "Russia returned 185 servicemen, Ukraine's Coordination Headquarters said.",
        "185 released",
    ),
    (
        "Rescuers brought 48 miners to the surface.",
        "48 rescued",
    ),
    (
        "Obituaries for 59 natives of the district have been published.",
        "59 killed",
    ),
    (
        "The hospital admitted 60 patients with gunshot wounds.",
        "60 wounded",
    ),
    (
        "A dozen people required hospital treatment.",
        "12 wounded",
    ),
    (
        "Casualties: 3 KIA, 12 WIA.",
        "3 killed; 12 wounded",
    ),
    (
        "KIA 5, WIA 17, MIA 2.",
        "5 killed; 17 wounded; 2 missing",
    ),
    (
        "Seven jailed over shipment of recruits",
        "7 detained",
    ),
    (
        "The judge handed life terms to two of the defendants; the other five got between 8 and 14 years.",
        "2 detained; 5 detained",
    ),
    (
        "The hospital in Goma says it has treated 420 gunshot victims since Friday and that its morgue holds 75 bodies.",
        "420 wounded; 75 killed",
    ),
    (
        "Prison chiefs admitted losing track of 37 inmates.",
        "37 missing",
    ),
    (
        "Paramedics were unable to save six of the injured.",
        "6 killed",
    ),
    (
        "Up to 30,000 North Koreans could be sent.",
        "",
    ),
    (
        "Nobody was killed, but five residents suffered cuts.",
        "0 killed; 5 wounded",
    ),
    (
        "Five were rescued, three drowned and one is still being sought.",
        "5 rescued; 3 killed; 1 missing",
    ),
    (
        "The convoy evacuated 91 wounded fighters and 180 civilians from the plant.",
        "91 displaced; 180 displaced",
    ),
    (
        "Helicopter crashes in Dagestan: five killed, two survive",
        "5 killed; 2 survived",
    ),
    (
        "Kyiv says it has identified 3,344 foreign mercenaries fighting for Russia.",
        "3344 fighting",
    ),
    (
        "Egypt: 14 die as minibus plunges into Nile",
        "14 killed",
    ),
    (
        "Gang violence has killed 5,601 people this year, up 1,000 on 2023, the UN said on Tuesday.",
        "5601 killed",
    ),
    (
        "Police in Minsk detained at least 33 Russians said to be Wagner fighters.",
        ">=33 detained",
    ),
    (
        "Two soldiers from the same battalion took their lives within a week.",
        "2 killed",
    ),
    (
        "Floodwaters swept away a bus with 28 passengers; 11 were saved.",
        "28 on_board; 11 rescued",
    ),
    (
        "The dead included eight children, the youngest just two.",
        "8 killed",
    ),
    (
        "A Norwegian-flagged tanker with a crew of 21 was boarded by pirates, who took nine hostages.",
        "21 on_board; 9 captured",
    ),
    (
        "A stampede at a Hindu festival crushed 37 devotees to death and sent 90 more to clinics.",
        "37 killed; 90 wounded",
    ),
    (
        "Belarus released 52 political prisoners, among them 14 foreigners.",
        "52 released; 14 released",
    ),
    (
        "Sixteen Cameroonians fell near Bakhmut, a military memo seen by AFP shows.",
        "16 killed",
    ),
    (
        "The rebels handed 25 captured troops to the Red Cross.",
        "25 released",
    ),
    (
        "Landmines left six herders without legs.",
        "6 wounded",
    ),
    (
        "The Nepali embassy received the ashes of 19 men.",
        "19 body_returned",
    ),
    (
        "Fourteen Dumbra Rangers were shot dead on the ridge, their commander said.",
        "14 killed",
    ),
    (
        "Health officials reported three further deaths overnight.",
        "3 killed",
    ),
    (
        "About 2,000 villagers have been driven from their homes, the UN's humanitarian office said.",
        "~2000 displaced",
    ),
    (
        "Hundreds have been conscripted from the prisons of Rostov.",
        "v100 recruited",
    ),
    (
        "Nobody died in the attack.",
        "0 killed",
    ),
    (
        "State news agency SANA, citing a military source, said nine troops had been martyred.",
        "9 killed",
    ),
    (
        "Only six of the passengers survived.",
        "6 survived",
    ),
    (
        "Turkey arrested 137 people in raids across 12 provinces.",
        "137 detained",
    ),
    (
        "Ten people, three of them children, were killed.",
        "10 killed; 3 killed",
    ),
    (
        "The army said it had killed 18 militants.",
        "18 killed",
    ),
    (
        "The two astronauts spent nine months in orbit.",
        "",
    ),
    (
        "A mother and three of her sons were killed.",
        "1 killed; 3 killed",
    ),
    (
        "Deputy minister Aziz Karimov told parliament that 34 nationals had returned home.",
        "34 released",
    ),
    (
        "A second wave of strikes killed 4 more.",
        "4 killed",
    ),
    (
        "More than 1,100 Nepalis have been recruited, a lawmaker claims, and at least 40 of them have died.",
        ">1100 recruited; >=40 killed",
    ),
    (
        "Only two of the eight-man crew got out alive.",
        "2 survived",
    ),
    (
        "Kazakhstan's security committee opened cases against 700 citizens who fought abroad.",
        "700 fighting",
    ),
    (
        "He tried to kill two guards.",
        "",
    ),
    (
        "Turkish jets 'neutralise' 13 PKK members in northern Iraq",
        "13 killed",
    ),
    (
        "Two French aid workers were killed by a drone in Beryslav; three of their colleagues were hurt.",
        "2 killed; 3 wounded",
    ),
    (
        "The hospital ship took on 230 wounded.",
        "230 wounded",
    ),
    (
        "Almost 10,000 prisoners have signed contracts, the head of the prison service boasted.",
        "~10000 recruited",
    ),
]

RUSSIAN = [
    (
        "Погибших девять, сообщил мэр.",
        "9 killed",
    ),
    (
        "Условно троих осуждённых отпустили.",
        "3 released",
    ),
    (
        "Из колонии увезли на фронт 1 300 осуждённых.",
        "1300 recruited",
    ),
    (
        "Погибших и пострадавших нет, сообщили в МЧС.",
        "0 killed+wounded",
    ),
    (
        "По предварительной информации, жертв и разрушений нет.",
        "0 killed",
    ),
    (
        "Число погибших при взрыве газа возросло с четырёх до семи, сообщили в СК.",
        "7 killed",
    ),
    (
        "Под амнистию попали 2,4 тыс. заключённых.",
        "2400 released",
    ),
    (
        "На войну уехали не менее 250 жителей посёлка.",
        ">=250 recruited",
    ),
    (
        "За медицинской помощью обратились 27 человек.",
        "27 wounded",
    ),
    (
        "Скончались ещё двое раненых.",
        "2 killed",
    ),
    (
        "Посмертно награждены 11 земляков.",
        "11 killed",
    ),
    (
        "Опознаны 21 из 30 тел.",
        "21 identified; 30 killed",
    ),
    (
        "Личности восьми погибших установлены.",
        "8 killed",
    ),
    (
        "По данным УВКБ ООН, страну покинули 1,2 млн человек.",
        "1200000 displaced",
    ),
    (
        "Армия Мали заявила о нейтрализации 22 террористов.",
        "22 killed",
    ),
    (
        "Угорели двое пенсионеров.",
        "2 killed",
    ),
    (
        "Отравились насмерть девять человек.",
        "9 killed",
    ),
    (
        "Из страны выдворили 1 540 узбеков.",
        "1540 displaced",
    ),
    (
        "Киев получил 6 057 тел, Москва — 78.",
        "6057 body_returned; 78 body_returned",
    ),
    (
        "Врачам не удалось спасти шестерых раненых.",
        "6 killed",
    ),
    (
        "С января по июнь с собой покончили 214 военнослужащих.",
        "214 killed",
    ),
    (
        "Силовики убили 12 человек, десятки ранили и сотни задержали, заявила Amnesty.",
        "12 killed; v10 wounded; v100 detained",
    ),
    (
        "Никто не погиб, пятеро жителей получили порезы.",
        "0 killed; 5 wounded",
    ),
    (
        "Погибших: 12, раненых: 34, пропавших без вести: 3",
        "12 killed; 34 wounded; 3 missing",
    ),
    (
        "Группировка пообещала освободить 50 пленных.",
        "",
    ),
    (
        "В последний путь проводили троих земляков.",
        "3 killed",
    ),
    (
        "На Сумщине за сутки погибли двое и ранены девятеро мирных жителей, сообщили в ОВА.",
        "2 killed; 9 wounded",
    ),
    (
        "Водолазы подняли тела семи из девяти моряков.",
        "7 killed; 9 other",
    ),
    (
        "«Вчера мы похоронили четырнадцать, завтра будет двадцать», — сказал могильщик.",
        "14 killed",
    ),
    (
        "«Хезболла» признала потерю восьми бойцов.",
        "8 killed",
    ),
    (
        "Свели счёты с жизнью двое солдат.",
        "2 killed",
    ),
    (
        "Контракт подписали почти 10 тысяч осуждённых, похвастался глава ФСИН.",
        "~10000 recruited",
    ),
    (
        "Паводком смыло автобус с 28 пассажирами, 11 спасены.",
        "28 on_board; 11 rescued",
    ),
    (
        "Пираты захватили танкер с экипажем из 21 человека, девятерых увели в заложники.",
        "21 on_board; 9 captured",
    ),
    (
        "Шестерых бойцов посмертно представили к орденам.",
        "6 killed",
    ),
    (
        "Вечная память! Сегодня мы проводили в последний путь ещё двух наших ребят.",
        "2 killed",
    ),
    (
        "Троих строителей завалило землёй, одного спасли.",
        "3 missing; 1 rescued",
    ),
    (
        "Двоих рыбаков унесло на льдине.",
        "2 missing",
    ),
    (
        "В ДНР за сутки погиб один и ранены шестеро мирных жителей, в том числе двое детей.",
        "1 killed; 6 wounded; 2 wounded",
    ),
    (
        "В давке на празднике насмерть затоптали 37 паломников, ещё 90 попали в больницы.",
        "37 killed; 90 wounded",
    ),
    (
        "После обрушения дома на связь не выходят 16 жильцов, сообщили в экстренных службах.",
        "16 missing",
    ),
    (
        "Более 200 йеменцев обманом завербовали в российскую армию, пишет Financial Times.",
        ">200 recruited",
    ),
    (
        "Посольству Непала передали прах 19 человек.",
        "19 body_returned",
    ),
    (
        "С 5 по 12 мая под обстрелами погиб 31 житель, 58 стали инвалидами.",
        "31 killed; 58 wounded",
    ),
    (
        "Завтра Россия освободит 50 пленных.",
        "",
    ),
    (
        "Осенью призовут 160 тысяч человек.",
        "",
    ),
    (
        "В колонии содержатся 1 300 осуждённых.",
        "1300 detained",
    ),
    (
        "Под завалами могут оставаться до 12 человек.",
        "<=12 missing",
    ),
    (
        "Уничтожено до 60 боевиков, семеро взяты в плен.",
        "<=60 killed; 7 captured",
    ),
    (
        "В армию призвали 160 тысяч человек.",
        "160000 recruited",
    ),
    (
        "В больницы доставлены 33 пострадавших, восемь в тяжёлом состоянии.",
        "33 wounded; 8 wounded",
    ),
    (
        "Судьба семерых моряков неизвестна.",
        "7 missing",
    ),
    (
        "Почти полсотни домов сгорели, погибли двое.",
        "2 killed",
    ),
    (
        "По словам главы города, под обстрел попали трое.",
        "",
    ),
    (
        "В автокатастрофе разбились четверо студентов.",
        "4 killed",
    ),
    (
        "Пять депутатов проголосовали против.",
        "",
    ),
    (
        "Более 40 % раненых — мирные жители.",
        ">40 wounded",
    ),
    (
        "Пятеро получили ожоги.",
        "5 wounded",
    ),
    (
        "За торговлю людьми арестованы 17 человек, заявил МИД Кубы.",
        "17 detained",
    ),
    (
        "Около 40 призывников отказались садиться в поезд.",
        "",
    ),
    (
        "За год пограничники задержали 340 нарушителей, 12 утонули в Тисе.",
        "340 detained; 12 killed",
    ),
    (
        "После обстрела госпитализированы шестеро, двое — в крайне тяжёлом состоянии.",
        "6 wounded; 2 wounded",
    ),
    (
        "Минобороны опровергло гибель 400 срочников.",
        "400 killed",
    ),
    (
        "Красный Полумесяц извлёк из реки 32 тела.",
        "32 killed",
    ),
    (
        "В морг доставили 77 тел, в том числе 12 детских.",
        "77 killed; 12 killed",
    ),
    (
        "Скончалось 8 пациентов.",
        "8 killed",
    ),
]


def _write(claim: Claim) -> str:
    """Write a claim as "at_least" >=, "more_than" >, "at_most" <=, "approx" ~, "vague" v, and its outcome."""
    sign = {"at_least": ">=", "more_than": ">", "at_most": "<=", "approx": "~", "vague": "v"}.get(claim.bound.value, "")
    value = claim.high if claim.bound.value == "at_most" else claim.low
    words = f"{sign}{value:g}" if value is not None and value < 1e6 else f"{sign}{value}"
    if claim.bound.value == "range":
        words = f"{claim.low:g}-{claim.high:g}"
    return f"{words} {claim.outcome}"


@pytest.mark.parametrize(("text", "wanted"), ENGLISH)
def test_english_sentences_give_their_numbers_of_people_with_what_happened(text: str, wanted: str) -> None:
    assert "; ".join(_write(claim) for claim in read_claims(text, "en").claims) == wanted


@pytest.mark.parametrize(("text", "wanted"), RUSSIAN)
def test_russian_sentences_give_their_numbers_of_people_with_what_happened(text: str, wanted: str) -> None:
    assert "; ".join(_write(claim) for claim in read_claims(text, "ru").claims) == wanted
