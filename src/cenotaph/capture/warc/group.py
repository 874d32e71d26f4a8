"""A fetched page as one group of records: who fetched it and how, every request and answer, and the certificates."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from cenotaph.capture.warc.entries import PayloadEntry
from cenotaph.capture.warc.records import FIELDS, REQUEST, RESPONSE, Out, WarcWriter, field_block, make_record_id
from cenotaph.capture.web.client import Exchange

FORMAT = "WARC File Format 1.1"
CONFORMS = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
_REDIRECTS = (301, 302, 303, 307, 308)


def write_group(
    out: Out, exchanges: Sequence[Exchange], requisites: Sequence[Exchange], *, software: str, route: str, robots: str
) -> list[PayloadEntry]:
    """Write a page's records.

    Parameters
    ----------
    exchanges
        The way to the page, the page itself last.
    requisites
        What was fetched because the page shows it.
    software, route, robots
        What fetched it, by which route, and what became of the site's rules for robots.
    """
    first = exchanges[0]
    writer = WarcWriter(out)
    about = [("software", software), ("format", FORMAT), ("conformsTo", CONFORMS), ("robots", robots), ("route", route)]
    info = make_record_id("warcinfo", first.address, first.at.isoformat())
    writer.write("warcinfo", info, first.at, FIELDS, field_block(about))
    entries: list[PayloadEntry] = []
    seen: set[str] = set()
    for at, exchange in enumerate((*exchanges, *requisites)):
        role = "requisite" if at >= len(exchanges) else "page" if at == len(exchanges) - 1 else "redirect"
        entries.append(_write_exchange(writer, exchange, info, str(at), role))
        for certificate in dict.fromkeys((exchange.certificate, *exchange.chain)):
            name = hashlib.sha256(certificate).hexdigest()
            if certificate and name not in seen:
                seen.add(name)
                writer.write(
                    "resource",
                    make_record_id("certificate", name, info),
                    exchange.at,
                    "application/pkix-cert",
                    certificate,
                    target=f"urn:x-certificate:sha256:{name}",
                    more=[("WARC-Warcinfo-ID", f"<{info}>")],
                )
    return entries


def _write_exchange(writer: WarcWriter, exchange: Exchange, info: str, number: str, role: str) -> PayloadEntry:
    answer = make_record_id("response", exchange.address, exchange.at.isoformat(), number)
    common = [("WARC-Warcinfo-ID", f"<{info}>"), *([("WARC-IP-Address", exchange.peer)] if exchange.peer else [])]
    written = writer.write(
        "response",
        answer,
        exchange.at,
        RESPONSE,
        exchange.response,
        target=exchange.address,
        head=exchange.head,
        more=[*common, *([("WARC-Protocol", _name_protocol(exchange.protocol))] if exchange.protocol else [])],
    )
    asked = make_record_id("request", exchange.address, exchange.at.isoformat(), number)
    beside = [*common, ("WARC-Concurrent-To", f"<{answer}>")]
    writer.write("request", asked, exchange.at, REQUEST, exchange.request, target=exchange.address, more=beside)
    fields = [("role", role)]
    if exchange.certificate:
        fields += [
            ("tls", exchange.protocol),
            ("certificate-sha256", hashlib.sha256(exchange.certificate).hexdigest()),
            ("certificate-chain-sha256", " ".join(hashlib.sha256(one).hexdigest() for one in exchange.chain)),
        ]
    if exchange.status in _REDIRECTS:
        fields.append(("redirect-to", exchange.header("location") or ""))
    about = make_record_id("metadata", exchange.address, exchange.at.isoformat(), number)
    writer.write("metadata", about, exchange.at, FIELDS, field_block(fields), target=exchange.address, more=beside)
    media = (exchange.header("content-type") or "").split(";")[0].strip().lower() or None
    when = exchange.at.isoformat()
    return PayloadEntry(
        written.offset,
        written.length,
        "response",
        exchange.address,
        when,
        exchange.status,
        media,
        written.payload,
        written.size,
        role,
    )


def _name_protocol(protocol: str) -> str:
    return protocol.split(" ")[0].lower().replace("tlsv", "tls/")
