"""Tags of languages and scripts: whether they are well formed, and their customary spelling."""

from __future__ import annotations

import re

from cenotaph.domain.errors import ValueFormatError

# The grammar of RFC 5646, section 2.1 (BCP 47); registration is not checked.
_TAG = re.compile(
    r"(?:"
    r"(?P<language>[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4}|[a-z]{5,8})"
    r"(?:-(?P<script>[a-z]{4}))?"
    r"(?:-(?P<region>[a-z]{2}|\d{3}))?"
    r"(?P<variants>(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*)"
    r"(?P<extensions>(?:-[a-wy-z0-9](?:-[a-z0-9]{2,8})+)*)"
    r"(?:-x(?:-[a-z0-9]{1,8})+)?"
    r"|x(?:-[a-z0-9]{1,8})+"
    r"|en-gb-oed|i-(?:ami|bnn|default|enochian|hak|klingon|lux|mingo|navajo|pwn|tao|tay|tsu)|sgn-(?:be-fr|be-nl|ch-de)"
    r"|art-lojban|cel-gaulish|no-(?:bok|nyn)|zh-(?:guoyu|hakka|min|min-nan|xiang)"
    r")",
    re.ASCII,
)
_SCRIPT = re.compile(r"[A-Z][a-z]{3}", re.ASCII)


def is_language_tag(tag: str) -> bool:
    """Tell whether a tag is well formed by BCP 47 (RFC 5646): ``ru``, ``uz-Cyrl``, ``sr-Latn-RS``."""
    found = _TAG.fullmatch(tag.lower())
    if not found:
        return False
    variants = (found["variants"] or "").split("-")[1:]
    singletons = [part for part in (found["extensions"] or "").split("-")[1:] if len(part) == 1]
    return len(set(variants)) == len(variants) and len(set(singletons)) == len(singletons)


def check_language_tag(tag: str) -> str:
    """Return a tag in its customary spelling: language in lower case, script capitalised, region in upper case.

    Raises
    ------
    ValueFormatError
        It is not well formed.
    """
    if not is_language_tag(tag):
        raise ValueFormatError(f"'{tag[:40]}' is not a language tag of BCP 47.", "Write ru, uk, uz-Cyrl or pt-BR.")
    parts = tag.lower().split("-")
    for at, part in enumerate(parts[1:], 1):
        if any(len(before) == 1 for before in parts[:at]):
            break
        if len(part) == 2:
            parts[at] = part.upper()
        elif len(part) == 4 and part.isalpha():
            parts[at] = part.capitalize()
    return "-".join(parts)


def check_script(code: str) -> str:
    """Return a script's code if it has the shape of ISO 15924.

    Raises
    ------
    ValueFormatError
        It has not.
    """
    if not _SCRIPT.fullmatch(code):
        raise ValueFormatError(f"'{code[:40]}' is not a script's code.", "Write Latn, Cyrl, Arab or Deva (ISO 15924).")
    return code
