"""How fast claims are read, and how flat memory stays: ``python -m benchmarks.read_claims [--documents N] [--workers N]``.

The texts are made here from sentences of the kinds that news is written in, with other numbers and names each time, so that a
cache of whole sentences would not help. Speed is of one core; with workers the documents are shared among processes.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from cenotaph.extract import read_claims
from cenotaph.text.layout import split_units

OUT = Path(__file__).parent / "out"
WARMING = 30  # documents of other seeds that are read before the clock runs
SENTENCES = {
    "en": (
        "At least {n} people were killed and {m} injured when shells hit the market in {place}, the governor said.",
        "The ministry, which rarely comments on losses, declined to give a figure for {month}.",
        "According to a list kept by volunteers, {n} {people} have died since February 2022, {m} of them last month.",
        "Officials opened a new bridge on Tuesday, and traffic was moving again by the evening.",
        "Relatives say {n} men went missing near {place}; {m} were later found in captivity.",
        "The company paid 4.2 million for the licence, a spokesman said, and employs 1,460.",
        "He was 34, a father of two, and had worked as a driver before he signed the contract.",
        "Another {m} {people} were recruited in the same district, many under threat of deportation.",
        "No one was hurt in the second strike, which damaged three houses and a school.",
        "It was the third attack this week, and residents of {place} spent the night in cellars.",
    ),
    "ru": (
        "В результате обстрела посёлка {place} погибли {n} человек, ещё {m} получили ранения, сообщил губернатор области.",
        "В министерстве от комментариев отказались, сославшись на тайну следствия.",
        "По данным правозащитников, с начала войны погибли {n} {people}, в том числе {m} — за последний месяц.",
        "Во вторник в городе открыли новый мост, к вечеру движение полностью восстановилось.",
        "Родственники говорят, что {n} мобилизованных пропали без вести под городом {place}; {m} позже нашли в плену.",
        "Компания заплатила за лицензию 4,2 млн рублей, на предприятии работают 1 460 сотрудников.",
        "Ему было 34 года, у него двое детей, до контракта он работал водителем.",
        "Ещё {m} {people} завербовали в том же районе, многих — под угрозой депортации.",
        "При втором ударе никто не пострадал, повреждены три дома и школа.",
        "Это третья атака за неделю, жители провели ночь в подвалах.",
    ),
}
PEOPLE = {
    "en": ("Nepalis", "Uzbek nationals", "citizens of Kenya", "Cubans", "foreign fighters", "former prisoners"),
    "ru": ("непальцев", "граждан Узбекистана", "кенийцев", "кубинцев", "иностранцев", "бывших заключённых"),
}
PLACES = {
    "en": ("Dokan", "Tarvan", "Meln", "Sorrel", "Oshe", "Karsh"),
    "ru": ("Лесной", "Кедровка", "Светлый", "Озёрный", "Горный", "Заря"),
}


def make_document(language: str, seed: int, sentences: int = 20) -> str:
    chance = random.Random(seed)
    lines = []
    for _ in range(sentences):
        words = chance.choice(SENTENCES[language]).format(
            n=chance.randint(13, 900),
            m=chance.randint(2, 12),
            place=chance.choice(PLACES[language]),
            month="May",
            people=chance.choice(PEOPLE[language]),
        )
        lines.append(words)
    return "\n\n".join(" ".join(lines[at : at + 4]) for at in range(0, len(lines), 4))


def read_some(job: tuple[str, int, int]) -> tuple[int, float]:
    """Read the documents of some seeds; return how many, and the peak of the process so far, in megabytes."""
    language, first, last = job
    for seed in range(first, last):
        read_claims(make_document(language, seed), language)
    return last - first, _find_peak()


def measure_speed(language: str, documents: int = 300) -> dict[str, float]:
    """Measure one core, warm: other documents are read before, so lexicons and caches of words are as in any longer run."""
    texts = [make_document(language, seed) for seed in range(documents)]
    sentences = sum(len(split_units(text)) for text in texts)
    for seed in range(WARMING):
        read_claims(make_document(language, documents + seed), language)
    started = time.perf_counter()
    claims = sum(len(read_claims(text, language).claims) for text in texts)
    seconds = time.perf_counter() - started
    return {
        "documents": documents,
        "sentences": sentences,
        "claims": claims,
        "seconds": seconds,
        "sentences_per_second": sentences / seconds,
    }


def measure_memory(documents: int, workers: int) -> Iterator[dict[str, float]]:
    """Read many documents in this process, or shared among workers; yield the largest peak so far after each tenth."""
    step = max(1, documents // 10)
    jobs = [
        (("en", "ru")[at % 2], first, min(documents, first + step))
        for at, first in enumerate(range(0, documents, step))
    ]
    started = time.perf_counter()
    done, peak = 0, 0.0
    with ExitStack() as held:
        pool = held.enter_context(ProcessPoolExecutor(workers)) if workers > 1 else None
        for count, own in pool.map(read_some, jobs) if pool is not None else map(read_some, jobs):
            done, peak = done + count, max(peak, own)
            yield {"documents": done, "seconds": time.perf_counter() - started, "peak_mb": peak}


def _find_peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(arguments: list[str] | None = None) -> None:
    """Measure and write what was measured."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.read_claims", description=__doc__)
    parser.add_argument(
        "--documents", type=int, default=10_000, help="documents for memory (100,000 for the whole measurement)"
    )
    parser.add_argument("--workers", type=int, default=1)
    chosen = parser.parse_args(arguments)
    result: dict[str, object] = {}
    for language in ("en", "ru"):
        speed = measure_speed(language)
        result[language] = speed
        print(
            f"{language}: {speed['sentences_per_second']:,.0f} sentences a second on one core ({speed['claims']:,.0f} claims)"
        )
    memory = []
    for point in measure_memory(chosen.documents, chosen.workers):
        memory.append(point)
        print(
            f"{point['documents']:>9,.0f} documents  {point['seconds']:8.1f} s  peak {point['peak_mb']:,.0f} MB",
            flush=True,
        )
    result["memory"] = memory
    OUT.mkdir(exist_ok=True)
    (OUT / "read_claims.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
