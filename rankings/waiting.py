"""Which waiting values block an edition that is being prepared, as conditions the database answers.

`rankings.blocks` says the same of one edition, value by value; these say it of a whole queue in one query.
"""

from django.db.models import Exists, F, OuterRef, QuerySet

from rankings.models import Edition, EditionIndicator, EditionSetAside, EditionUnit, Release
from schools.models import ValueRevision


def in_preparation() -> QuerySet[Edition]:
    """The editions on their way to a release: nothing of them is sealed and stands, or a new computation is open."""
    releases = Release.objects.filter(edition=OuterRef("pk"))
    standing = releases.filter(sealed_at__isnull=False, withdrawal=None)
    return Edition.objects.filter(~Exists(standing) | Exists(releases.filter(sealed_at=None)))


def blocks_an_edition(edition: int | None = None) -> Exists:
    """Of a waiting value: whether an edition in preparation, or this one, does not go out without its decision.

    One of its schools, read in this year or carried over from it with nothing later in force, and not set aside.
    """
    columns = EditionIndicator.objects.filter(
        indicator=OuterRef("indicator"),
        reference_year__gte=OuterRef("reference_year"),
        reference_year__lte=OuterRef("reference_year") + F("carry_over_years"),
    )
    columns = columns.filter(edition=edition) if edition else columns.filter(edition__in=in_preparation())
    included = EditionUnit.objects.filter(
        edition=OuterRef("edition"), unit=OuterRef(OuterRef("unit")), status=EditionUnit.Status.INCLUDED
    )
    aside = EditionSetAside.objects.filter(edition=OuterRef("edition"), revision=OuterRef(OuterRef("pk")))
    later = ValueRevision.objects.in_force().filter(
        unit=OuterRef(OuterRef("unit")),
        indicator=OuterRef("indicator"),
        reference_year__gt=OuterRef(OuterRef("reference_year")),
        reference_year__lte=OuterRef("reference_year"),
    )
    return Exists(columns.filter(Exists(included), ~Exists(aside), ~Exists(later)))
