"""Reading a folder that ``release build`` wrote: its head, its figures, and its people one after the other."""

from __future__ import annotations

import csv
import hashlib
import itertools
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from cenotaph.domain.errors import DamagedFileError, InputError
from cenotaph.domain.spreadsheets import rearm
from cenotaph.publish.release_files import OUTSIDE, SUMS, hash_file
from cenotaph.publish.site.recount import check_counted

_LABEL = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,63}")
_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,79}")
_DISARMED = re.compile(rb"''*(?:[=+\-@\t\r\n]|\xef\xbc)")
"""A cell that was disarmed for spreadsheets, where it stands at the beginning of one. A literal first: the search runs by it."""
_FIXED = ("id", "withheld", "fate", "grade", "legal", "review", "since", "lineages", "examined", "derivation")
"""Columns of ``persons`` that every release has; the rest are what its policy shows."""

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class FigureCell:
    """One number of a figure and its key: the period where it is a series, then a key on each axis."""

    key: tuple[str, ...]
    at_least: int


@dataclass(frozen=True)
class ReleasedFigure:
    """A figure as a release has it.

    Parameters
    ----------
    id, title, text, version
        As the release names it.
    at_least, withheld
        The number, and how many of it are withheld members.
    definition
        What it counts.
    cells
        Its breakdown or series, sorted by key.
    place
        Where it stands in its editors' order, from 1; 0 where an older release does not say.
    """

    id: str
    title: str
    text: str
    at_least: int
    withheld: int
    definition: Mapping[str, object]
    version: str
    cells: tuple[FigureCell, ...]
    place: int = 0

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of words of the definition."""
        found = self.definition.get(name, [])
        return tuple(str(item) for item in found) if isinstance(found, list) else (str(found),)

    @property
    def by(self) -> tuple[str, ...]:
        """Axes that it is broken down by."""
        return self.texts("by")

    @property
    def series(self) -> str:
        """``none``, ``death`` or ``recorded``."""
        return str(self.definition.get("series", "none"))

    @property
    def where(self) -> Mapping[str, tuple[str, ...]]:
        """Axis and keys that must hold."""
        found = self.definition.get("where", {})
        return {str(axis): tuple(map(str, keys)) for axis, keys in found.items()} if isinstance(found, dict) else {}


@dataclass(frozen=True)
class ReleaseFolder:
    """A release that was read and whose files are those that were published.

    Parameters
    ----------
    folder
        Where it is.
    label, title, dated, authors, licence
        Its head.
    rests_on
        Versions of what it rests on.
    sums
        SHA-256 of its ``SHA256SUMS``.
    files
        Every file with its hash, as ``SHA256SUMS`` lists them.
    figures
        In the editors' order; of an older release, by id.
    fields
        Columns of ``persons`` that the policy shows.
    armed
        Which tables have texts that were disarmed for spreadsheets, once each was looked at.
    """

    folder: Path
    label: str
    title: str
    dated: str
    authors: tuple[str, ...]
    licence: str
    rests_on: Mapping[str, str]
    sums: str
    files: tuple[tuple[str, str], ...]
    figures: tuple[ReleasedFigure, ...]
    fields: tuple[str, ...]
    armed: dict[str, bool] = field(default_factory=dict, compare=False, repr=False)

    def say(self, titles: Mapping[str, str], words: Mapping[str, str]) -> ReleaseFolder:
        """Return the release with its figures' titles and words in another language, as far as they are given."""
        own = tuple(
            replace(f, title=titles.get(f.id, f.title), text=words.get(f.id, "" if f.id in titles else f.text))
            for f in self.figures
        )
        return replace(self, figures=own)

    def figure(self, identifier: str) -> ReleasedFigure | None:
        """Return the figure with an id, or None."""
        return next((figure for figure in self.figures if figure.id == identifier), None)

    def rows(self, table: str) -> Iterator[Row]:
        """Yield the rows of a table; a release of an older shape may lack the table, which is no row."""
        if not (self.folder / "data" / f"{table}.csv").is_file():
            return
        cells = self.cells(table)
        header = next(cells, [])
        for row in cells:
            yield dict(zip(header, row, strict=True))

    def cells(self, table: str) -> Iterator[list[str]]:
        """Yield the rows of a table as lists, the header first; what was disarmed for spreadsheets is as it was."""
        path = self.folder / "data" / f"{table}.csv"
        if table not in self.armed:
            self.armed[table] = _has_disarmed(path.read_bytes())
        with path.open(encoding="utf-8", newline="") as stream:
            if not self.armed[table]:
                yield from csv.reader(stream)
                return
            for row in csv.reader(stream):
                yield [rearm(cell) for cell in row]

    def beside(self, table: str) -> Iterator[tuple[str, list[list[str]]]]:
        """Yield every person that a table has rows of, in order of ids, with those rows without the id."""
        rows = self.cells(table)
        next(rows, None)
        for person, group in itertools.groupby(rows, key=lambda row: row[0]):
            yield person, [row[1:] for row in group]


