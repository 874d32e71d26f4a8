"""Recall on old, foreign news: MUC-3/4 reports of attacks, ``python -m benchmarks.claims.muc4 FOLDER``.

The answer keys at hand name victims (``hum_tgt_description``) but have neither their number nor what happened to them. So the
victims are sought in the text, those before which a number stands are kept, and what happened was read by hand: one letter for
each, in order, below. Nothing of the texts is kept here; the letters hold only for the very files they were read in, which a hash
makes sure of.

What is ambiguous in the keys:

- a victim described with several wordings counts wherever one of them follows a number, so one fact told twice counts twice (as a
  reader meets it); the score by document, where the same number and effect count once, is given beside it;
- the victim's description belongs to one incident, the number in the text may be of another (a report recalling an older murder):
  it is kept, with what the text says of it there;
- threatened, arrested, escaped or present people are no victims with an effect and are left out; taken and later freed counts as
  either;
- of a description within a longer count ("eight other people (three soldiers and five civilians)") each number that stands by
  itself counts;
- hedges are no part of the answer: "more than 30" is right with low or high 30;
- precision cannot be measured: the keys leave out military losses and accidents, which are claims.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.claims.agreement import overlaps
from benchmarks.claims.records import GoldDocument, Row, ask_reader, read_predictions
from benchmarks.claims.scorer import predicted_span

UNITS = ["ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE", "TEN", "ELEVEN", "TWELVE"]
TEENS = ["THIRTEEN", "FOURTEEN", "FIFTEEN", "SIXTEEN", "SEVENTEEN", "EIGHTEEN", "NINETEEN"]
TENS = ["TWENTY", "THIRTY", "FORTY", "FIFTY", "SIXTY", "SEVENTY", "EIGHTY", "NINETY"]
VALUES = {word: n for n, word in enumerate(UNITS + TEENS, 1)} | {word: 10 * n for n, word in enumerate(TENS, 2)}
MULTIPLIERS = {"HUNDRED": 100, "THOUSAND": 1000, "DOZEN": 12, "DOZENS": 12}
_WORD = "|".join([*VALUES, *MULTIPLIERS])
_NUMBER = rf"(?:\d[\d,]*|(?:{_WORD})(?:[-\s](?:{_WORD}))*)"
BEFORE = re.compile(rf"(?<![\w,.-])({_NUMBER}(?:\s+OTHER|\s+MORE)?)\s+((?:\w+\s+){{0,1}})$")
WITHIN = re.compile(rf"(?:AT LEAST |ABOUT |SOME )?({_NUMBER})\b(?!-)")
REACH = 60

ACCEPTED = {
    "k": {"killed"},
    "w": {"wounded"},
    "c": {"captured", "detained", "missing"},
    "r": {"captured", "detained", "released"},
    "b": {"killed+wounded", "casualties"},
}
READ_IN = "d26a03f9b69b5a7c"
EFFECTS = (
    "ckkkkkkkkkkk-kkk-kk-kwkkkkkkkkkkwwk-wkwww-kkkkkkwkkkk--kwwkwkkwwkww-wkwkwwkkkwwwww--ckkwkckww-kwk-kw"
    "------wwkwwwwww-ww-kck--wwwww--kk-w-kkk-ckwwkwwwwk-kkwkkwkwwkwkwkwkwkkwwkw-kk-kkkkwkkkkwkcw-kkkkwwww"
    "wwwwkc-kkwkwkkkwkw-kwkwkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkck-k----kkkkkkk--kkwkkkkkkkkwkkwkwkkkkkkkkkk-k"
    "kkkkkkkkkkkkkw--w-wkbkkkkkkkk-kkrkkrrkkkkkwkwcrckkwwkk-kcwwkkkwwwkkwwkkkkwkkkwkkkw--kkkkkkkkkw"
)


@dataclass(frozen=True)
class Stated:
    """A number of victims as it stands in a report."""

    document: str
    start: int
    end: int
    value: int
    outcomes: frozenset[str]


def read_reports(folder: Path) -> dict[str, str]:
    rows = (json.loads(line) for line in (folder / "doc_train").read_text("utf-8").splitlines())
    return {row["docid"]: row["text"] for row in rows}


def read_descriptions(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield document and description of every victim that is described and not named."""
    for block in (folder / "keys_train").read_text("utf-8").split("%%%"):
        if not block.strip():
            continue
        slots = json.loads(block)
        for name, answer in slots:
            if name == "hum_tgt_description" and answer and answer.get("type") != "colon_clause":
                for description in answer["strings"]:
                    yield slots[0][1], description


