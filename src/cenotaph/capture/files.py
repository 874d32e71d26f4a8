"""Opening files from outside: regular files only, nothing that blocks, and names that are safe to print."""

from __future__ import annotations

import os
import stat
import string
import unicodedata
from pathlib import Path
from typing import BinaryIO

from cenotaph.domain.errors import InputError

_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISLNK, "a link"),
)
_HEX = frozenset(string.hexdigits.lower())


def printable(name: str) -> str:
    """Return a name with control and direction characters, and bytes that are no UTF-8, shown as escapes."""
    name = os.fsencode(name).decode("utf-8", "backslashreplace")
    return "".join(
        c if unicodedata.category(c) not in ("Cc", "Cf", "Zl", "Zp") else f"<{ord(c):04X}>" for c in name
    )


def show_name(path: Path) -> str:
    """Return how messages name a file: a kept one by the beginning of its hash, another by its name."""
    if len(path.name) == 64 and _HEX.issuperset(path.name):
        return f"capture {path.name[:12]}"
    return printable(path.name or str(path))


def name_kind(mode: int) -> str | None:
    """Return what a file is that is not a regular one (``a folder``, ``a device``, ...), None where it is."""
    if stat.S_ISREG(mode):
        return None
    return next((words for test, words in _KINDS if test(mode)), "not a file")


def open_regular(path: Path) -> BinaryIO:
    """Open a regular file to read its bytes; nothing else is opened, not even for a moment.

    A link is followed once, here; that the file then opened is the one looked at is checked.

    Raises
    ------
    InputError
        There is no such file, it is a folder, pipe, socket or device, or it may not be read.
    """
    name = show_name(path)
    try:
        real = os.path.realpath(path, strict=True)
        seen = os.lstat(real)
        if kind := name_kind(seen.st_mode):
            raise InputError(f"{name} is {kind}, not a file.", "Name a regular file.")
        # Should another thing take the file's place meanwhile: no waiting on a pipe, no link, no terminal.
        handle = os.open(real, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    except FileNotFoundError as error:
        raise InputError(f"There is no file {name}.", "Check the path.") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise InputError(
            f"{name} cannot be opened: {reason}.", "Check the path and who may read it."
        ) from error
    try:
        opened = os.fstat(handle)
        if (opened.st_dev, opened.st_ino) != (seen.st_dev, seen.st_ino) or not stat.S_ISREG(opened.st_mode):
            raise InputError(f"{name} became another file while it was opened.", "Run it again.")
        return os.fdopen(handle, "rb")
    except BaseException:
        os.close(handle)
        raise
