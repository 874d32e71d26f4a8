"""JSON read value by value from a file of any size: what is held is one value, never the whole."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from cenotaph.domain.errors import DamagedFileError, TooLargeError

_CHUNK = 1 << 20
_BLANK = " \t\r\n"


class JsonStream:
    """Walks a JSON text.

    Parameters
    ----------
    stream
        UTF-8.
    name
        How messages name it.
    most
        Most characters of one value.
    """

    def __init__(self, stream: BinaryIO, name: str, most: int = 16 << 20) -> None:
        self._stream = stream
        self._name = name
        self._most = most
        self._decode = codecs.getincrementaldecoder("utf-8-sig")()
        self._scan = json.JSONDecoder(strict=False).raw_decode
        self._text = ""
        self._at = 0
        self._ended = False

    def peek(self) -> str:
        """Return the next character that is not blank, without passing it; nothing at the end."""
        while True:
            while self._at < len(self._text):
                if self._text[self._at] not in _BLANK:
                    return self._text[self._at]
                self._at += 1
            if not self._fill():
                return ""

    def take(self, wanted: str) -> None:
        """Pass one character.

        Raises
        ------
        DamagedFileError
            Another stands there.
        """
        found = self.peek()
        if found != wanted:
            raise self._broken(f"{wanted!r} is wanted where {found!r} stands" if found else "it breaks off")
        self._at += 1

    def items(self) -> Iterator[None]:
        """Pass an array; between two yields the caller reads one element."""
        self.take("[")
        if self.peek() == "]":
            self._at += 1
            return
        while True:
            yield None
            if self.peek() == ",":
                self._at += 1
                continue
            self.take("]")
            return

    def members(self) -> Iterator[str]:
        """Pass an object; after each key that is yielded the caller reads its value."""
        self.take("{")
        if self.peek() == "}":
            self._at += 1
            return
        while True:
            if self.peek() != '"':
                raise self._broken("a key is wanted")
            key = self.value()
            self.take(":")
            yield str(key)
            if self.peek() == ",":
                self._at += 1
                continue
            self.take("}")
            return

    def value(self) -> Any:
        """Read one value whole.

        Raises
        ------
        DamagedFileError, TooLargeError
            It is broken, nested too deeply, or longer than a value may be.
        """
        self.peek()
        while True:
            try:
                found, end = self._scan(self._text, self._at)
                # A number at the end of what is read may go on.
                if end < len(self._text) or self._ended or not self._fill():
                    self._at = end
                    return found
                continue
            except RecursionError:
                raise self._broken("it is nested too deeply") from None
            except ValueError as error:
                if len(self._text) - self._at > self._most:
                    raise TooLargeError(f"{self._name} holds a value of over {self._most:,} characters.", "Look at it.") from None
                if not self._fill(len(self._text) - self._at):
                    raise self._broken(ascii(str(error))[1:80]) from None

    def _fill(self, least: int = 0) -> bool:
        if self._ended:
            return False
        self._text = self._text[self._at :]
        self._at = 0
        wanted = max(_CHUNK, least)  # As much again as is held: a long value is scanned few times.
        data = self._stream.read(wanted)
        self._ended = not data
        try:
            self._text += self._decode.decode(data, self._ended)
        except UnicodeDecodeError as error:
            raise self._broken("it is not UTF-8") from error
        return bool(data) or bool(self._text)

    def _broken(self, words: str) -> DamagedFileError:
        return DamagedFileError(f"{self._name} is no whole JSON: {words}.", "Export it again.")
