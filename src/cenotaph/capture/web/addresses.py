"""Addresses of pages, and which of them may be asked: public ones, unless private ones are allowed."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit, urlunsplit

from cenotaph.domain.errors import InputError, RefusedError

Resolver = Callable[[str, int], Sequence[str]]
"""Gives a host's addresses, as texts."""

PRIVATE = "is an address of this machine or of a private network."
"""How the refusal of a private address ends, which the queue keeps."""

_DEFAULT_PORTS = {"http": 80, "https": 443}
_LOCAL_NAMES = ("localhost", "local", "internal", "intranet", "lan", "home", "corp", "arpa")
_MAPPED = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("2002::/16"))
_LONGEST = 8192
_SAFE = "%/:=&?~#+!$,;'@()*[]"


@dataclass(frozen=True, slots=True)
class WebAddress:
    """An address that can be asked.

    Parameters
    ----------
    text
        The whole of it, in ASCII and without a fragment.
    scheme, host, port
        ``http`` or ``https``; the host in lower case, ASCII; the port, stated or by scheme.
    """

    text: str
    scheme: str
    host: str
    port: int


def parse_address(words: str) -> WebAddress:
    """Read an address of a page.

    Raises
    ------
    InputError
        It is none: not http or https, without a host, with a password in it, or with characters no address has.
    """
    text = words.strip()
    shown = ascii(text[:200])
    if not text or len(text) > _LONGEST or any(ord(c) < 0x21 or ord(c) == 0x7F for c in text):
        raise InputError(f"{shown} is no address of a page.", "Write it without spaces, as a browser shows it.")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise InputError(f"{shown} is no address of a page: {error}.", "Check it in a browser.") from None
    scheme = parts.scheme.lower()
    if not scheme or (scheme not in _DEFAULT_PORTS and "." in scheme):  # A host, with a port or not.
        raise InputError(f"{shown} is no whole address of a page.", "Write http:// or https:// in front of it.")
    if scheme not in _DEFAULT_PORTS:
        raise InputError(f"{shown} is not an http or https address.", "Only web pages can be fetched.")
    if parts.username is not None or parts.password is not None:
        raise InputError("The address holds a user name or password.", "Every archive would keep it: take it out.")
    host = _encode_host(parts.hostname or "", shown)
    if "[" in parts.netloc and ":" not in host:
        raise InputError(f"{shown} names no host that can be.", "In brackets stands an address of IPv6.")
    where = f"[{host}]" if ":" in host else host
    if port is not None and port != _DEFAULT_PORTS[scheme]:
        where += f":{port}"
    whole = urlunsplit((scheme, where, quote(parts.path or "/", safe=_SAFE), quote(parts.query, safe=_SAFE), ""))
    _check_askable(whole, shown)
    return WebAddress(whole, scheme, host, port or _DEFAULT_PORTS[scheme])


def _check_askable(whole: str, shown: str) -> None:
    """Refuse what the library that asks would not take: it reads the parts of a host's name by stricter rules (RFC 5891)."""
    import httpx

    try:
        _ = httpx.URL(whole).host
    except (httpx.InvalidURL, ValueError) as error:
        said = ascii(str(error))[1:-1][:120]
        raise InputError(f"{shown} names no host that can be asked: {said}.", "Check its spelling.") from None


def _encode_host(host: str, shown: str) -> str:
    try:
        name = host.rstrip(".") if ":" in host else host.rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError:
        raise InputError(f"{shown} names no host that can be.", "Check its spelling.") from None
    if not name or any(c in name for c in " /\\%<>\"'"):
        raise InputError(f"{shown} names no host.", "Write the whole address.")
    return name


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the public internet, also where it is wrapped in another."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or (ip.teredo[1] if ip.teredo else None) or ip.sixtofour
        if inner is None and ip in _MAPPED[0]:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if ip.is_site_local:
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def check_name(address: WebAddress, allow_private: bool) -> None:
    """Refuse a host that is private by its name alone, before anybody is asked.

    Raises
    ------
    RefusedError
        It is, and private ones are not allowed.
    """
    if allow_private:
        return
    if _is_number(address.host):
        if not is_public(_spell_number(address.host)):
            raise _refuse(address.host)
    elif "." not in address.host or address.host.endswith(tuple(f".{name}" for name in _LOCAL_NAMES)):
        raise _refuse(address.host)


def _is_number(host: str) -> bool:
    """Tell whether a host is an IP address, in any spelling that a system's library takes (``0x7f.1``, ``2130706433``)."""
    if ":" in host:
        return True
    try:
        socket.inet_aton(host)
    except OSError:
        return False
    return True


def _spell_number(host: str) -> str:
    return host if ":" in host else socket.inet_ntoa(socket.inet_aton(host))


def choose_addresses(host: str, port: int, resolve: Resolver, allow_private: bool) -> list[str]:
    """Return the addresses of a host that may be connected to, in the order in which they were given.

    Raises
    ------
    RefusedError
        One of them is private, and private ones are not allowed: a host that has both is not asked at all.
    InputError
        It has none.
    """
    found = list(dict.fromkeys(resolve(host, port)))
    if not found:
        raise InputError(f"The host {host} has no address.", "Check its spelling, or the network.")
    if not allow_private:
        for address in found:
            if not is_public(address):
                raise _refuse(host)
    return found


def _refuse(host: str) -> RefusedError:
    return RefusedError(
        f"{host} {PRIVATE}",
        "A page could have it asked behind your back. Where you mean it, state --allow-private.",
    )


def resolve_host(host: str, port: int) -> list[str]:
    """Ask the system for a host's addresses.

    Raises
    ------
    OSError
        It gives none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(item[4][0]) for item in found]
