"""What the database refuses by itself, whoever asks: an action, the admin, `.update()` or raw SQL.

Installed after every migrate, because SQLite drops a table's triggers when a column of it is altered. One table of
refusals, written once for SQLite and PostgreSQL alike; PostgreSQL also refuses TRUNCATE, which passes row triggers by.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import DEFAULT_DB_ALIAS, connections

from editorial.states import pairs

PREFIX = "palmares_"


@dataclass(frozen=True)
class Refusal:
    """One event the database refuses on one table when `when` holds; `message` is what it answers.

    `when` is SQL common to both databases; `{differs}` stands for the NULL-safe inequality.
    """

    name: str
    table: str
    event: str
    message: str
    when: str = "1 = 1"


def _changed(*columns: str) -> str:
    return " OR ".join(f"NEW.{column} {{differs}} OLD.{column}" for column in columns)


def _unknown_move(workflow: str) -> str:
    known = " OR ".join(f"(OLD.state = '{a}' AND NEW.state = '{b}')" for a, b in pairs(workflow))
    return f"NEW.state {{differs}} OLD.state AND NOT ({known})"


_VALUE_FACTS = (
    "id", "unit_id", "indicator_id", "reference_year", "kind", "value", "source_id", "batch_id", "comment", "author_id",
    "created_at",
)  # fmt: skip
_ARTICLE_FROZEN = (
    "slug", "genre", "release_id", "title_fr", "title_en", "summary_fr", "summary_en", "body_fr", "body_en",
    "rendered_fr", "rendered_en", "facts", "author_id", "approved_by_id", "approved_at", "publish_at",
)  # fmt: skip
_RELEASE_CONTENT = (
    "id", "edition_id", "number", "ranking_slug", "year", "title_fr", "title_en", "purpose_fr", "purpose_en",
    "audience_fr", "audience_en", "reason_fr", "reason_en", "method_text", "method_digest", "document", "digest",
    "ranked_count", "unranked_count", "archival", "out_of", "computed_by_id", "computed_at", "signed_by_id",
    "signed_at", "seal_digest",
)  # fmt: skip
_OF_APPROVED_ARTICLE = (
    "EXISTS (SELECT 1 FROM editorial_article a WHERE a.id = {row}.article_id AND a.state IN ('approved', 'withdrawn'))"
)
_SEALED = "EXISTS (SELECT 1 FROM rankings_release r WHERE r.id = {row}.release_id AND r.sealed_at IS NOT NULL)"
_SEALED_UNIT = (
    "EXISTS (SELECT 1 FROM rankings_releaseunit u JOIN rankings_release r ON r.id = u.release_id"
    " WHERE u.id = {row}.unit_id AND r.sealed_at IS NOT NULL)"
)
_SEALED_CHILDREN = {
    "rankings_releasenode": _SEALED,
    "rankings_releaseindicator": _SEALED,
    "rankings_releaseunit": _SEALED,
    "rankings_releasepoints": _SEALED_UNIT,
    "rankings_releasevalue": _SEALED_UNIT,
    "rankings_releaseseries": _SEALED_UNIT,
    "rankings_releasesetaside": _SEALED_UNIT,
    "rankings_releaseprint": _SEALED,
}
_OF_ARCHIVAL_RELEASE = "EXISTS (SELECT 1 FROM rankings_release r WHERE r.id = NEW.release_id AND r.archival)"
_OF_ARCHIVAL_EDITION = "EXISTS (SELECT 1 FROM rankings_edition e WHERE e.id = NEW.edition_id AND e.archival)"


def _never_changes(table: str, what: str) -> Iterator[Refusal]:
    yield Refusal(f"{table}_no_update", table, "UPDATE", f"{what}: no change")
    yield Refusal(f"{table}_no_delete", table, "DELETE", f"{what}: no deletion")


def _values() -> Iterator[Refusal]:
    table = "schools_valuerevision"
    yield Refusal("value_enters_pending", table, "INSERT", "a value enters pending", "NEW.state <> 'pending'")
    yield Refusal("value_facts_fixed", table, "UPDATE", "the facts of a value never change", _changed(*_VALUE_FACTS))
    yield Refusal("value_known_move", table, "UPDATE", "no such move of a value", _unknown_move("value"))
    yield Refusal(
        "value_decision_fixed",
        table,
        "UPDATE",
        "a decision is taken once",
        "OLD.state <> 'pending' AND ("
        + _changed("decided_by_id", "decided_at", "decision_reason", "verified_meaning")
        + ")",
    )
    yield Refusal("value_no_delete", table, "DELETE", "a value is never deleted")
    cells = "schools_sourcecell"
    pending = "EXISTS (SELECT 1 FROM schools_valuerevision v WHERE v.id = NEW.revision_id AND v.state = 'pending')"
    yield Refusal("cell_with_its_value", cells, "INSERT", "cells are written with their value", f"NOT {pending}")
    yield from _never_changes(cells, "source cell")
    source = _changed("sha256", "file_name", "size_bytes", "received_at", "received_by_id")
    yield Refusal("source_file_fixed", "schools_source", "UPDATE", "the file of a source never changes", source)
    batch = _changed("source_id", "mapping_text", "mapping_digest", "created_by_id", "created_at")
    yield Refusal("batch_facts_fixed", "schools_importbatch", "UPDATE", "an import's file and mapping are fixed", batch)
    yield Refusal(
        "batch_known_move", "schools_importbatch", "UPDATE", "no such move of an import", _unknown_move("import")
    )
    yield Refusal("batch_no_delete", "schools_importbatch", "DELETE", "an import is never deleted")
    yield from _never_changes("schools_anomaly", "anomaly")
    yield from _never_changes("schools_anomaly_revisions", "anomaly")


def _releases() -> Iterator[Refusal]:
    message = "a sealed release never changes"
    sealed = "OLD.sealed_at IS NOT NULL"
    yield Refusal("release_sealed_no_update", "rankings_release", "UPDATE", message, sealed)
    yield Refusal("release_sealed_no_delete", "rankings_release", "DELETE", message, sealed)
    enters = "NEW.sealed_at IS NOT NULL OR NEW.signed_at IS NOT NULL"
    yield Refusal("release_enters_unsealed", "rankings_release", "INSERT", "a release enters computed only", enters)
    content = f"OLD.signed_at IS NOT NULL AND ({_changed(*_RELEASE_CONTENT)})"
    yield Refusal(
        "release_signed_content_fixed", "rankings_release", "UPDATE", "what was signed never changes", content
    )
    for table, test in _SEALED_CHILDREN.items():
        old, new = (test.replace("{row}", row) for row in ("OLD", "NEW"))
        # An update may take a row out of a sealed release, or slip one in.
        for event, when in (("INSERT", new), ("UPDATE", f"{old} OR {new}"), ("DELETE", old)):
            yield Refusal(f"{table.removeprefix('rankings_')}_sealed_no_{event.lower()}", table, event, message, when)
    yield from _never_changes("rankings_releasewithdrawal", "withdrawal")
    yield from _never_changes("rankings_methodversion", "method version")
    yield from _never_changes("rankings_methodversion_indicators", "method version")


def _archives() -> Iterator[Refusal]:
    """What a print says stays apart from what is computed."""
    yield Refusal(
        "edition_archival_fixed", "rankings_edition", "UPDATE", "archival or not is for good", _changed("archival")
    )
    of_edition = f"NEW.archival <> {_OF_ARCHIVAL_EDITION}"
    yield Refusal(
        "release_archival_as_its_edition", "rankings_release", "INSERT", "archival as its edition is", of_edition
    )
    units = f"NEW.printed <> {_OF_ARCHIVAL_RELEASE}"
    printed = {
        "rankings_editionplace": f"NOT {_OF_ARCHIVAL_EDITION}",
        "rankings_editionprint": f"NOT {_OF_ARCHIVAL_EDITION}",
        "rankings_releaseprint": f"NOT {_OF_ARCHIVAL_RELEASE}",
        "rankings_releaseunit": units,
    }
    computed = {
        "rankings_editionunit": _OF_ARCHIVAL_EDITION,
        "rankings_editionindicator": _OF_ARCHIVAL_EDITION,
        "rankings_releasenode": _OF_ARCHIVAL_RELEASE,
        "rankings_releaseindicator": _OF_ARCHIVAL_RELEASE,
    }
    for tables, message in ((printed, "printed places are of archival"), (computed, "an archive is not computed")):
        for table, when in tables.items():
            name = table.removeprefix("rankings_")
            for event in ("INSERT", "UPDATE"):
                yield Refusal(f"{name}_archival_{event.lower()}", table, event, message, when)


def _editorial() -> Iterator[Refusal]:
    yield from _never_changes("editorial_auditevent", "audit trail")
    table = "editorial_article"
    yield Refusal("article_known_move", table, "UPDATE", "no such move of an article", _unknown_move("article"))
    frozen = "OLD.state IN ('approved', 'withdrawn') AND (" + _changed(*_ARTICLE_FROZEN) + ")"
    yield Refusal("article_approved_fixed", table, "UPDATE", "what was approved never changes", frozen)
    gone = "OLD.state IN ('approved', 'withdrawn')"
    yield Refusal("article_approved_no_delete", table, "DELETE", "what was approved is never deleted", gone)
    old, new = (_OF_APPROVED_ARTICLE.replace("{row}", row) for row in ("OLD", "NEW"))
    for event, when in (("INSERT", new), ("UPDATE", f"{old} OR {new}"), ("DELETE", old)):
        name = f"article_rests_on_fixed_{event.lower()}"
        yield Refusal(name, "editorial_article_rests_on", event, "what was approved never changes", when)
    yield Refusal("article_enters_draft", table, "INSERT", "an article enters as a draft", "NEW.state <> 'draft'")
    yield from _never_changes("editorial_articlewithdrawal", "withdrawal")


def refusals() -> tuple[Refusal, ...]:
    """Every refusal, in a stable order."""
    return (*_values(), *_releases(), *_archives(), *_editorial())


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
