"""What moved and what changed since the edition before, on the front page and in the methodology."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from palmares.public.changes import Changes
from rankings.models import Release, ReleaseUnit
from rankings.moves import MOST_MOVES, Move, Moves, foremost
from tests import factories
from tests.methods import METHOD
from tests.public import two_years
from tests.public.reading import EDITION, words
from tests.scenes import scene

pytestmark = pytest.mark.django_db

PAGE = f"{EDITION}methode/"


def releases() -> tuple[Release, Release]:
    return Release.objects.get(year=2025), Release.objects.get(year=2026)


@scene(two_years.both)
def test_methodology_says_what_changed_in_both_languages(client: Client) -> None:
    said = words(client.get(PAGE))
    assert "Ce qui a changé depuis 2025" in said
    for part in (
        "La méthode n’est pas celle de 2025.",
        "Chaque critère est sur 10 points ; il était sur 5.",
        "« Mobilité » : nouveau critère de « Ouverture », sur 10 points, 20,0 % du score.",
        "« Recherche » s’appelle désormais « Ouverture ».",
        "0 en dessous de 70 % ; 2 à partir de 70 % ; 3,5 à partir de 80 % ; 5 à partir de 90 %",
        "Valeur non communiquée : 0 point, par une règle écrite de la méthode ; auparavant, le critère est retiré",
        "une école doit avoir 50 % du poids de la méthode connu ; 60 % auparavant.",
        "Tous les indicateurs sont lus sur 2025 ; ils l’étaient sur 2024.",
        "École des mines de Brézac entre dans le palmarès.",
        "Institut Ampère-Lavoisier n’y est plus.",
    ):
        assert part in said
    english = words(client.get(f"/en{PAGE}"))
    assert "“Research” is now called “Openness”." in english
    assert "Every criterion is out of 10 points; it was out of 5." in english


@scene(two_years.both)
def test_weights_are_told_for_both_editions(client: Client) -> None:
    earlier, release = releases()
    rows = {row.key: row for row in Changes(release, earlier).weights}
    assert (rows["doctorants"].percent_before, rows["doctorants"].percent) == (40, 20)
    assert rows["mobilite"].out_of_before is None
    assert sum(row.percent for row in rows.values() if row.level == 1 and row.percent) == 100


@scene(factories.published_release)
def test_first_edition_has_nothing_to_compare_with(client: Client) -> None:
    assert "Ce qui a changé" not in words(client.get(PAGE))
    assert "Ce qui a bougé" not in words(client.get("/"))


@scene(None)
def test_same_method_is_said_to_be_the_same(client: Client) -> None:
    for year in (2025, 2026):
        factories.published_release(factories.edition(6, year=year))
    earlier, release = releases()
    assert Changes(release, earlier).same_method
    assert "La méthode est celle de 2025" in words(client.get(PAGE))
    assert "Méthode changée" not in words(client.get("/"))
    assert "La même méthode qu’en 2025" in words(client.get("/"))


@scene(None)
def test_another_definition_is_told_with_both_texts(client: Client) -> None:
    factories.published_release(factories.edition(6, year=2025))
    factories.indicator("mobilite", version=2, definition_fr="Mois passés hors d’Europe.", measure="months")
    # A method names the definitions that were the latest when it was filed.
    filed_after = METHOD.replace("Méthode des essais", "Méthode des essais, suite")
    factories.published_release(factories.edition(6, year=2026, method=filed_after))
    earlier, release = releases()
    assert not Changes(release, earlier).same_method
    said = words(client.get(PAGE))
    assert "est défini autrement" in said
    assert "Mois passés hors d’Europe." in said


@scene(two_years.later)
def test_earlier_edition_under_embargo_is_compared_with_by_nobody(client: Client) -> None:
    addresses = ("/", PAGE, f"/en{PAGE}")
    before = [(client.get(address).content, client.get(address).headers["ETag"]) for address in addresses]
    edition = factories.edition(factories.units(6), year=2025, reference_year=2024, method=two_years.METHOD_BEFORE)
    release = factories.sealed_release(edition, publish_at=timezone.now() + timedelta(minutes=10))
    after = [(client.get(address).content, client.get(address).headers["ETag"]) for address in addresses]
    assert after == before
    assert release.year == 2025


@scene(two_years.both)
def test_etag_of_the_methodology_moves_with_a_correction_of_the_edition_before(client: Client) -> None:
    earlier, _release = releases()
    first = client.get(PAGE).headers["ETag"]
    factories.approved_value("51", of=factories.units(3)[2], indicator_code="emploi", year=2024, at=factories.PAST)
    factories.published_release(earlier.edition, publish_at=factories.PAST, at=factories.PAST)
    assert client.get(PAGE).headers["ETag"] != first


@scene(two_years.both)
def test_front_page_says_what_moved_as_the_rows_do(client: Client) -> None:
    earlier, release = releases()
    said = words(client.get("/"))
    before = {unit.slug: unit.rank for unit in earlier.units.all()}
    moves = Moves(release, earlier)
    for move in [*moves.gains, *moves.losses]:
        assert move.places == before[move.unit.slug] - move.unit.rank
        assert move.unit.name in said
    assert moves.gains
    assert moves.losses
    assert "Méthode changée" in said
    assert "Entrent École des mines de Brézac" in said
    assert "Sortent Institut Ampère-Lavoisier" in said


@scene(two_years.both)
def test_moves_tell_apart_came_left_and_ranked() -> None:
    earlier, release = releases()
    moves = Moves(release, earlier)
    assert [unit.slug for unit in moves.came or ()] == ["ecole-des-mines-de-brezac"]
    assert [unit.slug for unit in moves.left or ()] == ["institut-ampere-lavoisier"]
    # The last school of each edition is under statistical secrecy: another one each year.
    assert [unit.slug for unit in moves.ranked_now] == ["ensi-rives-de-meuse"]
    assert [unit.slug for unit in moves.ranked_no_more] == ["ecole-centrale-de-vaucelles"]


@scene(two_years.both)
def test_printed_ranks_that_are_not_all_known_leave_open_who_came() -> None:
    earlier, release = releases()
    earlier.ranked_count += 1
    moves = Moves(release, earlier)
    assert moves.came is None
    assert moves.said_of(moves.units["ecole-des-mines-de-brezac"]) == "rang de 2025 inconnu"


@scene(None)
def test_edition_from_the_archive_says_what_is_known_of_it(client: Client) -> None:
    factories.archival_release(year=2025, publish_at=factories.PAST - timedelta(days=9))
    two_years.later()
    said = words(client.get(PAGE))
    assert "La méthode de 2025 n’est pas connue ici" in said
    assert factories.PRINT_WORDS.method_fr in said
    assert "Les barèmes" not in said
    assert "Les rangs de 2025 sont repris de l’imprimé." in words(client.get("/"))


def moves_of(*places: int) -> list[Move]:
    return [Move(ReleaseUnit(rank=50), ReleaseUnit(rank=50 + n)) for n in places]


@pytest.mark.parametrize(
    ("places", "kept"),
    [((9, 4), 2), ((9, 8, 7, 6, 5, 4), MOST_MOVES), ((9, 8, 7, 6, 5, 5, 5), 7), ((9, 5, 5, 5, 5, 5, 5, 5, 5), 1)],
)
def test_equal_moves_are_listed_together_or_not_at_all(places: tuple[int, ...], kept: int) -> None:
    assert len(foremost(moves_of(*places))) == kept


def test_pages_with_an_edition_before_cost_the_same_for_few_schools_and_for_many(client: Client) -> None:
    two_years.both(7)
    few = {address: cost(client, address) for address in ("/", PAGE)}
    two_years.both(24, slug="autre-palmares")
    many = {address: cost(client, address.replace("ecoles-ingenieurs", "autre-palmares")) for address in few}
    assert many == few
    assert few["/"] <= 12
    assert few[PAGE] <= 18


def cost(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)
