"""The desk of editions: from an empty one to a sealed version, and what each step refuses."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from editorial.actions import editions as actions
from editorial.models import AuditEvent
from rankings.models import Edition, MethodVersion, Ranking, Release
from tests import factories as make
from tests.desks.newsroom import at_desk, words
from tests.methods import METHOD
from tests.people import Cast
from tests.scenes import scene

pytestmark = pytest.mark.django_db

TEXTS = {"purpose_fr": "Objet.", "purpose_en": "Purpose.", "audience_fr": "Public.", "audience_en": "Audience."}


def url(name: str, thing: Edition | Release) -> str:
    return reverse(f"desk:{name}", args=[thing.pk])


@scene(make.edition)
def test_edition_is_made_from_nothing_by_its_pages(people: Cast) -> None:
    made = Edition.objects.get()
    Edition.objects.filter(pk=made.pk).delete()
    hugo, list_url = at_desk(people.hugo), reverse("desk:editions")
    hugo.post(list_url, {"what": "ranking", "slug": "autre", "title_fr": "Autre palmarès", "title_en": "Other"})
    ranking = Ranking.objects.get(slug="autre")
    hugo.post(list_url, {"what": "edition", "ranking": ranking.pk, "year": 2027})
    edition = Edition.objects.get(ranking=ranking)
    assert len(hugo.get(url("edition", edition)).context["blocks"]) == 3
    hugo.post(url("edition-texts", edition), TEXTS | {"version": 1})
    file = SimpleUploadedFile("m.toml", METHOD.encode())
    hugo.post(url("edition-method", edition), {"version": 2, "file": file})
    edition.refresh_from_db()
    years = {f"year_{indicator.pk}": make.YEAR for indicator in edition.method.indicators.all()}
    hugo.post(url("edition-columns", edition), years | {"version": edition.version})
    page = hugo.get(url("edition-units", edition))
    hugo.post(url("edition-units", edition), {"what": "all", "version": page.context["edition"].version})
    assert edition.perimeter.count() == 6
    assert not hugo.get(url("edition", edition)).context["blocks"]
    release = hugo.post(url("edition-compute", edition), follow=True).context["release"]
    assert (release.ranked_count, release.unranked_count) == (5, 1)


@scene(make.edition)
def test_method_that_does_not_read_is_explained_and_kept(people: Cast) -> None:
    edition = Edition.objects.get()
    before = (MethodVersion.objects.count(), AuditEvent.objects.count())
    bad = METHOD.replace("points = 10", "pionts = 10", 1)
    answer = at_desk(people.hugo).post(url("edition-method", edition), {"version": edition.version, "text": bad})
    assert answer.status_code == 422
    assert "pionts" in words(answer)
    assert len(answer.context["method_problems"]) >= 2
    assert answer.context["method_form"]["text"].value() == bad
    unknown = METHOD.replace('indicator = "emploi"', 'indicator = "nullepart"')
    refused = at_desk(people.hugo).post(url("edition-method", edition), {"version": edition.version, "text": unknown})
    assert refused.status_code == 403
    assert "nullepart" in words(refused)
    stale = at_desk(people.hugo).post(url("edition-method", edition), {"version": 1, "text": METHOD + "\n# autre"})
    assert stale.status_code == 409
    for file in (b"\xff\xfe\x00", b"x" * 100_001):
        sent = {"version": edition.version, "file": SimpleUploadedFile("m.toml", file)}
        assert at_desk(people.hugo).post(url("edition-method", edition), sent).status_code == 422
    assert (MethodVersion.objects.count(), AuditEvent.objects.count()) == before


@pytest.mark.parametrize("name", ["edition-texts", "edition-method", "edition-columns", "edition-compute"])
@scene(make.edition)
def test_who_may_not_prepare_reads_why_and_changes_nothing(name: str, people: Cast) -> None:
    edition = Edition.objects.get()
    events = AuditEvent.objects.count()
    years = {f"year_{indicator.pk}": 2020 for indicator in edition.method.indicators.all()}
    said = TEXTS | years | {"version": edition.version, "filed": edition.method_id}
    for who in (people.lise, people.jean):
        answer = at_desk(who).post(url(name, edition), said)
        assert answer.status_code == 403
        assert "revient à la cellule data" in words(answer)
    assert AuditEvent.objects.count() == events
    assert 'aria-disabled="true"' in at_desk(people.lise).get(url("edition", edition)).content.decode()


@scene(make.edition)
def test_texts_out_of_date_are_refused_and_kept(people: Cast) -> None:
    edition = Edition.objects.get()
    answer = at_desk(people.claire).post(
        url("edition-texts", edition), TEXTS | {"version": 1, "purpose_fr": "Mon texte."}
    )
    assert answer.status_code == 409
    assert "Mon texte." in answer.content.decode()
    too_long = TEXTS | {"version": edition.version, "purpose_fr": "x" * 4001}
    assert at_desk(people.claire).post(url("edition-texts", edition), too_long).status_code == 422


@scene(make.edition)
def test_same_year_twice_and_same_address_twice_are_refused(people: Cast) -> None:
    edition = Edition.objects.get()
    hugo, list_url = at_desk(people.hugo), reverse("desk:editions")
    again = hugo.post(list_url, {"what": "edition", "ranking": edition.ranking_id, "year": edition.year})
    assert again.status_code == 403
    twin = {"what": "ranking", "slug": edition.ranking.slug, "title_fr": "A", "title_en": "A"}
    assert hugo.post(list_url, twin).status_code == 422
    assert hugo.post(list_url, {"what": "edition", "ranking": "x", "year": "y"}).status_code == 422
    assert at_desk(people.jean).post(list_url, twin | {"slug": "neuf"}).status_code == 403
    assert Edition.objects.count() == Ranking.objects.count() == 1


@scene(make.edition)
def test_years_must_be_years_of_a_method(people: Cast) -> None:
    edition = Edition.objects.get()
    bad = {f"year_{indicator.pk}": "mille" for indicator in edition.method.indicators.all()}
    assert at_desk(people.hugo).post(url("edition-columns", edition), bad).status_code == 422
    bare = actions.open_edition(by=people.hugo, at=make.NOW, ranking=edition.ranking, year=2030, texts=actions.Texts())
    assert at_desk(people.hugo).post(url("edition-columns", bare), {}).status_code == 403
    assert "Aucune méthode n’est choisie" in words(at_desk(people.hugo).post(url("edition-compute", bare)))


def columns_of(edition: Edition) -> dict[str, tuple[int, int, int | None]]:
    """What the edition reads: code → year, years carried over, first year of the evolution."""
    return {c.indicator.code: (c.reference_year, c.carry_over_years, c.context_from_year)
            for c in edition.columns.select_related("indicator")}  # fmt: skip


@scene(make.edition)
def test_years_carry_over_and_evolution_are_set_and_an_indicator_is_given_for_information(people: Cast) -> None:
    edition, hugo = Edition.objects.get(), at_desk(people.hugo)
    pks = dict(edition.method.indicators.values_list("code", "pk"))
    extra = make.indicator("stages")
    said = {f"year_{pk}": make.YEAR for pk in pks.values()}
    said |= {f"carry_{pks['salaire']}": 2, f"since_{pks['emploi']}": 2018, "add": extra.pk, "add_year": 2024}
    assert hugo.post(url("edition-columns", edition), said | {"version": edition.version}).status_code == 302
    assert columns_of(edition)["salaire"] == (make.YEAR, 2, None)
    assert columns_of(edition)["emploi"] == (make.YEAR, 0, 2018)
    assert columns_of(edition)["stages"] == (2024, 0, None)
    page = hugo.get(url("edition", edition))
    form = page.context["columns_form"]
    assert (form[f"carry_{pks['salaire']}"].value(), form[f"since_{pks['emploi']}"].value()) == (2, 2018)
    assert "pour information" in words(page)
    # Without a year it is no longer read, and neither is what was said of it.
    said |= {f"year_{extra.pk}": "", f"carry_{extra.pk}": 3, "add": "", "add_year": ""}
    edition.refresh_from_db()
    assert hugo.post(url("edition-columns", edition), said | {"version": edition.version}).status_code == 302
    assert set(columns_of(edition)) == set(pks)
    told = words(at_desk(people.lise).get(url("edition", edition)))
    assert "reprise de 2 ans au plus" in told
    assert "évolution depuis 2018" in told


@scene(make.edition)
def test_years_that_cannot_be_are_refused_and_kept_as_typed(people: Cast) -> None:
    edition, hugo = Edition.objects.get(), at_desk(people.hugo)
    pks = dict(edition.method.indicators.values_list("code", "pk"))
    before = columns_of(edition)
    good = {f"year_{pk}": make.YEAR for pk in pks.values()} | {"version": edition.version}
    late = hugo.post(url("edition-columns", edition), good | {f"since_{pks['emploi']}": make.YEAR})
    assert late.status_code == 403
    assert "L’évolution commence avant l’année de référence" in words(late)
    assert late.context["columns_form"][f"since_{pks['emploi']}"].value() == str(make.YEAR)
    far = hugo.post(url("edition-columns", edition), good | {f"carry_{pks['emploi']}": 21})
    assert "20 ans au plus" in words(far)
    for bad in ({f"year_{pks['emploi']}": ""}, {f"carry_{pks['emploi']}": "-1"}, {"add": make.indicator("x").pk}):
        assert hugo.post(url("edition-columns", edition), good | bad).status_code == 422
    assert columns_of(edition) == before


@scene(make.edition)
def test_school_is_left_out_with_both_reasons_and_taken_in_again(people: Cast) -> None:
    edition, hugo = Edition.objects.get(), at_desk(people.hugo)
    there = url("edition-units", edition)
    school = make.units(1)[0]

    def post(**said):
        seen = hugo.get(there).context["edition"].version
        return hugo.post(there, {"version": seen} | said)

    half = post(what="leave", unit=school.slug, reason_fr="Fermée.", reason_en="")
    assert half.status_code == 422
    assert post(what="leave", unit=school.slug, reason_fr="Fermée.", reason_en="Closed.").status_code == 302
    assert edition.perimeter.get(unit=school).reason_fr == "Fermée."
    assert post(what="in", unit=school.slug).status_code == 302
    assert edition.perimeter.get(unit=school).status == "included"
    assert post(what="out", unit=school.slug).status_code == 302
    assert not edition.perimeter.filter(unit=school).exists()
    assert post(what="dance").status_code == 403
    assert post(what="in", unit=school.slug, version="99").status_code == 409
    assert [u.pk for u in hugo.get(there, {"q": "brezac"}).context["found"]] == [school.pk]
    seen = hugo.get(there).context["edition"].version
    assert at_desk(people.lise).post(there, {"what": "in", "unit": school.slug, "version": seen}).status_code == 403


@scene(make.computed_release)
def test_release_is_shown_whole_before_it_is_signed(people: Cast) -> None:
    release = Release.objects.get()
    page = at_desk(people.claire).get(url("release", release))
    assert len(page.context["ranked"]) == release.ranked_count
    assert len(page.context["unranked"]) == release.unranked_count
    seen = words(page)
    for read in ("ex aequo", "Elle ne recrute plus depuis 2024.", release.digest, "Insertion"):
        assert read in seen
    assert "no-store" in page["Cache-Control"]


@scene(make.computed_release)
def test_one_signs_and_another_seals_for_an_instant_of_paris(people: Cast) -> None:
    release = Release.objects.get()
    digest = {"digest": release.digest}
    assert at_desk(people.claire).post(url("release-sign", release), {"digest": "autre"}).status_code == 409
    assert at_desk(people.jean).post(url("release-sign", release), digest).status_code == 403
    assert at_desk(people.claire).post(url("release-sign", release), digest).status_code == 302
    later = digest | {"when": "later", "day": f"{make.FUTURE:%Y-%m-%d}", "clock": "06:00"}
    own = at_desk(people.claire).post(url("release-seal", release), later)
    assert own.status_code == 403
    assert "Vous avez signé ce calcul" in words(own)
    assert at_desk(people.hugo).post(url("release-seal", release), later).status_code == 403
    no_such = at_desk(people.marc).post(url("release-seal", release), later | {"day": "2027-03-28", "clock": "02:30"})
    assert no_such.status_code == 422
    assert "n’existe pas" in words(no_such)
    past = at_desk(people.marc).post(url("release-seal", release), later | {"day": "2020-01-01"})
    assert past.status_code == 403
    assert at_desk(people.marc).post(url("release-seal", release), later).status_code == 302
    release.refresh_from_db()
    assert release.publish_at.astimezone(make.UTC).date() == make.FUTURE.date()
    assert "sous embargo" in words(at_desk(people.marc).get(url("release", release)))


@scene(make.signed_release)
def test_seal_is_out_of_date_once_a_value_has_changed(people: Cast) -> None:
    release = Release.objects.get()
    make.approved_value("12.5", of=make.units(1)[0])
    answer = at_desk(people.claire).post(url("release-seal", release), {"digest": release.digest, "when": "now"})
    assert answer.status_code == 409
    release.refresh_from_db()
    assert release.sealed_at is None
    checked = at_desk(people.claire).get(url("release", release), {"verifier": "1"})
    assert checked.context["check"]["digest_same"] is False


@scene(make.published_release)
def test_sealed_release_is_checked_again_and_withdrawn_with_two_reasons(people: Cast) -> None:
    release = Release.objects.get()
    checked = at_desk(people.lise).get(url("release", release), {"verifier": "1"})
    assert "Le scellé est intact." in words(checked)
    assert "redonne la même empreinte" in words(checked)
    claire, there = at_desk(people.claire), url("release-withdraw", release)
    half = claire.post(there, {"reason_fr": "Une source s’est trompée.", "reason_en": ""})
    assert half.status_code == 403
    assert "Une source s’est trompée." in words(half)
    both = {"reason_fr": "Une source s’est trompée.", "reason_en": "A source was wrong."}
    assert at_desk(people.hugo).post(there, both).status_code == 403
    assert claire.post(there, both).status_code == 302
    assert claire.post(there, both).status_code == 403
    assert "A source was wrong." in words(claire.get(url("release", release)))


@scene(make.published_release)
def test_next_version_says_why_and_shows_what_changes(people: Cast) -> None:
    first = Release.objects.get()
    school = make.units(1)[0]
    make.approved_value("51.5", of=school)
    there = url("edition-compute", first.edition)
    assert at_desk(people.hugo).post(there, {"reason_fr": "Erreur."}).status_code == 403
    answer = at_desk(people.hugo).post(there, {"reason_fr": "Erreur.", "reason_en": "Error."}, follow=True)
    changed = {change.name: change for change in answer.context["differences"]}
    assert ("Emploi à six mois", "98.0", "51.5") in changed[school.name].figures
    assert "Ce qui change depuis la version 1" in words(answer)
    assert Decimal(changed[school.name].after.score) < Decimal(changed[school.name].before.score)


def two_editions() -> None:
    make.published_release(make.edition(5, year=2025))
    make.approved_value("30000", of=make.units(1)[0], indicator_code="salaire")
    make.approved_value("10.0", of=make.units(1)[0])
    new = [*make.units(4), make.unit("École nouvelle")]
    make.computed_release(make.edition(new, year=2026))


@scene(two_editions)
def test_release_says_who_moved_since_the_edition_before(people: Cast) -> None:
    release = Release.objects.get(year=2026)
    page = at_desk(people.claire).get(url("release", release))
    moves, seen = page.context["moves"], words(page)
    assert moves.earlier.year == 2025
    assert [unit.name for unit in moves.came] == ["École nouvelle"]
    assert "Ce qui bouge depuis l’édition 2025" in seen
    lost = moves.losses[0]
    assert lost.unit.slug == "ecole-des-mines-de-brezac"
    assert "Les plus fortes baisses" in seen
    assert at_desk(people.claire).get(url("release", Release.objects.get(year=2025))).context["moves"] is None


@scene(make.sealed_release, schools=12)
def test_page_of_a_release_asks_as_much_for_many_schools(people: Cast, django_assert_max_num_queries) -> None:
    release, client = Release.objects.get(), at_desk(people.alice)
    client.get(url("release", release))
    with django_assert_max_num_queries(21):
        client.get(url("release", release))
    with django_assert_max_num_queries(36):
        client.get(url("edition", release.edition))
