"""Score predicted claims against annotated ones as the guideline says.

Four levels, each with its own one-to-one matching: the number is found (spans overlap); with the outcome; with bound and value;
all of these. Slots are judged on the pairs of the last level. Records marked extended, ambiguous or furniture are neither
required nor wrong.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from benchmarks.claims.agreement import (
    JUDGES,
    LINKS,
    Repeats,
    is_core,
    judge_link,
    number_spans,
    overlaps,
    same_outcome,
    same_value,
    wrong_nationality,
)
from benchmarks.claims.matching import pair
from benchmarks.claims.records import GoldDocument, Row, whole

Test = Callable[[Row, Row], bool]
LEVELS: dict[str, Test] = {
    "number": lambda gold, predicted: True,
    "number+outcome": same_outcome,
    "number+bound+value": same_value,
    "full": lambda gold, predicted: same_outcome(gold, predicted) and same_value(gold, predicted),
}
CRITICAL = ("wrong outcome", "wrong nationality", "false death")


@dataclass(frozen=True)
class Finding:
    """One thing that went wrong, for who develops on open texts."""

    document: str
    kind: str
    text: str
    detail: str


@dataclass
class Tally:
    """Counts of one document, or the sum over several."""

    language: str = ""
    counts: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)


def predicted_span(row: Row) -> tuple[int, int]:
    if row.get("number_start") is None:
        return whole(row, "start"), whole(row, "end")
    return whole(row, "number_start"), whole(row, "number_end")


def score_document(document: GoldDocument, predicted: Sequence[Row]) -> Tally:
    """Count hits, misses, false alarms, slot agreements and critical errors in one document."""
    tally = Tally(document.language)
    count = tally.counts
    count["documents"] += 1
    spans = [number_spans(claim, document) for claim in document.claims]
    said = [predicted_span(row) for row in predicted]
    touching = {
        (g, p)
        for g, readings in enumerate(spans)
        for p, (start, end) in enumerate(said)
        if any(overlaps(a, b, start, end) for a, b in readings)
    }
    core = {g for g, claim in enumerate(document.claims) if is_core(claim)}
    pairs: dict[str, dict[int, int]] = {}
    for level, holds in LEVELS.items():
        held = [(g, p) for g, p in touching if g in core and holds(document.claims[g], predicted[p])]
        required = pair({(g, p): _likeness(document.claims[g], predicted[p]) for g, p in held})
        taken = set(required.values())
        # What is left over may answer to a record that is not required: then it is no false alarm.
        excused = {p for g, p in touching if g not in core and p not in taken}
        pairs[level] = required
        count[f"{level}:hit"] += len(required)
        count[f"{level}:missed"] += len(core) - len(required)
        count[f"{level}:false"] += len(predicted) - len(taken) - len(excused)
        if level == "number":
            _note_numbers(tally, document, predicted, required, excused, core)
    _judge_slots(tally, document, predicted, pairs["full"], _name_claims(document, predicted, pairs, touching))
    _count_critical(tally, document, predicted, pairs["number"], touching, core)
    _count_traps(tally, document, predicted, said)
    return tally


def _likeness(gold: Row, predicted: Row) -> int:
    agreed = sum(judge(gold, predicted)[2] for judge in JUDGES.values())
    return agreed + 100 * same_outcome(gold, predicted) + 200 * same_value(gold, predicted)


def _name_claims(
    document: GoldDocument, predicted: Sequence[Row], pairs: Mapping[str, Mapping[int, int]], touching: set[tuple[int, int]]
) -> dict[int, int]:
    """Return which annotated record each claim stands for: what agrees in full first, then what lies on the same words."""
    names = {p: g for g, p in pairs["full"].items()}
    given = set(names.values())
    rest = {(g, p): _likeness(document.claims[g], predicted[p]) for g, p in touching if p not in names and g not in given}
    names.update({p: g for g, p in pair(rest).items()})
    return names


def _judge_slots(
    tally: Tally, document: GoldDocument, predicted: Sequence[Row], matched: Mapping[int, int], names: Mapping[int, int]
) -> None:
    repeats = Repeats(document.claims)
    gold_of = {str(predicted[p].get("id")): str(document.claims[g]["id"]) for p, g in names.items()}
    found = {repeats.first(identifier) for identifier in gold_of.values()}
    optional = {repeats.first(str(c["id"])) for c in document.claims if not is_core(c)}
    optional -= {repeats.first(str(c["id"])) for c in document.claims if is_core(c)}
    absent = frozenset(optional - found)
    for g, p in matched.items():
        gold, row = document.claims[g], predicted[p]
        verdicts = {slot: judge(gold, row) for slot, judge in JUDGES.items()}
        verdicts |= {slot: judge_link(slot, gold, row, gold_of, repeats, absent) for slot in LINKS}
        for slot, (says, should, agree) in verdicts.items():
            tally.counts[f"slot {slot}:pairs"] += 1
            tally.counts[f"slot {slot}:agree"] += agree
            tally.counts[f"slot {slot}:hit"] += says and agree
            tally.counts[f"slot {slot}:false"] += says and not agree
            tally.counts[f"slot {slot}:missed"] += should and not agree
            if not agree:
                detail = f"should be {gold.get(slot)!r}, is {row.get(slot)!r}"
                tally.findings.append(Finding(document.name, f"slot {slot}", str(gold["quote"]), detail))


def _count_critical(
    tally: Tally,
    document: GoldDocument,
    predicted: Sequence[Row],
    matched: Mapping[int, int],
    touching: set[tuple[int, int]],
    core: set[int],
) -> None:
    """Count claims emitted without a doubt flag whose outcome or nationality is wrong, and deaths of the living."""
    optional = {p for g, p in touching if g not in core} - set(matched.values())
    tally.counts["emitted"] += len(predicted) - len(optional)
    tally.counts["unflagged"] += sum(not row.get("needs_review") for p, row in enumerate(predicted) if p not in optional)
    wrong: dict[int, set[str]] = {}
    for g, p in matched.items():
        gold, row = document.claims[g], predicted[p]
        if not same_outcome(gold, row):
            wrong.setdefault(p, set()).add("wrong outcome")
        if wrong_nationality(gold, row):
            wrong.setdefault(p, set()).add("wrong nationality")
    for g, p in touching:
        if document.claims[g].get("false_death") and predicted[p].get("outcome") == "killed":
            wrong.setdefault(p, set()).add("false death")
    for p, kinds in sorted(wrong.items()):
        flagged = bool(predicted[p].get("needs_review"))
        # A flag excuses a doubtful reading, never the death of somebody the text says is alive.
        counted = {kind for kind in kinds if kind == "false death" or not flagged}
        tally.counts["critical"] += bool(counted)
        tally.counts["flagged errors"] += bool(kinds - counted)
        for kind in counted:
            tally.counts[f"critical {kind}"] += 1
        for kind in kinds:
            detail = f"{predicted[p].get('outcome')} {predicted[p].get('nationality')}{' (flagged)' if flagged else ''}"
            tally.findings.append(Finding(document.name, f"critical {kind}", str(predicted[p].get("quote")), detail))


def _count_traps(tally: Tally, document: GoldDocument, predicted: Sequence[Row], said: Sequence[tuple[int, int]]) -> None:
    tally.counts["traps"] += len(document.traps)
    for trap in document.traps:
        caught = [p for p, (start, end) in enumerate(said) if overlaps(trap.start, trap.end, start, end)]
        tally.counts["traps sprung"] += bool(caught)
        for p in caught[:1]:
            detail = f"{trap.why}: {predicted[p].get('number_text')!r} {predicted[p].get('outcome')}"
            tally.findings.append(Finding(document.name, "trap", trap.text, detail))


def _note_numbers(
    tally: Tally, document: GoldDocument, predicted: Sequence[Row], matched: Mapping[int, int], excused: set[int], core: set[int]
) -> None:
    for g in sorted(core):
        gold = document.claims[g]
        if g not in matched:
            detail = f"{gold['number_text']!r} {gold['outcome']}"
            tally.findings.append(Finding(document.name, "missed", str(gold["quote"]), detail))
            continue
        row = predicted[matched[g]]
        if not same_outcome(gold, row):
            detail = f"{gold['number_text']!r} should be {gold['outcome']}, is {row.get('outcome')}"
            tally.findings.append(Finding(document.name, "outcome", str(gold["quote"]), detail))
        if not same_value(gold, row):
            should, is_ = ([r.get(key) for key in ("low", "high", "bound")] for r in (gold, row))
            tally.findings.append(Finding(document.name, "value", str(gold["quote"]), f"should be {should}, is {is_}"))
    taken = set(matched.values())
    for p, row in enumerate(predicted):
        if p not in taken and p not in excused:
            detail = f"{row.get('number_text')!r} {row.get('outcome')}"
            tally.findings.append(Finding(document.name, "false alarm", str(row.get("quote")), detail))


def ratio(part: float, whole_: float) -> float | None:
    return part / whole_ if whole_ else None


def measures(counts: Mapping[str, int]) -> dict[str, float | None]:
    """Return every score from summed counts: micro-averaged over claims. None: there was nothing to measure."""
    found: dict[str, float | None] = {}
    for level in LEVELS:
        hit, missed, false = (counts.get(f"{level}:{kind}", 0) for kind in ("hit", "missed", "false"))
        found[f"{level} precision"] = ratio(hit, hit + false)
        found[f"{level} recall"] = ratio(hit, hit + missed)
        found[f"{level} F1"] = ratio(2 * hit, 2 * hit + missed + false)
    for slot in (*JUDGES, *LINKS):
        hit, missed, false = (counts.get(f"slot {slot}:{kind}", 0) for kind in ("hit", "missed", "false"))
        found[f"{slot} accuracy"] = ratio(counts.get(f"slot {slot}:agree", 0), counts.get(f"slot {slot}:pairs", 0))
        found[f"{slot} F1"] = ratio(2 * hit, 2 * hit + missed + false)
    found["critical rate"] = ratio(counts.get("critical", 0), counts.get("emitted", 0))
    found["flagged rate"] = ratio(counts.get("emitted", 0) - counts.get("unflagged", 0), counts.get("emitted", 0))
    found["trap rate"] = ratio(counts.get("traps sprung", 0), counts.get("traps", 0))
    return found


Interval = tuple[float, float] | None


@dataclass(frozen=True)
class Score:
    """Scores of one language or of all, with the counts they come from and their intervals."""

    counts: Counter[str]
    values: dict[str, float | None]
    intervals: dict[str, Interval]


def summarize(tallies: Sequence[Tally], *, resamples: int = 1000, seed: int = 20260101) -> Score:
    """Sum documents and resample them (percentile bootstrap, 95 %): claims of one document stand and fall together."""
    total: Counter[str] = Counter()
    for tally in tallies:
        total.update(tally.counts)
    values = measures(total)
    draws: dict[str, list[float]] = {name: [] for name in values}
    rng = random.Random(seed)
    for _ in range(resamples if len(tallies) > 1 else 0):
        sample: Counter[str] = Counter()
        for tally in rng.choices(tallies, k=len(tallies)):
            sample.update(tally.counts)
        for name, value in measures(sample).items():
            if value is not None:
                draws[name].append(value)
    return Score(total, values, {name: _interval(found) for name, found in draws.items()})


def _interval(draws: list[float]) -> Interval:
    if not draws:
        return None
    ordered = sorted(draws)
    last = len(ordered) - 1
    return ordered[round(0.025 * last)], ordered[round(0.975 * last)]


def score(
    documents: Iterable[GoldDocument], predicted: Mapping[str, Sequence[Row]], *, resamples: int = 1000, seed: int = 20260101
) -> tuple[dict[str, Score], list[Finding]]:
    """Score every document and sum by language; key ``all`` is the sum over languages.

    Raises
    ------
    ValueError
        Where predictions name a document that is not in the gold set.
    """
    documents = list(documents)
    unknown = sorted(set(predicted) - {document.name for document in documents})
    if unknown:
        raise ValueError(f"predictions name documents that the gold set has not: {', '.join(unknown[:5])}")
    tallies = [score_document(document, predicted.get(document.name, ())) for document in documents]
    groups = {"all": tallies}
    for tally in tallies:
        groups.setdefault(tally.language, []).append(tally)
    scores = {name: summarize(group, resamples=resamples, seed=seed) for name, group in groups.items()}
    return scores, [finding for tally in tallies for finding in tally.findings]
