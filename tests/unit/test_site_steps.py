"""What one release changed against the one before it, as the site tells it."""

from __future__ import annotations

from pathlib import Path

from benchmarks.made_releases import make_pair, write_made

from cenotaph.publish.site.building import build_site
from cenotaph.publish.site.entries import read_stands
from cenotaph.publish.site.release_folder import read_release
from cenotaph.publish.site.settings import parse_settings
from cenotaph.publish.site.steps import make_steps


def test_who_is_better_supported_than_before_is_told_as_moved_and_nobody_else(tmp_path: Path) -> None:
    first, second = make_pair(60, 2)
    for name, made in (("one", first), ("two", second)):
        write_made(tmp_path / name, made)
    grown = {p.person for p in first.people} & {p.person for p in second.people}
    old, new = ({p.person: p.grade for p in made.people} for made in (first, second))
    (person,) = [p for p in grown if old[p] != new[p]]
    releases = [read_release(tmp_path / "one"), read_release(tmp_path / "two")]
    latest, earliest = make_steps(releases, [read_stands(release) for release in releases], {})
    assert earliest.moved == () and earliest.moved_count == 0
    assert [(m.id, m.before[1], m.after[1]) for m in latest.moved] == [(person, "reported", new[person])]
    assert latest.moved_count == 1

    build_site([tmp_path / "one", tmp_path / "two"], tmp_path / "site", parse_settings("schema = 1\n"), 1)
    page = (tmp_path / "site" / "en" / "changes.html").read_text(encoding="utf-8")
    assert "shown with another fate or support" in page and f"{person}.html" in page
