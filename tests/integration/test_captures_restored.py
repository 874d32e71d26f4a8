"""Everything that capturing writes comes back from a backup, on either database, and verifies."""

from __future__ import annotations

from pathlib import Path

from tests.casebooks import ACTOR, find_problems
from tests.chat_exports import PICTURE, message, write_export
from tests.stamp_authority import stamping
from tests.web_server import ARTICLE, serving

from cenotaph.casebook import bulk
from cenotaph.casebook.store import Casebook
from cenotaph.services.backups import back_up, restore
from cenotaph.services.chats import import_chat
from cenotaph.services.fetch_wants import Wanted
from cenotaph.services.fetching import fetch_waiting, open_client, queue_addresses
from cenotaph.services.looks import look_again
from cenotaph.services.opening import open_casebook
from cenotaph.services.stamps import ask_for_stamps, list_stamps

TABLES = ("fetch_request", "fetch_attempt", "payload", "document_detail", "look", "stamp", "capture", "document", "sighting")


def test_pages_chats_looks_and_stamps_come_back_from_a_backup(casebook: Casebook, tmp_path: Path) -> None:
    (tmp_path / "export").mkdir()
    (tmp_path / "export" / "a.jpg").write_bytes(PICTURE)
    import_chat(casebook, ACTOR, write_export(tmp_path / "export", [message(1, "Слово", photo="a.jpg"), message(2, "Да")]))
    with serving() as site, stamping(tmp_path / "authority") as authority:
        queue_addresses(casebook, ACTOR, [Wanted(site.page("/news", ARTICLE)), Wanted(site.address + "/none")])
        client = open_client(casebook, "direct", True)
        list(fetch_waiting(casebook, ACTOR, client, sleep=lambda _: None))
        site.page("/news", ARTICLE.replace("колонии", "городе"))
        list(look_again(casebook, ACTOR, client, sleep=lambda _: None))
        ask_for_stamps(casebook, ACTOR, client, authority.address, authority.roots)
    counts = {table: bulk.fetch_one(f"SELECT COUNT(*) FROM {table}") for table in TABLES}
    assert all(count and count[0] for count in counts.values()), counts
    back_up(casebook, tmp_path / "all.tar")
    restore(tmp_path / "all.tar", tmp_path / "restored", ACTOR, store_url="sqlite")
    again = open_casebook(tmp_path / "restored")
    assert {table: bulk.fetch_one(f"SELECT COUNT(*) FROM {table}") for table in TABLES} == counts
    assert find_problems(again) == []
    assert [stamp.problem for stamp in list_stamps()] == [""]
