"""A scale as a method declares it, in words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from palmares.public.points_words import counted_points, plain_points
from palmares.public.quotients import Indicators, bound_words, unit_of
from palmares.public.scale_rules import deviation_words, nearest_words, percentile_words, shares_words, ties_words
from rankings.engine import Leaf
from rankings.engine.scales import (
    Distance,
    Gaps,
    Lookup,
    MinMax,
    Percentile,
    Places,
    Quantiles,
    Scale,
    Thresholds,
    ZScore,
)
from rankings.engine.transformed import declared
from rankings.models import ReleaseNode
from schools.typography import number


def scale_words(leaf: Leaf, node: ReleaseNode, indicators: Indicators) -> str:
    """A scale in one line: « points : 0 en dessous de 70 % ; 4 à partir de 70 % ; 10 à partir de 90 % »."""
    scale = declared(leaf.scale)
    return _WORDS[type(scale)](scale, _Leaf(leaf, node, indicators))


@dataclass(frozen=True)
class _Leaf:
    """The criterion of a scale, and what its values are called."""

    leaf: Leaf
    node: ReleaseNode
    indicators: Indicators

    def bound(self, value: Decimal | None, observed: str) -> str:
        """A declared value with its unit, or what is said of one that is observed."""
        return observed if value is None else bound_words(self.node, self.indicators, value)

    def limits(self, points: tuple[Decimal, Decimal] | None) -> dict[str, str]:
        """The least and the most points, in words, counted and alone."""
        least, most = points or (Decimal(0), self.leaf.points)
        return {"least": counted_points(least), "most": plain_points(most), "alone": plain_points(least)}


def _thresholds(scale: Thresholds, of: _Leaf) -> str:
    if unit_of(of.node, of.indicators) == "boolean" and len(scale.points) == 2:
        no, yes = (number(points, None, get_language()) for points in scale.points)
        return _("points : %(yes)s pour oui, %(no)s pour non") % {"yes": yes, "no": no}
    if scale.better == "lower":
        below, reached = _("%(points)s au-dessus de %(bound)s"), _("%(points)s à %(bound)s ou moins")
    else:
        below, reached = _("%(points)s en dessous de %(bound)s"), _("%(points)s à partir de %(bound)s")
    bounds = [bound_words(of.node, of.indicators, bound) for bound in scale.bounds]
    words = [below, *(reached for _bound in bounds)]
    return _points(words, [bounds[0], *bounds], scale.points)


def _lookup(scale: Lookup, of: _Leaf) -> str:
    values = [bound_words(of.node, of.indicators, value) for value in scale.values]
    return _points([_("%(points)s pour %(bound)s")] * len(values), values, scale.points)


def _points(words: Sequence[str], bounds: Sequence[str], points: Sequence[Decimal]) -> str:
    steps = zip(words, points, bounds, strict=True)
    lang = get_language()
    said = [step % {"points": number(given, None, lang), "bound": bound} for step, given, bound in steps]
    return _("points : %(steps)s") % {"steps": _(" ; ").join(said)}


def _line(scale: MinMax, of: _Leaf) -> str:
    low = of.bound(scale.low, _("la plus faible valeur"))
    high = of.bound(scale.high, _("la plus forte valeur"))
    worst, best = (high, low) if scale.better == "lower" else (low, high)
    said = {**of.limits(scale.points), "worst": worst, "best": best}
    text = _("en ligne droite, de %(least)s à %(worst)s jusqu’à %(most)s à %(best)s") % said
    return text if scale.clamp else _("%(line)s, y compris au-delà") % {"line": text}


def _classes(scale: Quantiles, _of: _Leaf) -> str:
    said = {"n": len(scale.points), "shares": shares_words(scale), "points": _list(scale.points)}
    text = _("%(n)s classes de %(shares)s des écoles, bornes prises parmi les valeurs : %(points)s points")
    if scale.definition == "interpolated":
        text = _("%(n)s classes de %(shares)s des écoles, bornes interpolées : %(points)s points")
    return _direction(scale, text % said)


def _groups(scale: Gaps, _of: _Leaf) -> str:
    said = {"n": len(scale.points), "points": _list(scale.points), "which": nearest_words(scale.ties)}
    text = _("%(n)s groupes séparés par les plus grands sauts (de deux égaux, %(which)s) : %(points)s points")
    return _direction(scale, text % said)


def _deviations(scale: ZScore, of: _Leaf) -> str:
    said = {
        "centre": counted_points(scale.centre), "each": plain_points(scale.each),
        "how": deviation_words(scale.deviation), **of.limits(scale.points),
    }  # fmt: skip
    text = _("%(centre)s à la moyenne, %(each)s par écart type (%(how)s), sans limite")
    if scale.clamp:
        text = _("%(centre)s à la moyenne, %(each)s par écart type (%(how)s), de %(alone)s à %(most)s")
    return _direction(scale, text % said)


def _shares(scale: Percentile, of: _Leaf) -> str:
    said = {**of.limits(scale.points), "which": percentile_words(scale.definition)}
    return _direction(scale, _("de %(alone)s à %(most)s selon la part des écoles devancées : %(which)s") % said)


def _of_the_best(scale: Distance, of: _Leaf) -> str:
    said = {**of.limits(scale.points), "best": of.bound(scale.best, _("la meilleure valeur"))}
    text = _("en proportion de %(best)s, qui a %(most)s, sans limite")
    if scale.clamp:
        text = _("en proportion de %(best)s, qui a %(most)s, jamais moins de %(least)s")
    return _direction(scale, text % said)


def _by_rank(scale: Places, of: _Leaf) -> str:
    said = {**of.limits(scale.points), "ties": ties_words(scale.ties)}
    text = _("selon le rang, en ligne droite, de %(alone)s à %(most)s ; des valeurs égales ont %(ties)s")
    if scale.spacing == "count":
        text = _("selon le rang, à parts égales, de %(alone)s à %(most)s ; des valeurs égales ont %(ties)s")
    return _direction(scale, text % said)


def _direction(scale: Scale, text: str) -> str:
    return _("%(scale)s, le plus bas étant le meilleur") % {"scale": text} if scale.better == "lower" else text


def _list(points: Sequence[Decimal]) -> str:
    return _(" ; ").join(number(given, None, get_language()) for given in points)


_WORDS: Mapping[type, Callable[[Any, _Leaf], str]] = {
    MinMax: _line,
    Thresholds: _thresholds,
    Quantiles: _classes,
    Gaps: _groups,
    ZScore: _deviations,
    Percentile: _shares,
    Distance: _of_the_best,
    Places: _by_rank,
    Lookup: _lookup,
}
