"""``cenotaph extract``: read what the texts of a casebook say."""

from __future__ import annotations

import sys
from dataclasses import asdict

import click

from cenotaph.cli.context import DONE_IN_PART, Call, dry_run_option, json_option, pass_call, print_json


@click.group()
def extract() -> None:
    """Read what the texts of a casebook say."""


@extract.command()
@click.option(
    "--workers", type=click.IntRange(1), metavar="N", help="Processes that read; without it, as many as there are cores."
)
@dry_run_option
@json_option
@pass_call
def run(call: Call, workers: int | None, dry_run: bool, as_json: bool) -> None:
    """Read the claims of every text that this version of the reader has not read yet.

    One ledger entry holds one batch: a run that was stopped or killed goes on where it was. Exit 3 where texts could not be
    read; each is named with its reason.
    """
    from cenotaph.services.extraction import run_extraction

    casebook = call.casebook()
    with call.progress() as progress:
        done = run_extraction(casebook, call.actor(casebook), workers=workers, dry_run=dry_run, progress=progress)
    for document, reason in done.failed:
        click.echo(f"document {document}: {reason}", err=True)
    if as_json:
        print_json(asdict(done))
    else:
        click.echo(
            f"{done.documents:,} texts read, {done.already:,} were read already, {len(done.failed):,} could not be read."
        )
        click.echo(f"{done.claims:,} claims and {done.allegations:,} allegations, {done.doubtful:,} of them for review.")
        for code, texts in sorted(done.notices.items()):
            click.echo(f"{code.replace('_', ' ')}: {texts:,} texts")
    if dry_run:
        call.talk("Nothing was written: --dry-run.")
    if done.failed:
        sys.exit(DONE_IN_PART if done.documents or done.already else 1)
