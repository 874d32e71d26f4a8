"""A person's names as rows: each with its script, its language and what kind of name it is."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from cenotaph.domain.errors import ValueFormatError
from cenotaph.domain.languages import check_language_tag, check_script


class NameKind(StrEnum):
    """What a name is to the person who bears it."""

    PRINTED = "printed"  # the whole name as a source prints it
    GIVEN = "given"
    FAMILY = "family"
    PATRONYMIC = "patronymic"
    MATRONYMIC = "matronymic"
    GRANDFATHER = "grandfather"  # the third word of many Arabic names
    MAIDEN = "maiden"  # the family name before a marriage
    FORMER = "former"
    NICKNAME = "nickname"
    CALL_SIGN = "call_sign"
    ALIAS = "alias"
    RELIGIOUS = "religious"
    ROMANISED = "romanised"  # written over from another row, by a person or a machine


@dataclass(frozen=True, slots=True)
class PersonName:
    """One name of a person.

    Parameters
    ----------
    text
        The name, with its code points as they stand in the evidence.
    script
        ISO 15924: ``Cyrl``; ``Zyyy`` where it is written in no one script.
    language
        BCP 47: ``ru``, ``uz-Cyrl``; ``und`` where nobody knows.
    kind
        What kind of name it is.

    Raises
    ------
    ValueFormatError
        The text is empty or runs over lines, or a code is malformed.
    """

    text: str
    script: str
    language: str
    kind: NameKind

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueFormatError("A name without letters is none.", "Leave the row away.")
        if any(unicodedata.category(c) in ("Cc", "Zl", "Zp") for c in self.text):
            raise ValueFormatError("A name runs over lines or has control characters.", "Quote the name alone.")
        check_script(self.script)
        if check_language_tag(self.language) != self.language:
            raise ValueFormatError(
                f"The language '{self.language}' is not spelt as BCP 47 spells it.", f"Write {check_language_tag(self.language)}."
            )
        if not isinstance(self.kind, NameKind):
            raise ValueFormatError(f"'{self.kind}' is no kind of name.", f"Kinds are: {', '.join(NameKind)}.")
