"""Making and opening casebooks for the interfaces above, and the actor that entries name."""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from unicodedata import category

from cenotaph.capture.keyring import use_keyring
from cenotaph.casebook.creation import bring_up_to_date, check_finished, create_casebook
from cenotaph.casebook.ledger import Actor, Salts
from cenotaph.casebook.settings import Settings, Value, default_settings
from cenotaph.casebook.store import Casebook, find_casebook, read_clock
from cenotaph.casebook.store import open_casebook as open_store
from cenotaph.domain.errors import UsageError
from cenotaph.domain.judgements import Role

WRITING_ROLES = (Role.RECORDER, Role.EDITOR, Role.ANALYST, Role.CASE_WORKER)


def name_actor(settings: Settings | None, role: str | None = None, account: str | None = None) -> Actor:
    """Return who writes: what the call says, else the settings, else the system's user.

    Raises
    ------
    UsageError
        The role is none of those who write, or the account is not one line of characters that can be seen.
    """
    chosen = role or (settings.text("who.role") if settings else "recorder")
    if chosen not in WRITING_ROLES:
        raise UsageError(f"There is no role '{chosen}'.", f"Roles that write: {', '.join(WRITING_ROLES)}.")
    name = account or (settings.text("who.account") if settings else "") or _system_user()
    if not name.strip() or any(category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") for c in name):
        raise UsageError(f"{name[:80]!a} is no account.", "It is one line, without control characters.")
    return Actor(chosen, name)


def _system_user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return f"uid-{os.getuid()}"


def start_casebook(
    root: Path,
    actor: Actor,
    settings: Mapping[str, Value] | None = None,
    *,
    clock: Callable[[], datetime] = read_clock,
    salts: Salts = os.urandom,
) -> Casebook:
    """Make a casebook in a new or empty folder; ``settings`` are those that differ from the defaults, by name."""
    return _with_settlers(create_casebook(root, actor, default_settings(settings), clock, salts))


def open_casebook(root: Path) -> Casebook:
    """Open the casebook in a folder.

    Raises
    ------
    UsageError, SettingsError, LedgerBrokenError
        It is none, its settings are wrong, or its making was interrupted.
    """
    casebook = _with_settlers(open_store(root))
    check_finished(casebook)
    bring_up_to_date(casebook)
    return casebook


def open_nearest(start: Path) -> Casebook:
    """Open the casebook in or above a folder."""
    return open_casebook(find_casebook(start.absolute()))


def _with_settlers(casebook: Casebook) -> Casebook:
    casebook.settlers.append(_finish_seals)
    use_keyring(casebook.objects, casebook.settings.text("store.keyring"))
    return casebook


def _finish_seals(casebook: Casebook) -> None:
    from cenotaph.services.seals import finish_seals

    finish_seals(casebook)


__all__ = ["Actor", "Casebook", "name_actor", "open_casebook", "open_nearest", "start_casebook"]
