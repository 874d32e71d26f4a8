"""The scorer of claims: each kind of error lowers its own score and no other."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from benchmarks.claims.__main__ import main
from benchmarks.claims.agreement import same_words
from benchmarks.claims.annotate import read_source, read_value, write_set
from benchmarks.claims.matching import pair
from benchmarks.claims.records import GoldDocument, Row, Trap, ask_reader, flatten, read_archive, read_gold, read_predictions
from benchmarks.claims.scorer import Score, score, score_document

TEXT = "Officials said at least 12 Dutch sailors died and 5 were hurt. Of the dead, 3 were women, the port said. Four cranes."


def claim(identifier: str, number: str, **fields: object) -> Row:
    start = TEXT.index(number)
    row: Row = {"id": identifier, "kind": "claim", "quote": number, "start": start, "end": start + len(number)}
    row |= {"number_text": number, "number_start": start, "number_end": start + len(number), "document": "d"}
    row |= {"low": None, "high": None, "bound": "exact", "unit": "people", "outcome": "killed", "nationality": []}
    row |= {"group": None, "attribution": None, "via": None, "modality": "stated", "subset_of": None, "as_of": None, "span": None}
    return row | {"increment": False, "repeat_of": None, "needs_review": False} | fields


def gold_claims() -> list[Row]:
    said: Row = {"attribution": "Officials", "modality": "reported"}
    return [
        claim("c1", "at least 12", low=12, bound="at_least", nationality=["NL"], **said),
        claim("c2", "5", low=5, high=5, outcome="wounded", alt_outcome="casualties", **said),
        claim("c3", "3", low=3, high=3, subset_of="c1", group="women", attribution="the port", modality="reported"),
    ]


def document(claims: list[Row] | None = None, traps: tuple[Trap, ...] = ()) -> GoldDocument:
    return GoldDocument("d", "en", TEXT, tuple(claims or gold_claims()), traps)


def scored(predicted: list[Row], gold: list[Row] | None = None) -> Score:
    return score([document(gold)], {"d": predicted}, resamples=0)[0]["all"]


def changed(number: int, **fields: object) -> list[Row]:
    rows = gold_claims()
    rows[number] |= fields
    return rows


def test_the_gold_claims_as_predictions_score_one_in_everything() -> None:
    values = scored(gold_claims()).values
    assert {name for name, value in values.items() if value not in (None, 1.0)} <= {"critical rate", "flagged rate", "trap rate"}
    assert values["critical rate"] == 0


@pytest.mark.parametrize(
    ("fields", "fallen"),
    [
        ({"attribution": "the port"}, {"attribution accuracy", "attribution F1"}),
        ({"nationality": []}, {"nationality accuracy", "nationality F1"}),
        ({"group": "old salts"}, {"group accuracy", "group F1"}),
        ({"via": "a newspaper"}, {"via accuracy", "via F1"}),
        ({"modality": "estimated"}, {"modality accuracy", "modality F1"}),
        ({"as_of": "in May"}, {"as_of accuracy", "as_of F1"}),
        ({"span": "since May"}, {"span accuracy", "as_of accuracy"}),
        ({"increment": True}, {"increment accuracy", "increment F1"}),
        ({"unit": "bodies"}, {"unit accuracy"}),
        ({"subset_of": "c2"}, {"subset_of accuracy", "subset_of F1"}),
        ({"repeat_of": "c2"}, {"repeat_of accuracy"}),
    ],
)
def test_a_wrong_slot_lowers_its_own_score_only(fields: dict[str, object], fallen: set[str]) -> None:
    before, after = scored(gold_claims()).values, scored(changed(0, **fields)).values
    full = {name: 1.0 if value is None else value for name, value in before.items()}
    lower = {name for name, value in after.items() if value is not None and value < full[name]}
    assert fallen <= lower
    stem = {name.rsplit(" ", 1)[0] for name in fallen}
    assert {name.rsplit(" ", 1)[0] for name in lower} == stem


def test_a_missed_claim_lowers_recall_and_not_precision() -> None:
    values = scored(gold_claims()[:2]).values
    assert values["number recall"] == pytest.approx(2 / 3)
    assert values["number precision"] == 1.0


def test_a_false_alarm_lowers_precision_and_not_recall() -> None:
    extra = claim("c9", "Four", low=4, high=4)
    values = scored([*gold_claims(), extra]).values
    assert values["number precision"] == pytest.approx(3 / 4)
    assert values["number recall"] == 1.0


def test_a_second_claim_on_the_same_number_is_a_false_alarm() -> None:
    assert scored([*gold_claims(), changed(0, id="c8")[0]]).counts["number:false"] == 1


def test_a_wrong_outcome_lowers_outcome_and_not_value() -> None:
    values = scored(changed(0, outcome="wounded")).values
    assert values["number F1"] == values["number+bound+value F1"] == 1.0
    assert values["number+outcome F1"] == values["full F1"] == pytest.approx(2 / 3)


@pytest.mark.parametrize("fields", [{"bound": "more_than"}, {"low": 13}, {"high": 12}])
def test_a_wrong_bound_or_value_lowers_value_and_not_outcome(fields: dict[str, object]) -> None:
    values = scored(changed(0, **fields)).values
    assert values["number+outcome F1"] == 1.0
    assert values["number+bound+value F1"] == values["full F1"] == pytest.approx(2 / 3)


def test_the_other_accepted_outcome_is_as_good() -> None:
    assert scored(changed(1, outcome="casualties")).values["full F1"] == 1.0


@pytest.mark.parametrize(
    ("gold", "predicted"),
    [
        ({"alt_bound": "more_than"}, {"bound": "more_than"}),
        ({"alt_value": [12, 12]}, {"bound": "exact", "high": 12}),
        ({"alt_nationality": [None]}, {"nationality": []}),
        ({"alt_nationality": [["NL", "BE"]]}, {"nationality": ["BE", "NL"]}),
        ({"alt_nationality": ["BE"]}, {"nationality": ["BE"]}),
        ({"alt_modality": ["estimated"]}, {"modality": "estimated"}),
        ({"alt_modality": "estimated"}, {"modality": "estimated"}),
        ({"alt_attribution": [None]}, {"attribution": None}),
        ({"alt_subset": ["c2"]}, {"subset_of": "c2"}),
    ],
)
def test_what_the_annotation_also_accepts_is_right(gold: dict[str, object], predicted: dict[str, object]) -> None:
    values = scored(changed(0, **predicted), changed(0, **gold)).values
    assert values["full F1"] == 1.0
    assert all(value == 1.0 for name, value in values.items() if name.endswith("accuracy"))


@pytest.mark.parametrize(
    ("bound", "low", "high", "right"), [("exact", 5, 5, 1.0), ("at_least", 5, None, 1.0), ("at_least", 6, None, 2 / 3)]
)
def test_a_hedge_before_the_first_of_two_numbers_may_hold_for_the_second(
    bound: str, low: int, high: int | None, right: float
) -> None:
    values = scored(changed(1, bound=bound, low=low, high=high), changed(1, scope_ambiguous=True)).values
    assert values["full F1"] == pytest.approx(right)


@pytest.mark.parametrize("mark", ["extended", "ambiguous", "furniture"])
def test_what_need_not_be_found_is_neither_missed_nor_a_false_alarm(mark: str) -> None:
    gold = changed(2, **{mark: True})
    for predicted in (gold_claims()[:2], gold_claims(), changed(2, outcome="missing", low=4)):
        result = scored(predicted, gold)
        assert result.values["number F1"] == result.values["full F1"] == 1.0
        assert result.counts["critical"] == 0
        assert result.counts["emitted"] == 2


def test_a_part_of_a_claim_that_need_not_be_found_may_go_without_its_whole() -> None:
    gold = changed(0, extended=True)
    assert scored([gold_claims()[1], gold_claims()[2] | {"subset_of": None}], gold).values["subset_of accuracy"] == 1.0
    assert scored(changed(2, subset_of=None), gold).values["subset_of accuracy"] == pytest.approx(1 / 2)


def test_a_part_may_point_to_any_mention_of_its_whole() -> None:
    repeated = [*gold_claims(), claim("c4", "Four", low=4, high=4, repeat_of="c1")]
    assert scored([*changed(2, subset_of="c4"), repeated[3]], repeated).values["subset_of accuracy"] == 1.0


def test_ids_of_predictions_are_their_own() -> None:
    renamed = [row | {"id": f"x{n}", "subset_of": "x0" if row["subset_of"] else None} for n, row in enumerate(gold_claims())]
    assert scored(renamed).values["subset_of F1"] == 1.0


def test_a_wrong_outcome_is_critical_unless_it_is_flagged() -> None:
    plain, flagged = scored(changed(0, outcome="captured")), scored(changed(0, outcome="captured", needs_review=True))
    assert plain.counts["critical wrong outcome"] == 1
    assert plain.values["critical rate"] == pytest.approx(1 / 3)
    assert flagged.counts["critical"] == 0
    assert flagged.counts["flagged errors"] == 1


def test_a_wrong_nationality_is_critical_and_a_missing_one_is_not() -> None:
    assert scored(changed(0, nationality=["DE"])).counts["critical wrong nationality"] == 1
    assert scored(changed(2, nationality=["NL"])).counts["critical wrong nationality"] == 1
    assert scored(changed(0, nationality=[])).counts["critical"] == 0


def test_to_declare_the_living_dead_is_critical_even_when_flagged_and_not_required() -> None:
    gold = changed(2, outcome="released", false_death=True, extended=True)
    assert scored(changed(2, outcome="killed", needs_review=True), gold).counts["critical false death"] == 1
    assert scored(changed(2, outcome="missing"), gold).counts["critical"] == 0


def test_traps_count_once_each() -> None:
    start = TEXT.index("Four cranes")
    trap = Trap(start, start + 11, "Four cranes", "cranes")
    caught = [claim("c8", "Four"), claim("c9", "Four cranes")]
    counts = score_document(document(traps=(trap,)), [*gold_claims(), *caught]).counts
    assert (counts["traps"], counts["traps sprung"]) == (1, 1)
    assert score_document(document(traps=(trap,)), gold_claims()).counts["traps sprung"] == 0


def test_one_claim_over_two_numbers_answers_to_one_of_them() -> None:
    start = TEXT.index("at least")
    wide = gold_claims()[0] | {"number_start": start, "number_end": TEXT.index("hurt")}
    assert scored([wide]).counts["number:hit"] == 1


def test_the_matching_takes_as_many_pairs_as_there_are() -> None:
    assert pair({(0, 0): 900, (0, 1): 0, (1, 0): 0}) == {0: 1, 1: 0}
    assert pair({(0, 0): 1, (0, 1): 2, (1, 0): 1, (1, 1): 1}) == {0: 1, 1: 0}
    assert pair({}) == {}


def test_the_matching_is_the_same_in_any_order() -> None:
    edges = {(left, right): (left * right) % 3 for left in range(6) for right in range(5) if (left + right) % 4}
    turned = dict(reversed(list(edges.items())))
    assert pair(edges) == pair(turned)
    assert len(pair(edges)) == 5


def test_half_the_words_make_two_sources_the_same() -> None:
    assert same_words("The defence ministry", "defence ministry")
    assert same_words(None, "")
    assert not same_words("the ministry", None)
    assert not same_words("relatives of the crew", "the port authority")


def test_intervals_are_the_same_each_time_and_hold_the_value() -> None:
    documents = [GoldDocument(f"d{n}", "en", TEXT, tuple(gold_claims())) for n in range(8)]
    predicted = {f"d{n}": gold_claims()[: 1 + n % 3] for n in range(8)}
    first, second = (score(documents, predicted, resamples=200)[0]["all"] for _ in range(2))
    assert first.intervals == second.intervals
    interval, value = first.intervals["number recall"], first.values["number recall"]
    assert interval is not None and value is not None
    assert interval[0] <= value <= interval[1]
    assert interval[0] < interval[1]


def test_predictions_for_a_document_that_is_not_there_are_refused() -> None:
    with pytest.raises(ValueError, match="elsewhere"):
        score([document()], {"elsewhere": []})


def test_a_gold_set_with_a_wrong_offset_is_refused(tmp_path: Path) -> None:
    write_gold(tmp_path, changed(0, number_start=3))
    with pytest.raises(ValueError, match="not in the text"):
        read_gold(tmp_path)


def write_gold(folder: Path, claims: list[Row]) -> None:
    (folder / "texts").mkdir(parents=True)
    (folder / "texts" / "d.txt").write_text(TEXT, encoding="utf-8")
    about = {"document": "d", "lang": "en", "path": "texts/d.txt"}
    (folder / "documents.jsonl").write_text(json.dumps(about) + "\n", encoding="utf-8")
    (folder / "claims.jsonl").write_text("".join(json.dumps(row) + "\n" for row in claims), encoding="utf-8")


def test_a_folder_and_an_archive_give_the_same_documents(tmp_path: Path) -> None:
    write_gold(tmp_path / "gold", gold_claims())
    with zipfile.ZipFile(tmp_path / "gold.zip", "w") as archive:
        for path in sorted((tmp_path / "gold").rglob("*.*")):
            archive.write(path, path.relative_to(tmp_path / "gold"))
    assert read_archive(tmp_path / "gold.zip") == read_gold(tmp_path / "gold")


def test_the_command_scores_a_file_of_predictions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_gold(tmp_path / "gold", gold_claims())
    predictions = tmp_path / "claims.jsonl"
    predictions.write_text("".join(json.dumps(row) + "\n" for row in gold_claims()[:2]), encoding="utf-8")
    written = tmp_path / "scores.json"
    where = ["--gold", str(tmp_path / "gold"), "--predictions", str(predictions)]
    assert main([*where, "--json", str(written), "--errors", "missed"]) == 0
    assert json.loads(written.read_text("utf-8"))["en"]["values"]["number recall"] == pytest.approx(2 / 3)
    assert "'3' killed" in capsys.readouterr().out


def test_the_sealed_half_cannot_be_listed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--sealed", "--errors"])
    assert "sums only" in capsys.readouterr().err


def test_predictions_are_kept_by_document_and_other_kinds_left_out() -> None:
    rows = [{"document": "a/d.txt", "kind": "claim"}, {"document": "d", "kind": "allegation"}, {"document": "d"}]
    assert len(read_predictions("\n".join(json.dumps(row) for row in rows))["d"]) == 2


def test_a_claim_that_is_no_record_is_refused() -> None:
    assert flatten({"low": 1, "nationality": ("NP",)}) == {"low": 1, "nationality": ["NP"]}
    with pytest.raises(TypeError):
        flatten("12 dead")


def test_the_claims_given_for_development_score_one_as_their_own_prediction(shared_data: Callable[[str], Path]) -> None:
    folder = shared_data("claims-dev")
    documents = read_gold(folder)
    predicted = read_predictions((folder / "claims.jsonl").read_text("utf-8"))
    result = score(documents, predicted, resamples=0)[0]["all"]
    assert result.counts["number:hit"] > 200
    assert all(value in (None, 1.0) for name, value in result.values.items() if not name.endswith("rate"))
    assert result.counts["critical"] == result.counts["traps sprung"] == 0


SOURCE = """@lang en
@genre wire
@topic ferry
@@
At least 12 Dutch sailors died on Monday, 12 of 40, officials said.
@@
c1 | At least 12 Dutch sailors died | At least 12 | >=12 killed | at=officials; nat=NL; as=on Monday
c2 | 12 of 40@1 | 12 | 12 killed | rep=c1
@@
40 | the crew, in a hypothesis
"""


def test_an_annotated_source_becomes_a_gold_set(tmp_path: Path) -> None:
    (tmp_path / "a.src").write_text(SOURCE, encoding="utf-8")
    assert write_set([tmp_path / "a.src"], tmp_path / "gold") == (1, 2)
    (made,) = read_gold(tmp_path / "gold")
    first = made.claims[0]
    assert (first["low"], first["high"], first["bound"], first["modality"]) == (12, None, "at_least", "reported")
    assert made.traps[0].text == "40"


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (("At least 12 Dutch sailors died |", "At least 12 Danish sailors died |"), "not there"),
        (("killed | rep=c1", "lost | rep=c1"), "no outcome"),
        (("rep=c1", "rep=c7"), "no other claim"),
        (("40 | the crew", "12 of 40 | the crew"), "same words"),
        (("at=officials", "at=the ministry"), "not in the text"),
        (("as=on Monday", "when=on Monday"), "no field"),
    ],
)
def test_a_source_that_does_not_hold_is_refused(tmp_path: Path, wrong: tuple[str, str], message: str) -> None:
    (tmp_path / "a.src").write_text(SOURCE.replace(*wrong), encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        read_source(tmp_path / "a.src")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("41", (41, 41, "exact")),
        (">=41", (41, None, "at_least")),
        (">41", (41, None, "more_than")),
        ("<=41", (None, 41, "at_most")),
        ("~8.3", (8.3, 8.3, "approx")),
        ("60-70", (60, 70, "range")),
        ("may>600", (600, None, "may_exceed")),
        ("v10", (10, None, "vague")),
        ("v", (None, None, "vague")),
    ],
)
def test_written_values_are_read(text: str, value: tuple[float | None, float | None, str]) -> None:
    assert read_value(text) == value


class Recorded:
    """A claim as the reader may give it: it makes its own record."""

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def as_record(self) -> Row:
        return gold_claims()[0] | {"kind": self.kind, "nationality": ("NL",)}


def test_the_reader_is_asked_and_its_allegations_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, str | None]] = []

    def read_claims(text: str, language: str | None = None) -> list[Recorded]:
        asked.append((text, language))
        return [Recorded("claim"), Recorded("allegation")]

    monkeypatch.setattr("cenotaph.extract.read_claims", read_claims, raising=False)
    found = ask_reader([document()])
    assert [row["nationality"] for row in found["d"]] == [["NL"]]
    ask_reader([document()], detect_language=True)
    assert asked == [(TEXT, "en"), (TEXT, None)]
