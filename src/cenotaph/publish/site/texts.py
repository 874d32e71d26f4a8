"""The site's words: a language is one file, and what it lacks is said in English and marked as English."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from cenotaph.domain.axes import AXIS_BY_NAME, UNKNOWN, AxisKind
from cenotaph.domain.errors import MappingError, NotFoundError, ValueFormatError
from cenotaph.reference import places

if TYPE_CHECKING:
    from markupsafe import Markup

LANGUAGES = Path(__file__).parent / "languages"
FALLBACK = "en"
STATED = ("stated.", "stated:")
"""What stands before words that no code was found for."""


def _one_other(number: int) -> str:
    return "one" if number == 1 else "other"


def _slavic(number: int) -> str:
    if number % 10 == 1 and number % 100 != 11:
        return "one"
    return "few" if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14) else "other"


_PLURALS: Mapping[str, Callable[[int], str]] = MappingProxyType(
    {"one-other": _one_other, "slavic": _slavic, "none": lambda number: "other"}
)
"""Rules of plurals, after the Unicode CLDR's tables; ``few`` and ``other`` of Slavic languages are its few and many."""


@dataclass(frozen=True)
class Language:
    """One language of the site.

    Parameters
    ----------
    tag, name, direction
        BCP 47, what its speakers call it, ``ltr`` or ``rtl``.
    complete
        Whether every page is in it; of one that is begun only the headline pages are.
    own, english
        Texts by dotted key, of the language and of English.
    """

    tag: str
    name: str
    direction: str
    complete: bool
    own: Mapping[str, str]
    english: Mapping[str, str]
    _made: dict[str, Markup] = field(default_factory=dict, compare=False, repr=False)

    def __call__(self, key: str, **values: object) -> Markup:
        """Return a text with its values, both escaped; one that is missing in English, marked as English."""
        if not values and (known := self._made.get(key)) is not None:
            return known
        made = self._fill(key, values)
        if not values:
            self._made[key] = made
        return made

    def _fill(self, key: str, values: Mapping[str, object]) -> Markup:
        from markupsafe import Markup, escape

        text = self.own.get(key)
        filled = escape(text if text is not None else self.english[key])
        made = Markup(filled.format_map({name: escape(value) for name, value in values.items()})) if values else filled
        return made if text is not None else Markup(f'<span lang="{FALLBACK}" dir="ltr">{made}</span>')

    def plain(self, key: str, **values: object) -> str:
        """Return a text without any mark-up, for a title or an attribute."""
        text = self.own.get(key, self.english.get(key, ""))
        return text.format_map(values) if values else text

    def counted(self, key: str, number: int, **values: object) -> Markup:
        """Return a text in the plural that a number takes; ``{n}`` in it is the number."""
        return self(self._plural(key, number), n=self.number(number), **values)

    def counted_plain(self, key: str, number: int, **values: object) -> str:
        """Return the same without mark-up."""
        return self.plain(self._plural(key, number), n=self.number(number), **values)

    def _plural(self, key: str, number: int) -> str:
        form = f"{key}.{_PLURALS[self.own.get('language.plural', 'one-other')](number)}"
        other = f"{key}.other"
        if form in self.own:
            return form
        return other if other in self.own else f"{key}.{_one_other(number)}"

    def number(self, number: int) -> str:
        """Return a whole number with the language's mark between thousands."""
        return f"{number:,}".replace(",", self.own.get("language.thousands", ","))

    def signed(self, number: int) -> str:
        """Return a difference with its sign."""
        sign = "+" if number > 0 else "\u2212" if number < 0 else "\u00b1"
        return sign + self.number(abs(number))

    def date(self, text: str) -> str:
        """Return a year, month or day (``2024-03-02``), or an interval of them, in words; anything else as it is."""
        if "/" in text:
            return " \u2013 ".join(self.date(part) for part in text.split("/", 1))
        parts = text.split("-")
        if not all(part.isdigit() for part in parts) or len(parts) not in (2, 3) or not 1 <= int(parts[1]) <= 12:
            return text
        name = f"{'months' if len(parts) == 2 else 'months_in_dates'}.{int(parts[1])}"
        month = self.own.get(name) or self.own.get(f"months.{int(parts[1])}") or self.english[f"months.{int(parts[1])}"]
        form = "language.month_form" if len(parts) == 2 else "language.day_form"
        return self.plain(form, year=parts[0], month=month, day=str(int(parts[-1])))

    def until(self, text: str) -> str:
        """Return a year, month or day in words as it stands after "until" or "by": in Russian in the genitive."""
        year, _, rest = text.partition("-")
        if not year.isdigit() or (rest and not (rest.isdigit() and 1 <= int(rest) <= 12)):
            return self.date(text)
        if not rest:
            return self.plain("language.year_form_until", year=year)
        own, number = self.own, int(rest)
        month = own.get(f"months_in_dates.{number}") or own.get(f"months.{number}") or self.english[f"months.{number}"]
        return self.plain("language.month_form_until", year=year, month=month)

    def axis(self, name: str) -> str:
        """Return the title of an axis."""
        return self.plain(f"axes.{name}") or (AXIS_BY_NAME[name].title if name in AXIS_BY_NAME else name)

    def value(self, axis: str, key: str) -> str:
        """Return what a reader sees for a key of an axis: a place's name, a code's words, the words stated, or a date."""
        if key.startswith(STATED):
            return f"\u00ab{stated_words(key)}\u00bb"
        if key in (UNKNOWN, "withheld", "not dated"):
            return self.plain(f"keys.{key.replace(' ', '_')}")
        known = AXIS_BY_NAME.get(axis)
        if known is not None and known.kind is AxisKind.PLACE:
            return _place(key, self.tag)
        if known is not None and known.kind is AxisKind.CLOSED:
            return self.plain(f"values.{axis}.{key}") or known.label(key) or key
        return self.date(key) if axis in ("death", "birth", "period") else key

    def missing(self) -> list[str]:
        """Return the keys that English has and this language lacks."""
        plural = _PLURALS[self.own.get("language.plural", "one-other")]
        forms = {plural(number) for number in range(200)}
        lacking = []
        for key in self.english:
            stem, _, last = key.rpartition(".")
            counted = last in ("one", "other") and {f"{stem}.one", f"{stem}.other"} <= self.english.keys()
            if counted:
                lacking += [] if last == "one" else [f"{stem}.{f}" for f in sorted(forms) if f"{stem}.{f}" not in self.own]
            elif key not in self.own and not key.startswith("months_in_dates."):
                lacking.append(key)
        return lacking


