"""The rules that a release is made under, read from their files."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from cenotaph.assess.scope import Scope, load_scope
from cenotaph.assess.standard import Standard, load_standard
from cenotaph.casebook.store import Casebook
from cenotaph.count.figure_files import load_figures
from cenotaph.count.figures import FigureDefinition
from cenotaph.domain.errors import RefusedError
from cenotaph.publish.policy import Policy, Show, load_policy
from cenotaph.publish.release_places import Placed, load_places
from cenotaph.publish.release_tables import clean_line


@dataclass(frozen=True, slots=True)
class Rules:
    """What a release is made under.

    Parameters
    ----------
    standard, scope, figures, policy
        What evidence is enough, which deaths count, what is counted, what is shown.
    authors, licence, title, homepage
        Who publishes it, under what, what it is called, where it lives.
    places
        Coordinates of places, as the project gives them.
    """

    standard: Standard
    scope: Scope | None
    figures: tuple[FigureDefinition, ...]
    policy: Policy
    title: str
    authors: tuple[str, ...]
    licence: str
    homepage: str = ""
    places: tuple[Placed, ...] = ()


def load_rules(
    casebook: Casebook,
    standard: str,
    scope: Path | None,
    figures: Path,
    policy: Path,
    title: str | None = None,
    authors: tuple[str, ...] = (),
    licence: str = "CC-BY-4.0",
    places: Path | None = None,
) -> Rules:
    """Read all files of rules and check that they go together.

    Raises
    ------
    NotFoundError, MappingError
        A file is not there or wrong.
    RefusedError
        A figure is broken down by an axis, or has a condition on one, that the policy does not show.
    """
    defined = load_figures(figures)
    rules = Rules(
        load_standard(standard),
        load_scope(scope) if scope else None,
        tuple(replace(figure, title=clean_line(figure.title)) for figure in defined),
        load_policy(policy),
        clean_line(title or casebook.settings.text("casebook.title") or "") or "A count",
        tuple(name for name in map(clean_line, authors) if name) or ("the keepers of this casebook",),
        clean_line(licence),
        places=load_places(places) if places else (),
    )
    for figure in rules.figures:
        for axis in (*figure.by, *(axis for axis, _ in figure.where)):
            if rules.policy.fields.get(axis, Show.WITHHOLD) is Show.WITHHOLD:
                raise RefusedError(
                    f"The figure '{figure.id}' rests on '{axis}', which the policy withholds: its members would give it back.",
                    f'Show it ([fields] {axis} = "show"), or take it out of the figure.',
                )
        if figure.series == "death" and not _shows_months(rules.policy):
            raise RefusedError(
                f"The figure '{figure.id}' is a series by month of death, and the policy shows no months.",
                'Write death = "month" in [fields], or make no series.',
            )
    return rules


def _shows_months(policy: Policy) -> bool:
    return policy.fields.get("death", Show.WITHHOLD) in (Show.SHOW, Show.MONTH)


