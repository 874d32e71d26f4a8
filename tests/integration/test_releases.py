"""Releases: the same bytes from the same record, recounted by a stranger, and nothing of the withheld in them."""

from __future__ import annotations

import filecmp
import random
import shutil
from datetime import date
from pathlib import Path

import pytest
from django.db import connections
from tests.builders import add_release, make_row
from tests.conftest import ACTOR, Clock
from tests.release_builders import FIGURES, NAMES, POLICY, everything, link_lists, make_rules, person_of, rows, run_stranger
from tests.servers import PostgresServer

from cenotaph.casebook.ledger import Actor
from cenotaph.casebook.store import Casebook
from cenotaph.casebook.verify import check_ledger
from cenotaph.domain.errors import ConfirmationNeeded, RefusedError, UsageError
from cenotaph.publish.release_files import write_sums
from cenotaph.services.backups import back_up, restore
from cenotaph.services.imports import import_list, load
from cenotaph.services.judgements import Draft, add_judgement
from cenotaph.services.linking import accept_people, propose_people
from cenotaph.services.opening import open_casebook, start_casebook
from cenotaph.services.people_state import read_people
from cenotaph.services.release_checks import verify_folder
from cenotaph.services.release_record import list_releases
from cenotaph.services.release_rules import Rules, load_rules
from cenotaph.services.release_text import built_text
from cenotaph.services.releases import Built, _hold_building, build_release


@pytest.fixture
def rules(casebook: Casebook, tmp_path: Path) -> Rules:
    return make_rules(casebook, tmp_path)


@pytest.fixture
def linked(casebook: Casebook) -> Casebook:
    return link_lists(casebook, {"list": rows()})


def build(casebook: Casebook, rules: Rules, out: Path, label: str = "2025-01") -> Built:
    return build_release(casebook, ACTOR, label, rules, out, date(2025, 2, 1))


def test_a_stranger_recounts_a_release_with_nothing_but_python(linked: Casebook, rules: Rules, tmp_path: Path) -> None:
    built = build(linked, rules, tmp_path / "out")
    code, said = run_stranger(tmp_path / "out")
    assert code == 0, said
    assert "dead: at least 7" in said
    assert verify_folder(tmp_path / "out")[0]
    assert {name: now for name, now, _ in built.figures} == {"dead": 7, "by-month": 7}
    assert list(check_ledger(linked)) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        ("data/cells.csv", '"[""UZ""]",3', '"[""UZ""]",4', "data/cells.csv"),
        ("data/members.csv", "by-month,", "by-monthx,", "data/members.csv"),
        ("methodology.md", "minimum", "maximum", "methodology.md"),
    ],
)
def test_one_changed_byte_is_named(
    linked: Casebook, rules: Rules, tmp_path: Path, name: str, old: str, new: str, words: str
) -> None:
    build(linked, rules, tmp_path / "out")
    path = tmp_path / "out" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    code, said = run_stranger(tmp_path / "out")
    assert code == 1
    assert f"WRONG  {words}" in said


def test_numbers_that_were_changed_with_their_hashes_do_not_follow_from_their_members(
    linked: Casebook, rules: Rules, tmp_path: Path
) -> None:
    from cenotaph.publish.release_files import write_sums

    build(linked, rules, tmp_path / "out")
    path = tmp_path / "out" / "data" / "figures.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",7,", ",8,"), encoding="utf-8")
    write_sums(tmp_path / "out")
    code, said = run_stranger(tmp_path / "out")
    assert code == 1
    assert "says 8, has 7 members" in said


def test_the_same_record_gives_the_same_bytes_and_the_label_stands_for_them(
    linked: Casebook, rules: Rules, tmp_path: Path
) -> None:
    first = build(linked, rules, tmp_path / "a")
    again = build(linked, rules, tmp_path / "b")
    assert again.again and again.sums == first.sums
    compared = filecmp.dircmp(tmp_path / "a", tmp_path / "b", ["built.json"])
    assert not compared.diff_files and not compared.left_only and not compared.right_only
    assert len(list_releases()) == 1
    with pytest.raises(RefusedError, match="never overwritten"):
        build(linked, rules, tmp_path / "a")
    add_judgement(linked, ACTOR, Draft("may_publish", "no", person_of("r0"), "the family asked", target_kind="person"))
    with pytest.raises(RefusedError, match="other bytes"):
        build(linked, rules, tmp_path / "c")
    assert not (tmp_path / "c").exists() and not list(tmp_path.glob(".c-*"))


