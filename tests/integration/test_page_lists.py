"""A table of a page becomes reports, each value with the cell that it was read from."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.casebooks import ACTOR, find_problems
from tests.tables import HEAD, column, make_mapping
from tests.web_server import ARTICLE, serving

from cenotaph.casebook import bulk
from cenotaph.casebook.store import Casebook
from cenotaph.domain.errors import NotFoundError
from cenotaph.extract.lists import Mapping, parse_mapping
from cenotaph.services.captures import add_captures
from cenotaph.services.fetch_wants import Wanted
from cenotaph.services.fetching import fetch_waiting, open_client, queue_addresses
from cenotaph.services.imports import import_kept, import_list
from cenotaph.services.lists import propose_kept, show_readings
from cenotaph.services.places import find_place
from cenotaph.services.reports import show_reports

TABLE = (
    "<table><tr><th>Имя</th><th>Путь</th></tr><tr><td>Каримов Алишер</td><td rowspan=2>колония</td></tr>"
    "<tr><td>Раҳимов Сино</td></tr></table>"
)
COLUMNS = column("Имя", "name") + column("Путь", "path", "[column.words]", '"колония" = "prison"')


def mapping(sheet: str = "table 1") -> Mapping:
    table = f'[file]\nsheet = "{sheet}"\n'
    return make_mapping(table + '[constants]\nfate = "dead"\n' + COLUMNS, '"Имя"', HEAD)


@pytest.fixture
def fetched(casebook: Casebook) -> str:
    with serving() as site:
        address = site.page("/list", ARTICLE.replace("</article>", TABLE + "</article>"))
        queue_addresses(casebook, ACTOR, [Wanted(address)])
        (outcome,) = fetch_waiting(casebook, ACTOR, open_client(casebook, "direct", True), sleep=lambda _: None)
    assert outcome.capture
    return outcome.capture


def test_the_table_of_a_fetched_page_becomes_reports_with_quotes_of_its_cells(casebook: Casebook, fetched: str) -> None:
    done = import_kept(casebook, ACTOR, fetched[:12], mapping())
    assert (done.changes.added, done.in_part, done.capture) == (2, False, fetched)
    ids = [row[0] for row in bulk.fetch_rows('SELECT id FROM report ORDER BY "row"')]
    shown = list(show_reports(casebook, ids))
    values = {value.field: (value.value, value.words, value.where) for value in shown[1].values}
    assert values["name"] == ("Раҳимов Сино", "Раҳимов Сино", "row 2 (line 3), column Имя")
    assert values["path"] == ("prison", "колония", "row 2 (line 3), column Путь")
    assert bulk.fetch_rows("SELECT how, origin FROM sighting")[0][0] == "fetch"
    assert import_kept(casebook, ACTOR, fetched, mapping()).nothing_new
    assert find_problems(casebook) == []


def test_a_quote_of_a_page_shows_the_cell_that_it_is(casebook: Casebook, fetched: str) -> None:
    ((document, text),) = bulk.fetch_rows("SELECT id, text FROM document")
    start = text.index("Раҳимов")
    (part,) = find_place(document, start, start + 7).parts
    assert part.cell == "table 1, row 3, column 1" and part.where.endswith("/td[1]/text()[1]")


def test_a_draft_of_a_mapping_is_made_from_a_fetched_page(sqlite_casebook: Casebook) -> None:
    with serving() as site:
        address = site.page("/list", ARTICLE.replace("</article>", TABLE + "</article>"))
        queue_addresses(sqlite_casebook, ACTOR, [Wanted(address)])
        (outcome,) = fetch_waiting(sqlite_casebook, ACTOR, open_client(sqlite_casebook, "direct", True), sleep=lambda _: None)
    assert outcome.capture
    text = propose_kept(sqlite_casebook, outcome.capture, list_id="x", language="ru")
    assert 'name = "Имя"' in text


def test_each_table_of_a_page_is_drafted_as_a_list_of_its_own(sqlite_casebook: Casebook, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(ARTICLE.replace("</article>", 3 * TABLE + "</article>"), encoding="utf-8")
    (taken,) = add_captures(sqlite_casebook, ACTOR, [path])
    assert taken.capture
    ids = []
    for sheet in (None, "table 1", "table 2", "table 3"):
        text = propose_kept(sqlite_casebook, taken.capture, language="ru", sheet=sheet)
        found = parse_mapping(text, "toml")
        ids.append(found.list_id)
        import_kept(sqlite_casebook, ACTOR, taken.capture, found)
    assert ids == ["page", "page", "page-table-2", "page-table-3"]
    assert 'title = "page, table 2"' in propose_kept(sqlite_casebook, taken.capture, sheet="table 2")
    assert bulk.fetch_one("SELECT COUNT(DISTINCT list) FROM reading") == (3,)
    assert {line.standing for line in show_readings(sqlite_casebook)} == {2}
    assert find_problems(sqlite_casebook) == []


def test_a_saved_page_and_a_table_that_it_lacks(sqlite_casebook: Casebook, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(ARTICLE.replace("</article>", TABLE + "</article>"), encoding="utf-8")
    with pytest.raises(NotFoundError, match="has no sheet 'table 2'"):
        import_list(sqlite_casebook, ACTOR, path, mapping("table 2"))
    assert import_list(sqlite_casebook, ACTOR, path, mapping()).changes.added == 2
    assert find_problems(sqlite_casebook) == []
