"""A page that a browser showed, as one group of records: what it loaded, the page as it then was, a picture and a PDF of it."""

from __future__ import annotations

from datetime import UTC, datetime

from cenotaph.capture.warc.entries import PayloadEntry
from cenotaph.capture.warc.group import CONFORMS, FORMAT
from cenotaph.capture.warc.records import FIELDS, RESPONSE, Out, WarcWriter, Written, field_block, make_record_id
from cenotaph.capture.web.browser import Loaded, Rendered, packed_headers

PICTURE, PAPER = "urn:picture:", "urn:paper:"


def write_rendered(out: Out, page: Rendered, *, software: str, route: str, robots: str) -> list[PayloadEntry]:
    """Write a page's records; return what they hold, the page itself with the role ``page``.

    Bodies are as the browser unpacked them; the headers that said how they were packed are kept under ``x-archived-``.
    """
    writer = WarcWriter(out)
    info = make_record_id("warcinfo", page.address, page.at.isoformat())
    about = [
        ("software", f"{software}, {page.browser}"),
        ("format", FORMAT),
        ("conformsTo", CONFORMS),
        ("robots", robots),
        ("route", route),
        ("description", "loaded by a browser; bodies are as it unpacked them"),
    ]
    writer.write("warcinfo", info, page.at, FIELDS, field_block(about))
    own = [("WARC-Warcinfo-ID", f"<{info}>")]
    entries = [
        _write_loaded(writer, number, loaded, own) for number, loaded in enumerate(page.loaded) if loaded.body is not None
    ]

    def add(name: str, target: str, media_type: str, data: bytes, role: str) -> None:
        record = make_record_id(name, page.address, page.at.isoformat())
        written = writer.write("resource", record, page.at, media_type, data, target=target, more=own)
        entries.append(_entry(written, "resource", target, page.at, None, media_type, role))
        beside = [*own, ("WARC-Concurrent-To", f"<{record}>")]
        about_it = make_record_id(f"{name} metadata", page.address, page.at.isoformat())
        writer.write("metadata", about_it, page.at, FIELDS, field_block([("role", role)]), target=target, more=beside)

    add("document", page.final, "text/html; charset=utf-8", page.document, "page")
    add("picture", PICTURE + page.final, "image/png", page.picture, "other")
    add("paper", PAPER + page.final, "application/pdf", page.paper, "other")
    return entries


def _write_loaded(writer: WarcWriter, number: int, loaded: Loaded, own: list[tuple[str, str]]) -> PayloadEntry:
    lines = [f"HTTP/1.1 {loaded.status} {loaded.reason}".rstrip()]
    for name, value in loaded.headers:
        shown = f"x-archived-{name}" if name.lower() in packed_headers() else name
        lines += [f"{shown}: {' '.join(part.split())}" for part in value.split("\n")]
    body = loaded.body or b""
    lines.append(f"Content-Length: {len(body)}")
    head = ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8", "replace")
    record = make_record_id("loaded", loaded.address, loaded.at.isoformat(), str(number))
    written = writer.write(
        "response", record, loaded.at, RESPONSE, head + body, target=loaded.address, head=len(head), more=own
    )
    stated = next((value for name, value in loaded.headers if name.lower() == "content-type"), "")
    return _entry(written, "response", loaded.address, loaded.at, loaded.status, stated, "requisite")


def _entry(
    written: Written, kind: str, address: str, at: datetime, status: int | None, media_type: str, role: str
) -> PayloadEntry:
    media = media_type.split(";")[0].strip().lower() or None
    when = at.astimezone(UTC).isoformat()
    return PayloadEntry(
        written.offset, written.length, kind, address, when, status, media, written.payload, written.size, role
    )
