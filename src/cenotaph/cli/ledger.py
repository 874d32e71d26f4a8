"""``cenotaph ledger``: see and check everything that was done."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cenotaph.cli.context import Call, json_option, pass_call, print_json, print_json_line

if TYPE_CHECKING:
    from cenotaph.services.ledger import Problem


@click.group()
def ledger() -> None:
    """See and check everything that was done to the casebook."""


@ledger.command()
@click.option("--all", "show_all", is_flag=True, help="List every problem; without it, the first ten.")
@json_option
@pass_call
def verify(call: Call, show_all: bool, as_json: bool) -> None:
    """Walk the chain, hash every row and capture again, and name what does not match.

    Exit 0 where everything matches, 1 where something does not, or where a full or failing disk hinders the walk.
    """
    from itertools import islice

    from cenotaph.domain.errors import DiskFailedError
    from cenotaph.services import ledger as service

    casebook = call.casebook()
    counts: dict[str, int] = {}
    with call.progress() as show:

        def progress(stage: str, done: int) -> None:
            counts[stage] = counts.get(stage, 0) + done
            show(stage, done)

        problems: list[Problem] = []
        try:
            problems.extend(islice(service.verify(casebook, progress), None if show_all else 11))
        except DiskFailedError:
            _say_problems(problems, show_all)
            raise
    head = casebook.settled_head() if not problems else None
    left = service.find_unfinished(casebook)
    for name in left:
        call.talk(f"{name}: a killed command left this unfinished; the next `capture add` or `capture encrypt` removes it.")
    if as_json:
        print_json(
            {
                "ok": not problems,
                "head": asdict(head) if head else None,
                "checked": counts,
                "problems": [asdict(problem) for problem in problems],
                "unfinished": left,
            }
        )
    elif not problems and head:
        click.echo(f"Everything matches. Head: entry {head.number}, {head.hash}")
        click.echo("Checked: " + ", ".join(f"{count:,} {stage}" for stage, count in counts.items()))
    else:
        _say_problems(problems, show_all)
    sys.exit(1 if problems else 0)


def _say_problems(problems: Sequence[Problem], show_all: bool) -> None:
    for at, problem in enumerate(problems if show_all else problems[:10]):
        click.echo(f"{'  also' if at else 'WRONG'}: {problem.where}: {problem.message}")
    if len(problems) > 10 and not show_all:
        click.echo("  and more: --all lists them.")


@ledger.command()
@click.option("--from", "first", type=int, default=1, show_default=True, help="First entry to show.")
@click.option("--to", "last", type=int, help="Last entry to show.")
@json_option
@pass_call
def show(call: Call, first: int, last: int | None, as_json: bool) -> None:
    """List entries: who did what, when, and how many rows it wrote."""
    from cenotaph.domain.plurals import count_words
    from cenotaph.services import ledger as service
    from cenotaph.services.wording import clean

    call.casebook()
    for entry in service.list_entries(first, last):
        if as_json:
            print_json_line(asdict(entry))
        else:
            what = f"{entry.role}/{entry.account}  {entry.action}"
            click.echo(f"{entry.number:>6}  {entry.at[:19]}Z  {clean(what)}  {count_words(entry.rows, 'row')}")


@ledger.command()
@click.option("--authority", metavar="ADDRESS", help="Ask this authority now (RFC 3161); without it, the ledger's end waits.")
@click.option(
    "--roots",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="The certificates that its stamps go back to (PEM), from its own page.",
)
@click.option("--route", default="direct", show_default=True, metavar="WAY", help="How it is asked, as for `capture fetch`.")
@click.option("--allow-private", is_flag=True, help="The authority may be on this machine or in a private network.")
@pass_call
def stamp(call: Call, authority: str | None, roots: Path | None, route: str, allow_private: bool) -> None:
    """Have the ledger's end stamped by an authority, or note that it is to be; ends that wait are stamped with it."""
    from cenotaph.domain.errors import UsageError
    from cenotaph.services import fetching, stamps

    casebook = call.casebook()
    actor = call.actor(casebook)
    if authority is None:
        number = stamps.want_stamp(casebook, actor)
        click.echo(f"Entry {number} waits for a stamp. Ask for it with --authority when there is a network.")
        return
    if roots is None:
        raise UsageError("A stamp is checked against its authority's certificates.", "State --roots FILE.")
    client = fetching.open_client(casebook, route, allow_private)
    try:
        for got in stamps.ask_for_stamps(casebook, actor, client, authority, roots.read_bytes()):
            assert got.facts is not None
            click.echo(f"Entry {got.entry}: stamped at {got.facts.at}")
    finally:
        client.close()


@ledger.command()
@json_option
@pass_call
def stamps(call: Call, as_json: bool) -> None:
    """List the stamps on the ledger, each checked again without the network."""
    from cenotaph.services import stamps as service
    from cenotaph.services.wording import clean

    call.casebook()
    wrong = 0
    for found in service.list_stamps():
        wrong += bool(found.problem)
        if as_json:
            print_json_line(asdict(found))
        elif found.facts is not None:
            click.echo(f"entry {found.entry}: {found.facts.at} by {clean(found.facts.authority)}")
        else:
            click.echo(f"entry {found.entry}: " + (f"WRONG: {clean(found.problem)}" if found.problem else found.state))
    sys.exit(1 if wrong else 0)


@ledger.command("mend-triggers")
@pass_call
def mend_triggers(call: Call) -> None:
    """Make missing triggers again, and enter that it was done."""
    from cenotaph.domain.plurals import count_words
    from cenotaph.services import ledger as service

    casebook = call.casebook()
    made = service.mend_triggers(casebook, call.actor(casebook))
    click.echo(f"Made {count_words(len(made), 'trigger')} again: {', '.join(made)}." if made else "No trigger was missing.")
