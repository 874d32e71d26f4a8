"""Who speaks: kinds of sources."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cenotaph.domain.errors import ValueFormatError
from cenotaph.domain.languages import check_language_tag


class SourceKind(StrEnum):
    """What kind of source speaks."""

    OUTLET = "outlet"
    OFFICIAL = "official"
    MILITARY = "military"
    COURT = "court"
    REGISTRY = "registry"
    CEMETERY = "cemetery"
    MEMORIAL = "memorial"
    RELATIVE = "relative"
    WITNESS = "witness"
    CAPTIVE = "captive"  # a statement made in captivity confirms nothing alone
    COMMUNITY = "community"  # a village's, school's or diaspora's page
    SOCIAL_MEDIA = "social_media"
    ORGANISATION = "organisation"  # human-rights groups and other non-governmental ones
    INTERNATIONAL = "international"
    INTELLIGENCE_SERVICE = "intelligence_service"
    COMPILER = "compiler"  # who keeps a list: a newsroom's count, a volunteers' table
    ROSTER = "roster"  # a unit's or an office's own list
    ENEMY = "enemy"  # what the other side publishes
    SEARCH_POST = "search_post"  # somebody looks for a missing relative
    LEAKED = "leaked"  # a registry that was not meant to be public
    CITED = "cited"  # named or linked by another source, not captured
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Source:
    """Who speaks, of which kind, in which language.

    Parameters
    ----------
    name
        Who it is, as a reader should see it.
    kind
        What kind of source.
    language
        BCP 47 tag of what it says, or None where nobody knows.

    Raises
    ------
    ValueFormatError
        The name is empty, the kind is none, or the tag is malformed.
    """

    name: str
    kind: SourceKind
    language: str | None = None

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise ValueFormatError("A source without a name cannot be cited.", "Name who speaks.")
        if not isinstance(self.kind, SourceKind):
            raise ValueFormatError(f"'{self.kind}' is no kind of source.", f"Kinds are: {', '.join(SourceKind)}.")
        if self.language is not None and check_language_tag(self.language) != self.language:
            raise ValueFormatError(
                f"The language '{self.language}' is not spelt as BCP 47 spells it.", f"Write {check_language_tag(self.language)}."
            )
