"""What every command needs: the casebook, who writes, progress, and ways to print."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from cenotaph.services.opening import Actor, Casebook

DONE_IN_PART = 3


@dataclass
class Call:
    """The options of the whole command line, and what they lead to."""

    folder: Path | None
    account: str | None
    role: str | None
    quiet: bool

    def casebook(self) -> Casebook:
        """Open the casebook that the call names, or the nearest one."""
        from cenotaph.services.opening import open_casebook, open_nearest

        return open_casebook(self.folder.absolute()) if self.folder else open_nearest(Path.cwd())

    def actor(self, casebook: Casebook | None = None) -> Actor:
        """Return who writes."""
        from cenotaph.services.opening import name_actor

        return name_actor(casebook.settings if casebook else None, self.role, self.account)

    def talk(self, words: str) -> None:
        """Say something to the person at the terminal."""
        if not self.quiet:
            click.echo(words, err=True)

    @contextmanager
    def progress(self) -> Iterator[Callable[[str, int], None]]:
        """Show how far each stage is, once it takes longer than a second, and only on a terminal."""
        if self.quiet or not sys.stderr.isatty():
            yield lambda stage, done: None
            return
        with _Bars() as bars:
            yield bars.advance


class Share(click.FloatRange):
    """A share or probability on the command line; what is no number (``nan``) is outside every range."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the number, or refuse it."""
        found = super().convert(value, param, ctx)
        if found != found:
            self.fail(f"{value} is no number.", param, ctx)
        return found


class _Bars:
    """A counter for each stage, drawn with rich after the first second."""

    def __init__(self) -> None:
        self._tasks: dict[str, Any] = {}
        self._progress: Any = None

    def __enter__(self) -> _Bars:
        return self

    def __exit__(self, *_: object) -> None:
        if self._progress:
            self._progress.stop()

    def advance(self, stage: str, done: int) -> None:
        import time

        now = time.monotonic()
        if stage not in self._tasks:
            self._tasks[stage] = [now, 0, None]
        task = self._tasks[stage]
        task[1] += done
        if now - task[0] < 1:
            return
        if self._progress is None:
            from rich.console import Console
            from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

            columns = (SpinnerColumn(), TextColumn("{task.description}"), TextColumn("{task.completed:,}"), TimeElapsedColumn())
            self._progress = Progress(*columns, console=Console(stderr=True), transient=True)
            self._progress.start()
        if task[2] is None:
            task[2] = self._progress.add_task(stage, total=None)
        self._progress.update(task[2], completed=task[1])


pass_call = click.make_pass_decorator(Call)

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for a program to read.")
dry_run_option = click.option("--dry-run", is_flag=True, help="Do everything but write; say what would be written.")


def print_json(value: object) -> None:
    """Print one JSON value."""
    click.echo(_escape(json.dumps(value, ensure_ascii=False, indent=1)))


def print_json_line(value: object) -> None:
    """Print one JSON value on one line, as in a file of many."""
    click.echo(_escape(json.dumps(value, ensure_ascii=False)))


def _escape(text: str) -> str:
    """Return JSON with half characters, as the names of files that are not UTF-8 hold, as ``\\udcff``."""
    return text.encode("utf-8", "backslashreplace").decode()


def shorten(identifier: str | None) -> str:
    """Return the beginning of an id, enough to name it by."""
    return (identifier or "")[:12]
