"""Wholes that no words name: found by what stands around, never larger than the part can hold, never in a circle."""

from __future__ import annotations

import pytest

from cenotaph.domain.claims import Claim
from cenotaph.extract import read_claims
from cenotaph.extract.claims import part_finder
from cenotaph.extract.claims.part_finder import BEFORE, BEHIND, GUESSED


def _read(text: str, language: str) -> list[Claim]:
    return list(read_claims(text, language).claims)


ENGLISH = (
    "Thirty-one Kenyans boarded the same plane to Moscow in May and signed contracts with the army. Five are dead. "
    "Nine more were wounded. Two are alive in captivity. The rest have not been heard from."
)
RUSSIAN = (
    "Осенью контракт подписали 40 жителей посёлка. Шестеро погибли. Ещё девять ранены. Двое находятся в плену. "
    "О судьбе остальных ничего не известно."
)


@pytest.mark.parametrize(("text", "language", "whole"), [(ENGLISH, "en", 31), (RUSSIAN, "ru", 40)])
def test_what_befell_some_is_a_part_of_those_who_were_told_of_first(text: str, language: str, whole: int) -> None:
    claims = [claim for claim in _read(text, language) if claim.low]
    assert claims[0].low == whole
    assert claims[0].subset_of is None
    assert sum(claim.subset_of == claims[0].id for claim in claims[1:]) >= len(claims) - 2


def test_a_guessed_whole_is_told_in_the_doubts_and_asks_for_no_review_alone() -> None:
    guessed = [claim for claim in _read(ENGLISH, "en") + _read(RUSSIAN, "ru") if GUESSED in claim.doubts]
    assert guessed
    assert all(claim.subset_of is not None for claim in guessed)
    assert all(claim.needs_review == (len(claim.doubts) > 1) for claim in guessed)


def test_nothing_but_the_whole_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    found = _read(ENGLISH, "en")
    monkeypatch.setattr(part_finder, "_FEWEST", 10_000)
    ruled = _read(ENGLISH, "en")
    assert [claim.subset_of for claim in found] != [claim.subset_of for claim in ruled]
    for one, other in zip(found, ruled, strict=True):
        assert (one.outcome, one.nationality, one.attribution, one.needs_review) == (
            other.outcome, other.nationality, other.attribution, other.needs_review
        )  # fmt: skip


def test_what_is_weighed_grows_with_the_claims_and_no_faster(monkeypatch: pytest.MonkeyPatch) -> None:
    weighed: list[int] = []
    describe = vars(part_finder)["describe_pairs"]

    def count(described: object, parts: object, wholes: object) -> object:
        weighed.append(len(parts))  # type: ignore[arg-type]
        return describe(described, parts, wholes)  # type: ignore[arg-type]

    monkeypatch.setattr(part_finder, "describe_pairs", count)
    text = " ".join(f"{3000 - at} soldiers were killed and {at + 2} wounded." for at in range(1000))
    claims = _read(text, "en")
    assert len(claims) > 1500
    assert sum(weighed) <= len(claims) * (BEFORE + BEHIND + 1)
    assert max(weighed) <= part_finder._AT_ONCE + BEFORE + BEHIND + 1


def test_no_claim_is_a_part_of_its_own_part_and_a_guessed_whole_is_larger() -> None:
    text = " ".join(
        f"The boat had {at % 97 + 60} people aboard. {at % 53 + 3} drowned, and {at % 7 + 2} are missing." for at in range(150)
    )
    claims = _read(text, "en")
    by_id = {claim.id: claim for claim in claims}
    guessed = [claim for claim in claims if GUESSED in claim.doubts]
    assert guessed
    for claim in guessed:
        whole = by_id[claim.subset_of or ""]
        assert (claim.low or 0) < (whole.low or whole.high or 0) or claim.unit == "percent"
    for claim in claims:
        above, seen = claim, set[str]()
        while above.subset_of is not None:
            assert above.id not in seen
            seen.add(above.id)
            above = by_id[above.subset_of]
