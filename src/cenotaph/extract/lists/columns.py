"""What the cells of a column look like, by which a draft of a mapping guesses what it says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from cenotaph.domain.errors import ValueFormatError
from cenotaph.extract.lists.header_words import find_language
from cenotaph.extract.lists.values import find_script, read_age, read_date_cell

COUNTED_WORDS = 5_000
"""Most distinct cells of a column that are counted."""
TRIED_WORDS = 300
"""Most distinct cells that are tried as ages, dates or places."""
FEW_WORDS = 60
"""A column with no more distinct words than this is one of categories."""

_PIVOT = 2050
_EARLIEST = 1825
_SHORTEST_CITATION = 8

_WHOLE = re.compile(r"^\d{1,9}$")
_ADDRESS = re.compile(r"^(https?://|www\.|[\w-]+(\.[\w-]+)*\.[a-z]{2,10}/)", re.IGNORECASE)
_HOST = re.compile(r"^([a-z0-9-]+\.)+[a-z]{2,10}$", re.IGNORECASE)
_NUMBERS = re.compile(r"^(\d{1,2})[./-](\d{1,2})[./-](\d{2,4})$")
_LANGUAGE_OF_SCRIPT = {
    "Latn": "en", "Cyrl": "ru", "Arab": "ar", "Hebr": "he", "Deva": "ne", "Armn": "hy", "Geor": "ka", "Grek": "el",
    "Hang": "ko", "Hani": "zh", "Beng": "bn", "Ethi": "am", "Mymr": "my", "Sinh": "si", "Taml": "ta",
}  # fmt: skip
_LETTERS = (("uk", "іїєґ"), ("be", "ў"), ("kk", "әғқңөұүһ"), ("tg", "ӣӯҷҳ"), ("fa", "پچژگکی"), ("ur", "ٹڈڑںے"))


@dataclass
class ColumnLook:
    """The cells of one column, counted.

    Parameters
    ----------
    header
        Its name.
    words
        Cells that are not empty, with how often they occur; no more than :data:`COUNTED_WORDS` different ones.
    filled, rows
        Cells that are not empty, and all.
    distinct
        Different cells that are not empty.
    """

    header: str
    words: Counter[str] = field(default_factory=Counter)
    filled: int = 0
    rows: int = 0
    distinct: int = 0
    counting: bool = False
    _seen: set[str] = field(default_factory=set)
    _expected: int = 1

    def add(self, cell: str) -> None:
        """Count one cell."""
        self.rows += 1
        if not cell:
            return
        self.filled += 1
        if cell not in self._seen:
            self._seen.add(cell)
            self.distinct += 1
        if cell in self.words or len(self.words) < COUNTED_WORDS:
            self.words[cell] += 1
        if self.filled == 1:
            self.counting = True
        self.counting = (
            self.counting and bool(_WHOLE.match(cell)) and int(cell) in (self._expected, self._expected - 1)
        )
        self._expected += 1

    @property
    def unique(self) -> bool:
        """Whether no cell occurs twice."""
        return self.filled > 1 and self.distinct == self.filled

    @property
    def whole(self) -> bool:
        """Whether no cell is empty."""
        return self.filled == self.rows

    @property
    def few(self) -> bool:
        """Whether there are so few different words that they are categories."""
        return 0 < self.distinct <= FEW_WORDS and (self.distinct < self.filled or self.filled <= 20)

    def sample(self) -> list[str]:
        """Return the cells that are tried: those that occur most."""
        return [word for word, _ in self.words.most_common(TRIED_WORDS)]

    def share(self, matches: Iterable[bool]) -> float:
        """Return the share of tries that came true."""
        tried = list(matches)
        return sum(tried) / len(tried) if tried else 0.0

    def share_of_addresses(self) -> float:
        """Return the share of cells that begin as an address does."""
        return self.share(bool(_ADDRESS.match(word)) for word in self.sample())

    def share_of_citations(self) -> float:
        """Return the share of filled cells that could cite something: addresses, or more than a short code."""
        sample = self.sample()
        filled = sum(self.words[word] for word in sample)
        long = sum(self.words[word] for word in sample if len(word) >= _SHORTEST_CITATION or _ADDRESS.match(word))
        return long / filled if filled else 0.0

    def share_of_hosts(self) -> float:
        """Return the share of cells that are a host alone."""
        return self.share(bool(_HOST.match(word)) for word in self.sample())

    def share_of_ages(self) -> float:
        """Return the share of cells that are ages."""
        return self.share(_is_age(word) for word in self.sample())

    def share_of_dates(self, language: str | None, calendar: str, order: str) -> float:
        """Return the share of cells that are dates of the last two centuries."""
        return self.share(_is_likely_date(word, language, calendar, order) for word in self.sample())

    def share_of_numbers(self) -> float:
        """Return the share of cells that are whole numbers."""
        return self.share(bool(_WHOLE.match(word)) for word in self.sample())

    def share_of_names(self) -> float:
        """Return the share of cells that are two to seven words of letters."""
        return self.share(
            2 <= len(parts) <= 7
            and all(any(c.isalpha() for c in part) and not any(c.isdigit() for c in part) for part in parts)
            for parts in (word.split() for word in self.sample())
        )

    def share_of_places(self, language: str | None) -> float:
        """Return the share of cells that are places of the reference data."""
        from cenotaph.reference import places

        return self.share(places.lookup(word, language, peoples=False) is not None for word in self.sample())

    def find_order(self) -> str | None:
        """Return the order of day and month in dates that are numbers, None where no cell shows it."""
        firsts = [(int(found[1]), int(found[2])) for word in self.sample() if (found := _NUMBERS.match(word))]
        if any(first > 12 for first, _ in firsts):
            return "dmy"
        return "mdy" if any(second > 12 for _, second in firsts) else None

    def find_language(self) -> str | None:
        """Return the language that the header's end or the letters suggest; None where there are no letters."""
        if language := find_language(self.header):
            return language
        scripts = Counter(script for word in self.sample() if (script := find_script(word)))
        if not scripts:
            return None
        script = scripts.most_common(1)[0][0]
        text = "".join(word for word in self.sample() if find_script(word) == script).lower()
        for language, letters in _LETTERS:
            if sum(text.count(letter) for letter in letters) > len(text) / 200:
                return language if script in ("Cyrl", "Arab") else None
        return _LANGUAGE_OF_SCRIPT.get(script)

    def find_script(self) -> str | None:
        """Return the script of most cells."""
        scripts = Counter(script for word in self.sample() if (script := find_script(word)))
        return scripts.most_common(1)[0][0] if scripts else None


def _is_age(word: str) -> bool:
    try:
        read_age(word)
    except ValueFormatError:
        return False
    return True


def _is_likely_date(word: str, language: str | None, calendar: str, order: str) -> bool:
    try:
        day = read_date_cell(word, language, calendar, order, _PIVOT)
    except ValueFormatError:
        return False
    known = day.start or day.end
    return known is not None and known.year >= _EARLIEST


def look_at(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[ColumnLook]:
    """Return how the columns of a table look."""
    looks = [ColumnLook(name) for name in header]
    for cells in rows:
        for look, cell in zip(looks, cells, strict=False):
            look.add(cell.strip())
    return looks
