"""Names read, compared and romanised, as lines for a terminal and as flat records for a program."""

from __future__ import annotations

from collections.abc import Iterator

from cenotaph.domain.errors import UsageError
from cenotaph.names.comparing import NameComparison, PartComparison, compare
from cenotaph.names.letters import find_script
from cenotaph.names.parsing import ParsedName, parse_name
from cenotaph.names.romanising import Romanised, read_standards, romanise, standards_for, write_back
from cenotaph.names.sql import Level

_SAID = {
    Level.EXACT: "the same spelling, in whatever script",
    Level.SAME_KEY: "the same name otherwise spelt or shortened",
    Level.NEAR: "near: a slip of the pen, or another name",
    Level.SWAPPED: "given and family name the other way round",
    Level.INITIALS: "the initial fits",
    Level.MISSING: "only one has it: says nothing",
    Level.CONTRADICTING: "contradicts",
}


def compare_names(left: str, right: str, language: str = "", country: str = "") -> NameComparison:
    """Compare two printed names."""
    return compare(left, right, language=language, country=country)


def comparison_lines(found: NameComparison) -> Iterator[str]:
    """Yield what two names have in common, a line for each part, and the sum."""
    for name in (found.left, found.right):
        yield f"{name.text[:80]}{'...' if len(name.text) > 80 else ''}"
        yield f"  {_describe(name)}"
    if not found.comparable:
        yield "No comparison: what identifies nobody matches nothing."
        return
    if not found.parts:
        yield "No comparison: neither has a part of a name, such as a given or a family name."
        return
    width = max(len(part.part) for part in found.parts)
    words = max(len(f"{part.left or '-'} : {part.right or '-'}") for part in found.parts)
    for part in found.parts:
        pair = f"{part.left or '-'} : {part.right or '-'}"
        yield f"{part.part:{width}}  {pair:{words}}  {part.weight:+6.1f} bits  {part.level}: {_explain(part)}"
    yield f"Together {found.weight:+.1f} bits, {found.level}."
    if found.left.order_doubt or found.right.order_doubt:
        yield "Given and family name may be the other way round in what has an order in doubt."


def _describe(name: ParsedName) -> str:
    if name.too_long:
        return "too long to be a name"
    if name.placeholder or not name.parts:
        return "identifies nobody"
    words = ", ".join(f"{part.role} {part.text}" for part in name.parts)
    doubt = "; order in doubt" if name.order_doubt else ""
    return f"{words} ({name.script}{', ' + name.sex if name.sex else ''}{doubt})"


def _explain(part: PartComparison) -> str:
    said = _SAID[part.level]
    if part.level in (Level.SAME_KEY, Level.NEAR) and part.left_keys.key:
        said += f" ({part.left_keys.fold or part.left_keys.letters} : {part.right_keys.fold or part.right_keys.letters}"
        said += f"; key {part.left_keys.key} : {part.right_keys.key})"
    if part.share is not None:
        said += f"; shared by about 1 in {max(round(1 / part.share), 1):,}"
    return said


def comparison_record(found: NameComparison) -> dict[str, object]:
    """Return a comparison for a program."""
    return {
        "left": parsed_record(found.left),
        "right": parsed_record(found.right),
        "comparable": found.comparable,
        "level": str(found.level),
        "weight_bits": round(found.weight, 3),
        "parts": [
            {
                "part": part.part,
                "left": part.left or None,
                "right": part.right or None,
                "left_key": part.left_keys.key,
                "right_key": part.right_keys.key,
                "level": str(part.level),
                "share": part.share,
                "weight_bits": round(part.weight, 3),
            }
            for part in found.parts
        ],
    }


def parse_line(text: str, language: str = "", country: str = "") -> str:
    """Return a printed name's parts on one line."""
    return _describe(parse_name(text, language, country))


def parse_record(text: str, language: str = "", country: str = "") -> dict[str, object]:
    """Return a printed name's parts for a program."""
    return parsed_record(parse_name(text, language, country))


def parsed_record(name: ParsedName) -> dict[str, object]:
    """Return a name's parts for a program."""
    return {
        "text": name.text if not name.too_long else None,
        "script": name.script or None,
        "order_doubt": name.order_doubt,
        "sex": name.sex or None,
        "placeholder": name.placeholder,
        "too_long": name.too_long,
        "parts": [
            {"text": part.text, "role": str(part.role), "key": part.keys.key, "fold": part.keys.fold} for part in name.parts
        ],
    }


def romanise_names(text: str, standard: str | None, back: bool) -> list[Romanised]:
    """Write a name over by a standard, or by every one for its script.

    Raises
    ------
    UsageError
        There is no such standard, or none for the name's script, or writing back was asked for without a standard.
    """
    if back:
        if standard is None:
            raise UsageError("To write a name back, its standard must be known.", f"Known are: {', '.join(read_standards())}.")
        return [write_back(text, standard)]
    if standard is not None:
        return [romanise(text, standard)]
    script = find_script(text)
    found = [romanise(text, each.key) for each in standards_for(script)]
    whole = [each for each in found if find_script(each.text) == "Latn"]  # The others lack a letter of the name.
    if not whole:
        known = ", ".join(sorted({each.script for each in read_standards().values()}))
        raise UsageError(f"No standard here has all the letters of '{text[:80]}'.", f"Scripts that have one: {known}.")
    return whole


def romanised_line(found: Romanised) -> str:
    """Return a romanised name with its standard and what it leaves open."""
    notes = [*((f"not said: {found.standard.loses}",) if found.standard.loses else ()), *found.doubts]
    return f"{found.text}  [{found.standard.key}: {found.standard.title}{'; ' if notes else ''}{'; '.join(notes)}]"


def romanised_record(found: Romanised) -> dict[str, object]:
    """Return a romanised name for a program."""
    standard = found.standard
    return {
        "text": found.text,
        "standard": standard.key,
        "title": standard.title,
        "language": standard.language,
        "not_said": standard.loses or None,
        "doubts": list(found.doubts),
    }
