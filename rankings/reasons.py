"""Why a unit has no rank, in the reader's language."""

from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import override

from rankings.engine import Method, Unranked
from rankings.engine.exact import round_value
from rankings.models import EditionUnit
from schools.models import Kind
from schools.typography import percent


def unranked_sentence(reason: Unranked, method: Method, labels: dict[str, str], language: str) -> str:
    """The engine's reason as one sentence. `labels`: indicator code → label in this language."""
    with override(language):
        if reason.code == "value-required":
            return _("« %(indicator)s » est indispensable, et la valeur n’est pas là (%(absence)s).") % {
                "indicator": labels.get(reason.params["indicator"], reason.params["indicator"]),
                "absence": Kind(reason.params["absence"]).label,
            }
        if reason.code == "child-required":
            child, node = (_title(method, reason.params.get(name, ""), language) for name in ("child", "node"))
            if not node:
                return _("« %(child)s » est indispensable au score, et ne se calcule pas pour elle.") % {"child": child}
            said = {"child": child, "node": node}
            return _("« %(child)s » est indispensable à « %(node)s », et ne se calcule pas pour elle.") % said
        known, least = (_percent(reason.params[name], language) for name in ("coverage", "minimum"))
        return _("Trop peu de valeurs connues : %(known)s du poids de la méthode, pour un minimum de %(least)s.") % {
            "known": known,
            "least": least,
        }


def known_percent(coverage: Fraction | Decimal) -> Decimal:
    """A coverage in whole hundredths, cut and never rounded up: 49.9 % known is not the half that a method asks for.

    >>> known_percent(Fraction(3, 8)), known_percent(Fraction(999, 1000))
    (Decimal('37'), Decimal('99'))
    """
    return round_value(coverage * 100, 0, "down")


def _title(method: Method, key: str, language: str) -> str:
    titles = next((node.title for node in method.root.walk() if node.key == key), {})
    return titles.get(language) or titles.get("fr", "")


def _percent(share: str, language: str) -> str:
    return percent(known_percent(Decimal(share)), 0, language)


def left_out_sentence(item: EditionUnit, language: str) -> str:
    """Why the newsroom left a unit out of the perimeter, as it wrote it."""
    return item.reason_en if language == "en" else item.reason_fr
