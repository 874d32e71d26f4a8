"""Dates as a reader sees them, in English or Russian; :func:`cenotaph.reference.date_words.read_date` reads them back."""

from __future__ import annotations

from datetime import date, timedelta

from cenotaph.domain.dates import PartialDate, Precision
from cenotaph.domain.errors import UsageError

_MONTHS = {
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    "ru": (
        "января", "февраля", "марта", "апреля", "мая", "июня",
        "июля", "августа", "сентября", "октября", "ноября", "декабря",
    ),
}
_MONTH_ALONE = {
    "en": _MONTHS["en"],
    "ru": (
        "январь", "февраль", "март", "апрель", "май", "июнь",
        "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
    ),
}
_SEASONS = {
    "en": {3: "spring", 6: "summer", 9: "autumn", 12: "winter"},
    "ru": {3: "весна", 6: "лето", 9: "осень", 12: "зима"},
}
# Russian has "about" with the genitive.
_SEASONS_AFTER = {"en": _SEASONS["en"], "ru": {3: "весны", 6: "лета", 9: "осени", 12: "зимы"}}
_WORDS = {
    "en": {"before": "before", "after": "after", "from": "from", "to": "to", "about": "about", "decade": "{}s"},
    "ru": {"before": "до", "after": "после", "from": "с", "to": "по", "about": "около", "decade": "{}-е"},
}
LANGUAGES = tuple(_WORDS)
_DAY = timedelta(1)


def write_date(when: PartialDate, language: str = "en") -> str:
    """Return a date as a reader sees it.

    Parameters
    ----------
    when
        The date.
    language
        ``en`` or ``ru``.

    Raises
    ------
    UsageError
        There are no words for dates in that language.
    """
    if language not in _WORDS:
        raise UsageError(f"Dates are not written in '{language}'.", f"Languages are: {', '.join(LANGUAGES)}.")
    words = _WORDS[language]
    if when.start is None:
        assert when.end is not None
        return f"{words['before']} {_mark(_day(when.end, language), when.qualifier, language)}"
    if when.end is None:
        return f"{words['after']} {_mark(_day(when.start - _DAY, language), when.qualifier, language)}"
    if when.precision in (Precision.INTERVAL, Precision.AGE):
        first = _mark(_day(when.start, language), when.qualifier, language)
        last = _mark(_day(when.end - _DAY, language), when.end_qualifier or "", language)
        if last.endswith("?") and not first.endswith("?"):
            last = f"({last})"  # a question mark at the end would be one on the whole
        return f"{words['from']} {first} {words['to']} {last}"
    about = when.qualifier in ("~", "%")
    return _mark(_simple(when.start, when.precision, language, about), when.qualifier, language)


def _simple(start: date, precision: Precision, language: str, about: bool) -> str:
    match precision:
        case Precision.DAY:
            return _day(start, language)
        case Precision.MONTH:
            return f"{(_MONTHS if about else _MONTH_ALONE)[language][start.month - 1]} {start.year:04}"
        case Precision.SEASON:
            # A winter lies in two years; one alone would not say which winter.
            years = f"{start.year:04}-{start.year + 1:04}" if start.month == 12 else f"{start.year:04}"
            return f"{(_SEASONS_AFTER if about else _SEASONS)[language][start.month]} {years}"
        case Precision.DECADE:
            return _WORDS[language]["decade"].format(f"{start.year:04}")
        case _:
            return f"{start.year:04}"


def _day(day: date, language: str) -> str:
    return f"{day.day} {_MONTHS[language][day.month - 1]} {day.year:04}"


def _mark(words: str, qualifier: str, language: str) -> str:
    about = f"{_WORDS[language]['about']} " if qualifier in ("~", "%") else ""
    return f"{about}{words}{'?' if qualifier in ('?', '%') else ''}"
