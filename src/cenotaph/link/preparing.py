"""Reports prepared for comparison: keys of names, lives as intervals, places by level, a row for each report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cenotaph.link.intervals import EXACT, MISSING, Lives, read_lives
from cenotaph.link.localities import read_nationalities, read_places
from cenotaph.link.roles import settle_roles
from cenotaph.link.service import read_ranks, read_units
from cenotaph.link.tables import NAME_COLUMNS
from cenotaph.names.columns import name_columns, tune_columns

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

NAME_KEYS = (
    "given_key",
    "given_fold",
    "given_letters",
    "given_formal_key",
    "father_key",
    "father_fold",
    "father_letters",
    "grandfather_key",
    "family_key",
    "family_fold",
    "family_letters",
    "family_alt_key",
    "name_key",
    "initials",
    "parts",
    "placeholder",
    "name_sex",
    "generation",
    "script",
)
TUNED = ("given", "father", "family")
"""Parts of names whose vowels are compared."""
KNOWN_RATE = 500
"""How many of a million bear a given name that is known by itself, and is no misspelling of one that is like it; just so many
where it is known to be a name, and not how common it is."""
_LIST_KINDS = ("list", "registry", "official_list", "official", "database", "government")


def prepare(reports: pa.Table) -> pa.Table:
    """Return what is compared of every report, in the reports' order.

    Parameters
    ----------
    reports
        As :func:`cenotaph.link.reading.check_reports` gives them.

    Returns
    -------
    pyarrow.Table
        ``row`` (0, 1, ...), ``report_id``, ``source``, ``listed`` (the source says of itself that it is a list), name
        columns, dates as days since 1970-01-01 (null where open or not told) with ``birth_kind`` and ``death_kind``
        (:mod:`cenotaph.link.intervals`), ``place_key, region_key, country, nationality, unit_key, rank_level``.
    """
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    names = settle_roles(name_columns(reports.select([name for name in NAME_COLUMNS if name in reports.column_names])))
    tunes = tune_columns(names, TUNED)
    lives = read_lives(reports)
    place, region, country = read_places(reports)
    kinds = pc.replace_substring_regex(pc.utf8_lower(reports["source_kind"]), "[ -]", "_")
    columns = {
        "row": pa.array(np.arange(len(reports), dtype=np.int32)),
        "report_id": reports["report_id"],
        "source": reports["source"],
        "listed": pc.fill_null(pc.is_in(kinds, pa.array(_LIST_KINDS)), False),
        **{name: names[name] for name in NAME_KEYS},
        **{name: tunes[name] for name in tunes.column_names},
        "given_known": _known(names),
        "middle_key": _middle_name(names),
        **{f"{part}_end": _end(names[f"{part}_letters"]) for part in ("given", "family")},
        **_pasted_columns(names),
        **_lives_columns(lives),
        "place_key": place,
        "region_key": region,
        "country": country,
        "nationality": read_nationalities(reports["nationality_text"]),
        "unit_key": read_units(reports["unit_text"]),
        "rank_level": read_ranks(reports["rank"]),
    }
    return pa.table(columns).combine_chunks()


def _known(names: pa.Table) -> pa.Array:
    """Tell which given names are known by themselves; in Arabic letters, where a letter more is another name, common ones."""
    import pyarrow as pa
    import pyarrow.compute as pc

    from cenotaph.names.tables import read_common

    # What is known to be a name, and not how common it is, has just this rate.
    rates = {letters: name.rate for letters, name in read_common("g").items()}
    known = pa.array([letters for letters, rate in rates.items() if rate > KNOWN_RATE - letters.islower()], pa.string())
    return pc.is_in(names["given_letters"], known)


def _end(letters: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return what names end with: ``i``, another vowel (``a``), or a consonant (``c``), in the letters of any script."""
    import pyarrow as pa
    import pyarrow.compute as pc

    last = pc.utf8_lower(pc.fill_null(pc.utf8_slice_codeunits(letters, -1), ""))
    ends = pc.if_else(pc.is_in(last, pa.array(list("aeouh"))), "a", "c")
    return pc.if_else(pc.is_in(last, pa.array(list("iy"))), "i", ends)


def _middle_name(names: pa.Table) -> pa.Array:
    """Return the key of the second name: the father's, or the only further word where none is known to be the father's."""
    import pyarrow as pa
    import pyarrow.compute as pc

    others = names["other_keys"].combine_chunks()
    only = pc.equal(pc.list_value_length(others), 1)
    padded = pc.if_else(pc.fill_null(only, False), pc.binary_join(others, ""), pa.scalar(None, pa.string()))
    return pc.coalesce(names["father_key"], padded)


def _pasted_columns(names: pa.Table) -> dict[str, pa.Array]:
    """Return given and family name as if written together, in both orders, and the one of them that stands alone."""
    import pyarrow.compute as pc

    given, family = names["given_key"], names["family_key"]
    alone = pc.xor(pc.is_valid(given), pc.is_valid(family))
    return {
        "solo": pc.if_else(alone, pc.coalesce(given, family), None),
        "pasted_given": pc.binary_join_element_wise(given, family, ""),
        "pasted_family": pc.binary_join_element_wise(family, given, ""),
    }


def _lives_columns(lives: Lives) -> dict[str, pa.Array]:
    import pyarrow as pa
    import pyarrow.compute as pc

    out = {}
    for name, values in lives._asdict().items():
        kind = name.endswith("_kind")
        out[name] = pa.array(values.astype("int8") if kind else values, mask=None if kind else values == MISSING)
    middles = _middle(lives.birth_low, lives.birth_high)
    out["birth_middle"] = pa.array(middles, mask=middles == MISSING)
    exact = (lives.birth_kind == EXACT) & (lives.birth_low != MISSING)
    out["birth_day"] = pa.array(lives.birth_low, mask=~exact)
    exact = (lives.death_kind == EXACT) & (lives.death_low != MISSING)
    out["death_day"] = pa.array(lives.death_low, mask=~exact)
    days = pa.array(lives.birth_low, pa.int32()).cast(pa.date32())
    for part, read in (("birth_year", pc.year), ("birth_month", pc.month), ("birth_mday", pc.day)):
        out[part] = pc.if_else(out["birth_day"].is_valid(), read(days).cast(pa.int16()), None)
    return out


def _middle(
    low: np.ndarray[tuple[int], np.dtype[np.int32]], high: np.ndarray[tuple[int], np.dtype[np.int32]]
) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    """Return the middle of intervals that are no longer than three years."""
    import numpy as np

    known = (low != MISSING) & (high != MISSING)
    short = known & (high.astype(np.int64) - low <= 3 * 366)
    middle = low.astype(np.int64) + (high.astype(np.int64) - low) // 2
    return np.where(short, middle, MISSING).astype(np.int32)
