"""What was found, held against what is to be found: recall and precision, by type."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from benchmarks.checks.texts import CheckedText, Wanted
from cenotaph.domain.claims import Claim
from cenotaph.extract.checks import Finding, check_document


@dataclass
class Tally:
    """Counts of one type: found and wanted, wanted and not found, found and not wanted."""

    hit: int = 0
    missed: int = 0
    false: int = 0


@dataclass
class Score:
    """Counts by type, how many texts that hold nothing gave something, and what was missed or false, in words."""

    by_type: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    texts: int = 0
    traps: int = 0
    sprung: int = 0
    missed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)
    unjudged: list[str] = field(default_factory=list)

    @property
    def total(self) -> Tally:
        """The sum over all types."""
        sums: Counter[str] = Counter()
        for tally in self.by_type.values():
            sums.update(vars(tally))
        return Tally(**sums)


def ask_reader(text: CheckedText) -> list[Claim]:
    """Return the claims that the reader finds in a text, its date of publication known where the annotation has it."""
    from cenotaph.extract import read_claims

    return list(
        read_claims(text.text, language=text.language, published_on=text.published.start if text.published else None).claims
    )


def score(texts: Iterable[CheckedText], *, read: bool = False) -> Score:
    """Check each text's annotated claims, or the reader's own, and count.

    A finding is one that was wanted where its type is right and it holds all, or two, of the claims that were named.

    Parameters
    ----------
    read
        Whether the claims are the reader's own.
    """
    made = Score()
    for text in texts:
        claims = ask_reader(text) if read else list(text.claims)
        names = _name_claims(text.claims, claims)
        found = check_document(claims, text.text, text.published)
        _count(made, text, found, names)
    return made


def _name_claims(annotated: Sequence[Claim], claims: Sequence[Claim]) -> dict[str, str]:
    """Return the annotation's id of each claim whose number's words overlap one's."""
    names: dict[str, str] = {}
    for claim in claims:
        for other in annotated:
            if claim.number_start < other.number_end and other.number_start < claim.number_end:
                best = claim.outcome == other.outcome or claim.id not in names
                names[claim.id] = other.id if best else names[claim.id]
    return names


def _trace_repeats(claims: Sequence[Claim]) -> dict[str, str]:
    """Return what each claim repeats in the end: a finding about either is about both."""
    repeats = {claim.id: claim.repeat_of for claim in claims if claim.repeat_of}
    origins: dict[str, str] = {}
    for identifier in repeats:
        current, seen = identifier, {identifier}
        while (following := repeats.get(current)) is not None and following not in seen:
            current = following
            seen.add(current)
        origins[identifier] = current
    return origins


def _count(made: Score, text: CheckedText, found: Sequence[Finding], names: Mapping[str, str]) -> None:
    made.texts += 1
    origins = _trace_repeats(text.claims)
    left = [replace(one, claims=frozenset(origins.get(i, i) for i in one.claims)) for one in text.wanted]
    sprung = False
    for finding in found:
        ids = {origins.get(names.get(i, i), names.get(i, i)) for i in finding.ids}
        match = next((one for one in left if _answers(one, finding.type.value, ids)), None)
        line = f"{text.name} {finding.type.value} {finding.certainty.value} {sorted(ids)} {finding.words}"
        if match is not None:
            left.remove(match)
            made.by_type[match.types[0]].hit += match.required
        elif text.types and finding.type.value not in text.types:
            made.unjudged.append(line)
        else:
            made.by_type[finding.type.value].false += 1
            made.false.append(line)
            sprung = True
    for one in left:
        if one.required:
            made.by_type[one.types[0]].missed += 1
            made.missed.append(f"{text.name} {one.types[0]} {sorted(one.claims)}")
    if not any(one.required for one in text.wanted):
        made.traps += 1
        made.sprung += sprung


def _answers(wanted: Wanted, kind: str, ids: set[str]) -> bool:
    return kind in wanted.types and len(wanted.claims & ids) >= min(2, len(wanted.claims))
