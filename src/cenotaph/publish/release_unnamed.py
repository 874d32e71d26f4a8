"""What stands in a release beside named people: unnamed places, and earlier releases counted again under its rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cenotaph.publish.release_tables import Cell, Kind, Table, make_table

_S, _I, _B = Kind.STRING, Kind.INTEGER, Kind.BOOLEAN


@dataclass(frozen=True, slots=True)
class PublicPlaces:
    """An incident's places as a release may show them: its month, how many victims are stated, how many places are left."""

    incident: str
    month: str | None
    stated: tuple[int, int | None]
    unnamed: tuple[int, int | None]


@dataclass(frozen=True, slots=True)
class PublicUnnamed:
    """A figure's unnamed places: fewest and most, those in no sum, and which incidents they are of."""

    figure: str
    low: int
    high: int | None
    not_placed: int
    places: tuple[PublicPlaces, ...]


def unnamed_tables(figures: Sequence[PublicUnnamed], show: bool) -> tuple[Table, Table]:
    """Return each figure's unnamed places, and those of each incident where the policy shows incidents.

    Who fills a place is in neither: a withheld victim would be given back by it.
    """
    totals: list[tuple[Cell, ...]] = [(u.figure, u.low, u.high, u.not_placed) for u in figures]
    places: list[tuple[Cell, ...]] = [
        (u.figure, p.incident, p.month, *p.stated, *p.unnamed) for u in figures for p in u.places if show
    ]
    return (
        make_table(
            "unnamed",
            "Victims of incidents whom nobody has named, beside each figure that asks for them",
            (
                ("figure", _S, "The figure's id."),
                ("at_least", _I, "Fewest places that no member fills."),
                ("at_most", _I, "Most of them; empty where some source gives no most."),
                ("not_placed", _I, "Places of which the figure's conditions are not known: in no sum."),
            ),
            totals,
            ("figure",),
        ),
        make_table(
            "places",
            "Unnamed places by incident",
            (
                ("figure", _S, "The figure's id."),
                ("incident", _S, "The incident's id."),
                ("month", _S, "The month in which it happened, YYYY-MM, where it lies within one."),
                ("stated_least", _I, "Fewest victims that sources state, named and unnamed."),
                ("stated_most", _I, "Most of them; empty where some source gives no most."),
                ("at_least", _I, "Fewest places that no member fills."),
                ("at_most", _I, "Most of them."),
            ),
            places,
            ("figure", "incident"),
        ),
    )


@dataclass(frozen=True, slots=True)
class Again:
    """One figure of one earlier release: the number that was published, and that under another rule.

    Parameters
    ----------
    release, dated
        The release and the day it is dated.
    figure
        The figure's id.
    published
        What the release says, which stays citable; None where the release has no such figure.
    again
        What the record of then gives under the other rule; None where it is not told, or would be of something else.
    same_definition
        Whether the release counted the same under the figure's id as is counted now.
    counted
        What the release counted before any policy, which is not published; None where ``again`` is as a policy publishes it.
    """

    release: str
    dated: str
    figure: str
    published: int | None
    again: int | None
    same_definition: bool
    counted: int | None = None


def again_table(found: Sequence[Again]) -> Table:
    """Return earlier releases counted again, where a rule has changed since."""
    return make_table(
        "again",
        "Earlier releases counted again under this release's rules, where a rule has changed since",
        (
            ("figure", _S, "The figure's id."),
            ("release", _S, "The earlier release."),
            ("dated", _S, "The day it is dated."),
            ("published", _I, "What it says, which stays citable; empty where it has no such figure."),
            (
                "again",
                _I,
                "What the record of then gives under this release's standard and scope. Whoever was withheld then, and of those "
                "who are shown no more too few to tell of, stand as published. Empty where the release has no such figure or "
                "defined it otherwise: then the two do not compare.",
            ),
            ("same_definition", _B, "Whether it counted the same under this id as this release does."),
        ),
        [(item.figure, item.release, item.dated, item.published, item.again, item.same_definition) for item in found],
        ("figure", "release"),
    )
