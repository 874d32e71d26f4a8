"""What an import did, in plain words and as JSON, with everything it met that a person should look at."""

from __future__ import annotations

from collections.abc import Iterator

from cenotaph.domain.canonical import JsonValue
from cenotaph.domain.plurals import choose, count_words
from cenotaph.extract.lists import ReadingSummary
from cenotaph.services.import_plan import Changes
from cenotaph.services.imports import Import
from cenotaph.services.sheets import say_sheet
from cenotaph.services.wording import clean

_SHOWN_WORDS = 20
_SHOWN_LINES = 10
_KEPT = "the words were kept"
_NOT_KEPT = "the row was taken in without it: have a spreadsheet program open and save the file, and import it again"


def import_text(done: Import) -> Iterator[str]:
    """Yield in plain words what an import did, and everything it met that a person should look at."""
    yield from _import_text(done)
    for other in done.other_sheets:
        words = say_sheet(other)
        yield f"  {words[0].upper()}{words[1:]}. If it belongs to a list, import the file once more with --sheet."


def _import_text(done: Import) -> Iterator[str]:
    if done.nothing_new:
        yield f"{done.list_id} {done.release}: these bytes were read under this mapping before; nothing has changed."
        rows, values = done.unread
        if rows:
            yield f"  That reading left out {count_words(rows, 'row')} that could not be read; {choose(rows, 'it is', 'they are')} in no count."
        if values:
            yield f"  That reading kept {count_words(values, 'value')} as words that could not be read."
        return
    c, s = done.changes, done.summary
    yield f"{done.list_id}, release {done.release}: {count_words(s.rows, 'row')} read."
    words = [
        f"{c.added:,} added",
        f"{c.changed:,} changed",
        f"{c.withdrawn:,} withdrawn",
        f"{c.unchanged:,} unchanged",
    ]
    yield "  " + ", ".join(words) + (f", {c.read_anew:,} read anew under a changed mapping" if c.read_anew else "")
    if not done.keyed and (c.added or c.withdrawn) and c.unchanged:
        yield "  Rows are known by their content: a changed row is a withdrawal and an addition."
    for note in done.notes:
        yield f"  {note}"
    if c.under_seal:
        yield f"  {count_words(c.under_seal, 'row')} {choose(c.under_seal, 'is', 'are')} under seal and not taken in again, or not whole."
    if c.judgements_lapsed:
        words = f"  {count_words(c.judgements_lapsed, 'judgement')} no longer {choose(c.judgements_lapsed, 'holds', 'hold')}: "
        yield f"{words}what the row says changed, or it was withdrawn. `cenotaph judgement list` marks such."
    yield from _summary_text(s)
    if done.failures:
        yield f"  {count_words(len(done.failures), 'row')} could not be read and not taken in; the others were."


def _summary_text(s: ReadingSummary) -> Iterator[str]:
    for column in s.absent_columns:
        yield f"  The mapping reads a column '{clean(column)}' that the file does not have."
    for column in s.unread_columns:
        yield f"  The file has a column '{clean(column)}' that the mapping does not read; its words are kept."
    for column, found in s.unmapped.items():
        for word, number in sorted(found.items(), key=lambda item: (-item[1], item[0]))[:_SHOWN_WORDS]:
            yield f"  Column '{clean(column)}': no code for {clean(repr(word))} ({count_words(number, 'row')}); the words are kept."
        if len(found) > _SHOWN_WORDS:
            rest = sum(found.values()) - sum(number for _, number in found.most_common(_SHOWN_WORDS))
            yield f"  ... and for {count_words(len(found) - _SHOWN_WORDS, 'more word')} of column '{clean(column)}' ({count_words(rest, 'row')})."
    for column, number in s.several.items():
        yield f"  Column '{clean(column)}': {count_words(number, 'row')} {choose(number, 'names', 'name')} several codes; none is chosen, all are kept."
    if s.empty_names:
        yield f"  {count_words(s.empty_names, 'row')} {choose(s.empty_names, 'has', 'have')} no name."
    if s.placeholders:
        yield f"  {count_words(s.placeholders, 'row')} {choose(s.placeholders, 'has', 'have')} a placeholder for a name: nobody is identified."
    if s.empty_keys:
        yield f"  {count_words(s.empty_keys, 'row')} {choose(s.empty_keys, 'has an empty key: it is known by its', 'have an empty key: they are known by their')} content."
    if s.repeated_keys:
        yield f"  {count_words(s.repeated_keys, 'row')} {choose(s.repeated_keys, 'has the key of a row before it', 'have the key of a row before them')}: kept apart by order."
    if s.identical_rows:
        yield f"  {count_words(s.identical_rows, 'row')} {choose(s.identical_rows, 'says the same as a row before it: it stays a person apart', 'say the same as a row before them: they stay separate people')}."
    for column, number in s.yearless.items():
        yield f"  Column '{clean(column)}': {count_words(number, 'date')} {choose(number, 'says', 'say')} no year; the words are kept, the date is unknown."
    if s.merged:
        ranges = count_words(s.merged, "merged range")
        yield f"  {ranges} of cells: only the first cell of each says something, the others are empty."
    if s.unreadable:
        yield f"  {count_words(len(s.unreadable), 'value')} could not be read: the rows were taken in, their words kept where there are any, the value unknown."


def failure_text(done: Import) -> Iterator[str]:
    """Yield a line for each row that was not taken in, then for each distinct value that could not be read, with its lines."""
    for f in done.failures:
        where = f"Line {f.line}" + (f", column {clean(f.column)}" if f.column else "")
        value = f": {clean(repr(f.value))[:80]}" if f.value else ""
        yield f"{where}{value}: {clean(f.reason)}; the row was not taken in"
    lines: dict[tuple[str, str, str, bool], list[int]] = {}
    for u in done.summary.unreadable:
        lines.setdefault((u.column, u.value, u.reason, u.kept), []).append(u.line)
    for (column, value, reason, kept), found in lines.items():
        shown = ", ".join(str(line) for line in found[:_SHOWN_LINES])
        more = f" and {len(found) - _SHOWN_LINES:,} more (--json lists them)" if len(found) > _SHOWN_LINES else ""
        where = f"Line{'s' * (len(found) > 1)} {shown}{more}, column {clean(column)}"
        yield f"{where}: {clean(repr(value))[:80]}: {clean(reason)}; {_KEPT if kept else _NOT_KEPT}"


def import_json(done: Import) -> dict[str, JsonValue]:
    """Return an import's outcome as JSON values; its summary lists every value that could not be read."""
    return {
        "list": done.list_id,
        "release": done.release,
        "reading": done.reading,
        "capture": done.capture,
        "nothing_new": done.nothing_new,
        "unread_before": {"rows": done.unread.rows, "values": done.unread.values},
        "keyed": done.keyed,
        "changes": {name: getattr(done.changes, name) for name in Changes.__dataclass_fields__},
        "notes": list(done.notes),
        "sheets_not_read": {other.name: other.rows for other in done.other_sheets},
        "summary": {**done.summary.as_json(), "unreadable": [item._asdict() for item in done.summary.unreadable]},
        "failures": [
            {"row": f.row_number, "line": f.line, "column": f.column, "value": f.value, "reason": f.reason}
            for f in done.failures
        ],
    }
