"""Killers, finders and mourners are not the dead; who hears a statement does not make it; what is refuted is not stated."""

from __future__ import annotations

import pytest

from cenotaph.domain.claims import Claim
from cenotaph.extract import read_claims

FURTHER = {
    "en": " The ministry gave no further details on Tuesday. The road to the town has been closed since the weekend and traffic"
    " is being sent along the river, officials said in the evening.",
    "ru": " Подробностей ведомство во вторник не привело. Дорога в город закрыта с выходных, и движение направили вдоль реки,"
    " сообщили вечером чиновники, работа продолжается.",
}


def read(text: str, language: str) -> list[Claim]:
    return [item for item in read_claims(text + FURTHER[language], language).items if isinstance(item, Claim)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "Полицейского убили трое подростков."),
        ("ru", "Фермера убили 14 солдат."),
        ("ru", "Тело водителя нашли двое грибников."),
        ("ru", "Тела погибших обнаружили трое туристов."),
        ("ru", "Около 500 человек почтили память погибших."),
        ("ru", "С погибшими простились 3000 человек."),
        ("ru", "Пропавших ищут 120 спасателей."),
        ("ru", "Его судят по статье о нарушении правил, повлёкшем смерть двух и более лиц."),
        ("en", "He is charged with causing the death of two or more persons."),
        ("ru", "На 100 тысяч населения приходится 11 смертей."),
    ],
)
def test_who_acts_is_no_victim(language: str, text: str) -> None:
    assert read(text, language) == []


@pytest.mark.parametrize(
    ("text", "number", "outcome"),
    [
        ("Убили двоих полицейских.", "двоих", "killed"),
        ("Солдаты убили 14 мирных жителей.", "14", "killed"),
        ("В четверг убили 14 солдат.", "14", "killed"),
        ("Ранения получили двое расчётчиков ПВО.", "двое", "wounded"),
        ("Под плитами ищут двоих, пропавших при взрыве.", "двоих", "missing"),
        ("По данным села, похоронили двух контрактников.", "двух", "killed"),
        ("Контракт подписали 151 из них.", "151", "recruited"),
        ("12 погибших оплакивают родные.", "12", "killed"),
        ("Погибли двое грибников.", "двое", "killed"),
        ("Двое полицейских убиты.", "Двое", "killed"),
        ("Не менее двух человек погибли.", "Не менее двух", "killed"),
    ],
)
def test_whom_it_befell_is_read_as_before(text: str, number: str, outcome: str) -> None:
    assert (number, outcome) in [(claim.number_text, str(claim.outcome)) for claim in read(text, "ru")]


@pytest.mark.parametrize(
    ("language", "text", "source"),
    [
        ("en", "Musa Otieno, a deputy director, told the Daily Nation that 14 people had been killed.", "Musa Otieno"),
        ("en", "John Smith, who survived, told the court that 14 people had been killed.", "John Smith"),
        ("en", "Fourteen people were killed, the mayor told reporters.", "the mayor"),
    ],
)
def test_who_hears_is_not_who_says(language: str, text: str, source: str) -> None:
    assert [claim.attribution for claim in read(text, language)] == [source]


def test_a_paper_in_the_dative_is_told() -> None:
    [claim] = read("Иван Петров, фермер, рассказал «Коммерсанту», что погибли 14 человек.", "ru")
    assert claim.attribution is None or "Коммерсант" not in claim.attribution


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "There is no truth in the story that 300 were killed, the army said."),
        ("en", "The claim that 300 were killed has been debunked."),
        ("en", "Nobody believes that 500 died."),
        ("ru", "Нет доказательств того, что погибли 300 человек."),
        ("ru", "Губернатор опроверг сообщение о гибели 30 шахтёров."),
        ("ru", "Минздрав опроверг сообщения о гибели двадцати человек."),
    ],
)
def test_what_is_refuted_is_not_confirmed(language: str, text: str) -> None:
    assert {str(claim.modality) for claim in read(text, language)} == {"unconfirmed"}


def test_the_freed_are_not_the_dead() -> None:
    claims = read("The police freed 30 hostages and killed four gunmen.", "en")
    found = {claim.number_text: str(claim.outcome) for claim in claims}
    assert found == {"30": "released", "four": "killed"}


def test_columns_of_rates_ages_and_inhabitants_hold_no_dead() -> None:
    table = (
        "Region | Killed 2023 | Killed 2024 | Killed per 100,000 | Population | Mean age of the killed\n"
        "Tver | 12 | 14 | 5 | 1,211,183 | 41\nOryol | 8 | 9 | 4 | 692,486 | 38\n\n"
    )
    assert [(claim.number_text, str(claim.outcome)) for claim in read(table, "en")] == [
        ("12", "killed"), ("14", "killed"), ("8", "killed"), ("9", "killed"),
    ]  # fmt: skip
