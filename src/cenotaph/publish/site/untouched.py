"""Which pages nobody has touched since a build found them as they should be: told without reading them.

Of the pages of each person a build keeps a mark: a hash of each file's number, its size, and the instants at which its content
and anything of it last changed. The last of these no program sets: whoever writes a file, moves one into its place or gives it
back its old date changes the mark. Pages whose mark is another, or that have none, are read and compared byte by byte.

The marks are of one machine and no part of the site: they lie in a file beside its folder, ``.NAME.untouched``, which may be
deleted at any time. Its first line commits to the rest, to the ``build-state.txt`` that the build left, and to the machine's
start: the file of another state, or one that is cut off, is not used, nor one from before the machine was started, since what
was written shortly before a power cut may never have reached the disk.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path

from cenotaph.publish.site.state import STATE

_HEAD = "cenotaph untouched 1 "
_SECOND = 1_000_000_000


def look(names: Iterable[str]) -> str:
    """Return the mark of files, in their order; nothing where one is missing or a link, or where its file system has no fine clock.

    Where instants are whole seconds, or two, as on many USB sticks, a change just after a build could leave them as they were.
    """
    total = hashlib.blake2b(digest_size=12)
    for name in names:
        try:
            found = os.lstat(name)
        except OSError:
            return ""
        if not stat.S_ISREG(found.st_mode):
            return ""
        content, anything = found.st_mtime_ns, found.st_ctime_ns
        if not content % _SECOND or not anything % _SECOND:
            return ""
        total.update(f"{found.st_ino} {found.st_mode} {found.st_size} {content} {anything}\n".encode())
    return total.hexdigest()


def read_marks(site: Path) -> dict[str, str]:
    """Return the marks that the last build kept, by person; none where they are of another state of the site, or damaged."""
    try:
        head, _, body = _path_of(site).read_bytes().partition(b"\n")
        state = (site / STATE).read_bytes()
    except OSError:
        return {}
    if not read_start() or head.decode("utf-8", "replace") != f"{_HEAD}{_commit(state, body)}":
        return {}
    pairs = (line.partition(" ") for line in body.decode("utf-8").split("\n") if line)
    return {person: mark for mark, _, person in pairs}


def write_marks(site: Path, state: bytes, marks: Mapping[str, str]) -> None:
    """Keep marks for the next build; where that cannot be done, it reads all pages, and this one does not fail for it.

    Parameters
    ----------
    state
        The bytes of the ``build-state.txt`` that they belong to.
    """
    body = "".join(f"{mark} {person}\n" for person, mark in marks.items() if mark).encode()
    path = _path_of(site)
    new = path.with_name(f"{path.name}.new")
    with contextlib.suppress(OSError):
        new.unlink(missing_ok=True)  # Whatever lies there may be a link.
        new.write_bytes(f"{_HEAD}{_commit(state, body)}\n".encode() + body)
        new.replace(path)


def read_start() -> bytes:
    """Return what names this start of the machine; nothing where the system does not tell."""
    with contextlib.suppress(OSError):
        return Path("/proc/sys/kernel/random/boot_id").read_bytes()
    return b""


def _commit(state: bytes, body: bytes) -> str:
    parts = (state, body, read_start())
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


def _path_of(site: Path) -> Path:
    place = site.resolve()
    return place.parent / f".{place.name}.untouched"
