"""What is hostile or broken ends in a clear error, and nothing is left behind."""

from __future__ import annotations

import csv
import errno
import io
import os
import random
import socket
import struct
import threading
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.guards import ends
from tests.made_files import LIMITS, left_behind, limits, pack, package_parts, save_package, save_workbook, sheet_xml, strings_xml

from cenotaph.capture import intake
from cenotaph.capture.intake import Skipped, take_in, walk
from cenotaph.capture.limits import Limits
from cenotaph.capture.media_types import XLSX, find_media_type
from cenotaph.capture.readers import read_document
from cenotaph.domain.documents import TextDocument
from cenotaph.domain.errors import (
    CenotaphError,
    ChangedWhileReadError,
    DamagedFileError,
    EncodingError,
    InputError,
    TooLargeError,
)

RUSSIAN = "Погибли не менее 70 граждан Таджикистана, из них 41 заключённый."
TEXT_ROW = '<row><c t="inlineStr"><is><t>name</t></is></c></row>'


def read_all(path: Path, allowed: Limits = LIMITS, encoding: str | None = None) -> int:
    """Read a file to its end, as capturing and importing do; return its rows or characters."""
    document = read_document(path, find_media_type(path), allowed, encoding=encoding)
    if isinstance(document, TextDocument):
        return len(document.text)
    return sum(1 for sheet in document.sheets() for _ in document.rows(sheet))


def refused(path: Path, kind: type[CenotaphError], match: str, allowed: Limits = LIMITS, encoding: str | None = None) -> str:
    """Check that reading a file is refused in little memory and without going on for ever; return the whole message."""
    tracemalloc.start()
    try:
        with ends(), pytest.raises(kind, match=match) as caught:
            read_all(path, allowed, encoding)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert caught.value.hint
    assert most < 64 << 20
    return str(caught.value)


@pytest.fixture
def objects(tmp_path: Path) -> Path:
    folder = tmp_path / "captures"
    folder.mkdir()
    return folder


@contextmanager
def nothing_left(objects: Path, kind: type[CenotaphError], match: str) -> Iterator[None]:
    with pytest.raises(kind, match=match) as caught:
        yield
    assert caught.value.hint
    assert left_behind(objects) == []
    assert list(objects.iterdir()) == []


