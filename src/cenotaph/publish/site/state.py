"""What a build left behind, so that the next one writes only what changed: hashes of public pages, nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cenotaph.domain.errors import RefusedError

STATE = "build-state.txt"
_HEAD = "cenotaph site 1 "


@dataclass(frozen=True, slots=True)
class State:
    """The fingerprints of persons' pages, and the hash of what they were all made with."""

    base: str
    prints: Mapping[str, str]


def read_state(folder: Path) -> State:
    """Return what the last build left.

    Raises
    ------
    RefusedError
        The folder holds something that no build of a site made.
    """
    path = folder / STATE
    if not path.is_file():
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise RefusedError(
                f"{folder} is not empty and no site was built into it: its files could be overwritten.", "Name a new folder."
            )
        return State("", {})
    lines = path.read_text(encoding="ascii", errors="replace").splitlines()
    if not lines or not lines[0].startswith(_HEAD):
        return State("", {})
    prints = dict(line.split(" ", 1) for line in lines[1:] if " " in line)
    return State(lines[0].removeprefix(_HEAD), prints)


def state_bytes(state: State) -> bytes:
    """Return the state as it is written."""
    lines = [f"{_HEAD}{state.base}", *(f"{person} {mark}" for person, mark in state.prints.items())]
    return ("\n".join(lines) + "\n").encode("ascii", "replace")
