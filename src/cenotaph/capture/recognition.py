"""Text that was read off pictures, by a program of others or by a person: words with their boxes, as a document of the capture.

No such program comes with Cenotaph. One fits in three ways: it writes hOCR, which most do; it writes the JSON that
:func:`read_result` describes; or a package names a :class:`Recogniser` under the entry points group ``cenotaph.recognisers``.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple, Protocol, cast

from cenotaph.capture.files import open_regular, show_name
from cenotaph.domain.documents import DocumentFacts, Place, TextDocument
from cenotaph.domain.errors import DamagedFileError, InputError, NotFoundError, TooLargeError, UsageError
from cenotaph.domain.languages import check_language_tag

GROUP = "cenotaph.recognisers"
MEDIA_TYPES = ("image/jpeg", "image/png", "image/webp", "image/tiff", "image/gif", "application/pdf")
MOST_BYTES = 64 << 20
MOST_WORDS = 2_000_000
_LONGEST_NAME = 40
_BOX = re.compile(r"\bbbox (-?\d+(?:\.\d+)?) (-?\d+(?:\.\d+)?) (-?\d+(?:\.\d+)?) (-?\d+(?:\.\d+)?)")
_SURE = re.compile(r"\bx_wconf (\d+(?:\.\d+)?)")
_SYSTEM = re.compile(r"^(\S+)\s+v?(\S+)")


class SeenWord(NamedTuple):
    """A word read off a picture.

    Parameters
    ----------
    text
        The word; a space stands behind each, so it holds none.
    box
        Left, bottom, right and top, in points of the picture from its upper left corner (so top is less than bottom).
    line
        Which line of its page it stands in; a change begins a new one.
    certainty
        How sure the reader is, from 0 to 1; None where it does not say.
    """

    text: str
    box: tuple[float, float, float, float]
    line: int
    certainty: float | None = None


@dataclass(frozen=True, slots=True)
class SeenPage:
    """A picture, or a page of paper as one.

    Parameters
    ----------
    number
        The page, from 1; 1 of a picture.
    width, height
        How many points the boxes are counted in.
    words
        Its words in the order of reading.
    """

    number: int
    width: int
    height: int
    words: tuple[SeenWord, ...]


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was read off a capture.

    Parameters
    ----------
    reader, version
        What read it: a program, or ``hand``; and which version of it.
    language
        BCP 47 tag of the text, where it is stated.
    pages
        The pages, in order.
    """

    reader: str
    version: str
    language: str | None
    pages: tuple[SeenPage, ...]


class Recogniser(Protocol):
    """Reads the words of pictures; a package adds one by an entry point of the group :data:`GROUP`."""

    @property
    def name(self) -> str:
        """What it is called, in at most 40 characters."""

    @property
    def version(self) -> str:
        """Which version of it, with its model's where that changes what it reads."""

    @property
    def media_types(self) -> tuple[str, ...]:
        """Which of :data:`MEDIA_TYPES` it reads."""

    def read(self, path: Path, media_type: str, languages: Sequence[str]) -> Iterable[SeenPage]:
        """Read a file; ``languages`` are BCP 47 tags, the likeliest first. It must ask nothing of the network."""


@cache
def find_recognisers() -> dict[str, Recogniser]:
    """Return the recognisers that packages add, by name.

    Raises
    ------
    UsageError
        One cannot be loaded, or two have the same name.
    """
    found: dict[str, Recogniser] = {}
    for point in sorted(metadata.entry_points(group=GROUP), key=lambda point: (point.name, point.value)):
        try:
            reader = cast(Recogniser, point.load())
            name = str(reader.name)
        except Exception as error:  # Whatever a foreign package does wrong, say which it was.
            raise UsageError(f"The recogniser '{point.name}' ({point.value}) cannot be loaded: {error}.", "Mend it.") from error
        if name in found:
            raise UsageError(f"Two recognisers are called '{name}'.", "Uninstall one of them.")
        found[name] = reader
    return found


