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
    # Names are those of the guarded tables' description, never from outside.
    return (
        f"EXISTS (SELECT 1 FROM seal WHERE target_table = '{table.name}' AND target_row = OLD.\"row\" "  # noqa: S608
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
            f"NEW.entry <> {_NEXT_ENTRY} OR EXISTS "  # noqa: S608
            f'(SELECT 1 FROM "{table.name}" WHERE "row" = NEW."row" OR id = NEW.id)',
            "a row is written once, within an open entry",
        )
    add("ledger_entry", "INSERT", f"NEW.number <> {_NEXT_ENTRY}", "entries follow one another")
    # REPLACE would delete the old row without asking the trigger on deletions.
    taken = 'EXISTS (SELECT 1 FROM ledger_block WHERE number = NEW.number)'
    add("ledger_block", "INSERT", f"NEW.entry <> {_NEXT_ENTRY} OR {taken}", "entries follow one another")
    for name in ("ledger_entry", "ledger_block"):
        add(name, "DELETE", "", "no row is deleted")
        add(name, "UPDATE", "", "no row is changed")
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


# What pg_trigger.tgtype says of each event; BEFORE is 2, FOR EACH ROW is 1.
_POSTGRES_TYPES = {"INSERT": 4 + 2 + 1, "DELETE": 8 + 2 + 1, "UPDATE": 16 + 2 + 1, "TRUNCATE": 32 + 2}

# A trigger that is switched off, has a condition, arguments or columns, or whose function was set to look elsewhere, is not
# the one that was made.
_POSTGRES_STANDING = """
    SELECT t.tgname, c.relname, t.tgtype, p.proname, p.prosrc,
        t.tgenabled = 'A' AND t.tgqual IS NULL AND t.tgnargs = 0 AND t.tgattr = ''::int2vector
        AND p.proconfig IS NULL AND l.lanname = 'plpgsql'
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
    JOIN pg_language l ON l.oid = p.prolang
    WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace
"""


def find_missing_triggers(using: str = "default") -> list[str]:
    """Return the names of triggers that are absent, switched off, or not as they should be, in a fixed order."""
    connection = connections[using]
    stands: set[tuple[object, ...]]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRES_STANDING)
            stands = {tuple(row[:-1]) for row in cursor.fetchall() if row[-1]}
            return [
                t.name
                for t in _postgres_triggers()
                if (t.name, t.table, _POSTGRES_TYPES[t.name.rpartition("_")[2].upper()], t.name, t.function) not in stands
            ]
        cursor.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
        stands = {tuple(row) for row in cursor.fetchall()}
        return [t.name for t in _sqlite_triggers() if (t.name, t.table, t.create) not in stands]


def find_strangers(using: str = "default") -> list[str]:
    """Return what stands beside the tables of the record and can change what is written or read there.

    That is a trigger, rule, policy or child table that is not of this project, or something other than a table under the
    name of one.
    """
    connection = connections[using]
    expected = {(t.name, t.table) for t in expected_triggers(connection.vendor)}
    tables = sorted({t.table for t in expected_triggers(connection.vendor)})
    found: list[str] = []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            ours = "c.relnamespace = current_schema()::regnamespace AND c.relname = ANY(%s)"
            cursor.execute(
                f"SELECT 'trigger', t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "  # noqa: S608
                f"WHERE NOT t.tgisinternal AND {ours} "
                "UNION ALL SELECT 'rule', r.rulename, c.relname FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class "
                f"WHERE {ours} "
                "UNION ALL SELECT 'row security', c.relname, c.relname FROM pg_class c "
                f"WHERE c.relrowsecurity AND {ours} "
                "UNION ALL SELECT 'child table', k.relname, c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhparent "
                f"JOIN pg_class k ON k.oid = i.inhrelid WHERE {ours} ORDER BY 1, 2",
                [tables] * 4,
            )
            rows = cursor.fetchall()
            cursor.execute(f"SELECT c.relname FROM pg_class c WHERE c.relkind = 'r' AND {ours}", [tables])  # noqa: S608
        else:
            cursor.execute("SELECT type, name, tbl_name FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
            rows = [row for row in cursor.fetchall() if row[2] in tables]
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        standing = {name for (name,) in cursor.fetchall()}
    found += [f"{kind} {name} on {table}" for kind, name, table in rows if kind != "trigger" or (name, table) not in expected]
    found += [f"{table}, which is no table" for table in tables if table not in standing]
    return found


def create_triggers(using: str = "default") -> None:
    """Create the triggers that are missing."""
    connection = connections[using]
    missing = set(find_missing_triggers(using))
    with connection.cursor() as cursor:
        for trigger in expected_triggers(connection.vendor):
            if trigger.name not in missing:
                continue
            on = f' ON "{trigger.table}"' if trigger.function else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {trigger.name}{on}")
            if trigger.function:
                cursor.execute(
                    f"CREATE OR REPLACE FUNCTION {trigger.name}() RETURNS trigger LANGUAGE plpgsql "
                    f"AS $guard${trigger.function}$guard$"
                )
            cursor.execute(trigger.create)
            if trigger.function:
                # Always: also where a session says it is a replica.
                cursor.execute(f'ALTER TABLE "{trigger.table}" ENABLE ALWAYS TRIGGER {trigger.name}')
