"""Corrections of published articles, made by walking the real actions."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from editorial.actions import corrections
from editorial.models import Article, ArticleCorrection
from rankings.models import Release
from tests import factories as make
from tests.people import cast

DAY = timedelta(days=1)
AT = make.PAST + 10 * DAY


def corrected(**said: str) -> corrections.Corrected:
    """What the article of the factories says once corrected."""
    return replace(
        corrections.Corrected(
            title_fr="L’École des mines de Brézac, corrigée",
            title_en="École des mines de Brézac, corrected",
            summary_fr="Sa place, cette fois la bonne.",
            summary_en="Its place, right this time.",
            body_fr="Elle est [[rang:ecole-des-mines-de-brezac]] sur [[classees]], et rien d’autre.",
            body_en="It is [[rang:ecole-des-mines-de-brezac]] of [[classees]], and nothing else.",
            note_fr="Le texte disait une place de trop.",
            note_en="The text claimed one place too many.",
        ),
        **said,
    )


def proposed(
    article: Article | None = None, *, release: Release | None = None, at: datetime = AT, **said: Any
) -> ArticleCorrection:
    """A draft by Jean."""
    article = Article.objects.get(pk=(article or make.approved_article()).pk)
    return corrections.propose_correction(
        by=cast().jean,
        at=at,
        article=article,
        seen_version=article.version,
        release=release or (article.correction or article).release,
        corrected=corrected(**said),
    )


def submitted(article: Article | None = None, *, at: datetime = AT, **said: Any) -> ArticleCorrection:
    """The same, waiting to be reviewed."""
    made = proposed(article, at=at, **said)
    corrections.submit_correction(by=cast().jean, at=at, correction=made, seen_version=made.version)
    return made


def approved(article: Article | None = None, *, at: datetime = AT, **said: Any) -> ArticleCorrection:
    """The same, approved by Claire."""
    made = submitted(article, at=at, **said)
    corrections.approve_correction(by=cast().claire, at=at, correction=made, seen_version=made.version)
    return made


def sent_back(article: Article | None = None, **said: Any) -> ArticleCorrection:
    """The same, given back by Claire."""
    made = submitted(article, **said)
    corrections.send_back_correction(
        by=cast().claire, at=AT, correction=made, seen_version=made.version, reason="Le titre est à revoir."
    )
    return made


def abandoned(article: Article | None = None, **said: Any) -> ArticleCorrection:
    """A draft that Jean dropped."""
    made = proposed(article, **said)
    corrections.abandon_correction(by=cast().jean, at=AT, correction=made, seen_version=made.version)
    return made
