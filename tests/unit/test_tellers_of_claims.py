"""Who tells a number where no rule finds a source."""

from __future__ import annotations

import numpy as np
import pytest

from cenotaph.extract import read_claims
from cenotaph.extract.claims import reader, tellers
from cenotaph.extract.claims.draft import Draft
from cenotaph.extract.claims.tellers import DISTANCES, MARKS, add_up, find_tellers, look_at, tell_places

ENGLISH = (
    "The harbour master gave us 112 bodies on the Sunday. Twelve men were killed in the pit on Friday. "
    "A Colombo daily printed 300 dead on its front page; four of them were children."
)


@pytest.fixture
def drafts(monkeypatch: pytest.MonkeyPatch) -> list[Draft]:
    """Return the claims of a text that are without a source by the rules."""
    held: list[Draft] = []
    monkeypatch.setattr(reader, "hear_tellers", held.extend)
    read_claims(ENGLISH, "en")
    return [draft for draft in held if draft.attribution is None]


@pytest.mark.parametrize(
    ("text", "language", "source"),
    [
        ("The harbour master gave us 112 bodies on the Sunday.", "en", "The harbour master"),
        ("The newspaper printed the names of 300 dead soldiers.", "en", "The newspaper"),
        ("Friends who keep their own roll make it 18 dead.", "en", "Friends"),
        ("Coast guard: 62 people rescued and four drowned.", "en", "Coast guard"),
        ("The families' association has 420 names of dead soldiers on its list.", "en", "The families' association"),
        ("Британская разведка держится посередине — около 250 тысяч погибших.", "ru", "Британская разведка"),
    ],
)
def test_who_gives_a_number_without_a_verb_of_saying_is_its_source(text: str, language: str, source: str) -> None:
    claim = read_claims(text, language).claims[0]
    assert claim.attribution == source
    assert claim.modality == "reported"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Twelve miners were killed when the shaft flooded on Friday.", "en"),
        ("A drone hit the market and killed nine people.", "en"),
        ("При обвале шахты погибли двенадцать горняков.", "ru"),
    ],
)
def test_where_nobody_tells_a_number_no_source_is_given(text: str, language: str) -> None:
    assert [claim.attribution for claim in read_claims(text, language).claims] == [None]


def test_who_confirms_something_else_is_no_source(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tellers, "find_tellers", lambda asked: [(0.0, 0, 2)] * len(asked))
    (claim,) = read_claims("The premier confirmed the visit on Friday, and nine miners were killed in Lviv.", "en").claims
    assert claim.attribution is None
    (claim,) = read_claims("The newspaper printed the names of 300 dead soldiers.", "en").claims
    assert claim.attribution == "The newspaper"


def test_a_sentence_that_opens_with_its_dead_is_asked_only_where_a_source_may_follow(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def find(some: list[Draft]) -> list[tuple[float, int, int]]:
        asked.extend(draft.sentence.text for draft in some)
        return [(1.0, 0, 1)] * len(some)

    monkeypatch.setattr(tellers, "find_tellers", find)
    texts = ["Twelve miners died in the pit on Friday.", "Twelve miners died, by the register of the ministry."]
    for text in texts:
        read_claims(text, "en")
    assert asked == texts[1:]


def test_claims_asked_about_together_are_answered_as_one_by_one(drafts: list[Draft]) -> None:
    together = find_tellers(drafts)
    assert len({share for share, _, _ in together}) == len(drafts) >= 3
    for draft, (share, start, end) in zip(drafts, together, strict=True):
        ((alone, first, last),) = find_tellers([draft])
        assert alone == pytest.approx(share, abs=1e-5)
        assert (first, last) == (start, end)


def test_what_the_rules_find_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tellers, "find_tellers", lambda asked: [(0.0, 0, 1)] * len(asked))
    (claim,) = read_claims("Twelve miners were killed, the governor said.", "en").claims
    assert claim.attribution == "the governor"


def test_an_unsure_source_is_doubted(monkeypatch: pytest.MonkeyPatch) -> None:
    doubts = []
    for share in (0.05, 0.5):
        monkeypatch.setattr(tellers, "find_tellers", lambda asked, share=share: [(share, 0, 3)] * len(asked))
        (claim,) = read_claims("A Colombo daily printed 300 dead on its front page.", "en").claims
        assert claim.attribution == "A Colombo daily"
        doubts.append([doubt for doubt in claim.doubts if doubt.startswith("attribution")])
    assert doubts == [[], ["attribution: by its place alone, none 0.50"]]


def test_a_word_is_placed_by_distance_and_by_what_lies_between(drafts: list[Draft]) -> None:
    sentence = drafts[-1].sentence
    number = drafts[-1].number
    count = len(sentence.tokens)
    own = np.array([[number.start], [number.end]]).repeat(count, axis=1)
    classes = tell_places(np.arange(count), own, own, *add_up([look_at(sentence)], [0], count))
    far, marks, numbers, counted = np.unravel_index(classes, (DISTANCES, MARKS, MARKS, 2))
    assert sentence.tokens[number.start].low == "four"
    assert far[number.start - 1] == 1
    assert far[number.start] == 16
    assert far[number.end] == 17
    assert far[0] > 8
    assert (marks[0], numbers[0]) == (3, 1)  # a semicolon and the 300 lie between
    assert (marks[number.end], numbers[number.end]) == (0, 0)
    assert counted.tolist() == [int(number.start <= at < number.end) for at in range(count)]
