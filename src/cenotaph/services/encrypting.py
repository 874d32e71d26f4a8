"""Encrypting the captures that lie in the clear, once a casebook has a keyring."""

from __future__ import annotations

from collections.abc import Callable

from cenotaph.capture.incoming import encrypt_object, sweep_temporary
from cenotaph.casebook import bulk
from cenotaph.casebook.ledger import Actor
from cenotaph.casebook.store import Casebook


def encrypt_captures(casebook: Casebook, actor: Actor, progress: Callable[[str, int], None] = lambda *_: None) -> int:
    """Encrypt every capture that is not; return how many were.

    Each is written anew and then put in the place of the one in the clear, so a stopped call goes on with the next.
    What a killed one was writing goes first.

    Raises
    ------
    StoreError
        The casebook has no keyring.
    DamagedFileError
        A capture's bytes are not the ones that were kept.
    """
    done = 0
    with casebook.locked():
        sweep_temporary(casebook.objects)
    for chunk in bulk.stream_rows('SELECT id FROM capture WHERE size IS NOT NULL ORDER BY "row"'):
        for (identifier,) in chunk:
            with casebook.locked():  # So that no seal destroys it meanwhile.
                done += encrypt_object(casebook.objects, identifier)
            progress("captures", 1)
    with casebook.writing(actor, "capture encrypt") as entry:
        entry.detail["captures"] = done
    return done
