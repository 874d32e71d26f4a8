"""Annotated documents and predicted claims, as read from files; and claims asked of the reader itself."""

from __future__ import annotations

import dataclasses
import enum
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Protocol

Value = object
Row = dict[str, Value]


class Folder(Protocol):
    """What a gold set is read from: a folder, or an archive opened in memory."""

    def joinpath(self, *names: str) -> Folder: ...
    def read_text(self, encoding: str | None = None) -> str: ...
    def exists(self) -> bool: ...


@dataclasses.dataclass(frozen=True)
class Trap:
    """A span that must give no claim, and why."""

    start: int
    end: int
    text: str
    why: str


@dataclasses.dataclass(frozen=True)
class GoldDocument:
    """One annotated text: its claims in file order and its traps."""

    name: str
    language: str
    text: str
    claims: tuple[Row, ...]
    traps: tuple[Trap, ...] = ()


def whole(row: Mapping[str, Value], key: str) -> int:
    """Return a field that must be a whole number."""
    value = row[key]
    if not isinstance(value, int):
        raise ValueError(f"{key} of claim {row.get('id')} in {row.get('document')} is {value!r}, not a whole number")
    return value


def word(row: Mapping[str, Value], key: str) -> str | None:
    """Return a field that is text, or None where it is absent, null or empty."""
    value = row.get(key)
    return str(value) if value not in (None, "") else None


def read_lines(text: str) -> list[Row]:
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def read_gold(folder: Folder) -> list[GoldDocument]:
    """Read ``documents.jsonl``, ``claims.jsonl`` and ``texts/`` of a gold folder.

    Raises
    ------
    ValueError
        Where a quote or number is not exactly in its text at its offsets: a gold set that is wrong measures nothing.
    """
    claims: dict[str, list[Row]] = {}
    for row in read_lines(folder.joinpath("claims.jsonl").read_text("utf-8")):
        if row.get("kind", "claim") == "claim":
            claims.setdefault(str(row["document"]), []).append(row)
    documents = []
    for row in read_lines(folder.joinpath("documents.jsonl").read_text("utf-8")):
        name = str(row["document"])
        text = folder.joinpath(*str(row["path"]).split("/")).read_text("utf-8")
        listed = row.get("traps")
        traps = tuple(Trap(t["start"], t["end"], t["text"], t["why"]) for t in (listed if isinstance(listed, list) else []))
        documents.append(GoldDocument(name, str(row["lang"]), text, tuple(claims.pop(name, ())), traps))
        _check(documents[-1])
    if claims:
        raise ValueError(f"claims.jsonl has claims of documents that documents.jsonl does not list: {', '.join(sorted(claims))}")
    return documents


def without_alternatives(document: GoldDocument) -> GoldDocument:
    """Return the document with only the first value of every field accepted."""
    claims = tuple(
        {key: value for key, value in claim.items() if not key.startswith("alt_") and key != "scope_ambiguous"}
        for claim in document.claims
    )
    return dataclasses.replace(document, claims=claims)


def read_archive(path: Path) -> list[GoldDocument]:
    """Read a gold set from one zip archive without writing any of it to disk."""
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        return read_gold(zipfile.Path(archive))


def _check(document: GoldDocument) -> None:
    seen: set[str] = set()
    for claim in document.claims:
        where = f"{document.name} {claim['id']}"
        if str(claim["id"]) in seen:
            raise ValueError(f"{where}: two claims have this id")
        seen.add(str(claim["id"]))
        for start, end, key in (("start", "end", "quote"), ("number_start", "number_end", "number_text")):
            if document.text[whole(claim, start) : whole(claim, end)] != claim[key]:
                raise ValueError(f"{where}: {key} {claim[key]!r} is not in the text at its offsets")
    for trap in document.traps:
        if document.text[trap.start : trap.end] != trap.text:
            raise ValueError(f"{document.name}: the trap {trap.text!r} is not in the text at its offsets")


def read_predictions(text: str) -> dict[str, list[Row]]:
    """Read predicted claims from JSON lines, by document (the file's name without folder and ending)."""
    predicted: dict[str, list[Row]] = {}
    for row in read_lines(text):
        if row.get("kind", "claim") == "claim":
            predicted.setdefault(Path(str(row["document"])).name.removesuffix(".txt"), []).append(row)
    return predicted


def flatten(claim: object) -> Row:
    """Return a claim as the reader gives it (a mapping or a dataclass) as a flat row of plain values."""
    if isinstance(claim, Mapping):
        return {str(key): _plain(value) for key, value in claim.items()}
    for method in ("as_record", "as_row", "as_dict"):
        make: Callable[[], Mapping[str, Value]] | None = getattr(claim, method, None)
        if make is not None:
            return {str(key): _plain(value) for key, value in make().items()}
    if dataclasses.is_dataclass(claim) and not isinstance(claim, type):
        return {field.name: _plain(getattr(claim, field.name)) for field in dataclasses.fields(claim)}
    raise TypeError(f"a claim is a {type(claim).__name__}, neither a mapping nor a dataclass")


def _plain(value: object) -> Value:
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, tuple | list | frozenset):
        return [_plain(item) for item in value]
    return value


def ask_reader(documents: Iterable[GoldDocument], *, detect_language: bool = False) -> dict[str, list[Row]]:
    """Return what ``cenotaph.extract.read_claims`` reads in each document.

    Parameters
    ----------
    detect_language
        Leave the language to the reader instead of naming it.
    """
    import cenotaph.extract

    # Looked up by name: the scorer is also used with a file of predictions, where no reader need be there.
    reader: Callable[..., Iterable[object]] = getattr(cenotaph.extract, "read_claims")  # noqa: B009
    predicted = {}
    for document in documents:
        found = reader(document.text, language=None if detect_language else document.language)
        rows = [flatten(claim) for claim in found]
        predicted[document.name] = [row for row in rows if row.get("kind", "claim") == "claim"]
    return predicted
