"""Which addresses may be asked, in whatever spelling, and by which route."""

from __future__ import annotations

import pytest

from cenotaph.capture.web.addresses import check_name, choose_addresses, is_public, parse_address
from cenotaph.capture.web.routes import RouteKind, parse_route
from cenotaph.domain.errors import InputError, RefusedError, UsageError


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "fec0::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
        "64:ff9b::7f00:1", "2002:7f00:1::", "192.0.2.1", "no address",
    ],
)  # fmt: skip
def test_an_address_that_is_not_of_the_public_internet_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34"])
def test_an_address_of_the_public_internet_is(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "host",
    ["localhost", "router.local", "a.localhost", "intranet", "127.1", "0x7f.0.0.1", "2130706433", "017700000001", "[::1]", "0"],
)
def test_a_private_host_is_refused_in_every_spelling(host: str) -> None:
    with pytest.raises(RefusedError, match="private network"):
        check_name(parse_address(f"http://{host}/"), allow_private=False)
    check_name(parse_address(f"http://{host}/"), allow_private=True)


@pytest.mark.parametrize(
    "words",
    ["ftp://example.org/", "file:///etc/passwd", "javascript:alert(1)", "http://", "http://a b/", "http://user:pw@example.org/",
     "http://example.org:99999/", "//example.org", "", "http://exa\nmple.org/", "http://example.org/" + "x" * 9000,
     "http://xn--zz--/", "http://xn--a.org/", "http://[::zz/", "http://[v1.a]/", "http://exa\u202egpj.org/", "http://xn--.org/"],
)  # fmt: skip
def test_what_is_no_address_of_a_page_is_refused(words: str) -> None:
    with pytest.raises(InputError):
        parse_address(words)


def test_a_password_in_an_address_is_not_repeated_in_the_message() -> None:
    with pytest.raises(InputError) as caught:
        parse_address("http://user:secret@example.org/")
    assert "secret" not in str(caught.value)


def test_an_address_in_other_letters_becomes_the_one_that_is_asked() -> None:
    found = parse_address("HTTP://Пример.рф:80/путь?q=ё#part")
    assert found.text == "http://xn--e1afmkfd.xn--p1ai/%D0%BF%D1%83%D1%82%D1%8C?q=%D1%91"


def test_a_host_with_a_public_and_a_private_address_is_not_asked_at_all() -> None:
    with pytest.raises(RefusedError):
        choose_addresses("example.org", 80, lambda *_: ["93.184.216.34", "127.0.0.1"], allow_private=False)


@pytest.mark.parametrize(
    ("words", "kind", "host", "port"),
    [
        ("direct", RouteKind.DIRECT, "", 0),
        ("tor", RouteKind.TOR, "127.0.0.1", 9050),
        ("tor:9150", RouteKind.TOR, "127.0.0.1", 9150),
        ("http://10.0.0.1:8080", RouteKind.HTTP_PROXY, "10.0.0.1", 8080),
        ("socks5://10.0.0.1", RouteKind.SOCKS, "10.0.0.1", 1080),
    ],
)
def test_a_route_is_read(words: str, kind: RouteKind, host: str, port: int) -> None:
    route = parse_route(words)
    assert (route.kind, route.host, route.port) == (kind, host, port)


@pytest.mark.parametrize("words", ["", "vpn", "tor:x", "tor:0", "ftp://a", "http://u:p@a:1", "socks5://"])
def test_what_is_no_route_is_refused(words: str) -> None:
    with pytest.raises(UsageError):
        parse_route(words)
