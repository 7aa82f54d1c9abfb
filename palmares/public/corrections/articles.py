"""The corrections of one article, as its page and the register tell them: what was wrong, and the text before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from editorial.models import Article, ArticleCorrection


@dataclass(frozen=True)
class Replaced:
    """A text of an article and the correction that replaced it: printed at `since`, replaced at `at`."""

    article: Article
    correction: ArticleCorrection
    since: datetime | None
    at: datetime

    @property
    def anchor(self) -> str:
        """Where the register speaks of it."""
        return f"{self.article.slug}-c{self.correction.number}"

    @property
    def url(self) -> str:
        """Where the text before can be read."""
        return reverse("public:article-version", args=[self.article.slug, self.correction.number])


def printed_texts(article: Article, corrections: Sequence[ArticleCorrection]) -> list[Replaced]:
    """Each text of this article but the last, the latest first; `corrections`: all of its own, the latest first."""
    since = [correction.corrected_at for correction in corrections[1:]] + [article.publish_at]
    return [
        Replaced(article, correction, printed_at, correction.corrected_at)
        for correction, printed_at in zip(corrections, since, strict=False)
        if correction.corrected_at is not None
    ]
