"""Django pointed at one casebook: the only place that touches Django's settings and connections."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from cenotaph.casebook.failures import told_apart
from cenotaph.domain.errors import SettingsError

DATABASE_FILE = "record.sqlite3"


def describe_database(url: str, root: Path, busy_seconds: int) -> dict[str, Any]:
    """Return Django's settings for the database that ``store.url`` names."""
    if url == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(root / DATABASE_FILE),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": busy_seconds,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; "
                "PRAGMA cache_size=-65536;",
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres") or not parts.path.strip("/"):
        raise SettingsError(f"store.url is '{url}'.", "It takes `sqlite` or `postgresql://user@host/database`.")
    query = dict(parse_qsl(parts.query))
    if parts.password or "password" in query:
        raise SettingsError(
            "store.url holds a password.",
            "Every backup and the ledger would keep it: put it into ~/.pgpass, or a file that `?passfile=` names.",
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or query.pop("user", "")),
        "HOST": query.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": str(parts.port or query.pop("port", "")),
        "OPTIONS": {**query, "connect_timeout": 10},
    }


def point_django(database: dict[str, Any]) -> None:
    """Configure Django for this database, or point it there where it is configured already."""
    import django
    from django.conf import settings

    if not settings.configured:
        settings.configure(
            DATABASES={"default": database},
            INSTALLED_APPS=["cenotaph.casebook.apps.CasebookConfig"],
            USE_TZ=True,
            TIME_ZONE="UTC",
            DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
            LOGGING_CONFIG=None,
        )
        django.setup()
        return
    from django.db import connections

    connections["default"].close()
    connections.settings = connections.configure_settings({"default": database})
    del connections["default"]


def migrate_store() -> None:
    """Bring the database to this version's tables and triggers, all of them or none.

    Django notes a migration after it has committed it. Where tables can be made within a transaction, one holds both, so that
    an interrupted call can be repeated; on SQLite the folder that was being built is thrown away.
    """
    from django.core.management import call_command
    from django.db import connection, transaction

    with told_apart(), transaction.atomic() if connection.vendor == "postgresql" else nullcontext():
        call_command("migrate", verbosity=0, interactive=False)