# --- Encodings -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.txt", "a.csv"])
def test_a_wrong_encoding_names_byte_line_and_a_guess(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes((RUSSIAN + "\n").encode("cp1251") * 10)
    assert "cp1251" in refused(path, EncodingError, r"byte 0 \(line 1\)")


@pytest.mark.parametrize("name", ["a.txt", "a.csv"])
def test_mixed_encodings_name_the_line_where_they_mix(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes((RUSSIAN + "\n").encode() * 3000 + (RUSSIAN + "\n").encode("cp1251") + RUSSIAN.encode())
    assert "mixes encodings" in refused(path, EncodingError, r"\(line 3,001\)")


@pytest.mark.parametrize("encoding", ["klingon", "hex", "utf-16"])
@pytest.mark.parametrize("name", ["a.txt", "a.csv"])
def test_a_stated_encoding_that_cannot_be_is_refused(tmp_path: Path, name: str, encoding: str) -> None:
    (tmp_path / name).write_bytes(b"a,b\n1,2\n")
    refused(tmp_path / name, EncodingError, "encoding|mark", encoding=encoding)


@pytest.mark.parametrize("name", ["a.txt", "a.csv"])
def test_nul_bytes_are_no_text(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"a,b\n1,\0\n")
    refused(tmp_path / name, DamagedFileError, "NUL")


def test_random_bytes_with_a_texts_name_are_refused(tmp_path: Path) -> None:
    for seed in range(20):
        path = tmp_path / random.Random(seed).choice(["a.txt", "a.csv", "a.tsv", "a.xlsx"])
        path.write_bytes(random.Random(seed).randbytes(5000))
        with pytest.raises(InputError):
            read_all(path)


def test_bidi_text_is_kept_as_it_is(tmp_path: Path) -> None:
    words = "\u202eдевоР\u202c \u2066عبد\u2069\u200f"
    (tmp_path / "a.csv").write_text(f"a,b\n{words},1\n", encoding="utf-8")
    table = read_document(tmp_path / "a.csv", "text/csv", LIMITS)
    assert not isinstance(table, TextDocument)
    assert next(iter(table.rows())).cells == (words, "1")
    save_workbook(tmp_path / "a.xlsx", [["a", "b"], [words, 1]])
    book = read_document(tmp_path / "a.xlsx", XLSX, LIMITS)
    assert not isinstance(book, TextDocument)
    assert next(iter(book.rows())).cells == (words, "1")


def test_names_in_messages_cannot_move_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[2J\u202e\nb.csv"
    path.write_bytes(b"a,b\n\0")
    message = refused(path, DamagedFileError, "NUL")
    assert not {"\x1b", "\u202e", "\n"} & set(message)


# --- CSV -----------------------------------------------------------------------------------------------------------


def test_an_unclosed_quote_of_five_megabytes_is_named_by_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n1,2\n" + '3,"4\n' + "5,6\n" * 1_250_000, encoding="utf-8")
    refused(path, TooLargeError, "begins on line 3")
    before = csv.field_size_limit(10_000_000)  # As a reader with a higher limit leaves it, in one process.
    try:
        refused(path, TooLargeError, "begins on line 3")
    finally:
        csv.field_size_limit(before)


def test_a_line_without_an_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n" + b"1,2," * 5_000_000)
    with pytest.raises(TooLargeError, match="line 2 is longer"):
        read_all(path)


def test_a_cell_of_a_hundred_thousand_characters_is_read(tmp_path: Path) -> None:
    words = "ж" * 100_000
    (tmp_path / "a.csv").write_text(f'a,b\n"{words}",1\n{words},2\n', encoding="utf-8")
    assert read_all(tmp_path / "a.csv") == 2
    save_package(tmp_path / "a.xlsx", sheet_xml(TEXT_ROW + f"<row><c t='inlineStr'><is><t>{words}</t></is></c></row>"))
    assert read_all(tmp_path / "a.xlsx") == 1


def test_a_cell_over_the_limit_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"a,b\n{'x' * 1_000_001},1\n", encoding="utf-8")
    refused(tmp_path / "a.csv", TooLargeError, "cell")


def test_a_million_columns_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a" + "," * 1_000_000 + "\n", encoding="utf-8")
    refused(tmp_path / "a.csv", TooLargeError, r"limits\.columns")


# --- Workbooks -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("data", [b"a,b\n1,2\n", b"<html><table>", b"\x00" * 50, b"PK", b"PK\x03\x04"])
def test_what_is_no_workbook_but_is_called_one_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.xlsx").write_bytes(data)
    refused(tmp_path / "a.xlsx", DamagedFileError, r"a\.xlsx")


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls"])
def test_an_encrypted_or_old_workbook_is_told_what_to_become(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000)
    assert "as .xlsx" in refused(tmp_path / name, InputError, "password|no reader")


def test_a_workbook_cut_anywhere_is_refused(tmp_path: Path) -> None:
    whole = save_workbook(tmp_path / "whole.xlsx", [["a", "b"]] + [[f"слово {i}", i] for i in range(300)]).read_bytes()
    path = tmp_path / "a.xlsx"
    chance = random.Random(3)
    for at in {0, 1, 30, len(whole) - 1, *(chance.randrange(len(whole)) for _ in range(120))}:
        path.write_bytes(whole[:at])
        with pytest.raises(InputError):
            read_all(path)


def test_a_part_that_unpacks_to_much_more_than_it_is_is_a_bomb(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    zeros = b" " * (200 << 20)
    path.write_bytes(pack({**package_parts(sheet_xml(TEXT_ROW)), "xl/media/image1.bin": zeros}))
    del zeros
    assert path.stat().st_size < 1 << 20
    refused(path, DamagedFileError, "would unpack to 209,715,200 bytes")


def test_parts_that_unpack_to_more_than_the_limit_together_are_refused(tmp_path: Path) -> None:
    more = {f"xl/media/{i}.bin": random.Random(i).randbytes(1000) * 100 for i in range(30)}
    (tmp_path / "a.xlsx").write_bytes(pack({**package_parts(sheet_xml(TEXT_ROW)), **more}))
    refused(tmp_path / "a.xlsx", TooLargeError, r"limits\.unzipped_bytes", limits(unzipped_bytes=1 << 20))


def test_a_directory_that_lies_about_a_size_does_not_get_more_out(tmp_path: Path) -> None:
    rows = TEXT_ROW + "<row><c><v>1</v></c></row>" * 20_000
    data = bytearray(pack(package_parts(sheet_xml(rows))))
    at = data.rfind(b"PK\x01\x02", 0, data.rfind(b"xl/worksheets/sheet1.xml"))
    data[at + 24 : at + 28] = struct.pack("<I", 100)
    (tmp_path / "a.xlsx").write_bytes(bytes(data))
    refused(tmp_path / "a.xlsx", DamagedFileError, "damaged")


def test_a_part_that_unpacks_past_the_limit_is_stopped_there(tmp_path: Path) -> None:
    from cenotaph.capture.readers.packed import open_package

    path = tmp_path / "a.xlsx"
    path.write_bytes(pack({"big": random.Random(1).randbytes(300_000)}))
    with open_package(path, LIMITS) as package:
        got = 0
        with pytest.raises(TooLargeError, match="more than 100,000 bytes"):
            for chunk in package.chunks("big", 100_000):
                got += len(chunk)
        assert got <= 100_000


def test_more_parts_than_any_workbook_has_are_refused(tmp_path: Path) -> None:
    parts = {f"x/{i}": "" for i in range(10_001)}
    (tmp_path / "a.xlsx").write_bytes(pack({**package_parts(sheet_xml("")), **parts}))
    refused(tmp_path / "a.xlsx", DamagedFileError, "parts")


def test_a_directory_that_claims_gigabytes_is_refused(tmp_path: Path) -> None:
    data = bytearray(pack(package_parts(sheet_xml(""))))
    at = data.rfind(b"PK\x05\x06")
    data[at + 12 : at + 16] = struct.pack("<I", 3 << 30)
    (tmp_path / "a.xlsx").write_bytes(bytes(data))
    refused(tmp_path / "a.xlsx", DamagedFileError, "directory")


@pytest.mark.parametrize("name", ["../evil", "/etc/passwd", "xl/../../evil", "C:/evil", "xl\\..\\evil", ".."])
def test_a_part_whose_name_leads_out_of_the_file_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.xlsx").write_bytes(pack({**package_parts(sheet_xml("")), name: "x"}))
    refused(tmp_path / "a.xlsx", DamagedFileError, "leads out of it")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.xlsx"]


def test_links_out_of_the_package_are_not_followed(tmp_path: Path) -> None:
    parts = package_parts(sheet_xml(""))
    parts["xl/_rels/workbook.xml.rels"] = (
        '<Relationships><Relationship Id="r1" Type="x/worksheet" Target="../../../../etc/passwd"/></Relationships>'
    )
    (tmp_path / "a.xlsx").write_bytes(pack(parts))
    refused(tmp_path / "a.xlsx", DamagedFileError, "no part")
    parts["xl/_rels/workbook.xml.rels"] = (
        '<Relationships><Relationship Id="r1" Type="x/worksheet" TargetMode="External" '
        'Target="xl/worksheets/sheet1.xml"/></Relationships>'
    )
    (tmp_path / "a.xlsx").write_bytes(pack(parts))
    refused(tmp_path / "a.xlsx", DamagedFileError, "no part")


def test_two_parts_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        for name, text in [*package_parts(sheet_xml("")).items(), ("xl/workbook.xml", "<x/>")]:
            archive.writestr(name, text)
    refused(tmp_path / "a.xlsx", DamagedFileError, "two parts named")


def test_a_sheet_with_a_cell_beyond_the_allowed_columns_is_refused(tmp_path: Path) -> None:
    path = save_package(tmp_path / "a.xlsx", sheet_xml(TEXT_ROW + '<row><c r="XFD2"><v>1</v></c></row>'))
    refused(path, TooLargeError, r"cell XFD2 in column 16,384; limits\.columns")


def test_a_sheet_with_a_million_columns_is_refused(tmp_path: Path) -> None:
    path = save_package(tmp_path / "a.xlsx", sheet_xml("<row>" + "<c><v>1</v></c>" * 1_000_000 + "</row>"))
    refused(path, TooLargeError, r"limits\.columns")


def test_a_sheet_that_declares_a_million_columns_is_as_large_as_its_cells(tmp_path: Path) -> None:
    declared = '<dimension ref="A1:XFD1048576"/><sheetData>'
    sheet = sheet_xml(TEXT_ROW + "<row><c><v>1</v></c></row>").replace("<sheetData>", declared)
    assert read_all(save_package(tmp_path / "a.xlsx", sheet)) == 1


def test_a_row_at_the_end_of_the_sheet_makes_no_rows_before_it(tmp_path: Path) -> None:
    sheet = sheet_xml(TEXT_ROW + '<row r="1048576"><c><v>1</v></c></row>')
    assert read_all(save_package(tmp_path / "a.xlsx", sheet)) == 1


ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))
    + "]>"
)


