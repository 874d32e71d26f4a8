"""From release to release: what each changed, and where an id that is no longer shown leads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cenotaph.publish.release_tables import count_alike
from cenotaph.publish.site.entries import Stands
from cenotaph.publish.site.release_folder import ReleaseFolder, check_id

_LISTED = 200


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure before and after; None where a release does not have it.

    ``redefined`` where the two count something else under one id.
    """

    id: str
    title: str
    before: int | None
    after: int | None
    redefined: bool = False

    @property
    def net(self) -> int | None:
        """The difference, or None where there is none to tell."""
        return None if self.before is None or self.after is None or self.redefined else self.after - self.before


@dataclass(frozen=True, slots=True)
class Moved:
    """Somebody whom two releases show with another fate or grade, each as the key of its words."""

    id: str
    name: str
    before: tuple[str, str]
    after: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Step:
    """What a release changed.

    Parameters
    ----------
    label, dated, sums
        The release.
    before
        Label of the release before it, empty where none was given.
    added, withdrawn, merged
        How many entries; those parted from another are among the added.
    rules, policy
        Whether the standard or the scope changed, and whether the policy did.
    figures
        Every figure before and after.
    entries
        For each kind of change, the first entries (id, name where it is shown now, into or from which) and how many there are.
    moved, moved_count
        The first of those whom both releases show with another fate or grade, and how many they are.
    """

    label: str
    dated: str
    sums: str
    before: str
    added: int
    withdrawn: int
    merged: int
    rules: bool
    policy: bool
    figures: tuple[FigureLine, ...]
    entries: tuple[tuple[str, tuple[tuple[str, str, str], ...], int], ...]
    moved: tuple[Moved, ...] = ()
    moved_count: int = 0


def make_steps(releases: Sequence[ReleaseFolder], stands: Sequence[Stands], names: Mapping[str, str]) -> list[Step]:
    """Return what each release changed, the last one first.

    Parameters
    ----------
    stands
        How everybody stood in each of them.
    names
        Names of those who are shown now: nobody else's name is ever written.
    """
    steps = []
    for at, release in enumerate(releases):
        before = releases[at - 1] if at else None
        moved = list(_find_moved(stands[at - 1], stands[at])) if at else []
        by_kind: dict[str, list[tuple[str, str, str]]] = {"added": [], "withdrawn": [], "merged": [], "split": []}
        for row in release.rows("changes") if before else ():
            if row["change"] in by_kind:
                check_id(row["person"], release.folder)
                other = row["into"] or row.get("parted_from")
                into = check_id(other, release.folder) if other else ""
                by_kind[row["change"]].append((row["person"], names.get(row["person"], ""), into))
        entries = tuple((kind, tuple(rows[:_LISTED]), len(rows)) for kind, rows in by_kind.items() if rows)
        steps.append(
            Step(
                release.label,
                release.dated,
                release.sums,
                before.label if before else "",
                len(by_kind["added"]) + len(by_kind["split"]),
                len(by_kind["withdrawn"]),
                len(by_kind["merged"]),
                before is not None and rules_differ(before, release),
                before is not None and before.rests_on.get("policy") != release.rests_on.get("policy"),
                tuple(_figure_lines(before, release)) if before else (),
                entries,
                tuple(Moved(p, names.get(p, ""), was, now) for p, was, now in moved[:_LISTED]),
                len(moved),
            )
        )
    return steps[::-1]


def _find_moved(before: Stands, after: Stands) -> Iterator[tuple[str, tuple[str, str], tuple[str, str]]]:
    """Yield whom two releases show with another fate or grade, and both; nobody whom either of them withholds."""
    for person, now in after.shown.items():
        was = before.shown.get(person, now)
        if was[1:3] != now[1:3]:
            yield person, (was.fate, was.grade), (now.fate, now.grade)


def rules_differ(one: ReleaseFolder, other: ReleaseFolder) -> bool:
    """Tell whether two releases were made under another standard or scope."""
    return any(one.rests_on.get(name) != other.rests_on.get(name) for name in ("standard", "scope"))


def _figure_lines(before: ReleaseFolder, after: ReleaseFolder) -> Iterator[FigureLine]:
    old = {figure.id: figure for figure in before.figures}
    for figure in after.figures:
        was = old.pop(figure.id, None)
        redefined = was is not None and not count_alike(was.definition, figure.definition)
        yield FigureLine(figure.id, figure.title, was.at_least if was else None, figure.at_least, redefined)
    for figure in old.values():
        yield FigureLine(figure.id, figure.title, figure.at_least, None)


def find_retired(
    releases: Sequence[ReleaseFolder], stands: Sequence[Stands], shown: Mapping[str, object]
) -> dict[str, str]:
    """Return every id that a release given showed and the last one does not, with the id that it leads to, or nothing.

    Whoever is withheld now, was withdrawn, or was merged into somebody who is not shown leads nowhere; why is not told.
    """
    leads: dict[str, str] = {}
    retired: set[str] = set()
    for release, stood in zip(releases, stands, strict=True):
        for row in release.rows("redirects"):
            leads[row["retired"]] = row["person"]
            retired.add(row["retired"])
        for row in release.rows("changes"):
            if row["change"] == "merged":
                leads[row["person"]] = row["into"]
            if row["change"] in ("merged", "withdrawn"):
                retired.add(row["person"])
        retired.update(stood.shown)
    found: dict[str, str] = {}
    for person in sorted(retired - shown.keys()):
        check_id(person, releases[-1].folder)
        target, seen = person, {person}
        while target in leads and leads[target] not in seen:
            target = leads[target]
            seen.add(target)
        found[person] = target if target in shown else ""
    return found
