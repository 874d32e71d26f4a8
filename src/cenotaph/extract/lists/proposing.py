"""A draft of a mapping for a file: every guess is marked as one, and the draft can be used as it stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from pathlib import PurePath

from cenotaph.domain.axes import AXIS_BY_NAME, AxisKind, is_place
from cenotaph.domain.canonical import canonical_text
from cenotaph.domain.dates import PartialDate
from cenotaph.domain.documents import TableDocument
from cenotaph.domain.errors import DateFormatError, InputError
from cenotaph.domain.reports import DATE_FIELDS
from cenotaph.extract.lists.columns import ColumnLook, look_at
from cenotaph.extract.lists.fields import FIELD_HELP, NAME_KINDS, is_axis
from cenotaph.extract.lists.guessing import Guess, guess_column
from cenotaph.extract.lists.words import fold_word

LOOKED_ROWS = 50_000
"""Most rows that are looked at for a draft."""

_SHOWN_WORDS = 60
_RELEASE = re.compile(r"(?<!\d)((?:19|20)\d{2}(?:[-_.](?:0[1-9]|1[0-2])(?:[-_.](?:0[1-9]|[12]\d|3[01]))?)?)(?!\d)")


def propose_mapping(
    table: TableDocument,
    *,
    file_name: str,
    today: date,
    list_id: str | None = None,
    language: str | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
    header: int | None = None,
    remarks: Sequence[str] = (),
) -> str:
    """Return a draft of a mapping as TOML.

    Parameters
    ----------
    table
        The list's file, opened.
    file_name
        Its name, which the list's id and the release's date are guessed from.
    today
        The release's date where the file's name gives none.
    list_id, language
        What the list is called, and its language, where they are known.
    encoding, sheet, header
        What the file was opened with.
    remarks
        What a person must know of the file before everything else.

    Raises
    ------
    InputError
        The file has no header or no rows, or is damaged.
    """
    names = table.header(sheet)
    rows = list(islice((row.cells for row in table.rows(sheet)), LOOKED_ROWS))
    if not any(cell.strip() for row in rows for cell in row):
        raise InputError(f"{file_name} has a header and no rows with words in them.", "A draft is made from a list's rows.")
    looks = look_at(names, rows)
    languages = [look.find_language() for look in looks]
    own = language or _find_main(looks, languages)
    guesses: list[Guess] = []
    taken: set[str] = set()
    for look, tag in zip(looks, languages, strict=True):
        guess = guess_column(look, tag or own, taken)
        guesses.append(guess)
        taken.update(guess.fields)
    lines = [
        f"# Draft of a mapping for {_comment(file_name)}, made from {_say_rows(len(rows))}.",
        "# Everything marked 'guess' is one: read it through and mend it. docs/reference/mapping.md explains every key.",
        *(f"# {_comment(remark[0].upper() + remark[1:])}" for remark in remarks),
        "schema = 1",
        "",
        *_write_list(file_name, list_id, today, _find_key(looks, guesses), _name_sheet(table, sheet)),
        "",
        "[source]",
        f"name = {_toml('publisher of ' + file_name)}  # guess: write who publishes the list",
        'kind = "other"  # guess: outlet, official, registry, ngo ...',
        *([f"language = {_toml(own)}" + ("" if language else "  # guess: by its letters")] if own else []),
    ]
    if encoding or sheet or header:
        lines += ["", "[file]"]
        how = (("encoding", encoding), ("sheet", sheet), ("header", header))
        lines += [f"{key} = {_toml(value)}" for key, value in how if value]
    if "fate" not in taken:
        lines += ["", "[constants]", 'fate = "dead"  # guess: everybody on the list is dead']
    for look, guess, tag in zip(looks, guesses, languages, strict=True):
        lines += ["", *_write_column(look, guess, tag if tag != own else None)]
    return "\n".join(lines) + "\n"


def _say_rows(count: int) -> str:
    return f"its first {count:,} rows" if count == LOOKED_ROWS else f"its {count:,} rows"


def _find_main(looks: list[ColumnLook], languages: list[str | None]) -> str | None:
    """Return the language of most columns with letters; where Latin stands beside another script, the other one."""
    found = Counter(
        tag for look, tag in zip(looks, languages, strict=True) if tag and look.share_of_addresses() < 0.5
    )
    others = {tag: count for tag, count in found.items() if tag != "en"}
    return max(others or found, key=lambda tag: (others or found)[tag], default=None)


def _find_key(looks: list[ColumnLook], guesses: list[Guess]) -> tuple[ColumnLook, str] | None:
    """Return the column that best identifies a row: a number of the list's own, nearly unique and nearly everywhere."""
    best: tuple[float, ColumnLook, str] | None = None
    for look, guess in zip(looks, guesses, strict=True):
        if not ("id" in guess.fields or guess.keys.get("secret")) or not look.filled:
            continue
        if look.distinct < 0.99 * look.filled or look.filled < 0.8 * look.rows:
            continue
        remark = "unique in every row" if look.unique and look.whole else f"{look.rows - look.filled:,} rows lack it"
        if not look.unique:
            remark += f", {look.filled - look.distinct:,} repeat one"
        score = look.distinct / look.rows
        if best is None or score > best[0]:
            best = (score, look, remark)
    return best[1:] if best else None


