"""Fetching pages into captures: one ledger entry for each attempt, whatever came of it."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING

from cenotaph.casebook.ledger import Actor
from cenotaph.casebook.lock import hold
from cenotaph.casebook.store import Casebook
from cenotaph.domain.errors import BusyError
from cenotaph.domain.plurals import count_words
from cenotaph.services.captures import read_limits
from cenotaph.services.fetch_attempts import Attempts, Fetched
from cenotaph.services.fetch_queue import KEPT, REFUSED, WAITING, Request, read_host, read_queue
from cenotaph.services.fetch_wants import Queued, Wanted, leave_off, want
from cenotaph.services.intakes import taking_in
from cenotaph.services.sources import check_kind, make_source

if TYPE_CHECKING:
    from cenotaph.capture.web.client import WebClient

OBEYED, IGNORED = "obeyed", "ignored"


def queue_addresses(
    casebook: Casebook,
    actor: Actor,
    wanted: Iterable[Wanted],
    *,
    requisites: bool = False,
    again: bool = False,
    private: bool = False,
    dry_run: bool = False,
) -> Queued:
    """Put addresses into the queue; what is none stands there as refused, and the others go on."""
    items = list(wanted)
    with casebook.writing(actor, "capture fetch: want", dry_run=dry_run) as entry:
        queued = want(casebook, entry, items, requisites=requisites, again=again, private=private)
        entry.detail["addresses"] = queued.added
        if queued.refused:
            entry.detail["refused"] = len(queued.refused)
    return queued


def tell_queued(casebook: Casebook, queued: Queued, *, asked_for: bool) -> Iterator[Fetched]:
    """Yield what is no address, and where a person asked for them one by one, those that are not asked now, and why.

    Parameters
    ----------
    asked_for
        Whether addresses were named one by one; of a list only what is no address is told.
    """
    for refused in queued.refused:
        yield Fetched(refused.address, REFUSED, note=refused.reason)
    now = casebook.clock()
    for request in queued.standing if asked_for else ():
        tried = f" (on {request.tried_at[:10]})" if request.tried_at else ""
        if request.state == KEPT:
            note = f"kept before{tried}; --again asks anew"
            yield Fetched(request.address, KEPT, request.capture, note=note)
        elif request.state == WAITING and request.next_at is not None and request.next_at > now:
            who = "its host asks not to be asked before" if request.asked_until else "it is tried again after"
            hint = "--wait stays until then" if request.asked_until else "--wait stays until then, --again asks at once"
            said = f"{request.reason} " if request.reason and not request.asked_until else ""
            yield Fetched(request.address, WAITING, note=f"{said}{who} {request.next_at:%Y-%m-%d %H:%M}Z; {hint}".strip())
        elif request.state != WAITING:
            hint = "; --again asks anew" if read_host(request.address) else ""
            reason = (request.reason or "").rstrip(".")
            yield Fetched(request.address, request.state, note=f"{request.state} before{tried}: {reason}{hint}")


def tell_waiting(casebook: Casebook) -> str:
    """Return in words what still waits and until when; nothing where nothing does."""
    waiting = [request for request in read_queue(casebook) if request.state == WAITING]
    if not waiting:
        return ""
    until = min((request.next_at for request in waiting if request.next_at), default=None)
    when = f", the first until {until:%Y-%m-%d %H:%M}Z; --wait stays until then" if until else ""
    return f"{count_words(len(waiting), 'address', 'addresses')} still {'waits' if len(waiting) == 1 else 'wait'}{when}."


def clear_queue(casebook: Casebook, actor: Actor, addresses: Sequence[str], *, dry_run: bool = False) -> list[Request]:
    """Take off the queue what was refused or given up, or the addresses named, whatever they wait for.

    Raises
    ------
    NotFoundError
        An address stands not in the queue.
    """
    with casebook.writing(actor, "capture queue: leave off", dry_run=dry_run) as entry:
        found = leave_off(casebook, entry, addresses)
        entry.detail["requests"] = len(found)
    return found


def open_client(casebook: Casebook, route: str, allow_private: bool) -> WebClient:
    """Return a client that goes by one route.

    Raises
    ------
    UsageError
        The route is none.
    """
    from cenotaph.capture.web.client import WebClient
    from cenotaph.capture.web.routes import parse_route

    return WebClient(parse_route(route), agent=casebook.settings.text("fetch.agent"), allow_private=allow_private)


def fetch_waiting(
    casebook: Casebook,
    actor: Actor,
    client: WebClient,
    *,
    source: str | None = None,
    source_kind: str = "outlet",
    language: str | None = None,
    obey_robots: bool = True,
    patience: bool = False,
    browser: bool = False,
    encoding: str | None = None,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
    progress: Callable[[str, int], None] = lambda *_: None,
) -> Iterator[Fetched]:
    """Fetch what waits in the queue, a host at a time in turn, and yield what became of each attempt.

    Parameters
    ----------
    client
        What asks; its route is the only one.
    source, source_kind, language
        Who speaks in the pages, where it is known.
    obey_robots
        Whether sites' rules for robots are kept to; the record says so either way.
    browser
        Have an installed Chromium load each page, and keep what it loaded, the page as it then was, a picture and a PDF.
    encoding
        What the pages are in, where they declare another or none.
    patience
        Wait for those that may be tried again only later, instead of leaving them in the queue.

    Raises
    ------
    BusyError
        Another fetch is at work in this casebook.
    RouteFailed
        The route cannot be used; what waits goes on waiting.
    """
    from cenotaph.capture.web.client import FetchLimits
    from cenotaph.capture.web.robots import Manners

    check_kind(source_kind)
    settings = casebook.settings
    limits = FetchLimits(settings.number("fetch.page_bytes"), settings.number("fetch.seconds"))
    manners = Manners(client, limits, settings.share("fetch.pause_seconds"), obey_robots, clock, sleep)
    speaker = make_source(source, source_kind, language) if source else None
    robots = OBEYED if obey_robots else IGNORED
    with ExitStack() as stack:
        try:
            stack.enter_context(hold(casebook.root / "ledger" / "fetch.lock", 0))
        except BusyError as error:
            raise BusyError("Another fetch is at work in this casebook.", "Wait for it to end.") from error
        intakes = stack.enter_context(taking_in(casebook, read_limits(settings)))
        one = Attempts(casebook, actor, client, manners, limits, intakes, robots, language, browser, encoding)
        while due := _find_due(casebook, patience):
            one.waited_for.clear()
            for request, seconds in due:
                if read_host(request.address) in one.waited_for:  # It asked to be left alone since the queue was read.
                    continue
                if seconds > 0:
                    sleep(seconds)
                yield one.fetch(request, speaker)
                progress("pages", 1)


def _find_due(casebook: Casebook, patience: bool) -> list[tuple[Request, float]]:
    """Return what may be tried now, hosts in turn; else, with patience, the first that may be tried later."""
    now = casebook.clock()
    waiting = [request for request in read_queue(casebook) if request.state == WAITING]
    ready = [request for request in waiting if request.next_at is None or request.next_at <= now]
    if not ready and patience and waiting:
        first = min(waiting, key=lambda request: request.next_at or now)
        return [(first, ((first.next_at or now) - now).total_seconds())]
    hosts: dict[str, deque[Request]] = {}
    for request in ready:
        hosts.setdefault(read_host(request.address), deque()).append(request)
    turns: list[tuple[Request, float]] = []
    while hosts:
        for host in list(hosts):
            turns.append((hosts[host].popleft(), 0.0))
            if not hosts[host]:
                del hosts[host]
    return turns
