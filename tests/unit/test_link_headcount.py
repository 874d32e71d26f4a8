from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from tests.link_tables import reports_table

from cenotaph.domain.errors import InputError
from cenotaph.link.headcount import NOTE, draw_people, read_note, write_note
from cenotaph.link.model import start_model
from cenotaph.link.posterior import Expected, Missed
from cenotaph.link.tables import judgements_schema
from cenotaph.link.tabling import link_table
from cenotaph.services.table_linking import expected_line

MODEL = start_model(10)
EXPECTED = Expected(2.5, 2.0, 3.0, 3, 2.6, 0.1)


def people_of(*ids: str) -> pa.Table:
    return pa.table({"report_id": list(ids), "person_id": list(ids), "probability": [1.0] * len(ids)})


def edges_of(*rows: tuple[str, str, float, str | None]) -> pa.Table:
    left, right, weight, veto = zip(*rows, strict=True)
    return pa.table({"left_id": left, "right_id": right, "weight": weight, "veto": pa.array(veto, pa.string())})


def test_a_note_comes_back_as_it_was_written() -> None:
    named = np.array([True, False, True] * 7)
    people = people_of(*(str(at) for at in range(21)))
    note = read_note(write_note(people, EXPECTED, Missed(np.full(21, 0.02), 0.1, 5), named, MODEL))
    assert note is not None
    assert note.expected == EXPECTED
    assert note.missed == 0.02
    assert note.prior == MODEL.prior / (1 - MODEL.prior)
    assert note.named.tolist() == named.tolist()
    assert read_note(people) is None


@pytest.mark.parametrize(
    ("alone", "said"),
    [
        (1, "; 1 of these was compared with nobody, and is one person here: the most there can be"),
        (2, "; 2 of these were compared with nobody, and are a person each here: the most there can be"),
        (0, ", the unresolved among them"),
    ],
)
def test_whoever_was_compared_with_nobody_is_said_to_be_so(alone: int, said: str) -> None:
    assert expected_line(EXPECTED, alone).endswith(said)


def test_a_note_of_another_table_or_none_that_can_be_read_is_refused() -> None:
    people = write_note(people_of(*"abcdefghijklmnopq"), EXPECTED, Missed(np.full(17, 0.02), 0.1, 5), np.ones(17, bool), MODEL)
    with pytest.raises(InputError, match="cannot be read"):
        read_note(people.slice(0, 3).replace_schema_metadata(people.schema.metadata))
    with pytest.raises(InputError, match="cannot be read"):
        read_note(people_of("a").replace_schema_metadata({NOTE: b"{"}))


def test_draws_join_sure_pairs_and_keep_forbidden_ones_apart() -> None:
    edges = edges_of(("a", "b", 20.0, None), ("b", "c", 20.0, "birth"))
    people = write_note(
        people_of("a", "b", "c", "d"), EXPECTED, Missed(np.zeros(4), 0.0, 9), np.array([True, True, True, False]), MODEL
    )
    together = 0
    for draw in draw_people(edges, people, 200, seed=1):
        person = draw["person"].to_pylist()
        together += person[0] == person[1]
        assert person[1] != person[2]
        assert person[3] is None
    assert together > 190


def test_edges_of_another_run_are_refused() -> None:
    with pytest.raises(InputError, match="'z' of the edges is not among the people"):
        list(draw_people(edges_of(("a", "z", 1.0, None)), people_of("a", "b"), 1, seed=1))


@pytest.mark.parametrize("births", [("1990-05-12", "1990-05-12"), ("1960-01-01", "1990-02-03"), ("1990-05-12", "1960-05-12")])
@pytest.mark.parametrize("names", [("Zed Zorro", "Quentin Quark"), ("Zed Zorro", "Zed Zorro")])
def test_what_a_reviewer_said_is_the_same_is_one_in_edges_people_number_and_draws(
    births: tuple[str, str], names: tuple[str, str]
) -> None:
    rows = [{"report_id": i, "name_full": n, "birth_date_text": b} for i, n, b in zip("ab", names, births, strict=True)]
    said = pa.table(
        {"left_id": ["a"], "right_id": ["b"], "same": [True], "reason": pa.array([None], pa.string())}, judgements_schema()
    )
    linked = link_table(reports_table(rows), said)
    edge = linked.edges.to_pylist()
    assert [(row["left_id"], row["right_id"], row["probability"], row["cause"]) for row in edge] == [("a", "b", 1.0, "judgement")]
    assert linked.people["probability"].to_pylist() == [1.0, 1.0]
    expected = linked.summary.expected
    assert (expected.low, expected.people, expected.high, expected.reports) == (1.0, 1.0, 1.0, 2)
    assert len(linked.queue) == 0
    for draw in draw_people(linked.edges, linked.people, 20, seed=1):
        assert len(set(draw["person"].to_pylist())) == 1


def test_who_may_not_be_one_of_two_that_are_bound_is_not_the_other_either() -> None:
    edges = edges_of(("a", "b", -9.0, None), ("b", "c", 20.0, "birth"), ("a", "c", 20.0, None))
    edges = edges.append_column("cause", pa.array(["judgement", "veto", "doubt"]))
    people = write_note(people_of("a", "b", "c"), EXPECTED, Missed(np.zeros(3), 0.0, 9), np.ones(3, bool), MODEL)
    for draw in draw_people(edges, people, 50, seed=1):
        one, two, other = draw["person"].to_pylist()
        assert one == two != other
