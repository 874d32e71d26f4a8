"""Text read off pictures: a document of the capture, each word with its box, whatever program read it."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from tests.casebooks import ACTOR, find_problems
from tests.reading_samples import make_pdf

from cenotaph.capture import recognition
from cenotaph.capture.recognition import SeenPage, SeenWord, find_recognisers
from cenotaph.casebook import bulk
from cenotaph.casebook.store import Casebook
from cenotaph.domain.errors import CenotaphError, InputError, NotFoundError, RefusedError, UsageError
from cenotaph.services.captures import add_captures
from cenotaph.services.places import find_place
from cenotaph.services.recognising import add_recognised
from cenotaph.services.seals import seal

HOCR = """<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head>
<meta name="ocr-system" content="tesseract 5.3.0" />
</head><body><div class="ocr_page" title="image x.jpg; bbox 0 0 400 300; ppageno 0"><p class="ocr_par">
<span class="ocr_line" title="bbox 10 20 200 40"><span class="ocrx_word" title="bbox 10 20 90 40; x_wconf 96">Каримов</span>
<span class="ocrx_word" title="bbox 100 20 200 40; x_wconf 50">Алишер</span></span>
<span class="ocr_line" title="bbox 10 60 90 80"><span class="ocrx_word" title="bbox 10 60 90 80; x_wconf 70">1990</span></span>
</p></div></body></html>"""


SIZE = '"width": 9, "height": 9'


class GraveReader:
    """A recogniser that knows one picture."""

    name = "graves"
    version = "2"
    media_types = ("image/jpeg", "application/pdf")

    def read(self, path: Path, media_type: str, languages: Sequence[str]) -> Iterable[SeenPage]:
        assert path.read_bytes() and languages == ["ru"]
        yield SeenPage(1, 400, 300, (SeenWord("Каримов", (10, 40, 90, 20), 1, 0.9), SeenWord("1990", (10, 80, 90, 60), 2)))
        yield SeenPage(2, 400, 300, (SeenWord("Конец", (1, 3, 2, 1), 1),))


class Point:
    name, value = "graves", "a_package:READER"

    def load(self) -> object:
        return GraveReader()


@pytest.fixture
def points(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Point]]:
    found = [Point()]
    monkeypatch.setattr(recognition.metadata, "entry_points", lambda group: found if group == recognition.GROUP else [])
    find_recognisers.cache_clear()
    yield found
    find_recognisers.cache_clear()


@pytest.fixture
def picture(sqlite_casebook: Casebook, tmp_path: Path) -> str:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (400, 300), (9, 9, 9)).save(out, "JPEG")
    (tmp_path / "grave.jpg").write_bytes(out.getvalue())
    (taken,) = add_captures(sqlite_casebook, ACTOR, [tmp_path / "grave.jpg"])
    assert taken.capture
    return taken.capture


def write(folder: Path, text: str, name: str = "result.hocr") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def read_text(document: str) -> str:
    ((text,),) = bulk.fetch_rows("SELECT text FROM document WHERE id = %s", [document])
    return str(text)


def test_what_a_program_read_off_a_picture_is_a_document_with_the_box_of_each_word(
    sqlite_casebook: Casebook, picture: str, tmp_path: Path
) -> None:
    done = add_recognised(sqlite_casebook, ACTOR, picture[:12], result=write(tmp_path, HOCR), language="ru")
    assert done.document and read_text(done.document) == "Каримов Алишер\n1990"
    ((reader, version, capture, language),) = bulk.fetch_rows(
        "SELECT reader, reader_version, capture, language FROM document WHERE id = %s", [done.document]
    )
    assert (reader, version, capture, language) == ("tesseract", "5.3.0", picture, "ru")
    (part,) = find_place(done.document, 8, 14).parts
    assert (part.words, part.where, part.at) == ("Алишер", "picture of 400 by 300 points", 8)
    assert part.box == (10_000, 4_000, 20_000, 2_000)
    assert find_problems(sqlite_casebook) == []
    ((facts,),) = bulk.fetch_rows("SELECT facts FROM document_detail WHERE document = %s", [done.document])
    assert json.loads(facts)["other"]["certainty, least"] == "0.50"


def test_the_same_result_again_adds_nothing_and_another_is_another_document(
    sqlite_casebook: Casebook, picture: str, tmp_path: Path
) -> None:
    first = add_recognised(sqlite_casebook, ACTOR, picture, result=write(tmp_path, HOCR))
    again = add_recognised(sqlite_casebook, ACTOR, picture, result=write(tmp_path, HOCR))
    other = add_recognised(sqlite_casebook, ACTOR, picture, result=write(tmp_path, HOCR.replace("1990", "1999")))
    assert first.document == again.document != other.document
    assert bulk.fetch_one("SELECT COUNT(*) FROM document WHERE kind = 'text'") == (2,)


@pytest.mark.usefixtures("points")
def test_an_installed_recogniser_reads_a_picture_and_the_pages_of_a_pdf(
    sqlite_casebook: Casebook, picture: str, tmp_path: Path
) -> None:
    done = add_recognised(sqlite_casebook, ACTOR, picture, recogniser="graves", language="ru")
    assert done.document and read_text(done.document) == "Каримов\n1990\n\nКонец"
    (tmp_path / "scan.pdf").write_bytes(make_pdf("", ""))
    (paper,) = add_captures(sqlite_casebook, ACTOR, [tmp_path / "scan.pdf"])
    assert paper.capture and "capture recognise" in paper.note
    read = add_recognised(sqlite_casebook, ACTOR, paper.capture, recogniser="graves", language="ru")
    assert read.document
    (part,) = find_place(read.document, 14, 19).parts
    assert (part.words, part.where) == ("Конец", "page 2 as a picture of 400 by 300 points")
    with pytest.raises(NotFoundError, match="no recogniser 'x'"):
        add_recognised(sqlite_casebook, ACTOR, picture, recogniser="x")


def test_two_recognisers_of_one_name_are_refused(points: list[Point]) -> None:
    points.append(Point())
    with pytest.raises(UsageError, match="Two recognisers"):
        find_recognisers()


def _result(**word: Any) -> str:
    whole = {"text": "a", "box": [1, 2, 2, 1], "line": 1} | word
    return json.dumps({"reader": "hand", "version": "1", "pages": [{"page": 1, "width": 9, "height": 9, "words": [whole]}]})


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", "{" * 100_000, '{"pages": 5}', "<html><body>no page</body></html>", HOCR.replace("bbox", "box"),
     _result(box=[1, 2]), _result(box=[5, 2, 2, 1]), _result(box=[1, 20, 2, 1]), _result(text="a b"), _result(text=""),
     _result(certainty=7), _result(box=[1, 2, float("nan"), 1]), _result(text="\ud800"),
     _result().replace('"hand"', '"h' + "x" * 50 + '"')],
    ids=range(16),
)  # fmt: skip
def test_what_is_no_result_is_an_error_and_adds_nothing(
    sqlite_casebook: Casebook, picture: str, tmp_path: Path, text: str
) -> None:
    with pytest.raises(CenotaphError):
        add_recognised(sqlite_casebook, ACTOR, picture, result=write(tmp_path, text))
    assert bulk.fetch_one("SELECT COUNT(*) FROM document WHERE kind = 'text'") == (0,)


def test_a_result_of_another_size_than_the_picture_is_refused(sqlite_casebook: Casebook, picture: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="of 9 by 9 points, but the picture has 400 by 300") as caught:
        add_recognised(sqlite_casebook, ACTOR, picture, result=write(tmp_path, _result()))
    assert "another picture" in str(caught.value.hint)
    sideways = _result().replace(SIZE, '"width": 300, "height": 400')
    with pytest.raises(InputError, match="of 300 by 400 points"):
        add_recognised(sqlite_casebook, ACTOR, picture, result=write(tmp_path, sideways))
    assert bulk.fetch_one("SELECT COUNT(*) FROM document WHERE kind = 'text'") == (0,)


def test_a_picture_that_is_shown_turned_may_be_read_off_either_way(sqlite_casebook: Casebook, tmp_path: Path) -> None:
    from PIL import Image

    image = Image.new("RGB", (9, 5))
    image.getexif()[0x0112] = 6
    image.save(tmp_path / "a.png", exif=image.getexif())
    (taken,) = add_captures(sqlite_casebook, ACTOR, [tmp_path / "a.png"])
    assert taken.capture
    for width, height in ((9, 5), (5, 9)):
        text = _result(text=f"w{width}").replace(SIZE, f'"width": {width}, "height": {height}')
        assert add_recognised(sqlite_casebook, ACTOR, taken.capture, result=write(tmp_path, text)).document


def test_what_is_no_picture_or_under_seal_is_refused(sqlite_casebook: Casebook, picture: str, tmp_path: Path) -> None:
    (text,) = add_captures(sqlite_casebook, ACTOR, [write(tmp_path, "Twelve.", "a.txt")])
    assert text.capture
    with pytest.raises(InputError, match="no picture"):
        add_recognised(sqlite_casebook, ACTOR, text.capture, result=write(tmp_path, HOCR))
    done = add_recognised(sqlite_casebook, ACTOR, picture, result=write(tmp_path, HOCR))
    assert done.document
    seal(sqlite_casebook, ACTOR, "document", done.document, "law")
    with pytest.raises(RefusedError, match="under seal"):
        add_recognised(sqlite_casebook, ACTOR, picture, result=write(tmp_path, HOCR))
    assert find_problems(sqlite_casebook) == []
