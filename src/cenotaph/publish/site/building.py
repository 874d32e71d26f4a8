"""Building the site: everything is read from releases that were published, so that nothing else can be shown."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from cenotaph.domain.errors import RefusedError, UsageError
from cenotaph.publish.release_files import OUTSIDE, hash_file
from cenotaph.publish.site.entries import (
    Entry,
    count_grades,
    make_histories,
    read_entries,
    read_members,
    read_stands,
    turn_members,
)
from cenotaph.publish.site.figure_pages import write_figure_data, write_figures
from cenotaph.publish.site.list_writer import ListWriter, start_beside
from cenotaph.publish.site.listing import Gathered
from cenotaph.publish.site.maps import read_boundaries
from cenotaph.publish.site.obstacles import clear_links, kind_of, make_way
from cenotaph.publish.site.pages import HERE, Masthead, Output, Pages
from cenotaph.publish.site.people_pages import PersonWriter, are_many, page_of, write_people
from cenotaph.publish.site.release_folder import ReleasedFigure, ReleaseFolder, read_release
from cenotaph.publish.site.settings import SiteSettings
from cenotaph.publish.site.state import Journal, State, hold_folder, read_state, write_state
from cenotaph.publish.site.steps import find_retired, make_steps
from cenotaph.publish.site.texts import list_languages
from cenotaph.publish.site.untouched import read_marks, write_marks
from cenotaph.publish.site.views import Views

Progress = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """What a build made.

    Parameters
    ----------
    folder
        Where.
    label
        The release that is shown.
    people, withheld
        How many people have a page, and how many are counted only.
    retired
        Ids of earlier releases that lead elsewhere or say that they are gone.
    files, written, deleted
        How many files there are, how many of them this build wrote, how many it deleted.
    """

    folder: Path
    label: str
    people: int
    withheld: int
    retired: int
    files: int
    written: int
    deleted: int


def build_site(
    folders: Sequence[Path],
    out: Path,
    settings: SiteSettings,
    workers: int = 0,
    progress: Progress = lambda stage, done: None,
) -> BuiltSite:
    """Build the site of releases into a folder, the last one being the current one.

    Parameters
    ----------
    folders
        Releases' folders, the first one first.
    workers
        Processes that write people's pages; 0 for one on each processor.

    Raises
    ------
    RefusedError
        The folder holds something else, lies inside a release, or the releases are not in order.
    InputError, DamagedFileError
        A folder is no release, or not what was published.
    NotFoundError
        A language is not there.
    """
    for folder in folders:
        if out.absolute().is_relative_to(folder.absolute()) or folder.absolute().is_relative_to(out.absolute()):
            raise RefusedError(f"{out} and the release {folder} lie one in the other.", "Name a folder elsewhere.")
    with hold_folder(out):
        return _build(folders, out, settings, workers, progress)


def _build(folders: Sequence[Path], out: Path, settings: SiteSettings, workers: int, progress: Progress) -> BuiltSite:
    """Build the site into a folder that is held."""
    state, seen = read_state(out), read_marks(out)
    releases = [read_release(folder) for folder in folders]
    _check_order(releases)
    current = releases[-1]
    tags = settings.languages or tuple(list_languages())
    site = _masthead(settings, current)
    pages = Pages(site, tags)
    languages = pages.languages
    if not any(language.complete for language in languages):
        raise UsageError("None of these languages is complete.", 'Add "en" or "ru".')
    front = _find_front(current, settings.front)
    borders = read_boundaries(settings.boundaries) if settings.boundaries else None
    said = {t.tag: [r.say(settings.titles.get(t.tag, {}), settings.words.get(t.tag, {})) for r in releases] for t in languages}
    titles = {tag: {figure.id: figure.title for figure in own[-1].figures} for tag, own in said.items()}
    writer = PersonWriter(out, site, tags, current.fields, titles)
    base = writer.base()
    clear_links(out, state.files)
    # A build that is cut short leaves no promise that pages are as the state says, and the names of all that it wrote.
    with closing(Journal(out, state)) as journal, ExitStack() as stack:
        output = Output(out, journal, state.files)
        stands = [read_stands(release) for release in releases]
        withheld = len(stands[-1].withheld)
        lists = ListWriter(out, site, tags, current, withheld)
        beside = stack.enter_context(start_beside(lists)) if are_many(len(stands[-1].shown), workers) else None
        gathered = Gathered(current.fields)
        members = read_members(current)
        entries = gathered.watch(read_entries(current, turn_members(members), make_histories(stands)))
        known = state.prints if state.base == base else {}
        people = write_people(writer, _count(entries, progress), known, seen, workers, journal.note)
        for name in beside.names() if beside else lists.prepare(gathered):
            output.prepare(name)
        if beside:
            beside.write()

        shown = {item.id: item for item in gathered.items}
        complete = [language for language in languages if language.complete]
        retired = find_retired(releases, stands, shown)
        for person, target in retired.items():
            for t in complete:
                page = page_of(person)
                href = f"../{target[:2]}/{target}.html" if target else ""
                data = pages.render("moved.html", t, page, retired=person, target=href, target_id=target)
                output.write(f"{t.tag}/{page}", data)
        write_figure_data(output, current, members)
        grades = count_grades(stands[-1], members.get(front.id, ()))
        names = {item.id: item.name for item in gathered.items}
        for t in languages:
            own = said[t.tag]
            if t.complete:
                write_figures(output, pages, t, own, members, shown, settings.incomplete_months)
            in_front = own[-1].figure(front.id)
            assert in_front is not None
            steps = make_steps(own, stands, names)
            Views(pages, output, own, in_front, steps, gathered, grades, shown, settings, borders).write(t)
            progress("pages", 1)
        choices = [(language.tag, language.name) for language in languages]
        output.write("index.html", pages.render_bare("choice.html", languages[0], languages=choices))
        _copy(current, output)
        for name in ("style.css", "search.js"):
            output.write(name, (HERE / "assets" / name).read_bytes())
        written = output.written + people.files + (beside.wait() if beside else lists.write())
        progress("lists", len(lists.listed))
        kept = dict(output.kept)
        kept.update((f"{t.tag}/{page_of(person)}", "") for person in people.prints for t in complete)
        deleted = output.sweep(journal.list_known(), kept)
        write_marks(out, write_state(out, State(base, people.prints, kept)), people.seen)
    return BuiltSite(out, current.label, len(people.prints), withheld, len(retired), len(kept) + 1, written, deleted)


def _count(entries: Iterable[Entry], progress: Progress) -> Iterator[Entry]:
    for entry in entries:
        progress("people", 1)
        yield entry


def _check_order(releases: Sequence[ReleaseFolder]) -> None:
    labels = [release.label for release in releases]
    if len(set(labels)) < len(labels):
        raise RefusedError("Two of these releases have the same label.", "Give each once.")
    for before, after in pairwise(releases):
        if after.dated < before.dated:
            raise RefusedError(
                f"Release {after.label} is dated {after.dated}, before {before.label} ({before.dated}).", "Give the oldest first."
            )
    for at, release in enumerate(releases):
        earlier = release.rests_on.get("release_before", "none")
        if earlier in labels[at + 1 :]:
            raise RefusedError(f"Release {earlier} came before {release.label}, and is given after it.", "Give the oldest first.")
    for before, after in pairwise(releases):
        earlier = after.rests_on.get("release_before", "none")
        if earlier != before.label:
            if earlier == "none":
                problem = f"Release {after.label} came first in its casebook, so {before.label} is of another one."
                raise RefusedError(problem, f"Give {after.label} without those before it.")
            raise RefusedError(
                f"Release {after.label} says what changed since {earlier}, and {before.label} is given before it.",
                f"Give {earlier} between them, or {after.label} without those before it.",
            )
        if after.rests_on.get("release_before_sums", before.sums) != before.sums:
            raise RefusedError(
                f"Release {after.label} came after another release {before.label} than the one given: its sums are others.",
                f"Give the {before.label} of the same casebook.",
            )


def _masthead(settings: SiteSettings, current: ReleaseFolder) -> Masthead:
    return Masthead(
        settings.title or current.title,
        tuple((tag, own["site"]) for tag, own in sorted(settings.titles.items()) if "site" in own),
        current.authors,
        current.licence,
        settings.address,
        settings.corrections,
        settings.contact,
        settings.notes,
        settings.invented,
    )


def _find_front(release: ReleaseFolder, wanted: str) -> ReleasedFigure:
    """Return the figure that stands in front."""
    if not release.figures:
        raise RefusedError(f"Release {release.label} has no figure.", "Build a release with one.")
    if wanted:
        found = release.figure(wanted)
        if found is None:
            there = ", ".join(figure.id for figure in release.figures)
            raise UsageError(f"Release {release.label} has no figure '{wanted[:60]}'.", f"Figures are: {there}.")
        return found
    if release.figures[0].place:
        return release.figures[0]
    # An older release does not keep its editors' order: of figures as wide as each other, the one that they explain.
    return min(
        release.figures,
        key=lambda f: (bool(f.where), f.texts("fates") != ("dead",), -f.at_least, bool(f.cells), not f.text, f.id),
    )


def _copy(release: ReleaseFolder, output: Output) -> None:
    """Copy the release's files, those that are there with the same bytes aside."""
    hashes = dict(release.files)
    for name in (*hashes, *OUTSIDE):
        path, target = release.folder / name, f"data/{release.label}/{name}"
        if not path.is_file():
            continue
        if name in OUTSIDE:
            output.write(target, path.read_bytes())
            continue
        to = output.prepare(target)
        if kind_of(to) == "file" and to.is_file() and hash_file(to) == hashes[name]:
            continue
        make_way(to)
        shutil.copyfile(path, to)
        output.written += 1
