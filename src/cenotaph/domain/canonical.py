"""Canonical forms: the one text of a value that is hashed, so that equal values have equal hashes everywhere."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from json.encoder import encode_basestring

from cenotaph.domain.errors import ValueFormatError

JsonValue = str | int | bool | None | Sequence["JsonValue"] | Mapping[str, "JsonValue"]


def canonical_json(value: JsonValue) -> str:
    """Return the canonical JSON text of a value.

    Keys are sorted by code point, there is no white space, text is not escaped beyond what JSON requires and is not
    normalised: evidence keeps its code points. Floats are not allowed, since their text differs between writers.

    Raises
    ------
    ValueFormatError
        The value holds a fraction.
    TypeError
        It holds something other than text, numbers, booleans, None, lists and mappings with text for keys.
    """
    _check(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical_text(text: str) -> str:
    """Return the canonical JSON of a text, as :func:`canonical_json` does, without looking at what it is."""
    return encode_basestring(text)


def _check(value: object) -> None:
    if value is None or isinstance(value, str | int):
        return
    if isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                raise TypeError(f"a key of type {type(key).__name__} has no canonical form")
            _check(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _check(item)
    elif isinstance(value, float):
        raise ValueFormatError(f"{value} has no canonical form.", "Write a whole number, or a text.")
    else:
        raise TypeError(f"{type(value).__name__} has no canonical form")


def content_id(kind: str, *parts: str) -> str:
    """Return the id of something that is known by its content: 32 hexadecimal digits.

    Parts are length-prefixed before they are hashed, so that no two lists of parts run together.
    """
    pieces = [kind.encode()]
    for part in parts:
        data = part.encode()
        pieces.append(b"%d:%s" % (len(data), data))
    return hashlib.sha256(b"".join(pieces)).hexdigest()[:32]
