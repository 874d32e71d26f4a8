"""Commitments and canonical forms: equal things have equal hashes, different things different ones."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cenotaph.casebook.commitment import (
    combine_parts,
    commit_field,
    commit_row,
    derive_salt,
    drop_fields,
    hash_block,
    hash_part,
    list_fields,
)
from cenotaph.casebook.guarded import GUARDED, REPORT
from cenotaph.casebook.values import belongs, list_values, name_value
from cenotaph.domain.canonical import canonical_json, content_id
from cenotaph.domain.errors import ValueFormatError

NAMES = ("id", "name", "size", "other")
CONTENT = ("name", "other")
SALT = b"0123456789abcdef"

# Keys and texts that could run into each other if names or values were not kept apart.
tricky = st.sampled_from(["", ".", "~", "a", "a.b", "b", "a=", "=", "~1", "~0", "0", "1:a", "other", "a\x1f", "é", "😀"])
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=6) | tricky
scalars = st.none() | st.booleans() | st.integers(-5, 5) | texts
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3), max_leaves=8
)
objects = st.dictionaries(texts, values, min_size=1, max_size=4)
rows = st.tuples(texts, st.none() | texts, st.none() | st.integers(-(2**62), 2**62), st.none() | objects.map(canonical_json))


def hash_row(row: tuple[Any, ...], salt: bytes = SALT) -> bytes:
    return commit_row("t", list_fields(NAMES, row), salt, CONTENT)


@given(rows, rows)
def test_two_rows_have_the_same_hash_only_where_they_are_the_same(one: tuple[Any, ...], two: tuple[Any, ...]) -> None:
    assert (hash_row(one) == hash_row(two)) == (one == two)
    assert (list_fields(NAMES, one) == list_fields(NAMES, two)) == (one == two)


@given(objects, objects)
def test_two_objects_have_the_same_fields_only_where_they_are_the_same(one: dict[str, Any], two: dict[str, Any]) -> None:
    first, second = canonical_json(one), canonical_json(two)
    assert (list_fields(["other"], [first]) == list_fields(["other"], [second])) == (first == second)


@given(rows)
def test_a_rows_hash_is_what_the_documentation_says(row: tuple[Any, ...]) -> None:
    """Computed here anew from the words of docs/explanation/ledger.md, without the code under test."""
    fields: dict[str, str] = {}
    for name, cell in zip(NAMES, row, strict=True):
        if cell is None:
            continue
        if name != "other":
            fields[name] = f"s{cell}" if isinstance(cell, str) else f"i{cell}"
            continue
        for key, value in json.loads(cell).items():
            own = "other." + key.replace("~", "~0").replace(".", "~1")
            if isinstance(value, dict) and value:
                for inner, item in value.items():
                    escaped = inner.replace("~", "~0").replace(".", "~1")
                    fields[f"{own}.{escaped}"] = "j" + canonical_json(item)
            else:
                fields[own] = "j" + canonical_json(value)
    parts = {True: b"", False: b""}
    for name in sorted(fields):
        encoded = name.encode()
        commitment = sha256(sha256(SALT + encoded).digest() + fields[name].encode()).digest()
        parts[name.split(".")[0] in CONTENT] += str(len(encoded)).encode() + b":" + encoded + commitment
    expected = sha256(b"cenotaph row 1\nt\n" + sha256(parts[False]).digest() + sha256(parts[True]).digest()).digest()
    assert hash_row(row) == expected


@given(rows, st.binary(min_size=16, max_size=16))
def test_another_salt_gives_another_hash(row: tuple[Any, ...], salt: bytes) -> None:
    assert (hash_row(row) == hash_row(row, salt)) == (salt == SALT)


@given(rows, st.data())
def test_any_field_can_be_replaced_by_its_commitment(row: tuple[Any, ...], data: st.DataObject) -> None:
    """What a seal keeps is enough to compute the row's hash again."""
    fields = list_fields(NAMES, row)
    gone = data.draw(st.sets(st.sampled_from(sorted(fields))))
    kept_salts = {name: derive_salt(SALT, name) for name in fields if name not in gone}
    commitments = {name: commit_field(derive_salt(SALT, name), fields[name]) for name in gone}
    for name in kept_salts:
        commitments[name] = commit_field(kept_salts[name], fields[name])
    parts = [{n: c for n, c in commitments.items() if (n.split(".")[0] in CONTENT) is content} for content in (False, True)]
    assert combine_parts("t", hash_part(parts[0]), hash_part(parts[1])) == hash_row(row)


