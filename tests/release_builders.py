"""What tests of releases start from: people of a list or two, rules, and a stranger who checks."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from cenotaph.casebook.store import Casebook
from cenotaph.domain.canonical import content_id
from cenotaph.services.linking import accept_people, propose_people
from cenotaph.services.people_state import read_people
from cenotaph.services.release_rules import Rules, load_rules
from tests.builders import Row, add_release, make_row
from tests.conftest import ACTOR

FIGURES = """schema = 1
[[figure]]
id = "dead"
title = "Documented dead"
by = ["nationality"]
[[figure]]
id = "by-month"
title = "By month of death"
series = "death"
"""
POLICY = """schema = 1
id = "public"
title = "Public"
least = 3
opaque = ["nationality"]
[fields]
name = "show"
age = "band"
death = "month"
nationality = "show"
"""
NAMES = (
    "Рахимов Алишер",
    "Юлдашев Бахтиёр",
    "Ташматов Улугбек",
    "Саидов Далер",
    "Назаров Фирдавс",
    "Холов Сухроб",
    "Каримов Тимур",
)


def rows(count: int = 7) -> list[Row]:
    """Return rows of a list, each of another person."""
    places = ("UZ", "UZ", "UZ", "TJ", "TJ", "TJ", "KG")
    return [
        make_row(f"r{n}", death=f"2024-0{1 + n % 3}-1{n}", age=20 + n, name=NAMES[n], nationality=places[n]) for n in range(count)
    ]


def link_lists(casebook: Casebook, lists: Mapping[str, Sequence[Row]], released: str = "2025-01") -> Casebook:
    """Put lists into a casebook and give their reports to people."""
    for name, those in lists.items():
        add_release(casebook, name, released, those)
    accept_people(casebook, ACTOR, propose_people(casebook))
    return casebook


def make_rules(casebook: Casebook, folder: Path, policy: str = POLICY, figures: str = FIGURES) -> Rules:
    """Write a policy and figures into a folder and return the rules that they are."""
    (folder / "figures.toml").write_text(figures, encoding="utf-8")
    (folder / "policy.toml").write_text(policy, encoding="utf-8")
    return load_rules(casebook, "newsroom", None, folder / "figures.toml", folder / "policy.toml", "Test", ("Tester",))


def run_stranger(folder: Path) -> tuple[int, str]:
    """Run a release's own check as a stranger would; return its exit code and what it said."""
    done = subprocess.run([sys.executable, "-I", str(folder / "verify.py")], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def person_of(key: str) -> str:
    """Return whose a row of the list is."""
    return read_people().assigned[content_id("row", "list", key)].person


def everything(folder: Path) -> bytes:
    """Return all bytes of a release but those that differ from build to build."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != "built.json")
    return b"\n".join(path.read_bytes() for path in files)
