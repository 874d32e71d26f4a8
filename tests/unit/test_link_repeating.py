"""Whether a list has people twice is counted on pairs of one whole name, less those that chance and kin give."""

from __future__ import annotations

import duckdb
import numpy as np
from tests.link_tables import reports_table

from cenotaph.link.model import start_model
from cenotaph.link.preparing import prepare
from cenotaph.link.repeating import list_unrepeated, measure_sources

_GIVEN = ("Samir", "Khalid", "Yusuf", "Bilal", "Hani", "Tariq", "Walid", "Nabil", "Ramzi", "Fadi")


def _rows(people: int, again: str, seed: int = 5) -> list[dict[str, str]]:
    """Return people in one list, half of them once more in the list or source that is named."""
    draw = np.random.default_rng(seed)
    letters = list("bdfhklmnrst")
    rows = []
    for _ in range(people):
        family = "".join(draw.choice(letters) + draw.choice(list("aiu")) for _ in range(4)).capitalize()
        row = {
            "name_given": str(draw.choice(_GIVEN)),
            "name_patronymic": str(draw.choice(_GIVEN)),
            "name_family": family,
            "birth_date_text": f"{draw.integers(1950, 2015)}-{draw.integers(1, 13):02}-{draw.integers(1, 28):02}",
            "source": "ministry",
            "source_kind": "official list",
        }
        rows.append(row)
        if draw.random() < 0.5:
            rows.append({**row, "source": again, "source_kind": "official list" if again == "ministry" else "obituary"})
    return rows


def _measure(rows: list[dict[str, str]]) -> tuple[tuple[float, ...] | None, tuple[str, ...]]:
    model = start_model(len(rows))
    with duckdb.connect() as connection:
        connection.register("prepared", prepare(reports_table(rows)))
        shares = measure_sources(connection, "prepared", model)
    return shares, list_unrepeated(shares, model)


def test_a_list_that_has_nobody_twice_is_told_from_one_that_repeats_itself() -> None:
    shares, apart = _measure(_rows(400, "village"))
    assert shares and shares[0] < 0.01
    assert any("listed" in sql for sql in apart)
    shares, apart = _measure(_rows(400, "ministry"))
    assert shares and shares[0] > 0.05
    assert not apart


def test_nothing_is_said_of_lists_on_few_pairs() -> None:
    assert _measure(_rows(30, "village")) == (None, ())
