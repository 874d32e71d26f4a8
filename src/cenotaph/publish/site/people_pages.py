"""A page for every person who is shown, in several processes, and none anew whose entry is as it was."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain, islice
from pathlib import Path

from cenotaph.domain.processes import end_with_parent
from cenotaph.publish.site.entries import Entry, display_name
from cenotaph.publish.site.pages import Masthead, Output, Pages, Shell, code_hash
from cenotaph.publish.site.texts import Language, load_language
from cenotaph.publish.site.untouched import look

_CHUNK = 400
_FEW = 1_600
"""So few people's pages are looked at by one process: starting others takes longer."""
_QUESTIONS = ("examined", "same_person", "fate", "in_scope")


@dataclass
class Written:
    """What became of people's pages: by id the fingerprints and what tells that nobody touches them, and the files written."""

    prints: dict[str, str] = field(default_factory=dict)
    seen: dict[str, str] = field(default_factory=dict)
    files: int = 0

    def keep(self, person: str, mark: str, seen: str) -> None:
        """Add somebody."""
        self.prints[person], self.seen[person] = mark, seen

    def add(self, other: Written) -> None:
        """Add what another process did."""
        self.prints.update(other.prints)
        self.seen.update(other.seen)
        self.files += other.files


@dataclass(frozen=True, slots=True)
class PersonWriter:
    """Writes persons' pages into a folder.

    Parameters
    ----------
    folder
        The site's.
    site, tags
        What stands on every page, and the languages.
    fields
        What the release shows of people.
    figures
        Titles of figures by language and id.
    """

    folder: Path
    site: Masthead
    tags: tuple[str, ...]
    fields: tuple[str, ...]
    figures: Mapping[str, Mapping[str, str]]

    def base(self) -> str:
        """Return a hash of everything besides the entry that a page is made of."""
        titles = {tag: dict(own) for tag, own in self.figures.items()}
        said = [repr(self.site), list(self.tags), list(self.fields), titles, code_hash()]
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()

    def fingerprint(self, entry: Entry) -> str:
        """Return a short hash of an entry."""
        return hashlib.blake2b(json.dumps(entry, ensure_ascii=False).encode("utf-8", "replace"), digest_size=12).hexdigest()

    def names(self, person: str) -> list[str]:
        """Return the names of somebody's pages in the folder."""
        page = page_of(person)
        return [f"{tag}/{page}" for tag in _list_complete(self.tags)]

    def look(self, person: str) -> str:
        """Return what tells that nobody has touched somebody's pages; nothing where it cannot be told."""
        root = os.fspath(self.folder)
        return look([f"{root}/{name}" for name in self.names(person)])

    def write(self, entries: Sequence[Entry], known: Mapping[str, str]) -> Written:
        """Write the pages of entries whose pages are not known to be as they should be, after reading them."""
        output = Output(self.folder)
        pages = Pages(self.site, self.tags)
        languages = [language for language in pages.languages if language.complete]
        shells = {t.tag: pages.make_shell(t, page_of("{name}", "{folder}")) for t in languages}
        found = Written()
        for entry in entries:
            mark = self.fingerprint(entry)
            was = known.get(entry.id, "")
            if was.startswith(f"{mark}:"):
                seen = self.look(entry.id)  # Before they are read: whoever changes them meanwhile changes this too.
                if was == f"{mark}:{self._hash_pages(entry.id)}":
                    found.keep(entry.id, was, seen)
                    continue
            total = hashlib.blake2b(digest_size=12)
            page = page_of(entry.id)
            for language in languages:
                data = self.render(pages, shells[language.tag], language, entry)
                total.update(data)
                output.write(f"{language.tag}/{page}", data)
            found.keep(entry.id, f"{mark}:{total.hexdigest()}", self.look(entry.id))
        found.files = output.written
        return found

    def _hash_pages(self, person: str) -> str:
        """Return a hash of the bytes that somebody's pages have; of one that is not there, nothing that matches."""
        total = hashlib.blake2b(digest_size=12)
        for name in self.names(person):
            path = self.folder / name
            try:
                if path.is_symlink():
                    return ""
                total.update(path.read_bytes())
            except OSError:
                return ""
        return total.hexdigest()

    def render(self, pages: Pages, shell: Shell, t: Language, entry: Entry) -> bytes:
        """Return a person's page in a language."""
        from markupsafe import escape

        name = display_name(entry, self.fields)
        facts, unknown = [], []
        for axis, value in zip(self.fields, entry.values, strict=True):
            if axis == "name":
                continue
            if value and value != "unknown":
                facts.append((t.axis(axis), t.value(axis, value)))
            else:
                unknown.append(t.axis(axis))

        def say(answer: str) -> str:
            if answer in ("yes", "no"):
                return t.plain(f"common.{answer}")
            return t.plain(f"fate.{answer}") or t.plain(f"values.fate.{answer}") or answer

        def link(to: str) -> str:
            return f"../../../{t.tag}/{to}"

        text = pages.render_bare(
            "person.html",
            t,
            link=link,
            e=entry,
            name=name,
            name_language=next((language for text, _, language in entry.names if text == name), ""),
            reports=sorted(entry.reports, key=lambda row: (row[1] or "9999", row)),
            facts=facts,
            unknown=unknown,
            hosts=any(row[3] for row in entry.reports),
            questions=_QUESTIONS,
            say=say,
            figures=[(figure, self.figures[t.tag].get(figure, figure)) for figure in entry.figures],
        )
        title = str(escape(name or t.plain("people_list.unnamed_entry")))
        return shell.fill(entry.id[:2], entry.id, title, text.decode())


