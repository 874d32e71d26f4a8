"""The page of a document's claims in a real browser: pointer, keyboard, phone, without script and without a request."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.browser import Browser

from cenotaph.services.claim_pages import show_file, write_page

TAB, ENTER = "\ue004", "\ue007"
TEXT = """Mine blast: death toll rises to 39

Citizens of Norway top the list with 72 deaths, followed closely by Chile with 66. At home they say that 70 Peruvians were killed.
At least 12 Nepali citizens were killed and about 30 are missing, the ministry said on Monday.

Averylongwordwithoutanyspaceinitthatwouldpushthepagebeyondthewidthofatelephone 15 Kenyans were wounded.
"""
OPEN = "[...document.querySelectorAll('.tip')].filter(t => getComputedStyle(t).display !== 'none')"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("claims")
    (folder / "article.txt").write_text(TEXT, encoding="utf-8")
    write_page(show_file(folder / "article.txt"), folder / "article.html")
    return folder / "article.html"


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_fits_its_window_and_asks_nobody_for_anything(browser: Browser, page: Path, width: int) -> None:
    browser.resize(width, 900)
    browser.open("about:blank")  # What the browser's own first page asks for is no matter of ours.
    browser.log("performance")
    browser.log("browser")
    browser.open(page.as_uri())
    assert browser.ask("document.documentElement.scrollWidth") == width
    assert browser.log("browser") == []
    events = [json.loads(line["message"])["message"] for line in browser.log("performance")]
    asked = {e["params"]["request"]["url"].split("#")[0] for e in events if e["method"] == "Network.requestWillBeSent"}
    assert asked <= {page.as_uri(), "about:blank"}


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
def test_the_keyboard_shows_each_claim_in_turn_within_the_window(browser: Browser, page: Path, width: int) -> None:
    browser.resize(width, 844)
    browser.open(page.as_uri())
    browser.press(TAB)
    assert browser.ask(f"{OPEN}.length") == 0
    numbers = browser.ask("document.querySelectorAll('a.n, a.m').length")
    for at in range(numbers):
        browser.press(TAB)
        assert browser.ask(f"{OPEN}.length") == 1, at
        assert browser.ask(f"{OPEN}[0].id === document.activeElement.getAttribute('aria-describedby')")
        box = browser.ask(f"(r => [r.left, r.top, r.right, r.bottom])({OPEN}[0].getBoundingClientRect())")
        assert box[0] >= 0 and box[1] >= 0 and box[2] <= width and box[3] <= 844
        assert browser.ask(f"{OPEN}[0].innerText.includes('who says so')")


@pytest.mark.browser
def test_following_a_number_leads_to_its_fields_and_back(browser: Browser, page: Path) -> None:
    browser.resize(1280, 900)
    browser.open(page.as_uri())
    browser.press(TAB, TAB, ENTER)
    anchor = browser.ask("location.hash")
    assert anchor == browser.ask("document.querySelector('a.n, a.m').getAttribute('href')")
    browser.click(f"{anchor} .note a")
    assert browser.ask("location.hash") == "#t" + anchor.removeprefix("#c")


@pytest.mark.browser
def test_every_link_leads_somewhere_and_every_id_stands_once(browser: Browser, page: Path) -> None:
    browser.resize(1280, 900)
    browser.open(page.as_uri())
    assert (
        browser.ask(
            "[...document.querySelectorAll('a[href]')].filter(a => !document.querySelector(a.getAttribute('href'))).length"
        )
        == 0
    )
    assert browser.ask("(i => i.length - new Set(i).size)([...document.querySelectorAll('[id]')].map(e => e.id))") == 0
    assert browser.ask("document.querySelectorAll('table.sides tbody tr').length") >= 4


@pytest.mark.browser
def test_a_phones_table_says_what_each_number_is(browser: Browser, page: Path) -> None:
    browser.resize(390, 844)
    browser.open(page.as_uri())
    shown = browser.ask("getComputedStyle(document.querySelector('table.sides td[data-label=claimed]'), '::before').content")
    assert "claimed" in shown
