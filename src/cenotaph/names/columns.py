"""Names as columns: the keys of every part, computed once for each distinct word, for linkage that stays in SQL.

Words are told apart once (Arrow), read once each (:func:`read_unit`), and the parts that they play are decided once for each
pattern of words (:func:`give_roles`): a name costs little more than looking its words up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cenotaph.names.cultures import find_culture
from cenotaph.names.generations import generation_of
from cenotaph.names.key_lists import KeyLists
from cenotaph.names.keys import WordKeys
from cenotaph.names.orders import GIVEN_WEIGHT, STRENGTH
from cenotaph.names.parsing import LONGEST_NAME, find_formal_key
from cenotaph.names.placing import SLOTS, Placed, place_texts
from cenotaph.names.tables import read_short_forms
from cenotaph.names.vocabulary import Vocabulary
from cenotaph.names.vowels import find_tune

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

    Ints = npt.NDArray[np.int32]

INPUT = ("name_full", "name_given", "name_family", "name_patronymic", "script", "language", "country_text")
PARTS = ("given", "father", "grandfather", "family")
LAYERS = ("key", "fold", "letters")


def schema() -> pa.Schema:
    """Return the columns of :func:`name_columns`.

    ``*_key``, ``*_fold`` and ``*_letters`` are the layers of :mod:`cenotaph.names.keys`, null where the name has no such part;
    ``father`` is a patronymic's father or the father's own name. ``given_formal_key`` is the key of the full form of a short
    one. ``other_keys`` are those of further words, ``family_alt_key`` that of a maiden or second family name, ``name_keys``
    those of all, sorted, ``name_key`` the same in one string. ``initials`` are two letters, ``_`` where one is not known, null
    where the name has no initials; ``parts`` counts words and initials. ``generation`` is which of several bearers of the name
    it says this is: :mod:`cenotaph.names.generations`.
    """
    import pyarrow as pa

    text = pa.string()
    return pa.schema(
        [
            *(pa.field(f"{part}_{layer}", text) for part in PARTS for layer in LAYERS),
            pa.field("given_formal_key", text),
            pa.field("other_keys", pa.list_(text)),
            pa.field("family_alt_key", text),
            pa.field("name_keys", pa.list_(text)),
            pa.field("name_key", text),
            pa.field("initials", text),
            pa.field("parts", pa.int8()),
            pa.field("script", text),
            pa.field("order_doubt", pa.bool_()),
            pa.field("placeholder", pa.bool_()),
            pa.field("call_sign", text),
            pa.field("name_sex", text),
            pa.field("generation", text),
        ]
    )


def name_columns(table: pa.Table) -> pa.Table:
    """Return the names of a table as columns of keys, a row for each row.

    Parameters
    ----------
    table
        Any of the columns :data:`INPUT`, strings; others are not looked at. Where given and family name both have columns of
        their own, these are believed, not the whole name; where they look exchanged, the order is in doubt. Where only one is
        there, it fills what the whole name does not say.

    Returns
    -------
    pa.Table
        The columns of :func:`schema`, in the rows' order.
    """
    import numpy as np
    import pyarrow.compute as pc

    rows = table.num_rows
    if not rows:
        return schema().empty_table()
    columns = {name: _read_column(table, name) for name in INPUT if name != "script"}
    culture_of, cultures = _find_cultures(columns["language"], columns["country_text"])
    vocabulary = Vocabulary()
    given, family, father = (_filled(columns[name]) for name in ("name_given", "name_family", "name_patronymic"))
    whole = _filled(columns["name_full"]) & ~(given & family)
    placed = place_texts(_only(columns["name_full"], whole), culture_of, cultures, vocabulary, "")
    if (given | family | father).any():
        # What the whole name does not say its columns may: one of them alone, or a patronymic beside a short name.
        for field, name in (("given", "name_given"), ("father", "name_patronymic"), ("family", "name_family")):
            placed = placed.merged_with(place_texts(columns[name], culture_of, cultures, vocabulary, field))
        placed.order_doubt[:] |= ~whole & _looks_exchanged(placed, vocabulary)
    too_long = np.zeros(rows, dtype=bool)
    for name in ("name_full", "name_given", "name_family", "name_patronymic"):
        too_long |= pc.greater(pc.utf8_length(columns[name]), LONGEST_NAME).to_numpy(zero_copy_only=False)
    placed.slots[:, too_long] = -1
    return _assemble(placed, vocabulary, too_long)


TUNES = ("tune", "stem", "others")


def tune_columns(names: pa.Table, parts: tuple[str, ...] = PARTS) -> pa.Table:
    """Return what the vowels of every part are compared by: the columns ``*_tune``, ``*_stem`` and ``*_others``.

    Parameters
    ----------
    names
        Columns of :func:`name_columns`.
    parts
        The parts that are wanted.
    """
    import numpy as np
    import pyarrow as pa

    out = {}
    for part in parts:
        folds = pa.chunked_array(names[f"{part}_fold"].chunks, pa.string()).combine_chunks().dictionary_encode()
        at = folds.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int32)
        tunes = [find_tune(fold) for fold in folds.dictionary.to_pylist()]
        for number, name in enumerate(TUNES):
            out[f"{part}_{name}"] = _take([tune[number] for tune in tunes], at)
    return pa.table(out)


def _looks_exchanged(placed: Placed, vocabulary: Vocabulary) -> npt.NDArray[np.bool_]:
    """Tell where a source's family name looks so much more like a given one that the columns may have been exchanged."""
    import numpy as np

    given, family = (placed.slots[SLOTS.index(name)] for name in ("given", "family"))
    looks = [STRENGTH[unit.facts.family] - GIVEN_WEIGHT * bool(unit.facts.given) for unit in vocabulary.units]
    weights = np.array([*looks, 0.0])
    found: npt.NDArray[np.bool_] = (given >= 0) & (family >= 0) & (weights[given] - weights[family] >= GIVEN_WEIGHT)
    return found


