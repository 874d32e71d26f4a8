"""``cenotaph backup`` and ``cenotaph restore``."""

from __future__ import annotations

from pathlib import Path

import click

from cenotaph.cli.context import Call, pass_call


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@pass_call
def backup(call: Call, file: Path) -> None:
    """Write settings, record, captures and tombstones to one tar FILE that restores to either database."""
    from cenotaph.services import backups

    casebook = call.casebook()
    with call.progress() as progress:
        made = backups.back_up(casebook, file, progress)
    click.echo(f"{made.path}: {made.files} files, {made.bytes:,} bytes, head entry {made.head.number} {made.head.hash}")
    call.talk("Keep it apart from the casebook, with a copy of ledger/seals.jsonl as it is whenever something is sealed.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--store", metavar="URL", help="The database to restore into; without it, the one the backup names.")
@click.option(
    "--seals",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    multiple=True,
    help="ledger/seals.jsonl of the casebook as it was last: what it names is sealed again.",
)
@click.option(
    "--keyring",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="DIR",
    help="The keyring of an encrypted backup; the restored casebook has it too.",
)
@pass_call
def restore(
    call: Call, file: Path, folder: Path, store: str | None, seals: tuple[Path, ...], keyring: Path | None
) -> None:
    """Unpack a backup into a new FOLDER, check all of it, and apply later seals again."""
    from cenotaph.services import backups

    with call.progress() as progress:
        done = backups.restore(file, folder, call.actor(), store_url=store, seals=seals, keyring=keyring, progress=progress)
    click.echo(f"Restored to {done.root}: everything matches up to entry {done.head.number}; {done.sealed_again} sealed again.")
    if not seals:
        call.talk("No --seals given: what was sealed after this backup was made is back. Seal it again if there was any.")
