"""Editions that were corrected, and things that were taken back."""

from datetime import timedelta

from editorial.actions import articles, editions
from editorial.models import Article
from rankings.models import Release
from tests import factories as make
from tests.people import cast

WRONG, RIGHT = "86.2", "31.4"


def corrected() -> Release:
    """A first version, and a second in which one figure of the third school is another; the second is given back."""
    school = make.units(3)[2]
    make.approved_value(WRONG, of=school, indicator_code="emploi")
    return correct(make.published_release(publish_at=make.PAST - timedelta(days=5)))


def correct(first: Release, **said: object) -> Release:
    """The next version, with the right figure."""
    make.approved_value(RIGHT, of=make.units(3)[2], indicator_code="emploi", at=make.PAST - timedelta(days=2))
    return make.published_release(first.edition, at=make.PAST - timedelta(days=1), **said)


def withdraw(release: Release) -> None:
    """Taken back ten days after its publication."""
    editions.withdraw_release(
        by=cast().claire,
        at=make.PAST + timedelta(days=10),
        release=release,
        reason_fr="Une source s’est rétractée.",
        reason_en="A source has retracted its figures.",
    )


def withdrawn_article(release: Release | None = None, **said: object) -> Article:
    """An article taken back twenty days ago."""
    article = make.approved_article(release, **said)
    articles.withdraw_article(
        by=cast().claire,
        at=make.NOW - timedelta(days=20),
        article=article,
        seen_version=article.version,
        reason="Le texte attribuait à l’école le chiffre d’une autre.",
        reason_en="The text gave the school the figure of another.",
    )
    return article
