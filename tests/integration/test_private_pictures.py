"""A picture with what a camera wrote leaves the casebook only where that is asked for, by every way out."""

from __future__ import annotations

import json
from email.message import EmailMessage
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image
from tests.casebooks import ACTOR, find_problems

from cenotaph.casebook.store import Casebook
from cenotaph.cli.main import cli
from cenotaph.domain.errors import RefusedError
from cenotaph.services.bundles import write_bundle
from cenotaph.services.captures import add_captures
from cenotaph.services.exports import export_captures
from cenotaph.services.ledger import list_entries
from cenotaph.services.private import find_private_words


def draw(path: Path, **tags: str) -> Path:
    image = Image.new("RGB", (40, 30), "white")
    exif = image.getexif()
    exif[0x0112] = 6
    if "artist" in tags:
        exif[0x013B] = tags["artist"]
    if "gps" in tags:
        exif.get_ifd(0x8825)[1] = tags["gps"]
    image.save(path, exif=exif)
    return path


def add(casebook: Casebook, path: Path) -> str:
    (done,) = add_captures(casebook, ACTOR, [path])
    assert done.capture
    return done.capture


@pytest.mark.parametrize("tags", [{"artist": "A. Photographer"}, {"gps": "N"}])
@pytest.mark.parametrize("ending", ["jpg", "png", "webp"])
def test_a_picture_with_a_name_or_a_place_in_it_is_refused_by_every_way_out(
    sqlite_casebook: Casebook, tmp_path: Path, tags: dict[str, str], ending: str
) -> None:
    capture = add(sqlite_casebook, draw(tmp_path / f"photo.{ending}", **tags))
    for wacz in (True, False):
        with pytest.raises(RefusedError, match=r"tells of whoever took it[\s\S]*--private"):
            export_captures(sqlite_casebook, ACTOR, [capture], tmp_path / "out", wacz=wacz)
    with pytest.raises(RefusedError, match="tells of whoever took it"):
        write_bundle(sqlite_casebook, ACTOR, capture, tmp_path / "bundle")
    assert not (tmp_path / "out").exists() and not (tmp_path / "bundle").exists()
    export_captures(sqlite_casebook, ACTOR, [capture], tmp_path / "out", wacz=False, private=True)
    write_bundle(sqlite_casebook, ACTOR, capture, tmp_path / "bundle", private=True)
    told = [entry.detail for entry in list_entries() if entry.action in ("capture export", "capture bundle")]
    assert len(told) == 2 and all('"private":true' in str(detail).replace(" ", "").replace("'", '"').lower() for detail in told)
    assert find_problems(sqlite_casebook) == []


def test_a_picture_that_says_only_how_it_is_stored_goes_out(sqlite_casebook: Casebook, tmp_path: Path) -> None:
    first = add(sqlite_casebook, draw(tmp_path / "turned.jpg"))
    Image.new("RGB", (8, 8)).save(tmp_path / "plain.tif")
    second = add(sqlite_casebook, tmp_path / "plain.tif")
    assert find_private_words(sqlite_casebook, first) == find_private_words(sqlite_casebook, second) == ()
    assert export_captures(sqlite_casebook, ACTOR, [], tmp_path / "out", wacz=False).captures == 2


def test_xmp_counts_as_what_a_camera_wrote(sqlite_casebook: Casebook, tmp_path: Path) -> None:
    Image.new("RGB", (8, 8)).save(tmp_path / "p.jpg", xmp=b"<x:xmpmeta xmlns:x='adobe:ns:meta/'/>")
    assert find_private_words(sqlite_casebook, add(sqlite_casebook, tmp_path / "p.jpg")) == ("XMP",)


def test_a_picture_in_a_mail_is_found(casebook: Casebook, tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@example.org", "b@example.org", "a picture"
    mail.set_content("Twelve were killed, and this is where.")
    mail.add_attachment(draw(tmp_path / "p.jpg", artist="A. Photographer").read_bytes(), maintype="image", subtype="jpeg")
    (tmp_path / "m.eml").write_bytes(mail.as_bytes())
    with pytest.raises(RefusedError, match="Artist"):
        write_bundle(casebook, ACTOR, add(casebook, tmp_path / "m.eml"), tmp_path / "bundle")


def test_a_picture_of_a_chat_is_found_though_it_was_never_read(sqlite_casebook: Casebook, tmp_path: Path) -> None:
    from cenotaph.services.chats import import_chat

    (tmp_path / "chat" / "photos").mkdir(parents=True)
    draw(tmp_path / "chat" / "photos" / "p.jpg", gps="N")
    message = {"id": 1, "type": "message", "date": "2025-07-22T10:00:00", "date_unixtime": "1753178400",
               "from": "News", "from_id": "channel1",
               "text": "A picture of the place.", "text_entities": [], "photo": "photos/p.jpg"}  # fmt: skip
    export = {"name": "News", "type": "public_channel", "id": 1, "messages": [message]}
    (tmp_path / "chat" / "result.json").write_text(json.dumps(export), encoding="utf-8")
    import_chat(sqlite_casebook, ACTOR, tmp_path / "chat")
    done = export_captures(sqlite_casebook, ACTOR, [], tmp_path / "out", wacz=True)
    assert done.captures == 1 and len(done.private) == 2
    assert any("GPS GPSLatitudeRef" in reason for _, reason in done.private)


def test_all_leaves_private_pictures_off_names_them_and_ends_with_3(sqlite_casebook: Casebook, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"Twelve were killed.\n")
    add(sqlite_casebook, tmp_path / "a.txt")
    capture = add(sqlite_casebook, draw(tmp_path / "p.jpg", artist="A. Photographer"))
    call = ["--casebook", str(sqlite_casebook.root), "capture", "export", "--all", "--warc", str(tmp_path / "out.warc.gz")]
    done = CliRunner().invoke(cli, call)
    assert done.exit_code == 3 and capture[:12] in done.output and "1 capture" in done.output


def test_where_all_is_private_nothing_is_written_and_each_is_named(sqlite_casebook: Casebook, tmp_path: Path) -> None:
    capture = add(sqlite_casebook, draw(tmp_path / "p.jpg", artist="A. Photographer"))
    with pytest.raises(RefusedError, match=f"Nothing was written: Capture {capture[:12]}"):
        export_captures(sqlite_casebook, ACTOR, [], tmp_path / "out", wacz=False)
    assert not (tmp_path / "out").exists()


def test_what_is_under_seal_alone_is_no_export(sqlite_casebook: Casebook, tmp_path: Path) -> None:
    from cenotaph.services.seals import seal

    (tmp_path / "a.txt").write_bytes(b"Twelve were killed.\n")
    capture = add(sqlite_casebook, tmp_path / "a.txt")
    seal(sqlite_casebook, ACTOR, "capture", capture, "safety")
    with pytest.raises(RefusedError, match="Nothing was written"):
        export_captures(sqlite_casebook, ACTOR, [capture], tmp_path / "out", wacz=False)
    assert not (tmp_path / "out").exists()
