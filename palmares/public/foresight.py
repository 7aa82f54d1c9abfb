"""An instant at which one thing that is not published is read as if it were: how the newsroom previews its pages.

The public's pages are decided by the clock of their request alone, so the clock is what a preview gives them: this one
goes on to the day of publication, and carries the one release, and the one article or correction of an article, that it
shows beside what is published. Made by `palmares.preview` for who may see them, on a request of its own; no other code
makes one.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Self

from django.db.models import Q, QuerySet

from editorial.models import Article, ArticleCorrection
from editorial.models.articles import ArticleQuerySet
from editorial.models.mending import mended
from editorial.models.texts import Text
from editorial.rendering import freeze
from rankings.facts import Facts
from rankings.models import Release


class Foresight(datetime):
    """The instant of a preview. Of the edition of `release`, that release is read; `article` is read too.

    `correction`: its article is read as if it were in force.
    """

    release: Release | None = None
    article: Article | None = None
    correction: ArticleCorrection | None = None

    @classmethod
    def of(
        cls,
        instant: datetime,
        *,
        release: Release | None = None,
        article: Article | None = None,
        correction: ArticleCorrection | None = None,
    ) -> Self:
        """This instant, with what is shown at it."""
        seen = cls.combine(instant.date(), instant.timetz())
        seen.release, seen.correction = release, correction
        seen.article = correction.article if correction else article
        if correction is not None:
            correction.corrected_at = correction.corrected_at or instant
            _put_figures_in(correction, correction)
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

    return mended(found, as_published)


def with_article(published: ArticleQuerySet, at: datetime) -> ArticleQuerySet:
    """The articles that are published, and that of the preview, its figures in place."""
    if not isinstance(at, Foresight) or at.article is None:
        return published
    found = Article.objects.filter(Q(pk__in=published.values("pk")) | Q(pk=at.article.pk)).as_corrected()
    shown, correction = at.article, at.correction

    def as_published(article: Article) -> None:
        article.publish_at = article.publish_at or at
        if article.pk != shown.pk:
            return
        if correction is not None:
            article.say(correction)
        else:
            _put_figures_in(article, shown)

    return mended(found, as_published)


def with_correction(published: Iterable[ArticleCorrection], at: datetime) -> list[ArticleCorrection]:
    """The corrections of articles that are public, the latest first, and that of the preview before them."""
    found = list(published)
    if not isinstance(at, Foresight) or at.correction is None or at.correction in found:
        return found
    return [at.correction, *found]


def _put_figures_in(text: Text, source: Article | ArticleCorrection) -> None:
    """In memory, as its approval will, unless it has: `source` is the same text with its body and its release."""
    if not text.rendered_fr:
        frozen = freeze(source.body_fr, source.body_en, Facts(source.release))
        text.rendered_fr, text.rendered_en, text.facts = frozen.rendered_fr, frozen.rendered_en, frozen.facts
