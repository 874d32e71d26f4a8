"""Files that a command writes anew, whole or not at all."""

from __future__ import annotations

from pathlib import Path

from cenotaph.domain.errors import RefusedError


def check_output(path: Path) -> Path:
    """Return a path that may be replaced by a new file: nothing is there yet, or a file is.

    Raises
    ------
    RefusedError
        It is a folder, a device or a pipe: root would replace even ``/dev/null`` by a file.
    """
    if path.exists() and not path.is_file():
        raise RefusedError(f"{path} is no file that can be written anew.", "Name a file.")
    return path
