"""One self-contained page that sets two releases of a list side by side: added, withdrawn, changed, the same."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Example:
    """One changed row as the page shows it: the field, what it said before and after, and how sure the link is."""

    field: str
    before: str
    after: str
    probability: str


@dataclass(frozen=True, slots=True)
class FieldRow:
    """How many linked rows differ in one field: with another value, with a value added, with a value taken away."""

    field: str
    other: int
    added: int
    gone: int
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """What the page shows.

    Parameters
    ----------
    title, lead
        Heading and first paragraph.
    before, after
        The releases' names.
    rows_before, rows_after
        Their rows.
    same, changed, added, withdrawn
        Rows of each kind: the first three make up the later release, the first two and the last the earlier one.
    doubtful
        Links that are less sure than nine in ten.
    fields
        What changed, by field.
    remarks
        Paragraphs on how to read it.
    commands
        What to type, each with what it does.
    credit
        Whose data it is.
    """

    title: str
    lead: str
    before: str
    after: str
    rows_before: int
    rows_after: int
    same: int
    changed: int
    added: int
    withdrawn: int
    doubtful: int
    fields: tuple[FieldRow, ...]
    remarks: tuple[str, ...] = ()
    commands: tuple[tuple[str, str], ...] = ()
    credit: str = ""


def write_changes_page(page: ChangesPage, path: Path) -> int:
    """Write the page as one HTML file without script and without a request to anybody; return its size in bytes."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    data = environment.get_template("changes.html").render(page=page).encode("utf-8", "replace")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return len(data)
