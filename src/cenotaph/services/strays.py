"""Files among the captures' bytes that no row names: what an interrupted command left, or somebody put there.

Bytes are taken in before the entry that names them, so a command that is killed in between leaves some. Whoever takes
files in shares a lock from before its first byte until after its commit. Who gets that lock alone, and keeps writers
waiting, sees no bytes that somebody is still going to name.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from cenotaph.capture.incoming import is_temporary
from cenotaph.capture.objects import destroy_object, list_files, object_path
from cenotaph.casebook import bulk
from cenotaph.casebook.lock import hold
from cenotaph.casebook.store import Casebook
from cenotaph.domain.errors import BusyError, LedgerBrokenError, StoreError, ValueFormatError


def intake_lock(casebook: Casebook) -> Path:
    """Return the file whose lock those share who take files in."""
    return casebook.root / "ledger" / "intake.lock"


def find_strays(casebook: Casebook) -> list[Path]:
    """Return the files that no capture names, in order of name; none while somebody takes files in."""
    with ExitStack() as stack:
        try:
            stack.enter_context(hold(intake_lock(casebook), 0))
        except StoreError:
            return []
        except OSError as error:
            if error.errno != errno.EROFS:  # Where nobody can write, nobody takes anything in.
                return []
        stack.enter_context(casebook.still())
        return list(_list_strays(casebook))


def sweep_strays(casebook: Casebook) -> int:
    """Remove bytes that no capture names, under the writer's lock; none while somebody takes files in.

    Only what lies where bytes are kept goes; what has another name is somebody's own, for ``ledger verify`` to name. A
    record that does not agree with its head may be an older one than the bytes: then nothing goes.

    Returns
    -------
    int
        How many files went.
    """
    with casebook.locked(), ExitStack() as stack:
        try:
            casebook.settled_head()
            stack.enter_context(hold(intake_lock(casebook), 0))
        except (BusyError, LedgerBrokenError):
            return 0
        swept = 0
        for path in _list_strays(casebook):
            if _is_kept_there(casebook, path) and path.is_file() and not path.is_symlink():
                destroy_object(casebook.objects, path.name)
                swept += 1
        return swept


def describe_stray(casebook: Casebook, path: Path) -> str:
    """Say what is wrong with a file that no capture names, and what to do about it."""
    what = "holds bytes that no row names: an interrupted command left them, or they were put there. "
    if _is_kept_there(casebook, path):
        return what + "The next `cenotaph capture add`, `fetch` or `check --live`, or `cenotaph list import`, removes them."
    return what + "Look at it, and remove it by hand."


def _list_strays(casebook: Casebook) -> Iterator[Path]:
    known = {row[0] for chunk in bulk.stream_rows("SELECT id FROM capture") for row in chunk}
    for path in list_files(casebook.objects):
        if is_temporary(casebook.objects, path):
            continue  # Of a living writer, or of a killed one: `find_left` names those.
        if path.name not in known or not _is_kept_there(casebook, path):
            yield path


def _is_kept_there(casebook: Casebook, path: Path) -> bool:
    """Tell whether a file lies where the bytes with its name as their hash would."""
    try:
        return object_path(casebook.objects, path.name) == path
    except ValueFormatError:
        return False
