"""One request: to the address that was checked, by the stated route, with certificate, times and limits."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.certificates import make_certificate, make_chain
from tests.web_server import ARTICLE, Site, serving

from cenotaph.capture.web.client import FetchFailed, FetchLimits, WebClient
from cenotaph.capture.web.page import body_of, fetch_page
from cenotaph.capture.web.routes import Route, RouteKind
from cenotaph.domain.errors import RefusedError, TooLargeError

LIMITS = FetchLimits(1 << 20, 5.0, 2.0)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


def test_the_connection_goes_to_the_address_that_was_checked_whatever_the_name_leads_to_later(site: Site) -> None:
    answers = iter([["127.0.0.1"], ["10.9.9.9"]])
    client = WebClient(allow_private=True, resolve=lambda *_: next(answers))
    address = site.page("/a", ARTICLE).replace("127.0.0.1", "example.org")
    exchange = client.get(address, LIMITS)
    assert (exchange.status, exchange.peer) == (200, "127.0.0.1")
    assert b"Host: example.org" in exchange.request


def test_a_name_that_leads_to_a_private_address_is_refused_at_the_connection(site: Site) -> None:
    client = WebClient(resolve=lambda *_: ["127.0.0.1"])
    with pytest.raises(RefusedError, match="private network"):
        client.get(site.page("/a", ARTICLE).replace("127.0.0.1", "example.org"), LIMITS)
    assert site.asked == []


def test_a_redirect_to_a_private_address_is_refused(site: Site) -> None:
    port = site.address.rpartition(":")[2]
    site.redirect("/a", f"http://127.0.0.1:{port}/secret")
    seen: list[str] = []

    def resolve(host: str, _: int) -> list[str]:
        seen.append(host)
        return ["127.0.0.1"]

    client = WebClient(allow_private=False, resolve=resolve)
    # The first host counts as public here, so that the second step is what is refused.
    import cenotaph.capture.web.wire as wire

    choose = wire.choose_addresses
    try:
        wire.choose_addresses = lambda host, p, r, private: choose(host, p, r, private or host == "example.org")
        with pytest.raises(RefusedError):
            fetch_page(client, f"http://example.org:{port}/a", LIMITS)
    finally:
        wire.choose_addresses = choose
    assert site.asked == ["/a"] and seen == ["example.org"]


def test_a_redirect_to_a_file_is_no_page(site: Site) -> None:
    from cenotaph.domain.errors import InputError

    with pytest.raises(InputError, match="not an http or https"):
        fetch_page(WebClient(allow_private=True), site.redirect("/a", "file:///etc/passwd"), LIMITS)


def test_an_encrypted_page_comes_with_its_certificate_and_another_certificate_is_refused(tmp_path: Path) -> None:
    path, der = make_certificate(tmp_path, "127.0.0.1")
    trust = ssl.create_default_context(cafile=str(path))
    with serving(path) as site:
        address = site.page("/a", ARTICLE)
        exchange = WebClient(allow_private=True, trust=trust).get(address, LIMITS)
        assert exchange.certificate == der and exchange.protocol.startswith("TLSv1")
        assert body_of(exchange, 1 << 20) == ARTICLE.encode()
        with pytest.raises(FetchFailed, match=r"(?i)certificate"):
            WebClient(allow_private=True).get(address, LIMITS)


def test_the_certificates_are_kept_as_the_host_sent_them(tmp_path: Path) -> None:
    import hashlib
    import io

    from warcio.archiveiterator import ArchiveIterator

    from cenotaph.capture.warc.group import write_group

    server, root, sent = make_chain(tmp_path, "127.0.0.1")
    trust = ssl.create_default_context(cafile=str(root))
    with serving(server) as site:
        exchange = WebClient(allow_private=True, trust=trust).get(site.page("/a", ARTICLE), LIMITS)
    assert list(exchange.chain) == sent and exchange.certificate == sent[0]
    out = io.BytesIO()
    write_group(out, [exchange], [], software="x", route="direct", robots="obeyed")
    out.seek(0)
    records = [(r.rec_headers.get_header("WARC-Target-URI"), r.content_stream().read()) for r in ArchiveIterator(out)]
    names = [hashlib.sha256(one).hexdigest() for one in sent]
    assert [body for target, body in records if target and target.startswith("urn:x-certificate:")] == sent
    assert f"certificate-chain-sha256: {' '.join(names)}".encode() in b"".join(body for _, body in records)


@pytest.mark.parametrize("packing", ["gzip", "deflate", "chunked"])
def test_a_packed_answer_is_kept_packed_and_can_be_unpacked(site: Site, packing: str) -> None:
    import gzip
    import zlib

    body = ARTICLE.encode()
    if packing == "chunked":
        sent = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:100], body[100:])) + b"0\r\n\r\n"
        headers = {"Transfer-Encoding": "chunked"}
    else:
        sent = gzip.compress(body) if packing == "gzip" else zlib.compress(body)
        headers = {"Content-Encoding": packing}
    site.pages["/a"] = (200, headers, sent)
    exchange = WebClient(allow_private=True).get(site.address + "/a", LIMITS)
    assert body_of(exchange, 1 << 20) == body
    exchange.response.seek(exchange.head)
    assert exchange.response.read() == sent


def test_an_answer_cut_short_is_no_page(site: Site) -> None:
    site.pages["/a"] = (200, {"Content-Length": "5000", "Connection": "close"}, b"short")
    with pytest.raises(FetchFailed):
        WebClient(allow_private=True).get(site.address + "/a", FetchLimits(1 << 20, 3.0, 1.0))


def test_an_answer_over_the_limit_is_stopped(site: Site) -> None:
    with pytest.raises(TooLargeError):
        WebClient(allow_private=True).get(site.page("/a", "x" * 5000), FetchLimits(1000, 5.0))


def test_who_drips_an_answer_is_stopped_when_the_time_is_over() -> None:
    listener = socket.create_server(("127.0.0.1", 0))

    def drip() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(1000)
            try:
                while True:
                    connection.sendall(b"H")
                    time.sleep(0.05)
            except OSError:
                return

    thread = threading.Thread(target=drip, daemon=True)
    thread.start()
    with pytest.raises(FetchFailed, match="in time"):
        WebClient(allow_private=True).get(f"http://127.0.0.1:{listener.getsockname()[1]}/", FetchLimits(1 << 20, 0.3, 5.0))
    thread.join(5)
    listener.close()


@contextmanager
def proxying(kind: RouteKind, target: tuple[str, int]) -> Iterator[tuple[Route, list[bytes]]]:
    """Run a proxy that leads every name to one address, and notes what it was asked for."""
    listener = socket.create_server(("127.0.0.1", 0))
    asked: list[bytes] = []

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection, connection.makefile("rb") as stream:
                if kind is RouteKind.HTTP_PROXY:
                    asked.append(stream.readline())
                    while stream.readline().strip():
                        pass
                    connection.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
                else:
                    stream.read(3)
                    connection.sendall(b"\x05\x00")
                    length = stream.read(5)[4]
                    asked.append(stream.read(length + 2)[:-2])
                    connection.sendall(b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00")
                with socket.create_connection(target) as beyond:
                    head = b""
                    while not head.endswith(b"\r\n\r\n"):
                        head += stream.read(1)
                    beyond.sendall(head)
                    while data := beyond.recv(65_536):
                        connection.sendall(data)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield Route(kind, *listener.getsockname()), asked
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)


@pytest.mark.parametrize("kind", [RouteKind.HTTP_PROXY, RouteKind.TOR])
def test_through_a_proxy_the_name_is_handed_on_and_never_resolved_here(site: Site, kind: RouteKind) -> None:
    def resolve(host: str, _: int) -> list[str]:
        raise AssertionError(f"{host} was resolved here")

    port = int(site.address.rpartition(":")[2])
    site.page("/a", ARTICLE)
    with proxying(kind, ("127.0.0.1", port)) as (route, asked):
        exchange = WebClient(route, resolve=resolve).get("http://example.org/a", LIMITS)
    assert exchange.status == 200 and exchange.peer == ""
    assert b"example.org" in asked[0]


def test_a_private_name_is_refused_through_a_proxy_too() -> None:
    with pytest.raises(RefusedError):
        WebClient(Route(RouteKind.TOR, "127.0.0.1", 1)).get("http://169.254.169.254/", LIMITS)
