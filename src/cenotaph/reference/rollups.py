"""Roll-ups: named files that say which place is counted under which. None applies unless it is named.

A roll-up is TOML::

    title = "Transnistria is counted under Moldova"
    text = "Why, and what it takes in."
    source = "ISO 3166-2:MD"

    [parents]
    x-transnistria = "MD"
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType

from cenotaph.domain.errors import MappingError, NotFoundError, ValueFormatError
from cenotaph.reference import places
from cenotaph.reference.files import FOLDER

_KEYS = {"title", "text", "source", "parents"}


@dataclass(frozen=True, slots=True)
class RollUp:
    """Which places are counted under which.

    Parameters
    ----------
    name
        The file's name without its ending.
    title
        One line for a reader.
    parents
        Code to the code that it is counted under; chains are followed, circles are refused.
    source
        What it rests on.
    text
        What it takes in, and why.

    Raises
    ------
    MappingError
        A code leads back to itself, or is not one.
    """

    name: str
    title: str
    parents: Mapping[str, str]
    source: str
    text: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "parents", MappingProxyType(dict(self.parents)))
        for start in self.parents:
            seen, code = {start}, start
            while code in self.parents:
                code = self.parents[code]
                if code in seen:
                    raise MappingError(
                        f"The roll-up '{self.name}' counts {start} under itself: {' under '.join([*sorted(seen), start])}.",
                        "Take one of these lines out.",
                    )
                seen.add(code)


def names() -> tuple[str, ...]:
    """Return the names of the roll-ups that come with the package, in order."""
    return tuple(sorted(path.stem for path in (FOLDER / "rollups").glob("*.toml")))


def load(name_or_path: str | Path) -> RollUp:
    """Return a roll-up by its name, or read a file of one's own.

    Parameters
    ----------
    name_or_path
        A name of :func:`names`, or the path of a TOML file.

    Raises
    ------
    NotFoundError
        There is no such roll-up.
    MappingError
        The file is wrong; the message says which key.
    """
    name = str(name_or_path)
    if isinstance(name_or_path, str) and name in names():
        return _load_own(name)
    path = Path(name)
    if path.suffix != ".toml" and not path.is_file():
        raise NotFoundError(f"There is no roll-up '{name}'.", f"There are: {', '.join(names())}; or name a TOML file.")
    try:
        return _read(path)
    except OSError as error:
        raise NotFoundError(
            f"The roll-up '{name}' cannot be read: {error.strerror}.", "Name a TOML file that is there."
        ) from error


def combine(rollups: Iterable[RollUp]) -> RollUp:
    """Return several roll-ups as one.

    Raises
    ------
    MappingError
        Two of them count one place under different ones, or together they lead in a circle.
    """
    chosen = tuple(rollups)
    parents: dict[str, str] = {}
    origin: dict[str, str] = {}
    for rollup in chosen:
        for child, parent in rollup.parents.items():
            if parents.setdefault(child, parent) != parent:
                raise MappingError(
                    f"The roll-ups '{origin[child]}' and '{rollup.name}' contradict each other: {child} is counted under "
                    f"{parents[child]} and under {parent}.",
                    "Name one of them.",
                )
            origin.setdefault(child, rollup.name)
    if len(chosen) == 1:
        return chosen[0]
    return RollUp(
        "+".join(r.name for r in chosen), "; ".join(r.title for r in chosen), parents, "; ".join(r.source for r in chosen)
    )


@cache
def _load_own(name: str) -> RollUp:
    return _read(FOLDER / "rollups" / f"{name}.toml")


def _read(path: Path) -> RollUp:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MappingError(f"{path.name} is not TOML in UTF-8: {error}.", "Mend the line it names.") from error
    for key in table:
        if key not in _KEYS:
            raise MappingError(f"{path.name}: a roll-up has no key '{key}'.", f"Keys are: {', '.join(sorted(_KEYS))}.")
    for key in ("title", "source"):
        if not isinstance(table.get(key), str) or not table[key].strip():
            raise MappingError(f"{path.name} lacks '{key}'.", f'Write {key} = "...".')
    parents = table.get("parents")
    if not isinstance(parents, dict) or not parents:
        raise MappingError(f"{path.name} lacks the table 'parents'.", 'Write [parents] and lines like UA-23 = "UA".')
    for pair in parents.items():
        for code in pair:
            try:
                places.get(str(code))
            except ValueFormatError as error:
                raise MappingError(f"{path.name}, parents, {pair[0]}: {error.message}", error.hint) from error
    return RollUp(path.stem, table["title"], parents, table["source"], str(table.get("text", "")).strip())


