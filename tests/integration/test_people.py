"""People in a casebook: joined and parted by a word, followed through redirects, taken back."""

from __future__ import annotations

import pytest
from tests.builders import add_release, make_row

from cenotaph.casebook.ledger import Actor
from cenotaph.casebook.store import Casebook
from cenotaph.casebook.verify import check_ledger
from cenotaph.domain.errors import NotFoundError, RefusedError, ValueFormatError
from cenotaph.services.judgements import Draft, add_judgement, list_judgements
from cenotaph.services.people import list_people, merge_people, show_person, split_person
from cenotaph.services.people_runs import accept_run, list_runs, name_run, undo_run
from cenotaph.services.people_state import Assigned, read_people


@pytest.fixture
def people(casebook: Casebook, actor: Actor) -> dict[str, str]:
    """Four rows of a list, each a person of its own; return the person of each row's key."""
    rows = add_release(casebook, "list", "2025-01", [make_row(key, death="2024", name=f"Name {key}") for key in "abcd"])
    state = read_people()
    run = name_run(state, casebook.settled_head().hash)
    found = {key: f"{at:032x}" for at, key in enumerate(rows, 1)}
    wanted = {f"unit {key}": Assigned(report, found[key], 900_000, "resolved") for key, report in rows.items()}
    accept_run(casebook, actor, run, "full", state, wanted, (), {})
    return found


def assigned() -> dict[str, str]:
    return {unit: item.person for unit, item in read_people().assigned.items()}


def test_people_are_merged_by_a_word_and_the_old_id_leads_to_the_new(
    casebook: Casebook, actor: Actor, people: dict[str, str]
) -> None:
    done = merge_people(casebook, actor, people["a"], [people["b"]], "one passport")
    assert done.assigned == 2  # Both are the person's by a reviewer's word from now on.
    shown = show_person(people["b"])
    assert (shown.id, shown.asked) == (people["a"], people["b"])
    assert [member.name for member in shown.members] == ["Name a", "Name b"]
    assert shown.former == (people["b"],)
    assert list(check_ledger(casebook)) == []


def test_a_merge_can_be_taken_back_and_every_id_is_as_it_was(casebook: Casebook, actor: Actor, people: dict[str, str]) -> None:
    before = assigned()
    done = merge_people(casebook, actor, people["a"], [people["b"], people["c"]], "one passport")
    assert done.run is not None
    undo_run(casebook, actor, done.run, read_people())
    assert assigned() == before
    assert show_person(people["b"]).id == people["b"]
    assert [line.kind for line in list_runs()] == ["full", "by_hand", "undo"]


def test_a_report_that_is_somebody_elses_gets_a_person_of_its_own(
    casebook: Casebook, actor: Actor, people: dict[str, str]
) -> None:
    merge_people(casebook, actor, people["a"], [people["b"], people["c"]], "one passport")
    report = show_person(people["a"]).members[2].report
    split_person(casebook, actor, people["a"], [report], "a cousin")
    assert len(show_person(people["a"]).members) == 2
    assert len(set(assigned().values())) == 3


def test_only_the_last_run_is_taken_back(casebook: Casebook, actor: Actor, people: dict[str, str]) -> None:
    first = merge_people(casebook, actor, people["a"], [people["b"]], "one passport")
    merge_people(casebook, actor, people["c"], [people["d"]], "one passport")
    assert first.run is not None
    with pytest.raises(RefusedError, match="not the last"):
        undo_run(casebook, actor, first.run, read_people())


def test_a_run_worked_out_before_another_was_accepted_is_refused(
    casebook: Casebook, actor: Actor, people: dict[str, str]
) -> None:
    stale = read_people()
    merge_people(casebook, actor, people["a"], [people["b"]], "one passport")
    unit = next(iter(stale.assigned))
    with pytest.raises(RefusedError, match="Another run"):
        accept_run(casebook, actor, "f" * 32, "full", stale, {unit: None}, (), {})


def test_what_cannot_be_merged_or_parted_is_refused(casebook: Casebook, actor: Actor, people: dict[str, str]) -> None:
    with pytest.raises(NotFoundError, match="more than one person"):
        show_person("0" * 20)
    with pytest.raises(NotFoundError, match="no person"):
        show_person("f" * 20)
    with pytest.raises(ValueFormatError, match="one person already"):
        merge_people(casebook, actor, people["a"], [people["a"]], "why")
    own = show_person(people["a"]).members[0].report
    with pytest.raises(ValueFormatError, match="each side"):
        split_person(casebook, actor, people["a"], [own], "why")
    with pytest.raises(NotFoundError, match="not one of"):
        split_person(casebook, actor, people["b"], [own], "why")


def test_a_dry_run_writes_nothing(casebook: Casebook, actor: Actor, people: dict[str, str]) -> None:
    before, head = assigned(), casebook.settled_head()
    merge_people(casebook, actor, people["a"], [people["b"]], "one passport", dry_run=True)
    assert (assigned(), casebook.settled_head()) == (before, head)


def test_people_are_listed_with_those_of_most_reports_first(casebook: Casebook, actor: Actor, people: dict[str, str]) -> None:
    merge_people(casebook, actor, people["c"], [people["d"]], "one passport")
    assert [(line.id, line.reports) for line in list_people()] == [(people["c"], 2), (people["a"], 1), (people["b"], 1)]
    assert [line.id for line in list_people(least=2)] == [people["c"]]


def test_taking_a_merge_back_takes_its_word_back_too(casebook: Casebook, actor: Actor, people: dict[str, str]) -> None:
    done = merge_people(casebook, actor, people["a"], [people["b"]], "one passport")
    assert done.run is not None
    undo_run(casebook, actor, done.run, read_people())
    answers = [line.answer for line in list_judgements() if line.question == "same_person" and not line.replaced]
    assert answers == ["unsure"]


def test_of_equals_the_id_that_was_shown_stays(casebook: Casebook, actor: Actor, people: dict[str, str]) -> None:
    add_judgement(casebook, actor, Draft("published", "yes", people["b"], "in the release", target_kind="person"))
    merge_people(casebook, actor, people["a"], [people["b"]], "one passport")
    assert show_person(people["a"]).id == people["b"]


def test_no_report_is_judged_against_itself(casebook: Casebook, actor: Actor, people: dict[str, str]) -> None:
    own = show_person(people["a"]).members[0].report
    with pytest.raises(ValueFormatError, match="these are one"):
        add_judgement(casebook, actor, Draft("same_person", "yes", own, "why", field=own))


def test_people_are_read_in_batches_and_not_one_by_one(casebook: Casebook, people: dict[str, str]) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        assert len(list_people(limit=1)) == 1
    with CaptureQueriesContext(connection) as all_of_them:
        assert sorted(line.name or "" for line in list_people()) == [f"Name {key}" for key in "abcd"]
    assert len(all_of_them) == len(few)
