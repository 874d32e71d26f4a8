"""Exports of chats: cleaned, whole, once each, also when the import is killed."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

import pytest
from tests.casebooks import ACTOR, find_problems
from tests.chat_exports import PICTURE, message, write_account, write_export, write_large
from tests.killing import fork, wait

from cenotaph.casebook import bulk
from cenotaph.casebook.store import Casebook
from cenotaph.domain.errors import BusyError, InputError, RefusedError, UsageError
from cenotaph.services import chats
from cenotaph.services.chat_batches import ChatBatches, ChatImport
from cenotaph.services.chat_choice import Choice
from cenotaph.services.chats import import_chat
from cenotaph.services.opening import open_casebook
from cenotaph.services.places import find_place
from cenotaph.services.seals import seal


def read_facts(casebook: Casebook) -> dict[str, dict[str, object]]:
    rows = bulk.fetch_rows('SELECT part, facts FROM document_detail ORDER BY "row"')
    return {part: json.loads(facts) for part, facts in rows}


def test_a_channel_gives_a_document_for_each_message_with_its_day_author_and_answer(casebook: Casebook, tmp_path: Path) -> None:
    photo = tmp_path / "export" / "photos" / "a.jpg"
    photo.parent.mkdir(parents=True)
    photo.write_bytes(PICTURE)
    export = write_export(
        tmp_path / "export",
        [
            message(1, ["Погиб ", {"type": "bold", "text": "Каримов Алишер"}, "."], photo="photos/a.jpg"),
            message(2, "Ответ", reply_to_message_id=1, edited_unixtime="1753300000", edited="2025-07-23T23:10:00"),
            message(3, "Passed on", forwarded_from="Другой канал", forwarded_from_id="channel9"),
            {"id": 4, "type": "service", "date": "2025-07-22T23:10:00", "actor": "Вестник", "action": "pin_message", "text": ""},
            message(5, "", file="(File not included. Change data exporting settings to download.)", mime_type="video/mp4"),
        ],
    )
    done = import_chat(casebook, ACTOR, export)
    assert (done.messages, done.texts, done.new, done.media, done.missing) == (5, 3, 5, 1, 1)
    texts = bulk.fetch_rows('SELECT text, published_on FROM document ORDER BY "row"')
    assert texts[0] == ("Погиб Каримов Алишер.", "2025-07-22")
    facts = read_facts(casebook)
    first, second, third = (facts[f"chat 1001 message {number}"] for number in (1, 2, 3))
    assert first["author"] == "Вестник" and first["published_at"] == "2025-07-22T18:11:00Z"
    media = first["other"]["media"]  # type: ignore[index]
    assert (casebook.objects / media[:2] / media).read_bytes() == PICTURE
    assert second["about"] == "message 1" and second["other"]["edited"] == "2025-07-23T19:46:40Z"  # type: ignore[index]
    assert third["other"]["forwarded from"] == "Другой канал"  # type: ignore[index]
    assert facts["chat 1001 message 5"]["other"]["media"] == "not in the export"  # type: ignore[index]
    assert find_problems(casebook) == []


def test_what_an_export_tells_of_the_exporter_is_in_the_original_alone(sqlite_casebook: Casebook, tmp_path: Path) -> None:
    from tests.casebooks import find_bytes

    own = message(1, "Я видел список.", **{"from": "Volunteer", "from_id": "user77"})
    passed = message(2, "Again", forwarded_from="Volunteer", forwarded_from_id="user77")
    done = import_chat(sqlite_casebook, ACTOR, write_account(tmp_path / "export", [own, passed]), choice=Choice(every=True))
    told = ["Volunteer", "+992900000001", "Friend of the volunteer", "203.0.113.9", "my bio", "user77"]
    assert find_bytes(sqlite_casebook, *told) == [f"captures/{done.original[:2]}/{done.original}"]
    assert read_facts(sqlite_casebook)["chat 5 message 1"]["author"] == "the exporter"


def test_the_original_is_handed_on_only_where_that_is_asked_for(sqlite_casebook: Casebook, tmp_path: Path) -> None:
    from cenotaph.services.exports import export_captures

    done = import_chat(sqlite_casebook, ACTOR, write_account(tmp_path / "export", [message(1, "Слово")]), choice=Choice(("5",)))
    export_captures(sqlite_casebook, ACTOR, [], tmp_path / "all.wacz", wacz=True)
    assert b"203.0.113.9" not in (tmp_path / "all.wacz").read_bytes()
    with pytest.raises(RefusedError, match="--private"):
        export_captures(sqlite_casebook, ACTOR, [done.original], tmp_path / "one.warc.gz", wacz=False)
    export_captures(sqlite_casebook, ACTOR, [done.original], tmp_path / "one.warc.gz", wacz=False, private=True)


def test_a_message_by_a_clock_without_an_offset_may_be_of_two_days(sqlite_casebook: Casebook, tmp_path: Path) -> None:
    one = message(1, "Слово")
    del one["date_unixtime"]
    import_chat(sqlite_casebook, ACTOR, write_export(tmp_path / "export", [one]))
    ((published,),) = bulk.fetch_rows("SELECT published_on FROM document")
    assert published == "2025-07-22/2025-07-23"


def test_the_same_export_again_adds_nothing(sqlite_casebook: Casebook, tmp_path: Path) -> None:
    export = write_large(tmp_path / "export", 50, 10, 100)
    first = import_chat(sqlite_casebook, ACTOR, export)
    again = import_chat(sqlite_casebook, ACTOR, export)
    assert (first.new, again.new, again.derivative) == (50, 0, first.derivative)
    assert bulk.fetch_one("SELECT COUNT(*) FROM capture") == (12,)


@pytest.mark.parametrize("after", [1, 2, 3])
def test_an_import_that_is_killed_goes_on_without_loss_or_double(sqlite_casebook: Casebook, tmp_path: Path, after: int) -> None:
    export = write_large(tmp_path / "export", 60, 20, 100)
    root = sqlite_casebook.root

    def run() -> None:
        casebook = open_casebook(root)
        chats.BATCH = 15
        calls = 0
        take = ChatBatches._take

        def killed(self: object, name: str) -> object:
            nonlocal calls
            calls += 1
            if calls == 5 * after + 2:
                os.kill(os.getpid(), signal.SIGKILL)
            return take(self, name)  # type: ignore[arg-type]

        ChatBatches._take = killed  # type: ignore[assignment, method-assign]
        import_chat(casebook, ACTOR, export)

    assert wait(fork(run)) == -signal.SIGKILL
    casebook = open_casebook(root)
    assert find_problems(casebook) == [] or all("no row names" in problem for problem in find_problems(casebook))
    done = import_chat(casebook, ACTOR, export)
    assert 0 < done.new < 60 or after == 0
    assert bulk.fetch_one("SELECT COUNT(*), COUNT(DISTINCT id) FROM document") == (60, 60)
    assert bulk.fetch_one("SELECT COUNT(*) FROM capture") == (22,)
    assert bulk.fetch_one("SELECT COUNT(*) FROM sighting WHERE how = 'file'") == (20,)
    assert find_problems(casebook) == []


def test_a_file_that_leads_out_of_the_export_is_not_taken_in(sqlite_casebook: Casebook, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("mine")
    (tmp_path / "export").mkdir()
    (tmp_path / "export" / "link.jpg").symlink_to(tmp_path / "secret.txt")
    named = [message(1, "a", photo="../secret.txt"), message(2, "b", photo="link.jpg"), message(3, "c", file="/etc/passwd")]
    done = import_chat(sqlite_casebook, ACTOR, write_export(tmp_path / "export", named))
    assert (done.media, len(done.notes)) == (0, 3)
    assert bulk.fetch_one("SELECT COUNT(*) FROM capture") == (2,)


def test_a_file_that_was_not_kept_is_tried_again_and_tied_to_its_message(casebook: Casebook, tmp_path: Path) -> None:
    from cenotaph.services.custody import read_custody

    (tmp_path / "secret.txt").write_text("mine")
    (tmp_path / "export").mkdir()
    (tmp_path / "export" / "link.jpg").symlink_to(tmp_path / "secret.txt")
    messages = [message(1, "a", photo="p.jpg"), message(2, "b", photo="link.jpg"), message(3, "c", photo="q.jpg")]
    export = write_export(tmp_path / "export", messages)
    (export / "q.jpg").write_bytes(PICTURE + b"q")
    first = import_chat(casebook, ACTOR, export)
    again = import_chat(casebook, ACTOR, export)
    assert (first.media, len(first.notes)) == (again.media, len(again.notes)) == (1, 2)
    (export / "p.jpg").write_bytes(PICTURE)
    third = import_chat(casebook, ACTOR, export)
    assert (third.new, third.media) == (0, 2) and [note[:8] for note in third.notes] == ["link.jpg"]
    kept = str(read_facts(casebook)["chat 1001 message 1"]["other"]["media"])  # type: ignore[index]
    assert (casebook.objects / kept[:2] / kept).read_bytes() == PICTURE
    lines = read_custody(third.derivative).documents
    assert [dict(line.facts)["media"] == kept for line in lines] == [True, False, False]
    fourth = import_chat(casebook, ACTOR, export)
    assert (fourth.media, fourth.notes) == (2, third.notes)
    assert bulk.fetch_one("SELECT COUNT(*) FROM document_detail") == (4,)
    assert find_problems(casebook) == []


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"name": "x"}', '{"messages": [{"id": 1', '{"messages": [' + "[" * 100_000, '{"messages": [}', "\xff\xfe",
     '{"messages": {"a": 1}}', '{"chats": []}', "null"],
    ids=range(11),
)  # fmt: skip
def test_what_is_no_whole_export_is_an_error_and_leaves_nothing(sqlite_casebook: Casebook, tmp_path: Path, text: str) -> None:
    (tmp_path / "result.json").write_text(text, encoding="utf-8")
    with pytest.raises(InputError):
        import_chat(sqlite_casebook, ACTOR, tmp_path)
    assert [path for path in sqlite_casebook.objects.rglob("*") if path.is_file()] == []
    assert bulk.fetch_one("SELECT COUNT(*) FROM capture") == (0,)


def test_a_folder_without_an_export_is_wrong_usage(sqlite_casebook: Casebook, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"result\.json"):
        import_chat(sqlite_casebook, ACTOR, tmp_path)


def test_a_sealed_export_does_not_come_back(sqlite_casebook: Casebook, tmp_path: Path) -> None:
    export = write_export(tmp_path / "export", [message(1, "Слово")])
    done = import_chat(sqlite_casebook, ACTOR, export)
    sealed = seal(sqlite_casebook, ACTOR, "capture", done.original, "safety")
    assert f"capture {done.derivative}, which was derived from it" in sealed.still_stands
    with pytest.raises(RefusedError, match="under seal"):
        import_chat(sqlite_casebook, ACTOR, export)
    assert find_problems(sqlite_casebook) == []


def test_messages_without_an_id_are_named_and_two_of_one_id_are_both_kept(sqlite_casebook: Casebook, tmp_path: Path) -> None:
    odd = [message(1, "a"), "junk", message(2.5, "b"), {"text": "c"}, message(9, "d"), message(5, "e"), message(5, "f")]  # type: ignore[arg-type]
    export = write_export(tmp_path / "export", [*odd, message(5, "e")])  # type: ignore[list-item]
    path = export / "result.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"id": 9,', '"id": 1e400,'), encoding="utf-8")
    done = import_chat(sqlite_casebook, ACTOR, export)
    assert (done.messages, done.new, done.left_out) == (4, 3, 4)
    assert done.notes == [
        "4 messages are left out: message 2: it is no message; message 3: its id 2.5 is no whole number; "
        "message 4: it has no id; message 5: its id inf is no whole number."
    ]
    sql = "SELECT t.part, d.text FROM document d JOIN document_detail t ON t.document = d.id"
    texts: dict[str, str] = dict(bulk.fetch_rows(sql))
    assert texts == {"chat 1001 message 1": "a", "chat 1001 message 5": "e", "chat 1001 message 5 (2)": "f"}
    again = import_chat(sqlite_casebook, ACTOR, export)
    assert (again.new, again.notes) == (0, done.notes)
    assert find_problems(sqlite_casebook) == []


HTML = """<html><body><div class="page_wrap"><div class="page_header"><div class="content">
<div class="text bold">Вестник</div></div></div>
<div class="history"><div class="message service" id="message-1"><div class="body details">22 July 2025</div></div>
<div class="message default clearfix" id="message1"><div class="body">
<div class="pull_right date details" title="22.07.2025 23:10:00 UTC+05:00">23:10</div>
<div class="from_name">Автор</div><div class="text">Погиб <strong>Каримов</strong>.<br>Имя названо.</div></div></div>
<div class="message default clearfix joined" id="message2"><div class="body">
<div class="pull_right date details" title="22.07.2025 23:11:00">23:11</div>
<div class="reply_to details">In reply to <a href="#go_to_message1">this message</a></div>
<div class="media_wrap clearfix"><a class="photo_wrap clearfix pull_left" href="photos/a.jpg"><img src="a.jpg"></a></div>
<div class="text">Ответ</div></div></div>
<div class="message default clearfix" id="message3"><div class="body"><div class="from_name">Другой</div>
<div class="forwarded body">
<div class="from_name">Канал <span class="date details" title="21.07.2025 10:00:00"> 21.07</span></div>
<div class="text">Passed on</div></div></div></div></div></div></body></html>"""


def test_an_export_in_html_gives_the_same_kind_of_documents(sqlite_casebook: Casebook, tmp_path: Path) -> None:
    (tmp_path / "messages.html").write_text(HTML, encoding="utf-8")
    (tmp_path / "messages2.html").write_text(
        HTML.replace("message3", "message4").replace("clearfix joined", "clearfix").replace('id="message1"', 'id="message5"')
        .replace('id="message2"', 'id="message6"'),
        encoding="utf-8",
    )
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "a.jpg").write_bytes(PICTURE)
    done: ChatImport = import_chat(sqlite_casebook, ACTOR, tmp_path)
    facts = read_facts(sqlite_casebook)
    sql = "SELECT t.part, d.text FROM document d JOIN document_detail t ON t.document = d.id"
    texts: dict[str, str] = dict(bulk.fetch_rows(sql))
    assert done.messages == 6 and texts["message 1"] == "Погиб Каримов.\nИмя названо."
    assert facts["message 1"]["published_at"] == "2025-07-22T18:10:00Z"
    assert facts["message 2"]["author"] == "Автор" and facts["message 2"]["about"] == "message 1"
    assert facts["message 3"]["other"]["forwarded from"] == "Канал"  # type: ignore[index]
    assert texts["message 3"] == "Passed on"


def test_an_export_does_not_come_in_as_an_open_file_by_mistake(sqlite_casebook: Casebook, tmp_path: Path) -> None:
    from cenotaph.services.captures import add_captures

    folder = write_account(tmp_path / "export", [message(1, "Слово")])
    (outcome,) = add_captures(sqlite_casebook, ACTOR, [folder])
    assert outcome.state == "failed" and "cenotaph capture chat" in outcome.note
    assert bulk.fetch_one("SELECT COUNT(*) FROM capture") == (0,)


def test_a_renamed_export_is_told_by_what_stands_in_it(sqlite_casebook: Casebook, tmp_path: Path) -> None:
    from cenotaph.services.captures import add_captures

    account = (write_account(tmp_path / "account", [message(1, "Слово")]) / "result.json").read_bytes()
    chat = (write_export(tmp_path / "chat", [message(1, "Слово")]) / "result.json").read_bytes()
    open_folder = tmp_path / "open"
    open_folder.mkdir()
    for name in ("result (1).json", "Result.JSON", "export_march.json", "plain.txt", "none"):
        (open_folder / name).write_bytes(account)
        (open_folder / f"chat {name}").write_bytes(chat)
    (open_folder / "wide.json").write_text(chat.decode(), encoding="utf-16")
    (open_folder / "page.htm").write_text(HTML, encoding="utf-8")
    lists = tmp_path / "whole" / "lists"
    lists.mkdir(parents=True)
    (lists.parent / "export_results.html").write_text('<body onload="CheckLocation();">\n<div class="page_wrap">x</div>')
    (lists / "profile.html").write_text('<html><body><div class="page_wrap">Volunteer +992900000001</div></body></html>')
    outcomes = add_captures(sqlite_casebook, ACTOR, [open_folder, lists.parent])
    assert len(outcomes) == 14 and {outcome.state for outcome in outcomes} == {"failed"}
    assert bulk.fetch_one("SELECT COUNT(*) FROM capture") == (0,)


@pytest.mark.parametrize(
    "text",
    ['{"messages": [{"type": "text", "body": "x"}]}', '{"personal_information": {"first_name": "x", "born": 1970}}',
     '<html><body><div class="page_wrap">News</div></body></html>', 'He wrote {"messages": [',
     '{"sessions": [], "contacts": []}'],
    ids=range(5),
)  # fmt: skip
def test_what_only_resembles_an_export_comes_in(sqlite_casebook: Casebook, tmp_path: Path, text: str) -> None:
    from cenotaph.services.captures import add_captures

    (tmp_path / "a.json").write_text(text)
    (outcome,) = add_captures(sqlite_casebook, ACTOR, [tmp_path / "a.json"])
    assert outcome.state == "new"


def test_private_bytes_under_another_name_make_no_open_document(sqlite_casebook: Casebook, tmp_path: Path) -> None:
    from cenotaph.services.captures import add_captures

    page = '<html><body><p>x</p><div class="message default" id="message1"><div class="text">Слово</div></div></body></html>'
    (tmp_path / "messages.html").write_text(page, encoding="utf-8")
    done = import_chat(sqlite_casebook, ACTOR, tmp_path)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "a.txt").write_text(page, encoding="utf-8")
    (outcome,) = add_captures(sqlite_casebook, ACTOR, [tmp_path / "other" / "a.txt"])
    assert outcome.state == "failed" and "private" in outcome.note
    assert bulk.fetch_one("SELECT COUNT(*) FROM document WHERE capture = %s", [done.original]) == (0,)


def test_an_export_that_a_chat_passed_on_is_private_too(sqlite_casebook: Casebook, tmp_path: Path) -> None:
    inner = write_account(tmp_path / "inner", [message(1, "Слово")]) / "result.json"
    export = write_export(tmp_path / "export", [message(1, "see", file="a.bin")])
    inner.rename(export / "a.bin")
    import_chat(sqlite_casebook, ACTOR, export)
    assert bulk.fetch_one("SELECT COUNT(*) FROM sighting WHERE origin = 'a.bin' AND how = 'private original'") == (1,)


def test_a_renamed_export_is_imported_by_its_own_name(sqlite_casebook: Casebook, tmp_path: Path) -> None:
    file = write_export(tmp_path, [message(1, "Слово")]) / "result.json"
    assert import_chat(sqlite_casebook, ACTOR, file.rename(tmp_path / "result (1).json")).new == 1


def test_mentions_of_the_exporter_and_the_handle_of_their_profile_go(sqlite_casebook: Casebook, tmp_path: Path) -> None:
    folder = write_account(
        tmp_path / "export",
        [message(1, ["hi ", {"type": "mention_name", "text": "Volunteer", "user_id": 77}, " ",
                     {"type": "mention_name", "text": "Ann", "user_id": 777}]),
         message(2, ["see ", {"type": "mention", "text": "@MyHandle"}, " https://t.me/myhandle/5, @myhandle2 a@myhandle"]),
         message(3, [{"type": "text_link", "text": "me", "href": "tg://user?id=77"},
                     {"type": "text_link", "text": "her", "href": "tg://user?id=777"}])],
    )  # fmt: skip
    path = folder / "result.json"
    words = path.read_text(encoding="utf-8").replace('"user_id": 77,', '"user_id": 77, "username": "@myhandle",', 1)
    path.write_text(words, encoding="utf-8")
    import_chat(sqlite_casebook, ACTOR, folder, choice=Choice(("Группа",)))
    texts = [text for (text,) in bulk.fetch_rows('SELECT text FROM document ORDER BY "row"')]
    assert texts == ["hi the exporter Ann", "see the exporter the exporter/5, @myhandle2 a@myhandle", "meher"]
    assert read_facts(sqlite_casebook)["chat 5 message 3"]["other"]["links"] == "tg://user?id=777"  # type: ignore[index]


def test_an_exporter_who_matches_nothing_is_refused_and_nobody_is_named(sqlite_casebook: Casebook, tmp_path: Path) -> None:
    export = write_export(tmp_path / "export", [message(1, "a", **{"from": "Ann", "from_id": "user5"})])
    for wrong in ("user55", "55", "Ann"):
        with pytest.raises(UsageError, match="--exporter") as caught:
            import_chat(sqlite_casebook, ACTOR, export, exporter=wrong)
        assert "from_id" in caught.value.hint and "Ann" not in str(caught.value) and "user5 " not in str(caught.value)
    assert bulk.fetch_one("SELECT COUNT(*) FROM capture") == (0,)
    assert [path for path in sqlite_casebook.objects.rglob("*") if path.is_file()] == []
    import_chat(sqlite_casebook, ACTOR, export, exporter="5")
    assert read_facts(sqlite_casebook)["chat 1001 message 1"]["author"] == "the exporter"


def test_in_html_the_exporter_is_told_by_the_name_shown(sqlite_casebook: Casebook, tmp_path: Path) -> None:
    (tmp_path / "messages.html").write_text(HTML, encoding="utf-8")
    for wrong, words in (("user5", "by id"), ("Nobody", "matches nothing")):
        with pytest.raises(UsageError, match=words):
            import_chat(sqlite_casebook, ACTOR, tmp_path, exporter=wrong)
    done = import_chat(sqlite_casebook, ACTOR, tmp_path, exporter="Автор")
    facts = read_facts(sqlite_casebook)
    assert [facts[f"message {number}"]["author"] for number in (1, 2, 3)] == ["the exporter", "the exporter", "Другой"]
    assert done.told == []
    assert "names nobody by id" in import_chat(sqlite_casebook, ACTOR, tmp_path).told[0]


def test_of_an_account_only_chosen_chats_come_in_and_dialogues_only_by_name(sqlite_casebook: Casebook, tmp_path: Path) -> None:
    folder = write_account(tmp_path / "export", [message(1, "group")])
    path = folder / "result.json"
    whole = json.loads(path.read_text(encoding="utf-8"))
    more = [("Mother", "personal_chat", 44), ("Канал", "public_channel", 6), (None, "saved_messages", 77)]
    more.append(("Канал", "bot_chat", 8))
    for name, kind, number in more:
        whole["chats"]["list"].append({"name": name, "type": kind, "id": number, "messages": [message(1, f"{kind} words")]})
    path.write_text(json.dumps(whole, ensure_ascii=False), encoding="utf-8")
    with pytest.raises(UsageError, match="whole account") as caught:
        import_chat(sqlite_casebook, ACTOR, folder)
    assert "Группа (5); Канал (6)) and 3 personal dialogues" in caught.value.message and "Mother" not in str(caught.value)
    for wrong, words in (("Nobody", "No chat"), ("Канал", "2 chats")):
        with pytest.raises(UsageError, match=words):
            import_chat(sqlite_casebook, ACTOR, folder, choice=Choice((wrong,)))
    assert bulk.fetch_one("SELECT COUNT(*) FROM capture") == (0,)
    done = import_chat(sqlite_casebook, ACTOR, folder, choice=Choice(every=True))
    assert (done.chats, done.messages, done.taken, done.not_taken) == (2, 2, ["Группа (5)", "Канал (6)"], 3)
    derivative = (sqlite_casebook.objects / done.derivative[:2] / done.derivative).read_text(encoding="utf-8")
    assert "Mother" not in derivative and "personal_chat" not in derivative
    named = import_chat(sqlite_casebook, ACTOR, folder, choice=Choice(("mother", "5")))
    assert named.taken == ["Группа (5)", "Mother (44)"]
    texts = {text for (text,) in bulk.fetch_rows("SELECT text FROM document")}
    assert texts == {"group", "public_channel words", "personal_chat words"}


def test_an_html_export_that_is_not_whole_is_named(sqlite_casebook: Casebook, tmp_path: Path) -> None:
    def number(first: int) -> str:
        page = HTML.replace('href="photos/a.jpg"', "")
        for at in (1, 2, 3):
            page = page.replace(f'id="message{at}"', f'id="message{first + at}"')
        return page

    for name, first in (("messages.html", 0), ("messages3.html", 20), ("messages4.html", 30)):
        (tmp_path / name).write_text(number(first), encoding="utf-8")
    done = import_chat(sqlite_casebook, ACTOR, tmp_path)
    assert done.notes == ["The export is not whole: messages2.html is missing, with every message on it. Export it again."]
    led = '<a class="pagination block_link" href="messages5.html">Next</a></body>'
    half = number(20)[: number(20).index("Ответ")]
    (tmp_path / "messages2.html").write_text(number(10), encoding="utf-8")
    (tmp_path / "messages3.html").write_text(half, encoding="utf-8")
    (tmp_path / "messages4.html").write_text(number(30).replace("</body>", led), encoding="utf-8")
    done = import_chat(sqlite_casebook, ACTOR, tmp_path)
    assert [note.split(": ", 1)[1] for note in done.notes] == [
        "messages5.html is missing, with every message on it. Export it again.",
        "messages3.html is cut off: the end of it and its messages are gone. Export it again.",
    ]
    assert done.messages == 11


def test_a_second_import_of_a_chat_beside_the_first_is_told_so(sqlite_casebook: Casebook, tmp_path: Path) -> None:
    export = write_export(tmp_path / "export", [message(1, "Слово")])
    other = write_export(tmp_path / "other", [message(2, "Дело")])
    root = sqlite_casebook.root

    def run() -> None:
        casebook = open_casebook(root)
        with pytest.raises(BusyError, match="Another import of this chat is under way"):
            import_chat(casebook, ACTOR, export)
        assert import_chat(casebook, ACTOR, other).new == 1

    with chats._alone(sqlite_casebook, export / "result.json"):
        assert wait(fork(run)) == 0
    assert import_chat(open_casebook(root), ACTOR, export).new == 1


DOVE, FLAG, FAMILY = "\U0001f54a\ufe0f", "\U0001f1f9\U0001f1ef", "\U0001f468\u200d\U0001f469\u200d\U0001f467"
SPOILER = '<span class="spoiler hidden" onclick="ShowSpoiler(this)"><span aria-hidden="true">'
RUNS: list[tuple[str, str, str]] = [  # The run's form, its words, and how the HTML export writes it.
    ("plain", f"Погибли 12 {DOVE}  {FLAG} & <двое> ", f"Погибли 12 {DOVE}  {FLAG} &amp; &lt;двое&gt; "),
    ("bold", f"Каримов {FAMILY}", f"<strong>Каримов {FAMILY}</strong>"),
    ("text_link", "здесь", '<a href="https://example.org/n?a=1&amp;b=2">здесь</a>'),
    ("link", "https://example.org/x", '<a href="https://example.org/x">https://example.org/x</a>'),
    ("spoiler", "тайно\n", f"{SPOILER}тайно<br></span></span>"),
    ("blockquote", "и ещё\n14", "<blockquote>и ещё<br><em><strong>14</strong></em></blockquote>"),
    ("plain", "\n\nконец", "<br><br>конец"),
    ("pre", "\na  b", "<br><pre>a  b</pre>"),
]


def test_runs_of_any_form_give_the_same_words_in_both_exports_and_quotes_of_them_hold(casebook: Casebook, tmp_path: Path) -> None:
    whole = "".join(words for _, words, _ in RUNS)
    parts = [{"type": kind, "text": words} if kind != "plain" else words for kind, words, _ in RUNS]
    parts[2] = {"type": "text_link", "text": "здесь", "href": "https://example.org/n?a=1&b=2"}
    torn = ["Слава \ud83d", {"type": "bold", "text": "\udd4a герою"}]
    (tmp_path / "json").mkdir()
    export = {"name": "Вестник", "type": "public_channel", "id": 1001, "messages": [message(1, parts), message(2, torn)]}
    (tmp_path / "json" / "result.json").write_text(json.dumps(export), encoding="ascii")
    (tmp_path / "html").mkdir()
    page = HTML.replace("Passed on", "".join(form for *_, form in RUNS))
    (tmp_path / "html" / "messages.html").write_text(page, encoding="utf-8")
    for folder in ("json", "html"):
        import_chat(casebook, ACTOR, tmp_path / folder)
    rows = bulk.fetch_rows("SELECT d.id, d.text, t.facts FROM document d JOIN document_detail t ON t.document = d.id")
    same = [(identifier, json.loads(facts)) for identifier, text, facts in rows if text == whole]
    assert len(same) == 2
    assert all(facts["other"]["links"] == "https://example.org/n?a=1&b=2" for _, facts in same)
    assert "Слава \U0001f54a герою" in {text for _, text, _ in rows}
    start = whole.index("Каримов")
    for identifier, _ in same:
        assert [part.words for part in find_place(identifier, start, start + 7).parts] == ["Каримов"]
    assert find_problems(casebook) == []


def test_words_that_are_cut_are_said_to_be(sqlite_casebook: Casebook, tmp_path: Path) -> None:
    import_chat(
        sqlite_casebook,
        ACTOR,
        write_export(tmp_path / "export", [message(1, "б" * 1_001_234), message(2, "б" * 1_000_000)]),
    )
    texts = bulk.fetch_rows('SELECT text FROM document ORDER BY "row"')
    assert [len(text) for (text,) in texts] == [1_000_000, 1_000_000]
    facts = read_facts(sqlite_casebook)
    assert str(facts["chat 1001 message 1"]["other"]["left out"]).startswith("the last 1,234 code points")  # type: ignore[index]
    assert "left out" not in facts["chat 1001 message 2"]["other"]  # type: ignore[operator]


def test_what_the_how_to_says_is_left_out_of_a_message_stands_in_the_original_alone(
    sqlite_casebook: Casebook, tmp_path: Path
) -> None:
    from tests.casebooks import find_bytes

    told = {
        "author": "Signed by Somebody",
        "location_information": {"latitude": 38.559871, "longitude": 68.787123},
        "contact_information": {"first_name": "Contactname", "phone_number": "+992900000077"},
        "via_bot": "@somebotname",
    }
    done = import_chat(sqlite_casebook, ACTOR, write_export(tmp_path / "export", [message(1, "Слово", **told)]))
    for word in ("Signed by Somebody", "38.559871", "Contactname", "+992900000077", "@somebotname"):
        assert find_bytes(sqlite_casebook, word) == [f"captures/{done.original[:2]}/{done.original}"]
