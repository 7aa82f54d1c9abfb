"""Something to see on every page: values in each state, imports open and closed, editions at each stage, articles."""

from datetime import timedelta
from typing import Any

from django.contrib import admin

from editorial.actions import articles, editions, imports, indicators, matches, values
from editorial.demo.catalogue import definitions_in
from rankings.models import Release
from schools.known_units import known_units
from schools.matching import Decision, match
from schools.models import ImportBatch, Unit, UnitAlias, ValueRevision
from tests import corrections
from tests import factories as make
from tests.imported import hold_back
from tests.people import cast
from tests.public.two_years import METHOD_BEFORE
from tests.rankings import families, shares
from tests.schools.matching.cases import subject
from tests.small import demonstration as small

MAPPING = small.MAPPING_FILE.read_text("utf-8")
# A row the file's own check refuses, one to confirm, and two that are right.
ROWS = """UAI;Établissement;Ville;Région;Statut;Formation;Capacité;Candidats;Admis;Femmes admises (%);\
Boursiers admis (%);Mentions très bien (%);Taux d’accès (%)
0991106P;Institut de la Lys;Armélie;Hauts-de-France;Privée sous contrat;Deux sciences;12;241;9;{share};10,6;45,8;58
0991141C;Institut naval de Kerbreizh;Kerbreizh;Bretagne;Publique;Deux sciences;60;659;53;22,4;24,1;nd;61,5
"""


def exhibit() -> dict[str, Any]:
    """Fill an empty base; the addresses' parts, by the name of what they lead to."""
    for definition in definitions_in(small.INDICATORS):
        indicators.define_indicator(by=cast().hugo, at=make.START, definition=definition)
    release = _releases()
    _matches()
    return {
        **_imports(),
        **_values(),
        **_editions(release),
        **_articles(release),
        **_shares(),
        **_families(),
        **_archives(),
        **_rows(),
    }


def _imported(name: str, share: str) -> ImportBatch:
    received = imports.Received(
        content=ROWS.format(share=share).encode(),
        name=name,
        title="Formations de deux écoles",
        publisher="Observatoire",
        licence="Licence Ouverte 2.0",
    )
    return imports.open_import(by=cast().hugo, at=make.START, received=received, mapping_text=MAPPING)


def _imports() -> dict[str, int]:
    """One recorded, one given up, one open with a refused cell."""
    recorded = _imported("formations.csv", "24,3")
    imports.commit_import(
        by=cast().hugo,
        at=make.START,
        batch=recorded,
        seen_version=recorded.version,
        seen_digest=imports.plan_of(recorded).digest,
        create_unknown=True,
    )
    given_up = _imported("abandon.csv", "25,3")
    imports.discard_import(by=cast().hugo, at=make.START, batch=given_up, seen_version=given_up.version)
    read = recorded.revisions.filter(indicator__code="candidats").earliest("pk")
    hold_back(recorded, recorded.revisions.filter(indicator__code="admis").earliest("pk"))
    return {
        "recorded_import": recorded.pk,
        "given_up_import": given_up.pk,
        "open_import": _imported("part-de-140.csv", "140,0").pk,
        "read_value": read.pk,
    }


def _matches() -> None:
    """A name of a source that is none of our schools, as somebody decided."""
    outside = Decision("essai", "uai", ("0632033T",), "outside", None, "Elle ne forme pas d’ingénieurs.")
    found = match([subject("0632033T", "Un institut")], known_units(), [outside])
    matches.apply_matches(by=cast().hugo, at=make.START, dataset="essai", matches=found)


def _values() -> dict[str, Any]:
    """Entered by hand: two that disagree, one rejected, one withdrawn, one of Lise's own."""
    people = cast()
    disputed = make.entered_value("71.5", year=2024)
    make.entered_value("17.5", year=2024, by=people.nadia)
    rejected = make.entered_value("80", year=2023)
    values.reject_value(by=people.lise, at=make.NOW, revision=rejected, seen_version=1, reason="L’enquête dit 88,0.")
    withdrawn = make.entered_value("12", year=2022)
    values.withdraw_value(by=people.hugo, at=make.NOW, revision=withdrawn, seen_version=1)
    secret = make.entered_value(None, kind="secret", indicator_code="salaire", year=2024)
    return {
        "disputed_value": disputed.pk,
        "rejected_value": rejected.pk,
        "secret_value": secret.pk,
        "value_in_force": ValueRevision.objects.in_force().earliest("pk").pk,
        "school": disputed.unit.slug,
        "indicator": disputed.indicator_id,
    }


