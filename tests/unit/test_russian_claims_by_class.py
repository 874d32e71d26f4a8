"""What the reader finds in Russian sentences, class by class: each may stand for many."""

from __future__ import annotations

import pytest

from cenotaph.domain.claims import Claim
from cenotaph.extract import read_claims

DYING = [
    ("Скончались ещё двое пострадавших.", "2 killed"),
    ("Двоих спасти не удалось.", "2 killed"),
    ("Взрыв унёс жизни 28 шахтёров.", "28 killed"),
    ("Операция стоила жизни шестерым военным.", "6 killed"),
    ("Не стало ещё троих наших земляков.", "3 killed"),
    ("До 62 выросло число погибших при взрыве в Актау.", "<=62 killed"),
    ("Двое двухсотых, трое трёхсотых.", "2 killed; 3 wounded"),
    ("200-х: 12, 300-х: 31.", "12 killed; 31 wounded"),
    ("Потери батальона составили 18 убитыми и 40 ранеными.", "18 killed; 40 wounded"),
    ("В больнице зафиксировано 12 летальных исходов.", "12 killed"),
    ("Тела ещё двоих рыбаков вынесло на берег.", "2 killed"),
    ("Мы похоронили уже семерых из нашего села.", "7 killed"),
    ("Сорок пятеро раненых.", "45 wounded"),
    ("Двое полицейских погибли.", "2 killed"),
    ("Противник потерял до 60 солдат и офицеров убитыми и ранеными.", "<=60 killed+wounded"),
    ("Число жертв землетрясения превысило 2100.", ">2100 killed"),
    ("Погибло около двух тысяч 300 военнослужащих.", "~2300 killed"),
    ("Погибли тысяч сорок — сорок пять.", "40000-45000 killed"),
    ("Пятеро, к сожалению, погибшие.", "5 killed"),
]
HURT = [
    ("Травмы различной степени тяжести получили 15 человек.", "15 wounded"),
    ("Двоим ампутировали ноги.", "2 wounded"),
    ("Медицинская помощь потребовалась 31 человеку.", "31 wounded"),
    ("Баротравмы — у пятерых.", "5 wounded"),
    ("У двоих диагностированы переломы, у одного — сотрясение мозга.", "2 wounded; 1 wounded"),
    ("Двоих увезли на «скорой».", "2 wounded"),
    ("Двое 15-летних братьев получили травмы.", "2 wounded"),
    ("Состояние троих остаётся тяжёлым.", "3 wounded"),
    ("Ещё двое пострадавших были доставлены в больницу.", "2 wounded"),
    ("Пятеро отказались от госпитализации.", "5 casualties"),
]
NOBODY = [
    ("Пострадавших нет.", "0 casualties"),
    ("Жертв и пострадавших не было.", "0 killed+wounded"),
    ("Обошлось без пострадавших.", "0 casualties"),
    ("Жертв удалось избежать.", "0 killed"),
    ("Ни один из 46 пассажиров не пострадал.", "0 casualties; 46 other"),
    ("Выживших нет.", "0 survived"),
    ("Данных о погибших не было.", ""),
    ("Информации о жертвах не поступало.", ""),
]
MISSING = [
    ("Судьба ещё 14 рыбаков неизвестна.", "14 missing"),
    ("О 23 бойцах нет никаких сведений.", "23 missing"),
    ("От двоих ребят до сих пор нет вестей.", "2 missing"),
    ("Ненайденными остаются пятеро.", "5 missing"),
    ("Местонахождение ещё 340 устанавливается.", "340 missing"),
    ("Тридцать пять шахтёров, которые не успели выбраться, остаются в штреках.", "35 missing"),
    ("Если ранее говорилось о 35 пропавших, то теперь их число увеличилось до 69.", "35 missing; 69 missing"),
]
FREED = [
    ("На родину вернулись 9 граждан Узбекистана.", "9 released"),
    ("Домой вернулись 11 погибших солдат.", "11 body_returned"),
    ("Удалось спасти 149 терпящих бедствие пассажиров.", "149 rescued"),
    ("Четверо смогли выбраться.", "4 rescued"),
    ("Четверым удалось выбраться.", "4 rescued"),
    ("Многих из 75 горняков удалось вывести.", "vNone rescued; 75 other"),
    ("Из двадцати трёх пострадавших восемнадцать выписали.", "23 casualties; 18 released"),
    ("Передана 1 001 единица останков.", "1001 body_returned"),
    ("Удалось репатриировать 382 тела, 56 погибших воинов.", "382 body_returned; 56 body_returned"),
    ("Забрать тела двух погибших пока не удалось.", "2 killed"),
]
SENT = [
    ("Контракты с Минобороны заключили 1 800 иностранцев.", "1800 recruited"),
    ("В ряды ополчения вступили 600 местных жителей.", "600 recruited"),
    ("Свои дома покинули 12 тысяч человек.", "12000 displaced"),
    ("Из города уехали 70 тысяч жителей.", "70000 displaced"),
    ("Через войну прошли более 1,5 млн человек.", ">1500000 fighting"),
    ("Обманом завербовали 35 непальцев.", "35 recruited"),
    ("На борту находились 64 пассажира и 5 членов экипажа.", "64 on_board; 5 on_board"),
    ("Самолёт, на борту которого были 14 человек, разбился.", "14 on_board"),
]
BRIEF = [
    ("Убито — 5; ранено — 17; взято в плен — 8.", "5 killed; 17 wounded; 8 captured"),
    ("Погибшие: 12. Раненые: 40. Пропавшие: 3.", "12 killed; 40 wounded; 3 missing"),
    ("Задержаны 412 чел., в т. ч. 38 несовершеннолетних.", "412 detained; 38 detained"),
    ("Погибло 3, ранено 5.", "3 killed; 5 wounded"),
    ("Наши потери — трое раненых, у противника — до десяти убитых.", "3 wounded; <=10 killed"),
    ("Погибли 500 офицеров. Генералов двенадцать.", "500 killed; 12 killed"),
    ("Погибли 20 человек. Годом раньше было 34.", "20 killed; 34 killed"),
    ("За год казнены 975 человек. Граждан Афганистана среди казнённых восемьдесят.", "975 killed; 80 killed"),
    ("Без вести пропавшими признаны 118 человек, умершими — 34.", "118 missing; 34 declared_dead"),
]
NONE = [
    ("В ликвидации пожара участвовали 120 спасателей.", ""),
    ("У погибшего остались двое детей.", ""),
    ("Задействованы 40 человек и 14 единиц техники.", ""),
    ("Наибольшие потери при пересчёте на 10 000 мужчин понесла Тыва.", ""),
    ("На похороны пришли около трёхсот человек.", ""),
    ("Мобилизация коснётся 300 тысяч человек.", ""),
    ("В зоне затопления находятся сёла с населением порядка трёх тысяч человек.", ""),
    ("Скончался один из основателей и клавишник группы Рэй Манзарек.", ""),
    ("Собрали 61 тысячу на венки.", ""),
    ("Служили в одной роте.", ""),
]


