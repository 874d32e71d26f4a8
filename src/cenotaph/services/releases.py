"""Building a release from a casebook, recording it, and saying what changed since the one before."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from cenotaph.assess.scope import Scope
from cenotaph.assess.standard import Standard
from cenotaph.casebook import bulk
from cenotaph.casebook.guarded import RELEASE, RELEASE_PERSON
from cenotaph.casebook.ledger import Actor
from cenotaph.casebook.store import Casebook
from cenotaph.count.figures import FigureDefinition
from cenotaph.domain.canonical import JsonValue, canonical_json, content_id
from cenotaph.domain.errors import ConfirmationNeeded, NotFoundError, RefusedError, UsageError
from cenotaph.publish.policy import Policy
from cenotaph.publish.release_files import SUMS, Head, write_release
from cenotaph.publish.release_rows import Earlier, PublicPerson, Rows, count_opaque, make_rows
from cenotaph.publish.release_tables import PublicFigure, Table, figure_tables, names_table, persons_table, reports_table
from cenotaph.services.challenges import challenges_table
from cenotaph.services.release_content import Content, gather
from cenotaph.services.release_extras import (
    changes_table,
    claims_table,
    count_withheld,
    judgements_table,
    method_text,
    redirects_table,
    withheld_table,
)

_FEW_GONE = 3
"""So many may be shown no more without a question."""
_LABEL = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,63}")


@dataclass(frozen=True, slots=True)
class Rules:
    """What a release is made under.

    Parameters
    ----------
    standard, scope, figures, policy
        What evidence is enough, which deaths count, what is counted, what is shown.
    authors, licence, title, homepage
        Who publishes it, under what, what it is called, where it lives.
    """

    standard: Standard
    scope: Scope | None
    figures: tuple[FigureDefinition, ...]
    policy: Policy
    title: str
    authors: tuple[str, ...]
    licence: str
    homepage: str = ""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A release in the record.

    Parameters
    ----------
    id, label, dated
        Its id, its label, the day it is dated.
    based_on
        Hash of the ledger's head that it was made from.
    sums
        Hash of its ``SHA256SUMS``.
    summary
        What the next release needs of it: figures' numbers, opaque rows by what they share.
    """

    id: str
    label: str
    dated: str
    based_on: str
    sums: str
    summary: dict[str, JsonValue]


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made: the folder's sums, the rows, and how figures changed since the release before."""

    folder: Path | None
    sums: str
    rows: Rows
    figures: tuple[tuple[str, int, int | None], ...]
    added: tuple[str, ...]
    gone: tuple[str, ...]
    again: bool
    unlinked: int = 0


def list_releases() -> list[Recorded]:
    """Return the releases in the record, the first one first."""
    sql = 'SELECT id, label, dated, based_on, sums, summary FROM release ORDER BY "row"'
    return [Recorded(i, label, dated, head, sums, json.loads(text)) for i, label, dated, head, sums, text in bulk.fetch_rows(sql)]


def read_shown(before: str | None = None) -> frozenset[str]:
    """Return whom the last release shows, or the one before a release that is named."""
    shown: dict[str, bool] = {}
    sql = 'SELECT release, person, shown FROM release_person ORDER BY "row"'
    for chunk in bulk.stream_rows(sql):
        for release, person, flag in chunk:
            if release == before:
                return frozenset(p for p, yes in shown.items() if yes)
            shown[person] = bool(flag)
    return frozenset(p for p, yes in shown.items() if yes)


def read_ever_shown() -> frozenset[str]:
    """Return everybody whom some release has shown."""
    return frozenset(row[0] for row in bulk.fetch_rows("SELECT DISTINCT person FROM release_person WHERE shown"))


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
        previous = (known[: known.index(again)] if again else known)[-1:] or None
        before = previous[0] if previous else None
        day = date.fromisoformat(again.dated) if again else dated or _last_day()
        if before and again is None and day.isoformat() < before.dated:
            raise UsageError(f"{day} lies before the release {before.label}, which is dated {before.dated}.", "Give a later day.")
        content = gather(casebook, rules.standard, rules.scope, rules.figures)
        rows = make_rows(content.candidates, rules.policy, day, _make_secret(label), _read_earlier(before))
        shown_before = read_shown(again.id if again else None)
        based_on = again.based_on if again else head.hash
        tables, texts, summary = _make_tables(casebook, content, rows, rules, label, before, shown_before)
    standing = {content.state.follow(person) for person in shown_before}
    added, gone = sorted(rows.shown - standing), sorted(shown_before - rows.shown)
    figures = tuple(_compare(summary, before))
    built = Built(None, "", rows, figures, tuple(added), tuple(gone), again is not None, content.assessment.unlinked)
    if preview:
        return built
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
        _rests_on(content, rules, based_on),
        rules.homepage,
    )
    folder.parent.mkdir(parents=True, exist_ok=True)
    for stray in folder.parent.glob(f".{folder.name}-*.building"):  # Of a build that was killed.
        shutil.rmtree(stray, ignore_errors=True)
    building = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", suffix=".building", dir=folder.parent))
    try:
        sums = write_release(building, head_of, tables, texts)
        if again and sums != again.sums:
            raise RefusedError(
                f"The release {label} is in the record with other bytes ({again.sums[:12]}, now {sums[:12]}).",
                "The casebook or the rules have changed since: give this one another label.",
            )
        if again is None:
            _record(casebook, actor, label, day, before, based_on, sums, summary, rows.shown, shown_before)
        building.chmod(0o755)
        building.rename(folder)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
    return replace(built, folder=folder, sums=sums)


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


