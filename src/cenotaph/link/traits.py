"""What vetoes look at: a few numbers for each report, and the letters of each distinct name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa

    Numbers = np.ndarray[tuple[int], np.dtype[np.int64]]
    Letters = np.ndarray[tuple[int, int, int], np.dtype[np.uint8]]

UNKNOWN = -(2**40)
NONE, BIRTH, DEATH, FATHER, LISTED, JUDGEMENT, GIVEN, SEX, MIDDLE, GENERATION = range(10)
"""Causes as numbers; all but nought are those of :data:`cenotaph.link.tables.VETO_CAUSES` in order."""
_WIDTH = 20
_WORDS = 6


class Traits(NamedTuple):
    """What vetoes look at, a number for each report; -1 or :data:`UNKNOWN` where nothing is told."""

    birth_low: Numbers
    birth_high: Numbers
    birth_kind: Numbers
    birth_date: Numbers
    death_low: Numbers
    death_high: Numbers
    death_kind: Numbers
    father: Numbers
    father_word: Numbers
    father_layers: Letters
    given: Numbers
    given_word: Numbers
    given_layers: Letters
    given_formal: Numbers
    words: np.ndarray[tuple[int, int], np.dtype[np.int32]]
    given_rate: Numbers
    row_of: Numbers
    place: Numbers
    sex: Numbers
    sex_by_grammar: np.ndarray[tuple[int], np.dtype[np.bool_]]
    middle: Numbers
    middle_word: Numbers
    family_word: Numbers
    middle_keys: Letters
    parts: Numbers
    generation: Numbers
    binding: np.ndarray[tuple[int], np.dtype[np.bool_]]


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
    return Traits(
        days("birth_low"),
        days("birth_high"),
        days("birth_kind"),
        np.where(year > 0, year * 10_000 + month * 100 + day, UNKNOWN),
        days("death_low"),
        days("death_high"),
        days("death_kind"),
        father,
        father_word,
        father_layers,
        given,
        given_word,
        given_layers,
        formal,
        words,
        _given_rates(prepared),
        _rows_of_lists(prepared),
        _number(prepared["place_key"]),
        _read_sexes(prepared),
        prepared["name_sex"].is_valid().to_numpy(zero_copy_only=False),
        middle,
        middle_word,
        family_word,
        middle_keys,
        pc.fill_null(prepared["parts"].cast(pa.int64()), 0).to_numpy(),
        _number(prepared["generation"]),
        np.array([not any(cause in _FIELDS[name] for name in loose) for cause in range(GENERATION + 1)]),
    )


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
