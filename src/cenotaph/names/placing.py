"""Whole columns of printed names read at once: words split by Arrow, each read once, each pattern of words placed once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cenotaph.names import orders, tokens
from cenotaph.names.orders import Roles
from cenotaph.names.parsing import LONGEST_NAME
from cenotaph.names.roles import give_field_roles, give_roles
from cenotaph.names.tokens import MOST_UNITS, find_join, is_divine, is_mark
from cenotaph.names.vocabulary import Vocabulary
from cenotaph.reference.placeholders import is_placeholder
from cenotaph.reference.role_words import is_role_word, may_name_nobody, names_nobody

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

    Ints = npt.NDArray[np.int32]
    Bools = npt.NDArray[np.bool_]

SLOTS = (
    "given", "given_two", "father", "grandfather", "family", "family_two", "maiden",
    "given_initial", "father_initial", "other_1", "other_2", "other_3", "other_4", "call_sign",
    "generation",
)  # fmt: skip
_OF_CODE = {
    orders.GIVEN: ("given", "given_two"),
    orders.FATHER: ("father",),
    orders.GRANDFATHER: ("grandfather",),
    orders.FAMILY: ("family",),
    orders.FAMILY_TWO: ("family_two", "other_1", "other_2", "other_3", "other_4"),
    orders.MAIDEN: ("maiden",),
    orders.GIVEN_INITIAL: ("given_initial",),
    orders.FATHER_INITIAL: ("father_initial",),
    orders.OTHER: ("other_1", "other_2", "other_3", "other_4"),
    orders.CALL_SIGN: ("call_sign",),
    orders.GENERATION: ("generation",),
}
_SEXES = {"": 0, "m": 1, "f": 2}


@dataclass(frozen=True)
class Placed:
    """What was found in each row.

    Parameters
    ----------
    slots
        A row for each of :data:`SLOTS`: the number of the word in the vocabulary, -1 where there is none.
    sex
        0 unknown, 1 m, 2 f.
    order_doubt, placeholder
        As :class:`cenotaph.names.parsing.ParsedName` has them.
    script
        0 no letters, then ``Latn``, ``Cyrl``, ``Arab``, ``Deva``, ``other``, ``mixed``.
    """

    slots: Ints
    sex: npt.NDArray[np.int8]
    order_doubt: Bools
    placeholder: Bools
    script: npt.NDArray[np.int8]

    def merged_with(self, other: Placed) -> Placed:
        """Return what either found; where both did, this."""
        import numpy as np

        mixed = (self.script > 0) & (other.script > 0) & (self.script != other.script)
        return Placed(
            np.where(self.slots >= 0, self.slots, other.slots),
            np.where(self.sex > 0, self.sex, other.sex),
            self.order_doubt | other.order_doubt,
            self.placeholder | other.placeholder,
            np.where(mixed, np.int8(6), np.maximum(self.script, other.script)),
        )


def place_texts(texts: pa.StringArray, culture_of: Ints, cultures: list[str], vocabulary: Vocabulary, field: str) -> Placed:
    """Read the names, or the given, father's or family names, of a column.

    Parameters
    ----------
    texts
        The printed names, '' where there is none.
    culture_of, cultures
        For each row the number of how names are made where the person comes from.
    vocabulary
        The words that are known; new ones are added.
    field
        '' for whole names, else ``given``, ``father`` or ``family``.
    """
    import numpy as np

    flat, starts = _split(texts)
    lengths = np.diff(starts)
    dictionary = flat.dictionary.to_pylist()
    codes = flat.indices.to_numpy().astype(np.int64)
    unit_of, unit_starts = _join(codes, dictionary, starts, vocabulary)
    counts = np.minimum(np.diff(unit_starts), MOST_UNITS).astype(np.int32)
    begins = unit_starts[:-1]
    facts = np.array(vocabulary.facts, dtype=np.int32)
    patterns, of_row, first = _find_patterns(facts[unit_of], begins, counts, culture_of)
    facts_list = list(vocabulary.distinct_facts)
    slot_at = np.full((len(patterns), len(SLOTS)), -1, dtype=np.int32)
    sexes = np.zeros(len(patterns), dtype=np.int8)
    doubts = np.zeros(len(patterns), dtype=bool)
    unit_facts = facts[unit_of]
    for number, row in enumerate(first.tolist()):
        begin = int(begins[row])
        pattern = tuple(facts_list[code] for code in unit_facts[begin : begin + int(counts[row])].tolist())
        culture = cultures[int(culture_of[row])]
        found = give_field_roles(field, pattern, culture) if field else give_roles(pattern, culture)
        slot_at[number] = _read_slots(found)
        sexes[number], doubts[number] = _SEXES[found.sex], found.order_doubt
    padded = np.append(unit_of, -1).astype(np.int32)
    slots = np.full((len(SLOTS), len(of_row)), -1, dtype=np.int32)
    for number in np.flatnonzero((slot_at >= 0).any(axis=0)).tolist():  # Most patterns fill few slots.
        at = slot_at[of_row, number]
        slots[number] = padded[np.where(at >= 0, begins + at, -1)]
    script = _find_scripts(np.array(vocabulary.scripts, dtype=np.int8)[unit_of], begins, counts)
    placeholder = _find_placeholders(texts, codes, dictionary, starts, lengths, whole=not field)
    slots[:, placeholder] = -1
    return Placed(slots, np.where(placeholder, np.int8(0), sexes[of_row]), doubts[of_row] & ~placeholder, placeholder, script)


def _split(texts: pa.StringArray) -> tuple[pa.DictionaryArray, npt.NDArray[np.int64]]:
    """Return the words of all rows in one array, and where each row's begin."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    texts = pc.if_else(pc.greater(pc.utf8_length(texts), LONGEST_NAME), "", texts)
    if pc.any(pc.match_substring_regex(texts, tokens.UNSEEN)).as_py():
        texts = pc.replace_substring_regex(texts, tokens.UNSEEN, "")
    if pc.any(pc.match_substring_regex(texts, tokens.PUNCTUATION)).as_py():
        texts = pc.replace_substring_regex(texts, tokens.PUNCTUATION, r" \1 ")
    if pc.any(pc.match_substring(texts, ".")).as_py():
        texts = pc.replace_substring(texts, ".", ". ")
    lists = pc.utf8_split_whitespace(texts)
    words = lists.flatten()
    starts = lists.offsets.to_numpy().astype(np.int64)
    filled = pc.greater(pc.binary_length(words), 0).to_numpy(zero_copy_only=False)
    if not filled.all():
        before = np.concatenate(([0], np.cumsum(filled)))
        starts = before[starts]
        words = words.filter(pa.array(filled))
    return words.dictionary_encode(), starts


