"""Canonical forms: the one text of a value that is hashed, so that equal values have equal hashes everywhere."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence

JsonValue = str | int | bool | None | Sequence["JsonValue"] | Mapping[str, "JsonValue"]


def canonical_json(value: JsonValue) -> str:
    """Return the canonical JSON text of a value.

    Keys are sorted by code point, there is no white space, text is not escaped beyond what JSON requires and is not
    normalised: evidence keeps its code points. Floats are not allowed, since their text differs between writers.

    Raises
    ------
    TypeError
        The value holds something other than text, whole numbers, booleans, None, lists and mappings.
    """
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_refuse)


def _refuse(value: object) -> str:
    raise TypeError(f"{type(value).__name__} has no canonical form")


def content_id(kind: str, *parts: str) -> str:
    """Return the id of something that is known by its content: 32 hexadecimal digits.

    Parts are length-prefixed before they are hashed, so that no two lists of parts run together.
    """
    digest = hashlib.sha256(kind.encode())
    for part in parts:
        data = part.encode()
        digest.update(b"%d:" % len(data))
        digest.update(data)
    return digest.hexdigest()[:32]
