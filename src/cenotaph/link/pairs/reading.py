"""A list's rows as linkage of pairs compares them: names as words in one order, births as days and ages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cenotaph.link.pairs.evidence import Births
from cenotaph.link.pairs.splitting import split_texts
from cenotaph.link.unread import Unread, find_unread
from cenotaph.names.generations import may_tell_generation, strip_generation
from cenotaph.names.letters import find_script
from cenotaph.names.parsing import parse_name
from cenotaph.reference.role_words import is_role_word, may_name_nobody, names_nobody

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    Array = np.ndarray[Any, np.dtype[Any]]

_OLDEST = 125
# A patronymic or a word for son or daughter in Latin letters: the parts of such a name must be told apart.
_FATHERED = re.compile(
    r"(?:[oe]v[iy]?ch|[oei]vna|ichna|z[oa]da|zadeh?|pur)\b|\b(?:o[g‘'’ʻ]*gl?[iuy]|ogl[iuy]|qizi|[kq][iy]z[iy]|uulu|uly)\b",
    re.IGNORECASE,
)
_ARABIC = re.compile("[\u0621-\u064a\\s]+")
_ROLES = ("given_fold", "father_fold", "grandfather_fold", "family_fold")
_CLEARLY, _ENOUGH = 1.5, 100
_YEAR = 366


@dataclass(frozen=True, slots=True)
class Rows:
    """A list as it is compared.

    Parameters
    ----------
    ids
        The rows' ids.
    names
        One text for each: given name first, then father's and others, family name last; None where nobody is named.
    births
        Days and ages.
    generations
        Which of several bearers of the name each says it is, None where it does not.
    deaths
        Days of death, NaT where no day is given.
    unread
        Ages and dates that could not be read.
    table
        The table itself, for the other fields.
    """

    ids: list[str]
    names: list[str | None]
    births: Births
    generations: list[str | None]
    deaths: Array
    unread: tuple[Unread, ...]
    table: pa.Table


def read_rows(table: pa.Table) -> Rows:
    """Read a table of reports as :func:`cenotaph.link.reading.check_reports` returns it, in the order of their ids."""
    table = table.sort_by("report_id")
    read: dict[str, Array] = {}
    deaths = _read_dates(table, "death_date_text", read)[2]
    names, generations = _read_names(table)
    births = _read_births(table, deaths, read)
    return Rows(table["report_id"].to_pylist(), names, births, generations, deaths, find_unread(table, read), table)


def _read_names(table: pa.Table) -> tuple[list[str | None], list[str | None]]:
    """Return names without what says a generation, and the generations."""
    import numpy as np

    texts: list[str | None] = table["name_full"].to_pylist()
    parts = [table[name] for name in ("name_given", "name_patronymic", "name_family")]
    if any(part.null_count < len(part) for part in parts):
        stated = zip(*(part.to_pylist() for part in parts), strict=True)
        texts = [" ".join(filter(None, words)) or text for text, words in zip(texts, stated, strict=True)]
    scripts = [_find_script(text) if text else "" for text in texts]
    given = parts[0].is_valid().to_numpy(zero_copy_only=False)
    roles = np.array([script not in ("Arab", "Latn", "") for script in scripts], dtype=bool)
    latin = np.array([script == "Latn" for script in scripts], dtype=bool)
    split = split_texts(texts)
    generations: list[str | None] = [None] * len(texts)
    for row in np.flatnonzero(split.count(may_tell_generation) > 0).tolist():
        generations[row] = parse_name(texts[row] or "").generation or None
        texts[row] = strip_generation(texts[row] or "")
    if any(generations):
        split = split_texts(texts)
    if latin.any():
        roles |= latin & (split.count(lambda word: _FATHERED.search(word) is not None) > 0)
    roles |= table["name_patronymic"].is_valid().to_numpy(zero_copy_only=False)
    names = list(texts)
    if roles.any():
        at = np.flatnonzero(roles)
        for row, name in zip(at.tolist(), _by_roles(table.take(at)), strict=True):
            names[row] = name or names[row]
    free = [row for row, script in enumerate(scripts) if script == "Latn" and not given[row] and not roles[row]]
    if _family_comes_first([names[row] or "" for row in free]):
        for row in free:
            words = (names[row] or "").replace(",", " ").split()
            names[row] = " ".join([*words[1:], *words[:1]])
    if names != texts:
        split = split_texts(names)
    # Few names hold a word that could be a placeholder's or a role's; only these are looked at whole.
    doubtful = split.count(may_name_nobody) == np.diff(split.starts)
    doubtful |= split.count(is_role_word) > 0
    named = [
        None if not name or (doubt and names_nobody(name)) else name for name, doubt in zip(names, doubtful.tolist(), strict=True)
    ]
    return named, generations


def _find_script(text: str) -> str:
    """Return a name's script; the usual cases cost no look at every letter."""
    if text.isascii():
        return "Latn"
    return "Arab" if _ARABIC.fullmatch(text) else find_script(text)


