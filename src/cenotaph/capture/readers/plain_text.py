"""Plain text: the bytes decoded and nothing else, so that offsets hold in the file itself."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cenotaph.capture.encodings import encoding_error, resolve_encoding
from cenotaph.capture.files import open_regular, show_name
from cenotaph.capture.limits import Limits
from cenotaph.domain.documents import TextDocument
from cenotaph.domain.errors import DamagedFileError, EncodingError

NAME = "plain text"
VERSION = "1"


@dataclass(frozen=True, slots=True)
class PlainTextReader:
    """Reads text files."""

    name: str = NAME
    version: str = VERSION
    media_types: tuple[str, ...] = ("text/plain",)

    def read(
        self, path: Path, media_type: str, limits: Limits, encoding: str | None, delimiter: str | None = None
    ) -> TextDocument:
        """Decode a file: line ends are not translated, a byte order mark stays as U+FEFF.

        ``text.encode(encoding)`` of what is returned gives the file's bytes.

        Raises
        ------
        EncodingError
            The bytes are not text in the encoding, or the encoding does not give the same bytes back.
        DamagedFileError
            There is a NUL character: no text has one, and PostgreSQL cannot keep it.
        """
        name = show_name(path)
        with open_regular(path) as stream:
            data = stream.read()
            codec = resolve_encoding(name, data[:65_536], encoding)
            try:
                text = data.decode(codec)
            except UnicodeDecodeError as error:
                raise encoding_error(name, stream, codec) from error
        if "\0" in text:
            raise DamagedFileError(
                f"{name} is not text: character {text.index(chr(0)):,} is NUL.",
                "It is no text, or it is UTF-16 without a mark: then state --encoding utf-16-le.",
            )
        if not _gives_back(text, codec, data):
            raise EncodingError(
                f"{name} is not the same bytes again when it is decoded and encoded as {codec}.",
                "Offsets would not hold. State another encoding, or turn the file into UTF-8 and keep both.",
            )
        return TextDocument(text, self.name, self.version, codec)


def _gives_back(text: str, codec: str, data: bytes) -> bool:
    try:
        return text.encode(codec) == data
    except UnicodeEncodeError:
        return False


READER = PlainTextReader()
