"""Which chats of a whole account's export are taken in: somebody chooses them, and dialogues only by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cenotaph.capture.chats.telegram_json import TAKEN, is_named, is_personal
from cenotaph.domain.errors import UsageError
from cenotaph.domain.plurals import count_words

_SHOWN = 20
_Head = dict[str, str | None]


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice of chats.

    Parameters
    ----------
    chats
        Names or ids.
    every
        Every group and channel.
    """

    chats: tuple[str, ...] = ()
    every: bool = False


NO_CHOICE = Choice()


def check_choice(choice: Choice, heads: Sequence[_Head]) -> tuple[list[str], int]:
    """Return the names of the chats that are taken, and how many are not.

    Raises
    ------
    UsageError
        It is an account's export and nothing was chosen, or what was chosen is not in it or is several chats.
    """
    if any(TAKEN in head for head in heads) and not choice.chats and not choice.every:
        shared = [_show(head) for head in heads if not is_personal(head)]
        told = "; ".join(shared[:_SHOWN]) + ("; ..." if len(shared) > _SHOWN else "")
        held = f"{count_words(len(shared), 'group or channel', 'groups and channels')}{f' ({told})' if told else ''}"
        raise UsageError(
            f"This is the export of a whole account: {held} and {count_words(len(heads) - len(shared), 'personal dialogue')}.",
            "Choose with --chat NAME_OR_ID, which may be repeated, or --all-chats, which takes no personal dialogue.",
        )
    for wanted in choice.chats:
        found = sum(is_named(head, wanted) for head in heads)
        if found != 1:
            what = f"{found} chats of this export are called" if found else "No chat of this export is called"
            hint = "Give the chat's id." if found else "Give its name as Telegram shows it, or its id as result.json has it."
            raise UsageError(f"{what} {ascii(wanted) if not wanted.isprintable() else wanted}.", hint)
    taken = [head for head in heads if head.get(TAKEN) != "no"]
    if not taken:
        raise UsageError("This export holds no group and no channel.", "Name a dialogue with --chat to take it in.")
    return [_show(head) for head in taken], len(heads) - len(taken)


def _show(head: _Head) -> str:
    return f"{head['name'] or 'without a name'}" + (f" ({head['id']})" if head["id"] else "")
