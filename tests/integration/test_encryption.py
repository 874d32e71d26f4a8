"""Captures encrypted at rest: read as others are, nothing of them in the clear on disk, gone with their keys."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from tests.casebooks import ACTOR, find_bytes, find_problems
from tests.chat_exports import write_large
from tests.conftest import Clock
from tests.reading_samples import make_pdf

from cenotaph.capture.clear_copies import forget_copies, readable_path
from cenotaph.capture.encrypted_streams import BACKUPS
from cenotaph.capture.encryption import MARK
from cenotaph.capture.incoming import incoming
from cenotaph.capture.keyring import use_keyring
from cenotaph.casebook import bulk
from cenotaph.casebook.store import Casebook
from cenotaph.domain.errors import DamagedFileError, RefusedError, StoreError
from cenotaph.services.backups import back_up, restore
from cenotaph.services.bundles import write_bundle
from cenotaph.services.captures import add_captures
from cenotaph.services.chats import import_chat
from cenotaph.services.encrypting import encrypt_captures
from cenotaph.services.exports import export_captures
from cenotaph.services.ledger import find_unfinished
from cenotaph.services.opening import open_casebook, start_casebook
from cenotaph.services.seals import seal

WORDS = "Twelve citizens were killed near the river."


@pytest.fixture
def keyring(tmp_path: Path) -> Path:
    return tmp_path / "keys"


@pytest.fixture
def locked(tmp_path: Path, store_url: str, keyring: Path, clock: Clock) -> Casebook:
    settings = {"store.url": store_url, "store.keyring": str(keyring)}
    return start_casebook(tmp_path / "casebook", ACTOR, settings, clock=clock, salts=random.Random(7).randbytes)


def add(casebook: Casebook, path: Path, data: bytes) -> str:
    path.write_bytes(data)
    (outcome,) = add_captures(casebook, ACTOR, [path])
    assert outcome.capture and outcome.state == "new", outcome
    return outcome.capture


def test_a_capture_is_read_and_checked_as_ever_and_lies_nowhere_in_the_clear(locked: Casebook, tmp_path: Path) -> None:
    capture = add(locked, tmp_path / "a.pdf", make_pdf(WORDS))
    assert bulk.fetch_one("SELECT text FROM document") == (WORDS,)
    kept = locked.objects / capture[:2] / capture
    assert kept.read_bytes().startswith(MARK)
    assert [name for name in find_bytes(locked, "%PDF", "Helvetica") if name.startswith("captures")] == []
    assert readable_path(locked.objects, capture).read_bytes() == (tmp_path / "a.pdf").read_bytes()
    assert find_problems(locked) == []


@pytest.mark.parametrize("size", [1, 1 << 20, (1 << 20) + 1, 3 << 20])
def test_a_capture_of_any_size_comes_back_as_it_was(locked: Casebook, tmp_path: Path, size: int) -> None:
    data = random.Random(size).randbytes(size)
    capture = add(locked, tmp_path / "a.bin", data)
    assert readable_path(locked.objects, capture).read_bytes() == data
    assert find_problems(locked) == []


@pytest.mark.parametrize("where", [40, -1, -20, 1 << 20])
def test_a_changed_byte_of_an_encrypted_capture_is_found(locked: Casebook, tmp_path: Path, where: int) -> None:
    capture = add(locked, tmp_path / "a.bin", random.Random(1).randbytes(2 << 20))
    kept = locked.objects / capture[:2] / capture
    data = bytearray(kept.read_bytes())
    data[where] ^= 1
    kept.chmod(0o644)
    kept.write_bytes(bytes(data))
    assert any("changed" in problem for problem in find_problems(locked))


def test_a_frame_cut_off_at_its_end_is_found(locked: Casebook, tmp_path: Path) -> None:
    capture = add(locked, tmp_path / "a.bin", random.Random(1).randbytes(2 << 20))
    kept = locked.objects / capture[:2] / capture
    data = kept.read_bytes()
    kept.chmod(0o644)
    kept.write_bytes(data[: len(MARK) + 8 + (1 << 20) + 16])
    assert any("changed" in problem for problem in find_problems(locked))


def test_a_seal_destroys_the_key_and_with_it_the_copies_in_backups(locked: Casebook, tmp_path: Path, keyring: Path) -> None:
    capture = add(locked, tmp_path / "a.txt", WORDS.encode())
    other = add(locked, tmp_path / "b.txt", b"Three are missing.")
    back_up(locked, tmp_path / "old.tar")
    seal(locked, ACTOR, "capture", capture, "safety")
    assert {path.name for path in keyring.rglob("*.key")} == {f"{other}.key", f"{BACKUPS}.key"}
    assert find_problems(locked) == []
    if locked.settings.text("store.url") != "sqlite":
        return
    seals = tmp_path / "casebook" / "ledger" / "seals.jsonl"
    again = restore(tmp_path / "old.tar", tmp_path / "restored", ACTOR, seals=[seals], keyring=keyring)
    restored = open_casebook(tmp_path / "restored")
    assert again.sealed_again and find_problems(restored) == []
    with pytest.raises(StoreError, match="not in the keyring"):
        restore(tmp_path / "old.tar", tmp_path / "second", ACTOR, keyring=keyring)
        readable_path(open_casebook(tmp_path / "second").objects, capture)


def test_a_lost_key_is_named_and_the_chain_still_verifies(locked: Casebook, tmp_path: Path, keyring: Path) -> None:
    capture = add(locked, tmp_path / "a.txt", WORDS.encode())
    (key,) = keyring.rglob("*.key")
    forget_copies()
    key.unlink()
    assert find_problems(locked) == [f"capture {capture}: is locked (its key is not in the keyring): nobody can read it."]
    with pytest.raises(StoreError, match="not in the keyring"):
        readable_path(locked.objects, capture)
    assert add_captures(locked, ACTOR, [tmp_path / "a.txt"])[0].state == "seen again"
    assert find_problems(locked) == []


@pytest.mark.parametrize("left", ["nothing", "an empty folder"])
def test_a_keyring_that_is_gone_is_never_made_anew(locked: Casebook, tmp_path: Path, keyring: Path, left: str) -> None:
    add(locked, tmp_path / "a.txt", WORDS.encode())
    keyring.rename(tmp_path / "elsewhere")
    if left == "an empty folder":
        keyring.mkdir(mode=0o700)
    with pytest.raises(RefusedError, match=f"keyring {keyring} is not there, or is empty") as caught:
        open_casebook(locked.root)
    assert "Mount the disk" in str(caught.value.hint)
    assert not keyring.exists() or not list(keyring.iterdir())
    if left == "an empty folder":
        (keyring / "LOST").touch()
        assert [problem for problem in find_problems(open_casebook(locked.root)) if "is locked" in problem]
        shutil.rmtree(keyring)
    (tmp_path / "elsewhere").rename(keyring)
    assert find_problems(open_casebook(locked.root)) == []


def test_a_keyring_that_goes_while_a_casebook_is_open_gets_no_keys(locked: Casebook, tmp_path: Path, keyring: Path) -> None:
    capture = add(locked, tmp_path / "a.txt", WORDS.encode())
    keyring.rename(tmp_path / "elsewhere")
    (tmp_path / "b.txt").write_bytes(b"Three are missing.")
    (outcome,) = add_captures(locked, ACTOR, [tmp_path / "b.txt"])
    assert outcome.state == "failed" and "keyring cannot be written" in outcome.note
    with pytest.raises(StoreError, match="is not there"):
        seal(locked, ACTOR, "capture", capture, "safety")
    assert not keyring.exists()


def test_what_lay_in_the_clear_is_encrypted_when_asked(sqlite_casebook: Casebook, tmp_path: Path, keyring: Path) -> None:
    capture = add(sqlite_casebook, tmp_path / "a.pdf", make_pdf(WORDS))
    with pytest.raises(StoreError, match="no keyring"):
        encrypt_captures(sqlite_casebook, ACTOR)
    settings = sqlite_casebook.root / "casebook.toml"
    settings.write_text(settings.read_text().replace('keyring = ""', f'keyring = "{keyring}"'), encoding="utf-8")
    casebook = open_casebook(sqlite_casebook.root)
    assert encrypt_captures(casebook, ACTOR) == 1 and encrypt_captures(casebook, ACTOR) == 0
    assert [name for name in find_bytes(casebook, "Helvetica") if name.startswith("captures")] == []
    assert readable_path(casebook.objects, capture).read_bytes() == (tmp_path / "a.pdf").read_bytes()
    assert find_problems(casebook) == []


def test_chats_exports_and_bundles_work_with_encrypted_captures(locked: Casebook, tmp_path: Path) -> None:
    import_chat(locked, ACTOR, write_large(tmp_path / "export", 30, 10, 100))
    capture = add(locked, tmp_path / "a.txt", WORDS.encode())
    done = export_captures(locked, ACTOR, [], tmp_path / "all.wacz", wacz=True)
    assert WORDS.encode() not in done.path.read_bytes() or done.captures == 12
    bundle = write_bundle(locked, ACTOR, capture, tmp_path / "bundle")
    assert (bundle.path / "capture" / f"{capture}.txt").read_bytes() == WORDS.encode()
    assert find_problems(locked) == []


def test_a_file_that_only_begins_like_an_encrypted_one_is_what_it_is(sqlite_casebook: Casebook, tmp_path: Path) -> None:
    add(sqlite_casebook, tmp_path / "a.bin", MARK + b"\0" * 100)
    assert find_problems(sqlite_casebook) == []


def test_a_keyring_in_the_casebook_or_open_to_others_is_refused(sqlite_casebook: Casebook, tmp_path: Path) -> None:
    objects = sqlite_casebook.objects
    for words in (str(sqlite_casebook.root / "keys"), "keys"):
        with pytest.raises(RefusedError, match="keyring"):
            use_keyring(objects, words)
    (tmp_path / "open").mkdir(mode=0o755)
    with pytest.raises(RefusedError, match="Others can read"):
        use_keyring(objects, str(tmp_path / "open"))


def test_no_copy_in_the_clear_stays_in_memory(locked: Casebook, tmp_path: Path) -> None:
    capture = add(locked, tmp_path / "a.txt", WORDS.encode())
    copy = readable_path(locked.objects, capture)
    assert str(copy).startswith("/dev/shm/") and copy.exists()
    forget_copies()
    assert not copy.parent.exists()


def test_a_backup_is_encrypted_as_a_whole_and_opens_with_its_keyring_alone(
    locked: Casebook, tmp_path: Path, keyring: Path
) -> None:
    add(locked, tmp_path / "a.txt", WORDS.encode())
    back_up(locked, tmp_path / "all.tar")
    data = (tmp_path / "all.tar").read_bytes()
    assert data.startswith(MARK) and WORDS.encode() not in data and b"casebook.toml" not in data
    with pytest.raises(RefusedError, match="is encrypted"):
        restore(tmp_path / "all.tar", tmp_path / "no", ACTOR, store_url="sqlite")
    restore(tmp_path / "all.tar", tmp_path / "restored", ACTOR, store_url="sqlite", keyring=keyring)
    assert find_problems(open_casebook(tmp_path / "restored")) == []
    changed = bytearray(data)
    changed[len(data) // 2] ^= 1
    (tmp_path / "bad.tar").write_bytes(bytes(changed))
    with pytest.raises(DamagedFileError):
        restore(tmp_path / "bad.tar", tmp_path / "bad", ACTOR, store_url="sqlite", keyring=keyring)
    assert not (tmp_path / "bad").exists()


def test_what_a_killed_encryption_was_writing_is_named_as_that_and_goes_with_the_next(locked: Casebook, tmp_path: Path) -> None:
    add(locked, tmp_path / "a.bin", b"bytes")
    left = locked.objects / ".incoming-killed"
    left.write_bytes(b"half")
    with incoming(locked.objects):  # A living writer's is neither named nor removed.
        assert find_problems(locked) == []
        assert find_unfinished(locked) == ["captures/.incoming-killed"]
        encrypt_captures(locked, ACTOR)
        assert not left.exists() and len(list(locked.objects.glob(".incoming-*"))) == 1
    assert find_unfinished(locked) == []


def test_a_link_with_the_name_of_an_unfinished_file_is_a_fault(locked: Casebook, tmp_path: Path) -> None:
    (locked.objects / ".incoming-link").symlink_to(tmp_path)
    assert any("no row names" in problem for problem in find_problems(locked))
