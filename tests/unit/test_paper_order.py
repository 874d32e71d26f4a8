"""Words of PDF from right to left: read in that order, however the file has them; others stay as they are."""

from __future__ import annotations

import pytest

from cenotaph.capture.readers.paper_order import turn_lines, turn_word
from cenotaph.capture.readers.paper_pages import PageWord
from cenotaph.capture.readers.paper_tables import find_tables
from cenotaph.capture.readers.paper_words import Rule, Word


def lay(words: str, *, top: int = 1000) -> list[PageWord]:
    """Return words as they stand on a line from right to left, in the order given."""
    place, found = 50_000, []
    parts = words.split()
    for at, word in enumerate(parts):
        width = 500 * len(word)
        found.append(PageWord(word, " " if at + 1 < len(parts) else "\n", at, (place - width, top - 1000, place, top)))
        place -= width + 400
    return found


@pytest.mark.parametrize("word", ["أوكرانيا،", "السجون.", "القتلى:", "שלום", "شدند.", "قُتِلَ"])
@pytest.mark.parametrize("seen", [False, True], ids=["as read", "as seen"])
def test_a_word_is_read_from_its_rightmost_letter(word: str, seen: bool) -> None:
    lefts = [1000 - 10 * at for at in range(len(word))]
    letters = list(word)
    if seen:  # Marks lie on the letter before them, which comes after them from the left.
        letters.reverse()
        lefts.reverse()
    assert turn_word(letters, list(lefts)) == word


@pytest.mark.parametrize("word", ["Nepal", "12", "١٢", "22.07.2025", "(a)"])
def test_a_word_that_does_not_run_from_right_to_left_stays(word: str) -> None:
    assert turn_word(list(word), [10 * at for at in range(len(word))]) == word


def test_a_line_begins_at_its_right_and_names_in_it_keep_their_order() -> None:
    words = lay("وقال المتحدث باسم منظمة إن 16 شخصا فقدوا")
    seen = [PageWord(word.text, " ", word.at, word.box) for word in reversed(words)]
    assert [word.text for word in turn_lines(seen)] == [word.text for word in words]
    latin = [PageWord(name, " ", 0, box) for name, box in (("Human", (0, 0, 9, 10)), ("Rights", (10, 0, 19, 10)))]
    boxes = (("باسم", (30, 0, 39, 10)), ("المتحدث", (40, 0, 49, 10)), ("وقال", (50, 0, 59, 10)))
    arabic = [PageWord(text, " ", 0, box) for text, box in boxes]
    assert [word.text for word in turn_lines([*latin, *arabic])] == ["وقال", "المتحدث", "باسم", "Human", "Rights"]


def test_a_line_of_other_letters_stays_as_it_is() -> None:
    texts = ("The", "word", "سلام", "means", "peace")
    words = [PageWord(text, " ", at, (at * 10, 0, at * 10 + 9, 10)) for at, text in enumerate(texts)]
    assert turn_lines(words) == words


def test_columns_of_a_table_from_right_to_left_begin_at_the_right() -> None:
    rows = (("الدولة", "قتلى", "جرحى"), ("نيبال", "7", "3"), ("كوبا", "5", "2"))
    lefts = (40_000, 25_000, 10_000)
    words = [
        Word(text, (left, 3000 * (2 - row) + 500, left + 5000, 3000 * (2 - row) + 1500), row)
        for row, cells in enumerate(rows)
        for text, left in zip(cells, lefts, strict=True)
    ]
    rules = [Rule(True, x, 0, 9000) for x in (8000, 20_000, 35_000, 50_000)]
    rules += [Rule(False, y, 8000, 50_000) for y in range(0, 9001, 3000)]
    for drawn in (rules, []):
        (table,) = find_tables(words, drawn)
        assert [tuple(" ".join(words[at].text for at in cell) for cell in row) for row in table.rows] == list(rows)
