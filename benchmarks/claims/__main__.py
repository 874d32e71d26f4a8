"""Score the reader, or a file of predictions: ``python -m benchmarks.claims --help``."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from benchmarks.claims.records import (
    GoldDocument,
    Row,
    ask_reader,
    read_archive,
    read_gold,
    read_predictions,
    without_alternatives,
)
from benchmarks.claims.report import as_json, write_findings, write_table
from benchmarks.claims.scorer import score

DATA = Path(__file__).parent / "data"
SEALED = {
    "first": DATA / "sealed.zip",
    "second": DATA / "sealed-second.zip",
    "third": DATA / "sealed-third.zip",
    "fourth": DATA / "sealed-fourth.zip",
    "fifth": DATA / "sealed-fifth.zip",
    "sixth": DATA / "sealed-sixth.zip",
    "eighth": DATA / "sealed-eighth.zip",
    "ninth": DATA / "sealed-ninth.zip",
}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.claims", description=__doc__)
    parser.add_argument("--gold", type=Path, default=DATA / "dev", help="folder with texts/, documents.jsonl and claims.jsonl")
    parser.add_argument("--predictions", type=Path, help="JSON lines of claims; without it, the reader is asked")
    parser.add_argument(
        "--sealed",
        nargs="?",
        const="ninth",
        choices=tuple(SEALED),
        help="score a sealed set, the ninth unless said otherwise; prints sums only, never a text",
    )
    parser.add_argument("--language", help="only documents in this language")
    parser.add_argument("--strict", action="store_true", help="accept no other value than the annotation's first")
    parser.add_argument("--detect-language", action="store_true", help="leave the language to the reader")
    parser.add_argument("--errors", nargs="*", metavar="KIND", help="list what went wrong (missed, value, slot, ...)")
    parser.add_argument("--resamples", type=int, default=1000, help="bootstrap resamples for the intervals")
    parser.add_argument("--json", type=Path, help="write the scores here too")
    chosen = parser.parse_args(arguments)
    if chosen.sealed and chosen.errors is not None:
        parser.error("the sealed half is scored in sums only: --errors would show its texts")
    if chosen.sealed and chosen.predictions:
        parser.error("the sealed half is read by the reader here: predictions would need its texts")
    documents = read_archive(SEALED[chosen.sealed]) if chosen.sealed else read_gold(chosen.gold)
    if chosen.language:
        documents = [document for document in documents if document.language == chosen.language]
    if chosen.strict:
        documents = [without_alternatives(document) for document in documents]
    if chosen.predictions:
        predicted = read_predictions(chosen.predictions.read_text("utf-8"))
        names = {document.name for document in documents}
        predicted = {name: rows for name, rows in predicted.items() if name in names} if chosen.language else predicted
    else:
        predicted = _ask(documents, chosen.detect_language, sealed=bool(chosen.sealed))
    scores, findings = score(documents, predicted, resamples=chosen.resamples)
    sys.stdout.write(write_table(scores))
    if chosen.errors is not None:
        sys.stdout.write("\n" + write_findings(findings, tuple(chosen.errors)) + "\n")
    if chosen.json:
        chosen.json.write_text(json.dumps(as_json(scores), indent=1) + "\n", encoding="utf-8")
    return 0


def _ask(documents: list[GoldDocument], detect_language: bool, *, sealed: bool) -> dict[str, list[Row]]:
    try:
        return ask_reader(documents, detect_language=detect_language)
    except Exception as error:
        if not sealed:
            raise
        # A message or traceback may quote the text.
        stop = f"the reader failed on a sealed text: {type(error).__name__}"
    raise SystemExit(stop)


if __name__ == "__main__":
    raise SystemExit(main())