def recognise(name: str, path: Path, media_type: str, languages: Sequence[str]) -> Recognised:
    """Have a recogniser read a picture or a PDF.

    Raises
    ------
    NotFoundError
        There is no such recogniser.
    InputError
        It does not read the type, or it failed.
    """
    reader = find_recognisers().get(name)
    if reader is None:
        known = ", ".join(find_recognisers()) or "none is installed"
        raise NotFoundError(f"There is no recogniser '{name}'.", f"Recognisers: {known}.")
    if media_type not in reader.media_types:
        raise InputError(f"'{name}' does not read {media_type}.", f"It reads: {', '.join(reader.media_types)}.")
    try:
        pages = tuple(reader.read(path, media_type, languages))
    except Exception as error:
        raise InputError(f"'{name}' failed on {show_name(path)}: {ascii(str(error))[1:150]}.", "Is it set up?") from error
    return Recognised(name, str(reader.version), languages[0] if languages else None, pages)


def read_result(path: Path) -> Recognised:
    """Read what a program wrote of a picture: hOCR, or JSON.

    The JSON is an object with ``reader``, ``version``, perhaps ``language``, and ``pages``: each with ``page`` (from 1),
    ``width``, ``height`` and ``words``, each with ``text``, ``box`` (left, bottom, right, top, from the upper left corner),
    ``line`` and perhaps ``certainty`` from 0 to 1.

    Raises
    ------
    InputError
        It is neither, or says what cannot be.
    """
    name = show_name(path)
    with open_regular(path) as stream:
        data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise TooLargeError(f"{name} is over {MOST_BYTES:,} bytes.", "Split it by pages.")
    try:
        found = _read_json(data) if data.lstrip()[:1] == b"{" else _read_hocr(data, name)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        words = ascii(str(error))[1:100]
        hint = "It is hOCR, or the JSON that the docs describe."
        raise DamagedFileError(f"{name} is no result of reading a picture: {words}.", hint) from error
    return found


def make_document(found: Recognised, language: str | None, media_type: str) -> TextDocument:
    """Return what was read as a document: a line a line, an empty line between pages, each word with its box.

    Raises
    ------
    InputError
        It has no word, or a word, box or page that cannot be.
    """
    reader, version = found.reader.strip(), found.version.strip()
    if not reader or not version or max(len(reader), len(version)) > _LONGEST_NAME:
        raise InputError("What read it has no name and version of at most 40 characters.", "State both.")
    stated = language or found.language
    tag = check_language_tag(stated) if stated else None
    parts: list[str] = []
    places: list[Place] = []
    sure: list[float] = []
    length = 0
    for page in found.pages:
        where = _name_page(page, media_type)
        line: int | None = None
        begun = 0
        for word in page.words:
            _check_word(word, page)
            gap = "" if not parts else "\n\n" if line is None else "\n" if word.line != line else " "
            parts += [gap, word.text]
            length += len(gap)
            begun = length if line is None else begun
            left, bottom, right, top = (round(100 * side) for side in word.box)
            places.append(Place(length, length + len(word.text), where, length - begun, (left, bottom, right, top)))
            length += len(word.text)
            line = word.line
            if word.certainty is not None:
                sure.append(word.certainty)
    if not places:
        raise InputError("Not a word was read off it.", "Enter what it says by hand.")
    if len(places) > MOST_WORDS:
        raise TooLargeError(f"It has over {MOST_WORDS:,} words.", "Split it by pages.")
    text = "".join(parts)
    other = [("read off a picture by", f"{reader} {version}")]
    if sure:
        other += [("certainty, mean", f"{sum(sure) / len(sure):.2f}"), ("certainty, least", f"{min(sure):.2f}")]
    part = f"read off it {hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:8]}"
    return TextDocument(text, reader, version, "", DocumentFacts(language=tag, other=tuple(other)), tuple(places), part)


