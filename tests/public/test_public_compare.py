"""Schools side by side: who may be compared, at which address, and what the page says of them."""

import re
import xml.etree.ElementTree as ET
from decimal import Decimal
from itertools import pairwise

import pytest
from django.test import Client
from django.urls import reverse

from palmares.public.rank_chart import Run, rank_chart
from rankings.models import Release
from schools.typography import number
from tests import factories
from tests.methods import METHOD
from tests.public.reading import EDITION, release_with_licences, words
from tests.rankings import shares
from tests.scenes import scene

pytestmark = pytest.mark.django_db

COMPARE = f"{EDITION}comparer/"
BREZAC, AMPERE, VAUCELLES = (
    "ecole-des-mines-de-brezac",
    "institut-ampere-lavoisier",
    "ecole-centrale-de-vaucelles",
)


def three_years() -> None:
    """2024 and 2025 by one method, 2026 by another; a school that comes in 2025, one that is not ranked in 2026."""
    changed = METHOD.replace("from = [70, 80, 90]", "from = [60, 80, 90]")
    for year, count, method in ((2024, 5, METHOD), (2025, 6, METHOD.replace("Méthode", "Règles")), (2026, 6, changed)):
        factories.published_release(factories.edition(count, year=year, method=method))


def compared(client: Client, *slugs: str, prefix: str = "", **more: str):
    return client.get(f"{prefix}{COMPARE}", {"ecole": slugs, **more})


def shown(client: Client, *slugs: str, prefix: str = ""):
    """The page of these schools, asked for at their canonical address."""
    return compared(client, *sorted(slugs), prefix=prefix)


def in_order(release: Release, count: int) -> list[str]:
    return list(release.units.order_by("position").values_list("slug", flat=True)[:count])


@scene(factories.published_release)
def test_two_to_four_schools_stand_side_by_side(client: Client, subtests: pytest.Subtests) -> None:
    release = Release.objects.get()
    for count, says in ((2, "Deux"), (3, "Trois"), (4, "Quatre")):
        with subtests.test(count):
            slugs = in_order(release, count)
            said = words(shown(client, *slugs))
            assert f"{says} écoles côte à côte" in said
            for unit in release.units.filter(slug__in=slugs):
                assert unit.name in said
            assert "Ce qui les sépare" in said


@scene(factories.published_release)
def test_an_address_has_one_order(client: Client) -> None:
    slugs = sorted(in_order(Release.objects.get(), 3))
    response = compared(client, *reversed(slugs), slugs[0], "")
    assert response.status_code == 302
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Location"] == f"{COMPARE}?" + "&".join(f"ecole={slug}" for slug in slugs)
    assert client.get(response.headers["Location"]).status_code == 200
    page = compared(client, *slugs).content.decode()
    assert f'rel="canonical" href="http://testserver{COMPARE}?ecole={slugs[0]}&amp;ecole={slugs[1]}' in page


@scene(factories.published_release)
def test_one_school_alone_asks_for_another_and_the_field_finds_it(client: Client) -> None:
    response = compared(client, BREZAC, q="VAUCELLES")
    said = words(response)
    assert "À comparer avec" in said
    assert "Ce qui les sépare" not in said
    added = re.search(r'href="([^"]*comparer/[^"]*vaucelles[^"]*)"', response.content.decode())
    assert added
    assert "écoles côte à côte" in words(client.get(added[1].replace("&amp;", "&")))
    assert "ne porte « zzz »" in words(compared(client, BREZAC, q="zzz"))


@scene(factories.published_release)
def test_more_than_four_are_refused_and_one_can_be_taken_out(client: Client) -> None:
    slugs = sorted(in_order(Release.objects.get(), 6))
    response = compared(client, *slugs)
    said = words(response)
    assert "On en compare 4 au plus, et il y en a 6 : retirez-en 2." in said
    assert "Ce qui les sépare" not in said
    without = "&amp;".join(f"ecole={slug}" for slug in slugs[1:])
    assert f'href="{COMPARE}?{without}"' in response.content.decode()


@scene(factories.published_release)
def test_what_names_no_school_is_said_and_the_others_are_compared(client: Client, subtests: pytest.Subtests) -> None:
    slugs = in_order(Release.objects.get(), 2)
    said = words(compared(client, *slugs, "atlantide"))
    assert "« atlantide » n’est l’adresse d’aucune école" in said
    assert "Deux écoles côte à côte" in said
    for odd in ("\0", "x" * 5000, "<script>alert(1)</script>", "' OR 1=1", "٣"):
        with subtests.test(odd[:20]):
            response = client.get(COMPARE, {"ecole": odd, "q": odd}, follow=True)
            assert response.status_code == 200
            assert b"<script>alert" not in response.content


@scene(factories.published_release)
def test_differences_are_said_with_their_figures(client: Client) -> None:
    release = Release.objects.get()
    first, *_others, second = in_order(release, 4)
    units = {unit.slug: unit for unit in release.units.all()}
    said = words(shown(client, first, second))
    gap = units[second].rank - units[first].rank
    assert f"{gap} place" in said
    assert f"{units[first].name} : {units[first].score.replace('.', ',')}" in said
    points = {(p.unit.slug, p.node.key): p.points for p in _points(release)}
    got = {units[slug].name: Decimal(points[slug, "insertion"]) for slug in (first, second)}
    told = [f"{name} : {number(figure)}" for name, figure in sorted(got.items(), key=lambda item: -item[1])]
    assert f"Insertion , sur 10. {' ; '.join(told)} ." in said


