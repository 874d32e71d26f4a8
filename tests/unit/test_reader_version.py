"""The reader's name changes with whatever a reading depends on."""

from __future__ import annotations

from pathlib import Path

import pytest

from cenotaph.extract import batch


@pytest.mark.parametrize("name", ["code.py", "words.csv", "dates.toml", "ranking.json", "context.npz"])
def test_a_reader_with_another_file_of_any_kind_has_another_name(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "text"
    folder.mkdir()
    (folder / name).write_bytes(b"one")
    monkeypatch.setattr(batch, "_SOURCE", tmp_path)
    before = batch.reader_version.__wrapped__()
    (folder / name).write_bytes(b"two")
    assert batch.reader_version.__wrapped__() != before


def test_every_file_a_reading_is_learned_or_looked_up_from_is_in_the_name() -> None:
    kinds = {path.suffix for part in batch._PARTS for path in (batch._SOURCE / part).rglob("*") if path.is_file()}
    assert kinds - {".pyc", ".nbi", ".nbc", ".typed"} <= batch._READ
