"""Names as published lists have them, for worlds that owe nothing to the pools and spellings of the other generator.

Arabic and Persian words come with the Latin spellings that real lists give them, Russian ones with their counts, and Central
Asian ones from a real list of names. Everything is read from the folder of shared data; without it there is no such world.
"""

from __future__ import annotations

import csv
import random
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from benchmarks.worlds.pools import read_sections

DATA = Path(__file__).parents[3] / "shared" / "data"

Word = dict[str, tuple[str, ...]]
"""A word in each script that it is written in, the usual spelling first and more often than the others."""


@dataclass(frozen=True, slots=True)
class Pool:
    """One people's words with the weight of each: names of men and women, and of families."""

    name: str
    men: tuple[list[Word], list[float]]
    women: tuple[list[Word], list[float]]
    families: tuple[list[Word], list[float]]
    scripts: tuple[tuple[str, float], ...]
    kind: str


_WORDS = read_sections("second")
_ALPHABET = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_TABLES = tuple(dict(zip(_ALPHABET, _WORDS[f"letters {number}"], strict=True)) for number in range(4))
_NATIONAL = str.maketrans({"ў": "у", "қ": "к", "ғ": "г", "ҳ": "х", "ӣ": "и", "ӯ": "у", "ҷ": "дж", "ң": "н", "ө": "о", "ү": "у"})
_OWN_LATIN = {"ў": "oʻ", "қ": "q", "ғ": "gʻ", "ҳ": "h", "х": "x", "ж": "j", "ъ": "ʼ", "ҷ": "j", "ӣ": "i", "ӯ": "u", "ң": "ng",
              "ө": "o", "ү": "u"}  # fmt: skip
_SOUNDS = (
    ("sh", "ш"), ("ch", "ч"), ("kh", "х"), ("gh", "г"), ("th", "т"), ("dh", "д"), ("zh", "ж"), ("ya", "я"), ("yu", "ю"),
    ("ee", "и"), ("oo", "у"), ("ou", "у"), ("ph", "ф"), ("aa", "а"), ("j", "дж"), ("a", "а"), ("b", "б"), ("c", "к"),
    ("d", "д"), ("e", "е"), ("f", "ф"), ("g", "г"), ("h", "х"), ("i", "и"), ("k", "к"), ("l", "л"), ("m", "м"), ("n", "н"),
    ("o", "о"), ("p", "п"), ("q", "к"), ("r", "р"), ("s", "с"), ("t", "т"), ("u", "у"), ("v", "в"), ("w", "в"), ("x", "кс"),
    ("y", "й"), ("z", "з"),
)  # fmt: skip


def to_latin(word: str, table: int) -> str:
    """Write a Cyrillic word in Latin letters by one of four tables."""
    spelt = "".join(_TABLES[table].get(c, c) for c in word.lower().translate(_NATIONAL)).replace("_", "")
    if table == 0:
        spelt = re.sub("(i|y)y$", "y", spelt)
    return spelt.capitalize()


def to_cyrillic(word: str) -> str:
    """Write a Latin word in Cyrillic letters by its sound."""
    low = word.lower()
    for sound, letter in _SOUNDS:
        low = low.replace(sound, letter)
    return re.sub(r"[^а-я\- ]", "", low).capitalize()


def _cyrillic_word(word: str, own: bool = False) -> Word:
    latin = tuple(dict.fromkeys(to_latin(word, table) for table in range(4)))
    russian = word.lower().translate(_NATIONAL).capitalize()
    out: Word = {"Cyrl": (russian,), "Latn": latin}
    if own:
        home = "".join(_OWN_LATIN.get(c, _TABLES[0].get(c, c)) for c in word.lower()).replace("_", "").capitalize()
        out = {"Cyrl": (russian,) if russian == word else (russian, word), "Latn": (home, *(x for x in latin if x != home))}
    return out


def _weigh(words: list[Word], power: float = 0.75) -> tuple[list[Word], list[float]]:
    return words, [(rank + 3) ** -power for rank in range(len(words))]