def _points(release: Release):
    from rankings.models import ReleasePoints

    return ReleasePoints.objects.filter(unit__release=release).select_related("unit", "node")


@scene(factories.published_release)
def test_equal_schools_are_said_equal(client: Client) -> None:
    said = words(shown(client, VAUCELLES, "ensi-montfaucon"))
    assert "= à égalité" in said
    assert "4 critères sur 4 :" in said
    assert "Là où elles s’écartent le plus" not in said


@scene(factories.published_release)
def test_an_absence_is_said_and_never_compared(client: Client) -> None:
    release = Release.objects.get()
    secret = release.units.get(rank=None, values__kind="secret", values__indicator__code="salaire")
    said = words(shown(client, in_order(release, 1)[0], secret.slug))
    assert f"{secret.name} n’est pas classée" in said
    assert "Ce qui ne se compare pas" in said
    assert f"Salaire : non compté pour {secret.name}" in said
    assert "secret statistique" in said


@scene(release_with_licences)
def test_a_withheld_value_stays_so(client: Client) -> None:
    response = shown(client, BREZAC, AMPERE)
    assert "51739" not in response.content.decode().replace("\u202f", "").replace("\xa0", "")
    assert "non publiable" in words(response)
    assert "97,3 %" in words(response), "a value to look at only"


@scene(factories.published_release)
def test_each_value_leads_to_its_source(client: Client) -> None:
    page = shown(client, *in_order(Release.objects.get(), 2)).content.decode()
    for code in ("salaire", "emploi", "doctorants", "mobilite"):
        assert len(re.findall(rf'href="{EDITION}ecoles/[\w-]+/#source-{code}"', page)) == 2


def test_a_quotient_leads_to_the_sources_of_its_figures(client: Client) -> None:
    release = shares.with_years()
    first, second = in_order(release, 2)
    address = reverse("public:compare", args=[shares.SLUG, 2026])
    response = client.get(address, {"ecole": sorted([first, second])})
    for code in ("femmes", "hommes"):
        assert f"#source-{code}" in response.content.decode()
    assert "Femmes parmi les élèves" in words(response)


@scene(three_years)
def test_ranks_over_the_editions_are_drawn_and_written(client: Client) -> None:
    response = shown(client, *in_order(Release.objects.get(year=2026), 2))
    drawing = ET.fromstring(re.search(r'<svg class="ranks".*?</svg>', response.content.decode(), re.DOTALL)[0])
    assert len(drawing.findall("path[@class='ln s1']")) == 1
    assert len(drawing.findall("path[@class='ln s2']")) == 1
    assert len(drawing.findall("path[@class='mth']")) == 1, "2026 changes a threshold, 2025 a title only"
    for unit in Release.objects.get(year=2024).units.filter(slug__in=(BREZAC, AMPERE)):
        assert f"2024, {unit.rank}" in drawing.find("title").text
    assert "nouvelle méthode" in words(response)
    assert f'href="{EDITION.replace("2026", "2024")}"' in response.content.decode()


@scene(three_years)
def test_an_edition_without_the_school_says_so(client: Client) -> None:
    late = "ecole-des-eaux-et-forets-du-morvan"
    units = Release.objects.get(year=2026).units.filter(slug__in=(BREZAC, late)).order_by("position")
    assert not Release.objects.get(year=2024).units.filter(slug=late).exists()
    said = words(shown(client, *(unit.slug for unit in units)))
    assert "absente" in said


@scene(factories.published_release)
def test_english_and_the_ways_to_it(client: Client) -> None:
    slugs = in_order(Release.objects.get(), 2)
    assert "Two schools side by side" in words(shown(client, *slugs, prefix="/en"))
    ranking = client.get(EDITION).content.decode()
    assert f'action="{COMPARE}"' in ranking
    assert f'name="ecole" value="{slugs[0]}" form="comparer"' in ranking
    assert f'href="{COMPARE}?ecole={slugs[0]}"' in client.get(f"{EDITION}ecoles/{slugs[0]}/").content.decode()


def test_names_never_stand_over_one_another() -> None:
    names = ["École des eaux et forêts du Morvan", "École supérieure d’informatique de Courcy", "ENSI", "École du bois"]
    runs = [Run(n, name, "3e", {2022: 40 + n, 2023: 3}) for n, name in enumerate(names, 1)]
    chart = rank_chart(runs, [2022, 2023], ())
    assert chart is not None
    heights = sorted(float(y) for label in chart.labels for y in (label.y, *(y for y, _words in label.lines)))
    assert all(after - before >= 14 for before, after in pairwise(heights))
    assert heights[-1] < float(chart.foot)
    assert heights[0] > 8


def test_no_line_no_drawing() -> None:
    assert rank_chart([Run(1, "A", "1re", {2023: 1})], [2023], ()) is None
    assert rank_chart([Run(1, "A", "", {})], [2022, 2023], ()) is None
