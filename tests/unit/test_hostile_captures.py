"""Files made to do harm end in an error: nothing is left, run, asked or written, and no process outgrows its limit."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.hostile_inputs import built_inputs, make_inputs, read_input
from tests.made_files import LIMITS

from cenotaph.capture.isolation import ReaderProcess
from cenotaph.domain.errors import CenotaphError, InputError

FEW = replace(LIMITS, read_bytes=64 << 20, reader_mib=1024, reader_seconds=8, unzipped_bytes=64 << 20)
BUILT = dict(built_inputs())


@pytest.fixture(scope="module")
def process() -> Iterator[ReaderProcess]:
    found = ReaderProcess()
    yield found
    found.close()


@pytest.mark.parametrize("name", sorted(BUILT))
def test_a_file_built_to_do_harm_is_read_or_refused_within_the_limits(process: ReaderProcess, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(BUILT[name])
    before = sorted(tmp_path.rglob("*"))
    try:
        read_input(process, path, FEW)
    except InputError as error:
        assert error.hint and "\n" not in str(error) and "\x1b" not in str(error)
    assert sorted(tmp_path.rglob("*")) == before


def test_hundreds_of_broken_files_end_in_text_or_in_an_error(process: ReaderProcess, tmp_path: Path) -> None:
    (tmp_path / "made").mkdir()
    refused = 0
    inputs = list(make_inputs(tmp_path / "made", 420, 11))[len(BUILT) :]
    for number, (name, data) in enumerate(inputs):
        path = tmp_path / f"{number}" / name
        path.parent.mkdir()
        path.write_bytes(data)
        try:
            read_input(process, path, FEW)
        except CenotaphError as error:
            refused += 1
            assert isinstance(error, InputError), f"{number} {name}: {error}"
            assert error.hint, f"{number} {name}: {error}"
    assert 100 < refused < len(inputs)


def test_the_reading_process_can_write_ask_and_run_nothing(tmp_path: Path) -> None:
    """What a library would do if a file made it: tried in the process itself."""
    import subprocess
    import sys

    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.2)
    tries = f"""
import socket, subprocess, os, sys
from cenotaph.capture import apart
apart._confine(1024)
done = []
def attempt(name, action):
    try:
        action()
        done.append(name)
    except (PermissionError, OSError):
        pass
attempt("write", lambda: open({str(tmp_path / "x")!r}, "w"))
attempt("append", lambda: os.open({str(tmp_path / "y")!r}, os.O_CREAT | os.O_WRONLY))
attempt("connect", lambda: socket.create_connection(("127.0.0.1", {listener.getsockname()[1]})))
attempt("resolve", lambda: socket.getaddrinfo("example.org", 80))
attempt("run", lambda: subprocess.run(["true"]))
attempt("system", lambda: os.system("true"))
attempt("fork", lambda: os.fork())
attempt("remove", lambda: os.remove({str(tmp_path / "z")!r}))
print(done)
"""
    (tmp_path / "z").write_text("stays")
    done = subprocess.run([sys.executable, "-c", tries], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["z"]
    with pytest.raises(TimeoutError):
        listener.accept()
    listener.close()


def test_a_reader_over_its_memory_is_an_error_and_the_next_file_is_read(process: ReaderProcess, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"<html><body>" + b"<p>word " * 3_000_000)
    tight = ReaderProcess()
    try:
        with pytest.raises(InputError):
            tight.read(tmp_path / "a.html", "text/html", replace(FEW, reader_mib=256))
        (tmp_path / "b.html").write_text("<html><body><p>Twelve were killed in the town, relatives said.</p></body></html>")
        (document,) = tight.read(tmp_path / "b.html", "text/html", replace(FEW, reader_mib=256))
        assert document.text
    finally:
        tight.close()


def test_a_reader_over_its_time_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"<html><body>" + b"<p>word other words here " * 400_000)
    slow = ReaderProcess()
    try:
        with pytest.raises(InputError, match="seconds"):
            slow.read(tmp_path / "a.html", "text/html", replace(FEW, reader_seconds=1))
    finally:
        slow.close()
