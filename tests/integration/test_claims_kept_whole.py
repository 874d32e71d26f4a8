"""A claim comes out of the record as it went in, with its date resolved only against a day of publication."""

from __future__ import annotations

from pathlib import Path

import pytest

from cenotaph.casebook.ledger import Actor
from cenotaph.casebook.store import Casebook
from cenotaph.domain.claims import Claim
from cenotaph.domain.dates import PartialDate
from cenotaph.extract import read_claims
from cenotaph.services.captures import add_captures
from cenotaph.services.claim_rows import claim_row, read_claim
from cenotaph.services.claims import list_claims
from cenotaph.services.extraction import run_extraction

TEXT = "On Tuesday at least 12 Nepalis were killed near Lyman, among them two officers, the ministry said."


def test_every_field_of_a_claim_survives_its_row() -> None:
    from datetime import date

    claims = read_claims(TEXT, "en", date(2025, 7, 18), document="d").claims
    assert claims and claims[0].as_of_edtf == "2025-07-15"
    for claim in claims:
        assert isinstance(claim, Claim)
        assert read_claim(claim_row("reading", claim)) == claim


@pytest.mark.parametrize(("published", "expected"), [("2025-07-18", "2025-07-15"), ("2025-07", None), (None, None)])
def test_a_weekday_is_resolved_only_against_a_day(
    sqlite_casebook: Casebook, actor: Actor, tmp_path: Path, published: str | None, expected: str | None
) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    day = PartialDate.from_edtf(published) if published else None
    add_captures(sqlite_casebook, actor, [tmp_path / "a.txt"], published_on=day)
    run_extraction(sqlite_casebook, actor)
    assert [claim.as_of_edtf for claim in list_claims()][:1] == [expected]
