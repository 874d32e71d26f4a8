"""``cenotaph link evaluate`` and ``link sample``: how good a linkage is, and how much it doubts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cenotaph.cli.context import Call, json_option, pass_call, print_json

if TYPE_CHECKING:
    from cenotaph.services.linkage_measures import Judged

_READ = click.Path(path_type=Path, exists=True, dir_okay=False)
_WRITE = click.Path(path_type=Path, dir_okay=False, writable=True)


@click.command()
@click.option("--people", type=_READ, required=True, metavar="FILE", help="People that were found: report_id, person_id.")
@click.option("--truth", type=_READ, required=True, metavar="FILE", help="The truth: report_id, person; other columns divide.")
@click.option("--edges", type=_READ, metavar="FILE", help="The compared pairs, for what was lost before grouping.")
@click.option("--reports", type=_READ, metavar="FILE", help="The reports, to divide by script and kind of source.")
@click.option("--seed", type=int, default=1, show_default=True, help="Of the intervals.")
@json_option
@pass_call
def evaluate(call: Call, people: Path, truth: Path, edges: Path | None, reports: Path | None, seed: int, as_json: bool) -> None:
    """Hold people that were found against a known truth; every file is Parquet.

    The expected number of people stands beside the truth where `link table` wrote the people. Reports whose person is not
    known are in no measure; a column `placeholder` of the truth marks those that name nobody.
    """
    from dataclasses import asdict

    from cenotaph.services.linkage_measures import evaluate_files

    judged = evaluate_files(people, truth, edges, reports, seed=seed)
    if as_json:
        expected = asdict(judged.expected) | {"error": judged.expected_error} if judged.expected else None
        print_json({**asdict(judged.evaluation), "expected": expected})
        return
    _print(call, judged)


def _print(call: Call, judged: Judged) -> None:
    found = judged.evaluation
    click.echo(f"{found.reports:,} reports on {found.people:,} people; {found.found:,} people found")
    lines = (
        ("pairs: precision", found.precision), ("pairs: recall", found.recall), ("pairs: F1", found.f1),
        ("B-cubed: precision", found.cubed_precision), ("B-cubed: recall", found.cubed_recall), ("B-cubed: F1", found.cubed_f1),
        ("people found exactly", found.exact), ("groups too many (+) or few (-)", found.count_error),
        ("reports unresolved", found.unresolved), ("joined without a person: precision", found.joined_precision),
        ("true pairs never compared", found.not_compared), ("true pairs out of reach", found.unreachable),
    )  # fmt: skip
    for name, measure in lines:
        if measure.value is not None:
            click.echo(f"{name:36} {measure.value:8.4f}   {measure.low:.4f} to {measure.high:.4f}")
    click.echo(f"{'largest group':36} {found.largest:,} reports on {found.largest_people:,} people")
    if found.placeholders:
        click.echo(f"{'reports that name nobody':36} {found.placeholders:,}, linked to others: {found.placeholders_linked:,}")
    if judged.expected:
        e = judged.expected
        within = "holds the truth" if e.low <= found.people <= e.high else "misses the truth"
        words = f"{e.people:,.0f} ({e.low:,.0f} to {e.high:,.0f}), off by {judged.expected_error:+.2%}: {within}"
        click.echo(f"{'expected number of people':36} {words}")
    by = ""
    for stratum in found.strata:
        if stratum.by != by:
            by = stratum.by
            click.echo(f"\n{by:28} {'true pairs':>11}  precision  recall      F1")
        numbers = (f"{value:.4f}" if value is not None else "-" for value in (stratum.precision, stratum.recall, stratum.f1))
        click.echo(f"{stratum.name[:40]:28} {stratum.pairs:>11,}  {next(numbers):>9}  {next(numbers):>6}  {next(numbers):>6}")
    call.talk("Intervals: 95%, people drawn anew. A wrong pair belongs half to either person.")


@click.command()
@click.argument("edges", type=_READ)
@click.option("--people", type=_READ, required=True, metavar="FILE", help="The people of the same run.")
@click.option("--out", type=_WRITE, required=True, metavar="FILE", help="Write the draws here: draw, report_id, person, unseen.")
@click.option("--draws", type=click.IntRange(min=1), default=100, show_default=True, help="How many.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same draws.")
@json_option
@pass_call
def sample(call: Call, edges: Path, people: Path, out: Path, draws: int, seed: int, as_json: bool) -> None:
    """Draw who is whose from the posterior over linkages, given EDGES (Parquet) as `link table` wrote them.

    Estimate on every draw, and the spread of the estimates is what linkage leaves open. A report that is `unseen` is about
    the person of another report that linkage does not recognise: no further person.
    """
    from cenotaph.services.linkage_measures import sample_files

    with call.progress() as progress:
        counts = sample_files(edges, people, out, draws, seed, progress)
    if as_json:
        print_json({"draws": draws, "seed": seed, "people": list(counts)})
        return
    ordered = sorted(counts)
    click.echo(
        f"{draws:,} draws; people in each: {ordered[0]:,} to {ordered[-1]:,}, in the middle {ordered[len(ordered) // 2]:,}"
    )
    call.talk("The draws differ by chance alone; what the model itself may be off by is in the expected number of `link table`.")
