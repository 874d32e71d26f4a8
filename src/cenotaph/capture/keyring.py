"""Keys of captures, one each, in a folder outside the casebook: who destroys a key destroys the capture, wherever copies lie."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

from cenotaph.domain.errors import RefusedError, StoreError

KEY_BYTES = 32
_ENDING = ".key"


class Keyring:
    """A folder of keys.

    Parameters
    ----------
    folder
        Where they lie.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def find(self, sha256: str) -> bytes | None:
        """Return a capture's key, None where there is none.

        Raises
        ------
        StoreError
            It cannot be read, or is none.
        """
        try:
            text = self._path(sha256).read_text(encoding="ascii").strip()
            key = bytes.fromhex(text)
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            hint = "Get the keyring from its own backup."
            raise StoreError(f"The key of capture {sha256[:12]} cannot be read.", hint) from error
        if len(key) != KEY_BYTES:
            raise StoreError(f"The key of capture {sha256[:12]} is cut short.", "Get the keyring from its own backup.")
        return key

    def put(self, sha256: str, key: bytes) -> None:
        """Write a capture's key, durable, for nobody else to read.

        Raises
        ------
        StoreError
            The folder cannot be written.
        """
        path = self._path(sha256)
        partial = path.with_suffix(".new")
        try:
            path.parent.mkdir(exist_ok=True, mode=0o700)  # Never the keyring itself: a disk may have gone meanwhile.
            handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as stream:
                stream.write(key.hex() + "\n")
                stream.flush()
                os.fsync(stream.fileno())
            partial.replace(path)
            _sync(path.parent)
        except OSError as error:
            raise StoreError(f"The keyring cannot be written: {error.strerror}.", "Is the disk it lies on there?") from error

    def destroy(self, sha256: str) -> None:
        """Overwrite and remove a capture's key; safe to repeat.

        Raises
        ------
        StoreError
            It is still there.
        """
        path = self._path(sha256)
        try:
            with path.open("r+b") as stream:
                stream.write(b"0" * (2 * KEY_BYTES))
                stream.flush()
                os.fsync(stream.fileno())
            path.unlink()
            _sync(path.parent)
        except FileNotFoundError:
            if not self.folder.is_dir():
                raise StoreError(f"The keyring {self.folder} is not there.", "Mount the disk it lies on; run it again.") from None
        except OSError as error:
            raise StoreError(
                f"The key of capture {sha256[:12]} cannot be destroyed: {error.strerror}.", "Is the keyring there? Run it again."
            ) from error

    def _path(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / (sha256 + _ENDING)


_IN_USE: dict[Path, Keyring] = {}


def use_keyring(objects: Path, words: str) -> None:
    """Say which keyring the captures of a folder have; none where ``words`` is empty.

    A keyring that is not there is made, unless captures are encrypted already: then it was lost, or its disk is not mounted.

    Raises
    ------
    RefusedError
        It lies in the casebook itself, others can read it, or it is not there and captures are encrypted.
    """
    if not words:
        _IN_USE.pop(objects, None)
        return
    folder = Path(words).expanduser()
    if not folder.is_absolute() or folder.resolve().is_relative_to(objects.parent.resolve()):
        raise RefusedError(
            "The keyring lies in the casebook, or its path is not whole: whoever takes the one would have the other.",
            "Write store.keyring as a whole path outside the casebook, best on another disk.",
        )
    if _is_empty(folder) and _has_encrypted(objects):
        raise RefusedError(
            f"The keyring {folder} is not there, or is empty, and captures of this casebook are encrypted.",
            "Mount the disk it lies on, or get it from its backup. Lost for good? Make the folder, and a file LOST in it.",
        )
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        mode = folder.stat().st_mode
    except OSError as error:
        raise StoreError(f"The keyring {folder} cannot be opened: {error.strerror}.", "Is the disk it lies on there?") from error
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise RefusedError(f"Others can read the keyring {folder}.", f"Run `chmod 700 {folder}`.")
    _IN_USE[objects] = Keyring(folder)


def _is_empty(folder: Path) -> bool:
    """Tell whether a folder is not there or holds nothing, as where a disk is mounted."""
    try:
        return next(folder.iterdir(), None) is None
    except FileNotFoundError:
        return True
    except OSError:
        return False  # Whoever opens it says what is wrong.


def _has_encrypted(objects: Path) -> bool:
    from cenotaph.capture.encryption import is_encrypted

    for path in objects.glob("??/*"):
        try:
            with path.open("rb") as stream:
                if is_encrypted(stream):
                    stream.seek(0)
                    if hashlib.file_digest(stream, "sha256").hexdigest() != path.name:  # Else it only begins like one.
                        return True
        except OSError:
            continue
    return False


def keyring_of(objects: Path) -> Keyring | None:
    """Return the keyring of a folder of captures, None where captures are kept as they are."""
    return _IN_USE.get(objects)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
