"""Files written anew: a file may be replaced, and nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cenotaph.domain.errors import RefusedError
from cenotaph.services.output_files import check_output


def test_a_file_may_be_replaced_and_one_that_is_not_there_made(tmp_path: Path) -> None:
    (tmp_path / "old").write_text("x", encoding="utf-8")
    assert check_output(tmp_path / "old") and check_output(tmp_path / "new")


def test_a_device_a_pipe_and_a_folder_are_never_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(os.devnull)
    for path in (Path(os.devnull), tmp_path / "pipe", tmp_path / "link", tmp_path):
        with pytest.raises(RefusedError, match="no file"):
            check_output(path)
