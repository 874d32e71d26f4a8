"""What tests of the store share: rows to write, an attacker with the database's own tools, and the walk's verdict."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cenotaph.casebook.guarded import REPORT, SOURCE
from cenotaph.casebook.ledger import Actor
from cenotaph.casebook.store import Casebook
from cenotaph.casebook.triggers import expected_triggers
from cenotaph.domain.canonical import canonical_json, content_id
from cenotaph.services.ledger import verify

ACTOR = Actor("recorder", "tester")


def write_sources(casebook: Casebook, count: int, tag: str = "a", action: str = "test") -> None:
    """Write sources as one entry."""
    with casebook.writing(ACTOR, action) as entry:
        entry.add(SOURCE, [source_row(tag, number) for number in range(count)])


def source_row(tag: str, number: int) -> tuple[str, str, str, str, None, None]:
    name = f"Вестник {tag} {number}"
    return (content_id("source", name), "outlet", name, "ru", None, None)


def report_cells(number: int | str, **values: Any) -> tuple[Any, ...]:
    """Return the committed cells of a report; ``other`` may be an object."""
    if isinstance(values.get("other"), dict):
        values["other"] = canonical_json(values["other"])
    cells = dict.fromkeys(REPORT.committed)
    cells.update(id=content_id("report", str(number)), content=content_id("cells", str(number)), **values)
    return tuple(cells[name] for name in REPORT.committed)


def find_problems(casebook: Casebook) -> list[str]:
    """Return what the walk finds, each as ``where: message``."""
    return [f"{problem.where}: {problem.message}" for problem in verify(casebook, lambda *_: None)]


class Attacker:
    """Someone with the database's own tools, who knows nothing of the services."""

    def __init__(self, casebook: Casebook) -> None:
        self.url = casebook.settings.text("store.url")
        self._file = casebook.root / "record.sqlite3"

    @property
    def is_sqlite(self) -> bool:
        return self.url == "sqlite"

    def run(self, *statements: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run statements in one transaction; return the last one's rows."""
        rows: list[tuple[Any, ...]] = []
        with self._connect() as run:
            for statement in statements:
                rows = run(statement, parameters if statement is statements[-1] else ())
        return rows

    @contextmanager
    def _connect(self) -> Iterator[Callable[[str, Sequence[Any]], list[tuple[Any, ...]]]]:
        if self.is_sqlite:
            connection = sqlite3.connect(self._file)
            try:
                with connection:
                    yield lambda sql, given: connection.execute(sql.replace("%s", "?"), given).fetchall()
            finally:
                connection.close()
            return
        import psycopg

        with psycopg.connect(self.url) as client:

            def run(sql: str, given: Sequence[Any]) -> list[tuple[Any, ...]]:
                cursor = client.execute(sql, given or None)
                return cursor.fetchall() if cursor.description else []

            yield run

    def unguarded(self, table: str, *statements: str, parameters: Sequence[Any] = ()) -> None:
        """Run statements with a table's triggers off, and make the triggers again as they were."""
        if not self.is_sqlite:
            self.run(
                f'ALTER TABLE "{table}" DISABLE TRIGGER USER',
                *statements[:-1],
            )
            self.run(statements[-1], parameters=parameters)
            names = [t.name for t in expected_triggers("postgresql") if t.table == table]
            self.run(*(f'ALTER TABLE "{table}" ENABLE ALWAYS TRIGGER {name}' for name in names))
            return
        stand = self.run("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", parameters=[table])
        self.run(*(f"DROP TRIGGER {name}" for name, _ in stand), *statements, parameters=parameters)
        self.run(*(sql for _, sql in stand))


def find_bytes(casebook: Casebook, *needles: str) -> list[str]:
    """Return the files of a casebook's folder that hold any of these words, in UTF-8."""
    wanted = re.compile(b"|".join(re.escape(needle.encode()) for needle in needles))
    return [
        str(path.relative_to(casebook.root))
        for path in sorted(Path(casebook.root).rglob("*"))
        if path.is_file() and wanted.search(path.read_bytes())
    ]
