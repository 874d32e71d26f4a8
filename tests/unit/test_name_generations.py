"""What tells father from son who bear one name: Jr. and Sr., II and III, старший and младший, (отец) and (сын), الأب, الابن."""

from __future__ import annotations

import pyarrow as pa
import pytest

from cenotaph.names.columns import name_columns
from cenotaph.names.comparing import compare
from cenotaph.names.generations import FIRST, FOURTH, SECOND, THIRD, strip_generation
from cenotaph.names.parsing import Role, parse_name
from cenotaph.names.sql import Level

TOLD = {
    FIRST: """Theodore Quackenbush Sr.; Theodore Quackenbush, Senior; Quackenbush Zed (father); Бармалеев Зосима старший;
        Бармалеев Зосима ст.; Бармалеев Зосима (отец); Бармалеев Зосима Ильич, отец; Бармалеев Зосима — отец; Бармалеев Зосима
        (старший); Коваленко Іван (батько); أحمد محمد النجار الأب; أحمد محمد النجار (الأب); Pierre Dumas père;
        Juan Pérez García (padre); Hassan Ali (senior); رحیم احمدی (پدر); Quackenbush Sr., Theodore; Mary Quackenbush (mother);
        Бармалеева Анна (мать)""",
    SECOND: """Theodore Quackenbush Jr.; Theodore Quackenbush, Jr; Quackenbush Jr., Theodore; Zed Quackenbush Junior;
        Quackenbush Zed II; Quackenbush Zed (son); Бармалеев Зосима младший; Бармалеев З. И. мл.; Бармалеев Зосима (сын);
        Бармалеев Зосима Ильич, сын; Бармалеев Зосима Ильич сын; Коваленко Іван молодший; Коваленко Іван (син);
        أحمد محمد النجار الابن; أحمد محمد النجار (الابن); أحمد محمد النجار (ابن); Pierre Dumas fils;
        Juan Pérez García (hijo); رحیم احمدی (پسر); рядовой Бармалеев Зосима мл.; Бармалеева Анна (дочь)""",
    THIRD: "Quackenbush Zed III; Zed Quackenbush, III; Zed Quackenbush 3rd",
    FOURTH: "Quackenbush Zed IV",
}
NOT_TOLD = """Ким Сын; Сын Чжэ; Ким Сын Хо; Son Heung-min; Kim, Son; Junior Garcia; Бармалеев Зосима, старший лейтенант;
    мл. сержант Бармалеев Зосима; ст. лейтенант Бармалеев Зосима; Бармалеев Зосима ст. сержант; Zosima Barmaleev, senior sergeant;
    Старший Иван; Ibn Sina; Fils Aimé; محمد ابن أحمد; Бармалеев Зосима (отец двоих детей); Бармалеев Зосима «Старший»;
    Бармалеев Зосима, позывной Младший; Padre Pio; Отец Иоанн"""


def _names(text: str) -> list[str]:
    return [" ".join(name.split()) for name in text.split(";")]


@pytest.mark.parametrize(("generation", "text"), [(number, text) for number, texts in TOLD.items() for text in _names(texts)])
def test_a_word_for_the_generation_is_a_part_of_its_own(generation: str, text: str) -> None:
    found = parse_name(text)
    assert found.generation == generation
    part = found.find(Role.GENERATION)
    assert part is not None
    bare = strip_generation(text)
    assert part.text not in bare.split()
    roles = [(each.role, each.keys) for each in found.parts if each.role is not Role.GENERATION]
    assert roles == [(each.role, each.keys) for each in parse_name(bare).parts]


@pytest.mark.parametrize("text", _names(NOT_TOLD))
def test_what_is_a_name_or_a_rank_is_no_generation(text: str) -> None:
    found = parse_name(text)
    assert found.parts
    assert found.generation == ""
    assert strip_generation(text) == text


def test_the_generation_of_names_in_a_column_is_that_of_each_alone() -> None:
    texts = [name for names in (*TOLD.values(), NOT_TOLD) for name in _names(names)]
    columns = name_columns(pa.table({"name_full": texts}))
    assert columns["generation"].to_pylist() == [parse_name(text).generation or None for text in texts]
    bare = name_columns(pa.table({"name_full": [strip_generation(text) for text in texts]}))
    for name in ("given_key", "father_key", "family_key", "name_key", "parts"):
        assert columns[name].to_pylist() == bare[name].to_pylist(), name


def test_a_generation_in_a_column_for_the_family_name_is_one() -> None:
    columns = name_columns(pa.table({"name_given": ["Theodore"], "name_family": ["Quackenbush Jr."]}))
    assert columns["generation"].to_pylist() == [SECOND]
    assert columns["family_key"].to_pylist() == name_columns(pa.table({"name_family": ["Quackenbush"]}))["family_key"].to_pylist()


def test_two_generations_contradict_and_one_alone_says_nothing() -> None:
    contradicting = compare("Бармалеев Зосима старший", "Zosima Barmaleev Jr.")
    assert contradicting.level is Level.CONTRADICTING
    generation = next(part for part in contradicting.parts if part.part == "generation")
    assert (generation.left, generation.right) == ("старший", "Jr.")
    assert generation.weight < -4
    same = compare("Бармалеев Зосима (сын)", "Zosima Barmaleev II")
    assert next(part for part in same.parts if part.part == "generation").level is Level.EXACT
    missing = compare("Бармалеев Зосима (сын)", "Zosima Barmaleev")
    assert next(part for part in missing.parts if part.part == "generation").weight == 0
    assert missing.weight == compare("Бармалеев Зосима", "Zosima Barmaleev").weight
