"""``cenotaph person``: the people that reports are about."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from cenotaph.cli.context import Call, dry_run_option, json_option, pass_call, print_json, print_json_line, shorten

if TYPE_CHECKING:
    from cenotaph.services.people_runs import Accepted


@click.group()
def person() -> None:
    """Look at the people that reports are about; join and part them by a word that every later run keeps to."""


@person.command("list")
@click.option("--least", type=click.IntRange(1), default=1, show_default=True, help="Only people with so many standing reports.")
@click.option("--limit", type=click.IntRange(1), help="At most so many.")
@json_option
@pass_call
def list_(call: Call, least: int, limit: int | None, as_json: bool) -> None:
    """List people, those with most reports first; rows that a list has withdrawn are told apart."""
    from cenotaph.services.people import list_people
    from cenotaph.services.wording import clean

    call.casebook()
    for line in list_people(least, limit):
        if as_json:
            print_json_line(asdict(line))
        else:
            mark = "  unresolved: its name alone does not say whose it is" if line.unresolved else ""
            mark += f"  {line.withdrawn:,} more withdrawn" if line.withdrawn and line.reports else ""
            mark += "  withdrawn: no report of it stands" if not line.reports else ""
            click.echo(f"{shorten(line.id)}  {line.reports:>5,}  {clean(line.name or 'no name')}{mark}")


@person.command()
@click.argument("person_id", metavar="PERSON")
@json_option
@pass_call
def show(call: Call, person_id: str, as_json: bool) -> None:
    """Show a person's reports, and what became of the ids; an id that was merged away leads to the one that stands."""
    from cenotaph.services.people import show_person
    from cenotaph.services.people_text import person_text

    call.casebook()
    shown = show_person(person_id)
    if as_json:
        print_json(asdict(shown))
        return
    for line in person_text(shown):
        click.echo(line)


_reason = click.option("--reason", required=True, help="Why; it is kept with the judgement.")


@person.command()
@click.argument("person_id", metavar="PERSON")
@click.argument("others", nargs=-1, required=True)
@_reason
@dry_run_option
@pass_call
def merge(call: Call, person_id: str, others: tuple[str, ...], reason: str, dry_run: bool) -> None:
    """Say that PERSON and OTHERS are one. Ids that go lead to the one that stays; `link undo` takes it back."""
    from cenotaph.services.people import merge_people

    casebook = call.casebook()
    _say(call, merge_people(casebook, call.actor(casebook), person_id, others, reason, dry_run=dry_run), dry_run)


@person.command()
@click.argument("person_id", metavar="PERSON")
@click.argument("reports", nargs=-1, required=True)
@_reason
@dry_run_option
@pass_call
def split(call: Call, person_id: str, reports: tuple[str, ...], reason: str, dry_run: bool) -> None:
    """Say that these REPORTS of PERSON are somebody else's; together they become one other person."""
    from cenotaph.services.people import split_person

    casebook = call.casebook()
    _say(call, split_person(casebook, call.actor(casebook), person_id, reports, reason, dry_run=dry_run), dry_run)


def _say(call: Call, done: Accepted, dry_run: bool) -> None:
    from cenotaph.services.people_text import accepted_text

    for line in accepted_text(done):
        click.echo(line)
    if dry_run:
        call.talk("Nothing was written: --dry-run.")
