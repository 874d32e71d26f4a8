"""Time stamps by RFC 3161: asking for one, and checking one without the network.

A stamp shows that its authority saw a hash at a time. It does not show where what was hashed comes from, nor that it is true.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Any

from cenotaph.capture.set_order import sort_sets
from cenotaph.domain.errors import DamagedFileError, InputError

QUERY = "application/timestamp-query"
REPLY = "application/timestamp-reply"


@dataclass(frozen=True, slots=True)
class StampFacts:
    """What a stamp that holds says: when (ISO 8601, UTC), by whom, under which number."""

    at: str
    authority: str
    serial: str


class StampWrong(InputError):
    """A stamp does not hold."""


def make_request(data: bytes) -> tuple[bytes, int]:
    """Return the question for a stamp on data's SHA-256 (DER), and the number that the reply must repeat."""
    import rfc3161_client

    builder = rfc3161_client.TimestampRequestBuilder().data(data).hash_algorithm(rfc3161_client.HashAlgorithm.SHA256)
    request = builder.nonce(nonce=True).cert_request(cert_request=True).build()
    return bytes(request.as_bytes()), int(request.nonce or 0)


def load_roots(pem: bytes) -> list[Any]:
    """Return the certificates of a PEM file.

    Raises
    ------
    InputError
        It holds none.
    """
    from cryptography import x509

    try:
        found = x509.load_pem_x509_certificates(pem)
    except ValueError as error:
        raise InputError(
            "The file that --roots names holds no certificate in PEM.", "Get it from the authority's own page."
        ) from error
    return list(found)


def check_stamp(reply: bytes, data: bytes, roots: bytes, nonce: int | None = None) -> StampFacts:
    """Check a stamp on data against kept certificates, and return what it says.

    Parameters
    ----------
    reply
        The authority's reply (DER).
    roots
        The certificates that it must go back to, and those in between that it does not bring (PEM).
    nonce
        The number that it must repeat, where it was just asked for.

    Raises
    ------
    StampWrong
        It does not hold: another hash, another authority, or changed.
    DamagedFileError
        It is no reply.
    """
    import rfc3161_client
    from cryptography import x509

    try:
        response = rfc3161_client.decode_timestamp_response(sort_sets(reply))
    except ValueError as error:
        raise DamagedFileError("The reply of the authority is no time stamp.", "Ask again, or another authority.") from error
    builder = rfc3161_client.VerifierBuilder()
    for certificate in load_roots(roots):
        is_root = certificate.issuer == certificate.subject
        add = builder.add_root_certificate if is_root else builder.add_intermediate_certificate
        builder = add(certificate)
    if nonce is not None:
        builder = builder.nonce(nonce)
    try:
        builder.build().verify(response, hashlib.sha256(data).digest())
    except (rfc3161_client.VerificationError, ValueError) as error:
        why, hint = _explain(str(error))
        raise StampWrong(f"The time stamp does not hold: {why}.", hint) from error
    info = response.tst_info
    signers = [
        x509.load_der_x509_certificate(certificate).subject.rfc4514_string()
        for certificate in sorted(response.signed_data.certificates)
    ]
    when = info.gen_time.strftime("%Y-%m-%dT%H:%M:%SZ")
    return StampFacts(when, signers[0] if len(signers) == 1 else _name_signer(response, signers), f"{info.serial_number:x}")


def _name_signer(response: Any, signers: list[str]) -> str:
    from cryptography import x509

    for signer in response.signed_data.signer_infos:
        for der in response.signed_data.certificates:
            certificate = x509.load_der_x509_certificate(der)
            if (certificate.issuer, certificate.serial_number) == (signer.issuer, signer.serial_number):
                return certificate.subject.rfc4514_string()
    return signers[0] if signers else "an authority whose certificate is not in the stamp"


def _explain(said: str) -> tuple[str, str]:
    """Return in plain words why the library found a stamp wrong, and what to do."""
    roots = "State in --roots the root certificate of this authority, from its own page."
    if "at least one root certificate" in said:
        return "--roots holds no root certificate, which is one that vouches for itself", roots
    if "certificate verify error" in said:
        match = re.search(r"Verify error:\s*([^\"]{1,100})", said)
        return f"its certificate does not go back to one of --roots{f' ({match[1]})' if match else ''}", roots
    if "signature failure" in said or "digest failure" in said:
        return "its signature is wrong: it was changed after it was made", "Ask the authority again."
    return ascii(said)[1:-1][:120].rstrip("."), "Ask the authority again."
