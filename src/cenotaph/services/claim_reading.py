"""Read the claims of files without a casebook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

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
    files: tuple[Path, ...], language: str | None = None, published_on: date | None = None
) -> Iterator[FileReading]:
    """Yield the claims of each file, in order; a file that cannot be read is told and the others go on.

    Parameters
    ----------
    files
        Text files in any encoding that the reader of plain text knows.
    language
        BCP 47 tag of all of them; told from each text where it is not given.
    published_on
        When they were published.
    """
    for file in files:
        try:
            yield FileReading(file, read_claims(_read_text(file), language, published_on, document=file.name), None)
        except CenotaphError as error:
            yield FileReading(file, None, error)


def _read_text(file: Path) -> str:
    from cenotaph.capture.limits import Limits
    from cenotaph.capture.media_types import find_media_type
    from cenotaph.capture.readers import read_document
    from cenotaph.casebook.settings import SETTINGS

    limits = Limits(
        **{s.name.removeprefix("limits."): int(s.default) for s in SETTINGS if s.name.startswith("limits.")}
    )
    document = read_document(file, find_media_type(file), limits)
    if not isinstance(document, TextDocument):
        raise InputError(
            f"{file.name} is a table, not a text.", "Import it as a list, or save its text as a .txt file."
        )
    return document.text
