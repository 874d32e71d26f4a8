"""Tables in plain text whose cells bars divide and blanks align: the columns give what happened."""

from __future__ import annotations

import pytest

from cenotaph.extract import read_claims

HEADERS = [
    ("en", ("Killed", "Wounded"), ("killed", "wounded")),
    ("en", ("Exhumed", "Identified"), ("killed", "identified")),
    ("en", ("Mobilised", "Killed"), ("recruited", "killed")),
    ("ru", ("Погибло", "Ранено"), ("killed", "wounded")),
    ("ru", ("Эксгумировано", "Опознано"), ("killed", "identified")),
    ("ru", ("Освобождено", "В плену"), ("released", "captured")),
]


@pytest.mark.parametrize("title", ["", "1\n\n"])
@pytest.mark.parametrize(("language", "names", "outcomes"), HEADERS)
def test_an_aligned_table_gives_each_cell_what_its_column_says(
    language: str, names: tuple[str, str], outcomes: tuple[str, str], title: str
) -> None:
    place, losses = ("Place", "Losses by place") if language == "en" else ("Место", "Потери")
    title = title.replace("1", losses)
    text = f"{title}{place}         | {names[0]} | {names[1]}\nTarvan        | 31      | 12\nNorvan        | 8       | 9\n"
    one, two = outcomes
    found = [(claim.low, claim.outcome) for claim in read_claims(text, language).claims]
    assert found == [(31, one), (12, two), (8, one), (9, two)]
