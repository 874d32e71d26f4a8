"""Pages fetched from a server on loopback: kept, read, queued, refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.casebooks import ACTOR, find_problems
from tests.web_server import ARTICLE, Site, serving

from cenotaph.casebook import bulk
from cenotaph.casebook.store import Casebook, read_clock
from cenotaph.domain.errors import InputError, NotFoundError
from cenotaph.services.fetch_attempts import Fetched
from cenotaph.services.fetch_queue import read_queue
from cenotaph.services.fetch_wants import Wanted, read_address_file
from cenotaph.services.fetching import clear_queue, fetch_waiting, open_client, queue_addresses, tell_queued, tell_waiting


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


def fetch(casebook: Casebook, *addresses: str, private: bool = True, route: str = "direct", **options: object) -> list[Fetched]:
    requisites = bool(options.pop("requisites", False))
    again = bool(options.pop("again", False))
    if addresses:
        queue_addresses(casebook, ACTOR, [Wanted(a) for a in addresses], requisites=requisites, again=again)
    client = open_client(casebook, route, private)
    return list(fetch_waiting(casebook, ACTOR, client, sleep=lambda _: None, **options))  # type: ignore[arg-type]


def test_a_page_is_kept_as_it_came_and_its_article_read(casebook: Casebook, site: Site) -> None:
    address = site.page("/news", ARTICLE)
    (outcome,) = fetch(casebook, address)
    assert outcome.state == "kept" and outcome.title == "Погибли двенадцать граждан"
    text, published, language = bulk.fetch_rows("SELECT text, published_on, language FROM document")[0]
    assert "трое из них были завербованы в колонии" in text and "Главная" not in text
    assert (published, language) == ("2025-07-22", "ru")
    assert find_problems(casebook) == []


def test_what_is_kept_is_a_warc_file_whose_digests_another_tool_finds_right(casebook: Casebook, site: Site) -> None:
    from warcio.archiveiterator import ArchiveIterator

    address = site.page("/news", ARTICLE)
    (outcome,) = fetch(casebook, site.redirect("/old", "/news"))
    assert outcome.capture
    path = casebook.objects / outcome.capture[:2] / outcome.capture
    with path.open("rb") as stream:
        found = []
        for record in ArchiveIterator(stream, check_digests=True):
            body = record.content_stream().read()
            found.append((record.rec_type, record.rec_headers.get_header("WARC-Target-URI"), body))
            assert record.digest_checker.passed is not False
    kinds = [kind for kind, *_ in found]
    assert kinds == ["warcinfo", "response", "request", "metadata", "response", "request", "metadata"]
    assert found[4][1:] == (address, ARTICLE.encode())
    roles = bulk.fetch_rows('SELECT role, status FROM payload ORDER BY "row"')
    assert roles == [("redirect", 302), ("page", 200)]


def test_a_private_address_is_refused_and_nobody_is_asked(casebook: Casebook, site: Site) -> None:
    address = site.page("/news", ARTICLE)
    outcomes = fetch(casebook, address, address.replace("127.0.0.1", "localhost"), private=False)
    assert [outcome.state for outcome in outcomes] == ["refused", "refused"]
    assert all("--allow-private" in outcome.note for outcome in outcomes)
    assert site.asked == []


def test_what_cannot_be_had_now_is_tried_again_and_then_given_up(casebook: Casebook, site: Site) -> None:
    address = site.page("/news", "busy", status=503)
    casebook.settings.values["fetch.retry_minutes"] = 0
    outcomes = fetch(casebook, address)
    assert [outcome.state for outcome in outcomes] == ["waiting", "waiting", "given up"]
    (request,) = read_queue(casebook)
    assert (request.state, request.attempts) == ("given up", 3) and "503" in (request.reason or "")


def test_a_host_that_asks_to_wait_is_left_alone_until_then_with_all_that_is_wanted_of_it(casebook: Casebook, site: Site) -> None:
    from datetime import timedelta

    casebook.settings.values["fetch.retry_minutes"] = 0
    casebook.clock = read_clock
    busy = site.page("/busy", "busy", status=429, Retry_After="3600")
    other = site.page("/other", ARTICLE)
    (outcome,) = fetch(casebook, busy, other)
    assert outcome.state == "waiting" and site.asked == ["/robots.txt", "/busy"]
    first, second = read_queue(casebook)
    assert first.next_at == second.next_at and first.next_at is not None
    assert timedelta(minutes=55) < first.next_at - casebook.clock() < timedelta(minutes=65)
    assert fetch(casebook) == []
    slept: list[float] = []
    site.page("/busy", ARTICLE)
    client = open_client(casebook, "direct", True)

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now = casebook.clock() + timedelta(seconds=seconds)
        casebook.clock = lambda: now

    found = fetch_waiting(casebook, ACTOR, client, sleep=sleep, patience=True)
    assert [outcome.state for outcome in found] == ["kept", "kept"]
    assert max(slept) > 3000


def test_what_is_no_address_is_kept_as_refused_and_the_others_go_on(casebook: Casebook, site: Site) -> None:
    good = site.page("/news", ARTICLE)
    bad = ["ftp://example.org/a", "not an address", "https://me:secret@example.org/", "http://[::1", ""]
    queued = queue_addresses(casebook, ACTOR, [Wanted(words) for words in [*bad, good, bad[0]]])
    assert queued.added == 1 and len(queued.refused) == 5
    assert [outcome.state for outcome in fetch(casebook)] == ["kept"]
    rows = {request.address: request for request in read_queue(casebook)}
    assert {request.state for address, request in rows.items() if address != good} == {"refused"}
    assert rows["ftp://example.org/a"].reason and "not an http or https address" in rows["ftp://example.org/a"].reason
    assert rows["ftp://example.org/a"].tried_at
    assert "https://...@example.org/" in rows and not any("secret" in str(row) for row in rows.values())
    assert queue_addresses(casebook, ACTOR, [Wanted(bad[0])], again=True).added == 0
    assert fetch(casebook, again=True) == [] and find_problems(casebook) == []


@pytest.mark.parametrize(
    "target", ["http://xn--zz--/", "http://xn--a.org/", "javascript:alert(1)", "http://[::zz/", "http://a\u202eb.org/", "//"]
)
def test_a_redirect_to_what_no_library_takes_is_refused_and_the_others_go_on(
    sqlite_casebook: Casebook, site: Site, target: str
) -> None:
    site.pages["/old"] = (302, {"Location": target.encode("utf-8").decode("latin-1")}, b"")
    outcomes = fetch(sqlite_casebook, site.address + "/old", site.page("/news", ARTICLE))
    assert {outcome.address.rsplit("/", 1)[1]: outcome.state for outcome in outcomes} == {"old": "refused", "news": "kept"}
    assert all(request.reason for request in read_queue(sqlite_casebook) if request.state == "refused")
    assert fetch(sqlite_casebook) == []


def test_what_nobody_foresaw_of_one_address_does_not_stop_the_others(
    sqlite_casebook: Casebook, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cenotaph.capture.web.client import WebClient

    honest = WebClient.get

    def get(self: WebClient, words: str, *rest: object) -> object:
        if words.endswith("/odd"):
            raise ZeroDivisionError("a library's slip")
        return honest(self, words, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(WebClient, "get", get)
    outcomes = fetch(sqlite_casebook, site.page("/odd", ARTICLE), site.page("/news", ARTICLE))
    assert [outcome.state for outcome in outcomes] == ["refused", "kept"]
    assert "a library's slip" in outcomes[0].note


def test_asking_anew_takes_the_place_of_what_was_refused(casebook: Casebook, site: Site) -> None:
    address = site.address + "/news"
    assert [outcome.state for outcome in fetch(casebook, address)] == ["refused"]
    site.page("/news", ARTICLE)
    assert [outcome.state for outcome in fetch(casebook, address, again=True)] == ["kept"]
    assert [request.state for request in read_queue(casebook)] == ["asked anew", "kept"]


def test_a_private_address_named_again_with_leave_is_tried(sqlite_casebook: Casebook, site: Site) -> None:
    address, gone = site.page("/news", ARTICLE), site.address + "/gone"
    fetch(sqlite_casebook, address, private=False)
    fetch(sqlite_casebook, gone)
    queue_addresses(sqlite_casebook, ACTOR, [Wanted(address), Wanted(gone)])
    assert fetch(sqlite_casebook) == []
    queue_addresses(sqlite_casebook, ACTOR, [Wanted(address), Wanted(gone)], private=True)
    (outcome,) = fetch(sqlite_casebook)
    assert (outcome.address, outcome.state) == (address, "kept")


def test_a_file_of_addresses_that_is_not_there_is_said_to_be_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="There is no file"):
        list(read_address_file(tmp_path / "nosuch.txt"))


def test_asking_anew_does_not_overrule_a_host(casebook: Casebook, site: Site) -> None:
    casebook.clock = read_clock
    busy = site.page("/busy", "busy", status=429, Retry_After="3600")
    fetch(casebook, busy)
    queued = queue_addresses(casebook, ACTOR, [Wanted(busy)], again=True)
    assert queued.added == 0
    (told,) = tell_queued(casebook, queued, asked_for=True)
    assert told.state == "waiting" and "asks not to be asked before" in told.note and "--wait" in told.note
    assert fetch(casebook) == [] and site.asked.count("/busy") == 1 and "1 address still waits" in tell_waiting(casebook)


def test_asking_anew_overrules_a_pause_of_our_own(casebook: Casebook, site: Site) -> None:
    casebook.clock = read_clock
    address = site.page("/down", "down", status=503)
    fetch(casebook, address)
    (told,) = tell_queued(casebook, queue_addresses(casebook, ACTOR, [Wanted(address)]), asked_for=True)
    assert told.state == "waiting" and "503" in told.note and "--again" in told.note
    site.page("/down", ARTICLE)
    assert [outcome.state for outcome in fetch(casebook, address, again=True)] == ["kept"]
    assert fetch(casebook) == [] and tell_waiting(casebook) == ""


def test_what_was_refused_can_be_left_off_and_wanted_again(casebook: Casebook, site: Site) -> None:
    address = site.address + "/none"
    fetch(casebook, address)
    assert [request.address for request in clear_queue(casebook, ACTOR, [])] == [address]
    (request,) = read_queue(casebook)
    assert request.state == "left off" and "404" in (request.reason or "")
    assert clear_queue(casebook, ACTOR, []) == []
    with pytest.raises(NotFoundError, match="neither waits"):
        clear_queue(casebook, ACTOR, ["https://example.org/"])
    assert [outcome.state for outcome in fetch(casebook, address)] == ["refused"]
    assert find_problems(casebook) == []


def test_a_page_that_is_gone_is_not_asked_for_twice(casebook: Casebook, site: Site) -> None:
    address = site.address + "/none"
    (outcome,) = fetch(casebook, address)
    assert outcome.state == "refused" and "404" in outcome.note
    assert fetch(casebook, address) == []


def test_rules_for_robots_are_kept_to_unless_they_are_ignored_and_the_record_says_so(casebook: Casebook, site: Site) -> None:
    site.page("/robots.txt", "User-agent: *\nDisallow: /news\n", "text/plain")
    address = site.page("/news", ARTICLE)
    (refused,) = fetch(casebook, address)
    assert refused.state == "refused" and "/news" not in site.asked
    (kept,) = fetch(casebook, address, again=True, obey_robots=False)
    assert kept.state == "kept"
    assert bulk.fetch_rows('SELECT robots, outcome FROM fetch_attempt ORDER BY "row"') == [
        ("obeyed", "refused"),
        ("ignored", "kept"),
    ]


def test_images_and_styles_are_kept_when_they_are_asked_for(casebook: Casebook, site: Site) -> None:
    site.page("/photo.png", "not really a picture", "image/png")
    site.page("/style.css", "body { background: url(img/back.gif) }", "text/css")
    site.page("/img/back.gif", "no picture either", "image/gif")
    (outcome,) = fetch(casebook, site.page("/news", ARTICLE), requisites=True)
    assert outcome.state == "kept"
    roles = bulk.fetch_rows('SELECT role, media_type FROM payload ORDER BY "row"')
    kinds = ["text/css", "image/png", "image/gif"]
    assert roles == [("page", "text/html"), *(("requisite", kind) for kind in kinds)]


def test_a_circle_of_redirects_ends(casebook: Casebook, site: Site) -> None:
    site.redirect("/b", "/a")
    (outcome,) = fetch(casebook, site.redirect("/a", "/b"))
    assert outcome.state == "refused" and "circle" in outcome.note


def test_a_stated_route_that_does_not_answer_is_an_error_and_no_other_is_tried(casebook: Casebook, site: Site) -> None:
    from cenotaph.capture.web.wire import RouteFailed

    address = site.page("/news", ARTICLE)
    with pytest.raises(RouteFailed, match="Nothing answers at the tor"):
        fetch(casebook, address, route="tor:1")
    assert site.asked == []
    (request,) = read_queue(casebook)
    assert request.state == "waiting"


def test_an_answer_over_the_limit_is_refused_and_nothing_is_left(casebook: Casebook, site: Site) -> None:
    casebook.settings.values["fetch.page_bytes"] = 10_000
    (outcome,) = fetch(casebook, site.page("/big", "x" * 20_000))
    assert outcome.state == "refused" and "fetch.page_bytes" in outcome.note
    assert [path for path in Path(casebook.objects).rglob("*") if path.is_file()] == []


def test_a_seal_takes_the_address_and_everything_read_with_the_page(casebook: Casebook, site: Site) -> None:
    from tests.casebooks import find_bytes

    from cenotaph.services.seals import seal

    site.page("/news", ARTICLE)
    (outcome,) = fetch(casebook, site.redirect("/old-name-of-a-person", "/news"))
    (gone,) = fetch(casebook, site.address + "/old-name-of-a-person-who-is-gone")
    assert (outcome.state, gone.state) == ("kept", "refused")
    for (capture,) in bulk.fetch_rows("SELECT id FROM capture"):
        seal(casebook, ACTOR, "capture", capture, "family_request")
    (request,) = read_queue(casebook)
    seal(casebook, ACTOR, "request", request.id, "family_request")
    assert find_problems(casebook) == []
    if casebook.settings.text("store.url") == "sqlite":
        assert find_bytes(casebook, "old-name-of-a-person", "завербованы в колонии", "Репортёр") == []


def test_what_a_killed_fetch_left_goes_on_with_the_next(casebook: Casebook, site: Site) -> None:
    addresses = [site.page(f"/{number}", ARTICLE.replace("двенадцать", str(number))) for number in range(3)]
    queue_addresses(casebook, ACTOR, [Wanted(address) for address in addresses])
    client = open_client(casebook, "direct", True)
    stream = fetch_waiting(casebook, ACTOR, client, sleep=lambda _: None)
    next(stream)
    stream.close()
    assert sorted(request.state for request in read_queue(casebook)) == ["kept", "waiting", "waiting"]
    assert [outcome.state for outcome in fetch(casebook)] == ["kept", "kept"]
    assert [path for path in site.asked if path != "/robots.txt"] == ["/0", "/1", "/2"]
    assert find_problems(casebook) == []


def test_a_page_that_two_reports_cite_is_fetched_once_and_tied_to_both(casebook: Casebook, site: Site) -> None:
    address = site.page("/news", ARTICLE)
    queue_addresses(casebook, ACTOR, [Wanted(address, "report-a"), Wanted(address, "report-b")])
    first, second = fetch(casebook)
    assert first.capture == second.capture and site.asked.count("/news") == 1
    assert [request.state for request in read_queue(casebook)] == ["kept", "kept"]
    assert find_problems(casebook) == []


def test_an_address_under_seal_is_not_asked_for_again(casebook: Casebook, site: Site) -> None:
    from cenotaph.services.seals import seal

    address = site.page("/news", ARTICLE)
    (outcome,) = fetch(casebook, address)
    assert outcome.capture
    seal(casebook, ACTOR, "capture", outcome.capture, "family_request")
    assert fetch(casebook, address, again=True) == []
    assert site.asked.count("/news") == 1


def test_a_module_in_the_folder_of_the_call_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.made_files import LIMITS

    from cenotaph.capture.isolation import ReaderProcess

    folder = tmp_path / "evidence"
    folder.mkdir()
    for name in ("json.py", "lxml.py", "trafilatura.py", "cenotaph.py"):
        (folder / name).write_text("raise SystemExit('run')")
    (folder / "a.html").write_text(ARTICLE, encoding="utf-8")
    monkeypatch.chdir(folder)
    process = ReaderProcess()
    try:
        (document,) = process.read(folder / "a.html", "text/html", LIMITS)
    finally:
        process.close()
    assert "завербованы" in document.text


@pytest.mark.parametrize("at", ["before it is kept", "after its bytes, before its entry", "after its entry"])
def test_a_fetch_that_is_killed_loses_and_doubles_nothing(sqlite_casebook: Casebook, site: Site, at: str) -> None:
    import os
    import signal

    from tests.killing import fork, wait

    from cenotaph.services import fetch_attempts
    from cenotaph.services.intakes import Intakes
    from cenotaph.services.opening import open_casebook

    addresses = [site.page(f"/{number}", ARTICLE.replace("двенадцать", str(number))) for number in range(4)]
    queue_addresses(sqlite_casebook, ACTOR, [Wanted(address) for address in addresses])
    root = sqlite_casebook.root

    def run() -> None:
        target, name = {
            "before it is kept": (fetch_attempts, "keep_page"),
            "after its bytes, before its entry": (fetch_attempts.Attempts, "_record"),
            "after its entry": (Intakes, "keep"),
        }[at]
        original = getattr(target, name)
        calls = 0

        def killed(*arguments: object, **options: object) -> object:
            nonlocal calls
            calls += 1
            if calls == 2:
                os.kill(os.getpid(), signal.SIGKILL)
            return original(*arguments, **options)

        setattr(target, name, killed)
        casebook = open_casebook(root)
        casebook.settings.values["fetch.pause_seconds"] = 0.0
        list(fetch_waiting(casebook, ACTOR, open_client(casebook, "direct", True), sleep=lambda _: None))

    assert wait(fork(run)) == -signal.SIGKILL
    casebook = open_casebook(root)
    fetch(casebook)
    assert sorted(request.state for request in read_queue(casebook)) == ["kept"] * 4
    assert bulk.fetch_one("SELECT COUNT(*) FROM document") == (4,)
    assert bulk.fetch_one("SELECT COUNT(*), COUNT(DISTINCT request) FROM fetch_attempt") == (4, 4)
    assert find_problems(casebook) == []


def test_a_page_whose_header_is_wrong_is_read_by_what_fits_or_by_what_is_stated(casebook: Casebook, site: Site) -> None:
    words = "Он погиб в марте, сообщила его мать, тело домой не привезли."
    address = site.page("/wrong", "")
    data = f"<html><body><article><p>{words}</p></article></body></html>".encode("cp1251")
    site.pages["/wrong"] = (200, {"Content-Type": "text/html; charset=utf-8"}, data)
    (first,) = fetch(casebook, address)
    assert first.state == "kept" and first.note == "read as cp1251, though utf-8 is declared"
    assert bulk.fetch_one("SELECT text FROM document WHERE id = %s", [first.document]) == (words,)
    broken = site.page("/broken", "")
    site.pages["/broken"] = (200, {"Content-Type": "text/html; charset=utf-8"}, b"<p>Some words " + bytes(range(0xA1, 0xFF)) * 3)
    (second,) = fetch(casebook, broken)
    assert second.state == "kept" and second.document is None and "--encoding" in second.note
    other = site.page("/other", "")
    site.pages["/other"] = site.pages["/broken"]
    (third,) = fetch(casebook, other, encoding="cp1251")
    assert third.document is not None
