"""Whom linkage fails to recognise: counted on pairs that dates alone tell to be one person, whatever their names look like.

Two reports with the same day of birth and the same day of death are about one person, apart from twins who died together. How
often the names of such two would not have brought them together is how often linkage misses a person where it has names only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from cenotaph.link.posterior import USUAL_DOUBT, Missed

if TYPE_CHECKING:
    import pyarrow as pa

    Codes = npt.NDArray[np.int64]
    Rows = npt.NDArray[np.int32] | npt.NDArray[np.int64]
    Numbers = npt.NDArray[np.float64]
    Flags = npt.NDArray[np.bool_]

USUAL = 0.03
"""What is missed where too little can be counted."""
_PRIOR = 60.0
_LARGEST = 12
_ENOUGH = 60_000
_NAMES = ("given_key", "father_key", "family_key")
_FAR = -4.0
_ENOUGH_LEFT = -4.0


def measure_missed(
    prepared: pa.Table,
    kinds: Codes,
    left: Rows,
    right: Rows,
    weight: Numbers,
    barred: Flags,
    groups: Codes,
    dates: float,
    seed: int = 1,
) -> Missed:
    """Return, for every report, how probable it is that its person is not recognised among other reports of him.

    Parameters
    ----------
    prepared
        Prepared reports: ``birth_day``, ``death_day``, ``given_key``, ``given_formal_key``, ``father_key``, ``family_key``.
    kinds
        A number for each report's kind of source and script; kinds differ in what they miss.
    left, right, weight, barred
        The compared pairs.
    groups
        The group of every report as linkage has it: how many others there are to be recognised by.
    dates
        What the same day of birth and the same day of death are worth together, in bits.
    seed
        Of the sample where there are very many such pairs.
    """
    count = len(prepared)
    born, died = (_days(prepared, name) for name in ("birth_day", "death_day"))
    first, second = _sure_pairs(born, died, seed)
    broken = ~_names_agree(prepared, first, second)
    known = _look_up(first, second, left, right, weight, barred, count)
    # Without the dates, what is left of the weight must still be something.
    broken = (broken & (known < dates + _ENOUGH_LEFT)) | ~np.isfinite(known)
    linked = known > _FAR
    # A report that gives a birth can be recognised by it where the other gives one too; how often another does is known.
    dated = float((born >= 0).mean()) if count else 0.0
    rescued = np.where(broken & linked, 1.0 - dated, broken.astype(float))
    by_others = _others(groups)
    plain = _alone(first, second, broken.astype(float), by_others, count)
    helped = _alone(first, second, rescued, by_others, count)
    weight_of = np.bincount(np.concatenate([first, second]), minlength=count) > 0
    measured = int(weight_of.sum())
    share = (plain.sum() + USUAL * _PRIOR) / (weight_of.sum() + _PRIOR)
    better = (helped.sum() + USUAL * _PRIOR) / (weight_of.sum() + _PRIOR)
    of_kind = np.bincount(kinds, weights=plain, minlength=int(kinds.max(initial=0)) + 1)
    seen = np.bincount(kinds, weights=weight_of.astype(float), minlength=len(of_kind))
    rate = ((of_kind + share * _PRIOR) / (seen + _PRIOR))[kinds] if count else np.zeros(0)
    rate = np.where(born >= 0, rate * better / share, rate)
    # Reports of one person fail together: there are fewer independent ones than reports.
    doubt = float(np.sqrt(USUAL_DOUBT**2 * _PRIOR / (_PRIOR + measured / 3) + 3 / max(float(plain.sum()), 1.0) * (measured > 0)))
    return Missed(np.clip(rate, 0.0, 0.6), min(doubt, USUAL_DOUBT), measured)


def _days(prepared: pa.Table, name: str) -> Codes:
    import pyarrow as pa
    import pyarrow.compute as pc

    days = np.asarray(pc.fill_null(prepared[name].cast(pa.int64()), -(2**31)).to_numpy(), np.int64)
    return np.where(days == -(2**31), -1, days + 2**20)


def _sure_pairs(born: Codes, died: Codes, seed: int) -> tuple[Codes, Codes]:
    """Return pairs of reports with the same day of birth and of death."""
    rows = np.flatnonzero((born >= 0) & (died >= 0))
    key = born[rows] * 2**22 + died[rows]
    _, of = np.unique(key, return_inverse=True)
    size = np.bincount(of)
    small = (size >= 2) & (size <= _LARGEST)
    chosen = np.flatnonzero(small)
    if int((size[chosen] * (size[chosen] - 1) // 2).sum()) > _ENOUGH:
        mixed = np.random.default_rng(seed).permutation(chosen)
        chosen = mixed[np.cumsum(size[mixed] * (size[mixed] - 1) // 2) <= _ENOUGH]
    keep = np.isin(of, chosen)
    rows, of = rows[keep], of[keep]
    order = np.argsort(of, kind="stable")
    rows, of = rows[order], of[order]
    pairs = [(rows[:-gap][of[:-gap] == of[gap:]], rows[gap:][of[:-gap] == of[gap:]]) for gap in range(1, _LARGEST)]
    return np.concatenate([a for a, _ in pairs]), np.concatenate([b for _, b in pairs])


def _names_agree(prepared: pa.Table, first: Codes, second: Codes) -> Flags:
    """Tell whether two parts of the two names agree or nearly, whichever part they were taken for."""
    from rapidfuzz.distance import Levenshtein

    rows = np.unique(np.concatenate([first, second]))
    parts = prepared.select([*_NAMES, "given_formal_key"]).take(rows).to_pylist()
    of = {int(row): part for row, part in zip(rows, parts, strict=True)}

    def near(one: str, two: str) -> bool:
        return one == two or (min(len(one), len(two)) >= 3 and Levenshtein.distance(one, two, score_cutoff=1) <= 1)

    agree = np.zeros(len(first), bool)
    for at, (i, j) in enumerate(zip(first.tolist(), second.tolist(), strict=True)):
        here, there = of[i], of[j]
        ours, theirs = ([part[name] for name in _NAMES if part[name]] for part in (here, there))
        shared = 0
        if here["given_formal_key"] and here["given_formal_key"] == there["given_formal_key"]:
            shared += 1
            ours.remove(here["given_key"])
            theirs.remove(there["given_key"])
        for word in ours:
            match = next((other for other in theirs if near(word, other)), None)
            if match is not None:
                shared += 1
                theirs.remove(match)
        agree[at] = shared >= 2
    return agree


def _look_up(first: Codes, second: Codes, left: Rows, right: Rows, weight: Numbers, barred: Flags, count: int) -> Numbers:
    """Return the weight that linkage gives pairs; minus infinity where it has not compared or forbids them."""
    wanted = np.minimum(first, second) * count + np.maximum(first, second)
    asked = np.zeros(count, bool)
    asked[first] = asked[second] = True
    some = np.flatnonzero(asked[left] & asked[right])
    keys = np.minimum(left[some], right[some]).astype(np.int64) * count + np.maximum(left[some], right[some])
    order = np.argsort(keys, kind="stable")
    some, keys = some[order], keys[order]
    if not len(keys):
        return np.full(len(wanted), -np.inf)
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where((keys[at] == wanted) & ~barred[some[at]], weight[some[at]], -np.inf)


def _others(groups: Codes) -> Numbers:
    """Return how probable it is that a report, taken at a random moment with others before it, has 1, 2, 3 or more before it."""
    size = np.bincount(groups)
    whole = float(np.maximum(size - 1, 0).sum())
    if not whole:
        return np.array([1.0, 0.0, 0.0])
    one, two = float((size >= 2).sum()) / whole, float((size >= 3).sum()) / whole
    return np.array([one, two, max(1.0 - one - two, 0.0)])


def _alone(first: Codes, second: Codes, broken: Numbers, by_others: Numbers, count: int) -> Numbers:
    """Return for every report in a sure pair how probable it is that none of the others before it is recognised.

    With one other it is the mean over its pairs; with two, that squared or, as far as pairs fail together, the whole; with three
    or more, whether all its pairs fail. Where a report has too few pairs to tell, the mean of those that have enough stands in.
    """
    ends, values = np.concatenate([first, second]), np.concatenate([broken, broken])
    pairs = np.bincount(ends, minlength=count)
    mean = np.bincount(ends, weights=values, minlength=count) / np.maximum(pairs, 1)
    with np.errstate(divide="ignore"):
        every = np.exp(np.bincount(ends, weights=np.log(np.maximum(values, 1e-12)), minlength=count))
    ratio = _ratio(mean, every, pairs == 2), _ratio(mean, every, pairs >= 3)
    factor = by_others[0] + by_others[1] * ratio[0] + by_others[2] * ratio[1]
    return np.where(pairs > 0, mean * factor, 0.0)


def _ratio(mean: Numbers, every: Numbers, which: Flags) -> float:
    """Return how much less often all of several pairs fail than one, with a little held back where few tell."""
    return float((every[which].sum() + 0.4 * 2) / (mean[which].sum() + 2))
