"""Figures over a casebook as it stands: shown with what is known, and defended in one step."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cenotaph.assess.scope import Scope
from cenotaph.assess.standard import Standard, load_standard, standard_names
from cenotaph.casebook.store import Casebook
from cenotaph.count.defence import Error, Sample, draw_sample, measure_error
from cenotaph.count.figures import Figure, FigureDefinition, count_figure
from cenotaph.domain.errors import InputError, NotFoundError
from cenotaph.services.assessing import assess_records
from cenotaph.services.evidence import Records, read_records
from cenotaph.services.release_content import count_people
from cenotaph.services.release_record import list_releases
from cenotaph.services.unnamed import read_places


@dataclass(frozen=True, slots=True)
class Defence:
    """A figure with what stands behind it.

    Parameters
    ----------
    figure
        The figure.
    head, standard
        The ledger's head and the standard that it was counted under.
    sample
        Members drawn to be checked again.
    error
        How many members may be wrong, where the sample was checked.
    under
        The figure under each standard that comes with the package.
    published
        The last release that has the figure, with the number it says; None where there is none.
    """

    figure: Figure
    head: str
    standard: Standard
    sample: Sample
    error: Error | None
    under: tuple[tuple[str, int], ...]
    published: tuple[str, int] | None = None


def show_figure(
    casebook: Casebook, name: str, definitions: Sequence[FigureDefinition], standard: Standard, scope: Scope | None
) -> Figure:
    """Return a figure over the record as it stands.

    Raises
    ------
    NotFoundError
        The file defines no such figure.
    """
    return _count(read_records(casebook), _find(name, definitions), standard, scope)


def defend_figure(
    casebook: Casebook,
    name: str,
    definitions: Sequence[FigureDefinition],
    standard: Standard,
    scope: Scope | None,
    *,
    size: int,
    seed: int,
    results: Path | None = None,
) -> Defence:
    """Return a figure with a sample to check again, its weak members, and its value under each standard.

    Parameters
    ----------
    size, seed
        Of the sample.
    results
        A CSV file with the columns ``person`` and ``right`` (yes or no) for the members that were checked.
    """
    records = read_records(casebook)
    definition = _find(name, definitions)
    figure = _count(records, definition, standard, scope)
    sample = draw_sample(figure.members, size, seed)
    error = measure_error(sample, read_results(results)) if results else None
    standards = [load_standard(own) for own in standard_names()]
    under = tuple((other.id, _count(records, definition, other, scope).value) for other in standards)
    return Defence(figure, records.head, standard, sample, error, under, _read_published(name))


def _read_published(figure: str) -> tuple[str, int] | None:
    for release in reversed(list_releases()):
        numbers = release.summary["figures"]
        if isinstance(numbers, dict) and figure in numbers:
            return release.label, int(str(numbers[figure]))
    return None


def _find(name: str, definitions: Sequence[FigureDefinition]) -> FigureDefinition:
    found = next((definition for definition in definitions if definition.id == name), None)
    if found is None:
        raise NotFoundError(f"The file defines no figure '{name[:60]}'.", f"It defines: {', '.join(d.id for d in definitions)}.")
    return found


def _count(records: Records, definition: FigureDefinition, standard: Standard, scope: Scope | None) -> Figure:
    people = count_people(records, assess_records(records, standard, scope))
    incidents = read_places(standard, scope, records.state) if definition.unnamed else None
    return count_figure(definition, people, incidents)


def read_results(path: Path) -> Mapping[str, bool]:
    """Return which members were found to be rightly counted.

    Raises
    ------
    InputError
        The file lacks a column, a line says neither yes nor no, or two say different things of one person.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            if not {"person", "right"} <= set(reader.fieldnames or ()):
                raise InputError(f"{path.name} lacks the columns 'person' and 'right'.", "Write person,right in the first line.")
            found: dict[str, bool] = {}
            for row in reader:
                answer = (row["right"] or "").strip().lower()
                if answer not in ("yes", "no"):
                    where = f"Line {reader.line_num} of {path.name}"
                    raise InputError(f"{where} says neither yes nor no.", "Write yes or no in 'right'.")
                person = (row["person"] or "").strip()
                if found.get(person, answer == "yes") != (answer == "yes"):
                    raise InputError(
                        f"Line {reader.line_num} of {path.name} says {answer} of a person of whom a line above says the other.",
                        "Look at that person once more, and leave one of the two lines.",
                    )
                found[person] = answer == "yes"
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path.name} is not a CSV file in UTF-8: {error}.", "Save it as CSV in UTF-8.") from error
    return found
