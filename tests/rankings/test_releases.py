"""What a release says of its edition, when the public may read it, and what makes its digest."""

import json
import re
from datetime import timedelta

import pytest

from editorial.actions import editions, values
from rankings.blocks import blocks, pending_values
from rankings.compute import compute, load
from rankings.models import Edition, EditionUnit, Release, ReleasePoints, ReleaseValue
from rankings.seal import seal_digest, seal_text
from schools.models import Unit
from tests import factories as make
from tests.people import Cast
from tests.scenes import scene

pytestmark = pytest.mark.django_db

TICK = timedelta(microseconds=1)
# Of the edition of six fictional schools: the same on SQLite and PostgreSQL, today and next year.
GOLDEN = "7ff8a458c9ca711891cf3e03db7c31164f68d355fc860f4f75610881dfd76b87"


def digest(edition: Edition) -> str:
    return compute(edition).digest


def ranks(release: Release) -> dict[str, tuple[int | None, bool, str]]:
    return {unit.name: (unit.rank, unit.tied, unit.score) for unit in release.units.all()}


@scene(make.computed_release)
def test_the_ranking_by_hand(people: Cast) -> None:
    # Salaries 52000, 50750, 49500, 49500, 47000: min–max over 5 known gives 10, 7.5, 5, 5, 0.
    # Work 98.0, 95.1, 92.2, 92.2, 86.4: 10, 10, 10, 10, 7. So employment is (2 × s + w) / 3.
    # Doctorates 4.5, 11.5, 18.5, 18.5, 13.5 of 25; abroad 5, 10, 15, 15, 13 and 6 for the unranked sixth.
    release = Release.objects.get()
    assert ranks(release) == {
        "École des mines de Brézac": (4, False, "6.4"),
        "Institut Ampère-Lavoisier": (3, False, "6.9"),
        "École centrale de Vaucelles": (1, True, "7.5"),
        "ENSI Montfaucon": (1, True, "7.5"),
        "École d’aéronautique de Lanternac": (5, False, "4.1"),
        "École des eaux et forêts du Morvan": (None, False, ""),
        "Institut des ponts suspendus": (None, False, ""),
    }


@scene(make.edition)
def test_the_golden_digest(people: Cast) -> None:
    assert digest(Edition.objects.get()) == GOLDEN


@scene(make.sealed_release)
def test_recomputing_gives_the_same_digest(people: Cast) -> None:
    release = Release.objects.get()
    assert digest(release.edition) == release.digest
    assert digest(Edition.objects.get(pk=release.edition_id)) == release.digest


@scene(make.edition)
def test_nothing_unverified_weighs_on_a_rank(people: Cast) -> None:
    edition = Edition.objects.get()
    before = compute(edition)
    school = Unit.objects.get(slug="ecole-des-mines-de-brezac")
    make.entered_value("1", of=school, indicator_code="salaire")
    rejected = make.entered_value("2", of=school, indicator_code="emploi")
    values.reject_value(by=people.lise, at=make.NOW, revision=rejected, seen_version=1, reason="non")
    withdrawn = make.entered_value("3", of=school, indicator_code="mobilite")
    values.withdraw_value(by=people.hugo, at=make.NOW, revision=withdrawn, seen_version=1)
    make.approved_value("4", of=school, indicator_code="salaire", year=2019)
    after = compute(edition)
    assert after.document == before.document
    assert after.result.rows == before.result.rows


@scene(make.edition)
def test_a_verified_value_changes_the_digest(people: Cast) -> None:
    edition = Edition.objects.get()
    before = digest(edition)
    make.approved_value("40000", of=Unit.objects.get(slug="ecole-des-mines-de-brezac"), indicator_code="salaire")
    assert digest(edition) != before


def test_the_order_of_entry_is_not_in_the_digest(people: Cast) -> None:
    schools = make.units(6)
    for school in reversed(schools):
        place = schools.index(school)
        for code, figure in reversed(make.figures(place).items()):
            secret = place == 5 and code == "salaire"
            make.approved_value(
                None if secret else figure, kind="secret" if secret else "", of=school, indicator_code=code
            )
    assert digest(make.edition(schools)) == GOLDEN


@scene(make.edition)
def test_the_document_has_no_clock_person_or_row_number(people: Cast) -> None:
    document = compute(Edition.objects.get()).document
    for word in ("Hugo", "Lise", "hugo", str(make.START.year) + "-", "created", "author"):
        assert word not in document
    read = json.loads(document)
    assert set(read) == {
        "format", "ranking", "year", "method", "units", "left_out", "indicators", "values", "result",
    }  # fmt: skip
    assert read["left_out"] == {"institut-des-ponts-suspendus": "Elle ne recrute plus depuis 2024."}
    assert read["values"]["ecole-des-mines-de-brezac"]["emploi"]["figure"] == "98.0"


@scene(make.edition, 12)
def test_loading_takes_a_fixed_number_of_queries(people: Cast, django_assert_max_num_queries) -> None:
    edition = Edition.objects.get()
    edition = Edition.objects.select_related("ranking", "method").get(pk=edition.pk)
    with django_assert_max_num_queries(8):
        load(edition)


