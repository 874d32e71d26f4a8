"""A linkage model: what agreement and contradiction of each field is worth, saved as JSON with its version and hash."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from cenotaph.domain.errors import InputError
from cenotaph.link.levels import FIELDS, KIN, Kin

if TYPE_CHECKING:
    from splink import SettingsCreator
    from splink.internals.comparison_creator import ComparisonCreator
    from splink.internals.comparison_level_creator import ComparisonLevelCreator

    Weights = np.ndarray[tuple[int], np.dtype[np.float64]]

VERSION = 2
"""Raised whenever fields or levels change: numbers of one version mean nothing in another."""

TOGETHER_UNIT = 1e-6
"""What stands for 1 in the frequencies of parts of a name together, so that none of them is above 1."""

MERGE_PROBABILITY = 0.9
"""Probability of an edge from which two reports are joined without a person's word; a setting, written into every model."""
MANY_REPORTS, STRICTER = 200_000, 0.45
"""Reports from which on more is asked of an edge, and the bits for every doubling: of many reports, more namesakes are in blocks
too large to be compared, so that an edge that nothing rivals is less sure than it looks."""


def find_threshold(reports: int) -> float:
    """Return the probability from which an edge joins two of so many reports."""
    weight = to_weight(MERGE_PROBABILITY) + STRICTER * max(0.0, float(np.log2(max(reports, 1) / MANY_REPORTS)))
    return round(float(1.0 / (1.0 + np.exp2(-weight))), 6)


@dataclass(frozen=True, slots=True)
class Model:
    """The numbers of a linkage model.

    Parameters
    ----------
    m, u
        For each field of :data:`cenotaph.link.levels.FIELDS`, the shares of its levels among pairs of one person and of two.
    kin
        For each level of :data:`cenotaph.link.levels.KIN`, how many times more often people of one family have these things
        in common than any two people; at least 1.
    prior
        Probability that two reports drawn at random are about one person.
    merge
        Probability from which an edge joins.
    reports
        How many reports it was trained on; nought for the numbers that the program starts from.
    seed
        The seed of what was drawn for it.
    loose
        Fields that contradict so often between reports of one person that they forbid nothing.
    """

    m: dict[str, tuple[float, ...]]
    u: dict[str, tuple[float, ...]]
    kin: dict[str, tuple[float, ...]]
    prior: float
    merge: float = MERGE_PROBABILITY
    reports: int = 0
    seed: int = 0
    loose: tuple[str, ...] = ()
    version: int = field(default=VERSION)

    @property
    def hash(self) -> str:
        """SHA-256 of the numbers."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()

    def to_json(self) -> str:
        """Return the model as JSON, with its hash."""
        return json.dumps({**asdict(self), "hash": self.hash}, indent=1, sort_keys=True) + "\n"


def start_model(reports: int = 1000) -> Model:
    """Return the model that the program starts from: numbers that hold roughly anywhere.

    Parameters
    ----------
    reports
        How many reports are linked; half of them are taken to have one other report of the same person.
    """
    return Model(
        {f.name: tuple(level.m for level in f.levels) for f in FIELDS},
        {f.name: tuple(level.u for level in f.levels) for f in FIELDS},
        {name: tuple(_start_lift(row) for row in rows) for name, rows in KIN.items()},
        min(0.5, 1.0 / max(reports, 2)),
        find_threshold(reports),
    )


def _start_lift(row: Kin) -> float:
    """Return how much more often relatives share something; brothers (father and family) far more than bearers of a name."""
    close = row.group == "father and family"
    out = 1.0
    for thing in row.things:
        lift = _START_LIFTS[thing]
        out *= lift if close else max(1.0, lift**0.4)
    return out


_START_LIFTS = {
    ("home", "place"): 60.0, ("home", "region"): 10.0, ("time", "day"): 100.0, ("time", "report"): 6.0, ("birth", "day"): 250.0,
    ("birth", "year"): 1.5,
}  # fmt: skip


def write_model(model: Model, path: Path) -> None:
    """Write a model."""
    path.write_text(model.to_json(), encoding="utf-8")


def read_model(path: Path) -> Model:
    """Read a model that :func:`write_model` wrote.

    Raises
    ------
    InputError
        It is none, of another version, or its numbers are not those that were written.
    """
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(values, dict):
            raise TypeError("no object")
        if values.get("version") != VERSION:
            raise InputError(
                f"{path.name} is a model of version {values.get('version')}; this program has {VERSION}.",
                "Train it anew: run without --model.",
            )
        known = values.pop("hash")
        model = Model(
            {name: tuple(numbers) for name, numbers in values["m"].items()},
            {name: tuple(numbers) for name, numbers in values["u"].items()},
            {name: tuple(numbers) for name, numbers in values["kin"].items()},
            prior=values["prior"],
            merge=values["merge"],
            reports=values["reports"],
            seed=values["seed"],
            loose=tuple(values["loose"]),
            version=values["version"],
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{path.name} is no linkage model.", "Give a file that --save-model wrote.") from error
    if model.hash != known:
        raise InputError(f"The numbers of {path.name} are not those that were written.", "Train it anew, or restore the file.")
    return model


def with_prior(model: Model, prior: float) -> Model:
    """Return the model with another probability that two reports drawn at random are about one person."""
    return replace(model, prior=prior)


def to_probability(weight: Weights) -> Weights:
    """Return probabilities of log2 odds."""
    return 1.0 / (1.0 + np.exp2(-np.clip(weight, -200.0, 200.0)))


def to_weight(probability: float) -> float:
    """Return log2 odds of a probability."""
    return float(np.log2(probability / (1 - probability)))


def make_settings(
    model: Model, rules: tuple[str, ...] = (), retained: tuple[str, ...] = (), *, dependent: bool = True, details: bool = False
) -> SettingsCreator:
    """Return Splink's settings for a model.

    Parameters
    ----------
    rules
        Blocking rules for prediction.
    retained
        Columns that predictions keep of both reports.
    dependent
        Whether what names and families have in common is weighed; not while fields are trained one by one.
    details
        Whether predictions keep the weight of every field.
    """
    import splink.comparison_level_library as cll
    import splink.comparison_library as cl
    from splink import SettingsCreator
    from splink.blocking_rule_library import CustomRule

    from cenotaph.link.comparisons import list_comparisons

    comparisons: list[ComparisonCreator | dict[str, Any]] = []
    for comparison in list_comparisons(model, dependent=dependent):
        levels: list[ComparisonLevelCreator | dict[str, Any]] = []
        if comparison.null:
            levels.append(cll.CustomLevel(comparison.null, "not told").configure(is_null_level=True))
        for level in comparison.levels:
            made = cll.ElseLevel() if level.sql == "ELSE" else cll.CustomLevel(level.sql, level.label)
            made.configure(m_probability=level.m, u_probability=level.u, label_for_charts=level.label)
            if level.frequency:
                made.configure(tf_adjustment_column=level.frequency, disable_tf_exact_match_detection=True)
            levels.append(made)
        comparisons.append(cl.CustomComparison(output_column_name=comparison.name, comparison_levels=levels))
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="row",
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=[CustomRule(rule) for rule in rules],
        probability_two_random_records_match=model.prior,
        retain_intermediate_calculation_columns=details,
        retain_matching_columns=details,
        additional_columns_to_retain=list(retained),
    )