@pytest.mark.parametrize("part", ["sheet1", "workbook", "sharedStrings", "styles", "rels"])
@pytest.mark.parametrize("bomb", [ENTITIES, '<!DOCTYPE x SYSTEM "file:///etc/passwd">', '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_and_document_types_are_refused_in_every_part(tmp_path: Path, part: str, bomb: str, encoding: str) -> None:
    parts: dict[str, str | bytes] = dict(
        package_parts(sheet_xml(TEXT_ROW), strings=strings_xml("<si><t>a</t></si>"), styles="<styleSheet/>")
    )
    name = next(n for n in parts if n.endswith(("xl/_rels/workbook.xml.rels" if part == "rels" else f"{part}.xml",)))
    text = str(parts[name]).removeprefix('<?xml version="1.0"?>')
    parts[name] = (bomb + text.replace("</", "&j;</", 1)).encode(encoding)
    (tmp_path / "a.xlsx").write_bytes(pack(parts))
    refused(tmp_path / "a.xlsx", DamagedFileError, "document type or an entity")


def test_openpyxl_and_we_parse_with_the_parser_that_refuses_entities() -> None:
    import openpyxl
    from defusedxml import ElementTree, EntitiesForbidden

    from cenotaph.capture.readers import packed

    assert openpyxl.DEFUSEDXML is True
    assert vars(packed)["iterparse"] is ElementTree.iterparse
    with pytest.raises(EntitiesForbidden):
        list(openpyxl.xml.functions.iterparse(io.BytesIO(ENTITIES.encode() + b"<x/>")))


def test_a_small_part_with_elements_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cenotaph.capture.readers.packed._ELEMENTS", 1_000)
    for elements, words in (("<xf/>" * 1_100, "more than 1,000 elements"), ("<a>" * 500, "deep")):
        styles = f"<styleSheet><cellXfs>{elements}</cellXfs></styleSheet>"
        refused(save_package(tmp_path / "a.xlsx", sheet_xml(TEXT_ROW), styles=styles), DamagedFileError, words)


def test_a_cell_of_elements_without_end_is_refused(tmp_path: Path) -> None:
    path = save_package(tmp_path / "a.xlsx", sheet_xml(f"<row><c t='inlineStr'><is>{'<r/>' * 300_000}</is></c></row>"))
    refused(path, DamagedFileError, "cell or a tag of more than", limits(cell_characters=10_000))


def test_what_openpyxl_raises_over_odd_xml_is_damage(tmp_path: Path) -> None:
    for old, new in (("<sheets>", "<sheets><sheet/>"), ("<sheets>", "<calcPr calcId='x'/><sheets>"), ("sheetId=", "zz=")):
        parts = package_parts(sheet_xml(TEXT_ROW))
        parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(old, new)
        (tmp_path / "a.xlsx").write_bytes(pack(parts))
        refused(tmp_path / "a.xlsx", DamagedFileError, "damaged")


def test_a_tag_without_an_end_is_refused(tmp_path: Path) -> None:
    sheet = sheet_xml(TEXT_ROW + f'<row r="{random.Random(1).randbytes(5 << 20).hex()}"/>')
    refused(save_package(tmp_path / "a.xlsx", sheet), DamagedFileError, "tag of more than")


def test_elements_without_end_are_refused(tmp_path: Path) -> None:
    refused(save_package(tmp_path / "a.xlsx", sheet_xml("<a>" * 2_000_000)), DamagedFileError, "deep")


def test_a_shared_string_without_end_is_refused(tmp_path: Path) -> None:
    words = "".join(random.Random(5).choices("абвгдежзийклмнопрстуф", k=2_000_000))
    path = save_package(tmp_path / "a.xlsx", sheet_xml(TEXT_ROW), strings=strings_xml(f"<si><t>{words}</t></si>"))
    refused(path, TooLargeError, "shared string 0 has more")


def test_many_shared_strings_take_little_more_than_their_bytes(tmp_path: Path) -> None:
    path = save_package(tmp_path / "a.xlsx", sheet_xml(TEXT_ROW), strings=strings_xml("<si><t>ab</t></si>" * 40_000))
    tracemalloc.start()
    assert read_all(path) == 0
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 2 << 20


# --- Taking in -----------------------------------------------------------------------------------------------------


def test_zero_bytes_are_refused(tmp_path: Path, objects: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"")
    with nothing_left(objects, InputError, "empty: 0 bytes"):
        take_in(tmp_path / "a.csv", objects, LIMITS)


def test_a_file_over_its_limit_is_refused_though_it_takes_no_room(tmp_path: Path, objects: Path) -> None:
    with (tmp_path / "a.csv").open("wb") as stream:
        stream.truncate(10 << 40)
    with nothing_left(objects, TooLargeError, r"limits\.csv_bytes"):
        take_in(tmp_path / "a.csv", objects, LIMITS)


def test_pipes_sockets_devices_and_folders_are_refused_unopened(tmp_path: Path, objects: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "sock"))
        for path, words in (
            (tmp_path / "pipe", "a named pipe"),
            (tmp_path / "sock", "a socket"),
            (Path("/dev/zero"), "a device"),
            (tmp_path, "a folder"),
        ):
            with nothing_left(objects, InputError, words):
                take_in(path, objects, LIMITS)


def test_a_link_to_a_device_or_in_a_circle_is_refused(tmp_path: Path, objects: Path) -> None:
    (tmp_path / "zero").symlink_to("/dev/zero")
    (tmp_path / "round").symlink_to(tmp_path / "round")
    with nothing_left(objects, InputError, "a device"):
        take_in(tmp_path / "zero", objects, LIMITS)
    with nothing_left(objects, InputError, "cannot be opened"):
        take_in(tmp_path / "round", objects, LIMITS)


def test_path_tricks_in_a_folder_lead_nowhere(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (tmp_path / "secret").write_text("x")
    (folder / "up").symlink_to("../secret")
    (folder / "root").symlink_to("/")
    os.mkfifo(folder / "pipe")
    found = list(walk([folder, folder / ".." / "folder"]))
    assert len(found) == 6
    assert all(isinstance(f, Skipped) for f in found)


Change = Callable[[Path], None]


def _append(path: Path) -> None:
    with path.open("ab") as stream:
        stream.write(b"more")


def _cut(path: Path) -> None:
    with path.open("r+b") as stream:
        stream.truncate(10)


def _overwrite(path: Path) -> None:
    with path.open("r+b") as stream:
        stream.write(b"OTHER")


def _overwrite_and_hide(path: Path) -> None:
    """Change bytes and put the time back, as a change within one tick of the clock would look."""
    state = path.stat()
    _overwrite(path)
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))


