"""IMT Mines Alès as a communiqué of 2023 has it, and nothing more: for tests of facts only.

The communiqué states two ranks, 52nd in 2018 and 16th *ex aequo* of 169 in 2023, and a region. The edition of 2018
holds that one place; of how many schools the communiqué does not say, and the print is made to rank as many as were
ranked that year, 164. The edition of 2023 holds 169 places, all others of fictional schools, in the region as in
others, none of them better placed in Occitanie. 2019 to 2022 are not there.
"""

from datetime import UTC, datetime

from rankings.models import Ranking, Release
from schools.models import Unit
from tests import factories as make

SLUG = "imt-mines-ales"
NAME = "IMT Mines Alès"
RANKING = "ecoles-d-ingenieurs"
REGIONS = ("Île-de-France", "Bretagne", "Grand Est", "Auvergne-Rhône-Alpes")
# When each edition came out; all before the instants of the other factories.
ISSUED = {
    2018: datetime(2017, 12, 6, 6, tzinfo=UTC),
    2022: datetime(2022, 1, 13, 6, tzinfo=UTC),
    2023: datetime(2023, 2, 9, 6, tzinfo=UTC),
}
WORDS = {
    "method_fr": "Comme l’imprimé le dit.",
    "method_en": "As the print says.",
}


def editions_of_the_communique(*, rank_2022: int | None = None) -> None:
    """The editions, sealed; with `rank_2022`, one that the communiqué does not give."""
    _edition(2018, {_hero(): "52e"}, ranked_count=164)
    if rank_2022:
        _edition(2022, {_hero(): f"{rank_2022}e"}, ranked_count=172)
    _edition(2023, _places_of_2023(), ranked_count=169)


def release_of_2023() -> Release:
    return Release.objects.get(ranking_slug=RANKING, year=2023)


def _hero() -> Unit:
    return make.unit(NAME, city="Alès", region="Occitanie", academie="Montpellier")


def _places_of_2023() -> dict[Unit, str]:
    """169 places: the 16th is shared, so nobody is 17th."""
    ranks = [*range(1, 16), 16, 16, *range(18, 170)]
    places = {}
    for number, rank in enumerate(ranks, start=1):
        if number == 16:
            places[_hero()] = "16e ex aequo"
            continue
        # One school in ten of those behind is of the region.
        region = "Occitanie" if number > 17 and number % 10 == 0 else REGIONS[number % len(REGIONS)]
        school = make.unit(f"École fictive n° {number}", city="Nulle-Part", region=region)
        places[school] = f"{rank}e ex aequo" if rank == 16 else str(rank)
    return places


def _edition(year: int, places: dict[Unit, str], *, ranked_count: int) -> None:
    edition = make.archival_edition(
        list(places),
        ranks=list(places.values()),
        year=year,
        slug=RANKING,
        words=make.prints.PrintWords(ranked_count=ranked_count, **WORDS),
    )
    _issue(edition.ranking, year)


def _issue(ranking: Ranking, year: int) -> None:
    """Signed and sealed for the day it came out, by people who sat there then."""
    edition = ranking.editions.get(year=year)
    make.sealed_release(edition, at=ISSUED[year], publish_at=ISSUED[year])
