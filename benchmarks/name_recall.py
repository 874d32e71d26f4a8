"""How often both spellings of one name have the same key: ``python -m benchmarks.name_recall [--data FOLDER] [--part sealed]``.

On lists that hold each name in two scripts. Pairs are split by a hash into a part to develop on and a sealed one, which is only
reported on. ``recall`` is the share of true pairs with one key, by occurrence and by distinct pair; ``chance`` that of random
pairs of different names, which is what a key costs.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cenotaph.names.keys import key_word
from cenotaph.names.tokens import split_units

DATA = Path(__file__).parents[2] / "shared" / "data"
SETS = {
    "iran-2026/killed.csv": "Persian and Latin",
    "gaza-lists/release_2024-04.csv": "Arabic and Latin",
    "gaza-lists/release_2024-08.csv": "Arabic and Latin",
    "gaza-lists/release_2024-09.csv": "Arabic and Latin",
    "names/netransliteration_wd_arabic_64": "Arabic and Latin, all the world's names",
    "names/netransliteration_wd_russian_64": "Russian and Latin, all the world's names",
    "names/common-forenames-by-country.csv": "local and Latin",
    "names/common-surnames-by-country.csv": "local and Latin",
}
_COLUMNS = (("name_fa", "name_en"), ("name_ar", "name_en"), ("Localized Name", "Romanized Name"))


@dataclass(frozen=True, slots=True)
class Score:
    """What was found.

    Parameters
    ----------
    pairs, distinct
        How many pairs of words there are, and how many different ones.
    recall, distinct_recall
        The share with one key, of each.
    chance, distinct_chance
        The share of random pairs of words, not known to be one name, that have one key.
    """

    pairs: int
    distinct: int
    recall: float
    distinct_recall: float
    chance: float
    distinct_chance: float


def read_pairs(path: Path) -> Counter[tuple[str, str]]:
    """Return how often each pair of words stands in one name's two spellings, where both have as many words."""
    found: Counter[tuple[str, str]] = Counter()
    if path.suffix != ".csv":
        for line in path.read_text(encoding="utf-8").splitlines():
            latin, native, count = line.split("\t")
            if int(count) > 1:
                found[native.replace(" ", ""), latin] += int(count)
        return found
    for native, latin in set(_read_rows(path)):
        words, others = split_units(native), split_units(latin)
        if len(words) == len(others):
            found.update(zip(words, others, strict=True))
    return found


def _read_rows(path: Path) -> Iterator[tuple[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            for native, latin in _COLUMNS:
                if row.get(native) and row.get(latin) and row[native] != row[latin] and not row[native].isascii():
                    yield row[native], row[latin]


def take_part(pairs: Counter[tuple[str, str]], part: str) -> Counter[tuple[str, str]]:
    """Return the pairs of a part: ``develop``, ``sealed`` or ``all``."""
    if part == "all":
        return pairs
    wanted = int(part == "sealed")
    return Counter({pair: n for pair, n in pairs.items() if hashlib.sha1("|".join(pair).encode()).digest()[0] % 2 == wanted})


def score(pairs: Counter[tuple[str, str]]) -> Score:
    """Return how often the words of true and of random pairs have one key."""
    by_weight = [_score({pair: weight(n) for pair, n in pairs.items()}) for weight in (int, lambda _: 1)]
    return Score(pairs.total(), len(pairs), by_weight[0][0], by_weight[1][0], by_weight[0][1], by_weight[1][1])


def _score(pairs: dict[tuple[str, str], int]) -> tuple[float, float]:
    sides: tuple[Counter[str], Counter[str]] = Counter(), Counter()
    by_key: tuple[Counter[str | None], Counter[str | None]] = Counter(), Counter()
    same: list[tuple[str, str]] = []
    for pair, count in pairs.items():
        keys = [key_word(word).key for word in pair]
        if keys[0] is not None and keys[0] == keys[1]:
            same.append(pair)
        for side in (0, 1):
            sides[side][pair[side]] += count
            by_key[side][keys[side]] += count
    total = sum(pairs.values())
    meetings = sum(count * by_key[1][key] for key, count in by_key[0].items() if key)
    true_ones = sum(sides[0][one] * sides[1][other] for one, other in same)
    return sum(pairs[pair] for pair in same) / total, (meetings - true_ones) / total / total


def main(arguments: Sequence[str] | None = None) -> None:
    """Score each set that is there and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--part", choices=("develop", "sealed", "all"), default="sealed")
    options = parser.parse_args(arguments)
    print(f"{'set':40} {'pairs':>8} {'distinct':>8} {'recall':>7} {'distinct':>8} {'chance':>8} {'distinct':>9}")
    for name in SETS:
        path = options.data / name
        if not path.exists():
            print(f"{name:40} is not there")
            continue
        found = score(take_part(read_pairs(path), options.part))
        shares = f"{found.recall:7.3f} {found.distinct_recall:8.3f} {found.chance:8.5f} {found.distinct_chance:9.6f}"
        print(f"{name:40} {found.pairs:8,} {found.distinct:8,} {shares}")


if __name__ == "__main__":
    main()
