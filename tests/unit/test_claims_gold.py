"""The annotated texts are whole, their sources make them, and the sealed half is as it was sealed."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from benchmarks.claims import __main__ as command
from benchmarks.claims import muc4
from benchmarks.claims.annotate import write_set
from benchmarks.claims.records import GoldDocument, Row, read_archive, read_gold
from benchmarks.claims.scorer import score

DATA = Path(command.__file__).parent / "data"


def own_claims(documents: list[GoldDocument]) -> dict[str, list[Row]]:
    return {document.name: list(document.claims) for document in documents}


@pytest.mark.parametrize("half", ["dev", "sealed"])
def test_a_half_scores_one_as_its_own_prediction(half: str) -> None:
    documents = read_gold(DATA / "dev") if half == "dev" else read_archive(DATA / "sealed.zip")
    result = score(documents, own_claims(documents), resamples=0)[0]["all"]
    wrong = [name for name, value in result.values.items() if value not in (None, 1.0) and not name.endswith("rate")]
    assert not wrong
    assert result.counts["critical"] == result.counts["traps sprung"] == 0
    assert result.counts["number:hit"] >= 200


@pytest.mark.parametrize("name", ["dev", "dev-fourth"])
def test_the_open_half_is_what_its_sources_make(tmp_path: Path, name: str) -> None:
    write_set(list((DATA / name / "sources").glob("*.src")), tmp_path)
    for file in ("claims.jsonl", "documents.jsonl"):
        assert (tmp_path / file).read_text("utf-8") == (DATA / name / file).read_text("utf-8")


@pytest.mark.parametrize(("half", "shut"), [("dev", "sealed.zip"), ("dev-fourth", "sealed-fourth.zip")])
def test_the_two_halves_share_no_text(half: str, shut: str) -> None:
    opened, sealed = read_gold(DATA / half), read_archive(DATA / shut)
    assert not {d.name for d in opened} & {d.name for d in sealed}
    assert {d.language for d in opened} == {d.language for d in sealed} == {"en", "ru"}


def test_the_archives_are_those_that_were_sealed() -> None:
    stated = re.findall(r"`([0-9a-f]{64})`", (DATA / "README.md").read_text("utf-8"))
    assert stated == [hashlib.sha256(path.read_bytes()).hexdigest() for path in command.SEALED.values()]


@pytest.mark.parametrize("name", ["dev", "dev-second", "dev-third", "dev-fourth"])
def test_every_text_is_the_one_that_was_annotated(name: str) -> None:
    for line in (DATA / name / "documents.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        assert hashlib.sha256((DATA / name / row["path"]).read_bytes()).hexdigest() == row["sha256"]


def test_scoring_the_sealed_half_shows_no_text(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    documents = read_archive(DATA / "sealed.zip")
    monkeypatch.setattr(command, "ask_reader", lambda documents, **_: own_claims(documents))
    assert command.main(["--sealed", "--resamples", "0"]) == 0
    printed = capsys.readouterr().out
    assert "critical errors" in printed
    for document in documents:
        assert document.name not in printed
        assert not any(str(claim["quote"]) in printed for claim in document.claims if len(str(claim["quote"])) > 12)


def test_a_reader_that_fails_on_a_sealed_text_does_not_show_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(documents: list[GoldDocument], **_: object) -> dict[str, list[Row]]:
        raise RuntimeError(documents[0].text)

    monkeypatch.setattr(command, "ask_reader", fail)
    with pytest.raises(SystemExit) as stopped:
        command.main(["--sealed"])
    assert str(stopped.value).endswith("RuntimeError")
    assert stopped.value.__cause__ is None


def test_the_archive_holds_its_sources_too() -> None:
    with zipfile.ZipFile(DATA / "sealed.zip") as archive:
        names = archive.namelist()
    assert len([n for n in names if n.startswith("sources/")]) == len([n for n in names if n.startswith("texts/")])


@pytest.mark.parametrize(
    ("words", "value"), [("TWENTY-FIVE", 25), ("6,000,000", 6000000), ("TWO OTHER", 2), ("THREE HUNDRED", 300), ("ONE", 1)]
)
def test_numbers_of_the_old_reports_are_read(words: str, value: int) -> None:
    assert muc4.value_of(words) == value


def test_the_old_reports_give_the_numbers_whose_effects_were_read(shared_data: Callable[[str], Path]) -> None:
    _, stated = muc4.read_stated(shared_data("muc4"))
    assert len(stated) == 346
    perfect: dict[str, list[Row]] = {}
    for item in stated:
        row: Row = {"number_start": item.start, "number_end": item.end, "low": item.value, "high": None}
        perfect.setdefault(item.document, []).append(row | {"outcome": min(item.outcomes)})
    assert all(hits == total for hits, total in muc4.measure(stated, perfect).values())
    assert all(hits == 0 for hits, _ in muc4.measure(stated, {}).values())
    wrong = {name: [row | {"outcome": "other"} for row in rows] for name, rows in perfect.items()}
    assert [hits for hits, _ in muc4.measure(stated, wrong).values()] == [346, 0, 0]


def test_other_reports_than_those_read_are_refused(tmp_path: Path) -> None:
    (tmp_path / "doc_train").write_text(json.dumps({"docid": "A", "text": "SIX PRIESTS DIED."}) + "\n", encoding="utf-8")
    slots = [["message_id", "A"], ["hum_tgt_description", {"strings": ["PRIESTS"], "type": "simple_strings"}]]
    (tmp_path / "keys_train").write_text("%%%\n" + json.dumps(slots), encoding="utf-8")
    with pytest.raises(ValueError, match="not those whose effects were read"):
        muc4.read_stated(tmp_path)
