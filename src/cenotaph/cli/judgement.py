"""``cenotaph judgement``: record a reviewer's word on a question."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

import click

from cenotaph.cli.context import DONE_IN_PART, Call, dry_run_option, json_option, pass_call, print_json_line, shorten

_LAPSED = {
    "changed": "  (of an earlier reading: what the row says has changed)",
    "withdrawn": "  (of an earlier reading: the row stands no more)",
}


@click.group()
def judgement() -> None:
    """Record a reviewer's word on a question, with its reason."""


@judgement.command()
@click.argument("question")
@click.argument("target")
@click.argument("answer")
@click.option("--reason", required=True, help="Why; it is kept with the answer.")
@click.option(
    "--kind",
    "target_kind",
    default="report",
    show_default=True,
    help="What TARGET is: report, capture, document, reading, claim, allegation, person.",
)
@click.option(
    "--field",
    help="The value that the question is about; of same_origin the other document, of same_person the other report.",
)
@dry_run_option
@pass_call
def add(
    call: Call,
    question: str,
    target: str,
    answer: str,
    reason: str,
    target_kind: str,
    field: str | None,
    dry_run: bool,
) -> None:
    """Enter the ANSWER to a QUESTION about the record with the id TARGET; a later one replaces it, and both stay."""
    from cenotaph.services import judgements

    casebook = call.casebook()
    draft = judgements.Draft(question, answer, target, reason, target_kind, field)
    entered = judgements.add_judgement(casebook, call.actor(casebook), draft, dry_run=dry_run)
    for identifier in entered.ids:
        click.echo(identifier)
    if entered.already:
        call.talk("The same answer with the same reason stands already.")


@judgement.command("list")
@click.argument("target", required=False)
@json_option
@pass_call
def list_(call: Call, target: str | None, as_json: bool) -> None:
    """List judgements, those about the record TARGET where it is given."""
    from cenotaph.services import judgements
    from cenotaph.services.wording import clean

    call.casebook()
    for line in judgements.list_judgements(target):
        if as_json:
            print_json_line({**asdict(line), "made_at": line.made_at.isoformat()})
        else:
            mark = "  (replaced)" if line.replaced else _LAPSED.get(line.lapsed or "", "")
            what = f"{line.question} of {line.target_kind} {line.target}: {line.answer}{mark}"
            click.echo(f"{shorten(line.id)}  {line.made_at:%Y-%m-%d}  {line.role}  {what}  {clean(line.reason or 'under seal')}")


@judgement.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@dry_run_option
@pass_call
def import_(call: Call, file: Path, dry_run: bool) -> None:
    """Enter the judgements of a CSV FILE: question, target_kind, target, field, answer, reason.

    Exit 3 where lines were not taken in; each is named with its reason.
    """
    from cenotaph.services.judgement_files import import_judgements
    from cenotaph.services.wording import clean

    casebook = call.casebook()
    entered = import_judgements(casebook, call.actor(casebook), file, dry_run=dry_run)
    for bad in entered.bad:
        click.echo(f"Line {bad.line} of {file.name}: {clean(bad.reason)}", err=True)
    click.echo(f"{len(entered.ids)} entered, {entered.already} stood already, {len(entered.bad)} not taken in.")
    if entered.bad:
        sys.exit(DONE_IN_PART if entered.ids or entered.already else 1)
