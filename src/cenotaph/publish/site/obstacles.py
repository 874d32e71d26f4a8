"""What stands in a site's folder where the site's own pages and folders belong: links are taken away, anything else is refused.

A build writes and deletes by name. Through a link it would write into a folder that is not the site's, and would leave there
what it should delete: so there must be none before it begins.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path

from cenotaph.domain.errors import RefusedError


def clear_links(site: Path, names: Iterable[str]) -> int:
    """Take away links that stand where builds wrote files or made folders, not what they lead to; return how many.

    Parameters
    ----------
    names
        Files that builds wrote, by their names in the folder.

    Raises
    ------
    RefusedError
        A folder stands where a file belongs, or a file where a folder does; nothing was taken away.
    """
    own: dict[str, set[str]] = {"": set()}
    for name in names:
        folder = name.rpartition("/")[0]
        if folder not in own:
            own[folder] = set()
            while folder:  # Every folder on the way, so that none of them is a link either.
                above = folder.rpartition("/")[0]
                own.setdefault(above, set())
                folder = above
        above, _, last = name.rpartition("/")
        own[above].add(last)
    links: list[Path] = []
    seen: set[str] = set()
    for folder in sorted(own, key=lambda text: (text.count("/") if text else -1, text)):
        above = folder.rpartition("/")[0]
        place = site / folder
        if folder:
            if above not in seen:
                continue
            kind = kind_of(place)
            if kind == "link":
                links.append(place)
            elif kind not in ("folder", ""):
                raise RefusedError(f"{place} stands where the site has a folder, and is none.", "Take it away, and build again.")
            if kind != "folder":
                continue
        seen.add(folder)
        with os.scandir(place) as found:
            for item in found:
                if item.name not in own[folder] or item.is_file(follow_symlinks=False):
                    continue
                if not item.is_symlink():
                    raise refuse(place / item.name)
                links.append(place / item.name)
    for link in links:
        link.unlink()
    return len(links)


def make_folder(site: Path, folder: Path) -> None:
    """Make a folder of the site where it is not there.

    Raises
    ------
    RefusedError
        Something else is there, or on the way: a link leads out of the site.
    """
    if folder == site:
        return
    make_folder(site, folder.parent)
    kind = kind_of(folder)
    if not kind:
        folder.mkdir(exist_ok=True)  # Another process may have been first.
    elif kind != "folder":
        raise RefusedError(
            f"{folder} is a {kind}, and the site needs a folder there.", "Take it away: nothing is written through links."
        )


def make_way(path: Path) -> None:
    """Take away a link that stands where a file is to be written, or a second name of a file that has others.

    Raises
    ------
    RefusedError
        A folder is there, or what is no file.
    """
    try:
        found = os.lstat(path)
    except FileNotFoundError:
        return
    if stat.S_ISLNK(found.st_mode) or (stat.S_ISREG(found.st_mode) and found.st_nlink > 1):
        path.unlink()
    elif not stat.S_ISREG(found.st_mode):
        raise refuse(path)


def kind_of(path: Path) -> str:
    """Return what stands under a name, not what it leads to: ``link``, ``folder``, ``file`` or nothing."""
    try:
        mode = os.lstat(path).st_mode
    except FileNotFoundError:
        return ""
    return "link" if stat.S_ISLNK(mode) else "folder" if stat.S_ISDIR(mode) else "file"


def refuse(path: Path) -> RefusedError:
    """Return the refusal of what stands where a page belongs."""
    what = "a folder" if kind_of(path) == "folder" else "no file"
    return RefusedError(f"{path} is {what}, and the site has a file there.", "Take it away, and build again.")
