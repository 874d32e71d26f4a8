"""A page for every person who is shown, in several processes, and none anew whose entry is as it was."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from cenotaph.publish.site.entries import Entry, display_name
from cenotaph.publish.site.pages import Masthead, Output, Pages, Shell, code_hash
from cenotaph.publish.site.texts import Language, load_language

_CHUNK = 400
_FEW = 1_500
"""So few people are written by one process: starting others takes longer."""
_QUESTIONS = ("examined", "same_person", "fate", "in_scope")


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

    def write(self, entries: Sequence[Entry], known: Mapping[str, str]) -> tuple[list[tuple[str, str]], int]:
        """Write the pages of entries that changed; return all fingerprints, and how many files were written."""
        output = Output(self.folder)
        pages = Pages(self.site, self.tags)
        languages = [language for language in pages.languages if language.complete]
        shells = {t.tag: pages.make_shell(t, page_of("{name}", "{folder}")) for t in languages}
        found = []
        for entry in entries:
            mark = self.fingerprint(entry)
            names = [(language, page_of(entry.id)) for language in languages]
            was = known.get(entry.id, "")
            if was.startswith(f"{mark}:") and was == f"{mark}:{self._hash_pages([f'{t.tag}/{page}' for t, page in names])}":
                found.append((entry.id, was))
                continue
            total = hashlib.blake2b(digest_size=12)
            for language, page in names:
                data = self.render(pages, shells[language.tag], language, entry)
                total.update(data)
                output.write(f"{language.tag}/{page}", data)
            found.append((entry.id, f"{mark}:{total.hexdigest()}"))
        return found, output.written

    def _hash_pages(self, names: Sequence[str]) -> str:
        """Return a hash of the bytes that pages have in the folder; of one that is not there, nothing that matches."""
        total = hashlib.blake2b(digest_size=12)
        for name in names:
            try:
                total.update((self.folder / name).read_bytes())
            except OSError:
                return ""
        return total.hexdigest()

    def render(self, pages: Pages, shell: Shell, t: Language, entry: Entry) -> bytes:
        """Return a person's page in a language."""
        from markupsafe import escape

        name = display_name(entry, self.fields)
        facts, unknown = [], []
        for field, value in zip(self.fields, entry.values, strict=True):
            if field == "name":
                continue
            if value and value != "unknown":
                facts.append((t.axis(field), t.value(field, value)))
            else:
                unknown.append(t.axis(field))

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


def page_of(person: str, folder: str = "") -> str:
    """Return the address of a person's page within a language's folder."""
    return f"people/{folder or person[:2]}/{person}.html"


def write_people(
    writer: PersonWriter,
    entries: Iterable[Entry],
    number: int,
    known: Mapping[str, str],
    workers: int = 0,
    note: Callable[[Iterable[str]], None] = lambda names: None,
) -> tuple[dict[str, str], int]:
    """Write everybody's page; return the fingerprints by id and how many files were written.

    Parameters
    ----------
    number
        How many there are about.
    known
        Fingerprints of the pages that are there already.
    workers
        Processes; 0 for one on each processor.
    note
        Told the names of files before they are written.
    """
    tags = [tag for tag in writer.tags if load_language(tag).complete]

    def noted(chunk: list[Entry]) -> list[Entry]:
        note(f"{tag}/{page_of(entry.id)}" for entry in chunk for tag in tags)
        return chunk

    workers = workers or os.cpu_count() or 1
    prints: dict[str, str] = {}
    written = 0
    if workers == 1 or number <= _FEW:
        for chunk in _chunks(entries):
            found, wrote = writer.write(noted(chunk), known)
            prints.update(found)
            written += wrote
        return prints, written
    import multiprocessing

    # Spawned, not forked: threads of libraries that the caller uses do not survive a fork.
    context = multiprocessing.get_context("spawn")
    with context.Pool(workers, _start, (writer,)) as pool:
        jobs = ((noted(chunk), {e.id: known[e.id] for e in chunk if e.id in known}) for chunk in _chunks(entries))
        for found, wrote in pool.imap_unordered(_work, jobs):
            prints.update(found)
            written += wrote
        pool.close()
        pool.join()
    return dict(sorted(prints.items())), written


def _chunks(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    iterator = iter(entries)
    while chunk := list(islice(iterator, _CHUNK)):
        yield chunk


_WRITERS: list[PersonWriter] = []


def _start(writer: PersonWriter) -> None:
    _WRITERS[:] = [writer]
    for tag in writer.tags:
        load_language(tag)


def _work(job: tuple[list[Entry], dict[str, str]]) -> tuple[list[tuple[str, str]], int]:
    return _WRITERS[0].write(*job)
