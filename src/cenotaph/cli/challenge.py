"""``cenotaph challenge``: what somebody outside says is wrong, until when it is answered, and the answer."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click

from cenotaph.cli.context import Call, json_option, pass_call, print_json_line, shorten

_DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def challenge() -> None:
    """Record what somebody outside says is wrong, and answer it by a day."""


@challenge.command()
@click.argument("about")
@click.argument("target")
@click.option("--from", "challenger", required=True, help="family, person, state, organisation, outlet or reader; never a name.")
@click.option("--words", required=True, help="What is said to be wrong.")
@click.option("--received", type=_DAY, required=True, metavar="DAY", help="When it came.")
@click.option("--deadline", type=_DAY, required=True, metavar="DAY", help="Until when it is to be answered.")
@click.option("--document", metavar="ID", help="The document that holds its evidence.")
@click.option("--public", is_flag=True, help="Its words and the answer's may be shown.")
@click.option(
    "--figures",
    "figures_file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="Figures that may be meant, beside those of the releases.",
)
@pass_call
def add(
    call: Call,
    about: str,
    target: str,
    challenger: str,
    words: str,
    received: datetime,
    deadline: datetime,
    document: str | None,
    public: bool,
    figures_file: Path | None,
) -> None:
    """Record a challenge ABOUT a figure, person, claim or method, with TARGET its id (`-` for the method)."""
    from cenotaph.services.challenges import add_challenge, read_published_figures
    from cenotaph.services.standards import load_figures

    casebook = call.casebook()
    figures = tuple(definition.id for definition in load_figures(figures_file)) if figures_file else ()
    if about == "figure" and not figures and not read_published_figures():
        words = f"warning: there is no release yet, and no --figures: nothing says whether there is a figure '{target}'."
        click.echo(words, err=True)
    identifier = add_challenge(
        casebook,
        call.actor(casebook),
        words,
        challenger=challenger,
        about=about,
        target=target,
        received_on=received.date(),
        deadline=deadline.date(),
        public=public,
        document=document,
        figures=figures,
    )
    click.echo(identifier)


@challenge.command()
@click.argument("challenge_id", metavar="CHALLENGE")
@click.argument("outcome")
@click.option("--words", required=True, help="Why.")
@click.option("--date", "answered", type=_DAY, metavar="DAY", help="When; without it, today.")
@pass_call
def answer(call: Call, challenge_id: str, outcome: str, words: str, answered: datetime | None) -> None:
    """Answer a CHALLENGE: upheld, upheld_in_part, not_upheld or withdrawn. A later answer replaces it; both stay."""
    from cenotaph.services.challenges import answer_challenge

    casebook = call.casebook()
    day = answered.date() if answered else None
    click.echo(answer_challenge(casebook, call.actor(casebook), challenge_id, outcome, words, day))


@challenge.command("list")
@click.option("--open", "open_only", is_flag=True, help="Only those without an answer.")
@json_option
@pass_call
def list_(call: Call, open_only: bool, as_json: bool) -> None:
    """List challenges, those whose deadline comes first at the head."""
    from cenotaph.services.challenges import list_challenges
    from cenotaph.services.wording import clean

    today = call.casebook().clock().date()
    for item in list_challenges(open_only):
        overdue = item.is_overdue(today)
        if as_json:
            print_json_line({**asdict(item), "overdue": overdue})
        else:
            waiting = f"OVERDUE, was to be answered by {item.deadline}" if overdue else f"open until {item.deadline}"
            state = f"{item.outcome}, {item.answered_on}" if item.outcome else waiting
            target = "" if item.about == "method" else f" {item.target}"
            click.echo(f"{shorten(item.id)}  {item.received_on}  {item.challenger} on {item.about}{target}: {state}")
            click.echo(f"    {clean(item.words or 'under seal')}")
