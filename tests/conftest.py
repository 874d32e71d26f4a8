"""What every test may use: shared data where it lies beside the checkout, casebooks on both databases, a fixed clock."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cenotaph.casebook.ledger import Actor
from cenotaph.casebook.store import Casebook
from tests.servers import PostgresServer, find_postgres, skip_or_fail

REPOSITORY = Path(__file__).parents[1]
SHARED = REPOSITORY.parent / "shared" / "data"
EXAMPLE = REPOSITORY / "examples" / "foreign-fighters"


@pytest.fixture(scope="session")
def shared_data() -> Callable[[str], Path]:
    """Return where a shared file lies, or skip with a reason."""

    def find(name: str) -> Path:
        path = SHARED / name
        if not path.exists():
            pytest.skip(f"the shared data set {name} is not beside this checkout")
        return path

    return find


@pytest.fixture(scope="session")
def example() -> Path:
    return EXAMPLE


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresServer]:
    """Start a PostgreSQL server on a socket in a temporary folder, as an unprivileged user."""
    programs = find_postgres()
    if programs is None:
        skip_or_fail("PostgreSQL's server programs (initdb, pg_ctl) are not on this machine")
    server = PostgresServer(programs)
    server.start()
    try:
        yield server
    finally:
        server.stop()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def store_url(request: pytest.FixtureRequest) -> str:
    """Return ``store.url`` for an empty database: every test that takes it runs on both kinds."""
    if request.param == "sqlite":
        return "sqlite"
    server: PostgresServer = request.getfixturevalue("postgres_server")
    return server.make_database()


class Clock:
    """A clock that advances one second each time it is read."""

    def __init__(self, start: datetime = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)) -> None:
        self.now = start

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


ACTOR = Actor("recorder", "tester")


@pytest.fixture
def actor() -> Actor:
    return ACTOR


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def casebook(tmp_path: Path, store_url: str, clock: Clock) -> Casebook:
    """Make an empty casebook on each database, with a fixed clock and reproducible salts."""
    from cenotaph.services.opening import start_casebook

    salts = random.Random(7).randbytes
    return start_casebook(tmp_path / "casebook", ACTOR, {"store.url": store_url}, clock=clock, salts=salts)


@pytest.fixture
def sqlite_casebook(tmp_path: Path, clock: Clock) -> Casebook:
    """Make an empty casebook on SQLite, for tests of what is the same on both databases."""
    from cenotaph.services.opening import start_casebook

    return start_casebook(tmp_path / "casebook", ACTOR, clock=clock, salts=random.Random(7).randbytes)


@pytest.fixture
def postgres_casebook(tmp_path: Path, postgres_server: PostgresServer, clock: Clock) -> Casebook:
    """Make an empty casebook on PostgreSQL, for tests of what only it does."""
    from cenotaph.services.opening import start_casebook

    url = postgres_server.make_database()
    return start_casebook(tmp_path / "casebook", ACTOR, {"store.url": url}, clock=clock, salts=random.Random(7).randbytes)


@pytest.fixture(autouse=True)
def _close_database() -> Iterator[None]:
    """Leave no connection open into a folder or database that goes away."""
    yield
    import sys

    if "django.db" in sys.modules:
        from django.conf import settings
        from django.db import connections

        if settings.configured:
            connections.close_all()


os.environ.setdefault("TZ", "UTC")
