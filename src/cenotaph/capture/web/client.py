"""Asking for one address: one request, one answer, as they went over the wire."""

from __future__ import annotations

import ssl
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import BinaryIO, cast

import httpcore
import httpx

from cenotaph.capture.web.addresses import Resolver, check_name, parse_address, resolve_host
from cenotaph.capture.web.routes import DIRECT, Route
from cenotaph.capture.web.wire import Recording, WireBackend
from cenotaph.domain.errors import CenotaphError, InputError

_SPOOL = 1 << 20


class FetchFailed(InputError):
    """A page could not be fetched this time; another time may do."""


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """What one answer may take.

    Parameters
    ----------
    bytes
        Most bytes of it, as they go over the wire.
    seconds
        Most seconds of it from beginning to end.
    silence
        Most seconds in which nothing comes.
    """

    bytes: int
    seconds: float
    silence: float = 20.0


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer.

    Parameters
    ----------
    address
        What was asked for.
    at
        When, in UTC.
    request
        The request's bytes.
    response
        The answer's bytes, head and body, from its beginning; to be closed by who keeps it.
    head
        How many of them are its head, with the empty line.
    status, headers
        What the head says; names in lower case, in order.
    peer
        The IP address that answered; nothing through a proxy.
    protocol, certificate
        Of an encrypted connection: version and cipher, and the certificate (DER).
    chain
        The certificates as the host sent them, its own first (DER); nothing where the connection does not give them.
    """

    address: str
    at: datetime
    request: bytes
    response: BinaryIO
    head: int
    status: int
    headers: tuple[tuple[str, str], ...]
    peer: str
    protocol: str
    certificate: bytes
    chain: tuple[bytes, ...] = ()

    def header(self, name: str) -> str | None:
        """Return the first header of a name."""
        return next((value for key, value in self.headers if key == name), None)


class _WireTransport(httpx.BaseTransport):
    """One connection for each request, made by a backend that writes it down."""

    def __init__(self, client: WebClient) -> None:
        self._client = client

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        recording = cast(Recording, request.extensions["recording"])
        client = self._client
        backend = WireBackend(client.route, recording, client.resolve, client.allow_private)
        origin = httpcore.Origin(request.url.raw_scheme, request.url.raw_host, request.url.port or _port(request.url.scheme))
        connection = httpcore.HTTPConnection(origin, ssl_context=client.trust, network_backend=backend, retries=0)
        url = httpcore.URL(scheme=origin.scheme, host=origin.host, port=request.url.port, target=request.url.raw_path)
        inner = httpcore.Request(
            request.method,
            url,
            headers=request.headers.raw,
            content=cast("Iterator[bytes]", request.stream),
            extensions={"timeout": request.extensions.get("timeout", {})},
        )
        try:
            answer = connection.handle_request(inner)
        except BaseException:
            connection.close()
            raise
        return _Answer(answer.status, headers=answer.headers, stream=_WireBody(answer, connection))


class _Answer(httpx.Response):
    """An answer whose redirect the library leaves alone: it would read the address, also where it follows none, and fail."""

    @property
    def has_redirect_location(self) -> bool:
        """Say that there is none; who follows it here reads the header."""
        return False


class _WireBody(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response, connection: httpcore.HTTPConnection) -> None:
        self._answer = answer
        self._connection = connection

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()
        self._connection.close()


def _port(scheme: str) -> int:
    return 443 if scheme == "https" else 80


class WebClient:
    """Asks for addresses by one route; nothing of an answer is run, and no redirect is followed here.

    Parameters
    ----------
    route
        The one way it goes.
    agent
        What it calls itself.
    allow_private
        Whether addresses of this machine and of private networks may be asked.
    resolve, clock, now
        Where addresses of hosts, seconds and instants come from.
    trust
        Which certificates are believed; those that the system and its browsers believe, unless stated.
    """

    def __init__(
        self,
        route: Route = DIRECT,
        *,
        agent: str = "Cenotaph",
        allow_private: bool = False,
        resolve: Resolver = resolve_host,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        trust: ssl.SSLContext | None = None,
    ) -> None:
        self.route = route
        self.agent = agent
        self.allow_private = allow_private
        self.resolve = resolve
        self.trust = trust if trust is not None else httpx.create_ssl_context(trust_env=False)
        self._clock = clock
        self._now = now
        self._client = httpx.Client(
            transport=_WireTransport(self),
            trust_env=False,
            follow_redirects=False,
            headers={"User-Agent": agent, "Accept": "*/*", "Accept-Encoding": "gzip, deflate", "Connection": "close"},
        )

    def forget(self) -> None:
        """Drop the cookies that answers have set."""
        self._client.cookies.clear()

    def close(self) -> None:
        """Let go of what it holds."""
        self._client.close()

    def get(self, words: str, limits: FetchLimits, accept: str = "*/*") -> Exchange:
        """Ask for one address and take its whole answer, as :meth:`ask` does."""
        return self.ask("GET", words, limits, {"Accept": accept})

    def ask(
        self, method: str, words: str, limits: FetchLimits, headers: Mapping[str, str], content: bytes | None = None
    ) -> Exchange:
        """Ask one address and take its whole answer.

        Raises
        ------
        InputError, RefusedError
            It is no address, or one that may not be asked.
        TooLargeError
            The answer is over the limit.
        FetchFailed
            There was no whole answer.
        """
        address = parse_address(words)
        check_name(address, self.allow_private)
        at = self._now()
        spool = cast(BinaryIO, tempfile.SpooledTemporaryFile(max_size=_SPOOL))  # noqa: SIM115 - the exchange keeps it
        recording = Recording(spool, limits.bytes, self._clock() + limits.seconds, self._clock)
        try:
            with self._client.stream(
                method,
                address.text,
                headers=headers,
                content=content,
                timeout=httpx.Timeout(limits.silence),
                extensions={"recording": recording},
            ) as answer:
                for _ in answer.iter_raw():
                    pass
                status, answered = answer.status_code, answer.headers.multi_items()
            head = _find_head(spool, status)
        except CenotaphError:
            spool.close()
            raise
        except (httpcore.TimeoutException, httpx.TimeoutException) as error:
            spool.close()
            raise FetchFailed(f"{address.host} did not answer in time.", "Run it again later.") from error
        except (httpcore.NetworkError, httpcore.ProtocolError, httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            spool.close()
            said = ascii(str(error))[1:-1][:200] or type(error).__name__
            raise FetchFailed(f"{address.host} gave no whole answer: {said}.", "Run it again later.") from error
        except BaseException:
            spool.close()
            raise
        return Exchange(
            address.text,
            at,
            bytes(recording.request),
            spool,
            head,
            status,
            tuple((name.lower(), value) for name, value in answered),
            recording.peer,
            recording.protocol,
            recording.certificate,
            recording.chain,
        )


def _find_head(spool: BinaryIO, status: int) -> int:
    """Return where the answer's body begins; interim answers (100, 103) before it are cut away."""
    spool.seek(0)
    data = spool.read(1 << 18)
    while True:
        end = data.find(b"\r\n\r\n")
        size = 4
        bare = data.find(b"\n\n")
        if bare >= 0 and (end < 0 or bare < end):
            end, size = bare, 2
        if end < 0:
            raise FetchFailed("The answer has no head that can be told from its body.", "Run it again later.")
        line = data.split(b"\n", 1)[0].split(b" ")
        if len(line) < 2 or not line[1].startswith(b"1") or status < 200:
            return end + size
        rest = end + size
        spool.seek(rest)
        body = spool.read()
        spool.seek(0)
        spool.write(body)
        spool.truncate()
        spool.seek(0)
        data = spool.read(1 << 18)
