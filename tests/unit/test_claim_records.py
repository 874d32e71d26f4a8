"""Claims as records: the schema, the outcomes, documents that may be one source."""

from __future__ import annotations

import json
import re

import pytest

from cenotaph.domain.claims import check_outcome
from cenotaph.domain.errors import ValueFormatError
from cenotaph.extract import read_claims
from cenotaph.extract.claims.lineage import propose_by_claim, propose_by_text
from cenotaph.extract.claims.schema import make_schema

TEXT = (
    "At least 40 Nepalis were killed and wounded, the ministry said. Of them, 12 died in May.\n\n"
    "Migrants were threatened with prison if they did not sign contracts, lawyers say."
)
TYPES = {"string": str, "integer": int, "number": (int, float), "boolean": bool, "array": list, "null": type(None)}


def check(record: dict[str, object], schema: dict[str, object]) -> None:
    properties = schema["properties"]
    assert isinstance(properties, dict)
    assert set(record) <= set(properties) and set(record) >= set(schema["required"])  # type: ignore[call-overload]
    for name, value in record.items():
        rule = properties[name]
        if "const" in rule:
            assert value == rule["const"]
        elif "enum" in rule:
            assert value in rule["enum"]
        else:
            kinds = rule["type"] if isinstance(rule["type"], list) else [rule["type"]]
            assert any(isinstance(value, TYPES[kind]) for kind in kinds), name
            if "pattern" in rule:
                assert isinstance(value, str)
                assert re.search(rule["pattern"], value)


def test_every_record_is_as_the_schema_says() -> None:
    claim, allegation = make_schema()["oneOf"]  # type: ignore[misc]
    records = [json.loads(json.dumps(item.as_record())) for item in read_claims(TEXT, "en", document="a.txt")]
    assert {record["kind"] for record in records} == {"claim", "allegation"}
    for record in records:
        check(record, claim if record["kind"] == "claim" else allegation)  # type: ignore[has-type]


def test_a_claim_that_was_judged_is_as_the_schema_says_too() -> None:
    claim, _ = make_schema()["oneOf"]  # type: ignore[misc]
    (item,) = read_claims("Five people were killed.", "en", document="a.txt").claims
    check({**json.loads(json.dumps(item.as_record())), "judgements": ["claim_right: yes"]}, claim)  # type: ignore[has-type]


def test_combined_outcomes_stand_in_alphabetical_order() -> None:
    assert check_outcome("killed+wounded") == "killed+wounded"
    with pytest.raises(ValueFormatError, match="alphabetical"):
        check_outcome("wounded+killed")
    with pytest.raises(ValueFormatError, match="there is none"):
        check_outcome("slain")


def test_documents_that_carry_one_number_from_one_source_are_proposed_as_one_lineage() -> None:
    first = read_claims("According to the observatory, 412 Cubans were killed.", "en", document="a")
    second = read_claims("Some 900 left. The observatory said 412 Cubans were killed.", "en", document="b")
    third = read_claims("A paper says 413 Cubans were killed.", "en", document="c")
    proposed = propose_by_claim([*first.claims, *second.claims, *third.claims])
    assert [(p.first, p.second) for p in proposed] == [("a", "b")]


def test_a_small_number_ties_no_documents_together() -> None:
    first = read_claims("The police said two people were killed.", "en", document="a")
    second = read_claims("The police said two people were killed.", "en", document="b")
    assert propose_by_claim([*first.claims, *second.claims]) == []


def test_reprints_are_proposed_as_one_lineage() -> None:
    text = " ".join(f"sentence {at} of a report that another paper printed again" for at in range(30))
    assert [
        (p.first, p.second) for p in propose_by_text([("a", text), ("b", text + " more"), ("c", "something else")])
    ] == [("a", "b")]
