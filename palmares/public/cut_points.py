"""The cut points a scale was applied with, in the reader's words: sentences, and the steps of a table."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from palmares.public.points_words import counted_points, plain_points, shortened
from palmares.public.quotients import Indicators, bound_words, unit_of
from palmares.public.scale_rules import percentile_words, shares_words, ties_words
from rankings.engine import CutPoints
from rankings.engine.columns import Column
from rankings.engine.exact import shown_decimal
from rankings.engine.scales import SCALES, Quantiles, Scale
from rankings.models import ReleaseNode

# A table of more steps than this is folded; the points that a rank or a share makes are written to so many decimals.
MOST_STEPS = 10
POINTS_DECIMALS = 2


@dataclass(frozen=True)
class Step:
    """A step of a scale: from this bound on (or below all of them), these points. `alone`: the bound is one value."""

    bound: str
    points: Decimal
    alone: bool = False


@dataclass(frozen=True)
class Told:
    """What is said of the cut points of one criterion; no steps where points follow a line.

    `yes_or_no`: its values are these two, and which is better goes without saying.
    """

    sentences: tuple[str, ...]
    steps: tuple[Step, ...] = ()
    yes_or_no: bool = False

    @property
    def folded(self) -> bool:
        """Whether the table is too long to be open."""
        return len(self.steps) > MOST_STEPS


@dataclass(frozen=True)
class Reading:
    """The cut points of one criterion, the scale they come from, and what its values are called."""

    cuts: CutPoints
    scale: Scale
    node: ReleaseNode
    indicators: Indicators

    @property
    def told(self) -> Told:
        """The sentences and the steps."""
        if not self.cuts.bounds:
            return Told((_("Aucune valeur n’était connue."),))
        steps, unit = tuple(self._steps()), unit_of(self.node, self.indicators)
        yes_or_no = unit == "boolean" and bool(steps) and steps[0].alone
        return Told(tuple(_SAID[self.cuts.kind](self)), steps, yes_or_no)

    def bound(self, place: int) -> str:
        """One of the bounds, with its unit and all its decimals."""
        return self.value(shown_decimal(self.cuts.bounds[place]))

    def about(self, place: int) -> str:
        """The same, to a few decimals where it has many: a mean seldom ends."""
        return self.value(shortened(self.cuts.bounds[place]))

    def value(self, figure: Decimal) -> str:
        """A value with its unit."""
        return bound_words(self.node, self.indicators, figure)

    def _steps(self) -> Iterator[Step]:
        if self.cuts.kind in ("thresholds", "quantiles", "gaps"):
            yield from self._reached()
        elif self.cuts.counts or self.cuts.kind == "lookup":
            marks = SCALES[self.cuts.kind].marks(Column.of(self.cuts.bounds), self.cuts)
            for at, bound in enumerate(self.cuts.bounds):
                points = Fraction(marks.nums[at]) / marks.den
                yield Step(self.value(shown_decimal(bound)), shortened(points, POINTS_DECIMALS), alone=True)

    def _reached(self) -> Iterator[Step]:
        bounds, points = self.cuts.bounds, [shown_decimal(Fraction(points)) for points in self.cuts.points]
        if bounds == (1,) and self.cuts.better == "higher" and unit_of(self.node, self.indicators) == "boolean":
            for value, given in zip((0, 1), points, strict=True):
                yield Step(self.value(Decimal(value)), given, alone=True)
            return
        yield Step("", points[0])
        for place, (bound, given) in enumerate(zip(bounds, points[1:], strict=True)):
            # Of equal bounds the last alone is ever given.
            if bound not in bounds[place + 1 :]:
                yield Step(self.bound(place), given)


def _line(reading: Reading) -> Iterator[str]:
    cuts = reading.cuts
    said = {
        "first": counted_points(cuts.points[0]), "low": reading.bound(0),
        "last": plain_points(cuts.points[1]), "high": reading.bound(1),
    }  # fmt: skip
    if cuts.clamp:
        yield _("%(first)s à %(low)s ou moins, %(last)s à %(high)s ou plus, en ligne droite entre les deux.") % said
    else:
        yield _("%(first)s à %(low)s, %(last)s à %(high)s, en ligne droite, y compris au-delà.") % said


def _nothing(_reading: Reading) -> Iterator[str]:
    yield from ()


def _classes(reading: Reading) -> Iterator[str]:
    if isinstance(reading.scale, Quantiles):
        said = {"n": len(reading.cuts.points), "shares": shares_words(reading.scale)}
        text = _(
            "Les écoles sont rangées en %(n)s classes, de la moins bonne à la meilleure : %(shares)s d’entre elles."
        )
        yield text % said
        yield _("Des valeurs égales sont dans la même classe.")
    if reading.cuts.rules["definition"] == "interpolated":
        yield _("Une borne peut tomber entre deux valeurs voisines.")


def _groups(reading: Reading) -> Iterator[str]:
    text = _("Les écoles sont séparées en %(n)s groupes aux plus grands sauts entre valeurs voisines.")
    yield text % {"n": len(reading.cuts.points)}


def _deviations(reading: Reading) -> Iterator[str]:
    cuts = reading.cuts
    said = {
        "centre": counted_points(cuts.points[1]), "mean": reading.about(0),
        "each": plain_points(cuts.points[2]), "spread": reading.about(1),
    }  # fmt: skip
    text = _(
        "%(centre)s à la moyenne (%(mean)s) et %(each)s de plus par écart type (%(spread)s) au-dessus d’elle ; "
        "autant de moins au-dessous."
    )
    if cuts.better == "lower":
        text = _(
            "%(centre)s à la moyenne (%(mean)s) et %(each)s de plus par écart type (%(spread)s) au-dessous d’elle ; "
            "autant de moins au-dessus."
        )
    yield text % said
    if cuts.clamp:
        yield _limits(cuts.points[0], cuts.points[3])


def _shares(reading: Reading) -> Iterator[str]:
    least, most = reading.cuts.points
    text = _("Les points vont de %(least)s à %(most)s selon la part des écoles devancées : %(which)s.")
    yield text % {
        "least": plain_points(least),
        "most": plain_points(most),
        "which": percentile_words(reading.cuts.rules["definition"]),
    }


def _of_the_best(reading: Reading) -> Iterator[str]:
    cuts = reading.cuts
    text = _("%(most)s à la meilleure valeur, %(best)s ; deux fois moins de points pour deux fois moins.")
    if cuts.better == "lower":
        text = _("%(most)s à la meilleure valeur, %(best)s ; deux fois moins de points pour deux fois plus.")
    yield text % {"most": counted_points(cuts.points[1]), "best": reading.bound(0)}
    if cuts.clamp and cuts.points[0]:
        yield _("Jamais moins de %(least)s.") % {"least": counted_points(cuts.points[0])}
    elif not cuts.clamp:
        yield _("Une valeur meilleure encore a plus de points.")


def _by_rank(reading: Reading) -> Iterator[str]:
    cuts = reading.cuts
    said = {"least": counted_points(cuts.points[0]), "most": counted_points(cuts.points[1])}
    text = _("%(most)s au premier rang, %(least)s au dernier, en ligne droite entre les deux.")
    if cuts.rules["spacing"] == "count":
        text = _("%(most)s au premier rang, une part égale de moins à chaque rang ; le dernier en garde une.")
    yield text % said
    yield _("Des valeurs égales ont %(which)s.") % {"which": ties_words(cuts.rules["ties"])}


def _limits(least: Fraction | Decimal, most: Fraction | Decimal) -> str:
    said = {"least": counted_points(least), "most": plain_points(most)}
    return _("Jamais moins de %(least)s ni plus de %(most)s.") % said


_SAID: Mapping[str, Callable[[Reading], Iterator[str]]] = {
    "minmax": _line,
    "thresholds": _nothing,
    "quantiles": _classes,
    "gaps": _groups,
    "zscore": _deviations,
    "percentile": _shares,
    "distance": _of_the_best,
    "rank": _by_rank,
    "lookup": _nothing,
}