def _write(claim: Claim) -> str:
    """Write a claim as "at_least" >=, "more_than" >, "at_most" <=, "approx" ~, "vague" v, and its outcome."""
    sign = {"at_least": ">=", "more_than": ">", "at_most": "<=", "approx": "~", "vague": "v"}.get(claim.bound.value, "")
    value = claim.high if claim.bound.value == "at_most" else claim.low
    words = f"{sign}{value:g}" if value is not None and value < 1e6 else f"{sign}{value}"
    if claim.bound.value == "range":
        words = f"{claim.low:g}-{claim.high:g}"
    return f"{words} {claim.outcome}"


def _read(text: str) -> str:
    return "; ".join(_write(claim) for claim in read_claims(text, "ru").claims)


@pytest.mark.parametrize(("text", "wanted"), DYING)
def test_the_dead_are_found_in_every_form(text: str, wanted: str) -> None:
    assert _read(text) == wanted


@pytest.mark.parametrize(("text", "wanted"), HURT)
def test_the_hurt_are_found_in_every_form(text: str, wanted: str) -> None:
    assert _read(text) == wanted


@pytest.mark.parametrize(("text", "wanted"), NOBODY)
def test_nobody_is_a_claim_of_nought_where_the_text_says_so(text: str, wanted: str) -> None:
    assert _read(text) == wanted


