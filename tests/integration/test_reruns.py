"""Earlier releases counted again: under their own rules they give their own numbers, under others both series."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from benchmarks.made_releases import make_pair, write_made
from tests.builders import add_document, add_release, add_report, make_row
from tests.conftest import ACTOR

from cenotaph.assess.standard import FOLDER, load_standard
from cenotaph.casebook import bulk
from cenotaph.casebook.history import find_moment
from cenotaph.casebook.store import Casebook
from cenotaph.count.figure_files import parse_figures
from cenotaph.domain.canonical import content_id
from cenotaph.domain.errors import ConfirmationNeeded, NotFoundError, RefusedError, UsageError
from cenotaph.publish.site.building import build_site
from cenotaph.publish.site.settings import parse_settings
from cenotaph.services.challenges import add_challenge
from cenotaph.services.evidence import read_records
from cenotaph.services.incident_entry import add_incident, add_statement, fill_place
from cenotaph.services.judgements import Draft, add_judgement
from cenotaph.services.people import split_person
from cenotaph.services.people_runs import accept_run, name_run
from cenotaph.services.people_state import Assigned, read_people
from cenotaph.services.release_checks import verify_folder
from cenotaph.services.release_guard import read_words
from cenotaph.services.release_record import list_releases, read_shown, read_shown_by
from cenotaph.services.release_rules import load_rules
from cenotaph.services.release_text import built_text
from cenotaph.services.releases import build_release
from cenotaph.services.reruns import rerun_releases, rerun_text

FIGURES = """schema = 1
[[figure]]
id = "dead"
title = "Dead"
[[figure]]
id = "confirmed"
title = "Confirmed"
grades = ["confirmed"]
"""
POLICY = 'schema = 1\nid = "p"\ntitle = "P"\nleast = 3\n[fields]\nname = "show"\n'
NEWSROOM, TWO = load_standard("newsroom"), load_standard("two-sources")


def assign(casebook: Casebook, units: dict[str, tuple[str, str]]) -> None:
    """Accept a run that gives each unit (with its report) to a person."""
    state = read_people()
    wanted = dict(state.assigned)
    wanted.update({unit: Assigned(report, person, 990_000, "resolved") for unit, (report, person) in units.items()})
    accept_run(casebook, ACTOR, name_run(state, casebook.settled_head().hash), "full", state, wanted, (), {})


@pytest.fixture
def three(casebook: Casebook, tmp_path: Path) -> Casebook:
    """Three releases: two people; a relative's post on the first, which confirms by one standard alone; then he rings."""
    (tmp_path / "figures.toml").write_text(FIGURES, encoding="utf-8")
    (tmp_path / "policy.toml").write_text(POLICY, encoding="utf-8")
    rules = load_rules(casebook, "newsroom", None, tmp_path / "figures.toml", tmp_path / "policy.toml", "T", ("A",))
    both = [make_row("a", death="2024-03", name="Алишер"), make_row("b", name="Бахтиёр")]
    rows = add_release(casebook, "list", "2025-01", both)
    assign(casebook, {content_id("row", "list", k): (rows[k], str(n) * 32) for n, k in ((1, "a"), (2, "b"))})
    build_release(casebook, ACTOR, "r1", rules, tmp_path / "r1")
    post = add_document(casebook, "He fell, our son.", source="A mother", published_on="2024-03-10")
    report = add_report(casebook, post, make_row("p", death="2024-03-02", name="Алишер"))
    rows = add_release(casebook, "list", "2025-02", [make_row("a", death="2024-03", name="Алишер"), make_row("c", name="Далер")])
    assign(casebook, {report: (report, "1" * 32), content_id("row", "list", "c"): (rows["c"], "3" * 32)})
    build_release(casebook, ACTOR, "r2", rules, tmp_path / "r2")
    add_judgement(casebook, ACTOR, Draft("fate", "alive", "1" * 32, "he rang", target_kind="person"))
    build_release(casebook, ACTOR, "r3", rules, tmp_path / "r3")
    return casebook


def test_a_release_counted_again_under_its_own_rules_gives_its_own_numbers(three: Casebook) -> None:
    found = rerun_releases(three, parse_figures(FIGURES), NEWSROOM, None)
    assert [(item.release, item.figure, item.again) for item in found] == [
        (item.release, item.figure, item.published) for item in found
    ]
    numbers = {(item.release, item.figure): item.again for item in found}
    assert len(set(numbers.values())) > 1, "the releases differ, or nothing is tested"
    assert all(item.same_definition for item in found)


