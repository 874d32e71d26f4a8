"""The tables and texts that stand beside the people of a release: judgements, redirects, withheld, changes, method."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from cenotaph.assess.scope import Scope
from cenotaph.assess.standard import Standard
from cenotaph.assess.values import RULES
from cenotaph.casebook import bulk
from cenotaph.count.figures import FigureDefinition
from cenotaph.publish.policy import Policy
from cenotaph.publish.release_tables import Kind, Table, make_table
from cenotaph.services.assessment_text import standard_text
from cenotaph.services.people_state import PeopleState

_S, _I = Kind.STRING, Kind.INTEGER


_RULES = {
    "examined": "a row that nobody examined stays adopted and reported",
    "same_person": "two reports of one person are counted once",
    "same_origin": "documents that go back to one origin are one lineage",
    "fate": "a reviewer's word stands over the standard",
    "in_scope": "a reviewer's word stands over the scope",
}
"""What each decision moves: the rule that asks for it."""


def judgements_table(state: PeopleState, shown: frozenset[str]) -> Table:
    """Return the standing decisions on those who are shown: question, answer, rule, day; never who said so, nor in which words.

    A decision on whether two documents go back to one origin concerns everybody whom either of them reports.
    """
    people = {item.report: item.person for item in state.assigned.values()}
    rows: set[tuple[str, str, str, str, str]] = set()

    def keep(person: str | None, question: str, answer: str, at: str) -> None:
        if person in shown:
            rows.add((str(person), question, answer, _RULES[question], at[:10]))

    sql = (
        "SELECT j.question, j.answer, j.target, j.field, j.made_at, j.target_kind FROM judgement j WHERE j.answer IS NOT NULL "
        "AND NOT EXISTS (SELECT 1 FROM judgement later WHERE later.replaces = j.id) "
        "AND j.question IN ('examined', 'same_person', 'fate', 'in_scope', 'same_origin')"
    )
    documents: dict[str, list[tuple[str, str]]] = {}
    for question, answer, target, field, at, kind in bulk.fetch_rows(sql):
        if kind == "person":
            keep(state.follow(target), question, answer, at)
        elif kind == "report":
            keep(people.get(target), question, answer, at)
            if question == "same_person":
                keep(people.get(field), question, answer, at)
        elif kind == "document":
            for document in (target, field):
                documents.setdefault(document, []).append((answer, at))
    if documents:
        for chunk in bulk.stream_rows("SELECT id, document FROM report WHERE document IS NOT NULL"):
            for report, document in chunk:
                for answer, at in documents.get(document, ()):
                    keep(people.get(report), "same_origin", answer, at)
    columns = (
        ("person", _S, "Whom it concerns."),
        ("question", _S, "What was decided: examined, same_person, same_origin, fate, in_scope."),
        ("answer", _S, "How."),
        ("rule", _S, "The rule that the decision moves."),
        ("day", _S, "When, YYYY-MM-DD."),
    )
    return make_table("judgements", "Reviewers' decisions on those who are shown", columns, rows)


def redirects_table(state: PeopleState, ever: frozenset[str], shown: frozenset[str]) -> Table:
    """Return retired ids that a release has shown, with the id that stands now."""
    rows = [(old, new) for old in sorted(ever) if (new := state.follow(old)) != old and new in shown]
    columns = (("retired", _S, "An id that an earlier release showed."), ("person", _S, "The id that it leads to."))
    return make_table("redirects", "Ids that were merged into others", columns, rows, ("retired",))


def withheld_table(counted: Mapping[str, int]) -> Table:
    """Return how many members are withheld in each class that may be told."""
    columns = (
        ("class", _S, "private, protected, hold, request, sealed; not_said: too few of one class, or shown before."),
        ("people", _I, "How many members."),
    )
    return make_table("withheld", "Members that are opaque rows", columns, sorted(counted.items()), ("class",))


def changes_table(state: PeopleState, before: frozenset[str], now: frozenset[str], first: bool) -> Table:
    """Return who was added, withdrawn, merged or split since the release before.

    Whoever was parted from somebody who was shown and still is was ``split``, not added: nobody new came to light.
    ``withdrawn`` is one class, whatever the reason. Whether somebody is still counted shows in the figures, why does not.
    """
    rows: list[tuple[str, str, str | None, str | None]] = []
    if not first:
        parted = {new: origin for old, new in _read_splits() if (origin := state.follow(old)) in before and origin in now}
        standing = {state.follow(person): person for person in before}
        new = sorted(now - standing.keys())
        rows += [(person, "split" if person in parted else "added", None, parted.get(person)) for person in new]
        for person in sorted(before):
            stands = state.follow(person)
            if stands != person and stands in now:
                rows.append((person, "merged", stands, None))
            elif person not in now:
                rows.append((person, "withdrawn", None, None))
    columns = (
        ("person", _S, "Whose id."),
        ("change", _S, "added, withdrawn, merged, split."),
        ("into", _S, "For a merge, the id that stands."),
        ("parted_from", _S, "For a split, who they were taken for before."),
    )
    return make_table("changes", "What changed since the release before", columns, rows, ("person", "change"))


def _read_splits() -> list[tuple[str, str]]:
    """Return who was split from whom in any run: the id that stayed, and that of whoever left."""
    return bulk.fetch_rows("SELECT person, to_person FROM person_change WHERE kind = 'split' ORDER BY \"row\"")


def _list_standard(standard: Standard) -> list[str]:
    title, text, citation, *rules = (line.strip() for line in standard_text(standard))
    return [f"{title}.", "", text, "", citation, "", *(f"- {rule}" for rule in rules)]


def method_text(
    standard: Standard, scope: Scope | None, policy: Policy, figures: Sequence[FigureDefinition], label: str
) -> str:
    """Return the method in plain words: what counts, what evidence is enough, which value stands, what is shown."""
    lines = [
        f"# Method of release {label}",
        "",
        "Every number of people is a minimum: those documented so far. Named, claimed, missing and estimated people are "
        "different things and are never added together. An id that begins with x is a withheld member: it is counted, and "
        "nobody outside can check it.",
        "",
        "## Which deaths count",
        "",
    ]
    if scope is None:
        lines.append("Everybody in the record: no scope was set.")
    else:
        lines += [f"{scope.title}. {scope.text.strip()}".strip(), ""]
        if scope.died_from or scope.died_before:
            lines.append(f"- died from {scope.died_from or 'the beginning'}, before {scope.died_before or 'now'}")
        lines += [f"- {c.words} (where it is not known: {c.unknown.replace('_', ' ')})" for c in scope.conditions]
        lines.append("- whoever is out of scope, or of whom it is not known, is counted apart and not rejected")
    lines += ["", "## What evidence is enough", "", *_list_standard(standard)]
    lines += ["", "## Which value stands where reports differ", "", *(f"{at}. {rule}" for at, rule in enumerate(RULES, 1))]
    lines += ["", "## What is shown", "", f"{policy.title}. A field that is not named is withheld.", ""]
    lines += [f"- {name}: {how.value}" for name, how in policy.fields.items()]
    lines += [f"- of a withheld member: {', '.join(policy.opaque) or 'nothing'}, where at least {policy.least} share it"]
    lines += ["", "## Figures", ""]
    lines += [f"- `{f.id}`: {f.title}. {f.text}".rstrip() for f in figures]
    lines += ["", "The same rules as data:", "", "```json"]
    record = {"standard": standard.record(), "scope": scope.record() if scope else None, "policy": policy.record()}
    lines += [json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True), "```", ""]
    return "\n".join(lines)
