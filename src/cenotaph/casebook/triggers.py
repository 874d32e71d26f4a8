"""Triggers that refuse whatever the services would not do: changes, deletions, replacements, rows outside an open entry.

They stop accidents and careless tools. Someone who owns the database can drop them, which ``ledger verify`` reports; what
they then change, the hashes show.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connections

from cenotaph.casebook.guarded import GUARDED, GuardedTable

REFUSAL = "the record is append-only"


@dataclass(frozen=True, slots=True)
class Trigger:
    """One trigger as it should stand in the database."""

    name: str
    table: str
    create: str
    function: str = ""


_NEXT_ENTRY = "(SELECT COALESCE(MAX(number), 0) + 1 FROM ledger_entry)"


def _seal_condition(table: GuardedTable, same: str) -> str:
    """SQL that is true where an update does no more than an open seal entry allows."""
    kept = " AND ".join(f'NEW."{column}" {same} OLD."{column}"' for column in ("row", "entry", "row_hash", *table.kept))
    emptied = " AND ".join(
        f'(NEW."{column}" IS NULL OR NEW."{column}" {same} OLD."{column}")' for column in table.content if column != "other"
    )
    return (
        f"EXISTS (SELECT 1 FROM seal WHERE target_table = '{table.name}' AND target_row = OLD.\"row\" "
        f"AND entry = {_NEXT_ENTRY}) AND NEW.salt IS NULL AND NEW.sealed IS NOT NULL AND {kept}"
        + (f" AND {emptied}" if emptied else "")
    )


def _sqlite_triggers() -> list[Trigger]:
    found: list[Trigger] = []

    def add(table: str, event: str, condition: str, words: str) -> None:
        name = f"guard_{table}_{event.lower()}"
        when = f" WHEN {condition}" if condition else ""
        found.append(
            Trigger(
                name,
                table,
                f'CREATE TRIGGER {name} BEFORE {event} ON "{table}"{when} '
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}: {table}: {words}'); END",
            )
        )

    for table in GUARDED:
        add(table.name, "DELETE", "", "no row is deleted")
        update = f"NOT ({_seal_condition(table, 'IS')})" if table.content else ""
        add(table.name, "UPDATE", update, "no row is changed")
        add(
            table.name,
            "INSERT",
            f'NEW.entry <> {_NEXT_ENTRY} OR EXISTS (SELECT 1 FROM "{table.name}" WHERE "row" = NEW."row" OR id = NEW.id)',
            "a row is written once, within an open entry",
        )
    for name, number in (("ledger_entry", "number"), ("ledger_block", "entry")):
        add(name, "DELETE", "", "no row is deleted")
        add(name, "UPDATE", "", "no row is changed")
        add(name, "INSERT", f"NEW.{number} <> {_NEXT_ENTRY}", "entries follow one another")
    return found


def _postgres_triggers() -> list[Trigger]:
    found: list[Trigger] = []

    def add(table: str, event: str, condition: str, words: str) -> None:
        name = f"guard_{table}_{event.lower()}"
        row = "STATEMENT" if event == "TRUNCATE" else "ROW"
        back = {"DELETE": "OLD", "TRUNCATE": "NULL"}.get(event, "NEW")
        raise_ = f"RAISE EXCEPTION '{REFUSAL}: {table}: {words}';"
        body = f"IF {condition} THEN {raise_} END IF; RETURN {back};" if condition else raise_
        found.append(
            Trigger(
                name,
                table,
                f'CREATE TRIGGER {name} BEFORE {event} ON "{table}" FOR EACH {row} EXECUTE FUNCTION {name}()',
                f" BEGIN {body} END ",
            )
        )

    for table in GUARDED:
        add(table.name, "TRUNCATE", "", "no row is deleted")
        add(table.name, "DELETE", "", "no row is deleted")
        update = f"NOT ({_seal_condition(table, 'IS NOT DISTINCT FROM')})" if table.content else ""
        add(table.name, "UPDATE", update, "no row is changed")
        add(table.name, "INSERT", f"NEW.entry <> {_NEXT_ENTRY}", "a row is written once, within an open entry")
    for name, number in (("ledger_entry", "number"), ("ledger_block", "entry")):
        add(name, "TRUNCATE", "", "no row is deleted")
        add(name, "DELETE", "", "no row is deleted")
        add(name, "UPDATE", "", "no row is changed")
        add(name, "INSERT", f"NEW.{number} <> {_NEXT_ENTRY}", "entries follow one another")
    return found


def expected_triggers(vendor: str) -> list[Trigger]:
    """Return the triggers that a database of this vendor must have."""
    return _postgres_triggers() if vendor == "postgresql" else _sqlite_triggers()


def find_missing_triggers(using: str = "default") -> list[str]:
    """Return the names of triggers that are absent, switched off, or not as they should be, in a fixed order."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT t.tgname, c.relname, p.prosrc FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
                "JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal AND t.tgenabled = 'O' "
                "AND c.relnamespace = current_schema()::regnamespace"
            )
            stands = {(name, table): source for name, table, source in cursor.fetchall()}
            return [t.name for t in _postgres_triggers() if stands.get((t.name, t.table)) != t.function]
        cursor.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
        stands = {(name, table): source for name, table, source in cursor.fetchall()}
        return [t.name for t in _sqlite_triggers() if stands.get((t.name, t.table)) != t.create]


def create_triggers(using: str = "default") -> None:
    """Create the triggers that are missing."""
    connection = connections[using]
    missing = set(find_missing_triggers(using))
    with connection.cursor() as cursor:
        for trigger in expected_triggers(connection.vendor):
            if trigger.name not in missing:
                continue
            cursor.execute(f'DROP TRIGGER IF EXISTS {trigger.name}' + (f' ON "{trigger.table}"' if trigger.function else ""))
            if trigger.function:
                cursor.execute(
                    f"CREATE OR REPLACE FUNCTION {trigger.name}() RETURNS trigger LANGUAGE plpgsql AS $guard${trigger.function}$guard$"
                )
            cursor.execute(trigger.create)
