"""What a site asks of robots (RFC 9309), and how long a host is left alone between two questions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urljoin
from urllib.robotparser import RobotFileParser

from cenotaph.capture.web.addresses import WebAddress, parse_address
from cenotaph.capture.web.client import FetchFailed, FetchLimits, WebClient
from cenotaph.capture.web.page import body_of
from cenotaph.capture.web.wire import RouteFailed
from cenotaph.domain.errors import CenotaphError, RefusedError

_MOST_BYTES = 512 * 1024  # RFC 9309, 2.5: at least 500 KiB are read.
_MOST_DELAY = 60.0


class RobotsRefused(RefusedError):
    """The site's rules keep robots from this address."""


@dataclass(frozen=True, slots=True)
class _Rules:
    parser: RobotFileParser | None
    delay: float = 0.0


class Manners:
    """Asks a site's rules once, and keeps a pause between two questions to the same host.

    Parameters
    ----------
    client, limits
        What asks for the rules.
    delay
        Least seconds between two questions to a host; the site's own ``Crawl-delay`` counts where it is longer.
    obey
        Whether the site's rules for robots are kept to.
    clock, sleep
        Where seconds come from, and what waits.
    """

    def __init__(
        self,
        client: WebClient,
        limits: FetchLimits,
        delay: float,
        obey: bool,
        clock: Callable[[], float],
        sleep: Callable[[float], None],
    ) -> None:
        self._client = client
        self._limits = FetchLimits(min(limits.bytes, 4 * _MOST_BYTES), limits.seconds, limits.silence)
        self._delay = delay
        self._obey = obey
        self._clock = clock
        self._sleep = sleep
        self._rules: dict[str, _Rules] = {}
        self._next: dict[str, float] = {}

    def wait(self, words: str) -> None:
        """Wait until a host may be asked for an address.

        Raises
        ------
        RobotsRefused
            Its rules say no.
        FetchFailed
            Its rules could not be had: then nothing is asked of it (RFC 9309, 2.3.1.4).
        """
        address = parse_address(words)
        rules = self._find_rules(address) if self._obey else _Rules(None)
        if rules.parser is not None and not rules.parser.can_fetch(self._client.agent, address.text):
            raise RobotsRefused(
                f"{address.host} asks robots to leave this address alone.",
                "Where keeping it outweighs that, state --ignore-robots: the record will say so.",
            )
        self._pause(address, max(self._delay, rules.delay))

    def _pause(self, address: WebAddress, delay: float) -> None:
        host = f"{address.host}:{address.port}"
        left = self._next.get(host, 0.0) - self._clock()
        if left > 0:
            self._sleep(left)
        self._next[host] = self._clock() + delay

    def _find_rules(self, address: WebAddress) -> _Rules:
        site = address.text.split("/", 3)
        root = "/".join(site[:3])
        if root not in self._rules:
            self._pause(address, self._delay)
            self._rules[root] = self._ask(root + "/robots.txt")
        return self._rules[root]

    def _ask(self, where: str) -> _Rules:
        for _ in range(5):  # RFC 9309, 2.3.1.2: at least five redirects are followed.
            try:
                exchange = self._client.get(where, self._limits)
            except (FetchFailed, RefusedError, RouteFailed):
                raise
            except CenotaphError as error:
                raise FetchFailed(f"The rules for robots could not be had: {error.message}", "Run it again later.") from error
            try:
                target = exchange.header("location")
                if exchange.status in (301, 302, 303, 307, 308) and target:
                    where = _follow(exchange.address, target)
                    continue
                if exchange.status >= 500 or exchange.status == 429:
                    raise FetchFailed(f"The rules for robots could not be had: {exchange.status}.", "Run it again later.")
                if exchange.status != 200:
                    return _Rules(None)
                parser = RobotFileParser()
                parser.parse(body_of(exchange, _MOST_BYTES).decode("utf-8", "replace").splitlines())
                stated = parser.crawl_delay(self._client.agent)
                return _Rules(parser, min(float(stated or 0), _MOST_DELAY))
            finally:
                exchange.response.close()
        return _Rules(None)


def _follow(base: str, target: str) -> str:
    try:
        return urljoin(base, target.strip())
    except ValueError:
        raise FetchFailed("The rules for robots stand behind what is no address.", "Run it again later.") from None
