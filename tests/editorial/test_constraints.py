"""Every named constraint, tried by raw SQL with the triggers away: what it allows, and what it alone refuses."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models

from editorial.actions import articles
from editorial.models import Article
from rankings.models import (
    Edition,
    EditionPrint,
    EditionSetAside,
    EditionUnit,
    Release,
    ReleaseSeries,
    ReleaseSetAside,
    ReleaseUnit,
)
from schools.models import Anomaly, ImportBatch, MatchDecision, Source, Unit, UnitAlias, UnitIdentifier
from schools.naming import search_key
from tests import corrections
from tests import factories as make
from tests.editorial.raw_sql import insert_like, update, without_triggers
from tests.editorial.refusing import OURS
from tests.people import cast
from tests.rankings.context import with_context

pytestmark = pytest.mark.django_db

SOON = make.NOW + timedelta(hours=1)
type Step = tuple[Callable[[], int], bool]
CASES: dict[str, Callable[[], Iterator[Step]]] = {}


def case(name: str):
    def keep(steps: Callable[[], Iterator[Step]]):
        CASES[name] = steps
        return steps

    return keep


def allowed(row: models.Model, **changes: Any) -> Step:
    return (lambda: update(row, **changes)), True


def refused(row: models.Model, **changes: Any) -> Step:
    return (lambda: update(row, **changes)), False


def twice(row: models.Model, **unlike: Any) -> Iterator[Step]:
    """A second row is refused as it is, and allowed once it differs."""
    yield (lambda: insert_like(row)), False
    yield (lambda: insert_like(row, **unlike)), True


# Schools


def match_decision(**said: Any) -> MatchDecision:
    """What Hugo said of a number of a source."""
    facts = {
        "dataset": "effectifs",
        "scheme": "uai",
        "value": "0590349J",
        "verdict": "same",
        "unit": Unit.objects.first() or make.unit(),
        "reason": "L’annuaire le dit.",
        "decided_by": cast().hugo,
        "decided_at": make.NOW,
    }
    return MatchDecision.objects.create(**facts | said)


@case("schools_unit_not_its_own_parent")
def _() -> Iterator[Step]:
    one, two = make.units(2)
    yield refused(one, parent_id=one.pk)
    yield allowed(one, parent_id=two.pk)
    yield allowed(one, parent_id=None)


@case("schools_unit_cursus_has_a_parent")
def _() -> Iterator[Step]:
    one, two = make.units(2)
    yield refused(one, kind="cursus")
    yield allowed(one, kind="cursus", parent_id=two.pk)
    yield allowed(one, kind="school", parent_id=None)


@case("schools_unit_name_not_empty")
def _() -> Iterator[Step]:
    yield refused(make.unit(), name="")
    yield allowed(make.unit(), name="x")


@case("schools_unit_duration_in_whole_years")
def _() -> Iterator[Step]:
    for years in (0, 9):
        yield refused(make.unit(), duration_years=years)
    for known in (1, 8, None):
        yield allowed(make.unit(), duration_years=known)


@case("schools_unit_entry_is_one_of_ours")
def _() -> Iterator[Step]:
    yield refused(make.unit(), entry="post_master")
    for entry in ("post_bac", "post_prepa", ""):
        yield allowed(make.unit(), entry=entry)


@case("schools_unitidentifier_open_belongs_to_one_unit")
def _() -> Iterator[Step]:
    row = UnitIdentifier.objects.get(unit=make.unit())
    yield (lambda: insert_like(row, unit_id=make.unit("Autre", with_uai=False).pk)), False
    yield (lambda: insert_like(row, valid_to=make.NOW.date())), True
    yield (lambda: insert_like(row, value="9999999Z")), True


@case("schools_unitidentifier_ends_after_it_begins")
def _() -> Iterator[Step]:
    row = UnitIdentifier.objects.get(unit=make.unit())
    today, tomorrow = make.NOW.date(), SOON.date() + timedelta(days=1)
    yield refused(row, valid_from=tomorrow, valid_to=today)
    yield allowed(row, valid_from=today, valid_to=today)
    yield allowed(row, valid_from=None, valid_to=today)
    yield allowed(row, valid_from=tomorrow, valid_to=None)


@case("schools_unitalias_once_per_unit")
def _() -> Iterator[Step]:
    row = UnitAlias.objects.create(unit=make.unit(), name="EMB", key=search_key("EMB"))
    yield from twice(row, unit_id=make.unit("Autre").pk)


@case("schools_matchdecision_unit_set_iff_its_verdict_names_one")
def _() -> Iterator[Step]:
    row = match_decision()
    for verdict in ("same", "site", "component", "wider", "predecessor"):
        yield refused(row, verdict=verdict, unit_id=None)
        yield allowed(row, verdict=verdict, unit_id=row.unit_id)
    for verdict in ("outside", "unsaid"):
        yield refused(row, verdict=verdict, unit_id=row.unit_id)
        yield allowed(row, verdict=verdict, unit_id=None)
    yield refused(row, verdict="x", unit_id=row.unit_id)


@case("schools_matchdecision_reason_not_empty")
def _() -> Iterator[Step]:
    yield refused(match_decision(), reason="")
    yield allowed(match_decision(value="0597139P"), reason="x")


@case("schools_matchdecision_value_not_empty")
def _() -> Iterator[Step]:
    yield refused(match_decision(), value="")
    yield allowed(match_decision(value="0597139P"), value="x")


@case("schools_matchdecision_ends_after_it_begins")
def _() -> Iterator[Step]:
    row, today = match_decision(), make.NOW.date()
    tomorrow = today + timedelta(days=1)
    yield refused(row, valid_from=tomorrow, valid_to=today)
    yield allowed(row, valid_from=today, valid_to=today)
    yield allowed(row, valid_from=None, valid_to=today)
    yield allowed(row, valid_from=tomorrow, valid_to=None)


@case("schools_matchdecision_one_per_value_and_beginning")
def _() -> Iterator[Step]:
    today = make.NOW.date()
    yield from twice(match_decision(valid_from=today), valid_from=today + timedelta(days=1))
    yield (lambda: insert_like(MatchDecision.objects.get(valid_from=today), dataset="autre")), True


@case("schools_matchdecision_one_per_value_without_beginning")
def _() -> Iterator[Step]:
    row = match_decision()
    yield (lambda: insert_like(row, valid_to=make.NOW.date())), False
    yield (lambda: insert_like(row, valid_from=make.NOW.date())), True


@case("schools_indicator_one_row_per_version")
def _() -> Iterator[Step]:
    yield from twice(make.indicator(), version=2)


@case("schools_indicator_bounds_in_order")
def _() -> Iterator[Step]:
    row = make.indicator("salaire")
    yield refused(row, minimum="2", maximum="1")
    yield allowed(row, minimum="2", maximum="2")
    yield allowed(row, minimum="2", maximum=None)
    yield allowed(row, minimum=None, maximum="1")


@case("schools_indicator_decimals_stored_exactly")
def _() -> Iterator[Step]:
    yield refused(make.indicator(), decimals=7)
    yield allowed(make.indicator(), decimals=6)


@case("schools_indicator_percentage_has_bounds")
def _() -> Iterator[Step]:
    row = make.indicator("salaire")
    yield refused(row, measure="percentage")
    yield refused(row, measure="percentage", minimum="0")
    yield refused(row, measure="percentage", maximum="100")
    yield allowed(row, measure="percentage", minimum="0", maximum="100")


def _file(letter: str) -> Source:
    return make.source(f"Fichier {letter}", sha256=letter * 64, file_name="f.csv", size_bytes=3)


@case("schools_source_one_row_per_file")
def _() -> Iterator[Step]:
    yield from twice(_file("a"), sha256="b" * 64)
    printed = make.source()
    yield (lambda: insert_like(printed)), True


@case("schools_source_both_file_and_sha256_set")
def _() -> Iterator[Step]:
    row = _file("a")
    yield refused(row, sha256="")
    yield refused(row, file_name="")
    yield refused(row, size_bytes=None)
    yield refused(row, sha256="", file_name="")
    yield allowed(row, sha256="", file_name="", size_bytes=None)


@case("schools_anomaly_severity_is_known")
def _() -> Iterator[Step]:
    batch = ImportBatch.objects.create(
        source=_file("a"), mapping_text="x", mapping_digest="m", created_by=cast().hugo, created_at=make.START
    )
    row = Anomaly.objects.create(batch=batch, code="jump", severity="remark", sentence="jump")
    yield refused(row, severity="")
    yield refused(row, severity="grave")
    yield allowed(row, severity="blocking")


@case("schools_importbatch_both_closed_by_and_closed_at_set")
def _() -> Iterator[Step]:
    row = ImportBatch.objects.create(
        source=_file("a"), mapping_text="x", mapping_digest="m", created_by=cast().hugo, created_at=make.START
    )
    who, when = {"closed_by_id": cast().hugo.pk}, {"closed_at": make.NOW}
    yield refused(row, state="committed")
    yield refused(row, state="committed", **who)
    yield refused(row, state="committed", **when)
    yield refused(row, **who, **when)
    yield allowed(row, state="committed", **who, **when)
    yield refused(row, state="previewed")


# Values

DECIDED = {"decided_at": make.NOW, "verified_meaning": "plausible"}


def _in_force(**more: Any) -> dict[str, Any]:
    return {"state": "in_force", "decided_by_id": cast().lise.pk, **DECIDED, **more}


@case("schools_value_is_there_iff_its_kind_has_one")
def _() -> Iterator[Step]:
    row = make.entered_value()
    yield refused(row, value=None)
    yield refused(row, kind="missing")
    yield refused(row, kind="perhaps")
    yield allowed(row, kind="secret", value=None)
    yield allowed(row, kind="estimated", value="0")


@case("schools_value_state_is_known")
def _() -> Iterator[Step]:
    yield refused(make.entered_value(), **_in_force(state="published"))
    yield allowed(make.entered_value(), **_in_force())


@case("schools_value_never_verified_by_its_author")
def _() -> Iterator[Step]:
    row = make.entered_value()
    yield refused(row, **_in_force(decided_by_id=cast().hugo.pk))
    yield refused(row, **_in_force(state="rejected", decided_by_id=cast().hugo.pk, decision_reason="x"))
    yield allowed(row, **_in_force(state="withdrawn", decided_by_id=cast().hugo.pk))
    of_alice = make.entered_value(by=cast().alice, of=make.unit("Autre"))
    yield refused(of_alice, **_in_force(decided_by_id=cast().alice.pk))
    yield refused(of_alice, **_in_force(state="superseded", decided_by_id=cast().alice.pk))


@case("schools_value_both_decided_by_and_decided_at_set")
def _() -> Iterator[Step]:
    row = make.entered_value()
    yield refused(row, state="in_force", verified_meaning="x")
    yield refused(row, **_in_force(decided_by_id=None))
    yield refused(row, **_in_force(decided_at=None))
    yield refused(row, **_in_force(state="pending"))
    yield allowed(row, **_in_force())


@case("schools_value_rejected_with_a_reason")
def _() -> Iterator[Step]:
    row = make.entered_value()
    yield refused(row, **_in_force(state="rejected"))
    yield allowed(row, **_in_force(state="rejected", decision_reason="x"))


@case("schools_value_verified_says_what_it_means")
def _() -> Iterator[Step]:
    row = make.entered_value()
    yield refused(row, **_in_force(verified_meaning=""))
    yield refused(row, **_in_force(verified_meaning="", state="superseded"))
    yield allowed(row, **_in_force())


@case("schools_value_one_in_force_per_cell")
def _() -> Iterator[Step]:
    yield from twice(make.approved_value(), reference_year=2024)


@case("schools_value_one_pending_per_author_and_cell")
def _() -> Iterator[Step]:
    yield from twice(make.entered_value(), author_id=cast().nadia.pk)


# Rankings


@case("rankings_method_one_row_per_version")
def _() -> Iterator[Step]:
    yield (lambda: insert_like(make.edition(3).method, digest="d")), False
    yield (lambda: insert_like(make.edition(3, year=2031).method, digest="d", number=2)), True


@case("rankings_method_one_row_per_text")
def _() -> Iterator[Step]:
    method = make.edition(3).method
    yield (lambda: insert_like(method, number=2)), False
    yield (lambda: insert_like(method, number=2, digest="d")), True


@case("rankings_edition_one_per_year")
def _() -> Iterator[Step]:
    yield from twice(make.edition(3), year=2031)


@case("rankings_edition_archival_has_no_method")
def _() -> Iterator[Step]:
    computed, archival = make.edition(3), make.archival_edition()
    yield refused(computed, archival=True)
    yield refused(archival, method_id=computed.method_id)
    yield allowed(archival, archival=False, method_id=computed.method_id)


@case("rankings_editionprint_ranks_some")
def _() -> Iterator[Step]:
    record = EditionPrint.objects.get(edition=make.archival_edition())
    yield refused(record, ranked_count=0)
    yield allowed(record, ranked_count=1)


@case("rankings_editionprint_method_in_both_languages")
def _() -> Iterator[Step]:
    record = EditionPrint.objects.get(edition=make.archival_edition())
    yield refused(record, method_fr="")
    yield refused(record, method_en="")
    yield allowed(record, method_fr="x", method_en="x")


@case("rankings_editionplace_once_per_edition")
def _() -> Iterator[Step]:
    yield from twice(make.archival_edition().places.first(), unit_id=make.unit("Autre").pk)


@case("rankings_editionplace_rank_from_one")
def _() -> Iterator[Step]:
    place = make.archival_edition().places.first()
    yield refused(place, rank=0)
    yield allowed(place, rank=1)


@case("rankings_release_archival_iff_without_method")
def _() -> Iterator[Step]:
    printed, computed = make.computed_release(make.archival_edition()), make.computed_release(make.edition(3))
    for row, wrong in (
        (printed, {"archival": False}),
        (printed, {"method_text": "x"}),
        (printed, {"method_digest": "x"}),
        (computed, {"archival": True}),
        (computed, {"method_text": ""}),
        (computed, {"method_digest": ""}),
        (computed, {"out_of": "20"}),
    ):
        yield refused(row, **wrong)
    yield allowed(printed, out_of="20")
    yield allowed(computed, archival=True, method_text="", method_digest="", out_of="20")


@case("rankings_editionunit_once_per_edition")
def _() -> Iterator[Step]:
    yield from twice(make.edition(3).perimeter.first(), unit_id=make.unit("Autre").pk)


@case("rankings_editionunit_excluded_with_a_reason")
def _() -> Iterator[Step]:
    row = make.edition(3).perimeter.filter(status=EditionUnit.Status.INCLUDED).first()
    yield refused(row, status="excluded")
    yield refused(row, status="excluded", reason_fr="x")
    yield refused(row, status="excluded", reason_en="x")
    yield allowed(row, status="excluded", reason_fr="x", reason_en="x")


@case("rankings_editionindicator_once_per_edition")
def _() -> Iterator[Step]:
    yield from twice(make.edition(3).columns.first(), indicator_id=make.indicator("autre").pk)


def _set_aside(edition: Edition) -> EditionSetAside:
    waiting = make.entered_value("12", year=2031)
    return EditionSetAside.objects.create(
        edition=edition, revision=waiting, reason_fr="x", reason_en="x", by=cast().hugo, at=make.NOW
    )


@case("rankings_editionsetaside_once_per_edition")
def _() -> Iterator[Step]:
    yield from twice(_set_aside(make.edition(3)), edition_id=make.edition(3, year=2031).pk)


@case("rankings_editionsetaside_with_a_reason")
def _() -> Iterator[Step]:
    row = _set_aside(make.edition(3))
    yield refused(row, reason_fr="")
    yield refused(row, reason_en="")
    yield allowed(row, reason_fr="y", reason_en="y")


@case("rankings_release_one_per_number")
def _() -> Iterator[Step]:
    release = make.sealed_release(schools=3)
    yield from twice(release, number=2)


@case("rankings_release_one_unsealed_per_edition")
def _() -> Iterator[Step]:
    release = make.computed_release(schools=3)
    yield (lambda: insert_like(release, number=2)), False
    yield (lambda: insert_like(release, number=2, **_sealed())), True


def _sealed(**more: Any) -> dict[str, Any]:
    return {
        "signed_by_id": cast().marc.pk,
        "signed_at": make.START,
        "sealed_by_id": cast().claire.pk,
        "sealed_at": make.START,
        "publish_at": make.START,
        "seal_digest": "d" * 64,
    } | more


@case("rankings_release_both_signed_by_and_signed_at_set")
def _() -> Iterator[Step]:
    release = make.computed_release(schools=3)
    signed = {"signed_by_id": cast().marc.pk, "signed_at": make.NOW, "seal_digest": "d" * 64}
    for absent in signed:
        yield refused(release, **{name: value for name, value in signed.items() if name != absent})
        yield refused(release, **{absent: signed[absent]})
    yield allowed(release, **signed)


@case("rankings_release_sealed_all_at_once")
def _() -> Iterator[Step]:
    release = make.signed_release(schools=3)
    for absent, empty in (("sealed_by_id", None), ("sealed_at", None), ("publish_at", None)):
        yield refused(release, **_sealed(**{absent: empty}))
    yield refused(release, publish_at=make.PAST)
    yield allowed(release, **_sealed())


@case("rankings_release_sealed_by_another_than_signed")
def _() -> Iterator[Step]:
    release = make.signed_release(schools=3)
    yield refused(release, **_sealed(sealed_by_id=cast().marc.pk))
    yield refused(release, **_sealed(signed_by_id=None, signed_at=None, seal_digest=""))
    yield allowed(release, **_sealed())


@case("rankings_release_never_published_before_its_seal")
def _() -> Iterator[Step]:
    release = make.signed_release(schools=3)
    yield refused(release, **_sealed(publish_at=make.START - timedelta(microseconds=1)))
    yield allowed(release, **_sealed())


@case("rankings_withdrawal_with_a_reason")
def _() -> Iterator[Step]:
    row = make.withdrawn_release().withdrawal
    yield refused(row, reason_fr="")
    yield refused(row, reason_en="")
    yield allowed(row, reason_fr="x", reason_en="x")


@case("editorial_articlewithdrawal_with_a_reason")
def _() -> Iterator[Step]:
    article = make.approved_article(make.sealed_release(schools=3))
    articles.withdraw_article(by=cast().claire, at=make.NOW, article=article, seen_version=3, reason="x")
    yield refused(article.withdrawal, reason_fr="")
    yield allowed(article.withdrawal, reason_fr="x", reason_en="")


@case("rankings_editionindicator_context_before_its_year")
def _() -> Iterator[Step]:
    row = make.edition(3).columns.first()
    yield refused(row, context_from_year=make.YEAR)
    yield refused(row, context_from_year=make.YEAR + 1)
    yield allowed(row, context_from_year=make.YEAR - 1)
    yield allowed(row, context_from_year=None)


@case("rankings_releasenode_once_per_release")
def _() -> Iterator[Step]:
    yield from twice(make.computed_release(schools=3).nodes.first(), key="autre")


@case("rankings_releaseindicator_once_per_release")
def _() -> Iterator[Step]:
    yield from twice(make.computed_release(schools=3).indicators.first(), code="autre")


@case("rankings_releaseunit_once_per_release")
def _() -> Iterator[Step]:
    yield from twice(make.computed_release(schools=3).units.first(), slug="autre")


@case("rankings_releaseunit_ranked_or_told_why")
def _() -> Iterator[Step]:
    row = make.computed_release(schools=3).units.filter(rank=1).first()
    yield refused(row, rank=None)
    yield refused(row, score="")
    yield refused(row, unranked_fr="x")
    yield refused(row, rank=None, unranked_fr="x", tied=False)
    yield refused(row, rank=None, unranked_fr="x", unranked_en="x", tied=True)
    yield allowed(row, rank=None, unranked_fr="x", unranked_en="x", tied=False)
    yield allowed(row, rank=1, unranked_fr="", unranked_en="", tied=True)
    printed = make.computed_release(make.archival_edition()).units.first()
    yield refused(printed, rank=None, unranked_fr="x", unranked_en="x")
    yield refused(printed, printed=False)
    yield allowed(printed, score="12")


@case("rankings_releasepoints_once_per_node")
def _() -> Iterator[Step]:
    first, second, *_rest = make.computed_release(schools=3).units.all()
    row = first.points.first()
    second.points.all()._raw_delete("default")
    yield from twice(row, unit_id=second.pk)


@case("rankings_releasevalue_once_per_indicator")
def _() -> Iterator[Step]:
    first, second, *_rest = ReleaseUnit.objects.filter(release=make.computed_release(schools=3))
    row = first.values.first()
    second.values.all()._raw_delete("default")
    yield from twice(row, unit_id=second.pk)


def _context(table: type[models.Model]) -> models.Model:
    return table._default_manager.filter(unit__release=with_context(make.computed_release(schools=3))).get()


@case("rankings_releaseseries_once_per_year")
def _() -> Iterator[Step]:
    yield from twice(_context(ReleaseSeries), year=2001)


@case("rankings_releasesetaside_once_a_year")
def _() -> Iterator[Step]:
    yield from twice(_context(ReleaseSetAside), year=2001)


@case("rankings_releasesetaside_with_a_reason")
def _() -> Iterator[Step]:
    row = _context(ReleaseSetAside)
    yield refused(row, reason_fr="")
    yield refused(row, reason_en="")
    yield allowed(row, reason_fr="x", reason_en="x")


# Articles


def _approved(**more: Any) -> dict[str, Any]:
    return {
        "state": "approved",
        "approved_by_id": cast().claire.pk,
        "approved_at": make.NOW,
        "publish_at": make.NOW,
        "rendered_fr": "<p>x</p>",
    } | more


def _article() -> Article:
    return make.written_article(Release.objects.first() or make.sealed_release(schools=3))


@case("editorial_article_approved_all_at_once")
def _() -> Iterator[Step]:
    row = _article()
    for absent, empty in (("approved_by_id", None), ("approved_at", None), ("publish_at", None), ("rendered_fr", "")):
        yield refused(row, **_approved(**{absent: empty}))
    yield refused(row, **_approved(state="draft"))
    yield refused(row, **_approved(state="submitted"))
    yield refused(row, **_approved(state="printed"))
    yield allowed(row, **_approved(state="withdrawn"))
    yield allowed(row, **_approved())


@case("editorial_article_never_approved_by_its_author")
def _() -> Iterator[Step]:
    yield refused(_article(), **_approved(approved_by_id=cast().jean.pk))
    yield allowed(_article(), **_approved())


@case("editorial_article_never_published_before_its_approval")
def _() -> Iterator[Step]:
    yield refused(_article(), **_approved(publish_at=make.NOW - timedelta(microseconds=1)))
    yield allowed(_article(), **_approved(publish_at=make.NOW))


@case("editorial_article_corrected_once_approved")
def _() -> Iterator[Step]:
    corrected = corrections.approved()
    draft = make.written_article(corrected.release)
    yield refused(draft, correction_id=corrected.pk)
    yield allowed(draft, **_approved(correction_id=corrected.pk))
    yield allowed(draft, **_approved(correction_id=corrected.pk, state="withdrawn"))


# Corrections of articles


def _corrected(**more: Any) -> dict[str, Any]:
    who = {"approved_by_id": cast().claire.pk, "corrected_at": make.NOW}
    return {"state": "approved", "rendered_fr": "<p>x</p>"} | who | more


@case("editorial_articlecorrection_one_of_each_number")
def _() -> Iterator[Step]:
    row = corrections.approved()
    yield (lambda: insert_like(row)), False
    yield (lambda: insert_like(row, state="abandoned", approved_by_id=None, corrected_at=None)), True
    yield (lambda: insert_like(row, number=2)), True


@case("editorial_articlecorrection_one_open")
def _() -> Iterator[Step]:
    row = corrections.proposed()
    yield (lambda: insert_like(row, number=2)), False
    yield (lambda: insert_like(row, number=2, state="submitted")), False
    yield (lambda: insert_like(row, number=2, state="abandoned")), True


@case("editorial_articlecorrection_with_its_notes")
def _() -> Iterator[Step]:
    row = corrections.proposed()
    yield refused(row, note_fr="")
    yield refused(row, note_en="")
    yield allowed(row, note_fr="x", note_en="x")


@case("editorial_articlecorrection_approved_all_at_once")
def _() -> Iterator[Step]:
    row = corrections.proposed()
    for absent, empty in (("approved_by_id", None), ("corrected_at", None), ("rendered_fr", "")):
        yield refused(row, **_corrected(**{absent: empty}))
    for state in ("draft", "submitted", "abandoned", "printed"):
        yield refused(row, **_corrected(state=state))
    yield allowed(row, **_corrected())


@case("editorial_articlecorrection_never_approved_by_who_proposed")
def _() -> Iterator[Step]:
    row = corrections.proposed()
    yield refused(row, **_corrected(approved_by_id=cast().jean.pk))
    yield allowed(row, **_corrected())


def named() -> dict[str, models.BaseConstraint]:
    found = [c for label in OURS for model in apps.get_app_config(label).get_models() for c in model._meta.constraints]
    return {constraint.name: constraint for constraint in found}


def complaint(constraint: models.BaseConstraint) -> str:
    """What the database says: by name, but for SQLite's plain unique indexes, which are told by their columns."""
    if isinstance(constraint, models.UniqueConstraint) and connection.vendor == "sqlite":
        return f"UNIQUE constraint failed: .*{constraint.fields[-1]}"
    return constraint.name


@pytest.mark.parametrize("name", sorted(named()))
def test_the_database_refuses(name: str) -> None:
    attempts = list(CASES[name]())
    without_triggers()
    outcomes = {expected for _attempt, expected in attempts}
    assert outcomes == {True, False}, "a case shows both what is refused and what is allowed"
    for attempt, expected in attempts:
        if expected:
            assert attempt() == 1
        else:
            with pytest.raises(IntegrityError, match=complaint(named()[name])):
                attempt()


def test_no_case_is_left_of_a_constraint_that_is_gone() -> None:
    assert set(CASES) == set(named())


def test_a_parent_with_values_is_kept() -> None:
    revision = make.entered_value()
    with pytest.raises(models.ProtectedError):
        Unit.objects.get(pk=revision.unit_id).delete()
