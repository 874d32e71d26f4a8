"""Many texts read for their claims, in this process or in several."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from cenotaph import __version__
from cenotaph.domain.errors import InputError
from cenotaph.domain.processes import end_with_parent
from cenotaph.extract.claims.reading import Reading

_SOURCE = Path(__file__).parents[1]
# What a reading depends on: a change in any of it may read the same text otherwise.
_PARTS = (
    "extract/claims",
    "extract/numbers",
    "text",
    "reference/data/claims",
    "reference/data/numbers",
    "reference/data/places",
)
_READ = frozenset({".py", ".csv", ".toml", ".json", ".npz"})


class Job(NamedTuple):
    """One text to read.

    Parameters
    ----------
    document
        Its id, which the claims carry.
    text, language, published_on
        As :func:`cenotaph.extract.read_claims` takes them.
    """

    document: str
    text: str
    language: str | None
    published_on: date | None


class ReadText(NamedTuple):
    """What became of one text: its reading, or the error that prevented it."""

    document: str
    reading: Reading | None
    error: str


@cache
def reader_version() -> str:
    """Return the name of the reader as it is here: the version, and a hash of its code, lexicons and learned weights.

    Two readers of one name read every text alike.
    """
    digest = hashlib.sha256()
    for part in _PARTS:
        for path in sorted((_SOURCE / part).rglob("*")):
            if path.suffix in _READ:
                digest.update(f"{path.relative_to(_SOURCE).as_posix()}\n".encode() + hashlib.sha256(path.read_bytes()).digest())
    return f"{__version__}+{digest.hexdigest()[:12]}"


Tick = Callable[[int], None]


def _say_nothing(_: int) -> None:
    """Let nobody know."""


def read_jobs(jobs: Sequence[Job], tick: Tick = _say_nothing) -> list[ReadText]:
    """Read texts one after another; one that cannot be read says so and the others are read. ``tick`` hears of each."""
    from cenotaph.extract.claims.reader import read_claims

    found: list[ReadText] = []
    for job in jobs:
        try:
            reading = read_claims(job.text, job.language, job.published_on, document=job.document)
            found.append(ReadText(job.document, reading, ""))
        except Exception as error:  # A fault of the reader must cost one document, not the run.
            found.append(ReadText(job.document, None, f"{type(error).__name__}: {error}"))
        tick(1)
    return found


Submit = Callable[[Sequence[Job]], Callable[[], list[ReadText]]]


@contextmanager
def open_readers(workers: int, characters: int = 200_000, tick: Tick = _say_nothing) -> Iterator[Submit]:
    """Give a function that takes jobs at once and returns another that waits for their readings.

    Parameters
    ----------
    workers
        How many processes read; with one, reading takes place here, when it is waited for.
    characters
        About how much text one process is given at a time.
    tick
        Told of texts as they have been read: how many more.
    """
    if workers < 2:
        yield lambda jobs: lambda: read_jobs(jobs, tick)
        return
    import multiprocessing

    # Fresh processes: a fork would inherit the database's connection.
    pool = ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"), initializer=end_with_parent)
    try:

        def submit(jobs: Sequence[Job]) -> Callable[[], list[ReadText]]:
            futures: list[Future[list[ReadText]]] = [pool.submit(read_jobs, part) for part in _split(jobs, characters)]
            return lambda: _collect(futures, tick)

        yield submit
    except BaseException:
        # Stopped: what is being read now is of no use, and nobody shall have to ask twice.
        running = list((pool._processes or {}).values())
        pool.shutdown(wait=False, cancel_futures=True)
        for process in running:
            process.terminate()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _collect(futures: Sequence[Future[list[ReadText]]], tick: Tick) -> list[ReadText]:
    found: list[ReadText] = []
    try:
        for future in futures:
            part = future.result()
            tick(len(part))
            found += part
        return found
    except BrokenProcessPool as error:
        raise InputError(
            "A process that reads texts was ended from outside, perhaps for want of memory; its batch was not written.",
            "Run it again: it goes on after the last batch. --workers 1 needs the least memory.",
        ) from error


def _split(jobs: Iterable[Job], characters: int) -> Iterator[list[Job]]:
    part: list[Job] = []
    size = 0
    for job in jobs:
        part.append(job)
        size += len(job.text) + 500
        if size >= characters:
            yield part
            part, size = [], 0
    if part:
        yield part
