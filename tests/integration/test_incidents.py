"""Incidents and remains in a casebook: stated, filled, taken back, and what they do to figures and standings."""

from __future__ import annotations

import pytest
from tests.builders import add_document, add_release, make_row
from tests.conftest import ACTOR

from cenotaph.assess.scope import parse_scope
from cenotaph.assess.standard import load_standard
from cenotaph.casebook.store import Casebook
from cenotaph.casebook.verify import check_ledger
from cenotaph.cli.seal import KINDS as COMMAND_KINDS
from cenotaph.count.figure_files import parse_figures
from cenotaph.domain.canonical import content_id
from cenotaph.domain.errors import DateFormatError, NotFoundError, RefusedError, ValueFormatError
from cenotaph.domain.standing import Fate, Grade
from cenotaph.services.assessing import assess
from cenotaph.services.figure_text import figure_text
from cenotaph.services.figures import show_figure
from cenotaph.services.incident_entry import add_incident, add_statement, drop_statement, empty_place, fill_place
from cenotaph.services.incident_text import incident_text
from cenotaph.services.incidents import find_incident
from cenotaph.services.judgements import Draft, add_judgement
from cenotaph.services.people_runs import accept_run, name_run
from cenotaph.services.people_state import Assigned, read_people
from cenotaph.services.remains import add_event, add_remains, read_one, take_back
from cenotaph.services.remains_text import remains_text
from cenotaph.services.seals import KINDS, seal

NEWSROOM = load_standard("newsroom")
FIGURES = parse_figures('schema = 1\n[[figure]]\nid = "dead"\ntitle = "Dead"\nunnamed = true\n')
ONE, TWO = "1" * 32, "2" * 32


@pytest.fixture
def people(casebook: Casebook) -> Casebook:
    """Two people, a row of a list each."""
    both = [make_row("a", death="2024-03-02", name="Алишер"), make_row("b", name="Далер")]
    rows = add_release(casebook, "list", "2025-01", both)
    state = read_people()
    wanted = {
        content_id("row", "list", key): Assigned(rows[key], person, 990_000, "resolved")
        for key, person in (("a", ONE), ("b", TWO))
    }
    accept_run(casebook, ACTOR, name_run(state, casebook.settled_head().hash), "full", state, wanted, (), {})
    return casebook


def count(casebook: Casebook) -> tuple[int, int, int | None]:
    figure = show_figure(casebook, "dead", FIGURES, NEWSROOM, None)
    assert figure.unnamed is not None
    return figure.value, figure.unnamed.low, figure.unnamed.high


def test_places_are_counted_beside_people_and_naming_fills_one(people: Casebook) -> None:
    incident = add_incident(people, ACTOR, "Strike on a barracks", "2024-03-02", "Makiivka")
    first = add_document(people, "Five or more were killed.", source="Outlet", published_on="2024-03-03")
    add_statement(people, ACTOR, incident, 5, 7, document=first, words="five or more")
    assert count(people) == (2, 5, 7)
    fill_place(people, ACTOR, incident[:12], ONE, "his mother names the barracks")
    assert count(people) == (2, 4, 6)
    with pytest.raises(RefusedError, match="this incident already"):
        fill_place(people, ACTOR, incident, ONE, "again")
    other = add_incident(people, ACTOR, "Another strike", "2024-03-04")
    with pytest.raises(RefusedError, match="Somebody dies once"):
        fill_place(people, ACTOR, other, ONE, "or here")
    empty_place(people, ACTOR, incident, ONE, "it was another barracks")
    assert count(people) == (2, 5, 7)
    with pytest.raises(NotFoundError):
        empty_place(people, ACTOR, incident, ONE, "twice")
    assert not list(check_ledger(people))


def test_a_later_word_of_one_source_replaces_its_earlier_one_and_a_dropped_one_counts_no_more(people: Casebook) -> None:
    incident = add_incident(people, ACTOR, "Strike", "2024-03")
    early = add_document(people, "One was killed.", source="Outlet", published_on="2024-03-03")
    late = add_document(people, "Five were killed.", source="Outlet", published_on="2024-03-09")
    ministry = add_document(people, "Nine were killed.", source="Ministry", published_on="2024-03-05")
    for document, number in ((early, 1), (late, 5)):
        add_statement(people, ACTOR, incident, number, number, document=document)
    assert count(people)[1:] == (5, 5)
    dropped = add_statement(people, ACTOR, incident, 9, 9, document=ministry)
    assert count(people)[1:] == (5, 9)
    drop_statement(people, ACTOR, dropped, "the ministry took it back")
    assert count(people)[1:] == (5, 5)
    with pytest.raises(NotFoundError):
        drop_statement(people, ACTOR, dropped, "again")


