"""A text cut where claims' words begin and end: nothing is lost, every number is marked once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cenotaph.domain.claims import Allegation, Claim, Modality, Unit
from cenotaph.domain.counts import Bound
from cenotaph.services.claim_marks import cut_lines, cut_segments


def make_claim(text: str, start: int, end: int, number_start: int, number_end: int) -> Claim:
    return Claim(
        f"c{start}", "d", start, end, text[start:end], number_start, number_end, text[number_start:number_end], 1, 1,
        Bound.EXACT, Unit.PEOPLE, "killed", Modality.STATED,
    )  # fmt: skip


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Claim | Allegation]]:
    text = draw(st.text(alphabet="ab \n1я\u202e", min_size=1, max_size=60))
    items: list[Claim | Allegation] = []
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        first = draw(st.integers(start, end - 1))
        last = draw(st.integers(first + 1, end))
        if draw(st.booleans()):
            items.append(make_claim(text, start, end, first, last))
        else:
            items.append(Allegation("a", "d", start, end, text[start:end], "threat", None, None, None, None, Modality.STATED))
    return text, items


@given(marked())
def test_segments_joined_are_the_text_and_mark_each_item_once(case: tuple[str, list[Claim | Allegation]]) -> None:
    text, items = case
    segments = list(cut_segments(text, items))
    assert "".join(segment.text for segment in segments) == text
    marks = [at for segment in segments for at in (*segment.numbers, *segment.ends)]
    assert sorted(marks) == list(range(len(items)))
    for at, item in enumerate(items):
        assert "".join(s.text for s in segments if at in s.within) == text[item.start : item.end]


@given(marked())
def test_lines_hold_every_word_and_every_mark(case: tuple[str, list[Claim | Allegation]]) -> None:
    text, items = case
    lines = list(cut_lines(text, items))
    shown = [words for line in lines if (words := "".join(segment.text for segment in line)).strip()]
    assert shown == [line for line in text.split("\n") if line.strip()]
    marks = {at for line in lines for segment in line for at in (*segment.numbers, *segment.ends)}
    filled = {at for at, item in enumerate(items) if isinstance(item, Claim) and item.number_text.split("\n")[0].strip()}
    assert filled <= marks
