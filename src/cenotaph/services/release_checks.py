"""Checking a release's folder as a stranger would."""

from __future__ import annotations

from pathlib import Path

from cenotaph.domain.errors import NotFoundError
from cenotaph.publish.release_files import SUMS


def verify_folder(folder: Path) -> tuple[bool, list[str]]:
    """Run a release's own check as a stranger would; return whether everything matches, and what it said.

    The script that runs is this program's, not the folder's.

    Raises
    ------
    NotFoundError
        The folder is no release.
    """
    import subprocess
    import sys

    from cenotaph.publish.release_files import VERIFY

    if not (folder / SUMS).is_file():
        raise NotFoundError(f"{folder} is no release: it has no {SUMS}.", "Name a folder that `release build` wrote.")
    code = VERIFY.read_text(encoding="utf-8")
    done = subprocess.run(  # Its own process: what it reads is not ours.
        [sys.executable, "-I", "-", str(folder.absolute())], input=code, capture_output=True, text=True, check=False
    )
    lines = [*done.stdout.splitlines(), *done.stderr.splitlines()]
    return done.returncode == 0, lines
