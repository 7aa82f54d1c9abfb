"""An instant at which one thing that is not published is read as if it were: how the newsroom previews its pages.

The public's pages are decided by the clock of their request alone, so the clock is what a preview gives them: this one
goes on to the day of publication, and carries the numbers of the one release and the one article it shows beside what
is published. Made by `palmares.preview` for who may see them, on a request of its own; no other code makes one.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Self

from django.db.models import Model, Q, QuerySet
from django.db.models.query import ModelIterable

from editorial.models import Article
from editorial.rendering import freeze
from rankings.facts import Facts
from rankings.models import Release


class Foresight(datetime):
    """The instant of a preview. Of the edition of `release`, that release is read; `article` is read too."""

    release: Release | None = None
    article: Article | None = None

    @classmethod
    def of(cls, instant: datetime, *, release: Release | None = None, article: Article | None = None) -> Self:
        """This instant, with what is shown at it."""
        seen = cls.combine(instant.date(), instant.timetz())
        seen.release, seen.article = release, article
        return seen


def with_release(published: QuerySet[Release], at: datetime, *, instead: bool = True) -> QuerySet[Release]:
    """These releases and that of the preview: instead of the others of its edition, or beside them."""
    if not isinstance(at, Foresight) or at.release is None:
        return published
    others = published.exclude(edition=at.release.edition_id) if instead else published
    found = Release.objects.filter(Q(pk__in=others.values("pk")) | Q(pk=at.release.pk))

    def as_published(release: Release) -> None:
        # Before its seal it has no instant: it is shown as if it came out now.
        release.publish_at = release.publish_at or at

    return _mended(found, as_published)


def with_article(published: QuerySet[Article], at: datetime) -> QuerySet[Article]:
    """The articles that are published, and that of the preview, its figures in place."""
    if not isinstance(at, Foresight) or at.article is None:
        return published
    found = Article.objects.filter(Q(pk__in=published.values("pk")) | Q(pk=at.article.pk))
    shown = at.article

    def as_published(article: Article) -> None:
        article.publish_at = article.publish_at or at
        if article.pk == shown.pk and not article.rendered_fr:
            frozen = freeze(shown.body_fr, shown.body_en, Facts(shown.release))
            article.rendered_fr, article.rendered_en = frozen.rendered_fr, frozen.rendered_en
            article.facts = frozen.facts

    return _mended(found, as_published)


def _mended[M: Model](rows: QuerySet[M], mend: Callable[[M], None]) -> QuerySet[M]:
    """The same rows, each changed in memory as it is read; nothing is written."""

    class Mended(ModelIterable):
        def __iter__(self) -> Any:
            for row in super().__iter__():
                mend(row)
                yield row

    rows._iterable_class = Mended
    return rows
