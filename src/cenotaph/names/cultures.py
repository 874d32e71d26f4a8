"""How names are made where a person comes from, told from a language or a country; never the other way round."""

from __future__ import annotations

from functools import lru_cache

_LANGUAGES = {
    **dict.fromkeys(("ru", "uk", "be"), "slav"),
    **dict.fromkeys(("sr", "hr", "bs", "mk", "sl", "me", "cnr"), "balkan"),
    **dict.fromkeys(("uz", "tg", "ky", "kk", "tk", "az", "tt", "ba"), "turk"),
    **dict.fromkeys(("ar",), "arab"),
    **dict.fromkeys(("fa", "prs", "ps"), "pers"),
    **dict.fromkeys(("ne", "hi", "mai", "new"), "nepal"),
    **dict.fromkeys(("es", "pt"), "spain"),
    **dict.fromkeys(("en", "de", "fr", "it", "nl", "pl", "tr"), "west"),
}
_COUNTRIES = {
    **dict.fromkeys(["RU", "UA", "BY"], "slav"),
    **dict.fromkeys(["RS", "HR", "BA", "ME", "MK", "SI"], "balkan"),
    **dict.fromkeys(["UZ", "TJ", "KG", "KZ", "TM", "AZ"], "turk"),
    **dict.fromkeys(
        ["PS", "SY", "IQ", "JO", "LB", "EG", "YE", "SD", "LY", "TN", "DZ", "MA", "SA", "KW", "OM", "QA", "BH", "AE", "MR", "SO"],
        "arab",
    ),
    **dict.fromkeys(["IR", "AF"], "pers"),
    **dict.fromkeys(["NP", "IN"], "nepal"),
    **dict.fromkeys(
        [
            "CU",
            "CO",
            "VE",
            "MX",
            "AR",
            "PE",
            "EC",
            "BO",
            "CL",
            "ES",
            "BR",
            "PT",
            "DO",
            "GT",
            "HN",
            "NI",
            "SV",
            "CR",
            "PA",
            "PY",
            "UY",
        ],
        "spain",
    ),
    **dict.fromkeys(["US", "GB", "CA", "AU", "NZ", "IE", "FR", "DE", "IT", "NL", "BE", "PL"], "west"),
}


@lru_cache(maxsize=10_000)
def find_culture(language: str, country: str) -> str:
    """Return how names are made, or '' where neither tells.

    Parameters
    ----------
    language
        A BCP 47 tag or ''.
    country
        A country in any words or its code, or ''.
    """
    if country:
        from cenotaph.reference.places import lookup

        place = lookup(country)
        if place is not None and (found := _COUNTRIES.get(place.code[:2])):
            return found
    return _LANGUAGES.get(language.lower().split("-")[0], "")
