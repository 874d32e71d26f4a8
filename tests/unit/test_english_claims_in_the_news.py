"""English sentences as agencies write them: who is held, silent, exchanged or only asked, and what the words around settle."""

from __future__ import annotations

import pytest

from cenotaph.extract import read_claims


def _read(text: str) -> str:
    """Return the figures of a text with their outcomes."""
    return "; ".join(f"{claim.number_text} {claim.outcome}" for claim in read_claims(text, "en").claims)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Kyiv says it is holding 18 Nepali nationals taken on the battlefield.", "18 captured"),
        ("The rebel side holds nine Chadian soldiers.", "nine captured"),
        ("The police are holding 31 Eritreans.", "31 detained"),
        ("The hall holds 3,000 people.", ""),
        ("The bank holds 40 paintings.", ""),
        ("Three Malians are under sentence of death.", "Three detained"),
        ("Fourteen Ghanaians had gone off to fight.", "Fourteen recruited"),
        ("Some 60 men were taken for military training.", "Some 60 recruited"),
        ("A dozen no longer answer.", "A dozen missing"),
        ("Eleven bodies were found; four of the dead remain unidentified.", "Eleven killed; four killed"),
        ("The crew of the tug is accounted for except two.", "two missing"),
        ("Five of us walked back.", "Five survived"),
        ("Thirty miners remained buried.", "Thirty missing"),
        ("Four coffins came back.", "Four body_returned"),
        ("Police found the passports of 17 Cuban recruits.", "17 recruited"),
        ("The register of the missing holds 4,100 entries.", "4,100 missing"),
        ("The contest drew 500 entries.", ""),
        ("About 900 Ugandans may be serving in Russian units.", "About 900 fighting"),
        ("Eleven officers resigned and 240 recruits deserted.", ""),
    ],
)
def test_english_words_of_the_news_say_what_happened(text: str, wanted: str) -> None:
    assert _read(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "The raids caused 31 deaths, including 12 women, and 50 injuries.",
            "31 killed; 12 killed; 50 wounded",
        ),
        (
            "Nine of the 20 sailors seized off Benin, on the west coast, have been released.",
            "Nine released; 20 captured",
        ),
        (
            "The panel says 204 men who took part in the war, 17 of them officers, remain unaccounted for.",
            "204 missing; 17 missing",
        ),
        ("They got back 212 of the fallen. The other side took 30.", "212 body_returned; 30 body_returned"),
        ("The bodies of 40 people had been brought to hospitals.", "40 killed"),
        ("Planes evacuated 70 wounded people.", "70 wounded"),
        ("The convoy evacuated 91 wounded fighters.", "91 displaced"),
        (
            "A mine hurt three soldiers, bringing the number of troops killed since the war began to 88.",
            "three wounded; 88 killed",
        ),
        (
            "Officials freed 900 prisoners, of whom 60 were political detainees.",
            "900 released; 60 released",
        ),
        ("Ten of the deaths occurred at sea.", "Ten killed"),
        ("Two men who had been reported dead have turned up alive.", "Two released"),
        ("Three sailors who were thought to have drowned have reappeared.", "Three survived"),
        ("Two sailors who had been reported missing have died.", "Two killed"),
        ("Twelve people who were reported missing after the raid that killed nine are sought.", "Twelve missing; nine killed"),
        ("Their families have not received a single body.", "not received a single body_returned"),
        ("No Nepali has been released.", "No released"),
        ("A convoy with 33 freed hostages reached the border.", "33 released"),
        ("Forty children were taken. Nine of the children escaped.", "Forty captured; Nine released"),
        ("No Nepali airline flies there.", ""),
        ("He could not say how many had enlisted. Estimates range from 200 to 300.", "from 200 to 300 recruited"),
        ("Guards say 12 Kenyans are being held as prisoners of war. From Togo, seven.", "12 captured; seven captured"),
        ("A strike killed 21 people, wounding more than 40, two medical sources said.", "21 killed; more than 40 wounded"),
    ],
)
def test_english_words_around_settle_what_happened(text: str, wanted: str) -> None:
    assert _read(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "We interviewed 45 residents about the killings.",
        "The team took the testimony of eleven witnesses to the murders.",
        "The poll found that 38% knew someone who had enlisted.",
        "The guns fell silent, and the shots came one after another.",
        "Only 3 of 11 health centres are open.",
        "The minister answered question no. 2217 on the fighting.",
        "Air defences shot down 61 of the 90 drones; 17 more were lost to jamming.",
        "Mr. Anton B., 91, died on Friday.",
        "One mother, whose son disappeared, wept.",
        "The report gives no names.",
        "Police are looking for three men in connection with the killings.",
    ],
)
def test_english_numbers_of_whom_nothing_is_claimed_give_no_claim(text: str) -> None:
    assert _read(text) == ""


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Of the said bodies, 11 have been identified by relatives.", [None]),
        ("Nine men died, according to a count kept by the ministry.", ["the ministry"]),
        ("Twenty-one Armenians are confirmed by Baku to be in its prisons.", ["Baku"]),
    ],
)
def test_english_words_that_only_look_like_saying_name_no_source(text: str, wanted: list[str | None]) -> None:
    assert [claim.attribution for claim in read_claims(text, "en").claims] == wanted
