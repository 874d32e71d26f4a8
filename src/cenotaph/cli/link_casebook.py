"""The verbs of ``cenotaph link`` that work on a casebook: run, queue, runs, undo."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from cenotaph.cli.context import Call, dry_run_option, json_option, pass_call, print_json, print_json_line, shorten

if TYPE_CHECKING:
    from cenotaph.services.linking import How


@click.command()
@click.option("--accept", is_flag=True, help="Write who is who into the record; without it, only say what would change.")
@click.option(
    "--how",
    type=click.Choice(["auto", "full", "incremental"]),
    default="auto",
    show_default=True,
    help="Compare all reports (full), or the new ones with all others (incremental); auto: that, where many reports were"
    " linked before and few are new.",
)
@click.option("--retrain", is_flag=True, help="Train a new model, instead of using the last accepted run's.")
@click.option("--seed", type=int, default=1, show_default=True, help="Of the pairs that training draws.")
@json_option
@pass_call
def run(call: Call, accept: bool, how: How, retrain: bool, seed: int, as_json: bool) -> None:
    """Find the people that the casebook's reports are about.

    Ids are minted when a run is accepted, and carried from the last accepted one by what people have in common. Reviewers'
    words (the question same_person) stand over the machine's. People whom a release has shown are neither merged nor split
    without such a word: `link queue` lists what waits for one.
    """
    from cenotaph.services.linking import accept_people, propose_people
    from cenotaph.services.people_text import proposal_text
    from cenotaph.services.table_linking import unread_lines

    casebook = call.casebook()
    with call.progress() as progress:
        proposal = propose_people(casebook, how=how, retrain=retrain, seed=seed, keep=accept, progress=progress)
    done = accept_people(casebook, call.actor(casebook), proposal) if accept else None
    for line in unread_lines("the casebook", proposal.found.unread):
        click.echo(line, err=True)
    if as_json:
        print_json(
            {
                "run": proposal.run if accept else None,
                "kind": proposal.kind,
                "reports": len(proposal.wanted),
                "people": proposal.people,
                "unresolved": proposal.unresolved,
                "expected": asdict(proposal.expected) if proposal.expected else None,
                "alone": proposal.found.alone,
                "unread": [column._asdict() for column in proposal.found.unread],
                "minted": proposal.minted,
                "changes": [asdict(change) for change in proposal.changes],
                "held": [{"kind": kind, "left": left, "right": right} for kind, left, right in proposal.held],
                "written": done.run is not None if done else False,
            }
        )
        return
    for line in proposal_text(proposal):
        click.echo(line)
    if not accept:
        call.talk("Nothing was written: say --accept to write it.")
    elif done and done.run is None:
        call.talk("Nothing changes: everybody is who they were.")


@click.command()
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="At most so many.")
@json_option
@pass_call
def queue(call: Call, limit: int, as_json: bool) -> None:
    """List the pairs of reports that a person should look at, the most valuable first.

    Answer one with `cenotaph judgement add same_person LEFT yes --field RIGHT --reason WHY`.
    """
    from cenotaph.services.review_queue import read_queue

    casebook = call.casebook()
    questions = read_queue(casebook, limit)
    for question in questions:
        if as_json:
            print_json_line(asdict(question))
        else:
            sure = "" if question.probability is None else f"{100 * question.probability:5.1f}%"
            click.echo(f"{shorten(question.left)}  {shorten(question.right)}  {sure:>6}  {question.why}")
    if not questions:
        call.talk("Nothing waits for a person. (`cenotaph link run --accept` fills the queue.)")


@click.command()
@json_option
@pass_call
def runs(call: Call, as_json: bool) -> None:
    """List the runs that were accepted, the first one first."""
    from cenotaph.services.people_runs import list_runs

    call.casebook()
    for line in list_runs():
        if as_json:
            print_json_line(asdict(line))
        else:
            click.echo(f"{line.run}  {line.at[:16]}  {line.role}  {line.kind.replace('_', ' ')}, {line.units:,} reports assigned")


@click.command()
@click.argument("run_id", metavar="RUN")
@dry_run_option
@pass_call
def undo(call: Call, run_id: str, dry_run: bool) -> None:
    """Take back the last accepted run: a new entry, after which everybody is who they were before."""
    from cenotaph.services.people_runs import undo_run
    from cenotaph.services.people_state import read_people
    from cenotaph.services.people_text import accepted_text

    casebook = call.casebook()
    for line in accepted_text(undo_run(casebook, call.actor(casebook), run_id, read_people(), dry_run=dry_run)):
        click.echo(line)
    if dry_run:
        call.talk("Nothing was written: --dry-run.")
