"""What the database refuses: one table for SQLite and PostgreSQL alike, which `editorial.triggers` puts in place."""

from collections.abc import Iterator
from dataclasses import dataclass

from editorial.states import pairs


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
    "rendered_fr", "rendered_en", "facts", "author_id", "approved_by_id", "approved_at", "publish_at", "signature",
)  # fmt: skip
_RELEASE_CONTENT = (
    "id", "edition_id", "number", "ranking_slug", "year", "title_fr", "title_en", "purpose_fr", "purpose_en",
    "audience_fr", "audience_en", "reason_fr", "reason_en", "method_text", "method_digest", "document", "digest",
    "ranked_count", "unranked_count", "archival", "out_of", "computed_by_id", "computed_at", "signed_by_id",
    "signed_at", "seal_digest",
)  # fmt: skip
_OF_APPROVED = {
    "article": "EXISTS (SELECT 1 FROM editorial_article a WHERE a.id = {row}.article_id"
    " AND a.state IN ('approved', 'withdrawn'))",
    "articlecorrection": "EXISTS (SELECT 1 FROM editorial_articlecorrection c WHERE c.id = {row}.articlecorrection_id"
    " AND c.state IN ('approved', 'abandoned'))",
}
# The correction in force is a later one of the same article, approved.
_ITS_NEXT_CORRECTION = (
    "EXISTS (SELECT 1 FROM editorial_articlecorrection c WHERE c.id = NEW.correction_id AND c.article_id = NEW.id"
    " AND c.state = 'approved' AND c.number > COALESCE("
    "(SELECT o.number FROM editorial_articlecorrection o WHERE o.id = OLD.correction_id), 0))"
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


def _articles() -> Iterator[Refusal]:
    table = "editorial_article"
    yield Refusal("article_known_move", table, "UPDATE", "no such move of an article", _unknown_move("article"))
    frozen = "OLD.state IN ('approved', 'withdrawn') AND (" + _changed(*_ARTICLE_FROZEN) + ")"
    yield Refusal("article_approved_fixed", table, "UPDATE", "what was approved never changes", frozen)
    gone = "OLD.state IN ('approved', 'withdrawn')"
    yield Refusal("article_approved_no_delete", table, "DELETE", "what was approved is never deleted", gone)
    yield from _rests_on_fixed("article")
    yield Refusal("article_enters_draft", table, "INSERT", "an article enters as a draft", "NEW.state <> 'draft'")
    corrected = f"({_changed('correction_id')}) AND NOT {_ITS_NEXT_CORRECTION}"
    yield Refusal(
        "article_corrected_by_its_next", table, "UPDATE", "a correction is the next of its article", corrected
    )
    yield from _never_changes("editorial_articlewithdrawal", "withdrawal")


def _corrections() -> Iterator[Refusal]:
    table, name = "editorial_articlecorrection", "correction"
    yield Refusal(f"{name}_enters_draft", table, "INSERT", "a correction enters as a draft", "NEW.state <> 'draft'")
    yield Refusal(f"{name}_known_move", table, "UPDATE", "no such move of a correction", _unknown_move("correction"))
    of = _changed("id", "article_id", "number", "author_id", "created_at")
    yield Refusal(f"{name}_of_its_article", table, "UPDATE", "what a correction is of never changes", of)
    decided = "OLD.state IN ('approved', 'abandoned')"
    yield Refusal(f"{name}_decided_fixed", table, "UPDATE", "a decided correction never changes", decided)
    yield Refusal(f"{name}_no_delete", table, "DELETE", "a correction is never deleted")
    yield from _rests_on_fixed("articlecorrection")


def _rests_on_fixed(model: str) -> Iterator[Refusal]:
    old, new = (_OF_APPROVED[model].replace("{row}", row) for row in ("OLD", "NEW"))
    for event, when in (("INSERT", new), ("UPDATE", f"{old} OR {new}"), ("DELETE", old)):
        name = f"{model}_rests_on_fixed_{event.lower()}"
        yield Refusal(name, f"editorial_{model}_rests_on", event, "what was approved never changes", when)


def refusals() -> tuple[Refusal, ...]:
    """Every refusal, in a stable order."""
    return (
        *_values(),
        *_releases(),
        *_archives(),
        *_never_changes("editorial_auditevent", "audit trail"),
        *_articles(),
        *_corrections(),
    )