def are_many(people: int, workers: int) -> bool:
    """Tell whether other processes are to be started for so many people's pages.

    Parameters
    ----------
    workers
        Processes that are allowed; 0 for one on each processor.
    """
    return people >= _FEW and (workers or os.cpu_count() or 1) > 1


@cache
def _list_complete(tags: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(tag for tag in tags if load_language(tag).complete)


def page_of(person: str, folder: str = "") -> str:
    """Return the address of a person's page within a language's folder."""
    return f"people/{folder or person[:2]}/{person}.html"


def write_people(
    writer: PersonWriter,
    entries: Iterable[Entry],
    known: Mapping[str, str],
    seen: Mapping[str, str],
    workers: int = 0,
    note: Callable[[Iterable[str]], None] = lambda names: None,
) -> Written:
    """Write the page of everybody whose page is not there as it should be.

    Parameters
    ----------
    known
        Fingerprints of the pages that are there already.
    seen
        What told, after the last build, that nobody touches them.
    workers
        Processes; 0 for one on each processor.
    note
        Told the names of files before they are written.
    """
    whole = Written()

    def changed() -> Iterator[Entry]:
        for entry in entries:
            was, person = known.get(entry.id, ""), entry.id
            if was and seen.get(person) and was.startswith(f"{writer.fingerprint(entry)}:"):
                mark = writer.look(person)
                if mark == seen[person]:
                    whole.keep(person, was, mark)
                    continue
            yield entry

    def noted() -> Iterator[list[Entry]]:
        iterator = changed()
        while chunk := list(islice(iterator, _CHUNK)):
            note(name for entry in chunk for name in writer.names(entry.id))
            yield chunk

    chunks = noted()
    first = list(islice(chunks, max(1, _FEW // _CHUNK)))
    if not are_many(_CHUNK * len(first), workers):
        for chunk in chain(first, chunks):
            whole.add(writer.write(chunk, known))
        return whole
    import multiprocessing

    # Spawned, not forked: threads of libraries that the caller uses do not survive a fork.
    context = multiprocessing.get_context("spawn")
    with context.Pool(workers or os.cpu_count(), _start, (writer,)) as pool:
        jobs = ((chunk, {e.id: known[e.id] for e in chunk if e.id in known}) for chunk in chain(first, chunks))
        for done in pool.imap_unordered(_work, jobs):
            whole.add(done)
        pool.close()
        pool.join()
    return whole


_WRITERS: list[PersonWriter] = []


def _start(writer: PersonWriter) -> None:
    end_with_parent()
    _WRITERS[:] = [writer]
    for tag in writer.tags:
        load_language(tag)


def _work(job: tuple[list[Entry], dict[str, str]]) -> Written:
    return _WRITERS[0].write(*job)
