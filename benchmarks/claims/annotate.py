"""Make a gold set from annotated sources: ``python -m benchmarks.claims.annotate SOURCES GOLD``.

A source is one text file: header lines ``@lang``, ``@genre``, ``@topic``; ``@@`` and the text; ``@@`` and one line per claim;
``@@`` and one line per trap. A claim's line has four parts and then its fields::

    c3 | more than 60 men had been killed | more than 60 | >60 killed | at=Binita Khadka; nat=NP; grp=men

that is id, quote, number words (``=`` where they are the quote), value and outcome. Quote and number words stand exactly in the
text, the number words within the quote; ``words@2`` means their second occurrence. Values: ``41`` exact, ``>=41``, ``>41``,
``<=41``, ``~41``, ``60-70``, ``may>600``, ``v10`` (vague with a floor), ``v`` (vague without). Flags are fields without a value.
A trap's line is ``words | why``. In both, ``\\n`` stands for a line's end and ``¦`` for an upright bar of the text.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from benchmarks.claims.records import Row

FIELDS = {
    "at": "attribution",
    "via": "via",
    "m": "modality",
    "sub": "subset_of",
    "rep": "repeat_of",
    "as": "as_of",
    "win": "span",
    "pl": "place",
    "natt": "nationality_text",
    "grp": "group",
    "side": "side",
    "ev": "event",
    "unit": "unit",
    "den": "denied_by",
    "ao": "alt_outcome",
    "am": "alt_modality",
    "ab": "alt_bound",
    "au": "alt_unit",
    "hedge": "source_hedge",
    "note": "note",
}
LISTS = {
    "aa": "alt_attribution",
    "asub": "alt_subset",
    "arep": "alt_repeat",
    "ag": "alt_group",
    "aas": "alt_as_of",
    "av": "alt_via",
    "aside": "alt_side",
}
FLAGS = {
    "inc": "increment",
    "ext": "extended",
    "amb": "ambiguous",
    "furn": "furniture",
    "retr": "retracted",
    "scope": "scope_ambiguous",
    "fd": "false_death",
    "neg": "negated",
    "dist": "distributive",
    "ainc": "alt_increment",
}
IN_TEXT = ("attribution", "via", "as_of", "span", "place", "nationality_text")
MODALITIES = {"s": "stated", "r": "reported", "c": "said_confirmed", "e": "estimated", "u": "unconfirmed", "f": "feared"}
LIVING = {"captured", "detained", "displaced", "fighting", "on_board", "recruited", "released", "rescued", "survived"}
OUTCOMES = LIVING | {"killed", "wounded", "missing", "identified", "declared_dead", "body_returned", "casualties", "other"}
UNITS = {"people", "percent", "bodies", "names", "deaths"}


class Fault(Exception):
    """A line of a source that does not hold."""


def number_of(words: str) -> int | float:
    return float(words) if "." in words else int(words)


def read_value(text: str) -> tuple[int | float | None, int | float | None, str]:
    """Return low, high and bound of a written value."""
    if text == "v":
        return None, None, "vague"
    for sign, bound in (("may>", "may_exceed"), (">=", "at_least"), (">", "more_than"), ("v", "vague")):
        if text.startswith(sign):
            return number_of(text.removeprefix(sign)), None, bound
    if text.startswith("<="):
        return None, number_of(text[2:]), "at_most"
    if text.startswith("~"):
        return number_of(text[1:]), number_of(text[1:]), "approx"
    if found := re.fullmatch(r"([\d.]+)-([\d.]+)", text):
        return number_of(found[1]), number_of(found[2]), "range"
    return number_of(text), number_of(text), "exact"


def find(words: str, text: str, start: int = 0, end: int | None = None) -> tuple[int, int, str]:
    """Return where words stand in a part of a text; ``@n`` at their end asks for the n-th occurrence."""
    wanted = 1
    if found := re.search(r"@(\d+)$", words):
        wanted, words = int(found[1]), words[: found.start()]
    place = start - 1
    for _ in range(wanted):
        place = text.find(words, place + 1, len(text) if end is None else end)
        if place < 0:
            raise Fault(f"{words!r} is not there {wanted} times")
    return place, place + len(words), words


def read_claim(line: str, text: str) -> Row:
    """Return one claim of a line as a flat row with its offsets."""
    parts = [part.strip().replace("¦", "|").replace("\\n", "\n") for part in f"{line} ".split(" | ")]
    if len(parts) not in (4, 5):
        raise Fault("a claim has four parts and then its fields")
    identifier, quote_words, number_words, meaning = parts[:4]
    start, end, quote = find(quote_words, text)
    number_start, number_end, number = find(quote if number_words == "=" else number_words, text, start, end)
    if text[number_start - 1 : number_start + 1].isalnum() or text[number_end - 1 : number_end + 1].isalnum():
        raise Fault(f"{number!r} is a part of a longer word")
    value, outcome = meaning.split()
    low, high, bound = read_value(value)
    if any(part not in OUTCOMES for part in outcome.split("+")) or "+".join(sorted(outcome.split("+"))) != outcome:
        raise Fault(f"{outcome} is no outcome")
    row: Row = {"id": identifier, "kind": "claim", "quote": quote, "start": start, "end": end, "number_text": number}
    row |= {"number_start": number_start, "number_end": number_end, "low": low, "high": high, "bound": bound, "unit": "people"}
    row |= {"outcome": outcome, "nationality": [], "nationality_text": None, "group": None, "side": None, "place": None}
    row |= {"attribution": None, "via": None, "modality": "stated", "span": None, "as_of": None, "subset_of": None}
    row |= {"increment": False, "repeat_of": None, "event": None}
    for item in (item.strip() for item in (parts[4] if len(parts) == 5 else "").split(";")):
        if item:
            _set_field(row, *item.partition("="))
    if row["attribution"] and row["modality"] == "stated":
        row["modality"] = "reported"
    _accept_modality_of_source(row)
    if row["span"] and not row["as_of"]:
        row["as_of"] = row["span"]
    if row["unit"] not in UNITS:
        raise Fault(f"{row['unit']} is no unit")
    for name in IN_TEXT:
        if row[name] is not None and str(row[name]) not in text:
            raise Fault(f"{name} {row[name]!r} is not in the text")
    return row


def _accept_modality_of_source(row: Row) -> None:
    """Where it is open whether a source is named, it is open whether the claim is reported or stated."""
    others = row.get("alt_attribution")
    if not isinstance(others, list):
        return
    swapped = "stated" if row["modality"] == "reported" and None in others else None
    if row["modality"] == "stated" and row["attribution"] is None:
        swapped = "reported"
    accepted = row.get("alt_modality")
    listed = accepted if isinstance(accepted, list) else []
    if swapped and swapped not in listed:
        row["alt_modality"] = [*listed, swapped]


def _set_field(row: Row, key: str, sign: str, value: str) -> None:
    if key in FLAGS and not sign:
        row[FLAGS[key]] = True
    elif key == "m":
        row["modality"] = MODALITIES[value]
    elif key == "am":
        row["alt_modality"] = [MODALITIES[part] for part in value.split(",")]
    elif key == "ao":
        row["alt_outcome"] = value.split(",")
    elif key == "nat":
        row["nationality"] = value.split(",")
    elif key == "anat":
        row["alt_nationality"] = [choice.split("+") if choice != "-" else None for choice in value.split(",")]
    elif key in LISTS:
        row[LISTS[key]] = [choice if choice != "-" else None for choice in value.split("/")]
    elif key == "aval":
        row["alt_value"] = [number_of(part) if part else None for part in value.split(",")]
    elif key in FIELDS and sign:
        row[FIELDS[key]] = value
    else:
        raise Fault(f"{key}{sign}{value} is no field")


def read_source(path: Path) -> tuple[Row, str, list[Row]]:
    """Return a document's row, its text and its claims.

    Raises
    ------
    ValueError
        Naming the file and line that does not hold.
    """
    head, text, claim_lines, *rest = re.split(r"^@@\n", path.read_text("utf-8"), flags=re.MULTILINE)
    text = text.rstrip("\n") + "\n"
    meta = dict(re.findall(r"^@(\w+) (.*)$", head, re.MULTILINE))
    name = path.stem
    claims: list[Row] = []
    traps: list[Row] = []
    for line in _lines(claim_lines):
        try:
            claims.append(read_claim(line, text))
        except (Fault, ValueError, KeyError) as fault:
            raise ValueError(f"{name}: {fault}: {line}") from fault
    for line in _lines(rest[0] if rest else ""):
        words, _, why = line.partition(" | ")
        try:
            start, end, words = find(words.strip(), text)
        except Fault as fault:
            raise ValueError(f"{name}: {fault}: {line}") from fault
        traps.append({"text": words, "start": start, "end": end, "why": why.strip()})
    _check_together(name, claims, traps)
    place = f"texts/{name}.txt"
    for claim in claims:
        claim |= {"document": name, "lang": meta["lang"], "path": place}
    core = sum(not (c.get("extended") or c.get("ambiguous") or c.get("furniture")) for c in claims)
    document: Row = {"document": name, "lang": meta["lang"], "genre": meta["genre"], "topic": meta["topic"], "path": place}
    document |= {"sha256": hashlib.sha256(text.encode()).hexdigest(), "chars": len(text), "claims": len(claims)}
    document |= {"claims_core": core, "traps": traps, "invented": True}
    return document, text, claims


def _lines(block: str) -> Iterator[str]:
    return (line for line in block.splitlines() if line.strip() and not line.startswith("#"))


def _check_together(name: str, claims: list[Row], traps: list[Row]) -> None:
    identifiers = {str(claim["id"]) for claim in claims}
    if len(identifiers) < len(claims):
        raise ValueError(f"{name}: an id is there twice")
    spans: list[tuple[int, int, str]] = []
    for claim in claims:
        for key in ("subset_of", "repeat_of"):
            if claim[key] is not None and (claim[key] not in identifiers or claim[key] == claim["id"]):
                raise ValueError(f"{name} {claim['id']}: {key} {claim[key]} is no other claim")
        start, end = int(str(claim["number_start"])), int(str(claim["number_end"]))
        spans.append((start, end, str(claim["id"])))
    for trap in traps:
        spans.append((int(str(trap["start"])), int(str(trap["end"])), f"trap {trap['text']}"))
    spans.sort()
    for (_, end, one), (start, _, other) in pairwise(spans):
        if start < end:
            raise ValueError(f"{name}: {one} and {other} lie on the same words")


def write_set(sources: list[Path], gold: Path) -> tuple[int, int]:
    """Write texts/, documents.jsonl and claims.jsonl of some sources; return how many documents and claims."""
    (gold / "texts").mkdir(parents=True, exist_ok=True)
    documents, claims = [], []
    for path in sorted(sources):
        document, text, found = read_source(path)
        (gold / "texts" / f"{path.stem}.txt").write_text(text, encoding="utf-8")
        documents.append(document)
        claims += found
    for name, rows in (("documents.jsonl", documents), ("claims.jsonl", claims)):
        written = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (gold / name).write_text(written, encoding="utf-8")
    return len(documents), len(claims)


if __name__ == "__main__":
    made = write_set(sorted(Path(sys.argv[1]).glob("*.src")), Path(sys.argv[2]))
    sys.stdout.write(f"{made[0]} documents, {made[1]} claims\n")
