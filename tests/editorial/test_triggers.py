"""Every trigger, tried by raw SQL: each case is what it must refuse."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, models

from editorial import triggers
from editorial.actions import articles
from editorial.models import Article, ArticleCorrection, ArticleState, ArticleWithdrawal, AuditEvent, CorrectionState
from rankings.models import (
    EditionPrint,
    MethodVersion,
    Release,
    ReleaseIndicator,
    ReleaseNode,
    ReleasePoints,
    ReleasePrint,
    ReleaseSeries,
    ReleaseSetAside,
    ReleaseUnit,
    ReleaseValue,
)
from schools.models import Anomaly, ImportBatch, Source, SourceCell, ValueRevision, ValueState
from tests import corrections
from tests import factories as make
from tests.editorial.raw_sql import delete, insert_like, run, settle, update
from tests.people import cast
from tests.rankings.context import sealed_with_context, with_context

pytestmark = pytest.mark.django_db

type Attempt = Callable[[], int]
LATER = make.NOW + timedelta(days=1)
CASES: dict[str, Callable[[], Iterator[Attempt]]] = {}


def case(name: str):
    def keep(attempts: Callable[[], Iterator[Attempt]]):
        CASES[name] = attempts
        return attempts

    return keep


def changing(row: models.Model, **columns: Any) -> Iterator[Attempt]:
    """One attempt per column."""
    for column, value in columns.items():
        yield lambda column=column, value=value: update(row, **{column: value})


def batch(state: str = "previewed") -> ImportBatch:
    source = make.source(f"Fichier {state}", sha256=state.ljust(64, "0"), file_name="f.csv", size_bytes=3)
    made = ImportBatch.objects.create(
        source=source, mapping_text="x", mapping_digest="m", created_by=cast().hugo, created_at=make.START
    )
    path = {"previewed": [], "committed": ["committed"], "discarded": ["discarded"]}
    for step in path.get(state, ["committed", "withdrawn"]):
        ImportBatch.objects.filter(pk=made.pk).update(state=step, closed_by=cast().hugo, closed_at=make.NOW)
    made.refresh_from_db()
    return made


def value_in(state: str) -> ValueRevision:
    revision = make.entered_value(of=make.unit(f"École numéro {ValueRevision.objects.count()}"))
    decision = {
        "decided_by": cast().lise,
        "decided_at": make.NOW,
        "decision_reason": "x",
        "verified_meaning": "plausible",
    }
    for step in {"pending": [], "superseded": ["in_force", "superseded"]}.get(state, [state]):
        ValueRevision.objects.filter(pk=revision.pk).update(state=step, **decision)
        decision = {}
    revision.refresh_from_db()
    return revision


def anomaly() -> Anomaly:
    made = Anomaly.objects.create(batch=batch(), code="jump", severity="remark", sentence="jump")
    made.revisions.add(make.entered_value())
    return made


@case("schools_anomaly_no_update")
def _() -> Iterator[Attempt]:
    yield from changing(anomaly(), severity="blocking", cells="A1", params='{"a": "1"}')


@case("schools_anomaly_no_delete")
def _() -> Iterator[Attempt]:
    found = anomaly()
    yield lambda: delete(found)


@case("schools_anomaly_revisions_no_update")
def _() -> Iterator[Attempt]:
    touched = Anomaly.revisions.through.objects.get(anomaly=anomaly())
    yield from changing(touched, valuerevision_id=make.entered_value("4", indicator_code="doctorants").pk)


@case("schools_anomaly_revisions_no_delete")
def _() -> Iterator[Attempt]:
    touched = Anomaly.revisions.through.objects.get(anomaly=anomaly())
    yield lambda: delete(touched)


@case("value_enters_pending")
def _() -> Iterator[Attempt]:
    revision = make.entered_value()
    for state in set(ValueState.values) - {"pending"}:
        yield lambda state=state: insert_like(
            revision, state=state, decided_by_id=cast().lise.pk, decided_at=make.NOW, verified_meaning="plausible"
        )


@case("value_facts_fixed")
def _() -> Iterator[Attempt]:
    for state in ("pending", "in_force"):
        revision = make.entered_value(str(len(state)), of=make.unit(f"École {state}"))
        if state == "in_force":
            update(revision, state=state, decided_by_id=cast().lise.pk, decided_at=make.NOW, verified_meaning="x")
        yield from changing(
            revision,
            id=revision.pk + 1000,
            unit_id=make.unit("Autre école").pk,
            indicator_id=make.indicator("salaire").pk,
            reference_year=2024,
            kind="estimated",
            value="12.0",
            source_id=make.source("Autre source").pk,
            batch_id=batch("committed" if state == "pending" else "discarded").pk,
            comment="autre",
            author_id=cast().nadia.pk,
            created_at=LATER,
        )


@case("value_known_move")
def _() -> Iterator[Attempt]:
    known = {("pending", "in_force"), ("pending", "rejected"), ("pending", "withdrawn"), ("in_force", "superseded")}
    for source in ValueState.values:
        for target in ValueState.values:
            if source == target or (source, target) in known:
                continue
            yield lambda source=source, target=target: update(value_in(source), state=target)


@case("value_decision_fixed")
def _() -> Iterator[Attempt]:
    revision = make.approved_value()
    yield from changing(
        revision, decided_by_id=cast().vera.pk, decided_at=LATER, decision_reason="autre", verified_meaning="confirmed"
    )


@case("value_no_delete")
def _() -> Iterator[Attempt]:
    revision = make.entered_value()
    yield lambda: delete(revision)


@case("cell_with_its_value")
def _() -> Iterator[Attempt]:
    cell = make.approved_value().cells.get()
    yield lambda: insert_like(cell, reference="A1")


@case("schools_sourcecell_no_update")
def _() -> Iterator[Attempt]:
    cell = make.entered_value().cells.get()
    yield from changing(cell, text="88", reference="Z9", role="weight", revision_id=make.entered_value("1").pk)


@case("schools_sourcecell_no_delete")
def _() -> Iterator[Attempt]:
    cell = make.entered_value().cells.get()
    yield lambda: delete(cell)


@case("source_file_fixed")
def _() -> Iterator[Attempt]:
    source = batch().source
    yield from changing(
        source, sha256="f" * 64, file_name="g.csv", size_bytes=4, received_at=LATER, received_by_id=cast().nadia.pk
    )


@case("batch_facts_fixed")
def _() -> Iterator[Attempt]:
    yield from changing(
        batch(),
        source_id=make.source("Autre").pk,
        mapping_text="y",
        mapping_digest="n",
        created_by_id=cast().nadia.pk,
        created_at=LATER,
    )


@case("batch_known_move")
def _() -> Iterator[Attempt]:
    known = {("previewed", "committed"), ("previewed", "discarded"), ("committed", "withdrawn")}
    for source in ImportBatch.State.values:
        for target in ImportBatch.State.values:
            if source != target and (source, target) not in known:
                yield lambda source=source, target=target: update(
                    ImportBatch.objects.filter(state=source).first() or batch(source), state=target
                )


@case("batch_no_delete")
def _() -> Iterator[Attempt]:
    yield lambda: delete(batch())


@case("release_sealed_no_update")
def _() -> Iterator[Attempt]:
    release = make.sealed_release(schools=3)
    for field in Release._meta.concrete_fields:
        if not field.primary_key:
            yield lambda column=field.column: run(
                f"UPDATE rankings_release SET {column} = {column} WHERE id = %s", release.pk
            )


@case("release_sealed_no_delete")
def _() -> Iterator[Attempt]:
    release = make.sealed_release(schools=3)
    yield lambda: delete(release)


@case("release_enters_unsealed")
def _() -> Iterator[Attempt]:
    release = make.computed_release(schools=3)
    signed = {"signed_by_id": cast().marc.pk, "signed_at": make.NOW, "seal_digest": "d" * 64}
    sealed = {"sealed_by_id": cast().claire.pk, "sealed_at": make.NOW, "publish_at": LATER}
    yield lambda: insert_like(release, number=7, **signed)
    yield lambda: insert_like(release, number=7, **signed, **sealed)


@case("release_signed_content_fixed")
def _() -> Iterator[Attempt]:
    release = make.signed_release(schools=3)
    yield from changing(
        release,
        digest="e" * 64,
        document="{}",
        method_text="x",
        title_fr="Autre",
        purpose_en="Other",
        ranked_count=99,
        number=7,
        signed_by_id=cast().hugo.pk,
        signed_at=None,
        seal_digest="e" * 64,
        computed_by_id=cast().nadia.pk,
    )


def child_of(release: Release, model: type[models.Model]) -> models.Model:
    path = "release" if model in (ReleaseNode, ReleaseIndicator, ReleaseUnit) else "unit__release"
    return model._default_manager.filter(**{path: release}).first()


CHILDREN = {
    "releasenode": (ReleaseNode, "release_id", {"key": "autre"}),
    "releaseindicator": (ReleaseIndicator, "release_id", {"code": "autre"}),
    "releaseunit": (ReleaseUnit, "release_id", {"slug": "autre"}),
    "releasepoints": (ReleasePoints, "unit_id", {"points": "9"}),
    "releasevalue": (ReleaseValue, "unit_id", {"figure": "9"}),
    "releaseseries": (ReleaseSeries, "unit_id", {"year": 2001}),
    "releasesetaside": (ReleaseSetAside, "unit_id", {"year": 2001}),
}


def _declare_children() -> None:
    for name, (model, owner, change) in CHILDREN.items():

        @case(f"{name}_sealed_no_insert")
        def _(model=model, change=change) -> Iterator[Attempt]:
            row = child_of(sealed_with_context(schools=3), model)
            yield lambda: insert_like(row, **change)

        @case(f"{name}_sealed_no_update")
        def _(model=model, change=change, owner=owner) -> Iterator[Attempt]:
            row = child_of(sealed_with_context(schools=3), model)
            yield lambda: update(row, **change)
            # Out of a sealed release, and into one.
            free = child_of(with_context(make.computed_release(make.edition(3, year=2030))), model)
            yield lambda: update(row, **{owner: getattr(free, owner)})
            yield lambda: update(free, **{owner: getattr(row, owner)})

        @case(f"{name}_sealed_no_delete")
        def _(model=model) -> Iterator[Attempt]:
            row = child_of(sealed_with_context(schools=3), model)
            yield lambda: delete(row)


_declare_children()


def _declare_archives() -> None:
    """Rows of a print under what is computed, and rows of a computation under an archive: by insert and by update."""

    def row_of(kind: str, archival: bool) -> models.Model:
        edition = make.archival_edition() if archival else make.edition(3)
        if kind.startswith("edition"):
            found = {
                "editionplace": edition.places.first,
                "editionprint": EditionPrint.objects.filter(edition=edition).first,
                "editionunit": edition.perimeter.first,
                "editionindicator": edition.columns.first,
            }
            return found[kind]()
        release = make.computed_release(edition)
        if kind == "releaseprint":
            return ReleasePrint.objects.get(release=release)
        return child_of(release, CHILDREN[kind][0])

    def stranger_to(kind: str, archival: bool) -> int:
        """The edition or release where this row has nothing to do."""
        edition = make.edition(3, year=2031) if archival else make.archival_edition(year=2011)
        return edition.pk if kind.startswith("edition") else make.computed_release(edition).pk

    archival_kinds = {"editionplace", "editionprint", "releaseprint"}
    for kind in (*sorted(archival_kinds), "editionunit", "editionindicator", "releasenode", "releaseindicator"):
        owner = "edition_id" if kind.startswith("edition") else "release_id"

        @case(f"{kind}_archival_insert")
        def _(kind=kind, owner=owner) -> Iterator[Attempt]:
            row = row_of(kind, kind in archival_kinds)
            there = stranger_to(kind, kind in archival_kinds)
            yield lambda: insert_like(row, **{owner: there})

        @case(f"{kind}_archival_update")
        def _(kind=kind, owner=owner) -> Iterator[Attempt]:
            row = row_of(kind, kind in archival_kinds)
            there = stranger_to(kind, kind in archival_kinds)
            yield lambda: update(row, **{owner: there})


_declare_archives()


@case("releaseunit_archival_insert")
def _() -> Iterator[Attempt]:
    printed = make.computed_release(make.archival_edition()).units.first()
    computed = make.computed_release(make.edition(3)).units.first()
    yield lambda: insert_like(printed, release_id=computed.release_id, slug="autre")
    yield lambda: insert_like(computed, release_id=printed.release_id, slug="autre")
    yield lambda: insert_like(computed, slug="autre", printed=True)


@case("releaseunit_archival_update")
def _() -> Iterator[Attempt]:
    printed = make.computed_release(make.archival_edition()).units.first()
    computed = make.computed_release(make.edition(3)).units.first()
    yield lambda: update(printed, printed=False)
    yield lambda: update(computed, printed=True)
    yield lambda: update(computed, release_id=printed.release_id, slug="autre")


@case("edition_archival_fixed")
def _() -> Iterator[Attempt]:
    printed, computed = make.archival_edition(), make.edition(3)
    yield lambda: update(printed, archival=False)
    yield lambda: update(computed, archival=True, method_id=None)


@case("release_archival_as_its_edition")
def _() -> Iterator[Attempt]:
    printed, computed = make.computed_release(make.archival_edition()), make.computed_release(make.edition(3))
    yield lambda: insert_like(printed, edition_id=computed.edition_id, number=7)
    yield lambda: insert_like(computed, edition_id=printed.edition_id, number=7)


@case("releaseprint_sealed_no_insert")
def _() -> Iterator[Attempt]:
    sealed = make.archival_release()
    free = ReleasePrint.objects.get(release=make.computed_release(make.archival_edition(year=2011)))
    yield lambda: insert_like(free, release_id=sealed.pk)


@case("releaseprint_sealed_no_update")
def _() -> Iterator[Attempt]:
    printed = ReleasePrint.objects.get(release=make.archival_release())
    free = ReleasePrint.objects.get(release=make.computed_release(make.archival_edition(year=2011)))
    yield lambda: update(printed, method_fr="Autre")
    yield lambda: update(free, release_id=printed.release_id)


@case("releaseprint_sealed_no_delete")
def _() -> Iterator[Attempt]:
    printed = ReleasePrint.objects.get(release=make.archival_release())
    yield lambda: delete(printed)


@case("rankings_releasewithdrawal_no_update")
def _() -> Iterator[Attempt]:
    withdrawal = make.withdrawn_release().withdrawal
    yield from changing(withdrawal, reason_fr="Autre", at=LATER, by_id=cast().marc.pk)


@case("rankings_releasewithdrawal_no_delete")
def _() -> Iterator[Attempt]:
    withdrawal = make.withdrawn_release().withdrawal
    yield lambda: delete(withdrawal)


@case("rankings_methodversion_no_update")
def _() -> Iterator[Attempt]:
    method = make.edition(3).method
    yield from changing(method, text="x", digest="d", number=9)


@case("rankings_methodversion_no_delete")
def _() -> Iterator[Attempt]:
    method = make.edition(3).method
    yield lambda: delete(method)


@case("rankings_methodversion_indicators_no_update")
def _() -> Iterator[Attempt]:
    make.edition(3)
    row = MethodVersion.indicators.through.objects.first()
    yield lambda: update(row, indicator_id=make.indicator("autre").pk)


@case("rankings_methodversion_indicators_no_delete")
def _() -> Iterator[Attempt]:
    make.edition(3)
    row = MethodVersion.indicators.through.objects.first()
    yield lambda: delete(row)


@case("editorial_auditevent_no_update")
def _() -> Iterator[Attempt]:
    make.entered_value()
    yield from changing(AuditEvent.objects.get(), reason="x", at=LATER, details="{}", actor_name="Personne", hash="h")


@case("editorial_auditevent_no_delete")
def _() -> Iterator[Attempt]:
    make.entered_value()
    yield lambda: delete(AuditEvent.objects.get())


def withdrawn_article() -> ArticleWithdrawal:
    article = make.approved_article(make.sealed_release(schools=3))
    articles.withdraw_article(by=cast().claire, at=make.NOW, article=article, seen_version=3, reason="x")
    return article.withdrawal


@case("editorial_articlewithdrawal_no_update")
def _() -> Iterator[Attempt]:
    yield from changing(withdrawn_article(), reason_fr="Autre", at=LATER, by_id=cast().marc.pk)


@case("editorial_articlewithdrawal_no_delete")
def _() -> Iterator[Attempt]:
    withdrawal = withdrawn_article()
    yield lambda: delete(withdrawal)


@case("article_known_move")
def _() -> Iterator[Attempt]:
    release = make.sealed_release(schools=3)
    approved = make.approved_article(release)
    withdrawn = make.approved_article(release)
    articles.withdraw_article(by=cast().claire, at=make.NOW, article=withdrawn, seen_version=3, reason="x")
    rows = {
        "draft": make.written_article(release),
        "submitted": make.submitted_article(release),
        "approved": approved,
        "withdrawn": withdrawn,
    }
    known = {("draft", "submitted"), ("submitted", "draft"), ("submitted", "approved"), ("approved", "withdrawn")}
    for source, row in rows.items():
        for target in ArticleState.values:
            if source != target and (source, target) not in known:
                yield lambda row=row, target=target: update(row, state=target)


@case("article_approved_fixed")
def _() -> Iterator[Attempt]:
    article = make.approved_article(make.sealed_release(schools=3))
    yield from changing(
        article, title_fr="Autre", body_fr="x", rendered_fr="x", publish_at=LATER, slug="x", author_id=cast().paul.pk
    )


def resting() -> tuple[models.Model, models.Model]:
    """What an approved article rests on, and what a draft does."""
    make.sealed_release(make.edition(3, year=2025), publish_at=make.PAST)
    now = make.sealed_release(make.edition(3, year=2026), publish_at=make.PAST)
    make.approved_article(now, body_fr="[[rang:ecole-des-mines-de-brezac:2025]]", body_en="")
    draft = make.written_article(now)
    draft.rests_on.set([now])
    through = Article.rests_on.through
    return through.objects.exclude(article=draft).get(), through.objects.get(article=draft)


@case("article_rests_on_fixed_insert")
def _() -> Iterator[Attempt]:
    approved, draft = resting()
    yield lambda: insert_like(approved, release_id=draft.release_id)


@case("article_rests_on_fixed_update")
def _() -> Iterator[Attempt]:
    approved, draft = resting()
    yield lambda: update(approved, release_id=draft.release_id)
    yield lambda: update(draft, article_id=approved.article_id)


@case("article_rests_on_fixed_delete")
def _() -> Iterator[Attempt]:
    approved, _draft = resting()
    yield lambda: delete(approved)


@case("article_approved_no_delete")
def _() -> Iterator[Attempt]:
    article = make.approved_article(make.sealed_release(schools=3))
    yield lambda: delete(article)


@case("article_enters_draft")
def _() -> Iterator[Attempt]:
    article = make.written_article(make.sealed_release(schools=3))
    yield lambda: insert_like(article, slug="autre", state="submitted")


@case("article_corrected_by_its_next")
def _() -> Iterator[Attempt]:
    first = corrections.approved()
    article = Article.objects.get()
    second = corrections.approved(article, title_fr="Encore")
    other = corrections.approved(make.approved_article(first.release))
    waiting = corrections.submitted(article, title_fr="Enfin")
    yield lambda: update(article, correction_id=None)
    for wrong in (first, other, waiting):
        yield lambda wrong=wrong: update(article, correction_id=wrong.pk)
    assert Article.objects.get(pk=article.pk).correction == second


@case("correction_enters_draft")
def _() -> Iterator[Attempt]:
    row = corrections.abandoned()
    yield lambda: insert_like(row, state="submitted")
    yield lambda: insert_like(row, state="abandoned")


@case("correction_known_move")
def _() -> Iterator[Attempt]:
    release = make.published_release(schools=3)
    made = (corrections.proposed, corrections.submitted, corrections.approved, corrections.abandoned)
    rows = [build(make.approved_article(release)) for build in made]
    known = {("draft", "submitted"), ("submitted", "draft"), ("submitted", "approved"), ("draft", "abandoned")}
    # What is decided is refused as a whole, before its move is looked at or after.
    for row in rows[:2]:
        for target in CorrectionState.values:
            if row.state != target and (row.state, target) not in known:
                yield lambda row=row, target=target: update(row, state=target)


@case("correction_of_its_article")
def _() -> Iterator[Attempt]:
    row = corrections.proposed()
    other = make.approved_article(row.release)
    yield from changing(row, article_id=other.pk, number=4, author_id=cast().paul.pk, created_at=LATER)


@case("correction_decided_fixed")
def _() -> Iterator[Attempt]:
    release = make.published_release(schools=3)
    for build in (corrections.approved, corrections.abandoned):
        row = build(make.approved_article(release))
        yield from changing(row, title_fr="Autre", body_fr="x", note_fr="x", rendered_fr="x", version=9)


@case("correction_no_delete")
def _() -> Iterator[Attempt]:
    row = corrections.proposed()
    yield lambda: delete(row)


def corrections_resting() -> tuple[models.Model, models.Model]:
    """What an approved correction rests on, and what a draft does."""
    make.sealed_release(make.edition(3, year=2025), publish_at=make.PAST)
    article = make.approved_article(make.published_release(make.edition(3, year=2026)))
    corrections.approved(article, body_fr="[[rang:ecole-des-mines-de-brezac:2025]]", body_en="")
    draft = corrections.proposed(article)
    draft.rests_on.set([article.release])
    through = ArticleCorrection.rests_on.through
    return through.objects.exclude(articlecorrection=draft).get(), through.objects.get(articlecorrection=draft)


@case("articlecorrection_rests_on_fixed_insert")
def _() -> Iterator[Attempt]:
    approved, draft = corrections_resting()
    yield lambda: insert_like(approved, release_id=draft.release_id)


@case("articlecorrection_rests_on_fixed_update")
def _() -> Iterator[Attempt]:
    approved, draft = corrections_resting()
    yield lambda: update(approved, release_id=draft.release_id)
    yield lambda: update(draft, articlecorrection_id=approved.articlecorrection_id)


@case("articlecorrection_rests_on_fixed_delete")
def _() -> Iterator[Attempt]:
    approved, _draft = corrections_resting()
    yield lambda: delete(approved)


@pytest.mark.parametrize("refusal", triggers.refusals(), ids=lambda refusal: refusal.name)
def test_the_database_refuses(refusal: triggers.Refusal) -> None:
    attempts = list(CASES[refusal.name]())
    assert attempts
    for attempt in attempts:
        with pytest.raises(IntegrityError, match=refusal.message):
            attempt()


def test_every_trigger_stands(db: None) -> None:
    assert triggers.installed_names() == triggers.expected_names(connection.vendor)


@pytest.mark.django_db(transaction=True)
def test_every_trigger_stands_again_after_a_flush() -> None:
    make.entered_value()
    assert triggers.installed_names() == triggers.expected_names(connection.vendor)


@pytest.mark.django_db(transaction=True)
def test_every_trigger_still_stands_after_the_flush_of_the_test_before() -> None:
    assert not ValueRevision.objects.exists()
    assert triggers.installed_names() == triggers.expected_names(connection.vendor)


def test_installing_twice_changes_nothing(db: None) -> None:
    before = triggers.installed_names()
    triggers.install()
    assert triggers.installed_names() == before


def test_uninstalling_leaves_none(db: None) -> None:
    triggers.uninstall()
    assert triggers.installed_names() == set()


@pytest.mark.parametrize("table", triggers.tables())
def test_no_table_is_truncated(db: None, table: str) -> None:
    if connection.vendor == "postgresql":
        with pytest.raises(IntegrityError, match="this table is never truncated"):
            run(f"TRUNCATE {table} CASCADE")
    else:
        # SQLite has no TRUNCATE: a DELETE without WHERE is its own, and the row triggers stop it.
        with pytest.raises(Exception, match="syntax error"):
            run(f"TRUNCATE {table}")


def test_truncating_a_parent_does_not_empty_its_children(db: None) -> None:
    make.entered_value()
    settle()
    if connection.vendor == "postgresql":
        with pytest.raises(IntegrityError, match="this table is never truncated"):
            run("TRUNCATE schools_unit CASCADE")
    with pytest.raises(IntegrityError):
        run("DELETE FROM schools_valuerevision")
    assert SourceCell.objects.count() == 1


def test_replacing_a_row_does_not_slip_past(db: None) -> None:
    make.entered_value()
    event = AuditEvent.objects.get()
    columns = ", ".join(f.column for f in AuditEvent._meta.concrete_fields)
    copied = columns.replace("reason", "'rewritten'")
    verb = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
    with pytest.raises(IntegrityError):
        run(f"{verb} INTO editorial_auditevent ({columns}) SELECT {copied} FROM editorial_auditevent")
    event.refresh_from_db()
    assert event.reason == ""


def test_update_of_the_orm_is_refused_too(db: None) -> None:
    release = make.sealed_release(schools=3)
    with pytest.raises(IntegrityError, match="a sealed release never changes"):
        Release.objects.filter(pk=release.pk).update(publish_at=make.PAST)


def test_deleting_through_the_orm_is_refused_too(db: None) -> None:
    make.sealed_release(schools=3)
    with pytest.raises(IntegrityError):
        ReleaseUnit.objects.all()._raw_delete("default")


def test_a_source_without_values_may_be_described_better(db: None) -> None:
    assert Source.objects.filter(pk=batch().source.pk).update(title="Titre exact") == 1


def test_triggers_step_aside_for_a_migration_of_sqlite_alone(subtests: pytest.Subtests) -> None:
    everything = triggers.installed_names()
    assert everything == triggers.expected_names(connection.vendor)
    with subtests.test("nothing to migrate"):
        triggers.step_aside_before_migrate(plan=[])
        assert triggers.installed_names() == everything
    with subtests.test("something to migrate"):
        triggers.step_aside_before_migrate(plan=[object()])
        assert triggers.installed_names() == (set() if connection.vendor == "sqlite" else everything)
    triggers.install()
    assert triggers.installed_names() == everything
