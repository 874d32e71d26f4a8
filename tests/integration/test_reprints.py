"""Reprints are told as they come in, and proposed as one lineage; what is only alike is not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.casebooks import ACTOR
from tests.web_server import ARTICLE, Site, serving

from cenotaph.casebook.store import Casebook
from cenotaph.services.captures import add_captures
from cenotaph.services.fetch_queue import Wanted
from cenotaph.services.fetching import fetch_waiting, open_client, queue_addresses
from cenotaph.services.lineages import propose_lineages
from cenotaph.services.reprints import choose_phrases

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
