"""Processes that read texts end with the one that started them, however it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

_PARENT = """
import sys
from cenotaph.extract.batch import Job, open_readers

if __name__ == "__main__":
    text = "Nine soldiers were killed and 12 were wounded near the river, officials said on Monday. " * 400
    with open_readers(2, characters=30_000) as submit:
        collect = submit([Job(str(at), text, "en", None) for at in range(400)])
        print("started", flush=True)
        collect()
"""


def _children(process: int) -> list[int]:
    path = Path(f"/proc/{process}/task/{process}/children")
    return [int(found) for found in path.read_text().split()] if path.exists() else []


def _is_alive(process: int) -> bool:
    status = Path(f"/proc/{process}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="processes are looked up in /proc")
@pytest.mark.parametrize("signals", [(signal.SIGKILL,), (signal.SIGINT, signal.SIGINT)])
def test_no_reading_process_is_left(tmp_path: Path, signals: tuple[signal.Signals, ...]) -> None:
    script = tmp_path / "parent.py"
    script.write_text(_PARENT, "utf-8")
    parent = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=os.environ)
    assert parent.stdout is not None and parent.stdout.readline() == b"started\n"
    deadline = time.monotonic() + 120
    while len(_children(parent.pid)) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(1.5)  # until they have loaded what they need and told it to follow their parent
    workers = _children(parent.pid)
    assert len(workers) >= 2
    for one in signals:
        parent.send_signal(one)
        time.sleep(0.3)
    parent.wait(30)
    while any(_is_alive(worker) for worker in workers) and time.monotonic() < deadline:
        time.sleep(0.05)
    left = [worker for worker in workers if _is_alive(worker)]
    for worker in left:
        os.kill(worker, signal.SIGKILL)
    assert not left
