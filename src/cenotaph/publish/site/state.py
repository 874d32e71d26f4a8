"""What builds left in a site's folder: every file that they wrote, so that the next one deletes nothing else.

The file holds names and hashes of public pages, nothing else. While a build runs, names are added before their files are
written: a build that is cut short leaves no page that a later one would not know as its own.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from cenotaph.domain.errors import RefusedError

STATE = "build-state.txt"
_HEAD = "cenotaph site 2 "
_UNFINISHED = "unfinished"
_NEW = "build-state.new"


@dataclass(frozen=True, slots=True)
class State:
    """What builds left.

    Parameters
    ----------
    base
        The hash of what all persons' pages were made with; nothing that matches where the last build was cut short.
    prints
        Of each person who has a page the fingerprint of the entry and of the pages' bytes.
    files
        Every file that a build wrote and that was not deleted since, by its name in the folder, with the hash of its bytes where
        the build kept it, else nothing.
    """

    base: str
    prints: Mapping[str, str]
    files: Mapping[str, str] = field(default_factory=dict)


@contextmanager
def hold_folder(folder: Path) -> Iterator[None]:
    """Hold a site's folder, made where it is not there, so that no other build writes into it meanwhile.

    Raises
    ------
    RefusedError
        Another build holds it, or it holds something that no build of a site made.
    """
    made = not folder.exists()
    if not made and not folder.is_dir():
        raise RefusedError(f"{folder} is no folder.", "Name a new folder.")
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise RefusedError(f"Another build writes into {folder}.", "Wait until it has ended.") from error
        yield
    finally:
        os.close(handle)
        if made and folder.is_dir() and not any(folder.iterdir()):  # Refused before anything was written.
            folder.rmdir()


def read_state(folder: Path) -> State:
    """Return what builds left.

    Raises
    ------
    RefusedError
        The folder holds something that no build of a site made, or that another version built.
    """
    path = folder / STATE
    if not path.is_file():
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise RefusedError(
                f"{folder} is not empty and no site was built into it: its files could be overwritten.", "Name a new folder."
            )
        return State("", {})
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    if not lines or not lines[0].startswith(_HEAD):
        raise RefusedError(
            f"{path} is not of this version: which files of {folder} are a site's cannot be told.",
            "Name a new folder, and take what is yours over into it.",
        )
    prints: dict[str, str] = {}
    files: dict[str, str] = {}
    for line in lines[1:]:
        kind, _, rest = line.partition(" ")
        mark, _, name = rest.partition(" ")
        if kind == "p" and name:
            prints[name] = mark
        elif kind == "f" and name and not name.startswith("/") and (".." not in name or ".." not in name.split("/")):
            files[name] = mark.strip("-")
    return State(lines[0].removeprefix(_HEAD), prints, files)


class Journal:
    """The state while a build runs: what was there, then every name before its file is written."""

    def __init__(self, folder: Path, before: State) -> None:
        self._folder = folder
        write_state(folder, State(_UNFINISHED, {}, before.files))
        self._stream = (folder / STATE).open("a", encoding="utf-8")
        self._known = set(before.files)

    def note(self, names: Iterable[str]) -> None:
        """Add names of files that are about to be written."""
        new = [name for name in names if name not in self._known]
        if new:
            self._known.update(new)
            self._stream.write("".join(f"f - {name}\n" for name in new))
            self._stream.flush()

    def knows(self, name: str) -> bool:
        """Tell whether some build wrote a file of this name."""
        return name in self._known

    def list_known(self) -> list[str]:
        """Return every name."""
        return sorted(self._known)

    def close(self) -> None:
        """End it."""
        self._stream.close()


def write_state(folder: Path, state: State) -> bytes:
    """Write the state in one step; return its bytes."""
    new, data = folder / _NEW, state_bytes(state)
    new.unlink(missing_ok=True)  # Whatever lies there may be a link.
    new.write_bytes(data)
    new.replace(folder / STATE)
    return data


def state_bytes(state: State) -> bytes:
    """Return the state as it is written."""
    lines = [f"{_HEAD}{state.base}", *(f"p {mark} {person}" for person, mark in sorted(state.prints.items()))]
    lines += [f"f {mark or '-'} {name}" for name, mark in sorted(state.files.items())]
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")