def test_the_same_record_on_the_other_database_in_another_time_zone_gives_the_same_bytes(
    tmp_path: Path, example: Path, postgres_server: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = start_casebook(tmp_path / "casebook", ACTOR, clock=Clock(), salts=random.Random(7).randbytes)
    import_list(first, ACTOR, example / "list_2025-11.csv", load(example / "mapping.toml"))
    accept_people(first, ACTOR, propose_people(first))
    figures = FIGURES.replace('series = "death"', "")
    policy = POLICY.replace('death = "month"', 'death = "year"')
    built = build(first, make_rules(first, tmp_path, policy, figures), tmp_path / "a")
    assert dict(built.rows.withheld) == {"protected": 5}  # Of the band 10-19: they may have been minors.
    back_up(first, tmp_path / "backup.tar")
    connections.close_all()
    monkeypatch.setenv("TZ", "Asia/Kathmandu")
    restore(tmp_path / "backup.tar", tmp_path / "other", ACTOR, store_url=postgres_server.make_database())
    other = open_casebook(tmp_path / "other")
    again = build(other, make_rules(other, tmp_path, policy, figures), tmp_path / "b")
    assert again.again and again.sums == built.sums
    assert everything(tmp_path / "a") == everything(tmp_path / "b")


def test_a_withheld_member_is_counted_and_nothing_of_them_is_in_the_release(
    linked: Casebook, rules: Rules, tmp_path: Path
) -> None:
    hidden = {key: person_of(key) for key in ("r0", "r1", "r2")}
    for person in hidden.values():
        add_judgement(linked, ACTOR, Draft("may_publish", "no", person, "the family asked", target_kind="person"))
    built = build(linked, rules, tmp_path / "out")
    assert dict(built.rows.withheld) == {"request": 3}
    data = everything(tmp_path / "out")
    reports = [item.report for item in read_people().assigned.values() if item.person in hidden.values()]
    for secret in (*hidden.values(), *reports, *NAMES[:3], "the family asked", "tester"):
        assert secret.encode() not in data, secret
    code, said = run_stranger(tmp_path / "out")
    assert code == 0, said
    assert "dead: at least 7; 3 of them withheld" in said


def test_two_releases_give_nobody_back_who_was_withdrawn(linked: Casebook, rules: Rules, tmp_path: Path) -> None:
    build(linked, rules, tmp_path / "a", "2025-01")
    gone = person_of("r3")
    add_judgement(linked, ACTOR, Draft("may_publish", "no", gone, "he is alive", target_kind="person"))
    built = build_release(linked, ACTOR, "2025-02", rules, tmp_path / "b", date(2025, 3, 1))
    assert built.gone == (gone,)
    assert f"  gone: {gone}: still counted, and withheld" in list(built_text(built, "2025-02"))
    changes = (tmp_path / "b" / "data" / "changes.csv").read_text(encoding="utf-8")
    assert f"{gone},withdrawn," in changes
    persons = (tmp_path / "b" / "data" / "persons.csv").read_text(encoding="utf-8").splitlines()
    (opaque,) = [line for line in persons if line.startswith("x")]
    assert "TJ" not in opaque and gone not in opaque  # One alone would be known by what the first release said of him.
    assert "alive" not in (tmp_path / "b" / "methodology.md").read_text(encoding="utf-8")


def test_a_release_shows_its_people_to_the_record_so_that_no_run_splits_them(
    linked: Casebook, rules: Rules, tmp_path: Path
) -> None:
    from cenotaph.services.people import show_person

    assert not show_person(person_of("r5")).published
    build(linked, rules, tmp_path / "out")
    assert show_person(person_of("r5")).published


def test_what_would_give_back_what_the_policy_withholds_is_refused(linked: Casebook, tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="'nationality', which the policy withholds"):
        make_rules(linked, tmp_path, POLICY.replace('opaque = ["nationality"]\n', "").replace('nationality = "show"\n', ""))
    with pytest.raises(RefusedError, match="no months"):
        make_rules(linked, tmp_path, POLICY.replace('"month"', '"year"'))


def test_a_preview_writes_nothing(linked: Casebook, rules: Rules, tmp_path: Path) -> None:
    head = linked.settled_head()
    built = build_release(linked, ACTOR, "2025-01", rules, tmp_path / "out", preview=True)
    assert built.figures[0][1] == 7
    assert not (tmp_path / "out").exists() and linked.settled_head() == head


def test_many_who_would_be_shown_no_more_are_a_question_first(linked: Casebook, rules: Rules, tmp_path: Path) -> None:
    from cenotaph.services.people_runs import undo_run

    build(linked, rules, tmp_path / "a", "2025-01")
    state = read_people()
    assert state.last_run is not None
    undo_run(linked, ACTOR, state.last_run, state)
    with pytest.raises(ConfirmationNeeded, match="7 of 7 people"):
        build_release(linked, ACTOR, "2025-02", rules, tmp_path / "b", date(2025, 3, 1))
    built = build_release(linked, ACTOR, "2025-02", rules, tmp_path / "b", date(2025, 3, 1), confirmed=True)
    assert built.unlinked == 7 and len(built.gone) == 7
    assert set(built.why_gone.values()) == {"has no report that stands"}


def test_one_familys_request_is_in_no_class_and_in_no_figure_with_a_condition(linked: Casebook, tmp_path: Path) -> None:
    figures = FIGURES + '[[figure]]\nid = "tj"\ntitle = "Of Tajikistan"\nwhere = { nationality = ["TJ"] }\n'
    rules = make_rules(linked, tmp_path, figures=figures)
    build(linked, rules, tmp_path / "a", "2025-01")
    add_judgement(linked, ACTOR, Draft("may_publish", "no", person_of("r3"), "the family asked", target_kind="person"))
    build_release(linked, ACTOR, "2025-02", rules, tmp_path / "b", date(2025, 3, 1))
    data = tmp_path / "b" / "data"
    assert (data / "withheld.csv").read_text(encoding="utf-8").splitlines()[1:] == ["not_said,1"]
    (opaque,) = [line for line in (data / "persons.csv").read_text(encoding="utf-8").splitlines() if line.startswith("x")]
    members = [line for line in (data / "members.csv").read_text(encoding="utf-8").splitlines() if opaque[:32] in line]
    assert {line.split(",")[0] for line in members} == {"dead", "by-month"}
    assert "confirmed" not in opaque and "reported" not in opaque
    assert run_stranger(tmp_path / "b")[0] == 0


def test_a_copy_in_the_release_that_says_something_else_is_named(linked: Casebook, rules: Rules, tmp_path: Path) -> None:
    import sqlite3

    from cenotaph.publish.release_files import write_sums

    build(linked, rules, tmp_path / "out")
    connection = sqlite3.connect(tmp_path / "out" / "data" / "release.sqlite")
    connection.execute("DELETE FROM members WHERE rowid = 1")
    connection.commit()
    connection.close()
    write_sums(tmp_path / "out")
    code, said = run_stranger(tmp_path / "out")
    assert code == 1 and "its table members" in said


def test_ids_of_every_earlier_release_lead_on(linked: Casebook, rules: Rules, tmp_path: Path) -> None:
    from cenotaph.services.people import merge_people

    old, new = person_of("r0"), person_of("r1")
    build(linked, rules, tmp_path / "a", "2025-01")
    merge_people(linked, ACTOR, new, [old], "one passport")
    stands = person_of("r0")
    gone = old if stands == new else new
    for label in ("2025-02", "2025-03"):
        built = build_release(linked, ACTOR, label, rules, tmp_path / label, date(2025, 3, 1))
        assert built.why_gone in ({gone: f"one with {stands} now"}, {})
        assert f"{gone},{stands}" in (tmp_path / label / "data" / "redirects.csv").read_text(encoding="utf-8")


def test_a_release_is_not_dated_before_the_last_nor_put_into_one(linked: Casebook, rules: Rules, tmp_path: Path) -> None:
    build(linked, rules, tmp_path / "a", "2025-01")
    with pytest.raises(UsageError, match="lies before the release"):
        build_release(linked, ACTOR, "2025-02", rules, tmp_path / "b", date(2024, 1, 1))
    with pytest.raises(RefusedError, match="within a release"):
        build_release(linked, ACTOR, "2025-02", rules, tmp_path / "a" / "sub", date(2025, 3, 1))


def test_what_is_no_label_or_no_release_is_refused(linked: Casebook, rules: Rules, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no label"):
        build(linked, rules, tmp_path / "out", "../x")
    build(linked, rules, tmp_path / "out")
    shutil.rmtree(tmp_path / "out" / "data")
    assert run_stranger(tmp_path / "out")[0] == 1


def test_a_figure_is_defended_in_one_step(linked: Casebook, rules: Rules, tmp_path: Path) -> None:
    from cenotaph.services.figures import defend_figure

    first = defend_figure(linked, "dead", rules.figures, rules.standard, None, size=4, seed=7)
    assert dict(first.under) == {"casualty-recording": 7, "newsroom": 7, "two-sources": 7}
    assert len(first.sample.members) == 4 and first.error is None
    assert len(first.figure.single) == len(first.figure.adopted) == 7
    results = tmp_path / "checked.csv"
    lines = [f"{person},{'no' if at == 0 else 'yes'}" for at, person in enumerate(first.sample.members)]
    results.write_text("\n".join(["person,right", *lines]), encoding="utf-8")
    again = defend_figure(linked, "dead", rules.figures, rules.standard, None, size=4, seed=7, results=results)
    assert again.sample == first.sample
    assert again.error is not None and (again.error.wrong, again.error.of) == (1, 7)
    assert again.error.low == 1 and again.error.high >= 2


def test_those_who_are_shown_are_written_as_entities_and_nobody_else(linked: Casebook, rules: Rules, tmp_path: Path) -> None:
    import json

    hidden = person_of("r0")
    add_judgement(linked, ACTOR, Draft("may_publish", "no", hidden, "the family asked", target_kind="person"))
    build(linked, rules, tmp_path / "out")
    lines = (tmp_path / "out" / "data" / "people.ftm.json").read_text(encoding="utf-8").splitlines()
    entities = [json.loads(line) for line in lines]
    assert len(entities) == 6 and {e["schema"] for e in entities} == {"Person"}
    one = next(e for e in entities if e["id"] == person_of("r3"))["properties"]
    assert (one["name"], one["nationality"], one["deathDate"]) == ([NAMES[3]], ["tj"], ["2024-01"])


def test_claims_stand_in_a_release_beside_documented_numbers_that_a_stranger_recounts(
    linked: Casebook, rules: Rules, tmp_path: Path
) -> None:
    import csv

    from cenotaph.domain.dates import PartialDate
    from cenotaph.publish.release_files import write_sums
    from cenotaph.services.captures import add_captures
    from cenotaph.services.extraction import run_extraction

    text = tmp_path / "claim.txt"
    words = "The foreign ministry said that 16 citizens of Uzbekistan had been killed by 29 February 2024."
    text.write_text(words, encoding="utf-8")
    secret = tmp_path / "secret.txt"
    secret.write_text("My brother wrote that 5 citizens of Tajikistan had been killed.", encoding="utf-8")
    day = PartialDate.from_edtf("2024-03-05")
    for path, kind in ((text, "outlet"), (secret, "relative")):
        add_captures(linked, ACTOR, [path], source=kind, source_kind=kind, language="en", published_on=day)
    run_extraction(linked, ACTOR, workers=1)
    build(linked, rules, tmp_path / "out")
    data = tmp_path / "out" / "data"
    with (data / "beside.csv").open(encoding="utf-8", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert (row["figure"], row["where"], row["documented"]) == ("dead", '{"nationality": "UZ"}', "3")
    assert (row["until"], row["by_then"], row["fits"]) == ("2024-02-29", "2", "below")  # Deaths of January and February.
    assert b"brother" not in everything(tmp_path / "out") and b"Tajikistan" not in (data / "claims.csv").read_bytes()
    assert run_stranger(tmp_path / "out")[0] == 0
    beside = data / "beside.csv"
    beside.write_text(beside.read_text(encoding="utf-8").replace(",3,", ",4,"), encoding="utf-8")
    write_sums(tmp_path / "out")
    code, said = run_stranger(tmp_path / "out")
    assert code == 1 and "4 documented" in said


def test_a_name_like_a_formula_is_disarmed_in_csv_alone_and_still_recounted(
    casebook: Casebook, actor: Actor, tmp_path: Path
) -> None:
    import csv
    import sqlite3

    name = '=HYPERLINK("http://example.org","Рахимов")'
    add_release(casebook, "list", "2025-01", [*rows(), make_row("x", name=name, rank_stated="-", nationality="UZ", age=30)])
    accept_people(casebook, actor, propose_people(casebook))
    policy = POLICY + 'rank = "show"\n'
    figures = FIGURES + '[[figure]]\nid = "rank"\ntitle = "=1+1"\nby = ["rank"]\n'
    build(casebook, make_rules(casebook, tmp_path, policy, figures), tmp_path / "out")
    data = tmp_path / "out" / "data"
    for path in data.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as stream:
            assert not [cell for row in csv.reader(stream) for cell in row if cell[:1] in tuple("=+-@\t\r")], path
    connection = sqlite3.connect(data / "release.sqlite")
    assert connection.execute("SELECT title FROM figures WHERE figure = 'rank'").fetchall() == [("=1+1",)]
    connection.close()
    code, said = run_stranger(tmp_path / "out")
    assert code == 0, said


def test_figures_keep_the_order_of_their_file(linked: Casebook, rules: Rules, tmp_path: Path) -> None:
    import csv

    build(linked, rules, tmp_path / "out")
    with (tmp_path / "out" / "data" / "figures.csv").open(encoding="utf-8", newline="") as stream:
        places = {row["figure"]: row["place"] for row in csv.DictReader(stream)}
    assert places == {"dead": "1", "by-month": "2"}


@pytest.mark.parametrize("name", ["extra.txt", "data/extra.csv", ".hidden", "signature.txt"])
def test_a_file_that_is_not_part_of_a_release_is_named_and_no_site_is_built_of_it(
    linked: Casebook, rules: Rules, tmp_path: Path, name: str
) -> None:
    from cenotaph.domain.errors import DamagedFileError
    from cenotaph.publish.site.release_folder import read_release

    build(linked, rules, tmp_path / "out")
    read_release(tmp_path / "out")
    (tmp_path / "out" / name).write_text("x")
    code, said = run_stranger(tmp_path / "out")
    assert code == 1 and f"WRONG  {name}: is not part of the release" in said
    with pytest.raises(DamagedFileError, match=name.replace(".", r"\.")):
        read_release(tmp_path / "out")


def test_parquet_files_that_say_something_else_are_named_and_the_script_says_that_it_cannot(
    linked: Casebook, rules: Rules, tmp_path: Path
) -> None:
    import pyarrow.parquet as pq

    out = tmp_path / "r"
    build(linked, rules, out)
    code, said = run_stranger(out)
    assert code == 0 and "their rows are not" in said
    sound, lines = verify_folder(out)
    assert sound and any("every table has the rows of its CSV file" in line for line in lines), lines
    path = out / "data" / "persons.parquet"
    table = pq.read_table(path)
    pq.write_table(table.slice(1), path)
    write_sums(out)  # Whoever changes it changes the sums too.
    assert run_stranger(out)[0] == 0
    sound, lines = verify_folder(out)
    assert not sound and "WRONG  data/persons.parquet: is not what data/persons.csv says" in lines
    path.write_bytes(b"none")
    write_sums(out)
    assert any("persons.parquet: cannot be compared" in line for line in verify_folder(out)[1])


def test_two_builds_into_one_folder_are_refused_in_plain_words(linked: Casebook, rules: Rules, tmp_path: Path) -> None:
    with _hold_building(tmp_path / "r") as building:
        (building / "half").write_text("half")
        with pytest.raises(RefusedError, match="Another build of a release into r runs"):
            build(linked, rules, tmp_path / "r")
        assert (building / "half").is_file() and not list_releases()
    build(linked, rules, tmp_path / "r")  # What a build that was killed left is taken away.
    assert sorted(path.name for path in tmp_path.glob("*r*") if "building" in path.name) == []
    assert not (tmp_path / "r" / "half").exists() and verify_folder(tmp_path / "r")[0]


def test_titles_and_authors_stand_on_one_line_and_steer_nothing(casebook: Casebook, tmp_path: Path) -> None:
    make_rules(casebook, tmp_path, figures=FIGURES.replace('"Documented dead"', '"Dead\\u202e\\nof all"'))
    files = tmp_path / "figures.toml", tmp_path / "policy.toml"
    rules = load_rules(casebook, "newsroom", None, *files, "A\u202e count\n\x1b[31mred", ("One\r\n- two", " "))
    assert rules.title == "A\ufffd count \ufffd[31mred" and rules.authors == ("One - two",)
    assert rules.figures[0].title == "Dead\ufffd of all"


def test_a_minor_by_any_value_is_withheld_and_named_in_the_preview(casebook: Casebook, rules: Rules, tmp_path: Path) -> None:
    people = rows()
    born = {"birth_from": "2007-01-01", "birth_before": "2007-01-02"}
    people[0] = make_row("r0", death="2023-05-01", age=25, name=NAMES[0], nationality="UZ", **born)
    add_release(casebook, "list", "2025-01", people)
    accept_people(casebook, ACTOR, propose_people(casebook))
    for _ in range(2):  # Worked out, then read back from what was kept.
        previewed = build_release(casebook, ACTOR, "2025-01", rules, tmp_path / "r", date(2025, 2, 1), preview=True)
        assert previewed.contradicted == (person_of("r0"),) and person_of("r0") not in previewed.rows.shown
        assert f"contradicted: {person_of('r0')}" in "\n".join(built_text(previewed, "2025-01"))
    add_judgement(casebook, ACTOR, Draft("may_publish", "yes", person_of("r0"), "the parents agree", target_kind="person"))
    previewed = build_release(casebook, ACTOR, "2025-01", rules, tmp_path / "r", date(2025, 2, 1), preview=True)
    assert previewed.contradicted == () and person_of("r0") in previewed.rows.shown


def test_a_link_or_an_empty_folder_in_a_release_is_named(linked: Casebook, rules: Rules, tmp_path: Path) -> None:
    build(linked, rules, tmp_path / "out")
    (tmp_path / "out" / "more").mkdir()
    (tmp_path / "out" / "link").symlink_to(tmp_path, target_is_directory=True)
    said = run_stranger(tmp_path / "out")[1]
    assert "more: is a folder that is not part" in said and "link: is a link" in said


def test_decisions_stand_with_the_rule_that_they_move_and_their_day(linked: Casebook, rules: Rules, tmp_path: Path) -> None:
    import csv

    report = next(item.report for item in read_people().assigned.values() if item.person == person_of("r0"))
    add_judgement(linked, ACTOR, Draft("examined", "no", report, "not yet"))
    add_judgement(linked, ACTOR, Draft("examined", "yes", report, "seen the grave: secret words"))
    build(linked, rules, tmp_path / "out")
    with (tmp_path / "out" / "data" / "judgements.csv").open(encoding="utf-8", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert (row["person"], row["question"], row["answer"]) == (person_of("r0"), "examined", "yes")
    assert row["rule"].startswith("a row that nobody examined") and len(row["day"]) == 10
    assert b"secret words" not in everything(tmp_path / "out")


def test_the_killed_among_those_recruited_stand_beside_the_documented_of_their_people(
    linked: Casebook, rules: Rules, tmp_path: Path
) -> None:
    import csv

    from cenotaph.domain.dates import PartialDate
    from cenotaph.services.captures import add_captures
    from cenotaph.services.extraction import run_extraction

    text = tmp_path / "claim.txt"
    words = "The government of Uzbekistan said that 288 citizens of Uzbekistan were recruited and 16 of them were killed."
    text.write_text(words, encoding="utf-8")
    day = PartialDate.from_edtf("2024-03-05")
    add_captures(linked, ACTOR, [text], source="outlet", source_kind="outlet", language="en", published_on=day)
    run_extraction(linked, ACTOR, workers=1)
    build(linked, rules, tmp_path / "out")
    with (tmp_path / "out" / "data" / "claims.csv").open(encoding="utf-8", newline="") as stream:
        found = {row["low"]: row for row in csv.DictReader(stream)}
    assert found["16"]["part_of"] == found["288"]["claim"]
    assert "part of another number" not in found["16"]["why_not_beside"]
    assert found["288"]["why_not_beside"] == "another outcome than a documented death"


def test_a_figure_of_which_nobody_may_be_shown_is_not_said_to_be_at_least_nought(linked: Casebook, tmp_path: Path) -> None:
    figures = FIGURES + '[[figure]]\nid = "kg"\ntitle = "Of Kyrgyzstan"\nwhere = { nationality = ["KG"] }\n'
    figures += '[[figure]]\nid = "np"\ntitle = "Of Nepal"\nwhere = { nationality = ["NP"] }\n'
    rules = make_rules(linked, tmp_path, figures=figures)
    add_judgement(linked, ACTOR, Draft("may_publish", "no", person_of("r6"), "the family asked", target_kind="person"))
    text = list(built_text(build(linked, rules, tmp_path / "out"), "2025-01"))
    assert "  kg: nobody who may be shown: too few" in text
    assert "  np: at least 0" in text
    _, said = verify_folder(tmp_path / "out")
    shown_none = "nobody shown: there is none, or too few"
    assert [line for line in said if line.startswith(("kg:", "np:"))] == [f"kg: {shown_none}", f"np: {shown_none}"], (
        "whoever reads a release cannot tell one from the other: that would say that there is somebody"
    )
