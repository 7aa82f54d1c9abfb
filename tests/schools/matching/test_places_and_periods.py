"""Towns as files write them, and years as spans of days."""

from datetime import date

import pytest

from schools.matching import Place
from schools.matching.periods import ALWAYS, Period, covers, joined, overlap, period, shared, without
from schools.matching.subjects import Name, named


@pytest.mark.parametrize(
    ("city", "towns"),
    [
        ("", ()),
        ("Marseille  3e", ("marseille",)),
        ("Paris 1er", ("paris",)),
        ("SALON AIR CEDEX 2", ("salon air",)),
        ("13 - Marseille", ("marseille",)),
        ("80 Amiens", ("amiens",)),
        ("94-Arcueil", ("arcueil",)),
        ("59 - Douai 59 - Villeneuve-d'Ascq", ("douai", "villeneuve d ascq")),
        ("76 - Rouen E ; 35 - Bruz", ("rouen e", "bruz")),
        ("20 - Corte", ("corte",)),
    ],
)
def test_towns_are_read_whatever_stands_around(city: str, towns: tuple[str, ...]) -> None:
    assert Place(city).towns == towns


def test_shared_town_is_whole_or_a_beginning() -> None:
    assert Place("54 - Nancy MP").shared_town(Place("Nancy")) == "nancy"
    assert Place("Lyon 5e").shared_town(Place("69 - Ecully 69 - Lyon")) == "lyon"
    assert Place("Metz").shared_town(Place("Metzervisse")) == ""
    assert Place("Metz").shared_town(Place()) == ""


def test_academies_are_compared_when_both_are_said() -> None:
    assert Place(academie="Besançon").same_academie(Place(academie="BESANCON")) is True
    assert Place(academie="Lyon").same_academie(Place(academie="Nice")) is False
    assert Place(academie="Lyon").same_academie(Place()) is None


YEARS = [ALWAYS, period(None, 2014), period(2010, 2019), period(2015, 2019), period(2020, None), period(2020, 2020)]


@pytest.mark.parametrize("one", YEARS)
@pytest.mark.parametrize("other", YEARS)
def test_spans_are_sets_of_days(one: Period, other: Period) -> None:
    days = [date(year, month, day) for year in range(2005, 2026) for month, day in ((8, 31), (9, 1))]

    def among(span: Period | None) -> set[date]:
        return {d for d in days if span and (not span[0] or span[0] <= d) and (not span[1] or d <= span[1])}

    assert overlap(one, other) == bool(among(one) & among(other))
    assert covers(one, other) == (among(other) <= among(one) and (one == other or bool(among(one))))
    assert among(shared(one, other)) == among(one) & among(other)
    assert set().union(*(among(part) for part in without(one, other))) == among(one) - among(other)
    both = joined(one, other)
    if both:
        assert among(both) == among(one) | among(other)
    else:
        assert not overlap(one, other)


def test_spans_that_follow_one_another_are_joined() -> None:
    assert joined(period(2010, 2014), period(2015, 2019)) == period(2010, 2019)
    assert joined(period(2010, 2013), period(2015, 2019)) is None


def test_names_are_told_once_the_latest_first_without_their_asterisk() -> None:
    found, marked = named(
        [("École *", 2019, 2022), ("ÉCOLE", 2006, 2018), ("Institut", 2006, 2010), (" * ", 2006, 2006)]
    )
    assert found == (Name("École", 2006, 2022), Name("Institut", 2006, 2010))
    assert marked
