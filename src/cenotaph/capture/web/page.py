"""Fetching a page: the way through its redirects, and what it shows where that is asked for."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

from cenotaph.capture.web.client import Exchange, FetchFailed, FetchLimits, WebClient
from cenotaph.domain.errors import CenotaphError, InputError, RefusedError

REDIRECTS = (301, 302, 303, 307, 308)
MOST_REDIRECTS = 10
_MOST_WAITING = 2000
MOST_WAIT = timedelta(days=7)
ASKED_TO_WAIT = (429, 503)
TRANSIENT = (408, 425, 429, 500, 502, 503, 504)


class AnsweredBadly(InputError):
    """The host answered, with no page.

    Parameters
    ----------
    status
        What it answered.
    after
        When it asks to be asked again at the earliest (``Retry-After``); None where it does not say.
    transient
        Whether another time may do.
    """

    def __init__(self, message: str, hint: str, status: int, after: datetime | None = None) -> None:
        super().__init__(message, hint)
        self.status = status
        self.after = after
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
        Gives the addresses of what a page, or a style that it shows, shows; None leaves them away.
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
            _fetch_requisites(client, page, requisites, limits, most_requisites, before)
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
    after = read_retry_after(exchange.header("retry-after"), exchange.at) if status in ASKED_TO_WAIT else None
    raise AnsweredBadly(f"The host answered {status}: it {said}.", hint, status, after)


def read_retry_after(words: str | None, now: datetime) -> datetime | None:
    """Return when a host wants to be asked again (RFC 9110, 10.2.3): after seconds, or on a date; at most a week from now."""
    text = (words or "").strip()
    if text.isascii() and text.isdigit():
        return now + min(timedelta(seconds=int(text[:12])), MOST_WAIT)
    try:
        when = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return min(when, now + MOST_WAIT) if when > now else None


def _fetch_requisites(
    client: WebClient,
    page: Page,
    find: Callable[[Exchange], list[str]],
    limits: FetchLimits,
    most: int,
    before: Callable[[str], None],
) -> None:
    """Fetch what a page shows, then what its styles name, and so on: each address once."""
    had = {exchange.address for exchange in page.exchanges}
    waiting = deque(find(page.last))
    while waiting:
        address = waiting.popleft()
        if address in had:
            continue
        had.add(address)
        if len(page.requisites) + len(page.missed) >= most:
            page.missed.append((address, f"a page's requisites are at most {most}"))
            continue
        try:
            before(address)
            exchange = client.get(address, limits)
            if exchange.status in REDIRECTS and (target := exchange.header("location")):
                page.requisites.append(exchange)
                before(_follow(exchange.address, target))
                exchange = client.get(_follow(exchange.address, target), limits)
            page.requisites.append(exchange)
        except (FetchFailed, InputError, RefusedError) as error:
            page.missed.append((address, error.message))
            continue
        if exchange.status == 200 and len(waiting) < _MOST_WAITING:
            waiting.extend(_find_more(find, exchange))


def _find_more(find: Callable[[Exchange], list[str]], exchange: Exchange) -> list[str]:
    """Return what a style shows; a page within a page is not gone into."""
    media = (exchange.header("content-type") or "").split(";")[0].strip().lower()
    return find(exchange) if media == "text/css" else []


def body_of(exchange: Exchange, most: int) -> bytes:
    """Return the beginning of an answer's body, unpacked, to look into; nothing where it cannot be unpacked."""
    from cenotaph.capture.warc.payloads import decode_body

    exchange.response.seek(exchange.head)
    with suppress(CenotaphError):
        return decode_body(exchange.response, exchange.headers, most, cut=True)
    return b""
