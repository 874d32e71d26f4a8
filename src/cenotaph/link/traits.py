"""What vetoes look at: a few numbers for each report, and the letters of each distinct name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa

    Numbers = np.ndarray[tuple[int], np.dtype[np.int64]]
    Letters = np.ndarray[tuple[int, int, int], np.dtype[np.uint8]]
    Reports = np.ndarray[tuple[int], np.dtype[np.void]]

UNKNOWN = -(2**31)
NONE, BIRTH, DEATH, FATHER, LISTED, JUDGEMENT, GIVEN, SEX, MIDDLE, GENERATION = range(10)
"""Causes as numbers; all but nought are those of :data:`cenotaph.link.tables.VETO_CAUSES` in order."""
_WIDTH = 20
_WORDS = 6


class Traits(NamedTuple):
    """What vetoes look at: a record for each report, letters for each distinct name, and which causes forbid.

    Fields of a report lie side by side, of :data:`REPORT`: a pair is two places in memory to read, not forty, and functions hand
    few arrays to each other, each of which would be counted anew at every call.
    """

    report: Reports
    father_layers: Letters
    given_layers: Letters
    middle_keys: Letters
    binding: np.ndarray[tuple[int], np.dtype[np.bool_]]


REPORT = np.dtype(
    [
        *((name, np.int32) for name in ("birth_low", "birth_high", "birth_date", "death_low", "death_high")),
        *((name, np.int32) for name in ("father", "given", "middle", "generation")),
        *((name, np.int32) for name in ("given_formal", "given_rate", "row_of", "place")),
        *((f"{name}_word", np.int32) for name in ("father", "given", "middle", "family")),
        ("words", np.int32, (_WORDS,)),
        *((name, np.int8) for name in ("birth_kind", "death_kind", "parts", "sex", "sex_by_grammar")),
    ],
    align=True,
)
"""Numbers of a report; -1 or :data:`UNKNOWN` where nothing is told."""

_FIELDS = {"birth": (BIRTH,), "death": (DEATH,), "father": (FATHER,), "given": (GIVEN, LISTED, SEX, MIDDLE)}


def read_traits(prepared: pa.Table, loose: tuple[str, ...] = ()) -> Traits:
    """Return what vetoes look at of prepared reports.

    Parameters
    ----------
    loose
        Fields that forbid nothing, as :class:`cenotaph.link.model.Model` has them.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    prepared = prepared.combine_chunks()

    def days(name: str) -> Numbers:
        return np.asarray(pc.fill_null(prepared[name].cast(pa.int64()), UNKNOWN).to_numpy(), dtype=np.int64)

    year, month, day = (
        pc.fill_null(prepared[f"birth_{part}"].cast(pa.int64()), 0).to_numpy() for part in ("year", "month", "mday")
    )
    (father_word, given_word, formal, middle_word, family_word), words = _read_words(prepared)
    father, father_layers = _read_layers(prepared, "father")
    given, given_layers = _read_layers(prepared, "given")
    middle, middle_keys = _read_letters([prepared["middle_key"]])
    fields = {
        **{name: days(name) for name in ("birth_low", "birth_high", "death_low", "death_high")},
        **{name: pc.fill_null(prepared[name], 0).to_numpy() for name in ("birth_kind", "death_kind")},
        "birth_date": np.where(year > 0, year * 10_000 + month * 100 + day, UNKNOWN),
        "father": father,
        "father_word": father_word,
        "given": given,
        "given_word": given_word,
        "given_formal": formal,
        "given_rate": _given_rates(prepared),
        "middle": middle,
        "middle_word": middle_word,
        "family_word": family_word,
        "words": words,
        "row_of": _rows_of_lists(prepared),
        "place": _number(prepared["place_key"]),
        "generation": _number(prepared["generation"]),
        "sex": _read_sexes(prepared),
        "sex_by_grammar": prepared["name_sex"].is_valid().to_numpy(zero_copy_only=False),
        "parts": pc.fill_null(prepared["parts"].cast(pa.int64()), 0).to_numpy(),
    }
    report = np.empty(len(prepared), REPORT)
    for name in REPORT.names or ():
        report[name] = fields[name]
    binding = np.array([not any(cause in _FIELDS[name] for name in loose) for cause in range(GENERATION + 1)])
    return Traits(report, father_layers, given_layers, middle_keys, binding)


def _number(column: pa.ChunkedArray) -> Numbers:
    """Return a number for every row's value, -1 for none."""
    codes = column.combine_chunks().dictionary_encode().indices.fill_null(-1)
    return np.asarray(codes.to_numpy(zero_copy_only=False), dtype=np.int64)


