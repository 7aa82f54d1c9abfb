"""What may be read at an instant: the only module of the public site that asks for releases and articles."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet
from django.http import Http404

from editorial.models import Article, ArticleCorrection, ArticleState, ArticleWithdrawal, CorrectionState
from palmares.public.foresight import with_article, with_correction, with_release
from rankings.models import Release, ReleaseWithdrawal

# Large texts that few pages print.
_HEAVY = ("document", "method_text")
_HEAVY_IN_ARTICLES = (
    "body_fr", "body_en", *(f"release__{name}" for name in _HEAVY),
    "correction__body_fr", "correction__body_en", *(f"correction__release__{name}" for name in _HEAVY),
)  # fmt: skip
# What a preview shows before its seal has no instant, and is the newest.
_LATEST_FIRST = F("publish_at").desc(nulls_first=True)


def editions(at: datetime) -> QuerySet[Release]:
    """The release in force of each edition, the latest published first."""
    return _current(at).defer(*_HEAVY).order_by(_LATEST_FIRST, "-year", "ranking_slug")


def _current(at: datetime) -> QuerySet[Release]:
    return with_release(Release.objects.current(at=at), at)


def newest(at: datetime) -> Release | None:
    """The latest publication; None when nothing is published yet."""
    return editions(at).first()


def edition(ranking: str, year: int, at: datetime, *, heavy: bool = False) -> Release | None:
    """The release in force of one edition; None when the public cannot read any."""
    found = _current(at) if heavy else editions(at)
    return found.filter(ranking_slug=ranking, year=year).first()


def latest_year(ranking: str, at: datetime) -> int:
    """The latest year of a ranking the public may read. Raises Http404."""
    year = editions(at).filter(ranking_slug=ranking).order_by("-year").values_list("year", flat=True).first()
    if year is None:
        raise Http404
    return year


def earlier(release: Release, at: datetime) -> Release | None:
    """The edition before, of the same ranking, as it is in force; None when the public can read none."""
    return before(release, editions(at).filter(ranking_slug=release.ranking_slug, year__lt=release.year))


def before(release: Release, others: Iterable[Release]) -> Release | None:
    """Of these editions, the last one of the same ranking before this one; None when there is none."""
    same = [other for other in others if other.ranking_slug == release.ranking_slug and other.year < release.year]
    return max(same, key=lambda other: other.year, default=None)


def versions(ranking: str, year: int, at: datetime) -> QuerySet[Release]:
    """Every readable version of an edition, the current one first."""
    readable = with_release(Release.objects.published(at=at), at, instead=False)
    return readable.filter(ranking_slug=ranking, year=year).defer(*_HEAVY).order_by("-number")


def method_texts(releases: Iterable[Release]) -> dict[int, str]:
    """Release → the text of its method, of releases that this module gave; empty for a print. One query."""
    found = Release.objects.filter(pk__in={release.pk for release in releases})
    return dict(found.values_list("pk", "method_text"))


def every_version(at: datetime) -> QuerySet[Release]:
    """Every readable version of every edition, the latest edition of each ranking first, then the latest version."""
    found = with_release(Release.objects.published(at=at), at, instead=False).defer(*_HEAVY)
    return found.order_by("ranking_slug", "-year", "-number")


def every_withdrawal(at: datetime) -> QuerySet[ReleaseWithdrawal]:
    """What the public once read and no longer may; never what was taken back before its instant."""
    return (
        ReleaseWithdrawal.objects.filter(
            release__sealed_at__isnull=False,
            release__publish_at__lte=at,
            at__lte=at,
            at__gt=F("release__publish_at"),
        )
        .select_related("release")
        .defer(*(f"release__{name}" for name in _HEAVY))
        .order_by("-release__number")
    )


def withdrawals(ranking: str, year: int, at: datetime) -> QuerySet[ReleaseWithdrawal]:
    """The same of one edition."""
    return every_withdrawal(at).filter(release__ranking_slug=ranking, release__year=year)


def article_withdrawals(at: datetime) -> QuerySet[ArticleWithdrawal]:
    """The articles the public once read and that were taken back; never one taken back before anybody could read it."""
    return (
        ArticleWithdrawal.objects.filter(
            at__lte=at, article__publish_at__lt=F("at"), article__release__publish_at__lt=F("at")
        )
        .exclude(article__release__withdrawal__at__lte=F("article__publish_at"))
        .select_related("article__release", "article__correction")
        .defer(*(f"article__{name}" for name in _HEAVY_IN_ARTICLES if not name.startswith("correction__release")))
        .order_by("-at", "pk")
    )


def articles(at: datetime) -> QuerySet[Article]:
    """The articles and announcements the public may read, each as it was last corrected, the latest first."""
    found = with_article(Article.objects.published(at=at).as_corrected(), at)
    return found.defer(*_HEAVY_IN_ARTICLES).order_by(_LATEST_FIRST, "slug")


def corrections(articles: Iterable[Article], at: datetime) -> list[ArticleCorrection]:
    """What corrected these articles, which this module gave, the latest first. One query, none without any."""
    found = ArticleCorrection.objects.filter(article__in=[one.pk for one in articles if one.correction is not None])
    approved = found.filter(state=CorrectionState.APPROVED).defer("body_fr", "body_en")
    return with_correction(approved.order_by("-corrected_at", "-number"), at)


def earlier_text(article: Article, number: int, at: datetime) -> Article | None:
    """An article, which this module gave, as it was printed first (1), or after so many corrections less one.

    None when what that text quotes was taken back since. Two queries.
    """
    first = Article.objects.filter(pk=article.pk).select_related("release").defer(*_HEAVY_IN_ARTICLES)
    if number == 1:
        text = first.filter(pk__in=Article.objects.readable(at=at).values("pk")).first()
        if text is not None:
            text.correction = None
        return text
    found = ArticleCorrection.objects.readable(at=at).filter(article=article, state=CorrectionState.APPROVED)
    correction = found.filter(number=number - 1).select_related("release").defer("body_fr", "body_en").first()
    text = first.first() if correction else None
    if correction is None or text is None:
        return None
    text.say(correction)
    return text


def lost_article(slug: str, at: datetime) -> ArticleWithdrawal | ReleaseWithdrawal | None:
    """Why an article that was public no longer is: taken back itself, or with the release it quotes. None otherwise."""
    own = article_withdrawals(at).filter(article__slug=slug).first()
    if own is not None:
        return own
    article = Article.objects.filter(slug=slug, state=ArticleState.APPROVED).as_corrected().first()
    if article is None:
        return None
    since = article.corrected_at or article.publish_at
    return every_withdrawal(at).filter(release=article.release, at__gt=since).first()


@dataclass(frozen=True)
class Gone:
    """An edition that was published and has been taken back whole."""

    withdrawal: ReleaseWithdrawal


def version_or_gone(ranking: str, year: int, number: int, at: datetime) -> Release | Gone:
    """One version, in force or not; what became of it when it was taken back. Raises Http404 when it never was public.

    One query for a version that may be read.
    """
    found = versions(ranking, year, at).filter(number=number).first()
    if found is not None:
        return found
    taken_back = withdrawals(ranking, year, at).filter(release__number=number).first()
    if taken_back is None:
        raise Http404
    return Gone(taken_back)


def edition_or_gone(ranking: str, year: int, at: datetime, *, heavy: bool = False) -> Release | Gone:
    """The release in force; what became of it when it was taken back. Raises Http404 when it was never public."""
    found = edition(ranking, year, at, heavy=heavy)
    if found is not None:
        return found
    taken_back = withdrawals(ranking, year, at).first()
    if taken_back is None:
        raise Http404
    return Gone(taken_back)