def _releases() -> Release:
    """Twice published, once corrected, two years after another edition; the one in force comes back."""
    make.published_release(
        make.edition(make.units(12)[1:], year=2024, reference_year=2024, method=METHOD_BEFORE),
        publish_at=make.PAST - timedelta(days=20),
    )
    first = make.published_release(make.edition(12))
    school = Unit.objects.get(slug="institut-ampere-lavoisier")
    make.approved_value("61.5", of=school, at=make.PAST + timedelta(days=2))
    return make.published_release(first.edition, publish_at=make.PAST + timedelta(days=3), at=make.PAST)


def _editions(release: Release) -> dict[str, Any]:
    """Editions at other stages: open, computed, sealed under embargo, taken back."""
    taken_back = make.withdrawn_release(make.edition(4, year=2025))
    embargoed = make.sealed_release(make.edition(4, year=2027))
    computed = make.computed_release(make.edition(5, year=2028))
    opened = editions.open_edition(
        by=cast().hugo, at=make.NOW, ranking=release.edition.ranking, year=2029, texts=editions.Texts()
    )
    # In the year they read: it blocks those that are not sealed.
    make.entered_value("83.5", of=make.units(2)[1])
    return {
        "ranking": release.ranking_slug,
        "year": release.year,
        "number": release.number,
        "edition": release.edition_id,
        "open_edition": opened.pk,
        "release": release.pk,
        "withdrawn_year": taken_back.year,
        "withdrawn_release": taken_back.pk,
        "embargoed_release": embargoed.pk,
        "computed_release": computed.pk,
        "unit": release.units.filter(rank=1).earliest("position").slug,
        "unranked_unit": release.units.filter(rank=None).earliest("position").slug,
    }


def _shares() -> dict[str, str]:
    """An edition whose criteria divide; published before the others, so that they stay the newest."""
    schools = [make.unit(f"Institut des parts, campus {place}") for place in range(1, 6)]
    release = shares.with_years(schools, publish_at=make.PAST - timedelta(days=9))
    ranked = release.units.order_by("position").values_list("slug", flat=True)[:4]
    query = "?" + "&".join(f"ecole={slug}" for slug in ranked)
    return {"shares_ranking": release.ranking_slug, "shares_unit": schools[0].slug, "shares_query": query}


def _families() -> dict[str, str]:
    """An edition with a bonus, one criterion of which is made of four; published before the others too."""
    schools = [make.unit(f"Institut des familles, campus {place}") for place in range(1, 7)]
    release = families.published(schools, slug="ecoles-en-familles", publish_at=make.PAST - timedelta(days=10))
    return {"families_ranking": release.ranking_slug, "families_unit": schools[0].slug}


def _articles(release: Release) -> dict[str, Any]:
    """One in each state, and corrections of others in each of theirs."""
    published = make.approved_article(release)
    draft = make.written_article(release, title_fr="Un brouillon")
    submitted = make.submitted_article(release, title_fr="À relire")
    withdrawn = make.approved_article(release, title_fr="Retiré depuis")
    articles.withdraw_article(
        by=cast().claire, at=make.NOW, article=withdrawn, seen_version=withdrawn.version, reason="Il était faux."
    )
    corrected = make.approved_article(release, title_fr="Corrigé depuis", signature="Ève Martin")
    corrections.approved(corrected)
    begun = corrections.proposed(corrected, title_fr="Corrigé encore")
    waiting = corrections.submitted(published)
    return {
        "corrected_slug": corrected.slug,
        "correctable_article": make.approved_article(release, title_fr="À corriger").pk,
        "begun_correction": begun.pk,
        "waiting_correction": waiting.pk,
        "slug": published.slug,
        "withdrawn_slug": withdrawn.slug,
        "published_article": published.pk,
        "draft": draft.pk,
        "submitted_article": submitted.pk,
        "withdrawn_article": withdrawn.pk,
    }


def _archives() -> dict[str, Any]:
    """A print that is published, before the others too, and one that waits for its file."""
    schools = [make.unit(f"Institut imprimé, campus {place}") for place in range(1, 7)]
    slug = "ecoles-imprimees"
    release = make.archival_release(schools=schools, slug=slug, publish_at=make.PAST - timedelta(days=11))
    opened = editions.open_edition(
        by=cast().hugo, at=make.NOW, ranking=release.edition.ranking, year=2019, texts=make.TEXTS, archival=True
    )
    UnitAlias.objects.create(unit=schools[0], name="Institut d’avant", key="institut d avant")
    return {"archive": release.edition_id, "open_archive": opened.pk, "archive_release": release.pk}


def _rows() -> dict[str, int]:
    """One row of each model that Django's admin shows, by the model's label."""
    return {model._meta.label: model._default_manager.earliest("pk").pk for model in admin.site._registry}
