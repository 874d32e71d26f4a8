"""Learn the trees by which the reader of claims weighs outcomes: ``python -m tools.fit_ranking --help``.

Two steps. ``gather`` reads annotated texts by the rules alone and keeps, for every number of people, what speaks for each
outcome and which of them the annotation accepts: numbers, no text. ``fit`` learns the trees from such rows and writes them where
the reader looks for them; the rows are kept beside the benchmark, so that anybody can do it again. Fitting needs LightGBM
(``pip install lightgbm==4.6.0``), which the reader itself does not.
"""

from __future__ import annotations

import argparse
import importlib
import json
import math
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.claims.agreement import is_core, number_spans, overlaps, same_outcome
from benchmarks.claims.records import GoldDocument, read_gold

from cenotaph.extract import read_claims
from cenotaph.extract.claims import context, ranking

ROWS = Path("benchmarks/claims/data/ranking.npz")
TREES = Path("src/cenotaph/reference/data/claims/ranking.json")
ROUNDS = 250
SEED = 7
SETTINGS = {
    "learning_rate": 0.08,
    "num_leaves": 8,
    "max_depth": 5,
    "min_data_in_leaf": 15,
    "feature_fraction": 0.3,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 3.0,
    "boost_from_average": False,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "verbose": -1,
}


@dataclass(frozen=True)
class Rows:
    """What was gathered: one row per number and option, sparse.

    Parameters
    ----------
    names
        Of the features.
    starts, columns, values
        Of each row, where its features begin; their columns and values.
    numbers
        Which number each row is of, counted from 0 in order.
    accepted
        Whether the annotation accepts the option.
    documents
        The document of each number.
    """

    names: list[str]
    starts: np.ndarray
    columns: np.ndarray
    values: np.ndarray
    numbers: np.ndarray
    accepted: np.ndarray
    documents: np.ndarray

    def fill(self, chosen: np.ndarray) -> np.ndarray:
        """Return chosen rows with every feature."""
        found = np.zeros((len(chosen), len(self.names)), np.float32)
        for at, row in enumerate(chosen):
            part = slice(self.starts[row], self.starts[row + 1])
            found[at, self.columns[part]] = self.values[part]
        return found


@contextmanager
def watch(seen: list[tuple[Any, ...]]) -> Iterator[None]:
    """Note what the ranking would weigh, and let the rules' reading stand."""
    names = ("describe_number", "judge", "_apply", "is_plain", "is_settled", "may_be_added", "AGREED", "COUNTED", "REFUSED")
    kept = {name: getattr(ranking, name) for name in names}

    def describe(sentence: Any, number: Any, *rest: Any) -> Any:
        seen.append((number.mention.start, number.mention.end))
        return kept["describe_number"](sentence, number, *rest)

    def judge(number: Any, options: Any, trees: str = "ranking") -> dict[str | None, float]:
        seen[-1] = (*seen[-1], number, options)
        return {}

    changed = {
        "describe_number": describe,
        "judge": judge,
        "_apply": lambda *all_: all_[-1],
        "is_plain": lambda draft: False,
        "is_settled": lambda *all_: False,
        "may_be_added": lambda *all_: True,
        "AGREED": math.inf,  # all are gathered ...
        "COUNTED": 0.3,  # ... and more of those that no rule counts than are read, so that it is learned which are none
        "REFUSED": 0.3,
    }
    for name, function in changed.items():
        setattr(ranking, name, function)
    try:
        yield
    finally:
        for name, function in kept.items():
            setattr(ranking, name, function)


def gather(documents: Iterable[GoldDocument]) -> Rows:
    """Read documents by the rules alone and return what there was to weigh."""
    names: dict[str, int] = {}
    starts, columns, values, numbers, accepted = [0], list[int](), list[float](), list[int](), list[bool]()
    names_of: list[str] = []
    for document in documents:
        seen: list[tuple[Any, ...]] = []
        with watch(seen):
            read_claims(document.text, language=document.language)
        spans = [number_spans(claim, document) for claim in document.claims]
        for start, end, number, options in seen:
            hits = [c for at, c in enumerate(document.claims) if any(overlaps(a, b, start, end) for a, b in spans[at])]
            required = [claim for claim in hits if is_core(claim)]
            if hits and not required:
                continue  # neither required nor wrong
            right = [
                not required if outcome is None else any(same_outcome(claim, {"outcome": outcome}) for claim in required)
                for outcome, _ in options
            ]
            if not any(right):
                continue
            for (_, features), good in zip(options, right, strict=True):
                row = {**number, **features}
                columns += [names.setdefault(name, len(names)) for name in row]
                values += [round(value, 3) for value in row.values()]
                starts.append(len(columns))
                numbers.append(len(names_of))
                accepted.append(good)
            names_of.append(document.name)
    return Rows(
        list(names), np.array(starts, np.int32), np.array(columns, np.int16), np.array(values, np.float32),
        np.array(numbers, np.int32), np.array(accepted, np.bool_), np.array(names_of),
    )  # fmt: skip


