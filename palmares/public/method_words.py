"""The rules of a method in the reader's words: absences, roundings, quotients, sums and means, bonuses."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from palmares.public import wording
from rankings.engine import Absence, Branch, Leaf, Quotient, Rounding
from rankings.engine.missing import Rule
from schools.typography import number


def rule_words(rule: Rule) -> str:
    """What a rule for absences does, in words."""
    if rule == "leave_out":
        return _("le critère est retiré, son poids va aux autres")
    if rule == "unranked":
        return _("l’école n’est pas classée")
    points = Decimal(0) if rule == "zero" else Decimal(rule)
    return _("%(points)s point, par une règle écrite de la méthode") % {"points": number(points, None, get_language())}


def exceptions(own: Mapping[Absence, Rule], common: Mapping[Absence, Rule]) -> tuple[tuple[str, str], ...]:
    """The rules a criterion has of its own, each with its kind of absence."""
    return tuple((wording.absence_words(kind), rule_words(rule)) for kind, rule in own.items() if rule != common[kind])


def quotient_words(quotient: Quotient) -> Iterator[str]:
    """What is to be known of a quotient beside its formula: how it is rounded, and a divisor of zero."""
    if quotient.digits is None:
        yield _("Le quotient exact va au barème.")
    else:
        rounded = rounding_words(Rounding(quotient.digits, "half_up"))
        yield _("Le quotient, arrondi %(how)s, va au barème.") % {"how": rounded}
    yield _("Diviseur égal à zéro : %(kind)s.") % {"kind": wording.absence_words(quotient.zero)}


def rounding_words(rounding: Rounding) -> str:
    """A declared rounding in words: « à 1 décimale, le demi vers le haut »."""
    modes = {
        "half_up": _("le demi s’éloigne de zéro"),
        "half_even": _("le demi va au chiffre pair"),
        "down": _("vers zéro"),
    }
    digits = _("à l’unité")
    if rounding.digits:
        digits = ngettext("à %(digits)s décimale", "à %(digits)s décimales", rounding.digits)
        digits %= {"digits": rounding.digits}
    return f"{digits}, {modes[rounding.mode]}"


def composition_words(branch: Branch) -> str:
    """What a branch makes of its children: « moyenne de 4 indicateurs, arrondie à l’unité, le demi… »."""
    children = [child for child, _share in branch.shares]
    leaves = all(isinstance(child, Leaf) for child in children)
    told = _of_indicators(branch, len(children)) if leaves else _of_criteria(branch, len(children))
    if branch.rounding is None:
        return told
    return _("%(made)s, arrondie %(how)s") % {"made": told, "how": rounding_words(branch.rounding)}


def _of_indicators(branch: Branch, count: int) -> str:
    if branch.aggregate == "sum":
        said = ngettext("somme de %(n)s indicateur", "somme de %(n)s indicateurs", count)
    elif same_weights(branch):
        said = ngettext("moyenne de %(n)s indicateur", "moyenne de %(n)s indicateurs", count)
    else:
        said = ngettext("moyenne pondérée de %(n)s indicateur", "moyenne pondérée de %(n)s indicateurs", count)
    return said % {"n": count}


def _of_criteria(branch: Branch, count: int) -> str:
    if branch.aggregate == "sum":
        said = ngettext("somme de %(n)s critère", "somme de %(n)s critères", count)
    elif same_weights(branch):
        said = ngettext("moyenne de %(n)s critère", "moyenne de %(n)s critères", count)
    else:
        said = ngettext("moyenne pondérée de %(n)s critère", "moyenne pondérée de %(n)s critères", count)
    return said % {"n": count}


def same_weights(branch: Branch) -> bool:
    """Whether all the children of a branch count as much as each other."""
    return len({share for _child, share in branch.shares}) <= 1


def bonus_words(points: Decimal) -> str:
    """What is said of a total that bonuses can raise: « bonus compris (1 point au plus) »; empty when none can."""
    if not points:
        return ""
    said = ngettext(
        "bonus compris (%(points)s point au plus)", "bonus compris (%(points)s points au plus)", int(points)
    )
    return said % {"points": number(points, None, get_language())}