def _given_rates(prepared: pa.Table) -> Numbers:
    """Return how many of a million bear every row's given name as it is written, nought where it is not known."""
    import pyarrow as pa
    import pyarrow.compute as pc

    from cenotaph.names.tables import read_common

    common = read_common("g")
    at = pc.index_in(prepared["given_letters"], pa.array(list(common), pa.string()))
    rates = np.array([*(name.rate for name in common.values()), 0.0])
    return np.asarray(rates[pc.fill_null(at, len(common)).to_numpy()], dtype=np.int64)


def _rows_of_lists(prepared: pa.Table) -> Numbers:
    """Return the number of the list and alphabet of which a row is a fully described one, written with vowels; else -1."""
    import pyarrow.compute as pc

    full = pc.and_(pc.is_valid(prepared["given_key"]), pc.is_valid(prepared["family_key"]))
    full = pc.and_(full, pc.or_(pc.is_valid(prepared["father_key"]), pc.is_valid(prepared["birth_day"])))
    full = pc.and_(full, pc.utf8_is_lower(pc.fill_null(prepared["given_letters"], "")))
    listed = pc.if_else(
        pc.and_(full, prepared["listed"]), pc.binary_join_element_wise(prepared["source"], prepared["script"], "\x1f"), None
    )
    codes = listed.combine_chunks().dictionary_encode().indices.fill_null(-1)
    return np.asarray(codes.to_numpy(zero_copy_only=False), dtype=np.int64)


def _read_sexes(prepared: pa.Table) -> Numbers:
    """Return the sex that every row's name is of: 1 a man's, 2 a woman's, 0 not told; by its grammar, else by the given name."""
    import pyarrow as pa
    import pyarrow.compute as pc

    from cenotaph.names.tables import read_common

    sexes = {letters: name.sex for letters, name in read_common("g").items() if name.sex}
    at = pc.index_in(prepared["given_letters"], pa.array(list(sexes), pa.string()))
    known = pa.array(list(sexes.values()), pa.string()).take(at.combine_chunks() if isinstance(at, pa.ChunkedArray) else at)
    found = pc.index_in(pc.coalesce(prepared["name_sex"], known), pa.array(["m", "f"]))
    return np.asarray(pc.fill_null(found, -1).to_numpy(), np.int64) + 1


def _read_layers(prepared: pa.Table, part: str) -> tuple[Numbers, Letters]:
    """Return the number of every row's part, -1 for none, and the letters of each one's key, fold and spelling."""
    return _read_letters([prepared[f"{part}_{layer}"] for layer in ("key", "fold", "letters")])


def _read_letters(columns: list[pa.ChunkedArray]) -> tuple[Numbers, Letters]:
    """Return the number of every row's texts, -1 where the first is none, and the letters of each."""
    import pyarrow.compute as pc

    layers = [pc.fill_null(column.combine_chunks(), "") for column in columns]
    encoded = pc.binary_join_element_wise(*layers, "\x1f").dictionary_encode()
    distinct = [text.split("\x1f") for text in encoded.dictionary.to_pylist()]
    number = encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    number[pc.is_null(columns[0]).to_numpy()] = -1
    out = np.zeros((len(distinct) + 1, len(columns), _WIDTH), dtype=np.uint8)
    for at, texts in enumerate(distinct):
        for layer, text in enumerate(texts):
            letters = text.encode("ascii", "replace")[:_WIDTH]
            out[at, layer, : len(letters)] = np.frombuffer(letters, dtype=np.uint8)
    return number, out


def _read_words(prepared: pa.Table) -> tuple[list[Numbers], np.ndarray[tuple[int, int], np.dtype[np.int32]]]:
    """Return the numbers of the keys of five parts of every name, and of all its keys, up to six."""
    import pyarrow as pa
    import pyarrow.compute as pc

    lists = pc.split_pattern(pc.fill_null(prepared["name_key"].combine_chunks(), ""), " ")
    flat = lists.flatten()
    parts = [
        prepared[name].combine_chunks() for name in ("father_key", "given_key", "given_formal_key", "middle_key", "family_key")
    ]
    both = pa.chunked_array([flat, *parts]).combine_chunks().dictionary_encode().indices.fill_null(-1)
    codes = both.to_numpy(zero_copy_only=False).astype(np.int32)
    starts = lists.offsets.to_numpy()
    words = np.full((len(prepared), _WORDS), -2, dtype=np.int32)
    for at in range(_WORDS):
        here = starts[:-1] + at < starts[1:]
        words[here, at] = codes[: len(flat)][(starts[:-1] + at)[here]]
    return [part.astype(np.int64) for part in np.split(codes[len(flat) :], 5)], words
