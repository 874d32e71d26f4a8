"""Time stamps on the ledger: wanted without a network, asked for with one, checked offline against kept certificates."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cenotaph.capture.stamping import QUERY, StampFacts, check_stamp, load_roots, make_request
from cenotaph.casebook import bulk
from cenotaph.casebook.entry_hash import entry_text
from cenotaph.casebook.guarded import STAMP
from cenotaph.casebook.ledger import Actor
from cenotaph.casebook.store import Casebook
from cenotaph.domain.canonical import content_id
from cenotaph.domain.errors import CenotaphError, InputError, LedgerBrokenError, UsageError

if TYPE_CHECKING:
    from cenotaph.capture.web.client import WebClient

WANTED, STAMPED = "wanted", "stamped"
_MOST_REPLY = 1 << 20


@dataclass(frozen=True, slots=True)
class Stamp:
    """A stamp, or the wish for one.

    Parameters
    ----------
    entry, hash
        The ledger's entry that it is on, and that entry's hash.
    state
        ``wanted`` or ``stamped``.
    address
        Which authority was asked.
    facts
        What it says, where it holds.
    problem
        Why it does not hold; empty where it does.
    """

    entry: int
    hash: str
    state: str
    address: str | None = None
    facts: StampFacts | None = None
    problem: str = ""


def want_stamp(casebook: Casebook, actor: Actor) -> int:
    """Note that the ledger as it ends now is to be stamped once there is a network; return the entry's number."""
    head = casebook.settled_head()
    with casebook.writing(actor, "ledger stamp: want") as entry:
        identifier = content_id("stamp", str(head.number), head.hash, WANTED)
        if not bulk.fetch_one("SELECT 1 FROM stamp WHERE id = %s", [identifier]):
            entry.add(STAMP, [(identifier, head.number, head.hash, WANTED, entry.instant, None, None, None)])
        entry.detail["stamped_entry"] = head.number
    return head.number


def ask_for_stamps(
    casebook: Casebook, actor: Actor, client: WebClient, address: str, roots: bytes, *, seconds: float = 60.0
) -> list[Stamp]:
    """Ask an authority for stamps on the ledger as it ends now, and on every end that waits for one.

    Parameters
    ----------
    address
        Where the authority answers.
    roots
        The certificates that its stamps go back to (PEM); they are kept beside each stamp.

    Raises
    ------
    InputError
        It did not answer, or its stamp does not hold: nothing is written of that one.
    """
    load_roots(roots)
    head = casebook.settled_head()
    waiting = bulk.fetch_rows(
        "SELECT DISTINCT stamped_entry FROM stamp w WHERE state = %s AND NOT EXISTS "
        "(SELECT 1 FROM stamp s WHERE s.state = %s AND s.stamped_entry = w.stamped_entry) ORDER BY stamped_entry",
        [WANTED, STAMPED],
    )
    got: list[Stamp] = []
    for number in sorted({head.number, *(row[0] for row in waiting)}):
        text, own = read_entry(number)
        reply, facts = _ask(client, address, text, roots, seconds)
        with casebook.writing(actor, "ledger stamp") as entry:
            identifier = content_id("stamp", str(number), own, STAMPED, address, str(entry.number))
            token = base64.b64encode(reply).decode("ascii")
            pem = roots.decode("ascii", "replace")
            entry.add(STAMP, [(identifier, number, own, STAMPED, entry.instant, address, token, pem)])
            entry.detail.update({"stamped_entry": number, "at": facts.at})
        got.append(Stamp(number, own, STAMPED, address, facts))
    return got


def _ask(client: WebClient, address: str, data: bytes, roots: bytes, seconds: float) -> tuple[bytes, StampFacts]:
    from cenotaph.capture.web.client import FetchLimits
    from cenotaph.capture.web.page import body_of

    request, nonce = make_request(data)
    limits = FetchLimits(_MOST_REPLY, seconds)
    exchange = client.ask("POST", address, limits, {"Content-Type": QUERY, "Accept": "application/timestamp-reply"}, request)
    try:
        if exchange.status != 200:
            raise InputError(f"The authority answered {exchange.status}.", "Check its address; ask again later.")
        reply = body_of(exchange, _MOST_REPLY)
    finally:
        exchange.response.close()
    return reply, check_stamp(reply, data, roots, nonce)


def read_entry(number: int) -> tuple[bytes, str]:
    """Return an entry's canonical text, whose SHA-256 is the entry's hash, and that hash.

    Raises
    ------
    UsageError
        There is no such entry.
    LedgerBrokenError
        Its text does not have its hash.
    """
    import hashlib

    sql = (
        'SELECT number, previous, at, role, account, action, detail, "rows", blocks_hash, hash FROM ledger_entry '
        "WHERE number = %s"
    )
    found = bulk.fetch_one(sql, [number])
    if found is None:
        raise UsageError(f"The ledger has no entry {number}.", "`cenotaph ledger show` lists them.")
    text = entry_text(*found[:-1]).encode()
    if hashlib.sha256(text).hexdigest() != found[-1]:
        raise LedgerBrokenError(f"Entry {number} was changed: it does not have its hash.", "Run `cenotaph ledger verify`.")
    return text, found[-1]


def list_stamps() -> Iterator[Stamp]:
    """Yield the stamps and wishes in the order they came, each checked against the ledger and the certificates beside it."""
    sql = 'SELECT stamped_entry, stamped_hash, state, authority, token, roots FROM stamp ORDER BY "row"'
    for number, own, state, address, token, roots in bulk.fetch_rows(sql):
        if state == WANTED:
            yield Stamp(number, own, state)
            continue
        try:
            text, standing = read_entry(number)
            if standing != own:
                raise LedgerBrokenError(f"Entry {number} is not the one that was stamped.")
            facts = check_stamp(base64.b64decode(token), text, roots.encode("ascii"))
        except (CenotaphError, ValueError) as error:
            yield Stamp(number, own, state, address, None, str(getattr(error, "message", error)))
        else:
            yield Stamp(number, own, state, address, facts)


def find_stamps(number: int) -> list[tuple[int, bytes, bytes]]:
    """Return the first stamped entry at or after one, with its replies and their certificates."""
    sql = "SELECT MIN(stamped_entry) FROM stamp WHERE state = %s AND stamped_entry >= %s"
    found = bulk.fetch_one(sql, [STAMPED, number])
    if found is None or found[0] is None:
        return []
    sql = 'SELECT stamped_entry, token, roots FROM stamp WHERE state = %s AND stamped_entry = %s ORDER BY "row"'
    rows = bulk.fetch_rows(sql, [STAMPED, found[0]])
    return [(stamped, base64.b64decode(token), roots.encode("ascii")) for stamped, token, roots in rows]
