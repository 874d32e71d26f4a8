"""What the learned part of the reader may change, and what it leaves alone."""

from __future__ import annotations

import numpy as np
import pytest

from cenotaph.extract import read_claims
from cenotaph.extract.claims import ranking
from cenotaph.extract.claims.context import Context
from cenotaph.extract.claims.discourse import Discourse
from cenotaph.extract.claims.ranking import Trees, read_trees
from cenotaph.extract.claims.reader import analyse

STUMP = {"feature": [0, 0, 0], "threshold": [0.5, 0.0, 0.0], "left": [1, 1, 2], "right": [2, 1, 2], "value": [0.0, -1.0, 2.0]}


def test_a_tree_goes_left_at_its_threshold_and_right_above() -> None:
    trees = Trees(["score"], [STUMP, STUMP])
    assert trees.weigh(np.array([[0.5], [0.6]])).tolist() == [-2.0, 4.0]


def test_the_trees_shipped_know_the_features_that_are_given() -> None:
    seen: set[str] = set()
    kept = ranking.judge

    def judge(
        number: ranking.Features, options: list[tuple[str | None, ranking.Features]], trees: str
    ) -> dict[str | None, float]:
        seen.update(number)
        for _, features in options:
            seen.update(features)
        return kept(number, options, trees)

    text = (
        "Twelve soldiers died on Monday. Nine others were wounded, four of them badly, the ministry said.\n\n"
        "Of the dead, five had been recruited in prison. Another three are missing."
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ranking, "judge", judge)
        read_claims(text, "en")
    assert len(seen & read_trees().columns.keys()) > 60


def test_what_is_weighed_sums_to_one_and_is_the_same_each_time() -> None:
    options = [(None, {"is none": 1.0}), ("killed", {"score": 6.0}), ("wounded", {"score": 2.0})]
    first = ranking.judge({"certain": 1.0}, options)
    assert sum(first.values()) == pytest.approx(1.0)
    assert first == ranking.judge({"certain": 1.0}, options)


def test_a_doubtful_reading_says_by_which_words_and_how_likely(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranking, "judge", lambda number, options, trees: {None: 0.1, "killed": 0.7, "wounded": 0.2})
    monkeypatch.setattr(ranking, "is_plain", lambda draft: False)
    (claim,) = read_claims("Twelve soldiers died.", "en").claims
    assert claim.needs_review
    assert 'outcome: weighed 0.70 by "died", wounded 0.20' in claim.doubts


def test_what_the_rules_refuse_is_not_weighed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranking, "judge", lambda number, options, trees: {None: 0.0, "killed": 1.0})
    claims = read_claims("Twelve soldiers died. If 600 had died, the morgue would be full.", "en").claims
    assert [claim.low for claim in claims] == [12]


def test_another_outcome_must_be_clearly_likelier(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranking, "is_plain", lambda draft: False)
    monkeypatch.setattr(ranking, "judge", lambda number, options, trees: {None: 0.1, "killed": 0.43, "wounded": 0.47})
    assert [claim.outcome for claim in read_claims("Twelve soldiers died.", "en").claims] == ["killed"]
    monkeypatch.setattr(ranking, "judge", lambda number, options, trees: {None: 0.1, "killed": 0.2, "wounded": 0.7})
    assert [claim.outcome for claim in read_claims("Twelve soldiers died.", "en").claims] == ["wounded"]


LONG = (
    "Twelve soldiers died in the fire at the barracks on Monday, the ministry said in a statement on its site. "
    "Five tailors were told of by name. The town is quiet now, and shops and schools are to open again on Thursday morning, "
    "as the mayor wrote to all who live there."
)


@pytest.mark.parametrize(("none", "made"), [(0.3, ["killed", "detained"]), (0.5, ["killed"])])
def test_a_claim_of_one_of_several_outcomes_is_made_and_asked_about(
    none: float, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def judge(number: object, options: list[tuple[str | None, object]], trees: str) -> dict[str | None, float]:
        return {None: none, "detained": 0.4, "captured": 0.6 - none}

    monkeypatch.setattr(ranking, "judge", judge)
    monkeypatch.setattr(ranking, "COUNTED", 1.1)  # weigh every number that the rules leave out
    monkeypatch.setattr(ranking, "is_settled", lambda draft, *rest: draft is not None)
    claims = read_claims(LONG, "en").claims
    assert [claim.outcome for claim in claims] == made
    assert claims[-1].needs_review == (len(made) > 1)


@pytest.mark.parametrize(("none", "weighed"), [(0.01, True), (0.2, False)])
def test_what_a_rule_refuses_is_weighed_only_where_its_surroundings_are_sure(
    none: float, weighed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    placed = analyse(LONG, "en")
    sentence = placed[0][1]
    number = sentence.numbers[0]
    discourse = Discourse(context=Context([one for _, one in placed], [at for at, _ in placed]))
    monkeypatch.setattr(Context, "doubt", lambda self, sentence, number: none)
    sentence.refuse(number)
    assert ranking.counts_by_context(sentence, number, discourse) == weighed
    sentence.bar(number)  # by grammar: a capacity, a rate, a row's label
    assert not ranking.counts_by_context(sentence, number, discourse)
    assert not ranking.may_be_added(sentence, number, discourse)
