"""The teaching example says what it promises, step by step."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import REPOSITORY

from cenotaph.services.teaching import run_lesson


def test_five_reports_are_one_man_the_cousin_stays_apart_and_a_call_moves_every_figure(tmp_path: Path) -> None:
    said: list[str] = []
    release = run_lesson(tmp_path, REPOSITORY / "examples" / "five-reports", said.append)
    text = "\n".join(said)
    assert all(f"{letter}. " in text for letter in "abcdefgh")
    assert text.count("Тоҳиров Сардор Бахтиёрович") == 1
    after = text[text.index("d. ") :]
    assert "2 lineages; rule lineages.confirmed of two-sources" in after
    assert "WRONG  data/persons.csv" in text
    assert "dead, confirmed -> alive, confirmed, withdrawn" in text
    assert "documented-dead: at least 1 (was 2)" in text
    assert text.rstrip().splitlines()[-1].strip().startswith("dead, confirmed")
    assert (release / "SHA256SUMS").is_file()
