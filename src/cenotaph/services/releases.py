"""Building a release from a casebook, recording it, and saying what changed since the one before."""

from __future__ import annotations

import fcntl
import gc
import hashlib
import hmac
import os
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from cenotaph.casebook import bulk
from cenotaph.casebook.ledger import Actor
from cenotaph.casebook.store import Casebook
from cenotaph.domain.canonical import JsonValue
from cenotaph.domain.errors import ConfirmationNeeded, RefusedError, UsageError
from cenotaph.publish.policy import is_contradicted
from cenotaph.publish.release_files import SUMS, Head, write_built, write_release
from cenotaph.publish.release_rows import Rows, make_rows
from cenotaph.publish.release_tables import count_alike
from cenotaph.publish.release_widened import Widened
from cenotaph.services.release_content import Content, gather
from cenotaph.services.release_earlier import compare_policies, read_earlier
from cenotaph.services.release_guard import find_returned
from cenotaph.services.release_making import make_tables
from cenotaph.services.release_record import Recorded, list_releases, read_shown, record_release
from cenotaph.services.release_rules import Rules

_FEW_GONE = 3
"""So many may be shown no more without a question."""
_LABEL = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,63}")


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made: the folder's sums, the rows, and how figures changed since the release before.

    ``redefined`` are ids of figures that count something else than in the release before; ``widened`` whom the policy, which
    changed since, shows newly or with more, now or in the next release; ``contradicted`` of whom some values say a minor and
    others an adult, and no editor has said whether they may be shown.
    """

    folder: Path | None
    sums: str
    rows: Rows
    figures: tuple[tuple[str, int, int | None], ...]
    added: tuple[str, ...]
    gone: tuple[str, ...]
    again: bool
    unlinked: int = 0
    counted: Mapping[str, int] = field(default_factory=dict)
    """Each figure's number before any policy: for its editors' eyes."""
    redefined: tuple[str, ...] = ()
    widened: Widened = field(default_factory=Widened)
    contradicted: tuple[str, ...] = ()
    why_gone: Mapping[str, str] = field(default_factory=dict)
    """Of each who is gone what the record says of it, in a few words: for its editors' eyes."""