def test_a_cursus_takes_its_schools_value_only_where_said(people: Cast) -> None:
    make.indicator("mobilite", inherited_by_cursus=True)
    school, *_others = make.units(3)
    cursus = make.unit("Cursus du soir", parent=school, kind="cursus")
    edition = make.edition([school, cursus], unranked=False)
    loaded = load(edition)
    assert loaded.revisions[cursus.slug, "mobilite"].unit == cursus
    Unit.objects.filter(pk=cursus.pk).update(kind="cursus")
    bare = make.unit("Cursus du matin", parent=school, kind="cursus")
    said = {"by": people.hugo, "at": make.NOW, "edition": edition, "seen_version": edition.version}
    editions.set_perimeter(units=[school, bare], **said)
    loaded = load(edition)
    assert loaded.revisions[bare.slug, "mobilite"].unit == school
    assert (bare.slug, "emploi") not in loaded.revisions


@scene(make.sealed_release)
def test_a_release_copies_every_name_figure_and_text(people: Cast) -> None:
    release = Release.objects.get()
    unit = release.units.get(slug="ecole-des-mines-de-brezac")
    Unit.objects.filter(slug=unit.slug).update(name="Renommée", region="Ailleurs")
    editions.write_texts(
        by=people.hugo,
        at=make.NOW,
        edition=release.edition,
        seen_version=release.edition.version,
        texts=editions.Texts(purpose_fr="Autre"),
    )
    release = Release.objects.get(pk=release.pk)
    assert (unit.name, unit.region, unit.identifiers) == (
        "École des mines de Brézac",
        "Occitanie",
        ["uai 9990001" + make.uai(1)[-1]],
    )
    assert release.purpose_fr == make.TEXTS.purpose_fr
    value = unit.values.get(indicator__code="emploi")
    assert (value.figure, value.kind, value.verified_meaning) == ("98.0", "known", "true_to_source")
    assert value.cells == [{"sheet": "", "cell": "p. 12", "column": "Tableau 3", "text": "98.0", "role": "value"}]
    assert value.source_licence == "Licence Ouverte 2.0"
    points = {p.node.key: p.points for p in unit.points.select_related("node")}
    assert points["salaire"] == "10.0"
    assert set(points) == {"insertion", "salaire", "emploi", "ouverture", "doctorants", "mobilite"}


def test_entry_and_duration_are_copied_and_told_only_where_known(people: Cast) -> None:
    schools = make.units_with_courses(3)
    release = make.computed_release(make.edition(schools, left_out=False))
    copied = {unit.slug: (unit.entry, unit.duration_years) for unit in release.units.all()}
    assert copied == {school.slug: course for school, course in zip(schools, make.COURSES, strict=True)}
    told = json.loads(release.document)["units"]
    assert (told[schools[0].slug]["entry"], told[schools[1].slug]["duration_years"]) == ("post_bac", "3")
    assert not {"entry", "duration_years"} & told[schools[2].slug].keys()


def test_seals_of_schools_of_no_known_course_still_hold(people: Cast) -> None:
    release = make.computed_release(schools=3)
    silent = seal_text(release)
    assert not re.search(r'"(entry|duration_years)":', silent)
    for course in ({"duration_years": 5}, {"entry": "post_bac"}):
        release.units.filter(position=0).update(**course)
        assert seal_text(release) != silent
        release.units.filter(position=0).update(entry="", duration_years=None)
    assert seal_text(release) == silent


@scene(make.computed_release)
def test_counts_of_a_release_match_its_method(people: Cast) -> None:
    release = Release.objects.get()
    assert release.nodes.count() == 6
    assert ReleasePoints.objects.filter(unit__release=release).count() == 6 * 6
    assert ReleaseValue.objects.filter(unit__release=release).count() == 6 * 4
    assert [node.key for node in release.nodes.all()][:2] == ["insertion", "salaire"]


def test_points_only_licence_withholds_figure_and_cells(people: Cast) -> None:
    source = make.source("Données confiées", leaves="points")
    release = make.computed_release(schools=3, said_by=source)
    for value in ReleaseValue.objects.filter(unit__release=release):
        assert value.withheld
        assert value.figure == ""
        assert [cell["text"] for cell in value.cells] == [""]


@scene(make.computed_release)
def test_unranked_and_left_out_say_why_in_both_languages(people: Cast) -> None:
    release = Release.objects.get()
    secret = release.units.get(name="École des eaux et forêts du Morvan")
    assert secret.unranked_fr == (
        "« Salaire à la sortie » est indispensable, et la valeur n’est pas là (secret statistique)."
    )
    assert "Starting salary" in secret.unranked_en
    out = release.units.get(name="Institut des ponts suspendus")
    assert (out.unranked_fr, out.unranked_en) == (
        "Elle ne recrute plus depuis 2024.",
        "It has taken no students since 2024.",
    )


