"""Driving an installed Chromium over its own pipe: what it loads, the page as it is then, a picture and a PDF of it."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import select
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cenotaph.capture.web.addresses import check_name, parse_address
from cenotaph.capture.web.client import FetchFailed, WebClient
from cenotaph.capture.web.gate import gate
from cenotaph.domain.errors import RefusedError, StoreError, TooLargeError, UsageError

_PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_FLAGS = (
    "--headless=new",
    "--remote-debugging-pipe",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-site-isolation-trials",
    "--disable-features=IsolateOrigins,site-per-process,OptimizationHints,Translate,MediaRouter,NetworkTimeServiceQuerying",
    "--disable-extensions",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-quic",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--metrics-recording-only",
    "--safebrowsing-disable-auto-update",
    "--password-store=basic",
    "--use-mock-keychain",
    "--window-size=1280,1600",
)
_QUIET_SECONDS = 1.5
_TALLEST = 20_000
_PACKED = ("content-encoding", "transfer-encoding", "content-length")


@dataclass
class Loaded:
    """One answer that the browser took.

    Parameters
    ----------
    address, status, reason, headers
        What was answered; names of headers as they came.
    body
        Its body unpacked, as the browser gives it; None where it gives none.
    peer
        Not known: the browser goes through the gate.
    """

    address: str
    at: datetime
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes | None = None


@dataclass
class Rendered:
    """A page as a browser showed it.

    Parameters
    ----------
    address, final
        What was asked for, and where it ended.
    at
        When.
    browser
        Which browser it was.
    loaded
        What it loaded, in order.
    document, picture, paper
        The page's elements as they then were (HTML), the whole of it as a picture (PNG) and as a PDF.
    refused
        What it would have loaded and was not let.
    """

    address: str
    final: str
    at: datetime
    browser: str
    loaded: list[Loaded]
    document: bytes
    picture: bytes
    paper: bytes
    refused: list[str] = field(default_factory=list)


def find_browser() -> str:
    """Return the path of an installed Chromium.

    Raises
    ------
    UsageError
        There is none.
    """
    for name in _PROGRAMS:
        if found := shutil.which(name):
            return found
    raise UsageError("There is no Chromium on this machine.", "Install Chromium, or fetch without --browser.")


def render_page(
    client: WebClient, words: str, *, seconds: float, most_bytes: int, clock: Callable[[], float] = time.monotonic
) -> Rendered:
    """Load a page in a browser of its own, with a fresh profile, through the client's route alone.

    Parameters
    ----------
    client
        Whose route, resolver and leave for private addresses hold.
    seconds
        Longest time until it is taken as it then is.
    most_bytes
        Most bytes of everything it loads.

    Raises
    ------
    RefusedError, FetchFailed, TooLargeError, UsageError
        It was not loaded.
    """
    address = parse_address(words)
    check_name(address, client.allow_private)
    program = find_browser()
    with gate(client.route, client.resolve, client.allow_private) as door, _running(program, door.port, client.agent) as pipe:
        pipe.on_asked = door.let
        page = _Page(pipe, clock() + seconds, clock, most_bytes)
        at = datetime.now(UTC)
        version = str(pipe.call("Browser.getVersion", {}, "", page.left()).get("product", "Chromium"))
        page.open()
        page.go(address.text)
        if page.failed:
            if door.refused:
                raise RefusedError(door.refused[0], "A page could have it asked behind your back: --allow-private allows it.")
            raise FetchFailed(f"{address.host} could not be loaded: {ascii(page.failed)[1:100]}.", "Run it again later.")
        page.read_bodies()
        return Rendered(
            address.text,
            page.address() or address.text,
            at,
            version,
            list(page.loaded.values()),
            page.document(),
            page.picture(),
            page.paper(),
            list(dict.fromkeys(door.refused)),
        )


@contextmanager
def _running(program: str, port: int, agent: str) -> Iterator[_Pipe]:
    with tempfile.TemporaryDirectory(prefix="cenotaph-browser-", ignore_cleanup_errors=True) as profile:
        to_browser, from_us = os.pipe()
        to_us, from_browser = os.pipe()

        def wire() -> None:
            os.setsid()
            # Out of the way first: one of them may be 3 or 4 itself.
            reading, writing = os.dup(to_browser), os.dup(from_browser)
            os.dup2(reading, 3)
            os.dup2(writing, 4)

        command = [program, *_FLAGS, f"--user-data-dir={profile}", f"--proxy-server=http://127.0.0.1:{port}"]
        command += ["--proxy-bypass-list=<-loopback>", f"--user-agent={agent}", "about:blank"]
        if os.getuid() == 0:
            command.insert(1, "--no-sandbox")  # Chromium's own sandbox does not run for root.
        environment = {key: os.environ[key] for key in ("PATH", "LANG", "TZ") if key in os.environ} | {"HOME": profile}
        try:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=environment,
                pass_fds=(3, 4),
                preexec_fn=wire,
            )
        except OSError as error:
            for handle in (to_browser, from_us, to_us, from_browser):
                os.close(handle)
            raise StoreError(f"The browser cannot be started: {error.strerror}.", "Does it run by itself?") from error
        os.close(to_browser)
        os.close(from_browser)
        try:
            yield _Pipe(from_us, to_us)
        finally:
            os.close(from_us)
            os.close(to_us)
            with contextlib.suppress(OSError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


class _Pipe:
    """Messages of the DevTools protocol, one JSON text and a NUL each."""

    def __init__(self, out: int, back: int) -> None:
        self._out = out
        self._back = back
        self._number = 0
        self._waiting = b""
        self.on_asked: Callable[[str], None] = lambda _: None
        self.events: list[dict[str, Any]] = []

    def call(self, method: str, parameters: dict[str, Any], session: str, seconds: float) -> dict[str, Any]:
        """Ask for something and return the answer; what happens meanwhile is kept."""
        number = self._send(method, parameters, session)
        end = time.monotonic() + seconds
        while True:
            found = self.read(end - time.monotonic())
            if found is None:
                raise FetchFailed("The browser did not answer in time.", "Run it again later.")
            if found.get("id") == number:
                if "error" in found:
                    said = ascii(found["error"].get("message"))[1:80]
                    raise FetchFailed(f"The browser refused {method}: {said}.", "Run it again.")
                return dict(found.get("result", {}))

    def _send(self, method: str, parameters: dict[str, Any], session: str) -> int:
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        data = json.dumps(message).encode() + b"\0"
        try:
            while data:
                data = data[os.write(self._out, data) :]
        except OSError as error:
            raise FetchFailed("The browser ended.", "Run it again; does it run by itself?") from error
        return self._number

    def read(self, seconds: float) -> dict[str, Any] | None:
        """Return the next message, None where none comes in time; events are kept too."""
        while b"\0" not in self._waiting:
            ready, _, _ = select.select([self._back], [], [], max(0.0, seconds))
            if not ready:
                return None
            chunk = os.read(self._back, 1 << 20)
            if not chunk:
                raise FetchFailed("The browser ended.", "Run it again; does it run by itself?")
            self._waiting += chunk
        line, _, self._waiting = self._waiting.partition(b"\0")
        found: dict[str, Any] = json.loads(line)
        if found.get("method") == "Fetch.requestPaused":
            self.on_asked(str(found["params"]["request"]["url"]))
            self._send("Fetch.continueRequest", {"requestId": found["params"]["requestId"]}, str(found.get("sessionId", "")))
        elif "method" in found:
            self.events.append(found)
        return found


class _Page:
    """One page in the browser."""

    def __init__(self, pipe: _Pipe, deadline: float, clock: Callable[[], float], most_bytes: int) -> None:
        self._pipe = pipe
        self._deadline = deadline
        self._clock = clock
        self._most = most_bytes
        self._session = ""
        self._open: set[str] = set()
        self._finished: list[str] = []
        self._shown = False
        self.failed = ""
        self.loaded: dict[str, Loaded] = {}

    def left(self) -> float:
        """Return how many seconds are left, at least ten for what must be done at the end."""
        return max(10.0, self._deadline - self._clock())

    def _call(self, method: str, **parameters: Any) -> dict[str, Any]:
        found = self._pipe.call(method, parameters, self._session, self.left())
        self._take_events()
        return found

    def open(self) -> None:
        """Open a page and listen."""
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        self._session = str(self._call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"])
        self._call("Network.enable", maxTotalBufferSize=min(self._most, 1 << 30))
        self._call("Network.setBypassServiceWorker", bypass=True)
        self._call("Page.enable")
        self._call("Fetch.enable", patterns=[{"urlPattern": "*"}])

    def go(self, address: str) -> None:
        """Go to an address, and wait until nothing more is loaded or the time is over."""
        found = self._call("Page.navigate", url=address)
        self.failed = str(found.get("errorText") or "")
        quiet_since = self._clock()
        while not self.failed and self._clock() < self._deadline:
            if self._pipe.read(0.2) is not None or self._open or not self._shown:
                quiet_since = self._clock() if (self._open or not self._shown) else quiet_since
                self._take_events()
            if self._shown and not self._open and self._clock() - quiet_since > _QUIET_SECONDS:
                break

    def _take_events(self) -> None:
        events, self._pipe.events = self._pipe.events, []
        for event in events:
            values = event.get("params", {})
            number = str(values.get("requestId", ""))
            match event["method"]:
                case "Network.requestWillBeSent":
                    if "redirectResponse" in values:
                        self._note(f"{number} redirected {len(self.loaded)}", values["redirectResponse"])
                    self._open.add(number)
                case "Network.responseReceived":
                    self._note(number, values["response"])
                case "Network.loadingFinished":
                    self._open.discard(number)
                    self._finished.append(number)
                case "Network.loadingFailed":
                    self._open.discard(number)
                case "Page.loadEventFired":
                    self._shown = True

    def _note(self, number: str, response: dict[str, Any]) -> None:
        address = str(response.get("url", ""))
        if address.startswith(("http://", "https://")):
            headers = tuple((str(key), str(value)) for key, value in dict(response.get("headers", {})).items())
            status = int(response.get("status", 0))
            self.loaded[number] = Loaded(address, datetime.now(UTC), status, str(response.get("statusText", "")), headers)

    def read_bodies(self) -> None:
        """Take the bodies of what was loaded.

        Raises
        ------
        TooLargeError
            They are more than may be.
        """
        total = 0
        for number in self._finished:
            if number not in self.loaded:
                continue
            try:
                found = self._call("Network.getResponseBody", requestId=number)
            except FetchFailed:
                continue
            text = str(found.get("body", ""))
            body = base64.b64decode(text) if found.get("base64Encoded") else text.encode("utf-8", "surrogatepass")
            total += len(body)
            if total > self._most:
                raise TooLargeError(f"The page loads over {self._most:,} bytes.", "Raise fetch.page_bytes where it is wanted.")
            self.loaded[number].body = body

    def address(self) -> str:
        """Return where the page ended."""
        return self._evaluate("location.href")

    def document(self) -> bytes:
        """Return its elements as they are now."""
        words = self._evaluate(
            "(document.doctype ? '<!DOCTYPE ' + document.doctype.name + '>' : '') + document.documentElement.outerHTML"
        )
        return words.encode("utf-8", "replace")

    def _evaluate(self, script: str) -> str:
        found = self._call("Runtime.evaluate", expression=script, returnByValue=True)
        return str(found.get("result", {}).get("value", ""))

    def picture(self) -> bytes:
        """Return the whole page as a picture, at most 20,000 points tall."""
        size = self._call("Page.getLayoutMetrics").get("cssContentSize", {})
        width, height = int(size.get("width", 1280)) or 1280, min(int(size.get("height", 1600)) or 1600, _TALLEST)
        clip = {"x": 0, "y": 0, "width": min(width, 4000), "height": height, "scale": 1}
        return base64.b64decode(self._call("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=clip)["data"])

    def paper(self) -> bytes:
        """Return it as a PDF."""
        return base64.b64decode(self._call("Page.printToPDF", printBackground=True)["data"])


def packed_headers() -> tuple[str, ...]:
    """Return the headers that tell how a body was packed, which the browser has undone."""
    return _PACKED


__all__ = ["Loaded", "Path", "Rendered", "find_browser", "packed_headers", "render_page"]
