"""How each person stands, kept from build to build beside the derived files: what did not change is not worked out again.

A line of a file holds one person as a release needs them, under a key that commits to everything they rest on: each of their
reports (its row, who speaks, its lineage, what was judged of it), remains, reviewers' words, the standard and the scope, and
this program's own code. A key that does not match is a person who is worked out anew; so a file can be old, but never wrong.

A file's name is the authentication code of its bytes under a secret of the casebook. One that is cut off, changed, or of
another casebook has the wrong name: it is deleted and nothing of it is used. All of them lie in the folder that a seal
deletes, and may be deleted at any time.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from cenotaph.assess.scope import Scope
from cenotaph.assess.standard import Standard
from cenotaph.casebook import bulk
from cenotaph.casebook.derived import KEPT_PEOPLE
from cenotaph.domain.canonical import canonical_json
from cenotaph.services.evidence import Held
from cenotaph.services.stood import Stood, read_stood, write_stood

_KEY = 32
_MOST = 8
"""So many files at most; then one is written with everybody."""


class KeptPeople:
    """The files of one casebook under one standard and scope.

    Parameters
    ----------
    folder
        Where derived files of the record as it stands lie; held by whoever makes this.
    """

    def __init__(self, folder: Path, held: Held, standard: Standard, scope: Scope | None) -> None:
        self._folder = folder
        self._secret = _make_secret()
        rules = (standard.record(), scope.record() if scope else None)
        rests_on = [code_version(), sys.version, *map(canonical_json, rules)]
        context = hmac.digest(self._secret or b"", json.dumps(rests_on).encode(), "sha256")
        self._keys = dict(_make_keys(held, context)) if self._secret else {}

    def read(self) -> dict[str, Stood]:
        """Return those of the people who were kept and have not changed since."""
        wanted = {key.encode(): person for person, key in self._keys.items()}
        found: dict[str, Stood] = {}
        for path in self._list():
            data = self._open(path)
            if data is None:
                continue
            for line in data.splitlines():
                person = wanted.get(line[:_KEY])
                if person is not None and person not in found:
                    found[person] = read_stood(person, line[_KEY:])
        return found

    def write(self, everybody: Mapping[str, Stood], new: Iterable[str]) -> None:
        """Keep people: the new ones beside the files that are there, or everybody, where files have become many.

        What cannot be written (a full disk, a folder that is read only) is not kept, and no build fails for it.
        """
        if self._secret is None:
            return
        news, before = list(new), self._list()
        if not news:
            return
        whole = len(before) >= _MOST or 2 * len(news) > len(everybody)
        chosen = everybody if whole else {person: everybody[person] for person in news}
        with contextlib.suppress(OSError):
            self._store(chosen)
            for path in before if whole else ():
                path.unlink(missing_ok=True)

    def _store(self, people: Mapping[str, Stood]) -> None:
        """Write people beside and move them into place, under the name that their bytes give."""
        assert self._secret is not None
        building = self._folder / f".{os.getpid()}-{KEPT_PEOPLE}.building"
        code = hmac.new(self._secret, digestmod="sha256")
        try:
            with os.fdopen(os.open(building, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
                for person, stood in people.items():
                    line = f"{self._keys[person]}{write_stood(stood)}\n".encode("ascii")
                    code.update(line)
                    stream.write(line)
            building.rename(self._folder / f"{KEPT_PEOPLE}-{code.hexdigest()}.jsonl")
        finally:
            building.unlink(missing_ok=True)

    def _list(self) -> list[Path]:
        return sorted(self._folder.glob(f"{KEPT_PEOPLE}-*.jsonl"))

    def _open(self, path: Path) -> bytes | None:
        """Return the bytes of a file that has the name they give; delete any other."""
        if self._secret is None:
            return None
        with contextlib.suppress(OSError):
            data = path.read_bytes()
            if hmac.compare_digest(f"{KEPT_PEOPLE}-{hmac.digest(self._secret, data, 'sha256').hex()}.jsonl", path.name):
                return data
            path.unlink()
        return None


@cache
def code_version() -> str:
    """Return a hash of this program's code: other code may come to other conclusions."""
    return hash_code(Path(__file__).parents[1])


def hash_code(root: Path) -> str:
    """Return a hash of every Python file below a folder, with its name."""
    total = hashlib.sha256()
    for path in sorted(root.rglob("*.py")):
        total.update(f"{path.relative_to(root).as_posix()}\0".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _make_secret() -> bytes | None:
    """Return what files are named with: it rests on a salt of the record that nothing outside the casebook has."""
    found = bulk.fetch_one('SELECT salt FROM link_run ORDER BY "row" LIMIT 1')
    return hmac.digest(bytes(found[0]), b"people kept", "sha256") if found and found[0] is not None else None


def _make_keys(held: Held, context: bytes) -> Iterator[tuple[str, str]]:
    """Yield everybody with the key that commits to what they rest on."""
    table, beside = held.table, held.beside
    hashes = _hash_rows(held)
    ids = table["id"].to_pylist()
    tokens: dict[tuple[object, ...], bytes] = {}
    places = zip(*(table[name].to_pylist() for name in ("list", "document", "reading")), strict=True)
    rows: list[bytes] = []
    for identifier, place, hashed in zip(ids, places, hashes, strict=True):
        token = tokens.get(place)
        if token is None:
            list_id, document, reading = place
            said = [*beside.speaker(list_id, document), str(beside.released.get(reading))]
            token = tokens[place] = json.dumps(said).encode()
        report = identifier.hex()
        judged, host, first = beside.judged.get(report), beside.hosts.get(report), beside.first_released.get(report)
        own = json.dumps([report, hashed, judged, host, str(first)]).encode()
        rows.append(own + token)
    for person, owned in held.owners.items():
        remains = [repr(item) for item in held.remains.get(person, ())]
        words = [person, held.resolutions[person], repr(held.fates.get(person)), held.scopes.get(person), remains]
        total = hashlib.blake2b(json.dumps(words).encode(), digest_size=_KEY // 2, key=context)
        total.update(b"\n".join(rows[place] for place in owned))
        yield person, total.hexdigest()


def _hash_rows(held: Held) -> list[int]:
    """Return a number for every row that changes with any of its cells; what a row's id does not commit to is in it."""
    import duckdb

    names = ", ".join(f'"{name}"' for name in held.table.column_names if name != "report")
    connection = duckdb.connect(config={"threads": 2})
    try:
        connection.register("standing", held.table)
        found = connection.sql(f"SELECT hash({names}) AS hashed FROM standing").fetchnumpy()  # noqa: S608
        return found["hashed"].tolist()  # type: ignore[no-any-return]
    finally:
        connection.close()
