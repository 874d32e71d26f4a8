"""Whatever the text: reading it ends, and every quote is exactly what stands there."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.guards import ends

from cenotaph.extract import Reading, read_claims
from cenotaph.extract.claims.part_finder import GUESSED

PIECES = st.sampled_from(
    [
        "five", "12", "1,300", "no one", "пятеро", "двое", "1 200", "сорок шесть", "тыс.", "at least", "более",
        "people", "soldiers", "Nepalis", "граждан", "узбеков", "killed", "wounded", "dead", "погибли", "ранены",
        "пропали без вести", "of them", "из них", "including", "в том числе", "said", "сообщил", "according to",
        "по данным", "the ministry", "МЧС", ",", ".", ";", ":", "—", "(", ")", "«", "»", "\"", "\n", "\n\n", "•",
        "|", "/", "?", "and", "и", "were", "if", "если", "не", "not", "\u0000", "\u202e", "\u0301", "\ud800", "’s",
        "U.S.", "т. ч.", "Kenya (12)", "Таджикистан — 7", "Leave a Reply",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.lists(PIECES, max_size=40).map(" ".join), st.text(max_size=200))


def check(text: str, reading: Reading) -> None:
    seen = set()
    for item in reading:
        assert item.quote == text[item.start : item.end] != ""
        assert item.id not in seen
        seen.add(item.id)
    for claim in reading.claims:
        assert claim.number_text == text[claim.number_start : claim.number_end] != ""
        assert claim.start <= claim.number_start < claim.number_end <= claim.end
        assert claim.subset_of is None or (claim.subset_of in seen and claim.subset_of != claim.id)
        assert claim.repeat_of is None or claim.repeat_of in seen
        for words in (
            claim.nationality_text,
            claim.group,
            claim.place,
            claim.attribution,
            claim.via,
            claim.as_of,
            claim.span,
        ):
            assert words is None or words in text
        assert claim.needs_review == bool(set(claim.doubts) - {GUESSED})
        assert claim.outcome.split("+") == sorted(set(claim.outcome.split("+")))


def check_wholes(reading: Reading) -> None:
    by_id = {claim.id: claim for claim in reading.claims}
    for claim in reading.claims:
        if GUESSED not in claim.doubts:
            continue
        whole = by_id[claim.subset_of or ""]
        value, most = (one.low if one.low is not None else one.high for one in (claim, whole))
        assert value is not None and most is not None and (claim.unit == "percent" or value < most)
        assert whole.unit != "percent" and claim.repeat_of != whole.id and whole.repeat_of != claim.id
        above = whole
        for _ in by_id:
            assert above.id != claim.id
            above = by_id.get(above.subset_of or "", above)


@settings(max_examples=200, deadline=None)
@given(TEXTS, TEXTS, st.sampled_from(["en", "ru"]))
def test_a_guessed_whole_is_larger_than_its_part_and_never_within_it(first: str, second: str, language: str) -> None:
    check_wholes(read_claims(f"{first}\n{second}\n{first}", language))


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.sampled_from(["en", "ru", "uk", None]))
def test_every_quote_is_in_the_text(text: str, language: str | None) -> None:
    check(text, read_claims(text, language))


WHENS = {
    "en": ["since", "from", "by", "on", "as of", "in", "May", "31 December", "2199", "1 January 1", "last week", "Monday"],
    "ru": ["с", "с начала", "на", "к", "в", "мая", "31 декабря", "2199 года", "1 января 1 года", "за последние 999 лет"],
}


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(["en", "ru"]), st.data(), st.one_of(st.dates(), st.sampled_from([date.min, date.max])))
def test_no_date_in_a_text_and_no_day_of_publication_stop_the_reading(language: str, data: st.DataObject, day: date) -> None:
    when = " ".join(data.draw(st.lists(st.sampled_from(WHENS[language]), max_size=5)))
    said = f"{when} 12 people were killed, 5 wounded." if language == "en" else f"{when} погибли 12 человек, ранены пятеро."
    reading = read_claims(said, language, published_on=day)
    check(said, reading)
    assert reading.claims


HOSTILE = {
    "digits": "7" * 10_000_000,
    "digits apart": "12 34 567 " * 10_000,
    "nested quotes": '«"“' * 30_000 + "5 killed" + '”"»' * 30_000,
    "brackets": "(" * 300_000,
    "null bytes": "\x00" * 300_000,
    "mixed directions": "\u202eпогибли 5\u202d killed 12\u2066" * 1_500,
    "combining marks": "а" + "\u0301" * 300_000,
    "lone surrogates": "\ud800 12 killed \udfff" * 1_500,
    "one endless sentence": "12 killed and " * 3_000,
    "commas": "," * 200_000,
    "line breaks": "\n \n" * 200_000,
    "dots": "." * 200_000,
    "rows": "North — 12\n" * 5_000,
    "hyphens": "a-" * 200_000,
    "speech": "said the minister, " * 10_000,
    "claims": "Twelve people died, the mayor said.\n\n" * 3_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_makes_it_hang(name: str) -> None:
    text = HOSTILE[name]
    with ends():
        check(text, read_claims(text, "ru" if name in ("mixed directions", "combining marks") else "en"))
        read_claims(text[:100_000])