def _by_roles(table: pa.Table) -> list[str | None]:
    """Return names as their parts in one order: given, father, grandfather, what else there is, family."""
    from cenotaph.names.columns import name_columns

    found = name_columns(table)
    parts = [found[name].to_pylist() for name in _ROLES]
    others = found["other_keys"].to_pylist()
    placeholder = found["placeholder"].to_pylist()
    names: list[str | None] = []
    for row, (given, father, grandfather, family) in enumerate(zip(*parts, strict=True)):
        words = [given, father, grandfather, *(others[row] or ()), family]
        names.append(None if placeholder[row] else " ".join(word for word in words if word) or None)
    return names


def _family_comes_first(names: list[str]) -> bool:
    """Tell whether a list puts the family name first: there are more different ones of them than of given names."""
    words = [name.replace(",", " , ").split() if "," in name else name.split() for name in names]
    words = [w for w in words if len(w) > 1]
    if len(words) < _ENOUGH:
        return sum(w[1] == "," for w in words) * 2 > len(words) > 0
    if sum("," in w[1:3] for w in words) * 2 > len(words):
        return True
    first, last = ({word.casefold() for word in {w[at] for w in words}} for at in (0, -1))
    return len(first) > _CLEARLY * len(last)


def _read_births(table: pa.Table, died: Array, read: dict[str, Array]) -> Births:
    import numpy as np

    from cenotaph.link.intervals import MISSING, read_ages

    age, _ = read_ages(table["age"])
    read["age"] = ~np.isnan(age)
    low, high, day = _read_dates(table, "birth_date_text", read)
    short = (low != MISSING) & (high != MISSING) & (high.astype(np.int64) - low <= _YEAR)
    born = np.where(short, (low.astype(np.float64) + high) / 2, np.nan)
    _, _, published = _read_dates(table, "published_on", read)
    on = np.where(np.isnat(died), published, died)
    days = np.where(np.isnat(on), np.nan, on.astype("datetime64[D]").astype(np.float64))
    return Births(day, np.where((age >= 0) & (age <= _OLDEST), age, np.nan), days, born)


def _read_dates(table: pa.Table, column: str, read: dict[str, Array]) -> tuple[Array, Array, Array]:
    """Return first and last days of a column of dates, and the days, NaT where a text gives none or a longer time.

    Which rows could be read goes into ``read``.
    """
    import numpy as np

    from cenotaph.link.intervals import EXACT, drop_impossible, read_column, read_interval

    low, high, kind = read_column(table[column], read_interval)
    if column == "birth_date_text":
        low, high, kind = drop_impossible(low, high, kind)
    read[column] = kind != 0
    days = low.astype("datetime64[D]")
    days[(kind != EXACT) | (low != high)] = np.datetime64("NaT")
    return low, high, days
