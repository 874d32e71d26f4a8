"""The little Markdown that a release's method is written in, as HTML: headings, paragraphs, lists, code; everything escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markupsafe import Markup

_HEADING = re.compile(r"(#{1,4}) +(.+)")
_ITEM = re.compile(r"(?:[-*]|(\d+)\.) +(.+)")
_CODE = re.compile(r"`([^`]+)`")


def render_markdown(text: str, lowest: int = 3) -> Markup:
    """Return HTML in which the first heading has this level; the title of the whole, its only ``#``, is left out."""
    from markupsafe import Markup

    return Markup("\n".join(_blocks(text, lowest)))


def _blocks(text: str, lowest: int) -> Iterator[str]:
    fenced: list[str] | None = None
    kept: list[str] = []
    for line in [*text.splitlines(), ""]:
        if line.startswith("```"):
            if fenced is None:
                yield from _plain(kept, lowest)
                kept, fenced = [], []
            else:
                yield f"<pre tabindex=\"0\"><code>{_escape(chr(10).join(fenced))}</code></pre>"
                fenced = None
        elif fenced is not None:
            fenced.append(line)
        else:
            kept.append(line)
    yield from _plain(kept, lowest)


def _kind(line: str) -> str:
    if not line.strip():
        return "empty"
    if _HEADING.fullmatch(line):
        return "heading"
    found = _ITEM.fullmatch(line)
    return ("ol" if found[1] else "ul") if found else "p"


def _plain(lines: list[str], lowest: int) -> Iterator[str]:
    for kind, group in groupby(lines, _kind):
        if kind == "heading":
            for line in group:
                found = _HEADING.fullmatch(line)
                assert found is not None
                if len(found[1]) > 1:
                    level = min(lowest + len(found[1]) - 2, 6)
                    yield f"<h{level}>{_inline(found[2])}</h{level}>"
        elif kind in ("ul", "ol"):
            items = "".join(f"<li>{_inline(found[2])}</li>" for line in group if (found := _ITEM.fullmatch(line)))
            yield f"<{kind}>{items}</{kind}>"
        elif kind == "p":
            yield f"<p>{_inline(' '.join(group))}</p>"


def _inline(text: str) -> str:
    return _CODE.sub(r"<code>\1</code>", _escape(text))


def _escape(text: str) -> str:
    from markupsafe import escape

    return str(escape(text))
