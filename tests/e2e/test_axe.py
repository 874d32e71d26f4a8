"""Every kind of page as axe sees it, by day and by night, at a desk, on a phone and from right to left: nothing serious."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest
from benchmarks.made_releases import make_pair, write_made
from tests.browser import Browser
from tests.servers import skip_or_fail
from tools.write_screenshots import SETTINGS, list_pages

from cenotaph.publish.site.building import build_site
from cenotaph.publish.site.settings import parse_settings

pytestmark = pytest.mark.browser
RUN = """axe.run(document, {resultTypes: ["violations"]}).then(r => JSON.stringify(r.violations.filter(
v => v.impact === "serious" || v.impact === "critical").map(v => v.id + ": " + v.nodes.map(n => n.html).join(" "))))"""


@pytest.fixture(scope="module")
def axe() -> str:
    """The source of axe, which the package for it carries."""
    found = importlib.util.find_spec("axe_core_python")
    if found is None or found.origin is None:
        skip_or_fail("axe is not installed; `make validators` does it")
    return (Path(found.origin).parent / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("axe")
    for name, made in zip(("one", "two"), make_pair(120), strict=True):
        write_made(root / name, made)
    build_site((root / "one", root / "two"), root / "site", parse_settings(SETTINGS), 1)
    return root / "site"


def find_faults(browser: Browser, axe: str) -> list[str]:
    browser.send("Runtime.evaluate", {"expression": axe})
    said = browser.send("Runtime.evaluate", {"expression": RUN, "awaitPromise": True, "returnByValue": True})
    return list(json.loads(said["result"]["value"]))


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_axe_finds_nothing_serious_on_any_kind_of_page(
    site: Path, browser: Browser, axe: str, scheme: str, width: int
) -> None:
    browser.resize(width, 900)
    browser.send("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]})
    for name, page in list_pages(site).items():
        browser.open((site / page).as_uri())
        assert find_faults(browser, axe) == [], name


def test_axe_is_awake(browser: Browser, axe: str, tmp_path: Path) -> None:
    (tmp_path / "bad.html").write_text("<!doctype html><title>x</title><main><img src='data:,'><input></main>")
    browser.open((tmp_path / "bad.html").as_uri())
    assert [fault.split(":")[0] for fault in find_faults(browser, axe)]


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_no_page_is_wider_than_its_window_in_either_direction_of_writing(site: Path, browser: Browser, width: int) -> None:
    browser.resize(width, 900)
    for name, page in list_pages(site).items():
        browser.open((site / page).as_uri())
        for direction in ("ltr", "rtl"):
            browser.ask(f"document.documentElement.dir = '{direction}'")
            wide = browser.ask("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
            assert wide[0] <= wide[1], f"{name} {direction}: {wide}"


def test_a_printed_page_has_its_text_and_no_navigation(site: Path, browser: Browser) -> None:
    browser.open((site / "en" / "index.html").as_uri())
    browser.send("Emulation.setEmulatedMedia", {"media": "print"})
    shown = browser.ask("['nav.main', '.languages', 'h1', '.t'].map(s => getComputedStyle(document.querySelector(s)).display)")
    browser.send("Emulation.setEmulatedMedia", {"media": ""})
    assert shown[0] == shown[1] == "none" and "none" not in shown[2:]
