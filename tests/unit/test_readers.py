"""The registry: which types are read, by what, and readers of other packages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.made_files import LIMITS, limits

from cenotaph.capture import readers
from cenotaph.capture.limits import Limits
from cenotaph.capture.readers import find_reader, read_document, readable_types
from cenotaph.domain.documents import TextDocument
from cenotaph.domain.errors import InputError, TooLargeError, UsageError


@dataclass(frozen=True)
class PageReader:
    name: str = "pages"
    version: str = "3"
    media_types: tuple[str, ...] = ("application/x-note",)

    def read(self, path: Path, media_type: str, allowed: Limits, encoding: str | None, delimiter: str | None) -> TextDocument:
        return TextDocument("a page", self.name, self.version, "utf-8")


@dataclass(frozen=True)
class Point:
    loaded: object
    name: str = "pages"
    value: str = "pages:READER"

    def load(self) -> object:
        if isinstance(self.loaded, Exception):
            raise self.loaded
        return self.loaded


@pytest.fixture
def points(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Point]]:
    added: list[Point] = []

    def find(group: str) -> list[Point]:
        assert group == "cenotaph.readers"
        return added

    monkeypatch.setattr(readers.metadata, "entry_points", find)
    for cached in (readers._added, readable_types):
        cached.cache_clear()
    yield added
    for cached in (readers._added, readable_types):
        cached.cache_clear()


@pytest.mark.usefixtures("points")
def test_text_csv_tsv_and_workbooks_are_read() -> None:
    assert {"text/plain", "text/csv", "text/tab-separated-values"} < readable_types()
    assert {"text/html", "application/pdf", "message/rfc822"} < readable_types()


def test_every_reader_names_the_types_that_lead_to_it() -> None:
    for media_type in readable_types():
        reader = find_reader(media_type)
        assert reader is not None
        assert media_type in reader.media_types
        assert reader.name
        assert reader.version


def test_a_reader_of_another_package_is_found(points: list[Point], tmp_path: Path) -> None:
    points.append(Point(PageReader()))
    assert "application/x-note" in readable_types()
    (tmp_path / "a.html").write_text("<p>")
    document = read_document(tmp_path / "a.html", "application/x-note", LIMITS)
    assert isinstance(document, TextDocument)
    assert (document.reader, document.reader_version) == ("pages", "3")


def test_a_reader_that_cannot_be_loaded_is_named(points: list[Point]) -> None:
    points.append(Point(ImportError("no module")))
    with pytest.raises(UsageError, match=r"'pages' \(pages:READER\) cannot be loaded"):
        readable_types()


@pytest.mark.parametrize("media_type", ["text/csv", "text/html", "application/x-note"])
def test_two_readers_for_one_type_are_refused(points: list[Point], media_type: str) -> None:
    points += [Point(PageReader()), Point(PageReader(media_types=(media_type,)), name="zz")]
    with pytest.raises(UsageError, match="as another does already"):
        readable_types()


def test_a_type_without_a_reader_says_which_have_one(tmp_path: Path) -> None:
    (tmp_path / "a.gz").write_bytes(b"\x1f\x8b")
    with pytest.raises(InputError, match="application/gzip, which no reader reads") as caught:
        read_document(tmp_path / "a.gz", "application/gzip", LIMITS)
    assert "text/csv" in caught.value.hint


def test_an_old_workbook_is_told_what_to_become(tmp_path: Path) -> None:
    (tmp_path / "a.xls").write_bytes(b"x")
    with pytest.raises(InputError) as caught:
        read_document(tmp_path / "a.xls", "application/vnd.ms-excel", LIMITS)
    assert ".xlsx" in caught.value.hint


def test_size_and_kind_are_checked_before_reading(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"a,b\n" * 100)
    with pytest.raises(TooLargeError, match=r"limits\.csv_bytes"):
        read_document(tmp_path / "a.csv", "text/csv", limits(csv_bytes=100))
    (tmp_path / "b.csv").write_bytes(b"")
    with pytest.raises(InputError, match="empty"):
        read_document(tmp_path / "b.csv", "text/csv", LIMITS)
    with pytest.raises(InputError, match="a folder"):
        read_document(tmp_path, "text/csv", LIMITS)


def test_a_kept_file_is_named_by_its_hash(tmp_path: Path) -> None:
    path = tmp_path / ("ab" * 32)
    path.write_bytes(b"a\0b")
    with pytest.raises(InputError, match=r"^capture abababababab is not text"):
        read_document(path, "text/plain", LIMITS)