def test_under_another_standard_both_series_stand_side_by_side(three: Casebook) -> None:
    found = {(i.release, i.figure): i for i in rerun_releases(three, parse_figures(FIGURES), TWO, None)}
    changed = found["r2", "confirmed"]
    assert (changed.published, changed.again) == (1, 0)
    assert found["r2", "dead"].published == found["r2", "dead"].again == 2
    text = "\n".join(rerun_text(list(found.values()), TWO))
    assert "r2 (" in text and "published at least 1; under this rule at least 0 (-1)" in text


def test_only_the_last_are_counted_again_and_a_new_figure_says_so(three: Casebook) -> None:
    figures = parse_figures('schema = 1\n[[figure]]\nid = "new"\ntitle = "New"\n')
    found = rerun_releases(three, figures, NEWSROOM, None, last=1)
    assert [(i.release, i.published) for i in found] == [("r3", None)]
    assert "no such figure" in "\n".join(rerun_text(found, NEWSROOM))
    earlier = rerun_releases(three, figures, NEWSROOM, None, last=1, before="r2")
    assert [i.release for i in earlier] == ["r1"]


def test_the_record_of_then_has_no_later_row_word_or_redirect(three: Casebook) -> None:
    heads = [row[0] for row in bulk.fetch_rows("SELECT hash FROM ledger_entry ORDER BY number")]
    counts = [sum(len(p.evidence) for p in read_records(three, find_moment(head)).people.values()) for head in heads]
    assert counts[0] == 0 and counts[-1] == 3 and 2 in counts
    with pytest.raises(NotFoundError):
        find_moment("0" * 64)


def test_a_challenge_to_a_figure_that_no_release_has_is_refused(three: Casebook) -> None:
    asked = {"challenger": "state", "about": "figure", "received_on": date(2025, 1, 1), "deadline": date(2025, 2, 1)}
    with pytest.raises(NotFoundError, match="No release has a figure"):
        add_challenge(three, ACTOR, "It is wrong.", target="deadd", **asked)  # type: ignore[arg-type]
    assert add_challenge(three, ACTOR, "It is wrong.", target="dead", **asked)  # type: ignore[arg-type]


@pytest.mark.parametrize(("least", "number"), [(1, "0"), (3, "1")])
def test_a_release_under_another_standard_holds_the_last_ones_counted_again(
    three: Casebook, tmp_path: Path, least: int, number: str
) -> None:
    """The only one whom the rule moves is shown no more: where one is too few to tell of, he stands as published."""
    (tmp_path / "policy.toml").write_text(POLICY.replace("least = 3", f"least = {least}"), encoding="utf-8")
    rules = load_rules(three, "two-sources", None, tmp_path / "figures.toml", tmp_path / "policy.toml", "T", ("A",))
    build_release(three, ACTOR, "r4", rules, tmp_path / "r4")
    with (tmp_path / "r4" / "data" / "again.csv").open(encoding="utf-8", newline="") as stream:
        found = {(row["release"], row["figure"]): (row["published"], row["again"]) for row in csv.DictReader(stream)}
    assert {release for release, _ in found} == {"r1", "r2", "r3"}
    assert found["r2", "confirmed"] == ("1", number)
    assert (tmp_path / "r3" / "data" / "again.csv").read_text(encoding="utf-8").count("\n") == 1, "no rule had changed"
    build_release(three, ACTOR, "r5", rules, tmp_path / "r5")
    assert (tmp_path / "r5" / "data" / "again.csv").read_text(encoding="utf-8").count("\n") == 1
    for label in ("r3", "r4"):
        sound, lines = verify_folder(tmp_path / label)
        assert sound, lines


