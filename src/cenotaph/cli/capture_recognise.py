"""``cenotaph capture recognise``: add the text that was read off a picture."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from cenotaph.cli.context import Call, json_option, pass_call, print_json, shorten


@click.command()
@click.argument("capture")
@click.argument("result", required=False, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--with", "recogniser", metavar="NAME", help="Have this installed recogniser read it now; no RESULT is named.")
@click.option("--language", metavar="TAG", help="The language of what it says, as BCP 47 writes it.")
@json_option
@pass_call
def recognise(
    call: Call, capture: str, result: Path | None, recogniser: str | None, language: str | None, as_json: bool
) -> None:
    """Add the text read off CAPTURE, a picture or a PDF, as a document of it, with the box of every word.

    RESULT is what a program for reading pictures wrote of it: hOCR or JSON. No such program comes with Cenotaph.
    """
    from cenotaph.services.recognising import add_recognised

    if (result is None) == (recogniser is None):
        raise click.UsageError("Name a RESULT, or a recogniser by --with NAME.")
    casebook = call.casebook()
    done = add_recognised(
        casebook, call.actor(casebook), capture, result=result, recogniser=recogniser, language=language
    )
    if as_json:
        print_json(asdict(done))
    else:
        click.echo(f"capture {shorten(str(done.capture))}, document {done.document}: {done.note}")
