"""What was found when members were checked again: one word about each person."""

from __future__ import annotations

from pathlib import Path

import pytest

from cenotaph.domain.errors import InputError
from cenotaph.services.figures import read_results


def test_two_words_about_one_person_are_refused_and_the_same_word_twice_is_one(tmp_path: Path) -> None:
    path = tmp_path / "results.csv"
    path.write_text("person,right\na,yes\nb,no\na, YES\n", encoding="utf-8")
    assert read_results(path) == {"a": True, "b": False}
    path.write_text("person,right\na,yes\nb,no\na,no\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"Line 4 of results\.csv says no of a person"):
        read_results(path)
