"""Import lists of made-up rows of several sizes into SQLite; print seconds, rows a second and peak memory.

``python -m benchmarks.import_list --rows 10000 --rows 100000 --rows 1000000 [--keep DIR] [--json]``

Each size runs in a process of its own, so that its peak memory is its own. Rows have the shape of the list of foreign
nationals killed in the Russian army: Russian names, nationality, recruitment word, rank, age, day-first dates, an address.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.measuring import Measured, write

MAPPING = Path(__file__).parents[1] / "examples" / "foreign-fighters" / "mapping.toml"
HEADER = ("uid", "name", "nationality", "type", "rank", "age", "birth", "death", "source")
_NATIONALITIES = (
    "Непал",
    "Узбекистан",
    "Таджикистан",
    "Южная Осетия",
    "Украина",
    "Кыргызстан",
    "Беларусь",
    "Казахстан",
    "Куба",
)
_TYPES = (
    "добровольцы",
    "заключенные",
    "нет данных",
    "мотострелковые войска",
    "ЧВК",
    "ВДВ",
    "мобилизованные",
    "морпехи",
)
_RANKS = ("", "", "", "", "", "рядовой", "сержант", "старший сержант", "капитан", "лейтенант")
_FIRST = (
    "Ал",
    "Бах",
    "Вик",
    "Гал",
    "Дил",
    "Ер",
    "Жан",
    "Зам",
    "Иб",
    "Ка",
    "Лат",
    "Мир",
    "Нур",
    "Ол",
    "Рус",
    "Сар",
    "Тим",
    "Фар",
)
_MIDDLE = ("ан", "ир", "ом", "уз", "ек", "оло", "ама", "ишо", "ура")
_LAST = ("ов", "ев", "бек", "джон", "ин", "шах", "лиев", "мат", "зода")


def write_rows(path: Path, rows: int, seed: int) -> None:
    """Write a CSV file of that many made-up rows."""
    chance = random.Random(seed)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADER)
        for _ in range(rows):
            birth_year, death_year = chance.randint(1950, 2006), chance.randint(2022, 2025)
            writer.writerow(
                (
                    f"{chance.getrandbits(64):016x}",
                    " ".join(_make_word(chance) for _ in range(3)),
                    chance.choice(_NATIONALITIES),
                    chance.choice(_TYPES),
                    chance.choice(_RANKS),
                    death_year - birth_year if chance.random() < 0.75 else "",
                    _make_day(chance, birth_year, 0.33),
                    _make_day(chance, death_year, 0.3),
                    f"https://archive.ph/{_make_token(chance)}" if chance.random() < 0.78 else "",
                )
            )


def _make_word(chance: random.Random) -> str:
    return chance.choice(_FIRST) + chance.choice(_MIDDLE) + chance.choice(_MIDDLE) + chance.choice(_LAST)


def _make_token(chance: random.Random) -> str:
    return "".join(chance.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", k=5))


def _make_day(chance: random.Random, year: int, missing: float) -> str:
    if chance.random() < missing:
        return ""
    day, month = chance.randint(1, 28), chance.randint(1, 12)
    return str(year) if chance.random() < 0.03 else f"{day:02}.{month:02}.{year}"


def measure(rows: int, seed: int, folder: Path) -> dict[str, float | int]:
    """Import that many rows into a new casebook below a folder and return what it took."""
    from cenotaph.services import imports
    from cenotaph.services.opening import name_actor, start_casebook

    path = folder / f"rows-{rows}.csv"
    write_rows(path, rows, seed)
    casebook = start_casebook(folder / f"casebook-{rows}", name_actor(None, "recorder", "benchmark"))
    mapping = imports.load(MAPPING)
    stages: dict[str, float] = {}

    def note(stage: str, _: int) -> None:
        stages[stage] = time.perf_counter() - begun

    begun, processor = time.perf_counter(), time.process_time()
    done = imports.import_list(casebook, name_actor(None, "recorder", "benchmark"), path, mapping, progress=note)
    seconds = time.perf_counter() - begun
    if done.changes.added != rows:
        raise SystemExit(f"{done.changes.added} of {rows} rows came in")
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return {
        "rows": rows,
        "seconds": round(seconds, 2),
        "rows_per_second": round(rows / seconds),
        "seconds_reading": round(stages.get("rows read", 0.0), 2),
        "processor_seconds": round(time.process_time() - processor, 2),
        "processor_seconds_of_helper": round(usage[1].ru_utime + usage[1].ru_stime, 2),
        "peak_mib": round(usage[0].ru_maxrss / 1024),
        "peak_mib_of_helper": round(usage[1].ru_maxrss / 1024),
        "database_mib": round((casebook.root / "record.sqlite3").stat().st_size / 1024 / 1024),
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Run each size in a process of its own, print a line for it, and write the results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, action="append", help="rows to import; may be given several times")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="leave files and casebooks in this folder")
    parser.add_argument("--json", action="store_true", help="print one JSON object a line")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    sizes: list[int] = options.rows or [10_000, 100_000, 1_000_000]
    folder = options.keep or Path(tempfile.mkdtemp(prefix="cenotaph-bench-"))
    folder.mkdir(parents=True, exist_ok=True)
    measured: list[Measured] = []
    try:
        for rows in sizes:
            if options.here:
                print(json.dumps(measure(rows, options.seed, folder)))
                continue
            load = os.getloadavg()[0]
            call = [
                sys.executable,
                "-m",
                "benchmarks.import_list",
                "--here",
                "--rows",
                str(rows),
                "--seed",
                str(options.seed),
                "--keep",
                str(folder),
            ]
            line = subprocess.run(call, check=True, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1]).stdout
            print(
                line.strip() if options.json else "  ".join(f"{k} {v:,}" for k, v in json.loads(line).items()),
                flush=True,
            )
            values = json.loads(line)
            peak = values["peak_mib"] + values["peak_mib_of_helper"]
            measured.append(Measured("list import", rows, values["seconds"], peak, round(load, 2)))
        if measured:
            write("import_list", measured, {"list import": 180.0})
    finally:
        if not options.keep:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
