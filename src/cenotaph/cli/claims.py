"""``cenotaph claim list``, ``show`` and ``check``: what texts claim, seen in them and held against each other."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from cenotaph.cli.claim import ENCODING, LANGUAGE, PUBLISHED, claim, read_published
from cenotaph.cli.context import DONE_IN_PART, Call, json_option, pass_call, print_json_line, shorten


@claim.command("list")
@click.option("--document", metavar="ID", help="Only claims of this document.")
@click.option("--outcome", metavar="WORD", help="Only claims of this outcome, such as killed or missing.")
@click.option("--nationality", metavar="CODE", help="Only claims of people of this nationality, such as UZ.")
@click.option("--needs-review", is_flag=True, help="Only claims that a person should look at.")
@click.option("--orphans", is_flag=True, help="Instead, judgements on claims that the last reading no longer has.")
@json_option
@pass_call
def list_(
    call: Call,
    document: str | None,
    outcome: str | None,
    nationality: str | None,
    needs_review: bool,
    orphans: bool,
    as_json: bool,
) -> None:
    """List the claims that `cenotaph extract run` read: of each document, those of its last reading."""
    from cenotaph.services import claims
    from cenotaph.services.claim_text import claim_line
    from cenotaph.services.seals import resolve_id

    call.casebook()
    if orphans:
        for judgement in claims.list_orphans():
            if as_json:
                print_json_line({name: getattr(judgement, name) for name in judgement.__slots__})
            else:
                field = f" {judgement.field}" if judgement.field else ""
                click.echo(f"{judgement.target}  {judgement.question}{field}: {judgement.answer}  {judgement.reason or ''}")
        return
    wanted = claims.Filter(resolve_id("document", document) if document else None, outcome, nationality, needs_review)
    claims.check_filter(wanted)
    judged = claims.list_claim_judgements()
    for found in claims.list_claims(wanted):
        words = judged.get(found.id, [])
        if as_json:
            print_json_line({**found.as_record(), "judgements": [f"{j.question}: {j.answer}" for j in words]})
        else:
            said = "".join(f"  {j.question.replace('_', ' ')}: {j.answer}" for j in words)
            click.echo(f"{found.id}  {shorten(found.document)}  {claim_line(found, False)}{said}")


@claim.command()
@click.argument("target", metavar="DOCUMENT|FILE")
@click.option(
    "--html",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="OUT",
    help="Write a page instead, which needs nothing else.",
)
@LANGUAGE
@PUBLISHED
@ENCODING
@json_option
@pass_call
def show(
    call: Call,
    target: str,
    html: Path | None,
    language: str | None,
    published: str | None,
    encoding: str | None,
    as_json: bool,
) -> None:
    """Show a text with every claim's words marked, and what was read of each: a DOCUMENT of the casebook, or a FILE.

    The page of a casebook's document has the lists' own numbers beside the claims.
    """
    from cenotaph.services import claim_pages, claim_words

    file = Path(target)
    if file.is_file():
        shown = claim_pages.show_file(file, language, read_published(published), encoding)
    else:
        shown = claim_pages.show_document(call.casebook(), target)
    if html is not None:
        size = claim_pages.write_page(shown, html)
        call.talk(f"Wrote {html} ({size / 1024:.0f} KB).")
    elif as_json:
        for item in shown.items:
            print_json_line(item.as_record())
    else:
        for line in claim_words.document_text(shown.text, shown.items, sys.stdout.isatty()):
            click.echo(line)
        for notice in shown.notices:
            call.talk(notice)


@claim.command()
@click.argument("files", type=click.Path(path_type=Path), nargs=-1, metavar="[FILE]...")
@click.option(
    "--list", "lists", multiple=True, metavar="ID", help="Only this list's numbers beside the claims; without it, all lists'."
)
@click.option(
    "--definitions",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="TOML that says which reports a population's words stand for.",
)
@click.option("--lineages", is_flag=True, help="Instead, which documents may be of one origin.")
@LANGUAGE
@PUBLISHED
@ENCODING
@json_option
@pass_call
def check(
    call: Call,
    files: tuple[Path, ...],
    lists: tuple[str, ...],
    definitions: Path | None,
    lineages: bool,
    language: str | None,
    published: str | None,
    encoding: str | None,
    as_json: bool,
) -> None:
    """Hold claims against each other: those of each FILE, or without one, those of the casebook, its lists' numbers beside.

    Says what cannot all be true and what the text leaves open, with the quotes side by side. Exit 3 where files could not be
    read.
    """
    from cenotaph.services import claim_checks, claim_words

    casebook = None if files else call.casebook()
    if lineages and casebook is not None:
        for lineage in claim_checks.list_lineages():
            if as_json:
                print_json_line({"kind": "lineage", **{name: getattr(lineage, name) for name in lineage.__slots__}})
            else:
                click.echo(claim_words.lineage_line(lineage))
        return
    failed = done = 0
    with call.progress() as progress:
        if casebook is None:
            found = claim_checks.check_files(files, language, read_published(published), encoding)
        else:
            found = claim_checks.check_casebook(casebook, lists=lists, definitions=definitions, progress=progress)
        for checked in found:
            failed += checked.error is not None
            done += checked.error is None
            if as_json:
                for record in claim_words.finding_records(checked):
                    print_json_line(record)
                continue
            for line in claim_words.checked_text(checked, checked.document or "Between documents"):
                click.echo(line)
            click.echo("")
    if casebook is not None and not done:
        call.talk("There are no claims to check: `cenotaph extract run` reads those of the texts.")
    if failed:
        sys.exit(DONE_IN_PART if done else 1)


__all__ = ["claim"]
