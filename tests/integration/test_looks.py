"""Whether addresses still serve what was captured: the same, something else, nothing; noted each time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.casebooks import ACTOR, find_problems
from tests.web_server import ARTICLE, Site, serving

from cenotaph.casebook import bulk
from cenotaph.casebook.store import Casebook
from cenotaph.domain.dates import PartialDate
from cenotaph.domain.errors import InputError
from cenotaph.services.captures import check_all
from cenotaph.services.fetch_wants import Wanted
from cenotaph.services.fetching import fetch_waiting, open_client, queue_addresses
from cenotaph.services.looks import Looked, list_looks, look_again, note_archived


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


@pytest.fixture
def page(casebook: Casebook, site: Site) -> str:
    queue_addresses(casebook, ACTOR, [Wanted(site.page("/news", ARTICLE))])
    (outcome,) = fetch_waiting(casebook, ACTOR, open_client(casebook, "direct", True), sleep=lambda _: None)
    assert outcome.capture
    return outcome.capture


def look(casebook: Casebook, *starts: str, private: bool = True) -> list[Looked]:
    return list(look_again(casebook, ACTOR, open_client(casebook, "direct", private), starts, sleep=lambda _: None))


def test_a_page_whose_menu_changed_is_the_same_page(casebook: Casebook, site: Site, page: str) -> None:
    site.page("/news", ARTICLE.replace("Война", "Другой раздел"))
    (found,) = look(casebook)
    assert (found.outcome, found.capture, found.now) == ("same", page, None)
    assert bulk.fetch_one("SELECT COUNT(*) FROM capture") == (1,)
    assert find_problems(casebook) == []


def test_a_page_that_says_something_else_is_kept_and_the_differences_are_told(casebook: Casebook, site: Site, page: str) -> None:
    site.page("/news", ARTICLE.replace("трое из них были завербованы в колонии", "никто из них не был завербован"))
    (found,) = look(casebook)
    assert found.outcome == "changed" and found.now and found.now != page
    assert any(line.startswith("-") and "колонии" in line for line in found.differences)
    assert any(line.startswith("+") and "никто" in line for line in found.differences)
    assert bulk.fetch_one("SELECT COUNT(*) FROM document") == (2,)
    assert look(casebook)[0].outcome == "same"
    assert find_problems(casebook) == []


def test_what_is_gone_is_noted_with_its_day_and_what_was_before(casebook: Casebook, site: Site, page: str) -> None:
    look(casebook)
    del site.pages["/news"]
    (found,) = look(casebook, page[:12])
    assert (found.outcome, found.status) == ("gone", 404)
    assert [past.outcome for past in list_looks()] == ["same", "gone"]
    assert [past.outcome for past in list_looks(last=True)] == ["gone"]


def test_an_archived_copy_is_looked_at_beside_ones_own(casebook: Casebook, site: Site, page: str) -> None:
    copy = site.page("/archive/2025/news", ARTICLE)
    note_archived(casebook, ACTOR, page[:12], copy, PartialDate.from_edtf("2025-07-23"))
    found = look(casebook)
    assert [(looked.archived, looked.outcome) for looked in found] == [(False, "same"), (True, "same")]


def test_nothing_is_asked_of_a_private_address_unless_it_is_allowed(casebook: Casebook, site: Site, page: str) -> None:
    asked = len(site.asked)
    (found,) = look(casebook, private=False)
    assert found.outcome == "not asked" and len(site.asked) == asked


@pytest.mark.parametrize("order", ["same first", "changed first"])
def test_bytes_of_a_look_that_found_the_same_are_gone_in_every_order(
    casebook: Casebook, site: Site, page: str, order: str
) -> None:
    queue_addresses(casebook, ACTOR, [Wanted(site.page("/other", ARTICLE.replace("двенадцать", "тринадцать")))])
    list(fetch_waiting(casebook, ACTOR, open_client(casebook, "direct", True), sleep=lambda _: None))
    same, changed = ("/news", "/other") if order == "same first" else ("/other", "/news")
    site.page(same, site.pages[same][2].decode().replace("Война", "Раздел"))  # type: ignore[index]
    site.page(changed, ARTICLE.replace("трое из них были завербованы в колонии", "никто из них не был завербован"))
    found = look(casebook)
    assert sorted(looked.outcome for looked in found) == ["changed", "same"]
    assert find_problems(casebook) == []
    assert [state for _, state in check_all(casebook)] == ["ok"] * 3


def test_an_archives_copy_cannot_have_been_made_in_the_future(sqlite_casebook: Casebook, site: Site) -> None:
    queue_addresses(sqlite_casebook, ACTOR, [Wanted(site.page("/news", ARTICLE))])
    (outcome,) = fetch_waiting(sqlite_casebook, ACTOR, open_client(sqlite_casebook, "direct", True), sleep=lambda _: None)
    assert outcome.capture
    now = sqlite_casebook.clock()
    with pytest.raises(InputError, match="still to come"):
        note_archived(sqlite_casebook, ACTOR, outcome.capture, site.address, PartialDate.of_year(now.year + 1))
    note_archived(sqlite_casebook, ACTOR, outcome.capture, site.address, PartialDate.of_year(now.year))
    note_archived(sqlite_casebook, ACTOR, outcome.capture, site.address, PartialDate.of_day(now.year, now.month, now.day))
