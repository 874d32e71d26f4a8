"""A linkage model: what agreement and contradiction of each field is worth, saved as JSON with its version and hash."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from cenotaph.domain.errors import InputError
from cenotaph.link.levels import EXCHANGED, FIELDS, SWAPPED, kin_levels, together_levels

if TYPE_CHECKING:
    from splink import SettingsCreator

VERSION = 1
"""Raised whenever fields or levels change: numbers of one version mean nothing in another."""

MERGE_PROBABILITY = 0.9
"""Probability of an edge from which two reports are joined without a person's word; a setting, written into every model."""


@dataclass(frozen=True, slots=True)
class Model:
    """The numbers of a linkage model.

    Parameters
    ----------
    m, u
        For each field of :data:`cenotaph.link.levels.FIELDS`, the shares of its levels among pairs of one person and of two.
    together
        For each level of :func:`cenotaph.link.levels.together_levels`, how many times more often two people have these parts of a
        name in common than if the parts were drawn apart; at least 1.
    kin
        For each level of :func:`cenotaph.link.levels.kin_levels`, the same of what people of one family have in common.
    prior
        Probability that two reports drawn at random are about one person.
    merge
        Probability from which an edge joins.
    reports
        How many reports it was trained on; nought for the numbers that the program starts from.
    seed
        The seed of what was drawn for it.
    """

    m: dict[str, tuple[float, ...]]
    u: dict[str, tuple[float, ...]]
    together: tuple[float, ...]
    kin: tuple[float, ...]
    prior: float
    merge: float = MERGE_PROBABILITY
    reports: int = 0
    seed: int = 0
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
        (8.0, 3.0, 4.0, 3.0)[: len(together_levels())],
        tuple(_start_lift(label) for label, _ in kin_levels()),
        min(0.5, 1.0 / max(reports, 2)),
    )


def _start_lift(label: str) -> float:
    """Return how much more often relatives share something; brothers (father and family) far more than bearers of a name."""
    kin, _, shared = label.partition(": ")
    close = kin == "father and family"
    lifts = {"place": 30.0 if close else 4.0, "death": 15.0 if close else 2.0, "birth": 60.0 if close else 2.0}
    out = 1.0
    for name in shared.split(", "):
        out *= lifts[name]
    return out


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
            tuple(values["together"]),
            tuple(values["kin"]),
            *(values[name] for name in ("prior", "merge", "reports", "seed", "version")),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{path.name} is no linkage model.", "Give a file that --save-model wrote.") from error
    if model.hash != known:
        raise InputError(f"The numbers of {path.name} are not those that were written.", "Train it anew, or restore the file.")
    return model


def _missing_names() -> str:
    return " OR ".join(f"{part}_key_{side} IS NULL" for part in ("given", "family") for side in "lr")


def with_prior(model: Model, prior: float) -> Model:
    """Return the model with another probability that two reports drawn at random are about one person."""
    return replace(model, prior=prior)


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

    comparisons = []
    for f in FIELDS:
        levels: list[object] = [cll.CustomLevel(f.null, "not told").configure(is_null_level=True)]
        for at, level in enumerate(f.levels):
            made = cll.ElseLevel() if level.sql == "ELSE" else cll.CustomLevel(level.sql, level.label)
            made.configure(m_probability=model.m[f.name][at], u_probability=model.u[f.name][at], label_for_charts=level.label)
            if level.frequency:
                made.configure(tf_adjustment_column=level.frequency, disable_tf_exact_match_detection=True)
            levels.append(made)
        comparisons.append(cl.CustomComparison(output_column_name=f.name, comparison_levels=levels))
    if dependent:
        # Names that stand in each other's place count as two contradictions in their own fields: this takes them back.
        given, family = model.m["given"], model.m["family"]
        u_given, u_family = model.u["given"], model.u["family"]
        undone = given[-1] / u_given[-1] * family[-1] / u_family[-1]
        worth = EXCHANGED / max((u_given[0] + u_given[1]) * (u_family[0] + u_family[1]), 1e-9) / undone
        comparisons.append(
            cl.CustomComparison(
                output_column_name="exchanged",
                comparison_levels=[
                    cll.CustomLevel(_missing_names(), "not told").configure(is_null_level=True),
                    cll.CustomLevel(SWAPPED, "given and family name exchanged").configure(
                        m_probability=0.5, u_probability=min(0.5, 0.5 / worth)
                    ),
                    cll.ElseLevel().configure(m_probability=0.5, u_probability=0.5),
                ],
            )
        )
        for name, rows, lifts in (("together", together_levels(), model.together), ("kin", kin_levels(), model.kin)):
            levels = [
                cll.CustomLevel(sql, label).configure(m_probability=1e-3, u_probability=1e-3 * max(1.0, lift))
                for (label, sql), lift in zip(rows, lifts, strict=True)
            ]
            last = cll.ElseLevel().configure(m_probability=0.5, u_probability=0.5)
            comparisons.append(cl.CustomComparison(output_column_name=name, comparison_levels=[*levels, last]))
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="row",
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=list(rules),
        probability_two_random_records_match=model.prior,
        retain_intermediate_calculation_columns=details,
        retain_matching_columns=details,
        additional_columns_to_retain=list(retained),
    )
