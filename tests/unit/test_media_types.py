"""What a file is, by content and name."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.made_files import pack, package_parts, sheet_xml

from cenotaph.capture import media_types
from cenotaph.capture.media_types import find_media_type
from cenotaph.domain.errors import InputError

XLSX = media_types.XLSX
WORKBOOK = pack(package_parts(sheet_xml("")))
OLE = media_types.OLE_MAGIC + b"\0" * 100


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.txt", b"words", "text/plain"),
        ("A.TXT", b"words", "text/plain"),
        ("a.csv", b"a,b\n", "text/csv"),
        ("a.tsv", b"a\tb\n", "text/tab-separated-values"),
        ("a.xlsx", WORKBOOK, XLSX),
        ("a", WORKBOOK, XLSX),
        ("a.csv", WORKBOOK, XLSX),
        ("a.xlsx", b"a,b\n1,2\n", XLSX),
        ("a.xlsx", OLE, XLSX),
        ("a.xls", OLE, "application/vnd.ms-excel"),
        ("a.zip", pack({"a.txt": "x"}), "application/zip"),
        ("a.docx", pack({"[Content_Types].xml": "", "word/document.xml": ""}), media_types.DOCX),
        ("a.xlsx", WORKBOOK[:100], XLSX),
        ("a.zip", WORKBOOK[:100], "application/zip"),
        ("a.pdf", b"%PDF-1.7\n", "application/pdf"),
        ("a.txt", b"%PDF-1.7\n", "application/pdf"),
        ("a.pdf", b"words", "text/plain"),
        ("a.jpg", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("a.bin", b"\x89PNG\r\n\x1a\n", "image/png"),
        ("a.html", b"<p>", "text/html"),
        ("a", b"  <!DOCTYPE HTML><html>", "text/html"),
        ("a", "слова".encode(), "text/plain"),
        ("a", "слова".encode("utf-16"), "text/plain"),
        ("a", "слова".encode("cp1251"), "application/octet-stream"),
        ("a", b"\0\1\2", "application/octet-stream"),
        ("a", "я".encode() * 5000, "text/plain"),
        ("a.weird", b"words", "text/plain"),
    ],
    ids=lambda value: value if isinstance(value, str) else "bytes",
)
def test_a_file_is_what_its_bytes_and_name_say(tmp_path: Path, name: str, data: bytes, expected: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert find_media_type(path) == expected


def test_a_character_cut_by_the_end_of_the_sample_does_not_make_a_text_binary(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x" + "я".encode() * 5000)
    assert find_media_type(path) == "text/plain"


def test_a_zip_with_a_huge_directory_is_not_looked_through(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    data = bytearray(WORKBOOK)
    at = data.rfind(b"PK\x05\x06")
    data[at + 12 : at + 16] = b"\xff\xff\xff\x7f"
    path.write_bytes(bytes(data))
    assert find_media_type(path) == "application/zip"


def test_a_pipe_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(InputError, match="named pipe"):
        find_media_type(tmp_path / "pipe.csv")
