"""People kept from build to build: a rebuild has the bytes of a whole build, and trusts no file that is not its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.builders import add_document, add_release, make_row
from tests.conftest import ACTOR
from tests.release_builders import POLICY, everything, link_lists, make_rules, person_of, rows

from cenotaph.assess.scope import Scope, load_scope
from cenotaph.assess.standard import load_standard
from cenotaph.casebook.store import Casebook
from cenotaph.services import kept_people, release_content
from cenotaph.services.judgements import Draft, add_judgement
from cenotaph.services.linking import accept_people, propose_people
from cenotaph.services.people import merge_people, split_person
from cenotaph.services.people_state import read_people
from cenotaph.services.person_records import PersonRecord
from cenotaph.services.release_rules import Rules
from cenotaph.services.releases import build_release
from cenotaph.services.remains import add_event, add_remains, take_back
from cenotaph.services.seals import seal

Worked = list[str]


@pytest.fixture
def worked(monkeypatch: pytest.MonkeyPatch) -> Worked:
    """People who were worked out anew."""
    found: Worked = []
    stand = release_content.stand

    def note(record: PersonRecord, person: object) -> object:
        found.append(record.person)
        return stand(record, person)  # type: ignore[arg-type]

    monkeypatch.setattr(release_content, "stand", note)
    return found


@pytest.fixture
def rules(casebook: Casebook, tmp_path: Path) -> Rules:
    return make_rules(casebook, tmp_path)


@pytest.fixture
def linked(casebook: Casebook) -> Casebook:
    """A casebook in which the first person has two reports and everybody else has one."""
    again = make_row("again", death="2024-01-10", age=20, name="Рахимов Алишер")
    return link_lists(casebook, {"list": rows(), "other": [again]})


def build(casebook: Casebook, rules: Rules, out: Path, label: str) -> bytes:
    build_release(casebook, ACTOR, label, rules, out, date(2025, 3, 1), confirmed=True)
    return everything(out)


def kept_files(casebook: Casebook) -> list[Path]:
    return sorted(casebook.derived.rglob("people-*.jsonl"))


def report_of(key: str) -> str:
    from cenotaph.domain.canonical import content_id

    return read_people().assigned[content_id("row", "list", key)].report


def word(question: str, answer: str) -> Callable[[Casebook], None]:
    def judge(casebook: Casebook) -> None:
        add_judgement(casebook, ACTOR, Draft(question, answer, person_of("r4"), "so it is", target_kind="person"))

    return judge


def examine(casebook: Casebook) -> None:
    add_judgement(casebook, ACTOR, Draft("examined", "yes", report_of("r4"), "looked at"))


def tell_fate_of_a_report(casebook: Casebook) -> None:
    add_judgement(casebook, ACTOR, Draft("fate", "missing", report_of("r4"), "the page says missing"))


def add_new_reports(casebook: Casebook) -> None:
    more = [*rows(), make_row("r7", death="2024-05-01", age=40, name="Новиков Пётр", nationality="UZ")]
    add_release(casebook, "list", "2025-02", more)
    accept_people(casebook, ACTOR, propose_people(casebook))


def correct_a_row(casebook: Casebook) -> None:
    corrected = make_row("r6", death="2024-01-09", age=50, name="Каримов Тимур", nationality="KG")
    add_release(casebook, "list", "2025-02", [*rows(6), corrected])
    accept_people(casebook, ACTOR, propose_people(casebook))


def merge(casebook: Casebook) -> None:
    merge_people(casebook, ACTOR, person_of("r4"), [person_of("r5")], "one passport")


def merge_and_split(casebook: Casebook) -> None:
    merge(casebook)
    split_person(casebook, ACTOR, person_of("r4"), [report_of("r5")], "two passports")


def undo(casebook: Casebook) -> None:
    from cenotaph.services.people_runs import undo_run

    merge(casebook)
    state = read_people()
    assert state.last_run
    undo_run(casebook, ACTOR, state.last_run, state)


def identify(casebook: Casebook) -> str:
    document = add_document(casebook, "A body was found and identified.", source="paper", published_on="2024-06-01")
    body = add_remains(casebook, ACTOR, "body 7")
    return add_event(casebook, ACTOR, body, "identified", person=person_of("r4"), document=document)


def find_a_body(casebook: Casebook) -> None:
    identify(casebook)


def take_an_identification_back(casebook: Casebook) -> None:
    take_back(casebook, ACTOR, identify(casebook), "another man")


def seal_a_name(casebook: Casebook) -> None:
    seal(casebook, ACTOR, "report", report_of("r4"), "family_request", "name")


CHANGES: tuple[tuple[str, Callable[[Casebook], object], int], ...] = (
    ("nothing", lambda casebook: None, 0),
    ("examined", examine, 1),
    ("the fate that a report tells", tell_fate_of_a_report, 1),
    ("a word on a fate", word("fate", "alive"), 1),
    ("a word on the scope", word("in_scope", "no"), 1),
    ("a word to publish nothing", word("may_publish", "no"), 0),
    ("a merge", merge, 1),
    ("a merge and a split", merge_and_split, 2),
    ("a run taken back", undo, 0),
    ("remains", find_a_body, 1),
    ("an identification taken back", take_an_identification_back, 0),
    ("new reports", add_new_reports, 8),
    ("a row corrected", correct_a_row, 8),
    ("a seal", seal_a_name, 8),
)


@pytest.mark.parametrize(("change", "most"), [change[1:] for change in CHANGES], ids=[change[0] for change in CHANGES])
def test_a_rebuild_has_the_bytes_of_a_whole_build(
    linked: Casebook, rules: Rules, tmp_path: Path, worked: Worked, change: Callable[[Casebook], object], most: int
) -> None:
    build(linked, rules, tmp_path / "first", "2025-01")
    assert len(worked) == len(read_people().people()) and kept_files(linked)
    change(linked)
    worked.clear()
    rebuilt = build(linked, rules, tmp_path / "second", "2025-02")
    assert len(worked) <= most
    shutil.rmtree(linked.derived)
    worked.clear()
    assert build(linked, rules, tmp_path / "whole", "2025-02") == rebuilt
    assert len(worked) >= 6


@pytest.mark.parametrize("what", ["standard", "scope", "policy", "figures"])
def test_other_rules_give_what_they_give_from_nothing(
    linked: Casebook, rules: Rules, tmp_path: Path, worked: Worked, what: str
) -> None:
    build(linked, rules, tmp_path / "first", "2025-01")
    others = {
        "standard": lambda: replace(rules, standard=load_standard("two-sources")),
        "scope": lambda: replace(rules, scope=make_scope(tmp_path)),
        "policy": lambda: make_rules(linked, tmp_path, make_policy()),
        "figures": lambda: replace(rules, figures=rules.figures[:1]),
    }
    other = others[what]()
    worked.clear()
    rebuilt = build(linked, other, tmp_path / "second", "2025-02")
    assert bool(worked) is (what in ("standard", "scope"))
    shutil.rmtree(linked.derived)
    assert build(linked, other, tmp_path / "whole", "2025-02") == rebuilt


def make_policy() -> str:
    return POLICY.replace('age = "band"\n', "")


def make_scope(folder: Path) -> Scope:
    (folder / "scope.toml").write_text(
        'schema = 1\nid = "late"\ntitle = "Late"\ntext = "Deaths of February."\n[time]\nfrom = "2024-02-01"\n', encoding="utf-8"
    )
    return load_scope(folder / "scope.toml")


def test_other_code_works_everybody_out_anew(
    linked: Casebook, rules: Rules, tmp_path: Path, worked: Worked, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(linked, rules, tmp_path / "first", "2025-01")
    everybody = set(worked)
    worked.clear()
    monkeypatch.setattr(kept_people, "code_version", lambda: "another")
    build(linked, rules, tmp_path / "second", "2025-02")
    assert set(worked) == everybody
    assert len(kept_files(linked)) == 1


def test_the_codes_version_changes_with_any_file_of_it(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.py").write_text("a = 1\n")
    before = kept_people.hash_code(tmp_path)
    assert kept_people.hash_code(tmp_path) == before
    (tmp_path / "sub" / "a.py").write_text("a = 2\n")
    changed = kept_people.hash_code(tmp_path)
    (tmp_path / "b.py").write_text("")
    assert len({before, changed, kept_people.hash_code(tmp_path)}) == 3


@pytest.mark.parametrize("how", ["a byte", "cut off", "longer", "a line twice", "emptied"])
def test_a_damaged_file_is_noticed_and_nothing_of_it_is_used(
    linked: Casebook, rules: Rules, tmp_path: Path, worked: Worked, how: str
) -> None:
    whole = build(linked, rules, tmp_path / "first", "2025-01")
    (path,) = kept_files(linked)
    data = path.read_bytes()
    assert b'"dead"' in data
    damaged = {
        "a byte": data.replace(b"Alisher", b"Alishur", 1).replace(b"reported", b"repurted", 1),
        "cut off": data[: len(data) // 2],
        "longer": data + data.splitlines(keepends=True)[0],
        "a line twice": data.splitlines(keepends=True)[0] + data,
        "emptied": b"",
    }[how]
    assert damaged != data
    path.write_bytes(damaged)
    everybody = set(worked)
    worked.clear()
    assert build(linked, rules, tmp_path / "again", "2025-01") == whole
    assert set(worked) == everybody
    assert kept_files(linked)[0].read_bytes() == data


def test_a_file_of_another_casebook_is_not_used(linked: Casebook, rules: Rules, tmp_path: Path, worked: Worked) -> None:
    """The right name under another secret, with keys that match: what somebody would write who wants a figure changed."""
    import hashlib
    import hmac

    whole = build(linked, rules, tmp_path / "first", "2025-01")
    (path,) = kept_files(linked)
    forged = path.read_bytes().replace(b'"dead"', b'"alive"')
    path.unlink()
    for name in (hmac.digest(b"another", forged, "sha256").hex(), hashlib.sha256(forged).hexdigest()):
        path.with_name(f"people-{name}.jsonl").write_bytes(forged)
    worked.clear()
    assert build(linked, rules, tmp_path / "again", "2025-01") == whole
    assert len(worked) >= 6
    assert [file.name for file in kept_files(linked)] == [path.name]


def test_a_seal_takes_the_kept_people_with_it(linked: Casebook, rules: Rules, tmp_path: Path) -> None:
    build(linked, rules, tmp_path / "first", "2025-01")
    assert kept_files(linked)
    seal_a_name(linked)
    assert kept_files(linked) == []


def test_many_small_changes_do_not_make_many_files(
    linked: Casebook, rules: Rules, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_people, "_MOST", 2)
    build(linked, rules, tmp_path / "r0", "2025-01")
    for at in range(4):
        add_judgement(linked, ACTOR, Draft("examined", "yes", report_of(f"r{at}"), "looked at"))
        build(linked, rules, tmp_path / f"n{at}", f"2025-02-{at}")
        assert 1 <= len(kept_files(linked)) <= 2


def test_a_folder_that_cannot_be_written_keeps_nobody_and_stops_nothing(
    linked: Casebook, rules: Rules, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError("full")

    monkeypatch.setattr(kept_people.KeptPeople, "_store", refuse)
    build(linked, rules, tmp_path / "first", "2025-01")
    assert kept_files(linked) == []
