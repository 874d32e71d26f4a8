"""The public site as a reader gets it: complete, asking nobody for anything, the same each time, nothing withdrawn in it."""

from __future__ import annotations

import csv
import errno
import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from benchmarks.made_releases import CLAIMS, Made, make_claim, make_pair, write_made
from tests.browser import Browser
from tests.commands import run

from cenotaph.domain.counts import Bound
from cenotaph.domain.errors import DamagedFileError, DiskFullError, RefusedError, UsageError
from cenotaph.publish.release_files import write_sums
from cenotaph.publish.site.building import BuiltSite, build_site
from cenotaph.publish.site.people_pages import PersonWriter
from cenotaph.publish.site.settings import SiteSettings, load_settings, parse_settings
from cenotaph.publish.site.state import hold_folder
from cenotaph.publish.site.untouched import look
from cenotaph.services.release_checks import verify_folder

SETTINGS = """schema = 1
title = "A made-up count"
corrections = "https://forms.example/report"
invented = true
[titles.ru]
site = "Вымышленный счёт"
dead = "Погибшие иностранцы"
"""
HOSTILE = ('<script>alert("x")</script>', "Latn", "en"), ("\u202eevil \u2066name' onload='x", "Latn", "en")
VOID = {"meta", "link", "br", "input", "img", "hr", "rect", "line", "circle"}