@pytest.mark.parametrize(("text", "wanted"), MISSING)
def test_those_of_whom_nothing_is_known_are_missing(text: str, wanted: str) -> None:
    assert _read(text) == wanted


@pytest.mark.parametrize(("text", "wanted"), FREED)
def test_those_who_came_out_are_told_from_those_brought_home_dead(text: str, wanted: str) -> None:
    assert _read(text) == wanted


@pytest.mark.parametrize(("text", "wanted"), SENT)
def test_words_in_any_order_say_who_went_and_who_left(text: str, wanted: str) -> None:
    assert _read(text) == wanted


@pytest.mark.parametrize(("text", "wanted"), BRIEF)
def test_brief_rows_keep_each_figure_with_its_own_word(text: str, wanted: str) -> None:
    assert _read(text) == wanted


@pytest.mark.parametrize(("text", "wanted"), NONE)
def test_numbers_that_count_nobody_yield_nothing(text: str, wanted: str) -> None:
    assert _read(text) == wanted


SOURCES = [
    ("Погибли 39 человек, доложил губернатору начальник регионального МЧС.", "начальник регионального МЧС"),
    ("Погибли двое, сообщил в Telegram губернатор Вячеслав Седов.", "губернатор Вячеслав Седов"),
    ("21:38 Источник «Интерфакса» в полиции: ранены семеро.", "Источник «Интерфакса» в полиции"),
    ("Совместно с волонтёрами «Медиазона» подтвердила гибель 142 военных.", "«Медиазона»"),
    ("Власти показали паспорта по телевидению, заявив о гибели восьмидесяти наёмников.", "Власти"),
    ("«Ранены 40 человек», — заявил Ноздрачёв на пресс-конференции в Киеве.", "Ноздрачёв"),
    ("15 марта Минобороны сообщило о гибели 34 солдат.", "Минобороны"),
    ("Погибли 12 человек. Такие данные опубликовал проект «Иду домой».", "проект «Иду домой»"),
    ("По документам командования, трое были легко ранены.", "командования"),
    ("Погибших 17, уточнили в генконсульстве.", "генконсульстве"),
]


@pytest.mark.parametrize(("text", "wanted"), SOURCES)
def test_who_says_so_is_found_wherever_a_russian_sentence_puts_it(text: str, wanted: str) -> None:
    assert [claim.attribution for claim in read_claims(text, "ru").claims] == [wanted]


def test_a_quotation_of_several_sentences_has_the_speaker_behind_it() -> None:
    text = "«Зелёных, то есть вернувшихся, всего 58. Погибли 197. Про остальных не знает никто», — поясняет полковник Мансур."
    assert [claim.attribution for claim in read_claims(text, "ru").claims][:2] == ["полковник Мансур"] * 2


def test_a_source_inside_one_clause_does_not_vouch_for_the_others() -> None:
    text = "Спасены 11 человек, а число пропавших без вести, по словам экипажа, составляет около 20 человек."
    assert [claim.attribution for claim in read_claims(text, "ru").claims] == [None, "экипажа"]


def test_doctors_who_judge_a_state_of_health_estimate_no_number() -> None:
    (claim,) = read_claims("Состояние 28 раненых врачи оценивают как тяжёлое.", "ru").claims
    assert (claim.attribution, claim.modality.value) == (None, "stated")


