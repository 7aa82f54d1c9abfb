"""Ties that are broken, bands, levels and places within groups: on the pages of a release, in both languages."""

import pytest
from django.test import Client
from django.utils.translation import override

from palmares.public.board import method_of
from palmares.public.placing_words import placing_words
from palmares.public.standings import Standings
from rankings.blocks import blocks
from rankings.compute import compute
from rankings.models import ReleaseIndicator, ReleaseUnit
from schools.models import Unit
from tests import factories as make
from tests.methods import METHOD
from tests.people import Cast
from tests.public.reading import EDITION, words
from tests.public.test_public_changes_in_words import said

SAID = """
[ranks]
bands = [2, 4]
levels = { by = "score", labels = ["A+", "A", "B"], bounds = [8, 5] }
groups = ["region", "sector"]
information = ["frais"]

[[tie_breaker]]
node = "insertion"

[[tie_breaker]]
indicator = "frais"
better = "lower"

"""
PLACED = METHOD.replace("[[node]]", SAID + "[[node]]", 1)
FEES = ReleaseIndicator(code="frais", label_fr="Frais", label_en="Fees")


def plain(texts) -> list[str]:
    return [text.replace("\xa0", " ").replace("\u202f", " ") for text in texts]


def test_each_rule_about_ranks_is_a_sentence():
    method = method_of(PLACED)
    with override("fr"):
        assert plain(placing_words(method, {"frais": FEES})) == [
            "Des écoles de même score sont départagées, dans cet ordre, par : les points de « Insertion », le plus "
            "haut d’abord ; « Frais », le plus bas d’abord.",
            "Une école dont ce chiffre n’est pas connu vient après ; celles que rien ne distingue sont ex aequo.",
            "À partir de la 2e place, les rangs se lisent par tranches : de 2 à 3, 4 et au-delà.",
            "Chaque école classée a un niveau : A+ à partir de 8 points, A à partir de 5 points, B au-dessous.",
            "Chaque école a aussi un rang parmi les écoles classées de même groupe (région, statut).",
            "Donné pour information, sans compter dans le score : « Frais ».",
        ]
    with override("en"):
        english = plain(placing_words(method, {"frais": FEES}))
    assert english[0] == (
        "Schools with the same score are told apart, in this order, by: the points of “Employment”, highest first; "
        "“Fees”, lowest first."
    )
    assert english[2:5] == [
        "From the 2nd place on, ranks are read in bands: 2 to 3, 4 and beyond.",
        "Each ranked school has a level: A+ from 8 points, A from 5 points, B below.",
        "Each school also has a rank among the ranked schools of the same group (region, status).",
    ]
    by_rank = PLACED.replace('by = "score"', 'by = "rank"').replace("bounds = [8, 5]", "bounds = [0.1, 0.255]")
    with override("fr"):
        levels = plain(placing_words(method_of(by_rank), {}))[3]
    assert "A+ dans les 10 % les mieux classées, A dans les 25,5 % les mieux classées, B ensuite" in levels


def test_no_rule_no_sentence():
    assert list(placing_words(method_of(METHOD), {})) == []


def unit(slug: str, rank: int | None, score: str, region: str, *, tied: bool = False) -> ReleaseUnit:
    return ReleaseUnit(slug=slug, rank=rank, score=score, region=region, tied=tied, sector="public")


def test_standings_are_made_of_the_sealed_rows():
    units = [
        unit("a", 1, "8.0", "Bretagne"), unit("b", 2, "7.9", "Bretagne", tied=True), unit("c", 2, "7.9", "", tied=True),
        unit("d", 4, "4.9", "Bretagne"), unit("e", None, "", "Bretagne"),
    ]  # fmt: skip
    standings = Standings(method_of(PLACED).placing, units)
    with override("fr"):
        told = {one.slug: standings.of(one) for one in units}
    assert [(one.level, one.band) for one in told.values()] == [
        ("A+", ""), ("A", "de 2 à 3"), ("A", "de 2 à 3"), ("B", "4 et au-delà"), ("", ""),
    ]  # fmt: skip
    region, sector = told["d"].groups
    assert (region.grouping, region.group, region.place.rank, region.place.ranked) == ("région", "Bretagne", 3, 3)
    assert (sector.group, sector.place.rank) == ("publique", 4)
    assert [one.group for one in told["c"].groups] == ["publique"]
    assert told["b"].groups[1].place.tied
    assert told["e"].groups == ()


def test_a_change_of_what_is_said_of_ranks_has_its_sentence():
    assert said(METHOD, PLACED) == {"placing": "Au-delà des scores, les rangs ne se disent plus de la même façon."}
    back = said(PLACED, METHOD, "en")
    assert back == {"placing": "Ranks are read alone: no tie-breaker, no band, no level, no group."}


IN_FORCE = PLACED.replace('information = ["frais"]\n', "").replace('"frais"', '"salaire"')


@pytest.mark.django_db
def test_pages_of_a_release_say_it(people: Cast, client: Client) -> None:
    release = make.published_release(method=IN_FORCE)
    method, ranking = words(client.get(f"{EDITION}methode/")), words(client.get(EDITION))
    assert "les rangs se lisent par tranches" in method
    assert "rien ne les départage" not in method
    assert "ranks are read in bands" in words(client.get(f"/en{EDITION}methode/"))
    ranked = [unit for unit in release.units.all() if unit.rank]
    assert ranking.count("niveau ") >= len(ranked)
    assert "tranche 4 et au-delà" in ranking
    assert "Dans ses groupes" in ranking
    assert "band 4 and beyond" in words(client.get(f"/en{EDITION}"))
    plain_page = make.published_release(year=2027)
    assert "tranche" not in words(client.get(f"/{plain_page.ranking_slug}/2027/"))


@pytest.mark.django_db
def test_the_engine_is_told_the_groups_of_schools(people: Cast) -> None:
    rows = compute(make.edition(3, method=IN_FORCE)).result.rows
    unit = Unit.objects.get(slug=rows[0].unit)
    assert rows[0].standing.groups["region"].label == unit.region
    assert rows[0].standing.groups["sector"].label == unit.sector


@pytest.mark.django_db
def test_a_grouping_the_site_does_not_know_blocks_an_edition(people: Cast) -> None:
    edition = make.edition(3, method=IN_FORCE.replace('"sector"', '"pays"'))
    (block,) = blocks(edition)
    assert (block.code, block.count) == ("groups", 1)
    assert "pays" in block.sentence
    assert "duration_years" in block.sentence
