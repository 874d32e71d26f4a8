"""How common names are: what agreeing on one is worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from cenotaph.names.keys import WordKeys, key_word
from cenotaph.names.tables import read_common, read_family_folds

_KIND = {"given": "g", "father": "g", "grandfather": "g", "family": "f"}
RAREST = {"given": 2e-5, "father": 2e-5, "grandfather": 2e-5, "family": 5e-6}
"""The share that is taken for a name of which nothing is known."""
_OF_GIVEN, _LISTED = 0.2, 1e-3


@dataclass(frozen=True, slots=True)
class Rates:
    """Shares of a population that bear names.

    Parameters
    ----------
    letters, keys
        By part (``given``, ``father``, ``grandfather``, ``family``) the share by a name's letters and by its key, each from
        0 to 1. Without a mapping for a part, the package's own table is used: the share where the name is commonest.
    """

    letters: Mapping[str, Mapping[str, float]]
    keys: Mapping[str, Mapping[str, float]]

    def exact(self, part: str, name: WordKeys) -> float:
        """Return the share of people whose name has the same letters."""
        if part in self.letters:
            return max(self.letters[part].get(name.letters or "", 0.0), RAREST[part])
        return max(_world(_KIND[part])[0].get(name.letters or "", 0.0), _guess_family(name.letters, None, part), RAREST[part])

    def same_key(self, part: str, key: str | None) -> float:
        """Return the share of people whose name has the same key."""
        if part in self.keys:
            return max(self.keys[part].get(key or "", 0.0), RAREST[part])
        return max(_world(_KIND[part])[1].get(key or "", 0.0), _guess_family(None, key, part), RAREST[part])


WORLD = Rates({}, {})
"""Each name's share where it is commonest: a lower bound of what agreeing on it is worth anywhere."""


def world_shares(part: str) -> Mapping[str, float]:
    """Return by key how common names are where they are commonest: a start where a table is too small to tell.

    Parameters
    ----------
    part
        ``given``, ``father``, ``grandfather`` or ``family``.
    """
    return MappingProxyType(_world(_KIND[part])[1])


@cache
def _world(kind: str) -> tuple[dict[str, float], dict[str, float]]:
    letters: dict[str, float] = {}
    by_key: dict[tuple[str, bool], float] = {}
    for form, common in read_common(kind).items():
        letters[form] = common.rate / 1e6
        arabic = form.upper() == form
        key = _key_of_form(form, arabic)
        before, share = by_key.get((key, arabic), 0.0), common.rate / 1e6
        # Given names' rates are of few lists, which spellings share; each family name's is of a country of its own.
        by_key[key, arabic] = before + share if kind == "g" else max(before, share)
    keys: dict[str, float] = {}
    for (key, _), share in by_key.items():
        keys[key] = max(keys.get(key, 0.0), min(share, 1.0))
    return letters, keys


def _guess_family(letters: str | None, key: str | None, part: str) -> float:
    """Return how common a family name probably is that no list has: Karimov as Karim is, by a fifth."""
    if part != "family":
        return 0.0
    given_letters, given_keys = _world("g")
    if key is not None:
        return given_keys.get(key[:-1], 0.0) * _OF_GIVEN if key.endswith("f") and len(key) > 2 else 0.0
    if letters in read_family_folds():
        return _LISTED
    return given_letters.get(letters[:-2], 0.0) * _OF_GIVEN if letters and letters.endswith(("ov", "ev")) else 0.0


def _key_of_form(form: str, arabic: bool) -> str:
    from cenotaph.names.keys import unspell_arabic

    return key_word(unspell_arabic(form) if arabic else form).key or ""
