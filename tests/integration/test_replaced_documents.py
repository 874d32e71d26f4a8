"""A page read in a wrong encoding, and again in the right one: the second is what is read for claims."""

from __future__ import annotations

from pathlib import Path

from tests.casebooks import ACTOR

from cenotaph.casebook import bulk
from cenotaph.casebook.store import Casebook
from cenotaph.services.captures import add_captures
from cenotaph.services.extraction import find_replaced, run_extraction

WORDS = "В марте погибли двенадцать граждан Таджикистана, сообщила газета, все они подписали контракт в октябре."
PAGE = f"<html><head><meta charset=utf-8></head><body><article><p>{WORDS}</p></article></body></html>"


def test_a_page_whose_declaration_is_wrong_is_read_and_the_line_and_the_facts_say_so(casebook: Casebook, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(PAGE.encode("cp1251"))
    (outcome,) = add_captures(casebook, ACTOR, [path])
    assert outcome.note == "read as cp1251, though utf-8 is declared"
    assert bulk.fetch_one("SELECT text, encoding FROM document") == (WORDS, "cp1251")
    (facts,) = bulk.fetch_one("SELECT facts FROM document_detail") or ("",)
    assert "though utf-8 is declared" in facts


def test_a_page_that_fits_nothing_is_kept_without_a_document(casebook: Casebook, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(b"<meta charset=utf-8><p>Some words " + bytes(range(128, 256)) * 3)
    (outcome,) = add_captures(casebook, ACTOR, [path])
    assert outcome.capture and outcome.document is None and "--encoding" in outcome.note


def test_what_is_read_again_in_another_encoding_is_what_claims_are_read_from(casebook: Casebook, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(PAGE.encode("cp1251"))
    (wrong,) = add_captures(casebook, ACTOR, [path], encoding="koi8-r")
    assert find_replaced() == frozenset()
    (right,) = add_captures(casebook, ACTOR, [path], encoding="cp1251")
    assert find_replaced() == {wrong.document} and wrong.document != right.document
    run_extraction(casebook, ACTOR, workers=1)
    assert bulk.fetch_rows("SELECT document FROM claim_reading") == [(right.document,)]
