"""``cenotaph name`` on the command line."""

from __future__ import annotations

import json

from click.testing import CliRunner

from cenotaph.cli.main import cli


def run(*arguments: str) -> str:
    found = CliRunner().invoke(cli, ["name", *arguments])
    assert found.exit_code == 0, found.output
    return found.output


def test_compare_says_word_by_word_what_agrees() -> None:
    said = run("compare", "Иванов Иван Петрович", "Ivan Ivanov")
    assert "given   Иван : Ivan" in said and "Петрович : -" in said and "part missing" in said


def test_compare_says_that_another_patronymic_contradicts() -> None:
    said = run("compare", "Иванов Иван Петрович", "Иванов Иван Сергеевич")
    assert "Петрович : Сергеевич" in said and "contradicts" in said and "-6.0 bits" in said


def test_a_placeholder_is_not_compared() -> None:
    assert "matches nothing" in run("compare", "unknown", "unknown")


def test_json_has_every_part_with_its_weight() -> None:
    found = json.loads(run("compare", "--json", "محمد أحمد علي حسن", "Mohammed Ahmad Hassan"))
    assert found["comparable"] and {part["part"] for part in found["parts"]} == {"given", "father", "grandfather", "family"}
    assert abs(sum(part["weight_bits"] for part in found["parts"]) - found["weight_bits"]) < 0.01


def test_parse_names_the_parts() -> None:
    assert run("parse", "Каримов Анвар Рустам угли") == "family Каримов, given Анвар, father Рустам (Cyrl, m)\n"
    parts = json.loads(run("parse", "--json", "Ali Heydari"))["parts"]
    assert [part["role"] for part in parts] == ["given", "family"]


def test_romanise_shows_each_standard_that_has_the_letters() -> None:
    said = run("romanise", "Щербаков")
    assert "[icao-ru:" in said and "[iso9:" in said and "uz-latin" not in said
    assert run("romanise", "--standard", "bgn-ru", "--back", "Yuriy").startswith("Юрий")


def test_an_unknown_standard_is_wrong_usage() -> None:
    found = CliRunner().invoke(cli, ["name", "romanise", "--standard", "wade", "Иван"])
    assert found.exit_code != 0 and "wade" in str(found.exception)
