"""Build a site of made-up people and take a picture of every kind of page, on a desk and on a phone, into ``docs/images/site``.

``python -m tools.write_screenshots [FOLDER]``; it needs Chromium and chromedriver.
"""

from __future__ import annotations

import io
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from benchmarks.made_releases import make_pair, write_made
from tests.browser import Browser

from cenotaph.publish.site.building import build_site
from cenotaph.publish.site.settings import parse_settings

OUT = Path(__file__).parents[1] / "docs" / "images" / "site"
SETTINGS = """schema = 1
title = "A made-up count"
corrections = "https://forms.example/report"
invented = true
languages = ["en", "ru"]
[titles.ru]
site = "Вымышленный счёт"
dead = "Погибшие иностранцы"
"""
SIZES = {"desk": 1280, "phone": 390}
TALLEST = 2600


def list_pages(site: Path) -> dict[str, str]:
    """Return a page of every kind by its name."""
    person = max((site / "en" / "people").glob("??/*.html"), key=lambda path: (path.stat().st_size, path.name))
    found = {
        "front": "en/index.html",
        "front-ru": "ru/index.html",
        "series": "en/series.html",
        "breakdowns": "en/breakdowns.html",
        "map": "en/map.html",
        "people": "en/people/index.html",
        "names": "en/people/list-0001.html",
        "person": person.relative_to(site).as_posix(),
        "person-ru": f"ru/{person.relative_to(site / 'en').as_posix()}",
        "figures": "en/figures/index.html",
        "figure": "en/figures/by-nationality.html",
        "claims": "en/claims.html",
        "sources": "en/sources.html",
        "method": "en/method.html",
        "changes": "en/changes.html",
        "release": "en/releases/2025-11.html",
        "corrections": "en/corrections.html",
        "data": "en/data.html",
        "privacy": "en/privacy.html",
    }
    gone = [path for path in (site / "en" / "people").glob("??/*.html") if "no longer shown" in path.read_text(encoding="utf-8")]
    return {**found, "gone": gone[0].relative_to(site).as_posix()} if gone else found


def shrink(data: bytes) -> bytes:
    """Return a picture with a palette, cut where it would be longer than anybody looks."""
    from PIL import Image

    image = Image.open(io.BytesIO(data)).convert("RGB")
    image = image.crop((0, 0, image.width, min(image.height, TALLEST)))
    stream = io.BytesIO()
    image.quantize(48, dither=Image.Dither.NONE).save(stream, "PNG", optimize=True)
    return stream.getvalue()


def main(out: Path = OUT) -> None:
    """Build the site and take the pictures."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name, made in zip(("one", "two"), make_pair(400), strict=True):
            write_made(root / name, replace(made, title="A made-up count"))
        site = root / "site"
        build_site((root / "one", root / "two"), site, parse_settings(SETTINGS), 1)
        (root / "profile").mkdir()
        browser = Browser(root / "profile")
        try:
            for size, wide in SIZES.items():
                browser.resize(wide, 900)
                for name, page in list_pages(site).items():
                    browser.open((site / page).as_uri())
                    path = out / f"{name}-{size}.png"
                    browser.screenshot(path)
                    path.write_bytes(shrink(path.read_bytes()))
        finally:
            browser.close()


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
