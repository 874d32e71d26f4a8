"""The head file: exactly three states are accepted, and a crash leaves no other."""

from __future__ import annotations

import itertools
import os
import stat
from pathlib import Path

import pytest

from cenotaph.casebook.head import EMPTY, Head, HeadFile, read_head, settle, write_head
from cenotaph.domain.errors import LedgerBrokenError

H1, H2, H3, H4 = (Head(number, str(number) * 64) for number in (1, 2, 3, 4))
OTHER2, OTHER3 = Head(2, "a" * 64), Head(3, "b" * 64)


@pytest.mark.parametrize(
    ("state", "last"),
    [
        (HeadFile(H2), H2),
        (HeadFile(H2, H3), H2),
        (HeadFile(H2, H3), H3),
        (HeadFile(EMPTY), EMPTY),
        (HeadFile(EMPTY, H1), EMPTY),
        (HeadFile(EMPTY, H1), H1),
        (HeadFile(EMPTY, H4), H4),
    ],
)
def test_what_a_crash_leaves_is_settled_by_the_database(state: HeadFile, last: Head) -> None:
    assert settle(state, last) == last


@pytest.mark.parametrize(
    ("state", "last", "words"),
    [
        (HeadFile(H2), H1, "1 entry is missing from the end"),
        (HeadFile(H3), EMPTY, "3 entries are missing from the end"),
        (HeadFile(H2, H3), H1, "1 entry is missing from the end"),
        (HeadFile(H2), H3, "entries were written around the services"),
        (HeadFile(H2, H3), H4, "entries were written around the services"),
        (HeadFile(EMPTY), H1, "entries were written around the services"),
        (HeadFile(H2), OTHER2, "its hash is another"),
        (HeadFile(H2, H3), OTHER2, "its hash is another"),
        (HeadFile(H2, H3), OTHER3, "its hash is another"),
    ],
)
def test_every_other_state_is_named(state: HeadFile, last: Head, words: str) -> None:
    with pytest.raises(LedgerBrokenError, match=words):
        settle(state, last)


def test_of_all_states_only_the_three_are_accepted() -> None:
    heads = (EMPTY, H1, H2, OTHER2, H3, OTHER3)
    for head, following, last in itertools.product(heads, (None, *heads), heads):
        state = HeadFile(head, following)
        if last in (head, following):
            assert settle(state, last) == last
        else:
            with pytest.raises(LedgerBrokenError):
                settle(state, last)


@pytest.mark.parametrize("state", [HeadFile(EMPTY), HeadFile(H2), HeadFile(H2, H3)])
def test_what_is_written_is_read(tmp_path: Path, state: HeadFile) -> None:
    write_head(tmp_path / "head.json", state)
    assert read_head(tmp_path / "head.json") == state
    assert [path.name for path in tmp_path.iterdir()] == ["head.json"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "7",
        "{}",
        '{"head": null, "next": null}',
        '{"head": {"number": "x", "hash": "y"}, "next": null}',
        '{"head": {"number": 1, "hash": "y"}}',
        "\udcff",
    ],
)
def test_a_file_that_is_no_head_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "head.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(LedgerBrokenError, match="cannot be read"):
        read_head(tmp_path / "head.json")


def test_a_missing_head_is_named(tmp_path: Path) -> None:
    with pytest.raises(LedgerBrokenError, match="is missing"):
        read_head(tmp_path / "head.json")


def test_the_head_is_synced_before_it_takes_its_place_and_its_folder_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A crash of the machine leaves the old head or the new one: that is decided by the order of these calls."""
    calls: list[str] = []
    fsync, replace = os.fsync, os.replace

    def note_fsync(handle: int) -> None:
        calls.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        fsync(handle)

    def note_replace(one: Path, two: Path) -> None:
        calls.append("replace")
        replace(one, two)

    monkeypatch.setattr(os, "fsync", note_fsync)
    monkeypatch.setattr(os, "replace", note_replace)
    write_head(tmp_path / "head.json", HeadFile(H1))
    assert calls == ["file", "replace", "folder"]
