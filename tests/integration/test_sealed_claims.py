"""A sealed document takes the reasons of judgements on its claims with it, and its text does not come back."""

from __future__ import annotations

from pathlib import Path

from tests.casebooks import ACTOR, find_problems

from cenotaph.casebook import bulk
from cenotaph.casebook.store import Casebook
from cenotaph.services.captures import add_captures
from cenotaph.services.claims import list_claims
from cenotaph.services.extraction import run_extraction
from cenotaph.services.judgements import Draft, add_judgement
from cenotaph.services.seals import seal

WORDS = "At least 12 Nepali citizens were killed, the ministry said."


def add_text(casebook: Casebook, folder: Path) -> tuple[Path, str]:
    path = folder / "note.txt"
    path.write_text(WORDS, encoding="utf-8")
    (taken,) = add_captures(casebook, ACTOR, [path], language="en")
    assert taken.document
    return path, taken.document


def test_the_reason_of_a_judgement_on_a_claim_goes_with_its_document(casebook: Casebook, tmp_path: Path) -> None:
    _, document = add_text(casebook, tmp_path)
    run_extraction(casebook, ACTOR)
    (claim,) = list_claims()
    draft = Draft("claim_right", "yes", claim.id, "Ivanov's mother says so", "claim")
    (judged,) = add_judgement(casebook, ACTOR, draft).ids
    sealed = seal(casebook, ACTOR, "document", document, "family_request")
    assert ("judgement", judged, "reason") in sealed.rows
    assert bulk.fetch_rows("SELECT answer, reason FROM judgement WHERE id = %s", [judged]) == [("yes", None)]
    assert not any("judgement" in where for where in sealed.still_stands)
    assert find_problems(casebook) == []


def test_a_sealed_text_does_not_come_back_as_another_encoding(casebook: Casebook, tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_bytes("Погибли 12 человек.".encode("cp1251"))
    (taken,) = add_captures(casebook, ACTOR, [path], encoding="cp1251")
    assert taken.document
    seal(casebook, ACTOR, "document", taken.document, "family_request")
    for encoding in ("cp1251", "koi8-r"):
        (again,) = add_captures(casebook, ACTOR, [path], encoding=encoding)
        assert (again.state, again.document) == ("sealed", None)
        assert "a document of this capture is under seal" in again.note
    assert bulk.fetch_rows("SELECT text FROM document") == [(None,)]
    assert find_problems(casebook) == []
