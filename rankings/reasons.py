"""Why a unit has no rank, in the reader's language."""

from decimal import ROUND_DOWN, Decimal

from django.utils.translation import gettext as _
from django.utils.translation import override

from rankings.engine import Method, Unranked
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
        known, least = (_percent(reason.params[name], language) for name in ("coverage", "minimum"))
        return _("Trop peu de valeurs connues : %(known)s du poids de la méthode, pour un minimum de %(least)s.") % {
            "known": known,
            "least": least,
        }


def _percent(share: str, language: str) -> str:
    hundred = (Decimal(share) * 100).quantize(Decimal(1), rounding=ROUND_DOWN)
    return percent(hundred, 0, language)


def left_out_sentence(item: EditionUnit, language: str) -> str:
    """Why the newsroom left a unit out of the perimeter, as it wrote it."""
    return item.reason_en if language == "en" else item.reason_fr