@given(objects, st.data())
def test_dropping_fields_leaves_exactly_the_others(value: dict[str, Any], data: st.DataObject) -> None:
    text = canonical_json(value)
    fields = list_fields(["other"], [text])
    gone = data.draw(st.sets(st.sampled_from(sorted(fields))))
    left = drop_fields(text, gone)
    assert list_fields(["other"], [left]) == {name: cell for name, cell in fields.items() if name not in gone}


@pytest.mark.parametrize("text", ["{}", "[]", "7", "", '{"a": 1}', '{"b":1,"a":1}', '{"a":1,"a":1}', '{"a":1.5}', '{"a":NaN}',
                                  '{"a":"\\u0041"}', "{", '{"a":1}\n', "null", "[" * 100_000])
def test_a_text_that_is_no_canonical_object_is_no_row(text: str) -> None:
    with pytest.raises(ValueFormatError):
        list_fields(["other"], [text])


@pytest.mark.parametrize("cell", [1.0, b"x", [1]])
def test_a_cell_is_text_or_a_whole_number(cell: Any) -> None:
    with pytest.raises(ValueFormatError):
        list_fields(["size"], [cell])


@pytest.mark.parametrize("text", ["a\0b", "\0", "\ud800", "a\udfffb"])
def test_what_not_every_database_can_keep_has_no_hash(text: str) -> None:
    with pytest.raises(ValueFormatError, match=r"U\+0000|half a surrogate"):
        hash_row((text, None, None, None))


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=4), st.lists(st.binary(min_size=32, max_size=32), max_size=4))
def test_blocks_of_other_rows_have_other_hashes(one: list[bytes], two: list[bytes]) -> None:
    assert (hash_block("t", 1, one) == hash_block("t", 1, two)) == (one == two)
    assert hash_block("t", 1, one) != hash_block("t", 2, one) != hash_block("u", 2, one)


@given(values, values)
def test_canonical_texts_are_equal_only_where_values_are(one: Any, two: Any) -> None:
    assert (canonical_json(one) == canonical_json(two)) == (json.dumps(one, sort_keys=True) == json.dumps(two, sort_keys=True))
    assert canonical_json(json.loads(canonical_json(one))) == canonical_json(one)


@pytest.mark.parametrize(("value", "error"), [(1.5, ValueFormatError), ([float("nan")], ValueFormatError), ({1: 2}, TypeError),
                                              (b"x", TypeError), ({"a": {2}}, TypeError)])
def test_what_has_no_canonical_form_is_refused(value: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        canonical_json(value)


@given(st.lists(texts, max_size=4), st.lists(texts, max_size=4))
def test_ids_of_other_parts_are_other_ids(one: list[str], two: list[str]) -> None:
    assert (content_id("k", *one) == content_id("k", *two)) == (one == two)


def test_every_field_of_a_report_belongs_to_one_value_and_goes_with_the_whole() -> None:
    for field in (*REPORT.content, "other.names", "other.dates.birth", "other.notes.x", "other.unreadable.death"):
        value = name_value(field)
        assert belongs(field, None) and belongs(field, value)
        others = {name_value(other) for other in REPORT.content} - {value, "content"}
        assert field == "content" or not any(belongs(field, other) for other in others)
    assert list_values(["birth_from", "birth_before", "other.dates.birth", "content", "name", "other.names"]) == ["birth", "name"]
    assert all(belongs("content", value) for value in ("name", "birth", "other.notes"))
    assert belongs("other.notes.x", "other.notes") and not belongs("other.notesx", "other.notes")


def test_no_table_commits_to_a_column_twice() -> None:
    for table in GUARDED:
        assert len(set(table.columns)) == len(table.columns) and table.kept[0] == "id"
