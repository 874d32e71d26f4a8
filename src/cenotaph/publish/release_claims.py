"""Claims and allegations as a release has them, and the documented numbers that stand beside claims: never added to them."""

from __future__ import annotations

import calendar
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date

from cenotaph.domain.claims import Allegation, Claim
from cenotaph.domain.sources import SourceKind
from cenotaph.publish.policy import Policy, ShowWords
from cenotaph.publish.release_rows import PublicPerson
from cenotaph.publish.release_tables import Cell, Kind, PublicFigure, Table, cell_key, make_table

_S, _I, _B = Kind.STRING, Kind.INTEGER, Kind.BOOLEAN


@dataclass(frozen=True, slots=True)
class PublicClaim:
    """A claim with what a release says of it besides.

    Parameters
    ----------
    claim
        As it was read.
    source, month
        What kind of source published it, and when (YYYY-MM), as far as that is known.
    as_of
        The day, month or interval that it holds for, as EDTF; None where nothing says.
    until
        The last day of that.
    people
        A code of a nationality, or words that a figure's ``claims`` may name; None where it cannot be told which people.
    group
        Which of them: nothing for all, ``prison`` for former prisoners, else words.
    judged
        A reviewer's word: ``right``, ``wrong`` or nothing.
    why_not
        Why no documented number can stand beside it; empty where one can.
    """

    claim: Claim
    source: SourceKind
    month: str | None = None
    as_of: str | None = None
    until: date | None = None
    people: str | None = None
    group: str = ""
    judged: str = ""
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class PublicAllegation:
    """An allegation; ``judged`` names the fields that a reviewer found right."""

    allegation: Allegation
    source: SourceKind
    month: str | None = None
    judged: frozenset[str] = frozenset()


_DOCUMENT = (
    ("document", _S, "The document's id."),
    ("source", _S, "What kind of source published it."),
    ("month", _S, "When it was published, YYYY-MM; empty where nobody knows."),
)
_SAID = (
    ("attribution", _S, "Who says so, in the text's words; empty for the text's own voice."),
    ("via", _S, "Who carries it, in the text's words."),
    ("modality", _S, "How sure it is said to be; `said_confirmed` is the text's word, not ours."),
)


def claims_table(items: Iterable[PublicClaim], beside: Table) -> Table:
    """Return what texts claim of numbers of people: never added to what is documented.

    Parameters
    ----------
    beside
        The documented numbers beside claims: every other claim says why it stands alone.
    """
    placed = {row[:2] for row in beside.rows}
    columns = (
        ("claim", _S, "The claim's id."),
        *_DOCUMENT,
        ("people", _S, "The number's words."),
        ("low", _S, "Lowest number that the claim allows; empty where it names none."),
        ("high", _S, "Highest."),
        ("bound", _S, "How the number is meant: exact, at_least, more_than, at_most, approx, range, may_exceed, vague."),
        ("unit", _S, "people, percent, bodies, names, deaths."),
        ("outcome", _S, "What happened to them."),
        ("nationality", _S, "Codes of the nationalities named, separated by a space."),
        ("population", _S, "The people in the claim's words."),
        ("group", _S, "Which of them, in the claim's words: former prisoners, children."),
        ("side", _S, "For whom they fought, in the text's words."),
        ("place", _S, "Where, in the text's words."),
        ("part_of", _S, "Id of the claim of the same document that this one is a part of."),
        ("repeats", _S, "Id of the claim of the same document that it repeats."),
        ("increment", _B, "Whether it comes on top of an earlier number of the same outcome."),
        ("retracted", _B, "Whether the text takes it back."),
        *_SAID,
        ("as_of", _S, "Of when, in the text's words."),
        ("as_of_date", _S, "The same as a date (EDTF): from the words, or the day the text was published."),
        ("needs_review", _B, "Whether the reader of claims had a doubt."),
        ("judged", _S, "A reviewer's word on the reading: right, wrong; empty where nobody looked."),
        ("why_not_beside", _S, "Why no documented number stands beside it; empty where one does."),
    )
    rows = [_claim_row(item, placed) for item in items]
    return make_table("claims", "What texts claim of numbers of people", columns, rows, ("claim", "document"))


