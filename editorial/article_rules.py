"""Who may write, review, take back or correct an article, and if not why: the part of `editorial.rules` on articles."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from editorial.models import Article, ArticleCorrection, ArticleState, CorrectionState, User
from editorial.models.corrections import OPEN
from editorial.rules import lacks_right, why_not_at
from rankings.models import Release
from schools.typography import instant_words


def why_not_write(by: User, article: Article | None = None) -> str | None:
    """Why this person may not write, or not edit this article."""
    lacks = lacks_right(by, "editorial.write_article", _("Écrire revient aux journalistes et à la rédaction en chef."))
    if lacks or article is None:
        return lacks
    if article.author_id != by.pk:
        return _("Cet article est de %(name)s : renvoyez-le-lui avec vos remarques.") % {
            "name": article.author.display_name
        }
    if article.state != ArticleState.DRAFT:
        return _("Cet article n’est plus un brouillon : il est %(state)s.") % {"state": article.get_state_display()}
    return None


def why_not_review(by: User, article: Article) -> str | None:
    """Why this person may neither approve nor send back this article."""
    lacks = lacks_right(by, "editorial.approve_article", _("Approuver un article revient à la rédaction en chef."))
    if lacks:
        return lacks
    if article.author_id == by.pk:
        return _("Vous avez écrit cet article : une autre personne doit le relire.")
    if article.state != ArticleState.SUBMITTED:
        return _("Cet article n’attend pas de relecture : il est %(state)s.") % {"state": article.get_state_display()}
    return None


def why_not_approve_article(by: User, article: Article, *, publish_at: datetime | None, at: datetime) -> str | None:
    """Why this person may not approve this article for this instant: never before the figures it quotes."""
    reason = why_not_review(by, article) or why_not_at(publish_at, at=at) or _why_not_on(article.release)
    return reason or (_why_not_before(article.release, publish_at) if publish_at else None)


def _why_not_on(release: Release) -> str | None:
    """Why nothing that quotes this release may go out, whenever."""
    if release.sealed_at is None or release.publish_at is None or hasattr(release, "withdrawal"):
        return _("La version qu’il cite n’est pas scellée, ou elle est retirée.")
    return None


def _why_not_before(release: Release, at: datetime) -> str | None:
    """Why nothing that quotes this sealed release may go out at this instant."""
    if release.publish_at is not None and at < release.publish_at:
        return _("Un article ne paraît pas avant les chiffres qu’il cite (%(instant)s).") % {
            "instant": instant_words(release.publish_at, get_language())
        }
    return None


def why_not_withdraw_article(by: User, article: Article, *, reason: str) -> str | None:
    """Why this person may not withdraw this article for this reason."""
    lacks = lacks_right(by, "editorial.approve_article", _("Retirer un article revient à la rédaction en chef."))
    if lacks:
        return lacks
    if article.state != ArticleState.APPROVED:
        return _("Cet article n’est pas programmé ni publié.")
    return None if reason.strip() else _("Un retrait se motive.")


# Corrections of a published article


def why_not_correct(by: User, article: Article, *, at: datetime) -> str | None:
    """Why this person may not propose a correction of this article. One query: one correction at a time."""
    lacks = lacks_right(
        by, "editorial.write_article", _("Proposer une correction revient aux journalistes et à la rédaction en chef.")
    )
    if lacks:
        return lacks
    if article.state != ArticleState.APPROVED or article.publish_at is None or article.publish_at > at:
        return _("Seul un article publié se corrige : celui-ci est %(state)s.") % {"state": article.get_state_display()}
    waiting = article.every_correction.filter(state__in=OPEN).select_related("author").first()
    if waiting:
        return _("Une correction de cet article est déjà en cours, par %(name)s.") % {
            "name": waiting.author.display_name
        }
    return None


def why_not_correct_with(article: Article, release: Release, *, notes: Sequence[str], changes: bool) -> str | None:
    """Why this article may not be corrected by a text on this release, with these public notes, French and English."""
    if release.edition_id != article.release.edition_id:
        return _("Une correction cite la même édition que l’article : pour une autre, écrivez un autre article.")
    if not all(note.strip() for note in notes):
        return _("Dites ce qui était faux, en français et en anglais : la note sera publique.")
    return None if changes else _("Cette correction ne change rien à l’article.")


def why_not_edit_correction(by: User, correction: ArticleCorrection) -> str | None:
    """Why this person may neither change nor submit this correction."""
    lacks = lacks_right(by, "editorial.write_article", _("Écrire revient aux journalistes et à la rédaction en chef."))
    if lacks:
        return lacks
    if correction.author_id != by.pk:
        return _("Cette correction est de %(name)s : renvoyez-la-lui avec vos remarques.") % {
            "name": correction.author.display_name
        }
    if correction.state != CorrectionState.DRAFT:
        return _("Cette correction n’est plus un brouillon : elle est %(state)s.") % {
            "state": correction.get_state_display()
        }
    return None


def why_not_abandon_correction(by: User, correction: ArticleCorrection) -> str | None:
    """Why this person may not drop this correction: who proposed it may, and an editor in chief, while a draft."""
    if by.is_active and by.has_perm("editorial.approve_article") and correction.state == CorrectionState.DRAFT:
        return None
    return why_not_edit_correction(by, correction)


def why_not_review_correction(by: User, correction: ArticleCorrection) -> str | None:
    """Why this person may neither approve nor send back this correction."""
    lacks = lacks_right(by, "editorial.approve_article", _("Approuver une correction revient à la rédaction en chef."))
    if lacks:
        return lacks
    if correction.author_id == by.pk:
        return _("Vous avez proposé cette correction : une autre personne doit la relire.")
    if correction.state != CorrectionState.SUBMITTED:
        return _("Cette correction n’attend pas de relecture : elle est %(state)s.") % {
            "state": correction.get_state_display()
        }
    return None


def why_not_approve_correction(by: User, correction: ArticleCorrection, *, at: datetime) -> str | None:
    """Why this person may not approve this correction, which goes out at this instant."""
    reason = why_not_review_correction(by, correction)
    if reason:
        return reason
    if correction.article.state != ArticleState.APPROVED:
        return _("Cet article n’est plus publié : il est %(state)s.") % {
            "state": correction.article.get_state_display()
        }
    return _why_not_on(correction.release) or _why_not_before(correction.release, at)
