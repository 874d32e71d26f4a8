"""Incidents and remains from the command line."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from cenotaph.casebook.store import Casebook
from cenotaph.cli.main import main

Run = Callable[..., str]


@pytest.fixture
def run(sqlite_casebook: Casebook, capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*words: str, code: int = 0) -> str:
        with pytest.raises(SystemExit) as ended:
            main(["--casebook", str(sqlite_casebook.root), *words])
        said = capsys.readouterr()
        assert int(str(ended.value.code or 0)) == code, said
        return (said.out + said.err).strip()

    return call


def test_an_incident_is_recorded_stated_and_shown(run: Run) -> None:
    incident = run("incident", "add", "Strike on a barracks", "--date", "2024-03-02", "--place", "Makiivka")
    run("incident", "state", incident, "5+", "--words", "at least five")
    run("incident", "state", incident, "3", "--key", "nationality=UZ")
    shown = run("incident", "show", incident[:12])
    assert "at least 5 killed, 0 of them named" in shown and "nationality UZ: 3" in shown
    (listed,) = (json.loads(line) for line in run("incident", "list", "--json").splitlines())
    assert [s["high"] for s in listed["statements"]] == [None, 3]
    assert "is no number of victims" in run("incident", "state", incident, "many", code=2)
    assert "nationality=UZ" in run("incident", "state", incident, "3", "--key", "UZ", code=2)
    run("incident", "drop", listed["statements"][1]["id"], "--reason", "misread")
    assert "nationality UZ" not in run("incident", "show", incident)


def test_remains_are_recorded_and_their_words_taken_back(run: Run) -> None:
    body = run("remains", "add", "42/17", "--words", "a part")
    event = run("remains", "event", body, "found", "--date", "2024-03")
    assert "2024-03  found, no source" in run("remains", "show", body)
    run("remains", "misattributed", event, "--reason", "another number")
    assert "nothing recorded; nobody's yet" in run("remains", "list", "--nobodys")
