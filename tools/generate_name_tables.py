"""Make the tables of common names from lists that may be passed on: ``python -m tools.generate_name_tables FOLDER``.

``FOLDER`` holds datacoon/russiannames' ``names/russiannames_names.parquet`` (BSD-3), sigpwned's
``names/common-{forenames,surnames}-by-country.csv`` (CC0) and releases of the Gaza Ministry of Health's list as
TechForPalestine passes them on (``gaza-lists/release_*.csv``, Unlicense). Forms are folds, for Arabic writing letters; ``rate``
is how many of a million bear the name where it is commonest, 0 where only its existence is known. No row is about one person:
a form of the Gaza list is kept only where at least five rows have it.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from cenotaph.names.keys import key_word
from cenotaph.names.letters import find_script
from cenotaph.names.tables import FOLDER
from cenotaph.names.tokens import split_units

MUCH = 2_000  # Of a million: so common a name of the Gaza list is a sign even though it is given elsewhere.
FEWEST = {"russian": 10, "gaza": 5}


def read_csv(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a file with a header."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        yield from csv.DictReader(stream)


class Collected:
    """Rates and sexes of forms."""

    def __init__(self) -> None:
        self.rates: dict[tuple[str, str], float] = {}
        self.sexes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self.arab: set[tuple[str, str]] = set()
        self.elsewhere: set[str] = set()

    def add(self, kind: str, word: str, rate: float, sex: str = "", weight: int = 1, arab: bool = False) -> None:
        """Add what one list says of one word."""
        form = key_word(word).letters
        if not form or len(form) < 2:
            return
        at = (kind, form)
        self.rates[at] = max(self.rates.get(at, 0.0), rate)
        if sex in ("m", "f"):
            self.sexes[at][sex] += weight
        if arab:
            self.arab.add(at)


ARAB = frozenset(["EG", "AE", "DZ", "IQ", "JO", "KW", "LB", "LY", "MA", "SA", "TN", "IR", "PK", "BD", "AZ", "TJ", "TR"])


def collect(folder: Path) -> tuple[Collected, dict[str, str]]:
    """Read all lists; return the forms, and the fold that each Arabic form is romanised to most often."""
    import pyarrow.parquet as pq

    found = Collected()
    russian: Counter[tuple[str, str]] = Counter()
    for row in pq.read_table(folder / "names" / "russiannames_names.parquet").to_pylist():
        if row["text"] and len(row["text"]) > 2 and row["text"].isalpha():
            russian[row["text"].lower(), row["gender"] or ""] += row["count"]
    total = sum(russian.values())
    for (word, sex), count in russian.items():
        if count >= FEWEST["russian"]:
            found.add("given", word, count / total * 1e6, sex, count)
    for row in read_csv(folder / "names" / "common-forenames-by-country.csv"):
        for word in {row["Localized Name"], row["Romanized Name"]}:
            if word and " " not in word and find_script(word) in ("Latn", "Cyrl", "Arab", "Deva"):
                found.add("given", word, 0, row["Gender"].lower(), 1, row["Country"] in ARAB)
            if word and row["Country"] not in ARAB:
                found.elsewhere.add(key_word(word).letters or "")
    for row in read_csv(folder / "names" / "common-surnames-by-country.csv"):
        for word in {row["Localized Name"], row["Romanized Name"]}:
            if word and " " not in word and find_script(word) in ("Latn", "Cyrl", "Arab", "Deva"):
                found.add("family", word, float(row["Percent"] or 0) * 1e6)
    return found, collect_gaza(folder, found)


def collect_gaza(folder: Path, found: Collected) -> dict[str, str]:
    """Add the names of the Gaza lists; return the fold of each Arabic form."""
    given: Counter[str] = Counter()
    family: Counter[str] = Counter()
    sexes: dict[str, Counter[str]] = defaultdict(Counter)
    pairs: dict[str, Counter[str]] = defaultdict(Counter)
    seen: set[tuple[str, str]] = set()
    for path in sorted((folder / "gaza-lists").glob("release_*.csv")):
        for row in read_csv(path):
            pair = (row["name_ar"], row.get("name_en") or "")
            if pair in seen:
                continue
            seen.add(pair)
            arabic, latin = (split_units(text) for text in pair)
            for words in (arabic, latin):
                if len(words) == 4:
                    for word in words[:3]:
                        given[word] += 1
                    sexes[words[0]][row["sex"].lower()] += 1
                    family[words[3]] += 1
            if len(arabic) == len(latin):
                for one, other in zip(arabic, latin, strict=True):
                    pairs[one][other] += 1
    from_gaza = set()
    for kind, counted in (("given", given), ("family", family)):
        total = sum(counted.values()) / 2
        for word, count in counted.items():
            if count >= FEWEST["gaza"]:
                sex, of_sex = (sexes[word].most_common(1) or [("", 0)])[0]
                sure = kind == "given" and of_sex >= 3 and of_sex > 0.9 * sexes[word].total()
                form = key_word(word).letters
                if form and (kind, form) not in found.rates:
                    from_gaza.add((kind, form))
                found.add(kind, word, count / total * 1e6, sex if sure else "", of_sex, True)
    folds: dict[str, Counter[str]] = defaultdict(Counter)
    for name, latin_names in pairs.items():
        keys = key_word(name)
        for latin_name, count in latin_names.items():
            spelt = key_word(latin_name)
            if keys.letters and spelt.fold and spelt.key == keys.key:
                folds[keys.letters][spelt.fold] += count
    known = {form for kind, form in found.rates if kind == "given" and (kind, form) not in from_gaza}
    return {
        form: max(counted, key=lambda fold: (fold in known, counted[fold], fold))
        for form, counted in folds.items()
        if counted.total() >= FEWEST["gaza"] and counted.keys() & known
    }


def main() -> None:
    """Write the tables beside the package's others."""
    found, folds = collect(Path(sys.argv[1]))
    with (FOLDER / "common.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("kind", "form", "sex", "arab", "rate"))
        for kind, form in sorted(found.rates):
            at = (kind, form)
            sexes = found.sexes[at]
            sex = max(sexes, key=lambda s: sexes[s]) if sexes and max(sexes.values()) > 0.9 * sexes.total() else ""
            writer.writerow(
                (
                    kind[0],
                    form,
                    sex,
                    "1" if at in found.arab and (form not in found.elsewhere or found.rates[at] > MUCH) else "",
                    f"{found.rates[at]:.0f}",
                )
            )
    with (FOLDER / "vowelled.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("letters", "fold"))
        writer.writerows(sorted(folds.items()))


if __name__ == "__main__":
    main()
