"""Plain text: the bytes decoded, and what is said where they are not text."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.made_files import LIMITS

from cenotaph.capture.encodings import guess_encoding
from cenotaph.capture.readers import read_document
from cenotaph.domain.documents import TextDocument
from cenotaph.domain.errors import DamagedFileError, EncodingError

RUSSIAN = "Погибли не менее 70 граждан Таджикистана, из них 41 заключённый. "


def read(path: Path, data: bytes, encoding: str | None = None) -> TextDocument:
    path.write_bytes(data)
    document = read_document(path, "text/plain", LIMITS, encoding=encoding)
    assert isinstance(document, TextDocument)
    assert document.text.encode(document.encoding) == data
    return document


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.txt"


def test_line_ends_and_a_mark_stay_where_they_are(path: Path) -> None:
    text = "\ufeffa\r\nb\rc\n\x0b\u2028d"
    document = read(path, text.encode())
    assert document.text == text
    assert (document.reader, document.reader_version, document.encoding) == ("plain text", "1", "utf-8")


@pytest.mark.parametrize("order", ["le", "be"])
@pytest.mark.parametrize("width", ["utf-16", "utf-32"])
@pytest.mark.parametrize("stated", [False, True])
def test_wide_text_with_a_mark_is_read_by_it(path: Path, width: str, order: str, stated: bool) -> None:
    codec = f"{width}-{order}"
    document = read(path, ("\ufeff" + RUSSIAN).encode(codec), width if stated else None)
    assert document.encoding == codec
    assert document.text == "\ufeff" + RUSSIAN


def test_wide_text_without_a_mark_is_read_where_its_order_is_stated(path: Path) -> None:
    assert read(path, RUSSIAN.encode("utf-16-be"), "UTF-16BE").text == RUSSIAN
    with pytest.raises(EncodingError, match="byte order mark"):
        read(path, RUSSIAN.encode("utf-16-be"), "utf-16")


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866", "iso8859-5"])
def test_a_stated_encoding_is_used_under_pythons_name(path: Path, encoding: str) -> None:
    document = read(path, RUSSIAN.encode(encoding), encoding.upper())
    assert document.text == RUSSIAN
    assert document.encoding == encoding


def test_what_is_read_under_an_encoding_is_read_again_under_the_one_noted(path: Path) -> None:
    first = read(path, ("\ufeff" + RUSSIAN).encode("utf-16-le"))
    assert read(path, path.read_bytes(), first.encoding) == first


@pytest.mark.parametrize("encoding", ["klingon", "", "utf 8 or so", "a" * 500, "a\0b", "rot13", "base64", "hex", "idna"])
def test_an_encoding_that_is_none_is_named_with_examples(path: Path, encoding: str) -> None:
    with pytest.raises(EncodingError) as caught:
        read(path, b"words", encoding)
    assert "cp1251" in caught.value.hint


@pytest.mark.parametrize("encoding", ["punycode", "unicode_escape", "raw_unicode_escape", "utf-7"])
def test_codecs_that_make_other_characters_are_refused(path: Path, encoding: str) -> None:
    with pytest.raises(EncodingError):
        read(path, b"\\ud800 +2AA-", encoding)


def test_the_first_bad_byte_is_named_with_its_line(path: Path) -> None:
    data = b"one\r\ntwo\r\n" + "три\n".encode() + b"fo\xf3r"
    with pytest.raises(EncodingError, match=rf"byte {data.index(0xF3)} \(line 4\)"):
        read(path, data)


def test_a_character_cut_off_at_the_end_is_a_bad_byte(path: Path) -> None:
    with pytest.raises(EncodingError, match=r"byte 1 \(line 1\)"):
        read(path, b"a" + "я".encode()[:1])


@pytest.mark.parametrize("before", [65_535, 65_536, 65_537, 200_000])
def test_a_bad_byte_far_into_the_file_has_its_true_place(path: Path, before: int) -> None:
    unit = "я\r\n".encode()
    data = (unit * (before // len(unit) + 1))[: before - before % len(unit)] + b"\xff" + unit
    at = data.index(0xFF)
    with pytest.raises(EncodingError, match=rf"byte {at:,} \(line {at // len(unit) + 1:,}\)"):
        read(path, data)


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r"])
def test_the_hint_guesses_between_the_russian_encodings(path: Path, encoding: str) -> None:
    with pytest.raises(EncodingError) as caught:
        read(path, RUSSIAN.encode(encoding) * 20)
    assert f"may be {encoding}" in caught.value.hint


def test_the_hint_knows_western_text() -> None:
    assert guess_encoding("Le père a été tué à la frontière.".encode("cp1252")) == "cp1252"


def test_utf8_said_to_be_something_else_is_not_read_as_that(path: Path) -> None:
    with pytest.raises(EncodingError, match="its bytes are utf-8"):
        read(path, RUSSIAN.encode(), "cp1251")
    with pytest.raises(EncodingError, match="its bytes are utf-16-le"):
        read(path, RUSSIAN.encode("utf-16"), "cp1251")


def test_text_with_a_nul_is_no_text(path: Path) -> None:
    with pytest.raises(DamagedFileError, match="character 3 is NUL") as caught:
        read(path, b"abc\0def")
    assert "utf-16-le" in caught.value.hint


def test_an_encoding_that_does_not_give_the_bytes_back_is_refused(path: Path) -> None:
    with pytest.raises(EncodingError, match="not the same bytes again"):
        read(path, b"\x1b$B\x1b(Bwords", "iso2022_jp")


def test_mixed_encodings_are_said_to_be_mixed(path: Path) -> None:
    with pytest.raises(EncodingError, match=r"\(line 3\)") as caught:
        read(path, (RUSSIAN + "\n").encode() * 2 + (RUSSIAN + "\n").encode("koi8-r") + RUSSIAN.encode())
    assert "mixes encodings" in caught.value.hint
    assert "koi8-r" in caught.value.hint


def test_few_letters_of_utf8_before_a_bad_byte_are_enough_to_say_so(path: Path) -> None:
    with pytest.raises(EncodingError, match=r"\(line 3\)") as caught:
        read(path, "name,place\nИван,X\n".encode() + "Ян,Y\n".encode("cp1251"))
    assert "mixes encodings or is damaged there" in caught.value.hint
    assert "--encoding" not in caught.value.hint and "cp125" not in caught.value.hint
