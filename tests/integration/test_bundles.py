"""A bundle is checked by a stranger's tools, and every byte that is changed in it is found."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.casebooks import ACTOR, find_problems, write_sources
from tests.stamp_authority import Authority, stamping
from tests.web_server import ARTICLE, serving

from cenotaph.casebook.store import Casebook
from cenotaph.domain.errors import RefusedError
from cenotaph.services.bundles import write_bundle
from cenotaph.services.captures import add_captures
from cenotaph.services.custody import note_look, read_custody
from cenotaph.services.exports import export_captures
from cenotaph.services.fetch_wants import Wanted
from cenotaph.services.fetching import fetch_waiting, open_client, queue_addresses
from cenotaph.services.seals import seal
from cenotaph.services.stamps import ask_for_stamps


@pytest.fixture
def authority(tmp_path: Path) -> Iterator[Authority]:
    with stamping(tmp_path / "authority") as found:
        yield found


@pytest.fixture
def page(sqlite_casebook: Casebook) -> str:
    with serving() as site:
        queue_addresses(sqlite_casebook, ACTOR, [Wanted(site.page("/news", ARTICLE))])
        (outcome,) = fetch_waiting(sqlite_casebook, ACTOR, open_client(sqlite_casebook, "direct", True), sleep=lambda _: None)
    assert outcome.capture
    return outcome.capture


def check(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["sh", "check.sh"], cwd=folder, capture_output=True, text=True, check=False)


def test_a_stranger_checks_a_bundle_with_its_own_script(
    sqlite_casebook: Casebook, page: str, authority: Authority, tmp_path: Path
) -> None:
    write_sources(sqlite_casebook, 3)
    ask_for_stamps(sqlite_casebook, ACTOR, open_client(sqlite_casebook, "direct", True), authority.address, authority.roots)
    done = write_bundle(sqlite_casebook, ACTOR, page[:12], tmp_path / "bundle")
    assert done.stamps == 1 and done.last_entry > done.first_entry
    found = check(tmp_path / "bundle")
    assert found.returncode == 0, found.stdout + found.stderr
    assert "Everything matches." in found.stdout and "Time stamp:" in found.stdout
    text = (tmp_path / "bundle" / "text" / "000001.txt").read_text(encoding="utf-8")
    assert "завербованы в колонии" in text
    assert find_problems(sqlite_casebook) == []


def test_a_changed_byte_anywhere_in_a_bundle_is_found(
    sqlite_casebook: Casebook, page: str, authority: Authority, tmp_path: Path
) -> None:
    ask_for_stamps(sqlite_casebook, ACTOR, open_client(sqlite_casebook, "direct", True), authority.address, authority.roots)
    write_bundle(sqlite_casebook, ACTOR, page, tmp_path / "bundle")
    chance = random.Random(3)
    files = [path for path in sorted((tmp_path / "bundle").rglob("*")) if path.is_file() and path.name != "check.sh"]
    assert len(files) > 8
    for path in files:
        copy = tmp_path / "copy"
        shutil.copytree(tmp_path / "bundle", copy)
        changed = copy / path.relative_to(tmp_path / "bundle")
        data = bytearray(changed.read_bytes())
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        changed.write_bytes(bytes(data))
        assert check(copy).returncode != 0, path.name
        shutil.rmtree(copy)


def test_who_rewrites_the_sums_too_is_found_by_the_ledger(
    sqlite_casebook: Casebook, page: str, authority: Authority, tmp_path: Path
) -> None:
    ask_for_stamps(sqlite_casebook, ACTOR, open_client(sqlite_casebook, "direct", True), authority.address, authority.roots)
    write_bundle(sqlite_casebook, ACTOR, page, tmp_path / "bundle")
    (kept,) = (tmp_path / "bundle" / "capture").iterdir()
    kept.write_bytes(kept.read_bytes() + b"x")
    subprocess.run("sha256sum $(cut -c67- SHA256SUMS) > new; mv new SHA256SUMS", shell=True, cwd=tmp_path / "bundle", check=True)
    found = check(tmp_path / "bundle")
    assert found.returncode != 0 and "the capture is not" in found.stdout


def test_a_bundle_without_a_stamp_says_so(sqlite_casebook: Casebook, page: str, tmp_path: Path) -> None:
    write_bundle(sqlite_casebook, ACTOR, page, tmp_path / "bundle")
    found = check(tmp_path / "bundle")
    assert found.returncode == 0 and "There is no stamp" in found.stdout


def test_custody_tells_every_step_in_order(sqlite_casebook: Casebook, page: str, tmp_path: Path) -> None:
    export_captures(sqlite_casebook, ACTOR, [page], tmp_path / "a.wacz", wacz=True)
    write_bundle(sqlite_casebook, ACTOR, page, tmp_path / "bundle")
    note_look(sqlite_casebook, ACTOR, page)
    seal(sqlite_casebook, ACTOR, "capture", page, "safety")
    custody = read_custody(page)
    whats = [step.what for step in custody.steps]
    assert whats == [
        "fetched",
        "kept",
        "read",
        "handed on",
        "put into a bundle",
        "its private part shown",
        "destroyed under seal",
    ]
    assert all((step.role, step.account) == ("recorder", "tester") for step in custody.steps)
    assert custody.size is None and "127.0.0.1" not in json.dumps([step.detail for step in custody.steps])


def test_what_is_under_seal_makes_no_bundle(sqlite_casebook: Casebook, page: str, tmp_path: Path) -> None:
    seal(sqlite_casebook, ACTOR, "capture", page, "safety")
    with pytest.raises(RefusedError, match="under seal"):
        write_bundle(sqlite_casebook, ACTOR, page, tmp_path / "bundle")
    assert not (tmp_path / "bundle").exists()


def test_where_a_picture_was_taken_is_told_only_where_it_is_asked_for(sqlite_casebook: Casebook, tmp_path: Path) -> None:
    from PIL import Image

    image = Image.new("RGB", (8, 6))
    exif = image.getexif()
    exif[0x0110] = "Volunteer's camera"
    image.save(tmp_path / "a.jpg", exif=exif)
    (outcome,) = add_captures(sqlite_casebook, ACTOR, [tmp_path / "a.jpg"])
    assert outcome.capture
    assert "camera" not in repr(read_custody(outcome.capture))
    assert "Volunteer's camera" in repr(read_custody(outcome.capture, private=True))
