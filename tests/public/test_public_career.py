"""A school's page over the editions: its ranks as a line and a table, its distinctions, its articles."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from palmares.public.career import Career
from palmares.public.distinctions import Standing
from palmares.public.editions import Editions
from rankings.models import Release
from tests import factories as make
from tests.public.reading import words
from tests.rankings.handmade import facts_of, with_edition
from tests.rankings.test_facts_of_moves import HALF, WHOLE
from tests.scenes import scene

pytestmark = pytest.mark.django_db

SLUG = "ecole-des-mines-de-brezac"
DAY = timedelta(days=1)
BEGIN = make.PAST - 10 * DAY


def address(year: int = 2023) -> str:
    return f"/ecoles-ingenieurs/{year}/ecoles/{SLUG}/"


def four_editions() -> None:
    """Printed in 2020, out of five in 2021, out of ten in 2023 and nothing in 2022; an article on the last."""
    schools = make.units(6)
    make.archival_release(schools=schools, year=2020, ranks=("52e", "1re", "2e", "3e", "4e", "5e"), publish_at=BEGIN)
    make.sealed_release(make.edition(schools, year=2021, method=HALF), publish_at=BEGIN + DAY)
    make.sealed_release(make.edition(schools[::-1], year=2023, method=WHOLE), publish_at=BEGIN + 2 * DAY)
    make.approved_article(Release.objects.get(year=2023))


def career(year: int = 2023) -> Career:
    editions = Editions.of("ecoles-ingenieurs", make.NOW)
    return Career(editions, editions.places([SLUG])[SLUG], year)


@scene(four_editions)
def test_every_edition_up_to_the_pages_is_a_stop() -> None:
    assert [(stop.year, stop.now) for stop in career().stops] == [(2020, False), (2021, False), (2023, True)]
    assert [stop.year for stop in career(2021).stops] == [2020, 2021]
    assert career().stops[0].words == "52e"


@scene(four_editions)
def test_nothing_joins_two_editions_with_a_year_missing_between_them() -> None:
    drawing = career().drawing
    assert drawing is not None
    assert len(drawing.dots) == 3
    assert len(drawing.lines) == 1, "2020 to 2021 alone"


@scene(four_editions)
def test_the_first_place_is_on_top_and_years_are_as_far_as_they_are() -> None:
    dots = career().drawing.dots
    assert [dot.x for dot in dots] == ["60.0", "152.0", "336.0"]
    by_rank = sorted(dots, key=lambda dot: dot.stop.rank)
    assert [float(dot.y) for dot in by_rank] == sorted(float(dot.y) for dot in dots)


@scene(four_editions)
def test_the_line_is_marked_where_the_rules_changed() -> None:
    assert [stop.changed for stop in career().stops] == [False, False, True]
    assert career().drawing.changes
    assert "chaque critère est noté sur 5 en 2021, sur 10 en 2023" in career().caption
    assert "Le rang de 2020 est repris de l’imprimé" in career().caption


@scene(four_editions)
def test_the_page_has_the_drawing_and_its_table(client: Client) -> None:
    page = client.get(address())
    said, html = words(page), page.content.decode()
    assert 'class="curve"' in html
    assert "3 éditions" in said
    assert "rang repris de l’imprimé" in said
    assert f'href="{address(2020)}"' in html
    assert "Ranks by edition: 2020, 52nd" in client.get(f"/en{address()}").content.decode()


@scene(make.published_release)
def test_one_edition_alone_makes_no_line(client: Client) -> None:
    assert (
        'id="editions"' not in client.get("/ecoles-ingenieurs/2026/ecoles/ecole-des-mines-de-brezac/").content.decode()
    )


@scene(four_editions)
def test_each_distinction_has_its_rule_and_its_denominator(client: Client) -> None:
    said = words(client.get(address()))
    distinctions = said.split("Distinctions")[1].split("On en parle")[0]
    assert "de la région Occitanie" in distinctions
    assert "écoles classées de la région Occitanie" in distinctions
    assert "Sa place parmi les écoles classées de ce groupe" in distinctions
    assert 'href="/ecoles-ingenieurs/2023/regions/occitanie/"' in client.get(address()).content.decode()


@scene(four_editions)
def test_articles_whose_figures_name_the_school_are_led_to(client: Client) -> None:
    page = client.get(address())
    assert "/articles/l-ecole-des-mines-de-brezac-au-palmares/" in page.content.decode()
    assert "On en parle" in words(page)
    other = Release.objects.get(year=2023).units.exclude(slug=SLUG).first()
    assert "On en parle" not in words(client.get(address().replace(SLUG, other.slug)))


@scene(four_editions)
def test_an_edition_to_come_is_neither_a_stop_nor_in_the_etag(client: Client) -> None:
    before = client.get(address()).headers["ETag"]
    make.sealed_release(make.edition(6, year=2022, method=WHOLE), publish_at=make.FUTURE)
    page = client.get(address())
    assert page.headers["ETag"] == before
    assert [stop.year for stop in career().stops] == [2020, 2021, 2023]


@scene(four_editions)
def test_the_page_costs_the_same_for_few_editions_and_for_many(client: Client) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address()).status_code == 200
        return len(queries)

    three = cost()
    make.sealed_release(make.edition(6, year=2022, method=HALF), publish_at=make.PAST - DAY)
    assert cost() == three
    assert three <= 25


def test_what_the_method_became_is_said_once_for_all_the_distinctions() -> None:
    facts = facts_of(16, count=169, method_text=WHOLE)
    for year, rank in ((2024, 31), (2025, 27)):
        with_edition(facts, year, {"ecole-1": rank}, count=172, method_text=HALF)
    standing = Standing(facts.held.release, facts.held.units["ecole-1"], make.NOW)
    standing.facts = facts
    repeated = [said for told in standing.distinctions for said in told.method]
    assert len(repeated) > 1
    assert len(standing.method) == 1 == len(set(repeated))
    assert "chaque critère est noté sur 5 en 2025" in standing.method[0]
    assert not any("barème" in told.note for told in standing.distinctions)
