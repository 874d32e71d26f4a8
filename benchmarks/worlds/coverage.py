"""Does the interval hold the truth? ``python -m benchmarks.worlds.coverage [--worlds 20] [--reports 20000] [--profile mixed]``.

Makes worlds of different seeds, links each, and says for each how far the groups and the expected number of people are from the
truth, and whether the nominal 95% interval holds it. Without ``--profile`` the worlds take the open profiles in turn.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np

from benchmarks.measuring import OUT
from benchmarks.worlds.__main__ import people_for
from benchmarks.worlds.profiles import PROFILES, Profile

FIRST_SEED = 101


@dataclass(frozen=True, slots=True)
class Outcome:
    """One world: its people, and what was found; errors are shares of the true number."""

    profile: str
    seed: int
    reports: int
    people: int
    groups: float
    expected: float
    low: float
    high: float
    holds: bool
    f1: float
    precision: float
    seconds: float


def measure(profile: Profile, seed: int, reports: int) -> Outcome:
    """Make one world, link it, and hold the number of people against the truth."""
    from benchmarks.worlds.reports import make_world
    from cenotaph.link.evaluating import evaluate
    from cenotaph.link.tabling import link_table

    table, truth = make_world(people_for(reports, profile), profile, seed)
    begun = time.perf_counter()
    linked = link_table(table)
    seconds = time.perf_counter() - begun
    found, expected = evaluate(linked.people, truth, resamples=1), linked.summary.expected
    people = found.people

    def share(number: float) -> float:
        return round(number / people - 1, 4)

    return Outcome(
        profile.name,
        seed,
        table.num_rows,
        people,
        share(found.found),
        share(expected.people),
        share(expected.low),
        share(expected.high),
        expected.low <= people <= expected.high,
        round(found.f1.value or 0.0, 4),
        round(found.precision.value or 0.0, 4),
        round(seconds, 1),
    )


def summarise(outcomes: Sequence[Outcome]) -> str:
    """Say in how many worlds the interval held the truth, and how far off the expected number was."""
    signed = np.array([o.expected for o in outcomes])
    errors = np.abs(signed)
    return (
        f"{sum(o.holds for o in outcomes)} of {len(outcomes)} intervals hold the truth; expected number off by "
        f"{errors.mean():.2%} in the mean ({signed.mean():+.2%} with the sign), {np.median(errors):.2%} in the middle, {errors.max():.2%} at most "
        f"({(errors <= 0.03).sum()} within 3%); groups off by {np.mean([o.groups for o in outcomes]):+.1%} in the mean; "
        f"pairs: F1 {np.mean([o.f1 for o in outcomes]):.3f}, "
        f"precision {np.mean([o.precision for o in outcomes]):.3f}"
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure every world, print a line for each and the summary, and write them as JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.worlds.coverage", description=__doc__)
    parser.add_argument("--worlds", type=int, default=20)
    parser.add_argument("--reports", type=int, default=20_000, help="about how many in each")
    parser.add_argument("--profile", choices=sorted(PROFILES), help="one profile instead of all in turn")
    parser.add_argument("--seed", type=int, default=FIRST_SEED, help="the first world's; the others follow")
    chosen = parser.parse_args(arguments)
    profiles = [PROFILES[chosen.profile]] if chosen.profile else list(PROFILES.values())
    outcomes = []
    print(f"{'profile':14} {'seed':>5} {'people':>8} {'groups':>8} {'expected':>9}  {'interval':18} holds     F1")
    for at in range(chosen.worlds):
        outcome = measure(profiles[at % len(profiles)], chosen.seed + at, chosen.reports)
        outcomes.append(outcome)
        o = outcome
        print(
            f"{o.profile:14} {o.seed:>5} {o.people:>8,} {o.groups:>+8.1%} {o.expected:>+9.2%}  {o.low:>+7.1%} to {o.high:>+7.1%} "
            f"{'yes' if o.holds else 'NO':>7}  {o.f1:.3f}",
            flush=True,
        )
    print(summarise(outcomes))
    OUT.mkdir(exist_ok=True)
    name = f"coverage-{chosen.profile or 'all'}-{chosen.reports}.json"
    (OUT / name).write_text(json.dumps([asdict(o) for o in outcomes], indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
