"""What is handed on opens in other people's tools: pywb replays it, warcio and wacz find it whole."""

from __future__ import annotations

import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.archive_tools import find_tool, replaying
from tests.casebooks import ACTOR
from tests.web_server import ARTICLE, Site, serving

from cenotaph.casebook.store import Casebook
from cenotaph.services.captures import add_captures
from cenotaph.services.exports import export_captures
from cenotaph.services.fetch_wants import Wanted
from cenotaph.services.fetching import fetch_waiting, open_client, queue_addresses


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


@pytest.fixture
def exported(sqlite_casebook: Casebook, site: Site, tmp_path: Path) -> tuple[Path, Path]:
    site.page("/news", ARTICLE)
    site.page("/photo.png", "no picture", "image/png")
    queue_addresses(sqlite_casebook, ACTOR, [Wanted(site.redirect("/old", "/news"))], requisites=True)
    client = open_client(sqlite_casebook, "direct", True)
    (outcome,) = fetch_waiting(sqlite_casebook, ACTOR, client, sleep=lambda _: None)
    assert outcome.state == "kept"
    (tmp_path / "a.txt").write_bytes(b"Twelve were killed.\n")
    add_captures(sqlite_casebook, ACTOR, [tmp_path / "a.txt"])
    warc = export_captures(sqlite_casebook, ACTOR, [], tmp_path / "out.warc.gz", wacz=False)
    wacz = export_captures(sqlite_casebook, ACTOR, [], tmp_path / "out.wacz", wacz=True)
    return warc.path, wacz.path


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def ask(address: str) -> tuple[int, bytes, str]:
    opener = urllib.request.build_opener(_Stay)
    try:
        with opener.open(address, timeout=30) as answer:
            return answer.status, answer.read(), ""
    except urllib.error.HTTPError as error:
        return error.code, error.read(), error.headers.get("Location", "")


@pytest.mark.parametrize("form", ["warc", "wacz"])
def test_pywb_replays_the_page_its_redirect_and_its_picture_byte_for_byte(
    exported: tuple[Path, Path], site: Site, tmp_path: Path, form: str
) -> None:
    with replaying(tmp_path / "replay", exported[form == "wacz"]) as behind:
        assert ask(f"{behind}{site.address}/news")[:2] == (200, ARTICLE.encode())
        assert ask(f"{behind}{site.address}/photo.png")[1] == b"no picture"
        status, _, location = ask(f"{behind}{site.address}/old")
        assert status == 302 and location.endswith("/news")
        assert ask(f"{behind}{site.address}/never-asked")[0] == 404


def test_warcio_finds_every_digest_right_and_a_changed_byte_wrong(exported: tuple[Path, Path], tmp_path: Path) -> None:
    import gzip

    def check(path: Path) -> int:
        command = [sys.executable, "-m", "warcio.cli", "check", str(path)]
        return subprocess.run(command, capture_output=True, check=False).returncode

    assert check(exported[0]) == 0
    plain = gzip.decompress(exported[0].read_bytes())
    (tmp_path / "changed.warc").write_bytes(plain.replace("трое из них".encode(), "двое из них".encode()))
    assert check(tmp_path / "changed.warc") != 0


def test_the_checker_of_wacz_finds_it_valid_and_a_changed_one_not(exported: tuple[Path, Path], tmp_path: Path) -> None:
    tool = find_tool("wacz")

    def check(path: Path) -> bool:
        done = subprocess.run([tool, "validate", "-f", str(path)], capture_output=True, text=True, cwd=tmp_path, check=False)
        return done.returncode == 0 and "validation succeeded" in (done.stdout + done.stderr).lower()

    assert check(exported[1])
    data = bytearray(exported[1].read_bytes())
    data[data.index(b"archive/") + 300] ^= 1
    (tmp_path / "changed.wacz").write_bytes(bytes(data))
    assert not check(tmp_path / "changed.wacz")
