"""The number in a row's name counts nobody."""

from __future__ import annotations

import pytest

from cenotaph.extract import read_claims


@pytest.mark.parametrize(
    "text",
    [
        "District | Dead | Wounded\nDistrict 3 | 7 | 4\nDistrict 12 | 8 | 9",
        "Camp\tKilled\tWounded\nCamp 3\t7\t4\nCamp 12\t8\t9",
        "Район | Погибшие | Раненые\nРайон 3 | 7 | 4\nРайон 12 | 8 | 9",
    ],
)
def test_a_number_in_a_row_s_name_counts_nobody(text: str) -> None:
    assert [claim.low for claim in read_claims(text).claims] == [7, 4, 8, 9]


def test_a_first_column_of_people_is_counted() -> None:
    text = "Killed | Wounded\n3 | 7\n12 | 8"
    assert [claim.low for claim in read_claims(text).claims] == [3, 7, 12, 8]
