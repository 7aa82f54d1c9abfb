"""The rules of a method in the reader's words: absences, roundings, quotients, bonuses."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from palmares.public import wording
from rankings.engine import Absence, Quotient, Rounding
from rankings.engine.imputing import CarryOver, Impute
from rankings.engine.missing import Rule
from schools.typography import number


def rule_words(rule: Rule) -> str:
    """What a rule for absences does, in words."""
    if isinstance(rule, Impute | CarryOver):
        return _("%(said)s ; à défaut, %(otherwise)s") % {
            "said": _filler(rule),
            "otherwise": rule_words(rule.otherwise),
        }
    if rule == "leave_out":
        return _("le critère est retiré, son poids va aux autres")
    if rule == "unranked":
        return _("l’école n’est pas classée")
    points = Decimal(0) if rule == "zero" else Decimal(rule)
    return _("%(points)s point, par une règle écrite de la méthode") % {"points": number(points, None, get_language())}


def _filler(rule: Impute | CarryOver) -> str:
    if isinstance(rule, CarryOver):
        return _("la valeur est reprise de « %(code)s », sans être comptée comme connue") % {"code": rule.code}
    said = _("la moyenne des écoles%(group)s en tient lieu")
    if rule.of == "median":
        said = _("la médiane des écoles%(group)s en tient lieu")
    said %= {"group": _GROUPS[rule.group]() if rule.group in _GROUPS else _(" du même groupe") if rule.group else ""}
    if rule.least == 1:
        return said
    return _("%(said)s, si %(least)s au moins sont connues") % {"said": said, "least": rule.least}


_GROUPS: Mapping[str, Callable[[], str]] = {
    "region": lambda: _(" de la même région"),
    "academie": lambda: _(" de la même académie"),
    "city": lambda: _(" de la même ville"),
    "sector": lambda: _(" du même statut"),
    "entry": lambda: _(" de la même entrée"),
    "duration_years": lambda: _(" de la même durée d’études"),
}


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
