"""What somebody with a console could try."""

from typing import Any

from django.db import connection, models, transaction

from editorial import triggers


def run(sql: str, *parameters: Any) -> int:
    """Run one statement, in a savepoint so that its failure leaves the test's transaction alive; the rows it moved."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.rowcount


def update(row: models.Model, **changes: Any) -> int:
    columns = ", ".join(f"{column} = %s" for column in changes)
    return run(f"UPDATE {row._meta.db_table} SET {columns} WHERE id = %s", *changes.values(), row.pk)


def delete(row: models.Model) -> int:
    return run(f"DELETE FROM {row._meta.db_table} WHERE id = %s", row.pk)


def insert_like(row: models.Model, **changes: Any) -> int:
    """Insert a copy of a row with these columns changed."""
    fields = [f for f in row._meta.concrete_fields if not f.primary_key]
    quoted = connection.ops.quote_name
    chosen = ", ".join(_parameter(f) if f.column in changes else quoted(f.column) for f in fields)
    columns = ", ".join(quoted(f.column) for f in fields)
    parameters = [changes[f.column] for f in fields if f.column in changes]
    table = row._meta.db_table
    return run(f"INSERT INTO {table} ({columns}) SELECT {chosen} FROM {table} WHERE id = %s", *parameters, row.pk)


def _parameter(field: models.Field) -> str:
    """PostgreSQL takes a bare parameter of a SELECT for a text; SQLite's is whatever it is given."""
    return f"CAST(%s AS {field.rel_db_type(connection)})" if connection.vendor == "postgresql" else "%s"


def without_triggers() -> None:
    """Take the triggers away until the test's transaction ends, to see what the constraints alone refuse."""
    settle()
    triggers.uninstall()


def settle() -> None:
    """Check the foreign keys now: PostgreSQL neither alters nor truncates a table that has some still to be checked."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
