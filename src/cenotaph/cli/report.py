"""``cenotaph report``: enter and see what a document says of one person."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

import click

from cenotaph.cli.context import (
    DONE_IN_PART,
    Call,
    dry_run_option,
    json_option,
    pass_call,
    print_json,
    print_json_line,
    shorten,
)


@click.group()
def report() -> None:
    """Enter and see what a document says of one person."""


@report.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@dry_run_option
@pass_call
def add(call: Call, file: Path, dry_run: bool) -> None:
    """Enter the reports of FILE (JSON Lines: document, and for each value its quote).

    Exit 3 where lines were not taken in; each is named with its reason.
    """
    from cenotaph.services import report_entry
    from cenotaph.services.wording import clean

    casebook = call.casebook()
    entered = report_entry.add_reports(casebook, call.actor(casebook), file, dry_run=dry_run)
    for identifier in entered.ids:
        click.echo(identifier)
    for bad in entered.bad:
        click.echo(f"Line {bad.line} of {file.name}: {clean(bad.reason)}", err=True)
    call.talk(f"{len(entered.ids)} entered, {entered.already} were there already, {len(entered.bad)} not taken in.")
    if dry_run:
        call.talk("Nothing was written: --dry-run.")
    if entered.bad:
        sys.exit(DONE_IN_PART if entered.ids or entered.already else 1)


@report.command("list")
@click.option("--list", "list_id", metavar="ID", help="Only reports of this list.")
@click.option("--limit", type=click.IntRange(1), help="At most so many.")
@json_option
@pass_call
def list_(call: Call, list_id: str | None, limit: int | None, as_json: bool) -> None:
    """List reports in the order they came."""
    from cenotaph.services import reports
    from cenotaph.services.wording import clean

    call.casebook()
    for line in reports.list_reports(list_id, limit):
        if as_json:
            print_json_line(asdict(line))
        else:
            place = f"document {line.document}"
            if line.list_id:
                where = f"release {clean(line.release or '')}, reading {shorten(line.reading)}"
                place = f"{line.list_id} row {line.row_number}  ({where})"
            click.echo(f"{line.id}  {place}{'  sealed' if line.sealed else ''}")


@report.command()
@click.argument("identifier")
@json_option
@pass_call
def show(call: Call, identifier: str, as_json: bool) -> None:
    """Show a report: every value with its words, and the capture they stand in."""
    from cenotaph.services import reports

    found = reports.show_report(call.casebook(), identifier)
    if as_json:
        print_json(asdict(found))
        return
    for line in reports.report_text(found):
        click.echo(line)
