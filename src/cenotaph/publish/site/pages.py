"""Rendering: templates, addresses from page to page, and writing only what changed."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from cenotaph.domain.errors import RefusedError
from cenotaph.publish.site.obstacles import make_folder, make_way
from cenotaph.publish.site.state import Journal
from cenotaph.publish.site.texts import FALLBACK, Language, load_language

if TYPE_CHECKING:
    import jinja2

HERE = Path(__file__).parent
NAV = (
    ("front", "index.html"),
    ("series", "series.html"),
    ("breakdowns", "breakdowns.html"),
    ("map", "map.html"),
    ("people", "people/index.html"),
    ("figures", "figures/index.html"),
    ("claims", "claims.html"),
    ("sources", "sources.html"),
    ("method", "method.html"),
    ("changes", "changes.html"),
    ("corrections", "corrections.html"),
    ("data", "data.html"),
    ("privacy", "privacy.html"),
)
_MARKS = ("\x01title\x01", "\x01text\x01")
HEADLINE = frozenset(("index.html", "series.html", "breakdowns.html"))
"""Pages that a language has which is only begun."""


@dataclass(frozen=True, slots=True)
class Masthead:
    """What stands on every page.

    Parameters
    ----------
    title, titles, authors, licence
        The site's title, and that of other languages; who publishes it; under what.
    address
        Where it lives, ending with a slash; empty where nobody said.
    corrections, contact, notes
        As the settings have them.
    invented
        Whether every page says that it is a teaching example.
    """

    title: str
    titles: tuple[tuple[str, str], ...]
    authors: tuple[str, ...]
    licence: str
    address: str
    corrections: str
    contact: str
    notes: str
    invented: bool


@dataclass(frozen=True, slots=True)
class Other:
    """The same page in another language."""

    tag: str
    name: str
    href: str


@dataclass(frozen=True)
class Pages:
    """Renders pages; made anew in each process.

    Parameters
    ----------
    site
        What stands on every page.
    tags
        Languages, the opening one first.
    """

    site: Masthead
    tags: tuple[str, ...]

    def in_language(self, language: Language) -> Masthead:
        """Return what stands on every page, with the site's title in a language."""
        return replace(self.site, title=dict(self.site.titles).get(language.tag, self.site.title))

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages."""
        return tuple(load_language(tag) for tag in self.tags)

    def own(self, language: Language, page: str) -> bool:
        """Tell whether a language has a page of its own."""
        return language.complete or page in HEADLINE

    def folder_of(self, language: Language, page: str) -> str:
        """Return the language whose page a link leads to."""
        if self.own(language, page):
            return language.tag
        complete = [tag for tag in self.tags if load_language(tag).complete]
        return FALLBACK if FALLBACK in complete or not complete else complete[0]

    def render(self, template: str, language: Language, page: str, **values: object) -> bytes:
        """Return a page.

        Parameters
        ----------
        template
            Its template.
        page
            Its address within the language's folder.
        values
            What the template asks for besides.
        """
        root = "../" * (page.count("/") + 1)

        def link(to: str) -> str:
            return f"{root}{self.folder_of(language, to)}/{to}"

        others = [
            Other(one.tag, one.name, f"{root}{one.tag}/{page if self.own(one, page) else 'index.html'}")
            for one in self.languages
            if one.tag != language.tag
        ]
        html = _template(template).render(
            t=language,
            site=self.in_language(language),
            root=root,
            link=link,
            own=lambda to: self.own(language, to),
            others=others,
            nav=NAV,
            current=page,
            **values,
        )
        return html.encode("utf-8", "replace")

    def make_shell(self, language: Language, page: str) -> Shell:
        """Return what is the same on all pages of a kind, made once: there are very many of them.

        Parameters
        ----------
        page
            The address of one of them, with ``{folder}`` and ``{name}`` for what differs.
        """
        data = self.render("shell.html", language, page, marks=_MARKS).decode()
        before, _, rest = data.partition(_MARKS[0])
        between, _, after = rest.partition(_MARKS[1])
        return Shell(before, between, after)

    def render_bare(self, template: str, language: Language, **values: object) -> bytes:
        """Return a file that is not laid out as a page."""
        return _template(template).render(t=language, site=self.in_language(language), **values).encode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class Shell:
    """A page without its title and its text: what stands before, between and after them."""

    before: str
    between: str
    after: str

    def fill(self, folder: str, name: str, title: str, text: str) -> bytes:
        """Return a page; its title and text must be HTML already."""
        before = self.before.replace("{folder}", folder).replace("{name}", name)
        between = self.between.replace("{folder}", folder).replace("{name}", name)
        return f"{before}{title}{between}{text}{self.after}".encode("utf-8", "replace")


@cache
def _template(name: str) -> jinja2.Template:
    return _environment().get_template(name)


@cache
def _environment() -> jinja2.Environment:
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        auto_reload=False,
    )


class Output:
    """The folder that the site goes into: files are written where their bytes differ, and remembered.

    Parameters
    ----------
    folder
        The site's.
    journal
        Where names are noted before their files are written; without it, somebody else has noted them.
    marks
        What the last build kept of its files.
    """

    def __init__(self, folder: Path, journal: Journal | None = None, marks: Mapping[str, str] | None = None) -> None:
        self.folder = folder
        self.marks = marks or {}
        self.written = 0
        self.kept: dict[str, str] = {}
        self.journal = journal
        self._made: set[Path] = set()

    def prepare(self, name: str, mark: str = "") -> Path:
        """Note that a file is this site's and return its path, its folder being there.

        Raises
        ------
        RefusedError
            A file is there that no build wrote, or a folder is a link.
        """
        path = self.folder / name
        if self.journal is not None:
            if not self.journal.knows(name) and os.path.lexists(path):
                raise RefusedError(f"{path} is there and no build of a site wrote it.", "Take it away, or name a new folder.")
            self.journal.note([name])
        self.kept[name] = mark
        if path.parent not in self._made:
            make_folder(self.folder, path.parent)
            self._made.add(path.parent)
        return path

    def write(self, name: str, data: bytes, mark: str = "") -> None:
        """Write a file unless it has these bytes already; ``mark`` is kept of it for the next build."""
        path = self.prepare(name, mark)
        if self.has(name, data):
            return
        overwrite(path, data)
        self.written += 1

    def has(self, name: str, data: bytes) -> bool:
        """Tell whether a file is there with these bytes."""
        path = self.folder / name
        try:
            found = os.lstat(path)
        except FileNotFoundError:
            return False
        return stat.S_ISREG(found.st_mode) and found.st_size == len(data) and path.read_bytes() == data

    def sweep(self, known: Iterable[str], kept: Container[str]) -> int:
        """Delete files that some build wrote and this one did not, and folders that are empty then; return how many files.

        Whatever else lies in the folder stays: a repository, a domain's name, a server's settings.

        Parameters
        ----------
        known
            Names of the files that builds wrote.
        kept
            Those that stay.
        """
        gone = 0
        root = self.folder.resolve()
        for name in known:
            if name in kept:
                continue
            path = self.folder / name
            if not path.parent.resolve().is_relative_to(root):
                continue
            if path.is_file() or path.is_symlink():
                path.unlink()
                gone += 1
            for parent in path.parents:  # Also where there is no file: a build that was killed had made its folder.
                if parent == self.folder or (parent.exists() and (not parent.is_dir() or any(os.scandir(parent)))):
                    break
                if parent.exists():
                    parent.rmdir()
        return gone


def overwrite(path: Path, data: bytes) -> None:
    """Write a file; where one is there, in its place, since some file systems take long to free what it lay in.

    Never through a link, nor into a file that has another name somewhere else: these make way.
    """
    make_way(path)
    try:
        with path.open("r+b") as stream:
            stream.write(data)
            stream.truncate()
    except FileNotFoundError:
        path.write_bytes(data)


@cache
def code_hash() -> str:
    """Return a hash of everything here that makes a page: code, templates, languages, style."""
    total = hashlib.sha256()
    for path in sorted(HERE.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            total.update(path.relative_to(HERE).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()