def _read(path: str) -> list[dict[str, str]]:
    with (DATA / path).open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def _spellings(rows: list[dict[str, str]], arabic: str, latin: str) -> tuple[dict[str, Counter[str]], list[list[str]]]:
    """Return the Latin spellings of every Arabic word, from names that have as many words in both scripts."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    names = []
    for row in rows:
        one, other = row[arabic].split(), row[latin].split()
        torn = any("هللا" in word or word.startswith("اال") or word in ("عبد", "ابو", "أبو") for word in one)
        if len(one) == len(other) >= 2 and not torn:
            names.append(one)
            for a, b in zip(one, other, strict=True):
                found[a][b] += 1
    return found, names


def _eastern(name: str, rows: list[dict[str, str]], arabic: str, latin: str, woman: str | None) -> Pool:
    spelt, names = _spellings(rows, arabic, latin)

    def word(text: str) -> Word:
        ways = tuple(way for way, _ in spelt[text].most_common(4))
        return {"Arab": (text,), "Latn": ways, "Cyrl": (to_cyrillic(ways[0]),)}

    fathers = Counter(part for full in names for part in full[1:-1]) or Counter(full[0] for full in names)
    by_sex: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    for row in rows:
        parts = row[arabic].split()
        if len(parts) >= 2 and parts[0] in spelt:
            by_sex[woman is not None and row.get("sex") == woman][parts[0]] += 1
    families = Counter(full[-1] for full in names)

    def pool(counts: Counter[str], most: int) -> tuple[list[Word], list[float]]:
        best = [(text, number) for text, number in counts.most_common(most) if text in spelt and number > 1]
        return [word(text) for text, _ in best], [float(number) for _, number in best]

    men = pool(by_sex[False] + fathers, 700)
    women = pool(by_sex[True], 400) if by_sex[True] else men
    return Pool(name, men, women, pool(families, 4000), (("Arab", 0.62), ("Latn", 0.32), ("Cyrl", 0.06)), "eastern")


_STEPPE, _HIGHLAND = _WORDS["steppe"], _WORDS["highland"]
_NEPALI, _NEPALI_FAMILIES = _WORDS["nepali"], _WORDS["nepali families"]


def _paired(text: str) -> Word:
    latin, native = text.split("=")
    ways = tuple(latin.split("/"))
    return {"Latn": ways, "Deva": (native,), "Cyrl": (to_cyrillic(ways[0]),)}


def surname(stem: str, chance: random.Random) -> str:
    """Make a family name of a first name."""
    if stem[-1] in "аяиыуюеэ":
        return stem[:-1] + chance.choice(("ин", "ин", "ев", "енко"))
    if stem[-1] in "йь":
        return stem[:-1] + "ев"
    return stem + chance.choice(("ов", "ов", "ов", "енко", "ский", "ук", "овский"))


@lru_cache
def read_pools() -> tuple[tuple[Pool, float], ...]:
    """Read all pools, each with its people's share of the dead."""
    import pyarrow.parquet as pq

    chance = random.Random(11)
    names = pq.read_table(DATA / "names" / "russiannames_names.parquet").to_pylist()
    names = [row for row in sorted(names, key=lambda row: -row["count"]) if row["text"].istitle() and len(row["text"]) > 2]
    slavic = [row for row in names if row["ethnic"] == ["slav"]]
    men = [row for row in slavic if row["gender"] == "m"][:110]
    women = [row for row in slavic if row["gender"] == "f"][:70]
    stems = [row["text"] for row in names if row["gender"] == "m" and re.fullmatch("[А-Я][а-я]+", row["text"])][:1600]
    made = list(dict.fromkeys(surname(stem, chance) for stem in [*stems, *stems[:400]]))
    cyrl = (("Cyrl", 0.8), ("Latn", 0.2))

    def counted(rows: list[dict[str, object]]) -> tuple[list[Word], list[float]]:
        return [_cyrillic_word(str(row["text"])) for row in rows], [float(str(row["count"])) ** 0.8 for row in rows]

    russian = Pool("russian", counted(men), counted(women), _weigh([_cyrillic_word(x) for x in made], 0.6), cyrl, "slavic")
    fighters = [row["name"].split() for row in _read("foreign-fighters/named_2025-11.csv")]
    seen = Counter(parts[1] for parts in fighters if len(parts) > 1 and parts[1].isalpha())
    given = [_cyrillic_word(x, own=True) for x in _STEPPE] + [_cyrillic_word(x) for x, _ in seen.most_common(250)]
    families = [parts[0] for parts in fighters if parts and re.fullmatch("[А-ЯЁ][а-яё]+", parts[0])]
    stock = [stem + ("ев" if stem[-1] in "йиеоаэү" else "ов") for stem in _STEPPE] + [f"{stem}зода" for stem in _STEPPE[40:60]]
    own = [_cyrillic_word(x, own=True) for x in stock] + [_cyrillic_word(x) for x in dict.fromkeys(families)]
    steppe = Pool("steppe", _weigh(given), _weigh(given), _weigh(own, 0.6), (("Cyrl", 0.66), ("Latn", 0.34)), "steppe")
    hill = [_cyrillic_word(x) for x in _HIGHLAND]
    ends = [_cyrillic_word(stem + end) for stem in _HIGHLAND for end in (("ов", "иев") if stem[-1] not in "аи" else ("ев",))]
    ends += [_cyrillic_word(stem + end) for stem in _HIGHLAND[32:40] for end in ("ян", "швили", "дзе")]
    hills = _weigh(hill, 0.6)
    highland = Pool("highland", hills, hills, _weigh(ends, 0.5), (("Cyrl", 0.75), ("Latn", 0.25)), "slavic")
    gaza = _eastern("gaza", _read("gaza-lists/release_2024-09.csv"), "name_ar", "name_en", "f")
    iran = _eastern("iran", _read("iran-2026/killed.csv"), "name_fa", "name_en", None)
    scripts = (("Deva", 0.35), ("Latn", 0.45), ("Cyrl", 0.2))
    nepali = _weigh([_paired(x) for x in _NEPALI], 0.5)
    far = Pool("nepali", nepali, nepali, _weigh([_paired(x) for x in _NEPALI_FAMILIES], 0.6), scripts, "far")
    return (russian, 0.38), (steppe, 0.18), (highland, 0.08), (gaza, 0.27), (iran, 0.03), (far, 0.06)
