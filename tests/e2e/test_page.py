"""The page in a real browser: what a reader sees at a desk and on a phone, without script and without a request."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.browser import Browser
from tests.builders import BUILDER
from tests.conftest import EXAMPLE

from cenotaph.casebook import bulk
from cenotaph.casebook.store import Casebook
from cenotaph.services import counting, imports, summary
from cenotaph.services.demo import run_demo
from cenotaph.services.opening import open_casebook, start_casebook

WIDTHS = (1280, 390)
ENTER, TAB = "\ue007", "\ue004"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return run_demo(tmp_path_factory.mktemp("demo"), lambda _: None, EXAMPLE).page


def shown_rows(browser: Browser) -> int:
    return int(browser.ask("[...document.querySelectorAll('.rows tbody tr')].filter(r => r.offsetParent !== null).length"))


@pytest.mark.browser
@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_fits_its_window_and_asks_nobody_for_anything(browser: Browser, page: Path, width: int) -> None:
    browser.log("performance")
    browser.log("browser")
    browser.resize(width, 900)
    browser.open(page.as_uri())
    for fragment in ("", "#all", "#n1-1"):
        browser.open(page.as_uri() + fragment)
        assert browser.ask("document.documentElement.scrollWidth") == width
        shown = "[...document.querySelectorAll('h1, h2, h3, p, li, dd, dt')].filter(e => e.offsetParent)"
        wide = f"{shown}.filter(e => e.scrollWidth > e.clientWidth + 1)"
        assert browser.ask(f"{wide}.length") == 0
    assert browser.log("browser") == []
    events = [json.loads(line["message"])["message"] for line in browser.log("performance")]
    asked = {e["params"]["request"]["url"].split("#")[0] for e in events if e["method"] == "Network.requestWillBeSent"}
    assert asked <= {page.as_uri(), "data:,"}


@pytest.mark.browser
def test_a_number_opens_its_rows_and_the_next_one_opens_its_own(browser: Browser, page: Path) -> None:
    browser.resize(1280, 900)
    browser.open(page.as_uri())
    assert shown_rows(browser) == 0
    for anchor, rows in (("n1-1", 41), ("n2-1", 47), ("n0", 71), ("c1", 155), ("all", 562), ("n1-1", 41)):
        browser.click(f"a[href='#{anchor}']")
        assert browser.ask("location.hash") == f"#{anchor}"
        assert shown_rows(browser) == rows, anchor
    assert browser.ask("document.querySelector('.rows:target h3').innerText") == "Tajikistan, from prison: 41"
    assert browser.ask("document.querySelector('.rows:target').getBoundingClientRect().top < innerHeight / 2")
    browser.click("#n1-1 .back a")
    assert browser.ask("location.hash") == "#from-n1-1"
    assert shown_rows(browser) == 0


@pytest.mark.browser
def test_every_number_shows_as_many_rows_as_it_says(browser: Browser, page: Path) -> None:
    browser.resize(1280, 900)
    browser.open(page.as_uri())
    wrong = browser.ask(
        "[...document.querySelectorAll('.counts a')].filter(a => { location.hash = a.getAttribute('href'); "
        "return [...document.querySelectorAll('.rows')].filter(r => getComputedStyle(r).display === 'block')"
        ".reduce((n, r) => n + r.querySelectorAll('tbody tr').length, 0) !== Number(a.innerText.replace(',', '')) }).length"
    )
    assert wrong == 0
    assert browser.ask("document.querySelectorAll('.counts a').length") > 80


@pytest.mark.browser
def test_the_keyboard_alone_reaches_a_number_and_its_rows(browser: Browser, page: Path) -> None:
    browser.resize(1280, 900)
    browser.open(page.as_uri())
    browser.press(TAB, ENTER)
    assert browser.ask("location.hash") == "#count"
    browser.press(TAB, TAB)
    assert browser.ask("document.activeElement.getAttribute('href')") == "#n0"
    browser.press(ENTER)
    assert shown_rows(browser) == 71


@pytest.mark.browser
@pytest.mark.parametrize(("width", "shown"), [(1280, "wide"), (390, "narrow")])
def test_one_chart_is_shown_and_its_words_are_readable(browser: Browser, page: Path, width: int, shown: str) -> None:
    browser.resize(width, 900)
    browser.open(page.as_uri())
    assert (
        browser.ask("[...document.querySelectorAll('figure > div')].filter(d => d.offsetParent).map(d => d.className).join()")
        == shown
    )
    smallest = browser.ask(
        f"Math.min(...[...document.querySelectorAll('figure .{shown} text')].map(t => t.getBoundingClientRect().height))"
    )
    assert smallest >= 13
    assert browser.ask(f"document.querySelector('figure .{shown}').getAttribute('aria-label').length") > 20


@pytest.mark.browser
def test_words_stand_out_enough_from_the_paper(browser: Browser, page: Path) -> None:
    """WCAG 2.2, 1.4.3: a contrast of at least 4.5 to 1 for text."""
    browser.resize(1280, 900)
    browser.open(page.as_uri() + "#all")
    contrast = """(() => {
      const light = c => { const v = c.match(/[\\d.]+/g).slice(0, 3).map(x => x / 255)
          .map(x => x <= .04045 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4);
        return .2126 * v[0] + .7152 * v[1] + .0722 * v[2]; };
      const behind = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor;
        if (!c.startsWith('rgba(0, 0, 0, 0)')) return c; } return 'rgb(255, 255, 255)'; };
      let least = 21;
      for (const e of document.querySelectorAll('main *')) {
        if (!e.offsetParent || ![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue;
        const [a, b] = [light(getComputedStyle(e).color), light(behind(e))].sort((x, y) => y - x);
        least = Math.min(least, (a + .05) / (b + .05));
      }
      return least; })()"""
    assert browser.ask(contrast) >= 4.5


@pytest.mark.browser
def test_print_keeps_the_count_and_leaves_the_rows_away(browser: Browser, page: Path) -> None:
    browser.resize(1280, 900)
    browser.open(page.as_uri())
    browser.send("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert shown_rows(browser) == 0
        assert browser.ask("document.querySelector('.counts').offsetParent !== null")
        assert browser.ask("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    finally:
        browser.send("Emulation.setEmulatedMedia", {"media": ""})


def test_the_page_is_one_file_without_script_or_address(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert "<script" not in text
    for outside in ('src="http', 'href="http', "url(http", "@import", "<iframe", "<img", "onclick"):
        assert outside not in text
    assert "default-src 'none'" in text


def test_the_page_says_where_its_numbers_come_from(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    casebook = open_casebook(page.parent / "casebook")
    # The page was written before the release was recorded: it names the head that it was counted at.
    hashes = [row[0] for row in bulk.fetch_rows("SELECT hash FROM ledger_entry ORDER BY number")]
    assert casebook.settled_head().hash == hashes[-1]
    assert [entry in text for entry in hashes] == [at == 3 for at in range(len(hashes))]
    assert "Uzbekistan, from prison: at least 47; recruitment path known for 47 of 70" in text
    assert "not explained by the record: −1" in text
    assert len(counting.open_cell(casebook, "foreign-fighters:nationality=TJ,path=prison")) == 41


def test_the_same_record_gives_the_same_page(page: Path, tmp_path: Path) -> None:
    casebook = open_casebook(page.parent / "casebook")
    for name in ("one", "two"):
        summary.build_summary(casebook, "foreign-fighters", tmp_path / name, title="T", lead="L")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


@pytest.fixture
def hostile(tmp_path: Path) -> Casebook:
    """Make a casebook of two releases whose words attack a page."""
    casebook = start_casebook(tmp_path / "casebook", BUILDER)
    head = "uid,name,nationality,type\n"
    first = (
        head
        + 'a,<script>alert(1)</script>,"</td></table><h1>x</h1>",заключенные\n'
        + 'b,"&amp;""\'><img src=x onerror=1>",{{ 7*7 }},\u202eobeyed\n'
    )
    second = head + "b,changed,Непал,عربى\nc,new,Непал,}}</style><script>x</script>\n"
    for number, text in enumerate((first, second), 1):
        path = tmp_path / f"list-{number}.csv"
        path.write_text(text, encoding="utf-8")
        mapping = imports.load(EXAMPLE / "mapping.toml", release=f"2025-0{number}", released_on=f"2025-0{number}")
        imports.import_list(casebook, BUILDER, path, mapping, confirmed=True)
    return casebook


def test_words_of_a_list_are_shown_and_never_obeyed(hostile: Casebook, tmp_path: Path) -> None:
    summary.build_summary(
        hostile, "foreign-fighters", tmp_path / "page.html", title="</title><script>", lead="<b>", credit="{{x}}"
    )
    text = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "<script" not in text
    assert "onerror=1>" not in text
    assert text.count("</style>") == 1
    assert "&lt;/style&gt;&lt;script&gt;" in text


def test_a_row_that_a_later_release_left_alone_keeps_the_words_of_its_own_file(tmp_path: Path) -> None:
    """Rows change their place in a file from release to release."""
    casebook = start_casebook(tmp_path / "casebook", BUILDER)
    head = "uid,name,nationality,type\n"
    for number, lines in enumerate(("a,Anna,Непал,ВДВ\nb,Berta,Непал,ВДВ\n", "c,Clara,Непал,ВДВ\nb,Berta,Непал,ВДВ\n"), 1):
        path = tmp_path / f"list-{number}.csv"
        path.write_text(head + lines, encoding="utf-8")
        mapping = imports.load(EXAMPLE / "mapping.toml", release=f"2025-0{number}", released_on=f"2025-0{number}")
        imports.import_list(casebook, BUILDER, path, mapping, confirmed=True)
    summary.build_summary(casebook, "foreign-fighters", tmp_path / "page.html", title="T", lead="L")
    text = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "Anna" not in text, "she was withdrawn"
    assert text.count("Berta") == text.count("Clara") == 1


def test_a_page_of_too_many_rows_says_how_many_it_leaves_away(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(summary, "MOST_ROWS", 100)
    casebook = open_casebook(page.parent / "casebook")
    summary.build_summary(casebook, "foreign-fighters", tmp_path / "page.html", title="T", lead="L")
    assert "The first 25 of 47; the command above shows the others." in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_a_page_of_an_empty_list_can_be_made(tmp_path: Path) -> None:
    casebook = start_casebook(tmp_path / "casebook", BUILDER)
    path = tmp_path / "list.csv"
    path.write_text("uid,name,nationality,type\n", encoding="utf-8")
    imports.import_list(casebook, BUILDER, path, imports.load(EXAMPLE / "mapping.toml"), confirmed=True)
    assert summary.build_summary(casebook, "foreign-fighters", tmp_path / "page.html", title="T", lead="L") > 1000
