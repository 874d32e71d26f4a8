"""One self-contained page for a document: its text with every claim's words marked, their fields, and what stands beside."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a line of the text.

    Parameters
    ----------
    text
        Its words.
    quoted
        Whether it is in the quote of a claim or an allegation.
    cards
        Places of the cards that it opens: claims whose number it is.
    marks
        Places of the cards of allegations whose quote ends with it.
    """

    text: str
    quoted: bool = False
    cards: tuple[int, ...] = ()
    marks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """What was read of a claim or an allegation.

    Parameters
    ----------
    anchor, label
        The card's place on the page, and what the page calls it.
    kind
        ``claim`` or ``allegation``.
    title
        Number and outcome, or the act.
    quote
        The words.
    fields
        Names and words, in order.
    doubts
        Why a person should look; empty where nothing is in doubt.
    needs_review
        Whether a person should.
    judgements
        What reviewers said.
    """

    anchor: str
    label: str
    kind: str
    title: str
    quote: str
    fields: tuple[tuple[str, str], ...]
    doubts: tuple[str, ...]
    needs_review: bool
    judgements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claimed:
    """One number in the table by people and outcome: the card it opens, its words, who says so, whether it is in doubt."""

    anchor: str
    label: str
    number: str
    speaker: str
    note: str


@dataclass(frozen=True, slots=True)
class TableRow:
    """People and outcome, everything that is claimed of them, and what the casebook documents. Never added."""

    people: str
    outcome: str
    claimed: tuple[Claimed, ...]
    documented: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """What a check found: its kind, how certain, the words, and the quotes side by side."""

    kind: str
    certainty: str
    words: str
    passage: str
    quotes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class ClaimsPage:
    """Everything that the page says; nothing is computed while it is written."""

    title: str
    language: str
    about: tuple[tuple[str, str], ...]
    notices: tuple[str, ...]
    lines: tuple[tuple[Piece, ...], ...]
    cards: tuple[Card, ...]
    table: tuple[TableRow, ...]
    lists: tuple[str, ...]
    remarks: tuple[Remark, ...]
    rates: tuple[str, ...]
    names: dict[int, str]


def write_claims_page(page: ClaimsPage, path: Path) -> int:
    """Write the page as one HTML file without script and without a request to anybody; return its size in bytes."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    html = environment.get_template("claims.html").render(page=page)
    data = html.encode("utf-8", "replace")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return len(data)
