"""``cenotaph site``: the public site, from releases alone."""

from __future__ import annotations

from pathlib import Path

import click

from cenotaph.cli.context import Call, json_option, pass_call, print_json


@click.group()
def site() -> None:
    """Make the public site from releases."""


@site.command()
@click.argument(
    "releases", type=click.Path(path_type=Path, exists=True, file_okay=False), nargs=-1, required=True, metavar="RELEASE..."
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    metavar="DIR",
    help="Where it is written; a site that is there is brought up to date.",
)
@click.option(
    "--settings",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="Title, languages, where corrections go.",
)
@click.option(
    "--workers", type=click.IntRange(0), default=0, show_default="one on each processor", help="Processes that write pages."
)
@json_option
@pass_call
def build(call: Call, releases: tuple[Path, ...], out: Path, settings: Path | None, workers: int, as_json: bool) -> None:
    """Build the site of the folders that `release build` wrote, oldest first; the last one is the current one.

    It needs no casebook and no network. Only what changed is written anew.
    """
    from cenotaph.services.site import make_site, site_record, site_text

    with call.progress() as progress:
        built = make_site([path.absolute() for path in releases], out.absolute(), settings, workers, progress)
    if as_json:
        print_json(site_record(built))
        return
    for line in site_text(built):
        click.echo(line)
