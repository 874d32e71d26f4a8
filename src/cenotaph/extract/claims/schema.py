"""The JSON Schema of the flat records that claims and allegations are written as."""

from __future__ import annotations

from cenotaph.domain.claims import Modality, Outcome, Unit
from cenotaph.domain.counts import Bound

_STRING = {"type": "string"}
_OPTIONAL_STRING = {"type": ["string", "null"]}
_NUMBER = {"type": ["number", "null"], "minimum": 0}
_JUDGEMENTS = {
    "type": "array",
    "items": _STRING,
    "description": "only in what `cenotaph claim list` prints: question and answer of each standing judgement on the claim",
}
_OFFSET = {"type": "integer", "minimum": 0, "description": "Unicode code points of the document's text"}


def make_schema() -> dict[str, object]:
    """Return the schema (JSON Schema, draft 2020-12) of one line."""
    common: dict[str, object] = {
        "id": {"type": "string", "description": "unique in the file, the same when the same text is read again"},
        "document": _STRING,
        "start": _OFFSET,
        "end": _OFFSET,
        "quote": {"type": "string", "description": "text[start:end], code point for code point"},
        "attribution": _OPTIONAL_STRING,
        "via": _OPTIONAL_STRING,
        "modality": {"enum": [modality.value for modality in Modality]},
        "needs_review": {"type": "boolean"},
        "doubts": {"type": "array", "items": _STRING},
    }
    labels = "|".join(outcome.value for outcome in Outcome)
    claim: dict[str, object] = {
        "kind": {"const": "claim"},
        **common,
        "number_start": _OFFSET,
        "number_end": _OFFSET,
        "number_text": _STRING,
        "low": _NUMBER,
        "high": _NUMBER,
        "bound": {"enum": [bound.value for bound in Bound]},
        "unit": {"enum": [unit.value for unit in Unit]},
        "outcome": {
            "type": "string",
            "pattern": rf"^({labels})(\+({labels}))*$",
            "description": "combined outcomes in alphabetical order",
        },
        "nationality": {"type": "array", "items": {"type": "string", "pattern": "^[A-Z]{2}$"}},
        **dict.fromkeys(
            ("nationality_text", "group", "side", "place", "event", "span", "as_of", "as_of_edtf", "subset_of", "repeat_of"),
            _OPTIONAL_STRING,
        ),
        "increment": {"type": "boolean"},
        "retracted": {"type": "boolean"},
    }
    allegation: dict[str, object] = {
        "kind": {"const": "allegation"},
        **common,
        "act": _STRING,
        "actor": _OPTIONAL_STRING,
        "victims": _OPTIONAL_STRING,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A claim or an allegation, one per line",
        "oneOf": [_close(claim, {"judgements": _JUDGEMENTS}), _close(allegation, {})],
    }


def _close(properties: dict[str, object], optional: dict[str, object]) -> dict[str, object]:
    return {
        "type": "object",
        "properties": {**properties, **optional},
        "required": list(properties),
        "additionalProperties": False,
    }