def _write_list(
    file_name: str, list_id: str | None, today: date, key: tuple[ColumnLook, str] | None, sheet: tuple[str, str] | None
) -> Iterator[str]:
    found = _RELEASE.search(PurePath(file_name).stem)
    day, release = None, None
    if found:
        release = re.sub(r"[_.]", "-", found[1])
        try:
            day = PartialDate.from_edtf(release).edtf
        except DateFormatError:
            release = None
    yield "[list]"
    own, title = _make_id(file_name), PurePath(file_name).stem
    if sheet:
        own, title = f"{own[: 40 - len(sheet[1]) - 1].strip('-')}-{sheet[1]}", f"{title}, {sheet[0]}"
    yield f"id = {_toml(list_id or own)}" + (
        "" if list_id else "  # guess: a short name that never changes"
    )
    yield f"title = {_toml(title)}  # guess: what readers see"
    yield f"release = {_toml(release or '1')}  # guess" + (": by the file's name" if release else "")
    yield f"date = {_toml(day or today.isoformat())}  # guess: when the release became public" + (
        "" if day else "; this is today"
    )
    yield "complete = true  # guess: the file is the whole list, not an addition to it"
    if key:
        yield f"key = {_toml(key[0].header)}  # guess: {key[1]}"
    else:
        yield "# key = ...  # no column identifies a row: rows are known by their content"


def _name_sheet(table: TableDocument, sheet: str | None) -> tuple[str, str] | None:
    """Return a sheet's name and what the list's id ends in, so that no two sheets' lists have one id; None of the first sheet."""
    names = list(table.sheets())
    if sheet is None or sheet not in names[1:]:
        return None
    made = [re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:20].strip("-") for name in names]
    at = names.index(sheet)
    return sheet, made[at] if made[at] and made.count(made[at]) == 1 else f"sheet-{at + 1}"


def _make_id(file_name: str) -> str:
    stem = _RELEASE.sub("", PurePath(file_name).stem).lower()
    made = re.sub(r"[^a-z0-9]+", "-", stem).strip("-")[:40].strip("-")
    return made if made and made != "documents" else "list"


def _write_column(look: ColumnLook, guess: Guess, language: str | None) -> Iterator[str]:
    if not look.filled:
        yield f"# Column {_toml(look.header)}: every cell is empty here. Its words are kept once there are any; give it a"
        yield "# section when they shall be read."
        return
    yield "[[column]]"
    yield f"name = {_toml(look.header)}"
    for remark in guess.remarks:
        yield f"# {remark[0].upper()}{remark[1:]}."
    if guess.fields:
        fields = guess.fields[0] if len(guess.fields) == 1 else guess.fields
        yield f"fields = {_toml(fields)}  # guess"
    for key, value in guess.keys.items():
        yield f"{key} = {_toml(value)}  # guess"
    if language and guess.fields and any(f in NAME_KINDS or is_place(f) or f in DATE_FIELDS for f in guess.fields):
        yield f"language = {_toml(language)}  # guess"
    yield from _write_words(look, guess)


def _write_words(look: ColumnLook, guess: Guess) -> Iterator[str]:
    """Write the table of words: those with a guessed code, and as comments those without."""
    closed = [name for name in guess.fields if is_axis(name) and AXIS_BY_NAME[name].kind is AxisKind.CLOSED]
    listed = look.words.most_common() if look.few or guess.words else []
    if closed:
        codes = "; ".join(f"{name}: {', '.join(code for code, _ in AXIS_BY_NAME[name].codes)}" for name in closed)
        yield f'# Codes of {codes}; "stated" keeps words as quoted.'
    elif guess.fields == ["note"] and look.few:
        yield f"# It may be one of: {', '.join(name for name in FIELD_HELP if is_axis(name))}."
    if guess.words:
        yield "[column.words]"
    written: set[str] = set()
    for word, count in listed[: _SHOWN_WORDS if not guess.words else None]:
        rows = f"{count:,} row{'s' * (count != 1)}"
        codes_of = guess.words.get(word)
        if codes_of and fold_word(word) not in written:
            written.add(fold_word(word))
            if list(codes_of) == guess.fields[:1] and len(guess.fields) == 1:
                meaning = _toml(next(iter(codes_of.values())))
            else:
                meaning = "{ " + ", ".join(f"{axis} = {_toml(code)}" for axis, code in codes_of.items()) + " }"
            yield f"{_toml(word)} = {meaning}  # guess, {rows}"
        elif not codes_of and look.few and (closed or is_place_or_note(guess)):
            yield f"# {_toml(word[:200])}: {rows}"


def is_place_or_note(guess: Guess) -> bool:
    """Tell whether the words of a column are worth listing though no code is guessed for them."""
    return any(is_place(name) or name == "note" for name in guess.fields)


def _toml(value: str | bool | int | list[str]) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        return f"[{', '.join(_toml(item) for item in value)}]"
    text = canonical_text(value)
    return "".join(
        c
        if c.isprintable() or c == " "
        else "".join(f"\\u{ord(u):04x}" if ord(u) < 0x10000 else f"\\U{ord(u):08x}" for u in c)
        for c in text
    )


def _comment(text: str) -> str:
    return "".join(c if c.isprintable() else "?" for c in text)
