"""Computing an edition: its one unsealed release, in place of the one before."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from editorial import audit, rules
from editorial.actions._moving import refuse
from editorial.exceptions import Refused, Stale
from editorial.models import User
from rankings.blocks import blocks
from rankings.compute import Computation, compute
from rankings.copies import Copy, release_fields
from rankings.engine import DatasetError, MethodError
from rankings.models import (
    Edition,
    Release,
    ReleaseIndicator,
    ReleaseNode,
    ReleasePoints,
    ReleasePrint,
    ReleaseSeries,
    ReleaseSetAside,
    ReleaseUnit,
    ReleaseValue,
)
from rankings.printed import Print, read_print

# What keeps an edition from coming out at all, even to be looked at.
STOPPING = frozenset({"method", "columns", "perimeter", "places"})


def computed(edition: Edition) -> Computation | Print:
    """The edition as it would come out now: computed, or as printed for an archive.

    Raises `Refused` with the block that keeps anything from coming out at all.
    """
    stopping = [block.sentence for block in blocks(edition) if block.code in STOPPING]
    if stopping:
        raise Refused(" ".join(stopping))
    if edition.archival:
        return read_print(edition)
    try:
        return compute(edition)
    except (MethodError, DatasetError) as error:
        raise Refused(_("Le calcul a échoué : %(error)s") % {"error": error}) from error


@transaction.atomic
def compute_release(*, by: User, at: datetime, edition: Edition, reason_fr: str = "", reason_en: str = "") -> Release:
    """Compute the edition and keep the result as its one unsealed release, in place of the one before; unsigned.

    An archive is not computed: its release holds the places of its print.
    From the second version on, a reason is due: the public reads why figures changed. The same data and method give
    the same digest.
    """
    refuse(rules.why_not_compute(by))
    take_turns(edition)
    sealed = edition.releases.filter(sealed_at__isnull=False).order_by("-number").first()
    if sealed and not (reason_fr.strip() and reason_en.strip()):
        raise Refused(_("Une version corrige la précédente : dites pourquoi, en français et en anglais."))
    computation = computed(edition)
    _drop_unsealed(edition)
    try:
        release = Release.objects.create(
            edition=edition,
            number=sealed.number + 1 if sealed else 1,
            reason_fr=reason_fr.strip(),
            reason_en=reason_en.strip(),
            computed_by=by,
            computed_at=at,
            **(computation.release_fields() if isinstance(computation, Print) else release_fields(computation)),
        )
    except IntegrityError as error:  # Two people computed at once: one result is kept.
        raise Stale(_("Un autre calcul vient d’aboutir : relisez-le.")) from error
    if isinstance(computation, Print):
        computation.write(release)
    else:
        Copy(release, computation).write()
    # The edition too: a release that another computation replaces is found by its trail alone.
    said = {"edition": edition.pk, "number": release.number, "ranked": release.ranked_count}
    details = {"digest": release.digest, **said}
    audit.record(by=by, at=at, verb="release.compute", on=release, details=details)
    return release


def take_turns(edition: Edition) -> None:
    """Hold the edition until the transaction ends: what replaces or seals its release does so one after the other.

    SQLite's transactions take turns by themselves, and Django locks no row there.
    """
    Edition.objects.select_for_update().get(pk=edition.pk)


def _drop_unsealed(edition: Edition) -> None:
    for model, path in (
        (ReleasePoints, "unit__release"),
        (ReleaseValue, "unit__release"),
        (ReleaseSeries, "unit__release"),
        (ReleaseSetAside, "unit__release"),
        (ReleaseUnit, "release"),
        (ReleaseNode, "release"),
        (ReleaseIndicator, "release"),
        (ReleasePrint, "release"),
    ):
        stale = model._default_manager.filter(**{f"{path}__edition": edition, f"{path}__sealed_at": None})
        stale._raw_delete(stale.db)
    unsealed = Release.objects.filter(edition=edition, sealed_at=None)
    unsealed._raw_delete(unsealed.db)
