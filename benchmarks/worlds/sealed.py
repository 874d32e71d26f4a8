"""The sealed worlds, in sums only: ``python -m benchmarks.worlds.sealed [--reports 20000]``.

Other names, other frequencies, further ways to romanise and more errors than the open profiles have, under seeds kept for this.
Nothing is written and no row is shown: whoever looks at these worlds to improve the linkage has to make new ones. It runs at the
end, when nothing will be changed any more for its results.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

SEEDS = (90_211, 90_427, 91_033, 91_559, 92_077)


def main(arguments: Sequence[str] | None = None) -> None:
    """Link every sealed world and print sums."""
    from benchmarks.worlds.coverage import measure, summarise
    from benchmarks.worlds.profiles import SEALED

    parser = argparse.ArgumentParser(prog="python -m benchmarks.worlds.sealed", description=__doc__)
    parser.add_argument("--reports", type=int, default=20_000, help="about how many in each world")
    chosen = parser.parse_args(arguments)
    try:
        outcomes = [measure(SEALED, seed, chosen.reports) for seed in SEEDS]
    except Exception as error:
        # A message or traceback may quote a row.
        stop = f"the linkage failed on a sealed world: {type(error).__name__}"
    else:
        print(f"{len(SEEDS)} sealed worlds of {sum(o.reports for o in outcomes):,} reports together: {summarise(outcomes)}")
        return
    raise SystemExit(stop)


if __name__ == "__main__":
    main()