WHEN = [
    ("За 2024 год казнены 975 человек.", "За 2024 год"),
    ("По состоянию на 9:00 12 марта погибли 7 человек.", "По состоянию на 9:00 12 марта"),
    ("Ещё утром без вести пропавшими считались двое.", "Ещё утром"),
    ("Суды в этом году признали умершими 211 военных.", "в этом году"),
    ("С понедельника по воскресенье погибли 17 человек.", "С понедельника по воскресенье"),
    ("Погибших, по данным на первое октября, 77.", "на первое октября"),
    ("К 9 утра ранены шестеро.", "К 9 утра"),
    ("Двумя днями ранее погибли трое.", "Двумя днями ранее"),
    ("Семеро погибших родились до 1955 года.", None),
]


@pytest.mark.parametrize(("text", "wanted"), WHEN)
def test_a_date_window_or_hour_is_when_it_held(text: str, wanted: str | None) -> None:
    assert [claim.as_of for claim in read_claims(text, "ru").claims] == [wanted]


def test_a_date_behind_a_dash_belongs_to_the_number_before_it() -> None:
    text = "Контракт подписали 687 человек: 135 — в 2023 году, 326 — в 2024-м."
    assert [claim.as_of for claim in read_claims(text, "ru").claims][1:] == ["в 2023 году", "в 2024-м"]


PARTS = [
    ("Пострадали 7 человек, из которых 3 погибли, 1 передан медикам.", ["7", "7"]),
    ("Освобождены 44 пленных. Среди них — 6 офицеров, 36 рядовых и двое гражданских.", ["44", "44", "44"]),
    ("Погибли 142 человека. Мобилизованных погибло 15. Среди погибших 6 офицеров.", [None, "142"]),
    ("Россия отправила около 13 тысяч военных на фронт (по другим оценкам — до 15 тысяч).", [None]),
]


@pytest.mark.parametrize(("text", "wanted"), PARTS)
def test_parts_side_by_side_have_one_whole(text: str, wanted: list[str | None]) -> None:
    claims = read_claims(text, "ru").claims
    words = {claim.id: claim.number_text for claim in claims}
    assert [words.get(claim.subset_of or "") for claim in claims[1:]] == wanted


def test_a_country_before_a_bracket_gives_the_nationality_and_a_place_does_not() -> None:
    text = "Погибли 66 граждан Узбекистана. На втором месте Непал (70 граждан), в Грузии (12 человек) меньше."
    claims = read_claims(text, "ru").claims
    assert [claim.nationality for claim in claims][:2] == [("UZ",), ("NP",)]
    assert claims[1].needs_review
    assert all(claim.nationality != ("GE",) for claim in claims)


def test_what_the_next_sentence_says_of_all_of_them_is_theirs_with_a_doubt() -> None:
    (claim,) = read_claims("На столе дела шестидесяти восьми человек. Все задержаны во время рейдов.", "ru").claims
    assert (claim.low, claim.outcome, claim.needs_review) == (68, "detained", True)


def test_one_of_them_who_only_speaks_is_no_claim() -> None:
    text = "Погибли семеро. Один из них, сержант Грудин, рассказал о бое."
    assert _read(text) == "7 killed"


def test_bodies_spoken_of_before_make_a_return_a_return_of_bodies() -> None:
    text = "Комбриг обещал вернуть тела. Пока не вернули ни одного."
    (claim,) = read_claims(text, "ru").claims
    assert (claim.low, claim.outcome, claim.needs_review) == (0, "body_returned", True)


NOT_COUNTED = [
    "Группа из 40 боевиков захватила заложников.",
    "Мужчина застрелился на глазах у множества туристов.",
    "Тысячи горожан проводили погибших пожарных в последний путь.",
    "К месту пожара направлены 45 человек.",
    "За погибших помолились. За — 9, против — 21, воздержались 4.",
    "Москва и Киев обменялись один к одному военнопленными.",
    "Шансов на спасение рыбаков практически нет.",
]


