"""``cenotaph seal``: destroy content that must go."""

from __future__ import annotations

import click

from cenotaph.cli.context import Call, json_option, pass_call, print_json

KINDS = (
    "capture",
    "document",
    "report",
    "judgement",
    "source",
    "reading",
    "request",
    "challenge",
    "challenge_answer",
    "incident",
    "incident_statement",
    "incident_victim",
    "remains",
    "remains_event",
)


@click.command()
@click.argument("kind", type=click.Choice(KINDS), metavar="KIND")
@click.argument("identifier")
@click.option(
    "--value",
    "field",
    metavar="NAME",
    help="Seal one value of a report, such as name, birth or cites; of a reading its mapping or its summary.",
)
@click.option(
    "--reason",
    "reason_class",
    required=True,
    metavar="CLASS",
    help="Class of reason: family_request, court_order, living_person, minor, safety, error, law.",
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
@pass_call
def seal(call: Call, kind: str, identifier: str, field: str | None, reason_class: str, yes: bool, as_json: bool) -> None:
    """Destroy the content and salt of a capture, document, report, reading or cited source, or of one value.

    Of a judgement its reason goes; --value account seals the account it was made under. A request is an address in the
    queue of `cenotaph capture fetch`. KIND is one of capture, document, report, judgement, source, reading, request, challenge,
    challenge_answer, incident, incident_statement, incident_victim, remains, remains_event.

    It cannot be taken back. The chain still verifies; a tombstone says when, the class of reason and the role.
    """
    from dataclasses import asdict

    from cenotaph.domain.plurals import count_words
    from cenotaph.services import seals as service

    casebook = call.casebook()
    target = service.resolve_id(kind, identifier)
    what = f"{field} of {kind} {target}" if field else f"{kind} {target}"
    if not yes:
        click.confirm(f"Destroy {what}? It cannot be taken back.", abort=True, err=True)
    done = service.seal(casebook, call.actor(casebook), kind, target, reason_class, field)
    if as_json:
        print_json(asdict(done))
        return
    number = count_words(len(done.rows), "row")
    click.echo(f"Sealed {number} in ledger entry {done.entry}." if done.rows else f"{what} was sealed already.")
    for where in done.still_stands:
        click.echo(f"The words still stand in {where}. Seal that too where they must go.")
    if done.rows:
        call.talk("Older backups still hold it: keep ledger/seals.jsonl with them, so that a restore seals it again.")
