"""WARC and WACZ that others made: indexed, their pages read, broken ones kept and named."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from tests.casebooks import ACTOR, find_problems
from tests.web_server import ARTICLE

from cenotaph.capture.warc.wacz import Archived, write_wacz
from cenotaph.casebook import bulk
from cenotaph.casebook.store import Casebook
from cenotaph.services.captures import add_captures


def make_warc(gzip: bool = True, count: int = 2) -> bytes:
    """Write as another tool does: with warcio."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=gzip)
    for number in range(count):
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
        page = io.BytesIO(ARTICLE.replace("двенадцать", f"двенадцать и {number}").encode())
        writer.write_record(
            writer.create_warc_record(f"https://example.org/{number}", "response", payload=page, http_headers=headers)
        )
    picture = StatusAndHeaders("200 OK", [("Content-Type", "image/png")], protocol="HTTP/1.1")
    writer.write_record(
        writer.create_warc_record("https://example.org/a.png", "response", payload=io.BytesIO(b"x"), http_headers=picture)
    )
    return out.getvalue()


def write_pages(pages: list[str]) -> bytes:
    """Write pages as another tool does."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    for number, page in enumerate(pages):
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
        payload = io.BytesIO(page.encode())
        record = writer.create_warc_record(f"https://example.org/{number}", "response", payload=payload, http_headers=headers)
        writer.write_record(record)
    return out.getvalue()


@pytest.mark.parametrize("gzip", [True, False], ids=["packed", "plain"])
def test_the_pages_of_a_warc_file_become_documents_of_their_own(casebook: Casebook, tmp_path: Path, gzip: bool) -> None:
    (tmp_path / "a.warc.gz").write_bytes(make_warc(gzip))
    (outcome,) = add_captures(casebook, ACTOR, [tmp_path / "a.warc.gz"])
    assert (outcome.state, outcome.documents) == ("new", 2) and "3 answers" in outcome.note
    rows = bulk.fetch_rows(
        "SELECT p.address, d.text FROM document d JOIN document_detail t ON t.document = d.id "
        'JOIN payload p ON p.id = t.payload ORDER BY p."row"'
    )
    assert [row[0] for row in rows] == ["https://example.org/0", "https://example.org/1"]
    assert "двенадцать и 1" in rows[1][1]
    assert find_problems(casebook) == []


def test_a_wacz_made_elsewhere_is_read_where_its_parts_lie(sqlite_casebook: Casebook, tmp_path: Path) -> None:
    from datetime import UTC, datetime

    (tmp_path / "a.warc.gz").write_bytes(make_warc())
    archived = Archived("a.warc.gz", tmp_path / "a.warc.gz", ())
    write_wacz(tmp_path / "a.wacz", [archived], [], title="t", created=datetime(2026, 1, 1, tzinfo=UTC), software="s")
    (outcome,) = add_captures(sqlite_casebook, ACTOR, [tmp_path / "a.wacz"])
    assert outcome.documents == 2
    start, length = bulk.fetch_rows("SELECT record_start, record_length FROM payload")[1]
    import gzip

    data = (tmp_path / "a.wacz").read_bytes()[start : start + length]
    assert b"https://example.org/1" in gzip.decompress(data)


def test_a_part_of_a_wacz_that_was_changed_is_named(sqlite_casebook: Casebook, tmp_path: Path) -> None:
    from datetime import UTC, datetime

    (tmp_path / "a.warc.gz").write_bytes(make_warc())
    archived = Archived("a.warc.gz", tmp_path / "a.warc.gz", ())
    write_wacz(tmp_path / "a.wacz", [archived], [], title="t", created=datetime(2026, 1, 1, tzinfo=UTC), software="s")
    with zipfile.ZipFile(tmp_path / "a.wacz") as whole, zipfile.ZipFile(tmp_path / "b.wacz", "w") as changed:
        for name in whole.namelist():
            changed.writestr(name, whole.read(name) if not name.startswith("pages") else b"{}")
    (outcome,) = add_captures(sqlite_casebook, ACTOR, [tmp_path / "b.wacz"])
    assert "pages/pages.jsonl does not hold the bytes" in outcome.note


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.95])
def test_a_warc_file_cut_short_is_kept_and_its_whole_records_read(sqlite_casebook: Casebook, tmp_path: Path, cut: float) -> None:
    data = make_warc()
    (tmp_path / "a.warc.gz").write_bytes(data[: int(len(data) * cut)])
    (outcome,) = add_captures(sqlite_casebook, ACTOR, [tmp_path / "a.warc.gz"])
    assert outcome.state == "new" and outcome.documents <= 2
    assert ("breaks off" in outcome.note or "holds no WARC record" in outcome.note) and outcome.in_part
    assert find_problems(sqlite_casebook) == []


def test_a_record_whose_bytes_are_not_those_it_says_is_named(sqlite_casebook: Casebook, tmp_path: Path) -> None:
    data = make_warc(gzip=False).replace("Казани".encode(), "Москве".encode(), 1)
    (tmp_path / "a.warc").write_bytes(data)
    (outcome,) = add_captures(sqlite_casebook, ACTOR, [tmp_path / "a.warc"])
    assert "does not hold the bytes that it says" in outcome.note and outcome.in_part
    assert outcome.documents == 1 and bulk.fetch_rows("SELECT COUNT(*) FROM payload")[0][0] == 2


@pytest.mark.parametrize("gzip", [True, False], ids=["packed", "plain"])
def test_behind_a_broken_record_the_next_whole_ones_are_read(sqlite_casebook: Casebook, tmp_path: Path, gzip: bool) -> None:
    data = bytearray(make_warc(gzip, count=5))
    whole = bytes(data)
    starts = [at for at in range(len(whole)) if whole.startswith(b"\x1f\x8b\x08" if gzip else b"WARC/1.", at)]
    if gzip:
        data[starts[1] + 30 : starts[1] + 60] = bytes(30)
    else:  # It says that it is longer than all that is left.
        data[starts[1] : starts[2]] = whole[starts[1] : starts[2]].replace(b"Content-Length: ", b"Content-Length: 99", 1)
    (tmp_path / "a.warc").write_bytes(data)
    (outcome,) = add_captures(sqlite_casebook, ACTOR, [tmp_path / "a.warc"])
    found = [row[0] for row in bulk.fetch_rows('SELECT address FROM payload ORDER BY "row"')]
    assert found == [f"https://example.org/{name}" for name in ("0", "2", "3", "4", "a.png")]
    assert outcome.documents == 4 and outcome.in_part
    blank = 0 if gzip else 4  # The empty lines behind a plain record are none of it.
    size = starts[2] - starts[1] + blank + (0 if gzip else 2)
    assert f"{size:,} bytes from byte {starts[1] - blank:,} on hold no whole record and were not read" in outcome.note
    (tmp_path / "b.warc").write_bytes(whole)
    (outcome,) = add_captures(sqlite_casebook, ACTOR, [tmp_path / "b.warc"])
    assert outcome.documents == 5 and not outcome.in_part


@pytest.mark.parametrize("kind", ["warc", "wacz"])
def test_tables_of_each_page_of_an_archive_can_be_opened(tmp_path: Path, kind: str) -> None:
    from datetime import UTC, datetime

    from tests.made_files import LIMITS

    from cenotaph.capture.media_types import find_media_type
    from cenotaph.capture.readers import open_table

    table = "<table><tr><th>Country</th><th>Killed</th></tr><tr><td>{}</td><td>{}</td></tr></table>"
    pages = [ARTICLE.replace("</article>", table.format(*row) + "</article>") for row in (("Nepal", 7), ("Cuba", 5))]
    (tmp_path / "a.warc.gz").write_bytes(write_pages([pages[0], ARTICLE, pages[1]]))
    path = tmp_path / "a.warc.gz"
    if kind == "wacz":
        archived = Archived("a.warc.gz", path, ())
        path = tmp_path / "a.wacz"
        write_wacz(path, [archived], [], title="t", created=datetime(2026, 1, 1, tzinfo=UTC), software="s")
    opened = open_table(path, find_media_type(path), LIMITS)
    assert opened.sheets() == ("page 1, table 1", "page 3, table 1")
    assert [row.cells for row in opened.rows("page 3, table 1")] == [("Cuba", "5")]


def test_links_and_missing_lists_in_a_wacz_and_depth_in_a_message_are_said_plainly(
    sqlite_casebook: Casebook, tmp_path: Path
) -> None:
    link = zipfile.ZipInfo("archive/data.warc")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    both: dict[str, list[str | zipfile.ZipInfo]] = {
        "link.wacz": [link, "datapackage.json"],
        "no.wacz": ["archive/x", "datapackage.json"],
    }
    for name, parts in both.items():
        with zipfile.ZipFile(tmp_path / name, "w") as out:
            for part in parts:
                out.writestr(part, b"{}")
    deep = b"".join(
        b"%sContent-Type: multipart/mixed; boundary=b%d\n\n" % (b"--b%d\n" % (n - 1) if n else b"From: a@example.org\n", n)
        for n in range(3000)
    )
    (tmp_path / "deep.eml").write_bytes(deep)
    paths = [tmp_path / name for name in ("link.wacz", "no.wacz", "deep.eml")]
    notes = [intake.note for intake in add_captures(sqlite_casebook, ACTOR, paths)]
    assert "holds a link in place of a file (archive/data.warc)" in notes[0]
    assert "datapackage.json lists no resources" in notes[1]
    assert "nests its parts deeper than can be read" in notes[2] and "RecursionError" not in notes[2]
