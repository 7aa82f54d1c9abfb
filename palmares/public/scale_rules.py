"""The words of a method that a scale depends on, in the reader's."""

from fractions import Fraction

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rankings.engine.exact import exact_decimal, round_value
from rankings.engine.scales import Quantiles
from schools.typography import percent


def percentile_words(definition: str) -> str:
    """Which share of the schools a percentile takes."""
    return {
        "worse": _("celles dont la valeur est moins bonne"),
        "half": _("celles dont la valeur est moins bonne, et la moitié de celles qui ont la même, elle comprise"),
        "worse_or_equal": _("celles dont la valeur est moins bonne, et toutes celles qui ont la même, elle comprise"),
        "among_others": _("celles dont la valeur est moins bonne, parmi les autres"),
    }[definition]


def ties_words(ties: str) -> str:
    """What equal values have for a rank."""
    return {
        "competition": _("le meilleur des rangs qu’elles prennent ensemble"),
        "mean": _("la moyenne des rangs qu’elles prennent ensemble"),
    }[ties]


def nearest_words(ties: str) -> str:
    """Which of two equal gaps is cut first."""
    return {
        "best": _("le plus près de la meilleure valeur"),
        "worst": _("le plus près de la moins bonne valeur"),
    }[ties]


def deviation_words(deviation: str) -> str:
    """How a standard deviation is counted."""
    return {"population": _("écart type d’une population"), "sample": _("écart type d’un échantillon")}[deviation]


def shares_words(scale: Quantiles) -> str:
    """What each class holds, « 25 %, 50 % et 25 % »."""
    shares = [_share(part) for part in scale.parts]
    return (
        _("%(first)s et %(last)s") % {"first": _(", ").join(shares[:-1]), "last": shares[-1]}
        if shares[1:]
        else shares[0]
    )


def _share(part: Fraction) -> str:
    rounded = round_value(part * 100, 1, "half_up")
    return percent(exact_decimal(Fraction(rounded)) or rounded, None, get_language())
