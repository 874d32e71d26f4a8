"""``cenotaph list``: take in lists of named dead."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cenotaph.cli.context import DONE_IN_PART, Call, dry_run_option, json_option, pass_call, print_json, shorten

if TYPE_CHECKING:
    from cenotaph.services.imports import Import


@click.group("list")
def lists() -> None:
    """Take in lists of named dead."""


_file = click.argument("file", required=False, type=click.Path(path_type=Path, exists=True, dir_okay=False))
_capture = click.option("--capture", metavar="ID", help="Read the table of a capture, by its id or its beginning, and no FILE.")


def _choose(file: Path | None, capture: str | None) -> None:
    if (file is None) == (capture is None):
        raise click.UsageError("Name a FILE, or a capture by --capture ID.")


@lists.command()
@_file
@_capture
@click.option("--id", "list_id", metavar="ID", help="The short name that the list shall have.")
@click.option("--language", metavar="TAG", help="The language of its words, as BCP 47 writes it.")
@click.option("--encoding", metavar="NAME", help="The encoding of a CSV file that is not UTF-8.")
@click.option("--sheet", metavar="NAME", help="The sheet of an XLSX file; 'table 2' of a page or Word document.")
@click.option("--header", type=click.IntRange(1), help="The row that names the columns, where a title stands above it.")
@click.option("--out", type=click.Path(path_type=Path), help="Write it to this file instead of standard output.")
@pass_call
def propose(
    call: Call,
    file: Path | None,
    capture: str | None,
    list_id: str | None,
    language: str | None,
    encoding: str | None,
    sheet: str | None,
    header: int | None,
    out: Path | None,
) -> None:
    """Draft a mapping from a list's FILE: what each column seems to be, and its words. Needs no casebook, but for --capture."""
    from cenotaph.services.lists import propose as draft
    from cenotaph.services.lists import propose_kept

    _choose(file, capture)
    if file is not None:
        text = draft(file, list_id=list_id, language=language, encoding=encoding, sheet=sheet, header=header)
    else:
        casebook = call.casebook()
        text = propose_kept(
            casebook, str(capture), list_id=list_id, language=language, encoding=encoding, sheet=sheet, header=header
        )
    if out is None:
        click.echo(text, nl=False)
        return
    if out.exists():
        raise click.UsageError(f"{out} exists; a mapping is never overwritten.")
    out.write_text(text, encoding="utf-8")
    what = f"--capture {capture}" if capture else str(file)
    call.talk(f"Wrote {out}. Read it through, mend what it guessed, then: cenotaph list import {what} --mapping {out}")


@lists.command("import")
@_file
@_capture
@click.option(
    "--mapping",
    required=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="TOML or YAML: how it is read.",
)
@click.option("--release", metavar="LABEL", help="The release's label, instead of the mapping's.")
@click.option("--date", "released_on", metavar="DATE", help="When the release became public, instead of the mapping's: 2025-11.")
@click.option(
    "--complete/--addition",
    default=None,
    help="Whether the file is the whole list or only adds, instead of the mapping's.",
)
@click.option("--encoding", metavar="NAME", help="The encoding of a CSV file, instead of the mapping's.")
@click.option("--sheet", metavar="NAME", help="The sheet of an XLSX file, or 'table 2' of a page, instead of the mapping's.")
@click.option("--yes", is_flag=True, help="Withdraw rows even where they are more than the settings allow.")
@dry_run_option
@json_option
@pass_call
def import_(
    call: Call,
    file: Path | None,
    capture: str | None,
    mapping: Path,
    release: str | None,
    released_on: str | None,
    complete: bool | None,
    encoding: str | None,
    sheet: str | None,
    yes: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Read a list's FILE under a mapping: every row becomes a report, and what changed since the release before is said.

    Exit 3 where rows or values could not be read; each is named with its line, column, value and reason. A row with a
    value that cannot be read is taken in, its words are kept.
    """
    from cenotaph.services import import_text, imports

    _choose(file, capture)
    casebook = call.casebook()
    read = imports.load(
        mapping, release=release, released_on=released_on, complete=complete, encoding=encoding, sheet=sheet
    )
    with call.progress() as progress:
        actor = call.actor(casebook)
        if file is not None:
            done = imports.import_list(casebook, actor, file, read, confirmed=yes, dry_run=dry_run, progress=progress)
        else:
            done = imports.import_kept(casebook, actor, str(capture), read, confirmed=yes, dry_run=dry_run, progress=progress)
    if as_json:
        print_json(import_text.import_json(done))
    else:
        _say(call, done, dry_run)
    sys.exit(DONE_IN_PART if done.in_part else 0)


def _say(call: Call, done: Import, dry_run: bool) -> None:
    from cenotaph.services import import_text

    for line in import_text.import_text(done):
        click.echo(line)
    for failure in import_text.failure_text(done):
        click.echo(failure, err=True)
    if dry_run:
        call.talk("Nothing was written: --dry-run.")


@lists.command("show")
@json_option
@pass_call
def show(call: Call, as_json: bool) -> None:
    """List the lists with their releases, as they were read."""
    from cenotaph.domain.plurals import count_words
    from cenotaph.services.lists import show_readings
    from cenotaph.services.wording import clean

    lines = show_readings(call.casebook())
    if as_json:
        print_json([asdict(line) for line in lines])
        return
    for line in lines:
        whole = "complete" if line.complete else "addition"
        what = f"{line.list_id}  release {clean(line.release)} of {line.released_on}, {whole}"
        rows = f"{count_words(line.standing or 0, 'row')} standing, {count_words(line.reports, 'new report')}"
        how = f"reading {shorten(line.id)} under mapping {shorten(line.reading_hash)}"
        click.echo(f"{what}, taken in {line.known_at[:10]}: {rows}; {how}")
