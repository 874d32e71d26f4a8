"""The alphabetical list, the search's shards, and what is said of all entries together: gathered while they are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import quantiles
from typing import NamedTuple

from cenotaph.publish.site.entries import Entry, display_name, value_of
from cenotaph.publish.site.pages import Pages
from cenotaph.publish.site.search_names import Listed
from cenotaph.publish.site.texts import Language
from cenotaph.reference.folding import fold

_PAGE = 300


class Item(NamedTuple):
    """Somebody in the list: how the name sorts, id, the name, when they died as far as that is shown."""

    sort: str
    id: str
    name: str
    death: str


@dataclass(frozen=True, slots=True)
class KindLine:
    """Reports of one kind of source."""

    kind: str
    reports: int
    people: int
    aside: int


@dataclass(frozen=True, slots=True)
class Lag:
    """Months from death to documentation: of so many people, within which half were, and within which nine in ten."""

    people: int
    half: int
    most: int


@dataclass
class Gathered:
    """What is gathered of everybody who is shown."""

    fields: tuple[str, ...]
    items: list[Item] = field(default_factory=list)
    listed: list[Listed] = field(default_factory=list)
    reports: Counter[str] = field(default_factory=Counter)
    people: Counter[str] = field(default_factory=Counter)
    aside: Counter[str] = field(default_factory=Counter)
    hosts: Counter[str] = field(default_factory=Counter)
    lineages: Counter[int] = field(default_factory=Counter)
    examined: int = 0
    lags: list[int] = field(default_factory=list)

    def watch(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """Yield entries as they are, and keep what the lists need."""
        for entry in entries:
            self._keep(entry)
            yield entry

    def enlist(self, entry: Entry) -> None:
        """Keep what the list and the search need of an entry."""
        name = display_name(entry, self.fields)
        death = value_of(entry, self.fields, "death")
        self.items.append(Item(fold(name), entry.id, name, death))
        if name:
            printed = (name, *(text for text, *_ in entry.names if text != name))
            self.listed.append(Listed(entry.id, name, death[:4], printed))

    def _keep(self, entry: Entry) -> None:
        self.enlist(entry)
        death = value_of(entry, self.fields, "death")
        for kind, _, _, host, aside in entry.reports:
            self.reports[kind] += 1
            self.aside[kind] += bool(aside)
            if host:
                self.hosts[host] += 1
        self.people.update({report[0] for report in entry.reports})
        self.lineages[int(entry.lineages or 0)] += 1
        self.examined += entry.examined == "true"
        if len(death) >= 7 and "/" not in death and len(entry.since) >= 7:
            self.lags.append(_months(entry.since) - _months(death))

    def lag(self) -> Lag | None:
        """Return how long it takes until a death is documented, where enough is known."""
        lags = [lag for lag in self.lags if lag >= 0]
        if len(lags) < 30:
            return None
        tenths = quantiles(lags, n=10, method="inclusive")
        return Lag(len(lags), round(tenths[4]), round(tenths[8]))

    def kinds(self) -> list[KindLine]:
        """Return the kinds of sources, the most frequent first."""
        order = sorted(self.reports, key=lambda kind: (-self.reports[kind], kind))
        return [KindLine(kind, self.reports[kind], self.people[kind], self.aside[kind]) for kind in order]


def _months(day: str) -> int:
    return int(day[:4]) * 12 + int(day[5:7])


class ListPage(NamedTuple):
    """A page of the alphabetical list: its file, the first and last name, and who is on it."""

    file: str
    letter: str
    first: str
    last: str
    items: tuple[Item, ...]


def make_list(items: Iterable[Item]) -> list[ListPage]:
    """Return the pages of the list: names in order, a new page for each letter."""
    by_letter: dict[str, list[Item]] = {}
    for item in sorted(items):
        letter = next((c for c in item.name.upper() if c.isalnum()), "\u2026")
        by_letter.setdefault(letter, []).append(item)
    pages: list[ListPage] = []
    for letter, own in sorted(by_letter.items()):
        for start in range(0, len(own), _PAGE):
            part = own[start : start + _PAGE]
            file = f"list-{len(pages) + 1:04}.html"
            pages.append(ListPage(file, letter, part[0].name or part[0].id[:8], part[-1].name or part[-1].id[:8], tuple(part)))
    return pages


_INDEX = "people/index.html"


def list_names(listed: Iterable[ListPage]) -> list[str]:
    """Return the names of the files that :func:`list_files` makes."""
    return [*(f"people/{page.file}" for page in listed), _INDEX]


def list_files(pages: Pages, t: Language, listed: Sequence[ListPage], withheld: int) -> Iterator[tuple[str, bytes]]:
    """Yield the list's pages and the page that leads to them and has the search, each with its name."""
    unnamed = t.plain("people_list.unnamed_entry")
    for at, page in enumerate(listed):
        people = [(item.id, item.name or f"{unnamed} ({item.id[:8]})", t.date(item.death[:4])) for item in page.items]
        name = f"people/{page.file}"
        before = listed[at - 1].file if at else ""
        after = listed[at + 1].file if at + 1 < len(listed) else ""
        yield name, pages.render("names.html", t, name, part=page, people=people, before=before, after=after)
    letters: dict[str, list[ListPage]] = {}
    for page in listed:
        letters.setdefault(page.letter, []).append(page)
    shown = sum(len(page.items) for page in listed)
    yield _INDEX, pages.render(
        "people.html",
        t,
        _INDEX,
        shown=shown,
        withheld=withheld,
        letters=list(letters.items()),
        searchable=any(item.name for page in listed for item in page.items),
    )
