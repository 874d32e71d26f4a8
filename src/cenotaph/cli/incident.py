"""``cenotaph incident``: what happened where and when, how many victims sources state, and who of them is named."""

from __future__ import annotations

import re
from datetime import datetime

import click

from cenotaph.cli.context import Call, json_option, pass_call, print_json, print_json_line

_DAY = click.DateTime(["%Y-%m-%d"])
_keys = click.option(
    "--key", "keys", multiple=True, metavar="AXIS=KEY", help="What holds for all of them: nationality=UZ; several times."
)
_reason = click.option("--reason", required=True, help="Why.")
_NUMBER = re.compile(r"([0-9]{1,9})(?:-([0-9]{1,9})|(\+))?")


@click.group()
def incident() -> None:
    """Record incidents and their victims: named people, and places for those whom nobody has named."""


@incident.command()
@click.argument("title")
@click.option("--date", "happened", required=True, metavar="EDTF", help="When: a day, a month, 2024-03-01/2024-03-03.")
@click.option("--place", help="Where, in words.")
@_keys
@pass_call
def add(call: Call, title: str, happened: str, place: str | None, keys: tuple[str, ...]) -> None:
    """Record an incident called TITLE; print its id."""
    from cenotaph.services.incident_entry import add_incident

    casebook = call.casebook()
    click.echo(add_incident(casebook, call.actor(casebook), title, happened, place, _split(keys)))


@incident.command()
@click.argument("incident_id", metavar="INCIDENT")
@click.argument("number")
@click.option("--document", metavar="ID", help="The document that says so.")
@click.option("--date", "stated_on", type=_DAY, metavar="DAY", help="When it was said; without it, when that was published.")
@_keys
@click.option("--words", help="How the source says it.")
@pass_call
def state(
    call: Call,
    incident_id: str,
    number: str,
    document: str | None,
    stated_on: datetime | None,
    keys: tuple[str, ...],
    words: str | None,
) -> None:
    """Record how many victims a source states: NUMBER is 5, 5-7, or 5+ for "at least 5"; named and unnamed together."""
    from cenotaph.services.incident_entry import add_statement

    found = _NUMBER.fullmatch(number)
    if not found:
        raise click.UsageError(f"'{number[:40]}' is no number of victims: write 5, 5-7 or 5+.")
    low = int(found[1])
    high = int(found[2]) if found[2] else None if found[3] else low
    casebook = call.casebook()
    day = stated_on.date() if stated_on else None
    actor = call.actor(casebook)
    identifier = add_statement(
        casebook, actor, incident_id, low, high, document=document, stated_on=day, keys=_split(keys), words=words
    )
    click.echo(identifier)


@incident.command()
@click.argument("statement_id", metavar="STATEMENT")
@_reason
@pass_call
def drop(call: Call, statement_id: str, reason: str) -> None:
    """Set a STATEMENT aside: it stays in the record and counts no more."""
    from cenotaph.services.incident_entry import drop_statement

    casebook = call.casebook()
    click.echo(drop_statement(casebook, call.actor(casebook), statement_id, reason))


@incident.command()
@click.argument("incident_id", metavar="INCIDENT")
@click.argument("person")
@_reason
@pass_call
def fill(call: Call, incident_id: str, person: str, reason: str) -> None:
    """Say that PERSON is a victim of INCIDENT: one unnamed place less, and nothing added."""
    from cenotaph.services.incident_entry import fill_place

    casebook = call.casebook()
    fill_place(casebook, call.actor(casebook), incident_id, person, reason)


@incident.command()
@click.argument("incident_id", metavar="INCIDENT")
@click.argument("person")
@_reason
@pass_call
def empty(call: Call, incident_id: str, person: str, reason: str) -> None:
    """Take back that PERSON is a victim of INCIDENT."""
    from cenotaph.services.incident_entry import empty_place

    casebook = call.casebook()
    empty_place(casebook, call.actor(casebook), incident_id, person, reason)


@incident.command("list")
@json_option
@pass_call
def list_(call: Call, as_json: bool) -> None:
    """List incidents, the first one first."""
    from cenotaph.services.incident_text import incident_line, incident_record
    from cenotaph.services.incidents import read_incidents

    call.casebook()
    for item in read_incidents():
        if as_json:
            print_json_line(incident_record(item))
        else:
            click.echo(incident_line(item))


@incident.command()
@click.argument("incident_id", metavar="INCIDENT")
@json_option
@pass_call
def show(call: Call, incident_id: str, as_json: bool) -> None:
    """Show an INCIDENT: statements with their sources, named victims, unnamed places, and what does not go together."""
    from cenotaph.services.incident_text import incident_record, incident_text
    from cenotaph.services.incidents import find_incident

    call.casebook()
    found = find_incident(incident_id)
    if as_json:
        print_json(incident_record(found))
        return
    for line in incident_text(found):
        click.echo(line)


def _split(keys: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in keys:
        axis, equals, key = text.partition("=")
        if not equals or not key or axis in found:
            raise click.UsageError(f"'{text[:60]}' is no axis with its key, or the axis stands twice: write nationality=UZ.")
        found[axis] = key
    return found