def read_again(folder: Path) -> dict[tuple[str, str], tuple[str, str, str]]:
    with (folder / "data" / "again.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return {(row["release"], row["figure"]): (row["published"], row["again"], row["same_definition"]) for row in rows}


@pytest.mark.parametrize("least", [1, 3])
@pytest.mark.parametrize("why", ["request", "alive", "both"])
def test_why_somebody_was_withdrawn_moves_no_number_that_is_counted_again(
    three: Casebook, tmp_path: Path, why: str, least: int
) -> None:
    """An attack: a rule that moves nobody must not tell a family's request from somebody found alive."""
    own = (FOLDER / "newsroom.toml").read_text(encoding="utf-8").replace('title = "', 'title = "Worded anew: ', 1)
    (tmp_path / "own.toml").write_text(own, encoding="utf-8")
    (tmp_path / "policy.toml").write_text(POLICY.replace("least = 3", f"least = {least}"), encoding="utf-8")
    if why != "alive":
        add_judgement(three, ACTOR, Draft("may_publish", "no", "1" * 32, "they asked", target_kind="person"))
    if why == "request":
        add_judgement(three, ACTOR, Draft("fate", "dead", "1" * 32, "it was another", target_kind="person"))
    files = str(tmp_path / "own.toml"), None, tmp_path / "figures.toml", tmp_path / "policy.toml"
    build_release(three, ACTOR, "r4", load_rules(three, *files, "T", ("A",)), tmp_path / "r4")
    found = read_again(tmp_path / "r4")
    assert len(found) == 6 and all(published == again for published, again, _ in found.values()), found
    assert found["r2", "confirmed"] == ("1", "1", "true")


def test_a_figure_that_counts_something_else_is_not_compared(three: Casebook, tmp_path: Path) -> None:
    text = FIGURES.replace('title = "Dead"', 'title = "Reported"\ngrades = ["reported"]')
    text = text.replace('title = "Confirmed"', 'title = "Sure"')
    (tmp_path / "figures.toml").write_text(text, encoding="utf-8")
    files = "newsroom", None, tmp_path / "figures.toml", tmp_path / "policy.toml"
    rules = load_rules(three, *files, "T", ("A",))
    previewed = build_release(three, ACTOR, "r4", rules, tmp_path / "r4", preview=True)
    assert previewed.redefined == ("dead",)
    assert "under another definition: the two do not compare" in "\n".join(built_text(previewed, "r4"))
    build_release(three, ACTOR, "r4", rules, tmp_path / "r4")
    found = read_again(tmp_path / "r4")
    assert found["r3", "dead"] == ("1", "", "false")
    assert found["r3", "confirmed"][2] == "true", "a title that is worded anew counts the same"
    sound, lines = verify_folder(tmp_path / "r4")
    assert sound, lines
    build_site([tmp_path / "r3", tmp_path / "r4"], tmp_path / "site", parse_settings("schema = 1\n"), 1)
    page = (tmp_path / "site" / "en" / "figures" / "dead.html").read_text(encoding="utf-8")
    assert "defined otherwise from this release on" in page and "standard or the scope changed" not in page
    assert "under the later rule" not in page
    changes = (tmp_path / "site" / "en" / "changes.html").read_text(encoding="utf-8")
    assert changes.count("defined otherwise: not compared") == 1 and "standard or the scope changed" not in changes


def test_a_preview_names_everybody_of_whom_a_wider_policy_shows_more(three: Casebook, tmp_path: Path) -> None:
    strict = POLICY.replace("[fields]", 'opaque = []\n[fields]\nnationality = "show"')
    files = "newsroom", None, tmp_path / "figures.toml", tmp_path / "policy.toml"
    (tmp_path / "policy.toml").write_text(strict, encoding="utf-8")
    add_judgement(three, ACTOR, Draft("may_publish", "no", "3" * 32, "they asked", target_kind="person"))
    build_release(three, ACTOR, "r4", load_rules(three, *files, "T", ("A",)), tmp_path / "r4")
    same = build_release(three, ACTOR, "r5", load_rules(three, *files, "T", ("A",)), tmp_path / "r5", preview=True)
    assert (same.widened.shown, same.widened.more) == ((), ())
    (tmp_path / "policy.toml").write_text(strict.replace("least = 3", "least = 1"), encoding="utf-8")
    wider = build_release(three, ACTOR, "r5", load_rules(three, *files, "T", ("A",)), tmp_path / "r5", preview=True)
    assert wider.widened.more == ("3" * 32,) and wider.widened.shown == ()
    assert f"shown with more: {'3' * 32}" in "\n".join(built_text(wider, "r5"))


def test_whom_a_release_showed_is_told_also_where_the_next_one_changed_nobody(three: Casebook, tmp_path: Path) -> None:
    files = "newsroom", None, tmp_path / "figures.toml", tmp_path / "policy.toml"
    build_release(three, ACTOR, "r4", load_rules(three, *files, "T", ("A",)), tmp_path / "r4")
    add_judgement(three, ACTOR, Draft("may_publish", "no", "3" * 32, "they asked", target_kind="person"))
    build_release(three, ACTOR, "r5", load_rules(three, *files, "T", ("A",)), tmp_path / "r5")
    last = list_releases()
    assert "3" * 32 in read_shown(last[3].id) and read_shown_by(last[3].id) == read_shown_by(last[2].id) == read_shown(last[3].id)
    assert "3" * 32 not in read_shown()


UNNAMED = """schema = 1
[[figure]]
id = "dead"
title = "Dead"
unnamed = true
"""


def test_where_there_is_no_incident_nothing_is_said_to_be_withheld(three: Casebook, tmp_path: Path) -> None:
    (tmp_path / "figures.toml").write_text(UNNAMED, encoding="utf-8")
    (tmp_path / "policy.toml").write_text(POLICY.replace("[fields]", 'incidents = "show"\n[fields]'), encoding="utf-8")
    rules = load_rules(three, "newsroom", None, tmp_path / "figures.toml", tmp_path / "policy.toml", "T", ("A",))
    build_release(three, ACTOR, "without", rules, tmp_path / "without")
    sound, lines = verify_folder(tmp_path / "without")
    assert sound and "dead: unnamed places beside it: none" in lines, lines


@pytest.mark.parametrize("shown", [True, False])
def test_a_release_holds_unnamed_places_and_a_stranger_adds_them_up(three: Casebook, tmp_path: Path, shown: bool) -> None:
    (tmp_path / "figures.toml").write_text(UNNAMED, encoding="utf-8")
    policy = POLICY.replace("[fields]", 'incidents = "show"\n[fields]') if shown else POLICY
    (tmp_path / "policy.toml").write_text(policy, encoding="utf-8")
    for title, number in (("A", 5), ("B", 2)):
        incident = add_incident(three, ACTOR, title, "2024-03-02")
        add_statement(three, ACTOR, incident, number, number + 1)
    fill_place(three, ACTOR, incident, "3" * 32, "a relative says so")
    rules = load_rules(three, "newsroom", None, tmp_path / "figures.toml", tmp_path / "policy.toml", "T", ("A",))
    folder = tmp_path / "with"
    build_release(three, ACTOR, "with", rules, folder)
    assert "dead,6,8,0" in (folder / "data" / "unnamed.csv").read_text(encoding="utf-8")
    assert (folder / "data" / "places.csv").read_text(encoding="utf-8").count("\n") == (3 if shown else 1)
    sound, lines = verify_folder(folder)
    assert sound and any("unnamed places beside it: 6 to 8" in line for line in lines), lines
    if shown:
        path = folder / "data" / "places.csv"
        path.write_text(path.read_text(encoding="utf-8").replace(",5,6", ",4,6"), encoding="utf-8")
        sound, lines = verify_folder(folder)
        assert not sound and any("not what its incidents give" in line for line in lines), lines


def test_the_site_says_the_unnamed_and_both_series_with_the_break(three: Casebook, tmp_path: Path) -> None:
    figures = FIGURES.replace('title = "Dead"', 'title = "Dead"\nunnamed = true')
    (tmp_path / "figures.toml").write_text(figures, encoding="utf-8")
    incident = add_incident(three, ACTOR, "A", "2024-03-02")
    add_statement(three, ACTOR, incident, 5, 7)
    rules = load_rules(three, "two-sources", None, tmp_path / "figures.toml", tmp_path / "policy.toml", "T", ("A",))
    build_release(three, ACTOR, "r4", rules, tmp_path / "r4")
    build_site([tmp_path / name for name in ("r1", "r2", "r3", "r4")], tmp_path / "site", parse_settings("schema = 1\n"))
    page = (tmp_path / "site" / "en" / "figures" / "dead.html").read_text(encoding="utf-8")
    assert "5 to 7 victims of incidents whom nobody has named" in page
    page = (tmp_path / "site" / "en" / "figures" / "confirmed.html").read_text(encoding="utf-8")
    assert "under the later rule" in page and "numbers before and after do not compare" in page
    assert "unnamed" not in page
    front = (tmp_path / "site" / "en" / "index.html").read_text(encoding="utf-8")
    assert "named and unnamed together at least" in front


def test_counting_again_gives_no_withheld_member_back(casebook: Casebook, tmp_path: Path) -> None:
    """The only Tajik is a boy of 16: no figure with a condition shows him, before or after a change of rule."""
    places = ("UZ", "UZ", "UZ", "UZ", "TJ")
    ages = (30, 30, 30, 30, 16)
    listed = [
        make_row(f"r{n}", death="2024-03", age=ages[n], name=f"N{n}", nationality=code) for n, code in enumerate(places)
    ]
    rows = add_release(casebook, "list", "2025-01", listed)
    assign(casebook, {content_id("row", "list", k): (rows[k], f"{n + 1:032x}") for n, k in enumerate(rows)})
    figures = 'schema = 1\n[[figure]]\nid = "tj"\ntitle = "T"\nunnamed = true\nwhere = { nationality = ["TJ"] }\n'
    (tmp_path / "figures.toml").write_text(figures, encoding="utf-8")
    policy = POLICY.replace("[fields]", 'incidents = "show"\n[fields]\nnationality = "show"\nage = "band"')
    (tmp_path / "policy.toml").write_text(policy, encoding="utf-8")
    incident = add_incident(casebook, ACTOR, "Strike", "2024-03-09")
    add_statement(casebook, ACTOR, incident, 5, 5)
    add_statement(casebook, ACTOR, incident, 3, 3, keys={"nationality": "TJ"})
    fill_place(casebook, ACTOR, incident, f"{5:032x}", "his mother says so")
    for label, standard in (("r1", "newsroom"), ("r2", "two-sources")):
        rules = load_rules(casebook, standard, None, tmp_path / "figures.toml", tmp_path / "policy.toml", "T", ("A",))
        build_release(casebook, ACTOR, label, rules, tmp_path / label)
    data = tmp_path / "r2" / "data"
    assert ",0,0," in data.joinpath("again.csv").read_text(encoding="utf-8")
    assert ",3,3,3,3" in data.joinpath("places.csv").read_text(encoding="utf-8"), "his place is not seen to be filled"
    with pytest.raises(UsageError, match="has not come yet"):
        build_release(casebook, ACTOR, "r3", rules, tmp_path / "r3", date(2099, 1, 1))
    with pytest.raises(RefusedError, match="Give the oldest first"):
        build_site([tmp_path / "r2", tmp_path / "r1"], tmp_path / "site", parse_settings("schema = 1\n"))


def test_a_site_is_built_of_releases_that_follow_one_another_alone(three: Casebook, tmp_path: Path) -> None:
    settings = parse_settings("schema = 1\n")
    with pytest.raises(RefusedError, match="r3 says what changed since r2, and r1 is given") as caught:
        build_site([tmp_path / "r1", tmp_path / "r3"], tmp_path / "site", settings, 1)
    assert "Give r2 between them" in caught.value.hint
    first, second = make_pair(20)
    write_made(tmp_path / "other-1", replace(first, label="r1", dated=date(2020, 1, 1)))
    with pytest.raises(RefusedError, match="another release r1"):
        build_site([tmp_path / "other-1", tmp_path / "r2"], tmp_path / "site", settings, 1)
    write_made(tmp_path / "other-2", replace(second, label="x", before="none", dated=date(2030, 1, 1)))
    with pytest.raises(RefusedError, match="came first in its casebook"):
        build_site([tmp_path / "r3", tmp_path / "other-2"], tmp_path / "site", settings, 1)
    build_site([tmp_path / "r2", tmp_path / "r3"], tmp_path / "site", settings, 1)


def test_whoever_is_split_off_from_the_withheld_stays_withheld_until_an_editor_says_otherwise(three: Casebook) -> None:
    state = read_people()
    add_judgement(three, ACTOR, Draft("may_publish", "no", "1" * 32, "the family", target_kind="person"))
    units = [unit for unit, item in state.assigned.items() if item.person == "1" * 32]
    report = state.assigned[units[1]].report
    split_person(three, ACTOR, "1" * 32, [report], "another man")
    state = read_people()
    new = next(item.person for item in state.assigned.values() if item.report == report)
    assert new != "1" * 32 and read_words(state).may[new] is False
    add_judgement(three, ACTOR, Draft("may_publish", "yes", new, "asked his own family", target_kind="person"))
    assert read_words(read_people()).may[new] is True and read_words(read_people()).may["1" * 32] is False


def test_a_withheld_name_that_comes_back_under_a_new_id_is_asked_about(casebook: Casebook, tmp_path: Path) -> None:
    (tmp_path / "figures.toml").write_text(FIGURES, encoding="utf-8")
    (tmp_path / "policy.toml").write_text(POLICY, encoding="utf-8")
    rules = load_rules(casebook, "newsroom", None, tmp_path / "figures.toml", tmp_path / "policy.toml", "T", ("A",))
    rows = add_release(casebook, "list", "2025-01", [make_row("a", death="2024-03", name="Алишер Каримов")])
    assign(casebook, {content_id("row", "list", "a"): (rows["a"], "1" * 32)})
    add_judgement(casebook, ACTOR, Draft("may_publish", "no", "1" * 32, "the family", target_kind="person"))
    rows = add_release(casebook, "list", "2025-02", [make_row("a2", death="2024-04", name="КАРИМОВ Алишер")])
    assign(casebook, {content_id("row", "list", "a2"): (rows["a2"], "2" * 32)})
    with pytest.raises(ConfirmationNeeded, match="222222222222"):
        build_release(casebook, ACTOR, "r1", rules, tmp_path / "r1")
    add_judgement(casebook, ACTOR, Draft("may_publish", "yes", "2" * 32, "another man, asked", target_kind="person"))
    build_release(casebook, ACTOR, "r1", rules, tmp_path / "r1")


def test_before_a_rule_is_adopted_the_published_number_stands_and_the_full_one_beside_it(three: Casebook, tmp_path: Path) -> None:
    from cenotaph.services.figure_text import defence_text
    from cenotaph.services.figures import defend_figure

    held = POLICY.replace('title = "P"\n', 'title = "P"\nhold_days = 9000\n')
    (tmp_path / "held.toml").write_text(held, encoding="utf-8")
    definition = 'schema = 1\n[[figure]]\nid = "reported"\ntitle = "Reported"\ngrades = ["reported"]\n'
    (tmp_path / "reported.toml").write_text(definition, encoding="utf-8")
    figures = parse_figures(definition)
    rules = load_rules(three, "newsroom", None, tmp_path / "reported.toml", tmp_path / "held.toml", "T", ("A",))
    build_release(three, ACTOR, "r4", rules, tmp_path / "r4")
    (summary,) = [r.summary for r in list_releases() if r.label == "r4"]
    published, counted = summary["figures"]["reported"], summary["counted"]["reported"]  # type: ignore[index, call-overload]
    assert published != counted, "the policy withholds somebody, or nothing is tested"
    found = rerun_releases(three, figures, NEWSROOM, None, last=1)
    text = "\n".join(rerun_text(found, NEWSROOM))
    assert f"published at least {published} (at least {counted} before the policy, never published)" in text
    defended = "\n".join(defence_text(defend_figure(three, "reported", figures, NEWSROOM, None, size=1, seed=1)))
    assert f"Release r4 published at least {published};" in defended


def test_who_was_taken_for_another_is_told_as_split_and_not_as_somebody_new(casebook: Casebook, tmp_path: Path) -> None:
    (tmp_path / "figures.toml").write_text(FIGURES, encoding="utf-8")
    (tmp_path / "policy.toml").write_text(POLICY, encoding="utf-8")
    rules = load_rules(casebook, "newsroom", None, tmp_path / "figures.toml", tmp_path / "policy.toml", "T", ("A",))
    rows = add_release(casebook, "list", "2025-01", [make_row("a", death="2024-03", name="Алишер"), make_row("b", name="Бек")])
    post = add_document(casebook, "He fell, our son.", source="A mother", published_on="2024-03-10")
    report = add_report(casebook, post, make_row("p", death="2024-03-02", name="Алишер"))
    one, two = "1" * 32, "2" * 32
    units = {content_id("row", "list", k): (rows[k], who) for k, who in (("a", one), ("b", two))}
    assign(casebook, {**units, report: (report, one)})
    build_release(casebook, ACTOR, "r1", rules, tmp_path / "r1")
    split_person(casebook, ACTOR, one, [report], "another man")
    new = add_release(casebook, "other", "2025-02", [make_row("c", name="Далер")])
    assign(casebook, {content_id("row", "other", "c"): (new["c"], "3" * 32)})
    build_release(casebook, ACTOR, "r2", rules, tmp_path / "r2")
    with (tmp_path / "r2" / "data" / "changes.csv").open(encoding="utf-8") as stream:
        found = {row["person"]: (row["change"], row["parted_from"]) for row in csv.DictReader(stream)}
    parted = {item.report: item.person for item in read_people().assigned.values()}
    other = next(who for who in (parted[report], parted[rows["a"]]) if who != one)
    assert found == {other: ("split", one), "3" * 32: ("added", "")}
    build_site([tmp_path / "r1", tmp_path / "r2"], tmp_path / "site", parse_settings("schema = 1\n"))
    page = (tmp_path / "site" / "en" / "changes.html").read_text(encoding="utf-8")
    assert "parted from another" in page and f"{one[:12]}</a>" in page
