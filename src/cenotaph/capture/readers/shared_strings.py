"""A workbook's shared strings, and the text of one string, rich or plain."""

from __future__ import annotations

from array import array
from xml.etree.ElementTree import Element

from cenotaph.capture.limits import Limits
from cenotaph.capture.readers.packed import Package
from cenotaph.domain.errors import TooLargeError

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRING = f"{MAIN}si"
_TEXTS = (f"{MAIN}t", f"{MAIN}r/{MAIN}t")  # Phonetic text lies in rPh.
_STRINGS_BYTES = 512 * 1024 * 1024


class SharedStrings:
    """A workbook's shared strings in as little memory as their bytes take."""

    def __init__(self, package: Package, member: str | None, name: str, limits: Limits) -> None:
        self._data = bytearray()
        self._ends = array("Q", [0])
        for event, element in package.walk(member, _STRING) if member else ():
            if event == "end" and element.tag == _STRING:
                self._add(join_text(element), name, limits)

    def __getitem__(self, place: int) -> str:
        if place < 0:
            raise IndexError(f"there is no shared string {place}")
        return self._data[self._ends[place] : self._ends[place + 1]].decode()

    def _add(self, text: str, name: str, limits: Limits) -> None:
        if len(text) > limits.cell_characters:
            raise TooLargeError(
                f"{name}: shared string {len(self._ends) - 1:,} has more characters than "
                f"limits.cell_characters allows: {limits.cell_characters:,}.",
                "Raise the limit in casebook.toml if that is right.",
            )
        self._data += text.encode()
        self._ends.append(len(self._data))
        if len(self._data) + 8 * len(self._ends) > _STRINGS_BYTES:
            raise TooLargeError(
                f"{name} has more than {_STRINGS_BYTES:,} bytes of shared strings.", "Save it as .csv."
            )


def join_text(element: Element) -> str:
    """Return the text of a shared or inline string, rich or plain, without its phonetic part."""
    return "".join(part.text or "" for path in _TEXTS for part in element.iterfind(path))
