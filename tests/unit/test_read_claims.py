"""Reading claims: a table of invented sentences for each phenomenon, in English, Russian and Ukrainian."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cenotaph.domain.claims import Claim
from cenotaph.extract import read_claims


def pairs(text: str, language: str) -> list[tuple[str, str]]:
    return [(claim.number_text, claim.outcome) for claim in read_claims(text, language).claims]


def only(text: str, language: str = "en") -> Claim:
    (claim,) = read_claims(text, language).claims
    return claim


OUTCOMES_EN = [
    ("Twelve miners died in the collapse.", [("Twelve", "killed")]),
    ("The blast killed five people and wounded 18.", [("five", "killed"), ("18", "wounded")]),
    ("Five people were killed and 18 injured.", [("Five", "killed"), ("18", "wounded")]),
    ("At least 5 killed and 18 injured, the governor said.", [("At least 5", "killed"), ("18", "wounded")]),
    ("Shells hit the market, killing four traders and wounding nine.", [("four", "killed"), ("nine", "wounded")]),
    ("Seven soldiers were captured, three went missing.", [("Seven", "captured"), ("three", "missing")]),
    ("Workers serving in the army have died: 14 of them.", [("14", "killed")]),
    ("Fourteen men serving in the army have died.", [("Fourteen", "killed")]),
    ("Six of the wounded died in hospital.", [("Six", "killed")]),
    ("The fire claimed the lives of 31 people.", [("31", "killed")]),
    ("The attack claimed 31 lives.", [("31", "killed")]),
    ("The death toll from the flood rose to 64.", [("64", "killed")]),
    ("Deaths: 40. Wounded: 112.", [("40", "killed"), ("112", "wounded")]),
    ("Twenty hostages were freed on Tuesday.", [("Twenty", "released")]),
    ("Police arrested 15 protesters.", [("15", "detained")]),
    ("Some 3,000 villagers fled their homes.", [("Some 3,000", "displaced")]),
    ("Rescuers pulled nine people from the rubble alive.", [("nine", "rescued")]),
    ("The agency recruited 200 Nepalis.", [("200", "recruited")]),
    ("The army put its losses at 300 dead and wounded.", [("300", "killed+wounded")]),
    ("79 mercenaries and 41 soldiers were killed.", [("79", "killed"), ("41", "killed")]),
    ("No one was hurt.", [("No one", "wounded")]),
    ("There were no casualties.", [("no", "casualties")]),
    ("Nine bodies were found in the cellar.", [("Nine", "killed")]),
]
OUTCOMES_RU = [
    ("Погибли пятеро, ещё 18 ранены.", [("пятеро", "killed"), ("18", "wounded")]),
    ("Пять человек погибли, 18 получили ранения.", [("Пять", "killed"), ("18", "wounded")]),
    ("В результате обстрела убиты трое, ранены семеро.", [("трое", "killed"), ("семеро", "wounded")]),
    ("Число погибших выросло до 39.", [("39", "killed")]),
    ("Погибших — 12, раненых — 40.", [("12", "killed"), ("40", "wounded")]),
    ("Пропали без вести 14 рыбаков.", [("14", "missing")]),
    ("В плену находятся двое граждан.", [("двое", "captured")]),
    ("Взрыв унёс жизни двенадцати человек.", [("двенадцати", "killed")]),
    ("Подтверждена гибель 46 граждан.", [("46", "killed")]),
    ("Из плена освободили 84 военных.", [("84", "released")]),
    ("Задержаны девять активистов.", [("девять", "detained")]),
    ("Эвакуированы более двух тысяч жителей.", [("более двух тысяч", "displaced")]),
    ("Спасатели спасли шестерых моряков.", [("шестерых", "rescued")]),
    ("Противник потерял 60 человек убитыми и ранеными.", [("60", "killed+wounded")]),
    ("Осуждены тринадцать вернувшихся.", [("тринадцать", "detained")]),
    ("Жертвами аварии стали 38 человек.", [("38", "killed")]),
    ("Завербованы не менее 200 кенийцев.", [("не менее 200", "recruited")]),
    ("Никто не пострадал.", [("Никто", "casualties")]),
]
OUTCOMES_UK = [
    ("Загинули п'ятеро, ще 18 поранені.", [("п'ятеро", "killed"), ("18", "wounded")]),
    ("У полон потрапили 12 військових.", [("12", "captured")]),
    ("Зникли безвісти 14 рибалок.", [("14", "missing")]),
]


@pytest.mark.parametrize(("text", "wanted"), OUTCOMES_EN)
def test_what_happened_in_english(text: str, wanted: list[tuple[str, str]]) -> None:
    assert pairs(text, "en") == wanted


@pytest.mark.parametrize(("text", "wanted"), OUTCOMES_RU)
def test_what_happened_in_russian(text: str, wanted: list[tuple[str, str]]) -> None:
    assert pairs(text, "ru") == wanted


@pytest.mark.parametrize(("text", "wanted"), OUTCOMES_UK)
def test_what_happened_in_ukrainian(text: str, wanted: list[tuple[str, str]]) -> None:
    assert pairs(text, "uk") == wanted


NO_CLAIMS = [
    ("en", "If 600 had died, the morgue would be full."),
    ("en", "The army plans to recruit 30,000 men."),
    ("en", "He was killed by two gunmen."),
    ("en", "Officials received 302 complaints from 59 districts."),
    ("en", "The ferry carries cars and costs 4,500 francs."),
    ("en", "Ann Lee, 31, was wounded."),
    ("en", "Twelve soldiers were not killed."),
    ("en", "Three tanks were captured."),
    ("en", "He was accused of killing three women."),
    ("ru", "Если бы погибли 600 человек, об этом знали бы все."),
    ("ru", "Подбиты три танка и 14 машин."),
    ("ru", "Принято 302 обращения."),
    ("ru", "Армия планирует завербовать тысячу человек."),
]


@pytest.mark.parametrize(("language", "text"), NO_CLAIMS)
def test_what_is_no_claim(language: str, text: str) -> None:
    assert pairs(text, language) == []


NATIONALITIES = [
    ("en", "Forty Nepalis were killed.", ("NP",)),
    ("en", "Forty citizens of Sri Lanka were killed.", ("LK",)),
    ("en", "Forty North Korean soldiers were killed.", ("KP",)),
    ("en", "Forty Indian and Bangladeshi nationals were killed.", ("IN", "BD")),
    ("en", "Forty people were killed in Kenya.", ()),
    ("en", "North Korean casualties stood at 40.", ("KP",)),
    ("en", "Of the Kenyans, 40 were killed.", ("KE",)),
    ("en", "Forty men, mostly Uzbeks, were killed.", ("UZ",)),
    ("ru", "Погибли сорок узбекистанцев.", ("UZ",)),
    ("ru", "Погибли 46 граждан Кыргызской Республики.", ("KG",)),
    ("ru", "Погибли сорок человек в Кении.", ()),
    ("ru", "Среди узбеков погибли сорок.", ("UZ",)),
    ("ru", "Погибли 40 граждан Северной Кореи.", ("KP",)),
    ("ru", "Погибли 40 шри-ланкийцев.", ("LK",)),
]


@pytest.mark.parametrize(("language", "text", "wanted"), NATIONALITIES)
def test_nationality_is_what_the_populations_own_words_say(language: str, text: str, wanted: tuple[str, ...]) -> None:
    assert only(text, language).nationality == wanted


SOURCES = [
    ("en", "Twelve people died, the health ministry said.", "the health ministry", "reported"),
    ("en", "According to a local doctor, twelve people died.", "a local doctor", "reported"),
    ("en", "The governor confirmed that twelve people died.", "The governor", "said_confirmed"),
    ("en", "Twelve people died.", None, "stated"),
    ("en", "Analysts estimate that about 1,200 soldiers died.", "Analysts", "estimated"),
    ("en", "Mary Otieno, who speaks for the families, said twelve men had died.", "Mary Otieno", "reported"),
    ("ru", "Погибли 12 человек, сообщил губернатор.", "губернатор", "reported"),
    ("ru", "По данным МЧС, погибли 12 человек.", "МЧС", "reported"),
    ("ru", "В посольстве подтвердили гибель 12 граждан.", "посольстве", "said_confirmed"),
    ("ru", "Погибли 12 человек.", None, "stated"),
    ("ru", "По предварительным данным, погибли 12 человек.", None, "unconfirmed"),
]


@pytest.mark.parametrize(("language", "text", "source", "modality"), SOURCES)
def test_who_says_so_and_how_sure(language: str, text: str, source: str | None, modality: str) -> None:
    claim = only(text, language)
    assert (claim.attribution, claim.modality.value) == (source, modality)


def test_a_next_sentence_says_who_told_it() -> None:
    (claim,) = read_claims("Погибли 12 горняков. Об этом сообщили в областном МЧС со ссылкой на штаб.", "ru").claims
    assert (claim.attribution, claim.via) == ("штаб", "областном МЧС")


def test_a_next_sentence_takes_the_certainty_of_a_figure_away() -> None:
    (claim,) = read_claims(
        "Casualties may exceed 600, the agency said. However, these figures remain unconfirmed.", "en"
    ).claims
    assert claim.modality.value == "unconfirmed"


PARTS = [
    ("en", "Forty miners died, 12 of them Kenyans."),
    ("en", "Forty miners died, including 12 Kenyans."),
    ("en", "Forty miners died. Of these, 12 were Kenyans."),
    ("ru", "Погибли 40 горняков, в том числе 12 кенийцев."),
    ("ru", "Погибли 40 горняков. Из них 12 — кенийцы."),
]


@pytest.mark.parametrize(("language", "text"), PARTS)
def test_a_part_takes_the_outcome_and_points_to_its_whole(language: str, text: str) -> None:
    whole, part = read_claims(text, language).claims
    assert (part.outcome, part.subset_of, part.nationality) == ("killed", whole.id, ("KE",))


def test_another_number_of_the_same_outcome_is_an_increment() -> None:
    first, second, third = read_claims(
        "Ten men were killed on Monday. Another 12 were killed on Friday and another 5 wounded.", "en"
    ).claims
    assert (first.increment, second.increment, third.increment) == (False, True, False)


def test_the_same_figure_again_is_a_repetition() -> None:
    first, second = read_claims("Quake kills 312\n\nThe earthquake killed 312 people, officials said.", "en").claims
    assert second.repeat_of == first.id


def test_a_row_takes_its_outcome_from_the_heading_and_a_plain_one_is_not_asked_about() -> None:
    claims = read_claims("Killed, by district\n\nNorth — 12\nSouth — 30\n", "en").claims
    assert [(claim.low, claim.outcome, claim.needs_review) for claim in claims] == [
        (12, "killed", False),
        (30, "killed", False),
    ]
    claims = read_claims("Погибшие по районам\n\nСеверный — 12\nЮжный — 30\n", "ru").claims
    assert [(claim.low, claim.outcome, claim.needs_review) for claim in claims] == [
        (12, "killed", True),
        (30, "killed", True),
    ]


def test_a_table_takes_its_outcomes_from_the_columns_it_names() -> None:
    text = "ДАННЫЕ ПО РАЙОНАМ\n(погибло / пропало без вести / эвакуировано)\n\nЛесной — 3 / 1 / 380\nОзёрный — 6 / 14 / 2 100\n"
    found = [(claim.low, claim.outcome) for claim in read_claims(text, "ru").claims]
    assert found == [
        (3, "killed"),
        (1, "missing"),
        (380, "displaced"),
        (6, "killed"),
        (14, "missing"),
        (2100, "displaced"),
    ]


def test_words_with_two_readings_keep_both() -> None:
    claim = only("The brigade lost 40 soldiers.")
    assert claim.needs_review
    assert "outcome: may be casualties" in claim.doubts


def test_a_soldiers_nationality_may_be_the_side_served() -> None:
    claim = only("Over 100,000 Russian soldiers have been killed.")
    assert (claim.nationality, claim.side) == (("RU",), "Russia")
    assert "nationality: may mean the side served" in claim.doubts


def test_furniture_yields_nothing() -> None:
    text = "Twelve people died in a fire.\n\nRead also:\n• Five killed in a crash\n\nLeave a Reply\nYour email address will not "
    text += "be published\n"
    assert pairs(text, "en") == [("Twelve", "killed")]


def test_the_number_is_read_when_capitals_shout() -> None:
    assert pairs("OWN KILLED 88, WOUNDED 351, MISSING 14.", "en") == [
        ("88", "killed"),
        ("351", "wounded"),
        ("14", "missing"),
    ]


def test_a_language_that_is_not_read_is_told() -> None:
    reading = read_claims("Trois soldats ont été tués et douze autres blessés dans cette attaque.", "fr")
    assert not reading.claims
    assert reading.notices[0].code == "language_not_read"


def test_the_same_text_gives_the_same_ids() -> None:
    text = "Five people were killed and 18 injured. Five people were killed."
    first, second = read_claims(text), read_claims(text)
    assert [item.id for item in first] == [item.id for item in second]
    assert len({item.id for item in first}) == len(first)


ALLEGATIONS = [
    ("en", "Recruiters threatened migrants with prison if they did not sign contracts.", "threat", "migrants"),
    ("en", "Students were lured by false promises of jobs and sent to the front.", "deceit", "Students"),
    ("en", "Prisoners were forced to sign contracts, relatives say.", "coercion", "Prisoners"),
    ("ru", "Мигрантам угрожали тюрьмой, чтобы они подписали контракт.", "threat", "Мигрантам"),
    ("ru", "Студентов обманом завербовали в армию.", "deceit", "Студентов"),
    ("ru", "Заключённых заставляли подписывать контракты.", "coercion", "Заключённых"),
]


@pytest.mark.parametrize(("language", "text", "act", "victims"), ALLEGATIONS)
def test_what_was_done_to_people_without_a_number(language: str, text: str, act: str, victims: str) -> None:
    found = [item for item in read_claims(text, language).allegations if item.act == act]
    assert [item.victims for item in found] == [victims]


@pytest.fixture(scope="module")
def article(shared_data: Callable[[str], Path]) -> tuple[str, tuple[Claim, ...]]:
    text = shared_data("articles/central-asia-2025.txt").read_text(encoding="utf-8")
    return text, read_claims(text).claims


def find(claims: tuple[Claim, ...], low: int, **fields: object) -> Claim:
    return next(
        c for c in claims if c.low == low and all(getattr(c, name) == value for name, value in fields.items())
    )


def test_the_article_gives_the_dead_by_nationality_with_their_parts(article: tuple[str, tuple[Claim, ...]]) -> None:
    claims = article[1]
    first, second = (c for c in claims if c.low == 66)
    assert (first.outcome, first.nationality, second.repeat_of) == ("killed", ("UZ",), first.id)
    tajik = find(claims, 72, outcome="killed", nationality=("TJ",))
    assert find(claims, 43, outcome="killed").subset_of == tajik.id
    assert find(claims, 46, outcome="killed").subset_of == second.id
    assert find(claims, 43).group == find(claims, 46).group == "former prisoners"


def test_the_article_gives_the_total_and_the_foreigners_among_it(article: tuple[str, tuple[Claim, ...]]) -> None:
    claims = article[1]
    total = find(claims, 118_000, outcome="killed", bound="more_than")
    assert "nationality: may mean the side served" in total.doubts
    assert find(claims, 500, outcome="killed", bound="more_than").subset_of == total.id


def test_the_article_gives_what_is_confirmed_and_what_is_not(article: tuple[str, tuple[Claim, ...]]) -> None:
    claims = article[1]
    korean = find(claims, 600, outcome="casualties", bound="may_exceed", nationality=("KP",))
    assert (korean.modality.value, korean.attribution) == ("unconfirmed", "South Korean intelligence")
    assert any("casualties" in doubt for doubt in korean.doubts)
    assert find(claims, 70, outcome="killed", nationality=("NP",)).modality.value == "said_confirmed"
    assert find(claims, 50, outcome="missing", nationality=("NP",))


def test_the_article_gives_who_was_recruited_and_who_fights(article: tuple[str, tuple[Claim, ...]]) -> None:
    claims = article[1]
    recruited = find(claims, 288, outcome="recruited", bound="at_least", nationality=("LK",))
    assert find(claims, 16, outcome="killed").subset_of == recruited.id
    few = next(c for c in claims if c.nationality == ("US",) and c.low is None)
    assert (few.outcome, few.bound) == ("recruited", "vague")
    assert find(claims, 2000, outcome="fighting", bound="range", nationality=("US",)).high == 3000
    assert find(claims, 54, outcome="killed", nationality=("UA",)).side == "Russia"


def test_the_article_gives_its_allegations_and_nothing_else(article: tuple[str, tuple[Claim, ...]]) -> None:
    text, claims = article
    acts = {item.act for item in read_claims(text).allegations}
    assert {"threat", "inducement", "coercion"} <= acts
    assert 28 not in {claim.low for claim in claims}
    assert all(claim.end < text.index("Leave a Reply") for claim in claims)
