"""``cenotaph init``: make a casebook."""

from __future__ import annotations

from pathlib import Path

import click

from cenotaph.cli.context import Call, pass_call


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--title", help="What readers see at the head of tables and pages.")
@click.option("--store", metavar="URL", help="`sqlite` (default), or postgresql://user@host/database.")
@pass_call
def init(call: Call, folder: Path, title: str | None, store: str | None) -> None:
    """Make a casebook in FOLDER, which must be new or empty."""
    from cenotaph.services.opening import start_casebook

    named = (("casebook.title", title), ("store.url", store))
    casebook = start_casebook(folder, call.actor(), {name: value for name, value in named if value is not None})
    call.talk(f"Made the casebook {casebook.root}. Its settings are in casebook.toml; keep a copy of ledger/ elsewhere too.")
