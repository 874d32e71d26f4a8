"""Signatures of releases: made here, checked with nothing but OpenSSH."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from tests.commands import run
from tests.servers import skip_or_fail

from cenotaph.domain.errors import DamagedFileError, InputError, NotFoundError, RefusedError
from cenotaph.publish.signing import is_signer, read_signature, sign_release

NAMESPACE = ("-n", "cenotaph-release")


@pytest.fixture
def ssh_keygen() -> str:
    found = shutil.which("ssh-keygen")
    return found or skip_or_fail("ssh-keygen is not on this machine")


@pytest.fixture
def key(ssh_keygen: str, tmp_path: Path) -> Path:
    path = tmp_path / "key"
    subprocess.run([ssh_keygen, "-q", "-t", "ed25519", "-N", "", "-C", "editors", "-f", path], check=True)
    return path


@pytest.fixture
def release(tmp_path: Path) -> Path:
    folder = tmp_path / "release"
    folder.mkdir()
    (folder / "SHA256SUMS").write_text("0" * 64 + "  data/x.csv\n")
    return folder


def test_a_stranger_checks_a_signature_with_ssh_keygen_alone(ssh_keygen: str, key: Path, release: Path, tmp_path: Path) -> None:
    sign_release(release, key)
    public = key.with_suffix(".pub").read_text()
    signers = tmp_path / "allowed"
    signers.write_text(f"editors@example.org {public}")
    check = [ssh_keygen, "-Y", "verify", "-f", str(signers), "-I", "editors@example.org", *NAMESPACE, "-s", "SHA256SUMS.sig"]
    sums = (release / "SHA256SUMS").read_bytes()
    assert subprocess.run(check, cwd=release, input=sums, capture_output=True, check=False).returncode == 0
    assert subprocess.run(check, cwd=release, input=sums + b"x", capture_output=True, check=False).returncode != 0


def test_a_signature_that_ssh_keygen_made_is_read(ssh_keygen: str, key: Path, release: Path) -> None:
    subprocess.run([ssh_keygen, "-q", "-Y", "sign", "-f", key, *NAMESPACE, release / "SHA256SUMS"], check=True)
    signed = read_signature(release)
    said = subprocess.run([ssh_keygen, "-lf", key], capture_output=True, text=True, check=True).stdout
    assert signed is not None and signed.fingerprint in said
    public = key.with_suffix(".pub").read_text()
    assert is_signer(signed, public) and is_signer(signed, signed.fingerprint) and is_signer(signed, f"me {public}")
    assert not is_signer(signed, "ssh-ed25519 AAAA me") and not is_signer(signed, "SHA256:x")


def test_one_changed_byte_of_what_was_signed_breaks_the_signature(key: Path, release: Path) -> None:
    assert read_signature(release) is None
    sign_release(release, key)
    sums = release / "SHA256SUMS"
    sums.write_bytes(sums.read_bytes().replace(b"0", b"1", 1))
    with pytest.raises(DamagedFileError, match="not the signature of this"):
        read_signature(release)


@pytest.mark.parametrize("text", ["", "words", "-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n"])
def test_what_is_no_signature_is_named(release: Path, text: str) -> None:
    (release / "SHA256SUMS.sig").write_text(text)
    with pytest.raises(DamagedFileError, match="no signature"):
        read_signature(release)


def test_a_signature_for_another_purpose_is_none(ssh_keygen: str, key: Path, release: Path) -> None:
    subprocess.run([ssh_keygen, "-q", "-Y", "sign", "-f", key, "-n", "git", release / "SHA256SUMS"], check=True)
    with pytest.raises(DamagedFileError, match="another purpose"):
        read_signature(release)


def test_a_signature_is_never_replaced_and_other_keys_or_folders_are_refused(key: Path, release: Path, tmp_path: Path) -> None:
    sign_release(release, key)
    with pytest.raises(RefusedError, match="never replaced"):
        sign_release(release, key)
    (release / "SHA256SUMS.sig").unlink()
    with pytest.raises(InputError, match="no private key"):
        sign_release(release, key.with_suffix(".pub"))
    with pytest.raises(NotFoundError, match="no release"):
        sign_release(tmp_path, key)


def test_the_command_signs_a_release_and_says_whether_it_is_the_signer_that_was_named(key: Path, tmp_path: Path) -> None:
    from benchmarks.made_releases import make_pair, write_made

    folder = tmp_path / "made"
    write_made(folder, make_pair(12)[0])
    public = key.with_suffix(".pub")
    assert "there is none" in run("release", "verify", folder, cwd=tmp_path).stdout
    run("release", "verify", folder, "--signer", "SHA256:x", cwd=tmp_path, code=1)
    assert "Signed by SHA256:" in run("release", "sign", folder, "--key", key, cwd=tmp_path).stdout
    done = run("release", "verify", folder, "--signer", public, cwd=tmp_path)
    assert "the signer that was named" in done.stdout and "ssh-keygen -Y check-novalidate" in done.stdout
    wrong = run("release", "verify", folder, "--signer", "SHA256:x", cwd=tmp_path, code=1).stdout
    assert "not the signer" in wrong
    assert "Everything matches" not in wrong and wrong.splitlines()[-1].startswith("The files match each other; the signature")
