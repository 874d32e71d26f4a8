"""Small files of the formats that are read in a process apart."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from cenotaph.capture.isolation import shared_process
from cenotaph.capture.limits import Limits
from cenotaph.capture.media_types import find_media_type
from cenotaph.domain.documents import TextDocument
from tests.made_files import LIMITS


def read(path: Path, limits: Limits = LIMITS) -> list[TextDocument]:
    """Read a file as ``capture add`` does."""
    return shared_process().read(path, find_media_type(path), limits)


def make_pdf(*pages: str) -> bytes:
    """Return a PDF with a line of ASCII text a page, built by hand; an empty text gives an empty page."""
    return draw_pdf(*(write_at(72, 720, text) if text else "" for text in pages))


def write_at(x: int, y: int, text: str) -> str:
    """Return what writes a text of 12 points on a page of a PDF."""
    return f"BT /F1 12 Tf {x} {y} Td ({text}) Tj ET\n"


def draw_pdf(*pages: str) -> bytes:
    """Return a PDF whose pages are drawn as these say, in the format's own operators."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    for at, text in enumerate(pages):
        drawn = text.encode()
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * at} 0 R "
            f"/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
    out = io.BytesIO(b"")
    out.write(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        out.write(b"%010d 00000 n \n" % place)
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()


def make_docx(path: Path) -> None:
    """Write a document with a paragraph, a table and a title."""
    import docx

    document = docx.Document()
    document.core_properties.title = "Список"
    document.core_properties.author = "Комиссия"
    document.add_paragraph("Погибли двенадцать граждан.")
    table = document.add_table(rows=2, cols=2)
    for at, words in enumerate(("Имя", "Год", "Каримов Алишер", "1990")):
        table.rows[at // 2].cells[at % 2].text = words
    document.add_paragraph("Конец.")
    document.save(str(path))


def make_packed(**parts: bytes) -> bytes:
    """Return a zip file; ``__`` in a name is a slash, a dot is ``_dot_``."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return out.getvalue()


MESSAGE = """From: =?utf-8?b?0JAuINCg0LXQv9C+0YDRgtGR0YA=?= <reporter@example.org>
To: secret.source@example.org
Subject: =?utf-8?b?0KHQv9C40YHQvtC6?=
Date: Tue, 22 Jul 2025 23:10:00 +0500
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b1"

--b1
Content-Type: multipart/alternative; boundary="b2"

--b2
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

Погибли двенадцать.
Имена не названы.
--b2
Content-Type: text/html; charset=utf-8

<p>Погибли двенадцать.</p>
--b2--
--b1
Content-Type: text/html; charset=utf-8
Content-Disposition: attachment; filename="list.html"

<html><body><p>Приложенный список погибших граждан, всего двенадцать человек из Душанбе.</p></body></html>
--b1--
"""

SAVED_PAGE = """From: <Saved by Blink>
Snapshot-Content-Location: https://example.org/news/2025/07/22/list
Subject: =?utf-8?Q?News?=
Date: Wed, 23 Jul 2025 10:00:00 -0000
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="----b"

------b
Content-Type: text/html
Content-ID: <frame-1@mhtml.blink>
Content-Transfer-Encoding: quoted-printable
Content-Location: https://example.org/news/2025/07/22/list

<html><head><meta charset=3D"utf-8"></head><body><article><p>Twelve citizens who had signed contracts in=
 Kazan were killed in July, relatives of the dead said on Tuesday.</p></article></body></html>
------b
Content-Type: image/png
Content-Transfer-Encoding: base64
Content-Location: https://example.org/a.png

AAAA
------b--
"""
