"""Other people's tools for web archives, in an environment of their own beside the checkout (``make archives``)."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.servers import skip_or_fail

_OWN = Path(__file__).parents[1] / ".venv-archives" / "bin"


def find_tool(name: str) -> str:
    """Return where a tool lies; skip without it, or fail where everything is required."""
    found = shutil.which(name, path=f"{_OWN}{os.pathsep}{os.environ.get('PATH', '')}")
    if found is None:
        skip_or_fail(f"{name} is not on this machine (make archives)")
    return found


@contextmanager
def replaying(folder: Path, archive: Path) -> Iterator[str]:
    """Replay an archive with pywb on loopback; yield the address that an archived one is put behind."""
    manager, server = find_tool("wb-manager"), find_tool("wayback")
    folder.mkdir()
    unpack = ["--unpack-wacz"] if archive.suffix == ".wacz" else []
    for command in (["init", "kept"], ["add", *unpack, "kept", str(archive)]):
        done = subprocess.run([manager, *command], cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [server, "-b", "127.0.0.1", "-p", str(port), "-t", "1"]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(f"http://127.0.0.1:{port}/", process)
        yield f"http://127.0.0.1:{port}/kept/2id_/"
    finally:
        process.kill()
        process.wait()


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 120
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("pywb did not start")
