"""A message without what tells of those who got it: who wrote it, when, of what, its words and what is attached stay.

Lines are copied as they are and none is decoded: so nothing a stranger wrote is taken apart here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_KEPT = re.compile(rb"(from|date|subject|message-id|mime-version|content-[a-z0-9-]+)[ \t]*:", re.IGNORECASE)
_INNER = re.compile(rb"content-type[ \t]*:\s*message/rfc822", re.IGNORECASE)
_DIGEST = re.compile(rb"content-type[ \t]*:\s*multipart/digest", re.IGNORECASE)


def clean_message(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Yield a message's lines without the fields of its head that are not kept; those of messages attached to it likewise.

    Parameters
    ----------
    lines
        Its lines with their ends.
    """
    head, part, keeps, digest = True, False, False, False
    field = b""
    for line in lines:
        blank = not line.strip(b"\r\n")
        if head or part:
            if blank:
                digest = digest or bool(_DIGEST.match(field))
                # In a digest a part that states no type is a message.
                head = part and (bool(_INNER.match(field)) or (digest and not field))
                part, keeps, field = False, False, b""
                yield line
                continue
            folded = line[:1] in b" \t"
            if not folded:
                keeps = bool(_KEPT.match(line)) if head else True
            if line[:13].lower().startswith(b"content-type"):
                field = line.rstrip(b"\r\n")
            elif folded and field and field.rstrip().endswith((b":", b";")):
                field += line.rstrip(b"\r\n")
            if keeps:
                yield line
            continue
        part = line.startswith(b"--") and line.strip() != b"--"
        yield line
