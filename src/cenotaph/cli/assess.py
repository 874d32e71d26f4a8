"""``cenotaph assess``, ``standard``, ``scope``: what evidence is enough, which deaths count, and how everybody stands."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click

from cenotaph.cli.context import Call, json_option, pass_call, print_json, print_json_line, shorten

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_standard = click.option(
    "--standard", "standard_name", default="two-sources", show_default=True, metavar="NAME|FILE", help="The standard."
)
_scope = click.option("--scope", "scope_file", type=_FILE, metavar="FILE", help="The scope; without it, everybody is in it.")
_as_of = click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), metavar="DAY", help="Only what could be known by then.")


@click.group()
def assess() -> None:
    """Say how everybody stands under a standard of evidence and a scope."""


@assess.command()
@_standard
@_scope
@_as_of
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write everybody here, as CSV.")
@json_option
@pass_call
def run(
    call: Call, standard_name: str, scope_file: Path | None, as_of: datetime | None, out: Path | None, as_json: bool
) -> None:
    """Count people by fate and grade, in scope and out of it. Nothing is written into the record."""
    from cenotaph.services.assessing import assess as assess_casebook
    from cenotaph.services.assessment_text import assessment_rows, assessment_text, write_assessment
    from cenotaph.services.standards import load_scope, load_standard

    standard, scope = load_standard(standard_name), load_scope(scope_file) if scope_file else None
    casebook = call.casebook()
    with call.progress() as progress:
        found = assess_casebook(casebook, standard, scope, as_of.date() if as_of else None, progress=progress)
    if out:
        write_assessment(found, out)
    if as_json:
        print_json(
            {
                "standard": {"id": standard.id, "version": standard.version()},
                "scope": {"id": scope.id, "version": scope.version()} if scope else None,
                "as_of": as_of.date().isoformat() if as_of else None,
                "table": assessment_rows(found),
                "sealed_only": found.sealed(),
                "unlinked": found.unlinked,
            }
        )
        return
    for line in assessment_text(found):
        click.echo(line)


@assess.command()
@_standard
@_scope
@click.option("--then-standard", metavar="NAME|FILE", help="The standard that would be adopted.")
@click.option("--then-scope", type=_FILE, metavar="FILE", help="The scope that would be adopted.")
@click.option(
    "--figures", "figures_file", type=_FILE, metavar="FILE", help="Count these figures of the last releases again under it."
)
@click.option(
    "--releases",
    type=click.IntRange(1),
    default=3,
    show_default=True,
    metavar="N",
    help="How many of the last releases, with --figures.",
)
@json_option
@pass_call
def compare(
    call: Call,
    standard_name: str,
    scope_file: Path | None,
    then_standard: str | None,
    then_scope: Path | None,
    figures_file: Path | None,
    releases: int,
    as_json: bool,
) -> None:
    """List whom another standard or scope would move, before it is adopted.

    With --figures the last releases are counted again under it, each over the record as it was then.
    """
    from cenotaph.services.assessing import assess_records, find_moved
    from cenotaph.services.assessment_text import moved_text
    from cenotaph.services.evidence import read_records
    from cenotaph.services.reruns import rerun_releases, rerun_text
    from cenotaph.services.standards import load_figures, load_scope, load_standard

    standard, scope = load_standard(standard_name), load_scope(scope_file) if scope_file else None
    later = load_standard(then_standard) if then_standard else standard
    later_scope = load_scope(then_scope) if then_scope else scope
    figures = load_figures(figures_file) if figures_file else ()
    casebook = call.casebook()
    with call.progress() as progress:
        records = read_records(casebook, progress=progress)
        again = rerun_releases(casebook, figures, later, later_scope, last=releases, progress=progress) if figures else []
    moved = find_moved(assess_records(records, standard, scope), assess_records(records, later, later_scope))
    if as_json:
        for record in (*map(asdict, moved), *map(asdict, again)):
            print_json_line(record)
        return
    for line in moved_text(moved):
        click.echo(line)
    for line in rerun_text(again, later) if figures else ():
        click.echo(line)


@click.group()
def standard() -> None:
    """Look at standards of evidence: files of rules by which evidence gives a grade."""


@standard.command("list")
def list_() -> None:
    """List the standards that come with the package."""
    from cenotaph.services.standards import load_standard, standard_names

    for name in standard_names():
        click.echo(f"{name}  {load_standard(name).title}")


@standard.command()
@click.argument("name")
@json_option
def show(name: str, as_json: bool) -> None:
    """Say in words what a standard asks; NAME is one of the package's, or a file."""
    from cenotaph.services.assessment_text import standard_text
    from cenotaph.services.standards import load_standard

    found = load_standard(name)
    if as_json:
        print_json({**found.record(), "version": found.version()})
        return
    for line in standard_text(found):
        click.echo(line)


@standard.command()
@click.argument("file", type=_FILE)
def check(file: Path) -> None:
    """Check a standard's file; a mistake is named with its line."""
    from cenotaph.services.standards import find_doubts, load_standard

    found = load_standard(file.absolute())
    click.echo(f"{file.name}: the standard '{found.id}', version {shorten(found.version())}, is sound.")
    for words in find_doubts(found):
        click.echo(f"  warning: {words}")


@click.group()
def scope() -> None:
    """Look at scopes: files that say which deaths count."""


@scope.command("check")
@click.argument("file", type=_FILE)
def check_scope(file: Path) -> None:
    """Check a scope's file; a mistake is named with its line."""
    from cenotaph.services.standards import load_scope

    found = load_scope(file)
    click.echo(f"{file.name}: the scope '{found.id}', version {shorten(found.version())}, is sound.")
