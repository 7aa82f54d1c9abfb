"""What looks wrong in printed places. A print may be wrong itself: it is said, and changes nothing."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from django.utils.translation import gettext as _

from rankings.models import EditionPlace, EditionPrint


@dataclass(frozen=True)
class Doubt:
    """One thing to look at in the print: a stable code, a sentence, and the places it is about."""

    code: str
    sentence: str
    places: tuple[EditionPlace, ...] = ()


def doubts(record: EditionPrint, places: Sequence[EditionPlace]) -> tuple[Doubt, ...]:
    """Everything that looks wrong, in the order of the ranks; empty when nothing does. No query but for the units.

    Competition ranks are expected (1-2-2-4): a rank is one more than the schools before it. Where some places are
    unknown, only what no unknown school could explain is said.
    """
    ordered = sorted(places, key=lambda place: (place.rank, place.unit.search_key))
    whole = len(ordered) == record.ranked_count
    checks: tuple[Callable[[], Iterator[Doubt]], ...] = (
        lambda: _ranks(ordered, whole=whole),
        lambda: _ties(ordered, whole=whole),
        lambda: _points(ordered, record.out_of),
    )
    return tuple(doubt for check in checks for doubt in check())


def _ranks(places: Sequence[EditionPlace], *, whole: bool) -> Iterator[Doubt]:
    held = Counter(place.rank for place in places)
    before = 0
    for rank in sorted(held):
        here = tuple(place for place in places if place.rank == rank)
        if before > rank - 1 or (whole and before < rank - 1):
            sentence = _("Rang %(rank)s : on attendrait %(expected)s, un de plus que les écoles placées avant.")
            yield Doubt("rank", sentence % {"rank": rank, "expected": before + 1}, here)
        before += held[rank]


def _ties(places: Sequence[EditionPlace], *, whole: bool) -> Iterator[Doubt]:
    held = Counter(place.rank for place in places)
    for place in places:
        if held[place.rank] > 1 and not place.tied:
            sentence = _("%(name)s partage le rang %(rank)s sans être dite ex aequo.")
        elif whole and held[place.rank] == 1 and place.tied:
            sentence = _("%(name)s est dite ex aequo, et elle est seule au rang %(rank)s.")
        else:
            continue
        yield Doubt("tie", sentence % {"name": place.unit.name, "rank": place.rank}, (place,))


def _points(places: Sequence[EditionPlace], out_of: str) -> Iterator[Doubt]:
    told = [place for place in places if place.points]
    for place in told:
        if out_of and Decimal(place.points) > Decimal(out_of):
            sentence = _("%(name)s a %(points)s points, plus que le maximum de %(out_of)s.")
            said = {"name": place.unit.name, "points": place.points, "out_of": out_of}
            yield Doubt("points", sentence % said, (place,))
    for one, two in pairwise(told):
        if one.rank < two.rank and Decimal(one.points) < Decimal(two.points):
            sentence = _("%(two)s a plus de points que %(one)s, mieux classée.")
            yield Doubt("order", sentence % {"one": one.unit.name, "two": two.unit.name}, (one, two))
