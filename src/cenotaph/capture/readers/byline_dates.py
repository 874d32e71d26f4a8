"""The date of publication where a page only shows it: beside a word that says so, or on a line of its own by the heading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from cenotaph.capture.readers.html_text import Block
from cenotaph.capture.readers.marked_dates import Published, find_heading, leads_away, names_other_day
from cenotaph.capture.readers.shown_dates import Shown, find_one, find_shown

LABELLED, BESIDE = "beside a word for publication", "line by the heading"
_BEFORE, _AFTER = 4, 6
_LONGEST_ENTRY = 600
_LONGEST_LINE = 120
_MOST_WORDS = 6
_MOST_BETWEEN = 2
_REACH = 60
_MOST_BLOCKS = 20_000
_LABEL = re.compile(
    r"(?:\b(?:published|posted|date of publication|publication date|veröffentlicht|erschienen|gepostet|erstellt am|"
    r"publié|mis en ligne|publicado|pubblicato|"
    r"опубликован\w*|дата публикации|размещен\w*|опубліковано|дата публікації|жарияланды|жарыяланды|"
    r"chop etilgan|e[’'ʻ‘`]?lon qilingan|joylangan|joylashtirilgan|эълон қилинган|чоп этилган|"
    r"нашр шуд\w*|таърихи нашр|санаи нашр|yayınlanma|yayımlanma)\b|प्रकाशित|تاريخ النشر|نشر(?:ت)? (?:في|بتاريخ)|نُشر|تاریخ انتشار)",
    re.IGNORECASE,
)
_ENTRY = re.compile(
    r"\b(?:this (?:entry|post|article|page) (?:was|is)|dieser (?:artikel|beitrag|eintrag) wurde|cet article a été|"
    r"(?:эта )?запись (?:была )?опубликована)\b",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?:\b(?:datum|date|дата|сана|sana|таърих|fecha|tarih|күні)|मिति|तारिख|تاريخ|التاريخ|تاریخ)\s*[:：]\W*$", re.IGNORECASE
)
_CHANGED = re.compile(
    r"\b(?:updated?|modified|revis\w+|last (?:change|edit)\w*|as of|aktualisier\w*|stand|geändert|mis à jour|actualizad\w+|"
    r"обновлен\w*|изменен\w*|оновлено|янгилан\w*|yangilan\w*|valid|deadline|until|bis|event|born|died|geboren|gestorben|copyright)\b"
    r"|©|अपडेट|تحديث|آخر تعديل",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"\d{1,2}[:.]\d{2}(?::\d{2})?|[^\w\s]|\d+")
_HEADINGS = ("h1", "h2", "h3", "title", "figcaption", "caption", "th", "td")


def find_byline(tree: Any, blocks: Sequence[Block], day_first: bool) -> Published | None:
    """Return the day that a page shows as that of its publication without marking it; none where it shows several.

    Parameters
    ----------
    blocks
        The page's blocks.
    day_first
        Whether 04/05/2025 is the fourth of May for certain.
    """
    heading = find_heading(tree)
    own = [block for block in blocks[:_MOST_BLOCKS] if not block.furniture and block.remark is None]
    labelled = list(_find_labelled(tree, own, heading, day_first))
    if labelled:
        return _choose(labelled, LABELLED)
    words = " ".join("".join(heading.itertext()).split()) if heading is not None else ""
    at = next((at for at, block in enumerate(own) if words and block.tag == heading.tag and block.text == words), None)
    if at is None:
        return None
    near = [*own[max(0, at - _BEFORE) : at], *own[at + 1 : at + 1 + _AFTER]]
    return _choose(list(_find_lines(tree, near, heading, day_first)), BESIDE)


def _choose(found: list[Shown], basis: str) -> Published | None:
    days = {item.on for item in found}
    if len(days) != 1 or found[0].on is None:
        return None
    calendar = f" ({found[0].calendar})" if found[0].calendar else ""
    return Published(found[0].on, basis + calendar, None)


def _find_labelled(tree: Any, blocks: Sequence[Block], heading: Any, day_first: bool) -> Iterator[Shown]:
    """Yield the days of lines that begin with a word for publication, and of sentences on when the entry was posted."""
    for block in blocks:
        words = block.text
        if len(words) > _LONGEST_ENTRY or not (label := _LABEL.search(words) or _ENTRY.search(words)) or _CHANGED.search(words):
            continue
        days = list(find_shown(words, day_first))
        if len(days) != 1:
            continue
        between = words[label.end() : days[0].start]
        if entry := _ENTRY.search(words):
            near = 0 <= days[0].start - entry.end() <= _REACH
        else:
            near = label.end() <= days[0].start and len(_PLAIN.sub(" ", between).split()) <= _MOST_BETWEEN
            near = near and len(words) <= _LONGEST_LINE and len(_PLAIN.sub(" ", words[: label.start()]).split()) <= _MOST_WORDS
        if near and not _lies_elsewhere(tree, block, heading):
            yield days[0]


def _find_lines(tree: Any, blocks: Sequence[Block], heading: Any, day_first: bool) -> Iterator[Shown]:
    """Yield the days of lines that are a date and little else, such as a time, a place, a name, or begin with it in brackets."""
    for block in blocks:
        words = block.text
        bracketed = words.startswith("(")
        if (len(words) > _LONGEST_LINE and not bracketed) or _CHANGED.search(words[:_LONGEST_LINE]):
            continue
        day = find_one(words[:_REACH] if bracketed else words, day_first)
        if day is None:
            continue
        rest = _PLAIN.sub(" ", words[: day.start] + " " + words[day.end :]).split()
        alone = len(rest) <= (1 if block.tag in _HEADINGS else _MOST_WORDS) or bool(_DATE.search(words[: day.start]))
        first = bracketed and day.start == 1 and words[day.end : day.end + 1] == ")"
        if (alone or first) and not _lies_elsewhere(tree, block, heading):
            yield day


def _lies_elsewhere(tree: Any, block: Block, heading: Any) -> bool:
    where = next((piece.where for piece in block.pieces if piece.where and piece.text.strip()), "")
    found = tree.getroottree().xpath(where.rpartition("/text()")[0]) if where else []
    return not found or leads_away(found[0], heading) or any(map(names_other_day, (found[0], found[0].getparent())))
