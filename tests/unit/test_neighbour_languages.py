"""Languages written much like those that are read are told from them, and a notice says that they are not read."""

from __future__ import annotations

import pytest

from cenotaph.extract import read_claims
from cenotaph.text.languages import detect_language

NEIGHBOURS = [
    ("bg", "В Украйна са загинали 15 български граждани, съобщи министерството."),
    ("bg", "Най-малко 20 души са били убити при атаката, заявиха властите."),
    ("be", "Паводле звестак, загінулі 15 беларускіх добраахвотнікаў, паведамляе праваабарончы цэнтр."),
    ("be", "У выніку абстрэлу загінулі тры чалавекі, яшчэ пяць параненыя."),
    ("sr", "У нападу је погинуло 15 држављана Србије, саопштило је министарство."),
    ("mk", "Најмалку 20 лица беа убиени во нападот, соопшти министерството."),
    ("nl", "Bij de aanval zijn twaalf mensen gedood."),
]
READ = [
    ("ru", "Объявлено о гибели 15 граждан."),
    ("ru", "На фронте погибли 17 человек"),
    ("ru", "Подъезд разрушен, ранены семеро."),
    ("ru", "Пострадали сотрудники Јагодина и Марковић, погибли 12 строителей из России и Сербии, сообщили в посольстве."),
    ("uk", "Унаслідок обстрілу загинули троє людей."),
    ("en", "Killed: 7"),
]
ENGLISH = "At least five people were killed and 18 were injured, the governor said on Tuesday."
RUSSIAN = "Пять человек погибли, ещё восемнадцать получили ранения, сообщил во вторник губернатор области."


@pytest.mark.parametrize(("language", "text"), NEIGHBOURS)
def test_a_neighbouring_language_is_told_and_not_read(language: str, text: str) -> None:
    reading = read_claims(text)
    assert reading.language == language
    assert [notice.code for notice in reading.notices] == ["language_not_read"]


@pytest.mark.parametrize(("language", "text"), READ)
def test_what_is_read_is_not_taken_for_its_neighbour(language: str, text: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize("text", [f"{ENGLISH}\n\n{RUSSIAN}\n", f"{RUSSIAN}\n\n{ENGLISH}\n"])
def test_a_paragraph_in_another_script_is_read_in_its_language(text: str) -> None:
    reading = read_claims(text)
    own = {claim.quote for part in (ENGLISH, RUSSIAN) for claim in read_claims(part).claims}
    assert own
    assert {claim.quote for claim in reading.claims} == own
    assert not reading.notices


def test_a_paragraph_in_a_language_that_is_not_read_is_told() -> None:
    bulgarian = " ".join(text for language, text in NEIGHBOURS if language == "bg")
    reading = read_claims("\n\n".join([*[ENGLISH] * 4, bulgarian]))
    assert [notice.code for notice in reading.notices] == ["part_not_read"]


def test_a_name_in_the_other_script_needs_no_notice() -> None:
    assert read_claims(f"{ENGLISH} It was first told by Радио Свобода, of Kyiv.").notices == ()
    assert read_claims(f"{RUSSIAN} Об этом пишет Kyiv Independent.").notices == ()
