"""What is handed on: WARC that warcio finds whole, WACZ whose parts have the hashes that it says."""

from __future__ import annotations

import contextlib
import gzip
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.casebooks import ACTOR, find_problems
from tests.web_server import ARTICLE, Site, serving

from cenotaph.capture.warc.wacz import check_wacz, sort_key
from cenotaph.casebook.store import Casebook
from cenotaph.domain.errors import LedgerBrokenError, RefusedError
from cenotaph.services.captures import add_captures
from cenotaph.services.exports import export_captures
from cenotaph.services.fetch_wants import Wanted
from cenotaph.services.fetching import fetch_waiting, open_client, queue_addresses
from cenotaph.services.ledger import list_entries
from cenotaph.services.seals import seal


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


@pytest.fixture
def page(sqlite_casebook: Casebook, site: Site) -> str:
    site.page("/photo.png", "no picture", "image/png")
    queue_addresses(sqlite_casebook, ACTOR, [Wanted(site.page("/news", ARTICLE))], requisites=True)
    client = open_client(sqlite_casebook, "direct", True)
    (outcome,) = fetch_waiting(sqlite_casebook, ACTOR, client, sleep=lambda _: None)
    assert outcome.capture
    return outcome.capture


def read_warc(path: Path) -> list[tuple[str, str, bytes]]:
    from warcio.archiveiterator import ArchiveIterator

    found = []
    with path.open("rb") as stream:
        for record in ArchiveIterator(stream, check_digests=True):
            body = record.content_stream().read()
            assert record.digest_checker.passed is not False
            found.append((record.rec_type, record.rec_headers.get_header("WARC-Target-URI"), body))
    return found


def test_pages_and_files_go_into_one_warc_file(sqlite_casebook: Casebook, page: str, site: Site, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"Twelve were killed.\n")
    (text,) = add_captures(sqlite_casebook, ACTOR, [tmp_path / "a.txt"])
    done = export_captures(sqlite_casebook, ACTOR, [], tmp_path / "out.warc.gz", wacz=False)
    found = read_warc(done.path)
    assert ("response", site.address + "/news", ARTICLE.encode()) in found
    assert ("resource", f"urn:sha256:{text.capture}", b"Twelve were killed.\n") in found
    assert find_problems(sqlite_casebook) == []


def test_a_wacz_lists_its_pages_and_every_part_has_its_hash(
    sqlite_casebook: Casebook, page: str, site: Site, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_bytes(b"Twelve were killed.\n")
    add_captures(sqlite_casebook, ACTOR, [tmp_path / "a.txt"])
    done = export_captures(sqlite_casebook, ACTOR, [], tmp_path / "out.wacz", wacz=True)
    with done.path.open("rb") as stream:
        assert check_wacz(stream) == []
    with zipfile.ZipFile(done.path) as archive:
        pages = [json.loads(line) for line in archive.read("pages/pages.jsonl").splitlines()]
        assert pages[1]["url"] == site.address + "/news" and "колонии" in pages[1]["text"]
        lines = gzip.decompress(archive.read("indexes/index.cdx.gz")).decode().splitlines()
        assert lines == sorted(lines)
        for line in lines:
            fields = json.loads(line.split(" ", 2)[2])
            warc = archive.read("archive/" + fields["filename"])
            at, length = int(fields["offset"]), int(fields["length"])
            record = gzip.decompress(warc[at : at + length])
            assert fields["url"].encode() in record.split(b"\r\n\r\n")[0]


def test_a_changed_byte_in_a_wacz_is_found(sqlite_casebook: Casebook, page: str, tmp_path: Path) -> None:
    done = export_captures(sqlite_casebook, ACTOR, [page], tmp_path / "out.wacz", wacz=True)
    data = bytearray(done.path.read_bytes())
    at = data.index(b"archive/") + 200
    data[at] ^= 1
    (tmp_path / "changed.wacz").write_bytes(bytes(data))
    with (tmp_path / "changed.wacz").open("rb") as stream, contextlib.suppress(zipfile.BadZipFile):
        assert check_wacz(stream) != []


def test_every_export_stands_in_the_ledger(sqlite_casebook: Casebook, page: str, tmp_path: Path) -> None:
    done = export_captures(sqlite_casebook, ACTOR, [page[:12]], tmp_path / "out.wacz", wacz=True)
    last = list(list_entries())[-1]
    assert last.action == "capture export"
    assert last.detail["captures"] == [page] and last.detail["sha256"] == done.sha256


def test_what_is_under_seal_stays_and_what_was_changed_stops_the_export(
    sqlite_casebook: Casebook, page: str, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_bytes(b"Twelve were killed.\n")
    (text,) = add_captures(sqlite_casebook, ACTOR, [tmp_path / "a.txt"])
    assert text.capture
    seal(sqlite_casebook, ACTOR, "capture", text.capture, "safety")
    done = export_captures(sqlite_casebook, ACTOR, [], tmp_path / "out.wacz", wacz=True)
    assert (done.captures, done.sealed) == (1, (text.capture,))
    with pytest.raises(RefusedError, match="exists already"):
        export_captures(sqlite_casebook, ACTOR, [], tmp_path / "out.wacz", wacz=True)
    kept = sqlite_casebook.objects / page[:2] / page
    kept.chmod(0o644)
    kept.write_bytes(kept.read_bytes()[:-1])
    with pytest.raises(LedgerBrokenError, match="changed"):
        export_captures(sqlite_casebook, ACTOR, [page], tmp_path / "other.wacz", wacz=True)
    assert not (tmp_path / "other.wacz").exists() and not list(tmp_path.glob("*.partial"))


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("https://www.example.org/A/b?z=1&a=2", "org,example)/a/b?a=2&z=1"),
        ("http://example.org:8080", "org,example:8080)/"),
        ("https://10.1.2.3/x", "3,2,1,10)/x"),
        ("urn:sha256:00", "urn:sha256:00"),
    ],
)
def test_an_index_sorts_addresses_by_their_host_from_the_end(address: str, key: str) -> None:
    assert sort_key(address) == key
