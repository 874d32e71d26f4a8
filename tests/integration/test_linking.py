"""Linking a casebook: ids that last over runs and releases, words that stand over the machine's, published people held."""

from __future__ import annotations

import pytest
from tests.builders import Row, add_document, add_release, add_report, make_row

from cenotaph.casebook.ledger import Actor
from cenotaph.casebook.store import Casebook
from cenotaph.casebook.verify import check_ledger
from cenotaph.services.judgements import Draft, add_judgement
from cenotaph.services.linking import How, accept_people, propose_people
from cenotaph.services.linking_state import STATE_FOLDER
from cenotaph.services.people import list_people, show_person
from cenotaph.services.people_state import read_people
from cenotaph.services.people_text import person_text, proposal_text
from cenotaph.services.review_queue import read_queue, write_queue
from cenotaph.services.seals import seal

NAMES = {
    "a": ("Рахимов Алишер Каримович", "1990-05-01", "2024-03-02"),
    "b": ("Юлдашев Бахтиёр Собирович", "1985-02-11", "2023-11-20"),
    "c": ("Ташматов Улугбек Эркинович", "1979-12-30", "2024-01-15"),
}


def person_row(key: str, name: str, birth: str | None, death: str | None, **more: str) -> Row:
    row = make_row(key, death=death, name=name, **more)
    if birth:
        from cenotaph.domain.dates import PartialDate

        day = PartialDate.from_edtf(birth)
        assert day.start and day.end
        row.values["birth_from"], row.values["birth_before"] = day.start.isoformat(), day.end.isoformat()  # type: ignore[index]
    return row


@pytest.fixture
def reports(casebook: Casebook) -> dict[str, str]:
    """A list of three, and a report of one of them from a document; return each one's report."""
    found = add_release(casebook, "list", "2025-01", [person_row(key, *values) for key, values in NAMES.items()])
    document = add_document(casebook, "An obituary.", source="A relative", published_on="2024-03-10")
    found["obituary"] = add_report(casebook, document, person_row("o", *NAMES["a"]))
    return found


def accept(casebook: Casebook, actor: Actor) -> None:
    accept_people(casebook, actor, propose_people(casebook))


def owners() -> dict[str, str]:
    return {item.report: item.person for item in read_people().assigned.values()}


def test_two_reports_of_one_man_become_one_person_and_the_record_still_verifies(
    casebook: Casebook, actor: Actor, reports: dict[str, str]
) -> None:
    accept(casebook, actor)
    found = owners()
    assert found[reports["a"]] == found[reports["obituary"]]
    assert len(set(found.values())) == 3
    assert list(check_ledger(casebook)) == []


def test_a_run_that_finds_nothing_new_writes_nothing(casebook: Casebook, actor: Actor, reports: dict[str, str]) -> None:
    accept(casebook, actor)
    head = casebook.settled_head()
    accept(casebook, actor)
    assert casebook.settled_head() == head


def test_an_id_survives_a_release_that_corrects_a_spelling(casebook: Casebook, actor: Actor, reports: dict[str, str]) -> None:
    accept(casebook, actor)
    before = owners()
    name, birth, death = NAMES["b"]
    rows = [person_row(key, *values) for key, values in NAMES.items() if key != "b"]
    later = add_release(casebook, "list", "2025-02", [*rows, person_row("b", name.replace("ё", "е"), birth, death)])
    accept(casebook, actor)
    assert later["b"] != reports["b"]
    assert owners()[later["b"]] == before[reports["b"]]


def test_a_reviewers_word_stands_over_the_machines_in_every_later_run(
    casebook: Casebook, actor: Actor, reports: dict[str, str]
) -> None:
    accept(casebook, actor)
    add_judgement(
        casebook, actor, Draft("same_person", "no", reports["a"], "his cousin, says the family", field=reports["obituary"])
    )
    accept(casebook, actor)
    found = owners()
    assert found[reports["a"]] != found[reports["obituary"]]
    add_judgement(casebook, actor, Draft("same_person", "yes", reports["b"], "one passport", field=reports["c"]))
    accept(casebook, actor)
    assert owners()[reports["b"]] == owners()[reports["c"]]
    head = casebook.settled_head()
    accept(casebook, actor)
    assert casebook.settled_head() == head


