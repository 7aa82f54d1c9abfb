"""What a method does to values before their scale, in the reader's words: derived figures, caps, extremes."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from palmares.public.method_words import rounding_words
from palmares.public.quotients import Indicators, bound_words
from rankings.engine import Leaf, Rounding
from rankings.engine.derived import Derived
from rankings.engine.exact import shown_decimal
from rankings.engine.outliers import Percentile, Treatment, Winsorise
from rankings.engine.preparation import Caps
from rankings.engine.skewness import Skewness
from rankings.models import ReleaseNode
from schools.typography import number

type Written = Callable[[Decimal], str]


def prepared_words(leaf: Leaf, node: ReleaseNode, indicators: Indicators, cuts: Mapping[str, Any]) -> Iterator[str]:
    """What is done to the values of a criterion, and what came of it. `cuts`: its cut points, as they were sealed."""
    yield from preparation_words(leaf, node, indicators)
    yield from _effects(cuts, partial(bound_words, node, indicators))


def preparation_words(leaf: Leaf, node: ReleaseNode, indicators: Indicators) -> Iterator[str]:
    """Each thing that is done, in the order it is done."""
    preparation, written = leaf.preparation, partial(bound_words, node, indicators)
    for derived in preparation.derived:
        yield derived_words(derived, indicators)
    if preparation.caps is not None:
        yield from _caps(preparation.caps, written)
    if preparation.outliers is not None:
        yield outliers_words(preparation.outliers)
    if preparation.transform is not None:
        yield transform_words(preparation.transform.kind)


def _effects(cuts: Mapping[str, Any], written: Written) -> Iterator[str]:
    outliers = cuts.get("outliers", {})
    if "treated" in outliers:
        count = int(outliers["treated"])
        yield _treated(count) % {"count": count}
    if "low" in outliers:
        yield _under(_read(outliers["low"], written))
    if "high" in outliers:
        yield _over(_read(outliers["high"], written))
    if outliers and "transform" in cuts:
        yield _("Cela n’a pas suffi : le barème regarde le logarithme des valeurs de départ.")


def derived_words(derived: Derived, indicators: Indicators) -> str:
    """How an indicator is made of others: « tous » : somme de Femmes et Hommes."""
    operations = {
        "sum": _("somme de %(codes)s"),
        "difference": _("différence de %(codes)s"),
        "product": _("produit de %(codes)s"),
        "quotient": _("quotient de %(codes)s"),
        "mean": _("moyenne de %(codes)s"),
        "minimum": _("le plus petit de %(codes)s"),
        "maximum": _("le plus grand de %(codes)s"),
    }
    labels = [indicators[code].label if code in indicators else code for code in derived.of]
    listed = _(" et ").join([", ".join(labels[:-1]), labels[-1]] if len(labels) > 1 else labels)
    said = operations[derived.operation] % {"codes": f"«\u00a0{listed}\u00a0»" if len(labels) == 1 else listed}
    times = "" if derived.multiply == 1 else f", ×\u00a0{number(derived.multiply, None, get_language())}"
    rounded = ""
    if derived.digits is not None:
        rounded = f", {_('arrondi %s') % rounding_words(Rounding(derived.digits, 'half_up'))}"
    return _("« %(key)s » : %(said)s.") % {"key": derived.key, "said": f"{said}{times}{rounded}"}


def outliers_words(treatment: Treatment) -> str:
    """What is done to the values that are far from the others, whatever the figures."""
    lang = get_language()
    if isinstance(treatment, Winsorise):
        said = {
            "both": ngettext(
                "La valeur la plus haute et la plus basse comptent pour celle qui les suit.",
                "Les %(count)s valeurs les plus hautes et les %(count)s plus basses comptent pour celle qui les suit.",
                treatment.count,
            ),
            "high": ngettext(
                "La valeur la plus haute compte pour celle qui la suit.",
                "Les %(count)s valeurs les plus hautes comptent pour celle qui les suit.",
                treatment.count,
            ),
            "low": ngettext(
                "La valeur la plus basse compte pour celle qui la suit.",
                "Les %(count)s valeurs les plus basses comptent pour celle qui les suit.",
                treatment.count,
            ),
        }
        return said[treatment.side] % {"count": treatment.count}
    if isinstance(treatment, Percentile):
        low, high = (number(bound, None, lang) for bound in (treatment.low, treatment.high))
        if not treatment.low:
            return _("Une valeur au-dessus du %(high)se centile des écoles compte pour lui.") % {"high": high}
        if treatment.high == 100:
            return _("Une valeur en dessous du %(low)se centile des écoles compte pour lui.") % {"low": low}
        text = _("Une valeur au-delà du %(low)se ou du %(high)se centile des écoles compte pour lui.")
        return text % {"low": low, "high": high}
    if isinstance(treatment, Skewness):
        text = _(
            "Tant que quelques valeurs s’écartent trop des autres (asymétrie de %(skewness)s et aplatissement de "
            "%(kurtosis)s, ou plus), la plus extrême compte pour la suivante, jusqu’à %(most)s valeurs."
        )
        bounds = {"skewness": treatment.skewness, "kurtosis": treatment.kurtosis, "most": Decimal(treatment.most)}
        return text % {name: number(bound, None, lang) for name, bound in bounds.items()}
    return treatment.kind


def transform_words(kind: str) -> str:
    """Of which function of the value the scale goes in a straight line."""
    logarithm = _("L’échelle est logarithmique : doubler compte autant en bas qu’en haut.")
    said = {
        "log": logarithm,
        "log10": logarithm,
        "log1p": _("L’échelle est celle du logarithme de la valeur plus un : un écart compte plus en bas qu’en haut."),
        "sqrt": _("L’échelle est celle de la racine carrée : un écart compte plus en bas qu’en haut."),
        "reciprocal": _("L’échelle est celle de l’inverse de la valeur : un écart compte bien plus en bas qu’en haut."),
        "negate": _("L’échelle est celle de la valeur changée de signe."),
    }
    return said.get(kind, kind)


def _caps(caps: Caps, written: Written) -> Iterator[str]:
    if caps.low is not None:
        yield _under(written(caps.low))
    if caps.high is not None:
        yield _over(written(caps.high))


def _under(bound: str) -> str:
    return _("Une valeur en dessous de %(bound)s compte pour %(bound)s.") % {"bound": bound}


def _over(bound: str) -> str:
    return _("Une valeur au-dessus de %(bound)s compte pour %(bound)s.") % {"bound": bound}


def _treated(count: int) -> str:
    if not count:
        return _("Cette année, aucune valeur n’a été ramenée vers les autres.")
    return ngettext(
        "Cette année, %(count)s valeur a été ramenée vers les autres.",
        "Cette année, %(count)s valeurs ont été ramenées vers les autres.",
        count,
    )


def _read(text: str, written: Written) -> str:
    return written(shown_decimal(Fraction(text)))