@pytest.mark.parametrize("text", NOT_COUNTED)
def test_those_who_did_it_looked_on_mourned_or_voted_are_no_claim(text: str) -> None:
    assert _read(text) == ""


def test_who_is_not_among_the_dead_is_read_from_before_the_words_of_the_whole() -> None:
    (claim,) = read_claims("Граждан Казахстана, по словам посла, среди погибших нет.", "ru").claims
    assert (claim.low, claim.outcome, claim.nationality) == (0, "killed", ("KZ",))


def test_a_bracketed_list_gives_the_parts_of_the_number_before_it() -> None:
    text = "СФО — 14 301 погибший (Бурятия — 2 019, Тыва — 1 268)."
    whole, *parts = read_claims(text, "ru").claims
    assert [part.subset_of for part in parts] == [whole.id, whole.id]


def test_a_rival_figure_in_brackets_and_rows_of_countries_are_no_parts_of_one_another() -> None:
    assert [c.subset_of for c in read_claims("Погибли 190 человек (по данным фонда — 174).", "ru").claims] == [None, None]
    text = "На войну отправили граждан из Узбекистана (91), Непала (26), Кубы (14)."
    claims = read_claims(text, "ru").claims
    assert [claim.nationality for claim in claims] == [("UZ",), ("NP",), ("CU",)]
    assert [claim.subset_of for claim in claims] == [None, None, None]


def test_the_dead_have_no_part_that_was_saved_and_a_verb_goes_with_the_number_behind_it() -> None:
    text = "Найдены тела 38 погибших, из них один ребёнок, спасено из-под завалов девять человек."
    dead, child, saved = read_claims(text, "ru").claims
    assert (child.outcome, child.subset_of) == ("killed", dead.id)
    assert (saved.outcome, saved.subset_of) == ("rescued", None)


def test_who_hands_people_over_says_nothing() -> None:
    (claim,) = read_claims("В ведомстве добавили, что Киеву взамен передали 300 солдат.", "ru").claims
    assert claim.attribution == "ведомстве"
    assert _read("Россия получила 23 погибших военных, Киев – 140 человек погибшими.") == "23 body_returned; 140 body_returned"


def test_a_date_before_the_verb_and_words_of_likelihood_are_no_part_of_a_source() -> None:
    (claim,) = read_claims("Координационный штаб 31 мая сообщает, что погибли 12 бойцов.", "ru").claims
    assert claim.attribution == "Координационный штаб"
    (claim,) = read_claims("Судя по всему, погибли 50 пассажиров.", "ru").claims
    assert claim.attribution is None


def test_a_relative_clause_keeps_its_verb_and_an_event_dates_its_own_clause() -> None:
    text = "Четверых украинцев, трое из которых освободились из колоний, держат в спецприёмнике."
    assert _read(text) == "4 detained; 3 released"
    text = "На поверхность выведено 55 человек, 5 из них пострадали, на момент аварии под землёй находилось 186 человек."
    claims = read_claims(text, "ru").claims
    assert [claim.as_of for claim in claims] == [None, None, "на момент аварии"]
    assert [claim.subset_of for claim in claims] == [None, claims[0].id, None]


def test_a_figure_behind_its_source_and_a_comma_is_no_age_and_a_norm_counts_nobody() -> None:
    assert _read("Погибли 14 детей (по данным ГИБДД, 18).") == "14 killed; 18 killed"
    assert _read("Центр переполнен, вместо положенных 176 человек туда доставили более 300.") == ""
    assert _read("Число погибших из разных регионов приблизилось к трём десяткам.") == "~30 killed"
    assert _read("Остаются в шахте — 48.") == "48 missing"
