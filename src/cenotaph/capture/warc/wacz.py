"""Writing WACZ 1.1.1: WARC files, an index of what they hold and a list of pages, with the hash of every part."""

from __future__ import annotations

import gzip
import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from cenotaph.capture.warc.entries import PayloadEntry

VERSION = "1.1.1"
_CHUNK = 1 << 20
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Archived:
    """One WARC file of the archive.

    Parameters
    ----------
    name
        Its name in the archive, without a folder.
    path
        Where its bytes lie.
    entries
        What it holds.
    """

    name: str
    path: Path
    entries: tuple[PayloadEntry, ...]


@dataclass(frozen=True, slots=True)
class ListedPage:
    """A page that a reader of the archive begins from."""

    address: str
    at: str
    title: str
    text: str


def write_wacz(
    path: Path, files: Iterable[Archived], pages: Iterable[ListedPage], *, title: str, created: datetime, software: str
) -> None:
    """Write an archive.

    Parameters
    ----------
    path
        The file; it must not be there.
    created
        What it says of when it was made.
    """
    resources: list[dict[str, object]] = []
    index: list[str] = []
    with zipfile.ZipFile(path, "x", zipfile.ZIP_STORED, allowZip64=True) as out:
        for file in files:
            _add_file(out, resources, f"archive/{file.name}", file.path)
            index += (_index_line(entry, file.name) for entry in file.entries if _is_indexed(entry))
        lines = "".join(sorted(index)).encode("utf-8")
        _add_bytes(out, resources, "indexes/index.cdx.gz", gzip.compress(lines, mtime=0))
        _add_bytes(out, resources, "pages/pages.jsonl", "".join(_page_lines(pages)).encode("utf-8"))
        package: dict[str, Any] = {
            "profile": "data-package",
            "wacz_version": VERSION,
            "title": title,
            "created": created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "software": software,
            "resources": resources,
        }
        text = json.dumps(package, ensure_ascii=False, indent=2).encode("utf-8")
        _add_bytes(out, [], "datapackage.json", text)
        digest = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(text).hexdigest()}"}
        _add_bytes(out, [], "datapackage-digest.json", json.dumps(digest, indent=2).encode("ascii"))


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _LONG_AGO)
    info.external_attr = 0o644 << 16
    return info


def _add_bytes(out: zipfile.ZipFile, resources: list[dict[str, object]], name: str, data: bytes) -> None:
    out.writestr(_info(name), data)
    resources.append(_resource(name, hashlib.sha256(data).hexdigest(), len(data)))


def _add_file(out: zipfile.ZipFile, resources: list[dict[str, object]], name: str, path: Path) -> None:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as stream, out.open(_info(name), "w", force_zip64=True) as target:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            target.write(chunk)
    resources.append(_resource(name, digest.hexdigest(), size))


def _resource(name: str, digest: str, size: int) -> dict[str, object]:
    return {"name": name.rpartition("/")[2], "path": name, "hash": f"sha256:{digest}", "bytes": size}


def _is_indexed(entry: PayloadEntry) -> bool:
    return entry.kind in ("response", "resource", "revisit") and bool(entry.address)


def _index_line(entry: PayloadEntry, name: str) -> str:
    fields = {
        "url": entry.address,
        "mime": entry.media_type or "unk",
        "status": str(entry.status or 200),
        "digest": f"sha256:{entry.sha256}",
        "length": str(entry.length),
        "offset": str(entry.offset),
        "filename": name,
    }
    digits = "".join(c for c in entry.at if c.isdigit())[:14].ljust(14, "0")
    return f"{sort_key(entry.address)} {digits} {json.dumps(fields, ensure_ascii=False)}\n"


def sort_key(address: str) -> str:
    """Return an address as an index sorts it: its host from the end, then the rest, in lower case (SURT)."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host:
        return address.replace(" ", "%20").lower()
    labels = host.split(".")
    if labels[0] == "www" and len(labels) > 2:
        labels = labels[1:]
    key = ",".join(reversed(labels))
    if port and port != _PORTS.get(parts.scheme):
        key += f":{port}"
    query = "?" + "&".join(sorted(parts.query.split("&"))) if parts.query else ""
    return f"{key}){parts.path or '/'}{query}".replace(" ", "%20").lower()


def _page_lines(pages: Iterable[ListedPage]) -> Iterator[str]:
    head = {"format": "json-pages-1.0", "id": "pages", "title": "Pages"}
    yield json.dumps(head) + "\n"
    for page in pages:
        identifier = hashlib.sha256(f"{page.address} {page.at}".encode()).hexdigest()[:20]
        line = {"id": identifier, "url": page.address, "ts": page.at, "title": page.title, "text": page.text}
        yield json.dumps({key: value for key, value in line.items() if value}, ensure_ascii=False) + "\n"


def check_wacz(stream: BinaryIO) -> list[str]:
    """Return what is wrong with an archive: parts that are missing, not listed, or not the bytes that it says.

    Raises
    ------
    OSError, ValueError, zipfile.BadZipFile
        It is none.
    """
    wrong: list[str] = []
    with zipfile.ZipFile(stream) as archive:
        names = set(archive.namelist())
        if "datapackage.json" not in names:
            raise ValueError("datapackage.json is missing")
        text = archive.read("datapackage.json")
        if "datapackage-digest.json" in names:
            stated = json.loads(archive.read("datapackage-digest.json")).get("hash")
            if stated != f"sha256:{hashlib.sha256(text).hexdigest()}":
                wrong.append("datapackage.json is not the one that datapackage-digest.json names")
        listed = {"datapackage.json", "datapackage-digest.json"}
        package = json.loads(text)
        if not isinstance(package, dict) or not isinstance(package.get("resources"), list):
            raise ValueError("datapackage.json lists no resources")
        for resource in package["resources"]:
            name = str(resource["path"])
            listed.add(name)
            if name not in names:
                wrong.append(f"{name} is missing")
                continue
            digest = hashlib.sha256()
            with archive.open(name) as part:
                while chunk := part.read(_CHUNK):
                    digest.update(chunk)
            kind, _, value = str(resource["hash"]).partition(":")
            if kind == "sha256" and value != digest.hexdigest():
                wrong.append(f"{name} does not hold the bytes that datapackage.json says")
        wrong += [f"{name} is not listed" for name in sorted(names - listed) if not name.endswith("/")]
    return wrong
