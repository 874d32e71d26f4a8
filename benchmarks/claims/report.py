"""Write scores as a table for people and as JSON for machines."""

from __future__ import annotations

from collections.abc import Mapping

from benchmarks.claims.agreement import JUDGES, LINKS
from benchmarks.claims.scorer import CRITICAL, LEVELS, Finding, Score


def _number(value: float | None) -> str:
    return "  -  " if value is None else f"{value:.3f}"


def _with_interval(score: Score, name: str) -> str:
    interval = score.intervals.get(name)
    if score.values[name] is None or interval is None:
        return _number(score.values[name])
    return f"{_number(score.values[name])} [{interval[0]:.3f}, {interval[1]:.3f}]"


def write_table(scores: Mapping[str, Score]) -> str:
    """Return the scores of each language under each other, with n and 95 % intervals over documents."""
    return "\n\n".join(_write_one(name, score) for name, score in scores.items()) + "\n"


def _write_one(name: str, score: Score) -> str:
    count = score.counts
    required = count.get("number:hit", 0) + count.get("number:missed", 0)
    lines = [f"== {name}: {count.get('documents', 0)} documents, {required} claims to find, {count.get('emitted', 0)} judged"]
    lines.append(f"{'':20} {'precision':>23} {'recall':>23} {'F1':>23}")
    for level in LEVELS:
        cells = " ".join(f"{_with_interval(score, f'{level} {kind}'):>23}" for kind in ("precision", "recall", "F1"))
        lines.append(f"{level:20} {cells}")
    lines.append(f"{'slot':20} {'accuracy on pairs':>23} {'F1 of what is said':>23} {'pairs, of them said':>23}")
    for slot in (*JUDGES, *LINKS):
        pairs = count.get(f"slot {slot}:pairs", 0)
        said = count.get(f"slot {slot}:hit", 0) + count.get(f"slot {slot}:missed", 0)
        cells = f"{_with_interval(score, f'{slot} accuracy'):>23} {_with_interval(score, f'{slot} F1'):>23}"
        lines.append(f"{slot:20} {cells} {f'{pairs}, {said}':>23}")
    split = ", ".join(f"{kind} {count.get(f'critical {kind}', 0)}" for kind in CRITICAL)
    critical, excused = count.get("critical", 0), count.get("flagged errors", 0)
    lines.append(f"critical errors      {critical} = {_with_interval(score, 'critical rate')} of claims judged ({split})")
    lines.append(f"flagged for review   {_with_interval(score, 'flagged rate')}; errors excused by the flag: {excused}")
    lines.append(f"traps sprung         {count.get('traps sprung', 0)} of {count.get('traps', 0)}")
    return "\n".join(lines)


def write_findings(findings: list[Finding], kinds: tuple[str, ...] = ()) -> str:
    """Return one line per finding, those of the named kinds (beginnings of their names) or all."""
    chosen = [f for f in findings if not kinds or f.kind.startswith(kinds)]
    return "\n".join(f"{f.document}\t{f.kind}\t{f.detail}\t{f.text!r}" for f in chosen)


def as_json(scores: Mapping[str, Score]) -> dict[str, object]:
    return {name: {"counts": s.counts, "values": s.values, "intervals": s.intervals} for name, s in scores.items()}
