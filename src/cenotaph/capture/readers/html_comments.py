"""What readers wrote under a page: who, when, in answer to what; as schema.org's Comment or common classes tell it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from cenotaph.capture.readers.html_facts import read_linked_data
from cenotaph.capture.readers.html_text import Block, join_blocks
from cenotaph.capture.readers.shown_dates import Read, find_one, parse_stamp, parse_words
from cenotaph.domain.dates import PartialDate
from cenotaph.domain.documents import DocumentFacts, Place, TextDocument

NAME = "comment"
VERSION = "2"
MOST = 5000
_ITEM = re.compile(
    r"(?:[a-z]{1,12}[-_]{1,2})?comments?[-_]{0,2}(?:item|entry|wrapper|block|node|card|row)|"
    r"(?:[bc]|single|post|user|news)?[-_]{0,2}comment"
)
_REPLY = frozenset({"reply", "reply_item", "wall_reply"})
_AUTHOR = re.compile(r"fn|(?:[a-z]+[-_]{1,2})*(?:author|user[-_]?name|nick(?:name)?|commenter|user)(?:[-_]{1,2}(?:name|link))?")
_DATE = re.compile(r"(?:[a-z]+[-_]{1,2})*(?:date|time|datetime|posted|published|timestamp)")
_TEXT = re.compile(r"(?:[a-z]+[-_]{1,2})*(?:text|content|body|message)")
_ASIDE = re.compile(
    r"(?:[a-z]+[-_]{1,2})*"
    r"(?:actions?|buttons?|votes?|rating|likes?|share|meta(?:data)?|reply[-_]?link|reply|answer|controls?|avatar)"
)
_DATED = ("datecreated", "datepublished", "commenttime")
_LONGEST_NAME = 100


@dataclass
class Remark:
    """One comment.

    Parameters
    ----------
    element
        The element that it is.
    text
        The elements that hold its words; none where all do that are not left out.
    left_out
        Elements in it that are no words of it.
    author, on, at, shown
        Who, on which day, at which instant as it is written, and the words of a time that is no date.
    basis
        Where the day was found.
    parent
        Which comment it answers, from 0.
    """

    element: Any
    text: list[Any] = field(default_factory=list)
    left_out: list[Any] = field(default_factory=list)
    author: str | None = None
    on: PartialDate | None = None
    at: str | None = None
    shown: str | None = None
    basis: str = "comment time"
    parent: int | None = None


def find_remarks(tree: Any) -> list[Remark]:
    """Return the comments that a page marks as such and of which it says who wrote them, or when; in order."""
    items = [element for element in tree.iter() if isinstance(element.tag, str) and _is_item(element)][:MOST]
    own = set(items)
    found: list[Remark] = []
    numbers: dict[Any, int] = {}
    for element in items:
        remark = _read_remark(element, own)
        if remark is None:
            continue
        above = next((parent for parent in element.iterancestors() if parent in numbers), None)
        remark.parent = None if above is None else numbers[above]
        numbers[element] = len(found)
        found.append(remark)
    return found


def mark_parts(remarks: Sequence[Remark]) -> dict[Any, int | None]:
    """Return the elements that part comments from the page: with the number of the comment whose words they hold, or None."""
    marks: dict[Any, int | None] = {}
    for number, remark in enumerate(remarks):
        marks[remark.element] = None if remark.text else number
        marks.update(dict.fromkeys(remark.left_out))
        marks.update(dict.fromkeys(remark.text, number))
    return marks


def read_remarks(
    tree: Any,
    remarks: Sequence[Remark],
    marks: dict[Any, int | None],
    blocks: Sequence[Block],
    page: DocumentFacts,
    encoding: str,
) -> Iterator[TextDocument]:
    """Yield a document for each comment; those that only the page's linked data hold where its markup has none."""
    words: dict[int, list[Block]] = {}
    for block in blocks:
        number = marks.get(block.remark) if block.remark is not None else None
        if number is not None:
            words.setdefault(number, []).append(block)
    told = {number: f"comment {at}" for at, number in enumerate(sorted(words), 1)}
    for number, part in told.items():
        remark = remarks[number]
        joined = join_blocks(words[number])
        name = remark.element.get("id")
        facts = _tell(remark, page, None if remark.parent is None else told.get(remark.parent))
        if name and page.address:
            facts = replace(facts, address=f"{page.address.partition('#')[0]}#{name}"[:1000])
        yield TextDocument(joined.text, NAME, VERSION, encoding, facts, joined.places, part)
    if not told:
        yield from _read_linked(tree, page, encoding)


def _tell(remark: Remark, page: DocumentFacts, parent: str | None) -> DocumentFacts:
    return DocumentFacts(
        author=remark.author,
        site=page.site,
        address=page.address,
        published_on=remark.on,
        published_basis=remark.basis if remark.on else None,
        published_at=remark.at,
        about=parent,
        other=(("date as shown", remark.shown),) if remark.shown else (),
    )


def _classes(element: Any) -> list[str]:
    return (element.get("class") or "").lower().split()


