"""A chain of custody as one page that needs nothing else."""

from __future__ import annotations

from html import escape

from cenotaph.services.custody import Custody
from cenotaph.services.wording import clean

_STYLE = (
    "body{margin:0;background:#fbf9f5;color:#22201c;font:17px/1.6 Georgia,'Noto Serif',serif}"
    "main{max-width:62rem;margin:0 auto;padding:2rem 1.25rem 5rem}h1{font-size:1.5rem;overflow-wrap:anywhere}"
    "h2{font-size:1.2rem;margin-top:2.4rem;border-top:2px solid;padding-top:.8rem}table{border-collapse:collapse;width:100%}"
    "th,td{text-align:start;vertical-align:top;padding:.35rem .8rem .35rem 0;border-bottom:1px solid #d9d4c8}"
    "th,td{overflow-wrap:anywhere}"
    "th{font-weight:600;color:#625d54}.wide{overflow-x:auto}"
)


def custody_page(custody: Custody) -> bytes:
    """Return the page."""
    rows = "".join(
        f"<tr><td>{step.entry}</td><td>{_words(step.at[:19])}Z</td><td>{_words(step.role)}/{_words(step.account)}</td>"
        f"<td>{_words(step.what)}</td><td>{_pairs(step.detail)}</td></tr>\n"
        for step in custody.steps
    )
    documents = "".join(
        f"<tr><td>{_words(document.id)}</td><td>{_words(document.reader)} {_words(document.reader_version)}</td>"
        f"<td>{'under seal' if document.sealed else _pairs(document.facts)}</td></tr>\n"
        for document in custody.documents
    )
    size = "under seal" if custody.size is None else f"{custody.size:,} bytes of {_words(custody.media_type or '')}"
    page = (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>Chain of custody of {custody.id[:12]}</title><style>{_STYLE}</style></head><body><main>\n"
        f"<h1>Chain of custody</h1><p>Capture {custody.id}<br>{size}</p>\n"
        '<h2>What was done</h2><div class="wide"><table><thead><tr><th scope="col">Entry</th><th scope="col">When</th>'
        '<th scope="col">Who</th><th scope="col">What</th><th scope="col">How</th></tr></thead>'
        f"<tbody>\n{rows}</tbody></table></div>\n"
    )
    if documents:
        page += (
            '<h2>What was read out of it</h2><div class="wide"><table><thead><tr><th scope="col">Document</th>'
            '<th scope="col">Reader</th><th scope="col">What the capture says of it</th></tr></thead>'
            f"<tbody>\n{documents}</tbody></table></div>\n"
        )
    return (page + "</main></body></html>\n").encode("utf-8", "replace")


def _words(words: str) -> str:
    return f"<bdi>{escape(clean(words))}</bdi>"


def _pairs(pairs: tuple[tuple[str, str], ...]) -> str:
    return "<br>".join(f"{escape(clean(name))}: {_words(value)}" for name, value in pairs)