class Page(HTMLParser):
    """A page read as far as the tests ask: links, ids, headings, what it loads, unclosed tags."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.loads: list[str] = []
        self.ids: list[str] = []
        self.headings: list[int] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == [], self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = dict(attrs)
        self.tags.append((tag, own))
        if tag not in VOID:
            self._open.append(tag)
        if own.get("id"):
            self.ids.append(str(own["id"]))
        if tag == "a" and own.get("href"):
            self.links.append(str(own["href"]))
        if tag == "link" and own.get("rel") in ("stylesheet", "icon", "alternate"):
            (self.links if own["rel"] == "alternate" else self.loads).append(str(own["href"]))
        if tag in ("script", "img", "iframe", "source") and own.get("src"):
            self.loads.append(str(own["src"]))
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        assert self._open and self._open[-1] == tag, f"</{tag}> closes {self._open[-3:]}"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    root = tmp_path_factory.mktemp("releases")
    first, second = make_pair(160)
    people = list(second.people)
    people[6] = replace(people[6], names=(*people[6].names, *HOSTILE), case=replace(people[6].case, values={
        **people[6].case.values, "name": HOSTILE[0][0], "rank": 'stated:<img src=x onerror="1">',
    }))  # fmt: skip
    hostile = make_claim(9, "<b>who</b>", "UZ", 1, 2, Bound.RANGE)
    write_made(root / "one", first)
    write_made(root / "two", replace(second, people=tuple(people), claims=(*CLAIMS, hostile)))
    return root / "one", root / "two"


@pytest.fixture(scope="module")
def site(releases: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("site") / "site"
    build(releases, out)
    return out


def build(releases: tuple[Path, ...], out: Path, settings: str = SETTINGS, workers: int = 1) -> BuiltSite:
    return build_site(releases, out, parse_settings(settings), workers)


def pages(site: Path) -> Iterator[tuple[Path, Page]]:
    for path in sorted(site.rglob("*.html")):
        yield path, Page(path.read_text(encoding="utf-8"))


def digest(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): digest_of(path) for path in files}


def digest_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def spoil(release: Path, name: str, old: bytes, new: bytes) -> None:
    """Change a table, once, and sum everything again, as whoever forges a release would."""
    path = release / "data" / f"{name}.csv"
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new, 1))
    write_sums(release)


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        ("persons", b"\n", b"\nshort,row\n", r"data/persons\.csv: line 2 has 2 cells, its head has"),
        ("reports", b"\n", b"\nshort,row\n", r"data/reports\.csv: line 2 has 2 cells, its head has"),
        ("names", b"\n", b"\n\xff\xfe", r"data/names\.csv: is not UTF-8"),
        ("members", b"\ndead,", b"\nprison,", r"figure dead: says \d+, has \d+ members; "),
        ("cells", b"[", b"{", "its breakdown is not what its members give"),
    ],
)
def test_a_release_that_does_not_add_up_is_refused_in_the_words_of_verify_though_its_sums_fit(
    releases: tuple[Path, Path], tmp_path: Path, name: str, old: bytes, new: bytes, words: str
) -> None:
    shutil.copytree(releases[0], tmp_path / "one")
    spoil(tmp_path / "one", name, old, new)
    with pytest.raises(DamagedFileError, match=words):
        build((tmp_path / "one",), tmp_path / "site")
    assert not (tmp_path / "site").exists()
    sound, lines = verify_folder(tmp_path / "one")
    assert not sound and any(re.search(words.split(";")[0], line) for line in lines), lines
    assert max(map(len, lines)) < 400, "nothing is dumped"


def test_a_line_of_the_sums_that_is_none_is_named(releases: tuple[Path, Path], tmp_path: Path) -> None:
    shutil.copytree(releases[0], tmp_path / "one")
    with (tmp_path / "one" / "SHA256SUMS").open("a") as stream:
        stream.write("nonsense\n")
    _, lines = verify_folder(tmp_path / "one")
    assert any("is not a hash, two spaces and a name" in line for line in lines)


def test_settings_turn_no_readers_text_around() -> None:
    turned = 'schema = 1\ntitle = "a\u202eb\u2066"\nnotes = "one\u202e\\ntwo"\n[titles.ru]\nsite = "c\u202e"\n'
    settings = parse_settings(turned)
    assert settings.title == "a\ufffdb\ufffd" and settings.notes == "one\ufffd\ntwo"
    assert settings.titles["ru"]["site"] == "c\ufffd"


def test_a_full_disk_is_named_by_what_was_to_be_written(
    releases: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(source: Path, target: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(source), None, str(target))

    monkeypatch.setattr("cenotaph.publish.site.building.shutil.copyfile", fill)
    with pytest.raises(DiskFullError) as caught:
        build(releases[:1], tmp_path / "site")
    assert str(tmp_path / "site" / "data") in str(caught.value) and str(releases[0]) not in str(caught.value)


def test_every_link_leads_to_a_file_and_every_anchor_to_a_place(site: Path) -> None:
    known = {path: page.ids for path, page in pages(site)}
    number = 0
    for path, page in pages(site):
        for href in (*page.links, *page.loads):
            parts = urlsplit(href)
            if parts.scheme in ("https", "data"):
                continue
            assert not parts.scheme and not parts.netloc and not href.startswith("/"), f"{path}: {href}"
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            assert target.is_file() and target.is_relative_to(site.resolve()), f"{path.relative_to(site)}: {href}"
            if parts.fragment and target.suffix == ".html":
                assert parts.fragment in known[next(p for p in known if p.resolve() == target)], href
            number += 1
    assert number > 5_000


def test_no_page_loads_anything_from_elsewhere(site: Path) -> None:
    for path, page in pages(site):
        assert all(load.startswith("data:") or not urlsplit(load).netloc for load in page.loads), path
        policy = [own["content"] for tag, own in page.tags if own.get("http-equiv") == "Content-Security-Policy"]
        assert policy and str(policy[0]).startswith("default-src 'none'"), path
        assert not any("style" in own or any(name.startswith("on") for name in own) for _, own in page.tags), path
    assert not re.search(r"https?://|@import|url\(", (site / "style.css").read_text(encoding="utf-8"))
    assert "fetch(" not in (site / "search.js").read_text(encoding="utf-8")


def test_every_page_can_be_read_without_seeing_it(site: Path) -> None:
    for path, page in pages(site):
        name = path.relative_to(site).as_posix()
        html = next(own for tag, own in page.tags if tag == "html")
        assert html["lang"] == (name.split("/")[0] if "/" in name else "en") and html["dir"] == "ltr", name
        assert page.headings.count(1) == 1, f"{name} has {page.headings.count(1)} h1"
        assert all(after - before <= 1 for before, after in zip(page.headings, page.headings[1:], strict=False)), name
        assert len(page.ids) == len(set(page.ids)), name
        assert sum(tag == "main" for tag, _ in page.tags) == 1, name
        if name != "index.html":
            first = next(own for tag, own in page.tags if tag == "a")
            assert first["href"] == "#text" and "text" in page.ids, f"{name} has no skip link"
            assert any(tag == "nav" and own.get("aria-label") for tag, own in page.tags), name
        for tag, own in page.tags:
            assert tag != "th" or own.get("scope") in ("col", "row"), name
            assert tag != "svg" or own.get("aria-hidden") == "true", name
            labelled = own.get("aria-labelledby")
            assert labelled is None or set(labelled.split()) <= set(page.ids), name
            assert own.get("role") != "region" or own.get("aria-label") or labelled, name
        fields = [own for tag, own in page.tags if tag == "input"]
        labels = {own.get("for") for tag, own in page.tags if tag == "label"}
        assert all(own.get("id") in labels for own in fields), name


def test_pages_are_small(site: Path) -> None:
    style = (site / "style.css").stat().st_size
    for path in site.glob("*/people/??/*.html"):
        assert path.stat().st_size < 20_000
    for path in site.glob("*/index.html"):
        assert path.stat().st_size + style < 150_000


def test_two_builds_give_the_same_bytes_and_a_third_writes_nothing(
    releases: tuple[Path, Path], site: Path, tmp_path: Path
) -> None:
    build(releases, tmp_path / "again")
    assert digest(tmp_path / "again") == digest(site)
    built = build(releases, tmp_path / "again")
    assert built.written <= 1  # Only the state, which says meanwhile that it is unfinished.
    assert digest(tmp_path / "again") == digest(site)


def test_several_processes_write_what_one_writes(
    releases: tuple[Path, Path], site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cenotaph.publish.site.people_pages._FEW", 10)
    monkeypatch.setattr("cenotaph.publish.site.people_pages._CHUNK", 20)
    build(releases, tmp_path / "site", workers=2)
    assert digest(tmp_path / "site") == digest(site)


def test_a_site_brought_up_to_date_is_the_site_built_anew(releases: tuple[Path, Path], site: Path, tmp_path: Path) -> None:
    out = tmp_path / "site"
    build(releases[:1], out)
    before = digest(out)
    built = build(releases, out)
    assert digest(out) == digest(site) != before
    people = [name for name in before if re.search(r"/people/../", name)]
    same = [name for name in people if (out / name).is_file() and before[name] == digest_of(out / name)]
    assert len(same) > 0.9 * len(people) and built.written < built.files - len(same) + 2
    assert built.deleted > 0


def test_a_build_that_was_cut_short_is_mended_by_the_next(
    releases: tuple[Path, Path], site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "site"
    with monkeypatch.context() as patch:
        patch.setattr("cenotaph.publish.site.building.write_figures", cut_short)
        with pytest.raises(KeyboardInterrupt):
            build(releases[:1], out)
    written = {path.stem for path in out.glob("en/people/??/*.html")}
    assert len(written) > 100 and "unfinished" in (out / "build-state.txt").read_text()
    next(out.glob("ru/people/??/*.html")).write_text("half")
    build(releases, out)
    assert digest(out) == digest(site), "also the pages that only the one cut short had written are gone"


def cut_short(*_: object) -> None:
    raise KeyboardInterrupt


FOREIGN = (".git/HEAD", ".git/objects/ab/cd", "CNAME", ".htaccess", ".well-known/security.txt", "en/people/mine.txt", "mine/b")


def test_a_build_deletes_only_what_an_earlier_one_wrote(releases: tuple[Path, Path], site: Path, tmp_path: Path) -> None:
    out = tmp_path / "site"
    build(releases[:1], out)
    for name in FOREIGN:
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_text(f"mine {name}")
    (out / "empty").mkdir()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "kept.txt").write_text("kept")
    (out / "linked").symlink_to(elsewhere)
    assert build(releases, out).deleted > 0
    assert [(out / name).read_text() for name in FOREIGN] == [f"mine {name}" for name in FOREIGN]
    assert (out / "empty").is_dir() and (out / "linked" / "kept.txt").read_text() == "kept"
    found = digest(out)
    assert {name: found[name] for name in digest(site)} == digest(site)


def test_a_state_that_names_files_elsewhere_deletes_nothing_there(releases: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "site"
    build(releases[1:], out)
    (tmp_path / "mine.txt").write_text("mine")
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "a.txt").write_text("mine")
    (out / "linked").symlink_to(inside)
    with (out / "build-state.txt").open("a") as stream:
        stream.write(f"f - ../mine.txt\nf - {tmp_path}/mine.txt\nf - linked/a.txt\n")
    build(releases[1:], out)
    assert (tmp_path / "mine.txt").is_file() and (inside / "a.txt").is_file()


def test_a_file_of_somebody_else_is_not_overwritten_and_a_state_of_another_version_is_refused(
    releases: tuple[Path, Path], tmp_path: Path
) -> None:
    out = tmp_path / "site"
    build(releases[:1], out)
    (out / "en" / "releases" / "2025-11.html").write_text("mine")
    with pytest.raises(RefusedError, match=r"2025-11\.html is there and no build"):
        build(releases, out)
    assert (out / "en" / "releases" / "2025-11.html").read_text() == "mine"
    (out / "build-state.txt").write_text("cenotaph site 1 abc\n")
    with pytest.raises(RefusedError, match="not of this version"):
        build(releases, out)


def test_whatever_was_changed_by_hand_is_written_again(releases: tuple[Path, Path], site: Path, tmp_path: Path) -> None:
    out = tmp_path / "site"
    build(releases, out)
    chosen = [
        next(out.glob("en/people/??/*.html")),
        next(out.glob("ru/figures/*.png")),
        next(out.glob("en/figures/*.svg")),
        out / "data" / "2025-11" / "data" / "persons.csv",
        out / "en" / "index.html",
        out / "search.js",
    ]
    for path in chosen:
        data = path.read_bytes()
        path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))  # As many bytes as before.
    assert build(releases, out).written == len(chosen)
    assert digest(out) == digest(site)


def refuse_to_read(*_: object) -> str:
    raise AssertionError("a page was read")


def test_pages_that_nobody_touched_are_not_read(
    releases: tuple[Path, Path], site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "site"
    build(releases[:1], out)
    monkeypatch.setattr(PersonWriter, "_hash_pages", refuse_to_read)
    build(releases, out)
    assert digest(out) == digest(site)
    assert build(releases, out).written <= 1


@pytest.mark.parametrize("how", ["dated back", "moved in", "linked", "gone"])
def test_a_page_that_was_touched_is_noticed_however_it_was(
    releases: tuple[Path, Path], site: Path, tmp_path: Path, how: str
) -> None:
    out = tmp_path / "site"
    build(releases, out)
    page = sorted(out.glob("ru/people/??/*.html"))[7]
    before, data = page.stat(), page.read_bytes()
    other = data[:-1] + bytes([data[-1] ^ 1])  # As many bytes as before.
    if how == "dated back":
        page.write_bytes(other)
    elif how == "moved in":
        (tmp_path / "other").write_bytes(other)
        (tmp_path / "other").replace(page)
    elif how == "linked":
        (tmp_path / "other").write_bytes(other)
        page.unlink()
        page.symlink_to(tmp_path / "other")
    else:
        page.unlink()
    if page.exists():
        os.utime(page, ns=(before.st_atime_ns, before.st_mtime_ns))
        assert page.stat().st_mtime_ns == before.st_mtime_ns
    assert build(releases, out).written == 1
    assert page.read_bytes() == data and digest(out) == digest(site)


def test_a_page_that_became_a_link_is_a_page_again_whatever_it_leads_to(
    releases: tuple[Path, Path], site: Path, tmp_path: Path
) -> None:
    out, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    build(releases, out)
    elsewhere.mkdir()
    chosen = sorted(out.glob("ru/people/??/*.html"))[7], out / "en" / "index.html", out / "data" / "2025-11" / "verify.py"
    for page in chosen:
        page.rename(elsewhere / page.name)  # With the bytes that it should have.
        page.symlink_to(elsewhere / page.name)
    victim, second = tmp_path / "victim", out / "en" / "map.html"
    victim.write_text("mine")
    second.unlink()
    second.hardlink_to(victim)
    new = out / "build-state.new"
    new.symlink_to(victim)
    assert build(releases, out).written == len(chosen) + 1
    assert not [path for path in out.rglob("*") if path.is_symlink()] and digest(out) == digest(site)
    assert victim.read_text() == "mine" and len(list(elsewhere.iterdir())) == len(chosen)


def test_a_folder_that_became_a_link_keeps_no_withdrawn_name_in_the_site(
    releases: tuple[Path, Path], site: Path, tmp_path: Path
) -> None:
    out = tmp_path / "site"
    build(releases[:1], out)
    for folder in ("search", "en/people", "data"):
        (out / folder).rename(tmp_path / folder.replace("/", "-"))
        (out / folder).symlink_to(tmp_path / folder.replace("/", "-"))
    before = digest(tmp_path / "search"), digest(tmp_path / "en-people"), digest(tmp_path / "data")
    build(releases, out)
    assert digest(out) == digest(site) and not (out / "search").is_symlink()
    assert (digest(tmp_path / "search"), digest(tmp_path / "en-people"), digest(tmp_path / "data")) == before


def test_what_is_no_page_is_refused_by_name_before_anything_is_written(releases: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "site"
    build(releases[:1], out)
    page = out / "en" / "map.html"
    page.unlink()
    page.mkdir()
    before = digest(out)
    with pytest.raises(RefusedError, match=r"map\.html is a folder, and the site has a file there"):
        build(releases, out)
    page.rmdir()
    (out / "search").rename(tmp_path / "search")
    (out / "search").write_text("mine")
    with pytest.raises(RefusedError, match="search stands where the site has a folder"):
        build(releases, out)
    (out / "search").unlink()
    assert digest(out) == {name: hashed for name, hashed in before.items() if not name.startswith("search/")}
    (tmp_path / "empty").mkdir()
    (out / "data" / "2025-11").symlink_to(tmp_path / "empty")  # No build made a folder of this name.
    with pytest.raises(RefusedError, match="2025-11 is a link, and the site needs a folder"):
        build(releases, out)
    assert not any((tmp_path / "empty").iterdir())


def test_a_folder_that_a_killed_build_had_made_is_gone_with_the_next(
    releases: tuple[Path, Path], site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "site"
    with monkeypatch.context() as patch:
        patch.setattr("cenotaph.publish.site.building.write_figures", cut_short)
        with pytest.raises(KeyboardInterrupt):
            build(releases[:1], out)
    with (out / "build-state.txt").open("a") as stream:
        stream.write("f - search/zz/zzz.js\n")
    (out / "search" / "zz").mkdir(parents=True)
    build(releases, out)
    assert sorted(p.relative_to(out) for p in out.rglob("*")) == sorted(p.relative_to(site) for p in site.rglob("*"))


@pytest.mark.parametrize("how", ["gone", "cut off", "of another state", "of another start", "no start told"])
def test_where_what_was_kept_of_pages_is_of_no_use_they_are_read(
    releases: tuple[Path, Path], site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    out, kept = tmp_path / "site", tmp_path / ".site.untouched"
    build(releases, out)
    saved = kept.read_bytes()
    if how == "gone":
        kept.unlink()
    elif how == "cut off":
        kept.write_bytes(saved[:-30])
    elif how == "of another state":
        build(releases[:1], out)
        build(releases[1:], out)
        kept.write_bytes(saved)
    else:
        start = b"another" if how == "of another start" else b""
        monkeypatch.setattr("cenotaph.publish.site.untouched.read_start", lambda: start)
    with monkeypatch.context() as patch:
        patch.setattr(PersonWriter, "_hash_pages", refuse_to_read)
        with pytest.raises(AssertionError, match="a page was read"):
            build(releases[1:] if how == "of another state" else releases, out)
    build(releases, out)
    assert digest(out) == digest(site)


def test_what_is_kept_of_pages_lies_beside_the_site_and_can_be_missing(
    releases: tuple[Path, Path], site: Path, tmp_path: Path
) -> None:
    out = tmp_path / "site"
    (tmp_path / ".site.untouched.new").mkdir()  # So that it cannot be written.
    build(releases[:1], out)
    assert not (tmp_path / ".site.untouched").exists()
    build(releases, out)
    assert digest(out) == digest(site)
    assert not [name for name in digest(out) if "untouched" in name]


def test_a_file_whose_dates_are_whole_seconds_is_not_trusted(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("page")
    assert len(look([str(path)])) == 24 and look([str(path), str(tmp_path / "gone")]) == ""
    os.utime(path, (1_700_000_000, 1_700_000_000))
    assert look([str(path)]) == ""


def test_two_builds_into_one_folder_are_kept_apart(releases: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "site"
    build(releases[:1], out)
    before = digest(out)
    with hold_folder(out), pytest.raises(RefusedError, match="Another build writes into"):
        build(releases, out)
    assert digest(out) == before
    with pytest.raises(RefusedError, match="oldest first"):
        build(releases[::-1], tmp_path / "new")
    assert not (tmp_path / "new").exists(), "what is refused leaves no folder"
    build(releases, out)


def test_nothing_of_a_withdrawn_or_withheld_person_is_anywhere_in_the_site(releases: tuple[Path, Path], site: Path) -> None:
    first, second = make_pair(160)
    gone, (old, into) = second.gone[0], second.merged[0]
    kept = {person.person for person in second.people}
    names = {text for person in second.people for text, _, _ in person.names}
    secret = [person for person in first.people if person.person not in kept or person.case.word is False]
    texts = {text for person in secret for text, _, _ in person.names} - names
    texts |= {text for person in secret if person.case.word is False for text, _, _ in person.names}
    visible = {t for p in second.people if p.case.word is not False for t, _, _ in p.names}
    texts -= visible
    assert len(texts) >= 4
    hidden = [person.person for person in second.people if person.case.word is False]
    for path in site.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert not [text for text in texts if text.encode() in data], path
            assert not [one for one in hidden if one.encode() in data], path
    page = Page((site / "en" / "people" / gone[:2] / f"{gone}.html").read_text(encoding="utf-8"))
    assert "no longer shown" in page.text
    page = Page((site / "ru" / "people" / old[:2] / f"{old}.html").read_text(encoding="utf-8"))
    refresh = [str(own["content"]) for _, own in page.tags if own.get("http-equiv") == "refresh"]
    assert refresh == [f"0; url=../{into[:2]}/{into}.html"] and f"../{into[:2]}/{into}.html" in page.links


def test_hostile_names_are_words_and_nothing_else(site: Path) -> None:
    found = 0
    for path, page in pages(site):
        scripts = [own for tag, own in page.tags if tag == "script"]
        assert all(own.get("src") == "../../search.js" for own in scripts), path
        assert not [own for tag, own in page.tags if tag in ("img", "b") and own], path
        found += '<script>alert("x")</script>' in page.text
        # A name that turns the writing's direction stands in an element of its own.
        text = path.read_text(encoding="utf-8")
        for at in re.finditer("\u202e", text):
            before = text[: at.start()]
            assert before.rfind("<bdi") > before.rfind("</bdi>") or before.rfind("<title>") > before.rfind("</title>"), path
    assert found >= 4
    for path in site.glob("search/**/*.js"):
        assert "<" not in path.read_text(encoding="utf-8"), path


def test_the_front_page_says_the_count_its_date_what_changed_and_what_others_claim(site: Path) -> None:
    text = Page((site / "en" / "index.html").read_text(encoding="utf-8")).text
    for words in ("at least", "as of 25 November 2025", "Since release 2025-09", "foreign ministry", "at least 60", "withheld"):
        assert words in text, words
    assert "teaching example" in text


def test_a_claim_is_beside_the_number_of_its_people_and_never_added(releases: tuple[Path, Path], site: Path) -> None:
    text = Page((site / "en" / "claims.html").read_text(encoding="utf-8")).text
    before, after = text.split("Claims that nothing here stands beside")
    assert "ombudsman" in after and "ombudsman" not in before  # Two nationalities together: no figure counts them.
    assert "40 to 70" in before and "at most 90" in before


def test_figures_carry_the_titles_that_the_settings_give_in_a_language(site: Path) -> None:
    text = Page((site / "ru" / "figures" / "dead.html").read_text(encoding="utf-8")).text
    assert "Погибшие иностранцы" in text and "Вымышленный счёт" in text
    assert "Foreign nationals killed" in Page((site / "en" / "figures" / "dead.html").read_text(encoding="utf-8")).text


def test_a_figure_in_which_nobody_is_shown_says_so_and_no_number(tmp_path: Path) -> None:
    first, _ = make_pair(40)
    people = tuple(replace(p, figures=tuple(name for name in p.figures if name != "prison")) for p in first.people)
    write_made(tmp_path / "one", replace(first, people=people))
    build((tmp_path / "one",), tmp_path / "site", 'schema = 1\nfront = "prison"\n')
    said = {"en": "nobody shown: there is none, or too few", "ru": "никто не показан", "uz": "hech kim", "ne": "कोही"}
    for tag, words in said.items():
        for name in ("index.html", *(("figures/prison.html", "figures/index.html") if tag in ("en", "ru") else ())):
            page = (tmp_path / "site" / tag / name).read_text(encoding="utf-8")
            assert words in page and "<b>0</b>" not in page and '<td class="n">0</td><td class="n">0</td>' not in page


def test_the_log_of_challenges_has_every_one_and_shows_no_more_than_the_release(site: Path) -> None:
    page = Page((site / "en" / "corrections.html").read_text(encoding="utf-8"))
    assert "open; to be answered by 30 November 2025" in page.text
    for words in ("a state", "The number is too <high>.", "It was set aside.", "a family"):
        assert words in page.text, words
    assert "../en/figures/dead.html" in page.links and "https://forms.example/report" in page.links


def test_a_figure_page_has_picture_data_members_and_how_to_cite(releases: tuple[Path, Path], site: Path) -> None:
    page = Page((site / "en" / "figures" / "by-nationality.html").read_text(encoding="utf-8"))
    for name in ("by-nationality.svg", "by-nationality.png", "../../data/figures/by-nationality.csv"):
        assert name in page.links
    assert (site / "en" / "figures" / "by-nationality.png").read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    sums = hashlib.sha256((releases[1] / "SHA256SUMS").read_bytes()).hexdigest()
    assert sums in page.text and "en/releases/2025-11.html#by-nationality" in page.text
    rows = (site / "data" / "figures" / "dead-members.csv").read_text(encoding="utf-8").splitlines()
    assert len(rows) - 1 == int((site / "data" / "figures" / "dead.csv").read_text().splitlines()[1])


def test_the_data_are_the_release_byte_for_byte_and_earlier_people_are_not_offered(
    releases: tuple[Path, Path], site: Path
) -> None:
    assert digest(site / "data" / "2025-11") == digest(releases[1])
    assert not (site / "data" / "2025-09").exists()
    assert (site / "en" / "releases" / "2025-09.html").is_file()


def test_the_feed_is_sound_and_has_every_release(site: Path) -> None:
    from defusedxml.ElementTree import parse

    root = parse(site / "ru" / "changes.xml").getroot()
    atom = "{http://www.w3.org/2005/Atom}"
    assert [entry.find(f"{atom}title").text for entry in root.iter(f"{atom}entry")] == ["Выпуск 2025-11", "Выпуск 2025-09"]


def test_a_begun_language_has_its_headline_pages_and_leads_to_english_for_the_rest(site: Path) -> None:
    names = sorted(path.relative_to(site / "ne").as_posix() for path in (site / "ne").rglob("*.html"))
    assert names == ["breakdowns.html", "index.html", "series.html"]
    page = Page((site / "ne" / "index.html").read_text(encoding="utf-8"))
    assert "../en/method.html" in page.links
    assert "कम्तीमा" in page.text and any(own.get("lang") == "en" for tag, own in page.tags if tag == "span")


def test_only_the_languages_that_are_named_are_built(releases: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "site"
    build(releases[1:], out, 'schema = 1\nlanguages = ["ru"]\n')
    assert [path.name for path in sorted(out.iterdir()) if path.is_dir()] == ["data", "ru", "search"]
    with pytest.raises(UsageError, match="complete"):
        build(releases[1:], tmp_path / "other", 'schema = 1\nlanguages = ["ne"]\n')


def test_a_folder_that_is_no_site_is_never_written_into(releases: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(RefusedError, match="not empty"):
        build(releases, tmp_path)
    with pytest.raises(RefusedError, match="one in the other"):
        build(releases, releases[0] / "site")
    assert (tmp_path / "mine.txt").read_text() == "mine"


def test_a_release_with_a_changed_byte_is_refused_and_named(releases: tuple[Path, Path], tmp_path: Path) -> None:
    import shutil

    copy = tmp_path / "copy"
    shutil.copytree(releases[1], copy)
    figures = copy / "data" / "figures.csv"
    figures.write_bytes(figures.read_bytes().replace(b"killed", b"kilted"))
    with pytest.raises(DamagedFileError, match=r"data/figures\.csv"):
        build((copy,), tmp_path / "site")


def test_releases_out_of_order_and_a_front_that_is_not_there_are_refused(releases: tuple[Path, Path], tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="oldest first"):
        build(releases[::-1], tmp_path / "site")
    with pytest.raises(RefusedError, match="same label"):
        build((releases[0], releases[0]), tmp_path / "site")
    with pytest.raises(UsageError, match="no figure 'nobody'"):
        build_site(releases, tmp_path / "site", SiteSettings(front="nobody"))


def test_a_release_that_shows_no_names_has_pages_without_names(tmp_path: Path) -> None:
    first, _ = make_pair(20)
    shown = ("nationality", "path")  # what figures ask for; nothing else
    bare = tuple(
        replace(p, names=(), case=replace(p.case, values={k: v for k, v in p.case.values.items() if k in shown}), pieces=())
        for p in first.people
    )
    write_made(tmp_path / "one", Made("1", first.dated, bare))
    build((tmp_path / "one",), tmp_path / "site")
    text = Page((tmp_path / "site" / "en" / "people" / "list-0001.html").read_text(encoding="utf-8")).text
    assert "No name is shown" in text


def test_the_command_builds_a_site_and_says_what_it_wrote(releases: tuple[Path, Path], tmp_path: Path) -> None:
    arguments = ("site", "build", *releases, "--out", tmp_path / "site", "--json", "--workers", "1")
    said = json.loads(run(*arguments, cwd=tmp_path).stdout)
    assert said["release"] == "2025-11" and said["people"] > 140 and (tmp_path / "site" / "index.html").is_file()


def test_a_map_has_points_where_coordinates_are_given_and_counts_the_others(
    releases: tuple[Path, Path], site: Path, tmp_path: Path
) -> None:
    page = Page((site / "en" / "map.html").read_text(encoding="utf-8"))
    rows = list(csv.DictReader((site / "data" / "2025-11" / "data" / "cells.csv").open(encoding="utf-8", newline="")))
    numbers = {json.loads(r["key"])[0]: int(r["at_least"]) for r in rows if r["figure"] == "by-place"}
    placed = sum(n for key, n in numbers.items() if key.startswith("UA-") and key != "UA-40")
    assert f"{placed} of {sum(numbers.values())} people are on the map" in page.text
    assert "No boundaries are drawn" in page.text and not any(own.get("class") == "border" for _, own in page.tags)
    for words in ("no coordinates are given", "not known or not shown"):
        assert words in page.text
    assert sum(own.get("class") == "spot" for _, own in page.tags) == 6
    (tmp_path / "b.geojson").write_text('{"type": "LineString", "coordinates": [[30, 45], [40, 52]]}')
    (tmp_path / "site.toml").write_text('schema = 1\n[map]\nboundaries = "b.geojson"\nsource = "an atlas"\n')
    build_site(releases, tmp_path / "site", load_settings(tmp_path / "site.toml"), 1)
    page = Page((tmp_path / "site" / "en" / "map.html").read_text(encoding="utf-8"))
    assert any(own.get("class") == "border" for _, own in page.tags) and "an atlas" in page.text
    assert digest_of(tmp_path / "site" / "data" / "boundaries.geojson") in page.text


def test_the_table_of_grades_adds_up_to_the_number_in_front(releases: tuple[Path, Path], tmp_path: Path) -> None:
    first, _ = make_pair(40)
    few = tuple(
        replace(p, grade="confirmed" if at > 1 else "reported", case=replace(p.case, word=False if at < 2 else None))
        for at, p in enumerate(first.people)
    )
    write_made(tmp_path / "one", Made("1", first.dated, few))
    build((tmp_path / "one",), tmp_path / "site")
    text = (tmp_path / "site" / "en" / "index.html").read_text(encoding="utf-8")
    table = text[text.index('id="grades"') : text.index("</table>")]
    numbers = [int(n) for n in re.findall(r'class="n">(\d+)<', table)]
    assert numbers == [len(few) - 2, 2, len(few)] and "grade withheld" in table


@pytest.mark.browser
def test_names_are_found_in_a_browser_from_files_alone_in_either_script(site: Path, tmp_path: Path) -> None:
    browser = Browser(tmp_path)
    try:
        browser.open((site / "en" / "people" / "index.html").as_uri())
        for typed in ("karim", "Карим", "KARIM farr", "фарру"):
            expected = _find(site, typed)
            browser.ask(
                "(function(){var i=document.querySelector('#q');i.value=" + json.dumps(typed) + ";"
                "i.dispatchEvent(new Event('input'))})()"
            )
            for _ in range(100):
                shown = browser.ask("Array.from(document.querySelectorAll('#search ol a')).map(a => a.getAttribute('href'))")
                if shown and len(shown) == min(len(expected), 50):
                    break
            assert set(shown) <= expected and len(shown) == min(len(expected), 50), typed
        assert [line for line in browser.log("browser") if line["level"] == "SEVERE"] == []
    finally:
        browser.close()


def _find(site: Path, typed: str) -> set[str]:
    """Return who should be found, from the release's names."""
    import csv

    from cenotaph.publish.site.search_names import Folding

    folding = Folding()
    wanted = folding.parts(typed)
    own: dict[str, set[str]] = {}
    with (site / "data" / "2025-11" / "data" / "names.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            own.setdefault(row["person"], set()).update(folding.parts(row["text"]))
    return {
        f"{person[:2]}/{person}.html"
        for person, parts in own.items()
        if all(any(part.startswith(one) for part in parts) for one in wanted)
    }
