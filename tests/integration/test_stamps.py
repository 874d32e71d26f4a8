"""Stamps on the ledger: asked of an authority started here, checked without it, found out where they do not hold."""

from __future__ import annotations

import base64
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.casebooks import ACTOR, Attacker, find_problems, write_sources
from tests.stamp_authority import Authority, make_certificates, stamping

from cenotaph.capture.stamping import StampWrong
from cenotaph.casebook import bulk
from cenotaph.casebook.store import Casebook
from cenotaph.domain.errors import InputError
from cenotaph.services.fetching import open_client
from cenotaph.services.stamps import Stamp, ask_for_stamps, list_stamps, read_entry, want_stamp


@pytest.fixture
def authority(tmp_path: Path) -> Iterator[Authority]:
    with stamping(tmp_path / "authority") as found:
        yield found


def ask(casebook: Casebook, authority: Authority, roots: bytes | None = None) -> list[Stamp]:
    client = open_client(casebook, "direct", True)
    return ask_for_stamps(casebook, ACTOR, client, authority.address, authority.roots if roots is None else roots)


def test_the_ledgers_end_is_stamped_and_the_stamp_holds_without_the_network(casebook: Casebook, authority: Authority) -> None:
    write_sources(casebook, 3)
    head = casebook.settled_head()
    (got,) = ask(casebook, authority)
    assert (got.entry, got.hash) == (head.number, head.hash)
    (listed,) = list_stamps()
    assert listed.facts is not None and listed.facts.authority == "CN=Test authority"
    assert find_problems(casebook) == []


def test_openssl_accepts_the_stamp_on_the_entrys_text(sqlite_casebook: Casebook, authority: Authority, tmp_path: Path) -> None:
    (got,) = ask(sqlite_casebook, authority)
    (tmp_path / "entry.json").write_bytes(read_entry(got.entry)[0])
    ((token,),) = bulk.fetch_rows("SELECT token FROM stamp")
    (tmp_path / "stamp.tsr").write_bytes(base64.b64decode(token))
    command = ["openssl", "ts", "-verify", "-data", "entry.json", "-in", "stamp.tsr", "-CAfile", authority.root_file]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "Verification: OK" in done.stdout + done.stderr
    (tmp_path / "entry.json").write_bytes(read_entry(got.entry)[0] + b" ")
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode != 0


def test_what_waits_for_a_stamp_gets_it_with_the_next_that_is_asked_for(sqlite_casebook: Casebook, authority: Authority) -> None:
    first = want_stamp(sqlite_casebook, ACTOR)
    write_sources(sqlite_casebook, 1)
    got = ask(sqlite_casebook, authority)
    assert [stamp.entry for stamp in got] == [first, got[1].entry] and got[1].entry > first
    assert [stamp.entry for stamp in ask(sqlite_casebook, authority)] != [first]


def test_a_stamp_of_another_authority_is_refused_and_nothing_is_written(
    sqlite_casebook: Casebook, authority: Authority, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    make_certificates(tmp_path / "other")
    with pytest.raises(StampWrong, match="--roots"):
        ask(sqlite_casebook, authority, (tmp_path / "other" / "root.pem").read_bytes())
    assert list(list_stamps()) == []


def test_a_reply_that_is_no_stamp_is_an_error(sqlite_casebook: Casebook) -> None:
    from tests.web_server import serving

    with serving() as site:
        site.page("/", "hello")
        client = open_client(sqlite_casebook, "direct", True)
        with pytest.raises(InputError):
            ask_for_stamps(sqlite_casebook, ACTOR, client, site.address + "/", b"no certificate")


def test_a_stamp_that_was_exchanged_is_found(sqlite_casebook: Casebook, authority: Authority) -> None:
    ask(sqlite_casebook, authority)
    write_sources(sqlite_casebook, 1)
    ask(sqlite_casebook, authority)
    attacker = Attacker(sqlite_casebook)
    attacker.unguarded("stamp", "UPDATE stamp SET token = (SELECT token FROM stamp ORDER BY \"row\" DESC LIMIT 1)")
    problems = find_problems(sqlite_casebook)
    assert any("stamp on entry" in problem and "does not hold" in problem for problem in problems)