def test_a_published_person_is_not_split_without_a_word_and_the_pair_waits_in_the_queue(
    casebook: Casebook, actor: Actor, reports: dict[str, str]
) -> None:
    accept(casebook, actor)
    person = owners()[reports["a"]]
    add_judgement(casebook, actor, Draft("published", "yes", person, "in the release", target_kind="person"))
    assert show_person(person).published
    other = person_row("a", "Совсем Другой Человекович", "1961-01-01", "2022-08-01")
    rows = [person_row(key, *values) for key, values in NAMES.items() if key != "a"]
    later = add_release(casebook, "list", "2025-02", [*rows, other])
    proposal = propose_people(casebook)
    assert [(kind, {a, b}) for kind, a, b in proposal.held] == [("split", {later["a"], reports["obituary"]})]
    accept_people(casebook, actor, proposal)
    assert owners()[later["a"]] == person == owners()[reports["obituary"]]
    first = read_queue(casebook)[0]
    assert {first.left, first.right} == {later["a"], reports["obituary"]}
    assert first.why == "published: split"
    add_judgement(casebook, actor, Draft("same_person", "no", later["a"], "the list was wrong", field=reports["obituary"]))
    assert {first.left, first.right} not in [{q.left, q.right} for q in read_queue(casebook)]
    accept(casebook, actor)
    assert owners()[later["a"]] != owners()[reports["obituary"]]


def test_whoever_is_held_with_a_published_person_is_not_unresolved(
    casebook: Casebook, actor: Actor, reports: dict[str, str]
) -> None:
    accept(casebook, actor)
    person = owners()[reports["a"]]
    add_judgement(casebook, actor, Draft("published", "yes", person, "in the release", target_kind="person"))
    rows = [person_row(key, *values) for key, values in NAMES.items() if key != "a"]
    later = add_release(casebook, "list", "2025-02", [*rows, make_row("a", death="2024-03-02", name=None)])
    accept(casebook, actor)
    assert owners()[later["a"]] == person
    assert {item.resolution for item in read_people().assigned.values() if item.person == person} == {"resolved"}


def test_nameless_reports_of_several_sources_are_nobodys_and_stay_apart(casebook: Casebook, actor: Actor) -> None:
    for name in ("list", "other"):
        add_release(casebook, name, "2025-01", [make_row(f"n{n}", death="2024-03-02", name=None) for n in range(2)])
    accept(casebook, actor)
    assert len(set(owners().values())) == 4
    assert {item.resolution for item in read_people().assigned.values()} == {"unresolved"}


def test_where_one_list_is_all_there_is_its_rows_are_its_people(casebook: Casebook, actor: Actor) -> None:
    twins = [person_row(f"n{n}", *NAMES["a"]) for n in range(2)]
    add_release(casebook, "list", "2025-01", [*twins, make_row("n2", death="2024-03-02", name=None)])
    accept(casebook, actor)
    assert len(set(owners().values())) == 3
    assert {item.resolution for item in read_people().assigned.values()} == {"resolved"}


def test_new_reports_are_linked_without_a_full_run_and_the_queue_and_ids_stay(
    casebook: Casebook, actor: Actor, reports: dict[str, str]
) -> None:
    accept_people(casebook, actor, propose_people(casebook, keep=True))
    before = owners()
    document = add_document(casebook, "A second obituary.", source="A neighbour", published_on="2024-01-20")
    added = add_report(casebook, document, person_row("n", *NAMES["c"]))
    proposal = propose_people(casebook, how="incremental", keep=True)
    assert proposal.kind == "incremental"
    accept_people(casebook, actor, proposal)
    now = owners()
    assert now[added] == before[reports["c"]]
    assert {report: now[report] for report in before} == before
    again = propose_people(casebook, how="incremental", keep=True)
    assert (again.kind, again.minted, again.changes) == ("incremental", 0, ())
    assert owners() == {item.report: item.person for item in again.wanted.values()}


def test_a_reviewers_word_is_done_by_an_incremental_run_and_taking_it_back_asks_for_a_full_one(
    casebook: Casebook, actor: Actor, reports: dict[str, str]
) -> None:
    accept_people(casebook, actor, propose_people(casebook, keep=True))
    for answer, together, kind in (("no", False, "incremental"), ("unsure", True, "full")):
        add_judgement(casebook, actor, Draft("same_person", answer, reports["a"], "seen", field=reports["obituary"]))
        proposal = propose_people(casebook, how="incremental", keep=True)
        assert proposal.kind == kind
        accept_people(casebook, actor, proposal)
        found = owners()
        assert (found[reports["a"]] == found[reports["obituary"]]) is together
        assert bool(proposal.why_full) is (kind == "full")


