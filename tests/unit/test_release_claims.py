"""Documented numbers beside claims: the same people, the same outcome, the same day, or nothing."""

from __future__ import annotations

from datetime import date

import pytest

from cenotaph.domain.claims import Allegation, Claim, Modality, Unit
from cenotaph.domain.counts import Bound
from cenotaph.domain.errors import MappingError
from cenotaph.domain.sources import SourceKind
from cenotaph.publish.policy import ShowWords, parse_policy
from cenotaph.publish.release_claims import (
    PublicAllegation,
    PublicClaim,
    allegations_table,
    beside_table,
    claims_table,
    died_by,
)
from cenotaph.publish.release_rows import PublicPerson
from cenotaph.publish.release_tables import PublicFigure, Table

DATED = date(2025, 11, 30)


def person(
    at: int, nationality: str = "UZ", death: str = "2024-03", path: str = "prison", withheld: bool = False
) -> PublicPerson:
    values = {} if withheld else {"nationality": nationality, "death": death, "path": path}
    if withheld:
        values["nationality"] = "withheld"
    return PublicPerson(f"p{at}", "withheld" if withheld else "", "dead", "", "", "", "", 1, True, "", values)


def figure(name: str, members: int, by: tuple[str, ...] = (), **definition: object) -> PublicFigure:
    record = {"fates": ["dead"], "reviews": ["open"], "where": {}, "by": list(by), **definition}
    return PublicFigure(name, name, "", record, "v", by, "none", tuple(f"p{at}" for at in range(members)))


def claim(
    low: float | None = 10,
    high: float | None = 10,
    people: str | None = "UZ",
    until: date | None = None,
    group: str = "",
    **more: object,
) -> PublicClaim:
    doubt = bool(more.pop("doubt", False))
    said = Claim(
        "c", "d", 0, 9, "words", 0, 2, "ten", low, high, Bound.EXACT, Unit.PEOPLE, "killed", Modality.STATED, needs_review=doubt
    )
    return PublicClaim(said, SourceKind.OUTLET, "2025-11", None, until, people, group, **more)  # type: ignore[arg-type]


def beside(item: PublicClaim, figures: list[PublicFigure], *people: PublicPerson) -> dict[str, object]:
    table = beside_table([item], figures, {p.id: p for p in people}, DATED)
    return as_dicts(table)[0] if table.rows else {}


def as_dicts(table: Table) -> list[dict[str, object]]:
    return [dict(zip((c.name for c in table.columns), row, strict=True)) for row in table.rows]


def test_a_claim_stands_beside_the_part_of_a_figure_that_counts_its_people_up_to_its_day() -> None:
    people = [person(0), person(1, death="2024-05-02"), person(2, death="2024"), person(3, "TJ"), person(4, withheld=True)]
    found = beside(claim(until=date(2024, 3, 31)), [figure("all", 5), figure("by", 5, ("nationality",))], *people)
    assert found["figure"] == "by" and found["where"] == '{"nationality": "UZ"}'
    assert (found["documented"], found["by_then"], found["undated"]) == (3, 1, 1)
    assert found["fits"] == "below" and found["until"] == "2024-03-31"


@pytest.mark.parametrize(("low", "high", "fits"), [(1, 1, "above"), (2, 3, "within"), (None, 5, "within"), (9, None, "below")])
def test_more_than_a_claim_allows_fewer_than_it_says_or_neither(low: float | None, high: float | None, fits: str) -> None:
    people = [person(at) for at in range(3)]
    found = beside(claim(low, high, until=DATED), [figure("by", 3, ("nationality",))], *people)
    assert found["fits"] == fits


def test_without_a_date_no_dates_are_compared() -> None:
    found = beside(claim(), [figure("by", 1, ("nationality",))], person(0))
    assert (found["documented"], found["until"], found["by_then"], found["fits"]) == (1, None, None, None)


def test_former_prisoners_stand_beside_former_prisoners_and_children_beside_nobody() -> None:
    people = [person(0), person(1, path="mobilised")]
    plain = figure("by", 2, ("nationality",))
    both = figure("both", 2, ("nationality", "path"))
    own = figure("prison", 1, ("nationality",), where={"path": ["prison"]})
    assert beside(claim(group="prison"), [plain], *people) == {}
    assert beside(claim(group="prison"), [plain, both], *people)["documented"] == 1
    assert beside(claim(group="prison"), [plain, own], *people)["figure"] == "prison"
    assert beside(claim(group="children"), [plain, both, own], *people) == {}
    assert beside(claim(), [own], *people) == {}  # All of a people are not its prisoners.


def test_people_in_words_stand_beside_a_figure_that_names_them() -> None:
    figures = [figure("all", 1), figure("foreign", 1, claims=["Foreign nationals"])]
    assert beside(claim(people="foreign nationals"), figures, person(0))["figure"] == "foreign"
    assert beside(claim(people="villagers"), figures, person(0)) == {}


