"""Building the public site from released folders: no casebook is opened, so nothing that was not released can be in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from cenotaph.domain.plurals import count_words
from cenotaph.publish.site.building import BuiltSite, build_site
from cenotaph.publish.site.settings import load_settings


def make_site(
    releases: Sequence[Path],
    out: Path,
    settings: Path | None = None,
    workers: int = 0,
    progress: Callable[[str, int], None] = lambda stage, done: None,
) -> BuiltSite:
    """Build the site of releases, the last one being the current one.

    Parameters
    ----------
    settings
        The file of settings, or None for the defaults.
    workers
        Processes that write people's pages; 0 for one on each processor.

    Raises
    ------
    CenotaphError
        A release or the settings are wrong, or the folder holds something else.
    """
    return build_site(releases, out, load_settings(settings), workers, progress)


def site_text(built: BuiltSite) -> Iterator[str]:
    """Yield what was built, as lines for a terminal."""
    people, members = count_words(built.people, "person", "people"), count_words(built.withheld, "member")
    yield f"Site of release {built.label}: {people} with a page, {members} withheld and counted only"
    if built.retired:
        yield f"  {count_words(built.retired, 'earlier address', 'earlier addresses')} lead on, or say that the entry is gone"
    yield f"  {count_words(built.files, 'file')}, {built.written:,} of them written now, {built.deleted:,} deleted"
    yield f"Open {built.folder / 'index.html'}"


def site_record(built: BuiltSite) -> dict[str, object]:
    """Return the same for a program."""
    return {
        "folder": str(built.folder),
        "release": built.label,
        "people": built.people,
        "withheld": built.withheld,
        "retired": built.retired,
        "files": built.files,
        "written": built.written,
        "deleted": built.deleted,
    }
