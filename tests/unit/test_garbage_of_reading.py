"""The garbage of reading texts, for which nobody looks while one is read."""

from __future__ import annotations

import gc
import subprocess
import sys

import pytest
from tests.conftest import REPOSITORY

from cenotaph.extract.batch import Job, read_jobs

_TEXTS = (
    "At least 34 Nepalis were killed and 7 wounded near Tarvan on Monday, the ministry said.\n\nOf the 34, twelve were 19.",
    "Погибли 34 непальца, ещё семеро ранены, сообщил губернатор области. Двое из них пропали без вести 9 июня.",
)
_JOBS = [Job(f"d{at}", text, None, None) for at, text in enumerate(_TEXTS)]
_COUNT = """
import gc
from tests.unit.test_garbage_of_reading import _JOBS
from cenotaph.extract.batch import read_jobs
read_jobs(_JOBS)  # lexicons and caches
gc.collect()
gc.disable()
found = read_jobs(_JOBS)
print(sum(len(one.reading.claims) for one in found), gc.collect())
"""


def test_reading_a_text_makes_no_circular_garbage() -> None:
    """In a process of its own: what other tests filled and left would be counted too."""
    done = subprocess.run([sys.executable, "-c", _COUNT], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    claims, garbage = map(int, done.stdout.split())
    assert claims >= 5
    assert garbage == 0


def test_garbage_is_looked_for_again_after_a_text_that_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    from cenotaph.extract.claims import reader

    def fail(*_: object, **__: object) -> None:
        assert not gc.isenabled()
        raise ValueError("no text")

    monkeypatch.setattr(reader, "_read", fail)
    assert gc.isenabled()
    assert [one.error for one in read_jobs(_JOBS[:1])] == ["ValueError: no text"]
    assert gc.isenabled()
