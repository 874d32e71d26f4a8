"""The garbage of reading texts, for which nobody looks while one is read."""

from __future__ import annotations

import gc

import pytest

from cenotaph.extract.batch import Job, read_jobs

_TEXTS = (
    "At least 34 Nepalis were killed and 7 wounded near Tarvan on Monday, the ministry said.\n\nOf the 34, twelve were 19.",
    "Погибли 34 непальца, ещё семеро ранены, сообщил губернатор области. Двое из них пропали без вести 9 июня.",
)
_JOBS = [Job(f"d{at}", text, None, None) for at, text in enumerate(_TEXTS)]


def test_reading_a_text_makes_no_circular_garbage() -> None:
    read_jobs(_JOBS)  # lexicons and caches
    gc.collect()
    gc.disable()
    try:
        found = read_jobs(_JOBS)
        assert gc.collect() == 0
    finally:
        gc.enable()
    assert all(one.reading is not None and one.reading.claims for one in found)


def test_garbage_is_looked_for_again_after_a_text_that_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    from cenotaph.extract.claims import reader

    def fail(*_: object, **__: object) -> None:
        assert not gc.isenabled()
        raise ValueError("no text")

    monkeypatch.setattr(reader, "read_claims", fail)
    assert gc.isenabled()
    assert [one.error for one in read_jobs(_JOBS[:1])] == ["ValueError: no text"]
    assert gc.isenabled()