def _join(
    codes: npt.NDArray[np.int64], dictionary: list[str], starts: npt.NDArray[np.int64], vocabulary: Vocabulary
) -> tuple[Ints, npt.NDArray[np.int64]]:
    """Join words that are one name; return each unit's number in the vocabulary, and where each row's begin."""
    import numpy as np

    join = np.array([find_join(word) for word in dictionary] or [0], dtype=np.int8)
    mark = np.array([is_mark(word) for word in dictionary] or [False])
    count = len(codes)
    if not count:
        return np.zeros(0, dtype=np.int32), np.zeros(len(starts), dtype=np.int64)
    joined = np.zeros(count, dtype=bool)
    joined[1:] = (join[codes[:-1]] == tokens.JOIN_NEXT) | (join[codes[1:]] == tokens.JOIN_PREVIOUS)
    if (join == tokens.JOIN_DIVINE).any():
        after = np.flatnonzero(join[codes[:-1]] == tokens.JOIN_DIVINE) + 1
        divine = np.zeros(len(dictionary), dtype=bool)
        for code in np.unique(codes[after]).tolist():  # Few words ever stand there.
            divine[code] = is_divine(dictionary[code])
        joined[after] |= divine[codes[after]]
    joined[1:] &= ~mark[codes[1:]] & ~mark[codes[:-1]]
    joined[starts[:-1][np.diff(starts) > 0]] = False
    heads = np.flatnonzero(~joined)
    unit_number = np.concatenate(([0], np.cumsum(~joined)))
    unit_starts = unit_number[starts]
    lengths = np.diff(np.append(heads, count))
    number_of = np.full(len(dictionary), -1, dtype=np.int32)
    single = heads[lengths == 1]
    for code in np.unique(codes[single]).tolist():
        number_of[code] = vocabulary.number(dictionary[code])
    units = np.empty(len(heads), dtype=np.int32)
    units[lengths == 1] = number_of[codes[single]]
    _number_joined(units, heads, lengths, codes, dictionary, vocabulary)
    return units, unit_starts


