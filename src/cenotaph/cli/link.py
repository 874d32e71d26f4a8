"""``cenotaph link``: find the people that reports are about."""

from __future__ import annotations

from pathlib import Path

import click

from cenotaph.cli import link_casebook
from cenotaph.cli.context import Call, json_option, pass_call, print_json

_READ = click.Path(path_type=Path, exists=True, dir_okay=False)
_WRITE = click.Path(path_type=Path, dir_okay=False, writable=True)


@click.group()
def link() -> None:
    """Find the people that reports are about, and say how sure."""


for _verb in (link_casebook.run, link_casebook.queue, link_casebook.runs, link_casebook.undo):
    link.add_command(_verb)


@link.command()
@click.argument("reports", type=_READ)
@click.option(
    "--out", type=_WRITE, required=True, metavar="FILE", help="Write people here: report_id, person_id, probability, resolution."
)
@click.option("--edges", type=_WRITE, metavar="FILE", help="Write the compared pairs here, with weight and cause.")
@click.option("--queue", type=_WRITE, metavar="FILE", help="Write the pairs that a person should look at here, by value.")
@click.option("--judgements", type=_READ, metavar="CSV", help="Reviewers' words: left_id, right_id, same, reason.")
@click.option("--model", type=_READ, metavar="JSON", help="Use this model instead of training one.")
@click.option("--save-model", type=_WRITE, metavar="JSON", help="Write the model that was used here.")
@click.option("--seed", type=int, default=1, show_default=True, help="Of the pairs that training draws.")
@json_option
@pass_call
def table(
    call: Call,
    reports: Path,
    out: Path,
    edges: Path | None,
    queue: Path | None,
    judgements: Path | None,
    model: Path | None,
    save_model: Path | None,
    seed: int,
    as_json: bool,
) -> None:
    """Link the reports of REPORTS (Parquet) into people; no casebook is needed.

    Columns: report_id, source, source_kind, published_on, name_full, name_given, name_family, name_patronymic, script, language,
    birth_date_text, age, death_date_text, place_text, region, country_text, nationality_text, unit_text, rank. Only report_id must
    be there.
    """
    from dataclasses import asdict

    from cenotaph.services.table_linking import link_file

    with call.progress() as progress:
        summary = link_file(
            reports,
            out,
            edges=edges,
            queue=queue,
            judgements=judgements,
            model=model,
            save_model=save_model,
            seed=seed,
            progress=progress,
        )
    if as_json:
        print_json(asdict(summary))
        return
    click.echo(f"{summary.reports:,} reports, {summary.nameless:,} of them name nobody")
    click.echo(f"{summary.people - summary.unresolved:,} people from {summary.resolved:,} reports")
    click.echo(f"{summary.unresolved:,} reports unresolved: they may be of any of several people, or of one more")
    call.talk(f"{summary.pairs:,} pairs compared; the largest group has {summary.largest:,} reports.")
