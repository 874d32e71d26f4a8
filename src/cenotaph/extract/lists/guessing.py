"""What a column seems to say, by its header's words and its cells: a guess with its reason, for a person to mend."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field

from cenotaph.domain.axes import is_place
from cenotaph.domain.reports import DATE_FIELDS
from cenotaph.extract.lists.code_words import CODE_WORDS, guess_code, says_unknown
from cenotaph.extract.lists.columns import ColumnLook
from cenotaph.extract.lists.fields import NAME_KINDS, is_axis
from cenotaph.extract.lists.header_words import find_field

CALENDARS_OF = {
    "fa": ("gregorian", "solar_hijri", "islamic"),
    "ar": ("gregorian", "islamic"),
    "ne": ("gregorian", "bikram_sambat"),
}
RECRUITMENT = ("path", "branch", "force")
"""Axes that lists are wont to mix in one column."""


@dataclass
class Guess:
    """A column's draft.

    Parameters
    ----------
    fields
        What it says; empty where it is ignored or secret, or without a filled cell.
    keys
        Further keys with their values.
    words
        Words of the column with what they stand for, by axis.
    remarks
        What a person should know or decide.
    """

    fields: list[str] = field(default_factory=list)
    keys: dict[str, str | bool | int] = field(default_factory=dict)
    words: dict[str, dict[str, str]] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


def guess_column(look: ColumnLook, language: str | None, taken: Set[str]) -> Guess:
    """Return what a column seems to say.

    Parameters
    ----------
    look
        Its cells.
    language
        The language of its words, as far as it shows.
    taken
        Fields that columns before it say.
    """
    if not look.filled:
        return Guess(remarks=["every cell is empty here"])
    announced = find_field(look.header)
    if announced and (guess_ := _guess_announced(look, announced[0], language)):
        guess = guess_
    else:
        guess = _guess_by_cells(look, language)
    single = [name for name in guess.fields if name not in ("note", "id", "cites", "cited_host", "age", *NAME_KINDS)]
    if any(name in taken for name in single):
        return Guess(["note"], {}, {}, [f"it seems to be {', '.join(single)}, as a column before it: decide which"])
    if not guess.words and not any(is_axis(name) for name in guess.fields):
        _explain_nothing(look, guess)
    return guess


def _explain_nothing(look: ColumnLook, guess: Guess) -> None:
    """Give words such as "-1" or "нет данных" among ages and dates their meaning."""
    if guess.fields and (guess.fields[0] in DATE_FIELDS or guess.fields[0] == "age"):
        guess.words.update({word: {guess.fields[0]: "unknown"} for word in look.sample() if says_unknown(word)})


def _guess_announced(look: ColumnLook, name: str, language: str | None) -> Guess | None:
    """Check what the header announces against the cells; None where they speak against it."""
    if name in DATE_FIELDS:
        return _guess_date(look, name, language)
    if name == "age":
        return Guess(["age"]) if look.share_of_ages() >= 0.5 else None
    if name == "ignore":
        return (
            Guess([], {"ignore": True}, {}, ["a running number, which another release may give to somebody else"])
            if look.counting
            else None
        )
    if name == "secret":
        return Guess(
            [], {"secret": True}, {}, ["a number that finds a person elsewhere: its words are not kept in reports"]
        )
    if name == "cites":
        return _guess_citation(look)
    if name == "id":
        if look.counting:
            return Guess(
                [], {"ignore": True}, {}, ["a running number, which another release may give to somebody else"]
            )
        return Guess(["id"])
    if name in CODE_WORDS:
        return _guess_codes(look, name)
    if is_place(name):
        return _guess_place(look, name, language)
    if name == "name" and look.share_of_numbers() > 0.5:
        return None
    return Guess([name])


def _guess_by_cells(look: ColumnLook, language: str | None) -> Guess:
    if look.share_of_addresses() >= 0.7:
        return Guess(["cites"])
    if look.share_of_hosts() >= 0.8:
        return Guess(["cited_host"])
    if look.counting and look.unique:
        return Guess([], {"ignore": True}, {}, ["a running number, which another release may give to somebody else"])
    if look.few and (guess := _guess_any_codes(look)):
        return guess
    if look.share_of_dates(language, "gregorian", look.find_order() or "dmy") >= 0.8 and look.share_of_ages() < 0.8:
        return Guess(
            ["note"], {}, {}, [f"its cells are dates: if you know which, write one of {', '.join(DATE_FIELDS)}"]
        )
    if look.share_of_names() >= 0.8 and look.distinct > 0.7 * look.filled:
        return Guess(["name"])
    if look.share_of_places(language) >= 0.6:
        guess = _guess_place(look, "nationality", language)
        guess.remarks.append("its cells are places: it may be origin, birthplace, residence or death_place instead")
        return guess
    if look.unique and look.whole and look.share_of_names() < 0.5:
        return Guess(["id"])
    return Guess(["note"], {}, {}, ["nothing shows what it says; its words are kept as a note"])


def _guess_citation(look: ColumnLook) -> Guess:
    if look.share_of_hosts() >= 0.8:
        return Guess(["cited_host"])
    if look.share_of_citations() >= 0.5:
        return Guess(["cites"])
    return Guess(["note"], {}, {}, ["it names sources by short codes; they cite nothing that could be looked up"])


def _guess_date(look: ColumnLook, name: str, language: str | None) -> Guess | None:
    order = look.find_order()
    shares = {
        calendar: look.share_of_dates(language, calendar, order or "dmy")
        for calendar in CALENDARS_OF.get(language or "", ("gregorian",))
    }
    calendar = max(shares, key=lambda c: shares[c])
    if shares[calendar] < 0.5:
        return None
    guess = Guess([name])
    if calendar != "gregorian":
        guess.keys["calendar"] = calendar
    if order:
        guess.keys["order"] = order
    elif any(sign in word for word in look.sample() for sign in "./") and calendar == "gregorian":
        guess.keys["order"] = "dmy"
        guess.remarks.append("no cell shows whether the day or the month comes first")
    return guess


def _guess_place(look: ColumnLook, name: str, language: str | None) -> Guess:
    guess = Guess([name], {"places": True})
    share = look.share_of_places(language)
    guess.remarks.append(
        f"{share:.0%} of its words are places that the reference data knows; the others are kept as stated"
    )
    return guess


def _guess_codes(look: ColumnLook, axis: str) -> Guess | None:
    """Guess the codes of the words of a column whose header announces a closed axis."""
    if not look.few:
        return Guess([axis], {}, {}, ["it has many different words: give those that matter their codes"])
    axes = RECRUITMENT if axis in RECRUITMENT else (axis,)
    guess = _read_codes(look, axes)
    if not guess.words and (other := _guess_any_codes(look)):
        return other
    guess.fields = [axis, *(name for name in guess.fields if name != axis)]
    return guess


def _guess_any_codes(look: ColumnLook) -> Guess | None:
    """Guess the axis of a column of categories: the one that most of its words have codes of."""
    best: Guess | None = None
    for axes in (RECRUITMENT, *((axis,) for axis in CODE_WORDS if axis not in RECRUITMENT)):
        guess = _read_codes(look, axes)
        coded = sum(set(codes.values()) != {"unknown"} for codes in guess.words.values())
        if guess.fields and 2 * coded >= look.distinct and (best is None or len(guess.words) > len(best.words)):
            best = guess
    return best


def _read_codes(look: ColumnLook, axes: tuple[str, ...]) -> Guess:
    guess = Guess()
    for word in look.words:
        for axis in axes:
            code = guess_code(axis, word)
            if code:
                where = axis if code != "unknown" else axes[0]
                guess.words[word] = {where: code}
                if where not in guess.fields:
                    guess.fields.append(where)
                break
    guess.fields.sort(key=axes.index)
    return guess
