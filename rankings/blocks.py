"""What keeps an edition from being published, each with what to do about it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rankings.engine import MethodError, parse_method
from rankings.models import Edition, EditionIndicator, EditionUnit
from schools.models import ValueRevision


@dataclass(frozen=True)
class Block:
    """One obstacle: a stable code, a sentence, and how many things it is about."""

    code: str
    sentence: str
    count: int = 1


def blocks(edition: Edition) -> tuple[Block, ...]:
    """Everything that blocks the publication of this edition, in the order to settle it; empty when nothing does.

    Four queries at most.
    """
    return (*_texts(edition), *_perimeter(edition), *_method(edition), *_waiting(edition))


def _texts(edition: Edition) -> Iterator[Block]:
    # Berlin principle 2: a ranking says what it is for, and for whom, or is not published.
    empty = [
        label
        for label, text in (
            (_("l’objet"), edition.purpose_fr),
            (_("l’objet en anglais"), edition.purpose_en),
            (_("le public visé"), edition.audience_fr),
            (_("le public visé en anglais"), edition.audience_en),
        )
        if not text.strip()
    ]
    if empty:
        yield Block("texts", _("Il manque %(what)s : écrivez-le.") % {"what": ", ".join(empty)}, len(empty))


def _perimeter(edition: Edition) -> Iterator[Block]:
    if not edition.perimeter.filter(status=EditionUnit.Status.INCLUDED).exists():
        yield Block("perimeter", _("Aucune école n’est dans le champ : choisissez-les."))


def _method(edition: Edition) -> Iterator[Block]:
    if edition.method is None:
        yield Block("method", _("Aucune méthode n’est choisie."))
        return
    try:
        method = parse_method(edition.method.text)
    except MethodError as error:
        yield Block("method", _("La méthode ne se lit pas : %(problem)s") % {"problem": error})
        return
    present = set(edition.columns.values_list("indicator__code", flat=True))
    missing = sorted(set(method.indicators) - present)
    if missing:
        sentence = _("La méthode emploie des indicateurs sans année de référence : %(codes)s.")
        yield Block("columns", sentence % {"codes": ", ".join(missing)}, len(missing))


def pending_values(edition: Edition) -> list[ValueRevision]:
    """The values of this edition's units, indicators and years that wait for a verifier. Two queries."""
    wanted = set(edition.columns.values_list("indicator_id", "reference_year"))
    units = edition.perimeter.filter(status=EditionUnit.Status.INCLUDED).values("unit_id")
    candidates = ValueRevision.objects.pending().filter(
        unit__in=units, indicator__in=EditionIndicator.objects.filter(edition=edition).values("indicator_id")
    )
    return [revision for revision in candidates if (revision.indicator_id, revision.reference_year) in wanted]


def _waiting(edition: Edition) -> Iterator[Block]:
    count = len(pending_values(edition))
    if count:
        sentence = ngettext(
            "%(count)s valeur attend d’être vérifiée : approuvez-la ou rejetez-la.",
            "%(count)s valeurs attendent d’être vérifiées : approuvez-les ou rejetez-les.",
            count,
        )
        yield Block("waiting", sentence % {"count": count}, count)
