"""Standings as of a day: what was out, and what reviewers had said by then, for all kinds of word alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from tests.builders import Row, add_document, add_release, add_report, judge, make_row
from tests.conftest import ACTOR, Clock

from cenotaph.assess.scope import Verdict
from cenotaph.assess.standard import load_standard
from cenotaph.casebook.store import Casebook
from cenotaph.domain.canonical import content_id
from cenotaph.domain.standing import Fate, Grade
from cenotaph.services.assessing import Assessed, assess
from cenotaph.services.judgements import Draft, add_judgement
from cenotaph.services.people_runs import accept_run, name_run
from cenotaph.services.people_state import Assigned, read_people
from cenotaph.services.stood import count_person

NEWSROOM = load_standard("newsroom")
ONE, TWO = "1" * 32, "2" * 32


def assign(casebook: Casebook, units: dict[str, tuple[str, str]]) -> None:
    state = read_people()
    wanted = dict(state.assigned)
    wanted.update({unit: Assigned(report, who, 990_000, "resolved") for unit, (report, who) in units.items()})
    accept_run(casebook, ACTOR, name_run(state, casebook.settled_head().hash), "full", state, wanted, (), {})


def take_in(casebook: Casebook, released_on: str, rows: list[Row]) -> dict[str, str]:
    """Take in a release of a list whose rows a and b are two people."""
    reports = add_release(casebook, "list", released_on, rows)
    who = {"a": ONE, "b": TWO}
    assign(casebook, {content_id("row", "list", key): (report, who[key]) for key, report in reports.items()})
    return reports


def stand(casebook: Casebook, person: str, day: date | None = None) -> Assessed:
    return next(p for p in assess(casebook, NEWSROOM, as_of=day).people if p.person == person)


def fate(casebook: Casebook, person: str, day: date | None = None) -> Fate:
    return stand(casebook, person, day).derivation.standing.fate


@pytest.fixture
def now(clock: Clock) -> Clock:
    return clock


def test_a_word_counts_from_the_day_it_was_given_and_not_before(casebook: Casebook, now: Clock) -> None:
    rows = take_in(casebook, "2024-02-01", [make_row("a", death="2024-01-10", name="A"), make_row("b", name="B")])
    now.now = datetime(2026, 3, 1, 12, tzinfo=UTC)
    add_judgement(casebook, ACTOR, Draft("fate", "alive", ONE, "he rang", target_kind="person"))
    add_judgement(casebook, ACTOR, Draft("in_scope", "no", TWO, "another war", target_kind="person"))
    judge(casebook, "examined", rows["b"])
    before, on = date(2026, 2, 28), date(2026, 3, 1)
    now.now += timedelta(days=30)
    assert (fate(casebook, ONE, before), fate(casebook, ONE, on)) == (Fate.DEAD, Fate.ALIVE)
    assert (stand(casebook, TWO, before).verdict, stand(casebook, TWO, on).verdict) == (Verdict.IN, Verdict.OUT)
    was, stands = (stand(casebook, TWO, day).derivation for day in (before, on))
    assert (was.rule, stands.rule == "adopted") == ("adopted", False)


def test_today_and_every_later_day_give_the_standing_of_today(casebook: Casebook, now: Clock) -> None:
    take_in(casebook, "2024-02-01", [make_row("a", death="2024-01-10", name="A"), make_row("b", name="B")])
    add_judgement(casebook, ACTOR, Draft("fate", "alive", ONE, "he rang", target_kind="person"))
    for ahead in (0, 1, 400):
        assert stand(casebook, ONE, now.now.date() + timedelta(days=ahead)) == stand(casebook, ONE)


def test_a_word_that_was_changed_is_the_word_of_that_day(casebook: Casebook, now: Clock) -> None:
    rows = take_in(casebook, "2024-02-01", [make_row("a", death="2024-01-10", name="A"), make_row("b", name="B")])
    judge(casebook, "examined", rows["a"])
    now.now = datetime(2026, 3, 1, 12, tzinfo=UTC)
    judge(casebook, "examined", rows["a"], "no")
    now.now += timedelta(days=30)
    rules = [stand(casebook, ONE, day).derivation.rule for day in (date(2024, 3, 1), date(2026, 2, 1), date(2026, 3, 5), None)]
    assert rules[0] == rules[2] == rules[3] == "adopted" != rules[1]


def test_a_corrected_row_is_not_a_new_one_and_the_past_keeps_its_rows(casebook: Casebook) -> None:
    take_in(casebook, "2024-03-01", [make_row("a", death="2024-02-10", name="A", age=30), make_row("b", name="B")])
    take_in(casebook, "2024-09-01", [make_row("a", death="2024-02-11", name="A", age=31)])
    found = stand(casebook, ONE)
    assert found.derivation.since == date(2024, 3, 1) and "2024-03-01" in found.derivation.words
    assert found.values["age"].value == "31"
    june = stand(casebook, ONE, date(2024, 6, 30))
    assert (june.derivation.standing.fate, june.values["age"].value) == (Fate.DEAD, "30")
    assert fate(casebook, TWO, date(2024, 6, 30)) is Fate.DEAD
    assert fate(casebook, TWO, date(2024, 9, 30)) is Fate.UNKNOWN
    assert fate(casebook, ONE, date(2024, 2, 28)) is Fate.UNKNOWN


def test_a_row_whose_fate_was_corrected_tells_it_from_that_release_on(casebook: Casebook) -> None:
    take_in(casebook, "2024-03-01", [make_row("a", name="A", fate="missing")])
    take_in(casebook, "2024-06-01", [make_row("a", name="A", age=30)])
    take_in(casebook, "2024-09-01", [make_row("a", name="A", age=31)])
    assert stand(casebook, ONE).derivation.since == date(2024, 6, 1)
    assert fate(casebook, ONE, date(2024, 4, 1)) is Fate.MISSING


def test_a_row_that_was_withdrawn_in_between_counts_from_its_return(casebook: Casebook) -> None:
    take_in(casebook, "2024-03-01", [make_row("a", name="A"), make_row("b", name="B")])
    take_in(casebook, "2024-06-01", [make_row("b", name="B")])
    take_in(casebook, "2024-09-01", [make_row("a", name="A", age=31), make_row("b", name="B")])
    assert stand(casebook, ONE).derivation.since == date(2024, 9, 1)


def test_a_list_of_a_month_was_certainly_out_on_its_last_day_and_no_day_is_invented(casebook: Casebook) -> None:
    from cenotaph.services.evidence import read_records

    take_in(casebook, "2024-03", [make_row("a", death="2024-02-10", name="A")])
    days = (date(2024, 3, 1), date(2024, 3, 30), date(2024, 3, 31))
    assert [fate(casebook, ONE, day) for day in days] == [Fate.UNKNOWN, Fate.UNKNOWN, Fate.DEAD]
    found = stand(casebook, ONE)
    assert "reported in 2024-03: " in found.derivation.words and found.derivation.since_words == "2024-03"
    counted = count_person(read_records(casebook).people[ONE], found)
    assert counted.recorded == "2024-03"


def test_a_list_of_a_year_has_no_month_in_which_it_was_recorded(casebook: Casebook) -> None:
    from cenotaph.services.evidence import read_records

    take_in(casebook, "2024", [make_row("a", death="2024-02-10", name="A")])
    found = stand(casebook, ONE)
    assert found.derivation.since_words == "2024"
    assert count_person(read_records(casebook).people[ONE], found).recorded == "not dated"


def test_two_documents_held_to_be_one_origin_today_were_two_before(casebook: Casebook, now: Clock) -> None:
    standard = load_standard("casualty-recording")
    papers = [
        add_document(casebook, text, source=name, published_on=day)
        for text, name, day in (("He fell.", "One", "2024-03-10"), ("A man was buried in Osh.", "Two", "2024-03-11"))
    ]
    reports = [add_report(casebook, paper, make_row(paper, death="2024-03-02", name="A")) for paper in papers]
    assign(casebook, {report: (report, ONE) for report in reports})
    now.now = datetime(2026, 3, 1, 12, tzinfo=UTC)
    add_judgement(casebook, ACTOR, Draft("same_origin", "yes", papers[0], "one post", target_kind="document", field=papers[1]))
    now.now += timedelta(days=30)
    lineages = [assess(casebook, standard, as_of=day).people[0].derivation.lineages for day in (date(2026, 2, 1), None)]
    assert lineages == [2, 1]
    assert assess(casebook, standard).people[0].derivation.standing.grade is not Grade.CONFIRMED


def test_who_is_alive_by_a_reviewers_word_is_so_since_that_word(casebook: Casebook, now: Clock) -> None:
    take_in(casebook, "2024-02-01", [make_row("a", death="2024-01-10", name="A")])
    now.now = datetime(2026, 3, 1, 12, tzinfo=UTC)
    add_judgement(casebook, ACTOR, Draft("fate", "alive", ONE, "he rang", target_kind="person"))
    now.now += timedelta(days=3)
    add_judgement(casebook, ACTOR, Draft("fate", "alive", ONE, "he rang again", target_kind="person"))
    found = stand(casebook, ONE).derivation
    assert (found.since, found.since_words) == (date(2026, 3, 1), "2026-03-01")
    assert "by a reviewer's word of 2026-03-01" in found.words


def test_a_report_older_than_the_death_it_tells_is_flagged_and_no_standing_begins_before_the_death(casebook: Casebook) -> None:
    from cenotaph.services.assessment_text import assessment_text

    both = [make_row("a", death="2024-05-10", name="A"), make_row("b", death="2024-02", name="B")]
    rows = take_in(casebook, "2024-02-01", both)
    found = stand(casebook, ONE)
    assert found.too_early == (rows["a"],) and stand(casebook, TWO).too_early == ()
    assert found.derivation.since is not None and found.derivation.since > date(2024, 5, 10)
    text = list(assessment_text(assess(casebook, NEWSROOM)))
    assert any(f"dated before the death they tell, so one of the two dates is wrong: {rows['a'][:12]}" in line for line in text)


def test_words_that_a_mapping_says_are_unknown_are_unknown_in_figures_too(casebook: Casebook) -> None:
    rows = [make_row("a", name="A", path="unknown", path_stated="no data"), make_row("b", name="B", path_stated="by a friend")]
    take_in(casebook, "2024-02-01", rows)
    assert "path" not in stand(casebook, ONE).values
    assert stand(casebook, TWO).values["path"].value == "stated.by a friend"


def test_who_is_known_from_leaked_sources_alone_is_counted_once_in_a_line_of_their_own(casebook: Casebook) -> None:
    from cenotaph.services.assessment_text import assessment_text

    take_in(casebook, "2024-02-01", [make_row("a", name="A"), make_row("b", name="B")])
    found = assess(casebook, NEWSROOM)
    leaked = replace(found, people=(replace(found.people[0], sealed_only=True), *found.people[1:]))
    assert sum(leaked.table().values()) == 1 and leaked.sealed() == 1
    assert any(line.startswith("1 person more known from sealed or leaked") for line in assessment_text(leaked))


def test_a_death_corrected_to_a_day_after_the_first_release_counts_from_the_release_that_corrects_it(casebook: Casebook) -> None:
    take_in(casebook, "2024-03-01", [make_row("a", death="2024-02-10", name="A")])
    take_in(casebook, "2024-09-01", [make_row("a", death="2024-05-10", name="A")])
    found = stand(casebook, ONE)
    assert (found.derivation.since, found.too_early) == (date(2024, 9, 1), ())