@pytest.mark.parametrize("more", [{"judged": "wrong"}, {"doubt": True}, {"why_not": "it repeats another claim"}])
def test_what_was_read_wrong_is_in_doubt_or_repeats_stands_beside_nothing(more: dict[str, object]) -> None:
    by = figure("by", 1, ("nationality",))
    assert beside(claim(**more), [by], person(0)) == {}  # type: ignore[arg-type]
    assert beside(claim(doubt=True, judged="right"), [by], person(0)) != {}


def test_figures_of_other_fates_or_reviews_count_other_people() -> None:
    for other in ({"fates": ["dead", "presumed_dead"]}, {"reviews": ["open", "contested"]}):
        assert beside(claim(), [figure("by", 1, ("nationality",), **other)], person(0)) == {}


@pytest.mark.parametrize(
    ("death", "told"),
    [("2024-02", True), ("2024-03", False), ("2024", None), ("", None), ("2024-02-28/2024-03-01", None), ("/2024-02-01", True),
     ("2025/", False), ("2024-02-29", True), ("2024-03-01", False)],
)  # fmt: skip
def test_a_death_was_by_a_day_after_it_or_nobody_can_tell(death: str, told: bool | None) -> None:
    assert died_by(death, date(2024, 2, 29), DATED) is told


def test_everybody_whom_a_release_documents_had_died_by_its_own_day() -> None:
    assert died_by("", DATED, DATED) is True


def allegation(judged: frozenset[str] = frozenset()) -> PublicAllegation:
    said = Allegation("a", "d", 0, 9, "words", "deceit", "a recruiter", "two brothers", "a relative", None, Modality.STATED)
    return PublicAllegation(said, SourceKind.OUTLET, "2025-11", judged)


@pytest.mark.parametrize(
    ("how", "judged", "actor", "victims"),
    [
        (ShowWords.JUDGED, frozenset(), None, None),
        (ShowWords.JUDGED, frozenset({"actor"}), "a recruiter", None),
        (ShowWords.SHOW, frozenset(), "a recruiter", "two brothers"),
    ],
)
def test_who_did_it_and_to_whom_stand_as_far_as_the_policy_shows_them(
    how: ShowWords, judged: frozenset[str], actor: str | None, victims: str | None
) -> None:
    policy = parse_policy(f'schema = 1\nid = "p"\ntitle = "P"\nallegations = "{how.value}"\n')
    (row,) = as_dicts(allegations_table([allegation(judged)], policy))
    assert (row["actor"], row["victims"]) == (actor, victims)
    assert row["words_withheld"] is ((actor, victims) != ("a recruiter", "two brothers"))


def test_a_policy_may_leave_allegations_out_and_keeps_its_version_where_it_says_nothing() -> None:
    text = 'schema = 1\nid = "p"\ntitle = "P"\n'
    assert allegations_table([allegation()], parse_policy(text + 'allegations = "never"\n')).rows == ()
    assert parse_policy(text).version() == parse_policy(text + 'allegations = "judged"\n').version()
    assert "allegations" not in parse_policy(text).record()
    with pytest.raises(MappingError, match="line 4"):
        parse_policy(text + 'allegations = "all"\n')


def test_private_peoples_posts_leaks_and_statements_in_captivity_are_never_quoted() -> None:
    policy = parse_policy('schema = 1\nid = "p"\ntitle = "P"\n[sources]\nmilitary = "never"\n')
    quoted = {kind for kind in SourceKind if policy.may_quote(kind)}
    assert quoted == set(SourceKind) - {
        SourceKind.RELATIVE, SourceKind.SOCIAL_MEDIA, SourceKind.SEARCH_POST, SourceKind.WITNESS, SourceKind.LEAKED,
        SourceKind.CAPTIVE, SourceKind.MILITARY,
    }  # fmt: skip


def test_the_table_of_claims_says_who_how_sure_and_as_of_when() -> None:
    none = beside_table([], [], {}, DATED)
    (row,) = as_dicts(claims_table([claim(why_not="the text gives no number")], none))
    assert row["modality"] == "stated" and row["source"] == "outlet" and row["why_not_beside"] == "the text gives no number"


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (claim(), "no figure of this release counts these people"),
        (claim(doubt=True), "its reading is in doubt, and no reviewer has settled it"),
        (claim(judged="wrong"), "a reviewer found that it was read wrong"),
        (claim(people="UZ"), None),
    ],
)
def test_a_claim_that_stands_alone_says_why(item: PublicClaim, said: str | None) -> None:
    figures = [figure("by", 1, ("nationality",))] if said is None else []
    table = beside_table([item], figures, {"p0": person(0)}, DATED)
    assert as_dicts(claims_table([item], table))[0]["why_not_beside"] == said
