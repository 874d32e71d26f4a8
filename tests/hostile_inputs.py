"""Hostile files by the thousand, from a seed: whole samples broken in every way, and files built to do harm."""

from __future__ import annotations

import gzip
import io
import json
import random
import zipfile
import zlib
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path

from cenotaph.capture.isolation import ReaderProcess
from cenotaph.capture.limits import Limits
from cenotaph.capture.media_types import WACZ, WARC
from tests.chat_exports import message
from tests.reading_samples import MESSAGE, SAVED_PAGE, draw_pdf, make_docx, make_packed, make_pdf, write_at
from tests.web_server import ARTICLE

Input = tuple[str, bytes]
"""A file's name, by whose ending it is read, and its bytes."""

_NUMBERS = (b"\xff" * 4, b"\0" * 8, b"-1", b"99999999999999999999", b"\x7f\xff\xff\xff", b"%s%n", b"\xed\xa0\x80", b"../../x")


def make_samples(folder: Path) -> dict[str, bytes]:
    """Return a whole file of each format, by name."""
    from PIL import Image

    from tests.integration.test_archives import make_warc

    make_docx(folder / "sample.docx")
    pictures = {}
    for kind, ending in (("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp"), ("TIFF", "tif")):
        image = Image.new("RGB", (40, 30), (200, 10, 10))
        exif = image.getexif()
        exif[0x0110] = "Model"
        exif.get_ifd(0x8825)[1] = "N"
        out = io.BytesIO()
        image.save(out, kind, exif=exif)
        pictures[f"a.{ending}"] = out.getvalue()
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("archive/a.warc.gz", make_warc())
        packed.writestr("datapackage.json", json.dumps({"resources": []}))
    export = {"name": "x", "type": "public_channel", "id": 1, "messages": [message(n, ["a", {"text": "b"}]) for n in range(20)]}
    from tests.integration.test_chats import HTML

    return {
        "a.html": ARTICLE.encode(),
        "a.pdf": make_pdf("Twelve were killed.", "Three are missing."),
        "a.docx": (folder / "sample.docx").read_bytes(),
        "a.eml": MESSAGE.encode(),
        "a.mhtml": SAVED_PAGE.encode(),
        "a.warc.gz": make_warc(),
        "b.warc": make_warc(gzip=False),
        "a.wacz": archive.getvalue(),
        "result.json": json.dumps(export).encode(),
        "messages.html": HTML.encode(),
        **pictures,
    }


