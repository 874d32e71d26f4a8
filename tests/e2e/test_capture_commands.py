"""Capturing on the command line: fetch, queue, export, check, show, place, bundle, chat, encrypt; exit codes and what is said."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.chat_exports import message, write_account, write_export
from tests.commands import run
from tests.reading_samples import make_pdf
from tests.web_server import ARTICLE, Site, serving


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    run("init", "book", cwd=tmp_path)
    settings = tmp_path / "book" / "casebook.toml"
    settings.write_text(settings.read_text().replace("pause_seconds = 2.0", "pause_seconds = 0.0"), encoding="utf-8")
    return tmp_path / "book"


def test_a_page_goes_from_its_address_to_a_bundle(folder: Path, site: Site) -> None:
    address = site.page("/news", ARTICLE)
    said = run("capture", "fetch", address, "--allow-private", "--source", "Вестник", cwd=folder).stdout
    assert said.startswith(f"kept: {address}  capture ")
    listed = json.loads(run("capture", "list", "--json", cwd=folder).stdout)
    capture, (document,) = listed["id"], listed["documents"]
    assert "Every capture has the bytes" in run("capture", "check", cwd=folder).stdout
    shown = run("capture", "show", capture[:10], cwd=folder).stdout
    assert "published_basis: meta article:published_time" in shown and "fetched" in shown
    placed = run("capture", "place", document, "0", "26", cwd=folder).stdout
    assert "/h1[1]/text()[1], from 0: Погибли двенадцать граждан" in placed
    run("capture", "export", capture[:10], "--wacz", "page.wacz", cwd=folder)
    run("capture", "bundle", capture[:10], "../bundle", cwd=folder)
    assert (folder.parent / "bundle" / "README.txt").read_text(encoding="utf-8").startswith("EVIDENCE BUNDLE")
    assert "same: " in run("capture", "check", "--live", "--allow-private", cwd=folder).stdout
    del site.pages["/news"]
    assert "gone: " in run("capture", "check", "--live", "--allow-private", cwd=folder).stdout
    assert "gone: " in run("capture", "check", "--gone", cwd=folder).stdout
    assert "Everything matches" in run("ledger", "verify", cwd=folder).stdout


def test_addresses_of_a_file_wait_and_the_bad_ones_are_named(folder: Path, site: Site) -> None:
    good = site.page("/news", ARTICLE)
    (folder / "addresses.txt").write_text(f"# a list\n{good}\nftp://example.org/\n{site.address}/none\n", encoding="utf-8")
    done = run("capture", "fetch", "--from", "addresses.txt", "--allow-private", cwd=folder, code=3)
    assert "refused: ftp://example.org/  (" in done.stdout and "kept: " in done.stdout and "answered 404" in done.stdout
    queue = run("capture", "queue", cwd=folder)
    assert queue.stdout.count("refused: ") == 2 and "1 kept, 2 refused" in queue.stderr and "1 tried, last on 20" in queue.stdout
    again = run("capture", "fetch", f"{site.address}/none", "--allow-private", cwd=folder, code=1)
    assert "refused before (on 20" in again.stdout and "--again" in again.stdout
    assert run("capture", "queue", "--leave-off", cwd=folder).stdout.count("left off: ") == 2
    assert run("capture", "queue", cwd=folder).stdout == ""


def test_without_leave_a_private_address_is_refused_with_exit_1(folder: Path, site: Site) -> None:
    done = run("capture", "fetch", site.page("/news", ARTICLE), cwd=folder, code=1)
    assert "--allow-private" in done.stdout and site.asked == []


def test_a_dry_run_asks_nobody_and_writes_nothing(folder: Path, site: Site) -> None:
    run("capture", "fetch", site.page("/news", ARTICLE), "--allow-private", "--dry-run", cwd=folder)
    assert site.asked == [] and run("capture", "queue", "--all", cwd=folder).stdout == ""


def test_the_addresses_that_an_imported_list_cites_are_fetched_and_tied_to_it(folder: Path, site: Site) -> None:
    address = site.page("/news", ARTICLE)
    (folder / "list.csv").write_text(f"name,link\nAna Ruiz,{address}\nJuan Paz,{address}\n", encoding="utf-8")
    (folder / "mapping.toml").write_text(
        'schema = 1\n[list]\nid = "dead"\ntitle = "A list"\nrelease = "1"\ndate = "2026-01"\ncomplete = true\n'
        '[source]\nname = "An outlet"\nkind = "outlet"\nlanguage = "en"\n[constants]\nfate = "dead"\n'
        '[[column]]\nname = "name"\nfields = "name"\n[[column]]\nname = "link"\nfields = "cites"\n',
        encoding="utf-8",
    )
    run("list", "import", "list.csv", "--mapping", "mapping.toml", cwd=folder)
    done = run("capture", "fetch", "--cited-by", "dead", "--allow-private", cwd=folder)
    assert done.stdout.count("kept: ") == 1 and "cites 1 addresses" in done.stderr
    capture = json.loads(run("capture", "list", "--json", cwd=folder).stdout.splitlines()[-1])["id"]
    shown = json.loads(run("capture", "show", capture, "--json", cwd=folder).stdout)
    details = dict(pair for step in shown["steps"] for pair in step["detail"])
    assert details["cited by report"] and details["cited as source"]


def test_a_chat_is_imported_and_its_original_private(folder: Path) -> None:
    write_export(folder.parent / "export", [message(1, "Погибли двенадцать.")])
    said = run("capture", "chat", "../export", cwd=folder).stdout
    assert "1 message, 1 of them new" in said and "is private" in said


def test_of_a_whole_account_chats_are_chosen(folder: Path) -> None:
    write_account(folder.parent / "export", [message(1, "Погибли двенадцать.")])
    assert "--all-chats" in run("capture", "chat", "../export", cwd=folder, code=2).stderr
    assert "--exporter" in run("capture", "chat", "../export", "--chat", "5", "--exporter", "1", cwd=folder, code=2).stderr
    assert "1 of them new" in run("capture", "chat", "../export", "--chat", "Группа", cwd=folder).stdout
    assert "0 of them new" in run("capture", "chat", "../export", "--all-chats", cwd=folder).stdout


def test_a_ledgers_end_waits_for_its_stamp(folder: Path) -> None:
    assert "waits for a stamp" in run("ledger", "stamp", cwd=folder).stdout
    assert "wanted" in run("ledger", "stamps", cwd=folder).stdout
    assert "--roots" in run("ledger", "stamp", "--authority", "http://127.0.0.1:1/", cwd=folder, code=2).stderr


def test_a_quote_in_a_pdf_is_placed_on_its_page(folder: Path) -> None:
    (folder.parent / "a.pdf").write_bytes(make_pdf("Twelve were killed."))
    run("capture", "add", "../a.pdf", cwd=folder)
    document = json.loads(run("capture", "list", "--json", cwd=folder).stdout)["documents"][0]
    assert "page 1, from 12: killed.  box " in run("capture", "place", document, "12", "19", cwd=folder).stdout
    assert "has no code points" in run("capture", "place", document, "5", "500", cwd=folder, code=2).stderr


def test_captures_are_encrypted_when_a_keyring_is_named(folder: Path) -> None:
    (folder.parent / "a.txt").write_text("Twelve were killed.", encoding="utf-8")
    run("capture", "add", "../a.txt", cwd=folder)
    assert "no keyring" in run("capture", "encrypt", cwd=folder, code=1).stderr
    settings = folder / "casebook.toml"
    settings.write_text(settings.read_text().replace('keyring = ""', f'keyring = "{folder.parent / "keys"}"'), encoding="utf-8")
    assert "Encrypted 1 capture" in run("capture", "encrypt", cwd=folder).stdout
    assert "Every capture has the bytes" in run("capture", "check", cwd=folder).stdout
