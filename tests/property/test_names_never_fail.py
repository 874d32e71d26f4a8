"""Whatever is printed where a name should be: it is read, compared both ways alike, and never empty where something is said."""

from __future__ import annotations

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from cenotaph.names import compare, parse_name
from cenotaph.names.columns import name_columns
from cenotaph.names.comparing import name_row
from cenotaph.names.keys import key_word

LATIN = "Ivan O'Neil al- de la «Барс» , . II unknown И. Karimzoda Rustamogli JOHN née Anna-Maria"
OTHERS = "Иван Иванов Петрович (Петрова) Рядовой угли кызы бин محمد بن علي عبد الله ابو राम थापा बहादुर ё Ў"
WORDS = st.sampled_from(f"{LATIN} {OTHERS}".split(" "))
TEXTS = st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=9).map(" ".join))


@settings(max_examples=300, deadline=None)
@given(TEXTS, TEXTS)
def test_comparing_is_the_same_both_ways(left: str, right: str) -> None:
    one, other = compare(left, right), compare(right, left)
    assert one.level == other.level
    assert abs(one.weight - other.weight) < 1e-9


@settings(max_examples=200, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=8))
def test_columns_agree_with_names_read_alone(texts: list[str]) -> None:
    rows = name_columns(pa.table({"name_full": pa.array(texts, pa.string())})).to_pylist()
    for text, row in zip(texts, rows, strict=True):
        for column, value in name_row(parse_name(text)).items():
            assert row[column] == value, (text, column)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80))
def test_layers_are_ascii_and_never_empty(text: str) -> None:
    for layer in key_word(text):
        assert layer is None or (layer and layer.isascii())
