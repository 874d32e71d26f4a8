"""Finding the files that a call names: files as they are, folders with what is in them, in sorted order."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from cenotaph.capture.files import name_kind, printable

_CASEBOOK_FILE = "casebook.toml"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A path that is not taken in, and why; the path can be printed, it need not lead anywhere."""

    path: Path
    reason: str


def walk(paths: Iterable[Path]) -> Iterator[Path | Skipped]:
    """Yield the files at paths, and of folders the files in them, at any depth.

    A path that is no folder is yielded as it is, also where nothing is there: taking it in says what is
    wrong. Of what a folder holds, these are skipped with a reason and never opened: hidden files and folders,
    links of any kind (what they lead to inside the folder is found under its own name, what lies outside was
    not named), pipes, sockets and devices, and casebooks.
    """
    for path in paths:
        if not _is_utf8(str(path)):
            yield _skip(path, "its name is not UTF-8: rename it")
        elif not path.is_dir():
            yield path
        elif (path / _CASEBOOK_FILE).is_file():
            yield _skip(
                path, "it is a casebook, and a casebook's own files are no evidence: name a folder in it"
            )
        else:
            yield from _walk_folder(path, Path(os.path.realpath(path)))


def _walk_folder(folder: Path, root: Path) -> Iterator[Path | Skipped]:
    # One list of what is still to be looked at, last first: folders may be nested deeper than calls can be.
    waiting = [folder]
    empty = True
    while waiting:
        path = waiting.pop()
        if path is not folder and (reason := _why_not(path, root)):
            empty = False
            yield _skip(path, reason)
        elif path is folder or (path.is_dir() and not path.is_symlink()):
            try:
                inside = sorted(path.iterdir(), key=os.fsencode, reverse=True)
            except OSError as error:
                empty = False
                yield _skip(path, f"the folder cannot be listed: {error.strerror}")
                continue
            waiting += inside
        else:
            empty = False
            yield path
    if empty:
        yield _skip(folder, "the folder holds no files")


def _why_not(path: Path, root: Path) -> str | None:
    if not _is_utf8(path.name):
        return "its name is not UTF-8: rename it"
    if path.name.startswith("."):
        return "it is hidden: its name begins with a dot"
    if path.is_symlink():
        return _describe_link(path, root)
    try:
        mode = path.lstat().st_mode
    except OSError as error:
        return f"it cannot be looked at: {error.strerror}"
    kind = name_kind(mode)
    if kind == "a folder":
        return "it is a casebook" if (path / _CASEBOOK_FILE).is_file() else None
    return f"it is {kind}, not a file" if kind else None


def _describe_link(path: Path, root: Path) -> str:
    try:
        target = Path(os.path.realpath(path, strict=True))
    except OSError:
        return "it is a link that leads nowhere"
    if target == root or root in target.parents:
        return "it is a link into the same folder, whose files are taken in under their own names"
    return "it is a link that leads out of the folder: name what it leads to"


def _is_utf8(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _skip(path: Path, reason: str) -> Skipped:
    return Skipped(Path(printable(str(path))), reason)
