"""``cenotaph link``: find the people that reports are about."""

from __future__ import annotations

from pathlib import Path

import click

from cenotaph.cli import link_casebook
from cenotaph.cli.context import Call, Share, json_option, pass_call, print_json
from cenotaph.cli.link_measures import evaluate, sample

_READ = click.Path(path_type=Path, exists=True, dir_okay=False)
_FOLDER = click.Path(path_type=Path, file_okay=False)
_WRITE = click.Path(path_type=Path, dir_okay=False, writable=True)


@click.group()
def link() -> None:
    """Find the people that reports are about, and say how sure."""


for _verb in (link_casebook.run, link_casebook.queue, link_casebook.runs, link_casebook.undo, evaluate, sample):
    link.add_command(_verb)


@link.command()
@click.argument("reports", type=_READ)
@click.option(
    "--out",
    type=_WRITE,
    required=True,
    metavar="FILE",
    help="Write people here (.parquet or .csv): report_id, person_id, probability, resolution.",
)
@click.option("--edges", type=_WRITE, metavar="FILE", help="Write the compared pairs here, with weight and cause.")
@click.option("--queue", type=_WRITE, metavar="FILE", help="Write the pairs that a person should look at here, by value.")
@click.option("--judgements", type=_READ, metavar="CSV", help="Reviewers' words: left_id, right_id, same, reason.")
@click.option("--model", type=_READ, metavar="JSON", help="Use this model instead of training one.")
@click.option("--save-model", type=_WRITE, metavar="JSON", help="Write the model that was used here.")
@click.option("--save-state", type=_FOLDER, metavar="DIR", help="Leave in DIR what `link add` needs to add reports later.")
@click.option(
    "--merge",
    type=Share(0.5, 1, max_open=True),
    metavar="P",
    help="The probability from which two reports are joined, written into the model; without it, .9, and more beyond 200,000.",
)
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
    save_state: Path | None,
    merge: float | None,
    seed: int,
    as_json: bool,
) -> None:
    """Link the reports of REPORTS (Parquet or CSV) into people; no casebook is needed.

    Columns: report_id, source, source_kind, published_on, name_full, name_given, name_family, name_patronymic, script,
    language, birth_date_text, age, death_date_text, place_text, region, country_text, nationality_text, unit_text, rank. Only
    report_id and one of the names must be there; a column that is not read is named.
    """
    from dataclasses import asdict

    from cenotaph.services.people_text import loose_lines
    from cenotaph.services.table_linking import expected_line, link_file, list_unread_columns, unread_lines

    for line in list_unread_columns(reports):
        click.echo(line, err=True)
    with call.progress() as progress:
        summary = link_file(
            reports,
            out,
            edges=edges,
            queue=queue,
            judgements=judgements,
            model=model,
            save_model=save_model,
            save_state=save_state,
            merge=merge,
            seed=seed,
            progress=progress,
        )
    for line in unread_lines(reports.name, summary.unread):
        click.echo(line, err=True)
    if as_json:
        print_json(asdict(summary))
        return
    click.echo(f"{summary.reports:,} reports, {summary.nameless:,} of them name nobody")
    click.echo(f"{summary.people - summary.unresolved:,} people from {summary.resolved:,} reports")
    click.echo(expected_line(summary.expected, summary.alone))
    click.echo(f"{summary.unresolved:,} reports unresolved: they may be of any of several people, or of one more")
    for line in loose_lines(summary.loose):
        click.echo(line)
    call.talk(f"{summary.pairs:,} pairs compared; the largest group has {summary.largest:,} reports.")


@link.command()
@click.argument("left")
@click.argument("right")
@click.option("--reports", type=_READ, required=True, metavar="FILE", help="The reports (Parquet or CSV) that hold the two.")
@click.option("--model", type=_READ, metavar="JSON", help="The model that linked them; without it, one is trained.")
@click.option("--svg", type=_WRITE, metavar="FILE", help="Draw the weights here.")
@json_option
@pass_call
def explain(call: Call, left: str, right: str, reports: Path, model: Path | None, svg: Path | None, as_json: bool) -> None:
    """Say why the reports LEFT and RIGHT are taken for one person or for two: the weight of every field."""
    from dataclasses import asdict

    from cenotaph.services.table_linking import explain_pair, explanation_text

    explained = explain_pair(reports, left, right, model=model, svg=svg)
    if as_json:
        print_json(asdict(explained))
        return
    for line in explanation_text(explained):
        click.echo(line)
    del call