def _has_disarmed(data: bytes) -> bool:
    return any(not (at := found.start()) or data[at - 1] in b',"\n' for found in _DISARMED.finditer(data))


def read_release(folder: Path) -> ReleaseFolder:
    """Read a release's folder, check the hash of every file, and count its figures again.

    Raises
    ------
    InputError
        It is no release.
    DamagedFileError
        A file is missing or not the one that was published, a table cannot be read, or a number does not follow from members.
    """
    sums = folder / SUMS
    if not sums.is_file():
        raise InputError(f"{folder} is no release: it has no {SUMS}.", "Name a folder that `release build` wrote.")
    text = sums.read_bytes()
    files: list[tuple[str, str]] = []
    for line in text.decode("utf-8", "replace").splitlines():
        digest, _, name = line.partition("  ")
        path = folder / name
        if ".." in Path(name).parts or Path(name).is_absolute() or not path.is_file() or hash_file(path) != digest:
            raise DamagedFileError(
                f"{folder}: '{name[:80]}' is missing or not what was published.", "Run `cenotaph release verify` on it."
            )
        files.append((name, digest))
    strays = sorted(name for name in _list_files(folder) if name not in {*OUTSIDE, *dict(files)})
    if strays:
        raise DamagedFileError(
            f"{folder}: '{strays[0][:80]}' is not part of the release"
            + (f", nor are {len(strays) - 1} others." if len(strays) > 1 else "."),
            "Take it away: nothing is published that the sums do not cover.",
        )
    check_counted(folder)
    try:
        return _read_checked(folder, text, files)
    except (ValueError, KeyError, TypeError, IndexError) as error:
        problem = f"{folder}: its description or its figures are of no form that is known ({type(error).__name__})."
        raise DamagedFileError(problem, "Run `cenotaph release verify` on it.") from error


def _read_checked(folder: Path, text: bytes, files: list[tuple[str, str]]) -> ReleaseFolder:
    """Return a release whose files are those that its sums name."""
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    label = str(package["version"])
    if not _LABEL.fullmatch(label):
        raise InputError(f"{folder} has the label '{label[:70]}', which is none.", "Build it again under another label.")
    bare = ReleaseFolder(
        folder,
        label,
        str(package["title"]),
        str(package["created"])[:10],
        tuple(str(one["title"]) for one in package["contributors"]),
        str(package["licenses"][0]["name"]),
        {str(name): str(words) for name, words in package["rests_on"].items()},
        hashlib.sha256(text).hexdigest(),
        tuple(files),
        (),
        (),
    )
    header = next(bare.cells("persons"))
    if header[: len(_FIXED)] != list(_FIXED):
        raise InputError(f"{folder}: persons.csv begins with other columns.", f"They are: {', '.join(_FIXED)}.")
    return ReleaseFolder(
        **{name: getattr(bare, name) for name in bare.__dataclass_fields__ if name not in ("figures", "fields")},
        figures=_read_figures(bare),
        fields=tuple(header[len(_FIXED) :]),
    )


def _list_files(folder: Path) -> Iterator[str]:
    """Yield the name of everything in a folder that is no folder itself; a link to one is something too."""
    for path in folder.rglob("*"):
        if path.is_symlink() or not path.is_dir():
            yield path.relative_to(folder).as_posix()


def _read_figures(release: ReleaseFolder) -> tuple[ReleasedFigure, ...]:
    cells: dict[str, list[FigureCell]] = {}
    for row in release.rows("cells"):
        cells.setdefault(row["figure"], []).append(FigureCell(tuple(json.loads(row["key"])), int(row["at_least"])))
    found = []
    for row in release.rows("figures"):
        check_id(row["figure"], release.folder)
        own = tuple(sorted(cells.get(row["figure"], []), key=lambda cell: cell.key))
        found.append(
            ReleasedFigure(
                row["figure"],
                row["title"],
                row["text"],
                int(row["at_least"]),
                int(row["withheld"]),
                json.loads(row["definition"]),
                row["version"],
                own,
                int(row.get("place") or 0),
            )
        )
    return tuple(sorted(found, key=lambda figure: (figure.place, figure.id)))


def check_id(identifier: str, folder: Path) -> str:
    """Return an id that may stand in a file's name.

    Raises
    ------
    InputError
        It could lead out of the folder.
    """
    if not _ID.fullmatch(identifier):
        raise InputError(f"{folder}: '{identifier[:80]}' is no id that a page can have.", "Was this release made by Cenotaph?")
    return identifier
