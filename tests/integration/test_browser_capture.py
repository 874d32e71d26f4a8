"""Pages that scripts fill: loaded by a Chromium that goes through the gate alone, kept with a picture and a PDF."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator

import pytest
from tests.casebooks import ACTOR, find_problems
from tests.servers import skip_or_fail
from tests.web_server import ARTICLE, Site, serving

from cenotaph.casebook import bulk
from cenotaph.casebook.store import Casebook
from cenotaph.services.fetch_attempts import Fetched
from cenotaph.services.fetch_wants import Wanted
from cenotaph.services.fetching import fetch_waiting, open_client, queue_addresses

pytestmark = pytest.mark.browser

FILLED = """<!DOCTYPE html><html lang="en"><head><title>Dead</title><meta charset="utf-8"></head><body><div id="root"></div>
<script src="/app.js"></script></body></html>"""
SCRIPT = """
fetch('/list.json').then(r => r.json()).then(found => {
  const text = found.map(x => '<p>' + x + '</p>').join('');
  document.getElementById('root').innerHTML = '<article><h1>A list</h1>' + text + '</article>';
});
"""
LIST = '["Twelve citizens who had signed contracts were killed in July, relatives said.", "Three of them were from Khujand."]'


@pytest.fixture
def site() -> Iterator[Site]:
    if not shutil.which("chromium"):
        skip_or_fail("Chromium is not on this machine")
    with serving() as found:
        found.page("/page", FILLED)
        found.page("/app.js", SCRIPT, "text/javascript")
        found.page("/list.json", LIST, "application/json")
        yield found


def fetch(casebook: Casebook, address: str, private: bool = True) -> list[Fetched]:
    queue_addresses(casebook, ACTOR, [Wanted(address)])
    casebook.settings.values["fetch.seconds"] = 30
    client = open_client(casebook, "direct", private)
    return list(fetch_waiting(casebook, ACTOR, client, browser=True, sleep=lambda _: None))


def test_a_page_that_scripts_fill_is_read_as_the_browser_shows_it(sqlite_casebook: Casebook, site: Site) -> None:
    (outcome,) = fetch(sqlite_casebook, site.address + "/page")
    assert outcome.state == "kept", outcome.note
    assert bulk.fetch_one("SELECT text FROM document WHERE text LIKE %s", ["%Three of them were from Khujand.%"])
    roles = {(row[0], row[1]) for row in bulk.fetch_rows("SELECT role, media_type FROM payload")}
    assert {("page", "text/html"), ("requisite", "text/javascript"), ("requisite", "application/json")} <= roles
    assert {("other", "image/png"), ("other", "application/pdf")} <= roles
    assert find_problems(sqlite_casebook) == []


def test_the_picture_shows_the_page_and_the_records_are_whole(sqlite_casebook: Casebook, site: Site) -> None:
    from PIL import Image
    from warcio.archiveiterator import ArchiveIterator

    (outcome,) = fetch(sqlite_casebook, site.page("/news", ARTICLE))
    assert outcome.capture, outcome.note
    path = sqlite_casebook.objects / outcome.capture[:2] / outcome.capture
    found = {}
    with path.open("rb") as stream:
        for record in ArchiveIterator(stream, check_digests=True):
            found[record.rec_headers.get_header("Content-Type")] = record.content_stream().read()
            assert record.digest_checker.passed is not False
    with Image.open(io.BytesIO(found["image/png"])) as image:
        assert image.width >= 800 and image.height >= 600 and len(image.getcolors(1 << 24) or []) > 10
    assert found["application/pdf"].startswith(b"%PDF")


def test_a_page_cannot_have_the_browser_ask_a_private_address(sqlite_casebook: Casebook, site: Site) -> None:
    (outcome,) = fetch(sqlite_casebook, site.address + "/page", private=False)
    assert outcome.state == "refused" and site.asked == []


def test_what_a_page_is_not_let_load_is_counted(
    sqlite_casebook: Casebook, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page counts as public here, what it shows from a host of the machine does not."""
    import cenotaph.capture.web.wire as wire

    port = site.address.rpartition(":")[2]
    page = FILLED.replace('<script src="/app.js">', f'<img src="http://inner.example.org:{port}/secret"><script src="/app.js">')
    site.page("/page", page)
    choose = wire.choose_addresses

    def allow(host: str, at: int, resolve: object, private: bool) -> list[str]:
        return ["127.0.0.1"] if host == "outer.example.org" else choose(host, at, lambda *_: ["127.0.0.1"], private)

    monkeypatch.setattr(wire, "choose_addresses", allow)
    (outcome,) = fetch(sqlite_casebook, f"http://outer.example.org:{port}/page", private=False)
    assert outcome.state == "kept", outcome.note
    assert "1 of what it shows was refused" in outcome.note and "/secret" not in site.asked


def test_a_page_that_is_not_there_is_refused(sqlite_casebook: Casebook, site: Site) -> None:
    (outcome,) = fetch(sqlite_casebook, site.address + "/none")
    assert outcome.state == "refused" and "404" in outcome.note


def test_the_browser_asks_nobody_for_itself(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    import cenotaph.capture.web.gate as gate
    from cenotaph.capture.web.browser import render_page
    from cenotaph.capture.web.client import WebClient

    connected: list[str] = []
    connect = gate.Gate._connect

    def note(self: gate.Gate, host: str, port: int) -> object:
        connected.append(host)
        return connect(self, host, port)

    monkeypatch.setattr(gate.Gate, "_connect", note)
    client = WebClient(allow_private=True, resolve=lambda *_: ["127.0.0.1"])
    render_page(client, site.address + "/page", seconds=20, most_bytes=1 << 26)
    assert set(connected) == {"127.0.0.1"} and len(connected) >= 3
