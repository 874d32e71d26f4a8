"""What only hints at an outcome is marked for the network: by word, by phrase, with gaps, never over the end of a clause."""

from __future__ import annotations

import pytest

from cenotaph.extract.claims import hints
from cenotaph.extract.claims.context import HINTED
from cenotaph.extract.claims.hints import NOBODY, Hints, read_hints
from cenotaph.extract.claims.lexicon import expand_pattern
from cenotaph.reference.files import read_rows, read_sources

COLUMNS = ("language", "pattern", "outcome", "source")
ROWS = [
    ("en", "zinc", "killed"),
    ("en", "sign+ .. papers|contracts", "recruited"),
    ("en", "spectator~", NOBODY),
    ("en", "hospitali*", "wounded"),
    ("en", "home", "released"),
    ("en", "home in zinc", "body_returned"),
    ("en", "never ... home", "missing"),
    ("ru", "цинк", "killed"),
    ("ru", "получить контузия", "wounded"),
    ("ru", "не .. вернуться", "missing"),
]


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> dict[str, Hints]:
    def rows(name: str, columns: tuple[str, ...]) -> list[list[str]]:
        assert (name, columns) == ("claims/hints.csv", COLUMNS)
        return [[*row, "project"] for row in ROWS]

    monkeypatch.setattr(hints, "read_rows", rows)
    return {"en": Hints("en"), "ru": Hints("ru")}


def find(made: dict[str, Hints], language: str, text: str) -> dict[str, str]:
    lows = text.split()
    return {lows[at]: outcome for at, outcome in made[language].find(lows)}


@pytest.mark.parametrize(
    ("language", "text", "marked"),
    [
        ("en", "twelve in zinc", {"zinc": "killed"}),
        ("en", "forty spectators and one spectator", {"spectators": NOBODY, "spectator": NOBODY}),
        ("en", "nine hospitalised", {"hospitalised": "wounded"}),
        ("en", "they signed the same papers", {"signed": "recruited", "papers": "recruited"}),
        ("en", "signing contracts", {"signing": "recruited", "contracts": "recruited"}),
        ("en", "six came home in zinc", {"home": "body_returned", "in": "body_returned", "zinc": "body_returned"}),
        ("en", "six came home", {"home": "released"}),
        ("en", "four never saw their village or their home", {"never": "missing", "home": "missing"}),
        ("en", "they signed , and much later sold all their papers", {}),
        ("en", "they signed . papers", {}),
        ("en", "nothing of the kind", {}),
        ("ru", "двое в цинках", {"цинках": "killed"}),
        ("ru", "контузию получили трое", {"контузию": "wounded", "получили": "wounded"}),
        ("ru", "домой не все вернулись", {"не": "missing", "вернулись": "missing"}),
    ],
)
def test_words_are_marked_with_what_they_hint_at(
    made: dict[str, Hints], language: str, text: str, marked: dict[str, str]
) -> None:
    assert find(made, language, text) == marked


def test_a_word_is_found_wherever_its_sentence_has_it(made: dict[str, Hints]) -> None:
    many = ["and"] * 500 + ["home", "in", "zinc"] * 50
    assert len(made["en"].find(many)) == 150


def test_no_words_have_no_hints(made: dict[str, Hints]) -> None:
    assert made["en"].find([]) == []


def test_what_was_looked_up_does_not_grow_without_end(made: dict[str, Hints], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hints, "_KEPT", 10)
    for at in range(100):
        made["en"].find([f"word{at}", "zinc"])
    assert len(made["en"]._known) <= 10


def test_every_hint_of_the_table_is_well_formed() -> None:
    sources = read_sources()
    seen = set()
    for language, pattern, outcome, source in read_rows("claims/hints.csv", COLUMNS):
        parts = pattern.split()
        assert language in ("en", "ru") and source in sources
        assert outcome in HINTED[1:], pattern
        assert parts[0] not in ("...", "..") and parts[-1] not in ("...", ".."), pattern
        assert pattern == pattern.lower() == expand_pattern(pattern, language)
        assert (language, pattern) not in seen, pattern
        seen.add((language, pattern))
    assert len(seen) > 10_000


@pytest.mark.parametrize(
    ("language", "words", "outcome"),
    [("en", ["three", "lay", "on", "gurneys"], "wounded"), ("ru", ["троих", "привезли", "в", "цинке"], "body_returned")],
)
def test_the_table_knows_what_is_not_said_outright(language: str, words: list[str], outcome: str) -> None:
    assert outcome in {hinted for _, hinted in read_hints(language).find(words)}
