"""Signing a release's folder, and checking it as a stranger would."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cenotaph.domain.errors import DamagedFileError, InputError, NotFoundError
from cenotaph.publish.release_files import BUILT, SIGNATURE, SUMS
from cenotaph.publish.signing import Signed, is_signer, read_signature, sign_release

__all__ = ["Checked", "Signed", "check_release", "sign_release", "verify_folder"]

_MATCHES = "Everything matches."
"""The last line of the release's own check, where nothing is wrong."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found: whether everything matches, what it said, and who signed it where anybody did."""

    sound: bool
    lines: tuple[str, ...]
    signed: Signed | None


def check_release(folder: Path, signer: str | None = None) -> Checked:
    """Check a release's files, figures and signature.

    Parameters
    ----------
    signer
        Whose signature it must have: a public key, a fingerprint, or the text of a file of allowed signers.

    Raises
    ------
    NotFoundError, InputError
        The folder is no release, or no signer is named.
    """
    if signer is not None and not signer.strip():
        raise InputError("No signer is named.", "Give a public key, its fingerprint, or a file of allowed signers.")
    sound, lines = verify_folder(folder)
    try:
        signed = read_signature(folder)
    except DamagedFileError as error:
        return Checked(False, (*(line for line in lines if line != _MATCHES), f"WRONG  {error}"), None)
    if signed is None:
        said = [f"{SIGNATURE}: there is none."]
        sound = sound and signer is None
    elif signer is None:
        said = [f"{SIGNATURE}: signed by {signed.fingerprint}. Whose key that is nothing here says: --signer checks it."]
    else:
        known = is_signer(signed, signer)
        said = [f"{SIGNATURE}: signed by {signed.fingerprint}, {'the' if known else 'WRONG  not the'} signer that was named."]
        sound = sound and known
    if (folder / BUILT).is_file():
        said.append(f"{BUILT}: says when and where it was built, and is covered by nothing.")
    *rest, verdict = lines or [""]
    if not sound and verdict == _MATCHES:  # The last line is what is remembered.
        verdict = "The files match each other; the signature is not what was asked for."
    return Checked(sound, (*rest, *said, verdict), signed)


def verify_folder(folder: Path) -> tuple[bool, list[str]]:
    """Run a release's own check as a stranger would; return whether everything matches, and what it said.

    The script that runs is this program's, not the folder's.

    Raises
    ------
    NotFoundError
        The folder is no release.
    """
    import subprocess
    import sys

    from cenotaph.publish.release_files import VERIFY

    if not (folder / SUMS).is_file():
        raise NotFoundError(f"{folder} is no release: it has no {SUMS}.", "Name a folder that `release build` wrote.")
    code = VERIFY.read_text(encoding="utf-8")
    done = subprocess.run(  # Its own process: what it reads is not ours.
        [sys.executable, "-I", "-", str(folder.absolute())], input=code, capture_output=True, text=True, check=False
    )
    lines = [*done.stdout.splitlines(), *done.stderr.splitlines()]
    wrong = [f"WRONG  {problem}" for problem in compare_parquet(folder / "data")]
    *rest, verdict = lines or [""]
    if wrong:
        return False, [*rest, *wrong, verdict if verdict != _MATCHES else f"{len(wrong)} things are wrong."]
    return done.returncode == 0, [*rest, "data/*.parquet: every table has the rows of its CSV file.", verdict]


def compare_parquet(data: Path) -> Iterator[str]:
    """Yield every table of a release whose Parquet file is missing, cannot be read, or says something else than its CSV file."""
    import csv
    from collections import Counter

    import pyarrow as pa
    import pyarrow.parquet as pq

    from cenotaph.domain.spreadsheets import rearm

    tables = {path.stem for path in data.glob("*.csv")}
    for stray in sorted(path.stem for path in data.glob("*.parquet") if path.stem not in tables):
        yield f"data/{stray}.parquet: there is no CSV file beside it"
    for name in sorted(tables):
        path = data / f"{name}.parquet"
        if not path.is_file():
            yield f"data/{name}.parquet: is missing"
            continue
        try:
            with (data / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
                head, *rows = ([rearm(cell) for cell in row] for row in csv.reader(stream))
            table = pq.read_table(path)
            columns = [list(map(_plain, table[column].to_pylist())) for column in table.column_names]
        except (OSError, ValueError, pa.ArrowException) as error:
            yield f"data/{name}.parquet: cannot be compared: {str(error)[:200]}"
            continue
        copied = Counter(zip(*columns, strict=True))
        if table.column_names != head or copied != Counter(map(tuple, rows)):
            yield f"data/{name}.parquet: is not what data/{name}.csv says"


def _plain(cell: object) -> str:
    """Return a cell as the CSV file writes it."""
    return "" if cell is None else ("true" if cell else "false") if isinstance(cell, bool) else str(cell)
