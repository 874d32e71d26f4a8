"""The reference data's files: small tables beside this module, read when they are first needed and kept.

Every table is CSV in UTF-8 with a header, every row names its source by a key of ``data/sources.toml``.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "data"


def read_rows(name: str, columns: tuple[str, ...]) -> Iterator[list[str]]:
    """Yield the rows of a table.

    Parameters
    ----------
    name
        The file below ``reference/data``.
    columns
        The header that it must have.
    """
    with (FOLDER / name).open(encoding="utf-8", newline="") as stream:
        reader = csv.reader(stream)
        header = next(reader)
        if tuple(header) != columns:
            raise RuntimeError(f"{name} has the columns {header}, not {list(columns)}")
        yield from reader


@cache
def read_sources() -> dict[str, dict[str, str]]:
    """Return where the rows of the tables come from: title, address and licence by key."""
    return tomllib.loads((FOLDER / "sources.toml").read_text(encoding="utf-8"))
