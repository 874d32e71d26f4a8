"""The reader of whatever is read in a process apart, for callers that want one document."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cenotaph.capture.files import show_name
from cenotaph.capture.limits import Limits
from cenotaph.capture.readers.contained import contained_types
from cenotaph.domain.documents import TextDocument
from cenotaph.domain.errors import DamagedFileError


@dataclass(frozen=True, slots=True)
class ApartReader:
    """Reads the first text of a file; :meth:`cenotaph.capture.isolation.ReaderProcess.read` gives all of them."""

    name: str = "apart"
    version: str = "1"

    @property
    def media_types(self) -> tuple[str, ...]:
        """Which types it reads."""
        return tuple(sorted(contained_types()))

    def read(
        self, path: Path, media_type: str, limits: Limits, encoding: str | None, delimiter: str | None = None
    ) -> TextDocument:
        """Read a file's first text.

        Raises
        ------
        InputError
            It holds none, is damaged, or takes more time or memory than reading may.
        """
        from cenotaph.capture.isolation import shared_process

        found = shared_process().read(path, media_type, limits, encoding=encoding)
        if not found:
            raise DamagedFileError(f"{show_name(path)} holds no text.", "It is kept where it is kept.")
        return found[0]
