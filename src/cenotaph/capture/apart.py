"""The process apart itself: ``python -m cenotaph.capture.apart MIB`` reads jobs from its input until it ends."""

from __future__ import annotations

import contextlib
import json
import os
import resource
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from cenotaph.capture.limits import Limits
from cenotaph.domain.errors import CenotaphError, DamagedFileError, InputError, TooLargeError

_FORBIDDEN = (
    "socket.connect",
    "socket.bind",
    "socket.getaddrinfo",
    "socket.gethostbyname",
    "socket.sendto",
    "subprocess.Popen",
    "os.exec",
    "os.fork",
    "os.forkpty",
    "os.posix_spawn",
    "os.spawn",
    "os.system",
    "os.remove",
    "os.rename",
    "os.mkdir",
    "os.rmdir",
    "os.link",
    "os.symlink",
    "os.chmod",
    "shutil.rmtree",
    "urllib.Request",
)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse whatever would leave a trace or reach out; what a library tries is an error of the file that made it try."""
    if event == "open":
        flags = arguments[2] if len(arguments) > 2 else 0
        mode = arguments[1] if len(arguments) > 1 else None
        if (isinstance(flags, int) and flags & _WRITING) or (isinstance(mode, str) and set(mode) & set("wax+")):
            raise PermissionError("the reading process writes nothing")
    elif event in _FORBIDDEN:
        raise PermissionError(f"the reading process does nothing such as {event}")


def _confine(mib: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (mib << 20, mib << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    sys.addaudithook(_refuse)


def _allow_seconds(seconds: int) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds + 1, hard))


def _do(job: dict[str, Any]) -> Iterator[dict[str, Any]]:
    from cenotaph.capture.passing import document_to
    from cenotaph.capture.readers.contained import Contained, read_contained, read_contained_tables
    from cenotaph.capture.warc.unpack import inspect_wacz
    from cenotaph.capture.warc.walk import open_record, walk_records

    limits = Limits(**job["limits"])
    _allow_seconds(limits.reader_seconds)
    path = Path(job["path"])
    with path.open("rb") as stream:
        if job["do"] == "index":
            for entry in walk_records(stream, job["name"], job["start"], job["end"]):
                yield asdict(entry)
            return
        if job["do"] == "inspect":
            yield from inspect_wacz(stream, job["name"], limits)
            return
        if job["do"] == "chat":
            yield from _read_chat(stream, job)
            return
        if "offset" in job:
            source = open_record(stream, job["name"], job["offset"], limits, job["encoding"], job["address"])
        else:
            data = stream.read(limits.read_bytes + 1)
            if len(data) > limits.read_bytes:
                raise TooLargeError(
                    f"{job['name']} is over {limits.read_bytes:,} bytes; it is kept, not read.", "limits.read_bytes says so."
                )
            source = Contained(data, job["name"], job["media_type"], limits, job["encoding"])
    if job["do"] == "tables":
        for table in read_contained_tables(source):
            yield {"header": table.header, "columns": table.columns, "encoding": table.encoding, "count": len(table.rows)}
            for row in table.rows:
                yield {"row": row}
        return
    for document in read_contained(source):
        yield document_to(document)


def _read_chat(stream: IO[bytes], job: dict[str, Any]) -> Iterator[dict[str, Any]]:
    from cenotaph.capture.chats import telegram_html, telegram_json
    from cenotaph.capture.chats.messages import ChatMessage, LeftOut

    if job["form"] == "json":
        found = telegram_json.read_export(cast(BinaryIO, stream), job["name"], job["own"], job["chats"], job["every"])
    else:
        found = telegram_html.read_page(stream.read(job["limits"]["read_bytes"]), job["name"], job["own"])
    for item in found:
        if isinstance(item, LeftOut):
            yield {"left_out": asdict(item)}
        else:
            yield {"message": asdict(item)} if isinstance(item, ChatMessage) else {"chat": item}


def _answer(out: IO[bytes], number: object, value: dict[str, Any]) -> None:
    out.write(json.dumps({**value, "job": number}, ensure_ascii=True, separators=(",", ":")).encode("ascii") + b"\n")


def _make_error(error: BaseException, name: str) -> CenotaphError:
    if isinstance(error, CenotaphError):
        return error
    if isinstance(error, MemoryError):
        return DamagedFileError(f"{name} cannot be read: reading it takes more memory than it may.", "limits.reader_mib says it.")
    if isinstance(error, PermissionError):
        return DamagedFileError(f"{name} cannot be read: it would have something written, asked or run.", "Do not trust it.")
    if isinstance(error, RecursionError):
        return DamagedFileError(f"{name} nests its parts deeper than can be read.", "Get it again, or take apart what it holds.")
    words = ascii(f"{type(error).__name__}: {error}")[1:-1][:150]
    return DamagedFileError(f"{name} is damaged, or made in a way that its reader does not know ({words}).", "Get it again.")


def main() -> None:
    """Do jobs until the input ends."""
    sys.setrecursionlimit(500)
    out = os.fdopen(os.dup(1), "wb")
    sys.stdout = sys.stderr
    _confine(int(sys.argv[1]))
    for line in sys.stdin.buffer:
        job = json.loads(line)
        try:
            for value in _do(job):
                _answer(out, job["job"], value)
                # It gets on: what is counted is the time of one answer, not of a long file.
                _allow_seconds(job["limits"]["reader_seconds"])
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt | SystemExit):
                return
            known = _make_error(error, str(job.get("name", "It")))
            kind = type(known).__name__ if isinstance(known, InputError) else "InputError"
            spent = isinstance(error, MemoryError | ImportError | SystemError)
            with contextlib.suppress(OSError):
                _answer(out, job["job"], {"error": kind, "message": known.message, "hint": known.hint, "spent": spent})
                out.flush()
            if spent:  # What is loaded by now may be in pieces: the parent begins anew.
                return
        else:
            _answer(out, job["job"], {"done": True})
        with contextlib.suppress(OSError):
            out.flush()


if __name__ == "__main__":
    main()
