"""``cenotaph capture show`` and ``bundle``: what was done with a capture, and the folder that proves it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from cenotaph.cli.context import Call, json_option, pass_call, print_json


@click.command()
@click.argument("capture")
@click.option("--private", is_flag=True, help="With what pictures tell of whoever took them; the ledger says that it was shown.")
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write it as a page.")
@json_option
@pass_call
def show(call: Call, capture: str, private: bool, html: Path | None, as_json: bool) -> None:
    """Show a capture's chain of custody: who, when, how and from where, what was read, what left the casebook."""
    from cenotaph.domain.errors import RefusedError
    from cenotaph.services import custody
    from cenotaph.services.custody_page import custody_page
    from cenotaph.services.seals import resolve_id
    from cenotaph.services.wording import clean

    casebook = call.casebook()
    identifier = resolve_id("capture", capture)
    if private:
        custody.note_look(casebook, call.actor(casebook), identifier)
    found = custody.read_custody(identifier, private=private)
    if html is not None:
        if html.exists():
            raise RefusedError(f"{html.name} exists already.", "Name another file.")
        html.write_bytes(custody_page(found))
        call.talk(f"Written to {html}.")
        return
    if as_json:
        print_json(asdict(found))
        return
    size = "under seal" if found.size is None else f"{found.size:,} bytes of {found.media_type}"
    click.echo(f"capture {found.id}  {size}{'  private' if found.private else ''}")
    for step in found.steps:
        told = "; ".join(f"{name}: {clean(value)}" for name, value in step.detail)
        click.echo(f"{step.entry:>6}  {step.at[:19]}Z  {clean(step.role)}/{clean(step.account)}  {step.what}  {told}")
    for document in found.documents:
        click.echo(f"document {document.id}  {document.reader} {document.reader_version}{'  sealed' if document.sealed else ''}")
        for name, value in document.facts:
            click.echo(f"    {clean(name)}: {clean(value)}")


@click.command()
@click.argument("capture")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--private", is_flag=True, help="Also of an original or a picture (EXIF) that tells of whoever made it.")
@json_option
@pass_call
def bundle(call: Call, capture: str, folder: Path, private: bool, as_json: bool) -> None:
    """Write CAPTURE with everything that proves it into a new FOLDER that sha256sum, openssl and warcio can check."""
    from cenotaph.domain.plurals import count_words
    from cenotaph.services.bundles import write_bundle

    casebook = call.casebook()
    done = write_bundle(casebook, call.actor(casebook), capture, folder, private=private)
    if as_json:
        print_json({**asdict(done), "path": str(done.path)})
        return
    click.echo(f"{done.path}: {count_words(done.files, 'file')}, entries {done.first_entry} to {done.last_entry}.")
    click.echo(f"SHA-256 of SHA256SUMS: {done.sums}")
    if not done.stamps:
        call.talk("No time stamp covers it yet: `cenotaph ledger stamp`.")


@click.command()
@click.argument("document")
@click.argument("start", type=int)
@click.argument("end", type=int)
@json_option
@pass_call
def place(call: Call, document: str, start: int, end: int, as_json: bool) -> None:
    """Show where the words of DOCUMENT from code point START to before END stand in its capture."""
    from cenotaph.services.places import find_place
    from cenotaph.services.wording import clean

    call.casebook()
    found = find_place(document, start, end)
    if as_json:
        print_json(asdict(found))
        return
    click.echo(f"document {found.document} of capture {found.capture}")
    for part in found.parts:
        unit = "of its points" if "picture" in part.where else "pt"
        box = f"  box {' '.join(f'{side / 100:.2f}' for side in part.box)} {unit}" if part.box else ""
        cell = f"  ({part.cell})" if part.cell else ""
        click.echo(f"{clean(part.where)}, from {part.at}: {clean(part.words)}{box}{cell}")