def stated_words(key: str) -> str:
    """Return the words of a key that is no code; empty of any other."""
    return key[len(STATED[0]) :] if key.startswith(STATED) else ""


@cache
def _place(key: str, tag: str) -> str:
    try:
        return places.label(key, tag)
    except ValueFormatError:
        return key


@cache
def load_language(tag: str, folder: Path = LANGUAGES) -> Language:
    """Read a language's file.

    Raises
    ------
    NotFoundError
        There is no file for it.
    MappingError
        The file is no TOML, has a key that English does not have, or a text with a gap that English does not fill.
    """
    english = _flatten(_read(LANGUAGES / f"{FALLBACK}.toml"))
    path = folder / f"{tag}.toml"
    if not path.is_file():
        there = ", ".join(sorted(p.stem for p in folder.glob("*.toml")))
        raise NotFoundError(f"There is no language '{tag[:40]}'.", f"Languages are: {there}.")
    own = _flatten(_read(path))
    for key, text in own.items():
        _check(path.name, key, text, english)
    get = own.get
    direction = get("language.direction", "ltr")
    return Language(
        tag, get("language.name", tag), direction, get("language.complete", "no") == "yes", MappingProxyType(own), english
    )


def _check(name: str, key: str, text: str, english: Mapping[str, str]) -> None:
    stem = key.rpartition(".")[0]
    beside = english.get(key, english.get(f"{stem}.other"))
    if beside is None and not key.startswith(("months_in_dates.", "values.", "axes.")):
        raise MappingError(f"{name}: there is no text '{key}'.", "Texts are those of en.toml.")
    if beside is not None and not key.startswith("language."):
        unknown = set(_gaps(text)) - set(_gaps(beside))
        if unknown:
            raise MappingError(f"{name}: {key} has the gap '{sorted(unknown)[0]}', which nothing fills.", "Gaps are en.toml's.")


def _gaps(text: str) -> Iterator[str]:
    import string

    try:
        yield from (field for _, field, _, _ in string.Formatter().parse(text) if field is not None)
    except ValueError:
        yield "{"


def _read(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MappingError(f"{path.name} is not valid TOML: {error}.", "Mend the line it names.") from error


def _flatten(tree: Mapping[str, object], stem: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in tree.items():
        name = f"{stem}{key}"
        if isinstance(value, dict):
            found |= _flatten(value, f"{name}.")
        elif isinstance(value, list):
            found |= {f"{name}.{at}": str(item) for at, item in enumerate(value, 1)}
        elif isinstance(value, bool):
            found[name] = "yes" if value else "no"
        else:
            found[name] = str(value)
    return found


def list_languages() -> list[str]:
    """Return the tags of the languages that ship, English first, then by tag."""
    tags = sorted(path.stem for path in LANGUAGES.glob("*.toml"))
    return [FALLBACK, *(tag for tag in tags if tag != FALLBACK)]
