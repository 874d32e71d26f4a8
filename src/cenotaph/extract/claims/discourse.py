"""What a text has said so far, as far as later sentences may lean on it."""

from __future__ import annotations

from dataclasses import dataclass, field

from cenotaph.extract.claims.columns import Columns
from cenotaph.extract.claims.context import Context
from cenotaph.extract.claims.draft import Draft
from cenotaph.extract.claims.phrases import Population
from cenotaph.extract.claims.sentence import STRONG, Sentence
from cenotaph.extract.claims.spans import Number, Trigger
from cenotaph.extract.claims.told import Told


@dataclass(slots=True)
class Discourse:
    """What the text has said so far."""

    last: Draft | None = None
    drafts: list[Draft] = field(default_factory=list)
    header: str | None = None
    header_unit: str = "people"
    header_block: int = -9
    columns: Columns | None = None
    asked: str | None = None
    asked_plainly: bool = True
    heading: str | None = None
    heading_index: int = -9
    themes: dict[str, int] = field(default_factory=dict)
    line: int = -1
    index: int = -1
    speaker: tuple[Sentence, int, int] | None = None
    speaker_line: int = -1
    source: str | None = None
    source_via: str | None = None
    source_index: int = -9
    quoting: bool = False
    dated_line: int = -1
    line_date: tuple[int, str, bool] | None = None
    unnumbered: tuple[int, str] | None = None
    label: tuple[int, str] | None = None
    bodies_index: int = -9
    scene: tuple[int, int, str] | None = None
    heading_date: tuple[str, bool] | None = None
    data_date: tuple[str, bool] | None = None
    event_date: tuple[int, int, str] | None = None
    line_place: tuple[int, int, str] | None = None
    listed: tuple[int, str] | None = None
    lead: list[Sentence] = field(default_factory=list)
    lead_block: int = -9
    pending: list[tuple[Sentence, int, Number, Population]] = field(default_factory=list)
    confirmed: tuple[str, int] | None = None
    legend: dict[str, str] = field(default_factory=dict)
    formal: bool = False
    topics: dict[str, int] = field(default_factory=dict)
    nationalities: dict[str, None] = field(default_factory=dict)
    told: Told = field(default_factory=Told)
    context: Context = field(default_factory=lambda: Context((), ()))

    def last_count(self, block: int) -> Draft | None:
        """Return the last claim of a block that is no share."""
        near = (draft for draft in reversed(self.drafts[-4:]) if draft.sentence.unit.block == block)
        return next((draft for draft in near if draft.unit != "percent"), None)


_OFFICES = frozenset(
    {"commission", "committee", "institute", "bureau", "agency", "project", "centre", "center", "office", "fund", "foundation"}
    | {"association", "department", "headquarters", "directorate", "programme", "program", "board", "authority", "tribunal"}
)


def _is_of_an_office(sentence: Sentence, trigger: Trigger) -> bool:
    """Return whether words only name who writes: "MISSING PERSONS COMMISSION - FIELD OFFICE"."""
    if sentence.language != "en":
        return False
    tokens = sentence.tokens[trigger.end : trigger.end + 3]
    at = next((i for i, token in enumerate(tokens) if token.low in _OFFICES), None)
    return at is not None and all(token.text[0].isupper() for token in tokens[: at + 1])


def sum_up(sentence: Sentence) -> str | None:
    """Return the outcome that a heading or a lead announces for what follows, None where it announces none or several."""
    found = [
        t.outcome
        for t in sentence.triggers
        if ((not t.negated and "event" not in t.roles) or t.outcome in STRONG) and not _is_of_an_office(sentence, t)
    ]
    strong = [outcome for outcome in found if outcome in STRONG]
    ranked = strong or found
    return ranked[0] if ranked else None


def is_subtitle(sentence: Sentence) -> bool:
    """Return whether a line in brackets says below a Russian heading what follows: "(именной список погибших)"."""
    tokens = sentence.tokens
    return sentence.language == "ru" and len(tokens) > 2 and tokens[0].text == "(" and tokens[-1].text == ")"


def ask_indirectly(sentence: Sentence) -> str | None:
    """Return what "how many" in an English statement asks after: "He could not say how many had enlisted"."""
    tokens = sentence.tokens
    at = next((i for i in range(len(tokens) - 1) if tokens[i].low == "how" and tokens[i + 1].low == "many"), None)
    if at is None:
        return None
    return next((t.outcome for t in sentence.triggers if t.start > at + 1), None)


def is_row_like(sentence: Sentence) -> bool:
    """Return whether a short line gives a label and a number: "ДФО — 11,2 тыс.", "Gambia: 12"."""
    unit = sentence.unit
    if unit.kind == "row":
        return True
    if unit.end - unit.start > 140 or not sentence.numbers:
        return False
    first = next((n for n in sentence.numbers if n.mention.kind in ("people_candidate", "percent")), None)
    return first is not None and 0 < first.start <= 8 and sentence.tokens[first.start - 1].text in "—–:-|"


_ASKED = {"prisoners": "captured", "captives": "captured", "taken": "captured", "back": "released", "home": "released",
          "losses": "casualties", "bodies": "killed"}  # fmt: skip


def ask_about(sentence: Sentence) -> str | None:
    """Return what a short English question asks after by a word that says it only there: "Prisoners?", "How many are back?"."""
    if sentence.language != "en":
        return None
    return next((_ASKED[token.low] for token in sentence.tokens if token.low in _ASKED), None)
