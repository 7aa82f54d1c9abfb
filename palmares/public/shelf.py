"""What may be read at an instant: the only module of the public site that asks for releases and articles."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet
from django.http import Http404

from editorial.models import Article
from rankings.models import Release, ReleaseWithdrawal

# Large texts that few pages print.
_HEAVY = ("document", "method_text")


def editions(at: datetime) -> QuerySet[Release]:
    """The release in force of each edition, the latest published first."""
    return Release.objects.current(at=at).defer(*_HEAVY).order_by("-publish_at", "-year", "ranking_slug")


def newest(at: datetime) -> Release | None:
    """The latest publication; None when nothing is published yet."""
    return editions(at).first()


def edition(ranking: str, year: int, at: datetime, *, heavy: bool = False) -> Release | None:
    """The release in force of one edition; None when the public cannot read any."""
    found = Release.objects.current(at=at) if heavy else editions(at)
    return found.filter(ranking_slug=ranking, year=year).first()


def latest_year(ranking: str, at: datetime) -> int:
    """The latest year of a ranking the public may read. Raises Http404."""
    year = editions(at).filter(ranking_slug=ranking).order_by("-year").values_list("year", flat=True).first()
    if year is None:
        raise Http404
    return year


def versions(ranking: str, year: int, at: datetime) -> QuerySet[Release]:
    """Every readable version of an edition, the current one first."""
    return Release.objects.published(at=at).filter(ranking_slug=ranking, year=year).defer(*_HEAVY).order_by("-number")


def withdrawals(ranking: str, year: int, at: datetime) -> QuerySet[ReleaseWithdrawal]:
    """What the public once read of an edition and no longer may; never what was taken back before its instant."""
    return (
        ReleaseWithdrawal.objects.filter(
            release__ranking_slug=ranking,
            release__year=year,
            release__sealed_at__isnull=False,
            release__publish_at__lte=at,
            at__lte=at,
            at__gt=F("release__publish_at"),
        )
        .select_related("release")
        .defer(*(f"release__{name}" for name in _HEAVY))
        .order_by("-release__number")
    )


def articles(at: datetime) -> QuerySet[Article]:
    """The articles and announcements the public may read, the latest first."""
    return (
        Article.objects.published(at=at)
        .select_related("release")
        .defer("body_fr", "body_en", *(f"release__{name}" for name in _HEAVY))
        .order_by("-publish_at", "slug")
    )


@dataclass(frozen=True)
class Gone:
    """An edition that was published and has been taken back whole."""

    withdrawal: ReleaseWithdrawal


def edition_or_gone(ranking: str, year: int, at: datetime, *, heavy: bool = False) -> Release | Gone:
    """The release in force; what became of it when it was taken back. Raises Http404 when it was never public."""
    found = edition(ranking, year, at, heavy=heavy)
    if found is not None:
        return found
    taken_back = withdrawals(ranking, year, at).first()
    if taken_back is None:
        raise Http404
    return Gone(taken_back)
