"""What the database refuses by itself, whoever asks: an action, the admin, `.update()` or raw SQL.

Each refusal of `editorial.refusals` is a trigger, installed after every migrate, because SQLite drops a table's
triggers when a column of it is altered. PostgreSQL also refuses TRUNCATE, which passes row triggers by.
"""

from collections.abc import Sequence

from django.db import DEFAULT_DB_ALIAS, connections

from editorial.refusals import Refusal, refusals

PREFIX = "palmares_"


def _create(refusal: Refusal, vendor: str) -> list[str]:
    name = PREFIX + refusal.name
    when = refusal.when.replace("{differs}", "IS DISTINCT FROM" if vendor == "postgresql" else "IS NOT")
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {name} BEFORE {refusal.event} ON {refusal.table} FOR EACH ROW WHEN {when} "
            f"BEGIN SELECT RAISE(ABORT, '{_quoted(refusal.message)}'); END"
        ]
    # A WHEN clause of PostgreSQL holds no subquery, so the test is in the function. Class 23 makes it an
    # IntegrityError in Django, as on SQLite.
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {when} THEN "
        f"RAISE EXCEPTION '{_quoted(refusal.message)}' USING ERRCODE = '23514'; END IF; "
        "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$",
        f"CREATE TRIGGER {name} BEFORE {refusal.event} ON {refusal.table} FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]


def _create_truncate(table: str) -> list[str]:
    name = f"{PREFIX}{table}_no_truncate"
    return [
        f"CREATE TRIGGER {name} BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {PREFIX}no_truncate()"
    ]


def _quoted(text: str) -> str:
    return text.replace("'", "''")


def tables() -> tuple[str, ...]:
    """The guarded tables, each once."""
    return tuple(dict.fromkeys(refusal.table for refusal in refusals()))


def expected_names(vendor: str) -> set[str]:
    """The triggers that must stand in a database of this vendor."""
    return set().union(*(names_on(table, vendor) for table in tables()))


def names_on(table: str, vendor: str) -> set[str]:
    """Those that must stand on this table."""
    names = {PREFIX + refusal.name for refusal in refusals() if refusal.table == table}
    return names | {f"{PREFIX}{table}_no_truncate"} if vendor == "postgresql" else names


def installed_names(using: str = DEFAULT_DB_ALIAS) -> set[str]:
    """The triggers of ours that stand in this database now; one that was switched off does not."""
    connection = connections[using]
    catalogue = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(catalogue)
        return {name for (name,) in cursor.fetchall() if name.startswith(PREFIX)}


def uninstall(using: str = DEFAULT_DB_ALIAS) -> None:
    """Drop every trigger of ours; for migrations of data and for test flushes."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            for name in sorted(installed_names(using)):
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            return
        cursor.execute(
            "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal AND tgname LIKE %s",
            [PREFIX.replace("_", r"\_") + "%"],
        )
        for name, table in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")


def install(using: str = DEFAULT_DB_ALIAS) -> None:
    """Put every refusal in place, afresh. Idempotent; tables that do not exist yet wait for the next migrate."""
    connection = connections[using]
    vendor = connection.vendor
    uninstall(using)
    existing = set(connection.introspection.table_names())
    statements = [s for r in refusals() if r.table in existing for s in _create(r, vendor)]
    if vendor == "postgresql":
        statements.append(
            f"CREATE OR REPLACE FUNCTION {PREFIX}no_truncate() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "RAISE EXCEPTION 'this table is never truncated' USING ERRCODE = '23514'; END $$"
        )
        statements += [s for table in tables() if table in existing for s in _create_truncate(table)]
    with connection.cursor() as cursor:
        for statement in statements:
            # No parameters are passed: the statements hold no value from outside.
            cursor.execute(statement, None)


def install_after_migrate(*, using: str = DEFAULT_DB_ALIAS, **_signal: object) -> None:
    """The receiver of `post_migrate`."""
    install(using)


def step_aside_before_migrate(*, plan: Sequence[object], using: str = DEFAULT_DB_ALIAS, **_signal: object) -> None:
    """The receiver of `pre_migrate`: SQLite makes an altered table anew, which a trigger that names it forbids.

    Nothing when there is nothing to migrate, nor on PostgreSQL, which alters a table in place. A migration that fails
    leaves SQLite without triggers until one succeeds.
    """
    if plan and connections[using].vendor == "sqlite":
        uninstall(using)
