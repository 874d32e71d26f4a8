"""A folder for a court or another newsroom: one capture, its custody and its proof, checkable with common tools alone."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from cenotaph.capture.clear_copies import readable_path
from cenotaph.capture.media_types import WARC
from cenotaph.capture.objects import ObjectState, check_object
from cenotaph.casebook import bulk
from cenotaph.casebook.failures import told_apart
from cenotaph.casebook.ledger import Actor
from cenotaph.casebook.store import Casebook
from cenotaph.domain.errors import LedgerBrokenError, RefusedError
from cenotaph.services.capture_record import LAST_DETAIL
from cenotaph.services.custody import Custody, read_custody
from cenotaph.services.custody_page import custody_page
from cenotaph.services.private import refusal
from cenotaph.services.seals import resolve_id
from cenotaph.services.stamps import find_stamps, read_entry

_TEMPLATES = Path(__file__).parent / "templates"
_SUMS = "SHA256SUMS"
_MOST_FILES = 200
_ENDINGS = {
    "text/html": ".html",
    "text/plain": ".txt",
    "text/csv": ".csv",
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "message/rfc822": ".eml",
    "multipart/related": ".mhtml",
    "application/wacz": ".wacz",
}


@dataclass(frozen=True, slots=True)
class Bundle:
    """What was written: the folder, the hash of its list of sums, how many files, and which entries and stamps it holds."""

    path: Path
    sums: str
    files: int
    first_entry: int
    last_entry: int
    stamps: int


def write_bundle(casebook: Casebook, actor: Actor, start: str, folder: Path, *, private: bool = False) -> Bundle:
    """Write a capture with everything that proves it into a new folder.

    Parameters
    ----------
    start
        The capture's id or its beginning.
    private
        Also where it is an original that tells of whoever made it, or a picture that does (EXIF).

    Raises
    ------
    RefusedError
        The folder is there already, or the capture is under seal or private.
    LedgerBrokenError
        Its bytes or an entry are not the ones that were kept.
    """
    folder = folder.absolute()
    if folder.exists():
        raise RefusedError(f"{folder.name} exists already.", "Name a new folder.")
    if not folder.parent.is_dir():
        raise RefusedError(f"There is no folder {folder.parent}.", "Make it first.")
    capture = resolve_id("capture", start)
    custody = read_custody(capture, private=private)
    if custody.size is None:
        raise RefusedError(f"Capture {capture[:12]} is under seal: nothing of it is left.", "Look at its tombstone.")
    if check_object(casebook.objects, capture) is not ObjectState.OK:
        raise LedgerBrokenError(f"Capture {capture} has not the bytes that were kept.", "Run `cenotaph ledger verify`.")
    if not private and (why := refusal(casebook, capture)):
        raise why
    with told_apart():
        building = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        with told_apart():
            first, last, stamps = _fill(casebook, custody, building)
            sums, files = _write_sums(building)
        with casebook.writing(actor, "capture bundle") as entry:
            entry.detail.update({"captures": [capture], "sha256": sums, "private": private})
        with told_apart():
            building.chmod(0o755)
            building.rename(folder)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return Bundle(folder, sums, files, first, last, stamps)


def _fill(casebook: Casebook, custody: Custody, folder: Path) -> tuple[int, int, int]:
    for name in ("capture", "text", "ledger", "stamps"):
        (folder / name).mkdir()
    kept = readable_path(casebook.objects, custody.id)
    own = f"{custody.id}{_find_ending(custody, kept)}"
    shutil.copyfile(kept, folder / "capture" / own)
    _write_texts(custody.id, folder / "text")
    (folder / "custody.json").write_text(json.dumps(asdict(custody), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (folder / "custody.html").write_bytes(custody_page(custody))
    first = min(step.entry for step in custody.steps)
    stamped = find_stamps(first)
    last = stamped[0][0] if stamped else casebook.settled_head().number
    for number in range(first, last + 1):
        (folder / "ledger" / f"{number:09}.json").write_bytes(read_entry(number)[0])
    for at, (number, reply, roots) in enumerate(stamped, 1):
        (folder / "stamps" / f"{number:09}-{at}.tsr").write_bytes(reply)
        (folder / "stamps" / f"{number:09}-{at}.pem").write_bytes(roots)
    for name in ("README.txt", "check.sh"):
        text = (_TEMPLATES / f"bundle-{name}").read_text(encoding="utf-8")
        for key, value in {"CAPTURE": custody.id, "NAME": own, "FIRST": f"{first:09}", "LAST": f"{last:09}"}.items():
            text = text.replace(f"@{key}@", value)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "check.sh").chmod(0o755)
    return first, last, len(stamped)


def _find_ending(custody: Custody, kept: Path) -> str:
    if custody.media_type == WARC:
        with kept.open("rb") as stream:
            return ".warc.gz" if stream.read(2) == b"\x1f\x8b" else ".warc"
    return _ENDINGS.get(custody.media_type or "", ".bin")


def _write_texts(capture: str, folder: Path) -> None:
    sql = (
        "SELECT d.id, d.text, d.reader, d.reader_version, d.language, d.published_on, t.part, t.facts, t.places FROM document d "  # noqa: S608
        f"LEFT JOIN document_detail t ON t.document = d.id AND {LAST_DETAIL} "
        'WHERE d.capture = %s AND d.text IS NOT NULL ORDER BY d."row"'
    )
    counted = bulk.fetch_one("SELECT COUNT(*) FROM document WHERE capture = %s AND text IS NOT NULL", [capture])
    together = folder / "texts.jsonl" if counted and counted[0] > _MOST_FILES else None
    names = ("id", "reader", "reader_version", "language", "published_on", "part")
    number = 0
    for chunk in bulk.stream_rows(sql, [capture]):
        for identifier, text, reader, version, language, published, part, facts, places in chunk:
            number += 1
            values: dict[str, object] = dict(zip(names, (identifier, reader, version, language, published, part), strict=True))
            values["facts"] = json.loads(facts) if facts else None
            values["places"] = json.loads(places) if places else None
            if together is not None:
                with together.open("a", encoding="utf-8") as stream:
                    stream.write(json.dumps({**values, "text": text}, ensure_ascii=False) + "\n")
                continue
            (folder / f"{number:06}.txt").write_text(text, encoding="utf-8", newline="")
            (folder / f"{number:06}.json").write_text(json.dumps(values, ensure_ascii=False) + "\n", encoding="utf-8")


def _write_sums(folder: Path) -> tuple[str, int]:
    lines: list[str] = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
                os.fsync(stream.fileno())
            lines.append(f"{digest}  {path.relative_to(folder).as_posix()}\n")
    text = "".join(lines).encode("utf-8")
    (folder / _SUMS).write_bytes(text)
    return hashlib.sha256(text).hexdigest(), len(lines)
