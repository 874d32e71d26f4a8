"""How many names a second get their columns of keys: ``python -m benchmarks.name_keys [--rows N]... [--seed 1] [--processes 2]``.

Names are made up of syllables in Cyrillic, Latin and Arabic letters, three or four words each in several orders, nearly all of
them distinct, from a stock of words that grows with the square root of their number as real ones' does; one in forty words is
misspelt, so that there are always words never seen before. Each process works on its share, which it is handed as an Arrow
table, in the order of first letters; the clock runs from handing out to the last answer.
Beside it stand names a second of processor time, which other work on the machine moves less.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import resource
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from benchmarks.measuring import Measured, print_table, write

if TYPE_CHECKING:
    import pyarrow as pa

SIZES = (10_000, 100_000, 1_000_000)
PROMISED = 300_000
_SYLLABLES = {
    "Cyrl": ("аб бе ви га да жа за ил ка ла ма на ор па ра са та ур фа ха ша юс", ("ов", "ев", "ин", "енко"), ("ович", "евич")),
    "Latn": ("ab be vi ga da ja za il ka la ma na or pa ra sa ta ur fa kha sha yu", ("ov", "ev", "i", "zadeh"), ("ovich", "")),
    "Arab": ("اب بي في جا دا زا ال كا لا ما نا ور را سا تا فا حا شا يو عل", ("", "ي", "ان", "ة"), ("", "")),
}


def make_names(rows: int, seed: int) -> list[str]:
    """Return made-up names."""
    chance = random.Random(seed)
    words = {script: _make_words(script, max(int(12 * rows**0.5), 200), chance) for script in _SYLLABLES}
    found = []
    for _ in range(rows):
        script = chance.choices(("Cyrl", "Latn", "Arab"), (5, 3, 2))[0]
        given, father, family = (chance.choice(words[script]) for _ in range(3))
        if chance.random() < 0.075:
            at = chance.randrange(len(family))
            family = family[:at] + chance.choice(given) + family[at + 1 :]
        _, endings, fathers = _SYLLABLES[script]
        family, father = family + endings[len(family) % len(endings)], father + fathers[len(father) % len(fathers)]
        order = (family, given, father) if script == "Cyrl" else (given, father, family)
        found.append(" ".join(order if chance.random() < 0.8 else order[:2]))
    return found


def _make_words(script: str, count: int, chance: random.Random) -> list[str]:
    syllables = _SYLLABLES[script][0].split()
    return ["".join(chance.choices(syllables, k=chance.choice((2, 3, 3, 4)))).capitalize() for _ in range(count)]


def _pack(names: list[str]) -> bytes:
    """Return names as an Arrow table in bytes, as one process hands a column to another."""
    import pyarrow as pa

    table = pa.table({"name_full": names})
    target = pa.BufferOutputStream()
    with pa.ipc.new_stream(target, table.schema) as writer:
        writer.write_table(table)
    return bytes(target.getvalue().to_pybytes())


def _key(packed: bytes) -> tuple[int, float]:
    """Return how many names were keyed, and in how many seconds of this process's processor time."""
    import pyarrow as pa

    from cenotaph.names.columns import name_columns

    begun = time.process_time()
    table: pa.Table = name_columns(pa.ipc.open_stream(packed).read_all())
    return int(table.num_rows), time.process_time() - begun


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure every size, print a table, write the results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, action="append")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=min(os.cpu_count() or 1, 2))
    options = parser.parse_args(arguments)
    found: list[Measured] = []
    for rows in options.rows or SIZES:
        names = make_names(rows, options.seed)
        share = -(-rows // options.processes)
        # In the order of first letters, so that two processes seldom read the same word.
        ordered = sorted(names, key=lambda name: name[0])
        shares = [_pack(ordered[at : at + share]) for at in range(0, rows, share)]
        load = os.getloadavg()[0]
        with multiprocessing.get_context("spawn").Pool(len(shares)) as pool:
            pool.map(_key, [_pack(["Иван Иванов"])] * len(shares))  # Processes and tables are there before the clock starts.
            begun = time.perf_counter()
            done = pool.map(_key, shares, chunksize=1)
            seconds = time.perf_counter() - begun
        assert sum(count for count, _ in done) == rows
        busy = sum(taken for _, taken in done)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"  {rows:,} names, {len(set(names)):,} distinct, {rows / seconds:,.0f} a second (promised {PROMISED:,}) with "
            f"{len(shares)} processes, {rows / busy:,.0f} a second of processor time of each",
            flush=True,
        )
        found.append(Measured("name keys", rows, round(seconds, 3), round(peak, 1), round(load, 2)))
    print_table(found)
    write("name_keys", found, {"name keys": max(options.rows or SIZES) / PROMISED})


if __name__ == "__main__":
    main()
