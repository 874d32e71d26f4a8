"""Assessing a casebook: standings with their reasons, and whom a change of rules moves."""

from __future__ import annotations

from datetime import date

import pytest
from tests.builders import add_document, add_release, add_report, judge, make_row

from cenotaph.assess.scope import Verdict, parse_scope
from cenotaph.assess.standard import load_standard
from cenotaph.casebook.ledger import Actor
from cenotaph.casebook.store import Casebook
from cenotaph.domain.standing import Fate, Grade, Review
from cenotaph.services.assessing import Assessed, assess, assess_records, find_moved
from cenotaph.services.evidence import read_records
from cenotaph.services.judgements import Draft, add_judgement
from cenotaph.services.people_runs import accept_run, name_run
from cenotaph.services.people_state import Assigned, read_people

NEWSROOM, TWO = load_standard("newsroom"), load_standard("two-sources")
SCOPE = """schema = 1
id = "foreigners"
title = "Foreigners"
[[condition]]
axis = "nationality"
without = ["RU"]
words = "not a Russian citizen"
"""


@pytest.fixture
def person(casebook: Casebook, actor: Actor) -> str:
    """One man: a row of a list, a relative's obituary, and an outlet's article; and another row that is his cousin."""
    listed = [
        make_row("a", death="2024-03", name="Алишер", nationality="UZ"),
        make_row("b", death="2024", name="Бахтиёр", nationality="RU"),
    ]
    rows = add_release(casebook, "list", "2025-01", listed)
    post = add_document(casebook, "He fell, our son.", source="A mother", published_on="2024-03-10")
    article = add_document(casebook, "A man from Urgench was buried.", source="Outlet", published_on="2024-03-20")
    reports = [add_report(casebook, d, make_row(d, death="2024-03-02", name="Алишер", nationality="UZ")) for d in (post, article)]
    state = read_people()
    from cenotaph.domain.canonical import content_id

    units = {content_id("row", "list", "a"): rows["a"], **{r: r for r in reports}}
    wanted = {unit: Assigned(report, "1" * 32, 990_000, "resolved") for unit, report in units.items()}
    wanted[content_id("row", "list", "b")] = Assigned(rows["b"], "2" * 32, 990_000, "resolved")
    accept_run(casebook, actor, name_run(state, casebook.settled_head().hash), "full", state, wanted, (), {})
    return "1" * 32


def find(people: tuple[Assessed, ...], person: str) -> Assessed:
    return next(p for p in people if p.person == person)


def test_a_person_stands_as_the_standard_says_with_the_values_that_win(casebook: Casebook, person: str) -> None:
    found = find(assess(casebook, NEWSROOM).people, person)
    assert (found.derivation.standing.fate, found.derivation.standing.grade) == (Fate.DEAD, Grade.CONFIRMED)
    assert found.values["death"].value == "2024-03-02"
    assert dict(found.values["death"].losing).keys() == {"2024-03"}
    assert "outlet" in found.derivation.words


def test_an_adopted_row_alone_is_reported_and_no_more(casebook: Casebook, person: str) -> None:
    found = find(assess(casebook, NEWSROOM).people, "2" * 32)
    assert (found.derivation.standing.grade, found.derivation.rule) == (Grade.REPORTED, "adopted")


def test_a_scope_counts_others_apart_and_rejects_nobody(casebook: Casebook, person: str) -> None:
    found = assess(casebook, NEWSROOM, parse_scope(SCOPE))
    assert find(found.people, person).verdict is Verdict.IN
    other = find(found.people, "2" * 32)
    assert (other.verdict, other.condition) == (Verdict.OUT, "not a Russian citizen")
    assert other.derivation.standing.fate is Fate.DEAD


def test_a_change_of_standard_says_whom_it_moves_before_it_is_adopted(casebook: Casebook, person: str) -> None:
    records = read_records(casebook)
    moved = find_moved(assess_records(records, NEWSROOM), assess_records(records, TWO))
    assert [(m.person, m.before, m.after) for m in moved] == [(person, "dead, confirmed", "dead, reported")]


def test_as_of_an_earlier_day_less_was_known(casebook: Casebook, person: str) -> None:
    found = find(assess(casebook, NEWSROOM, as_of=date(2024, 3, 1)).people, person)
    assert found.derivation.standing.fate is Fate.UNKNOWN


def test_a_reviewer_who_examines_a_row_lifts_it_from_adopted(casebook: Casebook, person: str) -> None:
    row = find(assess(casebook, NEWSROOM).people, "2" * 32).reports[0]
    judge(casebook, "examined", row)
    assert find(assess(casebook, NEWSROOM).people, "2" * 32).derivation.rule != "adopted"


def test_a_reviewers_word_on_a_fate_or_the_scope_stands_and_says_so(casebook: Casebook, actor: Actor, person: str) -> None:
    add_judgement(casebook, actor, Draft("fate", "alive", person, "he rang his mother", target_kind="person"))
    add_judgement(casebook, actor, Draft("in_scope", "no", "2" * 32, "a soldier of another war", target_kind="person"))
    found = assess(casebook, NEWSROOM)
    alive = find(found.people, person).derivation
    assert (alive.standing.fate, alive.standing.review, alive.rule) == (Fate.ALIVE, Review.WITHDRAWN, "judgement")
    assert "by a reviewer's word" in alive.words
    assert find(found.people, "2" * 32).verdict is Verdict.OUT
    add_judgement(casebook, actor, Draft("fate", "dead", person, "it was another man", target_kind="person"))
    assert find(assess(casebook, NEWSROOM).people, person).derivation.standing.fate is Fate.DEAD


def test_a_reviewers_word_on_one_report_corrects_what_it_says(casebook: Casebook, actor: Actor, person: str) -> None:
    row = find(assess(casebook, NEWSROOM).people, "2" * 32).reports[0]
    add_judgement(casebook, actor, Draft("fate", "missing", row, "the list says missing, misread"))
    assert find(assess(casebook, NEWSROOM).people, "2" * 32).derivation.standing.fate is Fate.MISSING
