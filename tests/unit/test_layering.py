"""Dependencies run one way: ground floor <- stages <- services <- command line and workbench; casebook serves services."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "cenotaph"
GROUND = ("domain", "tables", "reference", "text", "names")
STAGES = ("capture", "extract", "link", "assess", "count", "estimate", "identify", "publish")
ABOVE = ("casebook", "services", "workbench", "cli")

ALLOWED: dict[str, set[str]] = {
    "domain": set(),
    "tables": {"domain"},
    "reference": {"domain"},
    "text": {"domain", "reference"},
    "names": {"domain", "reference", "text", "tables"},
    **{stage: set(GROUND) for stage in STAGES},
    "casebook": set(GROUND),
    "services": {*GROUND, *STAGES, "casebook"},
    "workbench": {*GROUND, "services"},
    "cli": {"domain", "services"},
}
DJANGO_ALLOWED = {"casebook", "services", "workbench"}
# The verbs that read files need no casebook: the command line may call these stages' functions as they are.
HEAVY = {"django", "duckdb", "pyarrow", "altair", "vl_convert", "openpyxl", "splink", "rich", "jinja2", "numpy", "scipy"}


def modules() -> Iterator[tuple[str, Path]]:
    for path in sorted(SOURCE.rglob("*.py")):
        parts = path.relative_to(SOURCE).parts
        if len(parts) > 1:
            yield parts[0], path


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide the direction of a dependency"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_every_package_has_its_place() -> None:
    packages = {path.parent.name for path in SOURCE.glob("*/__init__.py")}
    assert packages == set(ALLOWED)


@pytest.mark.parametrize(("package", "path"), list(modules()), ids=lambda value: str(value).removeprefix(f"{SOURCE}/"))
def test_a_module_imports_only_what_lies_below_it(package: str, path: Path) -> None:
    for name in imported(ast.parse(path.read_text(encoding="utf-8"))):
        parts = name.split(".")
        if parts[0] == "cenotaph" and len(parts) > 1 and parts[1] in ALLOWED and parts[1] != package:
            assert parts[1] in ALLOWED[package], f"{path.name} of {package} imports {name}"
        if parts[0] == "django":
            assert package in DJANGO_ALLOWED, f"{path.name} of {package} imports Django"


def test_the_domain_needs_the_standard_library_only() -> None:
    import sys

    for package, path in modules():
        if package != "domain":
            continue
        for name in imported(ast.parse(path.read_text(encoding="utf-8"))):
            top = name.split(".")[0]
            assert top == "cenotaph" or top in sys.stdlib_module_names, f"{path.name} imports {name}"


def test_heavy_libraries_are_imported_where_they_are_used() -> None:
    for package, path in modules():
        if package in ("casebook", "services"):
            heavy = HEAVY - {"django"}
        elif package == "link":
            # What is compiled needs arrays where it is defined; nothing of linkage is imported before a command uses it.
            heavy = HEAVY - {"numpy"}
        else:
            heavy = HEAVY
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in tree.body:
            if isinstance(node, ast.Import | ast.ImportFrom):
                for name in imported(ast.Module(body=[node], type_ignores=[])):
                    assert name.split(".")[0] not in heavy, f"{path.name} of {package} imports {name} when it is loaded"
