"""Writes the pages of docs/reference that are made from the code: commands, settings, and the keys of a mapping.

Run with ``make reference``; a test fails where a page is not what this makes.
"""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterator
from pathlib import Path

import click

DOCS = Path(__file__).parents[1] / "docs" / "reference"
_MADE = "<!-- Made by `make reference` from the code: do not edit. -->"


def walk_commands() -> Iterator[tuple[str, click.Command, click.Context]]:
    """Yield every command with its full name, groups before what is in them."""
    from cenotaph.cli.main import cli

    def walk(
        name: str, command: click.Command, parent: click.Context | None
    ) -> Iterator[tuple[str, click.Command, click.Context]]:
        context = click.Context(command, info_name=name.split()[-1], parent=parent, **command.context_settings)
        yield name, command, context
        if isinstance(command, click.Group):
            for child in command.list_commands(context):
                found = command.get_command(context, child)
                assert found is not None
                yield from walk(f"{name} {child}", found, context)

    yield from walk("cenotaph", cli, None)


def make_commands() -> str:
    """Return the page of commands."""
    parts = ["# Commands", "", _MADE, ""]
    for name, command, context in walk_commands():
        parts += [f"## `{name}`", "", _paragraphs(command.help or ""), ""]
        usage = " ".join(command.collect_usage_pieces(context))
        parts += ["```text", f"{name} {usage}".rstrip(), "```", ""]
        options = [p for p in command.get_params(context) if isinstance(p, click.Option)]
        rows = [record for option in options if (record := option.get_help_record(context))]
        if rows:
            parts += ["| option | meaning |", "| --- | --- |"]
            parts += [f"| `{_cell(option)}` | {_cell(words)} |" for option, words in rows]
            parts.append("")
    return "\n".join(parts).rstrip() + "\n"


def _paragraphs(text: str) -> str:
    return re.sub(r"(?<!\n)\n(?!\n)", " ", inspect.cleandoc(text))


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def make_settings() -> str:
    """Return the page of settings."""
    from cenotaph.casebook.settings import SETTINGS

    parts = [
        "# Settings",
        "",
        _MADE,
        "",
        "`casebook.toml` in a casebook's folder holds them; `cenotaph init` writes every one with its default. A key or value",
        "that is not in this table is refused.",
        "",
        "| setting | type | default | allowed | meaning |",
        "| --- | --- | --- | --- | --- |",
    ]
    for setting in SETTINGS:
        low, high = setting.minimum, setting.maximum
        allowed = "" if low is None else f"{low:g} to {high:g}" if high is not None else f"{low:g} and more"
        default = f"`{setting.default!r}`" if setting.type is str else f"`{setting.default}`"
        parts.append(f"| `{setting.name}` | {setting.type.__name__} | {default} | {allowed} | {_cell(setting.help)} |")
    return "\n".join(parts) + "\n"


def make_claim_schema() -> str:
    """Return the JSON Schema of a line that ``cenotaph claim read --json`` prints."""
    from cenotaph.extract.claims.schema import make_schema

    return json.dumps(make_schema(), indent=2, ensure_ascii=False) + "\n"


def make_mapping() -> str:
    """Return the page of a mapping's keys and fields."""
    from cenotaph.domain.axes import AXES, AxisKind
    from cenotaph.extract.lists.fields import FIELD_HELP
    from cenotaph.extract.lists.keys import KEYS_OF

    parts = [*_MAPPING_HEAD, _MADE, ""]
    for section, words in _SECTIONS.items():
        parts += [f"## {words[0]}", "", words[1], "", "| key | value | meaning | example |", "| --- | --- | --- | --- |"]
        for key in KEYS_OF[section].values():
            name = f"`{key.name}`" if key.name else "an axis or a date"
            form = key.form.value + (": " + ", ".join(f"`{c}`" for c in key.choices) if key.choices else "")
            needed = " Needed." if key.required else ""
            parts.append(f"| {name} | {form} | {_cell(key.help)}{needed} | `{_cell(key.example)}` |")
        parts.append("")
    parts += ["## Fields", "", "What a column's `fields` may name:", "", "| field | what the column says |", "| --- | --- |"]
    parts += [f"| `{name}` | {_cell(words)} |" for name, words in FIELD_HELP.items()]
    parts += ["", "## Codes of the axes", "", "Besides these, every axis takes `unknown`, and in a table of words `stated`.", ""]
    parts += ["| axis | codes |", "| --- | --- |"]
    for axis in AXES:
        if axis.kind is AxisKind.PLACE:
            codes = "places: see [Places and roll-ups](../explanation/places-and-roll-ups.md)"
        elif axis.kind is AxisKind.OPEN:
            codes = "none: words only"
        else:
            codes = ", ".join(f"`{code}` {words}" for code, words in axis.codes if code != "unknown")
        parts.append(f"| `{axis.name}` | {codes} |")
    return "\n".join(parts) + "\n"


_MAPPING_HEAD = [
    "# Mappings",
    "",
    "A mapping says how a list's file is read: which column is which field, and what the list's own words stand for. It is a",
    "TOML file, or a YAML file where its name ends in `.yaml` or `.yml`. A key that is not on this page is refused.",
    "[Import a list](../how-to/import-a-list.md) shows one at work.",
    "",
]
_SECTIONS = {
    "": ("Top", "Before any section."),
    "list": ("`[list]`", "The list, and the release that this file is."),
    "source": ("`[source]`", "Who speaks."),
    "file": ("`[file]`", "How the file is opened, where that is not found out."),
    "constants": ("`[constants]`", "What the list says by being that list."),
    "column": ("`[[column]]`", "One for each column that is read. A column that none names keeps its words, and is reported."),
}
PAGES = {
    "commands.md": make_commands,
    "settings.md": make_settings,
    "mapping.md": make_mapping,
    "claim.schema.json": make_claim_schema,
}


def main() -> None:
    """Write every page."""
    for name, make in PAGES.items():
        (DOCS / name).write_text(make(), encoding="utf-8")
        print(f"docs/reference/{name}")


if __name__ == "__main__":
    main()