def _number_joined(
    units: Ints,
    heads: npt.NDArray[np.int64],
    lengths: npt.NDArray[np.int64],
    codes: npt.NDArray[np.int64],
    dictionary: list[str],
    vocabulary: Vocabulary,
) -> None:
    """Number the units of several words, in place."""
    import numpy as np

    for length in np.unique(lengths[lengths > 1]).tolist():
        at = np.flatnonzero(lengths == length)
        begins = heads[at]
        combined = codes[begins]
        for step in range(1, length):
            _, combined = np.unique(combined * len(dictionary) + codes[begins + step], return_inverse=True)
        _, first, of_row = np.unique(combined, return_index=True, return_inverse=True)
        numbers = [
            vocabulary.number(" ".join(dictionary[code] for code in codes[begin : begin + length].tolist()))
            for begin in begins[first].tolist()
        ]
        units[at] = np.array(numbers, dtype=np.int32)[of_row]


def _find_patterns(
    facts: Ints, begins: npt.NDArray[np.int64], counts: Ints, culture_of: Ints
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the distinct patterns of words, which one each row has, and a row of each."""
    import numpy as np

    pattern = culture_of.astype(np.int64)
    padded = np.append(facts, 0).astype(np.int64)
    base = int(facts.max(initial=0)) + 2
    most = int(counts.max(initial=0))
    for place in range(most):
        has = counts > place
        following = np.where(has, padded[np.where(has, begins + place, -1)] + 1, 0)
        size = int(pattern.max(initial=0)) + 1
        pattern = pattern * base + following
        if size > (1 << 40) // base:
            _, pattern = np.unique(pattern, return_inverse=True)
    distinct, first, of_row = np.unique(pattern, return_index=True, return_inverse=True)
    return distinct, of_row, first


def _read_slots(found: Roles) -> list[int]:
    at = dict.fromkeys(SLOTS, -1)
    for place, code in enumerate(found.codes):
        for name in _OF_CODE.get(code, ()):
            if at[name] < 0:
                at[name] = place
                break
    return list(at.values())


def _find_scripts(scripts: npt.NDArray[np.int8], begins: npt.NDArray[np.int64], counts: Ints) -> npt.NDArray[np.int8]:
    import numpy as np

    found = np.zeros(len(counts), dtype=np.int8)
    padded = np.append(scripts, np.int8(0))
    for place in range(int(counts.max(initial=0))):
        here = padded[np.where(counts > place, begins + place, -1)]
        differs = (found > 0) & (here > 0) & (here != found)
        found = np.where(differs, np.int8(6), np.where(here > 0, here, found)).astype(np.int8)
    return found


def _find_placeholders(
    texts: pa.StringArray,
    codes: npt.NDArray[np.int64],
    dictionary: list[str],
    starts: npt.NDArray[np.int64],
    lengths: npt.NDArray[np.int64],
    *,
    whole: bool,
) -> Bools:
    """Tell which rows name nobody: few are looked at, those whose every word is one of placeholders, or one says a role.

    In a column of its own, not of ``whole`` names, a family name may be Soldado.
    """
    import numpy as np
    import pyarrow as pa

    may = np.array([may_name_nobody(word) for word in dictionary] or [True])
    total = np.concatenate(([0], np.cumsum(may[codes])))
    looked_at = total[starts[1:]] - total[starts[:-1]] == lengths
    if whole:
        role = np.concatenate(([0], np.cumsum(np.array([is_role_word(word) for word in dictionary] or [False])[codes])))
        looked_at |= role[starts[1:]] > role[starts[:-1]]
    rows = np.flatnonzero(looked_at)
    tell = names_nobody if whole else is_placeholder
    found = np.zeros(len(lengths), dtype=bool)
    if len(rows):
        encoded = texts.take(pa.array(rows)).dictionary_encode()
        distinct = np.array([len(text) <= LONGEST_NAME and tell(text) for text in encoded.dictionary.to_pylist()])
        found[rows] = distinct[encoded.indices.to_numpy()]
    return found
