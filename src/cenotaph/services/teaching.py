"""The teaching example: five reports in three scripts, one man, two origins, three standards, and a call from a hospital."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from cenotaph.assess.standard import load_standard, standard_names
from cenotaph.casebook import bulk
from cenotaph.casebook.ledger import Actor
from cenotaph.casebook.store import Casebook
from cenotaph.domain.dates import PartialDate
from cenotaph.domain.errors import UsageError
from cenotaph.services.assessing import assess_records, find_moved
from cenotaph.services.captures import add_captures
from cenotaph.services.evidence import read_records
from cenotaph.services.judgements import Draft, add_judgement
from cenotaph.services.linking import accept_people, propose_people
from cenotaph.services.opening import start_casebook
from cenotaph.services.people import show_person
from cenotaph.services.people_state import read_people
from cenotaph.services.people_text import person_text
from cenotaph.services.release_checks import verify_folder
from cenotaph.services.release_rules import load_rules
from cenotaph.services.release_text import built_text
from cenotaph.services.releases import build_release
from cenotaph.services.report_entry import add_reports

EXAMPLE = "five-reports"


@dataclass
class _Lesson:
    casebook: Casebook
    actor: Actor
    folder: Path
    talk: Callable[[str], None]
    documents: dict[str, str]
    reports: dict[str, str]

    def keep(self, item: Mapping[str, Any]) -> None:
        """Keep a text and enter what it says of somebody, each value with its words."""
        path = self.folder / "texts" / item["text"]
        text = path.read_text(encoding="utf-8")
        add_captures(
            self.casebook,
            self.actor,
            [path],
            source=item["source"],
            source_kind=item["kind"],
            language=item["language"],
            published_on=PartialDate.from_edtf(item["published"]),
        )
        found = bulk.fetch_one("SELECT id FROM document WHERE text = %s", [text])
        assert found is not None
        values = {}
        for name, value in item["values"].items():
            start = text.index(value["words"])
            values[name] = {**value, "start": start, "end": start + len(value["words"])}
        line = json.dumps({"document": found[0], "values": values}, ensure_ascii=False)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "reports.jsonl"
            file.write_text(line, encoding="utf-8")
            entered = add_reports(self.casebook, self.actor, file)
        if entered.bad:
            raise UsageError(f"{item['text']}: {entered.bad[0].reason}", "Mend the example.")
        self.documents[item["text"]] = found[0]
        self.reports[item["text"]] = entered.ids[0]

    def link(self) -> str:
        """Link everything, say of the pair that the machine leaves open what a reviewer says, and return the man's id."""
        accept_people(self.casebook, self.actor, propose_people(self.casebook))
        owner = {item.report: item.person for item in read_people().assigned.values()}
        first = self.reports["1-mother.txt"]
        for name in ("2-outlet.txt", "3-reprint.txt", "4-wire.txt", "5-cemetery.txt"):
            if owner[self.reports[name]] != owner[first]:
                self.talk(f"   The machine is not sure of {name}; a reviewer says: the same man.")
                reason = "the same name, village, age and day of death"
                add_judgement(
                    self.casebook, self.actor, Draft("same_person", "yes", self.reports[name], reason, field=first)
                )
        accept_people(self.casebook, self.actor, propose_people(self.casebook))
        return next(item.person for item in read_people().assigned.values() if item.report == first)


