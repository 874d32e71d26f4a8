"""What tells of whoever made it: originals seen only in a cleaned derivative, and pictures with what a camera wrote (EXIF)."""

from __future__ import annotations

import json
from pathlib import Path

from cenotaph.capture.clear_copies import readable_path
from cenotaph.capture.isolation import shared_process
from cenotaph.capture.readers.picture import NAME as PICTURE_READER
from cenotaph.casebook import bulk
from cenotaph.casebook.store import Casebook
from cenotaph.domain.errors import InputError, RefusedError

ORIGINAL = "private original"
"""How such a capture was seen: what is named so in a sighting is handed on and shown only where that is asked for."""


def derived_from(original: str) -> str:
    """Return how a derivative of a capture was seen."""
    return f"derived from {original[:12]}"


def is_private(capture: str) -> bool:
    """Tell whether a capture is such an original."""
    return bulk.fetch_one("SELECT 1 FROM sighting WHERE capture = %s AND how = %s LIMIT 1", [capture, ORIGINAL]) is not None


def holds_private(capture: str) -> bool:
    """Tell whether a capture is such an original and its bytes are kept: it is not under seal."""
    joined = "sighting s JOIN capture c ON c.id = s.capture"
    sql = f"SELECT 1 FROM {joined} WHERE c.id = %s AND s.how = %s AND c.size IS NOT NULL LIMIT 1"  # noqa: S608
    return bulk.fetch_one(sql, [capture, ORIGINAL]) is not None


# fmt: off
_TECHNICAL = frozenset({
    "BitsPerSample", "CellLength", "CellWidth", "ColorMap", "ColorSpace", "ComponentsConfiguration",
    "CompressedBitsPerPixel", "Compression", "ExifImageHeight", "ExifImageWidth", "ExifInteroperabilityOffset",
    "ExifOffset", "ExifVersion", "ExtraSamples", "FillOrder", "FlashPixVersion", "GPSInfo", "ImageLength", "ImageWidth",
    "NewSubfileType", "Orientation", "PhotometricInterpretation", "PlanarConfiguration", "Predictor", "ResolutionUnit",
    "RowsPerStrip", "SampleFormat", "SamplesPerPixel", "StripByteCounts", "StripOffsets", "SubfileType", "TileByteCounts",
    "TileLength", "TileOffsets", "TileWidth", "XResolution", "YCbCrPositioning", "YCbCrSubSampling", "YResolution",
})
# fmt: on
"""What says how a picture is stored, and nothing of anybody; GPSInfo only says where the places stand, which are told apart."""

_MARKS = {
    b"http://ns.adobe.com/xap/1.0/": "XMP",
    b"<x:xmpmeta": "XMP",
    b"Photoshop 3.0\x00": "IPTC",
}
_EXIF_MARKS = {b"Exif\x00\x00": "EXIF", b"eXIf": "EXIF", b"EXIF": "EXIF", b"Raw profile type exif": "EXIF"}
_CHUNK = 1 << 20
_SHOWN = 6


def find_private_words(casebook: Casebook, capture: str) -> tuple[str, ...]:
    """Return the names of what a capture's pictures tell of whoever took them; nothing where they tell nothing.

    What was noted as the capture was read says so for pictures in mails, archives and documents, too. A picture that was not
    read, as those of chats, is read now. Beside EXIF a picture's XMP and IPTC are looked for, which name people and places too.
    """
    found: set[str] = set()
    sql = "SELECT t.facts FROM document_detail t JOIN document d ON d.id = t.document WHERE d.capture = %s AND t.facts LIKE %s"
    for chunk in bulk.stream_rows(sql, [capture, '%"exif %']):
        for (facts,) in chunk:
            found |= _pick(json.loads(facts).get("other", {}))
    row = bulk.fetch_one("SELECT media_type FROM capture WHERE id = %s", [capture])
    if row is None or not (row[0] or "").startswith("image/"):
        return tuple(sorted(found))
    path = readable_path(casebook.objects, capture)
    found |= _scan(path, _MARKS)
    sql = (
        "SELECT 1 FROM document d JOIN document_detail t ON t.document = d.id "
        "WHERE d.capture = %s AND d.reader = %s AND t.facts IS NOT NULL LIMIT 1"
    )
    if not bulk.fetch_one(sql, [capture, PICTURE_READER]):
        found |= _read(casebook, path, row[0])
    return tuple(sorted(found))


def _pick(other: dict[str, str]) -> set[str]:
    names = {key.removeprefix("exif ") for key in other if key.startswith("exif ")}
    return {name for name in names if name.removeprefix("GPS ") not in _TECHNICAL}


def _read(casebook: Casebook, path: Path, media_type: str) -> set[str]:
    from cenotaph.services.captures import read_limits

    try:
        documents = shared_process().read(path, media_type, read_limits(casebook.settings))
    except InputError:  # A broken picture, or one that nothing here reads: whether it has any is all that can be told.
        return _scan(path, _EXIF_MARKS)
    return {name for document in documents if document.facts for name in _pick(dict(document.facts.other))}


def _scan(path: Path, marks: dict[bytes, str]) -> set[str]:
    found: set[str] = set()
    longest = max(map(len, marks))
    kept = b""
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                data = kept + chunk
                found |= {name for mark, name in marks.items() if mark in data}
                kept = data[-longest:]
    except OSError:  # Its bytes are gone: whoever hands it on says so.
        return found
    return found


def refusal(casebook: Casebook, capture: str) -> RefusedError | None:
    """Return why a capture is not handed on unless that is asked for, with what to do; None where it may go."""
    if is_private(capture):
        return RefusedError(
            f"Capture {capture[:12]} is an original that tells of whoever made it.",
            "Hand on what was derived from it; where the original must go out, state --private.",
        )
    if words := find_private_words(casebook, capture):
        more = f" and {len(words) - _SHOWN} more" if len(words) > _SHOWN else ""
        return RefusedError(
            f"Capture {capture[:12]} holds a picture that tells of whoever took it: {', '.join(words[:_SHOWN])}{more}.",
            "Its bytes are evidence and are not changed: where they must go out with it, state --private; the ledger says so.",
        )
    return None
