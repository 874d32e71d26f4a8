"""Pages: what is article and what is furniture, where each code point stands, what a page says of itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html
from tests.made_files import LIMITS
from tests.reading_samples import read
from tests.web_server import ARTICLE

from cenotaph.capture.isolation import ReaderProcess
from cenotaph.domain.errors import DamagedFileError

LINKED = (
    '<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","datePublished":"2025-07-22T10:00:00Z"}]}</script>'
)
LONG = "Twelve citizens who had signed contracts at the recruitment office were killed in July, relatives said on Tuesday. "


def write(folder: Path, text: str | bytes, name: str = "page.html") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_every_code_point_stands_where_the_map_says(tmp_path: Path) -> None:
    page = ARTICLE.replace("двенадцати граждан", "двенадцати \n\t <i>наших&nbsp;</i> граждан<!-- no -->,&#32;")
    (document,) = read(write(tmp_path, page))
    tree = html.document_fromstring(page.encode(), parser=html.HTMLParser(encoding="utf-8"))
    covered = 0
    for place in document.places:
        node = tree.xpath(place.where)
        assert len(node) == 1
        there = node[0][place.at : place.at + place.end - place.start]
        here = document.text[place.start : place.end]
        assert "".join(" " if c.isspace() else c for c in there) == here
        covered += len(here)
    between = len(document.text) - covered
    assert between == document.text.count("\n") + document.text.count("\t")


def test_menus_and_footers_are_no_article(tmp_path: Path) -> None:
    (document,) = read(write(tmp_path, ARTICLE))
    assert document.text.startswith("Погибли двенадцать граждан\nВ июле 2025 года")
    assert "Главная" not in document.text and "Все права" not in document.text


def test_a_page_without_an_article_gives_its_text_but_no_menus(tmp_path: Path) -> None:
    (document,) = read(write(tmp_path, "<html><body><nav>Menu</nav><div>Gone.</div></body></html>"))
    assert document.text == "Gone."


@pytest.mark.parametrize(
    ("head", "address", "expected"),
    [
        (LINKED, "", ("2025-07-22", "json-ld datePublished")),
        ('<meta name="pubdate" content="22 июля 2025">', "", ("2025-07-22", "meta pubdate")),
        ('<meta property="article:published_time" content="2025-07">', "", ("2025-07", "meta article:published_time")),
        ('<meta itemprop="datePublished" content="2025">', "", ("2025", "meta datepublished")),
        ('<meta name="date" content="never">', "", (None, None)),
        ('<meta property="article:published_time" content="2025-13-45">', "", (None, None)),
    ],
    ids=["linked data", "words", "month", "year", "none", "no day there is"],
)
def test_a_page_was_published_when_it_says_and_no_more_precisely(
    tmp_path: Path, head: str, address: str, expected: tuple[str | None, str | None]
) -> None:
    page = f"<html><head><meta charset='utf-8'>{head}</head><body><article><p>{LONG * 3}</p></article></body></html>"
    (document,) = read(write(tmp_path, page))
    assert document.facts is not None
    on = document.facts.published_on
    assert (on.edtf if on else None, document.facts.published_basis) == expected


def test_the_day_of_publication_is_the_one_written_not_the_one_in_utc(tmp_path: Path) -> None:
    (document,) = read(write(tmp_path, ARTICLE.replace("23:10:00+05:00", "02:10:00+05:00")))
    assert document.facts is not None and document.facts.published_on is not None
    assert document.facts.published_on.edtf == "2025-07-22"
    assert document.facts.published_at == "2025-07-22T02:10:00+05:00"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<div class="post-date">Опубликовано: 22 июля 2025, 10:15</div>', ("2025-07-22", "element marked as date")),
        ('<span class="date">22.07.2025 | 10:15</span>', ("2025-07-22", "element marked as date")),
        ('<span class="entry-date">July 22nd, 2025</span>', ("2025-07-22", "element marked as date")),
        ('<span class="date">04/05/2025</span>', (None, None)),
        ('<span class="date">22 июля</span>', (None, None)),
        ('<span class="date">from 1 May 2025 to 3 May 2025</span>', (None, None)),
        ('<a href="/x"><span class="date">22.07.2025</span></a>', (None, None)),
        ('<div class="comment"><span class="date">22.07.2025</span></div>', (None, None)),
        ('<time datetime="2024-01-01"></time>' + "<p>word</p>" * 40 + '<h1>Losses</h1><time datetime="2025-07-22"></time>',
         ("2025-07-22", "time element")),
    ],
    ids=range(9),
)  # fmt: skip
def test_the_date_that_a_page_shows_counts_where_its_element_is_marked_as_one(
    tmp_path: Path, body: str, expected: tuple[str | None, str | None]
) -> None:
    page = f"<html><head><meta charset='utf-8'></head><body><article>{body}<p>{LONG * 3}</p></article></body></html>"
    document = read(write(tmp_path, page))[0]
    assert document.facts is not None
    on = document.facts.published_on
    assert (on.edtf if on else None, document.facts.published_basis) == expected


@pytest.mark.parametrize("encoding", ["utf-8", "cp1251", "koi8-r", "utf-16"])
def test_a_page_is_read_in_the_encoding_that_it_says(tmp_path: Path, encoding: str) -> None:
    (document,) = read(write(tmp_path, ARTICLE.replace("utf-8", encoding).encode(encoding, "xmlcharrefreplace")))
    assert "трое из них были завербованы" in document.text


def test_the_language_of_a_page_that_states_none_is_told_by_its_words(tmp_path: Path) -> None:
    spanish = "Doce ciudadanos que habían firmado contratos murieron en julio, dijeron sus familiares al periódico. "
    page = f"<html><head><meta charset='utf-8'></head><body><article><p>{spanish * 3}</p></article></body></html>"
    process = ReaderProcess()  # The first thing that it does: nothing is loaded yet.
    try:
        (document,) = process.read(write(tmp_path, page), "text/html", LIMITS)
    finally:
        process.close()
    assert document.facts is not None and document.facts.language == "es"


def test_what_scripts_say_is_no_text(tmp_path: Path) -> None:
    with pytest.raises(DamagedFileError, match="holds no text"):
        read(write(tmp_path, "<html><head></head><body><script>document.write('Twelve')</script></body></html>"))


def test_a_page_that_would_lose_text_by_its_depth_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DamagedFileError, match="255 elements deep"):
        read(write(tmp_path, "<html><body>" + "<div>" * 5000 + LONG))


def test_tables_of_an_article_are_whole(tmp_path: Path) -> None:
    rows = "".join(f"<tr><td>Person Number {number}</td><td>{1990 + number}</td></tr>" for number in range(9))
    table = f"<table><tr><th>Name</th><th>Born</th></tr>{rows}</table>"
    page = f"<html><body><article><h1>A list</h1><p>{LONG * 3}</p>{table}</article></body></html>"
    (document,) = read(write(tmp_path, page))
    assert "Person Number 3\t1993" in document.text and "Name\tBorn" in document.text


@pytest.mark.parametrize(
    "comment",
    [
        "<!--\n Page saved with SingleFile \n url: https://example.org/2025/07/22/news \n saved date: Wed Jul 23 2025\n-->",
        "<!-- saved from url=(0036)https://example.org/2025/07/22/news -->",
    ],
    ids=["SingleFile", "browser"],
)
def test_a_saved_page_tells_the_address_that_it_was_saved_from(tmp_path: Path, comment: str) -> None:
    page = f"<!DOCTYPE html><html>{comment}<head><meta charset='utf-8'></head><body><p>{LONG}</p></body></html>"
    (document,) = read(write(tmp_path, page))
    assert document.facts is not None and document.facts.address == "https://example.org/2025/07/22/news"
    assert document.facts.published_basis == "address" and document.facts.site == "example.org"
