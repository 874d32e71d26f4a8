"""``cenotaph remains``: bodies and parts of bodies, what happened to them, and whose they are."""

from __future__ import annotations

import click

from cenotaph.cli.context import Call, json_option, pass_call, print_json, print_json_line


@click.group()
def remains() -> None:
    """Record bodies and parts of bodies: found, exchanged, examined, identified, returned, buried."""


@remains.command()
@click.argument("label")
@click.option("--words", help="What they are: a body, a part, of several people.")
@pass_call
def add(call: Call, label: str, words: str | None) -> None:
    """Record remains that bear LABEL; print their id."""
    from cenotaph.services.remains import add_remains

    casebook = call.casebook()
    click.echo(add_remains(casebook, call.actor(casebook), label, words))


@remains.command()
@click.argument("remains_id", metavar="REMAINS")
@click.argument("kind")
@click.option("--person", metavar="ID", help="Whose they are; with `identified`. Several people's: one event for each.")
@click.option("--document", metavar="ID", help="The document that says so.")
@click.option("--date", "happened", metavar="EDTF", help="When.")
@click.option("--words", help="What is said of it; of an identification, the method.")
@pass_call
def event(
    call: Call,
    remains_id: str,
    kind: str,
    person: str | None,
    document: str | None,
    happened: str | None,
    words: str | None,
) -> None:
    """Record what happened to REMAINS: KIND is found, exchanged, examined, identified, returned or buried."""
    from cenotaph.services.remains import add_event

    casebook = call.casebook()
    actor = call.actor(casebook)
    identifier = add_event(
        casebook, actor, remains_id, kind, person=person, document=document, happened=happened, words=words
    )
    click.echo(identifier)


@remains.command()
@click.argument("event_id", metavar="EVENT")
@click.option("--reason", required=True, help="Why.")
@pass_call
def misattributed(call: Call, event_id: str, reason: str) -> None:
    """Take an EVENT back: an identification was wrong, or it never happened. Both words stay in the record."""
    from cenotaph.services.remains import take_back

    casebook = call.casebook()
    click.echo(take_back(casebook, call.actor(casebook), event_id, reason))


@remains.command("list")
@click.option("--nobodys", is_flag=True, help="Only those that are said to be nobody's.")
@json_option
@pass_call
def list_(call: Call, nobodys: bool, as_json: bool) -> None:
    """List remains, the first ones first."""
    from cenotaph.services.remains import read_remains
    from cenotaph.services.remains_text import remains_line, remains_record

    call.casebook()
    for item in read_remains():
        if nobodys and item.whose():
            continue
        if as_json:
            print_json_line(remains_record(item))
        else:
            click.echo(remains_line(item))


@remains.command()
@click.argument("remains_id", metavar="REMAINS")
@json_option
@pass_call
def show(call: Call, remains_id: str, as_json: bool) -> None:
    """Show REMAINS with everything that happened to them."""
    from cenotaph.services.remains import read_one
    from cenotaph.services.remains_text import remains_record, remains_text

    call.casebook()
    found = read_one(remains_id)
    if as_json:
        print_json(remains_record(found))
        return
    for line in remains_text(found):
        click.echo(line)
