"""Claims in the casebook: read in batches, read again, judged, sealed, backed up, counted as read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cenotaph.casebook import bulk, dump
from cenotaph.casebook.guarded import LATER
from cenotaph.casebook.ledger import Actor
from cenotaph.casebook.store import Casebook
from cenotaph.domain.claims import Claim
from cenotaph.domain.dates import PartialDate
from cenotaph.domain.errors import InputError, NotFoundError, RefusedError, ValueFormatError
from cenotaph.extract import batch
from cenotaph.services import captures, claims, extraction
from cenotaph.services.backups import back_up, restore
from cenotaph.services.claim_checks import check_casebook
from cenotaph.services.claim_rows import claim_row
from cenotaph.services.extraction import run_extraction
from cenotaph.services.judgements import Draft, add_judgement
from cenotaph.services.ledger import list_entries, verify
from cenotaph.services.lineages import Lineage, join_lineages, propose_lineages
from cenotaph.services.opening import open_casebook
from cenotaph.services.seals import seal

TEXT = "At least 12 Nepali citizens were killed, the ministry said. Another 3 Kenyans are missing."


def keep(
    casebook: Casebook, actor: Actor, folder: Path, texts: dict[str, str], published: str | None = "2025-07"
) -> dict[str, str]:
    """Keep texts as captures; return their documents' ids by name."""
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    day = PartialDate.from_edtf(published) if published else None
    kept = captures.add_captures(casebook, actor, [folder / name for name in texts], language="en", published_on=day)
    return {Path(intake.path).name: str(intake.document) for intake in kept}


def _die(jobs: object) -> None:
    del jobs
    os._exit(9)


def make_texts(count: int) -> dict[str, str]:
    return {f"{n}.txt": f"{n + 20} Kenyans were killed in the battle, the ministry said." for n in range(count)}


def test_a_run_reads_every_text_and_what_it_read_comes_back_as_it_was(casebook: Casebook, actor: Actor, tmp_path: Path) -> None:
    from cenotaph.extract import read_claims

    documents = keep(casebook, actor, tmp_path / "in", {"a.txt": TEXT, "b.txt": "Nothing was counted here."})
    run = run_extraction(casebook, actor)
    assert (run.documents, run.claims, run.entries, run.failed) == (2, 2, 1, [])
    assert list(claims.list_claims()) == list(read_claims(TEXT, "en", document=documents["a.txt"]).claims)
    assert claims.read_document_claims(documents["b.txt"]).version == batch.reader_version()
    assert list(verify(casebook, lambda *_: None)) == []


def test_a_second_run_reads_nothing_and_writes_no_entry(casebook: Casebook, actor: Actor, tmp_path: Path) -> None:
    keep(casebook, actor, tmp_path / "in", {"a.txt": TEXT})
    run_extraction(casebook, actor)
    head = casebook.settled_head()
    again = run_extraction(casebook, actor)
    assert (again.documents, again.already) == (0, 1)
    assert casebook.settled_head() == head


