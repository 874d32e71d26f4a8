"""Reprints are told as they come in, and proposed as one lineage; what is only alike is not."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.casebooks import ACTOR
from tests.chat_exports import message, write_export
from tests.web_server import ARTICLE, Site, serving

from cenotaph.casebook.store import Casebook
from cenotaph.services.captures import add_captures
from cenotaph.services.chats import import_chat
from cenotaph.services.fetch_wants import Wanted
from cenotaph.services.fetching import fetch_waiting, open_client, queue_addresses
from cenotaph.services.judgements import Draft, add_judgement
from cenotaph.services.lineages import propose_lineages
from cenotaph.services.proposed_reprints import list_reprints
from cenotaph.services.reprints import LEAST_WORDS, choose_phrases
from cenotaph.text.duplicates import shingle
from cenotaph.text.reprint_index import ReprintIndex

TEXT = (
    "Twelve citizens who had signed contracts with the army were killed in July, the foreign ministry said on Tuesday.\n"
    "Three of them had been recruited in a prison in the region of Penza, relatives told reporters, and two more signed their "
    "contracts at the recruitment office of Kazan after they had been detained as migrants without papers.\n"
    "The ministry did not name the dead. It said that 100% of the families had been told, and that _all_ of them would be paid."
)
OTHER = (
    "A new bridge over the river was opened in the capital on Monday by the mayor, who thanked the builders for their work and "
    "promised that two more would follow within the year, one for cars and one for those who go on foot or by bicycle."
)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


def add(casebook: Casebook, folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text, encoding="utf-8")
    (outcome,) = add_captures(casebook, ACTOR, [folder / name])
    return outcome.note


def test_a_reprint_with_another_head_and_tail_is_told_as_it_comes_in(casebook: Casebook, tmp_path: Path) -> None:
    assert add(casebook, tmp_path, "a.txt", TEXT) == ""
    note = add(casebook, tmp_path, "b.txt", "Our correspondent.\n" + TEXT.replace("on Tuesday", "today") + "\nRead more with us.")
    assert note.startswith("one lineage is proposed with document")
    assert [lineage.state for lineage in propose_lineages(())] == ["proposed"]


def test_another_story_is_no_reprint(casebook: Casebook, tmp_path: Path) -> None:
    add(casebook, tmp_path, "a.txt", TEXT)
    assert add(casebook, tmp_path, "b.txt", OTHER) == ""


def test_a_story_that_quotes_a_sentence_is_no_reprint(casebook: Casebook, tmp_path: Path) -> None:
    add(casebook, tmp_path, "a.txt", TEXT)
    assert add(casebook, tmp_path, "b.txt", OTHER * 4 + TEXT.split("\n")[0]) == ""


def test_the_same_page_at_another_address_is_told(casebook: Casebook, site: Site) -> None:
    queue_addresses(casebook, ACTOR, [Wanted(site.page("/a", ARTICLE)), Wanted(site.page("/b", ARTICLE))])
    first, second = fetch_waiting(casebook, ACTOR, open_client(casebook, "direct", True), sleep=lambda _: None)
    assert first.note == "" and "one lineage is proposed with document " + (first.document or "") in second.note


def test_a_text_too_short_to_tell_has_no_phrases() -> None:
    assert choose_phrases("Twelve were killed.") == []
    assert len(choose_phrases(TEXT)) >= 6


def make_texts(count: int) -> list[str]:
    """Return texts of made words, alike in none."""
    chance = random.Random(1)
    words = [f"word{number}" for number in range(3000)]
    return [" ".join(chance.choices(words, k=60)) for _ in range(count)]


def test_reprints_are_told_however_many_texts_come_at_once(casebook: Casebook, tmp_path: Path) -> None:
    texts = make_texts(80)
    add(casebook, tmp_path, "old.txt", texts[0])
    folder = tmp_path / "many"
    folder.mkdir()
    for number, text in enumerate(texts):
        (folder / f"{number:02}.txt").write_text(f"Reprinted by paper {number}. {text}", encoding="utf-8")
    (folder / "zz.txt").write_text(f"{texts[7]} And that was all.", encoding="utf-8")
    outcomes = add_captures(casebook, ACTOR, [folder])
    told = {outcome.path.rpartition("/")[2] for outcome in outcomes if "one lineage is proposed" in outcome.note}
    assert "00.txt" in told and told & {"07.txt", "zz.txt"} and len(told) <= 3
    lines = list(list_reprints([]))
    assert len(lines) == 2 and all(line.state == "proposed" and line.containment > 0.8 for line in lines)


def test_messages_of_a_chat_are_held_against_every_document(sqlite_casebook: Casebook, tmp_path: Path) -> None:
    add(sqlite_casebook, tmp_path, "a.txt", TEXT)
    messages = [message(1, "Forwarded. " + TEXT), message(2, OTHER), message(3, OTHER + " Amen."), message(4, "Word.")]
    done = import_chat(sqlite_casebook, ACTOR, write_export(tmp_path / "export", messages))
    assert (done.new, done.reprints) == (4, 3)
    lines = list(list_reprints([done.derivative]))
    assert len(lines) == 2 and all(line.state == "proposed" for line in lines)
    target = lines[0]
    first, second = sorted((target.first, target.second))
    add_judgement(sqlite_casebook, ACTOR, Draft("same_origin", "no", first, "they only quote it", "document", second))
    assert {line.state for line in list_reprints([])} == {"rejected", "proposed"}


def test_the_index_finds_what_comparing_every_pair_finds() -> None:
    chance = random.Random(2)
    texts = dict(enumerate(make_texts(60)))
    for number in range(60, 140):
        words = texts[chance.randrange(60)].split()
        for _ in range(chance.randrange(12)):
            words[chance.randrange(len(words))] = "changed"
        texts[number] = " ".join(["head"] * chance.randrange(30) + words[: chance.randint(35, 60)])
    named = {str(number): text for number, text in texts.items()}
    exact = set()
    for first, second in itertools.combinations(named, 2):
        one, other = shingle(named[first]), shingle(named[second])
        if len(one & other) >= 0.6 * min(len(one), len(other)):
            exact.add((first, second))
    index = ReprintIndex(named.items(), LEAST_WORDS)
    found = {tuple(sorted(pair, key=int)) for pair in index.find_within()}
    half = list(named.items())[::2]
    other_half = list(named.items())[1::2]
    across = {tuple(sorted(pair, key=int)) for pair in ReprintIndex(half, LEAST_WORDS).find_among(other_half)}
    apart = {pair for pair in exact if (int(pair[0]) + int(pair[1])) % 2}
    assert len(exact) > 40 and len(exact - found) <= len(exact) // 20 and len(apart - across) <= len(apart) // 20