def test_too_little_known_is_told_with_its_share(people: Cast) -> None:
    schools = make.units(3)
    for code in ("salaire", "emploi"):
        make.approved_value(None, of=schools[0], indicator_code=code)
    release = make.computed_release(make.edition(schools, unranked=False))
    assert release.units.get(slug=schools[0].slug).unranked_fr == (
        "Trop peu de valeurs connues : 40\u00a0% du poids de la méthode, pour un minimum de 50\u00a0%."
    )


@scene(make.computed_release)
def test_public_order_is_rank_then_name(people: Cast) -> None:
    release = Release.objects.get()
    names = [unit.name for unit in release.units.order_by("position")]
    assert names[:2] == ["École centrale de Vaucelles", "ENSI Montfaucon"]
    assert names[-1] == "Institut des ponts suspendus"


@scene(make.sealed_release, schools=3)
def test_published_at_the_instant_and_not_a_microsecond_before(people: Cast) -> None:
    release = Release.objects.get()
    instant = make.FUTURE
    for at, seen in ((instant - TICK, False), (instant, True), (instant + TICK, True)):
        assert Release.objects.published(at=at).exists() is seen
        assert Release.objects.current(at=at).exists() is seen
        assert release.is_published(at=at) is seen


@scene(make.computed_release, schools=3)
def test_neither_computed_nor_signed_is_ever_published(people: Cast) -> None:
    make.signed_release(make.edition(3, year=2027))
    assert not Release.objects.published(at=make.FUTURE + timedelta(days=9999)).exists()


@scene(make.published_release, schools=3)
def test_withdrawn_from_the_instant_of_the_withdrawal(people: Cast) -> None:
    release = Release.objects.get()
    when = make.NOW - timedelta(days=1)
    editions.withdraw_release(by=people.claire, at=when, release=release, reason_fr="Erreur.", reason_en="Error.")
    for at, seen in ((when - TICK, True), (when, False), (when + TICK, False)):
        assert Release.objects.published(at=at).exists() is seen


@scene(make.sealed_release, schools=3)
def test_withdrawn_before_its_instant_never_appears(people: Cast) -> None:
    release = Release.objects.get()
    editions.withdraw_release(by=people.claire, at=make.NOW, release=release, reason_fr="Erreur.", reason_en="Error.")
    assert not Release.objects.published(at=make.FUTURE + TICK).exists()


@scene(make.published_release, schools=3)
def test_the_current_release_is_the_highest_number_published(people: Cast) -> None:
    first = Release.objects.get()
    second = make.sealed_release(first.edition, at=make.NOW)
    assert (second.number, second.digest) == (2, first.digest)
    assert Release.objects.current(at=make.NOW).get() == first
    assert Release.objects.current(at=make.FUTURE).get() == second
    assert set(Release.objects.published(at=make.FUTURE)) == {first, second}
    editions.withdraw_release(by=people.claire, at=make.FUTURE, release=second, reason_fr="Erreur.", reason_en="Error.")
    assert Release.objects.current(at=make.FUTURE).get() == first


@scene(make.signed_release, schools=3)
def test_seal_digest_covers_every_shown_row(people: Cast) -> None:
    release = Release.objects.get()
    before = seal_digest(release)
    assert seal_digest(Release.objects.get(pk=release.pk)) == before
    # Rows of a signed release can still be reached by somebody with a console: the digest would tell.
    for row, column in (
        (release.nodes.first(), "title_fr"),
        (release.indicators.first(), "definition_en"),
        (release.units.first(), "name"),
        (release.units.first().points.first(), "points"),
        (release.units.first().values.first(), "figure"),
    ):
        kept = getattr(row, column)
        type(row).objects.filter(pk=row.pk).update(**{column: "changed"})
        assert seal_digest(release) != before, column
        type(row).objects.filter(pk=row.pk).update(**{column: kept})
    assert seal_digest(release) == before


def test_blocks_name_everything_that_is_missing(people: Cast) -> None:
    bare = editions.open_edition(
        by=people.hugo, at=make.NOW, ranking=make.ranking(), year=2026, texts=editions.Texts(purpose_fr="Objet.")
    )
    found = {block.code: block for block in blocks(bare)}
    assert set(found) == {"texts", "perimeter", "method"}
    assert found["texts"].count == 3
    assert blocks(make.edition(3, year=2027)) == ()


@scene(make.edition, 3)
def test_blocks_count_only_the_waiting_values_of_the_edition(people: Cast) -> None:
    edition = Edition.objects.get()
    included = edition.perimeter.filter(status=EditionUnit.Status.INCLUDED)[0].unit
    outside = make.unit("École d’ailleurs")
    make.entered_value("50", of=outside)
    make.entered_value("50", of=included, year=2019)
    make.entered_value("50", of=included, indicator_code="autre")
    assert blocks(edition) == ()
    waiting = make.entered_value("50", of=included)
    assert pending_values(edition) == [waiting]
    assert [(block.code, block.count) for block in blocks(edition)] == [("waiting", 1)]
    assert blocks(edition)[0].sentence.startswith("1 valeur attend")
