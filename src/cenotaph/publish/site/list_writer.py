"""Writing the alphabetical list and the search, beside everything else where there are many people and two processors.

The process beside reads the release's names itself, so that it need not wait until somebody has read them. It says which
files it is going to have before it writes any: whoever started it notes them first.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from cenotaph.domain.processes import end_with_parent
from cenotaph.publish.site.entries import read_entries
from cenotaph.publish.site.listing import Gathered, ListPage, list_files, list_names, make_list
from cenotaph.publish.site.pages import Masthead, Output, Pages
from cenotaph.publish.site.release_folder import ReleaseFolder
from cenotaph.publish.site.search_names import Folding, Shard, index_text, make_shards, shard_file, shard_text
from cenotaph.publish.site.texts import Language

if TYPE_CHECKING:
    from multiprocessing.pool import AsyncResult, Pool


@dataclass
class ListWriter:
    """Writes the lists and the search of a release into a folder.

    Parameters
    ----------
    folder
        The site's.
    site, tags
        What stands on every page, and the languages.
    release
        Whose people are listed.
    withheld
        How many are withheld.
    """

    folder: Path
    site: Masthead
    tags: tuple[str, ...]
    release: ReleaseFolder
    withheld: int
    folding: Folding = field(default_factory=Folding)
    shards: dict[str, Shard] = field(default_factory=dict)
    listed: list[ListPage] = field(default_factory=list)

    def prepare(self, gathered: Gathered | None = None) -> list[str]:
        """Put everybody in order; return the names of the files that there are to be.

        Parameters
        ----------
        gathered
            What was gathered of everybody; without it, the release is read.
        """
        if gathered is None:
            gathered = Gathered(self.release.fields)
            for entry in read_entries(self.release, {}, {}, ("names",)):
                gathered.enlist(entry)
        self.shards = make_shards(gathered.listed, self.folding)
        self.listed = make_list(gathered.items)
        names = [f"{t.tag}/{name}" for t in self._languages() for name in list_names(self.listed)]
        return [*names, *map(shard_file, self.shards), "search/index.js"]

    def write(self) -> int:
        """Write the files whose bytes are others; return how many."""
        output = Output(self.folder)
        for name, data in self._make():
            output.write(name, data)
        return output.written

    def _make(self) -> Iterator[tuple[str, bytes]]:
        pages = Pages(self.site, self.tags)
        for t in self._languages():
            for name, data in list_files(pages, t, self.listed, self.withheld):
                yield f"{t.tag}/{name}", data
        for start, shard in self.shards.items():
            yield shard_file(start), shard_text(start, shard.lines).encode("utf-8", "replace")
        yield "search/index.js", index_text(self.shards, self.folding).encode("utf-8", "replace")

    def _languages(self) -> list[Language]:
        return [language for language in Pages(self.site, self.tags).languages if language.complete]


class Beside:
    """A process beside that writes the lists."""

    def __init__(self, pool: Pool, writer: ListWriter) -> None:
        self._pool = pool
        self._prepared = pool.apply_async(_prepare, (writer,))
        self._written: AsyncResult[int] | None = None

    def names(self) -> list[str]:
        """Wait until it knows which files there are to be; return their names."""
        return self._prepared.get()

    def write(self) -> None:
        """Let it write them."""
        self._written = self._pool.apply_async(_write)

    def wait(self) -> int:
        """Wait until they are written; return how many had other bytes."""
        assert self._written is not None
        return self._written.get()


@contextmanager
def start_beside(writer: ListWriter) -> Iterator[Beside]:
    """Start a process that writes the lists; it is ended with the block, whatever happens in it."""
    import multiprocessing

    with multiprocessing.get_context("spawn").Pool(1, end_with_parent) as pool:
        yield Beside(pool, writer)


_WRITERS: list[ListWriter] = []


def _prepare(writer: ListWriter) -> list[str]:
    _WRITERS[:] = [writer]
    return writer.prepare()


def _write() -> int:
    return _WRITERS[0].write()
