"""Refusals of `init`, `restore` and `backup` as a person meets them: exit code, words, nothing left beside."""

from __future__ import annotations

import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.commands import run


def list_names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    made = tmp_path / "made"
    made.mkdir()
    run("--as", "tester", "init", "cb", cwd=made)
    run("--as", "tester", "--casebook", "cb", "backup", "a.tar", cwd=made)
    whole = tmp_path / "a.tar"
    shutil.move(made / "a.tar", whole)
    shutil.rmtree(made)
    return whole


def test_init_refuses_a_folder_that_is_not_empty(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    done = run("init", "full", cwd=tmp_path, code=1)
    assert "exists and is not an empty folder" in done.stderr
    assert list_names(tmp_path) == ["full"] and list_names(tmp_path / "full") == ["mine.txt"]


@pytest.mark.parametrize(
    ("store", "words"),
    [
        ("mysql://x", "store.url is 'mysql://x'"),
        ("postgresql://me:secret@localhost/x", "store.url holds a password"),
        ("postgresql:///x?host=/nonexistent", "cannot be reached"),
    ],
)
def test_init_refuses_a_store_it_cannot_use(tmp_path: Path, store: str, words: str) -> None:
    done = run("init", "some/where/new", "--store", store, cwd=tmp_path, code=1)
    assert words in done.stderr and "secret" not in done.stderr
    assert list_names(tmp_path) == []


@pytest.mark.parametrize("where", ["/proc/foo", "file/below", "x" * 300])
def test_init_says_where_no_folder_can_be_made(tmp_path: Path, where: str) -> None:
    (tmp_path / "file").write_text("a file")
    done = run("init", where, cwd=tmp_path, code=1)
    assert done.stderr.startswith("Error: ") and "cannot be" in done.stderr
    assert list_names(tmp_path) == ["file"]


def change(data: bytes) -> bytes:
    return data.replace(b'"tester"', b'"taster"')


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (change, "record/ledger_entry.jsonl, whose bytes do not have the sum that was noted of them"),
        (lambda data: data[: len(data) // 2], "is cut short"),
        (lambda _: b"", "is cut short"),
        (lambda _: b"no tar at all" * 100, "damaged header"),
    ],
)
def test_restore_refuses_a_backup_that_is_not_whole(
    tmp_path: Path, backup: Path, make: Callable[[bytes], bytes], words: str
) -> None:
    backup.write_bytes(make(backup.read_bytes()))
    done = run("restore", "a.tar", "back", cwd=tmp_path, code=1)
    assert words in done.stderr
    assert list_names(tmp_path) == ["a.tar"]


def test_restore_refuses_a_tar_of_something_else(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "a.tar", "w"):
        pass
    run("restore", "a.tar", "back", cwd=tmp_path, code=1)
    assert list_names(tmp_path) == ["a.tar"]


def test_restore_refuses_a_folder_that_is_not_empty_and_a_store_it_cannot_use(tmp_path: Path, backup: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    done = run("restore", "a.tar", "full", cwd=tmp_path, code=1)
    assert "exists and is not an empty folder" in done.stderr
    done = run("restore", "a.tar", "back", "--store", "mysql://x", cwd=tmp_path, code=1)
    assert "store.url is 'mysql://x'" in done.stderr
    assert list_names(tmp_path) == ["a.tar", "full"] and list_names(tmp_path / "full") == ["mine.txt"]


def test_a_sound_backup_is_restored(tmp_path: Path, backup: Path) -> None:
    run("--as", "tester", "restore", "a.tar", "back", cwd=tmp_path)
    assert list_names(tmp_path) == ["a.tar", "back"]


def test_a_backup_goes_neither_into_the_casebook_nor_into_a_folder_that_is_not_there(tmp_path: Path) -> None:
    run("--as", "tester", "init", "cb", cwd=tmp_path)
    before = list_names(tmp_path / "cb")
    (tmp_path / "link").symlink_to("cb/derived")
    for where in ("cb/a.tar", "cb/captures/a.tar", "link/a.tar"):
        done = run("--casebook", "cb", "backup", where, cwd=tmp_path, code=1)
        assert "is in the casebook itself" in done.stderr
    done = run("--casebook", "cb", "backup", "dsik/a.tar", cwd=tmp_path, code=1)
    assert "There is no folder" in done.stderr and "Make it first" in done.stderr
    assert list_names(tmp_path) == ["cb", "link"] and list_names(tmp_path / "cb") == before


@pytest.mark.parametrize("account", ["two\nlines", "bell\x07", "turned\u202e", "line\u2028", " "])
def test_an_account_is_one_line_that_can_be_seen(tmp_path: Path, account: str) -> None:
    done = run("--as", account, "init", "cb", cwd=tmp_path, code=2)
    assert "is no account" in done.stderr and list_names(tmp_path) == []


def test_an_account_in_the_settings_is_one_line_too(tmp_path: Path) -> None:
    run("--as", "tester", "init", "cb", cwd=tmp_path)
    settings = tmp_path / "cb" / "casebook.toml"
    text = settings.read_text()
    assert 'account = ""' in text
    settings.write_text(text.replace('account = ""', 'account = "two\\nlines"'))
    (tmp_path / "a.txt").write_text("words")
    done = run("--casebook", "cb", "capture", "add", "a.txt", cwd=tmp_path, code=2)
    assert "is no account" in done.stderr
    assert list_names(tmp_path / "cb" / "captures") == []
