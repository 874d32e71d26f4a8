"""Who did it stands behind "by"; how or when it was done is nobody."""

from __future__ import annotations

import pytest

from cenotaph.extract import read_claims


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Convicts were lured by signing contracts with the brigade.", None),
        ("Workers were deceived into the army by promising jobs in a factory.", None),
        ("Migrants were forced to sign contracts by Monday.", None),
        ("The prisoners were tortured by soldiers.", "soldiers"),
        ("The prisoners were tortured by Beijing's soldiers.", "Beijing's soldiers"),
        ("The men were tortured by occupying forces.", "occupying forces"),
        ("Migrants were promised money by signing contracts by the company.", "the company"),
    ],
)
def test_only_whoever_did_it_is_the_actor(text: str, actor: str | None) -> None:
    (found,) = read_claims(text, "en").allegations
    assert found.actor == actor


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Fighters raped at least 56 women and girls.", [("torture", "Fighters")]),
        (
            "Soldiers tortured villagers and executed prisoners.",
            [("execution", "Soldiers"), ("torture", "Soldiers")],
        ),
    ],
)
def test_the_subject_of_an_active_verb_is_the_actor(text: str, told: list[tuple[str, str]]) -> None:
    found = read_claims(text, "en").allegations
    assert sorted((str(one.act), one.actor) for one in found) == told
    assert all(one.victims != one.actor for one in found)