def _name_page(page: SeenPage, media_type: str) -> str:
    if page.number < 1 or page.width < 1 or page.height < 1:
        raise InputError(f"A page {page.number} of {page.width} by {page.height} points cannot be.", "Mend the result.")
    which = f"page {page.number} as a picture" if media_type == "application/pdf" or page.number > 1 else "picture"
    return f"{which} of {page.width} by {page.height} points"


def _check_word(word: SeenWord, page: SeenPage) -> None:
    left, bottom, right, top = word.box
    inside = 0 <= left <= right <= page.width and 0 <= top <= bottom <= page.height
    if not inside:
        raise InputError(f"A box of page {page.number} lies outside it: {word.box}.", "Boxes: left, bottom, right, top.")
    if not word.text or any(c.isspace() or c == "\0" or "\ud800" <= c <= "\udfff" for c in word.text):
        raise InputError(f"{word.text[:40]!a} on page {page.number} is no word.", "A word has no space in it.")
    if word.certainty is not None and not 0 <= word.certainty <= 1:
        raise InputError(f"A certainty of {word.certainty} cannot be.", "It runs from 0 to 1.")


def _read_json(data: bytes) -> Recognised:
    whole = json.loads(data)
    pages = [
        SeenPage(
            int(page["page"]), int(page["width"]), int(page["height"]), tuple(_read_word(word) for word in page["words"])
        )
        for page in whole["pages"]
    ]
    language = whole.get("language")
    return Recognised(str(whole["reader"]), str(whole["version"]), str(language) if language else None, tuple(pages))


def _read_word(word: dict[str, Any]) -> SeenWord:
    left, bottom, right, top = (float(side) for side in word["box"])
    certainty = word.get("certainty")
    sure = None if certainty is None else float(certainty)
    return SeenWord(str(word["text"]), (left, bottom, right, top), int(word["line"]), sure)


def _read_hocr(data: bytes, name: str) -> Recognised:
    from lxml import etree, html

    parser = html.HTMLParser(no_network=True, huge_tree=False, encoding="utf-8")
    try:
        tree = html.document_fromstring(data, parser=parser)
    except (etree.LxmlError, AssertionError) as error:
        raise ValueError(str(error)) from error
    system = next((meta.get("content", "") for meta in tree.iter("meta") if meta.get("name") == "ocr-system"), "")
    match = _SYSTEM.match(system.strip())
    pages = [_read_page(page, at) for at, page in enumerate(tree.find_class("ocr_page"), 1)]
    if not pages:
        raise ValueError(f"{name} has no ocr_page")
    reader, version = (match[1][:_LONGEST_NAME], match[2][:_LONGEST_NAME]) if match else ("hOCR", "unstated")
    return Recognised(reader, version, None, tuple(pages))


def _read_page(page: Any, number: int) -> SeenPage:
    _, _, right, bottom = _read_box(page.get("title", ""))
    words: list[SeenWord] = []
    for line, element in enumerate(_find_lines(page)):
        for word in element.find_class("ocrx_word"):
            title = word.get("title", "")
            box = _read_box(title)
            sure = _SURE.search(title)
            certainty = min(1.0, float(sure[1]) / 100) if sure else None
            for text in "".join(word.itertext()).split():
                words.append(SeenWord(text, (box[0], box[3], box[2], box[1]), line, certainty))
    return SeenPage(number, int(right), int(bottom), tuple(words))


def _find_lines(page: Any) -> Iterator[Any]:
    kinds = ("ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat", "ocrx_line")
    for element in page.iter():
        if isinstance(element.tag, str) and any(kind in (element.get("class") or "").split() for kind in kinds):
            yield element


def _read_box(title: str) -> tuple[float, float, float, float]:
    match = _BOX.search(title)
    if match is None:
        raise ValueError("a page or word without a bbox")
    return float(match[1]), float(match[2]), float(match[3]), float(match[4])
