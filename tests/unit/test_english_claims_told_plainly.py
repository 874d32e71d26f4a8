"""English figures told in plain verbs, fragments and asides: what befell their people, and which count nobody."""

from __future__ import annotations

import pytest

from cenotaph.domain.claims import Claim
from cenotaph.extract.claims.reader import read_claims

PLAIN_VERBS = r"""
Eleven of our boys fell that winter. => 11 killed
Nine of them will not come home. => 9 killed
Four pitmen had stopped breathing. => 4 killed
The lake took three anglers. => 3 killed
A sniper got five of the drivers. => 5 killed
Six now lie under the orchard. => 6 killed
Six lie under the rubble. => 6 missing
Two died by their own hand. => 2 killed
Eight sons have not called home. => 8 missing
Some 300 villagers figure in missing-person notices. => 300 missing
Thirteen men put down their weapons. => 13 captured
Fourteen turned out to be prisoners. => 14 captured
Five sappers were invalided out. => 5 wounded
Legless: seven. => 7 wounded
Thirty Serbs and thirty Croats changed places on the bridge. => 30 released; 30 released
Sixteen students got call-up papers. => 16 recruited
Ninety families sleep in the school; 400 people sleep in tents. => 400 displaced
The mortuary in Lodz gave up two of our men. => 2 body_returned
"""

OTHER_MEANINGS = r"""
The number of those on strike fell to 40. =>
Nine pupils fell ill. =>
Seventy people were in the hall when it was hit. =>
He is the only one of the nine still at home. =>
"""


def _cases(table: str) -> list[tuple[str, str]]:
    lines = [line for line in table.replace("\\\n", "").splitlines() if line.strip()]
    return [(text.strip(), wanted.strip()) for text, _, wanted in (line.partition("=>") for line in lines)]


def _write(claim: Claim) -> str:
    return f"{claim.low if claim.low is not None else claim.high} {claim.outcome}"


def _read(text: str) -> str:
    return "; ".join(_write(claim) for claim in read_claims(text, "en").claims)


@pytest.mark.parametrize(("text", "wanted"), _cases(PLAIN_VERBS))
def test_plain_verbs_say_what_happened(text: str, wanted: str) -> None:
    assert _read(text) == wanted


@pytest.mark.parametrize(("text", "wanted"), _cases(OTHER_MEANINGS))
def test_the_same_verbs_of_other_things_claim_nothing(text: str, wanted: str) -> None:
    assert _read(text) == wanted
