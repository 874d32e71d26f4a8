"""Sources as rows: who speaks, and addresses that a list cites without their having been captured."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from cenotaph.casebook import bulk
from cenotaph.casebook.guarded import SOURCE
from cenotaph.casebook.ledger import Entry
from cenotaph.domain.canonical import content_id

CITED = "cited"

_BARE_ADDRESS = re.compile(r"^(?:[a-z0-9-]+\.)+[a-z]{2,24}/\S*$", re.IGNORECASE)

_PLAIN_HOST = re.compile(r"https?://([A-Za-z0-9.-]+)(?:[/?#]|$)")  # Nearly every address; the others take longer.

SourceRow = tuple[str, str, str | None, str | None, str | None, str | None]


def make_source(name: str, kind: str, language: str | None) -> SourceRow:
    """Return the row of a source known by its name and kind."""
    return (content_id("source", kind, name), kind, name, language, None, None)


def cite_source(words: str) -> SourceRow:
    """Return the row of something a list cites: an address, a host alone (``//host``), or words where it is neither."""
    identifier = content_id("source", CITED, words)
    if words.lower().startswith(("http://", "https://")):
        return (identifier, CITED, None, None, words, host_of(words))
    if words.startswith("//") and (host := host_of(words)):
        return (identifier, CITED, host, None, None, host)
    if _BARE_ADDRESS.match(words):
        return (identifier, CITED, None, None, words, host_of("//" + words))
    return (identifier, CITED, words, None, None, None)


def host_of(address: str) -> str | None:
    """Return an address's host in lower case, without ``www.``; None where it has none."""
    if found := _PLAIN_HOST.match(address):
        return found[1].lower().removeprefix("www.") or None
    try:
        host = urlsplit(address).hostname
    except ValueError:
        return None
    return host.removeprefix("www.") or None if host else None


def add_missing_sources(entry: Entry, rows: Iterable[SourceRow]) -> int:
    """Insert those sources that the record does not have yet; return how many."""
    wanted = {row[0]: row for row in rows}
    if not wanted:
        return 0
    standing = read_source_ids()
    return entry.add(SOURCE, [row for identifier, row in wanted.items() if identifier not in standing])


def read_source_ids() -> set[str]:
    """Return the ids of all sources in the record."""
    return {row[0] for chunk in bulk.stream_rows("SELECT id FROM source") for row in chunk}
