"""Rescuers, doctors, mourners and relatives are none of those they act on, unless it is said of themselves."""

from __future__ import annotations

import pytest

from cenotaph.extract import read_claims

AROUND = {
    "en": "The mine at Dokan flooded on Sunday, and the governor came to the pit the next morning to see the damage. "
    "Nine miners were killed and 14 are missing, he said. {} Work at the pit has stopped, and an inquiry has begun.",
    "ru": "Шахту у посёлка Светлый затопило в ночь на воскресенье, утром туда приехал губернатор. Девять горняков погибли, "
    "14 пропали без вести, сообщил он. {} Работа на шахте остановлена, начата проверка, её итоги обещают назвать через месяц.",
}


@pytest.mark.parametrize("alone", [True, False])
@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "120 rescuers recovered the bodies of the dead."),
        ("en", "Fifteen doctors are treating the wounded."),
        ("en", "Forty detectives are searching for the missing girl."),
        ("en", "Thirty relatives of those killed came to court."),
        ("ru", "120 спасателей достали тела погибших."),
        ("ru", "15 врачей лечат раненых."),
    ],
)
def test_those_who_help_are_not_those_helped(language: str, sentence: str, alone: bool) -> None:
    text = sentence if alone else AROUND[language].format(sentence)
    assert not {claim.low for claim in read_claims(text, language).claims} & {120, 15, 40, 30}


@pytest.mark.parametrize(
    ("language", "sentence", "low", "outcome"),
    [
        ("en", "Two doctors were killed.", 2, "killed"),
        ("en", "Three rescuers died in the second blast.", 3, "killed"),
        ("en", "Five doctors are still missing.", 5, "missing"),
        ("en", "Five doctors were among the dead.", 5, "killed"),
        ("en", "The second blast killed four rescuers.", 4, "killed"),
        ("ru", "Погибли двое спасателей.", 2, "killed"),
        ("ru", "Трое врачей погибли.", 3, "killed"),
        ("ru", "Четверо полицейских были ранены.", 4, "wounded"),
    ],
)
def test_what_is_said_of_helpers_themselves_holds(language: str, sentence: str, low: int, outcome: str) -> None:
    claims = read_claims(sentence, language).claims
    assert [(claim.low, claim.outcome) for claim in claims] == [(low, outcome)]
