"""``cenotaph capture``: keep files and pages, and see what is kept."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

import click

from cenotaph.cli.capture_chat import chat
from cenotaph.cli.capture_check import archived, check, encrypt, reprints
from cenotaph.cli.capture_export import export
from cenotaph.cli.capture_fetch import fetch, queue
from cenotaph.cli.capture_proof import bundle, place, show
from cenotaph.cli.capture_recognise import recognise
from cenotaph.cli.context import DONE_IN_PART, Call, dry_run_option, json_option, pass_call, print_json_line, shorten


@click.group()
def capture() -> None:
    """Keep files and pages, and see what is kept."""


capture.add_command(fetch)
capture.add_command(queue)
capture.add_command(export)
capture.add_command(chat)
capture.add_command(show)
capture.add_command(bundle)
capture.add_command(check)
capture.add_command(archived)
capture.add_command(encrypt)
capture.add_command(place)
capture.add_command(recognise)
capture.add_command(reprints)


@capture.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--source", metavar="NAME", help="Who speaks in them.")
@click.option(
    "--source-kind", default="other", show_default=True, metavar="KIND", help="What kind of source: outlet, official, court ..."
)
@click.option("--language", metavar="TAG", help="Their language, as BCP 47 writes it: ru, en, uz-Cyrl.")
@click.option("--published", metavar="DATE", help="When they were published: 2025-07, 2025-07-22.")
@click.option("--encoding", metavar="NAME", help="The encoding of text files that are not UTF-8, such as cp1251.")
@dry_run_option
@json_option
@pass_call
def add(
    call: Call,
    paths: tuple[Path, ...],
    source: str | None,
    source_kind: str,
    language: str | None,
    published: str | None,
    encoding: str | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Keep the files at PATHS, and of folders the files in them, under their SHA-256; read those that are text.

    Exit 3 where some were not taken in, or an archive could be read in part only; each is named with its reason.
    """
    from cenotaph.domain.dates import PartialDate
    from cenotaph.services import captures
    from cenotaph.services.wording import clean

    casebook = call.casebook()
    with call.progress() as progress:
        outcomes = captures.add_captures(
            casebook,
            call.actor(casebook),
            paths,
            source=source,
            source_kind=source_kind,
            language=language,
            published_on=PartialDate.from_edtf(published) if published else None,
            encoding=encoding,
            progress=lambda _: progress("files", 1),
            dry_run=dry_run,
        )
    for outcome in outcomes:
        if as_json:
            print_json_line(asdict(outcome))
            continue
        ids = f"capture {shorten(outcome.capture)}" if outcome.capture else ""
        document = f", document {outcome.document}" if outcome.document else ""
        note = f" ({clean(outcome.note)})" if outcome.note else ""
        click.echo(f"{outcome.state}: {clean(outcome.path)}  {ids}{document}{note}")
    bad = [outcome for outcome in outcomes if outcome.state == "failed"]
    if dry_run:
        call.talk("Nothing was written: --dry-run.")
    if bad:
        sys.exit(1 if len(bad) == len(outcomes) else DONE_IN_PART)
    if any(outcome.in_part for outcome in outcomes):
        sys.exit(DONE_IN_PART)


@capture.command("list")
@json_option
@pass_call
def list_(call: Call, as_json: bool) -> None:
    """List what is kept, in the order it came."""
    from cenotaph.services import captures
    from cenotaph.services.wording import clean

    call.casebook()
    for line in captures.list_captures():
        if as_json:
            print_json_line(asdict(line))
        elif line.size is None:
            click.echo(f"{line.id}  under seal")
        else:
            seen = f"seen {line.sightings} times" if line.sightings > 1 else "seen once"
            click.echo(f"{line.id}  {line.media_type}  {line.size:,} bytes  {seen}  {clean(line.origin or '')}")
            for document in line.documents:
                click.echo(f"    document {document}")
