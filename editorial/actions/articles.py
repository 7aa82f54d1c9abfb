"""Writing an article, having it reviewed by another person, scheduling it, taking it back."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from editorial import article_rules as rules
from editorial import audit
from editorial.actions._moving import change_state, hold, refuse
from editorial.actions._telling import refuse_unknown_facts, said_otherwise
from editorial.exceptions import Stale
from editorial.models import Article, ArticleWithdrawal, User
from editorial.rendering import freeze
from rankings.facts import Facts
from rankings.models import Release
from schools.naming import search_key


@dataclass(frozen=True)
class Draft:
    """What an article says, in both languages; English may be empty, then the French is shown as such."""

    genre: str
    title_fr: str
    summary_fr: str
    body_fr: str
    title_en: str = ""
    summary_en: str = ""
    body_en: str = ""
    signature: str = ""


@transaction.atomic
def write_article(*, by: User, at: datetime, release: Release, draft: Draft) -> Article:
    """Begin an article on a release, as a draft."""
    refuse(rules.why_not_write(by))
    article = Article.objects.create(
        slug=_free_slug(draft.title_fr), release=release, author=by, created_at=at, edited_at=at, **asdict(draft)
    )
    audit.record(by=by, at=at, verb="article.write", on=article, details={"title": draft.title_fr})
    return article


@transaction.atomic
def edit_article(
    *, by: User, at: datetime, article: Article, seen_version: int, release: Release, draft: Draft
) -> None:
    """Change one's own draft; `Stale` when it changed since it was opened."""
    refuse(rules.why_not_write(by, article))
    as_seen, said = Article.objects.filter(pk=article.pk, version=seen_version, state="draft"), asdict(draft)
    before = as_seen.values(*said).first() or {}
    if as_seen.update(version=seen_version + 1, release=release, edited_at=at, **said) != 1:
        raise Stale(_("L’article a changé depuis que vous l’avez ouvert : relisez-le."))
    details = {"title": draft.title_fr, **said_otherwise(before, said)}
    audit.record(by=by, at=at, verb="article.edit", on=article, details=details)
    article.refresh_from_db()


@transaction.atomic
def submit_article(*, by: User, at: datetime, article: Article, seen_version: int) -> None:
    """Ask for the review of one's own draft. Refused while a figure it asks for is not in its release."""
    refuse(rules.why_not_write(by, article))
    refuse_unknown_facts(article)
    change_state(Article, article.pk, verb="article.submit", seen_version=seen_version)
    audit.record(by=by, at=at, verb="article.submit", on=article)
    article.refresh_from_db()


@transaction.atomic
def send_back_article(*, by: User, at: datetime, article: Article, seen_version: int, reason: str) -> None:
    """Give an article back to its author, with the reason."""
    refuse(rules.why_not_review(by, article))
    refuse(None if reason.strip() else _("Dites à l’auteur ce qu’il y a à reprendre."))
    change_state(Article, article.pk, verb="article.send_back", seen_version=seen_version)
    audit.record(by=by, at=at, verb="article.send_back", on=article, reason=reason.strip())
    article.refresh_from_db()


@transaction.atomic
def approve_article(*, by: User, at: datetime, article: Article, seen_version: int, publish_at: datetime) -> None:
    """Approve an article and schedule it; its figures are frozen as its release says them.

    Refused to its author, before the instant of the release it quotes, and while a figure is not in the release.
    """
    refuse(rules.why_not_approve_article(by, article, publish_at=publish_at, at=at))
    refuse_unknown_facts(article)
    hold(Article, article.pk, verb="article.approve", seen_version=seen_version)
    frozen = freeze(article.body_fr, article.body_en, Facts(article.release))
    article.rests_on.set(frozen.editions - {article.release})
    change_state(
        Article,
        article.pk,
        verb="article.approve",
        seen_version=seen_version,
        approved_by=by,
        approved_at=at,
        publish_at=publish_at,
        rendered_fr=frozen.rendered_fr,
        rendered_en=frozen.rendered_en,
        facts=frozen.facts,
    )
    details = {"publish_at": publish_at.isoformat(), "facts": [fact["token"] for fact in frozen.facts]}
    audit.record(by=by, at=at, verb="article.approve", on=article, details=details)
    article.refresh_from_db()


@transaction.atomic
def withdraw_article(
    *, by: User, at: datetime, article: Article, seen_version: int, reason: str, reason_en: str = ""
) -> None:
    """Take a scheduled or published article back, with the reason its readers are given."""
    refuse(rules.why_not_withdraw_article(by, article, reason=reason))
    change_state(Article, article.pk, verb="article.withdraw", seen_version=seen_version)
    ArticleWithdrawal.objects.create(
        article=article, by=by, at=at, reason_fr=reason.strip(), reason_en=reason_en.strip()
    )
    audit.record(by=by, at=at, verb="article.withdraw", on=article, reason=reason.strip())
    article.refresh_from_db()


def _free_slug(title: str) -> str:
    base = slugify(search_key(title))[:100].strip("-") or "article"
    slug, number = base, 1
    while Article.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug
