"""Documents become reports and claims, each value with its quote."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cenotaph.extract.claims.reader import read_claims
    from cenotaph.extract.claims.reading import Reading

__all__ = ["Reading", "read_claims"]


def __getattr__(name: str) -> Any:
    # Read when used: the lexicons and what they need are not for whoever only imports the package.
    if name == "read_claims":
        from cenotaph.extract.claims.reader import read_claims as found

        return found
    if name == "Reading":
        from cenotaph.extract.claims.reading import Reading as kind

        return kind
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
