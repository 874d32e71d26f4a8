"""Messages taken in: what tells of those who got them stays in a private original."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from tests.casebooks import ACTOR, find_problems

from cenotaph.capture.clear_copies import readable_path
from cenotaph.capture.message_copies import clean_message
from cenotaph.casebook import bulk
from cenotaph.casebook.store import Casebook
from cenotaph.domain.errors import RefusedError
from cenotaph.services.bundles import write_bundle
from cenotaph.services.captures import add_captures
from cenotaph.services.exports import export_captures
from cenotaph.services.private import is_private
from cenotaph.services.seals import seal

MESSAGE = b"""Return-Path: <taker-secret@example.net>
Delivered-To: taker-secret@example.net
Received: from a.example.net
\tby taker-secret.example.net; Tue, 22 Jul 2025 18:10:00 +0300
From: Relative <relative@example.org>
To: Taker
 <taker-secret@example.net>
Cc: taker-secret@example.net
Bcc: taker-secret@example.net
X-Original-To: taker-secret@example.net
Subject: About my
 brother
Date: Tue, 22 Jul 2025 18:10:00 +0300
Message-ID: <1@example.org>
MIME-Version: 1.0
Content-Type: multipart/mixed;
 boundary="b"

--b
Content-Type: text/plain; charset=utf-8

He was killed in July near the river. To: nobody in particular.

To: this line is part of the words.
--b
Content-Type: message/rfc822

Received: by taker-secret.example.net
From: Officer <officer@example.org>
To: taker-secret@example.net
Subject: Notice
Content-Type: text/plain; charset=utf-8

The notice of his death was sent.
--b--
"""


def test_a_message_loses_who_got_it_and_nothing_else() -> None:
    for data in (MESSAGE, MESSAGE.replace(b"\n", b"\r\n")):
        cleaned = b"".join(clean_message(data.splitlines(keepends=True)))
        assert b"taker-secret" not in cleaned
        for kept in (b"relative@example.org", b"brother", b"<1@example.org>", b'boundary="b"', b"To: this line", b"officer@"):
            assert kept in cleaned, kept


def test_a_message_s_original_is_private_and_its_derivative_is_read(casebook: Casebook, tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(MESSAGE)
    (outcome,) = add_captures(casebook, ACTOR, [path])
    assert outcome.capture and outcome.documents == 2 and "the original is private" in outcome.note
    assert b"taker-secret" not in readable_path(casebook.objects, outcome.capture).read_bytes()
    (original,) = (row[0] for row in bulk.fetch_rows("SELECT id FROM capture WHERE id <> %s", [outcome.capture]))
    assert readable_path(casebook.objects, original).read_bytes() == MESSAGE
    assert is_private(original) and not is_private(outcome.capture)
    export_captures(casebook, ACTOR, [], tmp_path / "all.warc.gz", wacz=False)
    assert b"taker-secret" not in gzip.decompress((tmp_path / "all.warc.gz").read_bytes())
    with pytest.raises(RefusedError, match="tells of whoever"):
        write_bundle(casebook, ACTOR, original, tmp_path / "bundle")
    write_bundle(casebook, ACTOR, outcome.capture, tmp_path / "bundle")
    assert not [file for file in (tmp_path / "bundle").rglob("*") if file.is_file() and b"taker-secret" in file.read_bytes()]
    (again,) = add_captures(casebook, ACTOR, [path])
    assert again.state == "seen again" and bulk.fetch_one("SELECT COUNT(*) FROM capture") == (2,)
    assert find_problems(casebook) == []


def test_a_message_whose_original_is_under_seal_is_not_kept_again(casebook: Casebook, tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(MESSAGE)
    (outcome,) = add_captures(casebook, ACTOR, [path])
    (original,) = (row[0] for row in bulk.fetch_rows("SELECT id FROM capture WHERE id <> %s", [outcome.capture]))
    seal(casebook, ACTOR, "capture", original, "safety")
    (again,) = add_captures(casebook, ACTOR, [path])
    assert again.state == "sealed" and find_problems(casebook) == []


def test_a_message_that_tells_nothing_of_who_got_it_is_kept_openly(casebook: Casebook, tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(b"".join(clean_message(MESSAGE.splitlines(keepends=True))))
    (outcome,) = add_captures(casebook, ACTOR, [path])
    assert outcome.capture and outcome.note == "" and not is_private(outcome.capture)
    assert bulk.fetch_one("SELECT COUNT(*) FROM capture") == (1,)
    assert find_problems(casebook) == []


def test_a_dry_run_with_a_message_leaves_nothing(casebook: Casebook, tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(MESSAGE)
    add_captures(casebook, ACTOR, [path], dry_run=True)
    assert [file for file in casebook.objects.rglob("*") if file.is_file()] == [] and find_problems(casebook) == []


def test_bytes_of_a_message_in_a_wrong_encoding_are_read_by_what_fits(casebook: Casebook, tmp_path: Path) -> None:
    words = "Он погиб в марте, сообщила его мать, тело домой не привезли."
    head = "From: a@example.org\nSubject: x\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
    path = tmp_path / "a.eml"
    path.write_bytes((head + words + "\n").encode("cp1251"))
    (outcome,) = add_captures(casebook, ACTOR, [path])
    assert "read as cp1251, though utf-8 is declared" in outcome.note
    assert bulk.fetch_one("SELECT text FROM document") == (words + "\n",)
