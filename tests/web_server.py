"""A web server on loopback whose pages a test states, and which notes what it was asked."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

Answer = tuple[int, dict[str, str], bytes]

ARTICLE = """<!DOCTYPE html><html lang="ru"><head><meta charset="utf-8"><title>Погибли двенадцать — Вестник</title>
<meta property="og:site_name" content="Вестник"><meta name="author" content="А. Репортёр">
<meta property="article:published_time" content="2025-07-22T23:10:00+05:00">
<link rel="stylesheet" href="/style.css"></head>
<body><nav><ul><li><a href="/">Главная</a></li><li><a href="/war">Война</a></li></ul></nav>
<main><article><h1>Погибли двенадцать граждан</h1>
<p>В <b>июле</b> 2025 года в Душанбе сообщили о гибели двенадцати граждан, которые служили по контракту в российской армии.</p>
<p>По словам родственников, трое из них были завербованы в колонии, ещё двое подписали контракт в военкомате Казани.</p>
<img src="/photo.png" alt="Кладбище"></article></main>
<footer>© 2025 Вестник. Все права защищены.</footer></body></html>"""


@dataclass
class Site:
    """The pages by path, and the paths asked for in order."""

    pages: dict[str, Answer | Callable[[], Answer]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    agents: list[str] = field(default_factory=list)
    address: str = ""

    def page(self, path: str, text: str, media_type: str = "text/html; charset=utf-8", status: int = 200, **headers: str) -> str:
        """State a page; return its address."""
        named = {"Content-Type": media_type, **{key.replace("_", "-"): value for key, value in headers.items()}}
        self.pages[path] = (status, named, text.encode())
        return self.address + path

    def redirect(self, path: str, target: str, status: int = 302) -> str:
        """State a redirect; return its address."""
        self.pages[path] = (status, {"Location": target}, b"")
        return self.address + path


@contextmanager
def serving(certificate: Path | None = None) -> Iterator[Site]:
    """Serve until the block ends."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.asked.append(self.path)
            site.agents.append(self.headers.get("User-Agent", ""))
            found = site.pages.get(self.path, (404, {"Content-Type": "text/plain"}, b"no such page"))
            status, headers, body = found() if callable(found) else found
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if "Transfer-Encoding" not in headers and "Content-Length" not in headers:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *arguments: object) -> None:
            del format, arguments

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    scheme = "http"
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        scheme = "https"
    site.address = f"{scheme}://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