def _why_not(item: PublicClaim, placed: Set[tuple[Cell, ...]]) -> str | None:
    if (item.claim.id, item.claim.document) in placed:
        return None
    if item.judged == "wrong":
        return "a reviewer found that it was read wrong"
    if item.why_not:
        return item.why_not
    if item.claim.needs_review and item.judged != "right":
        return "its reading is in doubt, and no reviewer has settled it"
    return "no figure of this release counts these people"


def _claim_row(item: PublicClaim, placed: Set[tuple[Cell, ...]]) -> tuple[Cell, ...]:
    claim = item.claim
    return (
        claim.id,
        claim.document,
        item.source.value,
        item.month,
        claim.number_text,
        _number(claim.low),
        _number(claim.high),
        claim.bound.value,
        claim.unit.value,
        claim.outcome,
        " ".join(claim.nationality) or None,
        claim.nationality_text or claim.group,
        claim.group,
        claim.side,
        claim.place,
        claim.subset_of,
        claim.repeat_of,
        claim.increment,
        claim.retracted,
        claim.attribution,
        claim.via,
        claim.modality.value,
        claim.as_of,
        item.as_of,
        claim.needs_review,
        item.judged or None,
        _why_not(item, placed),
    )


def _number(value: float | None) -> str | None:
    return None if value is None else str(value)


def allegations_table(items: Iterable[PublicAllegation], policy: Policy) -> Table:
    """Return what texts say was done to people, without a number.

    Words for who did it and to whom may name somebody: under the policy's ``allegations = "judged"`` they stand only where a
    reviewer found that field right.
    """
    columns = (
        ("allegation", _S, "The allegation's id."),
        *_DOCUMENT,
        ("act", _S, "What is said to have been done: threat, deceit, inducement, coercion, execution, torture, ..."),
        ("actor", _S, "Who is said to have done it, in the text's words, as far as the policy shows them."),
        ("victims", _S, "To whom, in the text's words, as far as the policy shows them."),
        *_SAID,
        ("needs_review", _B, "Whether the reader of claims had a doubt."),
        ("words_withheld", _B, "Whether the text has words for who or to whom that are not shown."),
    )
    rows = [_allegation_row(item, policy.allegations) for item in items] if policy.allegations is not ShowWords.NEVER else []
    title = "What texts say was done to people"
    return make_table("allegations", title, columns, rows, ("allegation", "document"))


def _allegation_row(item: PublicAllegation, how: ShowWords) -> tuple[Cell, ...]:
    said = item.allegation
    words = {
        name: value if how is ShowWords.SHOW or name in item.judged else None
        for name, value in (("actor", said.actor), ("victims", said.victims))
    }
    return (
        said.id,
        said.document,
        item.source.value,
        item.month,
        said.act,
        words["actor"],
        words["victims"],
        said.attribution,
        said.via,
        said.modality.value,
        said.needs_review,
        words != {"actor": said.actor, "victims": said.victims},
    )


def beside_table(
    items: Iterable[PublicClaim], figures: Sequence[PublicFigure], people: Mapping[str, PublicPerson], dated: date
) -> Table:
    """Return documented numbers beside claims on the same people and outcome, counted up to the claim's own day.

    Parameters
    ----------
    figures
        In the editors' order: of several that fit, the first one stands beside the claim.
    dated
        The release's day.
    """
    columns = (
        ("claim", _S, "The claim's id."),
        ("document", _S, "The document's id."),
        ("figure", _S, "The figure that counts the same people with the same outcome."),
        ("where", _S, "JSON object: axis and key of the part of the figure that is meant; empty for all of it."),
        ("documented", _I, "The documented number of the release: a minimum."),
        ("until", _S, "The last day that the claim may hold for; empty where nothing says, and then no dates are compared."),
        ("by_then", _I, "Of the documented, those whose death as the release shows it was not after that day: a minimum."),
        ("undated", _I, "Those of whom it cannot be told from what the release shows."),
        ("fits", _S, "above: more are documented by then than the claim allows; below: fewer than it says; within: neither."),
    )
    rows = [row for item in items if (row := _set_beside(item, figures, people, dated))]
    return make_table("beside", "Documented numbers beside claims", columns, rows, ("claim", "document"))


