"""Frames that were kept with a page: their texts, comments and tables are read as parts of it; nothing is loaded."""

from __future__ import annotations

import base64
from html import escape
from pathlib import Path

from tests.made_files import LIMITS
from tests.reading_samples import read

from cenotaph.capture.media_types import find_media_type
from cenotaph.capture.readers import open_table

WORDS = "Twelve citizens who had signed contracts at the recruitment office were killed in July, relatives said on Tuesday. "
TABLE = "<table><tr><th>Country</th><th>Killed</th></tr><tr><td>{}</td><td>{}</td></tr></table>"
WHO = '<span class="author">Aziz</span><time datetime="2025-07-23"></time>'
COMMENT = f'<div class="comment">{WHO}<p class="text">He was my cousin.</p></div>'
INNER = f"<html><body><h2>Comments on the losses of July</h2>{COMMENT}{TABLE.format('Nepal', 7)}</body></html>"


def page(*frames: str) -> str:
    body = f"<h1>Losses</h1><p>{WORDS * 3}</p>{TABLE.format('Cuba', 5)}"
    return f"<!DOCTYPE html><html><body><article>{body}</article>{''.join(frames)}</body></html>"


def srcdoc(inner: str) -> str:
    return f'<iframe srcdoc="{escape(inner)}"></iframe>'


def write(folder: Path, text: str, name: str = "page.html") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_frame_kept_in_the_page_gives_documents_of_its_own(tmp_path: Path) -> None:
    data = "data:text/html;base64," + base64.b64encode(f"<p>{WORDS}</p>".encode()).decode()
    frames = (srcdoc(INNER), '<iframe src="https://example.org/not-kept"></iframe>', f'<iframe src="{data}"></iframe>')
    documents = read(write(tmp_path, page(*frames)))
    assert [document.part for document in documents] == ["", "frame 1", "frame 1 comment 1", "frame 2"]
    comment = documents[2]
    assert comment.text == "He was my cousin." and comment.facts is not None and comment.facts.author == "Aziz"
    assert documents[3].text == WORDS.strip()


def test_tables_of_frames_are_counted_behind_those_of_the_page(tmp_path: Path) -> None:
    path = write(tmp_path, page(srcdoc(INNER), srcdoc(f"<p>{WORDS}</p>{TABLE.format('Ghana', 12)}")))
    table = open_table(path, find_media_type(path), LIMITS)
    assert table.sheets() == ("table 1", "table 2", "table 3")
    for document in read(path):
        for cell in document.cells:
            if cell.row == 2 and cell.column == 1:
                (row,) = table.rows(f"table {cell.table}")
                assert document.text[cell.start : cell.end] == row.cells[0]


def test_frames_in_frames_end_and_buttons_are_no_documents(tmp_path: Path) -> None:
    inner = f"<p>{WORDS}</p>"
    for _ in range(4):
        inner = f"<p>{WORDS}</p>" + srcdoc(inner)
    parts = [document.part for document in read(write(tmp_path, page(srcdoc(inner), srcdoc("<p>Like 5</p>"))))]
    assert parts == ["", "frame 1", "frame 1.1"]


def test_frames_saved_by_a_browser_beside_the_page_are_read(tmp_path: Path) -> None:
    parts = [
        ("https://example.org/news", page('<iframe src="cid:frame-2@mhtml.blink"></iframe>')),
        ("https://comments.example.net/7", INNER),
        ("https://counter.example.net/", "<p>Hit</p>"),
    ]
    text = 'From: <Saved>\nSubject: Losses\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n'
    for address, body in parts:
        text += f"--b\nContent-Type: text/html; charset=utf-8\nContent-Location: {address}\n\n{body}\n"
    path = write(tmp_path, text + "--b--\n", "a.mhtml")
    documents = read(path)
    assert [document.part for document in documents] == ["", "saved frame 1", "saved frame 1 comment 1"]
    assert documents[1].facts is not None and documents[1].facts.address == "https://comments.example.net/7"
    assert open_table(path, find_media_type(path), LIMITS).sheets() == ("table 1", "table 2")
    assert {cell.table for cell in documents[1].cells} == {2}
