"""Writes the pages of docs/reference that are made from the code: commands and settings.

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

    def walk(name: str, command: click.Command, parent: click.Context | None) -> Iterator[tuple[str, click.Command, click.Context]]:
        context = click.Context(command, info_name=name.split()[-1], parent=parent)
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


PAGES = {"commands.md": make_commands, "settings.md": make_settings, "claim.schema.json": make_claim_schema}


def main() -> None:
    """Write every page."""
    for name, make in PAGES.items():
        (DOCS / name).write_text(make(), encoding="utf-8")
        print(f"docs/reference/{name}")


if __name__ == "__main__":
    main()
