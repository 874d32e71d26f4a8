"""Figures of which neither could be verified are unconfirmed, and no others."""

from __future__ import annotations

import pytest

from cenotaph.domain.claims import Claim
from cenotaph.extract import read_claims


def modalities(text: str, language: str = "en") -> list[tuple[float | None, str]]:
    return [(claim.low, claim.modality) for claim in read_claims(text, language).claims if isinstance(claim, Claim)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The rebels say 40 soldiers died, the army says 12; neither number could be verified.", "en"),
        ("The army said 40 men had died. The rebels said 12 had died. Neither figure could be independently verified.", "en"),
        ("Армия сообщила о 40 убитых. Повстанцы — о 12 убитых. Ни ту, ни другую цифру подтвердить не удалось.", "ru"),
    ],
)
def test_both_figures_are_unconfirmed(text: str, language: str) -> None:
    assert modalities(text, language) == [(40, "unconfirmed"), (12, "unconfirmed")]


def test_what_comes_behind_is_not_unconfirmed() -> None:
    assert modalities("Neither claim could be confirmed. The army said 30 people were killed.") == [(30, "reported")]
    assert modalities("The army said 30 people were killed. Neither side confirmed a truce.") == [(30, "reported")]
