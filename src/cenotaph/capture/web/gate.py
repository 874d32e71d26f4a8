"""A proxy on this machine that a browser is made to go through: by the stated route alone, to addresses that may be asked."""

from __future__ import annotations

import io
import select
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import httpcore

from cenotaph.capture.web.addresses import Resolver, check_name, parse_address
from cenotaph.capture.web.routes import Route
from cenotaph.capture.web.wire import Recording, WireBackend
from cenotaph.domain.errors import CenotaphError

_LONGEST_HEAD = 64 * 1024
_CHUNK = 1 << 16
_SECONDS = 60.0
_REFUSED = b"HTTP/1.1 403 Refused\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class Gate:
    """Listens on loopback and lets through what may be asked.

    Parameters
    ----------
    route, resolve, allow_private
        As of :class:`~cenotaph.capture.web.client.WebClient`.
    """

    def __init__(self, route: Route, resolve: Resolver, allow_private: bool) -> None:
        self._route = route
        self._resolve = resolve
        self._allow_private = allow_private
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self.refused: list[str] = []
        self._wanted: set[tuple[str, int]] = set()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def let(self, words: str) -> None:
        """Say that the page asks for an address: what nobody said is asked by the browser for itself, and is not let through."""
        with suppress(CenotaphError):
            address = parse_address(words)
            self._wanted.add((address.host, address.port))

    def close(self) -> None:
        """Stop listening."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(2)

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._handle, args=(connection,), daemon=True).start()

    def _handle(self, connection: socket.socket) -> None:
        with connection, suppress(OSError, httpcore.NetworkError, httpcore.TimeoutException):
            connection.settimeout(_SECONDS)
            head = b""
            while b"\r\n\r\n" not in head and len(head) < _LONGEST_HEAD:
                data = connection.recv(_CHUNK)
                if not data:
                    return
                head += data
            first, _, rest = head.partition(b"\r\n")
            words = first.split(b" ")
            if len(words) != 3:
                return
            method, target, version = words
            tunnel = method == b"CONNECT"
            name = "https://" + target.decode("latin-1") if tunnel else target.decode("latin-1")
            try:
                address = parse_address(name)
                if (address.host, address.port) not in self._wanted:
                    connection.sendall(_REFUSED)
                    return
                check_name(address, self._allow_private)
                beyond = self._connect(address.host, address.port)
            except CenotaphError as error:
                self.refused.append(error.message)
                connection.sendall(_REFUSED)
                return
            with beyond:
                if tunnel:
                    connection.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
                else:
                    path = "/" + address.text.split("/", 3)[3]
                    lines = [line for line in rest.split(b"\r\n") if not line.lower().startswith((b"proxy-", b"connection:"))]
                    lines.insert(0, b"Connection: close")
                    beyond.sendall(b" ".join((method, path.encode("ascii"), version)) + b"\r\n" + b"\r\n".join(lines))
                _relay(connection, beyond)

    def _connect(self, host: str, port: int) -> socket.socket:
        recording = Recording(io.BytesIO(), 1 << 62, time.monotonic() + _SECONDS)
        backend = WireBackend(self._route, recording, self._resolve, self._allow_private)
        found: socket.socket = backend.connect_tcp(host, port, _SECONDS).get_extra_info("socket")
        return found


def _relay(one: socket.socket, other: socket.socket) -> None:
    while True:
        ready, _, _ = select.select([one, other], [], [], _SECONDS)
        if not ready:
            return
        for source in ready:
            data = source.recv(_CHUNK)
            if not data:
                return
            (other if source is one else one).sendall(data)


@contextmanager
def gate(route: Route, resolve: Resolver, allow_private: bool) -> Iterator[Gate]:
    """Open a gate for as long as the block lasts."""
    found = Gate(route, resolve, allow_private)
    try:
        yield found
    finally:
        found.close()
