"""The connection under a client: made to the address that was checked, and written down byte for byte."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, BinaryIO

import httpcore

from cenotaph.capture.web.addresses import Resolver, choose_addresses
from cenotaph.capture.web.routes import Route, RouteKind
from cenotaph.domain.errors import InputError, TooLargeError

_REPLIES = {
    1: "it failed",
    2: "its rules forbid it",
    3: "the network cannot be reached",
    4: "the host cannot be reached",
    5: "the host refused",
    6: "it took too long",
}


class RouteFailed(InputError):
    """The stated route could not be used; no other was tried."""


@dataclass
class Recording:
    """What went over one connection, above its encryption.

    Parameters
    ----------
    response
        Where the answer's bytes go as they come.
    limit
        Most bytes of an answer.
    deadline
        When it must be over, by ``clock``, in seconds.
    """

    response: BinaryIO
    limit: int
    deadline: float
    clock: Callable[[], float] = time.monotonic
    request: bytearray = field(default_factory=bytearray)
    received: int = 0
    peer: str = ""
    protocol: str = ""
    certificate: bytes = b""
    chain: tuple[bytes, ...] = ()

    def left(self, timeout: float | None) -> float:
        """Return how many seconds one step may still take.

        Raises
        ------
        httpcore.ReadTimeout
            None is left.
        """
        rest = self.deadline - self.clock()
        if rest <= 0:
            raise httpcore.ReadTimeout("the whole took too long")
        return rest if timeout is None else min(rest, timeout)

    def receive(self, data: bytes) -> None:
        """Write down bytes of the answer.

        Raises
        ------
        TooLargeError
            They are more than may come.
        """
        self.received += len(data)
        if self.received > self.limit:
            raise TooLargeError(
                f"The answer is over {self.limit:,} bytes.", "Raise fetch.page_bytes in casebook.toml where it is wanted."
            )
        self.response.write(data)


class WireStream(httpcore.NetworkStream):
    """A connection that is written down."""

    def __init__(self, inner: httpcore.NetworkStream, recording: Recording) -> None:
        self._inner = inner
        self._recording = recording

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read, and write down what came."""
        data = self._inner.read(max_bytes, self._recording.left(timeout))
        self._recording.receive(data)
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send, and write down what was sent."""
        self._inner.write(buffer, self._recording.left(timeout))
        self._recording.request += buffer

    def close(self) -> None:
        """Close it."""
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """Encrypt it, and keep the certificate; what is written down is what lies above the encryption."""
        inner = self._inner.start_tls(ssl_context, server_hostname, self._recording.left(timeout))
        stream: Any = inner.get_extra_info("ssl_object")
        if stream is not None:
            self._recording.certificate = stream.getpeercert(True) or b""
            self._recording.chain = _read_chain(stream)
            self._recording.protocol = f"{stream.version()} {stream.cipher()[0]}"
        return WireStream(inner, self._recording)

    def get_extra_info(self, info: str) -> Any:
        """Pass on what the connection says of itself."""
        return self._inner.get_extra_info(info)


def _read_chain(stream: Any) -> tuple[bytes, ...]:
    """Return the certificates as the host sent them, its own first; nothing where this Python does not give them."""
    for giver in (stream, getattr(stream, "_sslobj", None)):  # Public from Python 3.13; below it the object within has it.
        give = getattr(giver, "get_unverified_chain", None)
        if give is not None:
            return tuple(_to_der(found) for found in give() or ())
    return ()


def _to_der(certificate: Any) -> bytes:
    return certificate if isinstance(certificate, bytes) else ssl.PEM_cert_to_DER_cert(certificate.public_bytes())


class WireBackend(httpcore.NetworkBackend):
    """Connects by one route and no other.

    A direct connection goes to one of the addresses that were checked, never to the name: what the name leads to a moment
    later is of no account. Through a proxy the name is handed on and resolved at the other end.
    """

    def __init__(self, route: Route, recording: Recording, resolve: Resolver, allow_private: bool) -> None:
        self._route = route
        self._recording = recording
        self._resolve = resolve
        self._allow_private = allow_private
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to a host."""
        if self._route.kind is RouteKind.DIRECT:
            return WireStream(self._connect_directly(host, port, timeout), self._recording)
        try:
            stream = self._inner.connect_tcp(self._route.host, self._route.port, self._recording.left(timeout))
        except httpcore.ConnectError as error:
            raise RouteFailed(
                f"Nothing answers at the {self._route.name} that was stated: {error}.",
                "Start it, or state another route; no other was tried.",
            ) from error
        try:
            if self._route.kind is RouteKind.HTTP_PROXY:
                _ask_proxy(stream, host, port, self._recording.left(timeout))
            else:
                _ask_socks(stream, host, port, self._recording.left(timeout))
        except BaseException:
            stream.close()
            raise
        self._recording.peer = ""
        return WireStream(stream, self._recording)

    def _connect_directly(self, host: str, port: int, timeout: float | None) -> httpcore.NetworkStream:
        try:
            addresses = choose_addresses(host, port, self._resolve, self._allow_private)
        except OSError as error:
            raise httpcore.ConnectError(f"the host {host} was not found: {error.strerror or error}") from error
        failure: Exception = httpcore.ConnectError("no address")
        for address in addresses[:4]:
            try:
                stream = self._inner.connect_tcp(address, port, self._recording.left(timeout))
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
                continue
            peer: socket.socket | None = stream.get_extra_info("socket")
            # What the system connected to is looked at too: it is the last word.
            self._recording.peer = str(peer.getpeername()[0]) if peer is not None else address
            return stream
        raise failure


def _read_exactly(stream: httpcore.NetworkStream, count: int, timeout: float) -> bytes:
    data = b""
    while len(data) < count:
        chunk = stream.read(count - len(data), timeout)
        if not chunk:
            raise httpcore.ConnectError("the proxy closed the connection")
        data += chunk
    return data


def _ask_proxy(stream: httpcore.NetworkStream, host: str, port: int, timeout: float) -> None:
    where = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    stream.write(f"CONNECT {where} HTTP/1.1\r\nHost: {where}\r\n\r\n".encode("ascii"), timeout)
    head = b""
    while not head.endswith(b"\r\n\r\n") and len(head) < 16_384:
        head += _read_exactly(stream, 1, timeout)
    words = head.split(b"\r\n", 1)[0].split(b" ", 2)
    if len(words) < 2 or words[1] != b"200":
        said = ascii(head.split(b"\r\n", 1)[0].decode("latin-1"))[:80]
        raise httpcore.ConnectError(f"the proxy made no connection to port {port}: {said}")


def _ask_socks(stream: httpcore.NetworkStream, host: str, port: int, timeout: float) -> None:
    """Speak SOCKS 5 (RFC 1928) without a password; the name is resolved at the other end."""
    stream.write(b"\x05\x01\x00", timeout)
    if _read_exactly(stream, 2, timeout) != b"\x05\x00":
        raise RouteFailed("What listens there is no SOCKS 5 proxy without a password.", "State another route.")
    name = host.encode("ascii")
    stream.write(b"\x05\x01\x00\x03" + bytes([len(name)]) + name + port.to_bytes(2, "big"), timeout)
    head = _read_exactly(stream, 4, timeout)
    if head[1]:
        raise httpcore.ConnectError(f"the proxy made no connection: {_REPLIES.get(head[1], 'it says no more')}")
    length = {1: 4, 4: 16}.get(head[3]) or _read_exactly(stream, 1, timeout)[0]
    _read_exactly(stream, length + 2, timeout)
