from pathlib import Path

import pytest
from tests.conftest import ACTOR

from cenotaph.casebook.ledger import Actor
from cenotaph.casebook.store import Casebook, open_casebook
from cenotaph.services.opening import start_casebook


def test_a_new_casebook_has_one_entry_and_opens_again(casebook: Casebook, actor: Actor) -> None:
    again = open_casebook(Path(casebook.root))
    assert again.settled_head().number == 1
    assert again.settled_head() == casebook.settled_head()


def test_a_casebook_is_made_in_the_folder_that_one_stands_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    start_casebook(Path.cwd(), ACTOR)
    assert Path("casebook.toml").is_file(), "where one stands is the casebook, not a folder that is gone"