def test_a_run_that_was_killed_goes_on_after_its_last_batch(
    casebook: Casebook, actor: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(casebook, actor, tmp_path / "in", make_texts(7))
    write, written = extraction._write, 0

    def fail_later(*arguments: object) -> None:
        nonlocal written
        if written == 2:
            raise KeyboardInterrupt
        written += 1
        write(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(extraction, "_write", fail_later)
    with pytest.raises(KeyboardInterrupt):
        run_extraction(casebook, actor, batch=2)
    monkeypatch.undo()
    rest = run_extraction(casebook, actor, batch=2)
    assert (rest.already, rest.documents) == (4, 3)
    assert sorted(claim.low or 0 for claim in claims.list_claims()) == [20 + n for n in range(7)]
    assert [e.action for e in list_entries()].count("extract run") == 4
    assert list(verify(casebook, lambda *_: None)) == []


def test_several_processes_read_what_one_reads(sqlite_casebook: Casebook, actor: Actor, tmp_path: Path) -> None:
    keep(sqlite_casebook, actor, tmp_path / "in", make_texts(extraction._FEW + 5))
    run = run_extraction(sqlite_casebook, actor, workers=2, batch=20)
    assert run.documents == run.claims == extraction._FEW + 5
    lows = [claim.low for claim in claims.list_claims()]
    assert sorted(lows) == list(range(20, 20 + len(lows)))  # type: ignore[type-var]


def test_a_reading_process_that_dies_is_told_and_the_next_run_reads_its_texts(
    sqlite_casebook: Casebook, actor: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(sqlite_casebook, actor, tmp_path / "in", make_texts(extraction._FEW + 5))
    monkeypatch.setattr(batch, "read_jobs", _die)
    with pytest.raises(InputError, match="ended from outside"):
        run_extraction(sqlite_casebook, actor, workers=2)
    monkeypatch.undo()
    assert run_extraction(sqlite_casebook, actor, workers=1).documents == extraction._FEW + 5


def test_a_dry_run_reads_and_writes_nothing(casebook: Casebook, actor: Actor, tmp_path: Path) -> None:
    keep(casebook, actor, tmp_path / "in", {"a.txt": TEXT})
    head = casebook.settled_head()
    run = run_extraction(casebook, actor, dry_run=True)
    assert (run.documents, run.claims, run.entries) == (1, 2, 0)
    assert casebook.settled_head() == head and list(claims.list_claims()) == []


def test_a_text_that_the_reader_fails_on_costs_only_itself(
    casebook: Casebook, actor: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cenotaph.extract.claims import reader

    documents = keep(casebook, actor, tmp_path / "in", {"a.txt": TEXT, "b.txt": "A bad text."})
    read = reader.read_claims

    def fail(text: str, *arguments: object, **more: object) -> object:
        if text.startswith("A bad"):
            raise RuntimeError("a fault")
        return read(text, *arguments, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(reader, "read_claims", fail)
    run = run_extraction(casebook, actor)
    assert run.failed == [(documents["b.txt"], "RuntimeError: a fault")]
    assert run.documents == 1
    monkeypatch.undo()
    assert run_extraction(casebook, actor).documents == 1


def test_a_new_reader_reads_anew_and_the_old_reading_stays(
    casebook: Casebook, actor: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = keep(casebook, actor, tmp_path / "in", {"a.txt": TEXT})
    run_extraction(casebook, actor)
    first = list(claims.list_claims())
    monkeypatch.setattr(extraction, "reader_version", lambda: "another")
    assert run_extraction(casebook, actor).documents == 1
    assert list(claims.list_claims()) == first
    assert claims.read_document_claims(documents["a.txt"]).version == "another"
    assert bulk.fetch_rows("SELECT COUNT(*) FROM claim") == [(2 * len(first),)]
    assert list(verify(casebook, lambda *_: None)) == []


def test_a_judgement_on_a_claim_survives_a_reading_or_is_listed_as_an_orphan(
    casebook: Casebook, actor: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(casebook, actor, tmp_path / "in", {"a.txt": TEXT})
    run_extraction(casebook, actor)
    kept, lost = claims.list_claims()
    for item, answer in ((kept, "yes"), (lost, "no")):
        add_judgement(casebook, actor, Draft("claim_right", answer, item.id, "looked", "claim"))
    add_judgement(casebook, actor, Draft("field_right", "no", kept.id[:10], "a slip", "claim", "nationality"))
    monkeypatch.setattr(extraction, "reader_version", lambda: "another")
    allowed = kept.id

    def drop(reading: str, claim: Claim) -> tuple[object, ...]:
        row = list(claim_row(reading, claim))
        row[3] = row[3] if row[3] == allowed else "c" + "0" * 15
        return tuple(row)

    monkeypatch.setattr(extraction, "claim_row", drop)
    run_extraction(casebook, actor)
    assert [(j.target, j.answer) for j in claims.list_orphans()] == [(lost.id, "no")]
    assert {j.question for j in claims.list_claim_judgements()[kept.id]} == {"claim_right", "field_right"}


@pytest.mark.parametrize(
    ("draft", "error"),
    [
        (Draft("claim_right", "yes", "c" + "0" * 15, "looked", "claim"), NotFoundError),
        (Draft("claim_right", "yes", "0" * 32, "looked", "document"), NotFoundError),
        (Draft("same_origin", "no", "0" * 32, "looked", "document"), ValueFormatError),
    ],
    ids=["no such claim", "no such document", "one document only"],
)
def test_a_judgement_that_is_about_nothing_is_refused(
    sqlite_casebook: Casebook, actor: Actor, draft: Draft, error: type[Exception]
) -> None:
    with pytest.raises(error):
        add_judgement(sqlite_casebook, actor, draft)


@pytest.mark.parametrize("kind", ["document", "capture"])
def test_sealing_takes_the_claims_with_it(casebook: Casebook, actor: Actor, tmp_path: Path, kind: str) -> None:
    documents = keep(casebook, actor, tmp_path / "in", {"a.txt": TEXT, "b.txt": TEXT + " It rained."})
    run_extraction(casebook, actor)
    document = documents["a.txt"]
    target = document if kind == "document" else claims.read_document_claims(document).capture
    sealed = seal(casebook, actor, kind, target, "family_request")
    assert [row[0] for row in sealed.rows].count("claim") == 2
    assert {claim.document for claim in claims.list_claims()} == {documents["b.txt"]}
    left = bulk.fetch_rows("SELECT other, low, outcome, needs_review, salt FROM claim WHERE document = %s", [document])
    assert left == [(None,) * 5] * 2
    with pytest.raises(RefusedError):
        claims.read_document_claims(document)
    assert run_extraction(casebook, actor).documents == 0
    assert list(verify(casebook, lambda *_: None)) == []
    if str(casebook.settings.text("store.url")) == "sqlite":
        data = b"".join(path.read_bytes() for path in casebook.root.rglob("record.sqlite3*"))
        assert data.count(b"12 Nepali citizens") == TEXT.count("12 Nepali citizens") + 1  # b's text and its claim's quote


def test_a_text_sealed_while_it_was_read_is_not_written(
    casebook: Casebook, actor: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = keep(casebook, actor, tmp_path / "in", {"a.txt": TEXT})
    write = extraction._write

    def seal_first(*arguments: object) -> None:
        seal(casebook, actor, "document", documents["a.txt"], "court_order")
        write(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(extraction, "_write", seal_first)
    assert run_extraction(casebook, actor).claims == 0
    assert bulk.fetch_rows("SELECT COUNT(*) FROM claim") == [(0,)]
    assert list(verify(casebook, lambda *_: None)) == []


def test_a_backup_brings_claims_back_on_either_database(casebook: Casebook, actor: Actor, tmp_path: Path) -> None:
    keep(casebook, actor, tmp_path / "in", {"a.txt": TEXT, "b.txt": TEXT + " It rained."})
    run_extraction(casebook, actor)
    before = list(claims.list_claims())
    seal(casebook, actor, "document", before[-1].document, "law")
    before = list(claims.list_claims())
    back_up(casebook, tmp_path / "backup.tar")
    restore(tmp_path / "backup.tar", tmp_path / "again", actor, store_url="sqlite")
    assert list(claims.list_claims()) == before


def test_a_backup_of_the_first_version_is_restored_without_its_later_tables(
    sqlite_casebook: Casebook, actor: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(sqlite_casebook, actor, tmp_path / "in", {"a.txt": TEXT})
    columns = dump.table_columns()
    monkeypatch.setattr(dump, "table_columns", lambda: {name: own for name, own in columns.items() if name not in LATER})
    back_up(sqlite_casebook, tmp_path / "backup.tar")
    monkeypatch.undo()
    again = restore(tmp_path / "backup.tar", tmp_path / "again", actor)
    run = run_extraction(open_casebook(again.root), actor)
    assert run.claims == 2


def test_a_changed_claim_is_named_by_the_walk(sqlite_casebook: Casebook, actor: Actor, tmp_path: Path) -> None:
    from django.db import connection

    keep(sqlite_casebook, actor, tmp_path / "in", {"a.txt": TEXT})
    run_extraction(sqlite_casebook, actor)
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER guard_claim_update")
        cursor.execute("UPDATE claim SET low = '120' WHERE \"row\" = 1")
    problems = [problem.where for problem in verify(sqlite_casebook, lambda *_: None)]
    assert "claim row 1" in problems


def test_claims_are_listed_by_what_they_say(casebook: Casebook, actor: Actor, tmp_path: Path) -> None:
    documents = keep(casebook, actor, tmp_path / "in", {"a.txt": TEXT, "b.txt": "7 Nepalis were killed and wounded."})
    run_extraction(casebook, actor)

    def lows(**wanted: object) -> list[float | None]:
        return [claim.low for claim in claims.list_claims(claims.Filter(**wanted))]  # type: ignore[arg-type]

    assert lows(nationality="np") == [12, 7]
    assert lows(outcome="missing") == [3]
    assert lows(outcome="wounded") == [7]
    assert lows(document=documents["b.txt"]) == [7]
    assert lows(outcome="displaced") == []


def test_a_capture_whose_claims_were_read_is_no_longer_unread(casebook: Casebook, actor: Actor, tmp_path: Path) -> None:
    from cenotaph.count.selection import Selection
    from cenotaph.services import counting

    keep(casebook, actor, tmp_path / "in", {"a.txt": TEXT})
    assert counting.count(casebook, Selection("")).backlog.captures == 1
    run_extraction(casebook, actor)
    assert counting.count(casebook, Selection("")).backlog.captures == 0


REPRINT = (
    "The battle for the ridge went on for three days and nights, and nobody came to collect the wounded until it was over. "
    "{} Kenyan citizens were killed, the ministry said in the capital on Monday, after the families had asked for a week. "
    "The names are not known, and the ministry would not say who had recruited them or where they are to be buried."
)


def test_near_duplicates_are_one_voice_until_a_reviewer_says_otherwise(
    casebook: Casebook, actor: Actor, tmp_path: Path
) -> None:
    texts = {"a.txt": REPRINT.format(40), "b.txt": REPRINT.format(70).replace("the ministry said", "a deputy said")}
    documents = keep(casebook, actor, tmp_path / "in", texts, "2025-07-22")
    run_extraction(casebook, actor)
    pair = frozenset(documents.values())
    assert pair in join_lineages(propose_lineages(claims.list_claims()))
    between = [checked for checked in check_casebook(casebook) if not checked.document]
    assert between == []
    first, second = documents.values()
    add_judgement(casebook, actor, Draft("same_origin", "no", first, "two reporters", "document", second))
    (lineage,) = propose_lineages(claims.list_claims())
    assert lineage.state == "rejected" and join_lineages([lineage]) == []
    (between_now,) = [checked for checked in check_casebook(casebook) if not checked.document]
    assert between_now.findings[0].type == "two_sources_differ"


def test_a_casebook_of_the_first_version_gets_its_tables_when_it_is_opened(sqlite_casebook: Casebook, actor: Actor) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for table in sorted(LATER):
            cursor.execute(f"DROP TABLE {table}")
        cursor.execute("DELETE FROM django_migrations WHERE name <> '0001_tables' AND app = 'casebook'")
    again = open_casebook(sqlite_casebook.root)
    assert "claim" in connection.introspection.table_names()
    assert list(verify(again, lambda *_: None)) == []


def test_a_claim_stands_beside_the_list_and_is_never_added(
    sqlite_casebook: Casebook, actor: Actor, tmp_path: Path, example: Path
) -> None:
    from cenotaph.services import imports

    mapping = imports.load(example / "mapping.toml")
    imports.import_list(sqlite_casebook, actor, example / "list_2025-11.csv", mapping)
    text = (
        "66 Uzbek nationals were killed in the Russian army. 9 Uzbek women were killed. 5 Uzbeks are missing. "
        "12 Norwegians were killed. 20 people were killed in Kenya."
    )
    dated = keep(sqlite_casebook, actor, tmp_path / "in", {"a.txt": text})
    undated = keep(sqlite_casebook, actor, tmp_path / "in", {"b.txt": "66 Uzbeks were killed."}, None)
    run_extraction(sqlite_casebook, actor)
    found = {(b.claim.document, b.claim.low): b for checked in check_casebook(sqlite_casebook) for b in checked.besides}
    (a,), (b,) = dated.values(), undated.values()
    assert found[a, 66].ours == 70 and "4 more than the claim" in found[a, 66].words[0]
    assert found[a, 9].ours is None and "women" in found[a, 9].words[0]
    assert "this claim is of people missing" in found[a, 5].words[0]
    assert found[a, 12].ours is None and "holds nobody" in found[a, 12].words[0]
    assert "does not say of which nationality" in found[a, 20].words[0]
    assert "no date is known" in found[b, 66].words[0]


def test_pairs_that_meet_later_are_one_voice() -> None:
    pairs = (("a", "b", "accepted", 100), ("c", "d", "proposed", 60), ("e", "f", "proposed", 59), ("d", "b", "accepted", 100))
    apart = ("a", "g", "rejected", 100)
    lineages = [Lineage(first, second, "", state, strength) for first, second, state, strength in (*pairs, apart)]
    assert join_lineages(lineages) == [frozenset("abcd")]
    assert join_lineages(reversed(lineages)) == [frozenset("abcd")]
