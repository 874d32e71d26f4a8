"""A time stamp holds in whatever order its certificates lie, and only the order is made another."""

from __future__ import annotations

import random
import subprocess
from pathlib import Path

import pytest
from tests.stamp_authority import make_certificates

from cenotaph.capture.set_order import sort_sets
from cenotaph.capture.stamping import StampWrong, check_stamp, make_request
from cenotaph.domain.errors import CenotaphError

DATA = b"an entry"


def find_certificates(folder: Path) -> list[bytes]:
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    names = ("root.pem", "signer.pem")
    return [x509.load_pem_x509_certificate((folder / name).read_bytes()).public_bytes(Encoding.DER) for name in names]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("authority")
    make_certificates(found)
    return found


@pytest.fixture(scope="module")
def made(folder: Path) -> tuple[bytes, int]:
    query, nonce = make_request(DATA)
    (folder / "query").write_bytes(query)
    command: list[str | Path] = ["openssl", "ts", "-reply", "-config", folder / "tsa.cnf", "-section", "one"]
    command += ["-queryfile", folder / "query", "-inkey", folder / "signer.key"]
    command += ["-signer", folder / "signer.pem", "-chain", folder / "root.pem"]
    subprocess.run([*command, "-out", folder / "reply"], check=True, capture_output=True)
    return (folder / "reply").read_bytes(), nonce


def in_order(reply: bytes, folder: Path, *, backwards: bool) -> bytes:
    first, second = sorted(find_certificates(folder), reverse=backwards)
    for pair in (first + second, second + first):
        if pair in reply:
            return reply.replace(pair, first + second)
    raise AssertionError("the reply does not bring both certificates side by side")


@pytest.mark.parametrize("backwards", [False, True])
def test_a_stamp_holds_in_whatever_order_its_certificates_lie(
    made: tuple[bytes, int], folder: Path, tmp_path: Path, backwards: bool
) -> None:
    reply = in_order(made[0], folder, backwards=backwards)
    (tmp_path / "reply").write_bytes(reply)
    (tmp_path / "data").write_bytes(DATA)
    command: list[str | Path] = ["openssl", "ts", "-verify", "-data", tmp_path / "data", "-in", tmp_path / "reply"]
    done = subprocess.run([*command, "-CAfile", folder / "root.pem"], capture_output=True, text=True, check=False)
    assert "Verification: OK" in done.stdout
    assert check_stamp(reply, DATA, (folder / "root.pem").read_bytes(), made[1]).authority == "CN=Test authority"
    with pytest.raises(StampWrong):
        check_stamp(reply, DATA + b" ", (folder / "root.pem").read_bytes(), made[1])


def test_sorting_gives_the_same_bytes_for_every_order_and_leaves_what_is_no_reply(made: tuple[bytes, int], folder: Path) -> None:
    both = [in_order(made[0], folder, backwards=backwards) for backwards in (False, True)]
    assert both[0] != both[1] and sort_sets(both[0]) == sort_sets(both[1]) == both[0]
    for words in (b"", b"0", b"hello", both[0][:100], b"\x30\x84\xff\xff\xff\xff", b"\x30\x80\x00\x00"):
        assert sort_sets(words) == words


def test_a_reply_that_is_changed_anywhere_in_its_signed_parts_still_does_not_hold(made: tuple[bytes, int], folder: Path) -> None:
    reply = in_order(made[0], folder, backwards=True)
    chance = random.Random(7)
    end = reply.index(min(find_certificates(folder), key=reply.index))
    for at in chance.sample(range(60, end), 30) + [len(reply) - 1 - n for n in range(0, 200, 20)]:
        wrong = bytearray(reply)
        wrong[at] ^= 1 << chance.randrange(8)
        try:
            facts = check_stamp(bytes(wrong), DATA, (folder / "root.pem").read_bytes(), made[1])
        except CenotaphError:
            continue
        pytest.fail(f"byte {at} was changed and the stamp holds: {facts}")


def test_certificates_that_are_not_the_authoritys_are_told_by_the_options_name(
    made: tuple[bytes, int], folder: Path, tmp_path: Path
) -> None:
    make_certificates(tmp_path)
    for roots in ((tmp_path / "root.pem").read_bytes(), (folder / "signer.pem").read_bytes(), b"none"):
        with pytest.raises(CenotaphError) as caught:
            check_stamp(made[0], DATA, roots, made[1])
        assert "--roots" in caught.value.message and "ErrorStack" not in str(caught.value)
