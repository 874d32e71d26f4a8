"""Adding the text that was read off a picture or the pages of a PDF: a document of the capture, with the box of every word."""

from __future__ import annotations

from pathlib import Path

from cenotaph.capture.recognition import MEDIA_TYPES, make_document, read_result, recognise
from cenotaph.casebook.ledger import Actor
from cenotaph.casebook.store import Casebook
from cenotaph.domain.errors import InputError, RefusedError
from cenotaph.services.capture_record import CaptureRecorder, Intake, document_id, has_sealed_text
from cenotaph.services.captures import read_limits
from cenotaph.services.intakes import taking_in
from cenotaph.services.kept_tables import find_kept


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
        The capture is no picture or PDF, or what was read cannot be.
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
    identifier = document_id(capture, document)
    with taking_in(casebook, read_limits(casebook.settings)) as intakes, casebook.writing(actor, "capture recognise") as entry:
        recorder = CaptureRecorder(entry, intakes, None, language, None)
        recorder.add_document(capture, document)
        recorder.write()
        read_by = f"{document.reader} {document.reader_version}"
        entry.detail.update({"capture": capture, "document": identifier, "reader": read_by})
    return Intake(kept.taken.name, capture, identifier, note=f"{len(document.places):,} words", documents=1)
