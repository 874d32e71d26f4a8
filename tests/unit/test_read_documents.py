"""PDF, DOCX, messages, saved pages and pictures: their text, where it stands, what they say of themselves."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.reading_samples import MESSAGE, SAVED_PAGE, make_docx, make_packed, make_pdf, read

from cenotaph.domain.documents import TextDocument
from cenotaph.domain.errors import DamagedFileError, InputError


def write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def place_of(document: TextDocument, words: str) -> tuple[str, int, tuple[int, int, int, int] | None]:
    at = document.text.index(words)
    (found,) = [place for place in document.places if place.start <= at < place.end]
    return found.where, found.at + at - found.start, found.box


def test_a_pdf_gives_page_and_box_of_every_word(tmp_path: Path) -> None:
    (document,) = read(write(tmp_path, "a.pdf", make_pdf("Twelve were killed.", "", "Three are missing.")))
    assert document.text == "Twelve were killed.\n\nThree are missing."
    where, at, box = place_of(document, "missing")
    assert (where, at) == ("page 3", 10)
    assert box is not None and 7200 < box[0] < box[2] < 30000 and 71000 < box[1] < box[3] < 74000
    assert document.facts is not None and ("pages without text", "2") in document.facts.other


def test_a_pdf_of_pictures_says_that_it_holds_no_text(tmp_path: Path) -> None:
    with pytest.raises(DamagedFileError, match="only pictures"):
        read(write(tmp_path, "a.pdf", make_pdf("")))


@pytest.mark.parametrize("cut", [20, 200, 400])
def test_a_pdf_cut_short_is_an_error_or_read_whole(tmp_path: Path, cut: int) -> None:
    data = make_pdf("Twelve were killed.")
    try:
        (document,) = read(write(tmp_path, "a.pdf", data[:cut]))
    except InputError:
        return
    assert document.text == "Twelve were killed."


def test_a_docx_gives_paragraphs_and_rows(tmp_path: Path) -> None:
    make_docx(tmp_path / "a.docx")
    (document,) = read(tmp_path / "a.docx")
    assert document.text == "Погибли двенадцать граждан.\nИмя\tГод\nКаримов Алишер\t1990\nКонец."
    assert place_of(document, "Алишер") == ("paragraph 4", 8, None)
    assert document.facts is not None and (document.facts.title, document.facts.author) == ("Список", "Комиссия")


def test_a_docx_with_an_entity_is_refused(tmp_path: Path) -> None:
    evil = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:document xmlns:w="x">&a;</w:document>'
    data = make_packed(**{"[Content_Types]_dot_xml": b"", "word__document_dot_xml": evil})
    with pytest.raises(DamagedFileError, match="entity"):
        read(write(tmp_path, "a.docx", data))


def test_a_docx_bomb_is_not_unpacked(tmp_path: Path) -> None:
    data = make_packed(**{"[Content_Types]_dot_xml": b"", "word__document_dot_xml": b" " * 30_000_000})
    with pytest.raises(InputError, match="would unpack to 30,000,000"):
        read(write(tmp_path, "a.docx", data))


def test_a_message_gives_its_text_once_and_what_is_attached(tmp_path: Path) -> None:
    text, attached = read(write(tmp_path, "a.eml", MESSAGE.encode()))
    assert text.text.strip() == "Погибли двенадцать.\nИмена не названы."
    assert text.facts is not None and text.facts.published_on is not None
    assert (text.facts.title, text.facts.author) == ("Список", "А. Репортёр")
    assert (text.facts.published_on.edtf, text.facts.published_at) == ("2025-07-22", "2025-07-22T23:10:00+05:00")
    assert "Приложенный список" in attached.text and attached.part == "part 3"


def test_who_a_message_went_to_stays_in_the_original(tmp_path: Path) -> None:
    assert "secret.source" not in repr(read(write(tmp_path, "a.eml", MESSAGE.encode())))


def test_a_page_saved_by_a_browser_is_read_with_its_address(tmp_path: Path) -> None:
    (document,) = read(write(tmp_path, "a.mhtml", SAVED_PAGE.encode()))
    assert document.text.startswith("Twelve citizens who had signed contracts in Kazan")
    assert document.facts is not None and document.facts.address == "https://example.org/news/2025/07/22/list"
    assert document.facts.published_basis == "address"


def test_what_a_camera_wrote_is_kept_apart_from_any_text(tmp_path: Path) -> None:
    from PIL import Image

    image = Image.new("RGB", (8, 6))
    exif = image.getexif()
    exif[0x0110] = "Model 1"
    exif.get_ifd(0x8825)[1] = "N"
    image.save(tmp_path / "a.jpg", exif=exif)
    (document,) = read(tmp_path / "a.jpg")
    assert (document.text, document.kind) == ("", "picture")
    assert document.facts is not None
    values = dict(document.facts.other)
    assert (values["width"], values["exif Model"], values["exif GPS GPSLatitudeRef"]) == ("8", "Model 1", "N")


@pytest.mark.parametrize("ending", ["png", "gif", "jpg", "webp", "tif"])
def test_the_size_of_a_picture_of_every_format_is_read(tmp_path: Path, ending: str) -> None:
    from PIL import Image

    Image.new("RGB", (80, 40)).save(tmp_path / f"a.{ending}")
    (document,) = read(tmp_path / f"a.{ending}")
    assert document.kind == "picture" and document.facts is not None
    assert document.facts.other[:2] == (("width", "80"), ("height", "40"))


def test_a_png_that_tells_of_its_camera_is_read_and_one_with_a_changed_byte_is_not(tmp_path: Path) -> None:
    from PIL import Image

    image = Image.new("RGB", (80, 40))
    exif = image.getexif()
    exif[0x0110] = "Model 1"
    image.save(tmp_path / "a.png", exif=exif)
    (document,) = read(tmp_path / "a.png")
    assert document.facts is not None and ("exif Model", "Model 1") in document.facts.other
    data = bytearray((tmp_path / "a.png").read_bytes())
    data[-20] ^= 1
    with pytest.raises(DamagedFileError, match="no whole image/png"):
        read(write(tmp_path, "b.png", bytes(data)))


def test_a_picture_that_is_none_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DamagedFileError, match="no whole image/jpeg"):
        read(write(tmp_path, "a.jpg", b"\xff\xd8\xff\xe0" + b"x" * 100))
