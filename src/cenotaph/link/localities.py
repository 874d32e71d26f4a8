"""Places of reports by level: locality, region, country, each as a key that is the same in every script."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from cenotaph.link.intervals import encode
from cenotaph.names.keys import key_word
from cenotaph.reference import places
from cenotaph.reference.folding import fold

if TYPE_CHECKING:
    import pyarrow as pa

_SEPARATORS = re.compile(r"[,;،/|()\n]+|\s+[-–—]\s+")
# Words for the kind of a place, in folded form; what is left names it.
_KIND_WORDS = (
    "village town city settlement district region province oblast raion rayon county governorate republic municipality "
    "state zone area near the of in from camp refugee neighbourhood neighborhood quarter vdc ward село сел с деревня дер д "
    "поселок пос п пгт рп станица ст хутор х аул город гор г область обл район рн р н край республика респ округ окр "
    "кишлак махалля улус уезд имени им вилоят вилояти туман тумани шахри шахр кишлоги ноҳия ноҳияи шаҳри аудани облысы "
    "облусу району айылы кыштак қишлоғи шаҳар місто м смт селище громада viloyati viloyat tumani tuman shahri shahar "
    "qishlogi qishloq nohiyasi mahallasi محافظة مدينة قرية بلدة منطقة حي مخيم ولاية قضاء ناحية مديرية محافظه مدینه قریه "
    "بلده منطقه ولایت ولایه استان شهر شهرستان روستای روستا ولسوالی ناحیه مدیریه जिल्ला गाउँ गाउ नगर नगरपालिका गाउँपालिका "
    "प्रदेश अञ्चल गाविस शहर टोल वडा गांव गाँव जिला राज्य "
)
_KINDS = frozenset(_KIND_WORDS.split())
_CITIZEN = re.compile(
    r"\b(?:citizen(?: of)?|national(?: of)?|nationality|гражданин(?:ка)?|громадян(?:ин|ка)|уроженец|подданный|fuqarosi"
    r"|азаматы|مواطن|الجنسية|جنسية|नागरिक)\b",
    re.IGNORECASE,
)
_SHORT = {
    "рф": "RU",
    "rf": "RU",
    "ussr": "",
    "usa": "US",
    "uk": "GB",
    "uae": "AE",
    "дрг": "",
    "рб": "BY",
    "рк": "KZ",
    "рт": "TJ",
    "кр": "KG",
    "ру": "UZ",
}


_LANGUAGES = ("en", "ru", "uk", "ar", "fa", "ne", "uz", "tg", "ky", "kk", "az")


class Place(NamedTuple):
    """A place as keys; None where a level is not told."""

    place: str | None
    region: str | None
    country: str | None


def read_place(place: str | None, region: str | None, country: str | None) -> Place:
    """Return the levels of a place from what a report says.

    Parameters
    ----------
    place
        The words for it, from the narrowest part to the widest: "Urgut, Samarqand viloyati".
    region, country
        What the report says of these apart.
    """
    code = read_country(country) if country else None
    parts = [part for part in (_SEPARATORS.split(place) if place else []) if part.strip()]
    while len(parts) > 1 and (found := read_country(parts[-1])):
        code = code or found
        parts.pop()
    if len(parts) == 1 and (found := read_country(parts[0])):
        return Place(None, place_key(region) if region else None, code or found)
    region_key = place_key(region) if region else None
    if region_key is None and len(parts) > 1:
        region_key = place_key(parts[-1])
    locality = place_key(parts[0]) if parts else None
    if locality is not None and locality == region_key and len(parts) > 1:
        region_key = None
    return Place(locality, region_key, code)


def place_key(words: str) -> str | None:
    """Return the key of a place's name: its consonants in one romanisation, without words for what kind of place it is."""
    folded = fold(words)
    kept = [word for word in folded.replace("'", "").split() if word not in _KINDS and not word.isdigit()]
    key = "".join(key_of(word) for word in kept) or "".join(key_of(word) for word in folded.split())
    return key[:24] or None


def key_of(word: str) -> str:
    """Return the consonant key of a word, without the article that Arabic writes before it."""
    if word.startswith("ال") and len(word) > 4:
        word = word[2:]
    return key_word(word).key or ""


@lru_cache(maxsize=50_000)
def read_country(words: str) -> str | None:
    """Return the ISO code of a country, or None where words stand for none or for several."""
    text = _CITIZEN.sub(" ", words).strip(" .,:;")
    if not text:
        return None
    folded = fold(text)
    if folded in _SHORT:
        return _SHORT[folded] or None
    found = places.lookup(text)
    if found is None:
        return _countries_by_key().get(place_key(text) or "")
    return None if found.kind in ("region", "city", "republic") else found.code


@cache
def _countries_by_key() -> dict[str, str]:
    """Return countries by the keys of their names, which have no endings of cases."""
    found: dict[str, set[str]] = {}
    for code in places.codes():
        if places.get(code).kind in ("country", "stated"):
            for language in _LANGUAGES:
                key = place_key(places.label(code, language))
                if key and len(key) >= 4:
                    found.setdefault(key, set()).add(code)
    return {key: next(iter(codes)) for key, codes in found.items() if len(codes) == 1}


def read_places(reports: pa.Table) -> tuple[pa.Array, pa.Array, pa.Array]:
    """Return locality, region and country of every report; each distinct place is read once."""
    import numpy as np
    import pyarrow as pa

    texts, index = zip(*(encode(reports[name]) for name in ("place_text", "region", "country_text")), strict=True)
    sizes = [len(t) + 1 for t in texts]
    combined = (index[0].astype(np.int64) + 1) * (sizes[1] * sizes[2]) + (index[1] + 1) * sizes[2] + index[2] + 1
    distinct, inverse = np.unique(combined, return_inverse=True)
    found = []
    for number in distinct.tolist():
        first, rest = divmod(number, sizes[1] * sizes[2])
        second, third = divmod(rest, sizes[2])
        at = [t[i - 1] if i else None for t, i in zip(texts, (first, second, third), strict=True)]
        found.append(read_place(*at))
    return tuple(
        pa.array([getattr(p, level) for p in found], pa.string()).take(pa.array(inverse))
        for level in ("place", "region", "country")
    )


def read_nationalities(column: pa.ChunkedArray) -> pa.Array:
    """Return the country code of every row's nationality, null where words name none that is known."""
    import pyarrow as pa

    texts, index = encode(column)
    codes = [read_country(text) for text in texts]
    return pa.array([*codes, None], pa.string()).take(pa.array(index % (len(codes) + 1)))
