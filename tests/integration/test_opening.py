from pathlib import Path

from cenotaph.casebook.ledger import Actor
from cenotaph.casebook.store import Casebook, open_casebook


def test_a_new_casebook_has_one_entry_and_opens_again(casebook: Casebook, actor: Actor) -> None:
    again = open_casebook(Path(casebook.root))
    assert again.settled_head().number == 1
    assert again.settled_head() == casebook.settled_head()