def join(parts: Sequence[Rows]) -> Rows:
    """Return rows gathered one after the other as one."""
    names: dict[str, int] = {}
    columns, starts, numbers, count, of = [], [np.zeros(1, np.int32)], [], 0, 0
    for part in parts:
        places = np.array([names.setdefault(name, len(names)) for name in part.names], np.int16)
        columns.append(places[part.columns])
        starts.append(part.starts[1:] + count)
        numbers.append(part.numbers + of)
        count += len(part.columns)
        of += len(part.documents)
    return Rows(
        list(names), np.concatenate(starts), np.concatenate(columns), np.concatenate([part.values for part in parts]),
        np.concatenate(numbers), np.concatenate([part.accepted for part in parts]),
        np.concatenate([part.documents for part in parts]),
    )  # fmt: skip


def save(rows: Rows, path: Path) -> None:
    """Write rows to a file."""
    fields: dict[str, Any] = {name: np.array(value) for name, value in vars(rows).items()}
    np.savez_compressed(path, **fields)


def load(path: Path) -> Rows:
    """Read rows from a file."""
    with np.load(path) as data:
        fields = {name: data[name] for name in data.files}
    return Rows(**{**fields, "names": [str(name) for name in fields["names"]]})


def fit(rows: Rows, documents: frozenset[str] | None = None, *, rounds: int = ROUNDS, **settings: float) -> dict[str, Any]:
    """Learn trees from the rows of some documents (all by default): boosted sums under a softmax over the options of a number."""
    lightgbm = importlib.import_module("lightgbm")
    wanted = np.array([documents is None or name in documents for name in rows.documents], np.bool_)
    chosen = np.flatnonzero(wanted[rows.numbers])
    table = rows.fill(chosen)
    right = rows.accepted[chosen].astype(float)
    _, places = np.unique(rows.numbers[chosen], return_inverse=True)
    firsts = np.flatnonzero(np.r_[True, places[1:] != places[:-1]])

    def climb(sums: np.ndarray, _: object) -> tuple[np.ndarray, np.ndarray]:
        powers = np.exp(sums - np.maximum.reduceat(sums, firsts)[places])
        share = powers / np.add.reduceat(powers, firsts)[places]
        good = powers * right
        aim = good / np.maximum(np.add.reduceat(good, firsts)[places], 1e-12)
        return share - aim, np.maximum(share * (1 - share), 1e-3)

    model = lightgbm.train({**SETTINGS, "seed": SEED, **settings, "objective": climb}, lightgbm.Dataset(table, right), rounds)
    return flatten_model(rows.names, model)


def flatten_model(names: Sequence[str], model: Any) -> dict[str, Any]:
    """Return what a LightGBM model has learned over named features, as the reader takes it in."""
    return _prune(names, [_flatten(tree["tree_structure"]) for tree in model.dump_model()["tree_info"]])


def _flatten(root: dict[str, Any]) -> dict[str, list[float]]:
    """Return a tree as lists; a leaf is its own child."""
    found: dict[str, list[float]] = {"feature": [], "threshold": [], "left": [], "right": [], "value": []}

    def add(node: dict[str, Any]) -> int:
        at = len(found["feature"])
        leaf = "split_feature" not in node
        for name, value in (
            ("feature", 0 if leaf else node["split_feature"]),
            ("threshold", 0.0 if leaf else round(float(node["threshold"]), 4)),
            ("left", at),
            ("right", at),
            ("value", round(float(node["leaf_value"]), 5) if leaf else 0.0),
        ):
            found[name].append(value)
        if not leaf:
            if node["decision_type"] != "<=":
                raise ValueError(f"a split by {node['decision_type']} is not read")
            found["left"][at] = add(node["left_child"])
            found["right"][at] = add(node["right_child"])
        return at

    add(root)
    return found


def _prune(names: Sequence[str], trees: list[dict[str, list[float]]]) -> dict[str, Any]:
    """Keep the features that a tree asks for only."""
    used = sorted({int(f) for tree in trees for at, f in enumerate(tree["feature"]) if tree["left"][at] != at})
    place = {old: new for new, old in enumerate(used)}
    for tree in trees:
        tree["feature"] = [place.get(int(f), 0) if tree["left"][at] != at else 0 for at, f in enumerate(tree["feature"])]
    return {"version": 1, "names": [names[old] for old in used], "trees": trees}


def main(arguments: list[str] | None = None) -> int:
    """Gather rows, or learn the trees from them."""
    parser = argparse.ArgumentParser(prog="python -m tools.fit_ranking", description=__doc__)
    parser.add_argument("--gather", type=Path, nargs="*", metavar="FOLDER", help="read these annotated texts and write rows")
    parser.add_argument("--rows", type=Path, nargs="*", default=[ROWS], help="rows to write (one) or to learn from")
    parser.add_argument("--trees", type=Path, default=TREES)
    parser.add_argument("--context", type=Path, help="weights of a network that has not seen the texts to gather from")
    parser.add_argument("--only", default="", help="beginnings of names of the texts to gather from, parted by commas")
    chosen = parser.parse_args(arguments)
    if chosen.gather:
        if chosen.context is not None:
            weights = context.load_weights(chosen.context)
            vars(context)["read_weights"] = lambda: weights
        documents = [d for folder in chosen.gather for d in read_gold(folder) if d.language in ("en", "ru")]
        wanted = tuple(chosen.only.split(","))
        documents = [document for document in documents if document.name.startswith(wanted)]
        save(gather(documents), chosen.rows[0])
        return 0
    trees = fit(join([load(path) for path in chosen.rows]))
    chosen.trees.write_text(json.dumps(trees, separators=(",", ":")) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(trees['trees'])} trees over {len(trees['names'])} features\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
