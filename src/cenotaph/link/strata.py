"""How well pairs were found by what they are: by their scripts, their kinds of source, and what the truth says of people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from cenotaph.link.tallies import cells, encode, locate

if TYPE_CHECKING:
    import pyarrow as pa

Codes = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.float64]

_FEWEST = 25
"""Pairs below which a stratum is not shown."""


@dataclass(frozen=True, slots=True)
class Stratum:
    """Pairs of one kind.

    Parameters
    ----------
    by, name
        What divides them (``script``, ``source_kind``, a column of the truth), and which part this is.
    pairs
        True pairs in it.
    precision, recall, f1
        As for all pairs.
    """

    by: str
    name: str
    pairs: int
    precision: float | None
    recall: float | None
    f1: float | None


def list_strata(truth: pa.Table, reports: pa.Table | None, rows: Codes, person: Codes, group: Codes) -> tuple[Stratum, ...]:
    """Return measures of pairs by what the reports are, and by what the truth says of the people."""
    found: list[Stratum] = []
    if reports is not None:
        at = locate(truth["report_id"].combine_chunks(), reports["report_id"], "truth", "reports")
        for name in ("script", "source_kind"):
            if name in reports.column_names:
                found += _by_pair(name, reports[name].take(at[rows]), person, group)
    for name in truth.column_names:
        if name in ("report_id", "person", "placeholder", "kind"):
            continue
        column = truth[name].take(rows)
        kind = str(column.type)
        if kind in ("bool", "int32", "int64"):
            told = column.fill_null(False) if kind == "bool" else column.is_valid()
            flags = told.to_numpy(zero_copy_only=False).astype(np.int64)
            found += _rows(name, ["no", name], flags, person, group, whole=_is_of_people(flags, person))
        elif kind.startswith(("string", "dictionary", "large_string")):
            codes, names = encode(column)
            if len(names) <= 60:
                found += _rows(name, names, codes, person, group, whole=_is_of_people(codes, person))
    return tuple(found)


def _is_of_people(codes: Codes, person: Codes) -> bool:
    """Tell whether a property is one of people: the same in all reports of each."""
    first = np.zeros(int(person.max(initial=-1)) + 1, np.int64)
    first[person] = codes
    return bool((first[person] == codes).all())


def _by_pair(by: str, column: pa.ChunkedArray, person: Codes, group: Codes) -> list[Stratum]:
    codes, names = encode(column)
    return _rows(by, [*names, "none"], np.where(codes < 0, len(names), codes), person, group, whole=False)


def _rows(by: str, names: list[str], codes: Codes, person: Codes, group: Codes, *, whole: bool) -> list[Stratum]:
    """Return the strata of a property; of pairs of its values, or (whole) of pairs in which a person of that value takes part."""
    _, cell, _, _ = cells(person, group)
    both, true, found = (_pair_counts(unit, codes, len(names)) for unit in (cell, person, group))
    out = []
    for one in range(len(names)):
        for two in [one] if whole else range(one, len(names)):
            if whole:
                numbers = both[one, one], true[one, one], float(found[one].sum())
            else:
                numbers = both[one, two], true[one, two], found[one, two]
            if numbers[1] < _FEWEST or (by != "script" and not whole and len(names) > 4 and numbers[1] < 0.005 * true.sum()):
                continue
            precision = numbers[0] / numbers[2] if numbers[2] else None
            recall = numbers[0] / numbers[1]
            f1 = 2 * numbers[0] / (numbers[1] + numbers[2])
            name = names[one] if whole else f"{names[one]}-{names[two]}"
            out.append(
                Stratum(
                    by, name, int(numbers[1]), None if precision is None else round(precision, 4), round(recall, 4), round(f1, 4)
                )
            )
    return out


def _pair_counts(unit: Codes, codes: Codes, values: int) -> Numbers:
    """Return how many pairs of reports of one unit have one value and the other; the two orders of a pair are one."""
    from scipy.sparse import csr_array

    units = int(unit.max(initial=-1)) + 1
    table = csr_array((np.ones(len(unit)), (unit, codes)), shape=(units, values))
    product = np.asarray((table.T @ table).todense(), dtype=float)
    single = np.bincount(codes, minlength=values).astype(float)
    product[np.diag_indices(values)] = (product.diagonal() - single) / 2
    return product
