"""A process apart for reading what strangers made: it can write nothing, connect to nothing and start nothing.

The parent sends one job a line and reads answers a line; a job over its time or memory costs that process, not the command.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import selectors
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from cenotaph.capture.chats.messages import ChatMessage, LeftOut, message_from
from cenotaph.capture.files import show_name
from cenotaph.capture.limits import Limits
from cenotaph.capture.readers.contained import TableText
from cenotaph.capture.warc.entries import PayloadEntry
from cenotaph.domain import errors
from cenotaph.domain.documents import TextDocument
from cenotaph.domain.errors import CenotaphError, DamagedFileError, InputError, StoreError

_CHUNK = 1 << 16
_PASSED_ON = ("PATH", "LANG", "LC_ALL", "TZ", "SYSTEMROOT")


class _Spent(Exception):
    """The process ran out of memory; a fresh one may do better."""

    def __init__(self, cause: CenotaphError) -> None:
        self.cause = cause


class ReaderProcess:
    """The process apart, started when it is first needed and anew after it was lost."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._waiting = b""
        self._jobs = 0
        self._busy = False

    def read(
        self, path: Path, media_type: str, limits: Limits, *, encoding: str | None = None, record: PayloadEntry | None = None
    ) -> list[TextDocument]:
        """Read a file's documents, or those of one answer in a WARC file.

        Raises
        ------
        InputError
            It cannot be read, or took more time or memory than reading may.
        """
        from cenotaph.capture.passing import document_from
        from cenotaph.capture.readers.page_languages import tell_languages

        job: dict[str, Any] = {"do": "read", "media_type": media_type, "encoding": encoding}
        if record is not None:
            job.update(offset=record.offset, length=record.length, address=record.address)
        used = self._process is not None
        try:
            return list(tell_languages(document_from(line) for line in self._run(path, limits, job)))
        except _Spent as error:
            if not used:
                raise error.cause from None
        # Files read before may have filled its memory: the last word has a fresh process.
        try:
            return list(tell_languages(document_from(line) for line in self._run(path, limits, job)))
        except _Spent as error:
            raise error.cause from None

    def read_tables(
        self, path: Path, media_type: str, limits: Limits, *, encoding: str | None = None, record: PayloadEntry | None = None
    ) -> list[TableText]:
        """Read a file's tables, or those of one answer in a WARC file.

        Raises
        ------
        InputError
            It cannot be read, has no tables that are marked as such, or takes more time or memory than reading may.
        """
        job: dict[str, Any] = {"do": "tables", "media_type": media_type, "encoding": encoding}
        if record is not None:
            job.update(offset=record.offset, length=record.length, address=record.address)
        found: list[TableText] = []
        rows: list[tuple[str, ...]] = []
        for line in self._run(path, limits, job):
            if "row" in line:
                rows.append(tuple(map(str, line["row"])))
                continue
            if found:
                found[-1] = replace(found[-1], rows=tuple(rows))
            rows = []
            found.append(TableText(int(line["header"]), tuple(map(str, line["columns"])), (), str(line["encoding"])))
        if found:
            found[-1] = replace(found[-1], rows=tuple(rows))
        return found

    def index(self, path: Path, limits: Limits, *, start: int = 0, end: int | None = None) -> Iterator[PayloadEntry]:
        """Yield the answers and files that a WARC file holds, or a part of a file that is one."""
        for line in self._run(path, limits, {"do": "index", "start": start, "end": end}):
            yield PayloadEntry(**line)

    def read_chat(
        self, path: Path, limits: Limits, *, form: str, own: str | None, chats: Sequence[str] = (), every: bool = False
    ) -> Iterator[dict[str, str | None] | ChatMessage | LeftOut]:
        """Yield the chats' heads and messages of an export's file, and what of it is none that can be kept.

        Parameters
        ----------
        form
            ``json`` or ``html``.
        own
            Of JSON who made the export; of HTML who wrote the last message of the page before.
        chats, every
            Of a whole account, the chats to read, and whether every group and channel is.
        """
        job = {"do": "chat", "form": form, "own": own, "chats": list(chats), "every": every}
        for line in self._run(path, limits, job):
            if "message" in line:
                yield message_from(line["message"])
            elif "left_out" in line:
                yield LeftOut(**line["left_out"])
            else:
                yield {str(key): None if value is None else str(value) for key, value in line["chat"].items()}

    def inspect(self, path: Path, limits: Limits) -> Iterator[dict[str, Any]]:
        """Yield where the WARC files of a WACZ file begin and end, and what is wrong with its parts."""
        yield from self._run(path, limits, {"do": "inspect"})

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            with contextlib.suppress(OSError):
                self._process.kill()
            self._process.wait()
            for stream in (self._process.stdin, self._process.stdout):
                if stream is not None:
                    with contextlib.suppress(OSError):
                        stream.close()
            self._process = None
        self._waiting = b""

    def _run(self, path: Path, limits: Limits, job: dict[str, Any]) -> Iterator[dict[str, Any]]:
        name = show_name(path)
        process = self._start(limits)
        self._jobs += 1
        number = self._jobs
        whole = {**job, "job": number, "path": str(path), "name": name, "limits": asdict(limits)}
        finished = False
        self._busy, left = True, self._busy
        if left:  # The job before was given up halfway: its answers are still to come.
            self.close()
            process = self._start(limits)
        try:
            _send(process, whole)
            while True:
                answer = json.loads(self._read_line(process, name, limits))
                if answer.pop("job", None) != number:
                    raise _lost(name, limits)
                if "error" in answer:
                    finished = not answer["spent"]
                    known = _make_error(answer)
                    raise _Spent(known) if answer["spent"] and job["do"] == "read" else known
                if answer.get("done"):
                    finished = True
                    return
                yield answer
        except (BrokenPipeError, json.JSONDecodeError) as error:
            raise _lost(name, limits) from error
        finally:
            if number == self._jobs:
                self._busy = False
                if not finished:
                    self.close()

    def _start(self, limits: Limits) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.close()
        environment = {key: os.environ[key] for key in _PASSED_ON if key in os.environ}
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
        environment |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
        try:
            # -P: what lies in the folder that the command is called in is evidence, not a module.
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "cenotaph.capture.apart", str(limits.reader_mib)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
                close_fds=True,
            )
        except OSError as error:
            raise StoreError(f"No process can be started to read in: {error.strerror}.", "Make room and run it again.") from error
        return self._process

    def _read_line(self, process: subprocess.Popen[bytes], name: str, limits: Limits) -> bytes:
        assert process.stdout is not None
        while b"\n" not in self._waiting:
            with selectors.DefaultSelector() as selector:
                selector.register(process.stdout, selectors.EVENT_READ)
                if not selector.select(limits.reader_seconds):
                    raise InputError(
                        f"{name} took over {limits.reader_seconds} seconds to read; it is kept.",
                        "Raise limits.reader_seconds in casebook.toml where it is worth it.",
                    )
            chunk = os.read(process.stdout.fileno(), _CHUNK)
            if not chunk:
                raise _lost(name, limits)
            self._waiting += chunk
        line, _, self._waiting = self._waiting.partition(b"\n")
        return line


def _send(process: subprocess.Popen[bytes], job: dict[str, Any]) -> None:
    assert process.stdin is not None
    process.stdin.write(json.dumps(job).encode() + b"\n")
    process.stdin.flush()


def _lost(name: str, limits: Limits) -> DamagedFileError:
    return DamagedFileError(
        f"{name} cannot be read: reading it took over {limits.reader_mib:,} MiB or {limits.reader_seconds} seconds, or broke "
        "the reader.",
        "It may be made to do harm: do not open it elsewhere. limits.reader_mib and limits.reader_seconds are settings.",
    )


def _make_error(answer: dict[str, Any]) -> CenotaphError:
    kind = getattr(errors, str(answer["error"]), InputError)
    if not (isinstance(kind, type) and issubclass(kind, CenotaphError)):
        kind = InputError
    return kind(str(answer["message"]), str(answer["hint"]))


_SHARED = ReaderProcess()
atexit.register(_SHARED.close)


def shared_process() -> ReaderProcess:
    """Return the process apart of this process; it ends with it."""
    return _SHARED