@pytest.mark.parametrize("how", ["incremental", "full"])
def test_not_the_same_stands_over_two_same_around_it_in_every_run_and_the_contradiction_is_asked_again(
    casebook: Casebook, actor: Actor, reports: dict[str, str], how: How
) -> None:
    accept_people(casebook, actor, propose_people(casebook, keep=True))
    document = add_document(casebook, "Another obituary.", source="A cousin", published_on="2024-03-12")
    a, other, twin = reports["a"], reports["obituary"], reports["b"]
    for left, right, answer in ((other, a, "yes"), (other, twin, "yes"), (a, twin, "no")):
        add_judgement(casebook, actor, Draft("same_person", answer, left, "seen", field=right))
    added = add_report(casebook, document, person_row("n", "Абракадабров Абра Абрович", None, None))
    for _ in range(2):
        proposal = propose_people(casebook, how=how, keep=True)
        assert proposal.kind == how
        assert any("was left undone" in line for line in proposal_text(proposal))
        accept_people(casebook, actor, proposal)
        found = owners()
        assert found[a] == found[other] != found[twin]
        assert found[added] not in {found[a], found[twin]}
        assert [{q.left, q.right} for q in read_queue(casebook) if q.why == "judgement"] == [{other, twin}]
    add_judgement(casebook, actor, Draft("same_person", "no", other, "seen again", field=twin))
    assert not [q for q in read_queue(casebook) if q.why == "judgement"]


def test_a_pair_that_is_judged_is_not_asked_again(casebook: Casebook, actor: Actor, reports: dict[str, str]) -> None:
    same = person_row("s", *NAMES["b"][:2], None)
    document = add_document(casebook, "A third obituary.", source="A friend", published_on="2023-12-01")
    add_report(casebook, document, same)
    accept(casebook, actor)
    write_queue(casebook, propose_people(casebook).found.queue, [("merge", reports["a"], reports["c"])])
    assert len(read_queue(casebook)) == 1
    add_judgement(casebook, actor, Draft("same_person", "no", reports["a"], "seen", field=reports["c"]))
    assert not read_queue(casebook)


def test_in_one_list_not_the_same_stands_over_two_same_around_it(casebook: Casebook, actor: Actor) -> None:
    found = add_release(casebook, "list", "2025-01", [person_row(key, *values) for key, values in NAMES.items()])
    for left, right, answer in (("a", "b", "yes"), ("b", "c", "yes"), ("a", "c", "no")):
        add_judgement(casebook, actor, Draft("same_person", answer, found[left], "seen", field=found[right]))
    accept(casebook, actor)
    now = owners()
    assert now[found["a"]] == now[found["b"]] != now[found["c"]]


def test_a_run_that_keeps_nothing_leaves_nothing_to_build_upon(
    casebook: Casebook, actor: Actor, reports: dict[str, str]
) -> None:
    accept(casebook, actor)
    proposal = propose_people(casebook, how="incremental")
    assert (proposal.kind, bool(proposal.why_full)) == ("full", True)


def test_a_seal_takes_away_what_was_kept_of_names(casebook: Casebook, actor: Actor, reports: dict[str, str]) -> None:
    accept_people(casebook, actor, propose_people(casebook, keep=True))
    assert (casebook.root / STATE_FOLDER).is_dir()
    seal(casebook, actor, "report", reports["obituary"], "law")
    assert not (casebook.root / STATE_FOLDER).exists()
    assert propose_people(casebook, how="incremental").kind == "full"


@pytest.mark.parametrize("few", [2_000, 0])
def test_a_row_that_was_withdrawn_is_told_apart_and_stands_again_when_it_comes_back(
    casebook: Casebook, actor: Actor, reports: dict[str, str], few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cenotaph.services.withdrawn_rows._FEW", few)
    accept(casebook, actor)
    person, lone = owners()[reports["a"]], owners()[reports["b"]]
    assert not any(line.withdrawn for line in list_people())
    add_release(casebook, "list", "2025-02", [person_row("c", *NAMES["c"])])
    accept(casebook, actor)
    shown = show_person(person)
    assert {member.report: member.withdrawn for member in shown.members} == {reports["a"]: True, reports["obituary"]: False}
    assert sum("withdrawn" in line for line in person_text(shown)) == 1
    lines = {line.id: (line.reports, line.withdrawn) for line in list_people()}
    assert (lines[person], lines[lone]) == ((1, 1), (0, 1))
    assert sum(standing for standing, _ in lines.values()) == len(propose_people(casebook).wanted) == 2
    assert list_people()[-1].id == lone
    assert list_people(least=2) == []
    add_release(casebook, "list", "2025-03", [person_row(key, *values) for key, values in NAMES.items()])
    assert not any(line.withdrawn for line in list_people())


def test_a_number_that_nothing_tells_is_the_most_there_can_be_and_what_was_not_read_is_told(casebook: Casebook) -> None:
    add_release(casebook, "list", "2025-01", [person_row("a", "Иванов Иван", None, None, age_low=250, age_high=250)])
    document = add_document(casebook, "An obituary.", source="A neighbour")
    add_report(casebook, document, person_row("n", "Петров Пётр", None, None))
    proposal = propose_people(casebook)
    assert any("people at most" in line for line in proposal_text(proposal))
    (unread,) = proposal.found.unread
    assert (unread.column, unread.rows, unread.text) == ("age", 1, "250")
