"""What the network that weighs a number's surroundings takes in and gives."""

from __future__ import annotations

import numpy as np
import pytest

from cenotaph.extract import read_claims
from cenotaph.extract.claims import context, ranking
from cenotaph.extract.claims.context import BACK, OUTCOMES, Context, Encoded, measure, read_vectors, read_weights
from cenotaph.extract.claims.reader import analyse

ENGLISH = (
    "Forty-one miners were killed when the shaft flooded, the governor said on Monday. Rescuers brought up nine.\n\n"
    "Of the dead, 12 came from Nepal and three from Kenya. The company employs 1,460 people and paid 4.2 million for the pit.\n"
)
RUSSIAN = (
    "При обвале шахты погибли сорок один горняк, сообщил губернатор в понедельник. Ещё девятерых подняли спасатели.\n\n"
    "Из погибших двенадцать приехали из Непала, трое — из Кении. На предприятии работают 1 460 человек, им обещали выплаты.\n"
)


def _place(text: str, language: str) -> Context:
    placed = analyse(text, language)
    return Context([sentence for _, sentence in placed], [place for place, _ in placed])


def _weigh(text: str, language: str) -> list[dict[str | None, float]]:
    placed = analyse(text, language)
    held = Context([sentence for _, sentence in placed], [place for place, _ in placed])
    return [dict(held.weigh(sentence, number)) for _, sentence in placed for number in sentence.numbers]


@pytest.mark.parametrize(("text", "language"), [(ENGLISH, "en"), (RUSSIAN, "ru")])
def test_every_number_of_a_text_is_weighed_and_its_shares_sum_to_one(text: str, language: str) -> None:
    weighed = _weigh(text, language)
    assert len(weighed) >= 5
    for shares in weighed:
        assert tuple(shares) == OUTCOMES
        assert sum(shares.values()) == pytest.approx(1.0, abs=1e-5)


@pytest.mark.parametrize(("text", "language"), [(ENGLISH, "en"), (RUSSIAN, "ru")])
def test_the_dead_are_told_from_those_employed(text: str, language: str) -> None:
    weighed = _weigh(text, language)
    assert max(weighed[0], key=lambda outcome: weighed[0][outcome]) == "killed"
    index = [n.mention.low for _, s in analyse(text, language) for n in s.numbers].index(1460)
    assert max(weighed[index], key=lambda outcome: weighed[index][outcome]) is None


def test_a_sentence_by_itself_is_left_to_the_rules() -> None:
    assert not _place("Twelve soldiers died.", "en").is_wide
    assert _weigh("Twelve soldiers died.", "en") == [{}]


def test_a_short_text_is_weighed_by_the_trees_that_know_no_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    kept = ranking.judge

    def judge(
        number: ranking.Features, options: list[tuple[str | None, ranking.Features]], trees: str
    ) -> dict[str | None, float]:
        asked.append(trees)
        assert ("near claim" in number) == (trees == "ranking")
        return kept(number, options, trees)

    monkeypatch.setattr(ranking, "judge", judge)
    read_claims("Twelve soldiers came home. Nine of them wounded, and four lost.", "en")
    assert asked and set(asked) == {"ranking_narrow"}
    asked.clear()
    read_claims(ENGLISH, "en")
    assert asked and set(asked) == {"ranking"}


