"""Comments of a fetched page: tied to its capture, never taken for the outlet's own word, and no change of the page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.casebooks import ACTOR, find_problems
from tests.unit.test_page_comments import BLOG
from tests.web_server import ARTICLE, Site, serving

from cenotaph.casebook import bulk
from cenotaph.casebook.store import Casebook
from cenotaph.domain.dates import PartialDate
from cenotaph.domain.sources import SourceKind
from cenotaph.services.captures import add_captures
from cenotaph.services.evidence import read_source_kinds
from cenotaph.services.fetch_wants import Wanted
from cenotaph.services.fetching import fetch_waiting, open_client, queue_addresses
from cenotaph.services.looks import look_again


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


def test_a_comment_is_tied_to_its_page_and_is_no_word_of_the_outlet(casebook: Casebook, site: Site) -> None:
    address = site.page("/news", ARTICLE.replace("</main>", BLOG + "</main>"))
    queue_addresses(casebook, ACTOR, [Wanted(address)])
    client = open_client(casebook, "direct", True)
    (outcome,) = fetch_waiting(casebook, ACTOR, client, source="Вестник", sleep=lambda _: None)
    rows = bulk.fetch_rows('SELECT id, reader, capture, published_on FROM document ORDER BY "row"')
    assert [row[1] for row in rows] == ["page", "comment", "comment"]
    assert {row[2] for row in rows} == {outcome.capture} and rows[1][3] == "2025-07-23"
    kinds = read_source_kinds()
    assert [kinds[row[0]] for row in rows] == [SourceKind.OUTLET, SourceKind.SOCIAL_MEDIA, SourceKind.SOCIAL_MEDIA]
    site.page("/news", ARTICLE.replace("</main>", BLOG.replace("My condolences.", "Deleted.") + "</main>"))
    (looked,) = look_again(casebook, ACTOR, client, sleep=lambda _: None)
    assert looked.outcome == "same"
    assert find_problems(casebook) == []


def test_a_day_that_is_said_of_a_file_is_not_said_of_the_comments_in_it(sqlite_casebook: Casebook, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(ARTICLE.replace("</main>", BLOG + "</main>"), encoding="utf-8")
    add_captures(sqlite_casebook, ACTOR, [tmp_path / "page.html"], published_on=PartialDate.of_year(2024))
    rows = bulk.fetch_rows('SELECT published_on FROM document ORDER BY "row"')
    assert rows == [("2024",), ("2025-07-23",), ("2025-07-24",)]