def _read_earlier(before: Recorded | None) -> Earlier:
    if before is None:
        return Earlier()
    opaque: Any = before.summary["opaque"]
    return Earlier({tuple(str(part) for part in key): int(number) for key, number in opaque})


def _make_tables(
    casebook: Casebook,
    content: Content,
    rows: Rows,
    rules: Rules,
    label: str,
    before: Recorded | None,
    shown_before: frozenset[str],
) -> tuple[list[Table], dict[str, str], dict[str, JsonValue]]:
    people = {person.id: person for person in rows.people}
    public = _name_figures(content, rows, people)
    figures, cells, members = figure_tables(public, people)
    earlier: Any = before.summary.get("withheld", {}) if before else {}
    counted = count_withheld(rows, rules.policy, earlier)
    tables = [
        persons_table(rows.people, rules.policy),
        names_table(rows.people),
        reports_table(rows.people),
        figures,
        cells,
        members,
        claims_table(),
        challenges_table(),
        judgements_table(rows.shown),
        redirects_table(content.state, read_ever_shown() | rows.shown, rows.shown),
        withheld_table(counted),
        changes_table(content.state, shown_before, rows.shown, before is None),
    ]
    numbers = {figure.id: len(figure.members) for figure in public}
    opaque = sorted(count_opaque(rows.people, rules.policy).items())
    summary: dict[str, JsonValue] = {
        "figures": numbers,
        "withheld": dict(rows.withheld),
        "opaque": [[list(key), number] for key, number in opaque],
        "standard": rules.standard.record(),
        "scope": rules.scope.record() if rules.scope else None,
        "policy": rules.policy.record(),
        "definitions": [definition.record() for definition in rules.figures],
    }
    del casebook
    return tables, {"methodology.md": method_text(rules.standard, rules.scope, rules.policy, rules.figures, label)}, summary


def _name_figures(content: Content, rows: Rows, people: Mapping[str, PublicPerson]) -> list[PublicFigure]:
    """Return figures with their members under public ids."""
    members: dict[str, list[str]] = {figure.definition.id: [] for figure in content.figures}
    for person in people.values():
        for name in person.figures:
            members[name].append(person.id)
    del rows
    return [
        PublicFigure(
            f.definition.id,
            f.definition.title,
            f.definition.text,
            f.definition.record(),
            f.definition.version(),
            f.definition.by,
            f.definition.series.value,
            tuple(sorted(members[f.definition.id])),
        )
        for f in content.figures
    ]


def _compare(summary: Mapping[str, JsonValue], before: Recorded | None) -> Sequence[tuple[str, int, int | None]]:
    now, was = summary["figures"], before.summary["figures"] if before else {}
    assert isinstance(now, dict) and isinstance(was, dict)
    return [(name, int(number), int(was[name]) if name in was else None) for name, number in now.items()]


def _rests_on(content: Content, rules: Rules, head: str) -> dict[str, str]:
    return {
        "cenotaph": version("cenotaph"),
        "ledger_head": head,
        "link_run": content.state.last_run or "",
        "standard": f"{rules.standard.id} {rules.standard.version()}",
        "scope": f"{rules.scope.id} {rules.scope.version()}" if rules.scope else "none",
        "policy": f"{rules.policy.id} {rules.policy.version()}",
    }


def _record(
    casebook: Casebook,
    actor: Actor,
    label: str,
    day: date,
    before: Recorded | None,
    based_on: str,
    sums: str,
    summary: Mapping[str, JsonValue],
    shown: frozenset[str],
    shown_before: frozenset[str],
) -> None:
    identifier = content_id("release", label)
    with casebook.writing(actor, "release build") as entry:
        if entry.previous.hash != based_on:
            raise RefusedError("Something was written into the casebook while the release was built.", "Build it again.")
        row = (identifier, label, day.isoformat(), before.id if before else None, based_on, sums, canonical_json(dict(summary)))
        entry.add(RELEASE, [row])
        changed = [(person, True) for person in sorted(shown - shown_before)]
        changed += [(person, False) for person in sorted(shown_before - shown)]
        entry.add(
            RELEASE_PERSON,
            ((content_id("release person", label, person), identifier, person, flag) for person, flag in changed),
        )
        entry.detail.update({"release": label, "sums": sums, "people": len(shown)})


def verify_folder(folder: Path) -> tuple[bool, list[str]]:
    """Run a release's own check as a stranger would; return whether everything matches, and what it said.

    The script that runs is this program's, not the folder's.

    Raises
    ------
    NotFoundError
        The folder is no release.
    """
    import subprocess
    import sys

    from cenotaph.publish.release_files import VERIFY

    if not (folder / SUMS).is_file():
        raise NotFoundError(f"{folder} is no release: it has no {SUMS}.", "Name a folder that `release build` wrote.")
    code = VERIFY.read_text(encoding="utf-8")
    done = subprocess.run(  # Its own process: what it reads is not ours.
        [sys.executable, "-I", "-", str(folder.absolute())], input=code, capture_output=True, text=True, check=False
    )
    lines = [*done.stdout.splitlines(), *done.stderr.splitlines()]
    return done.returncode == 0, lines
