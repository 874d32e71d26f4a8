"""Names as columns: the keys of every part, computed once for each distinct name, for linkage that stays in SQL."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from cenotaph.names.keys import WordKeys, key_word
from cenotaph.names.letters import find_script
from cenotaph.reference.placeholders import is_placeholder

if TYPE_CHECKING:
    import pyarrow as pa

INPUT = ("name_full", "name_given", "name_family", "name_patronymic", "script", "language", "country_text")
PARTS = ("given", "father", "grandfather", "family")
LONGEST_NAME = 300
_WORDS = re.compile(r"[^\W\d_][\w\u0300-\u036f\u0900-\u097f'’ʻʼ-]*", re.UNICODE)
_PATRONYMIC = re.compile(
    r"(?P<stem>.{2,}?)(?:(?P<m>ович|евич|ьич|ич|ovich|evich|ovych|evych|yovych)|(?P<f>овна|евна|ична|ivna|ovna|evna|івна|ївна))$"
)
_SON = frozenset(
    [
        "угли",
        "оглы",
        "огли",
        "ogli",
        "oglu",
        "ogly",
        "o'g'li",
        "ўғли",
        "уулу",
        "uulu",
        "улы",
        "uly",
        "bin",
        "ibn",
        "бин",
        "ибн",
        "بن",
        "ابن",
    ]
)
_DAUGHTER = frozenset(["кызы", "кизи", "қизи", "qizi", "kizi", "kyzy", "qyzy", "bint", "бинт", "بنت"])
_JOINED = frozenset(["abd", "abdul", "abdel", "abu", "abou", "al", "el", "абд", "абу", "аль", "эль", "عبد", "ابو", "أبو", "ال"])


def schema() -> pa.Schema:
    """Return the columns of :func:`name_columns`."""
    import pyarrow as pa

    text = pa.string()
    return pa.schema(
        [
            *(pa.field(f"{part}_{layer}", text) for part in PARTS for layer in ("key", "fold", "letters")),
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
        ]
    )


def name_columns(table: pa.Table) -> pa.Table:
    """Return the names of a table as columns of keys, a row for each row.

    Parameters
    ----------
    table
        Any of the columns :data:`INPUT`, strings; others are not looked at.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    rows = table.num_rows
    present = [name for name in INPUT if name in table.column_names]
    if not present or not rows:
        return pa.Table.from_pylist([_read_row({})] * rows, schema())
    columns = {name: table[name].cast(pa.string()).combine_chunks() for name in present}
    joined = pc.binary_join_element_wise(*(pc.fill_null(c, "") for c in columns.values()), "\x1f")
    coded = joined.dictionary_encode() if not isinstance(joined, pa.ChunkedArray) else joined.combine_chunks().dictionary_encode()
    distinct = [_read_row(dict(zip(present, text.split("\x1f"), strict=False))) for text in coded.dictionary.to_pylist()]
    return pa.Table.from_pylist(distinct, schema()).take(coded.indices)


def _read_row(row: dict[str, str]) -> dict[str, Any]:
    full = row.get("name_full", "").strip()
    stated = [row.get(name, "").strip() for name in ("name_given", "name_patronymic", "name_family")]
    text = full or " ".join(filter(None, stated))
    empty: dict[str, Any] = dict.fromkeys(schema().names)
    empty |= {"order_doubt": False, "placeholder": False, "parts": 0}
    if not text or len(text) > LONGEST_NAME:
        return empty | {"placeholder": not text}
    if is_placeholder(text):
        return empty | {"placeholder": True}
    parts: dict[str, str] = {}
    others: list[str] = []
    sex, doubt = None, False
    if any(stated):
        for part, said in zip(("given", "father", "family"), stated, strict=True):
            if said:
                parts[part] = "".join(_WORDS.findall(said))
    else:
        words = _join(_WORDS.findall(text))
        parts, others, sex, doubt = _give_roles(words)
    if "father" in parts:
        found = _PATRONYMIC.match(parts["father"].lower())
        if found:
            sex = "m" if found["m"] else "f"
            parts["father"] = found["stem"]
    out = dict(empty)
    keyed: dict[str, WordKeys] = {part: key_word(word) for part, word in parts.items()}
    for part, keys in keyed.items():
        out[f"{part}_key"], out[f"{part}_fold"], out[f"{part}_letters"] = keys.key, keys.fold, keys.letters
    other_keys = [key for word in others if (key := key_word(word).key)]
    every = sorted([keys.key for keys in keyed.values() if keys.key] + other_keys)
    return out | {
        "given_formal_key": out["given_key"],
        "other_keys": other_keys or None,
        "name_keys": every or None,
        "name_key": " ".join(every) or None,
        "parts": min(len(every), 100),
        "script": find_script(text) or None,
        "order_doubt": doubt,
        "name_sex": sex,
    }


def _join(words: list[str]) -> list[str]:
    out: list[str] = []
    joining = False
    for word in words:
        if joining and out:
            out[-1] += word
        else:
            out.append(word)
        joining = word.lower() in _JOINED
    return out


def _give_roles(words: list[str]) -> tuple[dict[str, str], list[str], str | None, bool]:
    words = list(words[:12])
    parts: dict[str, str] = {}
    sex = None
    for at, word in enumerate(list(words)):
        low = word.lower()
        if low in _SON or low in _DAUGHTER:
            sex = "m" if low in _SON else "f"
            before = low not in ("bin", "ibn", "бин", "ибн", "بن", "ابن", "bint", "бинт", "بنت")
            of = at - 1 if before else at + 1
            if 0 <= of < len(words):
                parts["father"] = words[of]
                words = [w for i, w in enumerate(words) if i not in (at, of)]
            break
        if at and _PATRONYMIC.match(low):
            parts["father"] = word
            words = words[:at] + words[at + 1 :]
            if at == 1 and words:
                parts["given"] = words.pop(0)
            break
    script = find_script("".join(words))
    if "given" not in parts and words:
        first = script != "Cyrl" or len(words) == 1
        parts["given"] = words.pop(0 if first else min(1, len(words) - 1))
    if script == "Arab" and "father" not in parts and len(words) > 1:
        parts["father"] = words.pop(0)
        if len(words) > 1:
            parts["grandfather"] = words.pop(0)
    if words:
        parts["family"] = words.pop(-1 if script == "Arab" else 0 if script == "Cyrl" else -1)
    return parts, words, sex, "father" not in parts and bool(parts.get("family"))
