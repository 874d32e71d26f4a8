"""Keys of captures, one each, in a folder outside the casebook: who destroys a key destroys the capture, wherever copies lie."""

from __future__ import annotations

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
        Where they lie; made where it is not there.
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
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
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
            return
        except OSError as error:
            raise StoreError(
                f"The key of capture {sha256[:12]} cannot be destroyed: {error.strerror}.", "Is the keyring there? Run it again."
            ) from error

    def _path(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / (sha256 + _ENDING)


_IN_USE: dict[Path, Keyring] = {}


def use_keyring(objects: Path, words: str) -> None:
    """Say which keyring the captures of a folder have; none where ``words`` is empty.

    Raises
    ------
    RefusedError
        It lies in the casebook itself, or others can read it.
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
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        mode = folder.stat().st_mode
    except OSError as error:
        raise StoreError(f"The keyring {folder} cannot be opened: {error.strerror}.", "Is the disk it lies on there?") from error
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise RefusedError(f"Others can read the keyring {folder}.", f"Run `chmod 700 {folder}`.")
    _IN_USE[objects] = Keyring(folder)


def keyring_of(objects: Path) -> Keyring | None:
    """Return the keyring of a folder of captures, None where captures are kept as they are."""
    return _IN_USE.get(objects)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
