"""Counting a release again before its site is built: the release's own check, without the copies in other formats.

Hashes say only that files are those that somebody summed up. What stands on pages is counted again from members, as a stranger
would, by the script that every release carries.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from functools import cache
from pathlib import Path
from typing import Any, cast

from cenotaph.domain.errors import DamagedFileError
from cenotaph.publish.release_files import VERIFY

_CHECKS = ("check_figures", "check_unnamed", "check_beside")


@cache
def _load_script() -> dict[str, Any]:
    """Return the names of the script; this program's own one, never the folder's."""
    names: dict[str, Any] = {"__name__": "verify", "__file__": str(VERIFY)}
    exec(compile(VERIFY.read_text(encoding="utf-8"), str(VERIFY), "exec"), names)
    return names


def find_wrong(folder: Path) -> Iterator[str]:
    """Yield what `release verify` finds wrong with a release's tables, figures, places and numbers beside claims."""
    script = _load_script()
    say = cast(Callable[[Exception], str], script["say"])
    try:
        with redirect_stdout(io.StringIO()):
            problems = [problem for name in _CHECKS for problem in script[name](folder)]
            for path in sorted((folder / "data").glob("*.csv")):
                script["cells"](path)
    except (OSError, ValueError, KeyError, TypeError) as error:
        problems = [say(error)]
    yield from problems


def check_counted(folder: Path) -> None:
    """Check that a release's tables can be read and that its numbers follow from its members.

    Raises
    ------
    DamagedFileError
        They do not; the message is that of `release verify`.
    """
    problems = list(find_wrong(folder))
    if problems:
        more = f"; {len(problems) - 1} more things are wrong" if len(problems) > 1 else ""
        raise DamagedFileError(f"{folder}: {problems[0]}{more}.", "Run `cenotaph release verify` on it.")
