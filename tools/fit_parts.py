"""Learn the trees by which the reader of claims weighs wholes: ``python -m tools.fit_parts --help``.

Two steps. ``gather`` reads annotated texts by the rules and keeps, for every claim, what speaks for each it may be a part of, and
which of them the annotation names: numbers, no text. ``fit`` learns the trees from such rows and writes them where the
reader looks for them; the rows are kept beside the benchmark, so that anybody can do it again. Fitting needs LightGBM
(``pip install lightgbm==4.6.0``), which the reader itself does not.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.claims.agreement import Repeats, is_core, listed, number_spans, overlaps, same_outcome
from benchmarks.claims.records import GoldDocument, Row, read_gold

from cenotaph.extract import read_claims
from cenotaph.extract.claims import reader
from cenotaph.extract.claims.draft import Draft
from cenotaph.extract.claims.part_evidence import FEATURES, describe_claims, describe_pairs
from cenotaph.extract.claims.part_finder import list_pairs
from tools.fit_ranking import SETTINGS as RANKING
from tools.fit_ranking import flatten_model

ROWS = Path("benchmarks/claims/data/parts.npz")
TREES = Path("src/cenotaph/reference/data/claims/parts.json")
ROUNDS = 120
SEED = 7
EITHER = 0.5  # weight of a claim that the annotation lets be a part or none
SETTINGS = {**RANKING, "learning_rate": 0.25, "num_leaves": 6, "max_depth": 4, "feature_fraction": 0.25}


@dataclass(frozen=True)
class Rows:
    """What was gathered: one row per claim and whole.

    Parameters
    ----------
    values
        Columns ``FEATURES``.
    claims
        Which claim each row is of, counted from 0 in order.
    accepted
        Whether the annotation names that whole.
    either
        Of each claim, whether the annotation lets it be none's part.
    documents
        The document of each claim.
    """

    values: np.ndarray
    claims: np.ndarray
    accepted: np.ndarray
    either: np.ndarray
    documents: np.ndarray


def read_by_rules(document: GoldDocument) -> list[Draft]:
    """Return the claims of a document as the rules tie them."""
    seen: list[Draft] = []
    kept = vars(reader)["find_wholes"]
    vars(reader)["find_wholes"] = seen.extend
    try:
        read_claims(document.text, language=document.language)
    finally:
        vars(reader)["find_wholes"] = kept
    return seen


def name_claims(document: GoldDocument, drafts: Sequence[Draft]) -> list[Row | None]:
    """Return the annotated record that each claim stands for: of those on its number one of its outcome, and required, first."""
    spans = [number_spans(claim, document) for claim in document.claims]
    found: list[Row | None] = []
    for draft in drafts:
        start, end = draft.number.mention.start, draft.number.mention.end
        hits = [c for at, c in enumerate(document.claims) if any(overlaps(a, b, start, end) for a, b in spans[at])]
        hits.sort(key=lambda claim: (not same_outcome(claim, {"outcome": draft.outcome}), not is_core(claim)))
        found.append(hits[0] if hits else None)
    return found


def gather(documents: Iterable[GoldDocument]) -> Rows:
    """Read documents by the rules and return what there was to weigh."""
    values, claims, accepted, either, names = [], list[int](), list[bool](), list[bool](), list[str]()
    for document in documents:
        drafts = read_by_rules(document)
        gold = name_claims(document, drafts)
        repeats = Repeats(document.claims)
        firsts = [repeats.first(str(claim["id"])) if claim is not None else None for claim in gold]
        described = describe_claims(drafts) if drafts else None
        for pairs in list_pairs(drafts):
            claim = gold[pairs[0][0]] if pairs else None
            if claim is None or described is None or not is_core(claim):
                continue
            said = [claim.get("subset_of"), *(listed(claim["alt_subset"]) if "alt_subset" in claim else [])]
            right = {repeats.first(str(identifier)) for identifier in said if identifier}
            parts, wholes = np.array(pairs, np.intp).T
            values.append(describe_pairs(described, parts, wholes).astype(np.float32))
            accepted += [firsts[whole] is not None and firsts[whole] in right for whole in wholes]
            claims += [len(names)] * len(pairs)
            either.append(not all(said))
            names.append(document.name)
    return Rows(
        np.concatenate(values), np.array(claims, np.int32), np.array(accepted, np.bool_), np.array(either, np.bool_),
        np.array(names),
    )  # fmt: skip


def save(rows: Rows, path: Path) -> None:
    """Write rows to a file."""
    fields: dict[str, Any] = vars(rows)
    np.savez_compressed(path, names=np.array(FEATURES), **fields)


def load(path: Path) -> Rows:
    """Read rows from a file.

    Raises
    ------
    ValueError
        Where the features have changed since they were gathered.
    """
    with np.load(path) as data:
        fields = {name: data[name] for name in data.files}
    if tuple(fields.pop("names").tolist()) != FEATURES:
        raise ValueError(f"The features of {path} are not those of the reader: gather the rows again (--gather FOLDER...).")
    return Rows(**fields)


def fit(rows: Rows, chosen: np.ndarray | None = None, *, rounds: int = ROUNDS, **settings: float) -> dict[str, Any]:
    """Learn trees from the rows of some claims (all by default): sums under a softmax over the wholes, and 0 for none."""
    lightgbm = importlib.import_module("lightgbm")
    wanted = np.ones(len(rows.documents), np.bool_) if chosen is None else chosen
    at = np.flatnonzero(wanted[rows.claims])
    right = rows.accepted[at].astype(float)
    own, places = np.unique(rows.claims[at], return_inverse=True)
    firsts = np.flatnonzero(np.r_[True, places[1:] != places[:-1]])
    tied = np.add.reduceat(right, firsts) > 0
    weight = np.where(tied & rows.either[own], EITHER, 1.0)[places]

    def climb(sums: np.ndarray, _: object) -> tuple[np.ndarray, np.ndarray]:
        most = np.maximum(np.maximum.reduceat(sums, firsts), 0.0)
        powers = np.exp(sums - most[places])
        none = np.exp(-most)
        share = powers / (np.add.reduceat(powers, firsts) + none)[places]
        good = powers * right
        aim = good / np.maximum(np.add.reduceat(good, firsts) + np.where(tied, 0.0, none), 1e-12)[places]
        return (share - aim) * weight, np.maximum(share * (1 - share), 1e-3) * weight

    data = lightgbm.Dataset(rows.values[at], right)
    model = lightgbm.train({**SETTINGS, "seed": SEED, **settings, "objective": climb}, data, rounds)
    return flatten_model(FEATURES, model)


def main(arguments: list[str] | None = None) -> int:
    """Gather rows, or learn the trees from them."""
    parser = argparse.ArgumentParser(prog="python -m tools.fit_parts", description=__doc__)
    parser.add_argument("--gather", type=Path, nargs="*", metavar="FOLDER", help="read these annotated texts and write rows")
    parser.add_argument("--rows", type=Path, default=ROWS, help="rows to write or to learn from")
    parser.add_argument("--trees", type=Path, default=TREES)
    parser.add_argument("--without", default="", help="beginnings of names of the texts to leave out, parted by commas")
    chosen = parser.parse_args(arguments)
    if chosen.gather:
        save(gather(d for folder in chosen.gather for d in read_gold(folder) if d.language in ("en", "ru")), chosen.rows)
        return 0
    rows = load(chosen.rows)
    left_out = tuple(filter(None, chosen.without.split(",")))
    trees = fit(rows, np.array([not name.startswith(left_out) for name in rows.documents], np.bool_))
    chosen.trees.write_text(json.dumps(trees, separators=(",", ":")) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(trees['trees'])} trees over {len(trees['names'])} features\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