def test_a_number_without_a_document_is_reported_at_most(people: Casebook) -> None:
    incident = add_incident(people, ACTOR, "Strike", "2024-03")
    add_statement(people, ACTOR, incident, 3, 3)
    confirmed = parse_figures('schema = 1\n[[figure]]\nid = "dead"\ntitle = "D"\nunnamed = true\ngrades = ["confirmed"]\n')
    assert show_figure(people, "dead", confirmed, NEWSROOM, None).unnamed.low == 0  # type: ignore[union-attr]
    assert count(people)[1] == 3


def test_the_scope_decides_over_incidents_too(people: Casebook) -> None:
    incident = add_incident(people, ACTOR, "Strike", "2021-03-02", keys={"nationality": "UZ"})
    add_statement(people, ACTOR, incident, 3, 3)
    scope = parse_scope('schema = 1\nid = "s"\ntitle = "S"\n[time]\nfrom = "2022-02-24"\nundated = "in"\n')
    figure = show_figure(people, "dead", FIGURES, NEWSROOM, scope)
    assert figure.unnamed is not None and figure.unnamed.low == 0
    assert count(people)[1] == 3


def test_a_group_needs_the_whole_first_and_contradictions_are_said(people: Casebook) -> None:
    incident = add_incident(people, ACTOR, "Strike", "2024-03")
    with pytest.raises(RefusedError, match="whole first"):
        add_statement(people, ACTOR, incident, 3, 3, keys={"nationality": "UZ"})
    add_statement(people, ACTOR, incident, 1, 1)
    add_statement(people, ACTOR, incident, 3, 3, keys={"nationality": "UZ"})
    for person in (ONE, TWO):
        fill_place(people, ACTOR, incident, person, "named by a relative")
    text = "\n".join(incident_text(find_incident(incident)))
    assert "2 are named, and no source states more than 1" in text
    assert "nationality UZ: at least 3, more than the 1 of the whole" in text
    assert "unnamed places: 0" in text


@pytest.mark.parametrize(
    ("title", "happened", "keys", "error"),
    [
        (" ", "2024", {}, ValueFormatError),
        ("Strike", "yesterday", {}, DateFormatError),
        ("Strike", "2024", {"shoe": "42"}, ValueFormatError),
        ("Strike", "2024", {"nationality": "XX"}, ValueFormatError),
        ("Strike", "2024", {"sex": "x"}, ValueFormatError),
        ("Strike", "2024", {"fate": "dead"}, ValueFormatError),
    ],
)
def test_an_incident_that_says_nothing_is_refused(
    casebook: Casebook, title: str, happened: str, keys: dict[str, str], error: type[Exception]
) -> None:
    with pytest.raises(error):
        add_incident(casebook, ACTOR, title, happened, keys=keys)


def test_an_incident_under_seal_keeps_its_numbers_and_loses_its_words(people: Casebook) -> None:
    incident = add_incident(people, ACTOR, "Strike on the house of N", "2024-03-02", "a village")
    add_statement(people, ACTOR, incident, 3, 3, words="the N family")
    seal(people, ACTOR, "incident", incident, "family_request")
    text = "\n".join(incident_text(find_incident(incident)))
    assert "under seal" in text and "village" not in text
    assert not list(check_ledger(people))


def find(casebook: Casebook, person: str) -> tuple[Fate, Grade | None, str]:
    d = next(p for p in assess(casebook, NEWSROOM).people if p.person == person).derivation
    return d.standing.fate, d.standing.grade, d.rule


def test_an_identified_body_confirms_and_a_misattributed_one_no_more(people: Casebook) -> None:
    assert find(people, ONE)[1] is Grade.REPORTED
    paper = add_document(people, "DNA: body 42 is A.", source="Bureau", published_on="2024-05-01")
    body = add_remains(people, ACTOR, "42/17", "a body")
    add_event(people, ACTOR, body, "exchanged", happened="2024-04-01")
    assert find(people, ONE)[1] is Grade.REPORTED, "a body that is nobody's says nothing of anybody"
    event = add_event(people, ACTOR, body, "identified", person=ONE, document=paper, happened="2024-05-01", words="DNA")
    assert find(people, ONE) == (Fate.DEAD, Grade.CONFIRMED, "events.identified")
    take_back(people, ACTOR, event, "the sample was another's")
    assert find(people, ONE)[1] is Grade.REPORTED
    add_event(people, ACTOR, body, "identified", person=TWO, document=paper, happened="2024-06-01")
    assert find(people, TWO)[1] is Grade.CONFIRMED
    assert read_one(body).whose() == [TWO]
    assert not list(check_ledger(people))


def test_remains_are_many_to_many_with_people(people: Casebook) -> None:
    paper = add_document(people, "They lay together.", source="Bureau")
    first, second = (add_remains(people, ACTOR, label) for label in ("1", "2"))
    for body, person in ((first, ONE), (first, TWO), (second, ONE)):
        add_event(people, ACTOR, body, "identified", person=person, document=paper)
    assert read_one(first).whose() == [ONE, TWO]
    with pytest.raises(RefusedError):
        add_event(people, ACTOR, first, "identified", person=ONE)
    assert show_figure(people, "dead", FIGURES, NEWSROOM, None).value == 2, "two bodies of one are one"
    assert "identified as 111111111111" in "\n".join(remains_text(read_one(second)))


