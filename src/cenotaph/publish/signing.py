"""Signing a release with an OpenSSH key of the kind Ed25519, so that ``ssh-keygen`` alone checks it.

The form is OpenSSH's SSHSIG (PROTOCOL.sshsig of OpenSSH): the signed words are ``SSHSIG``, a namespace, a hash's name and the
hash of the file. The file is ``SHA256SUMS``, which covers every other; the signature lies beside it and is covered by nothing.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import struct
from dataclasses import dataclass
from pathlib import Path

from cenotaph.domain.errors import DamagedFileError, InputError, NotFoundError, RefusedError
from cenotaph.publish.release_files import SIGNATURE, SUMS

NAMESPACE = "cenotaph-release"
_MAGIC, _HASH, _KIND = b"SSHSIG", b"sha512", b"ssh-ed25519"
_BEGIN, _END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature that holds: the signer's public key as OpenSSH writes it, and its fingerprint."""

    key: str
    fingerprint: str


def sign_release(folder: Path, key: Path, password: bytes | None = None) -> Signed:
    """Sign a release; an earlier signature is never replaced.

    Parameters
    ----------
    key
        An OpenSSH private key of the kind Ed25519, as ``ssh-keygen -t ed25519`` makes it.
    password
        The key's own, where it has one.

    Raises
    ------
    NotFoundError, InputError
        The folder is no release, or the key is none of this kind or needs a password.
    RefusedError
        There is a signature.
    """
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    sums = _read_sums(folder)
    path = folder / SIGNATURE
    if path.exists():
        raise RefusedError(f"{folder} is signed: a signature is never replaced.", "Verify it with `cenotaph release verify`.")
    try:
        private = serialization.load_ssh_private_key(key.read_bytes(), password)
    except (ValueError, TypeError, OSError, UnsupportedAlgorithm) as error:
        raise InputError(f"{key} is no private key that can be read: {error}.", "Make one: `ssh-keygen -t ed25519`.") from error
    if not isinstance(private, Ed25519PrivateKey):
        raise InputError(f"{key} is a key of another kind.", "Make one: `ssh-keygen -t ed25519`.")
    raw = private.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    public = _pack(_KIND) + _pack(raw)
    made = private.sign(_signed_words(sums))
    blob = _MAGIC + struct.pack(">I", 1) + _pack(public) + _pack(NAMESPACE.encode()) + _pack(b"") + _pack(_HASH)
    blob += _pack(_pack(_KIND) + _pack(made))
    text = base64.b64encode(blob).decode()
    lines = [text[at : at + 70] for at in range(0, len(text), 70)]
    path.write_text("\n".join([_BEGIN, *lines, _END, ""]), encoding="ascii", newline="\n")
    return _describe(public)


def read_signature(folder: Path) -> Signed | None:
    """Return who signed a release, once the signature has been checked; None where there is none.

    Raises
    ------
    NotFoundError
        The folder is no release.
    DamagedFileError
        The signature is not of this release, or none at all.
    """
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    sums = _read_sums(folder)
    path = folder / SIGNATURE
    if not path.is_file():
        return None
    try:
        public, made = _parse(path.read_text(encoding="ascii"))
        kind, rest = _take(public)
        raw, _ = _take(rest)
        if kind != _KIND:
            raise ValueError("the key is of another kind than Ed25519")
        Ed25519PublicKey.from_public_bytes(raw).verify(made, _signed_words(sums))
    except (ValueError, binascii.Error, struct.error) as error:
        raise DamagedFileError(f"{path} is no signature of a release: {error}.", "Get the release again.") from error
    except InvalidSignature as error:
        raise DamagedFileError(f"{path} is not the signature of this {SUMS}.", "Get the release again.") from error
    return _describe(public)


def is_signer(signed: Signed, known: str) -> bool:
    """Tell whether a signature is of a key that is known: a public key, its fingerprint, or a file of allowed signers."""
    return signed.fingerprint in known.split() or signed.key.split()[1] in re.split(r"\s+", known)


def _signed_words(sums: bytes) -> bytes:
    digest = hashlib.sha512(sums).digest()
    return _MAGIC + _pack(NAMESPACE.encode()) + _pack(b"") + _pack(_HASH) + _pack(digest)


def _parse(text: str) -> tuple[bytes, bytes]:
    """Return the public key and the signature's bytes."""
    lines = [line.strip() for line in text.strip().splitlines()]
    if not lines or (lines[0], lines[-1]) != (_BEGIN, _END):
        raise ValueError("it does not begin and end as one")
    blob = base64.b64decode("".join(lines[1:-1]), validate=True)
    if blob[:6] != _MAGIC or struct.unpack(">I", blob[6:10])[0] != 1:
        raise ValueError("it is of another version")
    public, rest = _take(blob[10:])
    namespace, rest = _take(rest)
    _, rest = _take(rest)
    name, rest = _take(rest)
    made, rest = _take(rest)
    if (namespace, name, rest) != (NAMESPACE.encode(), _HASH, b""):
        raise ValueError(f"it was made for another purpose than {NAMESPACE}, or with another hash than SHA-512")
    kind, made = _take(made)
    signature, _ = _take(made)
    if kind != _KIND:
        raise ValueError("it is of another kind than Ed25519")
    return public, signature


def _pack(data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + data


def _take(data: bytes) -> tuple[bytes, bytes]:
    length = struct.unpack(">I", data[:4])[0]
    if len(data) < 4 + length:
        raise ValueError("it is cut short")
    return data[4 : 4 + length], data[4 + length :]


def _describe(public: bytes) -> Signed:
    digest = base64.b64encode(hashlib.sha256(public).digest()).decode().rstrip("=")
    return Signed(f"{_KIND.decode()} {base64.b64encode(public).decode()}", f"SHA256:{digest}")


def _read_sums(folder: Path) -> bytes:
    path = folder / SUMS
    if not path.is_file():
        raise NotFoundError(f"{folder} is no release: it has no {SUMS}.", "Name a folder that `release build` wrote.")
    return path.read_bytes()
