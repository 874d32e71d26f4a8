"""What tests of pages may use: one browser for the tests of a file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.browser import Browser


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    found = Browser(tmp_path_factory.mktemp("profile"))
    try:
        yield found
    finally:
        found.close()
