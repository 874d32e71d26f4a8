"""Score what is found in claims held against each other: ``python -m benchmarks.checks --help``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from benchmarks.checks.scoring import Score, Tally, score
from benchmarks.checks.texts import CheckedText, read_folder, read_sources

DATA = Path(__file__).parent / "data"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.checks", description=__doc__)
    parser.add_argument("--set", choices=("open", "held"), default="open", help="the half that is developed on, or the other")
    parser.add_argument("--gold", type=Path, help="folder with texts/, documents.jsonl, claims.jsonl and inconsistencies.jsonl")
    parser.add_argument("--read", action="store_true", help="check the reader's own claims, not the annotated ones")
    parser.add_argument("--language", help="only texts in this language")
    parser.add_argument("--show", action="store_true", help="list what was missed and what was found and not wanted")
    chosen = parser.parse_args(arguments)
    texts = read_folder(chosen.gold) if chosen.gold else read_set(chosen.set)
    made = score([text for text in texts if chosen.language in (None, text.language)], read=chosen.read)
    sys.stdout.write(write_table(made))
    if chosen.show:
        for title, lines in (("missed", made.missed), ("not wanted", made.false), ("not judged", made.unjudged)):
            sys.stdout.write("".join(f"{title}: {line}\n" for line in lines))
    return 0


def read_set(name: str) -> list[CheckedText]:
    """Return the texts of one half, English and Russian."""
    return [text for path in sorted(DATA.glob(f"{name}-*.txt")) for text in read_sources(path)]


def write_table(made: Score) -> str:
    """Return recall and precision of each type and of all, with n."""
    lines = [f"{'':20} {'recall':>16} {'precision':>16}"]
    rows = [*sorted(made.by_type.items()), ("all", made.total)]
    lines += [
        f"{name:20} {_share(t.hit, t.missed):>16} {_share(t.hit, t.false):>16}" for name, t in rows if vars(t) != vars(Tally())
    ]
    lines.append(f"{made.texts} texts; of {made.traps} in which nothing is wrong, {made.sprung} gave a finding")
    if made.unjudged:
        lines.append(f"{len(made.unjudged)} findings of types that are not annotated there were not judged")
    return "\n".join(lines) + "\n"


def _share(hit: int, other: int) -> str:
    return f"{hit / (hit + other):.2f} ({hit} of {hit + other})" if hit + other else "-"


if __name__ == "__main__":
    raise SystemExit(main())