@contextmanager
def _uncollected() -> Iterator[None]:
    """Look for no cycles meanwhile: a release has millions of objects and no cycles, and each look goes over all of them."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@_uncollected()
def build_release(
    casebook: Casebook,
    actor: Actor,
    label: str,
    rules: Rules,
    folder: Path,
    dated: date | None = None,
    *,
    preview: bool = False,
    confirmed: bool = False,
) -> Built:
    """Write a release into a new folder and record it.

    Parameters
    ----------
    label
        What it is cited by; a label stands for one release for ever.
    folder
        Where it is written; it must not exist.
    dated
        The day it is dated; without it, that of the ledger's last entry.
    preview
        Work everything out and write nothing.
    confirmed
        Somebody has seen that many are no longer shown.

    Raises
    ------
    RefusedError
        The label stands for other bytes already, or the folder exists.
    UsageError
        The label is none.
    """
    if not _LABEL.fullmatch(label):
        raise UsageError(f"{label[:70]!r} is no label of a release.", "Write letters, digits, '.', '_' or '-': 2025-11.")
    if any((parent / SUMS).is_file() for parent in folder.parents) and not preview:
        raise RefusedError(f"{folder} lies within a release.", "A release stays as it is: name a folder beside it.")
    if folder.exists() and not preview:
        raise RefusedError(f"{folder} exists: a release is never overwritten.", "Name a folder that does not.")
    with casebook.snapshot() as head:
        known = list_releases()
        again = next((r for r in known if r.label == label), None)
        previous = known[: known.index(again)] if again else known
        before = previous[-1] if previous else None
        day = date.fromisoformat(again.dated) if again else dated or _last_day()
        if again is None and day > max(casebook.clock().date(), _last_day()):
            raise UsageError(f"{day} has not come yet: a release so dated would end every hold.", "Give an earlier day.")
        if before and again is None and day.isoformat() < before.dated:
            raise UsageError(f"{day} lies before the release {before.label}, which is dated {before.dated}.", "Give a later day.")
        content = gather(casebook, rules.standard, rules.scope, rules.figures)
        secret = _make_secret(label)
        earlier = read_earlier(previous, again, content.state)
        rows = make_rows(content.candidates, rules.policy, day, secret, earlier)
        widened = compare_policies(content, rows, rules, previous, day, secret, earlier)
        shown_before = read_shown(again.id if again else None)
        based_on = again.based_on if again else head.hash
        returned = _find_returned(content, rows)
        tables, texts, summary = make_tables(casebook, content, rows, rules, label, before, shown_before, day)
    standing = {content.state.follow(person) for person in shown_before}
    added, gone = sorted(rows.shown - standing), sorted(shown_before - rows.shown)
    figures = tuple(_compare(summary, before))
    # Whoever is shown without an editor's word is a minor by no value: only the others are looked at.
    others = (c for c in content.candidates if c.case.word is None and c.person not in rows.shown)
    doubted = tuple(c.person for c in others if is_contradicted(c.case))
    before_policy = {figure.definition.id: figure.value for figure in content.figures}
    made = rows, figures, tuple(added), tuple(gone), again is not None, content.unlinked, before_policy
    built = Built(None, "", *made, tuple(_find_redefined(rules, before)), widened, doubted, _say_why(gone, content))
    if preview:
        return built
    if again is None and not confirmed and returned:
        raise ConfirmationNeeded(
            f"{len(returned):,} of those who would be shown bear the name of somebody whom a word withholds or says to be alive, "
            f"and whose own reports are gone: {', '.join(person[:12] for person in returned[:5])}.",
            "Was a list without a key imported anew? Judge may_publish of each, or say --yes if they are others.",
        )
    if again is None and not confirmed and len(gone) > max(_FEW_GONE, len(shown_before) // 20):
        raise ConfirmationNeeded(
            f"{len(gone):,} of {len(shown_before):,} people whom the last release shows would be shown no more.",
            "Look with --preview; was a run taken back? Say --yes if it is meant.",
        )
    head_of = Head(
        label,
        rules.title,
        day.isoformat(),
        rules.authors,
        rules.licence,
        {**_rests_on(content, rules, based_on), **_comes_after(before)},
        rules.homepage,
    )
    with _hold_building(folder) as building:
        sums = write_release(building, head_of, tables, texts)
        if again and sums != again.sums:
            raise RefusedError(
                f"The release {label} is in the record with other bytes ({again.sums[:12]}, now {sums[:12]}).",
                "The casebook or the rules have changed since: give this one another label.",
            )
        write_built(building, casebook.clock(), head_of.rests_on)
        if folder.exists():
            raise RefusedError(f"{folder.name} was made meanwhile: a release is never overwritten.", "Name a folder that is not.")
        if again is None:
            record_release(casebook, actor, label, day, before, based_on, sums, summary, rows.shown, shown_before)
        building.chmod(0o755)
        building.rename(folder)
    return replace(built, folder=folder, sums=sums)


def _say_why(gone: Sequence[str], content: Content) -> dict[str, str]:
    """Return why each is shown no more, as far as the record tells without opening theirs."""
    counted = {candidate.person for candidate in content.candidates}
    unresolved = {item.person for item in content.state.assigned.values() if item.resolution == "unresolved"}
    found = {}
    for person in gone:
        if (into := content.state.follow(person)) != person:
            found[person] = f"one with {into} now"
        elif person in counted:
            found[person] = "still counted, and withheld"
        elif person in unresolved:
            found[person] = "unresolved now: too little is said to tell who it is"
        elif person in content.standing:
            found[person] = "has reports that stand, and no figure counts them now (fate, grade, scope)"
        else:
            found[person] = "has no report that stands"
    return found


@contextmanager
def _hold_building(folder: Path) -> Iterator[Path]:
    """Give an empty folder beside the one that a release will be, held so that no other build of it runs meanwhile.

    What a build that was killed left is taken away first: it holds nothing any more.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        building = folder.parent / f".{folder.name}.building"
        for stray in folder.parent.glob(f".{folder.name}-*.building"):  # Of a build of an earlier version that was killed.
            shutil.rmtree(stray, ignore_errors=True)
        building.mkdir(mode=0o700, exist_ok=True)
        handle = os.open(building, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError as error:
        raise RefusedError(f"{folder} cannot be written: {error.strerror}.", "Name a folder that can.") from error
    try:
        with _refusing(folder):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if not os.path.samestat(os.fstat(handle), building.stat()):
                raise BlockingIOError
        for stray in building.iterdir():
            shutil.rmtree(stray) if stray.is_dir() and not stray.is_symlink() else stray.unlink()
        try:
            yield building
        except BaseException:
            shutil.rmtree(building, ignore_errors=True)
            raise
    finally:
        os.close(handle)


@contextmanager
def _refusing(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise RefusedError(f"Another build of a release into {folder.name} runs.", "Wait until it has ended.") from error


def _find_returned(content: Content, rows: Rows) -> list[str]:
    shown = (c for c in content.candidates if c.person in rows.shown)
    return find_returned(content.words, content.standing, shown)


def _last_day() -> date:
    found = bulk.fetch_one("SELECT at FROM ledger_entry ORDER BY number DESC LIMIT 1")
    assert found is not None
    return date.fromisoformat(found[0][:10])


def _make_secret(label: str) -> bytes:
    """Return what opaque ids are made from: the casebook's own, and another for every release.

    It rests on the salt of the first accepted run's row, which the record keeps, backups carry, and no release shows.
    """
    found = bulk.fetch_one('SELECT salt FROM link_run ORDER BY "row" LIMIT 1')
    if found is None or found[0] is None:
        raise RefusedError("Nobody's reports have been linked to people yet.", "Run `cenotaph link run --accept` first.")
    return hmac.new(bytes(found[0]), f"release {label}".encode(), hashlib.sha256).digest()


def _compare(summary: Mapping[str, JsonValue], before: Recorded | None) -> Sequence[tuple[str, int, int | None]]:
    now, was = summary["figures"], before.summary["figures"] if before else {}
    assert isinstance(now, dict) and isinstance(was, dict)
    return [(name, int(number), int(was[name]) if name in was else None) for name, number in now.items()]


def _find_redefined(rules: Rules, before: Recorded | None) -> Iterator[str]:
    """Yield figures that count something else under an id which the release before has."""
    definitions: Any = before.summary["definitions"] if before else []
    old = {definition["id"]: definition for definition in definitions}
    for figure in rules.figures:
        if figure.id in old and not count_alike(old[figure.id], figure.record()):
            yield figure.id


def _comes_after(before: Recorded | None) -> dict[str, str]:
    """Return the release before and the hash of its sums: a label alone stands in any casebook."""
    return {"release_before": before.label, "release_before_sums": before.sums} if before else {"release_before": "none"}


def _rests_on(content: Content, rules: Rules, head: str) -> dict[str, str]:
    return {
        "cenotaph": version("cenotaph"),
        "ledger_head": head,
        "link_run": content.state.last_run or "",
        "standard": f"{rules.standard.id} {rules.standard.version()}",
        "scope": f"{rules.scope.id} {rules.scope.version()}" if rules.scope else "none",
        "policy": f"{rules.policy.id} {rules.policy.version()}",
    }
