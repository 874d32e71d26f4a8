"""``cenotaph figure``: numbers with a definition, their members, and their defence."""

from __future__ import annotations

from pathlib import Path

import click

from cenotaph.cli.context import Call, json_option, pass_call, print_json

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_figures = click.option("--figures", "figures_file", type=_FILE, required=True, metavar="FILE", help="Where it is defined.")
_standard = click.option(
    "--standard", "standard_name", default="two-sources", show_default=True, metavar="NAME|FILE", help="The standard."
)
_scope = click.option("--scope", "scope_file", type=_FILE, metavar="FILE", help="The scope; without it, everybody is in it.")


@click.group()
def figure() -> None:
    """Look at figures, and defend them."""


@figure.command()
@click.argument("name")
@_figures
@_standard
@_scope
@json_option
@pass_call
def show(
    call: Call, name: str, figures_file: Path, standard_name: str, scope_file: Path | None, as_json: bool
) -> None:
    """Count the figure NAME over the record as it stands: its value, its breakdown, what is known, its members (--json)."""
    from cenotaph.services.figure_text import figure_record, figure_text
    from cenotaph.services.figures import show_figure
    from cenotaph.services.standards import load_figures, load_scope, load_standard

    definitions = load_figures(figures_file)
    scope = load_scope(scope_file) if scope_file else None
    found = show_figure(call.casebook(), name, definitions, load_standard(standard_name), scope)
    if as_json:
        print_json(figure_record(found))
        return
    for line in figure_text(found):
        click.echo(line)


@figure.command()
@click.argument("name")
@_figures
@_standard
@_scope
@click.option("--sample", "size", type=click.IntRange(1), default=30, show_default=True, help="Members to check again.")
@click.option("--seed", type=int, default=1, show_default=True, help="Of the draw.")
@click.option("--results", type=_FILE, metavar="CSV", help="What the check found: person,right (yes or no).")
@json_option
@pass_call
def defend(
    call: Call,
    name: str,
    figures_file: Path,
    standard_name: str,
    scope_file: Path | None,
    size: int,
    seed: int,
    results: Path | None,
    as_json: bool,
) -> None:
    """Defend the figure NAME: members drawn to be checked again, those on one lineage, its value under each standard.

    With --results, how many members may be wrong, with an interval of 95 per cent.
    """
    from dataclasses import asdict

    from cenotaph.services.figure_text import defence_text
    from cenotaph.services.figures import defend_figure
    from cenotaph.services.standards import load_figures, load_scope, load_standard

    definitions = load_figures(figures_file)
    scope = load_scope(scope_file) if scope_file else None
    found = defend_figure(
        call.casebook(), name, definitions, load_standard(standard_name), scope, size=size, seed=seed, results=results
    )
    if as_json:
        print_json(
            {
                "figure": found.figure.definition.id,
                "at_least": found.figure.value,
                "published": dict(zip(("release", "at_least"), found.published, strict=True)) if found.published else None,
                "head": found.head,
                "standard": found.standard.version(),
                "single_lineage": list(found.figure.single),
                "adopted": list(found.figure.adopted),
                "under": dict(found.under),
                "sample": asdict(found.sample),
                "error": asdict(found.error) if found.error else None,
            }
        )
        return
    for line in defence_text(found):
        click.echo(line)
