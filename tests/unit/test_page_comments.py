"""Comments under a page: documents of their own, with who wrote them, when and in answer to what."""

from __future__ import annotations

import json
from pathlib import Path

from lxml import html
from tests.reading_samples import read

from cenotaph.domain.documents import TextDocument

WORDS = "Twelve citizens who had signed contracts at the recruitment office were killed in July, relatives said on Tuesday. "
BLOG = """<section id="comments"><h2>2 comments</h2><ol class="comment-list">
<li id="comment-7" class="comment even depth-1"><article class="comment-body"><footer class="comment-meta">
<div class="comment-author vcard"><img class="avatar" src="x"><b class="fn">Мадина</b> <span class="says">says:</span></div>
<div class="comment-metadata"><a href="#comment-7"><time datetime="2025-07-23T10:15:00+05:00">23 July</time></a></div></footer>
<div class="comment-content"><p>He was my <i>brother</i>.</p><p>He was 24.</p></div>
<div class="reply"><a class="comment-reply-link">Reply</a></div></article>
<ol class="children"><li id="comment-8" class="comment odd"><article class="comment-body">
<div class="comment-author vcard"><b class="fn">Сино</b></div>
<time datetime="2025-07-24">24 July</time><div class="comment-content"><p>My condolences.</p></div></article></li></ol></li></ol>
<form class="comment-form"><textarea>Your comment</textarea></form></section>"""
MARKED = """<div itemscope itemtype="https://schema.org/Comment">
<span itemprop="author" itemscope><a itemprop="name">Anna</a></span>
<meta itemprop="dateCreated" content="2025-07-25T01:00:00Z"><div itemprop="text">I saw the funeral.</div></div>"""
LOOSE = """<div class="comments__item"><span class="comment-user-name">Пётр</span> <span class="comment-date">2 часа назад</span>
Он жив, я говорил с ним. <div class="comment-actions"><button>Like</button> <a>Ответить</a></div></div>"""


def page(under: str, head: str = "") -> str:
    return (
        f"<!DOCTYPE html><html lang=en><head><meta charset='utf-8'>{head}</head><body><article><h1>Losses</h1>"
        f"<p>{WORDS * 3}</p></article>{under}</body></html>"
    )


def read_page(folder: Path, under: str, head: str = "") -> list[TextDocument]:
    path = folder / "page.html"
    path.write_text(page(under, head), encoding="utf-8")
    return read(path)


def told(document: TextDocument) -> tuple[str, str | None, str | None, str | None]:
    assert document.facts is not None
    on = document.facts.published_on
    return document.text, document.facts.author, on.edtf if on else None, document.facts.about


def test_each_comment_of_a_blog_is_a_document_with_its_author_day_and_what_it_answers(tmp_path: Path) -> None:
    article, first, second = read_page(tmp_path, BLOG)
    assert "brother" not in article.text and "says" not in article.text
    assert told(first) == ("He was my brother.\nHe was 24.", "Мадина", "2025-07-23", None)
    assert told(second) == ("My condolences.", "Сино", "2025-07-24", "comment 1")
    assert (first.part, first.reader, second.part) == ("comment 1", "comment", "comment 2")
    assert first.facts is not None and first.facts.published_at == "2025-07-23T10:15:00+05:00"


def test_every_code_point_of_a_comment_stands_where_the_map_says(tmp_path: Path) -> None:
    _, *comments = read_page(tmp_path, BLOG)
    tree = html.document_fromstring(page(BLOG).encode(), parser=html.HTMLParser(encoding="utf-8"))
    for comment in comments:
        for place in comment.places:
            (node,) = tree.xpath(place.where)
            there = node[place.at : place.at + place.end - place.start]
            assert "".join(" " if c.isspace() else c for c in there) == comment.text[place.start : place.end]


def test_comments_marked_as_such_by_schema_org_are_read(tmp_path: Path) -> None:
    _, comment = read_page(tmp_path, MARKED)
    assert told(comment) == ("I saw the funeral.", "Anna", "2025-07-25", None)


def test_a_time_that_is_no_date_is_kept_as_it_is_shown(tmp_path: Path) -> None:
    _, comment = read_page(tmp_path, LOOSE)
    assert told(comment) == ("Он жив, я говорил с ним.", "Пётр", None, None)
    assert comment.facts is not None and comment.facts.other == (("date as shown", "2 часа назад"),)


def test_comments_in_linked_data_are_read_where_the_markup_has_none(tmp_path: Path) -> None:
    answer = {"@type": "Comment", "text": "Yes.", "author": {"name": "B"}, "dateCreated": "2025-07-26T00:00:00Z"}
    comment = {"@type": "Comment", "text": "Is it “true”?", "author": {"@type": "Person", "name": "A"}, "comment": [answer]}
    linked = json.dumps({"@type": "NewsArticle", "comment": [comment, 5, {"text": 7}, {"text": " "}]})
    _, first, second = read_page(tmp_path, "", f'<script type="application/ld+json">{linked}</script>')
    assert told(first) == ("Is it “true”?", "A", None, None)
    assert told(second) == ("Yes.", "B", "2025-07-26", "comment 1")
    assert second.places[0].where == "json-ld comment 2"


def test_what_is_only_called_comment_is_none(tmp_path: Path) -> None:
    under = '<div class="comment">An expert explains.</div><a class="reply">Reply</a><span class="comment-count">12</span>'
    assert len(read_page(tmp_path, under)) == 1


def test_a_page_of_nothing_but_comments_has_its_text_too(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(f"<!DOCTYPE html><html><body>{BLOG.replace('<h2>2 comments</h2>', '')}</body></html>", encoding="utf-8")
    whole, first, second = read(path)
    assert "He was my brother." in whole.text and (first.part, second.part) == ("comment 1", "comment 2")
