"""Read the claims of files without a casebook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cenotaph.domain.dates import PartialDate, Precision
from cenotaph.domain.documents import TextDocument
from cenotaph.domain.errors import CenotaphError, InputError
from cenotaph.extract import Reading, read_claims


@dataclass(frozen=True, slots=True)
class FileReading:
    """What reading a file gave: its claims, or why it could not be read."""

    file: Path
    reading: Reading | None
    error: CenotaphError | None


def read_file_claims(
    files: tuple[Path, ...],
    language: str | None = None,
    published_on: PartialDate | None = None,
    encoding: str | None = None,
) -> Iterator[FileReading]:
    """Yield the claims of each file, in order; a file that cannot be read is told and the others go on.

    Parameters
    ----------
    files
        Text files in any encoding that the reader of plain text knows.
    language
        BCP 47 tag of all of them; told from each text where it is not given.
    published_on
        When they were published, with the precision that is known; the reader is given it where it is one day.
    encoding
        The encoding of files that are not UTF-8.
    """
    day = published_on.start if published_on is not None and published_on.precision is Precision.DAY else None
    for file in files:
        try:
            yield FileReading(file, read_claims(read_text(file, encoding), language, day, document=file.name), None)
        except CenotaphError as error:
            yield FileReading(file, None, error)


def read_text(file: Path, encoding: str | None = None) -> str:
    """Return the text of a file, as reading its claims does.

    Raises
    ------
    InputError, EncodingError
        It is a table, or no text in that encoding.
    """
    from cenotaph.capture.limits import Limits
    from cenotaph.capture.media_types import find_media_type
    from cenotaph.capture.readers import read_document
    from cenotaph.casebook.settings import SETTINGS

    limits = Limits(
        **{s.name.removeprefix("limits."): int(s.default) for s in SETTINGS if s.name.startswith("limits.")}
    )
    document = read_document(file, find_media_type(file), limits, encoding=encoding)
    if not isinstance(document, TextDocument):
        raise InputError(
            f"{file.name} is a table, not a text.", "Import it as a list, or save its text as a .txt file."
        )
    return document.text
