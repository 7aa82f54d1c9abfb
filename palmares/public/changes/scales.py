"""A scale as a method declares it, in words."""

from collections.abc import Iterable

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from palmares.public.changes.said import points_words
from palmares.public.quotients import Indicators, bound_words, unit_of
from rankings.engine import Leaf
from rankings.engine.scales import MinMax, Thresholds
from rankings.models import ReleaseNode
from schools.typography import number


def scale_words(leaf: Leaf, node: ReleaseNode, indicators: Indicators) -> str:
    """A scale in one line: « points : 0 en dessous de 70 % ; 4 à partir de 70 % ; 10 à partir de 90 % »."""
    scale = leaf.scale
    if isinstance(scale, Thresholds) and unit_of(node, indicators) == "boolean" and len(scale.points) == 2:
        no, yes = (number(points, None, get_language()) for points in scale.points)
        return _("points : %(yes)s pour oui, %(no)s pour non") % {"yes": yes, "no": no}
    if isinstance(scale, Thresholds):
        return _steps(scale, [bound_words(node, indicators, bound) for bound in scale.bounds])
    if isinstance(scale, MinMax):
        low = "" if scale.low is None else bound_words(node, indicators, scale.low)
        high = "" if scale.high is None else bound_words(node, indicators, scale.high)
        return _line(leaf, scale, low, high)
    return scale.kind


def _steps(scale: Thresholds, bounds: Iterable[str]) -> str:
    if scale.better == "lower":
        below, reached = _("%(points)s au-dessus de %(bound)s"), _("%(points)s à %(bound)s ou moins")
    else:
        below, reached = _("%(points)s en dessous de %(bound)s"), _("%(points)s à partir de %(bound)s")
    bounds = list(bounds)
    words = [below, *(reached for _bound in bounds)]
    steps = zip(words, scale.points, [bounds[0], *bounds], strict=True)
    lang = get_language()
    said = [step % {"points": number(points, None, lang), "bound": bound} for step, points, bound in steps]
    return _("points : %(steps)s") % {"steps": _(" ; ").join(said)}


def _line(leaf: Leaf, scale: MinMax, low: str, high: str) -> str:
    low, high = low or _("la plus faible valeur"), high or _("la plus forte valeur")
    worst, best = (high, low) if scale.better == "lower" else (low, high)
    said = {"points": points_words(leaf.out_of), "worst": worst, "best": best}
    return _("en ligne droite, de 0 point à %(worst)s jusqu’à %(points)s à %(best)s") % said
