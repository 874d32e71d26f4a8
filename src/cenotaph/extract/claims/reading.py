"""What reading a text gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, overload

from cenotaph.domain.claims import Allegation, Claim, Notice
from cenotaph.text.invisible import Visible


@dataclass(frozen=True, slots=True)
class Reading(Sequence["Claim | Allegation"]):
    """The claims and allegations of a text, in its order: a sequence of them, with the language and notices beside.

    Parameters
    ----------
    items
        Claims and allegations.
    language
        The tag of the language it was read in.
    notices
        What must be known of the reading as a whole: a language that is not read, for one.
    """

    items: tuple[Claim | Allegation, ...]
    language: str
    notices: tuple[Notice, ...]

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims alone."""
        return tuple(item for item in self.items if isinstance(item, Claim))

    @property
    def allegations(self) -> tuple[Allegation, ...]:
        """The allegations alone."""
        return tuple(item for item in self.items if isinstance(item, Allegation))

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[Claim | Allegation]:
        return iter(self.items)

    @overload
    def __getitem__(self, index: int) -> Claim | Allegation: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Claim | Allegation, ...]: ...

    def __getitem__(self, index: int | slice) -> Claim | Allegation | tuple[Claim | Allegation, ...]:
        return self.items[index]


def restore_reading(reading: Reading, seen: Visible, text: str) -> Reading:
    """Return a reading of what is seen of a text with the offsets and quotes of the text itself."""
    items: list[Claim | Allegation] = []
    for item in reading.items:
        start, end = seen.restore(item.start), seen.restore(item.end, end=True)
        if isinstance(item, Claim):
            first, last = seen.restore(item.number_start), seen.restore(item.number_end, end=True)
            item = replace(
                item, start=start, end=end, quote=text[start:end], number_start=first, number_end=last,
                number_text=text[first:last],
            )  # fmt: skip
        else:
            item = replace(item, start=start, end=end, quote=text[start:end])
        items.append(_restore_words(item, seen, text))
    return Reading(tuple(items), reading.language, reading.notices)


_WORDS = ("nationality_text", "group", "side", "place", "attribution", "via", "span", "as_of", "actor", "victims")


def _restore_words(item: Claim | Allegation, seen: Visible, text: str) -> Claim | Allegation:
    """Return an item whose words for who, where and when are those of the text, with the signs that are not seen in them."""
    changed: dict[str, Any] = {}
    for name in _WORDS:
        words = getattr(item, name, None)
        if not words or words in text:
            continue
        at = seen.text.find(words)
        if at >= 0:
            changed[name] = text[seen.restore(at) : seen.restore(at + len(words), end=True)]
    return replace(item, **changed) if changed else item