def find_numbers(reports: dict[str, str], descriptions: Iterator[tuple[str, str]]) -> list[tuple[str, int, int]]:
    """Return where a number stands before a described victim or within the description, in order."""
    found: set[tuple[str, int, int]] = set()
    for document, description in descriptions:
        text = reports[document]
        pattern = r"(?<!\w)" + r"\s+".join(map(re.escape, description.split())) + r"(?!\w)"
        for match in re.finditer(pattern, text):
            window = max(0, match.start() - REACH)
            if before := BEFORE.search(text[window : match.start()]):
                found.add((document, window + before.start(1), window + before.end(1)))
            elif (within := WITHIN.match(match[0])) and not re.match(r"\d+-", match[0]):
                found.add((document, match.start() + within.start(1), match.start() + within.end(1)))
    return sorted(found)


def value_of(words: str) -> int:
    """Return the value of a number as the reports write it."""
    words = re.sub(r"\s+(OTHER|MORE)$", "", words)
    if words[0].isdigit():
        return int(words.replace(",", ""))
    total = 0
    for word in re.split(r"[-\s]+", words):
        total = max(total, 1) * MULTIPLIERS[word] if word in MULTIPLIERS else total + VALUES[word]
    return total


def read_stated(folder: Path) -> tuple[dict[str, str], list[Stated]]:
    """Return the reports and every stated number of victims with an effect.

    Raises
    ------
    ValueError
        Where the files are not those the effects were read in.
    """
    reports = read_reports(folder)
    places = find_numbers(reports, read_descriptions(folder))
    seen = hashlib.sha256(repr(places).encode()).hexdigest()[:16]
    if seen != READ_IN:
        raise ValueError(f"the numbers found in {folder} are not those whose effects were read ({seen}, not {READ_IN})")
    stated = [
        Stated(document, start, end, value_of(reports[document][start:end]), frozenset(ACCEPTED[effect]))
        for (document, start, end), effect in zip(places, EFFECTS, strict=True)
        if effect in ACCEPTED
    ]
    return reports, stated


def _answers(claim: Row, stated: Stated) -> bool:
    return claim.get("outcome") in stated.outcomes and stated.value in (claim.get("low"), claim.get("high"))


def _claims_at(item: Stated, predicted: dict[str, list[Row]]) -> list[Row]:
    return [c for c in predicted.get(item.document, []) if overlaps(*predicted_span(c), item.start, item.end)]


def measure(stated: Sequence[Stated], predicted: dict[str, list[Row]]) -> dict[str, tuple[int, int]]:
    """Return hits and total: number at its words, number and effect at its words, number and effect anywhere in the document."""
    found = right = 0
    for item in stated:
        there = _claims_at(item, predicted)
        found += bool(there)
        right += any(_answers(claim, item) for claim in there)
    facts = {(item.document, item.value, item.outcomes): item for item in stated}
    known = sum(any(_answers(claim, item) for claim in predicted.get(item.document, [])) for item in facts.values())
    total = len(stated)
    return {"number found": (found, total), "with effect, there": (right, total), "with effect, in document": (known, len(facts))}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.claims.muc4")
    parser.add_argument("folder", type=Path, help="folder with doc_train and keys_train")
    parser.add_argument("--predictions", type=Path, help="JSON lines of claims; without it, the reader is asked")
    parser.add_argument("--misses", action="store_true", help="list what was not found with its effect")
    chosen = parser.parse_args(arguments)
    reports, stated = read_stated(chosen.folder)
    if chosen.predictions:
        predicted = read_predictions(chosen.predictions.read_text("utf-8"))
    else:
        named = sorted({item.document for item in stated})
        predicted = ask_reader([GoldDocument(name, "en", reports[name], ()) for name in named])
    for name, (hits, total) in measure(stated, predicted).items():
        sys.stdout.write(f"{name:26} {hits:4} of {total:4} = {hits / total:.3f}\n")
    if chosen.misses:
        for item in stated:
            if not any(_answers(claim, item) for claim in _claims_at(item, predicted)):
                around = " ".join(reports[item.document][max(0, item.start - 60) : item.end + 80].split())
                sys.stdout.write(f"{item.document}\t{item.value}\t{'/'.join(sorted(item.outcomes))}\t{around}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
