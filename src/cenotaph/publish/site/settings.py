"""The site's own settings: what it is called, where corrections go, which languages, which figure stands in front."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cenotaph.publish.release_tables import clean_line
from cenotaph.reference.rule_files import RuleFile, parse_rule_file, read_rule_file
from cenotaph.reference.rules import Rules

SITE_SCHEMA = 1
_KEYS = (
    "schema",
    "title",
    "languages",
    "front",
    "address",
    "corrections",
    "contact",
    "incomplete_months",
    "beside",
    "invented",
    "notes",
    "titles",
    "words",
    "map",
)
_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s\"'<>]+")
_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """What a site is built with; every part has a default.

    Parameters
    ----------
    title
        What the site is called; without it, the release's title.
    languages
        Tags, the first one being that of the opening page; without them, all that ship.
    front
        Id of the figure that stands in front; without it, the largest that is neither narrowed nor broken down.
    address
        Where the site lives, for citations and the feed; without it, addresses stay relative.
    corrections
        Where corrections go: an ``https:`` or ``mailto:`` address that is linked to, never loaded.
    contact
        Words on whom to write to.
    incomplete_months
        How many months before the release's date are marked as incomplete.
    beside
        Ids of the claims that editors set beside documented numbers; without them, those that fit by nationality and outcome.
    invented
        Whether the release is a teaching example and every page says so.
    notes
        Words of the editors' own for the front page.
    boundaries, boundaries_source, boundaries_words
        A GeoJSON file whose lines maps show, whose it is, and why it was chosen; without it, maps show none.
    titles, words
        Titles and words of figures in other languages than the release's, by language and figure's id; ``site`` is the site's own
        title.
    """

    title: str = ""
    languages: tuple[str, ...] = ()
    front: str = ""
    address: str = ""
    corrections: str = ""
    contact: str = ""
    incomplete_months: int = 6
    beside: tuple[str, ...] = ()
    invented: bool = False
    notes: str = ""
    boundaries: Path | None = None
    boundaries_source: str = ""
    boundaries_words: str = ""
    titles: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def load_settings(path: Path | None) -> SiteSettings:
    """Read a file of settings, or the defaults where there is none.

    Raises
    ------
    MappingError
        It is wrong; the message names the line and the key.
    """
    return read_settings(read_rule_file(path), path.parent) if path else SiteSettings()


def parse_settings(text: str) -> SiteSettings:
    """Read settings from their TOML."""
    return read_settings(parse_rule_file(text, "toml", "the site's settings"))


def read_settings(file: RuleFile, folder: Path = Path()) -> SiteSettings:
    """Check parsed settings and return them; files that they name lie in ``folder``."""
    rules = Rules(file)
    top = file.tree
    rules.known(top, _KEYS, ())
    if top.get("schema") != SITE_SCHEMA:
        rules.refuse(("schema",), f"these are no settings of a site of version {SITE_SCHEMA}.", f"Write schema = {SITE_SCHEMA}.")
    words = ("title", "front", "address", "corrections", "contact", "notes")
    texts = {key: _clean(rules.text(top, key, (), "")).strip() for key in words}
    for key in ("address", "corrections"):
        if texts[key] and not _ADDRESS.fullmatch(texts[key]):
            rules.refuse((key,), f"'{texts[key][:80]}' is no address.", "Write https://... or mailto:...")
    languages = rules.texts(top, "languages", ())
    for tag in languages:
        if not _TAG.fullmatch(tag):
            rules.refuse(("languages",), f"'{tag[:40]}' is no language.", 'Write languages = ["en", "ru"].')
    invented = top.get("invented", False)
    if not isinstance(invented, bool):
        rules.refuse(("invented",), "it is neither true nor false.", "Write invented = true.")
    return SiteSettings(
        texts["title"],
        languages,
        texts["front"],
        texts["address"].rstrip("/") + "/" if texts["address"] else "",
        texts["corrections"],
        texts["contact"],
        rules.number(top, "incomplete_months", (), 6, 0),
        rules.texts(top, "beside", ()),
        invented,
        texts["notes"],
        *_read_map(rules, folder),
        _read_translations(rules, "titles"),
        _read_translations(rules, "words"),
    )


def _read_map(rules: Rules, folder: Path) -> tuple[Path | None, str, str]:
    table = rules.table("map", ("boundaries", "source", "words"))
    if "boundaries" not in table:
        if table:
            rules.refuse(("map",), "it names no boundaries.", 'Write boundaries = "file.geojson", or leave [map] away.')
        return None, "", ""
    path = folder / rules.text(table, "boundaries", ("map",))
    if not path.is_file():
        rules.refuse(("map", "boundaries"), f"there is no file {path.name}.", "Name a GeoJSON file beside the settings.")
    return path, _clean(rules.text(table, "source", ("map",))), _clean(rules.text(table, "words", ("map",), ""))


def _clean(text: str) -> str:
    """Return words without what would steer a terminal or turn a reader's text around, as a release has its own."""
    return "\n".join(map(clean_line, text.split("\n")))


def _read_translations(rules: Rules, name: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    given = rules.file.tree.get(name, {})
    if not isinstance(given, dict):
        rules.refuse((name,), "it is no table.", f'Write [{name}.ru] and dead = "...".')
    for tag, own in given.items():
        if not isinstance(own, dict) or not _TAG.fullmatch(tag):
            rules.refuse((name, tag), "it is no table of a language.", f'Write [{name}.ru] and dead = "...".')
        found[tag] = {key: _clean(rules.text(own, key, (name, tag))) for key in own}
    return found
