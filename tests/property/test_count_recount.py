"""Every number of a table, and everything that stands beside it, against a recount in plain Python."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, date, datetime
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import BUILDER, Row, add_document, add_release, add_report, judge, make_row
from tests.conftest import Clock
from tests.recount import Release, Written, recount

from cenotaph.casebook import derived
from cenotaph.casebook.store import Casebook
from cenotaph.count.selection import Selection, format_cell, parse_cell
from cenotaph.count.table import CountTable
from cenotaph.reference import rollups
from cenotaph.services import counting, seals
from cenotaph.services.opening import start_casebook

LISTS = ("first-list", "second-list")
GEORGIA = "georgia-with-south-ossetia-abkhazia"
DEATHS = (
    None,
    "2022",
    "2022-05",
    "2022-05-31",
    "2022-06-01",
    "../2022-05-10",
    "2022-05-10/..",
    "2022-05-20/2022-06-10",
    "202X",
    "2022-22",
)
DAYS = (date(2023, 1, 10), date(2023, 2, 28), date(2023, 6, 30), date(2023, 9, 9))
DEATH_DAYS = (date(2022, 5, 31), date(2022, 6, 9), date(2022, 12, 31), date(2023, 2, 15))
AXES = ("nationality", "path", "unit", "age_band", "death_year", "death_month", "evidence", "host")
HOSTS = ("https://archive.ph/1", "https://www.example.org/2", "https://archive.ph/3", "a book")

WORDS = ("Africa", "of=Africa,all:%", "\u202eليبيا", "नेपाल", "a+b&c", " ", "unknown")
INSTANTS = st.datetimes(datetime(2, 1, 1), datetime(9998, 12, 31), timezones=st.timezones())  # noqa: DTZ001
DATES = st.dates(date(2, 1, 1), date(9998, 12, 31))


class Story:
    """Writes to a casebook what chance says, and keeps what it wrote."""

    def __init__(self, casebook: Casebook, rng: random.Random) -> None:
        self.casebook, self.rng, self.written = casebook, rng, Written()
        self.instants: list[datetime] = []

    def now(self) -> datetime:
        assert isinstance(self.casebook.clock, Clock)
        return self.casebook.clock.now

    def row(self, key: str) -> Row:
        pick = self.rng.choice
        ages = pick(((None, None), (23, 23), (29, 30), (30, 39)))
        return make_row(
            key,
            death=pick(DEATHS),
            cites=self.rng.sample(HOSTS, pick((0, 1, 2))),
            age_low=ages[0],
            age_high=ages[1],
            nationality=pick((None, "UZ", "TJ", "GE", "x-south-ossetia")),
            nationality_stated=pick((None, *WORDS)),
            path=pick((None, "prison", "unknown", "mobilised")),
            unit_stated=pick((None, "5th", "stated.5th", "unknown")),
            fate=pick(("dead", "dead", "dead", "dead", "missing", None)),
            fate_stated=pick((None, "gone")),
        )

    def rows(self) -> list[Row]:
        return [self.row(key) for key in self.rng.sample(("a", "b", "c", "d", "e", "f"), self.rng.randrange(7))]

    def release(self) -> None:
        """Take in a release, earlier or later than those before, with some of their rows."""
        list_id, month = self.rng.choice(LISTS), self.rng.randint(1, 12)
        known = {key: row for r in self.written.releases if r.list_id == list_id for key, (row, _) in r.rows.items()}
        found = {row.key: row for row in self.rows()}
        found.update((key, row) for key, row in known.items() if self.rng.random() < 0.5)
        self.take_in(list_id, f"2023-{month:02}-10", self.rng.random() < 0.6, list(found.values()))

    def read_again(self) -> None:
        """Read a release again, under another mapping."""
        if self.written.releases:
            r = self.rng.choice(self.written.releases)
            self.take_in(r.list_id, r.released_on, r.complete, [row for row, _ in r.rows.values()])

    def take_in(self, list_id: str, day: str, complete: bool, found: list[Row]) -> None:
        mapping = f"{self.rng.choice('xyz')}{len(self.written.releases)}" if self.rng.random() < 0.5 else "first"
        if any((r.list_id, r.label) == (list_id, day) for r in self.written.releases):
            mapping = f"again {len(self.written.releases)}"
        reports = add_release(self.casebook, list_id, day, found, complete=complete, mapping=mapping)
        kept = {row.key: (row, reports[row.key]) for row in found}
        self.written.releases.append(Release(list_id, day, day, complete, kept, self.now()))

    def by_hand(self) -> None:
        published = self.rng.choice((None, "2023-01-10", "2023-02"))
        document = add_document(self.casebook, f"text {len(self.written.by_hand)}", source="paper", published_on=published)
        row = self.row("by hand")
        report = add_report(self.casebook, document, row)
        self.written.by_hand.append((report, row, published, self.now()))

    def reports(self) -> list[tuple[str, Row]]:
        found = {report: row for r in self.written.releases for row, report in r.rows.values()}
        return [*found.items(), *((report, row) for report, row, *_ in self.written.by_hand)]

    def judge(self) -> None:
        if self.reports():
            report, _ = self.rng.choice(self.reports())
            answer = self.rng.random() < 0.7
            judge(self.casebook, "examined", report, "yes" if answer else "no")
            self.written.judgements.append((report, answer, self.now()))

    def seal(self) -> None:
        left = [r for r in self.reports() if r[0] not in {*self.written.sealed, *self.written.sealed_values}]
        if not left:
            return
        report, row = self.rng.choice(left)
        if row.values["fate"] and self.rng.random() < 0.5:
            seals.seal(self.casebook, BUILDER, "report", report, "error", "path" if row.values["path"] else "fate")
            lost = {"path", "path_stated"} if row.values["path"] else {"fate", "fate_stated"}
            self.written.sealed_values[report] = lost
        else:
            seals.seal(self.casebook, BUILDER, "report", report, "error")
            self.written.sealed.add(report)

    def run(self) -> None:
        steps = [self.release, self.release, self.release, self.read_again, self.by_hand, self.judge, self.judge]
        for step in (
            *self.rng.choices(steps, k=12),
            *self.rng.choices((self.seal, self.judge, self.by_hand), k=self.rng.randrange(4)),
        ):
            step()
            self.instants.append(self.now())


def check_table(table: CountTable, written: Written, parents: dict[str, str]) -> dict[str, list[str]]:
    """Compare a table with the recount; return for every cell's id the reports that it should open."""
    s = table.selection
    cells, aside = recount(written, s.list_id, s.by, s.where, s.as_of, s.known_at, s.died_by, parents)
    expected: dict[tuple[str | None, ...], list[tuple[str, str]]] = {(None,) * len(s.by): []}
    for inner, found in cells.items():
        for place in product(*((key, None) for key in inner)):
            expected.setdefault(place, []).extend(found)
    shown = {cell.keys: cell for cell in table.cells}
    assert len(shown) == len(table.cells)
    for keys, found in expected.items():
        split = Counter(evidence for _, evidence in found)
        assert shown[keys].value == len(found)
        assert shown[keys].evidence == (split["examined"], split["adopted"], split["without_source"])
    for keys, cell in shown.items():
        assert keys in expected or cell.value == 0
    for at, axis in enumerate(s.by):
        if axis != "evidence":
            assert table.axes[at][-1] in ("unknown", "not-dated")
        last = {"unknown", "not-dated"}
        own = {
            key: len(expected.get(tuple(key if other == at else None for other in range(len(s.by))), []))
            for key in table.axes[at]
        }
        if axis in ("death_year", "death_month", "age_band"):
            assert [k for k in table.axes[at] if k not in last] == sorted(
                (k for k in own if k not in last), key=lambda k: int(k.split("-")[0] + (k[5:7] if "death" in axis else ""))
            )
        else:
            assert list(table.axes[at]) == sorted(own, key=lambda key: (key in last, -own[key], key))
    assert table.total.value == len(expected[(None,) * len(s.by)])
    assert table.aside.sealed == aside["sealed"]
    assert dict(table.aside.other_fate) == {k.removeprefix("fate "): n for k, n in aside.items() if k.startswith("fate ")}
    assert (table.aside.straddling, table.aside.undated, table.aside.died_later) == (
        aside["straddles"],
        aside["undated"],
        aside["after"],
    )
    assert table.aside.sealed_values == aside["values"]
    assert bool([note for note in table.notes if "under seal" in note]) == bool(
        s.known_at and (aside["sealed"] or aside["values"])
    )
    return {shown[keys].id: [report for report, _ in found] for keys, found in expected.items()}