def test_an_identification_nobody_documents_raises_no_grade(people: Casebook) -> None:
    body = add_remains(people, ACTOR, "7")
    before = next(p for p in assess(people, NEWSROOM).people if p.person == ONE)
    add_event(people, ACTOR, body, "identified", person=ONE)
    after = next(p for p in assess(people, NEWSROOM).people if p.person == ONE)
    assert after == before and after.derivation.lineages == 1, "a word without a document is no lineage"


def test_a_named_victim_who_is_alive_or_out_of_scope_is_said_to_be(people: Casebook) -> None:
    incident = add_incident(people, ACTOR, "Strike on a barracks", "2024-03-02", "Makiivka")
    for person in (ONE, TWO):
        fill_place(people, ACTOR, incident, person, "named there")
    assert "in no figure" not in "\n".join(incident_text(find_incident(incident)))
    add_judgement(people, ACTOR, Draft("fate", "alive", ONE, "he rang", target_kind="person"))
    add_judgement(people, ACTOR, Draft("in_scope", "no", TWO, "another war", target_kind="person"))
    text = "\n".join(incident_text(find_incident(incident)))
    assert "in no figure of the dead: 111111111111 is alive" in text
    assert "in no figure of the dead: 222222222222 is out of scope" in text


def test_what_makes_no_sense_of_remains_is_refused(people: Casebook) -> None:
    body = add_remains(people, ACTOR, "7")
    for kind, person, error in (
        ("lost", None, ValueFormatError),
        ("identified", None, ValueFormatError),
        ("buried", ONE, ValueFormatError),
        ("identified", "f" * 32, NotFoundError),
    ):
        with pytest.raises(error):
            add_event(people, ACTOR, body, kind, person=person)
    with pytest.raises(ValueFormatError):
        add_remains(people, ACTOR, " ")


def test_figures_say_the_sum_of_members_and_places_as_a_minimum(people: Casebook) -> None:
    incident = add_incident(people, ACTOR, "Strike", "2024-03")
    add_statement(people, ACTOR, incident, 5, None)
    text = "\n".join(figure_text(show_figure(people, "dead", FIGURES, NEWSROOM, None)))
    assert "unnamed places: at least 5; members and places together at least 7" in text


def test_a_document_under_seal_takes_what_incidents_and_remains_quote_of_it(people: Casebook) -> None:
    paper = add_document(people, "The N family of five was killed.", source="Outlet", published_on="2024-03-03")
    incident = add_incident(people, ACTOR, "Strike", "2024-03-02")
    add_statement(people, ACTOR, incident, 5, 5, document=paper, words="The N family of five")
    body = add_remains(people, ACTOR, "7")
    add_event(people, ACTOR, body, "identified", person=ONE, document=paper, words="by the N family")
    seal(people, ACTOR, "document", paper, "family_request")
    assert "N family" not in "\n".join((*incident_text(find_incident(incident)), *remains_text(read_one(body))))
    assert count(people)[1:] == (5, 5), "the number stays: counts rest on it"
    assert not list(check_ledger(people))


def test_the_command_seals_every_kind_that_can_be_sealed() -> None:
    assert set(COMMAND_KINDS) == set(KINDS)


@pytest.mark.parametrize(
    ("happened", "words"),
    [
        ("2024-01-01", "a report dates the death of 111111111111 2024-03-02, after the incident (2024-01-01)"),
        ("2024-05", "a report dates the death of 111111111111 2024-03-02, before the incident (2024-05)"),
        ("2024-03", ""),
        ("../2024-03-02", ""),
    ],
)
def test_a_victim_who_died_on_another_day_than_the_incident_is_named(people: Casebook, happened: str, words: str) -> None:
    incident = add_incident(people, ACTOR, "Strike on a bridge", happened)
    for person in (ONE, TWO):
        fill_place(people, ACTOR, incident, person, "named by a relative")
    text = "\n".join(incident_text(find_incident(incident)))
    assert words in text and text.count("a report dates") == bool(words)


def test_an_identification_taken_back_is_still_shown_with_its_reason(people: Casebook) -> None:
    body = add_remains(people, ACTOR, "body 7")
    event = add_event(people, ACTOR, body, "identified", person=ONE, words="by his tattoo")
    take_back(people, ACTOR, event, "another man's tattoo")
    text = "\n".join(remains_text(read_one(body)))
    assert "nobody's yet" in text
    assert f"taken back: {event[:12]}" in text and "by his tattoo" in text and "because: another man's tattoo" in text