def break_sample(data: bytes, chance: random.Random) -> bytes:
    """Return a sample broken in one to four ways."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(out)) if out else 0
        match chance.randrange(7):
            case 0:
                del out[at:]
            case 1:
                for _ in range(chance.randint(1, 20)):
                    if out:
                        out[chance.randrange(len(out))] = chance.randrange(256)
            case 2:
                del out[at : at + chance.randint(1, 200)]
            case 3:
                out[at:at] = out[at : at + chance.randint(1, 500)] * chance.randint(1, 20)
            case 4:
                out[at:at] = chance.choice(_NUMBERS)
            case 5:
                out[at : at + 4] = chance.randbytes(4)
            case _:
                other = chance.randrange(len(out)) if out else 0
                out[at : at + 50], out[other : other + 50] = out[other : other + 50], out[at : at + 50]
    return bytes(out)


def built_inputs() -> Iterator[Input]:
    """Yield files that were built to do harm."""
    deep = 200_000
    yield "deep.html", b"<html><body>" + b"<div>" * deep + b"x"
    yield "deep2.html", b"<html><body>" + b"<b><i><a><font>" * 20_000 + b"x"
    yield "wide.html", b"<html><body>" + b"<p>word " * 300_000
    yield "attributes.html", b"<html><body " + b"".join(b"a%d=1 " % n for n in range(100_000)) + b">x"
    yield "script.html", b"<html><script src=http://127.0.0.1:1/x></script><iframe src=file:///etc/passwd></iframe><p>x"
    yield "entity.html", b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body><p>&x; word</p></body></html>'
    yield "linked.html", b'<html><script type="application/ld+json">' + b"[" * deep + b"</script><body><p>x</p></body></html>"
    yield "nul.html", b"\0" * 100_000
    framed = "<p>word word word word word word</p>"
    for _ in range(6):
        framed = f"<iframe srcdoc='{escape(framed)}'></iframe>" * 4
    yield "frames.html", f"<html><body>{framed}".encode()
    yield "data.html", b"<html><body>" + b"<iframe src='data:text/html;base64,!!!!'></iframe>" * 20_000 + b"x"
    yield "dates.html", b"<html><body><h1>x</h1>" + b"<time>1 1 1 1 1.1.1.1-1-1-1 May May 2025 2025</time>" * 20_000
    yield "spans.html", b"<html><body><table>" + b"<tr><td colspan=1000 rowspan=60000>1</td></tr>" * 20_000 + b"</table>x"
    laughs = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    evil = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">' + laughs + b"]><x>&l9;</x>"
    types = {"[Content_Types]_dot_xml": b""}
    yield "laughs.docx", make_packed(**types, word__document_dot_xml=evil)
    yield "bomb.docx", make_packed(**types, word__document_dot_xml=b"\0" * 60_000_000)
    nested = b"".join(b"<w:p>" for _ in range(50_000))
    name = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    yield "deep.docx", make_packed(**types, word__document_dot_xml=b'<w:d xmlns:w="%s">' % name + nested)
    inner = make_packed(**types, word__document_dot_xml=b"x")
    for _ in range(50):
        inner = make_packed(a_dot_zip=inner, **types, word__document_dot_xml=b"<x/>")
    yield "russian-doll.docx", inner
    yield from _pdfs()
    yield "deep.eml", b"".join(
        b'From: a@b\nTo: c@d\nSubject: s\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n)
        for n in range(3000)
    )
    forwarded = b"From: a@b\nTo: c@d\nDate: x\nSubject: s\nMIME-Version: 1.0\nContent-Type: message/rfc822\n\n"
    yield "forwarded.eml", forwarded * 2000 + b"text"
    yield "headers.eml", b"From: a@b\nTo: c@d\nSubject: s\n" + b"X: y\n" * 200_000 + b"\ntext"
    yield "date.eml", b"From: a@b\nTo: c@d\nSubject: =?utf-8?b?////?=\nDate: 99 Foo 99999 99:99:99 +9999\n\ntext"
    yield "encoding.eml", b"From: a@b\nTo: c@d\nSubject: s\nContent-Type: text/plain; charset=\xff\xff\n\n\xff\xfe"
    yield "cyclic.mhtml", SAVED_PAGE.replace("text/html", "multipart/related", 1).encode() * 50
    yield from _pictures()
    yield from _archives()
    yield from _chats()


def _pdfs() -> Iterator[Input]:
    rules = "".join(f"{at % 600} 0 m {at % 600} 790 l S 0 {at % 790} m 600 {at % 790} l S\n" for at in range(30_000))
    yield "rules.pdf", draw_pdf(*[write_at(72, 720, "word") + rules] * 3)
    grid = "".join(f"{at} 0 m {at} 790 l S 0 {at} m 600 {at} l S\n" for at in range(0, 600, 3))
    yield "grid.pdf", draw_pdf(*["".join(write_at(x, y, "1") for x in range(0, 600, 9) for y in range(0, 700, 9)) + grid] * 20)
    yield "lines.pdf", draw_pdf("".join(write_at(x, y, "1") for y in range(0, 20_000, 14) for x in (0, 200, 400)))
    cyclic = make_pdf("a").replace(b"/Kids [4 0 R]", b"/Kids [2 0 R]")
    yield "cyclic.pdf", cyclic
    yield "parent.pdf", make_pdf("a").replace(b"/Contents 5 0 R", b"/Contents 4 0 R")
    packed = zlib.compress(b"BT /F1 12 Tf (x) Tj ET " * 2_000_000)
    body = b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(packed) + packed + b"\nendstream"
    yield "bomb.pdf", make_pdf("a").replace(b"<< /Length 37 >>\nstream\nBT /F1 12 Tf 72 720 Td (a) Tj ET\nendstream", body)
    yield "script.pdf", make_pdf("a").replace(b"/Type /Catalog", b"/Type /Catalog /OpenAction << /S /Launch /F (/bin/sh) >>")
    yield "many.pdf", make_pdf("a").replace(b"/Count 1", b"/Count 2147483647")
    yield "nest.pdf", b"%PDF-1.7\n1 0 obj\n" + b"[" * 200_000
    yield "table.pdf", b"%PDF-1.7\nxref\n0 2147483647\n" + b"0" * 1000


def _pictures() -> Iterator[Input]:
    head = b"\x89PNG\r\n\x1a\n"
    size = b"IHDR" + (1 << 30).to_bytes(4, "big") * 2 + b"\x08\x02\0\0\0"
    yield "huge.png", head + (13).to_bytes(4, "big") + size + zlib.crc32(size).to_bytes(4, "big")
    text = b"zTXtx\0\0" + zlib.compress(b"\0" * 50_000_000)
    chunk = (len(text) - 4).to_bytes(4, "big") + text + zlib.crc32(text).to_bytes(4, "big")
    small = b"IHDR" + (8).to_bytes(4, "big") * 2 + b"\x08\x02\0\0\0"
    yield "text-bomb.png", head + (13).to_bytes(4, "big") + small + zlib.crc32(small).to_bytes(4, "big") + chunk
    loop = b"II*\0\x08\0\0\0" + (1).to_bytes(2, "little") + b"\x69\x87\x04\0\x01\0\0\0\x08\0\0\0" + (8).to_bytes(4, "little")
    yield "cyclic.tif", loop
    yield "count.tif", b"II*\0\x08\0\0\0" + b"\xff\xff" + b"\x0e\x01\x02\0\xff\xff\xff\xff\x08\0\0\0" * 100
    yield "exif.jpg", b"\xff\xd8\xff\xe1\xff\xffExif\0\0" + loop * 1000
    yield "segments.jpg", b"\xff\xd8" + b"\xff\xe1\0\x02" * 100_000


def _archives() -> Iterator[Input]:
    def record(head: bytes, block: bytes, length: int | None = None) -> bytes:
        size = len(block) if length is None else length
        fixed = b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: http://a/\r\nContent-Length: %d\r\n" % size
        return fixed + head + b"\r\n" + block + b"\r\n\r\n"

    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n"
    bomb = answer + gzip.compress(b"<p>" + b"\0" * 200_000_000)
    kind = b"Content-Type: application/http; msgtype=response\r\n"
    yield "bomb.warc", record(kind, bomb)
    yield "member-bomb.warc.gz", gzip.compress(record(kind, b"\0" * 200_000_000))
    yield "longer.warc", record(kind, answer, 1 << 40)
    yield "negative.warc", record(kind, answer, -5)
    yield "header.warc", b"WARC/1.1\r\n" + b"X: y\r\n" * 300_000
    yield "line.warc", b"WARC/1.1\r\nWARC-Type: " + b"a" * 5_000_000
    yield "address.warc", record(kind, answer).replace(b"http://a/", b"http://a/\x1b[2J\x07")
    yield "again.warc.gz", gzip.compress(gzip.compress(gzip.compress(record(kind, answer))))
    chunks = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFF\r\nx"
    yield "chunk.warc", record(kind, chunks)
    many = io.BytesIO()
    with zipfile.ZipFile(many, "w") as packed:
        for number in range(3000):
            packed.writestr(f"archive/{number}.warc", b"WARC/1.1\r\n")
        packed.writestr("datapackage.json", json.dumps({"resources": [{"path": "../../x", "hash": "sha256:0"}]}))
    yield "many.wacz", many.getvalue()
    yield "bomb.wacz", make_packed(archive__a_dot_warc=b"\0" * 80_000_000, datapackage_dot_json=b"{}")
    yield "package.wacz", make_packed(archive__a_dot_warc=b"x", datapackage_dot_json=b"[" * 100_000)


def _chats() -> Iterator[Input]:
    yield "deep/result.json", b'{"messages": [' + b"[" * 200_000
    yield "deep2/result.json", b'{"a":' * 100_000
    yield "long/result.json", b'{"messages": [{"id": 1, "text": "' + b"a" * 40_000_000
    yield "number/result.json", b'{"messages": [{"id": ' + b"9" * 100_000 + b"}]}"
    yield "date/result.json", b'{"messages": [{"id": 1, "type": "message", "date_unixtime": "9e99", "text": {"a": 1}}]}'
    yield "lone/result.json", b'{"messages": [{"id": 1, "type": "message", "text": "\\ud800", "from": "\\u0000"}]}'
    yield "types/result.json", b'{"messages": [{"id": [], "text": 5}, 7, null, {"id": 2, "photo": 9, "poll": {"answers": 3}}]}'
    yield "deep/messages.html", b'<div class="message default" id="message1">' + b"<div class=text>" * 100_000


def mislabel(samples: dict[str, bytes], chance: random.Random) -> Input:
    """Return one sample under the name of another."""
    name, other = chance.sample(sorted(samples), 2)
    return name, samples[other]


def make_inputs(folder: Path, count: int, seed: int) -> Iterator[Input]:
    """Yield so many broken and mislabelled files, after those that were built."""
    yield from built_inputs()
    samples = make_samples(folder)
    chance = random.Random(seed)
    names = sorted(samples)
    for number in range(count):
        name = names[number % len(names)]
        if number % 20 == 19:
            yield mislabel(samples, chance)
        else:
            yield name, break_sample(samples[name], chance)


_TYPES = {
    ".html": "text/html",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".eml": "message/rfc822",
    ".mhtml": "multipart/related",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".tif": "image/tiff",
}


def read_input(process: ReaderProcess, path: Path, limits: Limits) -> int:
    """Read a hostile file as its name says, whatever its bytes are; return how much was read out of it."""
    jobs: dict[str, Callable[[], int]] = {
        "result.json": lambda: sum(1 for _ in process.read_chat(path, limits, form="json", own=None)),
        "messages.html": lambda: sum(1 for _ in process.read_chat(path, limits, form="html", own=None)),
    }
    if path.name in jobs:
        return jobs[path.name]()
    if path.name.endswith((".warc", ".warc.gz")):
        return _read_archive(process, path, limits)
    if path.suffix == ".wacz":
        return sum(1 for _ in process.inspect(path, limits))
    return len(process.read(path, _TYPES[path.suffix], limits))


def _read_archive(process: ReaderProcess, path: Path, limits: Limits) -> int:
    entries = list(process.index(path, limits))
    return sum(len(process.read(path, WARC, limits, record=entry)) for entry in entries if entry.media_type == "text/html")


__all__ = ["WACZ", "Input", "built_inputs", "make_inputs", "make_samples", "read_input"]