def _replace(path: Path) -> None:
    other = path.with_name("other")
    other.write_bytes(path.read_bytes())
    other.replace(path)


def _remove(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize("change", [_append, _cut, _overwrite, _overwrite_and_hide, _replace, _remove])
def test_a_file_that_changes_while_it_is_read_is_not_kept(
    tmp_path: Path, objects: Path, monkeypatch: pytest.MonkeyPatch, change: Change
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"words " * 500_000)
    real = intake._copy

    def copy_and_change(*arguments: object) -> str:
        if change in (_append, _cut):
            change(path)
            return real(*arguments)  # type: ignore[arg-type]
        digest = real(*arguments)  # type: ignore[arg-type]
        change(path)
        return digest

    monkeypatch.setattr(intake, "_copy", copy_and_change)
    with nothing_left(objects, ChangedWhileReadError, "changed while it was read"):
        take_in(path, objects, LIMITS)


def test_a_file_under_a_busy_writer_is_kept_whole_or_not_at_all(tmp_path: Path, objects: Path) -> None:
    path = tmp_path / "a.txt"
    size = 2_000_000
    path.write_bytes(b"0" * size)
    stop = threading.Event()

    def scribble() -> None:
        number = 0
        with path.open("r+b", buffering=0) as stream:
            while not stop.is_set():
                number += 1
                stream.seek(0)
                stream.write(str(number % 10).encode() * size)

    writer = threading.Thread(target=scribble)
    writer.start()
    kept, refusals = [], 0
    try:
        for _ in range(15):
            try:
                kept.append(take_in(path, objects, LIMITS).sha256)
            except ChangedWhileReadError:
                refusals += 1
    finally:
        stop.set()
        writer.join()
    assert refusals > 0
    assert {Path(name).name for name in left_behind(objects)} == set(kept)


def test_a_source_that_cannot_be_read_is_named(tmp_path: Path, objects: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"words")

    def fail(*_: object) -> str:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(intake, "find_type", fail)
    with nothing_left(objects, InputError, "a.txt cannot be read"):
        take_in(path, objects, LIMITS)
