"""Seconds and memory of taking in a channel's export: by default 100,000 messages, 20,000 of them with a picture."""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from pathlib import Path

from tests.chat_exports import write_large

from cenotaph.capture.isolation import shared_process
from cenotaph.services.chats import import_chat
from cenotaph.services.opening import name_actor, start_casebook


def main(arguments: list[str] | None = None) -> None:
    """Make an export, take it in, and say what that took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=100_000)
    parser.add_argument("--media", type=int, default=20_000)
    parser.add_argument("--bytes", type=int, default=20_000, help="Size of a picture.")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        export = write_large(Path(folder, "export"), chosen.messages, chosen.media, chosen.bytes)
        actor = name_actor(None)
        casebook = start_casebook(Path(folder, "casebook"), actor)
        start = time.perf_counter()
        marks: list[str] = []

        def progress(stage: str, done: int) -> None:
            del stage, done
            marks.append(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}")

        done = import_chat(casebook, actor, export, progress=progress)
        seconds = time.perf_counter() - start
        shared_process().close()  # Its memory is told once it has ended.
        print(f"{done.messages:,} messages, {done.media:,} files: {seconds:.1f} s")
        print(f"resident MiB after each tenth: {' '.join(marks[:: max(1, len(marks) // 10)])}")
        child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"the reading process: {child:.0f} MiB")


if __name__ == "__main__":
    main()
