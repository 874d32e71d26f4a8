"""Taking files in, and finding those that a call names."""

from __future__ import annotations

import errno
import hashlib
import os
import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.made_files import LIMITS, left_behind, limits

from cenotaph.capture import incoming as incoming_module
from cenotaph.capture.intake import Skipped, take_in, walk
from cenotaph.capture.objects import ObjectState, check_object
from cenotaph.domain.errors import DiskFullError, InputError, TooLargeError


@pytest.fixture
def objects(tmp_path: Path) -> Path:
    folder = tmp_path / "captures"
    folder.mkdir()
    return folder


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    return folder


def test_a_file_is_kept_with_hash_size_type_name_and_time(files: Path, objects: Path) -> None:
    path = files / "список.csv"
    data = "name\nИванов\n".encode()
    path.write_bytes(data)
    os.utime(path, ns=(0, 1_700_000_000_123_456_789))
    taken = take_in(path, objects, LIMITS)
    assert taken.sha256 == hashlib.sha256(data).hexdigest()
    assert (taken.size, taken.media_type, taken.name, taken.new) == (len(data), "text/csv", "список.csv", True)
    assert taken.modified == datetime(2023, 11, 14, 22, 13, 20, 123456, tzinfo=UTC)
    assert check_object(objects, taken.sha256) is ObjectState.OK
    assert path.read_bytes() == data


def test_the_same_bytes_under_another_name_are_not_new(files: Path, objects: Path) -> None:
    (files / "a.txt").write_bytes(b"same")
    (files / "b.txt").write_bytes(b"same")
    assert take_in(files / "a.txt", objects, LIMITS).new
    assert not take_in(files / "b.txt", objects, LIMITS).new
    assert len(left_behind(objects)) == 1


def test_a_named_link_to_a_file_is_followed(files: Path, objects: Path) -> None:
    (files / "real.txt").write_bytes(b"words")
    (files / "latest.txt").symlink_to(files / "real.txt")
    assert take_in(files / "latest.txt", objects, LIMITS).name == "latest.txt"


def test_a_name_that_would_move_the_terminal_is_shown_escaped(files: Path, objects: Path) -> None:
    path = files / "a\x1b[2J\u202etxt.csv"
    path.write_bytes(b"a\n1\n")
    assert take_in(path, objects, LIMITS).name == "a<001B>[2J<202E>txt.csv"