@link.command()
@click.argument("left", type=_READ)
@click.argument("right", type=_READ)
@click.option(
    "--out",
    type=_WRITE,
    required=True,
    metavar="FILE",
    help="Write links here (.parquet or .csv): left_id, right_id, probability.",
)
@click.option(
    "--threshold",
    type=Share(0, 1),
    metavar="P",
    help="The least probability of a link; without it, .4: two namesakes whom nothing tells apart have half each.",
)
@click.option("--changes", type=_WRITE, metavar="CSV", help="Write here what became of every row.")
@click.option("--page", type=_WRITE, metavar="HTML", help="Write a page that shows it in numbers here; it names nobody.")
@json_option
@pass_call
def pair(
    call: Call,
    left: Path,
    right: Path,
    out: Path,
    threshold: float | None,
    changes: Path | None,
    page: Path | None,
    as_json: bool,
) -> None:
    """Link the people of LEFT and RIGHT one to one: two lists, each free of duplicates; no casebook is needed.

    Parquet or CSV with the columns of `cenotaph link table`; only report_id and one of the names must be there. Every person of a
    list is linked to one of the other at most.
    """
    from cenotaph.services.pair_linking import link_files
    from cenotaph.services.table_linking import unread_lines

    linked = link_files(left, right, out, threshold=threshold, talk=call.talk)
    for path, unread in zip((left, right), linked.unread, strict=True):
        for line in unread_lines(path.name, unread):
            click.echo(line, err=True)
    if changes or page:
        from cenotaph.services import list_changes as releases

        compared = releases.compare_linked(left, right, linked)
        if changes:
            releases.write_changes(compared.changes, changes)
        if page:
            title = f"What changed between {left.stem} and {right.stem}"
            releases.write_page(compared, page, title=title, lead="", before=left.stem, after=right.stem)
    links = len(linked.links)
    doubtful = sum(value < 0.9 for value in linked.links["probability"].to_pylist())
    if as_json:
        print_json(
            {
                "left": linked.left,
                "right": linked.right,
                "links": links,
                "doubtful": doubtful,
                "only_left": linked.left - links,
                "only_right": linked.right - links,
                "compared": linked.compared,
            }
        )
        return
    click.echo(f"{links:,} people are in both lists, {doubtful:,} of them less than nine in ten sure")
    click.echo(f"{linked.left - links:,} are in {left.name} only, {linked.right - links:,} in {right.name} only")


@link.command()
@click.argument("state", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("reports", type=_READ)
@click.option("--out", type=_WRITE, required=True, metavar="FILE", help="Write people of new and of changed reports here.")
@click.option("--edges", type=_WRITE, metavar="FILE", help="Write the compared pairs here.")
@click.option("--merged", type=_WRITE, metavar="FILE", help="Write people who were found to be one here: person_id, became.")
@click.option("--queue", type=_WRITE, metavar="FILE", help="Write the pairs that a person should look at here, by value.")
@click.option("--judgements", type=_READ, metavar="CSV", help="Words on old and new reports: left_id, right_id, same, reason.")
@click.option("--update", is_flag=True, help="Make the new reports part of STATE, so that more can be added.")
@pass_call
def add(
    call: Call,
    state: Path,
    reports: Path,
    out: Path,
    edges: Path | None,
    merged: Path | None,
    queue: Path | None,
    judgements: Path | None,
    update: bool,
) -> None:
    """Link the new reports of REPORTS (Parquet or CSV) with those of STATE, which `link table --save-state` left.

    Only people whom a new report or a reviewer's word touches are looked at again. Without --update STATE is not changed.
    """
    from cenotaph.services.table_linking import add_file, unread_lines

    added = add_file(
        state, reports, out, edges=edges, merged=merged, queue=queue, judgements=judgements, update=update
    )  # fmt: skip
    for line in unread_lines(reports.name, added.unread):
        click.echo(line, err=True)
    click.echo(f"{len(added.people):,} reports have a person, {len(added.merged):,} people became one with another")
    call.talk(f"{added.pairs:,} pairs compared; {len(added.looked_at):,} reports looked at.")