def _is_item(element: Any) -> bool:
    kind = (element.get("itemtype") or "").rstrip("/").rpartition("/")[2].lower()
    if kind in ("comment", "usercomments"):
        return True
    return any(_ITEM.fullmatch(name) or name in _REPLY for name in _classes(element))


def _walk_own(element: Any, items: set[Any]) -> Iterator[Any]:
    """Yield what lies in a comment and in none that answers it."""
    waiting = list(reversed(element))
    while waiting:
        child = waiting.pop()
        if not isinstance(child.tag, str) or child in items:
            continue
        yield child
        waiting += reversed(child)


def _read_remark(element: Any, items: set[Any]) -> Remark | None:
    own = list(_walk_own(element, items))
    remark = Remark(element)
    author = _find_author(own)
    if author is not None:
        remark.author = _words(author)[:_LONGEST_NAME]
    date = _find_date(own, remark)
    if author is None and date is None:
        return None
    if (author is None or date is None) and _REPLY.intersection(_classes(element)):
        return None  # A button to answer with is called so, too.
    apart = [found for found in (author, date) if found is not None]
    inside = {parent for found in apart for parent in found.iterancestors()}
    remark.text = _find_text(own, apart, inside)
    asides = [found for found in own if found not in inside and any(_ASIDE.fullmatch(name) for name in _classes(found))]
    remark.left_out = [*apart, *(found for found in asides if found not in remark.text)]
    return remark


def _find_author(own: list[Any]) -> Any:
    named = [found for found in own if (found.get("itemprop") or "").lower() in ("author", "creator", "name")]
    classed = [found for found in own if any(_AUTHOR.fullmatch(name) for name in _classes(found))]
    for candidates in (named, classed):
        fit = [found for found in candidates if 0 < len(_words(found)) <= _LONGEST_NAME]
        if fit:  # The innermost of those around one another: what stands beside the name is no part of it.
            first = fit[0]
            return next((found for found in reversed(fit) if found is first or first in found.iterancestors()), first)
    return None


def _find_date(own: list[Any], remark: Remark) -> Any:
    shown = None
    for found in own:
        prop = (found.get("itemprop") or "").lower()
        if found.tag == "time" or prop in _DATED or any(map(_DATE.fullmatch, _classes(found))):
            for words in (found.get("datetime"), found.get("content"), found.get("title"), _words(found)[:60]):
                read = _read_date(words) if words else None
                if read:
                    remark.on, remark.at, remark.shown = read[0], read[1], None
                    return found
            if shown is None and 0 < len(_words(found)) <= 60:
                shown, remark.shown = found, _words(found)
    return shown


def _read_date(words: str) -> Read | None:
    read = parse_stamp(words) or parse_words(words)
    shown = find_one(words) if read is None and len(words) <= _LONGEST_NAME else None
    return read if shown is None or shown.on is None else (shown.on, None)


def _find_text(own: list[Any], apart: list[Any], inside: set[Any]) -> list[Any]:
    """Return the first element that holds the words and neither who nor when."""
    for found in own:
        if found in inside or found in apart or any(parent in apart for parent in found.iterancestors()):
            continue
        prop = (found.get("itemprop") or "").lower()
        if (prop in ("text", "commenttext") or any(map(_TEXT.fullmatch, _classes(found)))) and _words(found):
            return [found]
    return []


def _words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _read_linked(tree: Any, page: DocumentFacts, encoding: str) -> Iterator[TextDocument]:
    """Yield the comments that linked data hold; they stand nowhere in the page's text."""
    waiting: list[tuple[Any, str | None]] = [
        (item if _is_linked(item) else item.get("comment"), None) for item in reversed(list(read_linked_data(tree)))
    ]
    seen: set[str] = set()
    while waiting and len(seen) < MOST:
        item, parent = waiting.pop()
        if isinstance(item, list):
            waiting += [(inner, parent) for inner in reversed(item[:MOST])]
            continue
        if not isinstance(item, dict):
            continue
        text = item.get("text")
        part = parent
        if isinstance(text, str) and text.strip() and f"{text}\0{item.get('author')}" not in seen:
            seen.add(f"{text}\0{item.get('author')}")
            part = f"comment {len(seen)}"
            yield _make_linked(item, text.replace("\0", "\ufffd"), part, parent, page, encoding)
        waiting.append((item.get("comment"), part))


def _is_linked(item: dict[str, Any]) -> bool:
    return item.get("@type") in ("Comment", "UserComments")


def _make_linked(
    item: dict[str, Any], text: str, part: str, parent: str | None, page: DocumentFacts, encoding: str
) -> TextDocument:
    author = item.get("author") or item.get("creator")
    name = author.get("name") if isinstance(author, dict) else author
    remark = Remark(None, author=" ".join(name.split())[:_LONGEST_NAME] if isinstance(name, str) else None)
    for key in ("dateCreated", "datePublished", "commentTime"):
        read = parse_stamp(item[key]) if isinstance(item.get(key), str) else None
        if read:
            remark.on, remark.at, remark.basis = read[0], read[1], f"json-ld {key}"
            break
    places = (Place(0, len(text), f"json-ld {part}", 0),)
    return TextDocument(text, NAME, VERSION, encoding, _tell(remark, page, parent), places, part)
