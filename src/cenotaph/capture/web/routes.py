"""The way a page is asked for: directly, through a proxy, or through Tor; what is stated is kept to, or nothing is asked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from cenotaph.domain.errors import UsageError

TOR_DEFAULT = ("127.0.0.1", 9050)
_PORTS = {"http": 3128, "socks5": 1080, "socks5h": 1080}


class RouteKind(StrEnum):
    """How the connection is made."""

    DIRECT = "direct"
    HTTP_PROXY = "http proxy"
    SOCKS = "socks proxy"
    TOR = "tor"


@dataclass(frozen=True, slots=True)
class Route:
    """A stated way.

    Parameters
    ----------
    kind
        How.
    host, port
        Where the proxy listens; nothing of a direct one.
    """

    kind: RouteKind
    host: str = ""
    port: int = 0

    @property
    def name(self) -> str:
        """How the record names it; a proxy's address is whoever uses it, and is not kept."""
        return self.kind.value


DIRECT = Route(RouteKind.DIRECT)


def parse_route(words: str) -> Route:
    """Read a route: ``direct``, ``tor``, ``tor:PORT``, ``http://HOST:PORT`` or ``socks5://HOST:PORT``.

    Raises
    ------
    UsageError
        It is none, or holds a password.
    """
    if words == "direct":
        return DIRECT
    head, _, rest = words.partition(":")
    if head == "tor":
        if rest and not (rest.isascii() and rest.isdigit() and 0 < int(rest) < 65536):
            raise UsageError(f"'{rest[:20]}' is no port of Tor.", "Write tor or tor:9050.")
        return Route(RouteKind.TOR, TOR_DEFAULT[0], int(rest) if rest else TOR_DEFAULT[1])
    try:
        parts = urlsplit(words)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in _PORTS or not parts.hostname or parts.path.strip("/"):
        raise UsageError(
            f"'{words[:80]}' is no route.", "Routes: direct, tor, tor:PORT, http://HOST:PORT, socks5://HOST:PORT."
        )
    if parts.username is not None or parts.password is not None:
        raise UsageError("A route with a password would stand in the shell's history.", "Use a proxy that needs none.")
    kind = RouteKind.HTTP_PROXY if parts.scheme == "http" else RouteKind.SOCKS
    return Route(kind, parts.hostname, port or _PORTS[parts.scheme])
