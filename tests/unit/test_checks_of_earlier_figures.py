"""A figure told as an earlier one, and since grown, contradicts nobody."""

from __future__ import annotations

import pytest

from cenotaph.extract import read_claims
from cenotaph.extract.checks import FindingType, check_document


def _differ(text: str, language: str) -> bool:
    found = check_document(list(read_claims(text, language).claims), text)
    return any(finding.type is FindingType.TWO_SOURCES_DIFFER for finding in found)


@pytest.mark.parametrize(
    ("text", "language", "differ"),
    [
        ("Police earlier spoke of 24 dead and said the number would rise. The emergency service now says 27 died.", "en", False),
        ("At least 31 people were killed, local officials said. The army had earlier reported 19 dead.", "en", False),
        ("The mayor said 31 people were killed. The governor said 19 people were killed.", "en", True),
        # What was told before was more: it has not grown.
        ("The mayor said 19 people were killed. The governor had earlier reported 31 dead.", "en", True),
    ],
)
def test_an_earlier_smaller_figure_is_no_conflict(text: str, language: str, differ: bool) -> None:
    assert _differ(text, language) is differ