def run_lesson(out: Path, example: Path, talk: Callable[[str], None]) -> Path:
    """Run the teaching example; return the folder of its release.

    Parameters
    ----------
    out
        Where casebook and release go; an earlier run's are replaced, nothing else is touched.
    example
        The folder of the example.
    """
    root, release = out / "five-reports", out / "five-reports-release"
    for old, mark in ((root, "casebook.toml"), (release, "SHA256SUMS")):
        if old.exists():
            if not (old / mark).is_file():
                raise UsageError(f"{old} exists and is not of an earlier run.", "Name another folder with --out.")
            shutil.rmtree(old)
    from cenotaph.services.opening import name_actor

    actor = name_actor(None, "editor", "demo")
    casebook = start_casebook(root, actor, {"casebook.title": "Five reports: invented, to teach"})
    data = json.loads((example / "reports.json").read_text(encoding="utf-8"))
    lesson = _Lesson(casebook, actor, example, talk, {}, {})
    for item in data["reports"]:
        lesson.keep(item)
    talk(f"a. Six reports in three scripts are kept and entered in {root}, all invented: five of one man, one of his cousin.\n")
    man = lesson.link()
    talk("\nb. Who is who:\n")
    cousin = next(i.person for i in read_people().assigned.values() if i.report == lesson.reports["6-cousin.txt"])
    for person in (man, cousin):
        for line in person_text(show_person(person)):
            talk("   " + line)
    _compare(lesson, "\nc. The same evidence under three standards, before anybody has said what goes back to what:")
    for item in data["origins"]:
        answer = "yes" if item["same"] else "no"
        first, second = lesson.documents[item["first"]], lesson.documents[item["second"]]
        add_judgement(casebook, actor, Draft("same_origin", answer, first, item["reason"], "document", second))
    _compare(lesson, "\nd. A reviewer says what goes back to what: five reports, two origins. A reprint adds nothing:")
    _publish(lesson, release)
    _call(lesson, data["call"], man)
    return release


def _compare(lesson: _Lesson, words: str) -> None:
    lesson.talk(words + "\n")
    records = read_records(lesson.casebook)
    for name in standard_names():
        found = assess_records(records, load_standard(name))
        confirmed = sum(p.derivation.standing.grade == "confirmed" for p in found.people)
        lesson.talk(f"   {name}: documented dead at least {len(found.people)}, confirmed at least {confirmed}")
        for person in found.people:
            lesson.talk(f"      {person.person[:12]}  {person.derivation.words}")


def _publish(lesson: _Lesson, release: Path) -> None:
    rules = load_rules(
        lesson.casebook,
        "two-sources",
        None,
        lesson.folder / "figures.toml",
        lesson.folder / "policy.toml",
        authors=("Cenotaph project",),
    )
    built = build_release(lesson.casebook, lesson.actor, "lesson-1", rules, release, date(2024, 5, 1))
    lesson.talk("\ne. Frozen:\n")
    for line in built_text(built, "lesson-1"):
        lesson.talk("   " + line)
    path = release / "data" / "persons.csv"
    before = path.read_bytes()
    path.write_bytes(before.replace(b"confirmed", b"confirmeb", 1))
    sound, lines = verify_folder(release)
    lesson.talk("\nf. A stranger changes one byte, and the release's own script names it:\n")
    lesson.talk("   " + next(line for line in lines if line.startswith("WRONG")))
    path.write_bytes(before)
    assert not sound
    lesson.talk(f"   The byte is put back: {verify_folder(release)[1][-1]}")


def _call(lesson: _Lesson, call: Mapping[str, Any], man: str) -> None:
    casebook, actor = lesson.casebook, lesson.actor
    standard = load_standard("newsroom")
    before = assess_records(read_records(casebook), standard)
    lesson.keep(call)
    add_judgement(
        casebook,
        actor,
        Draft("same_person", "yes", lesson.reports[call["text"]], call["reason"], field=lesson.reports["1-mother.txt"]),
    )
    accept_people(casebook, actor, propose_people(casebook))
    lesson.talk("\ng. He rings, he is alive. What moves, under the newsroom's standard:\n")
    for moved in find_moved(before, assess_records(read_records(casebook), standard)):
        lesson.talk(f"   {moved.person[:12]}: {moved.before} -> {moved.after}")
    rules = load_rules(casebook, "newsroom", None, lesson.folder / "figures.toml", lesson.folder / "policy.toml")
    preview = build_release(casebook, actor, "lesson-2", rules, lesson.folder / "none", date(2024, 10, 1), preview=True)
    for name, now, was in preview.figures:
        lesson.talk(f"   {name}: at least {now} (was {was})")
    lesson.talk("\nh. And if it was somebody else who rang: a word takes it back, and the ledger keeps both.\n")
    add_judgement(
        casebook, actor, Draft("fate", "unknown", lesson.reports[call["text"]], "the number was not the hospital's after all")
    )
    standing = next(p for p in assess_records(read_records(casebook), standard).people if p.person == man).derivation
    lesson.talk(f"   {standing.words}")
