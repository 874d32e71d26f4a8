"""The documentation says what the code does: every command and setting, working links, commands that exist."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from tools.write_reference import PAGES, walk_commands

from cenotaph.casebook.settings import SETTINGS

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES_BY_HAND = sorted(
    p for p in [ROOT / "README.md", *DOCS.rglob("*.md")] if p.parent != DOCS / "reference" or p.name not in PAGES
)
VOCABULARY = [
    "source",
    "capture",
    "document",
    "quote",
    "report",
    "claim",
    "allegation",
    "lineage",
    "person",
    "unnamed",
    "incident",
    "remains",
    "judgement",
    "scope",
    "standard",
    "figure",
    "estimate",
    "release",
    "casebook",
    "ledger",
]


@pytest.mark.parametrize("name", PAGES)
def test_a_reference_page_is_what_the_code_makes_of_it(name: str) -> None:
    assert (DOCS / "reference" / name).read_text(encoding="utf-8") == PAGES[name](), "run `make reference`"


def test_every_command_says_what_it_does_and_what_its_options_mean() -> None:
    for name, command, context in walk_commands():
        assert command.help, name
        for parameter in command.get_params(context):
            if isinstance(parameter, click.Option):
                assert parameter.help, f"{name} {parameter.opts[0]}"


def test_every_command_stands_on_a_page_written_by_hand() -> None:
    written = "\n".join(page.read_text(encoding="utf-8") for page in PAGES_BY_HAND)
    for name, command, _ in walk_commands():
        if not isinstance(command, click.Group):
            assert re.search(rf"cenotaph( --\S+ \S+)* {name.removeprefix('cenotaph ')}\b", written), f"{name} is in no how-to"


def test_every_setting_has_a_meaning() -> None:
    assert all(setting.help.endswith(".") for setting in SETTINGS)


def test_the_glossary_has_every_word_of_the_vocabulary() -> None:
    glossary = (DOCS / "glossary.md").read_text(encoding="utf-8")
    for word in VOCABULARY:
        assert re.search(rf"^\*\*{word}\*\*", glossary, re.MULTILINE), word


@pytest.mark.parametrize("page", PAGES_BY_HAND, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        if not re.match(r"[a-z]+:", target):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def shown_commands() -> Iterator[tuple[str, str]]:
    for page in PAGES_BY_HAND:
        for block in re.findall(r"^```(?:sh|console)?\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL):
            for line in block.replace("\\\n", " ").splitlines():
                line = line.strip().removeprefix("$ ")
                if line.startswith("cenotaph "):
                    yield page.name, line


@pytest.mark.parametrize(("page", "line"), list(shown_commands()))
def test_a_command_shown_in_the_documentation_exists_with_its_options(page: str, line: str) -> None:
    known = {name: (command, context) for name, command, context in walk_commands()}
    words = shlex.split(line, comments=True)
    name, rest = "cenotaph", words[1:]
    takes_value = {"--casebook", "--as", "--role"}
    options: list[str] = []
    while rest:
        word = rest.pop(0)
        if word.startswith("-"):
            options.append(word.split("=")[0])
            if name == "cenotaph" and word in takes_value:
                rest.pop(0)
        elif f"{name} {word}" in known:
            name = f"{name} {word}"
    command, context = known[name]
    assert not isinstance(command, click.Group) or "--help" in options or "--version" in options, f"{page}: {line}"
    allowed = {opt for parameter in command.get_params(context) for opt in (*parameter.opts, *parameter.secondary_opts)}
    allowed |= {opt for parameter in known["cenotaph"][0].params for opt in parameter.opts} | {"--help", "--version"}
    assert set(options) <= allowed, f"{page}: {line}: {sorted(set(options) - allowed)}"


def test_no_file_names_a_machine_or_a_package_registry() -> None:
    import subprocess

    files = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    wrong = re.compile(
        r"(?<![\w./-])/(?:work|root|home/\w+)/|extra-" + r"index-url|find-" + r"links|pypi\." + r"org|files\.python" + "hosted"
    )
    for name in filter(None, files):
        path = ROOT / name
        if path.suffix in (".png", ".woff2", ".xlsx", ".parquet") or not path.is_file() or path == Path(__file__):
            continue
        assert not wrong.search(path.read_text(encoding="utf-8", errors="replace")), name


def test_every_module_that_the_architecture_names_exists() -> None:
    source = ROOT / "src" / "cenotaph"
    words = re.findall(r"`([a-z_]+(?:[./][a-z_]+)+/?)`", (DOCS / "explanation" / "architecture.md").read_text(encoding="utf-8"))
    named = [word for word in words if (source / re.split("[./]", word)[0]).is_dir()]
    assert len(named) > 20
    for word in named:
        path = source / word.removesuffix(".py").replace(".", "/")
        assert path.is_dir() or path.with_suffix(".py").is_file(), word