@pytest.mark.parametrize(
    ("name", "setting"),
    [
        ("a.txt", "limits.text_bytes"),
        ("a.csv", "limits.csv_bytes"),
        ("a.tsv", "limits.csv_bytes"),
        ("a.xlsx", "limits.xlsx_bytes"),
        ("a.bin", "limits.other_bytes"),
    ],
)
def test_a_file_over_its_types_limit_is_refused_before_it_is_copied(
    files: Path, objects: Path, name: str, setting: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise AssertionError("it was copied")

    monkeypatch.setattr(incoming_module.tempfile, "mkstemp", fail)
    path = files / name
    path.write_bytes(b"\x00" * 101 if name == "a.bin" else b"x" * 101)
    small = limits(text_bytes=100, csv_bytes=100, xlsx_bytes=100, other_bytes=100)
    with pytest.raises(TooLargeError, match=setting):
        take_in(path, objects, small)


def test_a_file_at_its_limit_goes_in(files: Path, objects: Path) -> None:
    (files / "a.txt").write_bytes(b"x" * 100)
    assert take_in(files / "a.txt", objects, limits(text_bytes=100)).size == 100


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_disk_that_fills_while_copying_leaves_nothing(
    files: Path, objects: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    (files / "a.txt").write_bytes(b"words")

    def full(handle: int, data: bytes) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(incoming_module.os, "write", full)
    with pytest.raises(DiskFullError):
        take_in(files / "a.txt", objects, LIMITS)
    assert left_behind(objects) == []


def test_a_disk_that_fills_while_syncing_leaves_nothing(
    files: Path, objects: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (files / "a.txt").write_bytes(b"words")

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(incoming_module.os, "fsync", full)
    with pytest.raises(DiskFullError):
        take_in(files / "a.txt", objects, LIMITS)
    assert left_behind(objects) == []


@pytest.mark.parametrize("name", ["none.txt", "x" * 300, "a\0b"])
def test_a_path_that_leads_nowhere_says_so(files: Path, objects: Path, name: str) -> None:
    with pytest.raises(InputError):
        take_in(files / name, objects, LIMITS)
    assert left_behind(objects) == []


def names(found: list[Path | Skipped], root: Path) -> list[str]:
    return [str(f.relative_to(root)) for f in found if isinstance(f, Path)]


def reasons(found: list[Path | Skipped]) -> dict[str, str]:
    return {f.path.name: f.reason for f in found if isinstance(f, Skipped)}


def test_folders_are_walked_in_sorted_order_at_any_depth(files: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/b/c.txt", "c/1.txt", "Я.txt"):
        path = files / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    found = list(walk([files]))
    assert names(found, files) == ["a/b/c.txt", "a/z.txt", "b.txt", "c/1.txt", "Я.txt"]
    assert reasons(found) == {}


def test_what_is_hidden_or_no_file_is_skipped_with_its_reason(files: Path) -> None:
    (files / "seen.txt").write_text("x")
    (files / ".hidden").write_text("x")
    (files / ".git").mkdir()
    (files / ".git" / "config").write_text("x")
    os.mkfifo(files / "pipe")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(files / "sock"))
        found = list(walk([files]))
    assert names(found, files) == ["seen.txt"]
    why = reasons(found)
    assert set(why) == {".hidden", ".git", "pipe", "sock"}
    assert "dot" in why[".hidden"]
    assert "named pipe" in why["pipe"]
    assert "socket" in why["sock"]


def test_links_in_folders_are_not_followed(files: Path, tmp_path: Path) -> None:
    (files / "seen.txt").write_text("x")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text("x")
    (files / "out").symlink_to(outside)
    (files / "out.txt").symlink_to(outside / "secret.txt")
    (files / "in.txt").symlink_to(files / "seen.txt")
    (files / "round").symlink_to(files)
    (files / "self").symlink_to(files / "self")
    (files / "broken").symlink_to(files / "gone")
    found = list(walk([files]))
    assert names(found, files) == ["seen.txt"]
    why = reasons(found)
    assert "out of the folder" in why["out"]
    assert "out of the folder" in why["out.txt"]
    assert "same folder" in why["in.txt"]
    assert "same folder" in why["round"]
    assert "nowhere" in why["self"]
    assert "nowhere" in why["broken"]


def test_a_name_that_is_not_utf8_is_skipped_and_can_be_printed(files: Path) -> None:
    raw = os.fsencode(files) + b"/\xd1\xef\xe8.txt"
    Path(os.fsdecode(raw)).write_text("x")
    (skipped,) = walk([files])
    assert isinstance(skipped, Skipped)
    assert "UTF-8" in skipped.reason
    assert "\\xef" in str(skipped.path).encode("utf-8").decode()
    (named,) = walk([Path(os.fsdecode(raw))])
    assert isinstance(named, Skipped)


def test_a_casebook_is_not_taken_in_as_evidence(files: Path) -> None:
    inner = files / "casebook"
    inner.mkdir()
    (inner / "casebook.toml").write_text("x")
    (files / "a.txt").write_text("x")
    found = list(walk([files, inner]))
    assert names(found, files) == ["a.txt"]
    assert [f.path.name for f in found if isinstance(f, Skipped)] == ["casebook", "casebook"]


def test_an_empty_folder_is_said_to_be_empty(files: Path) -> None:
    (skipped,) = walk([files])
    assert isinstance(skipped, Skipped)
    assert "no files" in skipped.reason


def test_named_paths_are_yielded_as_they_are_so_that_taking_in_says_what_is_wrong(files: Path) -> None:
    hidden = files / ".hidden"
    hidden.write_text("x")
    os.mkfifo(files / "pipe")
    assert list(walk([hidden, files / "none", files / "pipe"])) == [hidden, files / "none", files / "pipe"]


def test_a_folder_as_deep_as_paths_can_be_is_walked(files: Path) -> None:
    deep = files
    for _ in range(150):
        deep = deep / "d"
        deep.mkdir()
    (deep / "a.txt").write_text("x")
    assert len(list(walk([files]))) == 1
