"""Ages and dates that linkage could not read: they tell it nothing, so whoever gave them should know."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

    Flags = npt.NDArray[np.bool_]


class Unread(NamedTuple):
    """Values of one column that could not be read.

    Parameters
    ----------
    column
        Its name.
    rows
        How many there are.
    report_id, text
        The first of them.
    """

    column: str
    rows: int
    report_id: str
    text: str


def find_unread(reports: pa.Table, read: dict[str, Flags]) -> tuple[Unread, ...]:
    """Return what stands in columns and was not read.

    Parameters
    ----------
    reports
        As :func:`cenotaph.link.reading.check_reports` gives them.
    read
        For each column which of its rows were read.
    """
    import numpy as np
    import pyarrow.compute as pc

    found = []
    for column, known in read.items():
        if reports[column].null_count == len(reports):
            continue
        stated = pc.fill_null(pc.greater(pc.utf8_length(pc.utf8_trim_whitespace(reports[column])), 0), False)
        unread = np.flatnonzero(stated.to_numpy() & ~known)
        if len(unread):
            first = int(unread[0])
            found.append(Unread(column, len(unread), reports["report_id"][first].as_py(), reports[column][first].as_py()))
    return tuple(found)


def find_unread_lives(reports: pa.Table, prepared: pa.Table) -> tuple[Unread, ...]:
    """Return ages, births, deaths and days of publication that were not read.

    Parameters
    ----------
    prepared
        What :func:`cenotaph.link.preparing.prepare` made of the reports.
    """
    import numpy as np

    from cenotaph.link.intervals import FROM_AGE, read_ages

    birth, death = (prepared[f"{what}_kind"].to_numpy() for what in ("birth", "death"))
    return find_unread(
        reports,
        {
            "age": ~np.isnan(read_ages(reports["age"])[0]),
            "birth_date_text": (birth != 0) & (birth != FROM_AGE),
            "death_date_text": death != 0,
            "published_on": prepared["published"].is_valid().to_numpy(zero_copy_only=False),
        },
    )
