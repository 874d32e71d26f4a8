"""``cenotaph capture export``: hand captures on to other tools."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from cenotaph.cli.context import DONE_IN_PART, Call, json_option, pass_call, print_json, shorten


@click.command()
@click.argument("captures", nargs=-1, metavar="[CAPTURE]...")
@click.option("--warc", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write one WARC file (.warc.gz).")
@click.option("--wacz", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write one WACZ file (.wacz).")
@click.option("--all", "everything", is_flag=True, help="Every capture that is not under seal.")
@click.option("--private", is_flag=True, help="Originals and pictures (EXIF) that tell of whoever made them, too.")
@json_option
@pass_call
def export(
    call: Call,
    captures: tuple[str, ...],
    warc: Path | None,
    wacz: Path | None,
    everything: bool,
    private: bool,
    as_json: bool,
) -> None:
    """Write captures, by id or its beginning, into one file that tools for web archives read.

    The ledger says which captures left the casebook, and the hash of the file. Exit 3 where --all left private ones off; each
    is named.
    """
    from cenotaph.domain.errors import UsageError
    from cenotaph.domain.plurals import count_words
    from cenotaph.services import exports

    path = wacz or warc
    if path is None or (warc and wacz):
        raise UsageError("An export is one file.", "State --warc FILE or --wacz FILE.")
    if bool(captures) == everything:
        raise UsageError("Which captures?", "Name some, or state --all.")
    casebook = call.casebook()
    with call.progress() as progress:
        done = exports.export_captures(
            casebook,
            call.actor(casebook),
            captures,
            path,
            wacz=wacz is not None,
            private=private,
            progress=progress,
        )
    if as_json:
        values = {"path": str(done.path), "sha256": done.sha256, "captures": done.captures, "sealed": list(done.sealed)}
        print_json({**values, "private": [identifier for identifier, _ in done.private]})
    else:
        click.echo(f"{done.path}: {count_words(done.captures, 'capture')}, SHA-256 {done.sha256}")
        for identifier in done.sealed:
            call.talk(f"Under seal and left out: {shorten(identifier)}")
    for _, reason in done.private:
        click.echo(f"Private and left off (--private hands it on): {reason}", err=True)
    if done.private:
        sys.exit(DONE_IN_PART)
