"""What keeps an edition from being published, each with what to do about it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rankings.engine import MethodError, parse_method
from rankings.groupings import GROUPINGS
from rankings.models import Edition, EditionPlace, EditionUnit
from rankings.years import would_be_used, years_read
from schools.models import ValueRevision


@dataclass(frozen=True)
class Block:
    """One obstacle: a stable code, a sentence, and how many things it is about."""

    code: str
    sentence: str
    count: int = 1


def blocks(edition: Edition) -> tuple[Block, ...]:
    """Everything that blocks the publication of this edition, in the order to settle it; empty when nothing does.

    Five queries at most.
    """
    if edition.archival:
        return (*_texts(edition), *_places(edition))
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


def _places(edition: Edition) -> Iterator[Block]:
    if not EditionPlace.objects.filter(edition=edition).exists():
        yield Block("places", _("Aucune place n’est entrée : envoyez le fichier de l’imprimé."))


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
    unknown = [name for name in method.placing.groups if name not in GROUPINGS]
    if unknown:
        sentence = _("La méthode classe aussi par %(names)s, que le site ne connaît pas ; il connaît : %(known)s.")
        yield Block("groups", sentence % {"names": ", ".join(unknown), "known": ", ".join(GROUPINGS)}, len(unknown))


def pending_values(edition: Edition) -> list[ValueRevision]:
    """The values of this edition's units, indicators and years that wait for a verifier.

    The years are those of reference, and those a figure could be carried over from, were it approved. Two queries;
    three when such an earlier value waits.
    """
    columns = {column.indicator_id: column for column in edition.columns.all()}
    units = edition.perimeter.filter(status=EditionUnit.Status.INCLUDED).values("unit_id")
    of_edition = ValueRevision.objects.filter(unit__in=units, indicator__in=columns)
    waiting = [
        revision
        for revision in of_edition.pending()
        if revision.reference_year in years_read(columns[revision.indicator_id])
    ]
    early = {r.unit_id for r in waiting if r.reference_year < columns[r.indicator_id].reference_year}
    in_force: dict[tuple[int, int], dict[int, ValueRevision]] = {}
    for revision in of_edition.in_force().filter(unit__in=early) if early else ():
        in_force.setdefault((revision.unit_id, revision.indicator_id), {})[revision.reference_year] = revision
    return [
        revision
        for revision in waiting
        if would_be_used(
            columns[revision.indicator_id],
            revision.reference_year,
            in_force.get((revision.unit_id, revision.indicator_id), {}),
        )
    ]


def waiting_values(edition: Edition) -> list[ValueRevision]:
    """Those of them that the edition does not go out without: set aside, a value blocks no more. Three queries."""
    aside = set(edition.set_aside.current().values_list("revision_id", flat=True))
    return [revision for revision in pending_values(edition) if revision.pk not in aside]


def _waiting(edition: Edition) -> Iterator[Block]:
    count = len(waiting_values(edition))
    if count:
        sentence = ngettext(
            "%(count)s valeur attend d’être vérifiée : approuvez-la, rejetez-la, ou mettez-la de côté.",
            "%(count)s valeurs attendent d’être vérifiées : approuvez-les, rejetez-les, ou mettez-les de côté.",
            count,
        )
        yield Block("waiting", sentence % {"count": count}, count)