@pytest.mark.parametrize("seed", range(6))
def test_every_cell_equals_a_recount_and_opens_its_reports(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = random.Random(seed)
    monkeypatch.setattr(derived, "BLOCK_ROWS", rng.choice((3, 7, 1000)))
    casebook = start_casebook(tmp_path / "c", BUILDER, clock=Clock(), salts=random.Random(7).randbytes)
    story = Story(casebook, rng)
    story.run()
    for _ in range(9):
        named = rng.choice(((), (GEORGIA,)))
        selection = Selection(
            "",
            tuple(rng.sample(AXES, rng.randrange(4))),
            rng.choice(((), (), (("nationality", "GE"),), (("path", "unknown"),), (("evidence", "adopted"),))),
            rng.choice((None, None, *DAYS)),
            rng.choice((None, rng.choice(story.instants))),
            rng.choice((None, *DEATH_DAYS)),
            named,
        )
        parents = dict(rollups.load(GEORGIA).parents) if named else {}
        counted = counting.count(casebook, selection)
        lists = [*dict.fromkeys(r.list_id for r in story.written.releases)]
        assert [t.selection.list_id for t in counted.tables] == [*lists, *(["documents"] if story.written.by_hand else [])]
        assert (counting.NO_TOTAL in counted.notes) == (len(counted.tables) > 1)
        for table in counted.tables:
            cells = check_table(table, story.written, parents)
            cell = rng.choice(sorted(cells))
            opened = counting.open_cell(casebook, cell)
            assert sorted(m.id for m in opened) == sorted(cells[cell])
            assert [m.report for m in opened] == sorted(m.report for m in opened)


@given(
    st.text(st.characters(codec="utf-8"), min_size=1),
    st.lists(
        st.tuples(
            st.sampled_from(("nationality", "origin", "unit", "host")),
            st.text(st.characters(codec="utf-8")).map("stated.{}".format),
        ),
        max_size=4,
    ),
    st.one_of(st.none(), DATES),
    st.one_of(st.none(), INSTANTS),
    st.one_of(st.none(), DATES),
    st.lists(st.text(st.characters(codec="utf-8"), min_size=1), max_size=3),
)
def test_a_cells_id_says_all_of_its_selection_in_any_script(
    list_id: str,
    where: list[tuple[str, str]],
    as_of: date | None,
    known_at: datetime | None,
    died_by: date | None,
    names: list[str],
) -> None:
    selection = Selection(list_id, (), tuple(where), as_of, known_at, died_by, tuple(names))
    text = format_cell(selection, ())
    again = parse_cell(text)
    # Python holds a local time that a clock shows twice, or skips, to be equal to none of another zone.
    instant = known_at.astimezone(UTC) if known_at else None
    assert again == Selection(list_id, (), again.where, as_of, instant, died_by, tuple(names))
    assert set(again.where) == set(where)
    assert format_cell(again, ()) == text
    assert text.isprintable() and not set(text) & set(" '\"$`\\|&;<>()*?[]{}!#~")
