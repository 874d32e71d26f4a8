"""Files broken at random: whatever comes out is a reading or one of our own errors, never another exception."""

from __future__ import annotations

import random
import struct
import zlib
from pathlib import Path

import pytest
from tests.made_files import limits, pack, package_parts, save_workbook, sheet_xml, strings_xml

from cenotaph.capture.readers import read_document
from cenotaph.domain.documents import TextDocument
from cenotaph.domain.errors import CenotaphError

ALLOWED = limits(unzipped_bytes=4 << 20, rows=10_000, cell_characters=10_000)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def mutate(data: bytes, chance: random.Random) -> bytes:
    """Return bytes with a few of them flipped, cut, doubled, moved or filled."""
    broken = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(broken))
        size = chance.choice([1, 1, 1, 2, 4, 16, 200])
        kind = chance.randrange(6)
        if kind == 0:
            broken[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            broken[at : at + size] = chance.randbytes(size)
        elif kind == 2:
            del broken[at : at + size]
        elif kind == 3:
            broken[at:at] = broken[at : at + size]
        elif kind == 4:
            broken[at : at + size] = chance.choice([b"\xff", b"\0", b'"', b"\n", b"\r", b"<", b"&"]) * size
        else:
            start = chance.randrange(len(broken))
            broken[at : at + size] = broken[start : start + size]
        if not broken:
            broken += b"x"
    return bytes(broken)


def outcome(path: Path, media_type: str, encoding: str | None = None) -> str:
    try:
        document = read_document(path, media_type, ALLOWED, encoding=encoding)
        if isinstance(document, TextDocument):
            return "text"
        for sheet in document.sheets():
            document.header(sheet)
            for row in document.rows(sheet):
                assert all("\0" not in cell and cell.encode() is not None for cell in row.cells)
    except CenotaphError as error:
        assert error.hint
        assert len(str(error)) < 2000
        return type(error).__name__
    return "table"


def test_broken_workbooks_end_in_a_reading_or_our_own_error(tmp_path: Path) -> None:
    whole = save_workbook(tmp_path / "whole.xlsx", [["имя", "год"]] + [[f"слово {i}", i / 7] for i in range(60)]).read_bytes()
    seen = set()
    for seed in range(400):
        path = tmp_path / "a.xlsx"
        path.write_bytes(mutate(whole, random.Random(seed)))
        seen.add(outcome(path, XLSX))
    assert {"table", "DamagedFileError"} <= seen


@pytest.mark.parametrize(
    "part",
    ["worksheets/sheet1.xml", "sharedStrings.xml", "styles.xml", "workbook.xml", "_rels/workbook.xml.rels"],
)
def test_workbooks_with_broken_parts_in_a_sound_package_do_too(tmp_path: Path, part: str) -> None:
    part = f"xl/{part}"
    row = '<row r="{0}"><c r="A{0}" t="s"><v>{1}</v></c><c r="B{0}" s="1"><v>{0}.5</v></c></row>'
    rows = "".join(row.format(i, i % 3) for i in range(1, 30))
    styles = (
        '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy"/></numFmts>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>'
    )
    parts: dict[str, str | bytes] = dict(
        package_parts(sheet_xml(rows), strings=strings_xml("<si><t>а</t></si><si><t>б</t></si><si><t>в</t></si>"), styles=styles)
    )
    sound = str(parts[part]).encode()
    seen = set()
    for seed in range(150):
        path = tmp_path / "a.xlsx"
        path.write_bytes(pack({**parts, part: mutate(sound, random.Random(seed))}))
        seen.add(outcome(path, XLSX))
    assert "DamagedFileError" in seen


def test_workbooks_with_broken_directories_do_too(tmp_path: Path) -> None:
    whole = pack(package_parts(sheet_xml("<row><c><v>1</v></c></row>")))
    at = whole.index(b"PK\x01\x02")
    for seed in range(300):
        path = tmp_path / "a.xlsx"
        path.write_bytes(whole[:at] + mutate(whole[at:], random.Random(seed)))
        outcome(path, XLSX)


def test_every_field_of_a_directory_at_its_extremes_does_too(tmp_path: Path) -> None:
    whole = pack(package_parts(sheet_xml("<row><c><v>1</v></c></row>")))
    at = whole.index(b"PK\x01\x02")
    end = whole.rindex(b"PK\x05\x06")
    for place in [*range(at, at + 46, 2), *range(end, end + 22, 2)]:
        for value in (b"\0\0", b"\xff\xff", struct.pack("<H", zlib.crc32(whole) & 0xFFFF)):
            path = tmp_path / "a.xlsx"
            path.write_bytes(whole[:place] + value + whole[place + 2 :])
            outcome(path, XLSX)


@pytest.mark.parametrize("encoding", [None, "cp1251", "utf-16-le"])
def test_broken_csv_files_end_in_a_reading_or_our_own_error(tmp_path: Path, encoding: str | None) -> None:
    lines = 'имя;год;"слова"\r\n' + 'Иванов;1980;"сказал ""да""\r\nи ушёл"\r\n' * 30
    whole = lines.encode(encoding or "utf-8")
    seen = set()
    for seed in range(400):
        path = tmp_path / "a.csv"
        path.write_bytes(mutate(whole, random.Random(seed)))
        seen.add(outcome(path, "text/csv", encoding))
    assert {"table", "DamagedFileError"} <= seen
