"""Texts with their claims and with what is to be found in them, as read from files.

A file of sources holds texts one after the other. Each begins with ``=== name``; then the text, ``@@``, one line per claim as
:mod:`benchmarks.claims.annotate` reads it, and one line per finding: ``! type c1 c2``. A text without a finding is a trap: it
looks as if something were wrong, and nothing is. ``? type c1 c2`` is neither required nor wrong. ``@published 2025-03-01``
before the text says when it was published.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.claims.annotate import read_claim
from benchmarks.claims.records import Row, read_gold, read_lines
from cenotaph.domain.claims import Claim, Modality, Unit
from cenotaph.domain.counts import Bound
from cenotaph.domain.dates import PartialDate


@dataclass(frozen=True)
class Wanted:
    """A finding that a text must give, or may.

    Parameters
    ----------
    types
        The type that is meant, and others that a careful reader would accept.
    claims
        The claims that it is about, by the ids of the annotation.
    required
        Whether it counts as missed where it is not found.
    """

    types: tuple[str, ...]
    claims: frozenset[str]
    required: bool = True


@dataclass(frozen=True)
class CheckedText:
    """A text, its annotated claims, and what is to be found."""

    name: str
    language: str
    text: str
    claims: tuple[Claim, ...]
    wanted: tuple[Wanted, ...]
    published: PartialDate | None = None
    types: frozenset[str] = frozenset()  # Types that were annotated; empty where all were.


def make_claim(row: Row) -> Claim:
    """Return an annotated record as a claim, with nothing in doubt."""
    names = [name for name in Claim.__dataclass_fields__ if name not in ("needs_review", "doubts")]
    fields: dict[str, object] = {name: row[name] for name in names if row.get(name) is not None}
    nationality = row["nationality"]
    fields |= {"low": row["low"], "high": row["high"], "bound": Bound(str(row["bound"])), "unit": Unit(str(row["unit"]))}
    fields |= {"modality": Modality(str(row["modality"]))}
    fields |= {"nationality": tuple(map(str, nationality)) if isinstance(nationality, list) else ()}
    return Claim(**fields)  # type: ignore[arg-type]


def read_sources(path: Path) -> list[CheckedText]:
    """Read the texts of one file; its name ends in the language: ``open-ru.txt``.

    Raises
    ------
    ValueError
        Naming the text and the line that does not hold.
    """
    language = path.stem.rpartition("-")[2]
    return [_read_source(block, language) for block in re.split(r"^=== ", path.read_text("utf-8"), flags=re.MULTILINE)[1:]]


def _read_source(block: str, language: str) -> CheckedText:
    name, _, rest = block.partition("\n")
    dated = re.match(r"@published (\S+)\n", rest)
    text, _, lines = rest[dated.end() if dated else 0 :].partition("\n@@\n")
    text = text.strip("\n") + "\n"
    claims, wanted = [], []
    for line in lines.splitlines():
        try:
            if line[:2] in ("! ", "? "):
                types, *ids = line[2:].split()
                wanted.append(Wanted(tuple(types.split("|")), frozenset(ids), line[0] == "!"))
            elif line.strip():
                claims.append(make_claim({**read_claim(line, text), "document": name}))
        except Exception as fault:
            raise ValueError(f"{name}: {fault}: {line}") from fault
    known = {claim.id for claim in claims}
    if any(not one.claims <= known for one in wanted):
        raise ValueError(f"{name}: a finding names a claim that there is not")
    claims.sort(key=lambda claim: claim.number_start)
    day = PartialDate.from_edtf(dated[1]) if dated else None
    return CheckedText(name, language, text, tuple(claims), tuple(wanted), day)


def read_folder(folder: Path) -> list[CheckedText]:
    """Read a gold folder of claims; ``inconsistencies.jsonl`` says what is to be found, and its types are judged."""
    wanted: dict[str, list[Wanted]] = {}
    listed = folder / "inconsistencies.jsonl"
    for row in read_lines(listed.read_text("utf-8")) if listed.exists() else []:
        wanted.setdefault(str(row["document"]), []).append(Wanted((str(row["type"]),), frozenset(_words(row["claims"]))))
    types = frozenset(one.types[0] for found in wanted.values() for one in found)
    texts = []
    for document in read_gold(folder):
        claims = sorted(
            (make_claim({**row, "document": document.name}) for row in document.claims), key=lambda claim: claim.number_start
        )
        found = tuple(wanted.get(document.name, ()))
        texts.append(CheckedText(document.name, document.language, document.text, tuple(claims), found, types=types))
    return texts


def _words(value: object) -> Iterable[str]:
    return map(str, value) if isinstance(value, list) else ()
