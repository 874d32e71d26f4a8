"""What a file is: by its first bytes where they tell, else by its name, else by whether it is text."""

from __future__ import annotations

import os
import re
import zlib
from pathlib import Path
from typing import BinaryIO

from cenotaph.capture.files import open_regular

PLAIN_TEXT = "text/plain"
CSV = "text/csv"
TSV = "text/tab-separated-values"
HTML = "text/html"
XHTML = "application/xhtml+xml"
PDF = "application/pdf"
EML = "message/rfc822"
MHTML = "multipart/related"
WARC = "application/warc"
WACZ = "application/wacz"
CHAT = "application/vnd.cenotaph.chat"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLS = "application/vnd.ms-excel"
ZIP = "application/zip"
UNKNOWN = "application/octet-stream"

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
_MAGIC = (
    (b"%PDF-", PDF),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"WARC/1.", WARC),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"fLaC", "audio/flac"),
    (b"\x1aE\xdf\xa3", "video/webm"),
)
_GZIP_MAGIC = b"\x1f\x8b"
_MIXED = re.compile(rb"^content-type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)
_MAIL = re.compile(rb"^(?:from|to|date|subject|received|return-path|message-id|mime-version):", re.IGNORECASE | re.MULTILINE)
# Types that their bytes do not tell; a name that promises one of the others above without its bytes is not
# believed.
_BY_NAME = {
    ".txt": PLAIN_TEXT,
    ".text": PLAIN_TEXT,
    ".md": PLAIN_TEXT,
    ".log": PLAIN_TEXT,
    ".csv": CSV,
    ".tsv": TSV,
    ".tab": TSV,
    ".xlsx": XLSX,
    ".xlsm": XLSX,
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": XHTML,
    ".json": "application/json",
    ".jsonl": "application/x-ndjson",
    ".xml": "application/xml",
    ".eml": EML,
    ".mht": MHTML,
    ".mhtml": MHTML,
}
_PAGE = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,400}?-->\s*)?<(?:!doctype\s+html|html)\b",
    re.IGNORECASE | re.DOTALL,
)
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_HEAD_BYTES = 8192
_TAIL_BYTES = 65_557  # The end record of a zip with the longest comment.
_DIRECTORY_BYTES = 4 * 1024 * 1024


def find_media_type(path: Path) -> str:
    """Return a file's media type.

    A workbook's name is believed without its bytes, so that what is mislabelled or cut short ends in an error
    when it is read, instead of being kept quietly as something else.

    Raises
    ------
    InputError
        It is no regular file, or cannot be opened.
    """
    with open_regular(path) as stream:
        return find_type(stream, path.name)


def find_type(stream: BinaryIO, name: str) -> str:
    """Return the media type of an open file with a name; the stream is left at its beginning."""
    stream.seek(0)
    head = stream.read(_HEAD_BYTES)
    suffix = Path(name.lower()).suffix
    named = _BY_NAME.get(suffix)
    try:
        if head.startswith(_ZIP_MAGIC):
            return _find_packed(stream, named)
        if head.startswith(OLE_MAGIC):
            return XLSX if named == XLSX else {".xls": XLS, ".doc": "application/msword"}.get(suffix, UNKNOWN)
        for magic, media_type in _MAGIC:
            if head.startswith(magic):
                return media_type
        if head.startswith(_GZIP_MAGIC):
            return WARC if _unpack_start(head).startswith(b"WARC/1.") else "application/gzip"
        if head.startswith(b"RIFF") and head[8:12] in (b"WEBP", b"WAVE", b"AVI "):
            return {b"WEBP": "image/webp", b"WAVE": "audio/wav"}.get(head[8:12], "video/x-msvideo")
        if head[4:8] == b"ftyp":
            return "audio/mp4" if head[8:11] == b"M4A" else "video/mp4"
        if named == EML and _MIXED.search(head[:4096]) and b"snapshot-content-location" in head.lower():
            return MHTML
        if named == PLAIN_TEXT and _PAGE.match(head):
            return HTML  # A page that was saved under the name of a text.
        return named or _find_text(head)
    finally:
        stream.seek(0)


def _unpack_start(head: bytes) -> bytes:
    try:
        return zlib.decompressobj(zlib.MAX_WBITS + 16).decompress(head, 64)
    except zlib.error:
        return b""


def _find_packed(stream: BinaryIO, named: str | None) -> str:
    """Tell workbooks and documents from other zip files by the names in the directory, without unpacking."""
    size = stream.seek(0, os.SEEK_END)
    stream.seek(max(0, size - _TAIL_BYTES))
    tail = stream.read(_TAIL_BYTES)
    at = tail.rfind(b"PK\x05\x06")
    directory = b""
    if at >= 0 and len(tail) - at >= 22:
        length, start = (int.from_bytes(tail[at + i : at + i + 4], "little") for i in (12, 16))
        if length <= _DIRECTORY_BYTES and start + length <= size:
            stream.seek(start)
            directory = stream.read(length)
    if named == XLSX or (b"[Content_Types].xml" in directory and b"xl/workbook" in directory):
        return XLSX
    if b"[Content_Types].xml" in directory and b"word/document" in directory:
        return DOCX
    if b"datapackage.json" in directory and b"archive/" in directory:
        return WACZ
    return ZIP


def _find_text(head: bytes) -> str:
    if b"<html" in head[:1024].lower() or b"<!doctype html" in head[:1024].lower():
        return HTML
    if len(_MAIL.findall(head[:2048])) >= 3:
        return MHTML if _MIXED.search(head[:4096]) else EML
    if head.startswith(_BOMS):
        return PLAIN_TEXT
    if not head or b"\0" in head:
        return UNKNOWN
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        # A character that the end of the sample cuts through is no fault of the file.
        if len(head) < _HEAD_BYTES or error.start < len(head) - 3:
            return UNKNOWN
    return PLAIN_TEXT