def _set_beside(
    item: PublicClaim, figures: Sequence[PublicFigure], people: Mapping[str, PublicPerson], dated: date
) -> tuple[Cell, ...] | None:
    if item.why_not or item.judged == "wrong" or (item.claim.needs_review and item.judged != "right"):
        return None
    for figure, where in find_figures(item, figures):
        members = [people[m] for m in figure.members if _is_in(people[m], where)]
        if not members:
            continue
        until = item.until
        told = [None if until is None else died_by(p.values.get("death", ""), until, dated) for p in members]
        by_then, undated = sum(one is True for one in told), sum(one is None for one in told)
        fits = "" if until is None else _weigh(item.claim, by_then, undated)
        key = json.dumps(where, sort_keys=True) if where else None
        day = until.isoformat() if until else None
        dates: tuple[Cell, ...] = (day, by_then, undated, fits) if until else (None, None, None, None)
        return (item.claim.id, item.claim.document, figure.id, key, len(members), *dates)
    return None


def _is_in(person: PublicPerson, where: Mapping[str, str]) -> bool:
    return all(cell_key(person, (axis,), "none") == (key,) for axis, key in where.items())


def find_figures(item: PublicClaim, figures: Sequence[PublicFigure]) -> Iterator[tuple[PublicFigure, dict[str, str]]]:
    """Yield the figures that count a claim's people, each with the part that is meant, the fittest first.

    A figure counts people of a nationality where it is broken down by nationality; former prisoners where it is broken down by
    recruitment path, or counts nobody else. Other people it counts where its ``claims`` name their words.
    """
    found = []
    for at, figure in enumerate(figures):
        if figure.definition.get("fates") != ["dead"] or figure.definition.get("reviews") != ["open"] or item.people is None:
            continue
        condition = figure.definition.get("where", {})
        wanted: dict[str, str] = {}
        named = item.people.casefold() in {str(words).casefold() for words in _words(figure.definition.get("claims"))}
        if len(item.people) == 2 or item.people.startswith("x-"):
            wanted["nationality"] = item.people
        elif not named:
            continue
        if item.group == "prison":
            if condition == {"path": ["prison"]}:
                condition = {}
            else:
                wanted["path"] = "prison"
        elif item.group:
            continue
        if condition or any(axis not in figure.by for axis in wanted):
            continue
        # A claim says nothing of grades: the figure with the most of them stands beside it.
        grades = len(_words(figure.definition.get("grades")))
        found.append((figure.series != "none", -grades, len(figure.by) - len(wanted), at, figure, wanted))
    for *_, figure, wanted in sorted(found, key=lambda one: one[:4]):
        yield figure, wanted


def _words(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else ()


def _weigh(claim: Claim, by_then: int, undated: int) -> str:
    if claim.high is not None and by_then > claim.high:
        return "above"
    if claim.low is not None and by_then + undated < claim.low:
        return "below"
    return "within"


def died_by(death: str, until: date, dated: date) -> bool | None:
    """Tell whether somebody had died by a day, from their date of death as a release shows it; None where it cannot be told.

    Parameters
    ----------
    death
        A year, a month, a day, or two of these with a slash between them, each of which may be missing.
    until
        The day.
    dated
        The release's day: whoever it documents had died by then.
    """
    if until >= dated:
        return True
    first, slash, last = death.partition("/")
    start, end = _span(first)[0], _span(last if slash else first)[1]
    if end is not None and end <= until:
        return True
    return False if start is not None and start > until else None


def _span(text: str) -> tuple[date | None, date | None]:
    """Return the first and the last day of a year, a month or a day."""
    parts = [int(part) for part in text.split("-")] if text and text.replace("-", "").isdigit() else []
    if not parts:
        return None, None
    year, month = parts[0], parts[1] if len(parts) > 1 else None
    if len(parts) == 3:
        return (day := date(*parts)), day
    last = calendar.monthrange(year, month or 12)[1]
    return date(year, month or 1, 1), date(year, month or 12, last)
