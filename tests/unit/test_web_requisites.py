"""What a page shows from elsewhere: what styles and sets of pictures name, found and fetched once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from tests.web_server import Site, serving

from cenotaph.capture.web.client import FetchLimits, WebClient
from cenotaph.capture.web.links import find_in_style, find_requisites, split_set
from cenotaph.capture.web.page import fetch_page, read_retry_after

LIMITS = FetchLimits(1 << 20, 20.0)
NOW = datetime(2025, 7, 22, 12, 0, tzinfo=UTC)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


def fetch(site: Site, body: str, most: int = 200) -> tuple[list[str], list[str]]:
    address = site.page("/a/page", f"<!DOCTYPE html><html><head></head><body>{body}<p>Words.</p></body></html>")
    client = WebClient(allow_private=True)
    page = fetch_page(client, address, LIMITS, requisites=find_requisites, most_requisites=most)
    page.close()
    short = len(site.address)
    return [exchange.address[short:] for exchange in page.requisites], [address[short:] for address, _ in page.missed]


def test_what_a_style_names_is_fetched_and_what_that_names_too(site: Site) -> None:
    site.page("/css/a.css", '@import "b.css"; /* url(no.png) */ body { background: url( "../back.png" ) }', "text/css")
    site.page("/css/b.css", '@import url(a.css); @font-face { src: url(font.woff2) format("woff2"), url(data:x) }', "text/css")
    found, _ = fetch(site, '<link rel="stylesheet" href="/css/a.css">')
    assert found == ["/css/a.css", "/back.png", "/css/b.css", "/css/font.woff2"] or sorted(found) == sorted(
        ["/css/a.css", "/css/b.css", "/back.png", "/css/font.woff2"]
    )
    assert len(site.asked) == len(set(site.asked)) and "/css/no.png" not in site.asked


def test_every_picture_of_a_set_is_fetched(site: Site) -> None:
    body = (
        '<picture><source srcset="/l.webp 1200w, /s.webp 400w" media="(min-width: 1px)"><source srcset="/x.avif">'
        '<img src="/p.jpg" srcset="/p,2.jpg 2x, data:image/gif;base64,R0 3x"></picture><img data-srcset="/lazy.png 1x">'
    )
    found, _ = fetch(site, body)
    assert found == ["/l.webp", "/s.webp", "/x.avif", "/p.jpg", "/p,2.jpg", "/lazy.png"]


def test_a_page_asks_for_no_more_than_may_be(site: Site) -> None:
    site.page("/a.css", "".join(f"i{n} {{ background: url(/{n}.png) }}" for n in range(50)), "text/css")
    found, missed = fetch(site, '<link rel="stylesheet" href="/a.css">', 10)
    assert len(found) == 10 and len(missed) == 41


def test_a_style_that_leads_to_a_private_address_brings_nothing_from_there(site: Site) -> None:
    from cenotaph.capture.web import wire

    port = int(site.address.rpartition(":")[2])
    site.page("/a.css", f"p {{ background: url(http://127.0.0.1:{port}/secret) }}", "text/css")
    site.page("/page", '<link rel="stylesheet" href="/a.css"><p>Words.</p>')
    choose = wire.choose_addresses
    try:
        wire.choose_addresses = lambda host, p, r, private: choose(host, p, r, private or host == "example.org")
        client = WebClient(resolve=lambda host, _: ["127.0.0.1"])
        page = fetch_page(client, f"http://example.org:{port}/page", LIMITS, requisites=find_requisites)
        page.close()
    finally:
        wire.choose_addresses = choose
    assert [address.rpartition("/")[2] for address, _ in page.missed] == ["secret"] and "/secret" not in site.asked


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("a.png", ["a.png"]),
        ("a.png, b.png 2x", ["a.png", "b.png"]),
        (" a.png 1x,b.png 2x,", ["a.png", "b.png"]),
        ("a,b.png 1x , c.png calc(1px, 2px) , d.png", ["a,b.png", "c.png", "d.png"]),
        (",,,", []),
    ],
)
def test_a_set_of_pictures_is_cut_as_browsers_cut_it(words: str, expected: list[str]) -> None:
    assert list(split_set(words)) == expected


def test_the_pictures_of_an_image_set_are_named_by_their_style() -> None:
    assert list(find_in_style('p { background: image-set("a.png" 1x, "b.png" 2x) }')) == ["a.png", "b.png"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("120", NOW + timedelta(seconds=120)),
        ("Tue, 22 Jul 2025 12:10:00 GMT", NOW + timedelta(minutes=10)),
        ("99999999999999999999", NOW + timedelta(days=7)),
        ("Tue, 22 Jul 2025 11:00:00 GMT", None),
        ("soon", None),
        ("-5", None),
        (None, None),
    ],
)
def test_a_host_says_after_seconds_or_on_a_date_when_it_may_be_asked_again(words: str | None, expected: datetime | None) -> None:
    assert read_retry_after(words, NOW) == expected
