"""The rules of a method in the reader's words: absences, roundings, quotients, bonuses."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from palmares.public import wording
from rankings.engine import Absence, Quotient, Rounding
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


def bonus_words(points: Decimal) -> str:
    """What is said of a total that bonuses can raise: « bonus compris (1 point au plus) »; empty when none can."""
    if not points:
        return ""
    said = ngettext(
        "bonus compris (%(points)s point au plus)", "bonus compris (%(points)s points au plus)", int(points)
    )
    return said % {"points": number(points, None, get_language())}