def test_what_is_weighed_is_what_the_formula_gives() -> None:
    """The surroundings of one number, weighed token by token in plain loops."""
    placed = analyse(ENGLISH, "en")
    sentences, places = [sentence for _, sentence in placed], [place for place, _ in placed]
    encoded, weights = Encoded(sentences, places), read_weights()
    vectors = read_vectors("en")[1]
    own = dict(zip(weights["owned en"].tolist(), weights["own en"], strict=True))
    assert any(row in own for row in encoded.rows.tolist())
    known = [
        vectors[encoded.rows[at]].astype(np.float32) @ weights["word en"]
        + weights["language en"]
        + own.get(int(encoded.rows[at]), 0)
        + weights["said"][encoded.said[at]]
        + weights["hinted"][encoded.hinted[at]]
        + weights["shape"][encoded.shapes[at]]
        + weights["number"][encoded.numbers[at]]
        + weights["start"][encoded.starts[at]]
        + weights["unit"][encoded.units[at]]
        for at in range(len(encoded.rows))
    ]
    for turn, apart in enumerate(context.WIDENING):
        kernel = np.split(weights[f"spread {turn}"], 3, axis=1)
        spread = []
        for at, here in enumerate(known):
            sum_ = here @ kernel[1] + weights[f"spread {turn} bias"]
            sum_ = sum_ + (known[at - apart] @ kernel[0] if at >= apart else 0)
            sum_ = sum_ + (known[at + apart] @ kernel[2] if at + apart < len(known) else 0)
            both = here + np.maximum(sum_, 0)
            level = (both - both.mean()) / np.sqrt(both.var() + 1e-5)
            spread.append(level * weights[f"level {turn}"] + weights[f"level {turn} bias"])
        known = spread
    place, number = next((at, n) for at, s in enumerate(sentences) for n in s.numbers if n.mention.low == 12)
    start = encoded.firsts[place] + number.start
    here = known[start] + weights["size"][measure(12)]
    question = here @ weights["question"] + weights["question bias"]
    heads, width = weights["far"].shape[1], len(here)
    seen = []
    row = encoded.tell_distances()[list(encoded.number_starts).index(start)]
    for head in range(heads):
        part = slice(head * width // heads, (head + 1) * width // heads)
        ties, values = [], []
        for at, distance in enumerate(row):
            if distance < 0:
                continue
            asked = known[at] @ weights["asked"] + weights["asked bias"]
            ties.append(asked[:width][part] @ question[part] / np.sqrt(width / heads) + weights["far"][distance, head])
            values.append(asked[width:][part])
        shares = np.exp(np.array(ties) - max(ties))
        seen.append((shares[:, None] * np.array(values)).sum(0) / shares.sum())
    inner = np.maximum(np.concatenate([here, *seen]) @ weights["inner"] + weights["inner bias"], 0)
    sums = inner @ weights["outcome"] + weights["outcome bias"]
    expected = np.exp(sums - sums.max()) / np.exp(sums - sums.max()).sum()
    found = Context(sentences, places).weigh(sentences[place], number)
    assert list(found.values()) == pytest.approx(expected.tolist(), abs=1e-5)


def test_nothing_out_of_sight_changes_what_a_number_is_weighed() -> None:
    far = "The harbour was quiet and nobody spoke of it for a long while afterwards in the town. " * 14
    last = "Nine sailors drowned on Tuesday."
    first = _weigh("Twelve men were recruited in the spring. " + far + last, "en")[-1]
    other = _weigh("Twelve cows were sold in the spring. " + far + last, "en")[-1]
    assert list(first.values()) == pytest.approx(list(other.values()), abs=1e-5)
    near = _weigh("Twelve men were recruited in the spring. " + last + far, "en")[-1]
    assert list(near.values()) != pytest.approx(list(first.values()), abs=1e-5)


def test_distance_is_told_by_side_and_by_sentence() -> None:
    placed = analyse(ENGLISH, "en")
    encoded = Encoded([sentence for _, sentence in placed], [place for place, _ in placed])
    row = encoded.tell_distances()[0]
    start, end = encoded.number_starts[0], encoded.number_ends[0]
    assert (row[start], row[end]) == (16, 17)
    assert row[-1] == -1 or len(row) - end < 31
    assert {int(each) // 32 for each in row[row >= 0]} >= {0, 1}
    assert max(start - np.flatnonzero(row >= 0)) <= BACK


def test_a_russian_form_without_a_vector_takes_that_of_its_stem() -> None:
    rows, _ = read_vectors("ru")
    assert "погибли" in rows
    assert context.find_row("ru", "погиблищ") == rows["погибли"]
    assert context.find_row("ru", "щщщщщщ") == 0
    assert context.find_row("ru", "берёза") in (rows.get("берёза"), rows.get("береза"))


@pytest.mark.parametrize(
    ("low", "size"), [(None, 0), (0, 0), (1, 1), (9, 2), (12, 2), (60, 3), (999, 5), (10_000, 7), (10**400, 7), (float("inf"), 7)]
)
def test_sizes_are_classes_and_no_number_is_too_large(low: float | None, size: int) -> None:
    assert measure(low) == size


@pytest.mark.parametrize(
    "text",
    [
        "12 " * 5_000,
        "killed " * 5_000 + "12 men",
        ("Twelve soldiers died. " * 400) + "\u202e" + "مات ١٢ جنديا " * 50,
        "\x00 12 killed \x00" * 200,
        "a|b|c\n" + "1|2|3\n" * 900,
    ],
)
def test_odd_texts_are_read_to_their_end(text: str) -> None:
    read_claims(text, "en")
    read_claims(text, "ru")


def test_a_long_text_is_weighed_in_pieces() -> None:
    weighed = _weigh("Nine sailors drowned on Tuesday off the northern coast. " * 400, "en")
    assert len(weighed) == 400
    assert all(weighed)
