"""With what the matches of a regular expression begin, so that an expression need not be tried where it cannot match."""

from __future__ import annotations

_Heads = set[tuple[str, ...]]
_STOP = ""  # after it anything may follow


def list_openings(pattern: str, length: int) -> list[str]:
    """Return expressions for the first characters of everything that an expression matches.

    Parameters
    ----------
    pattern
        An expression of literals, classes, ``(?:...)``, ``|``, quantifiers and looking around; no other groups.
    length
        Most characters of an opening.

    Returns
    -------
    list of str
        One for each opening, without looking around; an empty one where nothing is known of the first character.

    Raises
    ------
    ValueError
        Where the expression has a group of another sort.
    """
    heads, _ = _read_choices(pattern, 0, length)
    return sorted("".join(head) for head in heads)


def _read_choices(pattern: str, at: int, length: int) -> tuple[_Heads, int]:
    """Return the openings of what stands between bars, and where the bracket around it closes."""
    found: _Heads = set()
    heads: _Heads = {()}
    while at < len(pattern) and pattern[at] != ")":
        if pattern[at] == "|":
            found |= heads
            heads = {()}
            at += 1
            continue
        items, at = _read_item(pattern, at, length)
        items, at = _read_quantifier(pattern, at, items)
        heads = {
            head if len(head) >= length or head[-1:] == (_STOP,) else (head + item)[:length] for head in heads for item in items
        }
    return found | heads, at


def _read_item(pattern: str, at: int, length: int) -> tuple[_Heads, int]:
    """Return the openings of one item and where it ends."""
    if pattern[at] == "\\":
        mark = pattern[at : at + 2]
        return {() if mark == r"\b" else (mark,)}, at + 2
    if pattern[at] == "[":
        end = pattern.index("]", at + 2) + 1
        return {(pattern[at:end],)}, end
    if pattern[at] == "$":
        return {(_STOP,)}, at + 1
    if pattern[at] != "(":
        return {(pattern[at],)}, at + 1
    for opening in ("(?:", "(?=", "(?!", "(?<=", "(?<!"):
        if pattern.startswith(opening, at):
            inner, end = _read_choices(pattern, at + len(opening), length)
            if opening != "(?:":
                inner = {()} if "<" in opening else {(_STOP,)}
            return inner, end + 1
    raise ValueError(f"An expression for a date has a group that is not understood at {at}: {pattern!r}. Use (?:...).")


def _read_quantifier(pattern: str, at: int, items: _Heads) -> tuple[_Heads, int]:
    """Return the openings of an item as often as it may stand, and where its quantifier ends."""
    mark = pattern[at : at + 1]
    if mark not in ("?", "*", "+", "{"):
        return items, at
    end = pattern.index("}", at) + 1 if mark == "{" else at + 1
    optional = mark in "?*" or pattern[at : at + 2] == "{0"
    if mark != "?":
        items = {(*item, _STOP) for item in items}
    if pattern[end : end + 1] in ("?", "+"):
        end += 1  # how much it takes changes nothing here
    return (items | {()} if optional else items), end
