"""Adding the text that was read off a picture or the pages of a PDF: a document of the capture, with the box of every word."""

from __future__ import annotations

from pathlib import Path

from cenotaph.capture.isolation import shared_process
from cenotaph.capture.limits import Limits
from cenotaph.capture.media_types import PDF
from cenotaph.capture.recognition import MEDIA_TYPES, Recognised, make_document, read_result, recognise
from cenotaph.casebook.ledger import Actor
from cenotaph.casebook.store import Casebook
from cenotaph.domain.errors import InputError, RefusedError
from cenotaph.services.capture_record import CaptureRecorder, Intake, document_id, has_sealed_text
from cenotaph.services.captures import read_limits
from cenotaph.services.intakes import taking_in
from cenotaph.services.kept_tables import Kept, find_kept

_TURNED = ("5", "6", "7", "8")
"""EXIF's orientations in which a picture is shown turned by a quarter."""


def add_recognised(
    casebook: Casebook,
    actor: Actor,
    start: str,
    *,
    result: Path | None = None,
    recogniser: str | None = None,
    language: str | None = None,
) -> Intake:
    """Add what was read off a capture, by its id or its beginning.

    Parameters
    ----------
    result
        What a program wrote of it: hOCR or JSON, as :func:`cenotaph.capture.recognition.read_result` says.
    recogniser
        Instead of that, the installed recogniser that reads it now.
    language
        BCP 47 tag of what it says; without it what the result states.

    Raises
    ------
    NotFoundError, RefusedError
        There is no such capture or recogniser, or a text of the capture is under seal.
    InputError
        The capture is no picture or PDF, or what was read cannot be, or is of a picture of another size.
    """
    kept = find_kept(casebook, start)
    capture, media_type = kept.taken.sha256, kept.taken.media_type
    if media_type not in MEDIA_TYPES:
        raise InputError(f"Capture {capture[:12]} is {media_type}, no picture.", f"Read off are: {', '.join(MEDIA_TYPES)}.")
    if has_sealed_text(capture):
        raise RefusedError(f"A document of capture {capture[:12]} is under seal.", "Its text is not read again.")
    if result is not None:
        found = read_result(result)
    else:
        found = recognise(recogniser or "", kept.path, media_type, [language] if language else [])
    document = make_document(found, language, media_type)
    limits = read_limits(casebook.settings)
    _check_size(found, kept, limits)
    identifier = document_id(capture, document)
    with taking_in(casebook, limits) as intakes, casebook.writing(actor, "capture recognise") as entry:
        recorder = CaptureRecorder(entry, intakes, None, language, None)
        recorder.add_document(capture, document)
        recorder.write()
        read_by = f"{document.reader} {document.reader_version}"
        entry.detail.update({"capture": capture, "document": identifier, "reader": read_by})
    return Intake(kept.taken.name, capture, identifier, note=f"{len(document.places):,} words", documents=1)


def _check_size(found: Recognised, kept: Kept, limits: Limits) -> None:
    """Hold the size that the first page states against the picture's; a PDF's pages have none in points of a picture."""
    page = next((page for page in found.pages if page.number == 1), None)
    size = None if page is None or kept.taken.media_type == PDF else _read_size(kept, limits)
    if page is None or size is None or (page.width, page.height) in size:
        return
    (width, height), *_ = size
    raise InputError(
        f"The result is of {page.width:,} by {page.height:,} points, but the picture has {width:,} by {height:,}.",
        "It is of another picture, or its boxes are counted otherwise.",
    )


def _read_size(kept: Kept, limits: Limits) -> list[tuple[int, int]] | None:
    """Return the picture's width and height, and them changed about where it is shown turned; None where it cannot be read."""
    try:
        (document, *_) = shared_process().read(kept.path, kept.taken.media_type, limits)
    except InputError:
        return None
    values = dict(document.facts.other) if document.facts else {}
    try:
        width, height = int(values["width"]), int(values["height"])
    except (KeyError, ValueError):
        return None
    return [(width, height), (height, width)] if values.get("exif Orientation") in _TURNED else [(width, height)]