def _read_column(table: pa.Table, name: str) -> pa.StringArray:
    import pyarrow as pa
    import pyarrow.compute as pc

    if name not in table.column_names:
        return pa.nulls(table.num_rows, pa.string()).fill_null("")
    column = table[name]
    column = column.cast(pa.string()) if column.type != pa.string() else column
    found = column.combine_chunks()
    if isinstance(found, pa.ChunkedArray):
        found = pa.concat_arrays(found.chunks) if found.num_chunks else pa.array([], pa.string())
    return pc.fill_null(found, "")


def _filled(column: pa.StringArray) -> npt.NDArray[np.bool_]:
    import pyarrow.compute as pc

    found: npt.NDArray[np.bool_] = pc.greater(pc.binary_length(column), 0).to_numpy(zero_copy_only=False)
    return found


def _only(column: pa.StringArray, rows: npt.NDArray[np.bool_]) -> pa.StringArray:
    import pyarrow as pa
    import pyarrow.compute as pc

    return column if rows.all() else pc.if_else(pa.array(rows), column, "")


def _find_cultures(language: pa.StringArray, country: pa.StringArray) -> tuple[Ints, list[str]]:
    import numpy as np
    import pyarrow.compute as pc

    one, other = pc.dictionary_encode(language), pc.dictionary_encode(country)
    languages, countries = one.dictionary.to_pylist(), other.dictionary.to_pylist()
    pairs = one.indices.to_numpy().astype(np.int64) * len(countries) + other.indices.to_numpy()
    distinct, of_row = np.unique(pairs, return_inverse=True)
    found = [find_culture(languages[pair // len(countries)], countries[pair % len(countries)]) for pair in distinct.tolist()]
    names = sorted(set(found))
    codes = np.array([names.index(culture) for culture in found], dtype=np.int32)
    return codes[of_row], names


def _assemble(placed: Placed, vocabulary: Vocabulary, too_long: npt.NDArray[np.bool_]) -> pa.Table:
    """Make the table of what was found."""
    import numpy as np
    import pyarrow as pa

    rows = len(too_long)
    slot = {name: placed.slots[number] for number, name in enumerate(SLOTS)}
    given = vocabulary.join_givens(slot["given"], slot["given_two"])
    units = vocabulary.units
    keys = [unit.keys for unit in units]
    fathers = [unit.father if unit.father.key else unit.keys for unit in units]
    families = [unit.family for unit in units]
    alternatives = [unit.alternative for unit in units]
    layers = {"given": (given, keys), "father": (slot["father"], fathers), "grandfather": (slot["grandfather"], fathers)}
    layers["family"] = (slot["family"], families)
    out: dict[str, pa.Array] = {}
    ranks = KeyLists(rows)
    for part, (at, layer) in layers.items():
        present = bool((at >= 0).any())
        for number, name in ((2, "key"), (1, "fold"), (0, "letters")):
            out[f"{part}_{name}"] = _take([found[number] for found in layer], at) if present else pa.nulls(rows, pa.string())
        ranks.add(at, layer)
    second = np.where(slot["maiden"] >= 0, slot["maiden"], slot["family_two"])
    alternative = _take([found.key for found in families], second)
    own = _take([found.key for found in alternatives], slot["family"])
    out["family_alt_key"] = _first(alternative, own)
    ranks.add(slot["family_two"], families)
    ranks.add(slot["maiden"], families)
    others = KeyLists(rows)
    for number in range(1, 5):
        ranks.add(slot[f"other_{number}"], keys)
        others.add(slot[f"other_{number}"], keys)
    sexes = placed.sex
    out["given_formal_key"] = _formal_keys(keys, given, sexes, out["given_key"])
    out["other_keys"] = others.lists(sort=False)
    out["name_keys"] = ranks.lists(sort=True)
    out["name_key"] = _join(out["name_keys"])
    out["initials"] = _initials(slot, given, keys)
    named = sum((slot[name] >= 0).astype(np.int8) for name in SLOTS if name not in ("call_sign", "generation"))
    out["parts"] = pa.array(named, pa.int8())
    out["script"] = _take([None, "Latn", "Cyrl", "Arab", "Deva", "other", "mixed"], placed.script.astype(np.int32))
    out["order_doubt"] = pa.array(placed.order_doubt)
    out["placeholder"] = pa.array((named == 0) & ~too_long & (slot["call_sign"] < 0) | (placed.placeholder & (named == 0)))
    out["call_sign"] = _take([unit_keys.letters for unit_keys in keys], slot["call_sign"])
    out["name_sex"] = _take([None, "m", "f"], sexes.astype(np.int32))
    out["generation"] = _take([generation_of(unit.facts.kind) or None for unit in units], slot["generation"])
    return pa.table([out[name] for name in schema().names], schema=schema())


def _take(values: list[str | None], at: Ints) -> pa.StringArray:
    """Return the values at numbers, null for -1."""
    import numpy as np
    import pyarrow as pa

    if not (at >= 0).any():
        return pa.nulls(len(at), pa.string())
    return pa.array([*values, None], pa.string()).take(pa.array(np.where(at < 0, len(values), at)))


def _first(one: pa.StringArray, other: pa.StringArray) -> pa.StringArray:
    import pyarrow.compute as pc

    return pc.coalesce(one, other)


def _formal_keys(keys: list[WordKeys], given: Ints, sexes: npt.NDArray[np.int8], own: pa.StringArray) -> pa.StringArray:
    """Return the keys of given names, those of full forms for short ones, by the sex that the grammar says."""
    import numpy as np

    short_forms = read_short_forms()
    short = np.array([found.letters in short_forms for found in keys] + [False])
    is_short = short[given]
    for number, sex in enumerate(("", "m", "f")):
        here = is_short & (sexes == number)
        if here.any():
            full = {at: find_formal_key(keys[at], sex) for at in np.unique(given[here]).tolist()}
            own = _choose(here, _take([full.get(at) for at in range(len(keys))], given), own)
    return own


def _choose(where: npt.NDArray[np.bool_], one: pa.StringArray, other: pa.StringArray) -> pa.StringArray:
    import pyarrow as pa
    import pyarrow.compute as pc

    return pc.if_else(pa.array(where), one, other) if where.any() else other


def _join(lists: pa.ListArray) -> pa.StringArray:
    import pyarrow.compute as pc

    return pc.binary_join(lists, " ")


def _initials(slot: dict[str, Ints], given: Ints, keys: list[WordKeys]) -> pa.StringArray:
    """Return the first letters of given and father's name where either is only an initial."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    has = (slot["given_initial"] >= 0) | (slot["father_initial"] >= 0)
    if not has.any():
        return pa.nulls(len(has), pa.string())
    letters: list[str | None] = [(found.fold or found.key or "_")[0] for found in keys]
    one = pc.fill_null(_take(letters, np.where(slot["given_initial"] >= 0, slot["given_initial"], given)), "_")
    other = pc.fill_null(_take(letters, np.where(slot["father_initial"] >= 0, slot["father_initial"], slot["father"])), "_")
    return pc.if_else(pa.array(has), pc.binary_join_element_wise(one, other, ""), pa.scalar(None, pa.string()))
