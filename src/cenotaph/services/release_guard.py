"""Words that withhold somebody, kept to where ids change: by a split, or where a list without a key was imported anew."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from cenotaph.casebook import bulk
from cenotaph.publish.release_rows import Candidate
from cenotaph.services.people_state import PeopleState

_MANY = 500


@dataclass(frozen=True, slots=True)
class Words:
    """What withholds people, under the ids that stand.

    Parameters
    ----------
    may
        Editors' last words on whether somebody may be shown.
    alive
        Whom a reviewer's last word says to be alive.
    """

    may: Mapping[str, bool]
    alive: frozenset[str]


def read_words(state: PeopleState) -> Words:
    """Return editors' last words on whether somebody may be shown, and who is said to be alive, under the ids that stand.

    Whoever is split off from somebody whom a word withholds, or says to be alive, is withheld until an editor says otherwise of
    the new id; of two people who were merged, one "no" is enough.
    """
    events: list[tuple[int, int, str, str, str]] = [
        (entry, 0, question, target, answer)
        for entry, question, target, answer in bulk.fetch_rows(
            "SELECT entry, question, target, answer FROM judgement WHERE target_kind = 'person' AND answer IS NOT NULL "
            "AND question IN ('may_publish', 'fate') ORDER BY \"row\""
        )
    ]
    events += [
        (entry, 1, "split", person, other)
        for entry, person, other in bulk.fetch_rows(
            "SELECT entry, person, to_person FROM person_change WHERE kind = 'split' AND to_person IS NOT NULL ORDER BY \"row\""
        )
    ]
    words: dict[str, bool] = {}
    alive: dict[str, bool] = {}
    for _, _, what, person, answer in sorted(events, key=lambda event: event[:2]):
        if what == "may_publish":
            words[person] = answer == "yes"
        elif what == "fate":
            alive[person] = answer == "alive"
        elif words.get(person) is False or alive.get(person):
            words.setdefault(answer, False)
    found: dict[str, bool] = {}
    for person, may in words.items():
        stands = state.follow(person)
        found[stands] = found.get(stands, True) and may
    return Words(found, frozenset(state.follow(person) for person, yes in alive.items() if yes))


def find_returned(
    words: Words, standing: Collection[str], shown: Iterable[Candidate]
) -> list[str]:
    """Return people who would be shown under the name of somebody withheld or alive whose own reports are all gone.

    A list without a key, imported anew with one value corrected, gives its row a new id, and no word on the old one holds.

    Parameters
    ----------
    words
        What :func:`read_words` found.
    standing
        Everybody who has a report that stands.
    shown
        Whom the release would show.
    """
    held = {person for person, may in words.may.items() if not may} | words.alive
    names: set[str] = set()
    lost = sorted(held - set(standing))
    for at in range(0, len(lost), _MANY):
        asked = lost[at : at + _MANY]
        sql = (
            "SELECT DISTINCT r.name FROM assignment a JOIN report r ON r.id = a.report "  # noqa: S608
            f"WHERE a.person IN ({', '.join(['%s'] * len(asked))}) AND r.name IS NOT NULL"
        )
        names.update(_fold(row[0]) for row in bulk.fetch_rows(sql, asked))
    if not names:
        return []
    return sorted(c.person for c in shown if c.case.word is None and not names.isdisjoint(map(_fold, _names_of(c))))


def _names_of(candidate: Candidate) -> list[str]:
    stands = candidate.case.values.get("name")
    return [text for text, _, _ in candidate.names] + ([stands] if stands else [])


def _fold(name: str) -> str:
    """Return a name's words in any order and case."""
    return " ".join(sorted(name.casefold().split()))
