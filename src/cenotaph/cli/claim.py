"""``cenotaph claim``: what texts claim of numbers of people."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cenotaph.cli.context import DONE_IN_PART, Call, json_option, pass_call, print_json_line

if TYPE_CHECKING:
    from cenotaph.domain.dates import PartialDate


LANGUAGE = click.option("--language", metavar="TAG", help="The language of files (en, ru, uk); without it, told from each.")
PUBLISHED = click.option("--published", metavar="DATE", help="When files were published: 2025-07, 2025-07-22.")
ENCODING = click.option("--encoding", metavar="NAME", help="The encoding of files that are not UTF-8, such as cp1251.")


def read_published(stated: str | None) -> PartialDate | None:
    """Return the date that ``--published`` states."""
    from cenotaph.domain.dates import PartialDate

    return PartialDate.from_edtf(stated) if stated else None


@click.group()
def claim() -> None:
    """Read what texts claim of numbers of people: how many, who says so, of whom, what happened, how sure."""


@claim.command()
@click.argument(
    "files", type=click.Path(path_type=Path), nargs=-1, required=True, metavar="FILE..."
)
@LANGUAGE
@PUBLISHED
@ENCODING
@json_option
@pass_call
def read(
    call: Call,
    files: tuple[Path, ...],
    language: str | None,
    published: str | None,
    encoding: str | None,
    as_json: bool,
) -> None:
    """Read the claims and allegations of each FILE; no casebook is needed.

    With --json one flat object per line, as docs/reference/claim.schema.json describes it. A language that is not read is told,
    and nothing is guessed. Exit 3 where files could not be read; each is named with its reason.
    """
    from cenotaph.services.claim_reading import read_file_claims
    from cenotaph.services.claim_text import claim_line

    done = failed = flagged = 0
    for result in read_file_claims(files, language, read_published(published), encoding):
        if result.reading is None:
            failed += 1
            assert result.error is not None
            click.echo(f"{result.file.name}: {result.error}", err=True)
            continue
        done += 1
        for notice in result.reading.notices:
            click.echo(f"{result.file.name}: {notice.message}", err=True)
        for item in result.reading:
            flagged += item.needs_review
            if as_json:
                print_json_line(item.as_record())
            else:
                click.echo(claim_line(item, len(files) > 1))
    call.talk(f"{done} read, {flagged} claims or allegations for review, {failed} not read.")
    if failed:
        sys.exit(DONE_IN_PART if done else 1)
