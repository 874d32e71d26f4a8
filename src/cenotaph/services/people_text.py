"""People and accepted runs as lines for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cenotaph.link.identities import PersonChange
from cenotaph.services.linking import Proposal
from cenotaph.services.people import ShownPerson
from cenotaph.services.people_runs import Accepted
from cenotaph.services.wording import clean

if TYPE_CHECKING:
    from cenotaph.link.tabling import Loose

_WORDS = {
    "merged": "{person} was merged into {other} ({units} reports)",
    "split": "{units} reports of {person} went to {other}",
    "restored": "{person} stands for somebody again ({units} reports)",
}
_FEW = 20


def person_text(shown: ShownPerson) -> Iterator[str]:
    """Yield a person's lines: the id, the reports with what they say, the ids that lead here, and what happened."""
    yield f"person {shown.id}" + ("  (published)" if shown.published else "")
    if shown.asked != shown.id:
        yield f"  {shown.asked} was merged into this id."
    if not shown.members:
        yield "  Nothing is assigned to this id now."
    for member in shown.members:
        where = f"{clean(member.source or 'unknown source')}" + (f", row {member.row_number}" if member.row_number else "")
        dates = "".join(f", {word} {when}" for word, when in (("born", member.birth), ("died", member.death)) if when)
        sure = "by a person's word" if member.certainty is None else f"{100 * member.certainty:.1f}%"
        if member.resolution == "unresolved":
            sure += ", unresolved"
        if member.withdrawn:
            sure += "; withdrawn, and counts no more"
        yield f"  report {member.report[:12]}  {clean(member.name or 'no name')}{dates}  ({where}; {sure})"
    for old in shown.former:
        yield f"  {old} leads here."
    for change in shown.changes:
        words = _WORDS[change.kind].format(person=change.person[:12], other=(change.other or "")[:12], units=change.units)
        yield f"  {change.at[:10]} {words}"


def proposal_text(proposal: Proposal) -> Iterator[str]:
    """Yield what a run of the linkage found, and what it would change."""
    from cenotaph.services.table_linking import expected_line

    yield f"{len(proposal.wanted):,} reports: {proposal.people:,} people, {proposal.unresolved:,} reports unresolved"
    if e := proposal.expected:
        yield expected_line(e, proposal.found.alone)
    yield from loose_lines(proposal.found.loose)
    if proposal.kind == "incremental":
        yield "Only new reports were compared, with all others; how many people to expect takes a full run (--how full)."
    if proposal.why_full:
        yield f"This was a full run: {proposal.why_full}."
    yield f"{proposal.minted:,} ids are new."
    yield from _changes_text(proposal.changes)
    if proposal.undone:
        yield (
            f'{proposal.undone:,} of the answers "the same" was left undone, since "not the same" stands against it: '
            "`cenotaph link queue` asks again."
        )
    if proposal.held:
        yield f"{len(proposal.held):,} changes to published people wait for a person's word: `cenotaph link queue`."


def accepted_text(done: Accepted) -> Iterator[str]:
    """Yield what a run did, or would do."""
    if done.run is None:
        yield "Nothing changes: everybody is who they were."
        return
    yield f"run {done.run}"
    yield f"{done.assigned:,} reports assigned, {done.taken_back:,} taken back."
    yield from _changes_text(done.changes)


def _changes_text(changes: Sequence[PersonChange]) -> Iterator[str]:
    counted = Counter(change.kind for change in changes)
    for kind in ("merged", "split", "restored"):
        if counted[kind]:
            yield f"{counted[kind]:,} ids {kind}:"
            for change in [c for c in changes if c.kind == kind][:_FEW]:
                yield "  " + _WORDS[kind].format(person=change.person, other=change.other, units=change.units)
            if counted[kind] > _FEW:
                yield f"  and {counted[kind] - _FEW:,} more; `link runs --json` has all of them"


def loose_lines(loose: tuple[Loose, ...]) -> list[str]:
    """Return a line for each field whose contradictions forbid nothing in a linkage."""
    from cenotaph.link.tabling import loose_text

    return loose_text(loose)
