"""What looks wrong in printed places, and what an unknown school may explain."""

import pytest

from rankings.doubts import doubts
from rankings.models import EditionPlace, EditionPrint
from schools.models import Unit

type Place = tuple[int, bool, str]


def codes(*places: Place, ranked_count: int, out_of: str = "") -> list[str]:
    rows = [
        EditionPlace(unit=Unit(name=f"École {n}", search_key=f"ecole {n}"), rank=rank, tied=tied, points=points)
        for n, (rank, tied, points) in enumerate(places)
    ]
    found = doubts(EditionPrint(ranked_count=ranked_count, out_of=out_of), rows)
    assert all(doubt.sentence and doubt.places for doubt in found)
    return [doubt.code for doubt in found]


@pytest.mark.parametrize(
    ("places", "ranked_count"),
    [
        ([(1, False, ""), (2, True, ""), (2, True, ""), (4, False, "")], 4),
        # The others may be anywhere between.
        ([(1, False, ""), (16, True, ""), (52, False, "")], 63),
    ],
)
def test_competition_ranks_are_expected(places: list[Place], ranked_count: int) -> None:
    assert codes(*places, ranked_count=ranked_count) == []


@pytest.mark.parametrize(
    ("places", "ranked_count", "found"),
    [
        ([(1, False, ""), (2, True, ""), (2, True, ""), (3, False, "")], 4, ["rank"]),
        ([(1, False, ""), (3, False, "")], 2, ["rank"]),
        ([(1, True, ""), (1, True, ""), (2, False, "")], 63, ["rank"]),
        ([(1, False, ""), (1, True, ""), (3, False, "")], 3, ["tie"]),
        ([(1, False, ""), (2, True, ""), (3, False, "")], 3, ["tie"]),
        ([(1, False, "40"), (2, False, "40.5")], 63, ["order"]),
    ],
)
def test_what_no_unknown_school_explains_is_said(places: list[Place], ranked_count: int, found: list[str]) -> None:
    assert codes(*places, ranked_count=ranked_count) == found


def test_more_points_than_there_are_is_said() -> None:
    assert codes((1, False, "43.5"), (2, False, "40"), ranked_count=63, out_of="43") == ["points"]
