"""Pairs are those of Splink's blocking, and their weights are Splink's own."""

from __future__ import annotations

import logging
import random

import numpy as np
import pyarrow as pa
import pytest
from tests.link_tables import reports_table

from cenotaph.link.agreeing import as_logic, pair_values
from cenotaph.link.blocking import add_keys, find_blocks, keys_sql, rules_sql
from cenotaph.link.candidates import list_pairs, make_blocks
from cenotaph.link.engine import open_engine
from cenotaph.link.frequencies import level_frequencies, register_frequencies
from cenotaph.link.model import make_settings, start_model, with_prior
from cenotaph.link.preparing import prepare
from cenotaph.link.reading import check_reports
from cenotaph.link.scoring import Pairs, read_agreement, score

NAMES = """Каримов Алишер Рустамович
Alisher Rustam oʻgʻli Karimov
Karimov A. R.
Karimov Alisher
Алишер Каримов
Karimova Zuhra
Каримов Шерзод Рустамович
محمد أحمد علي حسن
Muhammad Ahmad Ali Hasan
Mohammed Ahmed Hussein
محمود أحمد علي حسين
Иванов Саша
Иванов Александр Петрович
Петров Иван
Иван Петров
Ivan Petroff
IvanPetrov
राम बहादुर थापा
Тхапа Рам Бахадур""".splitlines()


def made_table(count: int, seed: int) -> pa.Table:
    drawn = random.Random(seed)

    def maybe(value: str) -> str | None:
        return value if drawn.random() < 0.7 else None

    rows = []
    for n in range(count):
        year, month, day = drawn.randrange(1975, 1981), drawn.randrange(1, 4), drawn.randrange(1, 6)
        rows.append(
            {
                "report_id": f"r{n}",
                "name_full": drawn.choice(NAMES),
                "birth_date_text": maybe(drawn.choice((f"{year}-{month:02}-{day:02}", str(year), f"{year}-{month:02}"))),
                "death_date_text": maybe(drawn.choice((f"2023-0{month}-0{day}", f"2023-0{month}"))),
                "published_on": maybe(f"2023-0{month + 2}-1{day}"),
                "place_text": maybe(drawn.choice(("Ургут", "Urgut", "Термез", "Полтава"))),
                "nationality_text": maybe(drawn.choice(("Узбекистан", "Россия"))),
                "unit_text": maybe(drawn.choice(("в/ч 12345", "в/ч 54321"))),
                "rank": maybe(drawn.choice(("рядовой", "сержант", "майор"))),
                "source": drawn.choice("abc"),
                "source_kind": maybe("list"),
            }
        )
    return check_reports(reports_table([{k: v for k, v in row.items() if v is not None} for row in rows]))


def by_both(table: pa.Table) -> tuple[Pairs, dict[tuple[int, int], float]]:
    from splink import DuckDBAPI, Linker

    prepared = prepare(table)
    model = start_model(len(table))
    with open_engine() as connection:
        connection.register("prepared", prepared)
        together, keys = add_keys(connection, "prepared", "blocked")
        blocks, _ = find_blocks(keys)
        frequencies = level_frequencies(connection, "blocked", model)
        whole = pa.table([*prepared.columns, *together.columns], [*prepared.column_names, *together.column_names])
        ours = score(read_agreement(connection, whole, model), whole, list_pairs(blocks, 500), model, frequencies)
        connection.execute(f"CREATE TABLE keyed AS SELECT *, {keys_sql()} FROM blocked")
        api = DuckDBAPI(connection)
        linker = Linker(api.register("keyed"), make_settings(with_prior(model, 0.5), rules_sql()), log_level=logging.ERROR)
        register_frequencies(api, linker, frequencies)
        predicted = linker.inference.predict()
        found = connection.execute(f"SELECT row_l, row_r, match_weight FROM {predicted.physical_name}").fetchall()
    return ours, {(min(a, b), max(a, b)): weight for a, b, weight in found}


@pytest.mark.parametrize("seed", [1, 2])
def test_pairs_and_weights_are_those_of_splink(seed: int) -> None:
    ours, theirs = by_both(made_table(180, seed))
    pairs = list(zip(ours.left.tolist(), ours.right.tolist(), strict=True))
    assert pairs == sorted(theirs)
    assert len(pairs) > 3_000
    np.testing.assert_allclose(ours.ratio, [theirs[pair] for pair in pairs], rtol=0, atol=1e-9)
    assert len(np.unique(np.round(ours.ratio, 6))) > 1_000


def test_a_block_over_its_cap_is_no_block() -> None:
    keys = [np.array([7, 7, 7, -1, 5, 5, -1]), np.array([-1, 1, 1, -1, -1, -1, -1])]
    blocks = make_blocks(keys, lambda _, sizes: 2)
    found = [np.stack(part, axis=1).tolist() for part in list_pairs(blocks, 1)]
    assert [pair for part in found for pair in part] == [[1, 2], [4, 5]]


def test_a_pair_that_shares_two_keys_comes_once() -> None:
    keys = [np.array([3, 3, 3]), np.array([9, -1, 9])]
    ((left, right),) = list_pairs(make_blocks(keys, lambda _, sizes: 10))
    assert list(zip(left.tolist(), right.tolist(), strict=True)) == [(0, 1), (0, 2), (1, 2)]


def test_no_reports_have_no_pairs() -> None:
    assert not list(list_pairs(make_blocks([np.zeros(0, np.int64)], lambda _, sizes: 10)))


def test_pairs_of_values_are_told_apart() -> None:
    one, other, which, first = pair_values(np.array([1, 0, 1, 0], np.int32), np.array([0, 1, 0, 0], np.int32), 2)
    assert which.tolist() == [0, 1, 0, 2]
    assert list(zip(one.tolist(), other.tolist(), strict=True)) == [(1, 0), (0, 1), (0, 0)]
    assert first.tolist() == [0, 1, 3]


def test_only_questions_of_equal_and_missing_values_are_logic() -> None:
    assert as_logic("a_l = a_r AND NOT (b_l IS NULL OR b_r <> c_l)") is not None
    assert as_logic("abs(a_l - a_r) <= 2") is None
    assert as_logic("a_l = 'x'") is None
