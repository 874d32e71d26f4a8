"""Claims out of the record: each document's last reading stands, earlier ones stay."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cenotaph.casebook import bulk
from cenotaph.domain.claims import Allegation, Claim, Outcome
from cenotaph.domain.dates import PartialDate
from cenotaph.domain.errors import NotFoundError, RefusedError, UsageError
from cenotaph.reference import places
from cenotaph.services.claim_rows import ALLEGATION_COLUMNS, CLAIM_COLUMNS, read_allegation, read_claim
from cenotaph.services.seals import resolve_id
from cenotaph.services.wording import show

_STANDS = 'NOT EXISTS (SELECT 1 FROM claim_reading later WHERE later.document = r.document AND later."row" > r."row")'


@dataclass(frozen=True, slots=True)
class Filter:
    """Which claims are wanted; None is any.

    Parameters
    ----------
    document
        A document's id.
    outcome
        An outcome; a combined one has each of its labels.
    nationality
        A code.
    needs_review
        Only those that a person should look at.
    """

    document: str | None = None
    outcome: str | None = None
    nationality: str | None = None
    needs_review: bool = False


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document with what its last reading found, and what reviewers said of it.

    Parameters
    ----------
    id, capture, origin
        The document, the capture it was read out of, and that one's file name.
    text, published, language
        As the record has them; the language is the reading's where there is one.
    version
        The reader's; None where the claims were not read yet.
    notices
        Codes of what must be known of the reading as a whole.
    items
        Claims and allegations in the order of the text.
    """

    id: str
    capture: str
    origin: str | None
    text: str
    published: PartialDate | None
    language: str | None
    version: str | None
    notices: tuple[str, ...]
    items: tuple[Claim | Allegation, ...]

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims alone."""
        return tuple(item for item in self.items if isinstance(item, Claim))


def check_filter(wanted: Filter) -> None:
    """Refuse what no claim can be of.

    Raises
    ------
    UsageError
        There is no such outcome or nationality.
    """
    known = sorted(outcome.value for outcome in Outcome)
    if wanted.outcome is not None and not set(wanted.outcome.split("+")) <= set(known):
        raise UsageError(f"There is no outcome {show(wanted.outcome)}.", f"Outcomes are {', '.join(known)}.")
    code = wanted.nationality
    if code is not None and (len(code) != 2 or code.upper() not in places.codes()):
        place = places.lookup(code)
        raise UsageError(
            f"There is no nationality {show(code)}.",
            f"Write {place.code}." if place is not None else f"The claims have {', '.join(_list_nationalities()) or 'none'}.",
        )


def _list_nationalities() -> list[str]:
    import json

    rows = bulk.fetch_rows("SELECT DISTINCT nationality FROM claim WHERE nationality IS NOT NULL")
    return sorted({str(code) for (codes,) in rows for code in json.loads(codes)})


def list_claims(wanted: Filter | None = None) -> Iterator[Claim]:
    """Yield the claims of standing readings in the order they were read; those under seal are passed over."""
    conditions, parameters = _conditions(wanted or Filter())
    columns = ", ".join(f'c."{name}"' for name in CLAIM_COLUMNS)
    sql = (
        f"SELECT {columns} FROM claim c JOIN claim_reading r ON r.id = c.reading "  # noqa: S608
        f'WHERE c.salt IS NOT NULL AND {_STANDS}{conditions} ORDER BY c."row"'
    )
    for chunk in bulk.stream_rows(sql, parameters):
        for row in chunk:
            yield read_claim(row)


def list_allegations() -> Iterator[Allegation]:
    """Yield the allegations of standing readings in the order they were read; those under seal are passed over."""
    columns = ", ".join(f'a."{name}"' for name in ALLEGATION_COLUMNS)
    sql = (
        f"SELECT {columns} FROM allegation a JOIN claim_reading r ON r.id = a.reading "  # noqa: S608
        f'WHERE a.salt IS NOT NULL AND {_STANDS} ORDER BY a."row"'
    )
    for chunk in bulk.stream_rows(sql):
        for row in chunk:
            yield read_allegation(row)


def _conditions(wanted: Filter) -> tuple[str, list[Any]]:
    conditions, parameters = "", []
    if wanted.document:
        conditions += " AND r.document = %s"
        parameters.append(wanted.document)
    if wanted.outcome:
        conditions += " AND ('+' || c.outcome || '+') LIKE %s"
        parameters.append(f"%+{wanted.outcome}+%")
    if wanted.nationality:
        conditions += " AND c.nationality LIKE %s"
        parameters.append(f'%"{wanted.nationality.upper()}"%')
    if wanted.needs_review:
        conditions += " AND c.needs_review = TRUE"
    return conditions, parameters


def read_document_claims(start: str) -> ReadDocument:
    """Return a document with the claims of its last reading.

    Parameters
    ----------
    start
        The document's id, or the beginning of it.

    Raises
    ------
    NotFoundError, RefusedError
        There is no such document, it is a table, or it is under seal.
    """
    identifier = resolve_id("document", start)
    found = bulk.fetch_one(
        "SELECT d.capture, d.kind, d.text, d.published_on, d.language, "
        "(SELECT MIN(g.origin) FROM sighting g WHERE g.capture = d.capture) FROM document d WHERE d.id = %s",
        [identifier],
    )
    assert found is not None
    capture, kind, text, published, language, origin = found
    if kind != "text":
        raise NotFoundError(
            f"Document {identifier} is a table: it holds rows and no claims.", "`cenotaph list import` reads it."
        )
    if text is None:
        raise RefusedError(f"Document {identifier} is under seal.", "Its text and its claims were destroyed.")
    reading = bulk.fetch_one(
        f"SELECT r.id, r.reader_version, r.language, r.notices FROM claim_reading r WHERE r.document = %s AND {_STANDS}",  # noqa: S608
        [identifier],
    )
    items: list[Claim | Allegation] = []
    if reading is not None:
        items += [read_claim(row) for row in _fetch("claim", CLAIM_COLUMNS, reading[0])]
        items += [read_allegation(row) for row in _fetch("allegation", ALLEGATION_COLUMNS, reading[0])]
        items.sort(key=lambda item: (item.start, item.end, item.id))
    return ReadDocument(
        identifier,
        capture,
        origin,
        text,
        PartialDate.from_edtf(published) if published else None,
        reading[2] if reading else language,
        reading[1] if reading else None,
        _codes(reading[3] if reading else None),
        tuple(items),
    )


def _codes(notices: str | None) -> tuple[str, ...]:
    import json

    return tuple(json.loads(notices)) if notices else ()


def _fetch(table: str, columns: Sequence[str], reading: str) -> list[tuple[Any, ...]]:
    names = ", ".join(f'"{name}"' for name in columns)
    return bulk.fetch_rows(f'SELECT {names} FROM "{table}" WHERE reading = %s AND salt IS NOT NULL ORDER BY "row"', [reading])  # noqa: S608


def list_read_documents() -> Iterator[str]:
    """Yield the ids of documents whose claims were read and that are not under seal, in the order they came."""
    sql = (
        "SELECT d.id FROM document d WHERE d.text IS NOT NULL AND EXISTS (SELECT 1 FROM claim_reading r WHERE r.document = d.id) "
        'ORDER BY d."row"'
    )
    for chunk in bulk.stream_rows(sql):
        yield from (str(row[0]) for row in chunk)


@dataclass(frozen=True, slots=True)
class ClaimJudgement:
    """A reviewer's standing word on a claim."""

    target: str
    question: str
    field: str | None
    answer: str
    reason: str | None


def list_claim_judgements() -> dict[str, list[ClaimJudgement]]:
    """Return the standing judgements on claims and allegations, by the id that readings of one text have in common."""
    found: dict[str, list[ClaimJudgement]] = {}
    sql = (
        "SELECT target, question, field, answer, reason FROM judgement j WHERE target_kind IN ('claim', 'allegation') "
        'AND NOT EXISTS (SELECT 1 FROM judgement later WHERE later.replaces = j.id) ORDER BY "row"'
    )
    for target, *rest in bulk.fetch_rows(sql):
        found.setdefault(target, []).append(ClaimJudgement(target, *rest))
    return found


def list_orphans() -> list[ClaimJudgement]:
    """Return the judgements whose claim no standing reading has: a later reader reads the words otherwise."""
    judged = list_claim_judgements()
    for table in ("claim", "allegation"):
        sql = f'SELECT 1 FROM "{table}" c JOIN claim_reading r ON r.id = c.reading WHERE c."{table}" = %s AND {_STANDS} LIMIT 1'  # noqa: S608
        judged = {target: words for target, words in judged.items() if not bulk.fetch_one(sql, [target])}
    return [judgement for words in judged.values() for judgement in words]
