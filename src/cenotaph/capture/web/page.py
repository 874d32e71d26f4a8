"""Fetching a page: the way through its redirects, and what it shows where that is asked for."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urljoin

from cenotaph.capture.web.client import Exchange, FetchFailed, FetchLimits, WebClient
from cenotaph.domain.errors import CenotaphError, InputError, RefusedError

REDIRECTS = (301, 302, 303, 307, 308)
MOST_REDIRECTS = 10
TRANSIENT = (408, 425, 429, 500, 502, 503, 504)


class AnsweredBadly(InputError):
    """The host answered, with no page.

    Parameters
    ----------
    status
        What it answered.
    transient
        Whether another time may do.
    """

    def __init__(self, message: str, hint: str, status: int) -> None:
        super().__init__(message, hint)
        self.status = status
        self.transient = status in TRANSIENT


@dataclass
class Page:
    """A page that was fetched; to be closed.

    Parameters
    ----------
    exchanges
        The way to it, itself last.
    requisites
        What it shows.
    missed
        What it shows and could not be had, with the reason.
    """

    exchanges: list[Exchange]
    requisites: list[Exchange] = field(default_factory=list)
    missed: list[tuple[str, str]] = field(default_factory=list)

    @property
    def last(self) -> Exchange:
        """The answer that holds the page."""
        return self.exchanges[-1]

    def close(self) -> None:
        """Let go of the answers' bytes."""
        for exchange in (*self.exchanges, *self.requisites):
            exchange.response.close()


def fetch_page(
    client: WebClient,
    address: str,
    limits: FetchLimits,
    *,
    requisites: Callable[[Exchange], list[str]] | None = None,
    most_requisites: int = 200,
    before: Callable[[str], None] = lambda _: None,
) -> Page:
    """Fetch a page, following its redirects; every step is checked as the first was.

    Parameters
    ----------
    requisites
        Gives the addresses of what a page shows; None leaves them away.
    before
        Called with each address before it is asked; waits where a host must be left alone, raises where it may not be asked.

    Raises
    ------
    InputError, RefusedError
        It was not fetched; :class:`AnsweredBadly` where the host answered with something else than a page.
    """
    client.forget()
    page = Page([])
    try:
        current = address
        seen: set[str] = set()
        while True:
            before(current)
            exchange = client.get(current, limits, "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.8")
            page.exchanges.append(exchange)
            seen.add(exchange.address)
            target = exchange.header("location")
            if exchange.status not in REDIRECTS or not target:
                break
            current = _follow(exchange.address, target)
            if current in seen or len(page.exchanges) > MOST_REDIRECTS:
                raise InputError(
                    f"The address leads in a circle, or over more than {MOST_REDIRECTS} others.",
                    "Open it in a browser, and name the address that it ends at.",
                )
        _check_answer(exchange)
        if requisites is not None:
            _fetch_requisites(client, page, requisites(exchange), limits, most_requisites, before)
    except BaseException:
        page.close()
        raise
    return page


def _follow(base: str, target: str) -> str:
    try:
        return urljoin(base, target.strip())
    except ValueError:
        raise InputError("The page sends on to what is no address.", "Open it in a browser.") from None


def _check_answer(exchange: Exchange) -> None:
    status = exchange.status
    if 200 <= status < 300 and status != 204:
        return
    words = {404: "has no such page", 410: "has taken the page away", 401: "asks for a password", 403: "lets nobody in"}
    said = words.get(status, "has no page to give")
    hint = "Look whether a web archive has it." if status in (404, 410) else "Open it in a browser; run it again later."
    raise AnsweredBadly(f"The host answered {status}: it {said}.", hint, status)


def _fetch_requisites(
    client: WebClient,
    page: Page,
    addresses: list[str],
    limits: FetchLimits,
    most: int,
    before: Callable[[str], None],
) -> None:
    had = {exchange.address for exchange in page.exchanges}
    for address in addresses:
        if address in had:
            continue
        if len(page.requisites) + len(page.missed) >= most:
            page.missed.append((address, f"a page's requisites are at most {most}"))
            continue
        had.add(address)
        try:
            before(address)
            exchange = client.get(address, limits)
            if exchange.status in REDIRECTS and (target := exchange.header("location")):
                page.requisites.append(exchange)
                exchange = client.get(_follow(exchange.address, target), limits)
            page.requisites.append(exchange)
        except (FetchFailed, InputError, RefusedError) as error:
            page.missed.append((address, error.message))


def body_of(exchange: Exchange, most: int) -> bytes:
    """Return the beginning of an answer's body, unpacked, to look into; nothing where it cannot be unpacked."""
    from cenotaph.capture.warc.payloads import decode_body

    exchange.response.seek(exchange.head)
    with suppress(CenotaphError):
        return decode_body(exchange.response, exchange.headers, most, cut=True)
    return b""
