"""An act that is negated or denied is not alleged as if it were said."""

from __future__ import annotations

import pytest

from cenotaph.domain.claims import Modality
from cenotaph.extract import read_claims


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("No migrant was ever forced to sign a contract, the ministry said.", "en"),
        ("None of the prisoners were tortured.", "en"),
        ("There is no evidence that migrants were forced to sign contracts.", "en"),
        ("The recruiters forced no one to sign a contract.", "en"),
        ("Никого из мигрантов не заставляли подписывать контракт, заявили в министерстве.", "ru"),
    ],
)
def test_a_negated_act_is_no_allegation(text: str, language: str) -> None:
    assert read_claims(text, language).allegations == ()


@pytest.mark.parametrize(
    ("text", "language", "word"),
    [
        ("The ministry denied that migrants were forced to sign contracts.", "en", "denied"),
        ("Officers denied torturing the prisoners.", "en", "denied"),
        ("The army rejected claims that prisoners were tortured.", "en", "rejected"),
        ("Министерство опровергло, что мигрантов заставляли подписывать контракт.", "ru", "опровергло"),
    ],
)
def test_a_denied_act_is_unconfirmed_and_the_denial_is_named(text: str, language: str, word: str) -> None:
    (found,) = read_claims(text, language).allegations
    assert (found.modality, found.attribution, found.needs_review) == (Modality.UNCONFIRMED, None, True)
    assert any(word in doubt for doubt in found.doubts)


@pytest.mark.parametrize(
    "text",
    [
        "Migrants with no military training were forced to sign contracts, officials said.",
        "No food was given, and migrants were forced to sign contracts.",
        "Prisoners who were denied food were tortured.",
    ],
)
def test_a_no_that_is_about_something_else_denies_nothing(text: str) -> None:
    (found,) = read_claims(text, "en").allegations
    assert found.modality is not Modality.UNCONFIRMED
