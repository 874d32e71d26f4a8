"""``cenotaph count``: count, follow a number to its rows, set it beside what others published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import click

from cenotaph.cli.context import Call, json_option, pass_call, print_json, print_json_line

_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)

class _Day(click.ParamType[date]):
    """A day; a month or a year stands for its last one."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day that a text stands for."""
        from cenotaph.domain.dates import PartialDate
        from cenotaph.domain.errors import CenotaphError

        if isinstance(value, date):
            return value
        text = str(value)
        try:
            if not _DAY.fullmatch(text):
                raise ValueError(text)
            if len(text) == len("2025-11-30"):
                return date.fromisoformat(text)
            end = PartialDate.from_edtf(text).end
            if end is None:
                raise ValueError(text)
            return end - timedelta(days=1)
        except (ValueError, OverflowError, CenotaphError):
            self.fail(f"{text!r} is no day: write 2025-11-30, or 2025-11 or 2025 for its last day.", param, ctx)


class _Instant(click.ParamType[datetime]):
    """An instant as ISO 8601 writes it, UTC unless it says otherwise; a day, a month or a year alone is the end of it."""

    name = "time"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Return the instant that a text stands for."""
        text = str(value)
        try:
            if _DAY.fullmatch(text):
                return datetime.combine(_Day().convert(text, param, ctx), time.max, UTC)
            instant = datetime.fromisoformat(text)
        except ValueError:
            self.fail(f"{text}: write 2025-11-30, or 2025-11-30T12:00:00+01:00.", param, ctx)
        return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


@contextmanager
def _asking() -> Iterator[None]:
    """Turn a list, a roll-up, a place or an axis that there is not into wrong usage: it stands in the call."""
    from cenotaph.domain.errors import NotFoundError, UsageError, ValueFormatError

    try:
        yield
    except (NotFoundError, ValueFormatError) as error:
        raise UsageError(error.message, error.hint) from error


@click.group()
def count() -> None:
    """Count, and follow a count down to its rows."""


@count.command()
@click.option("--by", multiple=True, metavar="AXIS", help="Break down by this axis; give it again for more.")
@click.option("--list", "lists", multiple=True, metavar="ID", help="Only this list, or `documents`; without it, all of them.")
@click.option("--where", multiple=True, metavar="AXIS=KEY", help="Only with this key on this axis; of several all must hold.")
@click.option("--as-of", type=_Day(), metavar="DATE", help="Only what was public by the end of this day, month or year.")
@click.option(
    "--known-at",
    type=_Instant(),
    metavar="TIME",
    help="Only what the casebook held then (UTC unless it says), or at the end of a day, month or year.",
)
@click.option("--died-by", type=_Day(), metavar="DATE", help="Only who certainly died by the end of this day, month or year; who may have stands apart.")
@click.option("--rollup", "rollups", multiple=True, metavar="NAME", help="Count places under their parents by this named file.")
@click.option("--split", is_flag=True, help="Split every number into examined, adopted and without source.")
@click.option("--ids", is_flag=True, help="Show every cell's id.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV, a cell a row; no text in it is a formula.")
@json_option
@pass_call
def table(
    call: Call,
    by: tuple[str, ...],
    lists: tuple[str, ...],
    where: tuple[str, ...],
    as_of: date | None,
    known_at: datetime | None,
    died_by: date | None,
    rollups: tuple[str, ...],
    split: bool,
    ids: bool,
    as_csv: bool,
    as_json: bool,
) -> None:
    """Count reports of the dead, one table for each list.

    Unknown is always shown. Every number is a documented minimum.
    """
    from cenotaph.services import counting, rendering

    selection = counting.Selection("", by, _pairs(where), as_of, known_at, died_by, rollups)
    with _asking(), call.progress() as progress:
        counted = counting.count(call.casebook(), selection, lists, progress=progress)
    if as_json:
        print_json(rendering.count_json(counted))
    elif as_csv:
        _print_csv(list(rendering.count_rows(counted)))
    elif not counted.tables:
        click.echo("Nothing has been taken in yet: `cenotaph list import` or `cenotaph report add` first.")
    else:
        for line in rendering.count_text(counted, ids=ids, split=split):
            click.echo(line)


def _pairs(where: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    pairs = []
    for condition in where:
        axis, equals, key = condition.partition("=")
        if not equals or not key:
            raise click.UsageError(f"--where {condition}: write AXIS=KEY, such as nationality=UZ.")
        pairs.append((axis, key))
    return tuple(pairs)


def _print_csv(rows: list[list[str]]) -> None:
    import csv
    import sys

    csv.writer(sys.stdout, lineterminator="\n").writerows(rows)


@count.command()
@click.argument("cell")
@click.option("--limit", type=click.IntRange(0), default=20, show_default=True, help="Show the evidence of so many.")
@json_option
@pass_call
def members(call: Call, cell: str, limit: int, as_json: bool) -> None:
    """Open the number CELL: the reports it counts, each with its quotes and the capture they stand in."""
    from dataclasses import asdict

    from cenotaph.services import counting, reports

    casebook = call.casebook()
    with _asking(), call.progress() as progress:
        found = counting.open_cell(casebook, cell, progress=progress)
    shown = reports.show_reports(casebook, [member.id for member in found[:limit]])
    if as_json:
        for report in shown:
            print_json_line(asdict(report))
        for member in found[limit:]:
            print_json_line({"id": member.id})
        return
    click.echo(f"{len(found):,} {'report' if len(found) == 1 else 'reports'} in {cell}")
    for report in shown:
        click.echo("")
        for line in reports.report_text(report):
            click.echo(line)
    if len(found) > limit:
        click.echo(f"\n{len(found) - limit:,} more: --limit {len(found)} shows them all, --json their ids.")


@count.command()
@click.argument("published", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--list", "list_id", required=True, metavar="ID", help="The list whose numbers stand beside.")
@click.option(
    "--definitions",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="TOML that says which reports a population's words stand for.",
)
@json_option
@pass_call
def compare(call: Call, published: Path, list_id: str, definitions: Path | None, as_json: bool) -> None:
    """Set PUBLISHED figures (CSV) beside a list's own, with what the record explains of the difference."""
    from cenotaph.services import comparison_text, counting

    with call.progress() as progress:
        compared = counting.compare(call.casebook(), list_id, published, definitions, progress=progress)
    if as_json:
        print_json([comparison_text.comparison_json(c) for c in compared])
        return
    for line in comparison_text.comparison_text(compared):
        click.echo(line)


@count.command()
@click.option("--list", "list_id", required=True, metavar="ID", help="The list to look at.")
@json_option
@pass_call
def fragility(call: Call, list_id: str, as_json: bool) -> None:
    """Say how much of a list rests on little: no source, no date, one archive host."""
    from dataclasses import asdict

    from cenotaph.services import comparison_text, counting

    with _asking(), call.progress() as progress:
        measured = counting.fragility(call.casebook(), list_id, progress=progress)
    if as_json:
        print_json(asdict(measured))
        return
    for line in comparison_text.fragility_text(measured):
        click.echo(line)
